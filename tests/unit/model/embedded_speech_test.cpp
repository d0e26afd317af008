// How owners really type: hundreds of utterances of said.txt, each on its own, with what must come of it. "none" changes nothing,
// "asks" changes nothing and puts a question, else the tool and the arguments it must at least have.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "base/json.h"
#include "base/text.h"
#include "tests/unit/model/talk.h"

namespace deskhand::embedded_test {
namespace {

constexpr std::size_t kArgumentBytes = 10'000;

bool changes_something(const ProposedCall& call) {
  for (const OfferedTool& tool : offered_tools())
    if (tool.name == call.tool) return tool.effect != EffectClass::read;
  return true;
}

bool has_at_least(const ProposedCall& call, const std::string& wanted) {
  const std::size_t space = wanted.find(' ');
  if (call.tool != wanted.substr(0, space)) return false;
  if (space == std::string::npos) return true;
  const Result<Json> least = parse_json(wanted.substr(space + 1), kArgumentBytes), got = parse_json(call.arguments_text, kArgumentBytes);
  if (!least || !got) return false;
  for (const auto& [name, value] : least->items())
    if (!got->contains(name) || (*got)[name] != value) return false;
  return true;
}

TEST(EmbeddedModel, understands_how_owners_type) {
  std::ifstream file(DESKHAND_SOURCE_DIR "/tests/unit/model/said.txt");
  ASSERT_TRUE(file) << "said.txt is missing";
  std::string line;
  int count = 0;
  while (std::getline(file, line)) {
    const std::size_t bar = line.find(" | ");
    if (line.empty() || line.front() == '#' || bar == std::string::npos) continue;
    ++count;
    Talk talk;
    talk.request.now = {*make_day(2026, 3, 2), 9 * 60, 0};  // a Monday
    const std::string wanted = line.substr(0, bar);
    const ModelReply reply = talk.hear(line.substr(bar + 3));
    std::string told;
    for (const ProposedCall& call : reply.calls) told += call.tool + " " + call.arguments_text + "\n";
    const bool changes = std::any_of(reply.calls.begin(), reply.calls.end(), changes_something);
    if (wanted == "none" || wanted == "asks") {
      EXPECT_FALSE(changes) << line << "\n" << told;
      EXPECT_TRUE(wanted == "none" || reply.text.find('?') != std::string::npos) << line << "\n" << reply.text;
      continue;
    }
    EXPECT_TRUE(std::any_of(reply.calls.begin(), reply.calls.end(), [&](const ProposedCall& call) { return has_at_least(call, wanted); }))
        << line << "\n" << told << reply.text;
  }
  EXPECT_GT(count, 500);
}

}  // namespace
}  // namespace deskhand::embedded_test
