// Outbox: the only caller of a Transport. It leases due rows, passes each through the effect gate, delivers, and settles.
//
// The gate (design 1.5): in one unit of work the guards judge the effect again on present facts, the row moves
// queued -> attempting and its grant is used up; only after that commit does anything leave. Delivery is at most once without
// proof: a row found in `attempting` with no process behind it is settled by looking for proof, else as delivery_unknown.
//
// Thread rule: drain() may run in several threads and processes at once; a row is taken by one of them. References must
// outlive the object.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "ports/clock.h"
#include "ports/store/store.h"
#include "ports/transport.h"
#include "toolbox/toolbox.h"

namespace deskhand::outbox {

// What became of one row in this drain.
struct Settled {
  OrgId org;
  std::string ref;
  std::string message_ref; // M-31, or ""
  EffectKind kind{};
  OutboxState state{};
  std::string text;        // for the owner, from the row: "Sent to ana@ruiz.example: Your shower."
};

class Outbox {
 public:
  Outbox(Store& store, SystemHandle& system, const toolbox::Toolbox& toolbox, Transport& messages, Transport& money,
         const Clock& clock);

  // Everything due now, at most limits::kOutboxBatch rows a round and a bounded number of rounds. Codes: those of the store.
  Result<std::vector<Settled>> drain(std::stop_token stop = {});
  // Rows a dead process left in `attempting`: settled by proof or as delivery_unknown.
  Result<std::vector<Settled>> recover(std::stop_token stop = {});

 private:
  struct Gated;  // what may leave now
  Result<std::unique_ptr<Gated>> pass_gate(const DueOutbox& due, std::vector<Settled>& settled);
  static Done pass_notice(Txn& txn, const OutboxRow& row, Org org, Instant now, Gated& gated, bool& leaves, std::optional<Settled>& withdrawn);
  Done settle(const OrgId& org, const OutboxRow& row, const DeliveryResult& result, std::vector<Settled>& settled);
  Transport& transport_for(EffectKind kind) { return kind == EffectKind::quickbooks_customer ? money_ : messages_; }

  Store& store_;
  SystemHandle& system_;
  const toolbox::Toolbox& toolbox_;
  Transport& messages_;
  Transport& money_;
  const Clock& clock_;
};

}  // namespace deskhand::outbox
