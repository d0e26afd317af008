#include "store/opportunity_store.h"

#include <algorithm>

#include "base/limits.h"
#include "store/lead_store.h"
#include "store/search_texts.h"
#include "store/text_search.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kOpportunityColumns =
    "id, ref_number, version, created_at, updated_at, name, lead_id, contact_id, stage, amount_minor, amount_currency, "
    "close_date, "
    "expected_close, lost_reason, reason_note, assignee_id, estimate_id, custom";

Result<Opportunity> read_opportunity(const Row& row) {
  ColumnReader in(row);
  Opportunity opportunity;
  opportunity.id = in.id<OpportunityId>();
  opportunity.head = in.head();
  opportunity.name = in.text();
  opportunity.lead = in.id<LeadId>();
  opportunity.contact = in.id<ContactId>();
  opportunity.stage = in.name(parse_opportunity_stage);
  opportunity.amount = in.maybe_money();
  opportunity.close_date = in.maybe_day();
  opportunity.expected_close = in.maybe_day();
  opportunity.lost_reason = in.name_or(parse_lost_reason, LostReason::none);
  opportunity.reason_note = in.text();
  opportunity.assignee = in.id<UserId>();
  opportunity.estimate = in.id<EstimateId>();
  opportunity.custom = in.custom();
  return in.finish(std::move(opportunity));
}

Fields opportunity_fields(const Opportunity& opportunity) {
  return {{"name", opportunity.name},
          {"lead_id", id(opportunity.lead)},
          {"contact_id", id(opportunity.contact)},
          {"stage", text(name_of(opportunity.stage))},
          {"amount_minor", opportunity.amount ? Value{opportunity.amount->minor} : Value{}},
          {"amount_currency", opportunity.amount ? Value{opportunity.amount->currency} : Value{}},
          {"close_date", day(opportunity.close_date)},
          {"expected_close", day(opportunity.expected_close)},
          {"lost_reason", text(name_of(opportunity.lost_reason))},
          {"reason_note", opportunity.reason_note},
          {"assignee_id", id(opportunity.assignee)},
          {"estimate_id", id(opportunity.estimate)},
          {"custom", to_column(opportunity.custom)}};
}

const RecordTable& opportunities() { return record_table("opportunities"); }

}  // namespace

Result<Opportunity> SqlOpportunityStore::insert(Opportunity opportunity) {
  std::string id = opportunity.id.text();
  Fields fields = opportunity_fields(opportunity);
  fields.push_back({"archived", flag(false)});
  Done inserted = session_.insert(opportunities(), id, opportunity.head, std::move(fields));
  if (!inserted) return inserted.error();
  Done indexed = index_record(session_, "opportunities", id);
  if (!indexed) return indexed.error();
  return find(OpportunityId(id));
}

Result<Opportunity> SqlOpportunityStore::update(Opportunity opportunity) {
  Done updated = session_.update(opportunities(), opportunity.id.text(), opportunity.head, opportunity_fields(opportunity));
  if (!updated) return updated.error();
  Done refreshed = refresh_states_of_opportunity(session_, opportunity.id.text());
  if (!refreshed) return refreshed.error();
  Done indexed = index_record(session_, "opportunities", opportunity.id.text());
  if (!indexed) return indexed.error();
  return find(opportunity.id);
}

Result<Opportunity> SqlOpportunityStore::find(const OpportunityId& id) const {
  return session_.one(
      "SELECT " + std::string(kOpportunityColumns) + " FROM opportunities WHERE org_id = $1 AND id = $2 AND archived = 0",
      {id.text()}, read_opportunity, "opportunity of that name");
}

Result<Opportunity> SqlOpportunityStore::find_by_ref(std::int64_t number) const {
  return session_.one(
      "SELECT " + std::string(kOpportunityColumns) + " FROM opportunities WHERE org_id = $1 AND ref_number = $2 AND archived = 0",
      {number}, read_opportunity, "opportunity " + Ref{ref_prefix::kOpportunity, number}.text());
}

Result<std::vector<Opportunity>> SqlOpportunityStore::list(const OpportunityFilter& filter) const {
  Values values;
  const auto place = [&](Value value) {
    values.push_back(std::move(value));
    return "$" + std::to_string(values.size() + 1);
  };
  std::string sql = "SELECT " + std::string(kOpportunityColumns) + " FROM opportunities WHERE org_id = $1 AND archived = 0";
  if (filter.open_only) sql += " AND stage NOT IN ('won', 'lost')";
  std::string stages;
  for (const OpportunityStage stage : filter.stages)
    stages += (stages.empty() ? "" : ", ") + place(text(name_of(stage)));
  if (!stages.empty()) sql += " AND stage IN (" + stages + ")";
  if (!filter.contact.empty()) {
    sql += " AND contact_id IN (WITH RECURSIVE family (id) AS (SELECT " + place(filter.contact.text()) +
           " UNION SELECT c.id FROM contacts c JOIN family f ON c.root_id = f.id AND c.org_id = $1) SELECT id FROM "
           "family)";
  }
  if (!filter.lead.empty()) sql += " AND lead_id = " + place(filter.lead.text());
  if (filter.closed_from) sql += " AND close_date >= " + place(day(*filter.closed_from));
  if (filter.closed_before) sql += " AND close_date < " + place(day(*filter.closed_before));
  if (filter.expected_before) sql += " AND expected_close < " + place(day(*filter.expected_before));
  sql += " ORDER BY created_at DESC, ref_number DESC LIMIT " + place(page(filter.rows_max));
  sql += " OFFSET " + place(number(static_cast<std::int64_t>(filter.offset)));
  return session_.all(sql, std::move(values), read_opportunity);
}

Result<std::vector<Opportunity>> SqlOpportunityStore::search(std::string_view words, bool open_only,
                                                             std::size_t rows_max) const {
  const SearchScope scope{"opportunity", "opportunities",
                          open_only ? "r.archived = 0 AND r.stage NOT IN ('won', 'lost')" : "r.archived = 0"};
  Result<std::vector<std::string>> ids = session_.connection().text_search().find(session_, scope, words, rows_max);
  if (!ids) return ids.error();
  std::vector<Opportunity> found;
  for (const std::string& id : *ids) {
    Result<Opportunity> opportunity = find(OpportunityId(id));
    if (!opportunity) return opportunity.error();
    found.push_back(std::move(*opportunity));
  }
  return found;
}

}  // namespace deskhand::store
