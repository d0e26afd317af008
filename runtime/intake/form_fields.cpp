#include "intake/form_fields.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::intake {
namespace {

constexpr std::size_t kLabelBytes = 90;
constexpr std::size_t kValueBytes = 500;  // of a value that is one line
constexpr std::size_t kMessageBytes = 16 * 1024;
constexpr std::size_t kFieldsInLine = 8;

struct LabelAt {
  FieldMeaning meaning = FieldMeaning::other;
  std::string label;
  std::size_t value_begin = 0;  // of the text
  bool is_sure = false;         // a colon or a tab stands behind it
};

bool is_mark(char c) {
  return c == ' ' || c == '\t' || c == '*' || c == '_' || c == '>' || c == '-' || c == '|' || c == '#' || c == '+';
}

std::size_t skip_marks(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end && (is_mark(text[at]) || text.substr(at, 3) == "\xE2\x80\xA2" || text.substr(at, 2) == "\xC2\xB7"))
    at += static_cast<unsigned char>(text[at]) >= 0x80 ? (text[at] == '\xE2' ? 3 : 2) : 1;
  return at;
}

// A picture in the place of a label: "📞 512-555-0142".
std::optional<LabelAt> picture_label(std::string_view text, std::size_t begin, std::size_t end) {
  struct Picture {
    std::string_view bytes;
    FieldMeaning meaning;
  };
  static constexpr Picture kPictures[] = {
      {"👤", FieldMeaning::name},    {"🧑", FieldMeaning::name}, {"🙋", FieldMeaning::name},
      {"📞", FieldMeaning::phone},   {"☎", FieldMeaning::phone},   {"📱", FieldMeaning::phone},
      {"✉", FieldMeaning::email},   {"📧", FieldMeaning::email},   {"📩", FieldMeaning::email},
      {"💉", FieldMeaning::service}, {"🔧", FieldMeaning::service}, {"🛠", FieldMeaning::service},
      {"💇", FieldMeaning::service}, {"💅", FieldMeaning::service}, {"📋", FieldMeaning::service},
      {"💬", FieldMeaning::message}, {"📝", FieldMeaning::message}, {"🗒", FieldMeaning::message},
      {"🏠", FieldMeaning::address}, {"📍", FieldMeaning::address}, {"🕑", FieldMeaning::when},
      {"📅", FieldMeaning::when},    {"⏰", FieldMeaning::when},    {"🗓", FieldMeaning::when}};
  constexpr std::string_view kVariation = "\xEF\xB8\x8F";  // says that the character is a picture
  for (const Picture& picture : kPictures) {
    if (!text.substr(begin, end - begin).starts_with(picture.bytes)) continue;
    std::size_t value = begin + picture.bytes.size();
    if (text.substr(value).starts_with(kVariation)) value += kVariation.size();
    while (value < end && (text[value] == ' ' || text[value] == '\t' || text[value] == ':')) ++value;
    // "📞 Phone: 512-555-0142" has a label of its own behind the picture.
    const std::size_t colon = text.substr(value, end - value).find(':');
    if (colon != std::string_view::npos && meaning_of_label(text.substr(value, colon)) != FieldMeaning::other)
      return std::nullopt;
    return LabelAt{picture.meaning, std::string(picture.bytes), value, true};
  }
  return std::nullopt;
}

// The label that begins at `begin`, when a separator follows it before `end`.
std::optional<LabelAt> label_at(std::string_view text, std::size_t begin, std::size_t end) {
  begin = skip_marks(text, begin, end);
  if (auto picture = picture_label(text, begin, end)) return picture;
  std::size_t best = std::string_view::npos;
  std::size_t separator_size = 1;
  for (std::size_t at = begin; at < std::min(end, begin + kLabelBytes); ++at) {
    const char c = text[at];
    if (c == ':' || c == '\t' || c == '=' || c == '|') {
      const bool is_address = c == ':' && text.substr(at, 3) == "://";
      const bool is_clock = c == ':' && at > begin && text[at - 1] >= '0' && text[at - 1] <= '9';
      if (is_address || is_clock) return std::nullopt;
      best = at;
      break;
    }
    const bool is_dots = text.substr(at, 3) == "..." || text.substr(at, 4) == " .. ";
    const bool is_dash =
        text.substr(at, 3) == " - " || text.substr(at, 5) == " \xE2\x80\x93 " || text.substr(at, 5) == " \xE2\x80\x94 ";
    if (is_dots || is_dash || c == '?') {
      if (c == '?' && at + 1 < end && text[at + 1] == ':') continue;
      best = at;
      separator_size = c == '?' ? 1 : 3;
      break;
    }
  }
  if (best == std::string_view::npos) return std::nullopt;
  LabelAt found;
  found.label = std::string(trim(text.substr(begin, best - begin)));
  while (!found.label.empty() && is_mark(found.label.back())) found.label.pop_back();
  if (found.label.empty()) return std::nullopt;
  found.meaning = meaning_of_label(found.label);
  found.is_sure = text[best] == ':' || text[best] == '\t' || text[best] == '|';
  std::size_t value = best + separator_size;
  while (value < end && (is_mark(text[value]) || text[value] == ':' || text[value] == '.' || text[value] == '=') &&
         !(text[value] == '+' ||
           (text[value] == '-' && value + 1 < end && text[value + 1] != ' ' && text[value + 1] != '-')))
    ++value;
  found.value_begin = value;
  if (found.meaning == FieldMeaning::other && !found.is_sure) return std::nullopt;
  if (found.meaning == FieldMeaning::other && std::count(found.label.begin(), found.label.end(), ' ') > 7)
    return std::nullopt;
  return found;
}

