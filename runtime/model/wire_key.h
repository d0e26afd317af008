// Keys of other people's servers. A key comes from the environment or from a file that only its owner can read, and it goes
// into one header; it has no way into a log, an error or a record of a run.
//
// Thread rule: value types; reading the environment is safe as long as nobody changes it. Codes: not_found, forbidden (a file
// that others may read), invalid_argument. No message ever holds a part of a key.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace deskhand::model {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  bool empty() const { return text_.empty(); }
  const std::string& reveal() const { return text_; }  // for the header it is meant for, and for finding it in other text

 private:
  std::string text_;
};

// `where` names the place for the message: "the key of provider claude". Ends trimmed; visible ASCII without spaces.
Result<Secret> check_secret(std::string text, std::string_view where);
Result<Secret> secret_from_environment(const std::string& variable);
// A regular file of the running user (or root), readable by nobody else, at most limits::kModelKeyBytes.
Result<Secret> secret_from_file(const std::string& path);
// "env:NAME" or "file:PATH", as configuration names where a key is.
Result<Secret> read_secret(std::string_view source);

// `text` of somebody else without the key: whole, or the beginning of it that a server repeats with the rest starred out.
std::string without_secret(std::string_view text, const Secret& secret);

}  // namespace deskhand::model
