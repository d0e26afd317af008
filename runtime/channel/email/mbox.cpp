#include "channel/email/mbox.h"

#include "base/limits.h"
#include "base/text.h"

namespace deskhand::channel::email {
namespace {

constexpr std::size_t kPieceBytes = 64 * 1024;  // of a line that never ends


// "From ana@ruiz.example Tue Mar  3 14:05:00 2026": a sender and a time of day, so that a sentence beginning with "From " is none.
bool is_separator(std::string_view line) {
  if (!line.starts_with("From ")) return false;
  for (std::size_t at = 7; at + 2 < line.size(); ++at)
    if (line[at] == ':' && is_digit(line[at - 1]) && is_digit(line[at + 1]) && is_digit(line[at + 2])) return true;
  return false;
}

}  // namespace

bool looks_like_mbox(std::string_view start) { return is_separator(start.substr(0, start.find('\n'))); }

// Reads a line with its end, or a piece of it where it is very long.
bool MboxReader::read_line() {
  line_.clear();
  starts_line_ = !line_is_continued_;
  int c = 0;
  while (line_.size() < kPieceBytes && (c = stream_.get()) != std::char_traits<char>::eof()) {
    line_ += static_cast<char>(c);
    if (c == '\n') break;
  }
  line_is_continued_ = !line_.empty() && line_.back() != '\n';
  return !line_.empty();
}

Result<std::optional<std::string>> MboxReader::next() {
  std::string mail;
  bool is_too_large = false, was_blank = true, has_any = has_separator_;
  has_separator_ = false;
  while (read_line()) {
    if (starts_line_ && was_blank && is_separator(line_)) {
      if (has_any) {
        has_separator_ = true;
        break;
      }
      has_any = true;
      continue;
    }
    has_any = true;
    was_blank = starts_line_ && trim(line_).empty();
    const std::size_t quotes = starts_line_ ? line_.find_first_not_of('>') : 0;
    const bool is_quoted = quotes != std::string::npos && quotes > 0 && std::string_view(line_).substr(quotes).starts_with("From ");
    is_too_large = is_too_large || mail.size() + line_.size() > limits::kMailBytes;
    if (is_too_large) mail.clear();
    else mail += is_quoted ? line_.substr(1) : line_;
  }
  if (stream_.bad()) return make_error(Code::unavailable, "The mailbox file can not be read to its end.");
  if (is_too_large)
    return make_error(Code::limit_exceeded, "A mail in this mailbox is larger than " + std::to_string(limits::kMailBytes / 1024 / 1024) + " MB; it was passed over.");
  if (!has_any) return std::optional<std::string>();
  if (mail.ends_with("\n\n")) mail.pop_back();  // the empty line before a separator
  return std::optional<std::string>(std::move(mail));
}

}  // namespace deskhand::channel::email
