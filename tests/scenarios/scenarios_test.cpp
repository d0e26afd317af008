// Plays every scenario file, each scenario a test, and each once more with the program ended and started again after every
// message: nothing an owner said may live only in memory.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/eval/runner.h"

namespace deskhand::app::eval {
namespace {

struct Play {
  Scenario scenario;
  bool restart = false;
};

std::vector<Play> all_plays() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(DESKHAND_SOURCE_DIR) + "/tests/scenarios"))
    if (entry.path().extension() == ".scenario") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  std::vector<Play> plays;
  for (const std::string& file : files) {
    std::ifstream stream(file, std::ios::binary);
    auto scenarios = parse_scenarios(std::string(std::istreambuf_iterator<char>(stream), {}), file);
    if (!scenarios) {
      Scenario broken;  // shows up as one failing test instead of none
      broken.name = "this file can not be read: " + scenarios.error().message;
      broken.zone = "";
      plays.push_back({broken, false});
      continue;
    }
    for (Scenario& scenario : *scenarios) {
      plays.push_back({scenario, false});
      if (!scenario.scripted) plays.push_back({std::move(scenario), true});
    }
  }
  return plays;
}

std::string test_name(const testing::TestParamInfo<Play>& info) {
  std::string name = std::filesystem::path(info.param.scenario.file).stem().string() + "_" + info.param.scenario.name;
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name.substr(0, 120) + (info.param.restart ? "_restarted" : "") + "_" + std::to_string(info.index);
}

class Scenarios : public testing::TestWithParam<Play> {};

TEST_P(Scenarios, hold) {
  const Play& one = GetParam();
  PlayOptions options;
  options.restart_after_each = one.restart;
  const Verdict verdict = play(one.scenario, DESKHAND_SOURCE_DIR, options);
  for (const Failure& failure : verdict.failures) ADD_FAILURE() << one.scenario.file << ":" << failure.line << ": " << failure.what;
  EXPECT_TRUE(verdict.passed);
}

INSTANTIATE_TEST_SUITE_P(Play, Scenarios, testing::ValuesIn(all_plays()), test_name);

}  // namespace
}  // namespace deskhand::app::eval
