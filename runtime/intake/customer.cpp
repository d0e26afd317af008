#include "intake/customer.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "base/text.h"
#include "intake/intent.h"
#include "intake/letter_marks.h"
#include "intake/person_details.h"
#include "reader/addresses.h"
#include "reader/companies.h"
#include "reader/names.h"
#include "reader/phones.h"
#include "reader/sources.h"
#include "reader/tokenizer.h"

namespace deskhand::intake {
namespace {

constexpr std::size_t kHeadedLines = 8;  // below "Customer details"
constexpr std::size_t kShortNote = 160;  // what somebody says who only passes a mail on

std::string_view readable(std::string_view text) { return prefix_utf8(text, limits::kBodyBytes); }

const MailAddress* sender_of(const InboundMail& mail) { return mail.from.empty() ? nullptr : &mail.from.front(); }

FoundText name_from(const MailAddress& address, Place place) {
  FoundText name;
  name.value = person_of_display_name(address.name);
  name.source = {place, {0, address.name.size()}, address.name};
  return name;
}

FoundEmail email_from(const MailAddress& address, Place place) {
  return {address.email, {place, {0, address.email.as_typed.size()}, address.email.as_typed}};
}

// --- A form ----------------------------------------------------------------------------------------------------------

Source source_of(const FormField& field, const Material& material) {
  return {material.form_is_other_text ? Place::other_text : Place::text, field.span, field.value};
}

bool is_toll_free(std::string_view e164) {
  for (const std::string_view prefix : {"+1800", "+1888", "+1877", "+1866", "+1855", "+1844", "+1833", "+1822"})
    if (e164.starts_with(prefix)) return true;
  return false;
}

void read_form_name(const Material& material, Customer& customer) {
  const FormField* const first = material.form.first(FieldMeaning::first_name);
  const FormField* const last = material.form.first(FieldMeaning::last_name);
  // "Nom: Mercier" beside "Prénom: Thibault", "Nombre: Ana" beside "Apellidos: Ruiz": the plain label means the other half, unless the
  // whole name stands there.
  const FormField* const plain = material.form.first(FieldMeaning::name);
  const bool is_half = plain != nullptr && (first == nullptr) != (last == nullptr) && !material.own.is_name(plain->value);
  if (is_half) {
    const std::string& half = (first != nullptr ? first : last)->value;
    const bool is_whole = fold_name(plain->value).find(fold_name(half)) != std::string::npos;
    const std::string name = is_whole ? plain->value : first != nullptr ? half + " " + plain->value : plain->value + " " + half;
    customer.name.value = std::string(prefix_utf8(name, limits::kNameBytes));
    customer.name.source = source_of(*plain, material);
    return;
  }
  if (first != nullptr || last != nullptr) {
    std::string name = first != nullptr ? first->value : "";
    if (last != nullptr && !equal_ignoring_case(name, last->value)) name += (name.empty() ? "" : " ") + last->value;
    customer.name.value = std::string(prefix_utf8(name, limits::kNameBytes));
    customer.name.source = source_of(first != nullptr ? *first : *last, material);
    return;
  }
  for (const FormField& field : material.form.fields) {
    if (field.meaning != FieldMeaning::name || material.own.is_name(field.value)) continue;
    std::string name = field.value;
    // "Ana Ruiz <ana@ruiz.example>", "Ana Ruiz (512) 555-0142".
    name = name.substr(0, name.find_first_of("<(0123456789@["));
    // "Ana Ruiz, Ruiz Bakery" is a person and their company; "Ruiz, Ana" is one name.
    if (const std::size_t comma = name.find(',');
        comma != std::string::npos &&
        trim(std::string_view(name).substr(0, comma)).find(' ') != std::string_view::npos) {
      if (customer.company.empty() && reader::read_company_name(name.substr(comma + 1)))
        customer.company = {squeeze(name.substr(comma + 1)), source_of(field, material)};
      name.resize(comma);
    }
    name = squeeze(name);
    while (!name.empty() && std::string_view(",;-|").find(name.back()) != std::string_view::npos) name.pop_back();
    const auto person = reader::read_person_name(name);
    customer.name.value = person ? person->value.text() : std::string(prefix_utf8(trim(name), limits::kNameBytes));
    customer.name.source = source_of(field, material);
    if (!customer.name.value.empty()) return;
  }
}

// "Ana Ruiz (512) 555-0142": a number alone in the field of a name is no telephone.
bool begins_with_a_name(std::string_view value, std::size_t number_at) {
  const reader::Tokens tokens(value);
  for (std::size_t at = 0; at < tokens.size() && tokens[at].span.begin < number_at; ++at)
    if (tokens.is_word(at) && tokens[at].span.size() > 1) return true;
  return false;
}

void read_form_points(const Material& material, Customer& customer) {
  for (const FormField& field : material.form.fields) {
    const bool may_hold_phone = field.meaning == FieldMeaning::phone || field.meaning == FieldMeaning::name;
    const bool may_hold_email = field.meaning == FieldMeaning::email || field.meaning == FieldMeaning::name ||
                                field.meaning == FieldMeaning::phone;
    if (may_hold_phone)
      for (const auto& reading : reader::find_phone_numbers(field.value, material.own.region()))
        if (reading.value.is_complete && !material.own.is_phone(reading.value.phone.e164) &&
            (field.meaning == FieldMeaning::phone || begins_with_a_name(field.value, reading.span.begin)))
          add_phone(customer.phones, {reading.value.phone, source_of(field, material)});
    if (may_hold_email)
      for (const EmailMatch& match : find_emails(field.value, 3)) {
        const std::string& folded = match.email.folded;
        if (!material.own.is_address(folded) && !is_unattended_address(folded) && !is_relay_address(folded))
          add_email(customer.emails, {match.email, source_of(field, material)});
      }
  }
}

void read_form_address(const Material& material, Customer& customer) {
  const FormFields& form = material.form;
  const auto value = [&](FieldMeaning meaning) {
    const FormField* const field = form.first(meaning);
    return field == nullptr ? std::string() : field->value;
  };
  const FormField* const whole = form.first(FieldMeaning::address);
  const FormField* const street = whole != nullptr ? whole : form.first(FieldMeaning::street);
  if (street == nullptr) return;
  std::string address = street->value;
  const auto append = [&](const std::string& part, std::string_view separator) {
    if (!part.empty() && fold_name(address).find(fold_name(part)) == std::string::npos)
      address += std::string(separator) + part;
  };
  append(value(FieldMeaning::unit), ", ");
  append(value(FieldMeaning::city), ", ");
  append(value(FieldMeaning::state), ", ");
  append(value(FieldMeaning::postcode), " ");
  if (material.own.is_place(address)) return;
  customer.address.value = std::string(prefix_utf8(squeeze(address), limits::kAddressBytes));
  customer.address.source = source_of(*street, material);
}

void read_form_words(const Material& material, Customer& customer) {
  for (const FormField& field : material.form.fields) {
    switch (field.meaning) {
      case FieldMeaning::message:
        customer.words += (customer.words.empty() ? "" : "\n") + field.value;
        break;
      case FieldMeaning::service:
        if (customer.service.empty())
          customer.service = field.value;
        else if (customer.service.size() + field.value.size() < 120)
          customer.service += ", " + field.value;
        break;
      case FieldMeaning::subject:
        if (customer.subject.empty()) customer.subject = field.value;
        break;
      case FieldMeaning::company:
        if (customer.company.empty() && !material.own.is_name(field.value))
          customer.company = {field.value, source_of(field, material)};
        break;
      case FieldMeaning::heard_from:
        if (customer.heard_from.empty()) customer.heard_from = {field.value, source_of(field, material)};
        break;
      case FieldMeaning::urgency: {
        const std::string folded = to_lower(field.value);
        static const RE2 yes(
            R"(^(?:yes|y|true|high|emergency|urgent|very|asap|today|now|immediate|sofort|sí|si|ja|oui|1\b|as soon as possible|within (?:24|a day)|same day|right away|critical))");
        customer.says_urgent = customer.says_urgent || RE2::PartialMatch(folded, yes);
        break;
      }
      default:
        break;
    }
  }
}

void read_form(const Material& material, Customer& customer) {
  read_form_name(material, customer);
  read_form_points(material, customer);
  read_form_address(material, customer);
  read_form_words(material, customer);
}

// --- A notice in sentences -------------------------------------------------------------------------------------------

// "Quote for Central Air Conditioning Repair" and "message: Backyard patio and planting" name a matter and nobody.
bool names_a_matter(std::string_view text, std::string_view name) {
  static const RE2 of_a_job(R"((?i)\b(?:quote|estimate|request|inquiry|enquiry|message|anfrage|solicitud|opportunity)\W+(?:for|von|de)\s+$)");
  static const RE2 goes_on(R"(^ (?:\p{Ll}[\p{L}'’-]*))");
  static const RE2 ends_a_name(
      R"(^ (?:is|are|was|has|have|wants?|needs?|would|about|regarding|re|for|via|at|on|in|from|to|through|by|and|just|sent|left|asked|requested|submitted|booked|called|texted|messaged|contacted|möchte|hat|über|aus|quiere|ha|desde|sobre)\b)");
  const auto begin = static_cast<std::size_t>(name.data() - text.data());
  const std::string_view before = text.substr(begin > 40 ? begin - 40 : 0, std::min<std::size_t>(begin, 40)),
                         behind = text.substr(begin + name.size(), 40);
  const auto finds = [](std::string_view where, const RE2& what) { return RE2::PartialMatch(re2::StringPiece(where.data(), where.size()), what); };
  std::size_t jobs = 0;
  const reader::Tokens tokens(name);
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (tokens[at].is_word() && is_work_word(tokens.word(at))) ++jobs;
  if (jobs >= 2 || (jobs > 0 && finds(before, of_a_job))) return true;
  return finds(behind, goes_on) && !finds(behind, ends_a_name);
}

FoundText name_in_notice(const InboundMail& mail, const OwnIdentity& own) {
  static const RE2 before_verb(
      R"(((?:\p{Lu}[\p{L}'’.-]*\s){1,3}\p{Lu}[\p{L}'’.-]*|\p{Lu}[\p{L}'’-]+)\s+(?:is (?:interested|looking|requesting|asking|waiting|inquiring)|wants|needs|would like|has (?:sent|requested|a question|contacted|asked|submitted|left|booked)|sent (?:you|a)|left you|requested|just (?:sent|requested|submitted|booked)|contacted you|submitted|asked|booked|is ready|messaged|texted|called))");
  static const RE2 behind_word(
      R"((?i:\b(?:lead|inquiry|enquiry|request|message|submission|booking|appointment|consultation|voicemail|voice message|quote|contact|customer|client|patient|opportunity|estimate|anfrage|nachricht|solicitud|mensaje)(?: (?:request|alert|received|details))?\s*(?:from|by|:|-|–|—|for|von|de)\s+)((?:\p{Lu}[\p{L}'’.-]*)(?:\s\p{Lu}[\p{L}'’.-]*){0,3}))");
  for (const auto& [text, place] :
       {std::pair<std::string_view, Place>{mail.subject, Place::subject}, {readable(mail.text), Place::text}})
    for (const RE2* pattern : {&behind_word, &before_verb}) {
      re2::StringPiece name;
      if (!RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *pattern, &name)) continue;
      const std::string_view words(name.data(), name.size());
      if (names_a_matter(text, words)) continue;
      const auto person = reader::read_person_name(words);
      const std::string value = person ? person->value.text() : person_of_display_name(words);
      if (value.empty() || own.is_name(value)) continue;
      const auto begin = static_cast<std::size_t>(name.data() - text.data());
      return {value, {place, {begin, begin + words.size()}, std::string(words)}};
    }
  return {};
}

// "Customer details" and below it a name, a number, an address, each on its line without a label.
void read_headed_block(const Material& material, Customer& customer) {
  static const RE2 heading(
      R"((?i)^\W*(?:(?:customer|client|contact|lead|caller|patient|homeowner|guest|sender|their|requester|buyer)(?:'s)?\s+(?:details|information|info|contact|contact info(?:rmation)?)|contact|customer|client|kontaktdaten|datos (?:de contacto|del cliente))\s*:?\W*$)");
  const std::string_view text = readable(material.mail.text);
  const std::vector<Line> lines = lines_of(text);
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (lines[at].is_blank() ||
        !RE2::PartialMatch(re2::StringPiece(lines[at].text.data(), lines[at].text.size()), heading))
      continue;
    for (std::size_t next = at + 1; next < std::min(lines.size(), at + 1 + kHeadedLines); ++next) {
      const Line& line = lines[next];
      if (line.is_blank()) continue;
      if (customer.name.empty() && line.text.size() < 60)
        if (const auto person = reader::read_person_name(line.text);
            person && !material.own.is_name(person->value.text()))
          customer.name = {person->value.text(), {Place::text, line.span(), std::string(line.text)}};
      for (const FoundPhone& phone : own_phones(line.text, "", material.own, true))
        add_phone(customer.phones, {phone.phone, {Place::text, line.span(), std::string(line.text)}});
      for (const EmailMatch& match : find_emails(line.text, 2))
        if (!material.own.is_address(match.email.folded) && !is_relay_address(match.email.folded) &&
            !is_unattended_address(match.email.folded))
          add_email(customer.emails, {match.email, {Place::text, line.span(), std::string(line.text)}});
      if (customer.address.empty())
        if (const auto addresses = reader::find_addresses(line.text);
            !addresses.empty() && !material.own.is_place(addresses.front().value.text))
          customer.address = {addresses.front().value.text, {Place::text, line.span(), std::string(line.text)}};
    }
    return;
  }
}

