// Two processes at once on one database.
#include <gtest/gtest.h>

#include "tests/support/program.h"

namespace deskhand::test {
namespace {

TEST(Race, of_fifty_decisions_from_several_processes_gives_one_grant_and_one_send) {
  const Folder folder;
  const std::string data = folder.path() + "/data";
  ASSERT_EQ(deskhand(data, {"call", "create_contact", R"({"name":"Ana Ruiz","email":"ana@ruiz.example"})"}).status, 0);
  ASSERT_EQ(deskhand(data, {"call", "create_lead", R"({"title":"Leaking shower","contact":"Ana Ruiz"})"}).status, 0);
  ASSERT_EQ(deskhand(data, {"call", "draft_follow_up", R"({"lead":"L-1"})"}).status, 4);
  std::vector<int> processes;
  for (int i = 0; i < 50; ++i)
    processes.push_back(start({program(), "--data", data, "approvals", "approve", "A-1"}, folder.path() + "/out-" + std::to_string(i)));
  int done = 0, told = 0;
  for (int i = 0; i < 50; ++i) {
    const int status = wait_for(processes[static_cast<std::size_t>(i)]);
    const std::string out = read_file(folder.path() + "/out-" + std::to_string(i));
    done += status == 0;
    told += status == 1 && out.find("already approved") != std::string::npos;
  }
  EXPECT_EQ(done, 1);
  EXPECT_EQ(told, 49);
  EXPECT_EQ(mails(data).size(), 1u);
  EXPECT_EQ(deskhand(data, {"verify"}).status, 0);
}

TEST(Race, of_two_processes_that_make_the_first_database_leaves_one_business) {
  const Folder folder;
  const std::string data = folder.path() + "/data";
  std::vector<int> processes;
  for (int i = 0; i < 8; ++i)
    processes.push_back(start({program(), "--data", data, "init"}, folder.path() + "/out-" + std::to_string(i)));
  for (int i = 0; i < 8; ++i) EXPECT_EQ(wait_for(processes[static_cast<std::size_t>(i)]), 0) << read_file(folder.path() + "/out-" + std::to_string(i));
  EXPECT_EQ(deskhand(data, {"verify"}).status, 0);
}

}  // namespace
}  // namespace deskhand::test
