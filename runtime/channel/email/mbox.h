// One mail after the other out of a mailbox file, so that a file of gigabytes needs the room of its largest mail.
//
// Thread rule: one thread. Ownership: the stream must outlive the reader. Source: RFC 4155, and the ">From " quoting of mboxrd.
#pragma once

#include <istream>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace deskhand::channel::email {

// Whether a file begins like a mailbox rather than like a single mail.
bool looks_like_mbox(std::string_view start);

class MboxReader {
 public:
  explicit MboxReader(std::istream& stream) : stream_(stream) {}
  // The raw bytes of the next mail, nullopt at the end. limit_exceeded: this one is larger than limits::kMailBytes and was passed
  // over; the next call goes on behind it. unavailable: the file can not be read further.
  Result<std::optional<std::string>> next();

 private:
  bool read_line();

  std::istream& stream_;
  std::string line_;
  bool has_separator_ = false;  // line_ is the "From " line of the mail to come
  bool line_is_continued_ = false, starts_line_ = true;
};

}  // namespace deskhand::channel::email
