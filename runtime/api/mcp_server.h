// McpServer: the registry of tools for programs that speak the Model Context Protocol. Same tools, same guards, same roles as the
// chat: the client counts as a model that works for the person of this process. What needs a yes is parked and answered with its
// ref and its text; nothing here can approve, send or change a setting.
//
// Thread rule: one thread. Ownership: the toolbox must outlive it; lines go out through `send`, each without its end.
// Source: modelcontextprotocol.io/specification, revisions 2025-06-18 and 2025-11-25.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/json_rpc.h"
#include "ports/model.h"
#include "toolbox/toolbox.h"

namespace deskhand::api {

// A procedure as a client may read it.
struct McpProcedure {
  std::string slug, title, version, text;
};

struct McpOptions {
  OrgId org;
  Actor person;                          // for whom the client works
  std::string business_name, program_version, procedure_version;
  std::vector<KnownRequest> requests;
  std::vector<McpProcedure> procedures;
  std::size_t page_rows = 100;           // entries of one list answer
};

class McpServer {
 public:
  using Send = std::function<void(const std::string& line)>;
  // `after_call` sends what a call released (a notice to the owner); may be null.
  McpServer(const toolbox::Toolbox& toolbox, McpOptions options, Send send, std::function<void()> after_call = {});
  ~McpServer();

  // Takes one line in: faults are answered at once, a cancellation takes its request out of the queue, requests wait.
  void receive(std::string_view line);
  // A line that was too long to be kept.
  void receive_oversize();
  // Answers the next request; false when none waits.
  bool answer_next();

 private:
  using Answer = std::variant<OrderedJson, RpcFault>;
  enum class Level { debug, info, notice, warning, error, critical, alert, emergency };
  struct Page;

  Answer answer(const RpcRequest& request);
  Answer initialize(const Json& params);
  Answer set_level(const Json& params);
  Answer list_tools(const Json& params);
  Answer call_tool(const Json& params);
  Answer list_resources(const Json& params);
  Answer list_templates(const Json& params);
  Answer read_resource(const Json& params);
  Answer list_prompts(const Json& params);
  Answer get_prompt(const Json& params);
  Answer page_of(const char* key, std::vector<OrderedJson> all, const Json& params) const;
  void note(const RpcNotification& notification);
  void log(Level level, OrderedJson data);
  toolbox::CallResult call(std::string_view tool, std::string arguments) const;

  const toolbox::Toolbox& toolbox_;
  McpOptions options_;
  Actor model_;                    // the client: never a person
  Send send_;
  std::function<void()> after_call_;
  std::deque<RpcRequest> waiting_;
  bool is_initialized_ = false;
  Level level_ = Level::warning;
};

}  // namespace deskhand::api
