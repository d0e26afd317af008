// JSON-RPC 2.0 as MCP uses it: one message a line, no batches. Bytes become a typed message or the error that answers them.
//
// Thread rule: pure functions. Sources: jsonrpc.org/specification; modelcontextprotocol.io, revisions 2025-06-18 and 2025-11-25.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/json.h"

namespace deskhand::api {

namespace rpc_error {
inline constexpr int kParse = -32700, kInvalidRequest = -32600, kUnknownMethod = -32601, kInvalidParams = -32602, kInternal = -32603;
inline constexpr int kBusy = -32000, kResourceNotFound = -32002;
}  // namespace rpc_error

struct RpcRequest {
  Json id;  // text or a number
  std::string method;
  Json params = Json::object();
};
struct RpcNotification {
  std::string method;
  Json params = Json::object();
};
struct RpcResponse {};  // to a question we never ask
struct RpcFault {       // of a message that is none, or of a call
  Json id;              // null when the message's can not be told
  int code = rpc_error::kInternal;
  std::string message;
  Json data;            // null: left out
};
using RpcMessage = std::variant<RpcRequest, RpcNotification, RpcResponse, RpcFault>;

// `line` without its end. Longer than `bytes_max`, no JSON, no UTF-8, deeper than 64: an RpcFault.
RpcMessage read_rpc(std::string_view line, std::size_t bytes_max);

// Each is one line without its end.
std::string rpc_result(const Json& id, const OrderedJson& result);
std::string rpc_fault(const RpcFault& fault);
std::string rpc_notification(std::string_view method, const OrderedJson& params);

}  // namespace deskhand::api
