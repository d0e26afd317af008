#include "store/lead_store.h"

#include <algorithm>

#include "base/limits.h"
#include "store/search_texts.h"
#include "store/text_search.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kLeadColumns =
    "id, ref_number, version, created_at, updated_at, title, description, contact_id, source, source_words, status, "
    "stage, state, "
    "contacted, disqualify_reason, reason_note, estimated_minor, estimated_currency, expected_close, assignee_id, "
    "opportunity_id, "
    "urgent, origin, qualified_at, handed_off_at, won_at, closed_at, last_activity_at, stage_entered_at, sla_raised_on, "
    "nurture_status, current_sequence, next_nurture_step_on, custom";

Result<Lead> read_lead(const Row& row) {
  ColumnReader in(row);
  Lead lead;
  lead.id = in.id<LeadId>();
  lead.head = in.head();
  lead.title = in.text();
  lead.description = in.text();
  lead.contact = in.id<ContactId>();
  lead.source = in.name(parse_lead_source);
  lead.source_words = in.text();
  lead.status = in.name(parse_lead_status);
  lead.stage = in.name(parse_lead_stage);
  lead.state = in.name(parse_state);
  lead.contacted = in.flag();
  lead.disqualify_reason = in.name_or(parse_disqualify_reason, DisqualifyReason::none);
  lead.reason_note = in.text();
  lead.estimated_value = in.maybe_money();
  lead.expected_close = in.maybe_day();
  lead.assignee = in.id<UserId>();
  lead.opportunity = in.id<OpportunityId>();
  lead.urgent = in.flag();
  lead.origin = in.text();
  lead.qualified_at = in.maybe_instant();
  lead.handed_off_at = in.maybe_instant();
  lead.won_at = in.maybe_instant();
  lead.closed_at = in.maybe_instant();
  lead.last_activity_at = in.maybe_instant();
  lead.stage_entered_at = in.maybe_instant();
  lead.sla_raised_on = in.maybe_day();
  lead.nurture_status = in.name_or(parse_nurture_status, NurtureStatus::not_enrolled);
  lead.current_sequence = in.text();
  lead.next_nurture_step_on = in.maybe_day();
  lead.custom = in.custom();
  return in.finish(std::move(lead));
}

// last_activity_at is not here: it only ever moves on. Nor are the stay in the stage, which moves with the state, and the
// snapshot of a sequence, which moves with its enrolment.
Fields lead_fields(const Lead& lead) {
  return {{"title", lead.title},
          {"description", lead.description},
          {"contact_id", id(lead.contact)},
          {"source", text(name_of(lead.source))},
          {"source_words", lead.source_words},
          {"status", text(name_of(lead.status))},
          {"stage", text(name_of(lead.stage))},
          {"state", text(state_name(lead.state))},
          {"contacted", flag(lead.contacted)},
          {"disqualify_reason", text(name_of(lead.disqualify_reason))},
          {"reason_note", lead.reason_note},
          {"estimated_minor", lead.estimated_value ? Value{lead.estimated_value->minor} : Value{}},
          {"estimated_currency", lead.estimated_value ? Value{lead.estimated_value->currency} : Value{}},
          {"expected_close", day(lead.expected_close)},
          {"assignee_id", id(lead.assignee)},
          {"opportunity_id", id(lead.opportunity)},
          {"urgent", flag(lead.urgent)},
          {"origin", lead.origin},
          {"qualified_at", instant(lead.qualified_at)},
          {"handed_off_at", instant(lead.handed_off_at)},
          {"won_at", instant(lead.won_at)},
          {"closed_at", instant(lead.closed_at)},
          {"custom", to_column(lead.custom)}};
}

const RecordTable& leads() { return record_table("leads"); }

// The canonical state is ours to compute: a caller's idea of it may be from before.
Result<CanonicalState> state_of(Session& session, const Lead& lead) {
  std::optional<OpportunityStage> stage;
  if (!lead.opportunity.empty()) {
    Done read = session.run("SELECT stage FROM opportunities WHERE org_id = $1 AND id = $2 AND archived = 0",
                            {lead.opportunity.text()}, [&](const Row& row) -> Done {
                              stage = parse_opportunity_stage(row.bytes(0));
                              return {};
                            });
    if (!read) return read.error();
  }
  return canonical_state(lead.status, lead.stage, lead.contacted, stage);
}

constexpr std::string_view kOpen = "state NOT IN ('won', 'lost', 'disqualified')";

