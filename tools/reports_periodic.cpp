// pipeline_summary and win_loss_summary; see reports.h.
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "procedure/facts.h"
#include "tools/arguments.h"
#include "tools/present.h"
#include "tools/reports.h"
#include "tools/reports_figures.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

namespace fact = procedure::fact;
using procedure::FactValues;
using Idle = std::set<std::string, std::less<>>;

constexpr std::size_t kSourcesShown = 5;

bool asked_by_clock(const Json& arguments, const ToolContext& context) {
  return flag(arguments, "scheduled") || context.actor.kind == ActorKind::system || context.actor.channel == "clock";
}

std::string date_text(Day day) { return to_long_text(day) + ", " + std::to_string(day.year()); }
std::string month_text(Day day) { return std::string(month_name(day.month())) + " " + std::to_string(day.year()); }

FactValues common_values(const ToolContext& context) {
  FactValues values;
  values[std::string(fact::kToday)] = date_text(context.today);
  values[std::string(fact::kBusinessName)] = context.org.name;
  values[std::string(fact::kBusinessPhone)] = phone_text(context.org.phone, context.org);
  values[std::string(fact::kOwnerName)] = owner_name(context);
  return values;
}

Json money_data(const MoneyTotal& total) {
  Json data = Json::object();
  for (const auto& [currency, minor] : total.minor_by_currency()) data[currency] = minor;
  return data;
}

// --- pipeline_summary (S2-T3, S2-RQ3)
// ------------------------------------------------------------------------------------

FactValues pipeline_values(const PipelineFigures& figures, const ToolContext& context) {
  FactValues values = common_values(context);
  const std::string& currency = context.org.currency;
  const auto put = [&](std::string_view name, std::string value) { values[std::string(name)] = std::move(value); };
  put(fact::kNewLeads, std::to_string(figures.new_leads));
  put(fact::kInFollowUp, std::to_string(figures.in_follow_up));
  put(fact::kInFollowUpAge, std::to_string(figures.in_follow_up_average_days));
  put(fact::kProposalsOut, std::to_string(figures.proposals_out));
  put(fact::kProposalsOutValue, figures.proposals_value.text(currency));
  put(fact::kWon, std::to_string(figures.won));
  put(fact::kWonValue, figures.won_value.text(currency));
  put(fact::kLost, std::to_string(figures.lost));
  put(fact::kLostValue, figures.lost_value.text(currency));
  put(fact::kPipelineValue, figures.open_value.text(currency));
  put(fact::kOpenLeads, std::to_string(figures.open_leads));
  put(fact::kOverdue, std::to_string(figures.slipped.count));
  put(fact::kAppointments, std::to_string(figures.visits));
  if (!figures.oldest) return values;
  const std::string name = name_of_contact(context, figures.oldest->contact);
  put(fact::kOldestName, printable_line(name.empty() ? figures.oldest->title : name));
  put(fact::kOldestTitle, printable_line(figures.oldest->title));
  put(fact::kOldestDays, std::to_string(figures.oldest_days));
  put(fact::kOldestStage, spoken(name_of(figures.oldest->stage)));
  return values;
}

// Numbers about nothing: an average of no leads, the value of no proposals.
Idle idle_in(const PipelineFigures& figures) {
  Idle idle;
  if (figures.in_follow_up == 0) idle.insert(std::string(fact::kInFollowUpAge));
  if (figures.proposals_out == 0) idle.insert(std::string(fact::kProposalsOutValue));
  if (figures.won == 0) idle.insert(std::string(fact::kWonValue));
  if (figures.lost == 0) idle.insert(std::string(fact::kLostValue));
  return idle;
}

Json pipeline_data(const PipelineFigures& figures, const Window& week, const ToolContext& context) {
  Json data{{"from", to_rfc3339(week.from)},
            {"to", to_rfc3339(week.to)},
            {"new_leads", figures.new_leads},
            {"in_follow_up", figures.in_follow_up},
            {"in_follow_up_average_days", figures.in_follow_up_average_days},
            {"proposals_out", figures.proposals_out},
            {"proposals_value_minor", money_data(figures.proposals_value)},
            {"won", figures.won},
            {"won_value_minor", money_data(figures.won_value)},
            {"lost", figures.lost},
            {"open_leads", figures.open_leads},
            {"open_value_minor", money_data(figures.open_value)},
            {"past_expected_close_count", figures.slipped.count}};
  if (figures.oldest) {
    data["oldest_open_lead"] = to_data(*figures.oldest, context);
    data["oldest_open_lead"]["days"] = figures.oldest_days;
  }
  data["past_expected_close"] = Json::array();
  for (const Slipped& one : figures.slipped.shown)
    data["past_expected_close"].push_back(
        {{"ref", one.ref}, {"title", one.title}, {"expected_close_date", to_iso(one.expected)}, {"days", one.days}});
  return data;
}