bool is_service_line(std::string_view line) {
  static const RE2 service(
      R"((?i)\b(?:support|questions\?|need help|help cent(?:er|re)|customer (?:service|care)|billing|contact us|call us|unsubscribe|©|copyright|all rights|privacy|terms|inc\.|llc|headquarters|suite|our team|account manager|sales team|tracking number|app store|to (?:reply|respond) to this|your account|this e-?mail was sent|kundenservice|kundendienst|hotline|abbestellen|abmelden|impressum|datenschutz|antworten sie|service client|se d[eé]sabonner|cet e-?mail|atenci[oó]n al cliente|darse de baja|este (?:mensaje|correo))\b)");
  return RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), service);
}

// Numbers in the sentences of a notice, where they are not the service's own.
void read_notice_phones(const Material& material, Customer& customer) {
  for (const auto& [text, place] : {std::pair<std::string_view, Place>{material.mail.subject, Place::subject},
                                    {readable(material.mail.text), Place::text}}) {
    for (const Line& line : lines_of(text)) {
      if (line.is_blank() || is_service_line(line.text)) continue;
      for (FoundPhone& phone : own_phones(line.text, customer.name.value, material.own, false)) {
        if (is_toll_free(phone.phone.e164)) continue;
        phone.source.place = place;
        phone.source.span = line.span();
        add_phone(customer.phones, std::move(phone));
      }
    }
    if (!customer.phones.empty()) return;
  }
}

