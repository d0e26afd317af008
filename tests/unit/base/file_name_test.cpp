#include "base/file_name.h"

#include <gtest/gtest.h>

namespace deskhand {
namespace {

TEST(SafeFileName, keeps_an_ordinary_name) {
  EXPECT_EQ(safe_file_name("Roof leak (2).jpg"), "Roof leak (2).jpg");
  EXPECT_EQ(safe_file_name("Übersicht – Küche.pdf"), "Übersicht – Küche.pdf");
}

TEST(SafeFileName, is_never_a_path_never_hidden_and_never_an_option) {
  EXPECT_EQ(safe_file_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(safe_file_name("C:\\Windows\\evil.exe"), "evil.exe");
  EXPECT_EQ(safe_file_name("/"), "attachment");
  EXPECT_EQ(safe_file_name(".."), "attachment");
  EXPECT_EQ(safe_file_name(".bashrc"), "bashrc");
  EXPECT_EQ(safe_file_name("--help"), "help");
  EXPECT_EQ(safe_file_name(""), "attachment");
}

TEST(SafeFileName, holds_no_letter_that_means_something_to_a_shell_a_terminal_or_another_system) {
  EXPECT_EQ(safe_file_name("a\nb\tc"), "a b c");
  EXPECT_EQ(safe_file_name("bill\x1b[31m.pdf"), "bill[31m.pdf");
  EXPECT_EQ(safe_file_name("photo\xE2\x80\xAEgpj.exe"), "photogpj.exe");
  EXPECT_EQ(safe_file_name("a<b>:\"c|d?*`$e"), "a_b___c_d____e");
  EXPECT_EQ(safe_file_name("CON"), "attachment_CON");
  EXPECT_EQ(safe_file_name("lpt1.txt"), "attachment_lpt1.txt");
  EXPECT_EQ(safe_file_name("console.txt"), "console.txt");
  EXPECT_EQ(safe_file_name("report.pdf. . "), "report.pdf");
  EXPECT_EQ(safe_file_name("\xFF\xFE"), safe_file_name("\xFF\xFE"));
}

TEST(SafeFileName, is_short_and_keeps_its_ending) {
  const std::string name = safe_file_name(std::string(500, 'x') + ".jpeg");
  EXPECT_EQ(name.size(), kSafeNameBytes);
  EXPECT_TRUE(name.ends_with(".jpeg"));
}

TEST(SizeText, is_what_people_say) {
  EXPECT_EQ(size_text(1), "1 byte");
  EXPECT_EQ(size_text(812), "812 bytes");
  EXPECT_EQ(size_text(14 * 1024 + 100), "14 KB");
  EXPECT_EQ(size_text(2 * 1024 * 1024 + 400 * 1024), "2.4 MB");
  EXPECT_EQ(size_text(25 * 1024 * 1024), "25 MB");
}

}  // namespace
}  // namespace deskhand
