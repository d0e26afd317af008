#include "tools/appointments.h"

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/appointments_time.h"
#include "tools/arguments.h"
#include "tools/deals.h"
#include "tools/interactions_subject.h"
#include "tools/local_time.h"
#include "tools/present.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

constexpr int kMinutes = 60;
constexpr int kMinutesLeast = 5;
constexpr int kMinutesMost = 24 * 60;

// Tue Mar 10, 2:30 PM
std::string time_text(const Appointment& visit, const ToolContext& context) {
  return when_text(visit.starts_at, context);
}

std::string visit_text(const Appointment& visit, const ToolContext& context) {
  std::string text = time_text(visit, context) + " (" + std::to_string(visit.duration_minutes) + " minutes)";
  if (!visit.service.empty()) text += ", " + printable_line(visit.service);
  if (!visit.address.empty()) text += ", at " + printable_line(visit.address);
  return text;
}

// The local day and time that the arguments give; what they leave out comes from `present`.
Result<Instant> start_of_visit(const Json& arguments, const ToolContext& context, std::optional<LocalTime> present) {
  Result<std::optional<Day>> date = day(arguments, "date", context.today);
  if (!date) return date.error();
  const std::string clock = line(arguments, "time");
  Result<int> minute = clock.empty() && present ? Result<int>(present->minute_of_day) : parse_clock(clock);
  if (!minute) return make_error(Code::invalid_argument, "At what time? Write it as 14:30.");
  if (!*date && !present)
    return make_error(Code::invalid_argument, "On which day? Write it as " + to_iso(context.today) + ".");
  const Day on = *date ? **date : present->day;
  Result<Instant> start = local_instant(zone_of(context.org), on, *minute);
  if (!start) return start;
  if (*start < context.now)
    return make_error(Code::invalid_argument,
                      to_short_text(on) + ", " + to_clock_text(*minute) + " is past; give a time to come");
  return start;
}

// What a person should know before relying on that time. The visit is booked all the same: the owner knows the day
// better.
Result<std::string> warnings(const Appointment& visit, const ToolContext& context) {
  std::string warning;
  if (const std::string why = unusual_time(context.org, zone_of(context.org), visit); !why.empty())
    warning += " Mind: " + why + ".";
  Result<std::vector<Appointment>> near = context.txn.opportunities().appointments_between(
      visit.starts_at.plus_seconds(-kSecondsPerDay), visit.starts_at.plus_seconds(kSecondsPerDay), limits::kPageRowsMax);
  if (!near) return near.error();
  for (const Appointment& other : *near) {
    if (other.id == visit.id || other.status != AppointmentStatus::scheduled || !overlap(visit, other)) continue;
    const std::string name = name_of_contact(context, other.contact);
    warning += " It overlaps " + ref_of(other) + (name.empty() ? "" : " with " + printable_line(name)) + " (" +
               time_text(other, context) + ").";
  }
  return warning;
}

Done log_line(ToolContext& context, const Appointment& visit, std::string subject, std::string body, Outcome outcome) {
  Interaction entry;
  entry.type = InteractionType::system;
  entry.subject = std::move(subject);
  entry.body = std::move(body);
  entry.outcome = outcome;
  Result<Interaction> stored = log(context, {visit.contact, visit.lead, visit.opportunity}, std::move(entry));
  return stored ? Done{} : Done{stored.error()};
}

ToolOutcome outcome_for_visit(const Appointment& visit, const ToolContext& context, std::string text) {
  ToolOutcome outcome;
  outcome.data = share(to_data(visit, context));
  outcome.text = std::move(text);
  outcome.touched = {ref_of(visit)};
  for (std::string ref : {ref_of_contact(context, visit.contact), ref_of_lead(context, visit.lead)})
    if (!ref.empty()) outcome.touched.push_back(std::move(ref));
  return outcome;
}

// --- book_appointment ------------------------------------------------------------------------------------------------

