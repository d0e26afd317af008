// Stages as a business sets them up, enrolments in sequences and what happened in them, in the store. Storing an
// enrolment also moves the snapshot on its lead (S1-L3). Reached only through a Txn (one org).
//
// Codes: not_found; conflict (the stored version differs, or the lead is in a sequence already); unavailable; corrupt.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crm/nurture.h"
#include "crm/stage.h"

namespace deskhand {

// What a unit of work has done to leads that a sequence may have to follow: ids as text.
struct LeadNews {
  std::set<std::string> entered;   // leads that are new in their stage
  std::set<std::string> touched;   // leads with news of their own
  std::set<std::string> contacts;  // contacts that changed or that something was logged with

  bool empty() const { return entered.empty() && touched.empty() && contacts.empty(); }
};

class NurtureStore {
 public:
  virtual ~NurtureStore() = default;

  // Only those somebody has set up, in no order.
  virtual Result<std::vector<StageSetting>> stages() const = 0;
  // Inserts the first setting of that pipeline and state; updates it after that.
  virtual Result<StageSetting> put(StageSetting stage) = 0;

  virtual Result<Enrolment> insert(Enrolment enrolment) = 0;
  virtual Result<Enrolment> update(Enrolment enrolment) = 0;
  virtual Result<std::optional<Enrolment>> open_of(const LeadId& lead) const = 0;  // active or paused
  virtual Result<std::vector<Enrolment>> all_of(const LeadId& lead, std::size_t rows_max) const = 0;  // newest first
  virtual Result<std::vector<Enrolment>> open_of_contact(const ContactId& contact, std::size_t rows_max) const = 0;
  virtual Result<std::vector<Enrolment>> open(std::size_t rows_max) const = 0;  // newest leads first
  // Active ones whose step has come, the longest due first.
  virtual Result<std::vector<Enrolment>> due(Day on_or_before, std::size_t rows_max) const = 0;
  // The number of the newest interaction of the org; 0 when there is none.
  virtual Result<std::int64_t> newest_interaction() const = 0;

  virtual Done append(NurtureEntry entry) = 0;
  virtual Result<std::vector<NurtureEntry>> entries_of(const LeadId& lead,
                                                       std::size_t rows_max) const = 0;  // newest first
  virtual Result<std::vector<NurtureEntry>> entries_since(Instant from, NurtureEvent event,
                                                          std::size_t rows_max) const = 0;  // oldest first

  // Leads that entered that stage before the instant and that nobody was told of, the longest there first.
  virtual Result<std::vector<LeadId>> overdue_in_stage(CanonicalState state, Instant entered_before,
                                                       std::size_t rows_max) const = 0;
  virtual Result<std::int64_t> count_overdue_in_stage(CanonicalState state, Instant entered_before) const = 0;
  // Told: once for each stay; entering another stage takes the mark away.
  virtual Done set_sla_raised(const LeadId& lead, Day day) = 0;

  // What this unit of work has done so far that nobody has taken yet.
  virtual LeadNews take_news() = 0;
};

}  // namespace deskhand