// What the customer said in a notice of sentences: between quotation marks, or the lines that are not the service's.
std::string words_in_notice(const InboundMail& mail) {
  const std::string_view text = readable(mail.text);
  constexpr std::size_t kSaidBytes = 15, kSaidBytesMax = 4000;
  static const RE2 quoted(R"((?s)["“]([^"“”]+)["”])");
  std::string words;
  re2::StringPiece rest(text.data(), text.size());
  while (RE2::FindAndConsume(&rest, quoted, &words))
    if (words.size() >= kSaidBytes && words.size() <= kSaidBytesMax) return compact(words);
  words.clear();
  for (const Line& line : lines_of(text)) {
    if (line.is_blank() || is_service_line(line.text) || line.text.starts_with("http")) continue;
    if (words.size() > 2000) break;
    words.append(line.text) += '\n';
  }
  return std::string(trim(words));
}

// A person may be reached where the notice says to answer.
void read_reply_address(const Material& material, Customer& customer) {
  for (const MailAddress& address : material.mail.reply_to) {
    const std::string& email = address.email.folded;
    if (email.empty() || material.own.is_address(email) || is_unattended_address(email) || is_relay_address(email))
      continue;
    const MailAddress* const sender = sender_of(material.mail);
    const bool is_services_own =
        sender != nullptr && domain_of(sender->email.folded) == domain_of(email) &&
        !is_public_mail_domain(domain_of(email)) &&
        (is_unattended_address(sender->email.folded) || is_relay_address(sender->email.folded));
    if (is_services_own) continue;
    if (customer.emails.empty()) add_email(customer.emails, email_from(address, Place::reply_to));
    if (customer.name.empty()) customer.name = name_from(address, Place::reply_to);
  }
}

