// Store: the one place records live. A unit of work is a closure over a Txn; it sees its own writes, waits for nothing but the
// disk, and its result is given out only after COMMIT.
//
// Thread rule: Store is thread-safe; a Txn belongs to the closure it is given to and must not be kept.
// Codes of write() and read(): whatever the closure returned (everything it did is then rolled back), else unavailable (disk
// full, read-only, locked; nothing changed), unknown_outcome (COMMIT itself failed without telling), corrupt.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "crm/org.h"
#include "ports/store/approval_store.h"
#include "ports/store/attachment_store.h"
#include "ports/store/audit_store.h"
#include "ports/store/contact_store.h"
#include "ports/store/conversation_store.h"
#include "ports/store/intake_store.h"
#include "ports/store/interaction_store.h"
#include "ports/store/lead_store.h"
#include "ports/store/message_store.h"
#include "ports/store/nurture_store.h"
#include "ports/store/org_store.h"
#include "ports/store/redaction_store.h"
#include "ports/store/report_store.h"
#include "ports/store/reading_store.h"
#include "ports/store/schedule_store.h"
#include "ports/store/spending_store.h"

namespace deskhand {

class Txn {
 public:
  virtual ~Txn() = default;
  virtual const OrgId& org_id() const = 0;
  virtual ContactStore& contacts() = 0;
  virtual LeadStore& leads() = 0;
  virtual OpportunityStore& opportunities() = 0;
  virtual InteractionStore& interactions() = 0;
  virtual MessageStore& messages() = 0;
  virtual ApprovalStore& approvals() = 0;
  virtual OutboxStore& outbox() = 0;
  virtual AuditStore& audit() = 0;
  virtual ConversationStore& conversations() = 0;
  virtual IntakeStore& intake() = 0;
  virtual ReadingStore& readings() = 0;
  virtual ScheduleStore& schedule() = 0;
  virtual NurtureStore& nurture() = 0;
  virtual SpendingStore& spending() = 0;
  virtual RedactionStore& redactions() = 0;
  virtual OrgStore& org() = 0;
  // What a part of a unit of work did can be taken back without ending it: runs `part` in a SAVEPOINT of its own.
  virtual Done nested(const std::function<Done()>& part) = 0;
  virtual AttachmentStore& attachments() = 0;
  virtual ReportStore& reports() = 0;  // reads only
};

using UnitOfWork = std::function<Done(Txn&)>;

class Store {
 public:
  virtual ~Store() = default;
  virtual Done write(const OrgId& org, const UnitOfWork& work) = 0;
  // A snapshot; every write through the Txn is refused.
  virtual Done read(const OrgId& org, const UnitOfWork& work) const = 0;
};

// What the workers may ask across orgs, and nothing else: a closed list, tested as such.
struct DueOutbox {
  OrgId org;
  OutboxId id;
};
struct VerifyFinding {
  std::string where, what;  // "audit 17", "its hash does not follow from its content"
};
struct VerifyReport {
  std::int64_t audit_rows = 0, record_rows = 0;
  std::int64_t mails = 0, attachments = 0, attachment_bytes = 0;  // of what came in from outside
  std::string head;  // the newest hash; keep it elsewhere to prove later that nothing was cut off the end
  std::vector<VerifyFinding> findings;  // bounded; empty when all is as it was written
};

class SystemHandle {
 public:
  virtual ~SystemHandle() = default;
  virtual Result<Org> create_org(Org org, User owner) = 0;
  virtual Result<std::vector<Org>> orgs() const = 0;
  virtual Result<Org> find_org_by_slug(std::string_view slug) const = 0;
  // Leases rows that are queued and due, so that two workers do not take the same one; a lease ends by itself.
  virtual Result<std::vector<DueOutbox>> lease_outbox(Instant now, std::int64_t lease_seconds, std::size_t rows_max) = 0;
  // Rows left in `attempting` by a process that died: their lease has ended.
  virtual Result<std::vector<DueOutbox>> stranded_outbox(Instant now, std::size_t rows_max) const = 0;
  virtual Result<VerifyReport> verify(const OrgId& org) const = 0;
  virtual Done check_integrity() const = 0;
  virtual Done backup_to(const std::string& path) = 0;
};

}  // namespace deskhand
