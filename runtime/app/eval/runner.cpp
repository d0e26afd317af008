#include "app/eval/runner.h"

#include <functional>
#include <map>
#include <ostream>

#include "app/eval/checks.h"
#include "app/eval/givens.h"
#include "app/eval/stage.h"
#include "base/json.h"
#include "base/text.h"
#include "schedule/scheduler.h"

namespace deskhand::app::eval {
namespace {

Error expected(const std::string& what) { return make_error(Code::conflict, what); }

std::pair<std::string, std::string> tool_and_arguments(const std::string& value) {
  const std::size_t space = value.find_first_of(" \n");
  if (space == std::string::npos) return {value, "{}"};
  return {value.substr(0, space), std::string(trim(std::string_view(value).substr(space)))};
}

Result<std::int64_t> seconds_of(const std::string& value) {
  const std::vector<std::string> words = split(squeeze(value), ' ');
  static const std::map<std::string, std::int64_t> kUnits{{"second", 1}, {"minute", 60}, {"hour", 3600}, {"day", 86400}, {"week", 7 * 86400}};
  if (words.size() != 2) return make_error(Code::invalid_argument, "write: later: 3 days");
  std::string unit = to_lower(words[1]);
  if (!unit.empty() && unit.back() == 's') unit.pop_back();
  const auto known = kUnits.find(unit);
  std::int64_t count = 0;
  for (const char c : words[0]) {
    if (c < '0' || c > '9' || count > 10'000) return make_error(Code::invalid_argument, "write: later: 3 days");
    count = count * 10 + (c - '0');
  }
  if (known == kUnits.end()) return make_error(Code::invalid_argument, "later knows seconds, minutes, hours, days and weeks");
  return count * known->second;
}

bool judges_the_record(const ScenarioLine& line) {
  const std::string& word = line.keyword;
  return word == "contact" || word == "lead" || word == "opportunity" || word == "company" || word == "count" ||
         word.starts_with("timeline") || word == "sent" || word == "verified";
}

class Play {
 public:
  Play(Stage& stage, const PlayOptions& options) : stage_(stage), options_(options) {}

  Done take(const ScenarioLine& line) {
    const std::string& word = line.keyword;
    if (word.starts_with("given")) return take_given(line);
    if (word == "owner") return take_owner(line);
    if (word == "model calls" || word == "model says") return take_script(line);
    if (word == "call" || word == "hostile model calls") return take_call(line);
    if (word == "run") return take_run(line);
    if (word == "later") return take_later(line);
    if (word == "restart") return stage_.restart();
    if (options_.record_only && !judges_the_record(line)) return {};
    return check(line, happened_, stage_);
  }

 private:
  Done take_given(const ScenarioLine& line) {
    if (line.keyword == "given at") {
      auto at = stage_.read_time(line.value);
      if (!at) return at.error();
      stage_.clock().set(*at);
      return {};
    }
    auto calls = given_calls(line);
    if (!calls) return calls.error();
    const Instant now = stage_.clock().now();
    for (const GivenCall& call : *calls) {
      if (!call.at.empty()) {
        auto at = stage_.read_time(call.at);
        if (!at) return at.error();
        stage_.clock().set(*at);
      }
      const toolbox::CallResult result = stage_.call(call.tool, call.arguments, true);
      if (!call.at.empty()) stage_.clock().set(now);
      if (!result.ok) return make_error(result.code, "the stage could not be set: " + result.error);
    }
    auto delivered = stage_.runtime().deliver();
    sent_before_ = stage_.sent_to_customers();
    return delivered ? Done{} : Done{delivered.error()};
  }

  Done take_owner(const ScenarioLine& line) {
    if (!started_) {
      started_ = true;
      happened_.sent_at_start = sent_before_;
    }
    auto reply = stage_.say(line.value);
    if (!reply) return reply.error();
    const std::string explanation = reply->explanation;
    happened_.take(std::move(*reply), stage_.runtime().toolbox());
    if (options_.trace != nullptr) trace(line.value, explanation);
    if (stage_.script().ran_dry()) return expected("the script has no answer for this message");
    if (!stage_.script().used_up()) return expected("the script has answers that nobody asked for");
    return options_.restart_after_each ? stage_.restart() : Done{};
  }

  void trace(const std::string& said, const std::string& explanation) const {
    std::ostream& out = *options_.trace;
    out << "> " << printable(said) << "\n" << printable(explanation);
    for (const HappenedCall& call : happened_.calls)
      out << "  * " << call.tool << (call.ok ? "" : " (" + call.code + ")") << " " << (call.arguments ? to_text(*call.arguments) : "") << "\n";
    out << "< " << printable(happened_.everything()) << "\n";
  }

  Done take_script(const ScenarioLine& line) {
    if (line.keyword == "model says") {
      stage_.script().add_text(line.value);
    } else {
      auto [tool, arguments] = tool_and_arguments(line.value);
      stage_.script().add_call(std::move(tool), std::move(arguments));
    }
    return {};
  }

  Done take_call(const ScenarioLine& line) {
    const auto [tool, arguments] = tool_and_arguments(line.value);
    happened_.take(tool, line.keyword == "call" ? stage_.call(tool, arguments, false) : stage_.hostile_call(tool, arguments), stage_.runtime().toolbox());
    auto delivered = stage_.runtime().deliver();
    if (!delivered) return delivered.error();
    for (const std::string& text : *delivered) happened_.text += "\n" + text;
    return {};
  }

  // Everything the calendar has due now, as the process that runs it would do it.
  Done take_due() {
    auto ran = stage_.runtime().scheduler().run_due();
    if (!ran) return ran.error();
    happened_.text.clear();
    happened_.calls.clear();
    happened_.cards.clear();
    for (const schedule::RanJob& one : *ran)
      happened_.text += (happened_.text.empty() ? "" : "\n") + (one.text.empty() ? "" : one.behaviour + ":\n" + one.text);
    auto delivered = stage_.runtime().deliver();
    return delivered ? Done{} : Done{delivered.error()};
  }

  // What a chat that begins now is told first.
  Done take_news() {
    auto news = stage_.news();
    if (!news) return news.error();
    happened_.take(std::move(*news), stage_.runtime().toolbox());
    return {};
  }

  Done take_run(const ScenarioLine& line) {
    if (line.value == "due") return take_due();
    if (line.value == "news") return take_news();
    static const std::map<std::string, std::vector<std::string>> kBehaviours{
        {"daily", {"stale_leads", "morning_list"}}, {"weekly", {"pipeline_summary"}}, {"monthly", {"win_loss_summary"}}};
    const auto behaviour = kBehaviours.find(line.value);
    if (behaviour == kBehaviours.end()) return make_error(Code::invalid_argument, "run knows daily, weekly, monthly, due and news");
    bool first = true;
    for (const std::string& tool : behaviour->second) {
      toolbox::CallResult result = stage_.call(tool, "{}", false);
      if (!result.ok) return make_error(result.code, tool + ": " + result.error);
      const std::string before = first ? "" : happened_.text + "\n";
      happened_.take(tool, std::move(result), stage_.runtime().toolbox());
      happened_.text = before + happened_.text;
      first = false;
    }
    return {};
  }

  Done take_later(const ScenarioLine& line) {
    auto seconds = seconds_of(line.value);
    if (!seconds) return seconds.error();
    stage_.clock().advance_seconds(*seconds);
    return {};
  }

  Stage& stage_;
  const PlayOptions& options_;
  Happened happened_;
  bool started_ = false;
  std::size_t sent_before_ = 0;
};

}  // namespace

Verdict play(const Scenario& scenario, const std::string& share, const PlayOptions& options) {
  Verdict verdict;
  auto stage = Stage::open(scenario, share, options.model);
  if (!stage) {
    verdict.failures.push_back({scenario.line, stage.error().message});
    return verdict;
  }
  Play play(**stage, options);
  for (const ScenarioLine& line : scenario.lines) {
    const Done done = play.take(line);
    if (done) continue;
    verdict.failures.push_back({line.number, done.error().message});
    const bool is_check = done.error().code == Code::conflict;
    if (!is_check) break;  // the stage itself broke; what follows would only repeat that
  }
  verdict.passed = verdict.failures.empty();
  return verdict;
}

}  // namespace deskhand::app::eval
