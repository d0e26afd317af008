#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "app/commands.h"
#include "app/eval/runner.h"
#include "app/model_chain.h"
#include "app/system_ports.h"
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

// Counts what is used on its way.
class CountedModel final : public Model {
 public:
  explicit CountedModel(Model& inner) : inner_(inner) {}
  std::string_view name() const override { return inner_.name(); }
  bool takes(ModelPurpose purpose) const override { return inner_.takes(purpose); }
  Result<ModelReply> complete(const ModelRequest& request, std::chrono::steady_clock::time_point deadline,
                              std::stop_token stop) override {
    auto reply = inner_.complete(request, deadline, stop);
    if (!reply) {
      failure = reply.error().message;
      return reply;
    }
    ++answers;
    tokens += reply->usage.input_tokens + reply->usage.output_tokens;
    cost_micros += reply->usage.cost_micros;
    return reply;
  }
  std::int64_t answers = 0, tokens = 0, cost_micros = 0;
  std::string failure;  // the last one

 private:
  Model& inner_;
};

Result<std::vector<eval::Scenario>> spoken_scenarios(const std::vector<std::string>& paths) {
  auto files = scenario_files(paths);
  if (!files) return files.error();
  std::vector<eval::Scenario> spoken;
  for (const std::string& file : *files) {
    std::ifstream stream(file, std::ios::binary);
    auto scenarios = eval::parse_scenarios(std::string(std::istreambuf_iterator<char>(stream), {}), file);
    if (!scenarios) return scenarios.error();
    for (eval::Scenario& scenario : *scenarios)
      if (!scenario.scripted) spoken.push_back(std::move(scenario));
  }
  return spoken;
}

}  // namespace

int run_model_eval(const GlobalOptions& options, const std::vector<std::string>& paths, const std::string& model,
                   int times, Console console) {
  auto scenarios = spoken_scenarios(paths);
  if (!scenarios) return report(scenarios.error(), options, console);
  if (scenarios->empty())
    return report(make_error(Code::not_found, "No scenario there lets a model choose its answers."), options, console);
  auto config = load_config(options.config);
  if (!config) return report(config.error(), options, console);
  const SystemClock clock;
  SystemRandom random;
  auto chain = make_single_model(*config, model, options.share, clock, random);
  if (!chain) return report(chain.error(), options, console);
  CountedModel counted(*chain->model);
  eval::PlayOptions play;
  play.model = &counted;
  play.record_only = true;
  std::int64_t held = 0, held_always = 0;
  OrderedJson results = OrderedJson::array();
  for (const eval::Scenario& scenario : *scenarios) {
    int passed = 0;
    for (int i = 0; i < times; ++i) passed += eval::play(scenario, options.share, play).passed ? 1 : 0;
    held += passed;
    held_always += passed == times ? 1 : 0;
    if (options.json)
      results.push_back(
          {{"scenario", scenario.name}, {"category", scenario.category}, {"passed", passed}, {"of", times}});
    else
      console.out << passed << " of " << times << "  " << printable_line(scenario.name) << "\n" << std::flush;
  }
  const auto count = static_cast<double>(scenarios->size());
  const double once = static_cast<double>(held) / (count * times), always = static_cast<double>(held_always) / count;
  const std::string power = "pass^" + std::to_string(times);
  if (options.json) {
    console.out << to_text(OrderedJson{{"model", model},
                                       {"k", times},
                                       {"pass^1", once},
                                       {power, always},
                                       {"answers", counted.answers},
                                       {"tokens", counted.tokens},
                                       {"cost_micros", counted.cost_micros},
                                       {"last_failure", counted.failure},
                                       {"scenarios", results}})
                << "\n";
  } else {
    const auto percent = [](double share) {
      return std::to_string(static_cast<int>(share * 1000) / 10) + "." +
             std::to_string(static_cast<int>(share * 1000) % 10) + "%";
    };
    console.out << "pass^1 " << percent(once) << ", " << power << " " << percent(always) << " of " << scenarios->size()
                << " scenarios; " << counted.answers << " answers, " << counted.tokens << " tokens\n";
    if (!counted.failure.empty())
      console.out << "The last failure of the model: " << printable_line(counted.failure) << "\n";
  }
  return held_always == static_cast<std::int64_t>(scenarios->size()) ? kExitDone : kExitFailed;
}

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
