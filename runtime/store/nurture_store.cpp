#include "store/nurture_store.h"

#include <utility>

namespace deskhand::store {
namespace {

constexpr std::string_view kStageColumns =
    "id, ref_number, version, created_at, updated_at, pipeline, state, name, probability, colour, auto_nurture, "
    "sla_days";
constexpr std::string_view kEnrolmentColumns =
    "e.id, e.ref_number, e.version, e.created_at, e.updated_at, e.lead_id, e.sequence, e.status, e.next_step, "
    "e.next_step_on, e.enrolled_on, e.by_itself, e.entered_state, e.entered_status, e.seen_interaction, e.proposal_id, "
    "e.exit_reason, e.ended_at";
constexpr std::string_view kEntryColumns =
    "id, enrolment_id, lead_id, sequence, event, step, at, local_date, message_id, note, procedure_version";
constexpr std::string_view kOpenEnrolments = "e.status IN ('active', 'paused')";
constexpr std::int64_t kStagesMax = 200;

std::optional<std::string> maybe_text(ColumnReader& in) {
  const bool is_null = in.is_null();
  std::string value = in.text();
  return is_null ? std::nullopt : std::optional(std::move(value));
}

template <class Column>
Value or_null(const std::optional<Column>& value) {
  return value ? Value{*value} : Value{};
}

Value or_null(const std::optional<int>& value) { return value ? number(*value) : Value{}; }
Value or_null(const std::optional<bool>& value) { return value ? flag(*value) : Value{}; }

Result<StageSetting> read_stage(const Row& row) {
  ColumnReader in(row);
  StageSetting stage;
  stage.id = in.id<StageId>();
  stage.head = in.head();
  stage.pipeline = in.text();
  stage.state = in.name(parse_state);
  stage.name = maybe_text(in);
  if (const auto probability = in.maybe_number()) stage.probability = static_cast<int>(*probability);
  stage.colour = maybe_text(in);
  if (const auto automatic = in.maybe_number()) stage.auto_nurture = *automatic != 0;
  if (const auto days = in.maybe_number()) stage.sla_days = static_cast<int>(*days);
  return in.finish(std::move(stage));
}

Fields settings_of(const StageSetting& stage) {
  return {{"name", or_null(stage.name)},
          {"probability", or_null(stage.probability)},
          {"colour", or_null(stage.colour)},
          {"auto_nurture", or_null(stage.auto_nurture)},
          {"sla_days", or_null(stage.sla_days)}};
}

Result<Enrolment> read_enrolment(const Row& row) {
  ColumnReader in(row);
  Enrolment enrolment;
  enrolment.id = in.id<EnrolmentId>();
  enrolment.head = in.head();
  enrolment.lead = in.id<LeadId>();
  enrolment.sequence = in.text();
  enrolment.status = in.name(parse_nurture_status);
  enrolment.next_step = static_cast<int>(in.number());
  enrolment.next_step_on = in.maybe_day();
  enrolment.enrolled_on = in.day();
  enrolment.by_itself = in.flag();
  enrolment.entered_state = in.name(parse_state);
  enrolment.entered_status = in.name(parse_lead_status);
  enrolment.seen_interaction = in.number();
  enrolment.proposal = in.id<MessageId>();
  enrolment.exit = in.name_or(parse_nurture_exit, NurtureExit::none);
  enrolment.ended_at = in.maybe_instant();
  return in.finish(std::move(enrolment));
}

Fields standing_of(const Enrolment& enrolment) {
  return {{"status", text(name_of(enrolment.status))},   {"next_step", number(enrolment.next_step)},
          {"next_step_on", day(enrolment.next_step_on)}, {"seen_interaction", number(enrolment.seen_interaction)},
          {"proposal_id", id(enrolment.proposal)},       {"exit_reason", text(name_of(enrolment.exit))},
          {"ended_at", instant(enrolment.ended_at)}};
}

Result<NurtureEntry> read_nurture_entry(const Row& row) {
  ColumnReader in(row);
  NurtureEntry entry;
  entry.id = in.text();
  entry.enrolment = in.id<EnrolmentId>();
  entry.lead = in.id<LeadId>();
  entry.sequence = in.text();
  entry.event = in.name(parse_nurture_event);
  entry.step = static_cast<int>(in.number());
  entry.at = in.instant();
  entry.day = in.day();
  entry.message = in.id<MessageId>();
  entry.note = in.text();
  entry.procedure_version = in.text();
  return in.finish(std::move(entry));
}

const RecordTable& enrolments() { return record_table("nurture_enrolments"); }

}  // namespace

Result<std::vector<StageSetting>> SqlNurtureStore::stages() const {
  return session_.all("SELECT " + std::string(kStageColumns) + " FROM stages WHERE org_id = $1 LIMIT $2",
                      {number(kStagesMax)}, read_stage);
}

Result<StageSetting> SqlNurtureStore::put(StageSetting stage) {
  const RecordTable& stages = record_table("stages");
  std::string id = stage.id.text();
  if (id.empty()) {
    Fields fields = settings_of(stage);
    fields.push_back({"pipeline", stage.pipeline});
    fields.push_back({"state", text(state_name(stage.state))});
    if (Done inserted = session_.insert(stages, id, stage.head, std::move(fields)); !inserted) return inserted.error();
  } else if (Done updated = session_.update(stages, id, stage.head, settings_of(stage)); !updated) {
    return updated.error();
  }
  return session_.one("SELECT " + std::string(kStageColumns) + " FROM stages WHERE org_id = $1 AND id = $2", {id},
                      read_stage, "stage of that name");
}

Result<Enrolment> SqlNurtureStore::insert(Enrolment enrolment) {
  std::string id = enrolment.id.text();
  Fields fields = standing_of(enrolment);
  fields.push_back({"lead_id", store::id(enrolment.lead)});
  fields.push_back({"sequence", enrolment.sequence});
  fields.push_back({"enrolled_on", day(enrolment.enrolled_on)});
  fields.push_back({"by_itself", flag(enrolment.by_itself)});
  fields.push_back({"entered_state", text(state_name(enrolment.entered_state))});
  fields.push_back({"entered_status", text(name_of(enrolment.entered_status))});
  if (Done inserted = session_.insert(enrolments(), id, enrolment.head, std::move(fields)); !inserted)
    return inserted.error();
  enrolment.id = EnrolmentId(id);
  if (Done set = set_snapshot(enrolment); !set) return set.error();
  return enrolment;
}

Result<Enrolment> SqlNurtureStore::update(Enrolment enrolment) {
  if (Done updated = session_.update(enrolments(), enrolment.id.text(), enrolment.head, standing_of(enrolment));
      !updated)
    return updated.error();
  if (Done set = set_snapshot(enrolment); !set) return set.error();
  return enrolment;
}

// The lead's version stays: a caller that read it before may still store its own change.
Done SqlNurtureStore::set_snapshot(const Enrolment& enrolment) {
  const bool open = is_open(enrolment.status);
  return session_.capture(record_table("leads"), enrolment.lead.text(), [&] {
    return session_.run(
        "UPDATE leads SET nurture_status = $3, current_sequence = $4, next_nurture_step_on = $5 WHERE org_id = $1 AND "
        "id = $2",
        {enrolment.lead.text(), text(name_of(enrolment.status)), open ? Value{enrolment.sequence} : Value{},
         open ? day(enrolment.next_step_on) : Value{}});
  });
}

Result<std::optional<Enrolment>> SqlNurtureStore::open_of(const LeadId& lead) const {
  return session_.maybe("SELECT " + std::string(kEnrolmentColumns) +
                            " FROM nurture_enrolments e WHERE e.org_id = $1 AND e.lead_id = $2 AND " +
                            std::string(kOpenEnrolments),
                        {id(lead)}, read_enrolment);
}

Result<std::vector<Enrolment>> SqlNurtureStore::all_of(const LeadId& lead, std::size_t rows_max) const {
  return session_.all("SELECT " + std::string(kEnrolmentColumns) +
                          " FROM nurture_enrolments e WHERE e.org_id = $1 AND e.lead_id = $2 "
                          "ORDER BY e.ref_number DESC LIMIT $3",
                      {id(lead), page(rows_max)}, read_enrolment);
}

Result<std::vector<Enrolment>> SqlNurtureStore::open_of_contact(const ContactId& contact, std::size_t rows_max) const {
  return session_.all("SELECT " + std::string(kEnrolmentColumns) +
                          " FROM leads l JOIN nurture_enrolments e ON e.org_id = l.org_id AND e.lead_id = l.id "
                          "WHERE l.org_id = $1 AND l.contact_id = $2 AND " +
                          std::string(kOpenEnrolments) + " LIMIT $3",
                      {id(contact), page(rows_max)}, read_enrolment);
}

Result<std::vector<Enrolment>> SqlNurtureStore::open(std::size_t rows_max) const {
  return session_.all("SELECT " + std::string(kEnrolmentColumns) +
                          " FROM nurture_enrolments e WHERE e.org_id = $1 AND " + std::string(kOpenEnrolments) +
                          " ORDER BY e.lead_id DESC LIMIT $2",
                      {page(rows_max)}, read_enrolment);
}

Result<std::vector<Enrolment>> SqlNurtureStore::due(Day on_or_before, std::size_t rows_max) const {
  return session_.all("SELECT " + std::string(kEnrolmentColumns) +
                          " FROM nurture_enrolments e WHERE e.org_id = $1 AND e.status = 'active' AND "
                          "e.next_step_on <= $2 ORDER BY e.next_step_on, e.ref_number LIMIT $3",
                      {day(on_or_before), page(rows_max)}, read_enrolment);
}

Result<std::int64_t> SqlNurtureStore::newest_interaction() const {
  return session_.integer("SELECT value FROM ref_counters WHERE org_id = $1 AND name = 'interactions'", {});
}

Done SqlNurtureStore::append(NurtureEntry entry) {
  if (entry.id.empty()) entry.id = session_.new_id();
  return session_.run(
      "INSERT INTO nurture_log (org_id, id, enrolment_id, lead_id, sequence, event, step, at, local_date, message_id, "
      "note, procedure_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      {entry.id, id(entry.enrolment), id(entry.lead), entry.sequence, text(name_of(entry.event)), number(entry.step),
       instant(entry.at), day(entry.day), id(entry.message), entry.note, entry.procedure_version});
}

