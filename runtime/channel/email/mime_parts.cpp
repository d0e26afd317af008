#include "channel/email/mime_parts.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/limits.h"
#include "base/text.h"
#include "channel/email/gmime_library.h"

namespace deskhand::channel::email {
namespace {

constexpr std::size_t kBoundaryBytes = 1000;  // RFC 2046 allows 70
constexpr std::size_t kScansMax = 10;         // how often the whole of a mail is looked through
constexpr std::size_t kScanBytes = 1024 * 1024;
constexpr std::size_t kGuessBytes = 4096;     // where a boundary that the header does not tell is looked for

// What one mail may cost: a hundred layers of 25 MB would be looked through a hundred times.
struct Reading {
  std::size_t parts = 0;
  std::size_t bytes_left = 0;  // that may still be looked through for boundaries
};

struct Delimiter {
  std::size_t begin = 0, end = 0;  // of its whole line
  bool closes = false;
};

// Where the line that begins with `mark` begins, at or after the line start `from`. memmem does not slow down on marks that
// nearly match, as a search character by character would.
std::size_t find_line(std::string_view bytes, const std::string& mark, std::size_t from) {
  if (bytes.substr(from).starts_with(mark)) return from;
  const std::string needle = "\n" + mark;
  const void* const found = memmem(bytes.data() + from, bytes.size() - from, needle.data(), needle.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data()) + 1;
}

// The next line at or after `from` that is "--boundary", white space behind it allowed, or its closing form.
std::optional<Delimiter> next_delimiter(std::string_view bytes, const std::string& mark, std::size_t from) {
  for (std::size_t at = find_line(bytes, mark, from); at != std::string_view::npos; at = find_line(bytes, mark, at + 1)) {
    std::size_t end = at + mark.size();
    const bool closes = bytes.substr(end, 2) == "--";
    if (closes) end += 2;
    while (end < bytes.size() && (bytes[end] == ' ' || bytes[end] == '\t' || bytes[end] == '\r')) ++end;
    if (end < bytes.size() && bytes[end] != '\n') {
      if (!closes) continue;
      end = bytes.find('\n', end);  // words behind a closing boundary are nobody's
      if (end == std::string_view::npos) end = bytes.size();
    }
    return Delimiter{at, std::min(end + 1, bytes.size()), closes};
  }
  return std::nullopt;
}

// A multipart whose header lost its boundary: the first line that looks like one.
std::string guess_boundary(std::string_view body) {
  const std::string_view start = body.substr(0, kGuessBytes);
  for (std::size_t at = 0; at < start.size();) {
    const std::size_t end = std::min(start.find('\n', at), start.size());
    const std::string_view line = trim(start.substr(at, end - at));
    if (line.size() > 4 && line.starts_with("--") && line.find(' ') == std::string_view::npos) return std::string(line.substr(2));
    at = end + 1;
  }
  return {};
}

MimePart read_entity(std::string_view bytes, std::string_view default_type, std::size_t depth, Reading& reading);

void read_children(MimePart& part, std::size_t depth, Reading& reading) {
  std::string boundary = part.type.boundary;
  while (boundary.ends_with(' ')) boundary.pop_back();
  const std::string_view body = part.header.body;
  if (boundary.empty() || boundary.size() > kBoundaryBytes) boundary = guess_boundary(body);
  if (boundary.empty()) return;
  part.is_opaque = body.size() > reading.bytes_left;
  if (part.is_opaque) return;
  reading.bytes_left -= body.size();
  const std::string mark = "--" + boundary;
  const std::string_view default_type = part.type.is("multipart/digest") ? "message/rfc822" : "text/plain";
  std::optional<Delimiter> open = next_delimiter(body, mark, 0);
  while (open && !open->closes) {
    const std::optional<Delimiter> next = next_delimiter(body, mark, open->end);
    const std::size_t end = next ? next->begin : body.size();
    std::string_view content = body.substr(open->end, end - open->end);
    if (next && content.ends_with('\n')) content.remove_suffix(1);  // this line end belongs to the delimiter
    if (next && content.ends_with('\r')) content.remove_suffix(1);
    if (reading.parts >= limits::kMailParts) {
      part.is_opaque = true;
      return;
    }
    part.children.push_back(read_entity(content, default_type, depth + 1, reading));
    open = next;
  }
}

MimePart read_entity(std::string_view bytes, std::string_view default_type, std::size_t depth, Reading& reading) {
  ++reading.parts;
  MimePart part;
  part.header = split_header(bytes);
  part.type = content_type(part.header.raw("Content-Type"), default_type);
  part.disposition = content_disposition(part.header.raw("Content-Disposition"));
  const bool has_parts = part.type.is_kind("multipart");
  // RFC 2046 5.2.1 forbids encoding a mail inside a mail; a program that does it anyway leaves it unread here.
  const std::string encoding = to_lower(trim(part.header.raw("Content-Transfer-Encoding").substr(0, 64)));
  const bool is_mail = (part.type.is("message/rfc822") || part.type.is("message/global")) && encoding != "base64" && encoding != "quoted-printable";
  if (!has_parts && !is_mail) return part;
  if (depth >= limits::kMailDepth || reading.parts >= limits::kMailParts) {
    part.is_opaque = true;
  } else if (has_parts) {
    read_children(part, depth, reading);
  } else {
    part.children.push_back(read_entity(part.header.body, "text/plain", depth + 1, reading));
  }
  return part;
}

GMimeContentEncoding encoding_of(std::string_view raw) {
  const std::string name(trim(raw.substr(0, 64)));
  return g_mime_content_encoding_from_string(name.c_str());
}

// GMime's decoder begins at the first encoded line.
std::string_view behind_begin_line(std::string_view content) {
  const std::size_t begin = content.starts_with("begin ") ? 0 : content.find("\nbegin ");
  const std::size_t end = begin == std::string_view::npos ? begin : content.find('\n', begin + 1);
  return end == std::string_view::npos ? content : content.substr(end + 1);
}

}  // namespace

MimePart read_parts(std::string_view raw) {
  start_gmime();
  Reading reading;
  reading.bytes_left = raw.size() * kScansMax + kScanBytes;
  return read_entity(raw, "text/plain", 0, reading);
}

std::string decoded_content(const MimePart& part, std::size_t bytes_max) {
  start_gmime();
  std::string_view content = part.header.body;
  const GMimeContentEncoding encoding = encoding_of(part.header.raw("Content-Transfer-Encoding"));
  const bool is_encoded = encoding == GMIME_CONTENT_ENCODING_BASE64 || encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE ||
                          encoding == GMIME_CONTENT_ENCODING_UUENCODE;
  if (!is_encoded) return std::string(content.substr(0, bytes_max));
  if (encoding == GMIME_CONTENT_ENCODING_UUENCODE) content = behind_begin_line(content);
  GMimeEncoding decoder;
  g_mime_encoding_init_decode(&decoder, encoding);
  // Made as large as it will be at once: a string that grows holds its content twice for a moment.
  const std::size_t decoded_max = encoding == GMIME_CONTENT_ENCODING_BASE64 ? content.size() / 4 * 3 + 3 : content.size();
  std::string decoded;
  decoded.reserve(std::min(decoded_max, bytes_max));
  std::array<char, 16 * 1024> chunk;
  for (std::size_t at = 0; at < content.size() && decoded.size() < bytes_max; at += 8 * 1024) {
    const std::string_view piece = content.substr(at, 8 * 1024);
    // Decoding makes nothing longer but what an earlier piece left undecided, a few bytes; the chunk has room for twice the piece.
    const std::size_t size = g_mime_encoding_step(&decoder, piece.data(), piece.size(), chunk.data());
    decoded.append(chunk.data(), std::min(size, bytes_max - decoded.size()));
  }
  return decoded;
}

}  // namespace deskhand::channel::email
