#include "intake/checked_answer.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "intake/intent.h"
#include "intake/letter_marks.h"
#include "intake/person_details.h"
#include "intake/title.h"
#include "reader/emails.h"
#include "reader/names.h"
#include "reader/phones.h"
#include "reader/tokenizer.h"

namespace deskhand::intake {
namespace {

constexpr std::size_t kDroppedBytes = 100;     // of a value that is only kept to show what was made up
constexpr std::size_t kPhoneDigitsMin = 7;     // fewer stand by chance in any text
constexpr std::size_t kPhoneGap = 3;           // separators in a row inside one number
constexpr std::size_t kRequestWords = 2;

bool is_letter_or_digit(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

// Not "Ana" in "Banana". Bytes outside ASCII have no cheap notion of a word's end; scripts without blanks need none.
bool is_whole(std::string_view text, std::size_t begin, std::size_t end) {
  const bool cuts_front = begin > 0 && is_letter_or_digit(text[begin - 1]) && is_letter_or_digit(text[begin]);
  const bool cuts_back = end < text.size() && is_letter_or_digit(text[end - 1]) && is_letter_or_digit(text[end]);
  return !cuts_front && !cuts_back;
}

std::vector<std::size_t> spoken_tokens(const reader::Tokens& tokens) {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (tokens[at].is_word() || tokens[at].is_number()) places.push_back(at);
  return places;
}

// Where these digits stand in a row, with separators between them.
std::optional<Span> place_of_digits(std::string_view digits, std::string_view text) {
  constexpr std::string_view kSeparators = " -.()/+\t\n";
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    if (text[begin] != digits.front() || (begin > 0 && is_digit(text[begin - 1]))) continue;
    std::size_t matched = 0, gap = 0, at = begin;
    for (; at < text.size() && matched < digits.size(); ++at) {
      if (text[at] == digits[matched]) {
        ++matched;
        gap = 0;
      } else if (kSeparators.find(text[at]) == std::string_view::npos || ++gap > kPhoneGap) {
        break;
      }
    }
    if (matched == digits.size() && (at == text.size() || !is_digit(text[at]))) return Span{begin, at};
  }
  return std::nullopt;
}

// "Not urgent", "kein Notfall": words that turn what follows into its opposite.
bool is_denied(std::string_view text, Span span) {
  static constexpr std::array<std::string_view, 18> kDenials{"not",  "no",    "isnt",  "arent", "never", "without",
                                                             "wont", "dont",  "nicht", "kein",  "keine", "keinen",
                                                             "nada", "nunca", "sin",   "pas",   "sans",  "nothing"};
  constexpr std::size_t kTokensBefore = 3;
  const reader::Tokens tokens(text);
  std::size_t first = tokens.at_byte(span.begin);
  first = first > kTokensBefore ? first - kTokensBefore : 0;
  for (std::size_t at = first; at < tokens.size() && tokens[at].span.begin < span.end; ++at)
    if (std::find(kDenials.begin(), kDenials.end(), tokens.word(at)) != kDenials.end()) return true;
  return false;
}

class Checker {
 public:
  Checker(const Json& answer, const InboundMail& mail, const OwnWords& words, const Customer& read,
          const OwnIdentity& own)
      : answer_(answer), mail_(mail), words_(words), read_(read), own_(own) {}

  CheckedAnswer check() {
    check_request();
    check_name();
    check_phone();
    check_email();
    check_address();
    check_title();
    check_urgency();
    return std::move(checked_);
  }

 private:
  std::string given(const char* field) const {
    const auto value = answer_.find(field);
    if (value == answer_.end() || !value->is_string()) return {};
    return squeeze(printable_line(value->get<std::string>()));
  }

  void drop(const char* field, const std::string& value, std::string why) {
    checked_.dropped.push_back({field, shorten(value, kDroppedBytes), std::move(why)});
  }
  void drop_made_up(const char* field, const std::string& value) { drop(field, value, "it stands nowhere in the mail"); }

  std::string words_at(Span span) const {
    return squeeze(printable_line(std::string_view(words_.text).substr(span.begin, span.size())));
  }

  // In the words, else (for what a subject or a header may tell) there.
  FoundText find(const std::string& value, bool also_subject) const {
    if (const auto span = place_of(value, words_.text))
      return {words_at(*span), {words_.place, *span, words_at(*span)}};
    if (!also_subject) return {};
    if (const auto span = place_of(value, mail_.subject)) {
      const std::string words = squeeze(printable_line(mail_.subject.substr(span->begin, span->size())));
      return {words, {Place::subject, *span, words}};
    }
    return {};
  }

