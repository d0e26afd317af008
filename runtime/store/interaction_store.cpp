#include "store/interaction_store.h"

#include <algorithm>

#include "store/barred.h"
#include "store/contact_store.h"
#include "store/lead_store.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kInteractionColumns =
    "i.id, i.ref_number, i.version, i.created_at, i.updated_at, i.type, i.at, i.contact_id, i.lead_id, "
    "i.opportunity_id, i.subject, "
    "i.body, i.outcome, i.follow_up, i.follow_up_status, i.follow_up_topic, i.summary, i.summary_by, "
    "i.origin, i.inbound, i.voided";

Interaction read_columns(ColumnReader& in) {
  Interaction interaction;
  interaction.id = in.id<InteractionId>();
  interaction.head = in.head();
  interaction.type = in.name(parse_interaction_type);
  interaction.at = in.instant();
  interaction.contact = in.id<ContactId>();
  interaction.lead = in.id<LeadId>();
  interaction.opportunity = in.id<OpportunityId>();
  interaction.subject = in.text();
  interaction.body = in.text();
  interaction.outcome = in.name(parse_outcome);
  interaction.follow_up = in.maybe_day();
  interaction.follow_up_status = in.name(parse_follow_up_status);
  interaction.follow_up_topic = in.text();
  interaction.summary = in.text();
  interaction.summary_by = in.text();
  interaction.origin = in.text();
  interaction.inbound = in.flag();
  interaction.voided = in.flag();
  return interaction;
}

Result<Interaction> read_interaction(const Row& row) {
  ColumnReader in(row);
  Interaction interaction = read_columns(in);
  return in.finish(std::move(interaction));
}

Result<DueFollowUp> read_due(const Row& row) {
  ColumnReader in(row);
  DueFollowUp due;
  due.interaction = read_columns(in);
  due.value_minor = in.number();
  return in.finish(std::move(due));
}

Fields interaction_fields(const Interaction& interaction) {
  return {{"type", text(name_of(interaction.type))},
          {"at", instant(interaction.at)},
          {"contact_id", id(interaction.contact)},
          {"lead_id", id(interaction.lead)},
          {"opportunity_id", id(interaction.opportunity)},
          {"subject", interaction.subject},
          {"body", interaction.body},
          {"outcome", text(name_of(interaction.outcome))},
          {"follow_up", day(interaction.follow_up)},
          {"follow_up_status", text(name_of(interaction.follow_up_status))},
          {"follow_up_topic", interaction.follow_up_topic},
          {"summary", interaction.summary},
          {"summary_by", interaction.summary_by.empty() ? Value{} : Value{interaction.summary_by}},
          {"origin", interaction.origin},
          {"inbound", flag(interaction.inbound)},
          {"voided", flag(interaction.voided)}};
}

const RecordTable& interactions() { return record_table("interactions"); }

constexpr std::string_view kFamily =
    "WITH RECURSIVE family (id) AS (SELECT $2 UNION SELECT c.id FROM contacts c JOIN family f ON c.root_id = f.id AND "
    "c.org_id = $1) ";
// Its own rows and those of its leads and opportunities.
constexpr std::string_view kOfFamily =
    "(i.contact_id IN (SELECT id FROM family) "
    "OR i.lead_id IN (SELECT l.id FROM leads l WHERE l.org_id = $1 AND l.contact_id IN (SELECT id FROM family)) "
    "OR i.opportunity_id IN (SELECT o.id FROM opportunities o WHERE o.org_id = $1 AND o.contact_id IN (SELECT id FROM "
    "family)))";

// Ended is what was put away or came to nothing. What was promised or put off to another day after the end ("ask again in
// May") is kept, and so is what was promised to whoever was won.
constexpr std::string_view kStillOpen =
    "COALESCE(l.archived, ol.archived, 0) = 0 AND COALESCE(o.archived, 0) = 0 AND NOT (COALESCE(l.state, ol.state, '') IN "
    "('lost', 'disqualified') AND i.updated_at <= COALESCE(l.closed_at, ol.closed_at, 0)) AND NOT (COALESCE(o.stage, '') = "
    "'lost' AND i.updated_at <= o.updated_at)";

// Follow-ups that wait, with the lead and the deals that tell their worth. Their values are $2 and on.
std::string due_from(const DueFilter& filter, Values& values, bool only_asked_for) {
  const auto place = [&](Value value) {
    values.push_back(std::move(value));
    return "$" + std::to_string(values.size() + 1);
  };
  std::string sql =
      "FROM interactions i "
      "LEFT JOIN leads l ON l.org_id = i.org_id AND l.id = i.lead_id "
      "LEFT JOIN opportunities o ON o.org_id = i.org_id AND o.id = i.opportunity_id "
      "LEFT JOIN leads ol ON ol.org_id = o.org_id AND ol.id = o.lead_id "
      "LEFT JOIN opportunities lo ON lo.org_id = l.org_id AND lo.id = l.opportunity_id "
      "LEFT JOIN contacts c ON c.org_id = i.org_id AND c.id = COALESCE(i.contact_id, l.contact_id, o.contact_id) "
      "WHERE i.org_id = $1 AND i.follow_up_status = 'pending' AND i.voided = 0 AND i.follow_up <= " +
      place(day(filter.through));
  if (filter.from) sql += " AND i.follow_up >= " + place(day(*filter.from));
  if (!filter.assignee.empty()) {
    const std::string assignee = place(filter.assignee.text());
    sql += " AND (l.assignee_id = " + assignee + " OR o.assignee_id = " + assignee + ")";
  }
  if (only_asked_for)
    sql += " AND " + std::string(kStillOpen) + " AND " + std::string(kBarred) + " = 0";
  return sql;
}

}  // namespace

