#include "schema/uri.h"

#include <arpa/inet.h>

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"

namespace deskhand::schema {
namespace {

bool is_hexadecimal(char character) {
  return is_digit(character) || ((character | 0x20) >= 'a' && (character | 0x20) <= 'f');
}
int hexadecimal_value(char character) { return is_digit(character) ? character - '0' : (character | 0x20) - 'a' + 10; }

constexpr std::string_view kUnreservedMarks = "-._~";
constexpr std::string_view kSubDelimiters = "!$&'()*+,;=";

// Every character is unreserved, a sub-delimiter, one of `more`, percent-encoded, or of another script when that is
// allowed.
bool has_only(std::string_view text, std::string_view more, Letters letters) {
  for (std::size_t at = 0; at < text.size();) {
    const char character = text[at];
    if (static_cast<unsigned char>(character) >= 0x80) {
      const CodePoint point = decode_utf8(text, at);
      const bool is_control = point.value < 0xA0;
      const bool is_private = point.value >= 0xE000 && point.value <= 0xF8FF;
      if (letters == Letters::ascii || !point.valid || is_control || is_private) return false;
      at += point.bytes;
      continue;
    }
    if (character == '%') {
      if (at + 2 >= text.size() || !is_hexadecimal(text[at + 1]) || !is_hexadecimal(text[at + 2])) return false;
      at += 3;
      continue;
    }
    const bool allowed =
        is_letter(character) || is_digit(character) || kUnreservedMarks.find(character) != std::string_view::npos ||
        kSubDelimiters.find(character) != std::string_view::npos || more.find(character) != std::string_view::npos;
    if (!allowed) return false;
    ++at;
  }
  return true;
}

bool is_scheme(std::string_view text) {
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), [](char character) {
    return is_letter(character) || is_digit(character) || character == '+' || character == '-' || character == '.';
  });
}

bool is_authority(std::string_view text, Letters letters) {
  if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
    if (!has_only(text.substr(0, at), ":", letters)) return false;
    text.remove_prefix(at + 1);
  }
  std::string_view port;
  if (text.substr(0, 1) == "[") {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return false;
    const std::string address(text.substr(1, close - 1));
    in6_addr parsed;
    // The system's reader stops at a NUL and would not see what follows it.
    if (address.find('\0') != std::string::npos || inet_pton(AF_INET6, address.c_str(), &parsed) != 1) return false;
    port = text.substr(close + 1);
    if (!port.empty() && port.front() != ':') return false;
  } else {
    const std::size_t colon = text.find(':');
    if (!has_only(text.substr(0, colon), "", letters)) return false;
    if (colon != std::string_view::npos) port = text.substr(colon);
  }
  if (!port.empty()) port.remove_prefix(1);
  return std::all_of(port.begin(), port.end(), is_digit);
}

// RFC 3986 section 5.2.4. The bound is the text itself: every round takes at least one character away.
std::string without_dot_segments(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    if (path.substr(0, 3) == "../") {
      path.remove_prefix(3);
    } else if (path.substr(0, 2) == "./") {
      path.remove_prefix(2);
    } else if (path.substr(0, 3) == "/./") {
      path.remove_prefix(2);
    } else if (path == "/.") {
      path = "/";
    } else if (path.substr(0, 4) == "/../" || path == "/..") {
      path = path == "/.." ? std::string_view("/") : path.substr(3);
      const std::size_t slash = out.rfind('/');
      out.erase(slash == std::string::npos ? 0 : slash);
    } else if (path == "." || path == "..") {
      path = {};
    } else {
      const std::size_t next = path.find('/', 1);
      out += path.substr(0, next);
      path = next == std::string_view::npos ? std::string_view() : path.substr(next);
    }
  }
  return out;
}

std::string merged_path(const Uri& base, std::string_view path) {
  if (base.authority && base.path.empty()) return "/" + std::string(path);
  const std::size_t slash = base.path.rfind('/');
  return std::string(slash == std::string_view::npos ? std::string_view() : base.path.substr(0, slash + 1)) +
         std::string(path);
}

std::string joined(const Uri& uri, std::string_view path) {
  std::string text;
  if (uri.scheme) text += std::string(*uri.scheme) + ":";
  if (uri.authority) text += "//" + std::string(*uri.authority);
  text += path;
  if (uri.query) text += "?" + std::string(*uri.query);
  if (uri.fragment) text += "#" + std::string(*uri.fragment);
  return text;
}

}  // namespace

Uri split_uri(std::string_view text) {
  Uri uri;
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
    uri.fragment = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  if (const std::size_t mark = text.find('?'); mark != std::string_view::npos) {
    uri.query = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos && is_scheme(text.substr(0, colon))) {
    uri.scheme = text.substr(0, colon);
    text = text.substr(colon + 1);
  }
  if (text.substr(0, 2) == "//") {
    const std::size_t slash = text.find('/', 2);
    uri.authority = text.substr(2, slash == std::string_view::npos ? slash : slash - 2);
    text = slash == std::string_view::npos ? std::string_view() : text.substr(slash);
  }
  uri.path = text;
  return uri;
}

std::string resolve_uri(std::string_view base_text, std::string_view reference_text) {
  if (base_text.empty()) return std::string(reference_text);
  const Uri base = split_uri(base_text);
  Uri target = split_uri(reference_text);
  if (target.scheme) return joined(target, without_dot_segments(target.path));
  target.scheme = base.scheme;
  if (target.authority) return joined(target, without_dot_segments(target.path));
  target.authority = base.authority;
  if (target.path.empty()) {
    if (!target.query) target.query = base.query;
    return joined(target, base.path);
  }
  if (target.path.front() == '/') return joined(target, without_dot_segments(target.path));
  return joined(target, without_dot_segments(merged_path(base, target.path)));
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size() && is_hexadecimal(text[at + 1]) && is_hexadecimal(text[at + 2])) {
      decoded += static_cast<char>(hexadecimal_value(text[at + 1]) * 16 + hexadecimal_value(text[at + 2]));
      at += 2;
    } else {
      decoded += text[at];
    }
  }
  return decoded;
}

bool is_uri_reference(std::string_view text, Letters letters) {
  const Uri uri = split_uri(text);
  if (uri.authority && !is_authority(*uri.authority, letters)) return false;
  if (!has_only(uri.path, ":@/", letters)) return false;
  if (uri.query && !has_only(*uri.query, ":@/?", letters)) return false;
  if (uri.fragment && !has_only(*uri.fragment, ":@/?", letters)) return false;
  // Without a scheme a colon in the first segment would read as one.
  return uri.scheme || uri.path.substr(0, uri.path.find('/')).find(':') == std::string_view::npos;
}

bool is_uri(std::string_view text, Letters letters) {
  return split_uri(text).scheme.has_value() && is_uri_reference(text, letters);
}

}  // namespace deskhand::schema
