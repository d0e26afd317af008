// kill -9 in the middle of the answers to a numbered list: the next process carries out what is left of them, and nothing twice.
// DESKHAND_KILLS=200 tries that many moments; the usual run takes a sample.
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/json.h"
#include "tests/fault/dying.h"
#include "tests/support/program.h"

namespace deskhand::test {
namespace {

constexpr int kUsualListKills = 12;
constexpr const char* kAnswers = "1 draft; 2 later Friday; 3 done; 4 later Friday\n";

std::vector<std::string> now_and(std::vector<std::string> words) {
  words.insert(words.begin(), {"--now", "2026-03-02T15:00:00Z"});
  return words;
}

// The list stands in the conversation, nothing of it is answered.
void begin(const std::string& data) {
  ASSERT_EQ(deskhand(data, now_and({"init"})).status, 0);
  for (const char* job : {"leaking shower", "new roof", "broken fence", "blocked drain"}) {
    const std::string_view words = job;
    std::string name = "P";
    name += words.substr(0, words.find(' '));
    const std::string inquiry = R"({"name":")" + name + R"( Ruiz","email":")" + name + R"(@ruiz.example","title":")" + job + R"(","source":"email"})";
    ASSERT_EQ(deskhand(data, now_and({"call", "capture_inquiry", inquiry})).status, 0);
  }
  const Ran listed = deskhand(data, now_and({"chat"}), "list my open leads\n");
  ASSERT_NE(listed.out.find("4"), std::string::npos) << listed.out;
}

// Everything the answers may have changed, as tools and the outbox tell it.
std::string list_record_of(const std::string& data) {
  std::string record;
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"call", "list_leads", "{}"}, {"call", "list_follow_ups", R"({"from":"2026-03-01","to":"2026-04-30"})"}, {"approvals", "list"},
        {"approvals", "show", "A-2"}, {"call", "show_timeline", R"({"contact":"C-1"})"}, {"call", "show_timeline", R"({"contact":"C-2"})"},
        {"call", "show_timeline", R"({"contact":"C-3"})"}, {"call", "show_timeline", R"({"contact":"C-4"})"}}) {
    const Ran ran = deskhand(data, now_and(words));
    record += ran.out + ran.err + "\n";
  }
  return record;
}

TEST(Kill, in_the_middle_of_the_answers_to_a_list_leaves_none_out_and_repeats_none) {
  const Folder folder;
  const std::string count_file = folder.path() + "/count", base = folder.path() + "/base", whole = folder.path() + "/whole";
  begin(base);
  if (HasFatalFailure()) return;
  copy_folder(base, whole);
  const Ran all = deskhand(whole, now_and({"chat"}), kAnswers, dying_at(1'000'000, count_file));
  ASSERT_EQ(all.status, 0);
  ASSERT_NE(all.out.find("A-1"), std::string::npos) << all.out;
  const long writes = std::stol(read_file(count_file));
  ASSERT_GT(writes, 10);
  const std::string expected = list_record_of(whole);
  const char* wish = std::getenv("DESKHAND_KILLS");
  const long kills = std::min<long>(writes, wish == nullptr ? kUsualListKills : std::atol(wish));
  for (long i = 0; i < kills; ++i) {
    const long at = 1 + i * writes / kills;
    SCOPED_TRACE("killed at write " + std::to_string(at) + " of " + std::to_string(writes));
    const std::string data = folder.path() + "/data";
    copy_folder(base, data);
    const Ran died = deskhand(data, now_and({"chat"}), kAnswers, dying_at(at, count_file));
    EXPECT_TRUE(died.status == kKilled || died.status == 0) << died.err;
    const Ran listed = deskhand(data, now_and({"--json", "runs", "list"}));
    const auto runs = parse_json(listed.out, 1 << 20);
    ASSERT_TRUE(runs) << listed.out;
    const bool was_said = runs->size() > 1;  // the first is the list's own
    const Ran rest = deskhand(data, now_and({"chat"}), was_said ? "" : kAnswers);
    EXPECT_EQ(rest.status, 0) << rest.err;
    EXPECT_EQ(list_record_of(data), expected) << rest.out;
    EXPECT_EQ(deskhand(data, {"verify"}).status, 0);
    remove_folder(data);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace deskhand::test
