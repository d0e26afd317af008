// The appointments and hand-offs part of OpportunityStore.
#include <algorithm>

#include "base/limits.h"
#include "store/opportunity_store.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kAppointmentColumns =
    "id, ref_number, version, created_at, updated_at, contact_id, lead_id, opportunity_id, service, starts_at, "
    "duration_minutes, "
    "address, status, note";
constexpr std::string_view kHandoffColumns =
    "id, ref_number, version, created_at, updated_at, to_module, lead_id, opportunity_id, contact_id, what, done";

Result<Appointment> read_appointment(const Row& row) {
  ColumnReader in(row);
  Appointment appointment;
  appointment.id = in.id<AppointmentId>();
  appointment.head = in.head();
  appointment.contact = in.id<ContactId>();
  appointment.lead = in.id<LeadId>();
  appointment.opportunity = in.id<OpportunityId>();
  appointment.service = in.text();
  appointment.starts_at = in.instant();
  appointment.duration_minutes = static_cast<int>(in.number());
  appointment.address = in.text();
  appointment.status = in.name(parse_appointment_status);
  appointment.note = in.text();
  return in.finish(std::move(appointment));
}

Fields appointment_fields(const Appointment& appointment) {
  return {{"contact_id", id(appointment.contact)},
          {"lead_id", id(appointment.lead)},
          {"opportunity_id", id(appointment.opportunity)},
          {"service", appointment.service},
          {"starts_at", instant(appointment.starts_at)},
          {"duration_minutes", number(appointment.duration_minutes)},
          {"address", appointment.address},
          {"status", text(name_of(appointment.status))},
          {"note", appointment.note}};
}

Result<Handoff> read_handoff(const Row& row) {
  ColumnReader in(row);
  Handoff handoff;
  handoff.id = in.id<HandoffId>();
  handoff.head = in.head();
  handoff.to = in.name(parse_handoff_to);
  handoff.lead = in.id<LeadId>();
  handoff.opportunity = in.id<OpportunityId>();
  handoff.contact = in.id<ContactId>();
  handoff.what = in.text();
  handoff.done = in.flag();
  return in.finish(std::move(handoff));
}

Result<Appointment> find_appointment(Session& session, const std::string& id) {
  return session.one("SELECT " + std::string(kAppointmentColumns) + " FROM appointments WHERE org_id = $1 AND id = $2", {id},
                     read_appointment, "appointment of that name");
}

}  // namespace

Result<Appointment> SqlOpportunityStore::insert(Appointment appointment) {
  std::string id = appointment.id.text();
  Done inserted = session_.insert(record_table("appointments"), id, appointment.head, appointment_fields(appointment));
  if (!inserted) return inserted.error();
  return find_appointment(session_, id);
}

Result<Appointment> SqlOpportunityStore::update(Appointment appointment) {
  Done updated =
      session_.update(record_table("appointments"), appointment.id.text(), appointment.head, appointment_fields(appointment));
  if (!updated) return updated.error();
  return find_appointment(session_, appointment.id.text());
}

Result<Appointment> SqlOpportunityStore::find_appointment_by_ref(std::int64_t number) const {
  return session_.one("SELECT " + std::string(kAppointmentColumns) + " FROM appointments WHERE org_id = $1 AND ref_number = $2",
                      {number}, read_appointment, "appointment " + Ref{ref_prefix::kAppointment, number}.text());
}

Result<std::vector<Appointment>> SqlOpportunityStore::appointments_between(Instant from, Instant before,
                                                                           std::size_t rows_max) const {
  return session_.all("SELECT " + std::string(kAppointmentColumns) +
                          " FROM appointments WHERE org_id = $1 AND starts_at >= $2 AND starts_at < $3 ORDER BY "
                          "starts_at, ref_number LIMIT $4",
                      {instant(from), instant(before), page(rows_max)}, read_appointment);
}

Result<std::vector<Appointment>> SqlOpportunityStore::appointments_of(const ContactId& contact,
                                                                      std::size_t rows_max) const {
  return session_.all(
      "WITH RECURSIVE family (id) AS (SELECT $2 UNION SELECT c.id FROM contacts c JOIN family f ON c.root_id = f.id "
      "AND c.org_id = $1) "
      "SELECT " +
          std::string(kAppointmentColumns) +
          " FROM appointments WHERE org_id = $1 AND contact_id IN (SELECT id FROM family) ORDER BY starts_at DESC, "
          "ref_number DESC LIMIT $3",
      {contact.text(), page(rows_max)}, read_appointment);
}

Result<Handoff> SqlOpportunityStore::insert(Handoff handoff) {
  std::string id = handoff.id.text();
  Done inserted = session_.insert(record_table("handoffs"), id, handoff.head,
                                  {{"to_module", text(name_of(handoff.to))},
                                   {"lead_id", store::id(handoff.lead)},
                                   {"opportunity_id", store::id(handoff.opportunity)},
                                   {"contact_id", store::id(handoff.contact)},
                                   {"what", handoff.what},
                                   {"done", flag(handoff.done)}});
  if (!inserted) return inserted.error();
  handoff.id = HandoffId(id);
  return handoff;
}

Result<std::vector<Handoff>> SqlOpportunityStore::open_handoffs(std::size_t rows_max) const {
  return session_.all("SELECT " + std::string(kHandoffColumns) +
                          " FROM handoffs WHERE org_id = $1 AND done = 0 ORDER BY created_at, ref_number LIMIT $2",
                      {page(rows_max)}, read_handoff);
}

}  // namespace deskhand::store
