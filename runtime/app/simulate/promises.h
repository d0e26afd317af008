// What design 1 promises, as checks on the rows, the mails that left and the calendar's jobs. Each returns the sentence
// that was broken, or "".
//
// Thread rule: one thread.
#pragma once

#include <map>
#include <set>
#include <string>

#include "app/simulate/business.h"

namespace deskhand::app::simulate {

class Promises {
 public:
  explicit Promises(Business& business) : business_(business) {}

  // After every step: cheap ones.
  std::string check_step();
  // After every simulated day as well: the whole record and its log.
  std::string check_day();
  // After a round of the calendar: what had to be done by now is done.
  std::string check_calendar();
  // The owner is about to say yes to a win.
  void allow_win() { ++wins_allowed_; }
  // From now on nothing may reach this address.
  void forbid(const std::string& address) { forbidden_[address] = mails_to(address); }

  std::int64_t sent() const { return sent_; }
  std::int64_t notices() const { return notices_; }

 private:
  std::string check_sent(Txn& txn);
  std::string check_wins(Txn& txn);
  std::size_t mails_to(const std::string& address) const;

  Business& business_;
  std::int64_t records_ = 0, wins_allowed_ = 0, sent_ = 0, notices_ = 0;
  std::map<std::string, std::size_t> forbidden_;  // address: how many mails had left to it
};

}  // namespace deskhand::app::simulate
