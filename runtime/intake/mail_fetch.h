// One visit to one mailbox: what is new there goes the way of every mail (mail_intake.h), and how far it was read is
// kept in the store. A mail counts as read only after its bytes are committed, so that a cut connection or a killed
// process costs at most a second look at one mail, which is then known as a duplicate. A mailbox is visited by one process
// at a time; the claim of one that died ends with it, or after a while.
//
// Thread rule: one visit to one mailbox at a time; two processes at once do no harm. References must outlive it.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "intake/mail_intake.h"
#include "ports/clock.h"
#include "ports/mail_source.h"
#include "ports/worker.h"

namespace deskhand::intake {

struct FetchReport {
  std::string mailbox;
  std::vector<MailOutcome> outcomes;
  std::vector<std::string> notices;  // for the owner, about the mailbox itself
  std::size_t left = 0;              // mails for the next visit
  std::optional<Error> failure;      // what ended the visit early
  bool is_elsewhere = false;         // another process is reading it now: nothing was done
};

struct FetchRules {
  std::int64_t down_after_seconds = 15 * 60;  // a mailbox that can not be read for so long is the owner's to know
  std::size_t mails_max = 500;                // of one visit
};

class MailFetch {
 public:
  MailFetch(Store& store, const MailIntake& intake, const Clock& clock, const Worker& worker, FetchRules rules);
  // With Telling::owners the notices of the mails and of the mailbox also go to the owners by their channels.
  FetchReport visit(const OrgId& org, MailSource& source, Telling telling, std::stop_token stop) const;

 private:
  Result<bool> claim(const OrgId& org, const std::string& mailbox) const;
  FetchReport visit_claimed(const OrgId& org, MailSource& source, Telling telling, std::stop_token stop) const;
  Done read_new(const OrgId& org, MailSource& source, MailboxMark& mark, FetchReport& report, Telling telling,
                std::stop_token stop) const;
  Done keep(const OrgId& org, const MailboxMark& mark) const;
  Done close_visit(const OrgId& org, const MailboxMark& mark, const FetchReport& report, Telling telling) const;
  void note_failure(const Error& failure, MailboxMark& mark, FetchReport& report) const;

  Store& store_;
  const MailIntake& intake_;
  const Clock& clock_;
  const Worker& worker_;
  const FetchRules rules_;
};

// When to visit again: after a visit that went well at the usual interval, after failures in a row ever later, up to a
// bound.
std::int64_t seconds_to_next_visit(std::int64_t usual_seconds, int failures_in_a_row);

}  // namespace deskhand::intake
