// A complete RFC 5322 message from approved content. Nothing a customer or a model wrote can become a header: a line break in a
// header value is refused, and encoding is GMime's.
//
// Thread rule: may be called from any thread. Source: RFC 5322, RFC 2045 to 2047; GMime 3.2.
#pragma once

#include <string>

#include "base/result.h"
#include "ports/transport.h"

namespace deskhand::channel::email {

struct Sender {
  std::string name, address;
};

// The bytes as they would go over the wire: CRLF line ends, text as it was approved (7bit when it is plain ASCII with short
// lines, else quoted-printable), an HTML alternative when there is one. invalid_argument: a line break or NUL in a header value.
Result<std::string> compose(const OutboundMessage& message, const Sender& sender);

}  // namespace deskhand::channel::email
