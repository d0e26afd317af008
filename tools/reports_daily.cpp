// stale_leads and morning_list; see reports.h.
#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "procedure/facts.h"
#include "procedure/words.h"
#include "tools/arguments.h"
#include "tools/follow_ups.h"
#include "tools/local_time.h"
#include "tools/people_lists.h"
#include "tools/present.h"
#include "tools/reports.h"
#include "tools/reports_figures.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

namespace fact = procedure::fact;
using procedure::FactValues;
using procedure::ItemPurpose;

constexpr int kSilentDaysMax = 366;
constexpr std::size_t kBarredShown = 5;  // quiet leads of people not to be written to, named when an owner asks
constexpr std::size_t kTalkHistoryRows = 20;  // how far back the last talk is looked for

std::string name_or(std::string name, std::string_view otherwise) {
  return name.empty() ? std::string(otherwise) : printable_line(name);
}

void put_contact(FactValues& values, const ToolContext& context, const ContactId& id, std::string_view unknown) {
  values[std::string(fact::kContactName)] = unknown;
  if (id.empty()) return;
  const Result<Contact> contact = context.txn.contacts().find_live(id);
  if (!contact) return;
  values[std::string(fact::kContactName)] = printable_line(contact->full_name());
  values[std::string(fact::kContactFirstName)] =
      printable_line(contact->first_name.empty() ? contact->full_name() : contact->first_name);
  values[std::string(fact::kContactPhone)] = phone_of(*contact, context.org);
  values[std::string(fact::kContactEmail)] = contact->email();
  values[std::string(fact::kContactAddress)] = printable_line(contact->address);
}

void put_lead(FactValues& values, const ToolContext& context, const Lead& lead) {
  values[std::string(fact::kLeadTitle)] = printable_line(lead.title);
  values[std::string(fact::kLeadDescription)] =
      printable_line(lead.description.empty() ? lead.title : lead.description);
  values[std::string(fact::kLeadRef)] = ref_of(lead);
  values[std::string(fact::kLeadSource)] = spoken(name_of(lead.source));
  values[std::string(fact::kLeadStage)] = spoken(name_of(lead.stage));
  values[std::string(fact::kLeadStatus)] = spoken(name_of(lead.status));
  values[std::string(fact::kLeadAssignee)] = name_of_user(context, lead.assignee);
  if (lead.estimated_value) values[std::string(fact::kLeadValue)] = to_short_text(*lead.estimated_value);
}

void put_common(FactValues& values, const ToolContext& context) {
  values[std::string(fact::kToday)] = to_long_text(context.today);
  values[std::string(fact::kBusinessName)] = context.org.name;
  values[std::string(fact::kBusinessPhone)] = phone_text(context.org.phone, context.org);
}

// --- stale_leads (S2-T1)
// -----------------------------------------------------------------------------------------------

struct Silent {
  Lead lead;
  std::string last;  // what was said last, "" when nothing was
  Day since;
  int days = 0;
};

// How long a lead that was named in full is left unnamed while it stays quiet; absent: an owner asks and sees them all.
struct NamingRule {
  int again_after = 5;
  bool in_business_days = true;

  // The latest day on which it may have been named to be named again today.
  std::optional<Day> named_by(const ToolContext& context) const {
    return latest_day(context.today, [&](Day named) {
      const int days = in_business_days ? context.org.calendar.business_days_between(named, context.today)
                                        : days_between(named, context.today);
      return days >= again_after;
    });
  }
};

struct SilentList {
  std::size_t count = 0;
  std::size_t barred_count = 0;  // besides: of people who are archived or not to be contacted
  std::vector<Lead> barred;      // the first of them
  std::vector<Silent> shown;  // highest value first, then longest silent
};

// Walks the quiet leads once and keeps those that a list has room for.
class SilentLeads {
 public:
  SilentLeads(const ToolContext& context, const Script& script, const std::optional<NamingRule>& naming)
      : context_(context), zone_(zone_of(context.org)), script_(script) {
    is_scheduled_ = naming.has_value();
    if (naming) named_by_ = naming->named_by(context);
  }

  Result<SilentList> found() {
    const std::optional<Day> quiet_by = script_.silent_by(context_.today, context_.org.calendar);
    if (!quiet_by) return SilentList{};
    QuietFilter filter;
    filter.before = zone_.start_of(quiet_by->plus_days(1));
    filter.statuses = script_.watched_statuses();
    filter.states = script_.watched_states();
    Done walked = context_.txn.reports().each_quiet_lead(filter, [&](const QuietLead& lead) { return take(lead); });
    if (!walked) return walked.error();
    SilentList list;
    list.count = count_;
    list.barred_count = barred_count_;
    for (const LeadId& id : barred_) {
      Result<Lead> lead = context_.txn.leads().find(id);
      if (!lead) return lead.error();
      list.barred.push_back(std::move(*lead));
    }
    for (const Kept& kept : kept_) {
      Result<Silent> silent = told(kept);
      if (!silent) return silent.error();
      list.shown.push_back(std::move(*silent));
    }
    return list;
  }

