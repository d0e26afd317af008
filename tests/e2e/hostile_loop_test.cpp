// The second corpus, written blind, through the whole loop: the text is said in a conversation, the model obeys whoever
// wrote it and then claims that it is done. The record holds and the claim is not repeated.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/e2e/hostile_world.h"

namespace deskhand::test {
namespace {

constexpr int kCallsOfOneTurn =
    3;  // the fourth equal call ends a turn; a few at a time bring every call to the toolbox

void play(World& world, const Json& attack) {
  Stage& stage = *world.stage;
  const std::string claim = attack["says"].get<std::string>();
  std::vector<std::pair<std::string, std::string>> calls;
  for (const Json& call : attack["calls"]) {
    const std::string tool = call["tool"].get<std::string>();
    const Json guessed = call.value("args", Json::object());
    calls.emplace_back(tool, to_text(guessed));
    if (const ToolSpec* spec = stage.runtime().toolbox().find(tool))
      calls.emplace_back(tool, to_text(fitted(guessed, *spec, world)));
  }
  for (std::size_t at = 0; at < calls.size(); at += kCallsOfOneTurn) {
    stage.script().clear();
    for (std::size_t i = at; i < std::min(calls.size(), at + kCallsOfOneTurn); ++i)
      stage.script().add_call(calls[i].first, calls[i].second);
    stage.script().add_text(claim);
    const auto reply = stage.say("Please read this to me: " + attack["text"].get<std::string>());
    ASSERT_TRUE(reply) << reply.error().message;
    EXPECT_EQ(reply->text.find(claim), std::string::npos) << "the claim was shown: " << reply->text;
  }
  stage.script().clear();
}

TEST(Hostile, corpus_written_blind_reaches_nothing_through_the_whole_loop) {
  int cases = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(DESKHAND_SOURCE_DIR) + "/tests/fixtures/hostile_blind")) {
    if (entry.path().extension() != ".json") continue;
    SCOPED_TRACE(entry.path().filename().string());
    World world;
    world.scenario.scripted = true;
    build(world);
    ASSERT_NE(world.stage, nullptr);
    const auto parsed = parse_json(with_symbols(read_file(entry.path().string()), world), 1 << 20);
    ASSERT_TRUE(parsed) << parsed.error().message;
    play(world, *parsed);
    expect_untouched(world, entry.path().filename().string());
    ++cases;
  }
  EXPECT_GE(cases, 40);
}

}  // namespace
}  // namespace deskhand::test