Customer read_notice(const Material& material) {
  Customer customer;
  customer.writer = Writer::form;
  read_form(material, customer);
  read_headed_block(material, customer);
  read_reply_address(material, customer);
  const MailAddress* const sender = sender_of(material.mail);
  if (customer.name.empty()) customer.name = name_in_text(words_in_notice(material.mail));
  if (customer.name.empty()) customer.name = name_in_notice(material.mail, material.own);
  if (sender != nullptr && !sender->email.folded.empty()) {
    // Whoever fills in a form on a page that mails in their name, or sends the fields themselves.
    const std::string& email = sender->email.folded;
    const FoundText shown = name_from(*sender, Place::from);
    const bool is_attended = !material.own.is_address(email) && !is_unattended_address(email) &&
                             !is_relay_address(email) && !material.mail.has_header("auto-submitted");
    const bool is_same =
        !customer.name.empty() && !shown.empty() && may_be_same_person(shown.value, customer.name.value);
    if (is_attended && (is_same || (customer.name.empty() && customer.emails.empty() && !shown.empty()))) {
      add_email(customer.emails, email_from(*sender, Place::from));
      if (customer.name.empty()) customer.name = shown;
    }
    // "Ana Ruiz via Marketplace <relay@…>"
    if (customer.name.empty() && is_relay_address(email)) customer.name = shown;
  }
  if (customer.phones.empty()) read_notice_phones(material, customer);
  // What a service says below the customer's own words is not theirs.
  std::string own_words;
  for (const Line& line : lines_of(customer.words))
    if (!is_service_line(line.text)) own_words.append(line.text) += '\n';
  const std::string_view said = own_words;
  for (FoundPhone& phone : own_phones(said, customer.name.value, material.own, false))
    add_phone(customer.phones, std::move(phone));
  for (FoundEmail& email : own_emails(said, material.own, false))
    if (customer.emails.empty()) add_email(customer.emails, std::move(email));
  if (customer.address.empty())
    customer.address = address_in(customer.words.empty() ? readable(material.mail.text) : said, material.own);
  if (customer.words.empty() && customer.service.empty()) customer.words = words_in_notice(material.mail);
  return customer;
}