struct Booking {
  Subject subject;
  Appointment visit;
  bool moves_lead = false;
};

bool goes_to_visit(const Lead& lead) {
  return is_open(lead) && lead.opportunity.empty() && lead.status != LeadStatus::converted &&
         lead.stage != LeadStage::estimate_sent && lead.stage != LeadStage::scheduled_visit;
}

Lead at_visit(Lead lead) {
  if (lead.status == LeadStatus::fresh) lead.status = LeadStatus::working;
  lead.stage = LeadStage::scheduled_visit;
  lead.state = canonical_state(lead.status, lead.stage, lead.contacted, std::nullopt);
  return lead;
}

Done refuse_repeat(const Booking& booking, const ToolContext& context) {
  Result<std::vector<Appointment>> visits = context.txn.opportunities().appointments_between(
      booking.visit.starts_at, booking.visit.starts_at.plus_seconds(1), limits::kPageRowsMax);
  if (!visits) return visits.error();
  for (const Appointment& other : *visits) {
    const bool same = other.status == AppointmentStatus::scheduled && other.starts_at == booking.visit.starts_at &&
                      other.contact == booking.visit.contact && other.lead == booking.visit.lead;
    if (same)
      return make_error(Code::conflict,
                        "That visit stands already: " + ref_of(other) + ", " + time_text(other, context) + ".");
  }
  return {};
}

Result<Booking> read_booking(const Json& arguments, const ToolContext& context) {
  Booking booking;
  Result<Subject> subject = resolve_subject(arguments, context, Scope::open);
  if (!subject) return subject.error();
  if (subject->empty())
    return make_error(Code::invalid_argument, "A visit with whom? Name a contact, a lead or an opportunity.");
  Result<Instant> start = start_of_visit(arguments, context, std::nullopt);
  if (!start) return start.error();
  booking.subject = std::move(*subject);
  Appointment& visit = booking.visit;
  visit.contact = booking.subject.contact_id();
  visit.lead = booking.subject.lead_id();
  visit.opportunity = booking.subject.opportunity_id();
  visit.starts_at = *start;
  visit.duration_minutes =
      static_cast<int>(integer(arguments, "duration_minutes", kMinutes, kMinutesLeast, kMinutesMost));
  visit.service = line(arguments, "service");
  if (visit.service.empty()) visit.service = booking.subject.job();
  visit.address = line(arguments, "address");
  if (visit.address.empty() && booking.subject.contact) visit.address = booking.subject.contact->address;
  visit.note = text(arguments, "note");
  booking.moves_lead = booking.subject.lead && goes_to_visit(*booking.subject.lead);
  if (Done done = refuse_repeat(booking, context); !done) return done.error();
  return booking;
}

Result<Proposal> propose_book(const Json& arguments, const ToolContext& context) {
  Result<Booking> booking = read_booking(arguments, context);
  if (!booking) return booking.error();
  Json resolved = arguments;
  put_refs(booking->subject, resolved);
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::appointment, true}};
  if (booking->moves_lead) {
    const Lead& lead = *booking->subject.lead;
    proposal.effects.push_back(MovesState{Noun::lead, lead.id.text(), lead.state, at_visit(lead).state});
  }
  proposal.arguments = share(std::move(resolved));
  proposal.summary = "Visit " + on_behalf_text(booking->subject) + ": " + visit_text(booking->visit, context);
  proposal.contact = booking->visit.contact;
  proposal.lead = booking->visit.lead;
  return proposal;
}

