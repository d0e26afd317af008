// The parts of a MIME message, as views into its raw bytes: nothing is copied or decoded until it is asked for, so that a mail of
// 25 MB costs 25 MB. The boundaries are looked for here and not by GMime's parser, which reads headers of nested mails without a
// bound (docs/adr/0008-mail-intake.md); what a header means and how a body is encoded is GMime's.
//
// Thread rule: value types; a MimePart refers to the bytes it was read from.
// Source: RFC 2045, RFC 2046 section 5.1. Bounds: limits::kMailDepth, limits::kMailParts; what lies deeper or later is one opaque part.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "channel/email/header_fields.h"

namespace deskhand::channel::email {

struct MimePart {
  HeaderFields header;  // header.body is the content, still encoded
  ContentType type;
  Disposition disposition;
  std::vector<MimePart> children;  // of a multipart, and the one mail inside a message/rfc822
  bool is_opaque = false;          // a bound was reached: not looked into
  std::string file_name() const { return disposition.file_name.empty() ? type.name : disposition.file_name; }
};

MimePart read_parts(std::string_view raw);

// The content with its transfer encoding undone, at most `bytes_max` bytes of it.
std::string decoded_content(const MimePart& part, std::size_t bytes_max);

}  // namespace deskhand::channel::email
