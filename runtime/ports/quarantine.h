// Quarantine: one question to a model about words from outside, answered in a closed form. The model is offered no tools, the
// words stand in the marked block and nowhere else, and what comes back fits the form and is believed by nobody yet: whoever
// asked checks each value against the words. What it cost and what it was asked with stand in the run log like any answer's.
//
// Thread rule: thread-safe; ask() waits for the model, so it is never called inside a unit of work. Codes of ask():
// unavailable (no model could be reached; later one may), limit_exceeded (a limit on what models may use),
// invalid_argument (the answer is no JSON of the form, or the question is too long), cancelled, and the store's.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "base/json_fwd.h"
#include "base/result.h"
#include "crm/record.h"
#include "ports/model.h"
#include "ports/store/store.h"

namespace deskhand {

struct QuarantinedQuestion {
  ModelPurpose purpose = ModelPurpose::extract;  // never `turn`: it chooses the prompt and the form of the answer
  std::string frame;  // the business's own words that stand before the block; may be empty
  std::string words;  // from outside
  std::string about;  // for the log: a mail's label, L-7
  // The turn that asks; with no run, one is begun and ended for the answer, of that trigger.
  ConversationId conversation;
  RunId run;
  std::string trigger;
};

struct QuarantinedAnswer {
  std::shared_ptr<const Json> value;  // an object of the form
  RunId run;                          // where it is logged
  std::string step;                   // its payload there, of StepKind::noted
  std::string model;
};

class Quarantine {
 public:
  virtual ~Quarantine() = default;
  virtual bool takes(ModelPurpose purpose) const = 0;
  // Runs in the unit of work that keeps what the answer cost, so that none is paid for and lost. May be empty.
  using Keep = std::function<Done(Txn&, const QuarantinedAnswer&)>;
  virtual Result<QuarantinedAnswer> ask(const OrgId& org, const QuarantinedQuestion& question, std::stop_token stop, const Keep& keep) = 0;
};

}  // namespace deskhand
