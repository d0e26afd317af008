// The values of "format" that are checked. A name that is not here is a remark for the reader, as draft-07 has it.
//
// Thread rule: pure functions.
// Source: JSON Schema Validation draft-07 section 7.3 and the RFCs it names; "uuid" and "duration" from draft 2019-09.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deskhand::schema {

enum class Format : std::uint8_t {
  none,
  date,
  date_time,
  duration,
  email,
  hostname,
  idn_email,
  idn_hostname,
  ipv4,
  ipv6,
  iri,
  iri_reference,
  json_pointer,
  regex,
  relative_json_pointer,
  time,
  uri,
  uri_reference,
  uri_template,
  uuid
};

std::optional<Format> parse_format(std::string_view name);
std::vector<std::string> format_names();
// What it asks for, with an example: "a date like 2026-03-01".
std::string_view description_of(Format format);
bool fits_format(Format format, std::string_view text);

bool is_base64(std::string_view text);
std::string decode_base64(std::string_view text);  // of text that is_base64 said yes to

}  // namespace deskhand::schema