// Where another known label begins inside a value: "Ana Ruiz | Phone: 512-555-0142", "Ana Ruiz, Phone: …", "Ana Ruiz
// Phone: …".
std::size_t next_label_in(std::string_view text, std::size_t begin, std::size_t end, std::size_t& label_begin) {
  for (std::size_t at = begin; at < end; ++at) {
    const bool is_break = text[at] == '|' || text[at] == ';' || text[at] == ',' || text[at] == '\t' ||
                          text[at] == '/' || text.substr(at, 2) == "  ";
    if (!is_break) continue;
    std::size_t next = skip_marks(text, at + 1, end);
    const auto label = label_at(text, next, end);
    if (label && label->meaning != FieldMeaning::other && label->value_begin > next) {
      label_begin = next;
      return at;
    }
  }
  return end;
}

bool is_long(FieldMeaning meaning) { return meaning == FieldMeaning::message; }

// Lines that close a notice: what stands behind them is the service's, not the customer's.
bool is_footer(std::string_view line) {
  static const RE2 footer(
      R"((?i)^\W*(?:this (?:e-?mail|message|form|notification|enquiry|inquiry|lead)? ?(?:was|is|has been) (?:sent|submitted|generated|delivered|received)|this is an? (?:automat\w+ )?(?:notification|message|e-?mail|notice)|sent (?:from|via|by|on) |submitted (?:from|via|on|at)|you (?:are receiving|received|can reply|may reply|can respond)|to (?:reply|respond|view|manage|unsubscribe|stop)|reply (?:to this|directly|above|now|here)|view (?:this|the|your|lead|in|details|full|request|message|on)|respond (?:to|now|quickly)|unsubscribe|manage (?:your|notifications)|click (?:here|below)|log ?in |do not reply|please do not reply|powered by|©|copyright|all rights reserved|https?://\S+$|diese (?:e-?mail|nachricht|anfrage) wurde|antworten sie|benachrichtigungen|cet? (?:e-?mail|message) (?:a été|est)|répond(?:ez|re)|se désabonner|responda|este (?:mensaje|correo) (?:fue|se ha|ha sido) enviado|-{2,}$|_{3,}$|={3,}$|\*{3,}$|page url|entry url|map it\W*$|view (?:on )?map|get directions|user agent|remote ip|open (?:the )?app|tip:|pro tip|call (?:now|the customer)|get in touch))");
  const std::string_view start = line.substr(0, 200);
  return RE2::PartialMatch(re2::StringPiece(start.data(), start.size()), footer);
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), lines_(lines_of(text)) {}

  FormFields read() {
    for (std::size_t at = 0; at < lines_.size() && result_.fields.size() < kFields;) at = read_line(at);
    return std::move(result_);
  }

 private:
  // A label alone on its line, known for sure: "Phone", "Phone:", "** Phone **".
  std::optional<LabelAt> lone_label(std::size_t index) const {
    const Line& line = lines_[index];
    if (line.is_blank() || line.text.size() > kLabelBytes) return std::nullopt;
    const std::size_t begin = skip_marks(text_, line.begin, line.end);
    std::string_view words = trim(text_.substr(begin, line.end - begin));
    while (!words.empty() && (is_mark(words.back()) || words.back() == ':' || words.back() == '?'))
      words.remove_suffix(1);
    if (words.find(':') != std::string_view::npos) return std::nullopt;  // the value stands behind it
    FieldMeaning meaning = meaning_of_label(words);
    if (meaning == FieldMeaning::other && trim(line.text).ends_with('?')) meaning = meaning_of_asked(words);
    if (meaning == FieldMeaning::other) return std::nullopt;
    return LabelAt{meaning, std::string(words), line.end, line.text.ends_with(':')};
  }
  std::optional<LabelAt> label_of(std::size_t index) const {
    if (auto lone = lone_label(index)) return lone;
    return label_at(text_, lines_[index].begin, lines_[index].end);
  }
  bool is_known_label(std::size_t index) const {
    const auto label = label_of(index);
    return label && label->meaning != FieldMeaning::other;
  }
  bool begins_field(std::size_t index) const {
    const auto label = label_of(index);
    return label && (label->meaning != FieldMeaning::other ||
                     (label->is_sure && label->label.size() < 30 && label->value_begin < lines_[index].end));
  }

  std::size_t read_line(std::size_t at) {
    const Line& line = lines_[at];
    if (line.is_blank()) return at + 1;
    static const RE2 offer_of_help(
        R"((?i)^\W*(?:questions|need help|trouble)\?\s*(?:please )?(?:call|e-?mail|contact|visit|reply|see|write|reach|text)\b)");
    if (RE2::PartialMatch(re2::StringPiece(line.text.data(), line.text.size()), offer_of_help)) return at + 1;
    const auto label = label_of(at);
    if (!label) return at + 1;
    const bool has_value =
        label->value_begin < line.end && !trim(text_.substr(label->value_begin, line.end - label->value_begin)).empty();
    if (!has_value) return label->meaning == FieldMeaning::other ? at + 1 : read_below(at, *label);
    if (is_long(label->meaning)) return read_message(at, *label, label->value_begin);
    read_values(*label, label->value_begin, line.end);
    return at + 1;
  }

  // One value or several fields on the rest of a line.
  void read_values(LabelAt label, std::size_t begin, std::size_t end) {
    for (std::size_t count = 0; count < kFieldsInLine && begin < end; ++count) {
      std::size_t label_begin = end;
      const std::size_t stop = next_label_in(text_, begin, end, label_begin);
      add(label, begin, stop);
      if (stop == end) return;
      const auto next = label_at(text_, label_begin, end);
      if (!next) return;
      label = *next;
      begin = next->value_begin;
    }
  }

  // The value stands on the lines below.
  std::size_t read_below(std::size_t at, const LabelAt& label) {
    std::size_t next = at + 1;
    while (next < lines_.size() && next <= at + 2 && lines_[next].is_blank()) ++next;
    if (next >= lines_.size() || lines_[next].is_blank() || begins_field(next)) return at + 1;
    if (is_long(label.meaning)) return read_message(next, label, lines_[next].begin);
    std::size_t end = next + 1;
    // An address may have a second and a third line.
    if (label.meaning == FieldMeaning::address)
      while (end < lines_.size() && end < next + 4 && !lines_[end].is_blank() && !begins_field(end) &&
             !is_footer(lines_[end].text))
        ++end;
    add(label, lines_[next].begin, lines_[end - 1].end);
    return end;
  }

  std::size_t read_message(std::size_t at, const LabelAt& label, std::size_t begin) {
    std::size_t end = at + 1, last = at;
    // The answer to a question ends where the next one is asked.
    const bool is_answer = begin == lines_[at].begin && is_question(label.label);
    for (; end < lines_.size(); ++end) {
      if (lines_[end].is_blank()) continue;
      if (is_known_label(end) || is_footer(lines_[end].text)) break;
      const std::string_view line = trim(lines_[end].text);
      const bool asks = line.find("? (") != std::string_view::npos || line.ends_with('?');
      constexpr std::size_t kShortAnswerBytes = 30;
      const bool is_answered = end + 1 < lines_.size() && !lines_[end + 1].is_blank() && lines_[end + 1].text.size() <= kShortAnswerBytes;
      if (is_answer && asks && (lines_[end - 1].is_blank() || is_answered)) break;
      last = end;
    }
    add(label, begin, std::min(lines_[last].end, begin + kMessageBytes));
    return std::max(at + 1, last + 1);
  }

  void add(const LabelAt& label, std::size_t begin, std::size_t end) {
    while (begin < end && (text_[begin] == ' ' || text_[begin] == '\t' || text_[begin] == '*')) ++begin;
    while (end > begin && std::string_view(" \t\n\r*|,").find(text_[end - 1]) != std::string_view::npos) --end;
    if (begin >= end || result_.fields.size() >= kFields) return;
    FormField field;
    field.meaning = label.meaning;
    field.label = label.label;
    field.is_question = is_question(label.label);
    field.span = {begin, end};
    const std::string_view written = text_.substr(begin, end - begin);
    field.value = is_long(label.meaning) ? std::string(prefix_utf8(compact(written), kMessageBytes))
                                         : squeeze(prefix_utf8(written, kValueBytes));
    const bool is_bare_answer = equal_ignoring_case(field.value, "no") || equal_ignoring_case(field.value, "yes");
    if (says_nothing(field.value) || (is_bare_answer && label.meaning == FieldMeaning::name)) return;
    result_.fields.push_back(std::move(field));
  }

  static bool says_nothing(std::string_view value) {
    const std::string folded = to_lower(value);
    return folded == "n/a" || folded == "na" || folded == "none" || folded == "-" || folded == "--" ||
           folded == "null" || folded == "(none)" || folded == "not provided" || folded == "not given" ||
           folded == "(not provided)" || folded == "unknown" || folded == "undefined" || folded == "(not answered)" ||
           folded == "not answered" || folded == "not specified" || folded == "(empty)" || folded == "(blank)";
  }

  std::string_view text_;
  std::vector<Line> lines_;
  FormFields result_;
};

}  // namespace

