// Files that come with mails: kept once under their hash before their mail is settled, listed with the sender's name for them, and
// given out as bytes and in no other way.
#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/limits.h"
#include "tests/conformance/mail/inbox.h"

namespace deskhand::testing {
namespace {

std::string with_files(int number, const std::vector<std::pair<std::string, std::string>>& parts, const std::string& text = "Our kitchen tap is leaking, see the picture. Could you come and fix it? 512-555-0147") {
  std::string mail = "From: Ana Ruiz <ana@ruiz.example>\r\nTo: office@harlanplumbing.example\r\nSubject: Leaking tap\r\nMessage-ID: <tap-" + std::to_string(number) +
                     "@ruiz.example>\r\nDate: Mon, 2 Mar 2026 09:00:00 -0600\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n"
                     "--b\r\nContent-Type: text/plain\r\n\r\n" + text + "\r\n";
  for (const auto& [headers, content] : parts) mail += "--b\r\n" + headers + "\r\n\r\n" + content + "\r\n";
  return mail + "--b--\r\n";
}

const std::string kPicture = "Content-Type: image/jpeg; name=\"tap.jpg\"\r\nContent-Disposition: attachment; filename=\"tap.jpg\"";

class Attachments : public ::testing::Test {
 protected:
  std::vector<FiledAttachment> all() {
    std::vector<FiledAttachment> found;
    const Done done = inbox_.store().read(inbox_.org(), [&](Txn& txn) -> Done {
      auto rows = txn.attachments().list({}, limits::kPageRowsMax);
      if (!rows) return rows.error();
      found = std::move(*rows);
      return {};
    });
    EXPECT_TRUE(done);
    return found;
  }
  std::string content(const std::string& sha256) {
    std::string bytes;
    const Done done = inbox_.store().read(inbox_.org(), [&](Txn& txn) -> Done {
      auto found = txn.attachments().content(sha256);
      if (!found) return found.error();
      bytes = std::move(*found);
      return {};
    });
    EXPECT_TRUE(done);
    return bytes;
  }

  Inbox inbox_{Json::parse(fixture("personas.json"))["plumber"]};
};

TEST_F(Attachments, stand_under_the_hash_of_their_content_with_the_name_their_sender_gave_them) {
  const auto outcome = inbox_.take_bytes(with_files(1, {{kPicture, "the picture"}}), "1");
  ASSERT_EQ(outcome.action, IntakeAction::new_contact_and_lead);
  const std::vector<FiledAttachment> found = all();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].file.file_name, "tap.jpg");
  EXPECT_EQ(found[0].file.sha256, sha256_hex("the picture"));
  EXPECT_EQ(found[0].file.bytes, 11);
  EXPECT_TRUE(found[0].is_kept);
  EXPECT_EQ(found[0].interaction, outcome.interaction);
  EXPECT_EQ(content(found[0].file.sha256), "the picture");
}

TEST_F(Attachments, stand_once_however_often_they_come) {
  for (int number = 1; number <= 3; ++number) inbox_.take_bytes(with_files(number, {{kPicture, "the picture"}}), std::to_string(number));
  const std::vector<FiledAttachment> found = all();
  ASSERT_EQ(found.size(), 3u);
  for (const FiledAttachment& each : found) EXPECT_EQ(each.file.sha256, found[0].file.sha256);
  inbox_.take_bytes(with_files(3, {{kPicture, "the picture"}}), "again");
  EXPECT_EQ(all().size(), 3u) << "a copy of a mail brings nothing new";
}

TEST_F(Attachments, keep_their_bytes_whatever_their_name_and_kind_say) {
  const std::string every_byte = [] {
    std::string bytes;
    for (int value = 0; value < 256; ++value) bytes += static_cast<char>(value);
    return bytes;
  }();
  std::string encoded;  // quoted-printable
  for (const unsigned char byte : every_byte) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    encoded += {'=', kHex[byte >> 4], kHex[byte & 15]};
  }
  inbox_.take_bytes(with_files(1, {{"Content-Type: application/x-msdownload\r\nContent-Disposition: attachment; filename=\"../../../etc/cron.d/x\xE2\x80\xAEgpj.exe\"\r\nContent-Transfer-Encoding: quoted-printable", encoded},
                                   {"Content-Type: application/octet-stream\r\nContent-Disposition: attachment", "no name"}}),
                    "1");
  const std::vector<FiledAttachment> found = all();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].file.file_name.find("\xE2\x80\xAE"), std::string::npos) << "no letters that turn a name around";
  EXPECT_EQ(content(found[0].file.sha256), every_byte);
  EXPECT_EQ(found[1].file.file_name, "");
  EXPECT_EQ(content(found[1].file.sha256), "no name");
}

TEST_F(Attachments, are_kept_of_pictures_in_the_text_of_forwarded_mails_and_of_outlooks_own_package) {
  inbox_.take_bytes(with_files(1, {{"Content-Type: image/png; name=\"inline.png\"\r\nContent-ID: <a@b>\r\nContent-Disposition: inline; filename=\"inline.png\"", "inline"},
                                   {"Content-Type: message/rfc822", "From: Bo Li <bo@li.example>\r\nSubject: plan\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"c\"\r\n\r\n--c\r\nContent-Type: "
                                                                    "text/plain\r\n\r\nsee plan\r\n--c\r\nContent-Type: application/pdf; name=\"plan.pdf\"\r\n\r\nthe plan\r\n--c--"},
                                   {"Content-Type: application/ms-tnef; name=\"winmail.dat\"", "packed"}}),
                    "1");
  std::vector<std::string> names;
  for (const FiledAttachment& each : all()) {
    names.push_back(each.file.file_name);
    EXPECT_TRUE(each.is_kept);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"inline.png", "plan.pdf", "winmail.dat"}));
}

TEST_F(Attachments, beyond_what_is_looked_at_stay_in_the_raw_mail) {
  std::vector<std::pair<std::string, std::string>> parts;
  for (std::size_t number = 0; number < limits::kMailAttachments + 20; ++number) parts.emplace_back(kPicture, "picture " + std::to_string(number));
  const auto outcome = inbox_.take_bytes(with_files(1, parts), "1");
  EXPECT_EQ(outcome.action, IntakeAction::new_contact_and_lead);
  EXPECT_EQ(all().size(), limits::kMailAttachments);
}

TEST_F(Attachments, of_mails_that_lead_to_nothing_can_be_had_too) {
  inbox_.take_bytes(with_files(1, {{kPicture, "the invoice"}}, "Please find attached our invoice 4711 for your order. Payment is due within 14 days. Your supplier."), "1");
  ASSERT_EQ(all().size(), 1u);
  EXPECT_EQ(content(all()[0].file.sha256), "the invoice");
}

}  // namespace
}  // namespace deskhand::testing
