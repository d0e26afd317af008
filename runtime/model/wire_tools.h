// The parts of a request that are most of its bytes, as JSON text that is written once and kept while they stay the same: the
// offered tools and the system's words.
//
// Thread rule: thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/json_fwd.h"
#include "base/result.h"
#include "ports/model.h"

namespace deskhand::model {

// One text as a JSON string, written once and kept while it stays the same: the system's words are long and hardly ever change.
class KeptJson {
 public:
  std::shared_ptr<const std::string> json_of(std::string text) const;

 private:
  mutable std::mutex mutex_;
  mutable std::string kept_;                         // what json_ was written from
  mutable std::shared_ptr<const std::string> json_;  // guarded by mutex_, like kept_
};

class WireTools {
 public:
  // Writes one tool of the offer: name and description are fit for the wire, the schema as it is offered.
  using Write = std::function<void(std::string& out, const OfferedTool& tool, const std::string& description)>;
  explicit WireTools(Write write) : write_(std::move(write)) {}

  // "[{...},{...}]", "" when there are none. invalid_argument: a name or a schema that no vendor takes, a name given twice, or
  // more than limits::kModelTools.
  Result<std::shared_ptr<const std::string>> text_of(const std::vector<OfferedTool>& offered) const;

 private:
  bool is_same(const std::vector<OfferedTool>& offered) const;

  const Write write_;
  mutable std::mutex mutex_;
  mutable std::vector<OfferedTool> kept_;                // what text_ was written from; it keeps their schemas alive
  mutable std::shared_ptr<const std::string> text_;      // guarded by mutex_, like kept_
};

}  // namespace deskhand::model