  FoundText find_name(const std::string& value) const {
    FoundText found = find(value, true);
    if (!found.empty() || mail_.from.empty()) return found;
    const std::string& shown = mail_.from.front().name;
    const auto span = place_of(value, shown);
    if (!span) return {};
    const std::string words = squeeze(printable_line(shown.substr(span->begin, span->size())));
    return {words, {Place::from, *span, words}};
  }

  void check_request() {
    const std::string value = given("request");
    const bool wants = answer_.contains("wants_work") && answer_["wants_work"].is_boolean() && answer_["wants_work"].get<bool>();
    if (value.empty()) {
      if (wants) drop("request", "", "no words of the mail were given for it");
      return;
    }
    FoundText found = find(value, true);
    if (found.empty()) return drop_made_up("request", value);
    if (spoken_tokens(reader::Tokens(found.value)).size() < kRequestWords && found.value.size() < 8)
      return drop("request", value, "too little to be a request");
    checked_.request = std::move(found);
    checked_.wants_work = wants;
  }

  void check_name() {
    const std::string value = given("name");
    if (value.empty()) return;
    const bool is_none = value.find_first_of("@/\\0123456789") != std::string::npos || value.size() > limits::kNameBytes;
    if (is_none) return drop("name", value, "it is no name of a person");
    FoundText found = find_name(value);
    if (found.empty()) return drop_made_up("name", value);
    if (own_.is_name(found.value)) return drop("name", value, "it is one of the business's own");
    if (!read_.name.empty()) {
      if (!may_be_same_person(read_.name.value, found.value)) drop("name", value, "the mail reads " + read_.name.value);
      return;
    }
    checked_.name = std::move(found);
  }

  void check_phone() {
    const std::string value = given("phone");
    if (value.empty()) return;
    const auto parsed = parse_phone(value, own_.region());
    if (!parsed) return drop("phone", value, "it is no complete number");
    if (own_.is_phone(parsed->e164)) return drop("phone", value, "it is the business's own");
    for (const FoundPhone& known : read_.phones)
      if (known.phone.e164 == parsed->e164) return;
    for (const auto& seen : reader::find_phone_numbers(words_.text, own_.region()))
      if (seen.value.phone.e164 == parsed->e164) return drop("phone", value, "it is not said to be the writer's");
    std::string digits;
    for (const char byte : value)
      if (is_digit(byte)) digits += byte;
    const auto span = digits.size() < kPhoneDigitsMin ? std::nullopt : place_of_digits(digits, words_.text);
    if (!span) return drop_made_up("phone", value);
    checked_.phone = FoundPhone{*parsed, {words_.place, *span, words_at(*span)}};
  }

  void check_email() {
    const std::string value = given("email");
    if (value.empty()) return;
    const auto parsed = parse_email(value);
    if (!parsed) return drop("email", value, "it is no address");
    if (own_.is_address(parsed->folded)) return drop("email", value, "it is the business's own");
    for (const FoundEmail& known : read_.emails)
      if (known.email.folded == parsed->folded) return;
    for (const auto& seen : reader::find_email_addresses(words_.text))
      if (seen.value.folded == parsed->folded) return drop("email", value, "it is not said to be the writer's");
    const std::string lower = to_lower(words_.text);
    const std::size_t at = lower.find(to_lower(value));
    if (at == std::string::npos || !is_whole(lower, at, at + value.size())) return drop_made_up("email", value);
    const Span span{at, at + value.size()};
    checked_.email = FoundEmail{*parsed, {words_.place, span, words_at(span)}};
  }

  void check_address() {
    const std::string value = given("address");
    if (value.empty()) return;
    if (value.size() > limits::kAddressBytes || value.find('@') != std::string::npos)
      return drop("address", value, "it is no address of a place");
    FoundText found = find(value, true);
    if (found.empty()) return drop_made_up("address", value);
    if (own_.is_place(found.value)) return drop("address", value, "it is the business's own");
    if (!read_.address.empty()) {
      if (!place_of(found.value, read_.address.value) && !place_of(read_.address.value, found.value))
        drop("address", value, "the mail reads " + read_.address.value);
      return;
    }
    checked_.address = std::move(found);
  }

  void check_title() {
    const std::string value = given("title");
    if (value.empty()) return;
    if (value.size() > kTitleBytes || value.find('@') != std::string::npos || value.find("://") != std::string::npos)
      return drop("title", value, "it is no title of a job");
    FoundText found = find(value, true);
    if (found.empty()) return drop_made_up("title", value);
    if (!found.value.empty() && found.value.front() >= 'a' && found.value.front() <= 'z')
      found.value.front() = static_cast<char>(found.value.front() - 'a' + 'A');
    checked_.title = std::move(found);
  }