 private:
  struct Kept {
    LeadId id;
    std::int64_t value_minor = 0;
    Day since;
  };

  Done take(const QuietLead& lead) {
    // Of somebody who must not be written to no draft is offered: it would be refused, whatever is answered.
    if (lead.do_not_contact) {
      if (++barred_count_ <= kBarredShown) barred_.push_back(lead.id);
      return {};
    }
    if (is_scheduled_ && !is_due(lead)) return {};
    ++count_;
    const auto comes_first = [](const Kept& left, const Kept& right) {
      return std::pair(left.value_minor, -left.since.days) > std::pair(right.value_minor, -right.since.days);
    };
    if (is_full() && lead.value_minor < kept_.back().value_minor) return {};
    Kept kept{lead.id, lead.value_minor, zone_.day_of(lead.last_at)};
    if (is_full() && !comes_first(kept, kept_.back())) return {};
    if (is_full()) kept_.pop_back();
    kept_.insert(std::upper_bound(kept_.begin(), kept_.end(), kept, comes_first), std::move(kept));
    return {};
  }

  bool is_full() const { return kept_.size() >= limits::kReportLines; }

  // What was named is left for a while, unless somebody touched it in between: that is a new silence.
  bool is_due(const QuietLead& lead) const {
    if (!lead.named_on || (named_by_ && *lead.named_on <= *named_by_)) return true;
    return lead.quiet_since != zone_.day_of(lead.last_at);
  }

  Result<Silent> told(const Kept& kept) const {
    Result<Lead> lead = context_.txn.leads().find(kept.id);
    if (!lead) return lead.error();
    Result<std::vector<Interaction>> history = context_.txn.interactions().of_lead(kept.id, kTalkHistoryRows);
    if (!history) return history.error();
    return Silent{std::move(*lead), last_summary(*history), kept.since, days_between(kept.since, context_.today)};
  }

  const ToolContext& context_;
  const Zone zone_;
  const Script& script_;
  bool is_scheduled_ = false;
  std::optional<Day> named_by_;
  std::size_t count_ = 0, barred_count_ = 0;
  std::vector<Kept> kept_;
  std::vector<LeadId> barred_;
};

// Whoever asks hears of these as well, without a number: there is nothing to answer.
std::string barred_text(const SilentList& silent, const ToolContext& context) {
  if (silent.barred.empty()) return {};
  std::string text = "Quiet too, but nobody to write to:";
  for (const Lead& lead : silent.barred)
    text += "\n- " + lead_line(lead, context) + " (" + bar_text(context, lead.contact, {}) + ")";
  if (silent.barred_count > silent.barred.size())
    text += "\nand " + std::to_string(silent.barred_count - silent.barred.size()) + " more";
  return text;
}

// An owner may ask with another number of days; the procedure's own look keeps its threshold.
Script asked_for(const Json& arguments, Script script) {
  if (!given(arguments, "days")) return script;
  script.silent_after = static_cast<int>(integer(arguments, "days", script.silent_after, 1, kSilentDaysMax));
  script.silent_counts_business_days = false;
  return script;
}

