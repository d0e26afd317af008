#include "api/mcp_server.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "api/mcp_shapes.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::api {
namespace {

constexpr std::array<std::string_view, 2> kRevisions{"2025-11-25", "2025-06-18"};  // newest first
constexpr std::array<std::string_view, 8> kLevels{"debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"};

RpcFault bad_params(std::string message) { return {nullptr, rpc_error::kInvalidParams, std::move(message), nullptr}; }

}  // namespace

McpServer::McpServer(const toolbox::Toolbox& toolbox, McpOptions options, Send send, std::function<void()> after_call)
    : toolbox_(toolbox), options_(std::move(options)), model_(options_.person), send_(std::move(send)), after_call_(std::move(after_call)) {
  model_.kind = ActorKind::model;
  model_.authenticated = false;
  model_.may_approve_messages = false;
  model_.channel = "mcp";
}
McpServer::~McpServer() = default;

void McpServer::receive_oversize() {
  send_(rpc_fault({nullptr, rpc_error::kInvalidRequest, "A message has at most " + std::to_string(limits::kMcpLineBytes / 1024) + " KB.", nullptr}));
}

void McpServer::receive(std::string_view line) {
  if (trim(line).empty()) return;
  RpcMessage message = read_rpc(line, limits::kMcpLineBytes);
  if (const auto* fault = std::get_if<RpcFault>(&message)) return send_(rpc_fault(*fault));
  if (const auto* notification = std::get_if<RpcNotification>(&message)) return note(*notification);
  auto* request = std::get_if<RpcRequest>(&message);
  if (request == nullptr) return;
  if (waiting_.size() >= limits::kMcpWaiting)
    return send_(rpc_fault({request->id, rpc_error::kBusy, "Too many requests wait already; send this one again later.", nullptr}));
  waiting_.push_back(std::move(*request));
}

// A request that has been answered or is unknown is no mistake of the client's: the two may cross.
void McpServer::note(const RpcNotification& notification) {
  if (notification.method != "notifications/cancelled") return;
  const Json id = notification.params.value("requestId", Json());
  std::erase_if(waiting_, [&](const RpcRequest& waiting) { return waiting.id == id && waiting.method != "initialize"; });
}

bool McpServer::answer_next() {
  if (waiting_.empty()) return false;
  const RpcRequest request = std::move(waiting_.front());
  waiting_.pop_front();
  const Json meta = request.params.value("_meta", Json(Json::object()));
  const Json token = meta.is_object() ? meta.value("progressToken", Json()) : Json();
  const bool shows_progress = request.method == "tools/call" && (token.is_string() || token.is_number_integer());
  const auto progress = [&](int done) {
    if (shows_progress) send_(rpc_notification("notifications/progress", {{"progressToken", token}, {"progress", done}, {"total", 1}}));
  };
  progress(0);
  Answer answered = answer(request);
  if (auto* fault = std::get_if<RpcFault>(&answered)) {
    fault->id = request.id;
    send_(rpc_fault(*fault));
    return true;
  }
  progress(1);
  send_(rpc_result(request.id, std::get<OrderedJson>(answered)));
  return true;
}

McpServer::Answer McpServer::answer(const RpcRequest& request) {
  const std::string& method = request.method;
  if (method == "ping") return OrderedJson::object();
  if (method == "initialize") return initialize(request.params);
  if (!is_initialized_) return RpcFault{nullptr, rpc_error::kInvalidRequest, "Send \"initialize\" first.", nullptr};
  if (method == "tools/list") return list_tools(request.params);
  if (method == "tools/call") return call_tool(request.params);
  if (method == "resources/list") return list_resources(request.params);
  if (method == "resources/templates/list") return list_templates(request.params);
  if (method == "resources/read") return read_resource(request.params);
  if (method == "prompts/list") return list_prompts(request.params);
  if (method == "prompts/get") return get_prompt(request.params);
  if (method == "logging/setLevel") return set_level(request.params);
  return RpcFault{nullptr, rpc_error::kUnknownMethod, "There is no method \"" + shorten(printable_line(method), 64) + "\" here.", nullptr};
}

McpServer::Answer McpServer::initialize(const Json& params) {
  if (is_initialized_) return RpcFault{nullptr, rpc_error::kInvalidRequest, "This session has begun already.", nullptr};
  const Json wanted = params.value("protocolVersion", Json());
  if (!wanted.is_string()) return bad_params("\"protocolVersion\" is missing; this server speaks " + std::string(kRevisions[0]) + " and " + std::string(kRevisions[1]) + ".");
  is_initialized_ = true;
  const bool known = std::find(kRevisions.begin(), kRevisions.end(), wanted.get_ref<const std::string&>()) != kRevisions.end();
  OrderedJson capabilities{{"tools", {{"listChanged", false}}}, {"resources", {{"subscribe", false}, {"listChanged", false}}},
                           {"prompts", {{"listChanged", false}}}, {"logging", OrderedJson::object()}};
  return OrderedJson{{"protocolVersion", known ? wanted.get<std::string>() : std::string(kRevisions[0])},
                     {"capabilities", std::move(capabilities)},
                     {"serverInfo", {{"name", "deskhand"}, {"title", "Deskhand for " + options_.business_name}, {"version", options_.program_version}}},
                     {"instructions", instructions_for(options_.business_name)}};
}

McpServer::Answer McpServer::set_level(const Json& params) {
  const Json wanted = params.value("level", Json());
  const auto level = wanted.is_string() ? std::find(kLevels.begin(), kLevels.end(), wanted.get_ref<const std::string&>()) : kLevels.end();
  if (level == kLevels.end()) return bad_params("\"level\" is one of debug, info, notice, warning, error, critical, alert and emergency.");
  level_ = static_cast<Level>(level - kLevels.begin());
  return OrderedJson::object();
}