// --- A letter --------------------------------------------------------------------------------------------------------

void read_letter(const Letter& letter, const OwnIdentity& own, Customer& customer) {
  const std::string_view fresh = readable(letter.fresh), signature = readable(letter.signature);
  const FoundText signed_name = name_in_signature(signature);
  const FoundText said_name = name_in_text(fresh);
  customer.name = fuller_name(fuller_name(customer.name, signed_name), said_name);
  // Another person's account: who writes is who signs, when both names are whole and differ.
  const bool is_whole = signed_name.value.find(' ') != std::string::npos;
  if (is_whole && !own.is_name(signed_name.value) && !may_be_same_person(customer.name.value, signed_name.value))
    customer.name = signed_name;
  if (customer.name.empty()) customer.name = name_at_end(fresh);
  for (FoundPhone& phone : own_phones(fresh, customer.name.value, own, false))
    add_phone(customer.phones, std::move(phone));
  for (FoundPhone& phone : own_phones(signature, customer.name.value, own, true))
    add_phone(customer.phones, std::move(phone));
  for (FoundEmail& email : own_emails(fresh, own, false)) add_email(customer.emails, std::move(email));
  for (FoundEmail& email : own_emails(signature, own, true)) add_email(customer.emails, std::move(email));
  if (customer.address.empty()) customer.address = address_in(fresh, own);
  if (customer.address.empty()) customer.address = address_in(signature, own);
  if (customer.company.empty()) customer.company = company_in_signature(signature);
  customer.words = letter.words;
  customer.quoted = letter.quoted_words;
  if (customer.heard_from.empty())
    if (const auto sources = reader::find_sources(fresh); !sources.empty())
      customer.heard_from = {sources.front().value.words,
                             {Place::text, sources.front().span, sources.front().value.words}};
}

Customer read_sender(const Material& material) {
  Customer customer;
  customer.subject = bare_subject(material.mail.subject);
  if (const MailAddress* const sender = sender_of(material.mail)) {
    customer.name = name_from(*sender, Place::from);
    if (!sender->email.folded.empty() && !is_unattended_address(sender->email.folded))
      add_email(customer.emails, email_from(*sender, Place::from));
    if (customer.name.empty() && !sender->name.empty() && !material.own.is_name(sender->name)) {
      if (reader::read_person_name(sender->name) == std::nullopt)
        customer.company = {sender->name, {Place::from, {0, sender->name.size()}, sender->name}};
    }
  }
  read_letter(material.letter, material.own, customer);
  for (FoundPhone& phone : own_phones(customer.subject, customer.name.value, material.own, false)) {
    phone.source.place = Place::subject;
    add_phone(customer.phones, std::move(phone));
  }
  // The fields in a letter say more than its sentences.
  if (material.form.is_form() && !material.form_is_other_text) {
    Customer fields;
    read_form_name(material, fields);
    if (!fields.name.empty() && (customer.name.empty() || may_be_same_person(fields.name.value, customer.name.value)))
      customer.name = fuller_name(customer.name, fields.name);
    read_form_address(material, fields);
    if (!fields.address.empty()) customer.address = fields.address;
  }
  return customer;
}

