// What the reports read of the record: few columns of the rows they are about, found by an index, and handed over one at
// a time, so that a report of a million leads needs the room of one. Reached only through a Txn (one org).
//
// Thread rule: part of a Txn. Ownership: a row lives until the callback returns. A callback's error ends the walk and is
// returned; a callback may read through the same Txn.
// Codes: limit_exceeded (more than limits::kReportRows rows); unavailable; corrupt.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "crm/lead.h"

namespace deskhand {

// An open lead as the pipeline counts it.
struct OpenLead {
  std::int64_t ref_number = 0;
  Instant created_at;
  LeadStage stage{};
  bool handed_off = false;  // it has become a deal
  std::optional<Money> value;  // its deal's amount, else what was estimated
  std::optional<EstimateStatus> estimate;  // of its newest estimate that is no draft
  std::optional<Money> estimate_amount;
};

// A lead that was decided; `state` is won, lost or disqualified.
struct ClosedLead {
  CanonicalState state{};
  LeadSource source{};
  Instant created_at, closed_at;
  std::optional<Money> value;
  LostReason lost_reason = LostReason::none;
  DisqualifyReason disqualify_reason = DisqualifyReason::none;
};

// A deal that came from no lead.
struct LoneDeal {
  OpportunityStage stage{};
  std::optional<Money> amount;
  bool has_estimate = false;
  std::optional<Day> close_date;
  Instant created_at, updated_at;
  LostReason lost_reason = LostReason::none;
};

struct SourceCount {
  LeadSource source{};
  std::int64_t leads = 0, open = 0;  // open: of them, those that still are
};

// Which open leads the daily look is about: not handed off, in one of the statuses or of the states.
struct QuietFilter {
  Instant before;  // nothing in their history at or after it, nor their making
  std::vector<LeadStatus> statuses;
  std::vector<CanonicalState> states;
};

struct QuietLead {
  LeadId id;
  Instant last_at;  // of the newest entry of its history that was not taken back; its making where there is none
  std::int64_t value_minor = 0;
  bool do_not_contact = false;  // who it is from is archived or not to be contacted
  std::optional<Day> named_on, quiet_since;  // when it was last named in full, and for which silence
};

// What was expected to close by a day that is past: the lead, or the deal it became.
struct PastExpected {
  bool is_deal = false;
  std::int64_t ref_number = 0;
  std::string title;
  ContactId contact;
  Day expected;
  std::optional<Money> value;
};

class ReportStore {
 public:
  virtual ~ReportStore() = default;

  virtual Done each_open_lead(const std::function<Done(const OpenLead&)>& use) const = 0;  // in no order
  virtual Done each_closed_lead(Instant from, Instant before, const std::function<Done(const ClosedLead&)>& use) const = 0;
  // Open ones, and those closed on a day from `first` to `last`. One without that day counts by its last change, which
  // must lie at or after `from` and before `before`.
  virtual Done each_lone_deal(Day first, Day last, Instant from, Instant before,
                              const std::function<Done(const LoneDeal&)>& use) const = 0;
  // By last_activity_at (its making where it has none), oldest first.
  virtual Done each_quiet_lead(const QuietFilter& filter, const std::function<Done(const QuietLead&)>& use) const = 0;

  virtual Result<std::vector<SourceCount>> count_created(Instant from, Instant before) const = 0;
  virtual Result<std::int64_t> count_visits(Instant from, Instant before) const = 0;  // scheduled ones that begin there
  virtual Result<std::int64_t> count_past_expected(Day today) const = 0;
  // Highest value first, then longest past, then leads before deals, newest first.
  virtual Result<std::vector<PastExpected>> past_expected(Day today, std::size_t rows_max) const = 0;
};

}  // namespace deskhand