  void check_urgency() {
    const std::string value = given("urgency");
    if (value.empty()) return;
    FoundText found = find(value, true);
    if (found.empty()) return drop_made_up("urgency", value);
    const std::string_view text = found.source.place == Place::subject ? std::string_view(mail_.subject) : words_.text;
    if (is_denied(text, found.source.span)) return drop("urgency", value, "the words around it say the opposite");
    checked_.urgency = std::move(found);
  }

  const Json& answer_;
  const InboundMail& mail_;
  const OwnWords& words_;
  const Customer& read_;
  const OwnIdentity& own_;
  CheckedAnswer checked_;
};

}  // namespace

std::optional<Span> place_of(std::string_view value, std::string_view text) {
  value = trim(value);
  if (value.empty()) return std::nullopt;
  for (std::size_t at = text.find(value); at != std::string_view::npos; at = text.find(value, at + 1))
    if (is_whole(text, at, at + value.size())) return Span{at, at + value.size()};
  const reader::Tokens wanted(value), there(text);
  const std::vector<std::size_t> needles = spoken_tokens(wanted), stack = spoken_tokens(there);
  if (needles.empty() || needles.size() > stack.size()) return std::nullopt;
  for (std::size_t first = 0; first + needles.size() <= stack.size(); ++first) {
    std::size_t same = 0;
    while (same < needles.size() && wanted.word(needles[same]) == there.word(stack[first + same])) ++same;
    if (same == needles.size()) {
      const Span begin = there[stack[first]].span, end = there[stack[first + same - 1]].span;
      return Span{begin.begin, end.end};
    }
  }
  return std::nullopt;
}

OwnWords own_words(const Material& material, const Customer& read) {
  const std::string& text = material.mail.text;
  if (material.form_is_other_text) return {material.mail.other_text, Place::other_text};
  if (read.writer != Writer::sender) return {text, Place::text};
  OwnWords own{material.letter.fresh, Place::text};
  const std::string& signature = material.letter.signature;
  for (std::size_t at = 0; at < own.text.size() && at < signature.size(); ++at)
    if (own.text[at] == ' ' && signature[at] != ' ') own.text[at] = signature[at];
  return own;
}

std::string words_to_read(const InboundMail& mail, const OwnWords& words) {
  std::string text;
  if (!mail.subject.empty()) text += "Subject: " + printable_line(mail.subject) + "\n";
  if (!mail.from.empty() && !mail.from.front().name.empty()) text += "From: " + printable_line(mail.from.front().name) + "\n";
  bool was_blank = true;
  for (const std::string& line : split(words.text, '\n')) {
    const std::string_view kept = trim(line);
    if (kept.empty() && was_blank) continue;
    text += std::string(kept) + "\n";
    was_blank = kept.empty();
    if (text.size() > limits::kQuarantinedWordsBytes) break;
  }
  return std::string(prefix_utf8(text, limits::kQuarantinedWordsBytes));
}

CheckedAnswer check_answer(const Json& answer, const InboundMail& mail, const OwnWords& words, const Customer& read,
                           const OwnIdentity& own) {
  return Checker(answer, mail, words, read, own).check();
}

void complete(Customer& read, const CheckedAnswer& answer) {
  if (read.name.empty()) read.name = answer.name;
  if (read.address.empty()) read.address = answer.address;
  if (answer.phone && read.phones.empty()) read.phones.push_back(*answer.phone);
  if (answer.email && read.emails.empty()) read.emails.push_back(*answer.email);
  if (!answer.urgency.empty()) read.says_urgent = true;
}

bool is_poor_title(std::string_view title) {
  const reader::Tokens tokens(title);
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (tokens[at].is_word() && is_work_word(tokens.word(at))) return false;
  return true;
}

Json to_json(const CheckedAnswer& answer) {
  Json kept = Json::object();
  const auto put = [&](const char* field, const Source& source) {
    kept[field] = {{"place", name_of(source.place)}, {"begin", source.span.begin}, {"end", source.span.end},
                   {"words", shorten(source.words, limits::kAddressBytes)}};
  };
  for (const auto& [field, found] :
       {std::pair<const char*, const FoundText&>{"request", answer.request}, {"name", answer.name},
        {"address", answer.address}, {"title", answer.title}, {"urgency", answer.urgency}})
    if (!found.empty()) put(field, found.source);
  if (answer.phone) put("phone", answer.phone->source);
  if (answer.email) put("email", answer.email->source);
  Json dropped = Json::array();
  for (const DroppedValue& one : answer.dropped)
    dropped.push_back({{"field", one.field}, {"value", one.value}, {"why", one.why}});
  return Json{{"v", 1}, {"wants_work", answer.wants_work}, {"kept", std::move(kept)}, {"dropped", std::move(dropped)}};
}

}  // namespace deskhand::intake
