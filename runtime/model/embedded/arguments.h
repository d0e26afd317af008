// From a frame to the arguments of its tool. Which names there are, which types and which values they take is read from the
// tool's own schema at every request; a role that the schema has no place for is left out.
//
// Thread rule: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_fwd.h"
#include "model/embedded/frame.h"
#include "ports/model.h"

namespace deskhand::embedded {

class ToolView {
 public:
  explicit ToolView(const OfferedTool& tool) : tool_(tool) {}
  const std::string& name() const { return tool_.name; }
  EffectClass effect() const { return tool_.effect; }
  bool has(std::string_view argument) const;
  // The schema of an argument, null when there is none.
  const Json* property(std::string_view argument) const;
  std::vector<std::string> values(std::string_view argument) const;  // of its enum
  // x_ arguments with the words they are called by: {"x_boiler_model", "boiler model"}.
  std::vector<std::pair<std::string, std::string>> custom_fields() const;
  // The argument that holds a role, "" when the tool has none.
  std::string argument_for(std::string_view role, const Filled* filled) const;
  // Which records the reference role may mean here, best first.
  std::vector<Noun> nouns_for(std::string_view role) const;

 private:
  const OfferedTool& tool_;
};

const OfferedTool* find_tool(const ModelRequest& request, std::string_view name);

// The arguments as JSON text. `ref_of_frame` gives the record that an earlier frame of the message made, by noun wanted.
std::string arguments_text(const Frame& frame, const ToolView& tool);

}  // namespace deskhand::embedded
