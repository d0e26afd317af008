#include "channel/email/charset.h"

#include <iconv.h>

#include <array>
#include <cerrno>

#include "base/text.h"
#include "channel/email/gmime_library.h"

namespace deskhand::channel::email {
namespace {

constexpr std::size_t kChunkBytes = 16 * 1024;
constexpr std::size_t kCharsetNameBytes = 64;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

class Converter {
 public:
  explicit Converter(const char* from) : handle_(iconv_open("UTF-8", from)) {}
  ~Converter() {
    if (is_open()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  bool is_open() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  bool was_clean() const { return was_clean_; }
  std::string convert(std::string_view bytes, std::size_t bytes_max) {
    std::string text;
    was_clean_ = true;
    char* input = const_cast<char*>(bytes.data());  // iconv's signature; it does not write there
    std::size_t left = bytes.size();
    std::array<char, kChunkBytes> chunk;
    while (left > 0 && text.size() < bytes_max) {
      char* output = chunk.data();
      std::size_t room = chunk.size();
      const std::size_t outcome = iconv(handle_, &input, &left, &output, &room);
      const int error = errno;
      text.append(chunk.data(), chunk.size() - room);
      if (outcome != static_cast<std::size_t>(-1)) break;
      if (error == E2BIG) continue;
      text += kReplacement;
      was_clean_ = false;
      if (error != EILSEQ || left == 0) break;  // EINVAL: a character is cut off at the end
      ++input;
      --left;
    }
    return text;
  }

 private:
  iconv_t handle_;
  bool was_clean_ = true;
};

// Names as senders write them, where the C library knows another one or where the name says less than is meant.
std::string known_name(std::string_view charset) {
  const std::string name = to_lower(trim(charset.substr(0, kCharsetNameBytes)));
  if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.:()+") != std::string::npos) return {};
  if (name == "gb2312" || name == "gbk" || name == "x-gbk" || name == "gb_2312-80") return "gb18030";
  if (name == "ks_c_5601-1987" || name == "euc-kr" || name == "ks_c_5601") return "cp949";
  if (name == "shift_jis" || name == "shift-jis" || name == "x-sjis" || name == "sjis") return "cp932";
  if (name == "big5") return "big5-hkscs";
  if (name == "iso-8859-1" || name == "latin1" || name == "us-ascii" || name == "ascii" || name == "ansi_x3.4-1968") return "windows-1252";
  if (name == "iso-8859-9" || name == "latin5") return "windows-1254";
  if (name == "iso-8859-11" || name == "tis-620") return "cp874";
  if (name == "iso-8859-8-i" || name == "iso-8859-8-e") return "iso-8859-8";
  if (name == "iso-8859-6-i" || name == "iso-8859-6-e") return "iso-8859-6";
  if (name == "unicode" || name == "utf16") return "utf-16";
  if (name == "x-mac-roman" || name == "x-macroman") return "macintosh";
  if (name == "unicode-1-1-utf-7") return "utf-7";
  const char* const canonical = g_mime_charset_iconv_name(name.c_str());
  return canonical == nullptr ? name : canonical;
}

// Escapes that are ASCII bytes: there, well-formed UTF-8 proves nothing.
bool is_written_in_ascii(std::string_view name) {
  return starts_with_ignoring_case(name, "iso-2022") || equal_ignoring_case(name, "utf-7") || equal_ignoring_case(name, "hz") ||
         equal_ignoring_case(name, "hz-gb-2312");
}

// Two bytes a character: few of them can be well-formed UTF-8 by accident, and a wrong name shows by characters that do not exist.
bool is_of_pairs(std::string_view name) {
  for (const std::string_view set : {"gb18030", "cp949", "cp932", "big5", "euc-", "johab"})
    if (starts_with_ignoring_case(name, set)) return true;
  return false;
}

bool is_wide(std::string_view name) {
  return starts_with_ignoring_case(name, "utf-16") || starts_with_ignoring_case(name, "utf-32") ||
         starts_with_ignoring_case(name, "ucs-");
}

std::string with_plain_line_ends(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\0') continue;
    if (text[at] != '\r') {
      clean += text[at];
    } else if (at + 1 >= text.size() || text[at + 1] != '\n') {
      clean += '\n';
    }
  }
  if (clean.starts_with("\xEF\xBB\xBF")) clean.erase(0, 3);
  return clean;
}

std::string converted(std::string_view bytes, std::string_view charset, std::size_t bytes_max) {
  const std::string name = known_name(charset);
  if (is_of_pairs(name)) {
    Converter converter(name.c_str());
    std::string text = converter.is_open() ? converter.convert(bytes, bytes_max) : std::string();
    if (converter.is_open() && (converter.was_clean() || !is_utf8(bytes))) return text;
  }
  const bool says_itself = !is_written_in_ascii(name) && !is_wide(name);
  if (says_itself && is_utf8(bytes)) return std::string(prefix_utf8(bytes, bytes_max));
  if (!name.empty() && !equal_ignoring_case(name, "utf-8") && !equal_ignoring_case(name, "utf8")) {
    Converter converter(name.c_str());
    if (converter.is_open()) return converter.convert(bytes, bytes_max);
  }
  // Called UTF-8 and nearly so: a cut character or two. Otherwise it is the old Western set under a wrong name.
  const std::string mended = to_utf8(bytes.substr(0, bytes_max));
  std::size_t bad = 0, high = 0;
  for (std::size_t at = mended.find(kReplacement); at != std::string::npos; at = mended.find(kReplacement, at + 3)) ++bad;
  for (const char c : mended) high += static_cast<unsigned char>(c) >= 0xC0 ? 1 : 0;
  if (!name.empty() && bad * 4 <= high) return mended;
  Converter western("windows-1252");
  return western.is_open() ? western.convert(bytes, bytes_max) : mended;
}

}  // namespace

std::string text_of_charset(std::string_view bytes, std::string_view charset, std::size_t bytes_max) {
  start_gmime();
  // A character has at most four bytes in any of these sets, so that more input than this can not be needed.
  const std::string_view needed = bytes.substr(0, bytes_max * 4);
  const std::string text = with_plain_line_ends(converted(needed, charset, bytes_max));
  return std::string(prefix_utf8(is_utf8(text) ? text : to_utf8(text), bytes_max));
}

}  // namespace deskhand::channel::email
