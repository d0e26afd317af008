// A chat recorded to a file can be played again without its model: the same requests, the same replies, and no keys in
// the file.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/program.h"

namespace deskhand::test {
namespace {

const std::string kTour =
    "Add a new customer: Ana Ruiz, 512-555-0142, ana@ruiz.example, 9 Oak St\n"
    "open a lead for Ana Ruiz: leaking shower\n"
    "/today\n"
    "Follow up on the Ruiz lead\n"
    "my key is sk-live-0123456789abcdefghij0123456789\n"
    "yes\n";

TEST(Record, plays_a_chat_again_byte_for_byte_on_the_record_it_began_with) {
  const Folder folder, elsewhere;
  ASSERT_EQ(deskhand(folder.path(), {"chat", "--json"}, "Add a new customer: Bob Stone, 512-555-0199\n").status, 0);
  const std::string file = elsewhere.path() + "/tour.jsonl";
  const Ran recorded = deskhand(folder.path(), {"--json", "chat", "--record", file}, kTour);
  ASSERT_EQ(recorded.status, 0) << recorded.err;
  const std::string text = read_file(file);
  EXPECT_EQ(text.find("0123456789abcdef"), std::string::npos);
  EXPECT_NE(text.find("[secret]"), std::string::npos);
  const Ran replayed = deskhand(elsewhere.path() + "/none", {"eval", "--replay", file});
  EXPECT_EQ(replayed.status, 0) << replayed.out << replayed.err;
  EXPECT_EQ(replayed.out, "6 of 6 messages answered as recorded\n");
  EXPECT_EQ(mails(folder.path()).size(), 1u);
}

TEST(Record, tells_where_a_replay_leaves_the_recording) {
  const Folder folder, elsewhere;
  const std::string file = elsewhere.path() + "/tour.jsonl";
  ASSERT_EQ(deskhand(folder.path(), {"--json", "chat", "--record", file}, kTour).status, 0);
  std::string text = read_file(file);
  const std::size_t at = text.find("leaking shower");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 14, "leaking faucet");
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
  const Ran replayed = deskhand(folder.path(), {"eval", "--replay", file});
  EXPECT_EQ(replayed.status, 1);
  EXPECT_NE(replayed.out.find("request"), std::string::npos) << replayed.out;
}

TEST(Record, replaces_no_file) {
  const Folder folder;
  const std::string file = folder.path() + "/there";
  std::ofstream(file) << "x";
  const Ran ran = deskhand(folder.path(), {"chat", "--record", file}, "hello\n");
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(read_file(file), "x");
}

TEST(Costs, are_nothing_where_no_model_was_paid) {
  const Folder folder;
  ASSERT_EQ(deskhand(folder.path(), {"chat", "--json"}, "hello\n").status, 0);
  const Ran costs = deskhand(folder.path(), {"costs", "--json"});
  EXPECT_EQ(costs.status, 0) << costs.err;
  EXPECT_NE(costs.out.find("\"by_day\":[]"), std::string::npos) << costs.out;
}

}  // namespace
}  // namespace deskhand::test
