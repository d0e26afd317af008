// Files that came with mails, from the command line: listed, saved where the owner says and nowhere else, and in every backup.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/json.h"
#include "tests/support/program.h"

namespace deskhand::test {
namespace {

namespace fs = std::filesystem;

class AttachmentFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    std::ofstream(mail_) << "From: Ana Ruiz <ana@ruiz.example>\r\nTo: office@hill.example\r\nSubject: Leaking shower\r\nMessage-ID: <a@ruiz.example>\r\nDate: Mon, 2 Mar 2026 09:00:00 "
                            "-0600\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nOur shower is leaking, could you come and fix it? "
                            "512-555-0142\r\n\r\nAna Ruiz\r\n--b\r\nContent-Type: image/jpeg\r\nContent-Disposition: attachment; filename=\"../../leak.jpg\"\r\nContent-Transfer-Encoding: "
                            "base64\r\n\r\n" "dGhlIHBpY3R1cmU=\r\n--b--\r\n";
    const Ran taken = run_in(data_, {"--json", "ingest", "email", mail_});
    ASSERT_EQ(taken.status, 0) << taken.err;
    const Json list = Json::parse(run_in(data_, {"--json", "attachments", "list"}).out);
    ASSERT_EQ(list.size(), 1u);
    hash_ = list[0]["sha256"];
  }

  Ran run_in(const std::string& data, std::vector<std::string> words) { return deskhand(data, std::move(words)); }
  Ran save(const std::string& target) { return run_in(data_, {"attachments", "save", hash_.substr(0, 12), target}); }
  // Changes the data file as somebody with an editor for it would.
  void tamper(const std::string& sql) {
    sqlite3* file = nullptr;
    ASSERT_EQ(sqlite3_open((data_ + "/deskhand.db").c_str(), &file), SQLITE_OK);
    char* failure = nullptr;
    EXPECT_EQ(sqlite3_exec(file, sql.c_str(), nullptr, nullptr, &failure), SQLITE_OK) << (failure == nullptr ? "" : failure);
    sqlite3_free(failure);
    sqlite3_close(file);
  }

  Folder folder_;
  const std::string data_ = folder_.path() + "/data", mail_ = folder_.path() + "/mail.eml";
  std::string hash_;
};

TEST_F(AttachmentFiles, are_listed_with_their_senders_name_for_them_and_shown_in_the_history) {
  const Ran listed = run_in(data_, {"attachments", "list", "C-1"});
  EXPECT_NE(listed.out.find("leak.jpg"), std::string::npos) << listed.out;
  EXPECT_EQ(listed.out.find(".."), std::string::npos) << listed.out;
  EXPECT_NE(listed.out.find("I-1"), std::string::npos) << listed.out;
  EXPECT_NE(listed.out.find("11 bytes"), std::string::npos) << listed.out;
  EXPECT_NE(run_in(data_, {"call", "show_timeline", R"({"contact":"C-1"})"}).out.find("attached: leak.jpg"), std::string::npos);
  EXPECT_EQ(run_in(data_, {"attachments", "list", "C-99"}).status, 1);
}

TEST_F(AttachmentFiles, are_saved_to_a_new_file_that_only_its_owner_reads_and_nobody_runs) {
  const std::string target = folder_.path() + "/picture.jpg";
  ASSERT_EQ(save(target).status, 0);
  EXPECT_EQ(read_file(target), "the picture");
  struct stat about {};
  ASSERT_EQ(::stat(target.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  const Ran again = save(target);
  EXPECT_EQ(again.status, 1);
  EXPECT_NE(again.err.find("exists already"), std::string::npos) << again.err;
}

TEST_F(AttachmentFiles, never_leave_the_folder_that_was_named_whatever_their_name_says) {
  const std::string target = folder_.path() + "/a/b/c";
  fs::create_directories(target);
  ASSERT_EQ(save(target).status, 0);
  EXPECT_EQ(read_file(target + "/leak.jpg"), "the picture");
  EXPECT_FALSE(fs::exists(folder_.path() + "/a/leak.jpg"));
}

TEST_F(AttachmentFiles, are_not_written_through_a_link) {
  const std::string link = folder_.path() + "/link", aim = folder_.path() + "/aim";
  ASSERT_EQ(::symlink(aim.c_str(), link.c_str()), 0);
  EXPECT_EQ(save(link).status, 1);
  EXPECT_FALSE(fs::exists(aim));
}

TEST_F(AttachmentFiles, are_named_by_enough_of_their_hash) {
  EXPECT_EQ(run_in(data_, {"attachments", "save", "abc", folder_.path() + "/x"}).status, 1);
  EXPECT_EQ(run_in(data_, {"attachments", "save", "../../etc", folder_.path() + "/x"}).status, 1);
  EXPECT_EQ(run_in(data_, {"attachments", "save", std::string(64, 'f'), folder_.path() + "/x"}).status, 1);
  EXPECT_FALSE(fs::exists(folder_.path() + "/x"));
}

TEST_F(AttachmentFiles, come_back_from_a_backup) {
  const std::string backup = folder_.path() + "/backup", restored = folder_.path() + "/restored";
  ASSERT_EQ(run_in(data_, {"backup", backup}).status, 0);
  ASSERT_EQ(run_in(restored, {"restore", backup}).status, 0);
  ASSERT_EQ(run_in(restored, {"attachments", "save", hash_, folder_.path() + "/back.jpg"}).status, 0);
  EXPECT_EQ(read_file(folder_.path() + "/back.jpg"), "the picture");
  const Ran doctor = run_in(restored, {"doctor"});
  EXPECT_NE(doctor.out.find("1 mail and 1 attachment"), std::string::npos) << doctor.out << doctor.err;
}

TEST_F(AttachmentFiles, that_were_changed_behind_the_programs_back_are_found_and_not_given_out) {
  tamper("DROP TRIGGER attachment_pieces_are_only_redacted; UPDATE attachment_pieces SET bytes = CAST('another' AS BLOB)");
  const Ran verified = run_in(data_, {"verify"});
  EXPECT_EQ(verified.status, 1);
  EXPECT_NE(verified.out.find("attachment " + hash_), std::string::npos) << verified.out;
  EXPECT_EQ(run_in(data_, {"doctor"}).status, 1);
  EXPECT_EQ(save(folder_.path() + "/x").status, 1);
  EXPECT_FALSE(fs::exists(folder_.path() + "/x"));
}

TEST_F(AttachmentFiles, that_were_removed_behind_the_programs_back_are_missed) {
  tamper("DROP TRIGGER attachment_pieces_are_never_deleted; DROP TRIGGER attachments_are_never_deleted; DELETE FROM attachment_pieces; DELETE FROM attachments");
  const Ran verified = run_in(data_, {"verify"});
  EXPECT_EQ(verified.status, 1);
  EXPECT_NE(verified.out.find("was removed outside the program"), std::string::npos) << verified.out;
}

}  // namespace
}  // namespace deskhand::test
