#include "channel/email/imap_session.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/limits.h"
#include "base/text.h"
#include "base/utf8.h"

namespace deskhand::channel::email {
namespace {

constexpr std::size_t kAnswerLines = 20'000;  // untagged lines of one answer
constexpr std::size_t kAnswerLiterals = 64;
constexpr std::size_t kMailboxBytes = 500;
constexpr std::size_t kUids = 200'000;  // of one mailbox
constexpr std::size_t kToldLineBytes = 200;

std::optional<std::uint32_t> number_behind(std::string_view line, std::string_view word) {
  const std::size_t at = line.find(word);
  if (at == std::string_view::npos) return std::nullopt;
  std::uint32_t value = 0;
  const char* const begin = line.data() + at + word.size();
  const auto read = std::from_chars(begin, line.data() + line.size(), value);
  return read.ec == std::errc() && read.ptr != begin ? std::optional(value) : std::nullopt;
}

// "… {1234}" announces 1,234 bytes that follow the line.
std::optional<std::size_t> literal_of(std::string_view line) {
  if (!line.ends_with('}')) return std::nullopt;
  const std::size_t open = line.rfind('{');
  if (open == std::string_view::npos) return std::nullopt;
  std::string_view digits = line.substr(open + 1, line.size() - open - 2);
  if (digits.ends_with('+')) digits.remove_suffix(1);
  std::size_t count = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (digits.empty() || read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return count;
}

bool is_quotable(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F;
  });
}

std::string quoted_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// RFC 3501, 5.1.3: what is not plain ASCII stands as base64 of UTF-16 between "&" and "-".
std::string modified_base64(const std::vector<std::uint16_t>& units) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const std::uint16_t unit : units) {
    bits = (bits << 16) | unit;
    count += 16;
    while (count >= 6) {
      count -= 6;
      out += kDigits[(bits >> count) & 0x3F];
    }
    bits &= (1U << count) - 1;
  }
  if (count > 0) out += kDigits[(bits << (6 - count)) & 0x3F];
  return out;
}

// 20-Nov-2026, as SEARCH wants it.
std::string imap_day(Day day) {
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::string iso = to_iso(day);
  const int month = (iso[5] - '0') * 10 + (iso[6] - '0');
  return iso.substr(8, 2) + "-" + std::string(kMonths[static_cast<std::size_t>(month - 1)]) + "-" + iso.substr(0, 4);
}

std::string told(std::string_view line) { return shorten(printable_line(to_utf8(line)), kToldLineBytes); }

}  // namespace

Result<std::string> imap_mailbox_name(std::string_view utf8) {
  if (utf8.empty() || utf8.size() > kMailboxBytes || !is_utf8(utf8))
    return make_error(Code::invalid_argument, "That is no name of a mailbox.");
  std::string out;
  std::vector<std::uint16_t> units;
  const auto flush = [&] {
    if (!units.empty()) out += "&" + modified_base64(units) + "-";
    units.clear();
  };
  for (std::size_t at = 0; at < utf8.size();) {
    const CodePoint next = decode_utf8(utf8, at);
    at += next.bytes;
    if (next.value < 0x20 || next.value == 0x7F)
      return make_error(Code::invalid_argument, "A name of a mailbox holds no line break.");
    if (next.value < 0x7F) {
      flush();
      out += static_cast<char>(next.value);
      if (next.value == '&') out += '-';
    } else if (next.value < 0x10000) {
      units.push_back(static_cast<std::uint16_t>(next.value));
    } else {
      units.push_back(static_cast<std::uint16_t>(0xD800 + ((next.value - 0x10000) >> 10)));
      units.push_back(static_cast<std::uint16_t>(0xDC00 + ((next.value - 0x10000) & 0x3FF)));
    }
  }
  flush();
  return quoted_text(out);
}

Result<std::unique_ptr<ImapSession>> ImapSession::open(const net::MailConnection::Options& options, const Clock& clock,
                                                       std::stop_token stop) {
  auto connection = net::MailConnection::open(options, clock, std::move(stop));
  if (!connection) return connection.error();
  return std::unique_ptr<ImapSession>(new ImapSession(std::move(*connection)));
}

ImapSession::~ImapSession() {
  if (!broken_) (void)connection_->send("Z LOGOUT\r\n");
}