Result<ToolOutcome> run_book(const Json& arguments, ToolContext& context) {
  Result<Booking> booking = read_booking(arguments, context);
  if (!booking) return booking.error();
  Result<Appointment> visit = context.txn.opportunities().insert(booking->visit);
  if (!visit) return visit.error();
  if (booking->moves_lead) {
    Result<Lead> moved = store_lead(context, at_visit(*booking->subject.lead), std::nullopt);
    if (!moved) return moved.error();
  }
  if (Done done =
          log_line(context, *visit, "Visit booked", "Visit booked: " + visit_text(*visit, context), Outcome::none);
      !done)
    return done.error();
  Result<std::string> mind = warnings(*visit, context);
  if (!mind) return mind.error();
  ToolOutcome outcome = outcome_for_visit(*visit, context,
                                          "Booked " + ref_of(*visit) + " " + on_behalf_text(booking->subject) + ": " +
                                              visit_text(*visit, context) + "." + *mind);
  if (booking->subject.contact && !booking->subject.contact->do_not_contact)
    outcome.offer = "Want me to draft a confirmation to " + booking->subject.name() + "?";
  return outcome;
}

// --- reschedule_appointment, cancel_appointment
// ------------------------------------------------------------------------

Result<Appointment> scheduled_visit(const Json& arguments, const ToolContext& context) {
  const std::string words = line(arguments, "appointment");
  if (words.empty()) return make_error(Code::invalid_argument, "Which visit? Name its ref (V-4) or the person.");
  Result<Appointment> visit = resolve_appointment(context, words);
  if (!visit) return visit;
  if (visit->status != AppointmentStatus::scheduled)
    return make_error(Code::conflict,
                      ref_of(*visit) + " is " + spoken(name_of(visit->status)) + " already; book a new visit");
  return visit;
}

Result<Appointment> moved_visit(const Json& arguments, const ToolContext& context) {
  Result<Appointment> visit = scheduled_visit(arguments, context);
  if (!visit) return visit;
  if (!given(arguments, "date") && !given(arguments, "time") && !given(arguments, "duration_minutes"))
    return make_error(Code::invalid_argument, "Move it to when? Give date, time or duration_minutes.");
  Result<Instant> start = start_of_visit(arguments, context, zone_of(context.org).to_local(visit->starts_at));
  if (!start) return start.error();
  visit->starts_at = *start;
  visit->duration_minutes =
      static_cast<int>(integer(arguments, "duration_minutes", visit->duration_minutes, kMinutesLeast, kMinutesMost));
  return visit;
}

Proposal change_of_visit(const Appointment& visit, Json resolved) {
  resolved["appointment"] = ref_of(visit);
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::appointment, false}};
  proposal.arguments = share(std::move(resolved));
  proposal.contact = visit.contact;
  proposal.lead = visit.lead;
  return proposal;
}

Result<Proposal> propose_reschedule(const Json& arguments, const ToolContext& context) {
  Result<Appointment> visit = moved_visit(arguments, context);
  if (!visit) return visit.error();
  return change_of_visit(*visit, arguments);
}

Result<ToolOutcome> run_reschedule(const Json& arguments, ToolContext& context) {
  Result<Appointment> before = scheduled_visit(arguments, context);
  if (!before) return before.error();
  Result<Appointment> moved = moved_visit(arguments, context);
  if (!moved) return moved.error();
  Result<Appointment> visit = context.txn.opportunities().update(std::move(*moved));
  if (!visit) return visit.error();
  const std::string line = "Visit moved from " + time_text(*before, context) + " to " + visit_text(*visit, context);
  if (Done done = log_line(context, *visit, "Visit moved", line, Outcome::rescheduled); !done) return done.error();
  Result<std::string> mind = warnings(*visit, context);
  if (!mind) return mind.error();
  const std::string name = name_of_contact(context, visit->contact);
  return outcome_for_visit(*visit, context,
                           "Moved " + ref_of(*visit) + (name.empty() ? "" : " with " + printable_line(name)) + " from " +
                               time_text(*before, context) + " to " + time_text(*visit, context) + "." + *mind);
}

Result<Proposal> propose_cancel_visit(const Json& arguments, const ToolContext& context) {
  Result<Appointment> visit = scheduled_visit(arguments, context);
  if (!visit) return visit.error();
  return change_of_visit(*visit, arguments);
}