Result<std::vector<NurtureEntry>> SqlNurtureStore::entries_of(const LeadId& lead, std::size_t rows_max) const {
  return session_.all("SELECT " + std::string(kEntryColumns) +
                          " FROM nurture_log WHERE org_id = $1 AND lead_id = $2 ORDER BY at DESC, id DESC LIMIT $3",
                      {id(lead), page(rows_max)}, read_nurture_entry);
}

Result<std::vector<NurtureEntry>> SqlNurtureStore::entries_since(Instant from, NurtureEvent event,
                                                                 std::size_t rows_max) const {
  return session_.all("SELECT " + std::string(kEntryColumns) +
                          " FROM nurture_log WHERE org_id = $1 AND event = $2 AND at >= $3 ORDER BY at, id LIMIT $4",
                      {text(name_of(event)), instant(from), page(rows_max)}, read_nurture_entry);
}

Result<std::vector<LeadId>> SqlNurtureStore::overdue_in_stage(CanonicalState state, Instant entered_before,
                                                              std::size_t rows_max) const {
  return session_.all<LeadId>(
      "SELECT id FROM leads WHERE org_id = $1 AND state = $2 AND COALESCE(stage_entered_at, created_at) < $3 AND "
      "sla_raised_on IS NULL AND archived = 0 ORDER BY COALESCE(stage_entered_at, created_at), ref_number LIMIT $4",
      {text(state_name(state)), instant(entered_before), page(rows_max)},
      [](const Row& row) -> Result<LeadId> { return LeadId(std::string(row.bytes(0))); });
}

Result<std::int64_t> SqlNurtureStore::count_overdue_in_stage(CanonicalState state, Instant entered_before) const {
  return session_.integer(
      "SELECT COUNT(*) FROM leads WHERE org_id = $1 AND state = $2 AND COALESCE(stage_entered_at, created_at) < $3 AND "
      "sla_raised_on IS NULL AND archived = 0",
      {text(state_name(state)), instant(entered_before)});
}

Done SqlNurtureStore::set_sla_raised(const LeadId& lead, Day local) {
  return session_.capture(record_table("leads"), lead.text(), [&] {
    return session_.run("UPDATE leads SET sla_raised_on = $3 WHERE org_id = $1 AND id = $2", {lead.text(), day(local)});
  });
}

LeadNews SqlNurtureStore::take_news() { return std::exchange(session_.news, {}); }

}  // namespace deskhand::store
