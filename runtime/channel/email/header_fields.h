// The header of a mail or of one MIME part: its fields, and their values as types. Broken headers are the rule in old mail:
// whatever can be read is read, nothing here fails.
//
// Thread rule: pure functions; a HeaderFields refers to the bytes it was read from.
// Source: RFC 5322, RFC 2047 (encoded words), RFC 2231 (parameters) by GMime 3.2.
// Bounds: limits::kMailHeaders fields, limits::kMailHeaderBytes of each.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ports/inbound_mail.h"

namespace deskhand::channel::email {

struct HeaderField {
  std::string_view name;  // as written
  std::string_view raw;   // behind the colon, folds included
};

struct HeaderFields {
  std::vector<HeaderField> fields;
  std::string_view body;  // what stands behind the blank line, or behind the last line that can be a header
  // The raw value of the first field of that name (case-blind), "" when there is none.
  std::string_view raw(std::string_view name) const;
  bool has(std::string_view name) const;
};

HeaderFields split_header(std::string_view entity);

// Unfolded, with encoded words read, on one line, at most `bytes_max` bytes.
std::string header_text(std::string_view raw, std::size_t bytes_max);
std::vector<MailAddress> header_addresses(std::string_view raw);
// Every <id> of the value without its brackets; a lone word with "@" counts as well.
std::vector<std::string> header_message_ids(std::string_view raw);
// nullopt: none, no date, or one outside of 1970 to 2200.
std::optional<Instant> header_date(std::string_view raw);

struct ContentType {
  std::string media_type = "text/plain";  // lower case
  std::string charset, boundary, name;
  std::string start;                      // multipart/related: the Content-ID that is shown
  std::string report_type, method, smime_type;
  bool flowed = false, delete_space = false;  // RFC 3676
  bool is(std::string_view type) const { return media_type == type; }
  bool is_kind(std::string_view kind) const { return media_type.size() > kind.size() && media_type.starts_with(kind) && media_type[kind.size()] == '/'; }
};
ContentType content_type(std::string_view raw, std::string_view otherwise);

struct Disposition {
  bool is_attachment = false;
  std::string file_name;
};
Disposition content_disposition(std::string_view raw);

}  // namespace deskhand::channel::email