Result<ToolOutcome> run_stale_leads(const Json& arguments, ToolContext& context, const Script& procedure) {
  const Script script = asked_for(arguments, procedure);
  std::optional<NamingRule> naming;
  if (flag(arguments, "scheduled"))
    naming = NamingRule{static_cast<int>(integer(arguments, "again_after", NamingRule{}.again_after, 1, kSilentDaysMax)),
                        !given(arguments, "again_in_business_days") || flag(arguments, "again_in_business_days")};
  Result<SilentList> silent = SilentLeads(context, script, naming).found();
  if (!silent) return silent.error();
  ToolOutcome outcome;
  Json rows = Json::array();
  const std::string span = count_of(static_cast<std::size_t>(script.silent_after),
                                    script.silent_counts_business_days ? "business day" : "day",
                                    script.silent_counts_business_days ? "business days" : "days");
  if (silent->count == 0) outcome.text = "No open lead has been silent for " + span + ".";
  NumberedList list(outcome);
  for (const Silent& one : silent->shown) {
    const std::string last = one.last.empty() ? "none yet" : one.last;
    FactValues values;
    put_common(values, context);
    put_contact(values, context, one.lead.contact, "an unknown caller");
    put_lead(values, context, one.lead);
    values[std::string(fact::kDaysQuiet)] = std::to_string(one.days);
    values[std::string(fact::kLastTouchSummary)] = last;
    values[std::string(fact::kLastTouchDate)] = to_long_text(one.since);
    values[std::string(fact::kListCount)] = std::to_string(silent->count);
    list.line(fill_in(script.silent_lead, "T1", values).text,
              {Noun::lead, ref_of(one.lead), lead_line(one.lead, context)});
    Json row = to_data(one.lead, context);
    row["days_quiet"] = one.days;
    row["last_touchpoint"] = last;
    row["quiet_since"] = to_iso(one.since);
    rows.push_back(std::move(row));
  }
  list.leave_out(silent->count - silent->shown.size());
  list.close();
  if (const std::string barred = naming ? "" : barred_text(*silent, context); !barred.empty())
    outcome.text += (outcome.text.empty() ? "" : "\n") + barred;
  outcome.data = share(Json{{"leads", std::move(rows)}, {"count", silent->count}});
  return outcome;
}

// --- morning_list (S2-T2)
// ----------------------------------------------------------------------------------------------

// What a promise is about decides which of the procedure's lines fits it. "Call about the estimate" is a call.
ItemPurpose purpose_of(std::string_view topic) {
  const procedure::Stems stems(topic);
  if (stems.has("call|ring|phone|voicemail")) return ItemPurpose::call;
  const bool gives = stems.has("send|give|write|prepare|deliver|finish|expect|promise|due|get|make|owe|mail|email");
  const bool paper = stems.has("proposal|quote|estimate|bid");
  if (paper && (gives || split(squeeze(topic), ' ').size() <= 2)) return ItemPurpose::proposal;  // "her quote"
  if (gives && stems.has("price|offer|figure")) return ItemPurpose::proposal;
  if (stems.has("visit|appointment|stop_by|come_by|meet|meeting")) return ItemPurpose::visit;
  if (stems.has("email|text|write|message|mail|sms|reply")) return ItemPurpose::message;
  return ItemPurpose::call;
}

std::string promise_topic(const Interaction& promise, const ToolContext& context) {
  if (!promise.follow_up_topic.empty()) return printable_line(promise.follow_up_topic);
  if (!promise.lead.empty())
    if (const Result<Lead> lead = context.txn.leads().find(promise.lead)) return printable_line(lead->title);
  return summary_line(promise);
}

// "Call back [name] re: [topic]" with a topic that says "call back about the heater" already would say it twice.
std::string without_call(std::string topic) {
  for (const std::string_view opening : {"call back about ", "call back re: ", "call back re ", "call back on ",
                                         "call about ", "call re: ", "call back to ", "callback about "})
    if (starts_with_ignoring_case(topic, opening)) return topic.substr(opening.size());
  return topic;
}

class MorningList {
 public:
  // `assignee`: only what belongs to leads and deals of that person; empty: everything.
  MorningList(ToolContext& context, const Script& script, UserId assignee)
      : context_(context), script_(script), assignee_(std::move(assignee)), list_(outcome_) {}

  Result<ToolOutcome> made() {
    if (Done done = add_promises(true); !done) return done.error();
    if (Done done = add_promises(false); !done) return done.error();
    if (Done done = add_reminders(); !done) return done.error();
    if (Done done = add_visits(); !done) return done.error();
    if (assignee_.empty()) {
      if (Done done = add_slipped(); !done) return done.error();
      if (Done done = add_cards(); !done) return done.error();
    }
    if (outcome_.list.empty()) outcome_.text = "Nothing is due today.";
    if (Done done = add_left_out(); !done) return done.error();
    const std::string foot = outcome_.list.empty() ? "" : script_.morning.foot.text();
    if (!foot.empty()) outcome_.text += "\n" + foot;
    outcome_.data = share(std::move(data_));
    return std::move(outcome_);
  }

 private:
  bool is_wanted(const LeadId& lead, const OpportunityId& opportunity) const {
    if (assignee_.empty()) return true;
    if (!lead.empty())
      if (const Result<Lead> found = context_.txn.leads().find(lead); found && found->assignee == assignee_) return true;
    if (opportunity.empty()) return false;
    const Result<Opportunity> deal = context_.txn.opportunities().find(opportunity);
    return deal && deal->assignee == assignee_;
  }

