#include "tools/reports_figures.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "crm/list_line.h"
#include "ports/store/store.h"
#include "tools/deals.h"
#include "tools/local_time.h"
#include "tools/present.h"

namespace deskhand::tools {
namespace {

constexpr int kWeekDays = 7;
constexpr int kMonthEndDays = 7;  // so long a report without a month named still means the one that has ended
constexpr std::int64_t kWeekSeconds = std::int64_t{kWeekDays} * 24 * 3600;
constexpr Instant kTick{1};  // stores ask for "before"; a window includes its end

Window window_between(const Zone& zone, Instant from, Instant to) {
  return {from, to, zone.day_of(from), zone.day_of(to)};
}

Instant just_after(Instant instant) { return {instant.us + kTick.us}; }

bool is_closed(const LoneDeal& deal) {
  return deal.stage == OpportunityStage::won || deal.stage == OpportunityStage::lost;
}

Day closing_day(const LoneDeal& deal, const Zone& zone) {
  return deal.close_date ? *deal.close_date : zone.day_of(deal.updated_at);
}

// A deal that came from no lead has only the day on which it closed; what was stored last tells the border day apart.
bool closed_in(const Window& window, const LoneDeal& deal, const Zone& zone) {
  const Day day = closing_day(deal, zone);
  if (day == window.first) return deal.updated_at >= window.from;
  return day > window.first && day <= window.last;
}

Done each_lone_deal(const ToolContext& context, const Window& window,
                    const std::function<Done(const LoneDeal&)>& use) {
  return context.txn.reports().each_lone_deal(window.first, window.last, window.from,
                                              zone_of(context.org).start_of(window.last.plus_days(1)), use);
}

class Average {
 public:
  void add(int days) {
    sum_ += days;
    ++count_;
  }
  std::optional<int> rounded() const {
    if (count_ == 0) return std::nullopt;
    return static_cast<int>((sum_ + count_ / 2) / count_);
  }

 private:
  std::int64_t sum_ = 0, count_ = 0;
};

// --- pipeline --------------------------------------------------------------------------------------------------------

class PipelineCounter {
 public:
  PipelineCounter(const ToolContext& context, const Window& week)
      : context_(context), zone_(zone_of(context.org)), week_(week) {}

  Result<PipelineFigures> counted() {
    const ReportStore& reports = context_.txn.reports();
    LeadFilter fresh;
    fresh.created_from = week_.from;
    fresh.created_before = just_after(week_.to);
    Result<std::int64_t> new_leads = context_.txn.leads().count(fresh);
    if (!new_leads) return new_leads.error();
    figures_.new_leads = *new_leads;
    if (Done done = reports.each_open_lead([&](const OpenLead& lead) { return count_open(lead); }); !done)
      return done.error();
    if (Done done = find_oldest(); !done) return done.error();
    Done closed = reports.each_closed_lead(week_.from, just_after(week_.to),
                                           [&](const ClosedLead& lead) { return count_closed(lead); });
    if (!closed) return closed.error();
    if (Done done = each_lone_deal(context_, week_, [&](const LoneDeal& deal) { return count_lone(deal); }); !done)
      return done.error();
    Result<std::int64_t> visits = reports.count_visits(context_.now, context_.now.plus_seconds(kWeekSeconds));
    if (!visits) return visits.error();
    figures_.visits = *visits;
    Result<SlippedList> slipped = past_expected_close(context_);
    if (!slipped) return slipped.error();
    figures_.slipped = std::move(*slipped);
    figures_.in_follow_up_average_days = follow_up_ages_.rounded().value_or(0);
    return std::move(figures_);
  }

 private:
  int age_of(Instant since) const { return std::max(0, days_between(zone_.day_of(since), context_.today)); }

  Done count_open(const OpenLead& lead) {
    figures_.open_value.add(lead.value);
    if (!lead.handed_off) {
      ++figures_.open_leads;
      const std::pair made{lead.created_at, lead.ref_number};
      if (!oldest_ || made < *oldest_) oldest_ = made;
      if (lead.stage == LeadStage::follow_up) {
        ++figures_.in_follow_up;
        follow_up_ages_.add(age_of(lead.created_at));
      }
    }
    count_proposal(lead);
    return {};
  }

  Done find_oldest() {
    if (!oldest_) return {};
    Result<Lead> lead = context_.txn.leads().find_by_ref(oldest_->second);
    if (!lead) return lead.error();
    figures_.oldest_days = age_of(lead->head.created_at);
    figures_.oldest = std::move(*lead);
    return {};
  }

