// SqlTxn: the noun stores of one unit of work over one session.
//
// Thread rule: belongs to the closure it is given to. Ownership: refers to its session.
#pragma once

#include "ports/store/store.h"
#include "store/approval_store.h"
#include "store/attachment_store.h"
#include "store/audit_store.h"
#include "store/contact_store.h"
#include "store/conversation_store.h"
#include "store/intake_store.h"
#include "store/interaction_store.h"
#include "store/lead_store.h"
#include "store/message_store.h"
#include "store/nurture_store.h"
#include "store/opportunity_store.h"
#include "store/org_store.h"
#include "store/outbox_store.h"
#include "store/redaction_store.h"
#include "store/report_store.h"
#include "store/reading_store.h"
#include "store/schedule_store.h"
#include "store/spending_store.h"

namespace deskhand::store {

class SqlTxn final : public Txn {
 public:
  explicit SqlTxn(Session& session)
      : session_(session),
        contacts_(session),
        leads_(session),
        opportunities_(session),
        interactions_(session),
        messages_(session),
        approvals_(session),
        outbox_(session),
        audit_(session),
        conversations_(session),
        intake_(session),
        attachments_(session),
        reports_(session),
        readings_(session),
        schedule_(session),
        nurture_(session),
        spending_(session),
        redactions_(session),
        org_(session) {}

  const OrgId& org_id() const override { return session_.org(); }
  ContactStore& contacts() override { return contacts_; }
  LeadStore& leads() override { return leads_; }
  OpportunityStore& opportunities() override { return opportunities_; }
  InteractionStore& interactions() override { return interactions_; }
  MessageStore& messages() override { return messages_; }
  ApprovalStore& approvals() override { return approvals_; }
  OutboxStore& outbox() override { return outbox_; }
  AuditStore& audit() override { return audit_; }
  ConversationStore& conversations() override { return conversations_; }
  IntakeStore& intake() override { return intake_; }
  AttachmentStore& attachments() override { return attachments_; }
  ReportStore& reports() override { return reports_; }
  ReadingStore& readings() override { return readings_; }
  ScheduleStore& schedule() override { return schedule_; }
  NurtureStore& nurture() override { return nurture_; }
  SpendingStore& spending() override { return spending_; }
  RedactionStore& redactions() override { return redactions_; }
  OrgStore& org() override { return org_; }
  Done nested(const std::function<Done()>& part) override { return session_.nested(part); }

 private:
  Session& session_;
  SqlContactStore contacts_;
  SqlLeadStore leads_;
  SqlOpportunityStore opportunities_;
  SqlInteractionStore interactions_;
  SqlMessageStore messages_;
  SqlApprovalStore approvals_;
  SqlOutboxStore outbox_;
  SqlAuditStore audit_;
  SqlConversationStore conversations_;
  SqlIntakeStore intake_;
  SqlAttachmentStore attachments_;
  SqlReportStore reports_;
  SqlReadingStore readings_;
  SqlScheduleStore schedule_;
  SqlNurtureStore nurture_;
  SqlSpendingStore spending_;
  SqlRedactionStore redactions_;
  SqlOrgStore org_;
};

// Runs one unit of work inside the transaction its connection has open: the org must exist, an exception becomes
// `internal`, and changes of records that stand in no audit entry are refused.
Done run_unit(Session& session, const UnitOfWork& work);

}  // namespace deskhand::store
