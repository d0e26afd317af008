// Redaction: what the law asks for when a person wants to be forgotten. Nothing is deleted: every row stays with its name, its dates,
// amounts and states, and what says who the person is or what they wrote becomes "[redacted]". Old values go from the audit log as
// well (payloads are blanked; the hash chain stays checkable), from stored mails, lists and the run log. It can't be taken back.
//
// Reached only through a Txn (one org). Codes: not_found; conflict (redacted already, or something of theirs is under way);
// forbidden (`by` is no active owner); limit_exceeded.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "crm/record.h"

namespace deskhand {

inline constexpr std::string_view kRedacted = "[redacted]";

struct RedactionOrder {
  ContactId contact;   // the live record; what was merged into it is redacted with it
  UserId by;           // an active owner
  std::string reason;  // never empty; stays on file
  std::string actor;   // for the audit log
};

struct RedactionReport {
  std::size_t people = 0;    // records of the person, merged ones counted
  std::size_t records = 0;   // record rows blanked, theirs included
  std::size_t payloads = 0;  // entries of the audit log whose old values are gone
  std::size_t mails = 0;     // stored mails blanked
  std::size_t log_rows = 0;  // lists, digests and runs that spoke of them
  std::vector<std::string> left;  // refs of outbox rows whose message had left: copies of it exist elsewhere
};

class RedactionStore {
 public:
  virtual ~RedactionStore() = default;
  // Appends its own entries to the audit log.
  virtual Result<RedactionReport> redact(const RedactionOrder& order) = 0;
};

}  // namespace deskhand
