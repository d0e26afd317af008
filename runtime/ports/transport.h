// Transport: how one outside effect leaves. Only the outbox calls it, after the gate has marked the row as attempting and
// used up its grant.
//
// Thread rule: deliver() may be called from several threads. It must not retry on its own.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>

#include "crm/approval.h"
#include "crm/message.h"
#include "crm/org.h"

namespace deskhand {

struct OutboundMessage {
  MessageContent content;        // read back from the approved bytes, never from rows
  std::string internet_message_id, in_reply_to;
  Instant date;
  bool is_notice = false;        // to one of ours: no program answers it, and intake knows it again
};
struct QuickBooksCustomer {
  std::string request_id, display_name, email, phone, address;
};
using OutboundEffect = std::variant<OutboundMessage, QuickBooksCustomer>;

// What is known after the try. `not_accepted` is provable (no connection, 4xx): the same row may be tried again.
struct Delivered { std::string receipt; };           // provider id, or the file written
struct NotAccepted { std::string reason; };
struct Refused { std::string reason; };              // permanent: 5xx
struct Unknown { std::string reason; };              // it may have left
struct NotConfigured { std::string reason; };        // nothing was tried, the grant stays
using DeliveryResult = std::variant<Delivered, NotAccepted, Refused, Unknown, NotConfigured>;

class Transport {
 public:
  virtual ~Transport() = default;
  virtual DeliveryResult deliver(const Org& org, const OutboundEffect& effect, std::chrono::steady_clock::time_point deadline,
                                 std::stop_token stop) = 0;
  // Proof of what became of an earlier try under this request id (a look-up in the Sent mailbox, the folder, QuickBooks).
  // Delivered or NotAccepted when it can be told; Unknown when it can not. Does nothing else.
  virtual DeliveryResult find_proof(const Org& org, std::string_view request_id,
                                    std::chrono::steady_clock::time_point deadline, std::stop_token stop) = 0;
};

}  // namespace deskhand
