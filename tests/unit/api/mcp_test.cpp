// MCP by transcript: what a client sends, line by line, and what comes back.
#include <gtest/gtest.h>

#include <algorithm>

#include "api/mcp_server.h"
#include "app/eval/stage.h"
#include "app/line_splitter.h"
#include "base/limits.h"

namespace deskhand::api {
namespace {

class Mcp : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = app::eval::Stage::open(scenario_, DESKHAND_SOURCE_DIR);
    ASSERT_TRUE(opened) << opened.error().message;
    stage_ = std::move(*opened);
    start(100);
  }
  void start(std::size_t page_rows) {
    app::Runtime& runtime = stage_->runtime();
    McpOptions options;
    options.org = runtime.org().id;
    options.person = runtime.actor("mcp");
    options.business_name = runtime.org().name;
    options.program_version = "1.0";
    options.requests = runtime.requests();
    options.procedures = runtime.procedure_documents();
    options.page_rows = page_rows;
    server_ = std::make_unique<McpServer>(runtime.toolbox(), std::move(options), [this](const std::string& line) {
      out_.push_back(*parse_json(line, 8 << 20));
    });
  }
  // Everything that comes back for these lines.
  std::vector<Json> send(const std::vector<std::string>& lines) {
    out_.clear();
    for (const std::string& line : lines) server_->receive(line);
    while (server_->answer_next()) {
    }
    return out_;
  }
  Json ask(const std::string& method, const Json& params = Json::object()) {
    const std::vector<Json> answers =
        send({to_text(Json{{"jsonrpc", "2.0"}, {"id", 9}, {"method", method}, {"params", params}})});
    EXPECT_FALSE(answers.empty()) << method;
    return answers.empty() ? Json() : answers.back();
  }
  void begin(const std::string& revision = "2025-11-25") {
    const Json answer = ask("initialize", {{"protocolVersion", revision},
                                           {"capabilities", Json::object()},
                                           {"clientInfo", {{"name", "t"}, {"version", "1"}}}});
    EXPECT_TRUE(answer.contains("result")) << answer;
    EXPECT_TRUE(send({R"({"jsonrpc":"2.0","method":"notifications/initialized"})"}).empty());
  }
  Json call(const std::string& tool, const Json& arguments) {
    return ask("tools/call", {{"name", tool}, {"arguments", arguments}})["result"];
  }
  static int code_of(const Json& answer) { return answer.contains("error") ? answer["error"]["code"].get<int>() : 0; }

  app::eval::Scenario scenario_;
  std::unique_ptr<app::eval::Stage> stage_;
  std::unique_ptr<McpServer> server_;
  std::vector<Json> out_;
};

TEST_F(Mcp, agrees_on_a_revision_it_knows_and_offers_its_newest_otherwise) {
  for (const auto& [wanted, given] : {std::pair{"2025-11-25", "2025-11-25"}, std::pair{"2025-06-18", "2025-06-18"},
                                      std::pair{"2024-11-05", "2025-11-25"}, std::pair{"next", "2025-11-25"}}) {
    start(100);
    const Json answer = ask("initialize", {{"protocolVersion", wanted}});
    EXPECT_EQ(answer["result"]["protocolVersion"], given);
    EXPECT_EQ(answer["result"]["serverInfo"]["name"], "deskhand");
  }
  EXPECT_EQ(code_of(ask("initialize", {{"protocolVersion", "2025-11-25"}})), rpc_error::kInvalidRequest) << "twice";
}

TEST_F(Mcp, answers_only_pings_before_it_has_begun) {
  EXPECT_TRUE(ask("ping").contains("result"));
  for (const char* method : {"tools/list", "tools/call", "resources/list", "prompts/get", "nonsense"})
    EXPECT_EQ(code_of(ask(method)), rpc_error::kInvalidRequest) << method;
  EXPECT_EQ(code_of(ask("initialize")), rpc_error::kInvalidParams);
  begin();
}

