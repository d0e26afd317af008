// Interactions, visits, estimates, reminders and drafts by ref, or by the person they wait for; see resolve.h.
#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/deals.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/words.h"

namespace deskhand::tools {
namespace {

constexpr std::size_t kRows = 200;  // what waits for one person or business at a time
constexpr int kFarDays = 3650;      // every reminder there is

// The ref when the words are one of that noun; an error when they are a ref of another.
Result<std::optional<std::int64_t>> number_in(Noun noun, std::string_view words) {
  const std::optional<Ref> ref = parse_ref(words);
  if (!ref) return std::optional<std::int64_t>();
  if (ref->prefix == ref_prefix_of(noun)) return std::optional<std::int64_t>(ref->number);
  if (ref->prefix == ref_prefix::kContact || ref->prefix == ref_prefix::kLead) return std::optional<std::int64_t>();
  return make_error(Code::invalid_argument, ref->text() + " does not name a " + std::string(noun_name(noun)) +
                                                "; use one such as " + Ref{ref_prefix_of(noun), 7}.text() + ".");
}

template <class Record>
Result<Record> known(Result<Record> found, std::string_view words) {
  if (!found && found.error().code == Code::not_found)
    return make_error(Code::not_found, "There is no " + std::string(words) + "; look it up by name.");
  return found;
}

template <class Record>
Result<Record> one_record(std::vector<Record> waiting, Noun noun, const auto& label, const std::string& nothing,
                          std::string_view whose) {
  if (waiting.empty()) return make_error(Code::not_found, nothing);
  if (waiting.size() == 1) return std::move(waiting.front());
  std::vector<Choice> choices;
  for (const Record& record : waiting) choices.push_back({noun, ref_of(record), label(record)});
  return error_with_choices(Code::ambiguous, std::string(whose) + " has several: ", std::move(choices));
}

// A lead's ref stands for its person here.
Result<Contact> person_meant(const ToolContext& context, std::string_view words) {
  const std::optional<Ref> ref = parse_ref(words);
  if (!ref || ref->prefix != ref_prefix::kLead) return resolve_contact(context, words);
  const Result<Lead> lead = resolve_lead(context, words, Scope::open_first);
  if (!lead) return lead.error();
  if (lead->contact.empty()) return make_error(Code::not_found, ref->text() + " has no known contact.");
  return context.txn.contacts().find_live(lead->contact);
}

// Whether a record of this contact id belongs to the person, merged records included.
bool is_among(const ContactId& id, const std::vector<ContactId>& among) {
  return std::find(among.begin(), among.end(), id) != among.end();
}

}  // namespace

Result<Interaction> resolve_interaction(const ToolContext& context, std::string_view given_words) {
  const std::string words(trim(given_words));
  const auto number = number_in(Noun::interaction, words);
  if (!number) return number.error();
  if (*number) return known(context.txn.interactions().find_by_ref(**number), words);
  const Result<Contact> contact = person_meant(context, words);
  if (!contact) return contact.error();
  Result<std::vector<Interaction>> pending = context.txn.interactions().pending_follow_ups(contact->id, kRows);
  if (!pending) return pending.error();
  const auto label = [&](const Interaction& interaction) {
    const std::string topic =
        interaction.follow_up_topic.empty() ? summary_line(interaction) : interaction.follow_up_topic;
    return (interaction.follow_up ? to_short_text(*interaction.follow_up) + ": " : std::string()) +
           printable_line(topic);
  };
  return one_record(std::move(*pending), Noun::interaction, label, name_with_ref(*contact) + " has no follow-up waiting.",
                    contact->full_name());
}

Result<Appointment> resolve_appointment(const ToolContext& context, std::string_view given_words) {
  const std::string words(trim(given_words));
  const auto number = number_in(Noun::appointment, words);
  if (!number) return number.error();
  if (*number) return known(context.txn.opportunities().find_appointment_by_ref(**number), words);
  const Result<Contact> contact = person_meant(context, words);
  if (!contact) return contact.error();
  Result<std::vector<Appointment>> visits = context.txn.opportunities().appointments_of(contact->id, kRows);
  if (!visits) return visits.error();
  std::erase_if(*visits, [](const Appointment& visit) { return visit.status != AppointmentStatus::scheduled; });
  const auto label = [&](const Appointment& visit) {
    return when_text(visit.starts_at, context) + ": " + printable_line(visit.service);
  };
  return one_record(std::move(*visits), Noun::appointment, label, name_with_ref(*contact) + " has no visit scheduled.",
                    contact->full_name());
}

Result<Estimate> resolve_estimate(const ToolContext& context, std::string_view given_words) {
  const std::string words(trim(given_words));
  const auto number = number_in(Noun::estimate, words);
  if (!number) return number.error();
  if (*number) return known(context.txn.opportunities().find_estimate_by_ref(**number), words);
  const Result<Lead> lead = resolve_lead(context, words, Scope::open_first);
  if (!lead) return lead.error();
  Result<std::vector<Estimate>> estimates = context.txn.opportunities().estimates_of(lead->id);
  if (!estimates) return estimates.error();
  std::erase_if(*estimates, [](const Estimate& estimate) { return estimate.status == EstimateStatus::rejected; });
  const auto label = [](const Estimate& estimate) {
    return to_short_text(estimate.amount) + ", " + std::string(name_of(estimate.status)) + " " +
           to_short_text(estimate.sent_on);
  };
  return one_record(std::move(*estimates), Noun::estimate, label, ref_of(*lead) + " has no estimate yet.", ref_of(*lead));
}

Result<Reminder> resolve_reminder(const ToolContext& context, std::string_view given_words) {
  const std::string words(trim(given_words));
  const auto number = number_in(Noun::reminder, words);
  if (!number) return number.error();
  if (*number) return known(context.txn.interactions().find_reminder_by_ref(**number), words);
  Result<std::vector<Reminder>> reminders =
      context.txn.interactions().reminders_due(context.today.plus_days(kFarDays), kRows);
  if (!reminders) return reminders.error();
  const Words query = query_words(words);
  std::vector<Reminder> worded;
  for (const Reminder& reminder : *reminders)
    if (!query.empty() && all_begin(query, words_of(reminder.text))) worded.push_back(reminder);
  const auto label = [](const Reminder& reminder) {
    return due_text(reminder) + ": " + printable_line(reminder.text);
  };
  if (!worded.empty()) return one_record(std::move(worded), Noun::reminder, label, "", "That");
  const Result<Contact> contact = person_meant(context, words);
  if (!contact) return contact.error();
  const Result<std::vector<ContactId>> ids = identities(context, contact->id);
  if (!ids) return ids.error();
  std::erase_if(*reminders, [&](const Reminder& reminder) { return !is_among(reminder.contact, *ids); });
  return one_record(std::move(*reminders), Noun::reminder, label, name_with_ref(*contact) + " has no reminder waiting.",
                    contact->full_name());
}

Result<Message> resolve_message(const ToolContext& context, std::string_view given_words) {
  const std::string words(trim(given_words));
  if (is_uuid(words)) return known(context.txn.messages().find(MessageId(to_lower(words))), words);
  const auto number = number_in(Noun::message, words);
  if (!number) return number.error();
  if (*number) return known(context.txn.messages().find_by_ref(**number), words);
  const Result<Contact> contact = person_meant(context, words);
  if (!contact) return contact.error();
  const Result<std::vector<ContactId>> ids = identities(context, contact->id);
  if (!ids) return ids.error();
  Result<std::vector<Message>> drafts = context.txn.messages().open_drafts(kRows);
  if (!drafts) return drafts.error();
  std::erase_if(*drafts, [&](const Message& message) { return !is_among(message.contact, *ids); });
  const auto label = [](const Message& message) {
    return printable_line(message.content.subject.empty() ? shorten(message.content.text, kRows)
                                                          : message.content.subject);
  };
  return one_record(std::move(*drafts), Noun::message, label, "There is no open draft for " + name_with_ref(*contact) + ".",
                    contact->full_name());
}

}  // namespace deskhand::tools