  // Out is what was sent and has had no answer. The stage tells it for an estimate that was never put on record.
  void count_proposal(const OpenLead& lead) {
    const bool by_stage = !lead.estimate && !lead.handed_off && lead.stage == LeadStage::estimate_sent;
    const bool by_estimate = lead.estimate == EstimateStatus::sent;
    if (!by_stage && !by_estimate) return;
    ++figures_.proposals_out;
    figures_.proposals_value.add(by_estimate ? lead.estimate_amount : lead.value);
  }

  Done count_closed(const ClosedLead& lead) {
    if (lead.state == CanonicalState::disqualified) return {};
    count_decided(lead.state == CanonicalState::won, lead.value);
    return {};
  }

  // A deal with a lead was counted with it.
  Done count_lone(const LoneDeal& deal) {
    if (!is_closed(deal)) {
      figures_.open_value.add(deal.amount);
      if (deal.has_estimate) {
        ++figures_.proposals_out;
        figures_.proposals_value.add(deal.amount);
      }
      return {};
    }
    if (closed_in(week_, deal, zone_)) count_decided(deal.stage == OpportunityStage::won, deal.amount);
    return {};
  }

  void count_decided(bool won, const std::optional<Money>& value) {
    ++(won ? figures_.won : figures_.lost);
    (won ? figures_.won_value : figures_.lost_value).add(value);
  }

  const ToolContext& context_;
  const Zone zone_;
  const Window& week_;
  PipelineFigures figures_;
  std::optional<std::pair<Instant, std::int64_t>> oldest_;  // when it was made, and its number
  Average follow_up_ages_;
};

// --- win/loss --------------------------------------------------------------------------------------------------------

class OutcomeCounter {
 public:
  OutcomeCounter(const ToolContext& context, const Window& month)
      : context_(context), zone_(zone_of(context.org)), month_(month) {}

  Result<WinLossFigures> counted() {
    const ReportStore& reports = context_.txn.reports();
    Result<std::vector<SourceCount>> created = reports.count_created(month_.from, just_after(month_.to));
    if (!created) return created.error();
    for (const SourceCount& count : *created) {
      figures_.created += count.leads;
      figures_.open += count.open;
      sources_[spoken(name_of(count.source))].leads += count.leads;
    }
    Done closed = reports.each_closed_lead(month_.from, just_after(month_.to),
                                           [&](const ClosedLead& lead) { return count_closed(lead); });
    if (!closed) return closed.error();
    if (Done done = each_lone_deal(context_, month_, [&](const LoneDeal& deal) { return count_lone(deal); }); !done)
      return done.error();
    figures_.days_to_win = to_win_.rounded();
    figures_.days_to_lose = to_lose_.rounded();
    for (auto& [words, source] : sources_) figures_.sources.push_back({words, source.leads, source.won});
    std::stable_sort(figures_.sources.begin(), figures_.sources.end(), [](const auto& left, const auto& right) {
      return std::pair(left.leads, left.won) > std::pair(right.leads, right.won);
    });
    return std::move(figures_);
  }

 private:
  // A source counts each lead once, whether it came, was decided, or both.
  Done count_closed(const ClosedLead& lead) {
    WinLossFigures::Source& source = sources_[spoken(name_of(lead.source))];
    if (lead.created_at < month_.from || lead.created_at > month_.to) ++source.leads;
    const int days = std::max(0, days_between(zone_.day_of(lead.created_at), zone_.day_of(lead.closed_at)));
    if (lead.state == CanonicalState::won) {
      ++source.won;
      count_won(lead.value, days);
    } else if (lead.state == CanonicalState::lost) {
      count_lost(lead.value, days, lead.lost_reason);
    } else {
      ++figures_.disqualified;
      ++figures_.disqualify_reasons[reason_text(name_of(lead.disqualify_reason))];
    }
    return {};
  }

  Done count_lone(const LoneDeal& deal) {
    if (!is_closed(deal) || !closed_in(month_, deal, zone_)) return {};
    const int days = std::max(0, days_between(zone_.day_of(deal.created_at), closing_day(deal, zone_)));
    if (deal.stage == OpportunityStage::won)
      count_won(deal.amount, days);
    else
      count_lost(deal.amount, days, deal.lost_reason);
    return {};
  }

