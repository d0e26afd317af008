// A mail as it came in, read into types: what intake judges. Everything in it was written by strangers; names, subjects and
// texts are clean UTF-8 within base/limits.h and nothing more is promised about them.
//
// Thread rule: value types; a MailParser may be called from any thread.
// Source: RFC 5322 (headers), RFC 2045 to 2047 and 2231 (MIME), RFC 3464 (delivery reports), RFC 8098 (read receipts).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/email.h"
#include "base/result.h"
#include "base/time.h"

namespace deskhand {

// Stands in every notice to one of ours, so that one that comes in through our own mailbox is never read as news: some servers
// give a message another Message-ID on its way.
inline constexpr std::string_view kNoticeHeader = "X-Deskhand";

struct MailAddress {
  std::string name;    // display name, "" when there is none
  EmailAddress email;  // empty when what stands there is no address
};

struct MailHeader {
  std::string name;   // lower case
  std::string value;  // unfolded, encoded words read, on one line
};

struct MailAttachment {
  std::string file_name, media_type;
  std::string sha256;  // of the decoded bytes, which are hashed and handed on by attachments(), and never opened
  std::int64_t bytes = 0;
};

// What a mail server tells about a message of ours.
struct DeliveryReport {
  std::string action;  // failed, delayed, delivered, relayed, expanded; "" when only the form of the mail tells
  std::string status;  // 5.1.1
  std::string recipient, diagnostic;
  std::string original_message_id;  // without angle brackets
};

// A mail inside a mail: forwarded as an attachment, or returned with a report.
struct EnclosedMail {
  std::string message_id, subject, text;
  MailAddress from, reply_to;
};

struct InboundMail {
  std::string message_id;  // without angle brackets; "" when there is none
  std::vector<std::string> in_reply_to, references;
  std::vector<MailAddress> from, reply_to, to, cc;
  std::optional<MailAddress> sender;
  std::string subject;
  std::optional<Instant> date;  // as the sender's clock had it

  // The words of the mail: the plain part, or the HTML part as text when that says more. A row of a table is one line with
  // tabs between its cells, quoted text begins with "> ", a marked signature stands after a line "-- ".
  std::string text;
  std::string other_text;  // the part that was not chosen, where there are two
  bool text_is_cut = false;

  std::vector<MailAttachment> attachments;
  std::vector<EnclosedMail> enclosed;
  std::vector<MailHeader> headers;  // in order, bounded
  std::optional<DeliveryReport> report;
  bool is_read_receipt = false;
  bool has_calendar = false;
  std::string calendar_method;  // REQUEST, REPLY, CANCEL; upper case
  bool is_encrypted = false;
  // What could not be read, each a clause for the owner: "the attached winmail.dat is Outlook's own format".
  std::vector<std::string> problems;

  // The first header of that lower-case name, "" when there is none.
  std::string_view header(std::string_view name) const {
    for (const MailHeader& each : headers)
      if (each.name == name) return each.value;
    return {};
  }
  bool has_header(std::string_view name) const {
    for (const MailHeader& each : headers)
      if (each.name == name) return true;
    return false;
  }
};

class MailParser {
 public:
  virtual ~MailParser() = default;
  // Codes: invalid_argument (these bytes are no mail; the message says why), limit_exceeded (larger than limits::kMailBytes).
  // A mail with broken parts is not an error: what can be read is given back and the rest is told in `problems`.
  virtual Result<InboundMail> parse(std::string_view raw) const = 0;
  // Hands over the decoded content of each attachment that parse() lists, in its order, one at a time. Codes: those of
  // parse(), and whatever `take` returned.
  using TakeAttachment = std::function<Done(std::string_view content)>;
  virtual Done attachments(std::string_view raw, const TakeAttachment& take) const = 0;
};

}  // namespace deskhand
