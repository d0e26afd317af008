// The estimates part of OpportunityStore.
#include "base/limits.h"
#include "store/opportunity_store.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kEstimateColumns =
    "id, ref_number, version, created_at, updated_at, lead_id, opportunity_id, contact_id, amount_minor, "
    "amount_currency, status, "
    "sent_on, note";

Result<Estimate> read_estimate(const Row& row) {
  ColumnReader in(row);
  Estimate estimate;
  estimate.id = in.id<EstimateId>();
  estimate.head = in.head();
  estimate.lead = in.id<LeadId>();
  estimate.opportunity = in.id<OpportunityId>();
  estimate.contact = in.id<ContactId>();
  estimate.amount = in.maybe_money().value_or(Money{});
  estimate.status = in.name(parse_estimate_status);
  estimate.sent_on = in.day();
  estimate.note = in.text();
  return in.finish(std::move(estimate));
}

Fields estimate_fields(const Estimate& estimate) {
  return {{"lead_id", id(estimate.lead)},
          {"opportunity_id", id(estimate.opportunity)},
          {"contact_id", id(estimate.contact)},
          {"amount_minor", number(estimate.amount.minor)},
          {"amount_currency", estimate.amount.currency},
          {"status", text(name_of(estimate.status))},
          {"sent_on", day(estimate.sent_on)},
          {"note", estimate.note}};
}

Result<Estimate> find_estimate(Session& session, const std::string& id) {
  return session.one("SELECT " + std::string(kEstimateColumns) + " FROM estimates WHERE org_id = $1 AND id = $2 AND voided = 0",
                     {id}, read_estimate, "estimate of that name");
}

}  // namespace

Result<Estimate> SqlOpportunityStore::insert(Estimate estimate) {
  std::string id = estimate.id.text();
  Fields fields = estimate_fields(estimate);
  fields.push_back({"voided", flag(false)});
  Done inserted = session_.insert(record_table("estimates"), id, estimate.head, std::move(fields));
  if (!inserted) return inserted.error();
  return find_estimate(session_, id);
}

Result<Estimate> SqlOpportunityStore::update(Estimate estimate) {
  Done updated = session_.update(record_table("estimates"), estimate.id.text(), estimate.head, estimate_fields(estimate));
  if (!updated) return updated.error();
  return find_estimate(session_, estimate.id.text());
}

Result<Estimate> SqlOpportunityStore::find_estimate_by_ref(std::int64_t number) const {
  return session_.one(
      "SELECT " + std::string(kEstimateColumns) + " FROM estimates WHERE org_id = $1 AND ref_number = $2 AND voided = 0",
      {number}, read_estimate, "estimate " + Ref{ref_prefix::kEstimate, number}.text());
}

Result<std::vector<Estimate>> SqlOpportunityStore::estimates_of(const LeadId& lead) const {
  return session_.all("SELECT " + std::string(kEstimateColumns) +
                          " FROM estimates WHERE org_id = $1 AND lead_id = $2 AND voided = 0 ORDER BY sent_on DESC, "
                          "ref_number DESC LIMIT $3",
                      {lead.text(), page(limits::kPageRowsMax)}, read_estimate);
}

}  // namespace deskhand::store