void McpServer::log(Level level, OrderedJson data) {
  if (level < level_) return;
  send_(rpc_notification("notifications/message", {{"level", kLevels[static_cast<std::size_t>(level)]}, {"logger", "deskhand"}, {"data", std::move(data)}}));
}

// A cursor is the number of entries before the page.
McpServer::Answer McpServer::page_of(const char* key, std::vector<OrderedJson> all, const Json& params) const {
  std::size_t from = 0;
  const Json cursor = params.value("cursor", Json());
  if (!cursor.is_null()) {
    const std::string text = cursor.is_string() ? cursor.get<std::string>() : "";
    const auto read = std::from_chars(text.data(), text.data() + text.size(), from);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size() || from == 0 || from >= all.size())
      return bad_params("The cursor is none that this server gave.");
  }
  OrderedJson page = OrderedJson::array();
  const std::size_t end = std::min(all.size(), from + options_.page_rows);
  for (std::size_t at = from; at < end; ++at) page.push_back(std::move(all[at]));
  OrderedJson result{{key, std::move(page)}};
  if (end < all.size()) result["nextCursor"] = std::to_string(end);
  return result;
}

toolbox::CallResult McpServer::call(std::string_view tool, std::string arguments) const {
  toolbox::CallRequest request;
  request.org = options_.org;
  request.actor = model_;
  request.tool = std::string(tool);
  request.arguments_text = std::move(arguments);
  request.procedure_version = options_.procedure_version;
  return toolbox_.call(request);
}

McpServer::Answer McpServer::list_tools(const Json& params) {
  std::vector<OrderedJson> all;
  for (const OfferedTool& tool : toolbox_.offered_to(model_)) {
    const ToolSpec* spec = toolbox_.find(tool.name);
    if (spec != nullptr) all.push_back(tool_shape(*spec));
  }
  return page_of("tools", std::move(all), params);
}

McpServer::Answer McpServer::call_tool(const Json& params) {
  const Json name = params.value("name", Json());
  if (!name.is_string()) return bad_params("\"name\" is missing; tools/list names the tools.");
  const std::string tool = name.get<std::string>();
  if (toolbox_.find(tool) == nullptr) return bad_params("Unknown tool: " + shorten(printable_line(tool), 64));
  const Json arguments = params.value("arguments", Json(Json::object()));
  if (!arguments.is_object()) return bad_params("\"arguments\" must be an object.");
  const toolbox::CallResult result = call(tool, to_text(arguments));
  if (!result.ok && (result.code == Code::internal || result.code == Code::corrupt)) {
    log(Level::error, {{"tool", tool}, {"message", result.error}});
  } else if (!result.ok) {
    log(result.rule_id.empty() ? Level::info : Level::warning, {{"tool", tool}, {"message", result.error}, {"guard", result.rule_id}});
  }
  for (const Approval& approval : result.parked)
    log(Level::notice, {{"tool", tool}, {"message", "Parked as " + Ref{ref_prefix::kApproval, approval.head.ref_number}.text() + ": " + approval.summary}});
  if (result.ok && after_call_) after_call_();
  return call_shape(result);
}

McpServer::Answer McpServer::list_resources(const Json& params) { return page_of("resources", resource_shapes(options_.procedures), params); }

McpServer::Answer McpServer::list_templates(const Json& params) { return page_of("resourceTemplates", template_shapes(), params); }

McpServer::Answer McpServer::read_resource(const Json& params) {
  const Json uri = params.value("uri", Json());
  if (!uri.is_string()) return bad_params("\"uri\" is missing; resources/list names the resources.");
  const std::string text = uri.get<std::string>();
  const RpcFault unknown{nullptr, rpc_error::kResourceNotFound, "There is no such resource.", Json{{"uri", shorten(printable_line(text), 200)}}};
  if (auto procedure = procedure_resource(text, options_.procedures)) return *procedure;
  const auto read = read_for(text);
  if (!read) return unknown;
  const toolbox::CallResult result = call(read->tool, read->arguments);
  if (!result.ok && (result.code == Code::not_found || result.code == Code::ambiguous)) return unknown;
  if (!result.ok) return RpcFault{nullptr, rpc_error::kInternal, result.error, nullptr};
  return contents_shape(text, result);
}

McpServer::Answer McpServer::list_prompts(const Json& params) {
  std::vector<OrderedJson> all;
  for (const KnownRequest& request : options_.requests) all.push_back(prompt_shape(request));
  return page_of("prompts", std::move(all), params);
}

McpServer::Answer McpServer::get_prompt(const Json& params) {
  const Json name = params.value("name", Json());
  if (!name.is_string()) return bad_params("\"name\" is missing; prompts/list names the prompts.");
  const Json arguments = params.value("arguments", Json(Json::object()));
  if (!arguments.is_object()) return bad_params("\"arguments\" must be an object of texts.");
  for (const auto& [key, value] : arguments.items())
    if (!value.is_string() || value.get_ref<const std::string&>().size() > limits::kChatLineBytes) return bad_params("\"" + shorten(printable_line(key), 40) + "\" must be a text.");
  for (const KnownRequest& request : options_.requests)
    if (prompt_name(request) == name.get_ref<const std::string&>()) return filled_prompt(request, arguments);
  return bad_params("There is no prompt \"" + shorten(printable_line(name.get<std::string>()), 64) + "\".");
}

}  // namespace deskhand::api
