// MailSource: one mailbox from which mail is taken in. It is only read: no flag of a mail changes by it.
//
// Thread rule: one thread at a time. Codes: unavailable (try later), forbidden (the login or the certificate was
// refused; a person has to look), not_found (no such mailbox, or the mail is gone), cancelled.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace deskhand {

class MailSource {
 public:
  virtual ~MailSource() = default;
  virtual const std::string& name() const = 0;  // for people and for the mark: "office@hill.example INBOX"
  virtual int days_back() const = 0;            // of a mailbox that is read for the first time
  // Connects. Back comes the number under which its UIDs are valid.
  virtual Result<std::uint32_t> open(std::stop_token stop) = 0;
  virtual Result<std::vector<std::uint32_t>> uids_above(std::uint32_t uid, std::optional<Day> since) = 0;
  virtual Result<std::string> fetch(std::uint32_t uid) = 0;
  virtual void close() = 0;
};

}  // namespace deskhand
