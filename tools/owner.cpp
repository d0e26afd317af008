#include "tools/owner.h"

#include "base/limits.h"
#include "base/phone.h"
#include "base/email.h"
#include "base/money.h"
#include "base/text.h"
#include "crm/message.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

constexpr int kUsesMax = 1000;
constexpr int kGrantDaysMax = 366;

Result<Proposal> propose_with(Effect effect, std::string summary) {
  Proposal proposal;
  proposal.effects = {std::move(effect)};
  proposal.summary = std::move(summary);
  return proposal;
}

ToolSpec owner_spec(std::string name, std::string description, Json schema) {
  ToolSpec spec;
  spec.name = std::move(name);
  spec.description = std::move(description);
  spec.arguments = share(std::move(schema));
  spec.effect = EffectClass::write;
  spec.role = ToolRole::owner_action;
  return spec;
}

// --- settings --------------------------------------------------------------------------------------------------------

Done set_field(Org& org, const std::string& name, const std::string& value) {
  if (name == "name") org.name = value;
  else if (name == "timezone") {
    auto zone = Zone::find(value);
    if (!zone) return zone.error();
    org.timezone = zone->name();
  } else if (name == "region") {
    if (!is_region(value)) return make_error(Code::invalid_argument, "\"" + value + "\" is no country; write two letters such as US or DE.");
    org.region = value;
  } else if (name == "currency") {
    if (!is_currency(value)) return make_error(Code::invalid_argument, "\"" + value + "\" is no currency; write three letters such as USD.");
    org.currency = value;
  } else if (name == "phone") {
    auto phone = parse_phone(value, org.region);
    if (!phone) return phone.error();
    org.phone = phone->e164;
  } else if (name == "email") {
    auto email = parse_email(value);
    if (!email) return email.error();
    org.email = email->folded;
  } else if (name == "address") org.address = value;
  else if (name == "signature") org.signature = value;
  else if (name == "service_area") org.service_area = value;
  else if (name == "open" || name == "close" || name == "quiet_begin" || name == "quiet_end") {
    if (name == "quiet_begin" && value.empty()) return org.quiet.reset(), Done{};
    auto minute = parse_clock(value);
    if (!minute) return minute.error();
    if (name == "open") org.hours.open_minute = *minute;
    else if (name == "close") org.hours.close_minute = *minute;
    else {
      if (!org.quiet) org.quiet.emplace();
      (name == "quiet_begin" ? org.quiet->begin_minute : org.quiet->end_minute) = *minute;
    }
    if (org.hours.open_minute >= org.hours.close_minute) return make_error(Code::invalid_argument, "Opening must be earlier than closing.");
  }
  return {};
}

std::unique_ptr<Tool> make_set_setting() {
  const auto run = [](const Json& arguments, ToolContext& context) -> Result<ToolOutcome> {
    const std::string name = line(arguments, "name"), value = name == "signature" ? text(arguments, "value") : line(arguments, "value");
    auto org = context.txn.org().get();
    if (!org) return org.error();
    if (auto done = set_field(*org, name, value); !done) return done.error();
    auto stored = context.txn.org().update(std::move(*org));
    if (!stored) return stored.error();
    ToolOutcome outcome;
    outcome.text = value.empty() ? "Cleared: " + name + "." : "Set: " + name + " is now " + printable_line(value) + ".";
    outcome.data = share(Json{{"name", name}, {"value", value}});
    return outcome;
  };
  return make_tool(
      owner_spec("set_setting", "Change a setting of the business: its name, zone, hours, quiet hours, signature and so on.",
                 closed_schema({{"name", one_of("Which.", {"name", "timezone", "region", "currency", "phone", "email", "address", "signature",
                                                            "service_area", "open", "close", "quiet_begin", "quiet_end"})},
                                {"value", text_of("The new value; times as 08:00; an empty quiet_begin ends quiet hours.", limits::kAddressBytes)}},
                               {"name", "value"})),
      [](const Json& arguments, const ToolContext&) { return propose_with(ChangesSetting{line(arguments, "name")}, "Change a setting"); }, run);
}

// --- automatic sending -----------------------------------------------------------------------------------------------

std::unique_ptr<Tool> make_grant_auto_send() {
  const auto run = [](const Json& arguments, ToolContext& context) -> Result<ToolOutcome> {
    auto until = parse_iso_day(line(arguments, "until"));
    if (!until) return until.error();
    if (*until < context.today || days_between(context.today, *until) > kGrantDaysMax)
      return make_error(Code::invalid_argument, "\"until\" must be a day from today to a year from now.");
    auto zone = Zone::find(context.org.timezone);
    if (!zone) return zone.error();
    Grant grant;
    grant.standing = true;
    grant.template_stage = line(arguments, "template");
    grant.channel = given(arguments, "channel") ? line(arguments, "channel") : "email";
    grant.uses_max = arguments.value("uses", 20);
    grant.granted_by = context.actor.user;
    grant.granted_at = context.now;
    grant.expires_at = zone->start_of(until->plus_days(1));
    auto stored = context.txn.approvals().insert(std::move(grant));
    if (!stored) return stored.error();
    const std::string ref = Ref{ref_prefix::kGrant, stored->head.ref_number}.text();
    ToolOutcome outcome;
    outcome.touched = {ref};
    outcome.text = "From now on the " + stored->template_stage + " template may be sent by " + stored->channel + " without asking, at most " +
                   count_of(static_cast<std::size_t>(stored->uses_max), "time", "times") + ", until " + to_long_text(*until) + " (" + ref +
                   "). Revoke it with `deskhand grants revoke " + ref + "`.";
    outcome.data = share(Json{{"grant", ref}, {"template", stored->template_stage}, {"channel", stored->channel}, {"uses_max", stored->uses_max}, {"until", to_iso(*until)}});
    return outcome;
  };
  return make_tool(
      owner_spec("grant_auto_send", "Let one drafting template be sent on one channel without asking, a number of times, until a day.",
                 closed_schema({{"template", one_of("The drafting stage whose own wording may go.", {"inquiry", "estimate_sent", "accepted"})},
                                {"channel", one_of("email when left out.", {"email", "sms"})},
                                {"uses", number_of("How many messages at most; 20 when left out.", 1, kUsesMax)},
                                {"until", date_of("The last day.")}},
                               {"template", "until"})),
      [](const Json& arguments, const ToolContext&) { return propose_with(GrantsAutoSend{}, "Send " + line(arguments, "template") + " messages without asking"); }, run);
}

