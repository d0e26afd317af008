// kill -9 at every step of draft, approve and send, on the built program: the database opens and verifies, and at most
// one message left.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <functional>

#include "tests/fault/dying.h"
#include "tests/support/program.h"

namespace deskhand::test {
namespace {


void make_business(const std::string& folder, bool drafted) {
  ASSERT_EQ(deskhand(folder, {"call", "create_contact", R"({"name":"Ana Ruiz","email":"ana@ruiz.example"})"}).status,
            0);
  ASSERT_EQ(deskhand(folder, {"call", "create_lead", R"({"title":"Leaking shower","contact":"Ana Ruiz"})"}).status, 0);
  if (!drafted) return;
  ASSERT_EQ(deskhand(folder, {"call", "draft_follow_up", R"({"lead":"L-1"})"}).status, 4);
}

// Runs `words` on copies of `base`, dying `stride` steps later each time, until a run lives to its end. After each:
// open, verify, and `settle` what a restart would do.
void die_everywhere(const std::string& base, const std::vector<std::string>& words,
                    const std::function<void(const std::string&, long)>& look, long stride = 1) {
  const Folder folder;
  const std::string count_file = folder.path() + "/count";
  for (long step = 1; step < 2000; step += stride) {
    const std::string data = folder.path() + "/data-" + std::to_string(step);
    copy_folder(base, data);
    const Ran ran = deskhand(data, words, "", dying_at(step, count_file));
    const Ran verified = deskhand(data, {"verify"});
    EXPECT_EQ(verified.status, 0) << "step " << step << ": " << verified.err << verified.out;
    look(data, step);
    if (ran.status != kKilled) {
      EXPECT_GT(step, 5) << "the program was not killed even once: " << ran.err;
      return;
    }
  }
  FAIL() << "the program never came to its end";
}

TEST(Kill, at_every_step_of_an_approval_sends_at_most_once_and_loses_no_yes) {
  const Folder base;
  make_business(base.path(), true);
  die_everywhere(base.path(), {"approvals", "approve", "A-1"}, [](const std::string& data, long step) {
    EXPECT_LE(mails(data).size(), 1u) << "step " << step;
    // A restart an hour on settles what the dead process left; the lease has ended by then.
    const Ran after = deskhand(data, {"--now", "2100-01-01T00:00:00Z", "outbox", "send"});
    EXPECT_EQ(after.status, 0) << "step " << step << ": " << after.err;
    EXPECT_LE(mails(data).size(), 1u) << "step " << step << ": a second message left";
    const bool approved = deskhand(data, {"approvals", "show", "A-1"}).out.find("[approved]") != std::string::npos;
    const std::string outbox = deskhand(data, {"outbox", "list"}).out;
    if (!approved) {
      EXPECT_TRUE(mails(data).empty()) << "step " << step << ": sent without a recorded yes";
    }
    if (approved) {
      EXPECT_NE(outbox.find("X-1"), std::string::npos) << "step " << step << ": the yes was lost";
    }
    EXPECT_EQ(outbox.find("attempting"), std::string::npos) << "step " << step << ": " << outbox;
  });
}

TEST(Kill, at_every_step_of_a_draft_leaves_all_of_it_or_nothing) {
  const Folder base;
  make_business(base.path(), false);
  die_everywhere(base.path(), {"call", "draft_follow_up", R"({"lead":"L-1"})"}, [](const std::string& data, long step) {
    EXPECT_TRUE(mails(data).empty()) << "step " << step;
    const bool waits = deskhand(data, {"approvals", "list"}).out.find("A-1") != std::string::npos;
    const Ran again = deskhand(data, {"call", "draft_follow_up", R"({"lead":"L-1"})"});
    EXPECT_EQ(again.status, 4) << "step " << step << ": " << again.err;
    const std::string list = deskhand(data, {"approvals", "list"}).out;
    if (waits) {
      EXPECT_EQ(list.find("A-2"), std::string::npos) << "step " << step << ": asked twice for the same words";
    }
  });
}

TEST(Kill, at_any_step_of_taking_in_a_mail_loses_nothing_and_makes_one_lead) {
  const Folder base, mail;
  ASSERT_EQ(deskhand(base.path(), {"init"}).status, 0);
  const std::string file = mail.path() + "/inquiry.eml";
  std::ofstream(file)
      << "From: Ana Ruiz <ana@ruiz.example>\r\nTo: office@hill.example\r\nSubject: Leaking tap\r\nMessage-ID: "
         "<tap@ruiz.example>\r\n"
         "Date: Mon, 2 Mar 2026 09:00:00 -0600\r\n\r\nOur kitchen tap is leaking, could you come and fix it?\r\n";
  constexpr long kStride = 5;  // odd, so that over the years' changes every kind of step is met
  die_everywhere(
      base.path(), {"ingest", "email", file},
      [&](const std::string& data, long step) {
        const Ran again = deskhand(data, {"ingest", "email", file});
        EXPECT_EQ(again.status, 0) << "step " << step << ": " << again.err;
        const std::string leads = deskhand(data, {"call", "list_leads"}).out;
        EXPECT_NE(leads.find("L-1"), std::string::npos) << "step " << step << ": " << leads;
        EXPECT_EQ(leads.find("L-2"), std::string::npos) << "step " << step << ": " << leads;
      },
      kStride);
}

}  // namespace
}  // namespace deskhand::test
