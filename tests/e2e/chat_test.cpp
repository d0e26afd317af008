// The thin line through every layer, on the built program.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "base/json.h"
#include "tests/support/program.h"

namespace deskhand::test {
namespace {

std::vector<Json> replies(const std::string& out) {
  std::vector<Json> all;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    auto parsed = parse_json(line, 1 << 20);
    EXPECT_TRUE(parsed.has_value()) << line;
    if (parsed) all.push_back(std::move(*parsed));
  }
  return all;
}

const std::string kTour =
    "Add a new customer: Ana Ruiz, 512-555-0142, ana@ruiz.example, 9 Oak St\n"
    "open a lead for Ana Ruiz: leaking shower\n"
    "Follow up on the Ruiz lead\n"
    "yes\n";

TEST(Chat, makes_one_contact_one_lead_one_approval_and_one_mail_of_the_cards_bytes) {
  const Folder folder;
  const Ran ran = deskhand(folder.path(), {"chat", "--json"}, kTour);
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.err, "");
  const std::vector<Json> said = replies(ran.out);
  ASSERT_EQ(said.size(), 4u) << ran.out;
  EXPECT_EQ(said[0]["calls"][0]["tool"], "create_contact");
  EXPECT_EQ(said[1]["calls"][0]["tool"], "create_lead");
  ASSERT_EQ(said[2]["approvals"].size(), 1u) << ran.out;
  EXPECT_EQ(said[2]["approvals"][0]["kind"], "send_message");
  const std::vector<std::string> left = mails(folder.path());
  ASSERT_EQ(left.size(), 1u) << ran.out;
  // Each line of the card's text stands in the mail, byte for byte.
  std::istringstream card(said[2]["approvals"][0]["card"].get<std::string>());
  for (std::string line; std::getline(card, line);) {
    if (line.rfind("To:", 0) == 0 || line.rfind("Subject:", 0) == 0 || line.empty()) continue;
    EXPECT_NE(left[0].find(line), std::string::npos) << line << "\n" << left[0];
  }
  EXPECT_NE(left[0].find("ana@ruiz.example"), std::string::npos);
  EXPECT_EQ(deskhand(folder.path(), {"verify"}).status, 0);
}

TEST(Chat, sends_nothing_before_a_yes_and_nothing_after_a_no) {
  const Folder folder;
  const std::string tour = kTour.substr(0, kTour.rfind("yes"));
  ASSERT_EQ(deskhand(folder.path(), {"chat", "--json"}, tour).status, 0);
  EXPECT_TRUE(mails(folder.path()).empty());
  ASSERT_EQ(deskhand(folder.path(), {"chat", "--json"}, "no\n").status, 0);
  EXPECT_TRUE(mails(folder.path()).empty());
  EXPECT_NE(deskhand(folder.path(), {"approvals", "list"}).out.find("Nothing waits"), std::string::npos);
}

TEST(Chat, answers_a_card_after_the_program_was_started_again) {
  const Folder folder;
  ASSERT_EQ(deskhand(folder.path(), {"chat", "--json"}, kTour.substr(0, kTour.rfind("yes"))).status, 0);
  ASSERT_EQ(deskhand(folder.path(), {"chat", "--json"}, "yes\n").status, 0);
  EXPECT_EQ(mails(folder.path()).size(), 1u);
}

TEST(CommandLine, tells_its_exit_statuses_apart) {
  const Folder folder;
  EXPECT_EQ(deskhand(folder.path(), {"call", "find_contact", R"({"query":"x"})"}).status, 0);
  EXPECT_EQ(deskhand(folder.path(), {"call", "no_such_tool"}).status, 1);
  EXPECT_EQ(deskhand(folder.path(), {"call", "find_contact", "{"}).status, 1);
  EXPECT_EQ(deskhand(folder.path(), {"no-such-command"}).status, 2);
  EXPECT_EQ(deskhand(folder.path(), {"call", "send_message", R"({"message":"M-1"})"}).status, 3);
  ASSERT_EQ(deskhand(folder.path(), {"call", "create_contact", R"({"name":"Ana Ruiz","phone":"512-555-0142"})"}).status, 0);
  EXPECT_EQ(deskhand(folder.path(), {"call", "create_contact", R"({"name":"Anna Ruiz","phone":"(512) 555 0142"})"}).status, 4);
}

TEST(CommandLine, says_what_is_wrong_in_one_line) {
  const Folder folder;
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"--config", "/no/such/file.yaml", "tools"}, {"--now", "yesterday", "tools"}, {"approvals", "show", "A-99"},
                                             {"approvals", "show", "x"}, {"--org", "nobody", "tools"}, {"--as", "nobody", "tools"}, {"undo", "U-99"}}) {
    const Ran ran = deskhand(folder.path(), words);
    EXPECT_NE(ran.status, 0);
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
    EXPECT_EQ(ran.err.rfind("deskhand: ", 0), 0u) << ran.err;
  }
}

TEST(CommandLine, undoes_a_change_by_the_ref_it_was_reported_with) {
  const Folder folder;
  const Ran made = deskhand(folder.path(), {"--json", "call", "create_contact", R"({"name":"Ana Ruiz","phone":"512-555-0142"})"});
  ASSERT_EQ(made.status, 0) << made.err;
  const auto parsed = parse_json(made.out, 1 << 20);
  ASSERT_TRUE(parsed && parsed->contains("undo")) << made.out;
  EXPECT_EQ(deskhand(folder.path(), {"undo", (*parsed)["undo"].get<std::string>()}).status, 0);
  EXPECT_EQ(deskhand(folder.path(), {"undo", (*parsed)["undo"].get<std::string>()}).status, 1);
  EXPECT_EQ(deskhand(folder.path(), {"verify"}).status, 0);
}

TEST(CommandLine, ends_a_confirmed_quickbooks_customer_as_not_configured_and_keeps_the_yes) {
  const Folder folder;
  ASSERT_EQ(deskhand(folder.path(), {"call", "create_contact", R"({"name":"Ana Ruiz","phone":"512-555-0142","address":"9 Oak St"})"}).status, 0);
  ASSERT_EQ(deskhand(folder.path(), {"call", "create_quickbooks_customer", R"({"contact":"Ana Ruiz"})"}).status, 4);
  const Ran yes = deskhand(folder.path(), {"approvals", "approve", "A-1"});
  EXPECT_EQ(yes.status, 0) << yes.err;
  EXPECT_NE(deskhand(folder.path(), {"outbox", "list"}).out.find("not_configured"), std::string::npos);
}

}  // namespace
}  // namespace deskhand::test
