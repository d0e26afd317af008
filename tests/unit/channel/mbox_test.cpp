// Mails one after the other out of a mailbox file.
#include <gtest/gtest.h>

#include <sstream>

#include "base/limits.h"
#include "channel/email/mbox.h"

namespace deskhand::channel::email {
namespace {

std::vector<std::string> all(const std::string& file) {
  std::istringstream stream(file);
  MboxReader reader(stream);
  std::vector<std::string> mails;
  for (;;) {
    auto next = reader.next();
    if (!next) {
      mails.push_back("error");
      continue;
    }
    if (!*next) return mails;
    mails.push_back(**next);
  }
}

TEST(Mbox, gives_each_mail_without_its_separator_and_quoting) {
  EXPECT_EQ(all("From a@b.example Tue Mar  3 14:05:00 2026\nSubject: 1\n\nOne\n>From here\n\nFrom a@b.example Tue Mar  3 14:06:00 2026\nSubject: 2\n\nTwo\n"),
            (std::vector<std::string>{"Subject: 1\n\nOne\nFrom here\n", "Subject: 2\n\nTwo\n"}));
}

TEST(Mbox, takes_no_sentence_for_a_separator) {
  EXPECT_EQ(all("From a@b.example Tue Mar  3 14:05:00 2026\nSubject: 1\n\nHello\n\nFrom what I see it drips.\n").size(), 1u);
  EXPECT_FALSE(looks_like_mbox("From: ana@ruiz.example\n"));
  EXPECT_TRUE(looks_like_mbox("From ana@ruiz.example Tue Mar  3 14:05:00 2026\n"));
}

TEST(Mbox, passes_over_a_mail_that_is_too_large_and_goes_on) {
  const std::string from = "From a@b.example Tue Mar  3 14:05:00 2026\n";
  EXPECT_EQ(all(from + std::string(limits::kMailBytes + 1, 'x') + "\n\n" + from + "Subject: 2\n\nTwo\n"), (std::vector<std::string>{"error", "Subject: 2\n\nTwo\n"}));
}

TEST(Mbox, reads_an_empty_file_as_no_mail) { EXPECT_TRUE(all("").empty()); }

}  // namespace
}  // namespace deskhand::channel::email
