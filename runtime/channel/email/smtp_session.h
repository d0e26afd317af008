// One message handed to a mail server, step by step, so that it is known at which step it stopped.
//
// Thread rule: one thread. Source: RFC 5321: a message belongs to the server from its positive answer to the end of the
// data on, and to us before; only the time between the two is unknown.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "net/mail_connection.h"
#include "ports/transport.h"

namespace deskhand::channel::email {

struct Envelope {
  std::string from;
  std::vector<std::string> to;
};

// Connects, logs in, hands over `message` (CRLF line ends) and says goodbye. Never tries a second time.
DeliveryResult send_by_smtp(const net::MailConnection::Options& options, const Envelope& envelope,
                            std::string_view message, const Clock& clock, std::stop_token stop);

}  // namespace deskhand::channel::email
