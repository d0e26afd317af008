// The inbox of one business on a real store, with what a label says must be on the record before its mail comes.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "channel/email/parse.h"
#include "intake/mail_intake.h"
#include "ports/clock.h"
#include "ports/random.h"
#include "store/sqlite/open.h"
#include "toolbox/toolbox.h"

namespace deskhand::testing {

class InboxClock final : public Clock {
 public:
  Instant now() const override { return at; }
  std::chrono::steady_clock::time_point steady() const override { return {}; }
  Instant at = *parse_rfc3339("2026-03-20T15:00:00Z");
};

class InboxRandom final : public Random {
 public:
  std::uint64_t next() override { return state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL; }

 private:
  std::uint64_t state_ = 11;
};

std::string fixture(const std::string& name);  // the bytes of a file of tests/fixtures/mail

class Inbox {
 public:
  explicit Inbox(const Json& persona);
  ~Inbox();
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  void put_on_record(const Json& given);  // contacts, leads, messages, mails
  intake::MailOutcome take(const std::string& file);
  intake::MailOutcome take_bytes(const std::string& raw, const std::string& label);

  std::string ref_of_given(const std::string& name) const;  // C1 of the label → C-1 of the record
  std::vector<Contact> contacts() const;
  std::vector<Lead> leads() const;
  std::vector<Approval> waiting() const;
  std::vector<OutboxRow> outbox() const;
  Contact contact(const std::string& ref) const;
  std::vector<Interaction> history(const Contact& contact) const;
  Store& store() { return *opened_.store; }
  const OrgId& org() const { return org_.id; }
  const intake::MailIntake& intake() const { return *intake_; }
  InboxClock clock;

 private:
  void add_message(const Json& message, Txn& txn);

  std::filesystem::path folder_;
  InboxRandom random_;
  store::OpenedStore opened_;
  Org org_;
  User owner_;
  std::unique_ptr<toolbox::Toolbox> toolbox_;
  channel::email::MimeMailParser parser_;
  std::unique_ptr<intake::MailIntake> intake_;
  std::map<std::string, std::string> refs_;
  std::map<std::string, ContactId> contact_ids_;
  std::map<std::string, LeadId> lead_ids_;
};

}  // namespace deskhand::testing
