// The quarantine on a model: builds the question, holds it to the limits on what models may use, checks the answer against the
// form, and keeps cost and log in one unit of work with what the caller keeps of it.
//
// Thread rule: thread-safe. References must outlive the object. ports/quarantine.h says what each method promises.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "agent/agent.h"
#include "ports/quarantine.h"
#include "schema/schema.h"

namespace deskhand::agent {

// What one purpose is asked with: the prompt (prompts/NAME.md) and the form of its answers (prompts/NAME.json).
struct QuarantinedWork {
  std::string prompt;
  schema::Schema form;
};

// invalid_argument: the form is no closed schema of an object.
Result<QuarantinedWork> read_quarantined_work(std::string prompt, std::string_view form_text);

struct QuarantineRules {
  std::map<ModelPurpose, QuarantinedWork> works;
  SpendCaps caps;
  std::string procedure_version;
};

class ModelQuarantine final : public Quarantine {
 public:
  ModelQuarantine(Store& store, Model& model, const Clock& clock, QuarantineRules rules);

  bool takes(ModelPurpose purpose) const override;
  Result<QuarantinedAnswer> ask(const OrgId& org, const QuarantinedQuestion& question, std::stop_token stop, const Keep& keep) override;

 private:
  Result<ModelRequest> request_for(const OrgId& org, const QuarantinedQuestion& question, Day& today) const;
  Done keep_answer(const OrgId& org, const QuarantinedQuestion& question, const ModelReply& reply, Day today,
                   QuarantinedAnswer& answer, const Keep& keep) const;

  Store& store_;
  Model& model_;
  const Clock& clock_;
  const QuarantineRules rules_;
};

// The answer as an object of the form. Strictly: one JSON object and nothing beside it but blanks and a fence of code around it.
// invalid_argument says what is wrong.
Result<Json> read_quarantined_answer(std::string_view text, const schema::Schema& form);

}  // namespace deskhand::agent