std::unique_ptr<Tool> make_revoke_auto_send() {
  const auto run = [](const Json& arguments, ToolContext& context) -> Result<ToolOutcome> {
    const auto ref = parse_ref(line(arguments, "grant"));
    if (!ref || ref->prefix != ref_prefix::kGrant) return make_error(Code::invalid_argument, "A grant looks like G-2; `deskhand grants list` shows them.");
    auto grant = context.txn.approvals().find_grant_by_ref(ref->number);
    if (!grant) return grant.error();
    if (!grant->standing) return make_error(Code::conflict, ref->text() + " belongs to one approved message; cancel that with `deskhand outbox cancel`.");
    if (grant->revoked_at) return make_error(Code::conflict, ref->text() + " was revoked already.");
    if (auto done = context.txn.approvals().revoke(grant->id, context.now); !done) return done.error();
    ToolOutcome outcome;
    outcome.touched = {ref->text()};
    outcome.text = "Revoked " + ref->text() + "; these messages ask for your yes again.";
    outcome.data = share(Json{{"grant", ref->text()}, {"revoked", true}});
    return outcome;
  };
  return make_tool(owner_spec("revoke_auto_send", "Take a permission to send without asking back.",
                              closed_schema({{"grant", text_of("G-2", 20)}}, {"grant"})),
                   [](const Json&, const ToolContext&) { return propose_with(GrantsAutoSend{}, "Revoke automatic sending"); }, run);
}

// --- redaction -------------------------------------------------------------------------------------------------------

std::string redaction_text(const RedactionReport& report, const std::string& ref) {
  std::string text = "Redacted: " + ref + ". " + count_of(report.records, "record", "records") + " and " + count_of(report.mails, "stored mail", "stored mails") +
                     " say nothing of who it was any more, and " + count_of(report.payloads, "log entry", "log entries") +
                     " lost the old values; dates, amounts and outcomes stay. It can't be taken back.";
  if (!report.left.empty())
    text += " Messages that left (" + join(report.left, ", ") + ") stand in the outbox folder or the mail account as well; remove them there.";
  return text + " Backups, recordings of runs, the mail server and QuickBooks are not reached from here.";
}

std::unique_ptr<Tool> make_redact() {
  const auto propose = [](const Json& arguments, const ToolContext& context) -> Result<Proposal> {
    auto contact = resolve_contact(context, line(arguments, "contact"));
    if (!contact) return contact.error();
    Json resolved = arguments;
    resolved["contact"] = ref_of(*contact);
    Proposal proposal;
    proposal.effects = {Redacts{}};
    proposal.arguments = share(std::move(resolved));
    proposal.contact = contact->id;
    proposal.summary = "Redact " + ref_of(*contact);
    return proposal;
  };
  const auto run = [](const Json& arguments, ToolContext& context) -> Result<ToolOutcome> {
    auto contact = resolve_contact(context, line(arguments, "contact"));
    if (!contact) return contact.error();
    const std::string reason = line(arguments, "reason");
    if (reason.empty()) return make_error(Code::invalid_argument, "Say why, e.g. who asked for it and when; the reason stays on file.");
    auto report = context.txn.redactions().redact({contact->id, context.actor.user, reason, "person:" + context.actor.user.text() + " on " + context.actor.channel});
    if (!report) return report.error();
    const std::string ref = ref_of(*contact);
    ToolOutcome outcome;
    outcome.text = redaction_text(*report, ref);
    outcome.touched = {ref};
    outcome.data = share(Json{{"contact", ref}, {"people", report->people}, {"records", report->records}, {"mails", report->mails},
                              {"log_entries", report->payloads}, {"left", report->left}});
    return outcome;
  };
  return make_tool(
      owner_spec("redact",
                 "Make a person unknown, as the law may ask: their name, phones, e-mails, addresses and every word about them become "
                 "[redacted], also in stored mails and in the log. The rows stay. It can not be taken back.",
                 closed_schema({{"contact", text_of("The person: a ref such as C-12, or a name, phone or e-mail.", limits::kNameBytes)},
                                {"reason", text_of("Who asked for it, when and why; it stays on file, so name nobody in it.", limits::kSubjectBytes)}},
                               {"contact", "reason"})),
      propose, run);
}

}  // namespace

Tools owner_tools() {
  Tools tools;
  tools.push_back(make_set_setting());
  tools.push_back(make_grant_auto_send());
  tools.push_back(make_revoke_auto_send());
  tools.push_back(make_redact());
  return tools;
}

}  // namespace deskhand::tools