TEST_F(Mcp, answers_hostile_lines_with_the_error_that_the_protocol_names) {
  begin();
  const std::vector<std::pair<std::string, int>> lines{
      {"{", rpc_error::kParse},
      {"hello", rpc_error::kParse},
      {"\"\xff\xfe\"", rpc_error::kParse},
      {R"({"jsonrpc":"2.0","id":1,"id":2,"method":"ping"})", rpc_error::kParse},
      {std::string(5000, '['), rpc_error::kParse},
      {"[]", rpc_error::kInvalidRequest},
      {R"([{"jsonrpc":"2.0","id":1,"method":"ping"}])", rpc_error::kInvalidRequest},
      {"7", rpc_error::kInvalidRequest},
      {"null", rpc_error::kInvalidRequest},
      {R"({"id":1,"method":"ping"})", rpc_error::kInvalidRequest},
      {R"({"jsonrpc":"1.0","id":1,"method":"ping"})", rpc_error::kInvalidRequest},
      {R"({"jsonrpc":"2.0","id":null,"method":"ping"})", rpc_error::kInvalidRequest},
      {R"({"jsonrpc":"2.0","id":{},"method":"ping"})", rpc_error::kInvalidRequest},
      {R"({"jsonrpc":"2.0","id":1,"method":7})", rpc_error::kInvalidRequest},
      {R"({"jsonrpc":"2.0","id":1})", rpc_error::kInvalidRequest},
      {R"({"jsonrpc":"2.0","id":1,"method":"ping","params":[1]})", rpc_error::kInvalidParams},
      {R"({"jsonrpc":"2.0","id":1,"method":"no/such"})", rpc_error::kUnknownMethod},
      {R"({"jsonrpc":"2.0","id":1,"method":"tools/call"})", rpc_error::kInvalidParams},
      {R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"no_such"}})", rpc_error::kInvalidParams},
      {R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"find_contact","arguments":[]}})",
       rpc_error::kInvalidParams},
      {R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"x"}})", rpc_error::kInvalidParams},
      {R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"99999999999999999999"}})",
       rpc_error::kInvalidParams},
      {R"({"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"file:///etc/passwd"}})",
       rpc_error::kResourceNotFound},
      {R"({"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"deskhand://contacts/%00"}})",
       rpc_error::kResourceNotFound},
      {R"({"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"deskhand://procedures/../../etc"}})",
       rpc_error::kResourceNotFound},
      {R"({"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"none"}})", rpc_error::kInvalidParams},
      {R"({"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"loud"}})", rpc_error::kInvalidParams}};
  for (const auto& [line, code] : lines) {
    const std::vector<Json> answers = send({line});
    ASSERT_EQ(answers.size(), 1u) << line.substr(0, 80);
    EXPECT_EQ(code_of(answers[0]), code) << line.substr(0, 80) << " " << answers[0];
  }
  for (const char* quiet :
       {"", "   ", R"({"jsonrpc":"2.0","method":"notifications/unheard"})", R"({"jsonrpc":"2.0","id":4,"result":{}})"})
    EXPECT_TRUE(send({quiet}).empty()) << quiet;
  EXPECT_TRUE(ask("ping").contains("result"));
}