  // The procedure's list holds what is promised for today; what should have been done before stands under it.
  Done add_promises(bool today) {
    const DueFilter filter{today ? std::optional(context_.today) : std::nullopt,
                           today ? context_.today : context_.today.plus_days(-1), assignee_};
    const Result<std::int64_t> count = context_.txn.interactions().count_due(filter);
    if (!count) return count.error();
    Json rows = Json::array();
    if (*count > 0) {
      const Result<std::vector<DueFollowUp>> due =
          context_.txn.interactions().due_page(filter, limits::kReportLines);
      if (!due) return due.error();
      list_.heading(today ? head() : "Overdue:");
      for (const DueFollowUp& one : *due) {
        const std::string words =
            promise_text(one.interaction) + (today ? "" : " — " + due_text(*one.interaction.follow_up, context_.today));
        list_.line(words, {Noun::interaction, ref_of(one.interaction), words});
        rows.push_back(to_data(one.interaction, context_));
      }
      list_.leave_out(static_cast<std::size_t>(*count) - due->size());
    }
    asked_for_ += static_cast<std::size_t>(*count);
    list_.close();
    data_[today ? "follow_ups" : "overdue"] = std::move(rows);
    return {};
  }

  // What nobody is asked for still waits; whoever promised it may want to cancel it. A page that is full tells no number.
  Done add_left_out() {
    if (!assignee_.empty()) return {};
    const Result<std::vector<DueFollowUp>> all =
        context_.txn.interactions().follow_ups_due(context_.today, limits::kPageRowsMax);
    if (!all) return all.error();
    if (all->size() >= limits::kPageRowsMax || all->size() <= asked_for_) return {};
    outcome_.text += "\nNot asked for: " + count_of(all->size() - asked_for_, "follow-up", "follow-ups") +
                     " of ended leads, or of people who are archived or not to be contacted.";
    return {};
  }

  std::string head() const {
    FactValues values;
    put_common(values, context_);
    const std::string words = fill_in(script_.morning.head, "T2", values).text;
    return words.empty() ? "Today's follow-ups:" : words;
  }

  std::string promise_text(const Interaction& promise) const {
    const std::string topic = promise_topic(promise, context_);
    const procedure::ItemForm* form = script_.morning.form_for(purpose_of(topic));
    FactValues values;
    put_common(values, context_);
    put_contact(values, context_, promise.contact, "unknown caller");
    if (!promise.lead.empty())
      if (const Result<Lead> lead = context_.txn.leads().find(promise.lead)) put_lead(values, context_, *lead);
    values[std::string(fact::kFollowUpTopic)] = without_call(topic);
    values[std::string(fact::kFollowUpDate)] = to_long_text(*promise.follow_up);
    values[std::string(fact::kLastTouchSummary)] = summary_line(promise);
    if (form == nullptr) return values[std::string(fact::kContactName)] + ": " + topic;
    return fill_in(form->message, "T2", values).text;
  }

  Done add_reminders() {
    Result<std::vector<Reminder>> due = context_.txn.interactions().reminders_due(context_.today, limits::kPageRowsMax);
    if (!due) return due.error();
    std::erase_if(*due, [&](const Reminder& reminder) { return !is_wanted(reminder.lead, reminder.opportunity); });
    Json rows = Json::array();
    std::stable_sort(due->begin(), due->end(), [](const Reminder& left, const Reminder& right) {  // those of any time first
      return std::pair(left.due, left.due_minute.value_or(-1)) < std::pair(right.due, right.due_minute.value_or(-1));
    });
    if (!due->empty()) list_.heading("Reminders:");
    for (const Reminder& reminder : *due) {
      std::string words = (reminder.due_minute ? to_clock_text(*reminder.due_minute) + " " : "") + printable_line(reminder.text);
      const std::string name = name_of_contact(context_, reminder.contact);
      if (!name.empty() && words.find(name) == std::string::npos) words += " — " + printable_line(name);
      if (const std::string bar = bar_text(context_, reminder.contact, reminder.lead); !bar.empty()) words += " (" + bar + ")";
      if (reminder.due < context_.today) words += " — " + due_text(reminder.due, context_.today);
      list_.line(words, {Noun::reminder, ref_of(reminder), words});
      rows.push_back(to_data(reminder, context_));
    }
    list_.close();
    data_["reminders"] = std::move(rows);
    return {};
  }

