#include "model/wire_key.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/limits.h"

using namespace deskhand;
using namespace deskhand::model;

namespace {

class KeyFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "deskhand_key_XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    path = folder + "/key";
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  void write(const std::string& text, mode_t mode = 0600) {
    std::ofstream(path, std::ios::binary) << text;
    ::chmod(path.c_str(), mode);
  }
  std::string folder, path;
};

}  // namespace

TEST_F(KeyFile, is_read_when_only_its_owner_can_read_it) {
  write("sk-abc\n");
  EXPECT_EQ(read_secret("file:" + path)->reveal(), "sk-abc");
  write("sk-abc", 0400);
  EXPECT_EQ(secret_from_file(path)->reveal(), "sk-abc");
}

TEST_F(KeyFile, is_refused_when_others_could_read_it_and_the_message_says_what_to_do) {
  for (const mode_t mode : {0644, 0640, 0604, 0660, 0601}) {
    write("sk-abc", mode);
    const auto key = secret_from_file(path);
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, Code::forbidden);
    EXPECT_NE(key.error().message.find("chmod 600 " + path), std::string::npos);
  }
}

TEST_F(KeyFile, is_refused_when_it_holds_no_key) {
  for (const std::string& text : {std::string(), std::string(" \n"), std::string("two words"), std::string("a\nb"), std::string("k\xC3\xBC"), std::string("a\0b", 3), std::string(limits::kModelKeyBytes + 1, 'k'), std::string(1 << 20, 'k')}) {
    write(text);
    const auto key = secret_from_file(path);
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().message.find("two words"), std::string::npos);
  }
  EXPECT_EQ(secret_from_file(folder).error().code, Code::invalid_argument);
  EXPECT_EQ(secret_from_file(folder + "/none").error().code, Code::not_found);
}

TEST(Secret, comes_from_the_environment) {
  ::setenv("DESKHAND_TEST_KEY", "  sk-env ", 1);
  EXPECT_EQ(read_secret("env:DESKHAND_TEST_KEY")->reveal(), "sk-env");
  ::unsetenv("DESKHAND_TEST_KEY");
  EXPECT_EQ(read_secret("env:DESKHAND_TEST_KEY").error().code, Code::not_found);
  const auto bare = read_secret("sk-the-key-itself");
  EXPECT_EQ(bare.error().code, Code::invalid_argument);
  EXPECT_EQ(bare.error().message.find("sk-the"), std::string::npos);
}

TEST(Secret, is_taken_out_of_what_others_say) {
  const Secret key("sk-proj-abcdef123456");
  EXPECT_EQ(without_secret("wrong key sk-proj-abcdef123456.", key), "wrong key [key].");
  EXPECT_EQ(without_secret("wrong key: sk-pro****3456, sorry; sk-proj-abcdef123456", key), "wrong key: [key], sorry; [key]");
  EXPECT_EQ(without_secret("nothing here", key), "nothing here");
  EXPECT_EQ(without_secret("x", Secret()), "x");
}