Result<Interaction> SqlInteractionStore::insert(Interaction interaction) {
  if (interaction.contact.empty() && interaction.lead.empty() && interaction.opportunity.empty()) {
    return make_error(Code::invalid_argument,
                      "An interaction belongs to a contact, a lead or an opportunity; name one.");
  }
  std::string id = interaction.id.text();
  Done inserted = session_.insert(interactions(), id, interaction.head, interaction_fields(interaction));
  if (!inserted) return inserted.error();
  interaction.id = InteractionId(id);
  Done contacts = touch_contacts(interaction);
  if (!contacts) return contacts.error();
  Done lead = touch_lead(interaction);
  if (!lead) return lead.error();
  return interaction;
}

// The contact it names, that of its lead and that of its opportunity, and whoever stands for them now. The version
// stays: a caller that read the contact before may still store its own change.
Done SqlInteractionStore::touch_contacts(const Interaction& interaction) {
  Result<std::vector<std::string>> ids = session_.all<std::string>(
      "SELECT id FROM contacts WHERE org_id = $1 AND id = $2 "
      "UNION SELECT contact_id FROM leads WHERE org_id = $1 AND id = $3 AND contact_id IS NOT NULL "
      "UNION SELECT contact_id FROM opportunities WHERE org_id = $1 AND id = $4 AND contact_id IS NOT NULL",
      {interaction.contact.text(), interaction.lead.text(), interaction.opportunity.text()},
      [](const Row& row) -> Result<std::string> { return std::string(row.bytes(0)); });
  if (!ids) return ids.error();
  const std::size_t named = ids->size();
  for (std::size_t index = 0; index < named; ++index) {
    Result<ContactId> survivor = survivor_of(session_, ContactId((*ids)[index]));
    if (!survivor) return survivor.error();
    if (std::find(ids->begin(), ids->end(), survivor->text()) == ids->end()) ids->push_back(survivor->text());
  }
  for (const std::string& id : *ids) {
    session_.news.contacts.insert(id);
    Done touched = session_.capture(record_table("contacts"), id, [&] {
      return session_.run(
          "UPDATE contacts SET "
          "last_activity_at = CASE WHEN last_activity_at IS NULL OR last_activity_at < $3 THEN $3 ELSE "
          "last_activity_at END, "
          "last_contacted_at = CASE WHEN $4 = 1 AND (last_contacted_at IS NULL OR last_contacted_at < $3) THEN $3 "
          "ELSE last_contacted_at END WHERE org_id = $1 AND id = $2",
          {id, instant(interaction.at), flag(counts_as_contact(interaction))});
    });
    if (!touched) return touched;
  }
  return {};
}

Done SqlInteractionStore::touch_lead(const Interaction& interaction) {
  Result<std::vector<std::string>> ids = session_.all<std::string>(
      "SELECT id FROM leads WHERE org_id = $1 AND id = $2 "
      "UNION SELECT lead_id FROM opportunities WHERE org_id = $1 AND id = $3 AND lead_id IS NOT NULL",
      {interaction.lead.text(), interaction.opportunity.text()},
      [](const Row& row) -> Result<std::string> { return std::string(row.bytes(0)); });
  if (!ids) return ids.error();
  const bool contact = counts_as_contact(interaction);
  for (const std::string& id : *ids) {
    session_.news.touched.insert(id);
    Done touched = session_.capture(record_table("leads"), id, [&]() -> Done {
      Done activity = session_.run(
          "UPDATE leads SET last_activity_at = $3 WHERE org_id = $1 AND id = $2 AND (last_activity_at IS NULL OR "
          "last_activity_at < $3)",
          {id, instant(interaction.at)});
      if (!activity || !contact) return activity;
      // Being reached for the first time changes what the lead is, so its version grows.
      return session_.run(
          "UPDATE leads SET contacted = 1, version = version + 1, updated_at = $3 WHERE org_id = $1 AND id = $2 AND "
          "contacted = 0",
          {id, instant(session_.now())});
    });
    if (!touched) return touched;
    Done refreshed = refresh_state(session_, id);
    if (!refreshed) return refreshed;
  }
  return {};
}

Result<Interaction> SqlInteractionStore::find(const InteractionId& id) const {
  return session_.one("SELECT " + std::string(kInteractionColumns) + " FROM interactions i WHERE i.org_id = $1 AND i.id = $2",
                      {id.text()}, read_interaction, "interaction of that name");
}

