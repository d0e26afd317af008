#include "api/json_rpc.h"

#include "base/text.h"

namespace deskhand::api {
namespace {

constexpr std::size_t kMethodBytes = 128;
constexpr std::size_t kIdBytes = 256;

bool is_usable_id(const Json& id) {
  return id.is_number_integer() || (id.is_string() && id.get_ref<const std::string&>().size() <= kIdBytes);
}

RpcFault invalid(Json id, std::string message) { return {std::move(id), rpc_error::kInvalidRequest, std::move(message), nullptr}; }

}  // namespace

RpcMessage read_rpc(std::string_view line, std::size_t bytes_max) {
  if (line.size() > bytes_max) return invalid(nullptr, "A message has at most " + std::to_string(bytes_max / 1024) + " KB.");
  if (!is_utf8(line)) return RpcFault{nullptr, rpc_error::kParse, "The message is not UTF-8.", nullptr};
  auto parsed = parse_json(line, bytes_max);
  if (!parsed) return RpcFault{nullptr, rpc_error::kParse, "The message is not usable JSON: " + parsed.error().message, nullptr};
  if (parsed->is_array()) return invalid(nullptr, "Batches are not part of this protocol; send one message a line.");
  if (!parsed->is_object()) return invalid(nullptr, "A message is a JSON object.");
  Json& message = *parsed;
  const Json id = message.contains("id") ? message["id"] : Json();
  const Json usable = is_usable_id(id) ? id : Json();
  if (message.value("jsonrpc", Json()) != "2.0") return invalid(usable, "\"jsonrpc\" must be \"2.0\".");
  if (!message.contains("method")) {
    if (message.contains("result") || message.contains("error")) return RpcResponse{};
    return invalid(usable, "The message has no \"method\".");
  }
  if (!message["method"].is_string() || message["method"].get_ref<const std::string&>().size() > kMethodBytes)
    return invalid(usable, "\"method\" must be a short text.");
  Json params = message.value("params", Json(Json::object()));
  if (!params.is_object()) return RpcFault{usable, rpc_error::kInvalidParams, "\"params\" must be an object.", nullptr};
  std::string method = message["method"].get<std::string>();
  if (!message.contains("id")) return RpcNotification{std::move(method), std::move(params)};
  if (usable.is_null()) return invalid(nullptr, "\"id\" must be a text or a whole number.");
  return RpcRequest{usable, std::move(method), std::move(params)};
}

std::string rpc_result(const Json& id, const OrderedJson& result) {
  return to_text(OrderedJson{{"jsonrpc", "2.0"}, {"id", id}, {"result", result}});
}

std::string rpc_fault(const RpcFault& fault) {
  OrderedJson error{{"code", fault.code}, {"message", fault.message}};
  if (!fault.data.is_null()) error["data"] = fault.data;
  return to_text(OrderedJson{{"jsonrpc", "2.0"}, {"id", fault.id}, {"error", std::move(error)}});
}

std::string rpc_notification(std::string_view method, const OrderedJson& params) {
  return to_text(OrderedJson{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}});
}

}  // namespace deskhand::api
