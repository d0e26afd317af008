// Reading a server's JSON, which may hold anything.
#include <algorithm>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "model/wire_answer.h"

namespace deskhand::model {
namespace {

constexpr std::size_t kVendorWordsBytes = 300;
constexpr std::int64_t kCountMax = 1'000'000'000;

// The four hexadecimal digits of an escape at `at` (the backslash), -1 when it is none.
int escape_at(std::string_view text, std::size_t at) {
  if (text.size() < at + 6 || text[at] != '\\' || text[at + 1] != 'u') return -1;
  int value = 0;
  for (std::size_t digit = at + 2; digit < at + 6; ++digit) {
    const char letter = text[digit];
    const int part = letter >= '0' && letter <= '9' ? letter - '0' : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : letter >= 'A' && letter <= 'F' ? letter - 'A' + 10 : -1;
    if (part < 0) return -1;
    value = value * 16 + part;
  }
  return value;
}

// Halves of surrogate pairs that stand alone: a server cut a character in two.
std::string with_whole_surrogates(std::string_view text) {
  std::string whole;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '\\' || at + 1 >= text.size()) {
      whole += text[at++];
      continue;
    }
    const int value = escape_at(text, at);
    if (value < 0xD800 || value > 0xDFFF) {
      whole += text.substr(at, 2);  // a backslash and what it escapes, so that "\\u" is not taken for an escape
      at += 2;
      continue;
    }
    const int next = value < 0xDC00 ? escape_at(text, at + 6) : -1;
    const bool is_pair = next >= 0xDC00 && next <= 0xDFFF;
    whole += is_pair ? text.substr(at, 12) : std::string_view("\\ufffd");
    at += is_pair ? 12 : 6;
  }
  return whole;
}

std::string words_of(const Json& value) {
  if (value.is_string()) return shorten(printable_line(value.get_ref<const std::string&>()), kVendorWordsBytes);
  if (value.is_number_integer()) return value.dump();
  return {};
}

}  // namespace

Result<Json> parse_server_json(std::string_view text, std::size_t bytes_max) {
  if (text.size() > bytes_max) return make_error(Code::limit_exceeded, "The JSON is too long.");
  auto parsed = is_utf8(text) ? parse_json(text, bytes_max) : parse_json(to_utf8(text), bytes_max * 3);
  if (parsed || text.find("\\u") == std::string_view::npos) return parsed;
  return parse_json(with_whole_surrogates(to_utf8(text)), bytes_max * 3);
}

const Json& member(const Json& object, std::string_view key) {
  static const Json kNothing;
  if (!object.is_object()) return kNothing;
  const auto found = object.find(std::string(key));
  return found == object.end() ? kNothing : *found;
}

std::string_view text_member(const Json& object, std::string_view key) {
  const Json& value = member(object, key);
  return value.is_string() ? std::string_view(value.get_ref<const std::string&>()) : std::string_view();
}

std::int64_t count_member(const Json& object, std::string_view key) {
  const Json& value = member(object, key);
  if (value.is_number_unsigned()) return static_cast<std::int64_t>(std::min<std::uint64_t>(value.get<std::uint64_t>(), kCountMax));
  if (value.is_number_integer()) return std::clamp<std::int64_t>(value.get<std::int64_t>(), 0, kCountMax);
  return 0;
}

VendorWords vendor_words(const Json& body) {
  const Json& error = body.is_array() && !body.empty() ? member(body.front(), "error") : member(body, "error");
  if (error.is_object()) return {words_of(member(error, "message")), words_of(member(error, "type")), words_of(member(error, "code"))};
  if (error.is_string()) return {words_of(error), words_of(member(body, "type")), words_of(member(body, "code"))};
  const std::string message = words_of(member(body, "message"));
  return {message.empty() ? words_of(member(body, "detail")) : message, words_of(member(body, "type")), words_of(member(body, "code"))};
}

WireFailure not_understood(std::string detail) {
  return {make_error(Code::unavailable, "gave an answer that could not be understood", std::move(detail)), true, {}};
}

}  // namespace deskhand::model