Result<ToolOutcome> run_pipeline(const Json& arguments, ToolContext& context, const Script& script) {
  const bool by_clock = asked_by_clock(arguments, context);
  std::optional<Instant> due;
  if (by_clock || script.report_weekdays.contains(context.today.weekday())) due = context.now;
  if (given(arguments, "until")) {
    const Result<Instant> until = parse_rfc3339(line(arguments, "until"));
    if (!until) return until.error();
    due = std::min(*until, context.now);
  }
  const Window week = week_of(context, due);
  Result<PipelineFigures> figures = pipeline_figures(context, week);
  if (!figures) return figures.error();
  ToolOutcome outcome;
  outcome.text = fill_in(script.pipeline, "T3", pipeline_values(*figures, context), idle_in(*figures)).text;
  outcome.text += "\n(The week: " + span_text(week) + ".)";
  if (!by_clock && figures->slipped.count > 0) {
    NumberedList list(outcome);
    list.heading("Past their expected close:");
    for (const Slipped& one : figures->slipped.shown) list.line(slipped_text(one), slipped_choice(one));
    list.leave_out(figures->slipped.count - figures->slipped.shown.size());
    list.close();
  }
  outcome.data = share(pipeline_data(*figures, week, context));
  return outcome;
}

// --- win_loss_summary (S2-T4)
// --------------------------------------------------------------------------------------------

std::string reasons_text(const std::map<std::string, std::int64_t>& reasons) {
  std::vector<std::string> parts;
  for (const auto& [words, count] : reasons) parts.push_back(words + " " + std::to_string(count));
  return join(parts, ", ");
}

std::string sources_text(const WinLossFigures& figures) {
  std::vector<std::string> parts;
  for (const WinLossFigures::Source& source : figures.sources) {
    if (parts.size() >= kSourcesShown) break;
    parts.push_back(source.words + " " + std::to_string(source.leads) +
                    (source.won > 0 ? " (" + std::to_string(source.won) + " won)" : ""));
  }
  return parts.empty() ? "none" : join(parts, ", ");
}

std::string with_value(std::int64_t count, const MoneyTotal& value, std::string_view currency) {
  return std::to_string(count) + (count > 0 ? " (" + value.text(currency) + ")" : "");
}

std::string close_text(const WinLossFigures& figures) {
  if (!figures.days_to_win && !figures.days_to_lose) return "nothing closed yet";
  std::string text = figures.days_to_win ? std::to_string(*figures.days_to_win) : std::string("none won yet");
  if (figures.days_to_lose) text += " (lost ones " + std::to_string(*figures.days_to_lose) + ")";
  return text;
}

std::string outcomes_text(const WinLossFigures& figures, std::string_view currency) {
  std::string text = "Won: " + with_value(figures.won, figures.won_value, currency);
  text += "\nLost: " + with_value(figures.lost, figures.lost_value, currency);
  if (!figures.lost_reasons.empty()) text += " — " + reasons_text(figures.lost_reasons);
  text += "\nDisqualified: " + std::to_string(figures.disqualified);
  if (!figures.disqualify_reasons.empty()) text += " — " + reasons_text(figures.disqualify_reasons);
  return text + "\nStill open: " + std::to_string(figures.open) + " of the " +
         count_of(static_cast<std::size_t>(figures.created), "lead", "leads") + " that came in";
}

// One page of plain text, for procedures that do not word it themselves.
std::string own_page(const WinLossFigures& figures, const Window& month, const ToolContext& context) {
  std::string text = "Win/loss summary — " + month_text(month.first);
  if (!context.org.name.empty()) text += ", " + printable_line(context.org.name);
  text += "\n\nLeads by outcome\n" + outcomes_text(figures, context.org.currency);
  if (const std::optional<int> rate = figures.win_rate_percent())
    text += "\nWin rate: " + std::to_string(*rate) + "% of those decided";
  text += "\n\nTop sources: " + sources_text(figures);
  return text + "\nAverage days to close: " + close_text(figures);
}

FactValues win_loss_values(const WinLossFigures& figures, const Window& month, const ToolContext& context) {
  FactValues values = common_values(context);
  const auto put = [&](std::string_view name, std::string value) { values[std::string(name)] = std::move(value); };
  put(fact::kMonth, month_text(month.first));
  put(fact::kNewLeads, std::to_string(figures.created));
  put(fact::kOpenLeads, std::to_string(figures.open));
  put(fact::kWon, std::to_string(figures.won));
  put(fact::kWonValue, figures.won_value.text(context.org.currency));
  put(fact::kLost, std::to_string(figures.lost));
  put(fact::kLostValue, figures.lost_value.text(context.org.currency));
  put(fact::kDisqualified, std::to_string(figures.disqualified));
  put(fact::kWinRate, std::to_string(figures.win_rate_percent().value_or(0)));
  put(fact::kAverageDaysToClose, figures.days_to_win ? std::to_string(*figures.days_to_win) : "0");
  put(fact::kTopSources, sources_text(figures));
  put(fact::kOutcomes, outcomes_text(figures, context.org.currency));
  put(fact::kLostReasons, figures.lost_reasons.empty() ? "none" : reasons_text(figures.lost_reasons));
  return values;
}