Result<Interaction> SqlInteractionStore::set_follow_up(const InteractionId& id, std::optional<Day> day,
                                                       FollowUpStatus status) {
  Result<Interaction> stored = find(id);
  if (!stored) return stored.error();
  Done set = session_.capture(interactions(), id.text(), [&] {
    return session_.run(
        "UPDATE interactions SET follow_up = $3, follow_up_status = $4, version = version + 1, updated_at = $5 "
        "WHERE org_id = $1 AND id = $2",
        {id.text(), store::day(day), text(name_of(status)), instant(session_.now())});
  });
  if (!set) return set.error();
  return find(id);
}

Result<Interaction> SqlInteractionStore::set_summary(const InteractionId& id, std::string_view summary,
                                                     std::string_view by) {
  Result<Interaction> stored = find(id);
  if (!stored) return stored.error();
  if (!stored->summary.empty())
    return make_error(Code::conflict, "This interaction already has a summary; log a new interaction.");
  Done set = session_.capture(interactions(), id.text(), [&] {
    return session_.run(
        "UPDATE interactions SET summary = $3, summary_by = $4, version = version + 1, updated_at = $5 "
        "WHERE org_id = $1 AND id = $2",
        {id.text(), text(summary), by.empty() ? Value{} : text(by), instant(session_.now())});
  });
  if (!set) return set.error();
  return find(id);
}

Done SqlInteractionStore::set_voided(const InteractionId& id) {
  Result<Interaction> stored = find(id);
  if (!stored) return stored.error();
  if (stored->voided) return {};
  return session_.capture(interactions(), id.text(), [&] {
    return session_.run(
        "UPDATE interactions SET voided = 1, version = version + 1, updated_at = $3 WHERE org_id = $1 AND id = $2",
        {id.text(), instant(session_.now())});
  });
}

Result<Interaction> SqlInteractionStore::find_by_ref(std::int64_t number) const {
  return session_.one(
      "SELECT " + std::string(kInteractionColumns) + " FROM interactions i WHERE i.org_id = $1 AND i.ref_number = $2", {number},
      read_interaction, "interaction " + Ref{ref_prefix::kInteraction, number}.text());
}

Result<std::vector<Interaction>> SqlInteractionStore::of_contact(const ContactId& id, std::size_t rows_max) const {
  return session_.all(std::string(kFamily) + "SELECT " + std::string(kInteractionColumns) +
                          " FROM interactions i WHERE i.org_id = $1 AND i.voided = 0 AND " + std::string(kOfFamily) +
                          " ORDER BY i.at DESC, i.ref_number DESC LIMIT $3",
                      {id.text(), page(rows_max)}, read_interaction);
}

Result<std::vector<Interaction>> SqlInteractionStore::of_lead(const LeadId& id, std::size_t rows_max) const {
  return session_.all(
      "SELECT " + std::string(kInteractionColumns) +
          " FROM interactions i WHERE i.org_id = $1 AND i.voided = 0 AND (i.lead_id = $2 "
          "OR i.opportunity_id IN (SELECT l.opportunity_id FROM leads l WHERE l.org_id = $1 AND l.id = $2 "
          "UNION SELECT o.id FROM opportunities o WHERE o.org_id = $1 AND o.lead_id = $2)) "
          "ORDER BY i.at DESC, i.ref_number DESC LIMIT $3",
      {id.text(), page(rows_max)}, read_interaction);
}

Result<std::vector<DueFollowUp>> SqlInteractionStore::follow_ups_due(Day on_or_before, std::size_t rows_max) const {
  return due({std::nullopt, on_or_before, {}}, rows_max, false);
}

Result<std::vector<DueFollowUp>> SqlInteractionStore::due_page(const DueFilter& filter, std::size_t rows_max) const {
  return due(filter, rows_max, true);
}

Result<std::vector<DueFollowUp>> SqlInteractionStore::due(const DueFilter& filter, std::size_t rows_max,
                                                          bool only_asked_for) const {
  Values values;
  std::string sql = "SELECT " + std::string(kInteractionColumns) +
                    ", COALESCE(o.amount_minor, lo.amount_minor, l.estimated_minor, 0) AS value_minor " +
                    due_from(filter, values, only_asked_for);
  values.push_back(page(rows_max));
  sql += " ORDER BY value_minor DESC, i.follow_up, i.ref_number LIMIT $" + std::to_string(values.size() + 1);
  return session_.all(sql, std::move(values), read_due);
}

Result<std::int64_t> SqlInteractionStore::count_due(const DueFilter& filter) const {
  Values values;
  const std::string sql = "SELECT COUNT(*) " + due_from(filter, values, true);
  return session_.integer(sql, std::move(values));
}

Result<std::vector<Interaction>> SqlInteractionStore::pending_follow_ups(const ContactId& contact,
                                                                         std::size_t rows_max) const {
  return session_.all(
      std::string(kFamily) + "SELECT " + std::string(kInteractionColumns) +
          " FROM interactions i WHERE i.org_id = $1 AND i.follow_up_status = 'pending' AND i.voided = 0 AND " +
          std::string(kOfFamily) + " ORDER BY i.follow_up, i.ref_number LIMIT $3",
      {contact.text(), page(rows_max)}, read_interaction);
}

}  // namespace deskhand::store
