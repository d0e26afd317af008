// A tool made of its spec and two functions. Nearly every tool holds nothing else; a class for each would only repeat
// this one. What a tool needs besides (a procedure's templates) its functions capture by value.
//
// Thread rule: immutable; the functions must be callable from any thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "ports/tool.h"

namespace deskhand::tools {

using Tools = std::vector<std::unique_ptr<Tool>>;

class FunctionTool final : public Tool {
 public:
  using Propose = std::function<Result<Proposal>(const Json&, const ToolContext&)>;
  using Run = std::function<Result<ToolOutcome>(const Json&, ToolContext&)>;

  FunctionTool(ToolSpec spec, Propose propose, Run run)
      : spec_(std::move(spec)), propose_(std::move(propose)), run_(std::move(run)) {}

  const ToolSpec& spec() const override { return spec_; }
  Result<Proposal> propose(const Json& arguments, const ToolContext& context) const override {
    return propose_(arguments, context);
  }
  Result<ToolOutcome> run(const Json& arguments, ToolContext& context) const override {
    return run_(arguments, context);
  }

 private:
  ToolSpec spec_;
  Propose propose_;
  Run run_;
};

inline std::unique_ptr<Tool> make_tool(ToolSpec spec, FunctionTool::Propose propose, FunctionTool::Run run) {
  return std::make_unique<FunctionTool>(std::move(spec), std::move(propose), std::move(run));
}

inline std::shared_ptr<const Json> share(Json value) { return std::make_shared<const Json>(std::move(value)); }

// What most specs say. Whatever writes into the record can be taken back.
inline ToolSpec tool_spec(std::string name, std::string description, Json arguments, EffectClass effect) {
  ToolSpec spec;
  spec.name = std::move(name);
  spec.description = std::move(description);
  spec.arguments = share(std::move(arguments));
  spec.effect = effect;
  spec.undoable = effect == EffectClass::write;
  return spec;
}

// A read changes nothing and asks nobody; its names are resolved when it runs.
inline Result<Proposal> propose_read(const Json& arguments, const ToolContext&) {
  Proposal proposal;
  proposal.effects = {ReadsRecords{}};
  proposal.arguments = share(arguments);
  return proposal;
}

}  // namespace deskhand::tools
