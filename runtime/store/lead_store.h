// Leads in SQL; ports/store/lead_store.h says what each method promises. An archived lead (one whose making was undone)
// is found by nothing.
//
// Thread rule: part of a Txn.
#pragma once

#include "ports/store/lead_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlLeadStore final : public LeadStore {
 public:
  explicit SqlLeadStore(Session& session) : session_(session) {}

  Result<Lead> insert(Lead lead) override;
  Result<Lead> update(Lead lead) override;
  Result<Lead> find(const LeadId& id) const override;
  Result<Lead> find_by_ref(std::int64_t number) const override;
  Result<std::vector<Lead>> list(const LeadFilter& filter) const override;
  Result<std::int64_t> count(const LeadFilter& filter) const override;
  Result<std::vector<Lead>> search(std::string_view words, bool open_only, std::size_t rows_max) const override;
  Result<std::vector<StateCount>> count_by_state() const override;

 private:
  Session& session_;
};

// Brings leads.state to what canonical_state() says of the stored rest and of the opportunity's stage.
Done refresh_state(Session& session, const std::string& lead_id);
// The same for the lead or leads that became this opportunity.
Done refresh_states_of_opportunity(Session& session, const std::string& opportunity_id);

}  // namespace deskhand::store
