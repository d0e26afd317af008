#include "app/eval/scenario.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "base/text.h"

namespace deskhand::app::eval {
namespace {

constexpr std::size_t kScenariosPerFile = 500;

// Keywords with a subject in front of their colon, then those without. The longest one that fits is meant.
constexpr std::array<std::string_view, 8> kWithSubject{"contact", "lead", "opportunity", "company", "count", "timeline", "interaction", "reminder"};
constexpr std::array<std::string_view, 36> kPlain{
    "scenario", "category", "covers", "now", "zone", "procedure", "procedure replaces", "business", "model",
    "given contact", "given lead", "given interaction", "given call", "given at", "owner", "model calls", "model says",
    "hostile model calls", "call", "run", "later", "restart", "reply has", "reply lacks", "reply asks", "called", "not called",
    "nothing called", "nothing changed", "refused", "failed", "card", "no card", "cards", "card has", "sent"};

std::string known_keywords() {
  std::vector<std::string> names(kPlain.begin(), kPlain.end());
  names.insert(names.end(), kWithSubject.begin(), kWithSubject.end());
  return join(names, ", ");
}

Error error_at(const std::string& file, int line, const std::string& what) {
  return make_error(Code::invalid_argument, file + ":" + std::to_string(line) + ": " + what);
}

bool has(const auto& list, std::string_view word) { return std::find(list.begin(), list.end(), word) != list.end(); }

Result<ScenarioLine> parse_line(const std::string& file, int number, std::string_view text) {
  ScenarioLine line;
  line.number = number;
  const std::size_t colon = text.find(':');
  const std::string head(trim(text.substr(0, colon)));
  const std::string low = to_lower(head);
  if (colon != std::string_view::npos) line.value = std::string(trim(text.substr(colon + 1)));
  if (has(kPlain, low) || low == "verified") {
    line.keyword = low;
    return line;
  }
  const std::size_t space = low.find(' ');
  const std::string first = low.substr(0, space);
  if (space != std::string::npos && has(kWithSubject, first) && colon != std::string_view::npos) {
    line.keyword = first;
    line.subject = std::string(trim(std::string_view(head).substr(space + 1)));
    // "timeline Ana has: call": the verb belongs to the keyword.
    for (const std::string_view verb : {" has", " lacks"})
      if (first == "timeline" && line.subject.size() > verb.size() && line.subject.ends_with(verb)) {
        line.keyword += verb;
        line.subject = std::string(trim(std::string_view(line.subject).substr(0, line.subject.size() - verb.size())));
        break;
      }
    return line;
  }
  return error_at(file, number, "\"" + shorten(printable_line(head), 60) + "\" begins no line of a scenario; known are " + known_keywords());
}

Done add_setting(Scenario& scenario, const ScenarioLine& line, bool& taken) {
  taken = true;
  if (line.keyword == "category") scenario.category = line.value;
  else if (line.keyword == "covers") scenario.covers = line.value;
  else if (line.keyword == "now") scenario.now = line.value;
  else if (line.keyword == "zone") scenario.zone = line.value;
  else if (line.keyword == "business") scenario.business = line.value;
  else if (line.keyword == "procedure") scenario.procedure = line.value;
  else if (line.keyword == "model") {
    if (line.value != "embedded" && line.value != "scripted") return error_at(scenario.file, line.number, "model is embedded or scripted");
    scenario.scripted = line.value == "scripted";
  } else if (line.keyword == "procedure replaces") {
    const std::string& text = line.value;
    const std::size_t middle = text.find("\" with \"");
    if (text.size() < 10 || text.front() != '"' || text.back() != '"' || middle == std::string::npos)
      return error_at(scenario.file, line.number, "write: procedure replaces: \"OLD\" with \"NEW\"");
    scenario.replacements.emplace_back(text.substr(1, middle - 1), text.substr(middle + 8, text.size() - middle - 9));
  } else taken = false;
  return {};
}

}  // namespace

Result<std::vector<Scenario>> parse_scenarios(std::string_view text, const std::string& file_name) {
  if (text.size() > limits::kScenarioBytes) return make_error(Code::invalid_argument, file_name + " is larger than " + std::to_string(limits::kScenarioBytes / 1024) + " KB; split it.");
  if (!is_utf8(text)) return make_error(Code::invalid_argument, file_name + " is not UTF-8 text.");
  std::vector<Scenario> scenarios;
  int number = 0;
  for (const std::string& raw : split(text, '\n')) {
    ++number;
    const std::string_view words = trim(raw);
    if (words.empty() || words.front() == '#') continue;
    const bool goes_on = raw.starts_with("  ") && !scenarios.empty() && !scenarios.back().lines.empty();
    if (goes_on) {
      scenarios.back().lines.back().value += "\n" + std::string(words);
      continue;
    }
    auto line = parse_line(file_name, number, words);
    if (!line) return line.error();
    if (line->keyword == "scenario") {
      if (scenarios.size() >= kScenariosPerFile) return error_at(file_name, number, "too many scenarios in one file");
      Scenario scenario;
      if (!scenarios.empty() && scenarios.back().lines.empty()) return error_at(file_name, scenarios.back().line, "this scenario is empty");
      scenario.file = file_name;
      scenario.line = number;
      scenario.name = line->value;
      scenarios.push_back(std::move(scenario));
      continue;
    }
    if (scenarios.empty()) return error_at(file_name, number, "a file begins with \"scenario: NAME\"");
    bool taken = false;
    if (auto done = add_setting(scenarios.back(), *line, taken); !done) return done.error();
    if (!taken) scenarios.back().lines.push_back(std::move(*line));
  }
  if (scenarios.empty()) return make_error(Code::invalid_argument, file_name + " holds no scenario.");
  return scenarios;
}

}  // namespace deskhand::app::eval
