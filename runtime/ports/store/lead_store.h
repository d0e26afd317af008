// Leads, opportunities, estimates, appointments and hand-offs in the store. Reached only through a Txn (one org).
//
// Codes: not_found; conflict (the stored version differs); unavailable; corrupt.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "crm/lead.h"

namespace deskhand {

struct LeadFilter {
  bool open_only = false;
  std::vector<CanonicalState> states;
  std::vector<LeadStatus> statuses;
  std::vector<LeadStage> stages;
  std::optional<LeadSource> source;
  ContactId contact;
  UserId assignee;
  std::optional<std::int64_t> value_minor_min, value_minor_max;
  std::optional<Instant> created_from, created_before, active_before;  // active_before: no activity at or after it
  std::optional<Instant> closed_from, closed_before;
  enum class Order { created_newest, created_oldest, value_highest, activity_oldest } order = Order::created_newest;
  std::size_t rows_max = 20, offset = 0;
};

struct StateCount {
  CanonicalState state{};
  std::int64_t leads = 0, value_minor = 0;
};

class LeadStore {
 public:
  virtual ~LeadStore() = default;
  virtual Result<Lead> insert(Lead lead) = 0;
  virtual Result<Lead> update(Lead lead) = 0;
  virtual Result<Lead> find(const LeadId& id) const = 0;
  virtual Result<Lead> find_by_ref(std::int64_t number) const = 0;
  virtual Result<std::vector<Lead>> list(const LeadFilter& filter) const = 0;
  virtual Result<std::int64_t> count(const LeadFilter& filter) const = 0;
  // Titles, descriptions, custom values, and the names of their contacts; best first.
  virtual Result<std::vector<Lead>> search(std::string_view words, bool open_only, std::size_t rows_max) const = 0;
  virtual Result<std::vector<StateCount>> count_by_state() const = 0;
};

struct OpportunityFilter {
  bool open_only = false;
  std::vector<OpportunityStage> stages;
  ContactId contact;
  LeadId lead;
  std::optional<Day> closed_from, closed_before;  // by close_date, half open
  std::optional<Day> expected_before;
  std::size_t rows_max = 20, offset = 0;
};

class OpportunityStore {
 public:
  virtual ~OpportunityStore() = default;
  virtual Result<Opportunity> insert(Opportunity opportunity) = 0;
  virtual Result<Opportunity> update(Opportunity opportunity) = 0;
  virtual Result<Opportunity> find(const OpportunityId& id) const = 0;
  virtual Result<Opportunity> find_by_ref(std::int64_t number) const = 0;
  virtual Result<std::vector<Opportunity>> list(const OpportunityFilter& filter) const = 0;
  virtual Result<std::vector<Opportunity>> search(std::string_view words, bool open_only, std::size_t rows_max) const = 0;

  virtual Result<Estimate> insert(Estimate estimate) = 0;
  virtual Result<Estimate> update(Estimate estimate) = 0;
  virtual Result<Estimate> find_estimate_by_ref(std::int64_t number) const = 0;
  virtual Result<std::vector<Estimate>> estimates_of(const LeadId& lead) const = 0;  // newest first

  virtual Result<Appointment> insert(Appointment appointment) = 0;
  virtual Result<Appointment> update(Appointment appointment) = 0;
  virtual Result<Appointment> find_appointment_by_ref(std::int64_t number) const = 0;
  virtual Result<std::vector<Appointment>> appointments_between(Instant from, Instant before, std::size_t rows_max) const = 0;
  virtual Result<std::vector<Appointment>> appointments_of(const ContactId& contact, std::size_t rows_max) const = 0;  // newest first

  virtual Result<Handoff> insert(Handoff handoff) = 0;
  virtual Result<std::vector<Handoff>> open_handoffs(std::size_t rows_max) const = 0;
};

}  // namespace deskhand