Result<ImapSession::Answer> ImapSession::command(std::string_view words) {
  if (broken_) return make_error(Code::unavailable, "The connection to the mail server was cut.");
  const std::string tag = "D" + std::to_string(++number_);
  broken_ = true;  // until the answer is whole
  if (auto sent = connection_->send(tag + " " + std::string(words) + "\r\n"); !sent) return sent.error();
  Answer answer;
  std::string line;  // with what follows its literals
  while (answer.lines.size() < kAnswerLines) {
    auto next = connection_->read_line();
    if (!next) return next.error();
    line += *next;
    if (const auto count = literal_of(*next)) {
      if (answer.literals.size() >= kAnswerLiterals) break;
      auto bytes = connection_->read_bytes(*count);
      if (!bytes) return bytes.error();
      answer.literals.push_back(std::move(*bytes));
      continue;
    }
    if (line.starts_with(tag + " ")) {
      broken_ = false;
      const std::string_view rest = std::string_view(line).substr(tag.size() + 1);
      if (starts_with_ignoring_case(rest, "OK")) return answer;
      const bool is_missing =
          starts_with_ignoring_case(rest, "NO") &&
          (rest.find("NONEXISTENT") != std::string_view::npos || to_lower(rest).find("exist") != std::string::npos);
      return make_error(is_missing ? Code::not_found : Code::unavailable,
                        "The mail server refused: " + told(rest) + ".");
    }
    if (starts_with_ignoring_case(line, "* BYE"))
      return make_error(Code::unavailable,
                        "The mail server said goodbye: " + told(std::string_view(line).substr(5)) + ".");
    answer.lines.push_back(std::move(line));
    line.clear();
  }
  return make_error(Code::limit_exceeded, "The mail server's answer has no end.");
}

Result<ImapMailbox> ImapSession::examine(std::string_view mailbox, bool is_wire_name) {
  auto name = is_wire_name && is_quotable(mailbox) ? Result<std::string>(quoted_text(mailbox)) : imap_mailbox_name(mailbox);
  if (!name) return name.error();
  auto answer = command("EXAMINE " + *name);
  if (!answer && answer.error().code == Code::not_found)
    return make_error(Code::not_found,
                      "There is no mailbox \"" + shorten(printable_line(mailbox), 80) + "\" on the server.");
  if (!answer) return answer.error();
  ImapMailbox found;
  for (const std::string& line : answer->lines) {
    if (const auto value = number_behind(line, "[UIDVALIDITY ")) found.uid_validity = *value;
    if (const auto value = number_behind(line, "[UIDNEXT ")) found.uid_next = *value;
    if (line.ends_with(" EXISTS"))
      if (const auto value = number_behind(line, "* ")) found.mails = *value;
  }
  if (found.uid_validity == 0)
    return make_error(Code::unavailable, "The mail server does not number its mails (no UIDVALIDITY).");
  return found;
}

Result<std::vector<std::uint32_t>> ImapSession::uids_above(std::uint32_t uid, std::optional<Day> since) {
  auto answer =
      command("UID SEARCH UID " + std::to_string(uid + 1) + ":*" + (since ? " SINCE " + imap_day(*since) : ""));
  if (!answer) return answer.error();
  std::vector<std::uint32_t> uids;
  for (const std::string& line : answer->lines) {
    if (!starts_with_ignoring_case(line, "* SEARCH")) continue;
    for (std::size_t at = 8; at < line.size() && uids.size() < kUids;) {
      std::uint32_t value = 0;
      const auto read = std::from_chars(line.data() + at, line.data() + line.size(), value);
      if (read.ec != std::errc()) {
        ++at;
        continue;
      }
      at = static_cast<std::size_t>(read.ptr - line.data());
      if (value > uid) uids.push_back(value);  // "9:*" names the last mail even where it is number 8
    }
  }
  std::sort(uids.begin(), uids.end());
  uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
  return uids;
}

Result<std::string> ImapSession::fetch(std::uint32_t uid) {
  auto answer =
      command("UID FETCH " + std::to_string(uid) + " (UID BODY.PEEK[]<0." + std::to_string(limits::kMailBytes) + ">)");
  if (!answer) return answer.error();
  // A server may tell of other mails in between; the one that was asked for is the one with a body.
  if (answer->literals.empty()) return make_error(Code::not_found, "That mail is not in the mailbox any more.");
  return std::move(answer->literals.front());
}

Result<bool> ImapSession::holds_message_id(std::string_view message_id) {
  if (message_id.empty() || !is_quotable(message_id))
    return make_error(Code::invalid_argument, "That is no Message-ID.");
  auto answer = command("UID SEARCH HEADER Message-ID " + quoted_text(message_id));
  if (!answer) return answer.error();
  for (const std::string& line : answer->lines)
    if (starts_with_ignoring_case(line, "* SEARCH") && number_behind(line, "SEARCH ")) return true;
  return false;
}

Result<std::string> ImapSession::sent_mailbox() {
  auto answer = command("LIST \"\" \"*\"");
  if (!answer) return answer.error();
  for (const std::string& line : answer->lines) {
    if (to_lower(line).find("\\sent") == std::string::npos || line.find('(') == std::string::npos) continue;
    std::string_view name = trim(std::string_view(line));
    if (name.ends_with('"')) {
      name.remove_suffix(1);
      const std::size_t open = name.rfind('"');
      if (open != std::string_view::npos) return std::string(name.substr(open + 1));
    }
    return std::string(name.substr(name.rfind(' ') + 1));
  }
  return std::string();
}

}  // namespace deskhand::channel::email