TEST_F(Mcp, tells_a_line_that_is_too_long_once_and_reads_the_next) {
  begin();
  out_.clear();
  app::LineSplitter lines(
      limits::kMcpLineBytes, [this](std::string_view line) { server_->receive(line); },
      [this] { server_->receive_oversize(); });
  const std::string piece(100'000, 'x');
  for (int i = 0; i < 40; ++i) lines.take(piece);
  lines.take("\n{\"jsonrpc\":\"2.0\",\"id\":5,\"meth");
  lines.take("od\":\"ping\"}\n");
  while (server_->answer_next()) {
  }
  ASSERT_EQ(out_.size(), 2u);
  EXPECT_EQ(code_of(out_[0]), rpc_error::kInvalidRequest);
  EXPECT_EQ(out_[1]["id"], 5);
}

TEST_F(Mcp, lists_every_tool_over_its_pages_and_none_for_people_or_the_runtime) {
  start(7);
  begin();
  std::vector<std::string> names;
  Json params = Json::object();
  for (int page = 0; page < 50; ++page) {
    const Json result = ask("tools/list", params)["result"];
    EXPECT_LE(result["tools"].size(), 7u);
    for (const Json& tool : result["tools"]) {
      names.push_back(tool["name"].get<std::string>());
      EXPECT_EQ(tool["inputSchema"]["type"], "object") << tool["name"];
      EXPECT_EQ(tool["outputSchema"]["type"], "object");
      EXPECT_TRUE(tool["annotations"]["readOnlyHint"].is_boolean());
    }
    if (!result.contains("nextCursor")) break;
    params = {{"cursor", result["nextCursor"]}};
  }
  EXPECT_EQ(names.size(), stage_->runtime().toolbox().offered_to(stage_->runtime().actor("mcp")).size());
  for (const char* hidden : {"decide_approval", "settle_delivery", "set_setting", "grant_auto_send", "record_delivery"})
    EXPECT_EQ(std::count(names.begin(), names.end(), hidden), 0) << hidden;
}

TEST_F(Mcp, runs_the_same_tools_under_the_same_guards_and_parks_what_needs_a_yes) {
  begin("2025-06-18");
  const Json made = call("create_contact", {{"name", "Ana Ruiz"}, {"email", "ana@ruiz.example"}});
  EXPECT_EQ(made["isError"], false);
  EXPECT_EQ(made["structuredContent"]["refs"], Json::array({"C-1"}));
  EXPECT_TRUE(made["structuredContent"].contains("undo"));
  const Json drafted = call("draft_message", {{"contact", "C-1"}, {"text", "Hello Ana"}});
  EXPECT_EQ(drafted["structuredContent"]["waiting"][0]["ref"], "A-1");
  EXPECT_NE(drafted["content"][0]["text"].get<std::string>().find("Hello Ana"), std::string::npos);
  EXPECT_EQ(to_text(drafted).find("fingerprint"), std::string::npos) << "what a yes must carry is not handed out";
  ASSERT_TRUE(stage_->runtime().deliver());
  EXPECT_TRUE(stage_->sent().empty());
  const Json double_one = call("create_contact", {{"name", "Other"}, {"email", "ana@ruiz.example"}});
  EXPECT_EQ(double_one["structuredContent"]["waiting"].size(), 1u);
}

TEST_F(Mcp, can_not_approve_send_or_set_anything) {
  begin();
  call("create_contact", {{"name", "Ana Ruiz"}, {"email", "ana@ruiz.example"}});
  call("draft_message", {{"contact", "C-1"}, {"text", "Hello Ana"}});
  const std::string fingerprint =
      stage_->runtime().call("list_approvals", "{}", "command line").ok ? std::string(64, '0') : "";
  for (const char* tool : {"decide_approval", "settle_delivery", "set_setting", "grant_auto_send", "redact",
                           "record_delivery", "record_quickbooks_id"}) {
    if (stage_->runtime().toolbox().find(tool) == nullptr) continue;
    const Json answer = call(tool, {{"approval", "A-1"}, {"verdict", "approve"}, {"fingerprint", fingerprint}});
    EXPECT_EQ(answer["isError"], true) << tool;
    EXPECT_EQ(answer["structuredContent"]["code"], "forbidden") << tool << answer;
  }
  ASSERT_TRUE(stage_->runtime().deliver());
  EXPECT_TRUE(stage_->sent().empty());
}

TEST_F(Mcp, answers_a_wrong_argument_as_a_result_the_model_can_read) {
  begin();
  const Json answer = call("create_contact", {{"nonsense", 1}});
  EXPECT_EQ(answer["isError"], true);
  EXPECT_EQ(answer["structuredContent"]["code"], "invalid_argument");
}

TEST_F(Mcp, drops_a_request_that_was_cancelled_while_it_waited) {
  begin();
  const auto answers = send(
      {R"({"jsonrpc":"2.0","id":1,"method":"ping"})",
       R"({"jsonrpc":"2.0","id":"b","method":"tools/call","params":{"name":"create_contact","arguments":{"name":"No One","phone":"512-555-0199"}}})",
       R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"b","reason":"changed my mind"}})",
       R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"unknown"}})"});
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0]["id"], 1);
  EXPECT_EQ(call("find_contact", {{"query", "No One"}})["structuredContent"]["text"].get<std::string>().find("512"),
            std::string::npos);
}

