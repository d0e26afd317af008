// kill -9 at every step of each behaviour, on the built program: it is done once, told once, mailed at most once.
#include <gtest/gtest.h>

#include "tests/fault/dying.h"
#include "tests/support/program.h"

namespace deskhand::test {
namespace {

constexpr long kStride = 11;  // a busy machine comes to the end of these; 3 has passed as well
const char* const kNow = "2026-06-01T15:00:00Z";    // a Monday and the first of a month: every behaviour is due
const char* const kLater = "2026-06-01T15:30:00Z";  // leases have ended by then

std::size_t count_in(const std::string& text, const std::string& words) {
  std::size_t count = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++count;
  return count;
}

void write_config(const std::string& path, const std::string& more) {
  FILE* file = fopen(path.c_str(), "w");
  ASSERT_NE(file, nullptr);
  fputs(("org: {name: Flores Plumbing, timezone: America/Chicago, owner: {name: Dana, email: dana@flores.example}}\n" + more)
            .c_str(),
        file);
  fclose(file);
}

TEST(KilledCalendar, does_each_behaviour_once_wherever_it_dies) {
  const Folder folder;
  const std::string base = folder.path() + "/base", config = folder.path() + "/config.yaml";
  write_config(config, "");
  const auto at = [&](const std::string& data, const char* now, std::vector<std::string> words,
                      const std::string& input = {}, const std::map<std::string, std::string>& environment = {}) {
    words.insert(words.begin(), {"--config", config, "--now", now});
    return deskhand(data, words, input, environment);
  };
  ASSERT_EQ(
      at(base, "2026-05-20T15:00:00Z", {"call", "create_contact", R"({"name":"Ana Ruiz","email":"ana@ruiz.example"})"})
          .status,
      0);
  ASSERT_EQ(
      at(base, "2026-05-20T15:00:00Z", {"call", "create_lead", R"({"title":"Leaking shower","contact":"Ana Ruiz"})"})
          .status,
      0);
  ASSERT_EQ(at(base, "2026-05-20T15:00:00Z",
               {"call", "set_reminder", R"({"contact":"Ana Ruiz","text":"Ask about the tiles","date":"2026-06-01"})"})
                .status,
            0);
  long killed = 0;
  for (long step = 1; step < 2000; step += kStride) {
    const std::string data = folder.path() + "/data-" + std::to_string(step);
    copy_folder(base, data);
    const Ran ran = at(data, kNow, {"run", "due"}, "",
                       dying_at(step, folder.path() + "/count"));
    const Ran again = at(data, kLater, {"run", "due"});
    EXPECT_EQ(again.status, 0) << "step " << step << ": " << again.err;
    EXPECT_EQ(at(data, kLater, {"verify"}).status, 0) << "step " << step;
    const std::string list = at(data, kLater, {"schedule", "list"}).out;
    EXPECT_EQ(count_in(list, "last 2026-06-01 done"), 5u) << "step " << step << ": " << list;
    const std::string told = at(data, kLater, {"chat"}, "\n").out;
    EXPECT_EQ(count_in(told, "Quiet lead: Leaking shower"), 1u) << "step " << step << ": " << told;
    EXPECT_EQ(count_in(told, "Ask about the tiles"), 1u) << "step " << step << ": " << told;
    EXPECT_EQ(count_in(told, "Pipeline — "), 1u) << "step " << step << ": " << told;
    std::string mailed;
    for (const std::string& mail : mails(data)) mailed += mail;
    EXPECT_LE(count_in(mailed, "Quiet lead: Leaking"), 1u) << "step " << step;
    if (ran.status != kKilled) {
      EXPECT_GT(killed, 5) << "the program was not killed even once: " << ran.err;
      return;
    }
    ++killed;
  }
  FAIL() << "the program never came to its end";
}

// Two leads whose step has come: whatever dies, each has one draft for a yes, one line in its log and one line told.
TEST(KilledCalendar, proposes_each_step_of_a_sequence_once_wherever_it_dies) {
  const Folder folder;
  const std::string base = folder.path() + "/base", config = folder.path() + "/config.yaml";
  write_config(config,
               "schedule: {stale_leads: off, morning_list: off, pipeline_summary: off, win_loss_summary: off, "
               "follow_up_reminder: off}\n");
  const auto at = [&](const std::string& data, const char* now, std::vector<std::string> words,
                      const std::string& input = {}, const std::map<std::string, std::string>& environment = {}) {
    words.insert(words.begin(), {"--config", config, "--now", now});
    return deskhand(data, words, input, environment);
  };
  const auto call = [&](const std::string& tool, const std::string& arguments) {
    const Ran ran = at(base, "2026-05-26T15:00:00Z", {"call", tool, arguments});
    ASSERT_EQ(ran.status, 0) << tool << ": " << ran.err;
  };
  call("create_contact", R"({"name":"Ana Ruiz","email":"ana@ruiz.example"})");
  call("create_contact", R"({"name":"Bo Lee","email":"bo@lee.example"})");
  call("create_lead", R"({"title":"Leaking shower","contact":"Ana Ruiz"})");
  call("create_lead", R"({"title":"Old boiler","contact":"Bo Lee"})");
  call("enrol_sequence", R"({"lead":"L-1"})");
  call("enrol_sequence", R"({"lead":"L-2"})");
  call("set_stage", R"({"stage":"new","sla_days":2})");
  long killed = 0;
  for (long step = 1; step < 2000; step += kStride) {
    const std::string data = folder.path() + "/data-" + std::to_string(step);
    copy_folder(base, data);
    const Ran ran = at(data, kNow, {"run", "due"}, "",
                       dying_at(step, folder.path() + "/count"));
    const Ran again = at(data, kLater, {"run", "due"});
    EXPECT_EQ(again.status, 0) << "step " << step << ": " << again.err;
    EXPECT_EQ(at(data, kLater, {"verify"}).status, 0) << "step " << step;
    const std::string cards = at(data, kLater, {"approvals", "list"}).out;
    EXPECT_EQ(count_in(cards, "ana@ruiz.example") + count_in(cards, "E-mail to Ana Ruiz"), 1u) << "step " << step << ": " << cards;
    for (const char* lead : {"L-1", "L-2"}) {
      const std::string log = at(data, kLater, {"call", "show_sequence", R"({"lead":")" + std::string(lead) + "\"}"}).out;
      EXPECT_EQ(count_in(log, "proposed step 1"), 1u) << "step " << step << ": " << log;
    }
    const std::string told = at(data, kLater, {"chat"}, "\n").out;
    EXPECT_EQ(count_in(told, "Leaking shower — Ana Ruiz: step 1 of New inquiry"), 1u) << "step " << step << ": " << told;
    EXPECT_EQ(count_in(told, "Old boiler — Bo Lee: step 1 of New inquiry"), 1u) << "step " << step << ": " << told;
    EXPECT_EQ(count_in(told, "(limit 2)"), 2u) << "step " << step << ": " << told;
    std::string mailed;
    for (const std::string& mail : mails(data)) mailed += mail;
    EXPECT_EQ(count_in(mailed, "To: Ana"), 0u) << "nothing leaves without a yes";
    if (ran.status != kKilled) {
      EXPECT_GT(killed, 5) << "the program was not killed even once: " << ran.err;
      return;
    }
    ++killed;
  }
  FAIL() << "the program never came to its end";
}

}  // namespace
}  // namespace deskhand::test
