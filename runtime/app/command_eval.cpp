#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "app/commands.h"
#include "app/eval/runner.h"
#include "base/json.h"
#include "base/text.h"

namespace deskhand::app {
namespace {

Result<std::vector<std::string>> scenario_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  std::error_code failed;
  for (const std::string& path : paths) {
    if (std::filesystem::is_directory(path, failed)) {
      for (const auto& entry : std::filesystem::recursive_directory_iterator(path, failed))
        if (entry.path().extension() == ".scenario") files.push_back(entry.path().string());
    } else if (std::filesystem::is_regular_file(path, failed)) {
      files.push_back(path);
    } else {
      return make_error(Code::not_found, "There is no file or folder " + path + ".");
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int run_eval(const GlobalOptions& options, const std::vector<std::string>& paths, const EvalOptions& how, Console console) {
  auto files = scenario_files(paths);
  if (!files) return report(files.error(), options, console);
  struct Count {
    int passed = 0, failed = 0;
  };
  std::map<std::string, Count> categories;
  int passed = 0, failed = 0;
  eval::PlayOptions play_options;
  play_options.restart_after_each = how.restart;
  play_options.trace = how.trace ? &console.err : nullptr;
  OrderedJson results = OrderedJson::array();
  for (const std::string& file : *files) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    auto scenarios = eval::parse_scenarios(text, file);
    if (!scenarios) return report(scenarios.error(), options, console);
    for (const eval::Scenario& scenario : *scenarios) {
      const eval::Verdict verdict = eval::play(scenario, options.share, play_options);
      (verdict.passed ? passed : failed) += 1;
      (verdict.passed ? categories[scenario.category].passed : categories[scenario.category].failed) += 1;
      if (options.json) {
        OrderedJson failures = OrderedJson::array();
        for (const eval::Failure& failure : verdict.failures) failures.push_back({{"line", failure.line}, {"what", failure.what}});
        results.push_back({{"file", file}, {"scenario", scenario.name}, {"category", scenario.category}, {"covers", scenario.covers}, {"passed", verdict.passed}, {"failures", failures}});
        continue;
      }
      console.out << (verdict.passed ? "pass  " : "FAIL  ") << printable_line(scenario.name) << "\n";
      for (const eval::Failure& failure : verdict.failures)
        console.out << "      " << file << ":" << failure.line << ": " << printable_line(failure.what) << "\n";
    }
  }
  if (options.json) {
    console.out << to_text(OrderedJson{{"passed", passed}, {"failed", failed}, {"scenarios", results}}) << "\n";
  } else {
    for (const auto& [category, count] : categories)
      console.out << category << ": " << count.passed << " of " << count.passed + count.failed << "\n";
    console.out << passed << " passed, " << failed << " failed\n";
  }
  return failed == 0 && passed > 0 ? kExitDone : kExitFailed;
}

}  // namespace deskhand::app
