// Scenario files as values: docs/formats/scenarios.md describes what an author may write.
//
// Thread rule: value types and a pure parser. invalid_argument: one line with file and line number.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace deskhand::app::eval {

struct ScenarioLine {
  int number = 0;       // in the file, from 1
  std::string keyword;  // "owner", "contact", "reply has", in lower case
  std::string subject;  // "Ana Ruiz" of "contact Ana Ruiz: ..."
  std::string value;
};

struct Scenario {
  std::string file, name, category = "general", covers;
  int line = 0;
  std::string now = "2026-03-02 09:00", zone = "America/Chicago", business = "Oak Street Plumbing";
  std::string procedure;  // file, relative to the project; empty: the configured one
  std::vector<std::pair<std::string, std::string>> replacements;
  bool scripted = false;
  std::vector<ScenarioLine> lines;  // what happens and what must be true, in order
};

Result<std::vector<Scenario>> parse_scenarios(std::string_view text, const std::string& file_name);

}  // namespace deskhand::app::eval
