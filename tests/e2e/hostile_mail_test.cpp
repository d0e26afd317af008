// Mails that are made to cost: none is lost, none ends the program, and none takes more memory than its own size and a little.
// How long they take is measured in bench/bench_hostile_mail.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <fstream>

#include "tests/support/hostile_mails.h"
#include "tests/support/program.h"

namespace deskhand::test {
namespace {

constexpr long kRoomKilobytes = 64 * 1024;  // of the whole process, over the size of the message

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kMemoryIsMeasured = false;  // a sanitizer keeps several times what the program asks for
#else
constexpr bool kMemoryIsMeasured = true;
#endif

class HostileMail : public ::testing::TestWithParam<std::string_view> {};

TEST_P(HostileMail, is_taken_in_within_bounds_of_memory) {
  const Folder folder;
  const std::string file = folder.path() + "/mail.eml";
  const std::string mail = hostile_mail(GetParam());
  std::ofstream(file, std::ios::binary) << mail;
  ASSERT_EQ(deskhand(folder.path() + "/data", {"init"}).status, 0);
  const int process = start({program(), "--data", folder.path() + "/data", "ingest", "email", file}, folder.path() + "/out");
  int status = 0;
  rusage used{};
  ASSERT_EQ(::wait4(process, &status, 0, &used), process);
  ASSERT_TRUE(WIFEXITED(status)) << "ended by signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 0) << read_file(folder.path() + "/out").substr(0, 500);
  if (kMemoryIsMeasured) {
    EXPECT_LT(used.ru_maxrss - static_cast<long>(mail.size() / 1024), kRoomKilobytes);
  }
  EXPECT_EQ(deskhand(folder.path() + "/data", {"verify"}).status, 0);
}

INSTANTIATE_TEST_SUITE_P(Every, HostileMail, ::testing::ValuesIn(hostile_mails()), [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace deskhand::test
