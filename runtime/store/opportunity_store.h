// Opportunities, estimates, appointments and hand-offs in SQL; ports/store/lead_store.h says what each method promises.
//
// Thread rule: part of a Txn.
#pragma once

#include "ports/store/lead_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlOpportunityStore final : public OpportunityStore {
 public:
  explicit SqlOpportunityStore(Session& session) : session_(session) {}

  Result<Opportunity> insert(Opportunity opportunity) override;
  Result<Opportunity> update(Opportunity opportunity) override;
  Result<Opportunity> find(const OpportunityId& id) const override;
  Result<Opportunity> find_by_ref(std::int64_t number) const override;
  Result<std::vector<Opportunity>> list(const OpportunityFilter& filter) const override;
  Result<std::vector<Opportunity>> search(std::string_view words, bool open_only, std::size_t rows_max) const override;

  Result<Estimate> insert(Estimate estimate) override;
  Result<Estimate> update(Estimate estimate) override;
  Result<Estimate> find_estimate_by_ref(std::int64_t number) const override;
  Result<std::vector<Estimate>> estimates_of(const LeadId& lead) const override;

  Result<Appointment> insert(Appointment appointment) override;
  Result<Appointment> update(Appointment appointment) override;
  Result<Appointment> find_appointment_by_ref(std::int64_t number) const override;
  Result<std::vector<Appointment>> appointments_between(Instant from, Instant before,
                                                        std::size_t rows_max) const override;
  Result<std::vector<Appointment>> appointments_of(const ContactId& contact, std::size_t rows_max) const override;

  Result<Handoff> insert(Handoff handoff) override;
  Result<std::vector<Handoff>> open_handoffs(std::size_t rows_max) const override;

 private:
  Session& session_;
};

}  // namespace deskhand::store
