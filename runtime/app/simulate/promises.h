// What design 1 promises, as checks on the rows, the mails that left and the calendar's jobs. They are held against a
// ledger of their own: what the owner said, which mails were taken in, which jobs were told as done. The record is never
// its own witness. Each check returns the sentence that was broken, or "".
//
// Thread rule: one thread.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/mail_parser.h"
#include "app/simulate/business.h"

namespace deskhand::app::simulate {

class Promises {
 public:
  explicit Promises(Business& business) : business_(business), parser_(make_mail_parser()) {}

  // After every step: what may have changed since the last one.
  std::string check_step();
  // After a simulated day as well: people, mails that came in and, when asked, every row and the whole log.
  std::string check_day(bool whole_record);
  // After a round of the calendar: what had to be done by now is done.
  std::string check_calendar();

  // The owner is about to say yes to that card as it stands.
  void note_yes(const Approval& approval);
  // The program has acknowledged that mail.
  void note_mail(const std::string& id, const std::string& raw) { acknowledged_.emplace_back(id, raw); }
  // The program says that it has run that job.
  std::string note_job(const schedule::RanJob& job);
  // From now on nothing may reach this address.
  void forbid(const std::string& address) { forbidden_.insert(address); }

  // Whether a row is on its way and only time or proof will tell; what has left of it is looked at afterwards.
  bool something_is_leaving() const { return leaving_; }

  std::int64_t sent() const { return sent_; }
  std::int64_t notices() const { return notices_; }
  std::int64_t wins() const { return static_cast<std::int64_t>(wins_.size()); }

 private:
  std::string check_approvals(Txn& txn);
  std::string check_approval(Txn& txn, const Approval& approval) const;
  std::string check_outbox(Txn& txn);
  std::string check_row(Txn& txn, const OutboxRow& row);
  std::string check_wins(Txn& txn);
  std::string check_win(const std::string& ref, const std::vector<std::string>& names, const LeadId& lead);
  std::string check_mails();
  std::string check_mail(const std::string& raw);
  std::string check_people(Txn& txn);
  std::string check_intake(Txn& txn);
  std::string verify_record();

  Business& business_;
  std::unique_ptr<MailParser> parser_;

  std::map<std::int64_t, std::string> said_yes_;  // number of a card: fingerprints, one a line
  std::map<std::int64_t, Approval> wins_allowed_;
  std::set<std::int64_t> open_approvals_, open_rows_;
  std::int64_t next_approval_ = 1, next_row_ = 1;
  bool leaving_ = false;
  std::map<std::string, std::string> wins_;  // L-3: the card that allowed it
  std::map<std::string, std::string> row_of_grant_;
  std::map<std::string, OutboxRow> row_of_mail_;  // by Message-ID
  std::set<std::string> left_;                    // Message-IDs
  std::vector<std::pair<std::string, std::string>> acknowledged_;  // id, raw bytes
  std::size_t mails_checked_ = 0, days_checked_ = 0;
  std::set<std::string> jobs_, forbidden_;
  std::int64_t records_ = 0, audits_ = 0, sent_ = 0, notices_ = 0;
};

}  // namespace deskhand::app::simulate
