#include "schema/format.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/email.h"
#include "base/ids.h"
#include "base/text.h"
#include "base/utf8.h"
#include "schema/pattern.h"
#include "schema/time_format.h"
#include "schema/uri.h"
#include "schema/value.h"

namespace deskhand::schema {
namespace {

bool is_letter_or_digit(char character) {
  return is_digit(character) || ((character | 0x20) >= 'a' && (character | 0x20) <= 'z');
}

// RFC 1123 section 2.1: up to 63 letters, digits and hyphens between dots, none at the edge of a label.
bool is_hostname(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  const std::vector<std::string> labels = split(text, '.');
  return std::all_of(labels.begin(), labels.end(), [](const std::string& label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
  });
}

// Of RFC 5892 the code points that are refused one by one (section 2.6); its tables of whole scripts are left out.
bool is_refused_in_hostname(char32_t character) {
  constexpr std::array<char32_t, 10> kRefused{0x640,  0x7FA,  0x302E, 0x302F, 0x3031,
                                              0x3032, 0x3033, 0x3034, 0x3035, 0x303B};
  return character < 0xA0 || is_space(character) ||
         std::find(kRefused.begin(), kRefused.end(), character) != kRefused.end();
}

bool is_idn_label(std::string_view label) {
  if (label.empty() || label.front() == '-' || label.back() == '-') return false;
  // As "xn--" and at least one letter for each character it must still be at most 63 long.
  bool has_other_script = false;
  for (std::size_t at = 0; at < label.size();) {
    const CodePoint point = decode_utf8(label, at);
    if (!point.valid) return false;
    if (point.value < 0x80) {
      if (!is_letter_or_digit(label[at]) && label[at] != '-') return false;
    } else {
      has_other_script = true;
      if (is_refused_in_hostname(point.value)) return false;
    }
    at += point.bytes;
  }
  return count_characters(label) <= (has_other_script ? 59u : 63u);
}

bool is_idn_hostname(std::string_view text) {
  if (text.empty() || text.size() > 1000) return false;
  const std::vector<std::string> labels = split(text, '.');
  return std::all_of(labels.begin(), labels.end(), is_idn_label);
}

bool is_idn_email(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || !is_utf8(text)) return false;
  const std::string_view local = text.substr(0, at);
  constexpr std::string_view kRefused = "()<>[]:;@\\,\"";
  const bool plain = std::all_of(local.begin(), local.end(), [&](char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte > 0x20 && byte != 0x7F && kRefused.find(character) == std::string_view::npos;
  });
  return plain && local.front() != '.' && local.back() != '.' && local.find("..") == std::string_view::npos &&
         is_idn_hostname(text.substr(at + 1));
}

template <int kFamily, class Address>
bool is_address(std::string_view text) {
  Address address;
  // A NUL inside would end the text early for the system's reader.
  return text.size() < INET6_ADDRSTRLEN && text.find('\0') == std::string_view::npos &&
         inet_pton(kFamily, std::string(text).c_str(), &address) == 1;
}

bool is_json_pointer(std::string_view text) {
  if (!text.empty() && text.front() != '/') return false;
  for (std::size_t at = text.find('~'); at != std::string_view::npos; at = text.find('~', at + 1)) {
    if (at + 1 >= text.size() || (text[at + 1] != '0' && text[at + 1] != '1')) return false;
  }
  return true;
}

bool is_relative_json_pointer(std::string_view text) {
  const auto digits = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
  if (digits == 0 || (digits > 1 && text.front() == '0')) return false;
  return text.substr(digits) == "#" || is_json_pointer(text.substr(digits));
}

// One variable of RFC 6570: a name with an optional "*" or ":" and up to four digits.
bool is_template_variable(std::string_view text) {
  if (!text.empty() && text.back() == '*') text.remove_suffix(1);
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    const std::string_view length = text.substr(colon + 1);
    if (length.empty() || length.size() > 4 || length.front() == '0' ||
        !std::all_of(length.begin(), length.end(), is_digit)) {
      return false;
    }
    text = text.substr(0, colon);
  }
  return !text.empty() && text.front() != '.' && text.back() != '.' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '_' || c == '.' || c == '%'; });
}

bool is_template_expression(std::string_view text) {
  if (!text.empty() && std::string_view("+#./;?&").find(text.front()) != std::string_view::npos) text.remove_prefix(1);
  const std::vector<std::string> variables = split(text, ',');
  return std::all_of(variables.begin(), variables.end(), is_template_variable);
}