Json win_loss_data(const WinLossFigures& figures, const Window& month) {
  Json data{{"from", to_iso(month.first)},
            {"to", to_iso(month.last)},
            {"created", figures.created},
            {"open", figures.open},
            {"won", figures.won},
            {"won_value_minor", money_data(figures.won_value)},
            {"lost", figures.lost},
            {"lost_value_minor", money_data(figures.lost_value)},
            {"lost_reasons", figures.lost_reasons},
            {"disqualified", figures.disqualified},
            {"disqualification_reasons", figures.disqualify_reasons},
            {"sources", Json::array()}};
  if (figures.days_to_win) data["average_days_to_close"] = *figures.days_to_win;
  for (const WinLossFigures::Source& source : figures.sources)
    data["sources"].push_back({{"source", source.words}, {"leads", source.leads}, {"won", source.won}});
  return data;
}

Result<Window> wanted_month(const Json& arguments, const ToolContext& context) {
  const std::string words = line(arguments, "month");
  if (words.empty()) return month_of(context);
  const Result<Day> first = parse_iso_day(words + "-01");
  if (!first || *first > context.today)
    return make_error(Code::invalid_argument, "month \"" + words + "\" is no month that has begun; write it as " +
                                                  to_iso(context.today).substr(0, 7));
  return whole_month(context, first->year(), first->month());
}

// In the first days of a month the report is about the one before; what has closed since is told as well.
Result<std::string> month_so_far(const Window& reported, const ToolContext& context) {
  const Window now = whole_month(context, context.today.year(), context.today.month());
  if (now.first == reported.first) return std::string();
  Result<WinLossFigures> figures = win_loss_figures(context, now);
  if (!figures) return figures.error();
  if (figures->won + figures->lost + figures->disqualified == 0) return std::string();
  return "\n\n" + std::string(month_name(now.first.month())) + " so far: won " +
         with_value(figures->won, figures->won_value, context.org.currency) + ", lost " +
         std::to_string(figures->lost) + ", disqualified " + std::to_string(figures->disqualified);
}

Result<ToolOutcome> run_win_loss(const Json& arguments, ToolContext& context, const Script& script) {
  Result<Window> month = wanted_month(arguments, context);
  if (!month) return month.error();
  Result<WinLossFigures> figures = win_loss_figures(context, *month);
  if (!figures) return figures.error();
  ToolOutcome outcome;
  Idle idle;
  if (figures->won == 0) idle = {std::string(fact::kWonValue), std::string(fact::kAverageDaysToClose)};
  if (figures->lost == 0) idle.insert(std::string(fact::kLostValue));
  outcome.text = script.win_loss.empty()
                     ? own_page(*figures, *month, context)
                     : fill_in(script.win_loss, "T4", win_loss_values(*figures, *month, context), idle).text;
  if (!given(arguments, "month")) {
    Result<std::string> since = month_so_far(*month, context);
    if (!since) return since.error();
    outcome.text += *since;
  }
  outcome.data = share(win_loss_data(*figures, *month));
  return outcome;
}

}  // namespace

std::unique_ptr<Tool> make_pipeline_summary(const SharedScript& script) {
  Json properties{
      {"scheduled",
       yes_or_no(
           "The procedure's own weekly run: the seven days before, and nothing that only an asking owner wants.")},
      {"until", text_of("With scheduled: when that run was due (RFC 3339), when it comes later.", limits::kNameBytes)}};
  return make_tool(report_spec("pipeline_summary",
                               "How the pipeline stands: new leads, follow-ups, proposals out, won and lost this week, "
                               "the oldest open lead.",
                               closed_schema(std::move(properties), {})),
                   propose_read, [script](const Json& arguments, ToolContext& context) {
                     return run_pipeline(arguments, context, *script);
                   });
}

std::unique_ptr<Tool> make_win_loss_summary(const SharedScript& script) {
  Json properties{{"month",
                   {{"type", "string"},
                    {"pattern", "^[0-9]{4}-[0-9]{2}$"},
                    {"description",
                     "Which month, as 2026-02; the one that has ended in the first days of a month, else this one."}}}};
  return make_tool(
      report_spec("win_loss_summary", "One page on a month: leads by outcome, top sources, average days to close.",
                  closed_schema(std::move(properties), {})),
      propose_read,
      [script](const Json& arguments, ToolContext& context) { return run_win_loss(arguments, context, *script); });
}

}  // namespace deskhand::tools