// The further conditions of a filter; their values are appended to `values`, the first of which is $2.
std::string conditions_of(const LeadFilter& filter, Values& values) {
  std::string sql;
  const auto place = [&](Value value) {
    values.push_back(std::move(value));
    return "$" + std::to_string(values.size() + 1);
  };
  const auto any_of = [&](std::string_view column, const auto& items, auto name) {
    std::string places;
    for (const auto& item : items) places += (places.empty() ? "" : ", ") + place(text(name(item)));
    if (!places.empty()) sql += " AND " + std::string(column) + " IN (" + places + ")";
  };
  const auto compare = [&](std::string_view comparison, const auto& value) {
    if (value) sql += " AND " + std::string(comparison) + " " + place(Value{*value});
  };
  const auto compare_instant = [&](std::string_view comparison, const std::optional<Instant>& value) {
    if (value) sql += " AND " + std::string(comparison) + " " + place(instant(*value));
  };
  if (filter.open_only) sql += " AND " + std::string(kOpen);
  any_of("state", filter.states, [](CanonicalState state) { return state_name(state); });
  any_of("status", filter.statuses, [](LeadStatus status) { return name_of(status); });
  any_of("stage", filter.stages, [](LeadStage stage) { return name_of(stage); });
  if (filter.source) sql += " AND source = " + place(text(name_of(*filter.source)));
  if (!filter.contact.empty()) {
    const std::string contact = place(filter.contact.text());
    sql += " AND contact_id IN (WITH RECURSIVE family (id) AS (SELECT " + contact +
           " UNION SELECT c.id FROM contacts c JOIN family f ON c.root_id = f.id AND c.org_id = $1) SELECT id FROM "
           "family)";
  }
  if (!filter.assignee.empty()) sql += " AND assignee_id = " + place(filter.assignee.text());
  compare("estimated_minor >=", filter.value_minor_min);
  compare("estimated_minor <=", filter.value_minor_max);
  compare_instant("created_at >=", filter.created_from);
  compare_instant("created_at <", filter.created_before);
  compare_instant("COALESCE(last_activity_at, created_at) <", filter.active_before);
  compare_instant("closed_at >=", filter.closed_from);
  compare_instant("closed_at <", filter.closed_before);
  return sql;
}

std::string_view order_of(LeadFilter::Order order) {
  switch (order) {
    case LeadFilter::Order::created_newest:
      return " ORDER BY created_at DESC, ref_number DESC";
    case LeadFilter::Order::created_oldest:
      return " ORDER BY created_at, ref_number";
    case LeadFilter::Order::value_highest:
      return " ORDER BY estimated_minor DESC NULLS LAST, ref_number";
    case LeadFilter::Order::activity_oldest:
      return " ORDER BY COALESCE(last_activity_at, created_at), ref_number";
  }
  return "";
}

}  // namespace

Result<Lead> SqlLeadStore::insert(Lead lead) {
  Result<CanonicalState> state = state_of(session_, lead);
  if (!state) return state.error();
  lead.state = *state;
  std::string id = lead.id.text();
  Fields fields = lead_fields(lead);
  fields.push_back({"last_activity_at", instant(lead.last_activity_at)});
  fields.push_back({"archived", flag(false)});
  fields.push_back({"stage_entered_at", instant(session_.now())});
  Done inserted = session_.insert(leads(), id, lead.head, std::move(fields));
  if (!inserted) return inserted.error();
  session_.news.entered.insert(id);
  Done indexed = index_record(session_, "leads", id);
  if (!indexed) return indexed.error();
  return find(LeadId(id));
}

Result<Lead> SqlLeadStore::update(Lead lead) {
  Result<Lead> stored = find(lead.id);
  if (!stored) return stored.error();
  Result<CanonicalState> state = state_of(session_, lead);
  if (!state) return state.error();
  lead.state = *state;
  Fields fields = lead_fields(lead);
  fields.push_back({"last_activity_at", instant(std::max(lead.last_activity_at, stored->last_activity_at))});
  const bool enters_stage = *state != stored->state;
  if (enters_stage) {
    fields.push_back({"stage_entered_at", instant(session_.now())});
    fields.push_back({"sla_raised_on", Value{}});
  }
  Done updated = session_.update(leads(), lead.id.text(), lead.head, std::move(fields));
  if (!updated) return updated.error();
  // Whoever stands nowhere to be written to enters when that is known.
  const bool becomes_known = stored->contact.empty() && !lead.contact.empty();
  (enters_stage || becomes_known ? session_.news.entered : session_.news.touched).insert(lead.id.text());
  Done indexed = index_record(session_, "leads", lead.id.text());
  if (!indexed) return indexed.error();
  return find(lead.id);
}