TEST_F(Mcp, keeps_a_bounded_number_of_requests_waiting) {
  begin();
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < limits::kMcpWaiting + 5; ++i)
    lines.push_back(to_text(Json{{"jsonrpc", "2.0"}, {"id", i}, {"method", "ping"}}));
  int busy = 0;
  for (const Json& answer : send(lines)) busy += code_of(answer) == rpc_error::kBusy ? 1 : 0;
  EXPECT_EQ(busy, 5);
}

TEST_F(Mcp, shows_progress_when_asked_and_logs_at_the_level_that_was_set) {
  begin();
  const auto answers = send(
      {R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"morning_list","arguments":{},"_meta":{"progressToken":"p"}}})"});
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_EQ(answers[0]["method"], "notifications/progress");
  EXPECT_EQ(answers[1]["params"]["progress"], 1);
  EXPECT_EQ(answers[2]["id"], 1);
  const std::string refused =
      R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"decide_approval","arguments":{}}})";
  EXPECT_EQ(send({refused}).front()["method"], "notifications/message") << "a refusal is a warning";
  ask("logging/setLevel", {{"level", "critical"}});
  EXPECT_EQ(send({refused}).size(), 1u);
}

TEST_F(Mcp, reads_today_contacts_leads_and_procedures_as_resources) {
  begin();
  call("create_contact", {{"name", "Ana Ruiz"}, {"email", "ana@ruiz.example"}});
  call("create_lead", {{"title", "Leaking shower"}, {"contact", "C-1"}});
  for (const char* uri : {"deskhand://today", "deskhand://contacts", "deskhand://leads", "deskhand://procedures",
                          "deskhand://contacts/C-1", "deskhand://contacts/Ana%20Ruiz", "deskhand://leads/L-1"}) {
    const Json answer = ask("resources/read", {{"uri", uri}});
    ASSERT_TRUE(answer.contains("result")) << uri << answer;
    EXPECT_EQ(answer["result"]["contents"][0]["uri"], uri);
  }
  EXPECT_NE(
      ask("resources/read", {{"uri", "deskhand://contacts"}})["result"]["contents"][0]["text"].get<std::string>().find(
          "Ana Ruiz"),
      std::string::npos);
  const Json listed = ask("resources/list")["result"]["resources"];
  EXPECT_GE(listed.size(), 5u);
  for (const Json& resource : listed)
    EXPECT_TRUE(ask("resources/read", {{"uri", resource["uri"]}}).contains("result")) << resource;
  EXPECT_EQ(ask("resources/templates/list")["result"]["resourceTemplates"].size(), 3u);
  EXPECT_EQ(code_of(ask("resources/read", {{"uri", "deskhand://leads/L-77"}})), rpc_error::kResourceNotFound);
}

TEST_F(Mcp, offers_the_procedures_requests_as_prompts_and_fills_their_blanks) {
  begin();
  const Json prompts = ask("prompts/list")["result"]["prompts"];
  ASSERT_GE(prompts.size(), 5u);
  int filled = 0;
  for (const Json& prompt : prompts) {
    Json arguments = Json::object();
    for (const Json& argument : prompt["arguments"]) arguments[argument["name"].get<std::string>()] = "Ana Ruiz";
    const Json got = ask("prompts/get", {{"name", prompt["name"]}, {"arguments", arguments}});
    ASSERT_TRUE(got.contains("result")) << got;
    const std::string text = got["result"]["messages"][0]["content"]["text"].get<std::string>();
    if (!arguments.empty()) filled += text.find("Ana Ruiz") != std::string::npos ? 1 : 0;
    EXPECT_EQ(got["result"]["messages"][0]["role"], "user");
  }
  EXPECT_GE(filled, 1);
  EXPECT_EQ(code_of(ask("prompts/get", {{"name", prompts[0]["name"]}, {"arguments", {{"name", 7}}}})),
            rpc_error::kInvalidParams);
}

}  // namespace
}  // namespace deskhand::api
