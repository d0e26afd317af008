// Procedures of other businesses: three of this folder, three and their faulty kin that others wrote without seeing the
// loader.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/json.h"
#include "procedure/rules.h"
#include "procedure_testing.h"

namespace deskhand::procedure {
namespace {

using namespace testing;

constexpr std::string_view kFolder = "tests/fixtures/procedures/";

// Names of modules that begin with "procedures/" stand for the program's own.
Result<Procedure> load_fixture(std::string_view name) {
  return load_procedure(source_path(std::string(kFolder) + std::string(name)), [](const std::string& path) {
    return read_source(path.starts_with("procedures/") ? source_path(path) : path);
  });
}

std::vector<std::string> strings(const Json& list) { return list.get<std::vector<std::string>>(); }

template <class Item, class Take>
std::vector<std::string> of_main_file(const std::vector<Item>& items, const Take& take) {
  std::vector<std::string> found;
  for (const auto& item : items)
    if (auto text = take(item); !text.empty()) found.push_back(std::move(text));
  return found;
}

std::string clock(const When& when) {
  if (!when.minute_of_day) return "";
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(*when.minute_of_day / 60) + ":" + two(*when.minute_of_day % 60);
}

std::string text_or_empty(const Json& value) { return value.is_string() ? value.get<std::string>() : std::string(); }

void expect_schedule(const Procedure& procedure, const Json& expected) {
  const auto id = expected.at("id").get<std::string>();
  const auto found = std::find_if(procedure.behaviours.begin(), procedure.behaviours.end(),
                                  [&](const Behaviour& item) { return item.id == id; });
  ASSERT_NE(found, procedure.behaviours.end()) << id;
  const auto cadence = expected.at("cadence").get<std::string>();
  EXPECT_EQ(found->when.cadence, cadence == "daily"    ? Cadence::daily
                                 : cadence == "weekly" ? Cadence::weekly
                                                       : Cadence::monthly)
      << id;
  EXPECT_EQ(clock(found->when), text_or_empty(expected.at("time"))) << id;
  if (expected.at("weekday").is_string()) {
    ASSERT_EQ(found->when.weekdays.size(), 1u) << id;
    EXPECT_EQ(to_lower(weekday_name(found->when.weekdays[0])), expected.at("weekday").get<std::string>());
  }
  if (expected.at("n").is_number()) {
    EXPECT_EQ(stale_lead_rule(procedure).threshold.count, expected.at("n").get<int>());
    EXPECT_EQ(stale_lead_rule(procedure).threshold.unit,
              expected.at("unit") == "business_days" ? DurationUnit::business_days : DurationUnit::days);
  }
  if (expected.contains("day") && expected.at("day").is_number()) {
    EXPECT_EQ(found->when.days_of_month, std::vector{expected.at("day").get<int>()});
  }
  if (expected.contains("day") && expected.at("day").is_string()) {
    EXPECT_TRUE(found->when.on_business_day) << id;
  }
}

// Every placeholder of a message or a log line of the main file.
std::set<std::string> placeholders_in(const Procedure& procedure) {
  std::set<std::string> names;
  const auto take = [&](const Template& message) {
    if (message.place.file != procedure.file) return;
    for (const auto& placeholder : placeholders_of(message))
      names.insert(placeholder.as_written.substr(1, placeholder.as_written.size() - 2));
  };
  for (const auto& behaviour : procedure.behaviours) take(behaviour.message);
  for (const auto& draft : procedure.drafts) take(draft.message);
  for (const auto& request : procedure.requests) take(request.confirmation);
  const std::function<void(const std::vector<Step>&)> steps = [&](const std::vector<Step>& list) {
    for (const auto& step : list) {
      take(step.message);
      for (const auto& quoted : step.quoted) take(quoted);
      steps(step.steps);
    }
  };
  for (const auto& trigger : procedure.triggers) steps(trigger.steps);
  return names;
}

class WrittenByOthers : public ::testing::TestWithParam<const char*> {};

TEST_P(WrittenByOthers, is_read_as_its_author_expects) {
  const auto procedure = load_fixture(std::string(GetParam()) + ".md");
  ASSERT_TRUE(procedure.has_value()) << procedure.error().message;
  const auto expected = *parse_json(fixture(std::string(kFolder) + GetParam() + ".expect.json"), 64 * 1024);
  EXPECT_EQ(procedure->header.name, expected.at("name").get<std::string>());
  EXPECT_EQ(procedure->header.version, expected.at("version").get<std::string>());
  const auto in_main = [&](const Place& place) { return place.file == procedure->file; };
  EXPECT_EQ(of_main_file(procedure->header.required_schemas,
                         [&](const Text& text) { return in_main(text.place) ? text.words : ""; }),
            strings(expected.at("requires")));
  EXPECT_EQ(of_main_file(procedure->activation.words,
                         [&](const Text& text) { return in_main(text.place) ? text.words : ""; }),
            strings(expected.at("activation_words")));
  EXPECT_EQ(
      of_main_file(procedure->triggers, [&](const Trigger& item) { return in_main(item.title.place) ? item.id : ""; }),
      strings(expected.at("triggers")));
  EXPECT_EQ(of_main_file(procedure->requests, [&](const Request& item) { return in_main(item.place) ? item.id : ""; }),
            strings(expected.at("requests")));
  EXPECT_EQ(of_main_file(procedure->drafts,
                         [&](const Draft& item) -> std::string {
                           if (!in_main(item.stage.place)) return "";
                           return item.id == "DR1"   ? "inquiry"
                                  : item.id == "DR2" ? "estimate_sent"
                                  : item.id == "DR3" ? "accepted"
                                                     : "?";
                         }),
            strings(expected.at("drafts")));
  for (const auto& schedule : expected.at("schedules")) expect_schedule(*procedure, schedule);
  const auto names = placeholders_in(*procedure);
  EXPECT_EQ(std::vector<std::string>(names.begin(), names.end()), [&] {
    auto list = strings(expected.at("placeholders"));
    std::sort(list.begin(), list.end());
    return list;
  }());
  const auto reminder = trigger_rule(*procedure, "EV5").reminder;
  ASSERT_TRUE(reminder.has_value());
  const bool in_months = expected.contains("reminder_months");
  EXPECT_EQ(to_text(*reminder), in_months ? std::to_string(expected.at("reminder_months").get<int>()) + " months"
                                          : std::to_string(expected.at("reminder_days").get<int>()) + " days");
}

TEST_P(WrittenByOthers, is_bound_but_for_what_its_author_says) {
  const auto procedure = load_fixture(std::string(GetParam()) + ".md");
  ASSERT_TRUE(procedure.has_value()) << procedure.error().message;
  const auto expected = *parse_json(fixture(std::string(kFolder) + GetParam() + ".expect.json"), 64 * 1024);
  const auto binding = bound(*procedure);
  EXPECT_TRUE(binding.would_start()) << problems_of(binding);
  std::vector<std::string> stops;
  std::size_t unbound = 0;
  for (const auto& row : binding.rows) {
    if (row.kind == "hard stop" && row.place.file == procedure->file) stops.push_back(row.bound_to);
    if (row.bound_to.empty()) ++unbound;
  }
  EXPECT_EQ(stops, strings(expected.at("hard_stops")));
  EXPECT_EQ(unbound, strings(expected.at("unbound")).size()) << problems_of(binding);
  std::size_t open = 0;
  for (const auto& problem : binding.problems)
    if (problem.message.find("can't be filled") != std::string::npos && problem.place.file == procedure->file) ++open;
  EXPECT_EQ(open, strings(expected.at("placeholders_without_fact")).size()) << problems_of(binding);
  for (const auto& section : strings(expected.at("additional_sections"))) {
    const auto& unknown = procedure->unknown_sections;
    EXPECT_TRUE(std::any_of(unknown.begin(), unknown.end(), [&](const Text& text) { return text.words == section; }))
        << section;
  }
}

INSTANTIATE_TEST_SUITE_P(Procedures, WrittenByOthers, ::testing::Values("dog_groomer", "law_clinic", "roofing"));

TEST(FaultyProcedure, is_refused_at_the_line_of_its_fault_in_words_that_name_it) {
  const auto faults = *parse_json(fixture(std::string(kFolder) + "refused/expect.json"), 64 * 1024);
  for (const auto& [name, expected] : faults.items()) {
    auto procedure = load_fixture("refused/" + name);
    std::string message;
    int line = 0;
    std::string nearest;
    if (!procedure) {
      message = procedure.error().message;
      EXPECT_NE(message.find(" line " + std::to_string(expected.at("line").get<int>()) + ":"), std::string::npos)
          << name << ": " << message;
      line = expected.at("line").get<int>();
    } else {
      const auto binding = bound(*procedure);
      EXPECT_FALSE(binding.would_start()) << name;
      ASSERT_FALSE(binding.problems.empty()) << name;
      message = to_text(binding.problems.front());
      line = binding.problems.front().place.line;
      const auto errors = std::count_if(binding.problems.begin(), binding.problems.end(),
                                        [](const Problem& problem) { return problem.severity == Severity::error; });
      EXPECT_EQ(errors, 1) << name << "\n" << problems_of(binding);
    }
    EXPECT_GE(line, expected.at("line").get<int>()) << name;
    EXPECT_LE(line, expected.at("last_line").get<int>()) << name;
    EXPECT_NE(message.find(expected.at("contains").get<std::string>()), std::string::npos) << name << ": " << message;
    EXPECT_NE(message.find(text_or_empty(expected.at("nearest"))), std::string::npos) << name << ": " << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << name;
  }
}

struct Expected {
  const char* file;
  std::size_t rows;
  int stale_days;
  Cadence stale_cadence;
  std::vector<Weekday> report_days;
  int report_minute;
  std::vector<std::string> missing;
};

class OtherBusiness : public ::testing::TestWithParam<Expected> {};

TEST_P(OtherBusiness, loads_and_binds_completely_with_its_own_words_and_numbers) {
  const auto& expected = GetParam();
  const auto procedure = parsed(fixture(std::string("tests/unit/procedure/documents/") + expected.file), expected.file);
  const auto binding = bound(procedure);
  EXPECT_TRUE(binding.is_complete()) << check_table(procedure, binding);
  EXPECT_EQ(binding.rows.size(), expected.rows);
  EXPECT_EQ(binding.missing, expected.missing);
  EXPECT_EQ(stale_lead_rule(procedure).threshold.count, expected.stale_days);
  EXPECT_EQ(stale_lead_rule(procedure).threshold.unit, DurationUnit::business_days);
  EXPECT_EQ(stale_lead_rule(procedure).statuses, (std::vector<std::string>{"new", "working"}));
  EXPECT_EQ(stale_lead_rule(procedure).when.cadence, expected.stale_cadence);
  EXPECT_EQ(pipeline_rule(procedure).when.weekdays, expected.report_days);
  EXPECT_EQ(pipeline_rule(procedure).when.minute_or(-1), expected.report_minute);
  for (const auto& problem : binding.problems)
    EXPECT_EQ(problem.message.find("can't be filled"), std::string::npos) << problem.message;
}

INSTANTIATE_TEST_SUITE_P(
    Documents, OtherBusiness,
    ::testing::Values(Expected{"dog_groomer.md",
                               28,
                               2,
                               Cadence::weekdays,
                               {Weekday::friday},
                               16 * 60,
                               {"EV2", "EV3", "RQ5", "RQ6", "RQ8", "DR3"}},
                      Expected{"law_clinic.md", 34, 1, Cadence::daily, {Weekday::thursday}, 8 * 60, {}},
                      Expected{"roofing.md",
                               28,
                               5,
                               Cadence::daily,
                               {Weekday::monday, Weekday::thursday},
                               8 * 60,
                               {"RQ5", "RQ6", "RQ7", "RQ8"}}),
    [](const auto& info) { return std::string(info.param.file).substr(0, std::string(info.param.file).find('.')); });

TEST(OtherForm, with_tables_bullets_plain_sentences_and_no_bold_is_read_as_well) {
  const auto hvac = parsed(fixture("tests/unit/procedure/documents/hvac.md"));
  const auto binding = bound(hvac);
  EXPECT_TRUE(binding.is_complete()) << check_table(hvac, binding);
  EXPECT_EQ(hvac.header.version, "3.1");
  EXPECT_TRUE(hvac.header.extended_by.empty());
  EXPECT_TRUE(is_activated_by(hvac, "the AC is dead"));
  EXPECT_TRUE(is_activated_by(hvac, ActivationEvent::inbound_email));
  EXPECT_TRUE(is_activated_by(hvac, ActivationEvent::web_form));
  EXPECT_EQ(stale_lead_rule(hvac).threshold.count, 4);
  EXPECT_EQ(stale_lead_rule(hvac).when.minute_or(0), 7 * 60);
  EXPECT_EQ(trigger_rule(hvac, "EV4").quickbooks_question.text(), "QuickBooks for [name]?");
  EXPECT_EQ(draft_template(hvac, "DR1")->text(), "Hi [first name], when can we come by? [suggested day/time]?");
  EXPECT_EQ(find_request(hvac, "RQ2")->questions.front().text(), "What's next?");

  const auto tutor = parsed(fixture("tests/unit/procedure/documents/tutor.md"));
  const auto tutor_binding = bound(tutor);
  EXPECT_TRUE(tutor_binding.is_complete()) << check_table(tutor, tutor_binding);
  EXPECT_EQ(tutor.behaviours.size(), 2u);
  EXPECT_EQ(pipeline_rule(tutor).when.weekdays, std::vector<Weekday>{Weekday::friday});
  EXPECT_EQ(find_request(tutor, "RQ1")->asks.size(), 2u);
  EXPECT_EQ(draft_template(tutor, "DR1")->text(), "Hi [name], shall we find a time? [suggested time]");
  EXPECT_EQ(tutor.hard_stops.size(), 2u);
}

TEST(ProgramProcedure, of_this_repository_binds_completely_with_its_modules) {
  const auto procedure =
      load_procedure("procedures/crm.md", [](const std::string& path) { return read_source(source_path(path)); });
  ASSERT_TRUE(procedure.has_value()) << procedure.error().message;
  auto schema = core_schema();
  schema.fields.clear();  // the real schemas are loaded by the application's own test
  const auto binding = bind(*procedure, core_catalogue(), schema);
  EXPECT_TRUE(binding.would_start()) << problems_of(binding);
  EXPECT_TRUE(binding.is_complete()) << check_table(*procedure, binding);
}

}  // namespace
}  // namespace deskhand::procedure
