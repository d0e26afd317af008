// kill -9 at random moments of a scripted morning, also while the next process picks up what was left: every message's
// work is done once, no run stays behind, the record verifies. DESKHAND_KILLS=200 is the whole count; the usual run
// takes a sample.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "base/json.h"
#include "tests/fault/dying.h"
#include "tests/support/program.h"

namespace deskhand::test {
namespace {

constexpr int kUsualRunKills = 10;

const std::vector<std::string> kMorning{"Add a new customer: Ana Ruiz, 512-555-0142, ana@ruiz.example, 9 Oak St",
                                        "open a lead for Ana Ruiz: leaking shower",
                                        "Log a call with Ana Ruiz: spoke, she decides by Friday",
                                        "Follow up on the Ruiz lead", "yes"};

std::string lines_from(std::size_t first) {
  std::string text;
  for (std::size_t i = first; i < kMorning.size(); ++i) text += kMorning[i] + "\n";
  return text;
}

Json json_of(const std::string& data, std::vector<std::string> words) {
  words.insert(words.begin(), "--json");
  const Ran ran = deskhand(data, std::move(words));
  auto parsed = parse_json(ran.out, 16 << 20);
  EXPECT_TRUE(parsed) << ran.out << ran.err;
  return parsed ? *parsed : Json();
}

// How many calls each run made, oldest first; a run that is not at rest counts as -1.
std::vector<int> calls_of_runs(const std::string& data) {
  std::vector<int> calls;
  const Json runs = json_of(data, {"runs", "list"});
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    const std::string state = (*run)["state"].get<std::string>();
    calls.push_back(state == "done" || state == "waiting" ? (*run)["calls"].get<int>() : -1);
  }
  return calls;
}

// What the record says, without times: the audit's rows are one for each change that was made.
std::vector<std::string> record_of(const std::string& data) {
  std::vector<std::string> record;
  record.push_back(deskhand(data, {"call", "find_contact", "{}"}).out);
  record.push_back(deskhand(data, {"call", "list_leads", "{}"}).out);
  const Json timeline = json_of(data, {"call", "show_timeline", R"({"contact":"C-1"})"});
  std::size_t calls = 0;
  const std::string text = timeline.value("text", "");
  for (std::size_t at = text.find("she decides by Friday"); at != std::string::npos;
       at = text.find("she decides by Friday", at + 1))
    ++calls;
  record.push_back(std::to_string(calls) + " calls");
  record.push_back(std::to_string(deskhand(data, {"approvals", "show", "A-2"}).status));
  record.push_back(
      deskhand(data, {"approvals", "show", "A-1"}).out.find("[approved]") == std::string::npos ? "open" : "approved");
  return record;
}

TEST(Kill, at_random_moments_of_runs_loses_no_step_and_repeats_none) {
  const Folder folder;
  const std::string count_file = folder.path() + "/count", base = folder.path() + "/base",
                    whole = folder.path() + "/whole";
  ASSERT_EQ(deskhand(base, {"init"}).status, 0);
  copy_folder(base, whole);
  ASSERT_EQ(deskhand(whole, {"chat"}, lines_from(0), dying_at(1'000'000, count_file)).status, 0);
  const long writes = std::stol(read_file(count_file));
  ASSERT_GT(writes, 50);
  const std::vector<int> calls_expected = calls_of_runs(whole);
  const std::vector<std::string> record_expected = record_of(whole);
  ASSERT_EQ(calls_expected.size(), kMorning.size());

  const char* wish = std::getenv("DESKHAND_KILLS");
  const int kills = wish == nullptr ? kUsualRunKills : std::atoi(wish);
  std::mt19937 random(20260302);
  for (int i = 0; i < kills; ++i) {
    const long first = 1 + static_cast<long>(random() % static_cast<unsigned long>(writes)),
               second = 1 + static_cast<long>(random() % 60);
    SCOPED_TRACE("killed at write " + std::to_string(first) + ", the next process at " + std::to_string(second));
    const std::string data = folder.path() + "/data";
    copy_folder(base, data);
    const Ran died = deskhand(data, {"chat"}, lines_from(0), dying_at(first, count_file));
    EXPECT_TRUE(died.status == kKilled || died.status == 0) << died.err;
    if (i % 2 == 1) deskhand(data, {"chat"}, "", dying_at(second, count_file));
    const std::size_t said = json_of(data, {"runs", "list"}).size();
    const Ran rest = deskhand(data, {"chat"}, lines_from(said));
    EXPECT_EQ(rest.status, 0) << rest.err;
    EXPECT_EQ(calls_of_runs(data), calls_expected) << rest.out;
    EXPECT_EQ(record_of(data), record_expected) << rest.out;
    EXPECT_EQ(deskhand(data, {"verify"}).status, 0);
    EXPECT_EQ(deskhand(data, {"--now", "2100-01-01T00:00:00Z", "outbox", "send"}).status, 0);
    EXPECT_LE(mails(data).size(), 1u);
    EXPECT_EQ(deskhand(data, {"outbox", "show", "X-2"}).status, 1) << "queued twice";
    remove_folder(data);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace deskhand::test