Result<Lead> SqlLeadStore::find(const LeadId& id) const {
  return session_.one("SELECT " + std::string(kLeadColumns) + " FROM leads WHERE org_id = $1 AND id = $2 AND archived = 0",
                      {id.text()}, read_lead, "lead of that name");
}

Result<Lead> SqlLeadStore::find_by_ref(std::int64_t number) const {
  return session_.one(
      "SELECT " + std::string(kLeadColumns) + " FROM leads WHERE org_id = $1 AND ref_number = $2 AND archived = 0",
      {number}, read_lead, "lead " + Ref{ref_prefix::kLead, number}.text());
}

Result<std::vector<Lead>> SqlLeadStore::list(const LeadFilter& filter) const {
  Values values;
  std::string sql = "SELECT " + std::string(kLeadColumns) + " FROM leads WHERE org_id = $1 AND archived = 0" +
                    conditions_of(filter, values);
  sql += order_of(filter.order);
  values.push_back(page(filter.rows_max));
  sql += " LIMIT $" + std::to_string(values.size() + 1);
  values.push_back(number(static_cast<std::int64_t>(filter.offset)));
  sql += " OFFSET $" + std::to_string(values.size() + 1);
  return session_.all(sql, std::move(values), read_lead);
}

Result<std::int64_t> SqlLeadStore::count(const LeadFilter& filter) const {
  Values values;
  const std::string sql =
      "SELECT COUNT(*) FROM leads WHERE org_id = $1 AND archived = 0" + conditions_of(filter, values);
  return session_.integer(sql, std::move(values));
}

Result<std::vector<Lead>> SqlLeadStore::search(std::string_view words, bool open_only, std::size_t rows_max) const {
  const SearchScope scope{
      "lead", "leads",
      open_only ? "r.archived = 0 AND r.state NOT IN ('won', 'lost', 'disqualified')" : "r.archived = 0"};
  Result<std::vector<std::string>> ids = session_.connection().text_search().find(session_, scope, words, rows_max);
  if (!ids) return ids.error();
  std::vector<Lead> found;
  for (const std::string& id : *ids) {
    Result<Lead> lead = find(LeadId(id));
    if (!lead) return lead.error();
    found.push_back(std::move(*lead));
  }
  return found;
}

Result<std::vector<StateCount>> SqlLeadStore::count_by_state() const {
  return session_.all<StateCount>(
      "SELECT state, COUNT(*), COALESCE(SUM(estimated_minor), 0) FROM leads WHERE org_id = $1 AND archived = 0 GROUP "
      "BY state ORDER BY state",
      {}, [](const Row& row) -> Result<StateCount> {
        ColumnReader in(row);
        StateCount count;
        count.state = in.name(parse_state);
        count.leads = in.number();
        count.value_minor = in.number();
        return in.finish(count);
      });
}

Done refresh_state(Session& session, const std::string& lead_id) {
  Result<std::optional<Lead>> lead = session.maybe(
      "SELECT " + std::string(kLeadColumns) + " FROM leads WHERE org_id = $1 AND id = $2", {lead_id}, read_lead);
  if (!lead) return lead.error();
  if (!*lead) return {};
  Result<CanonicalState> state = state_of(session, **lead);
  if (!state) return state.error();
  if (*state == (*lead)->state) return {};
  session.news.entered.insert(lead_id);
  return session.capture(leads(), lead_id, [&] {
    return session.run(
        "UPDATE leads SET state = $3, stage_entered_at = $4, sla_raised_on = NULL WHERE org_id = $1 AND id = $2",
        {lead_id, text(state_name(*state)), instant(session.now())});
  });
}

Done refresh_states_of_opportunity(Session& session, const std::string& opportunity_id) {
  Result<std::vector<std::string>> ids = session.all<std::string>(
      "SELECT id FROM leads WHERE org_id = $1 AND opportunity_id = $2 ORDER BY id LIMIT 200", {opportunity_id},
      [](const Row& row) -> Result<std::string> { return std::string(row.bytes(0)); });
  if (!ids) return ids.error();
  for (const std::string& id : *ids) {
    Done refreshed = refresh_state(session, id);
    if (!refreshed) return refreshed;
  }
  return {};
}

}  // namespace deskhand::store