// --- An introduction -------------------------------------------------------------------------------------------------

// "Tomas, meet Andre, who needs a new website": who is meant stands in copy, and what the letter says of phones is its writer's.
std::optional<Customer> introduced(const Material& material) {
  static const RE2 introduces(
      R"((?i)\b(?:(?:e-?mail )?intro(?:duction|ducing)?\b\W|introduc(?:e|ing) (?:you|my|our|a)|(?:please |i(?:'d| would) (?:like|love) (?:you )?to )?meet \p{Lu}|connect(?:ing)? (?:you|the two|both)|put(?:ting)? you (?:two )?in (?:touch|contact)|(?:copied|cc'?e?d|in copy|on copy)\b|let (?:you|the) two|take it from here|vorstellen\b|(?:te|le|os) presento|je (?:te|vous) présente))");
  const InboundMail& mail = material.mail;
  const MailAddress* const sender = sender_of(mail);
  if (sender == nullptr || material.own.is_address(sender->email.folded) || !mail.in_reply_to.empty()) return std::nullopt;
  const MailAddress* other = nullptr;
  for (const std::vector<MailAddress>* list : {&mail.cc, &mail.to})
    for (const MailAddress& each : *list) {
      const std::string& email = each.email.folded;
      if (email.empty() || email == sender->email.folded || material.own.is_address(email) || is_unattended_address(email)) continue;
      const bool is_colleague = domain_of(email) == domain_of(sender->email.folded) && !is_public_mail_domain(domain_of(email));
      if (is_colleague) continue;
      if (other != nullptr && other->email.folded != email) return std::nullopt;  // several: which one is meant can't be told
      other = &each;
    }
  const std::string text = mail.subject + "\n" + std::string(prefix_utf8(material.letter.words, 2000));
  if (other == nullptr || !RE2::PartialMatch(text, introduces)) return std::nullopt;
  Customer customer;
  customer.writer = Writer::forwarded;
  customer.subject = bare_subject(mail.subject);
  customer.name = name_from(*other, Place::text);
  add_email(customer.emails, email_from(*other, Place::text));
  customer.words = material.letter.words;
  if (!sender->name.empty()) customer.heard_from = {sender->name, {Place::from, {0, sender->name.size()}, sender->name}};
  return customer;
}

// --- A forwarded mail ------------------------------------------------------------------------------------------------

struct Passed {
  std::string name, email, reply_to, subject;
  Source from;
  Letter letter;
};

std::optional<Passed> passed_on(const Material& material) {
  const InboundMail& mail = material.mail;
  if (material.letter.forwarded) {
    Forwarded inner = *material.letter.forwarded;
    Letter letter = split_forwarded(readable(mail.text), inner);
    // A forward of a forward: on to the one who wrote it, past ours and past those who added nothing.
    for (int level = 0; level < 5 && letter.forwarded; ++level) {
      const bool adds_nothing = letter.words.size() < kShortNote;
      if (!adds_nothing && !material.own.is_address(inner.email)) break;
      inner = *letter.forwarded;
      letter = split_forwarded(readable(mail.text), inner);
    }
    const Span span = inner.from_span;
    return Passed{inner.name,
                  inner.email,
                  inner.reply_to,
                  inner.subject,
                  {Place::text, span, std::string(reader::words_of(readable(mail.text), span))},
                  std::move(letter)};
  }
  for (const EnclosedMail& enclosed : mail.enclosed) {
    if (enclosed.text.empty() && enclosed.subject.empty()) continue;
    Passed passed{enclosed.from.name,
                  enclosed.from.email.folded,
                  enclosed.reply_to.email.folded,
                  enclosed.subject,
                  {Place::enclosed, {}, enclosed.from.email.as_typed},
                  split_letter(readable(enclosed.text), enclosed.subject)};
    return passed;
  }
  return std::nullopt;
}