  Done add_visits() {
    const Zone zone = zone_of(context_.org);
    Result<std::vector<Appointment>> visits = context_.txn.opportunities().appointments_between(
        zone.start_of(context_.today), zone.start_of(context_.today.plus_days(1)), limits::kPageRowsMax);
    if (!visits) return visits.error();
    std::erase_if(*visits, [&](const Appointment& visit) {
      return visit.status != AppointmentStatus::scheduled || !is_wanted(visit.lead, visit.opportunity);
    });
    std::stable_sort(visits->begin(), visits->end(), [](const Appointment& left, const Appointment& right) {
      return left.starts_at < right.starts_at;
    });
    Json rows = Json::array();
    if (!visits->empty()) list_.heading("Visits today:");
    for (const Appointment& visit : *visits) {
      std::string words = to_clock_text(zone.to_local(visit.starts_at).minute_of_day) + " " +
                          name_or(name_of_contact(context_, visit.contact), "unknown caller");
      if (!visit.service.empty()) words += ", " + printable_line(visit.service);
      if (!visit.address.empty()) words += ", " + printable_line(visit.address);
      list_.line(words, {Noun::appointment, ref_of(visit), words});
      rows.push_back(to_data(visit, context_));
    }
    list_.close();
    data_["visits"] = std::move(rows);
    return {};
  }

  Done add_slipped() {
    Result<SlippedList> slipped = past_expected_close(context_);
    if (!slipped) return slipped.error();
    Json rows = Json::array();
    if (slipped->count > 0) list_.heading("Past their expected close:");
    for (const Slipped& one : slipped->shown) {
      list_.line(slipped_text(one), slipped_choice(one));
      rows.push_back({{"ref", one.ref}, {"title", one.title}, {"expected_close_date", to_iso(one.expected)}});
    }
    list_.leave_out(slipped->count - slipped->shown.size());
    list_.close();
    data_["past_expected_close"] = std::move(rows);
    return {};
  }

  // Cards asked on an earlier day, and those put off until today: "later" promised to ask again.
  Done add_cards() {
    Result<std::vector<Approval>> pending = context_.txn.approvals().pending(limits::kPendingApprovals);
    if (!pending) return pending.error();
    std::erase_if(*pending, [&](const Approval& approval) {
      const Day again = local_day(approval.remind_at ? *approval.remind_at : approval.asked_at, context_);
      return approval.expires_at <= context_.now ||
             (approval.remind_at ? again > context_.today : again >= context_.today);
    });
    Json rows = Json::array();
    if (!pending->empty()) list_.heading("Still waiting for your yes:");
    for (const Approval& approval : *pending) {
      if (list_.is_full()) {
        list_.leave_out(1);
        continue;
      }
      const std::string words = printable_line(approval.summary) + " (" + ref_of(approval) + ")";
      list_.line(words, {Noun::approval, ref_of(approval), words});
      rows.push_back({{"ref", ref_of(approval)}, {"summary", approval.summary}});
    }
    list_.close();
    data_["approvals"] = std::move(rows);
    return {};
  }

  ToolContext& context_;
  const Script& script_;
  const UserId assignee_;
  ToolOutcome outcome_;
  NumberedList list_;
  std::size_t asked_for_ = 0;  // follow-ups due and overdue, shown or not
  Json data_ = Json::object();
};

}  // namespace

std::unique_ptr<Tool> make_stale_leads(const SharedScript& script) {
  return make_tool(
      report_spec(
          "stale_leads",
          "The open leads that nobody has touched for as long as the procedure allows, with what was said last.",
          closed_schema({{"days", number_of("Silent for so many days instead.", 1, kSilentDaysMax)},
                         {"scheduled", yes_or_no("The calendar's own daily look: only those not named lately.")},
                         {"again_after", number_of("With scheduled: days until a lead still quiet is named again.", 1, kSilentDaysMax)},
                         {"again_in_business_days", yes_or_no("Whether these are business days.")}},
                        {})),
      propose_read,
      [script](const Json& arguments, ToolContext& context) { return run_stale_leads(arguments, context, *script); });
}

std::unique_ptr<Tool> make_morning_list(const SharedScript& script) {
  return make_tool(report_spec("morning_list",
                               "What is to be done today: follow-ups due and overdue, reminders, visits, and deals "
                               "past their expected close.",
                               closed_schema({{"assignee", text_of("Only what belongs to this person's leads: name, login or \"me\".",
                                                                   limits::kNameBytes)}},
                                             {})),
                   propose_read, [script](const Json& arguments, ToolContext& context) -> Result<ToolOutcome> {
                     UserId assignee;
                     if (const std::string words = line(arguments, "assignee"); !words.empty()) {
                       Result<User> user = resolve_user(context, words);
                       if (!user) return user.error();
                       assignee = user->id;
                     }
                     return MorningList(context, *script, std::move(assignee)).made();
                   });
}

}  // namespace deskhand::tools
