#include "toolbox/withdraw.h"

namespace deskhand::toolbox {

Done reopen_draft(Txn& txn, const OutboxRow& row) {
  if (row.kind != EffectKind::customer_message || row.message.empty()) return {};
  auto message = txn.messages().find(row.message);
  if (!message) return message.error();
  if (message->status != DraftStatus::approved) return {};
  return txn.messages().set_status(message->id, DraftStatus::approved, DraftStatus::open);
}

}  // namespace deskhand::toolbox