// Whether the one who forwards speaks for somebody else: one of ours, or a person who only passes it on.
bool speaks_for_another(const Material& material, const Passed& passed) {
  if (passed.email.empty() && passed.name.empty()) return false;
  if (!passed.email.empty() && material.own.is_address(passed.email)) return false;
  const MailAddress* const sender = sender_of(material.mail);
  if (sender == nullptr || material.own.is_address(sender->email.folded)) return true;
  if (sender->email.folded == passed.email) return false;
  static const RE2 passing(
      R"((?i)\b(?:fyi|see below|below|passing (?:this|it|her|him|them)? ?(?:along|on)|forward(?:ing|ed)?|referr?(?:al|ing|ed)|sending (?:you|her|him|them)|(?:client|customer|friend|neighbor|neighbour|tenant|patient|colleague|patient) of (?:mine|ours)|can you help (?:her|him|them)|please (?:help|contact|call|reach out to|take care of|get in touch with) (?:her|him|them)|reach out to|(?:she|he|they) (?:need|want|is|are|has|have|asked)|for you|not (?:for )?us|one for you|yours|right up your alley)\b)");
  const std::string& note = material.letter.words;
  if (note.empty() || (note.size() < 3 * kShortNote && RE2::PartialMatch(note, passing))) return true;
  // A short word that asks for nothing, above a letter that does.
  return note.size() < kShortNote && !asks_for_something(note) && asks_for_something(passed.letter.words);
}

Customer read_forwarded(const Material& material, Passed& passed) {
  Customer customer;
  customer.writer = Writer::forwarded;
  customer.subject = bare_subject(passed.subject.empty() ? material.mail.subject : passed.subject);
  MailAddress address;
  address.name = passed.name;
  const bool is_useless = passed.email.empty() || is_unattended_address(passed.email) || is_relay_address(passed.email);
  if (!is_useless)
    if (auto email = parse_email(passed.email)) address.email = std::move(*email);
  customer.name = name_from(address, Place::text);
  customer.name.source = passed.from;
  if (!address.email.folded.empty()) add_email(customer.emails, {address.email, passed.from});
  // A form's notice that somebody of ours passed on.
  const FormFields form = read_form_fields(passed.letter.fresh);
  if (is_useless || (form.is_form() && (form.has(FieldMeaning::email) || form.has(FieldMeaning::phone)))) {
    Material inner{material.mail, material.own, MailKind::lead_notice, passed.letter, form, false};
    Customer fields;
    read_form(inner, fields);
    if (!fields.name.empty() || !fields.phones.empty() || !fields.emails.empty()) {
      fields.writer = Writer::forwarded;
      if (fields.subject.empty()) fields.subject = customer.subject;
      if (fields.words.empty()) fields.words = passed.letter.words;
      return fields;
    }
  }
  read_letter(passed.letter, material.own, customer);
  if (!passed.reply_to.empty() && customer.emails.empty())
    if (auto email = parse_email(passed.reply_to); email && !material.own.is_address(email->folded))
      add_email(customer.emails, {*email, passed.from});
  // What one of ours adds to it ("she also called, 512-555-0142") is about the customer as well.
  for (FoundPhone& phone : own_phones(readable(material.letter.fresh), "", material.own, false)) {
    const MailAddress* const sender = sender_of(material.mail);
    if (sender != nullptr && material.own.is_address(sender->email.folded))
      add_phone(customer.phones, std::move(phone));
  }
  return customer;
}

}  // namespace

std::string_view name_of(Place place) {
  constexpr std::array<std::string_view, 6> names{"text", "other_text", "from", "reply_to", "subject", "enclosed"};
  return names[static_cast<std::size_t>(place)];
}

Material material_of(const InboundMail& mail, const OwnIdentity& own) {
  Material material{mail,
                    own,
                    MailKind::person,
                    split_letter(readable(mail.text), mail.subject),
                    read_form_fields(readable(mail.text)),
                    false};
  if (!material.form.is_form() && !mail.other_text.empty()) {
    FormFields other = read_form_fields(readable(mail.other_text));
    if (other.is_form()) {
      material.form = std::move(other);
      material.form_is_other_text = true;
    }
  }
  return material;
}

Customer read_customer(const Material& material) {
  if (material.kind == MailKind::lead_notice) return read_notice(material);
  if (auto passed = passed_on(material); passed && speaks_for_another(material, *passed))
    return read_forwarded(material, *passed);
  if (auto customer = introduced(material)) return std::move(*customer);
  return read_sender(material);
}

}  // namespace deskhand::intake
