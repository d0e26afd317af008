#include "tests/unit/model/talk.h"

#include <fstream>
#include <sstream>

#include "base/json.h"
#include "model/embedded/embedded_model.h"

namespace deskhand::embedded_test {
namespace {

constexpr int kRounds = 12;

Json read_json(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return *parse_json(text.str(), 4 * 1024 * 1024);
}

EffectClass effect_of(const std::string& name) {
  for (const EffectClass effect : {EffectClass::read, EffectClass::write, EffectClass::draft, EffectClass::send, EffectClass::money})
    if (name_of(effect) == name) return effect;
  return EffectClass::write;
}

}  // namespace

std::vector<OfferedTool> offered_tools() {
  static const Json specs = read_json(DESKHAND_SOURCE_DIR "/tests/unit/model/offered_tools.json");
  std::vector<OfferedTool> tools;
  for (const Json& spec : specs)
    tools.push_back({spec.at("name"), spec.at("description"), std::make_shared<const Json>(spec.at("arguments")), effect_of(spec.at("effect"))});
  return tools;
}

Model& model() {
  static const std::unique_ptr<Model> made = std::move(*embedded::make_embedded_model(DESKHAND_SOURCE_DIR "/prompts/embedded"));
  return *made;
}

Talk::Talk() {
  request.tools = offered_tools();
  request.now = {*make_day(2026, 3, 4), 10 * 60, 0};  // a Wednesday
  request.zone = "America/Chicago";
  request.region = "US";
  request.currency = "USD";
  request.business_name = "Flores Plumbing";
  request.person_name = "Dana Flores";
}

ModelReply Talk::ask() const { return *model().complete(request, std::chrono::steady_clock::time_point::max(), {}); }

ModelReply Talk::hear(const std::string& text) {
  ModelMessage said;
  said.text = text;
  request.messages.push_back(std::move(said));
  return ask();
}

void Talk::will(const std::string& tool, Scripted result) { scripted_.emplace_back(tool, std::move(result)); }

void Talk::drop_tool(const std::string& name) {
  std::erase_if(request.tools, [&](const OfferedTool& tool) { return tool.name == name; });
}

void Talk::answer(const ProposedCall& call) {
  ModelMessage result;
  result.speaker = Speaker::tool;
  result.call_id = call.id;
  result.tool = call.tool;
  Scripted scripted;
  for (auto next = scripted_.begin(); next != scripted_.end(); ++next) {
    if (next->first != call.tool) continue;
    scripted = next->second;
    scripted_.erase(next);
    break;
  }
  const bool makes = call.tool.starts_with("create_") || call.tool == "capture_inquiry";
  if (scripted.data.empty() && makes) {
    const std::string prefix = call.tool == "create_contact" ? "C-" : call.tool == "create_company" ? "B-" : "L-";
    scripted.data = R"({"ref":")" + prefix + std::to_string(50 + made_++) + R"("})";
  }
  result.ok = scripted.ok;
  result.code = scripted.code;
  result.text = scripted.text.empty() && scripted.ok ? "Done: " + call.tool + "." : scripted.text;
  result.offer = scripted.offer;
  result.parked = scripted.parked;
  result.undo = scripted.undo;
  result.list = scripted.list;
  if (!scripted.data.empty()) result.data = std::make_shared<const Json>(*parse_json(scripted.data, 100'000));
  request.messages.push_back(std::move(result));
}

std::string Talk::say(const std::string& text) {
  ModelReply reply = hear(text);
  std::string told;
  for (int round = 0; round < kRounds; ++round) {
    ModelMessage answer_message;
    answer_message.speaker = Speaker::model;
    answer_message.text = reply.text;
    answer_message.calls = reply.calls;
    if (!reply.text.empty() || !reply.calls.empty()) request.messages.push_back(answer_message);
    if (reply.calls.empty()) return told + "= " + reply.text;
    for (const ProposedCall& call : reply.calls) {
      told += call.tool + " " + call.arguments_text + "\n";
      answer(call);
    }
    reply = ask();
  }
  return told + "= (no end)";
}

}  // namespace deskhand::embedded_test
