// The default transport: each approved message becomes one complete .eml file in a folder, for people without a mail account
// and for tests. A file appears whole or not at all, and is never written twice under one Message-ID.
//
// Thread rule: thread-safe, also between processes. Text messages and attachments: `NotConfigured`, because a folder of mail can
// carry neither.
#pragma once

#include <string>

#include "channel/email/compose.h"
#include "ports/transport.h"

namespace deskhand::channel::email {

class FolderTransport final : public Transport {
 public:
  // `from` may be empty: the org's own address is used then, or a placeholder on localhost.
  FolderTransport(std::string folder, std::string from);
  DeliveryResult deliver(const Org& org, const OutboundEffect& effect, std::chrono::steady_clock::time_point deadline,
                         std::stop_token stop) override;
  DeliveryResult find_proof(const Org& org, std::string_view request_id, std::chrono::steady_clock::time_point deadline,
                            std::stop_token stop) override;

 private:
  std::string path_of(std::string_view request_id) const;
  std::string folder_, from_;
};

// Who the mail is from when nothing is configured.
Sender sender_of(const Org& org, const std::string& configured_from);

}  // namespace deskhand::channel::email