bool is_uri_template(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char character = text[at];
    if (static_cast<unsigned char>(character) <= 0x20 ||
        std::string_view("\"'<>\\^`|}").find(character) != std::string_view::npos) {
      return false;
    }
    if (character != '{') continue;
    const std::size_t close = text.find('}', at);
    if (close == std::string_view::npos || !is_template_expression(text.substr(at + 1, close - at - 1))) return false;
    at = close;
  }
  return true;
}

// Looking around and references back are regular expressions too, though RE2 can not run them.
bool is_regex(std::string_view text) { return translate_pattern(text).has_value(); }

struct Row {
  Format format;
  std::string_view name, description;
  bool (*fits)(std::string_view);
};

constexpr std::array<Row, 19> kRows{{
    {Format::date, "date", "a date like 2026-03-01", is_date},
    {Format::date_time, "date-time", "a date and time with its offset like 2026-03-01T14:30:00Z", is_date_time},
    {Format::duration, "duration", "a duration like P3D or PT30M", is_duration},
    {Format::email, "email", "an e-mail address like ana@example.com",
     [](std::string_view text) { return parse_email(text).has_value(); }},
    {Format::hostname, "hostname", "a host name like www.example.com", is_hostname},
    {Format::idn_email, "idn-email", "an e-mail address like ana@example.com", is_idn_email},
    {Format::idn_hostname, "idn-hostname", "a host name like www.example.com", is_idn_hostname},
    {Format::ipv4, "ipv4", "an IPv4 address like 192.0.2.1", is_address<AF_INET, in_addr>},
    {Format::ipv6, "ipv6", "an IPv6 address like 2001:db8::1", is_address<AF_INET6, in6_addr>},
    {Format::iri, "iri", "a web address like https://example.com/page",
     [](std::string_view text) { return is_uri(text, Letters::any_script); }},
    {Format::iri_reference, "iri-reference", "a web address or a part of one",
     [](std::string_view text) { return is_uri_reference(text, Letters::any_script); }},
    {Format::json_pointer, "json-pointer", "a JSON pointer like /contacts/0", is_json_pointer},
    {Format::regex, "regex", "a regular expression", is_regex},
    {Format::relative_json_pointer, "relative-json-pointer", "a relative JSON pointer like 1/name",
     is_relative_json_pointer},
    {Format::time, "time", "a time with its offset like 14:30:00Z", is_time},
    {Format::uri, "uri", "a web address like https://example.com/page",
     [](std::string_view text) { return is_uri(text, Letters::ascii); }},
    {Format::uri_reference, "uri-reference", "a web address or a part of one",
     [](std::string_view text) { return is_uri_reference(text, Letters::ascii); }},
    {Format::uri_template, "uri-template", "a web address with places to fill like /contacts/{id}", is_uri_template},
    {Format::uuid, "uuid", "a UUID like 0192f0c1-7a2b-7c3d-8e4f-5a6b7c8d9e0f", is_uuid},
}};

const Row* row_of(Format format) {
  const auto found =
      std::find_if(kRows.begin(), kRows.end(), [format](const Row& row) { return row.format == format; });
  return found == kRows.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Format> parse_format(std::string_view name) {
  const auto found = std::find_if(kRows.begin(), kRows.end(), [name](const Row& row) { return row.name == name; });
  return found == kRows.end() ? std::nullopt : std::optional(found->format);
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const Row& row : kRows) names.emplace_back(row.name);
  return names;
}

std::string_view description_of(Format format) {
  const Row* row = row_of(format);
  return row == nullptr ? std::string_view("any text") : row->description;
}

bool fits_format(Format format, std::string_view text) {
  const Row* row = row_of(format);
  return row == nullptr || row->fits(text);
}

bool is_base64(std::string_view text) {
  if (text.size() % 4 != 0) return false;
  for (int count = 0; count < 2 && !text.empty() && text.back() == '='; ++count) text.remove_suffix(1);
  return std::all_of(text.begin(), text.end(), [](char c) { return is_letter_or_digit(c) || c == '+' || c == '/'; });
}

std::string decode_base64(std::string_view text) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string decoded;
  std::uint32_t bits = 0;
  int bit_count = 0;
  for (const char character : text) {
    if (character == '=') break;
    bits = (bits << 6) | static_cast<std::uint32_t>(kAlphabet.find(character));
    bit_count += 6;
    if (bit_count >= 8) {
      bit_count -= 8;
      decoded += static_cast<char>((bits >> bit_count) & 0xFF);
    }
  }
  return decoded;
}

}  // namespace deskhand::schema