// A lead that stood at its visit has none any more, and only a person knows where it stands now.
Result<std::string> question_after_cancel(const Appointment& visit, const ToolContext& context) {
  if (visit.lead.empty()) return std::string();
  Result<Lead> lead = context.txn.leads().find(visit.lead);
  if (!lead) return lead.error();
  if (lead->stage != LeadStage::scheduled_visit || is_closed(lead->state) || !lead->opportunity.empty())
    return std::string();
  return "Want me to move " + ref_of(*lead) + " back to needs analysis?";
}

Result<ToolOutcome> run_cancel_visit(const Json& arguments, ToolContext& context) {
  Result<Appointment> visit = scheduled_visit(arguments, context);
  if (!visit) return visit.error();
  visit->status = AppointmentStatus::cancelled;
  Result<Appointment> stored = context.txn.opportunities().update(std::move(*visit));
  if (!stored) return stored.error();
  std::string entry = "Visit cancelled: " + visit_text(*stored, context);
  const std::string reason = line(arguments, "reason");
  if (!reason.empty()) entry += " — " + reason;
  if (Done done = log_line(context, *stored, "Visit cancelled", std::move(entry), Outcome::none); !done)
    return done.error();
  Result<std::string> question = question_after_cancel(*stored, context);
  if (!question) return question.error();
  const std::string name = name_of_contact(context, stored->contact);
  ToolOutcome outcome =
      outcome_for_visit(*stored, context,
                        "Cancelled " + ref_of(*stored) + (name.empty() ? "" : " with " + printable_line(name)) + ", " +
                            time_text(*stored, context) + ".");
  outcome.offer = std::move(*question);
  return outcome;
}

// --- specs
// -------------------------------------------------------------------------------------------------------------

ToolSpec visit_spec(std::string name, std::string description, Json properties, std::vector<std::string> required) {
  return tool_spec(std::move(name), std::move(description), closed_schema(std::move(properties), std::move(required)),
                   EffectClass::write);
}

Json which_visit() { return text_of("The visit: V-4, or the person when only one is scheduled.", limits::kNameBytes); }
Json how_long() { return number_of("How long it takes, in minutes.", kMinutesLeast, kMinutesMost); }

ToolSpec book_spec() {
  Json properties = subject_properties();
  properties["date"] = date_of("The day of the visit.");
  properties["time"] = clock_of("When it begins, in the business's own time: 14:30.");
  properties["duration_minutes"] = how_long();
  properties["service"] = text_of("What is to be done; the lead's title when left out.", limits::kNameBytes);
  properties["address"] = text_of("Where; the person's service address when left out.", limits::kAddressBytes);
  properties["note"] = text_of("Anything else to know.", limits::kCustomValueBytes);
  return visit_spec("book_appointment", "Book a visit with a contact or for a lead or deal. Says what it overlaps.",
                    std::move(properties), {"date", "time"});
}

ToolSpec reschedule_spec() {
  return visit_spec("reschedule_appointment", "Move a booked visit to another day or time.",
                    {{"appointment", which_visit()},
                     {"date", date_of("The new day; the same day when left out.")},
                     {"time", clock_of("The new time; the same time of day when left out.")},
                     {"duration_minutes", how_long()}},
                    {"appointment"});
}

ToolSpec cancel_visit_spec() {
  return visit_spec("cancel_appointment", "Cancel a booked visit; it stays in the history.",
                    {{"appointment", which_visit()}, {"reason", text_of("Why.", limits::kSubjectBytes)}}, {"appointment"});
}

}  // namespace

Tools appointment_tools() {
  Tools tools;
  tools.push_back(make_tool(book_spec(), propose_book, run_book));
  tools.push_back(make_tool(reschedule_spec(), propose_reschedule, run_reschedule));
  tools.push_back(make_tool(cancel_visit_spec(), propose_cancel_visit, run_cancel_visit));
  return tools;
}

}  // namespace deskhand::tools
