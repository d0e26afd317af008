#include "tools/reports_figures.h"

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "base/text.h"
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

// A deal that came from no lead has only the day on which it closed; what was stored last tells the border day apart.
bool closed_in(const Window& window, const Opportunity& opportunity, const ToolContext& context) {
  const Day day = opportunity.close_date ? *opportunity.close_date : local_day(opportunity.head.updated_at, context);
  if (day == window.first) return opportunity.head.updated_at >= window.from;
  return day > window.first && day <= window.last;
}

bool is_handed_off(const Lead& lead) { return !lead.opportunity.empty() || lead.status == LeadStatus::converted; }

int age_days(Instant since, const ToolContext& context) {
  return std::max(0, days_between(local_day(since, context), context.today));
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

Result<std::optional<Opportunity>> deal_of_lead(const ToolContext& context, const Lead& lead) {
  if (lead.opportunity.empty()) return std::optional<Opportunity>();
  Result<Opportunity> found = context.txn.opportunities().find(lead.opportunity);
  if (!found) return found.error();
  return std::optional<Opportunity>(std::move(*found));
}

std::optional<Money> value_of(const Lead& lead, const std::optional<Opportunity>& deal) {
  return deal && deal->amount ? deal->amount : lead.estimated_value;
}

// --- pipeline --------------------------------------------------------------------------------------------------------

class PipelineCounter {
 public:
  PipelineCounter(const ToolContext& context, const Window& week) : context_(context), week_(week) {}

  Result<PipelineFigures> counted() {
    LeadFilter fresh;
    fresh.created_from = week_.from;
    fresh.created_before = just_after(week_.to);
    Result<std::int64_t> new_leads = context_.txn.leads().count(fresh);
    if (!new_leads) return new_leads.error();
    figures_.new_leads = *new_leads;
    LeadFilter open;
    open.open_only = true;
    open.order = LeadFilter::Order::created_oldest;
    if (Done done = each_lead(context_, open, [&](const Lead& lead) { return count_open(lead); }); !done)
      return done.error();
    if (Done done = count_closed_leads(); !done) return done.error();
    if (Done done = each_opportunity(context_, {}, [&](const Opportunity& deal) { return count_lone(deal); }); !done)
      return done.error();
    Result<std::vector<Appointment>> visits = context_.txn.opportunities().appointments_between(
        context_.now, context_.now.plus_seconds(kWeekSeconds), limits::kPageRowsMax);
    if (!visits) return visits.error();
    figures_.visits = std::count_if(visits->begin(), visits->end(), [](const Appointment& visit) {
      return visit.status == AppointmentStatus::scheduled;
    });
    Result<std::vector<Slipped>> slipped = past_expected_close(context_);
    if (!slipped) return slipped.error();
    figures_.slipped = std::move(*slipped);
    figures_.in_follow_up_average_days = follow_up_ages_.rounded().value_or(0);
    return std::move(figures_);
  }

 private:
  Done count_open(const Lead& lead) {
    Result<std::optional<Opportunity>> deal = deal_of_lead(context_, lead);
    if (!deal) return deal.error();
    figures_.open_value.add(value_of(lead, *deal));
    if (!is_handed_off(lead)) {
      ++figures_.open_leads;
      if (!figures_.oldest) {
        figures_.oldest = lead;
        figures_.oldest_days = age_days(lead.head.created_at, context_);
      }
      if (lead.stage == LeadStage::follow_up) {
        ++figures_.in_follow_up;
        follow_up_ages_.add(age_days(lead.head.created_at, context_));
      }
    }
    return count_proposal(lead, *deal);
  }

  // Out is what was sent and has had no answer. The stage tells it for an estimate that was never put on record.
  Done count_proposal(const Lead& lead, const std::optional<Opportunity>& deal) {
    Result<std::vector<Estimate>> estimates = context_.txn.opportunities().estimates_of(lead.id);
    if (!estimates) return estimates.error();
    std::erase_if(*estimates, [](const Estimate& estimate) { return estimate.status == EstimateStatus::draft; });
    const bool by_stage = estimates->empty() && !is_handed_off(lead) && lead.stage == LeadStage::estimate_sent;
    const bool by_estimate = !estimates->empty() && estimates->front().status == EstimateStatus::sent;
    if (!by_stage && !by_estimate) return {};
    ++figures_.proposals_out;
    figures_.proposals_value.add(by_estimate ? std::optional<Money>(estimates->front().amount) : value_of(lead, deal));
    return {};
  }

  Done count_closed_leads() {
    LeadFilter closed;
    closed.states = {CanonicalState::won, CanonicalState::lost};
    closed.closed_from = week_.from;
    closed.closed_before = just_after(week_.to);
    return each_lead(context_, closed, [&](const Lead& lead) -> Done {
      Result<std::optional<Opportunity>> deal = deal_of_lead(context_, lead);
      if (!deal) return deal.error();
      const bool won = lead.state == CanonicalState::won;
      ++(won ? figures_.won : figures_.lost);
      (won ? figures_.won_value : figures_.lost_value).add(value_of(lead, *deal));
      return {};
    });
  }

  // A deal with a lead was counted with it.
  Done count_lone(const Opportunity& deal) {
    if (!deal.lead.empty()) return {};
    if (is_open(deal)) {
      figures_.open_value.add(deal.amount);
      if (!deal.estimate.empty()) {
        ++figures_.proposals_out;
        figures_.proposals_value.add(deal.amount);
      }
      return {};
    }
    if (!closed_in(week_, deal, context_)) return {};
    const bool won = deal.stage == OpportunityStage::won;
    ++(won ? figures_.won : figures_.lost);
    (won ? figures_.won_value : figures_.lost_value).add(deal.amount);
    return {};
  }

  const ToolContext& context_;
  const Window& week_;
  PipelineFigures figures_;
  Average follow_up_ages_;
};

// --- win/loss --------------------------------------------------------------------------------------------------------

class OutcomeCounter {
 public:
  OutcomeCounter(const ToolContext& context, const Window& month) : context_(context), month_(month) {}

  Result<WinLossFigures> counted() {
    LeadFilter created;
    created.created_from = month_.from;
    created.created_before = just_after(month_.to);
    if (Done done = each_lead(context_, created, [&](const Lead& lead) { return count_created(lead); }); !done)
      return done.error();
    LeadFilter closed;
    closed.states = {CanonicalState::won, CanonicalState::lost, CanonicalState::disqualified};
    closed.closed_from = month_.from;
    closed.closed_before = just_after(month_.to);
    if (Done done = each_lead(context_, closed, [&](const Lead& lead) { return count_closed(lead); }); !done)
      return done.error();
    if (Done done = each_opportunity(context_, {}, [&](const Opportunity& deal) { return count_lone(deal); }); !done)
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
  // Each lead once, whether it came, was decided, or both.
  void count_source(const Lead& lead) {
    WinLossFigures::Source& source = sources_[spoken(name_of(lead.source))];
    if (seen_.insert(lead.id).second) ++source.leads;
  }

  Done count_created(const Lead& lead) {
    ++figures_.created;
    if (!is_closed(lead.state)) ++figures_.open;
    count_source(lead);
    return {};
  }

  Done count_closed(const Lead& lead) {
    count_source(lead);
    Result<std::optional<Opportunity>> deal = deal_of_lead(context_, lead);
    if (!deal) return deal.error();
    const int days =
        std::max(0, days_between(local_day(lead.head.created_at, context_), local_day(*lead.closed_at, context_)));
    if (lead.state == CanonicalState::won) {
      ++sources_[spoken(name_of(lead.source))].won;
      count_won(value_of(lead, *deal), days);
    } else if (lead.state == CanonicalState::lost) {
      count_lost(value_of(lead, *deal), days, *deal ? (*deal)->lost_reason : LostReason::none);
    } else {
      ++figures_.disqualified;
      ++figures_.disqualify_reasons[reason_text(name_of(lead.disqualify_reason))];
    }
    return {};
  }

  Done count_lone(const Opportunity& deal) {
    if (!deal.lead.empty() || is_open(deal) || !closed_in(month_, deal, context_)) return {};
    const Day day = deal.close_date ? *deal.close_date : local_day(deal.head.updated_at, context_);
    const int days = std::max(0, days_between(local_day(deal.head.created_at, context_), day));
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
  const Window& month_;
  WinLossFigures figures_;
  Average to_win_, to_lose_;
  std::map<std::string, WinLossFigures::Source> sources_;
  std::set<LeadId> seen_;
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

Window week_of(const ToolContext& context, bool report_is_due) {
  const Zone zone = zone_of(context.org);
  if (report_is_due) {
    LocalTime from = zone.to_local(context.now);
    from.day = from.day.plus_days(-kWeekDays);
    return window_between(zone, zone.to_instant(from), context.now);
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

Done each_lead(const ToolContext& context, LeadFilter filter, const std::function<Done(const Lead&)>& use) {
  filter.rows_max = limits::kPageRowsMax;
  for (filter.offset = 0; filter.offset < limits::kReportRows; filter.offset += limits::kPageRowsMax) {
    Result<std::vector<Lead>> page = context.txn.leads().list(filter);
    if (!page) return page.error();
    for (const Lead& lead : *page)
      if (Done done = use(lead); !done) return done;
    if (page->size() < filter.rows_max) return {};
  }
  return make_error(Code::limit_exceeded,
                    "There are more than " + std::to_string(limits::kReportRows) + " leads to report on.");
}

Done each_opportunity(const ToolContext& context, OpportunityFilter filter,
                      const std::function<Done(const Opportunity&)>& use) {
  filter.rows_max = limits::kPageRowsMax;
  for (filter.offset = 0; filter.offset < limits::kReportRows; filter.offset += limits::kPageRowsMax) {
    Result<std::vector<Opportunity>> page = context.txn.opportunities().list(filter);
    if (!page) return page.error();
    for (const Opportunity& opportunity : *page)
      if (Done done = use(opportunity); !done) return done;
    if (page->size() < filter.rows_max) return {};
  }
  return make_error(Code::limit_exceeded,
                    "There are more than " + std::to_string(limits::kReportRows) + " deals to report on.");
}

Result<std::vector<Slipped>> past_expected_close(const ToolContext& context) {
  std::vector<Slipped> slipped;
  LeadFilter open;
  open.open_only = true;
  const Done leads = each_lead(context, open, [&](const Lead& lead) -> Done {
    if (!lead.expected_close || *lead.expected_close >= context.today) return {};
    Result<std::optional<Opportunity>> deal = deal_of_lead(context, lead);
    if (!deal) return deal.error();
    if (*deal && (*deal)->expected_close) return {};  // the deal has a day of its own
    slipped.push_back({*deal ? Noun::opportunity : Noun::lead, *deal ? ref_of(**deal) : ref_of(lead),
                       printable_line(lead.title), name_of_contact(context, lead.contact), *lead.expected_close,
                       value_of(lead, *deal), days_between(*lead.expected_close, context.today)});
    return {};
  });
  if (!leads) return leads.error();
  OpportunityFilter deals;
  deals.open_only = true;
  deals.expected_before = context.today;
  const Done opportunities = each_opportunity(context, deals, [&](const Opportunity& deal) -> Done {
    if (!deal.expected_close || *deal.expected_close >= context.today) return {};
    slipped.push_back({Noun::opportunity, ref_of(deal), printable_line(deal.name),
                       name_of_contact(context, deal.contact), *deal.expected_close, deal.amount,
                       days_between(*deal.expected_close, context.today)});
    return {};
  });
  if (!opportunities) return opportunities.error();
  std::stable_sort(slipped.begin(), slipped.end(), [](const Slipped& left, const Slipped& right) {
    const std::int64_t left_value = left.value ? left.value->minor : 0,
                       right_value = right.value ? right.value->minor : 0;
    return std::pair(left_value, left.days) > std::pair(right_value, right.days);
  });
  return slipped;
}

}  // namespace deskhand::tools
