// The shapes in which MCP shows tools, results, resources and prompts. What decides is in mcp_server; here values become JSON.
//
// Thread rule: pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/mcp_server.h"

namespace deskhand::api {

std::string instructions_for(const std::string& business);
OrderedJson tool_shape(const ToolSpec& spec);
OrderedJson call_shape(const toolbox::CallResult& result);

std::vector<OrderedJson> resource_shapes(const std::vector<McpProcedure>& procedures);
std::vector<OrderedJson> template_shapes();
// The index of procedures or one of them; nullopt when `uri` names neither.
std::optional<OrderedJson> procedure_resource(const std::string& uri, const std::vector<McpProcedure>& procedures);
struct ResourceRead {
  std::string tool, arguments;
};
// The read tool that gives this resource.
std::optional<ResourceRead> read_for(const std::string& uri);
OrderedJson contents_shape(const std::string& uri, const toolbox::CallResult& result);

std::string prompt_name(const KnownRequest& request);
OrderedJson prompt_shape(const KnownRequest& request);
OrderedJson filled_prompt(const KnownRequest& request, const Json& arguments);

}  // namespace deskhand::api
