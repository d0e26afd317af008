#include "channel/email/smtp_session.h"

#include <algorithm>
#include <charconv>

#include "base/limits.h"
#include "base/text.h"

namespace deskhand::channel::email {
namespace {

constexpr std::chrono::milliseconds kHearOut{800};  // of the last answer, when the process is asked to end meanwhile
constexpr std::size_t kReplyLines = 100;
constexpr std::size_t kToldReplyBytes = 300;

struct Reply {
  int code = 0;
  std::string text;  // "550 5.1.1 no such user"
  bool is_positive() const { return code >= 200 && code < 400; }
  bool is_permanent() const { return code >= 500; }
};

// An address as it may stand between angle brackets on the wire.
bool is_envelope_address(std::string_view address) {
  const auto is_plain = [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F && c != '<' && c != '>';
  };
  return !address.empty() && address.size() <= limits::kEmailBytes &&
         std::all_of(address.begin(), address.end(), is_plain);
}

// Lines end in CRLF and one that begins with a dot gets a second.
std::string wire_text(std::string_view message) {
  std::string out;
  out.reserve(message.size() + 64);
  bool at_start = true;
  for (std::size_t at = 0; at < message.size(); ++at) {
    const char c = message[at];
    if (c == '\r' && at + 1 < message.size() && message[at + 1] == '\n') continue;  // written with the line feed
    if (c == '\n' || c == '\r') {
      out += "\r\n";
      at_start = true;
      continue;
    }
    if (at_start && c == '.') out += '.';
    out += c;
    at_start = false;
  }
  if (!at_start) out += "\r\n";
  return out;
}

class Exchange {
 public:
  explicit Exchange(net::MailConnection& connection) : connection_(connection) {}

  Result<Reply> say(const std::string& line) {
    if (auto sent = connection_.send(line + "\r\n"); !sent) return sent.error();
    return read_reply();
  }

  Result<Reply> read_reply() {
    Reply reply;
    for (std::size_t count = 0; count < kReplyLines; ++count) {
      auto line = connection_.read_line();
      if (!line) return line.error();
      const auto read =
          std::from_chars(line->data(), line->data() + std::min<std::size_t>(3, line->size()), reply.code);
      if (read.ec != std::errc() || line->size() < 3 || reply.code < 200 || reply.code > 599)
        return make_error(Code::unavailable, "The mail server answers in no way that is understood.");
      reply.text = shorten(printable_line(to_utf8(*line)), kToldReplyBytes);
      if (line->size() == 3 || (*line)[3] != '-') return reply;
    }
    return make_error(Code::unavailable, "The mail server's answer has no end.");
  }

 private:
  net::MailConnection& connection_;
};

DeliveryResult not_taken(const Reply& reply, const std::string& what) {
  const std::string reason = what + reply.text;
  if (reply.is_permanent()) return Refused{reason};
  return NotAccepted{reason};
}

// Until the data has ended the message provably does not belong to the server.
DeliveryResult hand_over(net::MailConnection& connection, const Envelope& envelope, std::string_view message) {
  Exchange exchange(connection);
  const auto step = [&](const std::string& line, const std::string& what) -> std::optional<DeliveryResult> {
    auto reply = exchange.say(line);
    if (!reply) return NotAccepted{reply.error().message};
    if (!reply->is_positive()) return not_taken(*reply, what);
    return std::nullopt;
  };
  if (auto stopped = step("MAIL FROM:<" + envelope.from + ">", "the sender " + envelope.from + ": ")) return *stopped;
  for (const std::string& address : envelope.to)
    if (auto stopped = step("RCPT TO:<" + address + ">", address + ": ")) return *stopped;
  auto ready = exchange.say("DATA");
  if (!ready) return NotAccepted{ready.error().message};
  constexpr int kGoAhead = 354;
  if (ready->code != kGoAhead) return not_taken(*ready, "");
  if (auto sent = connection.send(wire_text(message)); !sent) return NotAccepted{sent.error().message};

  connection.hear_out(kHearOut);
  if (auto sent = connection.send(".\r\n"); !sent) return Unknown{"the connection was cut while the message was ended"};
  auto answer = exchange.read_reply();
  if (!answer) return Unknown{"the whole message was handed over, but no answer came"};
  if (!answer->is_positive()) return not_taken(*answer, "");
  (void)connection.send("QUIT\r\n");
  return Delivered{answer->text};
}

}  // namespace

DeliveryResult send_by_smtp(const net::MailConnection::Options& options, const Envelope& envelope,
                            std::string_view message, const Clock& clock, std::stop_token stop) {
  if (!is_envelope_address(envelope.from))
    return NotConfigured{"the sender \"" + shorten(printable_line(envelope.from), 80) +
                         "\" is no address that mail can leave from; set email.outbound.from"};
  if (envelope.to.empty() || !std::all_of(envelope.to.begin(), envelope.to.end(), is_envelope_address))
    return Refused{"an address of it has letters that mail servers do not take"};
  auto connection = net::MailConnection::open(options, clock, std::move(stop));
  if (!connection) return NotAccepted{connection.error().message};
  return hand_over(**connection, envelope, message);
}

}  // namespace deskhand::channel::email