const FormField* FormFields::first(FieldMeaning meaning) const {
  for (const FormField& field : fields)
    if (field.meaning == meaning) return &field;
  return nullptr;
}

bool FormFields::is_form() const {
  const bool names = has(FieldMeaning::name) || has(FieldMeaning::first_name) || has(FieldMeaning::last_name);
  const bool reaches = has(FieldMeaning::phone) || has(FieldMeaning::email) || has(FieldMeaning::relay);
  // A question that somebody asks in a letter is no label.
  const bool asks = std::any_of(fields.begin(), fields.end(), [](const FormField& field) {
    return (field.meaning == FieldMeaning::message || field.meaning == FieldMeaning::service) && !field.is_question;
  });
  const bool places =
      has(FieldMeaning::address) || has(FieldMeaning::street) || has(FieldMeaning::postcode) || has(FieldMeaning::city);
  if (names && (reaches || asks || places)) return true;
  return reaches && asks;
}

namespace {

// A copy of what a form posted, as JSON: its keys are the labels, wherever they stand.
void add_leaves(const Json& value, const std::string& key, std::string_view text, int depth, FormFields& form) {
  constexpr int kLevels = 6;
  if (depth > kLevels || form.fields.size() >= kFields) return;
  if (value.is_object() || value.is_array()) {
    for (const auto& [name, inner] : value.items())
      add_leaves(inner, value.is_object() ? name : key, text, depth + 1, form);
    return;
  }
  if (!value.is_string() && !value.is_number()) return;
  FormField field;
  field.meaning = meaning_of_label(key);
  field.label = key;
  field.value = value.is_string() ? value.get<std::string>() : to_text(value);
  field.value = field.meaning == FieldMeaning::message ? std::string(prefix_utf8(compact(field.value), kMessageBytes))
                                                       : squeeze(prefix_utf8(field.value, kValueBytes));
  if (field.value.empty()) return;
  if (const std::size_t begin = text.find(field.value); begin != std::string_view::npos)
    field.span = {begin, begin + field.value.size()};
  form.fields.push_back(std::move(field));
}

std::optional<FormFields> read_json_form(std::string_view text) {
  const std::string_view bare = trim(text);
  if (!bare.starts_with('{') || !bare.ends_with('}')) return std::nullopt;
  const auto json = parse_json(bare, limits::kBodyBytes);
  if (!json) return std::nullopt;
  FormFields form;
  add_leaves(*json, "", text, 0, form);
  return form;
}

// "From: Ana Ruiz <ana@ruiz.example>" above "Message Body:", as a well-known form plug-in writes.
void add_from_line(std::string_view text, FormFields& form) {
  if (form.has(FieldMeaning::name) || form.has(FieldMeaning::first_name)) return;
  static const RE2 from(R"((?mi)^\s*(?:from|von|de)\s*:\s*([^<\n@]{2,80})[ <]<?([^<>@\s]+@[^<>@\s]+))");
  // "FROM: Mrs. Ana Ruiz" beside a number to call, as people write who answer telephones.
  static const RE2 caller(R"((?mi)^\s*(?:from|caller|von|de)\s*:\s*(\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){1,3})\s*$)");
  re2::StringPiece name, email;
  if (form.has(FieldMeaning::phone) && RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), caller, &name)) {
    const auto at = static_cast<std::size_t>(name.data() - text.data());
    form.fields.push_back({FieldMeaning::name, "From", std::string(name), {at, at + name.size()}});
    return;
  }
  if (!form.has(FieldMeaning::message) || !RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), from, &name, &email)) return;
  const auto begin = static_cast<std::size_t>(name.data() - text.data());
  const auto end = static_cast<std::size_t>(email.data() - text.data()) + email.size();
  form.fields.push_back({FieldMeaning::name, "From", std::string(name) + " <" + std::string(email) + ">", {begin, end}});
}

}  // namespace

FormFields read_form_fields(std::string_view text) {
  const std::string_view start = text.substr(0, limits::kBodyBytes);
  if (auto json = read_json_form(start)) return std::move(*json);
  FormFields form = Reader(start).read();
  add_from_line(start, form);
  return form;
}

}  // namespace deskhand::intake
