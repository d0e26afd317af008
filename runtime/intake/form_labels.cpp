// Labels of forms and what they mean; see form_fields.h.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "intake/form_fields.h"

namespace deskhand::intake {
namespace {

struct Labels {
  FieldMeaning meaning;
  std::vector<std::string_view> labels;  // folded, without the words of kFillers
};

// Words that say whose value it is or how to fill it in, not which.
constexpr std::string_view kFillers[] = {
    "your",      "the",       "customer",  "customers", "client",  "clients",  "lead",     "leads",
    "patient",   "patients",  "homeowner", "caller",    "visitor", "visitors", "sender",   "senders",
    "primary",   "best",      "preferred", "please",    "enter",   "required", "optional", "contact",
    "requester", "requestor", "user",      "buyer",     "guest",   "prospect", "consumer", "submitted",
    "provided",  "kunde",     "kundin",    "kunden",  "cliente",  "interessent", "auftraggeber", "su",        "ihre",      "ihr",       "votre",   "tu",       "guests",   "owner",
    "field",     "tenant",    "tenants",   "a",         "de",      "del",      "invitee"};

const std::vector<Labels>& all_labels() {
  static const std::vector<Labels> labels{
      {FieldMeaning::name,
       {"name",
        "full name",
        "names",
        "first and last name",
        "first last name",
        "first name last name",
        "name first last",
        "name first and last",
        "nombre",
        "nombre completo",
        "nombre y apellido",
        "nombre y apellidos",
        "vor und nachname",
        "nom",
        "nom complet",
        "nome",
        "naam",
        "who",
        "from name",
        "person",
        "booked by",
        "requested by",
        "name full",
        "vollstandiger name"}},
      {FieldMeaning::first_name,
       {"first name", "first", "given name", "fname", "firstname", "forename", "vorname", "prenom", "primer nombre",
        "voornaam"}},
      {FieldMeaning::last_name,
       {"last name", "last", "surname", "family name", "lname", "lastname", "nachname", "apellido", "apellidos",
        "nom de famille", "achternaam"}},
      {FieldMeaning::phone,
       {"phone",
        "phone number",
        "phone no",
        "phone #",
        "phone1",
        "telephone",
        "telephone number",
        "tel",
        "tel no",
        "mobile",
        "mobile phone",
        "mobile number",
        "cell",
        "cell phone",
        "cell number",
        "cellphone",
        "number",
        "callback number",
        "call back number",
        "number to call",
        "day phone",
        "daytime phone",
        "home phone",
        "work phone",
        "evening phone",
        "telefono",
        "numero de telefono",
        "celular",
        "movil",
        "telefon",
        "telefonnummer",
        "rufnummer",
        "handy",
        "handynummer",
        "mobil",
        "mobilnummer",
        "telephone mobile",
        "portable",
        "ph",
        "phone text",
        "text number",
        "sms",
        "whatsapp",
        "phone mobile",
        "phone cell",
        "phone or mobile",
        "telefono movil",
        "telefoon",
        "numero",
        "caller id",
        "number called from",
        "callers number"}},
      {FieldMeaning::fax, {"fax", "fax number", "telefax"}},
      {FieldMeaning::email,
       {"email", "e mail", "email address", "e mail address", "mail", "from email", "reply email", "correo",
        "correo electronico", "email adresse", "e mail adresse", "courriel", "adresse email", "adresse e mail",
        "emailadresse", "emailaddress", "reply to", "e mailadresse"}},
      {FieldMeaning::address,
       {"address",
        "service address",
        "street address city",
        "full address",
        "property address",
        "job address",
        "job site",
        "job site address",
        "site address",
        "location",
        "service location",
        "project location",
        "job location",
        "home address",
        "mailing address",
        "direccion",
        "domicilio",
        "adresse",
        "anschrift",
        "indirizzo",
        "adres",
        "property",
        "work address",
        "where",
        "address of property",
        "address of job",
        "ort des einsatzes",
        "einsatzort",
        "physical address"}},
      {FieldMeaning::street,
       {"street", "street address", "address line 1", "address 1", "address1", "calle", "strasse", "rue",
        "address line1", "street name", "calle y numero", "strasse und hausnummer"}},
      {FieldMeaning::unit,
       {"unit", "apt", "apartment", "suite", "address line 2", "address 2", "address2", "unit number", "apt number",
        "apt suite"}},
      {FieldMeaning::city, {"city", "town", "ciudad", "stadt", "ort", "ville", "city town"}},
      {FieldMeaning::state,
       {"state", "province", "county", "region", "state province", "estado", "provincia", "bundesland"}},
      {FieldMeaning::postcode,
       {"zip", "zip code", "zipcode", "postal code", "postcode", "post code", "codigo postal", "plz", "postleitzahl",
        "code postal", "zip postal code", "postal"}},
      {FieldMeaning::company,
       {"company", "company name", "business", "business name", "organization", "organisation", "organization name",
        "empresa", "firma", "firmenname", "unternehmen", "entreprise", "societe", "practice", "brand",
        "company organization", "employer"}},
      {FieldMeaning::service,
       {"service",
        "services",
        "service needed",
        "services needed",
        "service requested",
        "services requested",
        "service required",
        "service type",
        "type of service",
        "what service",
        "interested in",
        "interest",
        "im interested in",
        "i am interested in",
        "i m interested in",
        "treatment",
        "treatments",
        "treatment of interest",
        "treatment requested",
        "procedure",
        "category",
        "job type",
        "job",
        "type of job",
        "job title",
        "project",
        "project type",
        "project name",
        "type of project",
        "work needed",
        "work requested",
        "what do you need",
        "what do you need done",
        "what can we help with",
        "auftrag",
        "auftragsart",
        "matter",
        "legal matter",
        "case type",
        "type of case",
        "practice area",
        "art der anfrage",
        "art des auftrags",
        "projektart",
        "tipo de servicio",
        "tipo de limpieza",
        "tipo de trabajo",
        "type de projet",
        "type de travaux",
        "type de prestation",
        "nature des travaux",
        "travaux",
        "projet",
        "servicio",
        "servicios",
        "servicio requerido",
        "servicio solicitado",
        "leistung",
        "dienstleistung",
        "leistungen",
        "service demande",
        "prestation",
        "issue",
        "issue type",
        "problem",
        "type of problem",
        "event type",
        "appointment type",
        "reason",
        "reason for visit",
        "reason for appointment",
        "reason for contact",
        "reason for call",
        "visit reason",
        "inquiry type",
        "type of inquiry",
        "request type",
        "type of request",
        "need",
        "needs",
        "need help with",
        "what s the problem",
        "task",
        "product",
        "looking for",
        "help needed",
        "area of interest",
        "services interested in",
        "anliegen",
        "service interested in",
        "request"}},
      {FieldMeaning::message,
       {"message",
        "messages",
        "message body",
        "comments",
        "comment",
        "comments questions",
        "comments or questions",
        "questions",
        "question",
        "questions comments",
        "questions or comments",
        "details",
        "detail",
        "description",
        "describe",
        "describe project",
        "project description",
        "project details",
        "job details",
        "job description",
        "description of work",
        "description of problem",
        "problem description",
        "describe problem",
        "describe issue",
        "description of issue",
        "how can we help",
        "how can we help you",
        "how may we help you",
        "how may we help",
        "what can we do for you",
        "tell us about project",
        "tell us more",
        "tell us about job",
        "tell us what you need",
        "additional information",
        "additional info",
        "additional details",
        "additional comments",
        "more information",
        "more info",
        "notes",
        "note",
        "inquiry",
        "enquiry",
        "body",
        "text",
        "request details",
        "details of request",
        "mensaje",
        "comentario",
        "comentarios",
        "descripcion",
        "descripcion del problema",
        "consulta",
        "nachricht",
        "mitteilung",
        "bemerkung",
        "bemerkungen",
        "beschreibung",
        "message text",
        "votre message",
        "remarques",
        "messaggio",
        "mensagem",
        "bericht",
        "transcript",
        "transcription",
        "summary",
        "call summary",
        "what s going on",
        "what is going on",
        "anything else",
        "anything else we should know",
        "said",
        "sms text",
        "they said",
        "write message",
        "job summary",
        "project summary",
        "answers"}},
      {FieldMeaning::subject, {"subject", "betreff", "asunto", "objet", "topic", "title", "regarding", "re"}},
      {FieldMeaning::when,
       {"date",
        "when",
        "preferred date",
        "preferred time",
        "preferred day",
        "date and time",
        "date time",
        "appointment date",
        "appointment time",
        "requested date",
        "requested time",
        "requested day",
        "time",
        "best time",
        "best time to call",
        "time to call",
        "best time to reach you",
        "best time to contact",
        "availability",
        "available",
        "available times",
        "timeline",
        "time frame",
        "timeframe",
        "desired date",
        "desired completion date",
        "start date",
        "fecha",
        "hora",
        "horario",
        "datum",
        "uhrzeit",
        "wunschtermin",
        "termin",
        "event date",
        "event date time",
        "day",
        "time preference",
        "preferred contact time",
        "when do you need it",
        "when do you need this",
        "scheduled for"}},
      {FieldMeaning::urgency,
       {"urgency", "urgent", "priority", "emergency", "is this an emergency", "how soon", "how urgent is it",
        "how soon do you need it", "urgencia", "dringlichkeit", "how urgent", "is it urgent", "emergency service",
        "is this urgent"}},
      {FieldMeaning::heard_from,
       {"how did you hear about us", "how did you hear", "heard about us", "heard from", "how did you find us",
        "referral", "referred by", "referral source", "source", "lead source", "como nos conocio", "como se entero",
        "wie haben sie von uns erfahren", "hear about us", "how you heard about us", "where did you hear about us",
        "marketing source"}},
      {FieldMeaning::budget,
       {"budget", "price range", "estimated budget", "budget range", "project budget", "presupuesto"}},
      {FieldMeaning::utm, {"utm source",    "utm medium", "utm campaign", "utm term",  "utm content", "campaign",
                           "campaign name", "ad name",    "adset",        "form name", "form id",     "lead id",
                           "page",          "page url",   "url",          "referrer",  "ip",          "ip address",
                           "remote ip",     "user agent", "browser",      "gclid"}},
      {FieldMeaning::relay,
       {"relay email", "masked email", "proxy email", "forwarding number", "relay number", "masked phone",
        "proxy phone", "anonymous email", "temporary number", "tracking number", "relay phone", "masked number"}},
  };
  return labels;
}

const std::map<std::string_view, FieldMeaning>& label_table() {
  static const std::map<std::string_view, FieldMeaning> table = [] {
    std::map<std::string_view, FieldMeaning> made;
    for (const Labels& each : all_labels())
      for (const std::string_view label : each.labels) made.emplace(label, each.meaning);
    return made;
  }();
  return table;
}

// "Your E-Mail (required) *" → "your e mail": letters, digits and single spaces.
std::vector<std::string> label_words(std::string_view label) {
  std::string bare;
  int depth = 0;
  char before = 0;
  for (const char c : label.substr(0, 120)) {
    if (c == '(' || c == '[') ++depth;
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          static_cast<unsigned char>(c) >= 0x80;
    const bool starts_word = c >= 'A' && c <= 'Z' && before >= 'a' && before <= 'z';  // firstName
    if (starts_word && depth == 0) bare += ' ';
    if (depth == 0) bare += is_plain ? c : ' ';
    if ((c == ')' || c == ']') && depth > 0) --depth;
    before = c;
  }
  std::vector<std::string> words;
  for (std::string& word : split(fold_name(bare), ' '))
    if (!word.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace

namespace {

// "What is wrong?", "Which treatment are you interested in?": forms ask in words of their own, but for few things.
FieldMeaning meaning_of_question(const std::vector<std::string>& words) {
  static constexpr std::string_view kOpeners[] = {"what", "which",  "how",     "tell", "describe", "please", "que",
                                                  "was",  "welche", "welcher", "wie",  "when",     "where"};
  constexpr std::size_t kQuestionWords = 9;
  if (words.size() < 3 || words.size() > kQuestionWords ||
      std::find(std::begin(kOpeners), std::end(kOpeners), words.front()) == std::end(kOpeners))
    return FieldMeaning::other;
  const auto has = [&](std::initializer_list<std::string_view> any) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return std::find(any.begin(), any.end(), word) != any.end(); });
  };
  if (has({"hear", "heard", "found", "find"})) return FieldMeaning::heard_from;
  if (words.front() == "when" || has({"soon", "date", "time"})) return FieldMeaning::when;
  if (words.front() == "where") return FieldMeaning::address;
  if (has({"budget", "spend"})) return FieldMeaning::budget;
  if (has({"treatment", "treatments", "service", "services", "interested", "procedure"})) return FieldMeaning::service;
  if (has({"wrong", "problem", "issue", "happening", "happened", "help", "project", "need", "describe", "tell",
           "looking", "do"}))
    return FieldMeaning::message;
  return FieldMeaning::other;
}

}  // namespace

namespace {

FieldMeaning known_meaning(const std::vector<std::string>& words) {
  constexpr std::size_t kLabelWords = 9;
  if (words.empty() || words.size() > kLabelWords) return FieldMeaning::other;
  const auto& table = label_table();
  const auto look_up = [&](const std::vector<std::string>& some) {
    const auto found = table.find(join(some, " "));
    return found == table.end() ? FieldMeaning::other : found->second;
  };
  if (const FieldMeaning whole = look_up(words); whole != FieldMeaning::other) return whole;
  std::vector<std::string> telling;
  for (const std::string& word : words)
    if (std::find(std::begin(kFillers), std::end(kFillers), word) == std::end(kFillers)) telling.push_back(word);
  // "Customer: Ana Ruiz", "Contact: Ana Ruiz": who it is.
  if (telling.empty()) return words.back() == "a" || words.back() == "de" ? FieldMeaning::other : FieldMeaning::name;
  return telling.size() < words.size() ? look_up(telling) : FieldMeaning::other;
}

}  // namespace

namespace {

// "Treatment you are interested in", "Service you need": what it is about and whose wish it is.
bool names_an_interest(const std::vector<std::string>& words) {
  constexpr std::size_t kWordsMax = 8;
  static constexpr std::string_view kThings[] = {"service", "services", "treatment", "treatments", "procedure", "project", "work", "job", "product"};
  static constexpr std::string_view kWishes[] = {"interested", "interest", "need", "needed", "want", "wanted", "require", "required", "looking", "requested"};
  const auto has = [&](const auto& any) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return std::find(std::begin(any), std::end(any), word) != std::end(any); });
  };
  static constexpr std::string_view kOthers[] = {"when", "where", "how", "location", "date", "time", "soon", "size", "many", "often"};
  return words.size() >= 3 && words.size() <= kWordsMax && has(kThings) && has(kWishes) && !has(kOthers);
}

}  // namespace

