#include "intake/classify.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/email.h"
#include "base/phone.h"
#include "base/text.h"
#include "intake/intent.h"
#include "intake/letter_marks.h"

namespace deskhand::intake {
namespace {

constexpr std::size_t kTextBytes = 4 * 1024;  // of a text that tell what kind of mail it is
constexpr std::size_t kReportTextBytes = 32 * 1024;

std::string from_of(const InboundMail& mail) {
  return mail.from.empty() ? std::string() : mail.from.front().email.folded;
}

std::string_view start_of(const InboundMail& mail) { return prefix_utf8(mail.text, kTextBytes); }

// --- Servers ---------------------------------------------------------------------------------------------------------

bool is_mail_server(const InboundMail& mail) {
  static const RE2 server(
      R"((?i)^(?:mailer-daemon|postmaster|mail-?daemon|mail\.delivery|microsoftexchange[0-9a-f]*)@)");
  static const RE2 name(
      R"((?i)^(?:mail delivery (?:sub)?system|mailer[- ]daemon|postmaster|mail administrator|microsoft outlook)$)");
  if (matches(from_of(mail), server)) return true;
  return !mail.from.empty() && matches(mail.from.front().name, name) && trim(mail.header("return-path")) == "<>";
}

std::optional<Classification> judge_report(const InboundMail& mail) {
  static const RE2 failed(
      R"((?i)undeliver(?:ed|able)|delivery (?:status notification \(failure\)|has failed|failed|failure|incomplete)|returned mail|mail delivery failed|failure notice|message (?:not|could not be) delivered|returning message to sender|unzustellbar|no se (?:ha )?(?:podido|pudo) entregar|non remis|delivery failure)");
  static const RE2 delayed(
      R"((?i)delay(?:ed)?\b|still (?:trying|being retried)|will (?:keep|continue) (?:trying|to try)|not (?:yet )?been delivered yet|warning: (?:message|could not send)|temporary (?:failure|problem).{0,40}retry|verzögert|retras)");
  if (mail.is_read_receipt) return Classification{MailKind::read_receipt, "it is a read receipt"};
  if (mail.report) {
    const std::string& action = mail.report->action;
    if (action == "delayed") return Classification{MailKind::delay, "a mail server says that a message is delayed"};
    if (action == "delivered" || action == "relayed" || action == "expanded")
      return Classification{MailKind::delay, "a mail server says that a message was passed on"};
    if (action.empty() && matches(mail.subject, delayed))
      return Classification{MailKind::delay, "a mail server says that a message is delayed"};
    return Classification{MailKind::bounce, "a mail server says that a message was not delivered"};
  }
  const bool is_server = is_mail_server(mail) || mail.has_header("x-failed-recipients");
  if (!is_server) return std::nullopt;
  if (matches(mail.subject, delayed) || (!matches(mail.subject, failed) && matches(start_of(mail), delayed)))
    return Classification{MailKind::delay, "a mail server says that a message is delayed"};
  if (matches(mail.subject, failed) || matches(start_of(mail), failed) || mail.has_header("x-failed-recipients"))
    return Classification{MailKind::bounce, "a mail server says that a message was not delivered"};
  return Classification{MailKind::system_notice, "it comes from a mail server"};
}

// What a person asks the business and a program does not.
bool asks_one_of_us(std::string_view text) {
  static const RE2 words(
      R"((?i)\b(?:can|could|would|will) (?:you|someone|somebody|anyone)\b|\b(?:i|we)(?:'d|’d| would) like\b|\b(?:i|we) (?:need|want)\b|\bhow much\b|\b(?:quote|estimate|price) (?:for|on)\b|\b(?:k[öo]nnen|k[öo]nnten) sie\b|\b(?:pueden|podr[ií]an|necesito)\b|\b(?:pouvez|pourriez)[- ]vous\b)");
  return matches(text, words);
}

// --- Programs that answer by themselves ------------------------------------------------------------------------------

// Words that programs put before a subject and nobody types.
bool is_auto_reply_subject(std::string_view subject) {
  static const RE2 mark(
      R"((?i)^\W*(?:auto(?:matic|mated)?[- ]?(?:reply|response|antwort)|autoreply|vacation (?:reply|response|notice)|abwesenheits(?:notiz|meldung)|respuesta autom[aá]tica|r[eé]ponse automatique|risposta automatica|resposta autom[aá]tica|automatisch antwoord))");
  return matches(subject, mark);
}

// "On vacation next week" is the subject of an automatic answer and of a customer's letter: its text has to tell as well, and ask
// for nothing.
bool tells_of_absence(const InboundMail& mail) {
  static const RE2 subject(
      R"((?i)^\W*(?:out of (?:the )?office|ooo\b|away from (?:the |my )?office|on (?:vacation|holiday|leave)\b|abwesend|fuera de (?:la )?oficina|absence du bureau|afwezig))");
  static const RE2 absence(
      R"((?i)\b(?:out of (?:the |my )?office|away from (?:the |my )?(?:office|desk|e-?mail)|limited access|will (?:respond|reply|answer|get back)|(?:return|be back)(?:ing)? (?:to the office |in the office )?on|not be (?:checking|reading)|(?:i|we)(?: am| are|['’]m|['’]re) (?:currently |now )?(?:out|away|off|on (?:vacation|holiday|leave))|auto-?matic|immediate (?:assistance|attention|help)|nicht im b[üu]ro|nicht erreichbar|abwesend|fuera de (?:la )?oficina|absent[es]?|de retour)\b)");
  // "Out of office Re: your visit": a program puts its word before the subject it answers.
  static const RE2 answers(R"((?i)\b(?:re|aw|rv):)");
  return matches(mail.subject, subject) && matches(start_of(mail), absence) &&
         (matches(mail.subject, answers) || !asks_one_of_us(start_of(mail)));
}

bool is_confirmation_challenge(const InboundMail& mail) {
  static const RE2 subject(
      R"((?i)please (?:confirm|verify) (?:your|you|that you)|confirm your (?:message|e-?mail) to|your (?:message|e-?mail) (?:to .{0,60} )?(?:requires|needs|is awaiting|awaits) (?:confirmation|verification|approval)|sender (?:verification|confirmation)|challenge.?response|verify you(?:'re| are) (?:human|not a robot))");
  return matches(mail.subject, subject);
}

std::optional<Classification> judge_auto_reply(const InboundMail& mail) {
  const std::string submitted = to_lower(mail.header("auto-submitted"));
  if (submitted.starts_with("auto-replied"))
    return Classification{MailKind::auto_reply, "it is an automatic answer (Auto-Submitted)"};
  const std::string precedence = to_lower(mail.header("precedence"));
  if (precedence == "auto_reply" || precedence == "auto-reply")
    return Classification{MailKind::auto_reply, "it is an automatic answer (Precedence)"};
  for (const std::string_view name : {"x-autoreply", "x-autorespond", "x-autoreply-from", "x-mail-autoreply",
                                      "x-auto-reply", "x-vacation", "x-autogenerated"}) {
    const std::string value = to_lower(mail.header(name));
    if (mail.has_header(name) && value != "no" && value != "false")
      return Classification{MailKind::auto_reply, "it is an automatic answer (" + std::string(name) + ")"};
  }
  if (is_auto_reply_subject(mail.subject) || tells_of_absence(mail))
    return Classification{MailKind::auto_reply, "its subject says that it is an automatic answer"};
  if (is_confirmation_challenge(mail) &&
      (!mail.in_reply_to.empty() || !submitted.empty() || is_unattended_address(from_of(mail))))
    return Classification{MailKind::auto_reply, "it asks the sender of a message to prove that they are a person"};
  return std::nullopt;
}

// --- Forms, marketplaces, voice mailboxes ----------------------------------------------------------------------------

// What a notice of an inquiry is called. Promotions of the same services ("Get more leads") are not.
bool announces_inquiry(std::string_view words) {
  static const RE2 news(
      R"((?i)\bnew (?:\w+ ){0,3}(?:lead|inquiry|enquiry|quote request|request|booking|appointment|consultation|customer|client|patient|message|contact|submission|opportunity|project|job|form|entry|chat|voicemail|voice message|estimate request|text message|sms|event)\b(?:\W|$)|\b(?:lead|quote|estimate|booking|appointment|consultation|service|callback|call back|contact|job|project|information|pricing) (?:request|inquiry|enquiry|submission)\b|\b(?:contact|web(?:site)?|quote|estimate|booking|intake|request|inquiry|enquiry|online|appointment|lead) ?-?form\b|\bform (?:submission|response|entry|submitted)\b|\b(?:request|inquiry|enquiry|message|submission|lead|voicemail|voice message|voice mail|text message|sms|missed call) (?:from|via|through|received)\b|\b(?:website|web) (?:inquiry|enquiry|lead|message|contact)\b|\bsome(?:one|body) (?:is|has|filled|wants|needs|requested)|\b(?:is|are) (?:interested in|looking for|requesting|asking for|waiting for|inquiring)\b|\bwants? (?:a|an|to|your|you)\b|\b(?:sent|left) you a (?:new )?(?:message|voicemail|request)\b|\brequest(?:ed|s|ing)? (?:a|an) (?:quote|estimate|appointment|callback|consultation|booking)\b|\bkontaktformular|\bneue (?:anfrage|nachricht)|\banfrage (?:von|über)|\bformulario\b|\bnueva? (?:solicitud|mensaje|consulta|lead|cita)|\bnouvelle demande|\bnouveau message)");
  return matches(words, news);
}

// Money that moved, goods that move, what a service wants from the business itself.
bool is_about_our_own_business(std::string_view subject) {
  static const RE2 words(
      R"((?i)\b(?:receipt|invoice|order (?:confirmation|confirmed|#|number|no|shipped|received|update|placed)|your order|purchase order|shipp(?:ed|ing)|shipment|delivered|out for delivery|tracking|statement|payout|deposit|payment (?:received|sent|of|due|confirmation|failed|reminder)|you(?:'ve| have)? (?:got paid|received a payment)|sent you (?:\$|€|£)|paid (?:you|your|invoice)|refund|renew(?:al|s|ed)?|subscription|billing|past due|your bill|autopay|transaction|charge(?:d|back)|tax document|rechnung|factura|left (?:you )?a (?:new )?(?:\d[- ]star )?review|new review|reviewed you|rated you|rating|your (?:weekly|monthly|daily) (?:report|summary|digest)|performance report|(?:get|win|want) more (?:leads|customers|jobs|business)|boost your|leads? (?:expir|waiting in)|special offer|webinar|last chance|\d+% off|upgrade|reminder:|(?:appointment|booking|event|meeting) (?:reminder|cancel(?:l?ed|lation)|reschedul)|cancel(?:l?ed|lation)\b))");
  return matches(subject, words);
}

// Whether the fields name somebody who is not the business itself.
bool names_a_customer(const FormFields& form, const OwnIdentity& own) {
  for (const FormField& field : form.fields) {
    switch (field.meaning) {
      case FieldMeaning::email:
        if (const auto email = find_emails(field.value, 1);
            !email.empty() && !own.is_address(email.front().email.folded))
          return true;
        break;
      case FieldMeaning::phone:
        if (const auto phone = find_phones(field.value, own.region(), 1);
            !phone.empty() && !own.is_phone(phone.front().phone.e164))
          return true;
        break;
      case FieldMeaning::name:
      case FieldMeaning::first_name:
        if (!own.is_name(field.value)) return true;
        break;
      default:
        break;
    }
  }
  return false;
}

bool is_voice_mailbox(const InboundMail& mail) {
  static const RE2 subject(
      R"((?i)\b(?:voice ?mail|voice message|missed call|new text message|sms) (?:message )?(?:from|received|\()|^\W*(?:new )?(?:voice ?mail|voice message)\b|\btext (?:message )?from\b)");
  return matches(mail.subject, subject);
}

std::optional<Classification> judge_notice(const InboundMail& mail, const FormFields& form, const OwnIdentity& own) {
  const std::string from = from_of(mail);
  const bool is_unattended = from.empty() || is_unattended_address(from);
  const bool is_marked = mail.has_header("auto-submitted") || mail.has_header("list-unsubscribe") ||
                         mail.has_header("feedback-id") || is_unattended || is_relay_address(from) ||
                         mail.header("precedence") == "bulk";
  const bool own_site = own.is_address(from);
  const bool announces = announces_inquiry(mail.subject) || announces_inquiry(prefix_utf8(trim(mail.text), 400));
  // A number in the subject is who called or wrote, whatever address the service sends from.
  if (is_voice_mailbox(mail) && !find_phones(mail.subject, own.region(), 1).empty())
    return Classification{MailKind::lead_notice, "it passes on a voice or text message"};
  if (is_about_our_own_business(mail.subject) && !announces_inquiry(mail.subject)) return std::nullopt;
  if (form.is_form() && names_a_customer(form, own)) {
    const bool asks = form.has(FieldMeaning::message) || form.has(FieldMeaning::service);
    // Everything about somebody else than the sender is a form as well, whatever it calls their wish.
    const FormField* const written = form.first(FieldMeaning::email);
    const bool is_whole = form.has(FieldMeaning::name) && form.has(FieldMeaning::phone) && written != nullptr &&
                          to_lower(written->value).find(from) == std::string::npos;
    if (announces || asks || is_whole) return Classification{MailKind::lead_notice, "it passes on a filled-in form"};
  }
  if (!is_marked && !own_site) return std::nullopt;
  if (is_voice_mailbox(mail)) return Classification{MailKind::lead_notice, "it passes on a voice or text message"};
  if (announces_inquiry(mail.subject) && !is_about_our_own_business(mail.subject))
    return Classification{MailKind::lead_notice, "it passes on an inquiry"};
  return std::nullopt;
}

// --- Lists, newsletters, receipts, codes -----------------------------------------------------------------------------

// A group address of the business itself (info@ as a list) sends customers' mail on with list headers of its own
// domain.
bool is_list_of_ours(const InboundMail& mail, const OwnIdentity& own) {
  for (const std::string_view name :
       {"list-id", "list-post", "mailing-list", "x-google-group-id", "list-unsubscribe"}) {
    const std::string value = to_lower(mail.header(name));
    for (const std::string& domain : own.domains())
      if (value.find(domain) != std::string::npos) return true;
  }
  return false;
}

std::optional<Classification> judge_list(const InboundMail& mail, const OwnIdentity& own) {
  if (is_list_of_ours(mail, own)) return std::nullopt;
  const std::string precedence = to_lower(mail.header("precedence"));
  const bool unsubscribes = mail.has_header("list-unsubscribe") || mail.has_header("list-unsubscribe-post");
  if (mail.has_header("list-post") || mail.has_header("list-archive") || precedence == "list" ||
      mail.has_header("mailing-list"))
    return Classification{MailKind::mailing_list, "it went to a mailing list"};
  if (mail.has_header("list-id") || unsubscribes)
    return Classification{MailKind::newsletter, "it is a newsletter or a mass mail (list headers)"};
  if (precedence == "bulk" || precedence == "junk")
    return Classification{MailKind::newsletter, "it is a mass mail (Precedence)"};
  for (const std::string_view name : {"x-campaign", "x-campaignid", "x-mailchimp-campaign-id", "x-mc-user",
                                      "x-csa-complaints", "x-campaign-id", "x-cid"})
    if (mail.has_header(name))
      return Classification{MailKind::newsletter, "it is a mass mail (" + std::string(name) + ")"};
  return std::nullopt;
}

std::optional<Classification> judge_content(const InboundMail& mail) {
  static const RE2 code(
      R"((?i)\b(?:verification|security|confirmation|access|login|sign-?in|one-?time|2fa|authentication|authorization) ?(?:code|pin|passcode|password)\b|\bone-?time pass|\byour code is\b|\bpassword reset|reset your password|\b(?:confirm|verify) your (?:e-?mail|account|identity)|new (?:sign-?in|login|device)|\bsuspicious (?:sign|login|activity)|\bsicherheitscode|\bc[oó]digo de (?:verificaci[oó]n|seguridad))");
  static const RE2 view_online(
      R"((?i)view (?:this|it)? ?(?:e-?mail|message|newsletter)? ?(?:in|on) (?:your|a|the)? ?(?:web )?browser|unsubscribe (?:here|from this list|from these|at any time|instantly)|you(?:'re| are) receiving this (?:e-?mail|message|newsletter)|manage (?:your )?(?:e-?mail )?preferences|update your preferences|newsletter abbestellen|abmelden von|darse de baja|si no desea(?:s)? (?:seguir )?recibi|se d[eé]s(?:abonner|inscrire)|vous recevez cet e-?mail|pour vous d[eé]s(?:abonner|inscrire)|pour ne plus recevoir (?:nos|ces))");
  static const RE2 signing(
      R"((?i)electronic signature|e-?signature|view (?:completed |signed )?document|document (?:has been|was|is) (?:completed|signed|viewed|voided|sent to you))");
  static const RE2 signed_subject(
      R"((?i)^\W*(?:completed|signed|viewed|voided|declined to sign|signature request(?:ed)?|please (?:e-?)?sign|complete with)\b)");
  const std::string from = from_of(mail);
  const bool is_unattended = is_unattended_address(from);
  const bool is_generated = to_lower(mail.header("auto-submitted")).starts_with("auto-generated");
  // "Access code for the garage" may be a customer's matter.
  static const RE2 security_text(
      R"((?i)\b(?:enter|use|type|copy) (?:this|the|your|following) (?:\S+ )?(?:code|pin|passcode)|\b(?:code|pin|passcode)\b[^\n]{0,40}(?:\n\s*)*\b\d(?:[- ]?\d){3,7}\b|\b\d(?:[- ]?\d){3,7}\b[^\n]{0,30}\bcode\b|did(?:n['’]t| not) (?:request|make|try|initiate|sign)|(?:expires?|valid) (?:in|for) \d|(?:do not|don['’]t|never) share|reset your password|(?:was|is) (?:this|it) you\b|(?:signed|logged) in|sign-?in (?:attempt|from)|new device|(?:confirm|verify) your (?:e-?mail|account|identity))");
  const bool tells_code = matches(start_of(mail), security_text) && !asks_one_of_us(start_of(mail));
  if (matches(mail.subject, code) && (is_unattended || is_generated || (tells_code && !is_reply_subject(mail.subject))))
    return Classification{MailKind::verification, "it is a code or a security notice"};
  if ((is_unattended || is_generated) && matches(start_of(mail), code))
    return Classification{MailKind::verification, "it is a code or a security notice"};
  const bool is_answer = is_reply_subject(mail.subject) || !mail.in_reply_to.empty();
  if (!is_answer && matches(mail.subject, signed_subject) && matches(start_of(mail), signing))
    return Classification{MailKind::system_notice, "it is a notice of a signature service"};
  if (is_about_our_own_business(mail.subject) && (is_unattended || is_generated))
    return Classification{MailKind::receipt, "it is about an order, a payment or an account of the business"};
  if (!is_answer && matches(mail.text, view_online))
    return Classification{MailKind::newsletter, "it is a newsletter (its footer says so)"};
  if (is_generated) return Classification{MailKind::system_notice, "a program wrote it (Auto-Submitted)"};
  if (is_unattended) return Classification{MailKind::system_notice, "nobody reads at the address it comes from"};
  return std::nullopt;
}

// --- What a program passes on without saying that it is an inquiry ---------------------------------------------------

// "Visitor #12: do you install …", and words between quotation marks.
std::vector<std::string> words_passed_on(std::string_view text) {
  static const RE2 speaker(
      R"((?im)^\W*(?:visitor|guest|customer|client|user|caller|lead|unknown|anonymous|besucher|kunde|visitante|cliente)\b[^:\n]{0,30}:[ \t]*(\S[^\n]{5,})$)");
  static const RE2 quoted(R"(["“]([^"“”]+)["”])");
  constexpr std::size_t kSaidBytes = 12;  // less than that asks for nothing
  std::vector<std::string> found;
  for (const RE2* const pattern : {&speaker, &quoted}) {
    re2::StringPiece rest(text.data(), text.size());
    std::string words;
    for (int count = 0; count < 20 && RE2::FindAndConsume(&rest, *pattern, &words); ++count)
      if (words.size() >= kSaidBytes) found.push_back(words);
  }
  return found;
}

bool gives_an_outsiders_phone(std::string_view text, const OwnIdentity& own) {
  for (const PhoneMatch& match : find_phones(text, own.region(), 10))
    if (!own.is_phone(match.phone.e164)) return true;
  return false;
}

bool gives_an_outsiders_address(const InboundMail& mail, const OwnIdentity& own) {
  const std::string_view service = domain_of(from_of(mail));
  for (const EmailMatch& match : find_emails(start_of(mail), 10)) {
    const std::string& email = match.email.folded;
    if (!own.is_address(email) && domain_of(email) != service && !is_unattended_address(email) &&
        !is_relay_address(email))
      return true;
  }
  return false;
}

bool holds_an_outsiders_words(const InboundMail& mail, const OwnIdentity& own) {
  const std::vector<std::string> said = words_passed_on(start_of(mail));
  if (std::any_of(said.begin(), said.end(), [](const std::string& each) { return asks_for_something(each) || asks_one_of_us(each); }))
    return true;
  return gives_an_outsiders_address(mail, own) && gives_an_outsiders_phone(start_of(mail), own);
}

// Beside a subject like "Accepted: …", which people write as well.
bool is_from_a_calendar(const InboundMail& mail) {
  static const RE2 text(
      R"((?im)^\W*(?:when|where|who|organi[sz]er|attendees|event|meeting|wann|wo|cu[aá]ndo|d[oó]nde|quand)\s*:|\b(?:google calendar|calendar (?:event|invit\w+)|microsoft teams|invite\.ics|(?:this|the|your|following) event|zoom meeting|google meet|join (?:the )?meeting|(?:has|have) (?:accepted|declined|tentatively accepted|cancell?ed) (?:this|the|your) (?:invitation|event|meeting)|calendly)\b)");
  return mail.has_header("auto-submitted") || is_unattended_address(from_of(mail)) || trim(mail.text).empty() ||
         matches(start_of(mail), text);
}

}  // namespace

std::string_view name_of(MailKind kind) {
  constexpr std::array<std::string_view, 12> names{"person",     "lead_notice",  "bounce",       "delay",
                                                   "auto_reply", "read_receipt", "calendar",     "mailing_list",
                                                   "newsletter", "receipt",      "verification", "system_notice"};
  return names[static_cast<std::size_t>(kind)];
}

bool is_machine(MailKind kind) { return kind != MailKind::person && kind != MailKind::lead_notice; }

Classification classify(const InboundMail& mail, const FormFields& form, const OwnIdentity& own) {
  if (auto found = judge_report(mail)) return *found;
  if (auto found = judge_notice(mail, form, own)) return *found;
  if (auto found = judge_auto_reply(mail)) return *found;
  static const RE2 invitation(
      R"((?i)^\W*(?:(?:updated )?invitation|accepted|declined|tentative|tentatively accepted|cancell?ed(?: event)?|new time proposed)\s*:)");
  if (mail.has_calendar || (matches(mail.subject, invitation) && is_from_a_calendar(mail)))
    return {MailKind::calendar, "it is a calendar invitation or an answer to one"};
  if (auto found = judge_list(mail, own)) return *found;
  if (auto found = judge_content(mail)) {
    found->may_pass_on_an_inquiry = found->kind == MailKind::system_notice && holds_an_outsiders_words(mail, own);
    return *found;
  }
  return {MailKind::person, "a person wrote it"};
}

std::string bounced_message_id(const InboundMail& mail) {
  if (mail.report && !mail.report->original_message_id.empty()) return mail.report->original_message_id;
  for (const EnclosedMail& enclosed : mail.enclosed)
    if (!enclosed.message_id.empty()) return enclosed.message_id;
  static const RE2 in_text(R"((?im)^[>\s]*message-id:\s*<([^<>\s]{3,900})>)");
  std::string id;
  const std::string_view text = prefix_utf8(mail.text, kReportTextBytes);
  if (RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), in_text, &id)) return id;
  if (!mail.in_reply_to.empty()) return mail.in_reply_to.front();
  return mail.references.empty() ? std::string() : mail.references.back();
}

}  // namespace deskhand::intake
