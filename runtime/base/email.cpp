#include "base/email.h"

#include "base/limits.h"
#include "base/text.h"
#include "base/utf8.h"

namespace deskhand {
namespace {

constexpr std::size_t kLocalBytesMax = 64;
constexpr std::size_t kDomainBytesMax = 255;
constexpr std::size_t kLabelBytesMax = 63;

bool is_ascii_letter(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}
bool is_beyond_ascii(char character) { return static_cast<unsigned char>(character) >= 0x80; }

// The characters of an unquoted local part; letters beyond ASCII are those of RFC 6531.
bool is_local_character(char character) {
  return is_ascii_letter(character) || is_digit(character) || is_beyond_ascii(character) ||
         std::string_view("!#$%&'*+-/=?^_`{|}~.").find(character) != std::string_view::npos;
}

// Dots stand between characters only: not at an end, not two in a row.
bool has_stray_dot(std::string_view text) {
  return text.empty() || text.front() == '.' || text.back() == '.' || text.find("..") != std::string_view::npos;
}

bool is_local_part(std::string_view local) {
  if (local.size() > kLocalBytesMax || has_stray_dot(local)) return false;
  for (const char character : local) {
    if (!is_local_character(character)) return false;
  }
  return true;
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > kLabelBytesMax || label.front() == '-' || label.back() == '-') return false;
  for (const char character : label) {
    if (!is_ascii_letter(character) && !is_digit(character) && character != '-' && !is_beyond_ascii(character))
      return false;
  }
  return true;
}

// Two labels at least, and a last one that is no number: a host name alone or an IP address is nobody's mail domain.
bool is_domain(std::string_view domain) {
  if (domain.size() > kDomainBytesMax || has_stray_dot(domain) || domain.find('.') == std::string_view::npos)
    return false;
  const std::vector<std::string> labels = split(domain, '.');
  for (const std::string& label : labels) {
    if (!is_label(label)) return false;
  }
  const std::string& last = labels.back();
  return last.size() >= 2 && last.find_first_not_of("0123456789") != std::string::npos;
}

// No white space or unseen character of any script, which the byte tests above let through.
bool is_plain_text(std::string_view text) {
  if (!is_utf8(text) || printable_line(text) != text) return false;
  for (std::size_t position = 0; position < text.size();) {
    const CodePoint next = decode_utf8(text, position);
    if (is_space(next.value)) return false;
    position += next.bytes;
  }
  return true;
}

bool is_address(std::string_view text) {
  if (text.size() > limits::kEmailBytes) return false;
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return false;
  return is_local_part(text.substr(0, at)) && is_domain(text.substr(at + 1)) && is_plain_text(text);
}

}  // namespace

Result<EmailAddress> parse_email(std::string_view text) {
  std::string_view typed = trim(text);
  if (typed.size() > 1 && typed.front() == '<' && typed.back() == '>') typed = typed.substr(1, typed.size() - 2);
  if (starts_with_ignoring_case(typed, "mailto:")) typed.remove_prefix(7);
  if (is_address(typed)) return EmailAddress{to_lower(typed), std::string(typed)};
  constexpr std::size_t kShownBytes = 80;
  return make_error(Code::invalid_argument, "\"" + shorten(printable_line(typed), kShownBytes) +
                                                "\" is not an e-mail address; write it like name@example.com.");
}

namespace {

// In running text only letters of alphabets that put spaces between words can be told from the words around them, and
// the signs that sentences and links use ('=', '/', '*' ...) are taken for those.
bool is_running_letter(char32_t character) {
  return (character >= 0xC0 && character <= 0x24F && character != 0xD7 && character != 0xF7) ||
         (character >= 0x370 && character <= 0x52F) || (character >= 0x1E00 && character <= 0x1FFF);
}

bool is_running_character(char character, bool in_domain) {
  if (is_ascii_letter(character) || is_digit(character) || character == '.' || character == '-') return true;
  return !in_domain && std::string_view("_+'%&~").find(character) != std::string_view::npos;
}

bool is_running_letter_at(std::string_view text, std::size_t position) {
  const CodePoint next = decode_utf8(text, position);
  return next.valid && is_running_letter(next.value);
}

std::size_t local_begin(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  // One byte more than a local part may have, so that a longer one is seen to be too long.
  while (begin > 0 && at - begin <= kLocalBytesMax) {
    std::size_t before = begin - 1;
    for (int step = 0; step < 3 && before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0) == 0x80; ++step)
      --before;
    const bool belongs =
        is_beyond_ascii(text[before]) ? is_running_letter_at(text, before) : is_running_character(text[before], false);
    const bool is_second_dot = text[before] == '.' && begin < at && text[begin] == '.';  // "E-mail....ana@ruiz.example"
    if (!belongs || is_second_dot) break;
    begin = before;
  }
  const bool is_too_long = at - begin > kLocalBytesMax;
  while (!is_too_long && begin < at && std::string_view(".-'%&~+").find(text[begin]) != std::string_view::npos) ++begin;
  return begin;
}

std::size_t domain_end(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && end - begin <= kDomainBytesMax) {
    if (is_beyond_ascii(text[end]) ? !is_running_letter_at(text, end) : !is_running_character(text[end], true)) break;
    if (text[end] == '.' && end + 1 < text.size() && text[end + 1] == '.') break;  // "ana@ruiz.example... and"
    end += is_beyond_ascii(text[end]) ? decode_utf8(text, end).bytes : 1;
  }
  while (end > begin && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  return end;
}

// "https://user:secret@host.example" holds no mail address.
bool is_inside_a_link(std::string_view text, std::size_t begin) {
  constexpr std::size_t kBytesBack = 256;
  const std::size_t first = begin > kBytesBack ? begin - kBytesBack : 0;
  std::size_t token = begin;
  while (token > first && text[token - 1] != ' ' && text[token - 1] != '\n' && text[token - 1] != '\t') --token;
  return text.substr(token, begin - token).find("://") != std::string_view::npos;
}

}  // namespace

std::vector<EmailMatch> find_emails(std::string_view text, std::size_t count_max) {
  std::vector<EmailMatch> found;
  std::size_t read_to = 0;  // the end of the last match
  for (std::size_t at = text.find('@'); at != std::string_view::npos && found.size() < count_max;
       at = text.find('@', at + 1)) {
    const std::size_t begin = local_begin(text, at);
    const std::size_t end = domain_end(text, at + 1);
    const bool is_chained = (begin > 0 && text[begin - 1] == '@') || (end < text.size() && text[end] == '@');
    if (begin < read_to || is_chained) continue;
    const std::string_view address = text.substr(begin, end - begin);
    if (!is_address(address) || is_inside_a_link(text, begin)) continue;
    found.push_back({{to_lower(address), std::string(address)}, begin, end});
    read_to = end;
  }
  return found;
}

std::string without_tag(std::string_view folded) {
  const std::size_t at = folded.rfind('@');
  const std::size_t plus = folded.find('+');
  if (at == std::string_view::npos || plus == std::string_view::npos || plus == 0 || plus > at)
    return std::string(folded);
  return std::string(folded.substr(0, plus)) + std::string(folded.substr(at));
}

}  // namespace deskhand