// "Lead #", "Customer No.", "Client ID": a number that a service counts by, and nobody's name or telephone.
bool is_count_of(std::string_view label, const std::vector<std::string>& words, FieldMeaning known) {
  static constexpr std::string_view kCounts[] = {"id", "no", "nr", "num", "number", "code", "nummer", "numero", "ref", "reference", "uuid"};
  static constexpr std::string_view kCounted[] = {"lead", "leads", "prospect", "user", "visitor", "submitted"};
  const auto is_one_of = [](const auto& list, const std::string& word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
  };
  const bool ends_in_count = trim(label).ends_with('#') || (!words.empty() && is_one_of(kCounts, words.back()));
  if (!ends_in_count || words.empty()) return false;
  return known == FieldMeaning::name || (known == FieldMeaning::phone && is_one_of(kCounted, words.front()) && words.size() <= 2);
}

FieldMeaning meaning_of_label(std::string_view label) {
  const std::vector<std::string> words = label_words(label);
  const FieldMeaning known = known_meaning(words);
  if (is_count_of(label, words, known)) return FieldMeaning::other;
  if (known != FieldMeaning::other) return known;
  return names_an_interest(words) ? FieldMeaning::service : meaning_of_question(words);
}

FieldMeaning meaning_of_asked(std::string_view question) {
  // "Lovely to meet you. What's the best number to reach you on?": only its last sentence asks.
  for (const std::string_view end : {". ", "! ", "? "})
    if (const std::size_t at = question.rfind(end); at != std::string_view::npos) question.remove_prefix(at + end.size());
  const std::vector<std::string> words = label_words(question);
  constexpr std::size_t kAskedWords = 12;
  if (words.size() < 2 || words.size() > kAskedWords) return FieldMeaning::other;
  const auto has = [&](std::initializer_list<std::string_view> any) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return std::find(any.begin(), any.end(), word) != any.end(); });
  };
  if (has({"email", "mail", "correo", "courriel"})) return FieldMeaning::email;
  if (has({"phone", "number", "mobile", "cell", "telefon", "telefonnummer", "telefono", "telephone", "numero"}) &&
      !has({"many", "rooms", "people", "order", "policy", "account"}))
    return FieldMeaning::phone;
  if (has({"name", "nombre", "nom", "heissen"}) && !has({"company", "business", "brand", "dog", "pet", "domain"})) return FieldMeaning::name;
  if (has({"address", "adresse", "direccion"})) return FieldMeaning::address;
  if (has({"emergency", "urgent", "urgency", "dringend", "notfall", "urgente", "emergencia"})) return FieldMeaning::urgency;
  if (has({"zip", "postcode", "plz"})) return FieldMeaning::postcode;
  if (has({"location", "city", "town"})) return FieldMeaning::city;
  if (has({"when", "soon", "date"})) return FieldMeaning::when;
  if (has({"anything", "details", "add", "share", "know", "tell"})) return FieldMeaning::message;
  return meaning_of_question(words);
}

bool is_question(std::string_view label) {
  const std::vector<std::string> words = label_words(label);
  return known_meaning(words) == FieldMeaning::other && meaning_of_question(words) != FieldMeaning::other;
}

}  // namespace deskhand::intake
