// A mailbox on a server, read without changing anything in it: EXAMINE and BODY.PEEK, so that no flag moves.
//
// Thread rule: one thread at a time. Codes: those of net::MailConnection; not_found (no such mailbox, or the mail is
// gone); unavailable with what the server said when it refuses a command. Source: RFC 9051 and RFC 3501 (IMAP), RFC
// 6154 (\Sent).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "net/mail_connection.h"

namespace deskhand::channel::email {

struct ImapMailbox {
  std::uint32_t uid_validity = 0, uid_next = 0;
  std::uint32_t mails = 0;
};

class ImapSession {
 public:
  static Result<std::unique_ptr<ImapSession>> open(const net::MailConnection::Options& options, const Clock& clock,
                                                   std::stop_token stop);
  ~ImapSession();  // says goodbye where the connection still stands

  // `is_wire_name`: as the server itself wrote it, not UTF-8.
  Result<ImapMailbox> examine(std::string_view mailbox, bool is_wire_name = false);
  // UIDs above `uid`, in order; `since` leaves out what arrived on earlier days.
  Result<std::vector<std::uint32_t>> uids_above(std::uint32_t uid, std::optional<Day> since);
  // The whole mail as it lies there; of one larger than limits::kMailBytes its beginning.
  Result<std::string> fetch(std::uint32_t uid);
  Result<bool> holds_message_id(std::string_view message_id);
  // The mailbox the server marks as the one for sent mail, in its own writing; "" when it marks none.
  Result<std::string> sent_mailbox();

 private:
  struct Answer {
    std::vector<std::string> lines;     // untagged, a literal replaced by nothing
    std::vector<std::string> literals;  // in order
  };
  explicit ImapSession(std::unique_ptr<net::MailConnection> connection) : connection_(std::move(connection)) {}
  Result<Answer> command(std::string_view words);

  std::unique_ptr<net::MailConnection> connection_;
  int number_ = 0;
  bool broken_ = false;  // nothing more can be said on it
};

// "INBOX" or "Envoy&AOk-s" as a quoted string; invalid_argument when it can not be written as one. UTF-8 becomes
// modified UTF-7.
Result<std::string> imap_mailbox_name(std::string_view utf8);

}  // namespace deskhand::channel::email