  void count_won(const std::optional<Money>& value, int days) {
    ++figures_.won;
    figures_.won_value.add(value);
    to_win_.add(days);
  }
  void count_lost(const std::optional<Money>& value, int days, LostReason reason) {
    ++figures_.lost;
    figures_.lost_value.add(value);
    ++figures_.lost_reasons[reason_text(name_of(reason))];
    to_lose_.add(days);
  }
  static std::string reason_text(std::string_view name) { return name.empty() ? "no reason given" : spoken(name); }

  const ToolContext& context_;
  const Zone zone_;
  const Window& month_;
  WinLossFigures figures_;
  Average to_win_, to_lose_;
  std::map<std::string, WinLossFigures::Source> sources_;
};

}  // namespace

void MoneyTotal::add(const std::optional<Money>& amount) {
  if (!amount) return;
  std::int64_t& sum = minor_[amount->currency];
  sum = std::min(sum, kAmountMinorMax) + std::min(amount->minor, kAmountMinorMax);  // far below overflow
}

std::string MoneyTotal::text(std::string_view currency) const {
  std::vector<std::string> parts;
  for (const auto& [code, minor] : minor_)
    if (minor != 0) parts.push_back(to_short_text(Money{minor, code}));
  if (parts.empty()) return to_short_text(Money{0, std::string(currency)});
  return join(parts, " + ");
}

Window week_of(const ToolContext& context, std::optional<Instant> report_due) {
  const Zone zone = zone_of(context.org);
  if (report_due) {
    LocalTime from = zone.to_local(*report_due);
    from.day = from.day.plus_days(-kWeekDays);
    return window_between(zone, zone.to_instant(from), *report_due);
  }
  const int since_monday = static_cast<int>(context.today.weekday()) - static_cast<int>(Weekday::monday);
  return window_between(zone, zone.start_of(context.today.plus_days(-since_monday)), context.now);
}

Window whole_month(const ToolContext& context, int year, int month) {
  const Zone zone = zone_of(context.org);
  const Day first = *make_day(year, month, 1);
  const Instant end{zone.start_of(first.plus_months(1)).us - kTick.us};
  return window_between(zone, zone.start_of(first), std::min(end, std::max(context.now, zone.start_of(first))));
}

Window month_of(const ToolContext& context) {
  const Day today = context.today;
  const Day meant = today.day_of_month() <= kMonthEndDays ? today.plus_days(-today.day_of_month()) : today;
  return whole_month(context, meant.year(), meant.month());
}

std::string span_text(const Window& window) {
  return to_short_text(window.first) + " to " + to_short_text(window.last);
}

std::string slipped_text(const Slipped& slipped) {
  std::string text = slipped.title + " — " + (slipped.name.empty() ? "nobody known yet" : printable_line(slipped.name));
  if (slipped.value) text += ", " + to_short_text(*slipped.value);
  return text + ", expected " + to_short_text(slipped.expected) + " (" +
         count_of(static_cast<std::size_t>(slipped.days), "day", "days") + " ago)";
}

Choice slipped_choice(const Slipped& slipped) {
  return {slipped.noun, slipped.ref, std::string(kPastExpectedLabel) + slipped_text(slipped)};
}

Result<PipelineFigures> pipeline_figures(const ToolContext& context, const Window& week) {
  return PipelineCounter(context, week).counted();
}

std::optional<int> WinLossFigures::win_rate_percent() const {
  const std::int64_t decided = won + lost + disqualified;
  if (decided == 0) return std::nullopt;
  return static_cast<int>((won * 100 + decided / 2) / decided);
}

Result<WinLossFigures> win_loss_figures(const ToolContext& context, const Window& month) {
  return OutcomeCounter(context, month).counted();
}

Result<SlippedList> past_expected_close(const ToolContext& context) {
  SlippedList slipped;
  Result<std::int64_t> count = context.txn.reports().count_past_expected(context.today);
  if (!count) return count.error();
  slipped.count = static_cast<std::size_t>(*count);
  if (slipped.count == 0) return slipped;
  Result<std::vector<PastExpected>> rows =
      context.txn.reports().past_expected(context.today, limits::kReportLines);
  if (!rows) return rows.error();
  for (PastExpected& row : *rows) {
    const Noun noun = row.is_deal ? Noun::opportunity : Noun::lead;
    slipped.shown.push_back({noun, Ref{ref_prefix_of(noun), row.ref_number}.text(), printable_line(row.title),
                             name_of_contact(context, row.contact), row.expected, std::move(row.value),
                             days_between(row.expected, context.today)});
  }
  return slipped;
}

}  // namespace deskhand::tools
