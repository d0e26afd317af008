// What stands in a mail, whoever wrote it and however broken it is.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "base/text.h"
#include "channel/email/parse.h"

namespace deskhand::channel::email {
namespace {

InboundMail parsed(const std::string& raw) {
  auto mail = MimeMailParser().parse(raw);
  EXPECT_TRUE(mail.has_value()) << (mail ? "" : mail.error().message);
  return mail ? *mail : InboundMail{};
}

std::string mail_of(const std::string& headers, const std::string& body) {
  return "From: Ana Ruiz <ana@ruiz.example>\r\nTo: office@plumber.example\r\nSubject: Leak\r\n" + headers + "\r\n" + body;
}

TEST(MailParse, reads_who_to_whom_about_what_and_when) {
  const InboundMail mail = parsed(
      "From: \"Ruiz, Ana\" <Ana@Ruiz.example>\r\nReply-To: ana@work.example\r\nTo: Office <office@plumber.example>, b@plumber.example\r\n"
      "Cc: team: x@y.example, z@y.example;\r\nSender: robot@list.example\r\nSubject: Leak\r\n under the sink\r\n"
      "Date: Tue, 3 Mar 2026 08:05:00 -0600\r\nMessage-ID: <one@ruiz.example>\r\nIn-Reply-To: <zero@plumber.example>\r\n"
      "References: <minus@plumber.example>\r\n <zero@plumber.example>\r\n\r\nIt drips.\r\n");
  ASSERT_EQ(mail.from.size(), 1u);
  EXPECT_EQ(mail.from[0].name, "Ruiz, Ana");
  EXPECT_EQ(mail.from[0].email.folded, "ana@ruiz.example");
  EXPECT_EQ(mail.from[0].email.as_typed, "Ana@Ruiz.example");
  EXPECT_EQ(mail.reply_to.at(0).email.folded, "ana@work.example");
  EXPECT_EQ(mail.to.size(), 2u);
  EXPECT_EQ(mail.cc.size(), 2u);
  EXPECT_EQ(mail.sender->email.folded, "robot@list.example");
  EXPECT_EQ(mail.subject, "Leak under the sink");
  EXPECT_EQ(to_rfc3339(*mail.date), "2026-03-03T14:05:00Z");
  EXPECT_EQ(mail.message_id, "one@ruiz.example");
  EXPECT_EQ(mail.in_reply_to, std::vector<std::string>{"zero@plumber.example"});
  EXPECT_EQ(mail.references, (std::vector<std::string>{"minus@plumber.example", "zero@plumber.example"}));
  EXPECT_EQ(mail.text, "It drips.\n");
}

TEST(MailParse, reads_encoded_words_of_several_sets_and_raw_bytes_without_a_name) {
  EXPECT_EQ(parsed("From: =?iso-8859-1?Q?Jos=E9_N=FA=F1ez?= <j@n.example>\n\nx").from[0].name, "José Núñez");
  EXPECT_EQ(parsed("From: x@y.example\nSubject: =?utf-8?B?V2Fzc2Vycm9ocmJydWNoIGbDvHI=?=\n =?utf-8?Q?_M=C3=BCller?=\n\nx").subject, "Wasserrohrbruch für Müller");
  EXPECT_EQ(parsed("From: x@y.example\nSubject: Rohrbruch bei M\xFCller\n\nx").subject, "Rohrbruch bei Müller");
  EXPECT_EQ(parsed("From: x@y.example\nSubject: Fuga de agua en el ba\xC3\xB1o\n\nx").subject, "Fuga de agua en el baño");
  EXPECT_EQ(parsed("From: x@y.example\nSubject: =?iso-2022-jp?B?GyRCP2VPMyRsGyhC?=\n\nx").subject, "水漏れ");
}

TEST(MailParse, reads_addresses_that_are_not_quite_addresses) {
  const InboundMail bare = parsed("From: Ana Ruiz ana@ruiz.example\n\nx");
  ASSERT_EQ(bare.from.size(), 1u);
  EXPECT_EQ(bare.from[0].email.folded, "ana@ruiz.example");
  EXPECT_EQ(bare.from[0].name, "Ana Ruiz");
  const InboundMail comment = parsed("From: ana@ruiz.example (Ana Ruiz)\n\nx");
  EXPECT_EQ(comment.from.at(0).email.folded, "ana@ruiz.example");
  EXPECT_EQ(comment.from.at(0).name, "Ana Ruiz");
  const InboundMail none = parsed("From: undisclosed\nSubject: x\n\nx");
  ASSERT_EQ(none.from.size(), 1u);
  EXPECT_TRUE(none.from[0].email.folded.empty());
  EXPECT_TRUE(parsed("Subject: no from at all\n\nx").from.empty());
}

TEST(MailParse, undoes_every_transfer_encoding) {
  EXPECT_EQ(parsed(mail_of("Content-Transfer-Encoding: base64\r\n", "SXQgZHJpcHMu\r\n")).text, "It drips.");
  EXPECT_EQ(parsed(mail_of("Content-Transfer-Encoding: quoted-printable\r\n", "It =\r\ndrips=2E\r\n")).text, "It drips.\n");
  EXPECT_EQ(parsed(mail_of("Content-Transfer-Encoding: x-uuencode\r\n", "begin 644 x\r\n)270@9')I<',N\r\n`\r\nend\r\n")).text, "It drips.");
  EXPECT_EQ(parsed(mail_of("Content-Transfer-Encoding: nonsense\r\n", "It drips.\r\n")).text, "It drips.\n");
}

TEST(MailParse, reads_character_sets_and_does_not_believe_wrong_names) {
  EXPECT_EQ(parsed(mail_of("Content-Type: text/plain; charset=windows-1252\r\n", "It\x92s \x80 40\r\n")).text, "It’s € 40\n");
  EXPECT_EQ(parsed(mail_of("Content-Type: text/plain; charset=us-ascii\r\n", "ba\xC3\xB1o\r\n")).text, "baño\n");
  EXPECT_EQ(parsed(mail_of("Content-Type: text/plain; charset=utf-8\r\n", "K\xFC" "che\r\n")).text, "Küche\n");
  EXPECT_EQ(parsed(mail_of("Content-Type: text/plain; charset=koi8-r\r\n", "\xD4\xC5\xD3\xD4\r\n")).text, "тест\n");
  EXPECT_EQ(parsed(mail_of("Content-Type: text/plain; charset=\"GB2312\"\r\n", "\xC2\xA9\xCB\xAE\r\n")).text, "漏水\n");
  EXPECT_EQ(parsed(mail_of("Content-Type: text/plain; charset=made-up-9\r\n", "caf\xE9\r\n")).text, "café\n");
}

TEST(MailParse, joins_flowed_lines_and_keeps_quotes_apart) {
  const InboundMail mail = parsed(mail_of("Content-Type: text/plain; format=flowed\r\n",
                                          "The tap in the \r\nkitchen drips.\r\n\r\n> Which \r\n> tap?\r\n-- \r\nAna\r\n"));
  EXPECT_EQ(mail.text, "The tap in the kitchen drips.\n\n> Which tap?\n-- \nAna");
}

TEST(MailParse, takes_the_plain_part_and_the_html_part_where_the_plain_one_is_a_stub) {
  const auto both = [](const std::string& plain, const std::string& html) {
    return mail_of("Content-Type: multipart/alternative; boundary=\"b1\"\r\n",
                   "--b1\r\nContent-Type: text/plain\r\n\r\n" + plain + "\r\n--b1\r\nContent-Type: text/html\r\n\r\n" + html + "\r\n--b1--\r\n");
  };
  const InboundMail plain = parsed(both("The tap drips, call me.", "<p>The tap drips, <b>call me</b>.</p>"));
  EXPECT_EQ(plain.text, "The tap drips, call me.");
  EXPECT_EQ(plain.other_text, "The tap drips, call me.");
  const InboundMail stub = parsed(both("Your mail client does not support HTML.", "<table><tr><td>Name</td><td>Ana Ruiz</td></tr><tr><td>Phone</td><td>512-555-0142</td></tr></table>"));
  EXPECT_EQ(stub.text, "Name\tAna Ruiz\nPhone\t512-555-0142");
}

TEST(MailParse, reads_parts_in_parts_and_lists_what_is_attached) {
  const InboundMail mail = parsed(mail_of(
      "Content-Type: multipart/mixed; boundary=outer\r\n",
      "preamble\r\n--outer\r\nContent-Type: multipart/related; boundary=inner\r\n\r\n--inner\r\nContent-Type: text/html\r\n\r\n<p>See photo</p>\r\n"
      "--inner\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <a>\r\n\r\niVBORw==\r\n--inner--\r\n"
      "--outer\r\nContent-Type: application/pdf; name=\"=?utf-8?Q?Pl=C3=A4ne.pdf?=\"\r\nContent-Disposition: attachment; filename*=utf-8''Pl%C3%A4ne.pdf\r\n"
      "Content-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--outer\r\nContent-Type: text/plain\r\n\r\nSent from my phone\r\n--outer--\r\nepilogue\r\n"));
  EXPECT_EQ(mail.text, "See photo\n\nSent from my phone");
  ASSERT_EQ(mail.attachments.size(), 2u);
  EXPECT_EQ(mail.attachments[0].media_type, "image/png");
  EXPECT_EQ(mail.attachments[0].bytes, 4);
  EXPECT_EQ(mail.attachments[1].file_name, "Pläne.pdf");
  EXPECT_EQ(mail.attachments[1].sha256.size(), 64u);
}

TEST(MailParse, gives_an_attachment_no_path) {
  const InboundMail mail = parsed(mail_of("Content-Type: multipart/mixed; boundary=b\r\n",
                                          "--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b\r\nContent-Type: application/octet-stream\r\n"
                                          "Content-Disposition: attachment; filename=\"../../etc/passwd\"\r\n\r\nx\r\n--b--\r\n"));
  ASSERT_EQ(mail.attachments.size(), 1u);
  EXPECT_EQ(mail.attachments[0].file_name, "passwd");
}

TEST(MailParse, reads_a_multipart_whose_end_or_whose_boundary_is_missing) {
  EXPECT_EQ(parsed(mail_of("Content-Type: multipart/mixed; boundary=b\r\n", "--b\r\n\r\nIt drips.")).text, "It drips.");
  EXPECT_EQ(parsed(mail_of("Content-Type: multipart/mixed\r\n", "--b77\r\nContent-Type: text/plain\r\n\r\nIt drips.\r\n--b77--\r\n")).text, "It drips.");
  EXPECT_EQ(parsed(mail_of("Content-Type: multipart/mixed; boundary=other\r\n", "It drips.\r\n")).text, "It drips.\n");
}

TEST(MailParse, names_what_it_does_not_open) {
  const InboundMail outlook = parsed(mail_of("Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n", "eJ8+IgAA\r\n"));
  EXPECT_EQ(outlook.text, "");
  ASSERT_EQ(outlook.problems.size(), 1u);
  EXPECT_NE(outlook.problems[0].find("winmail.dat"), std::string::npos);
  const InboundMail secret = parsed(mail_of("Content-Type: multipart/encrypted; boundary=b\r\n", "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b--\r\n"));
  EXPECT_TRUE(secret.is_encrypted);
  EXPECT_TRUE(secret.text.empty());
}

TEST(MailParse, reads_a_report_about_one_of_our_messages) {
  const InboundMail mail = parsed(
      "From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nSubject: Undelivered Mail Returned to Sender\r\n"
      "Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
      "--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ana@ruiz.example\r\n"
      "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n--r\r\nContent-Type: message/rfc822\r\n\r\n"
      "From: office@plumber.example\r\nMessage-ID: <ours-1@plumber.example>\r\nSubject: Your tap\r\n\r\nHi\r\n--r--\r\n");
  ASSERT_TRUE(mail.report.has_value());
  EXPECT_EQ(mail.report->action, "failed");
  EXPECT_EQ(mail.report->status, "5.1.1");
  EXPECT_EQ(mail.report->recipient, "ana@ruiz.example");
  EXPECT_EQ(mail.report->original_message_id, "ours-1@plumber.example");
  ASSERT_EQ(mail.enclosed.size(), 1u);
  EXPECT_EQ(mail.enclosed[0].subject, "Your tap");
}

TEST(MailParse, reads_a_mail_that_was_forwarded_as_an_attachment) {
  const InboundMail mail = parsed(mail_of("Content-Type: multipart/mixed; boundary=b\r\n",
                                          "--b\r\n\r\nfyi\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Bo Li <bo@li.example>\r\nSubject: Boiler\r\n"
                                          "Content-Type: text/html\r\n\r\n<p>No heat</p>\r\n--b--\r\n"));
  ASSERT_EQ(mail.enclosed.size(), 1u);
  EXPECT_EQ(mail.enclosed[0].from.email.folded, "bo@li.example");
  EXPECT_EQ(mail.enclosed[0].text, "No heat");
  EXPECT_EQ(mail.text, "fyi");
}

TEST(MailParse, notices_calendars_and_read_receipts) {
  const InboundMail invite = parsed(mail_of("Content-Type: text/calendar; method=request\r\n", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"));
  EXPECT_TRUE(invite.has_calendar);
  EXPECT_EQ(invite.calendar_method, "REQUEST");
  const InboundMail receipt = parsed(mail_of("Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n", "--b\r\n\r\nread\r\n--b--\r\n"));
  EXPECT_TRUE(receipt.is_read_receipt);
}

TEST(MailParse, survives_headers_without_a_blank_line_and_text_without_headers) {
  EXPECT_EQ(parsed("From: ana@ruiz.example\nThe tap drips.\nCall me.\n").text, "The tap drips.\nCall me.\n");
  EXPECT_FALSE(MimeMailParser().parse("just some words\n").has_value());
  EXPECT_FALSE(MimeMailParser().parse("").has_value());
  EXPECT_EQ(parsed("From: ana@ruiz.example\rSubject: x\r\rOld line ends\r").text, "Old line ends\n");
}

TEST(MailParse, looks_into_nested_parts_up_to_a_bound) {
  const auto nested = [](int depth) {
    std::string raw = "From: ana@ruiz.example\r\n";
    for (int level = 0; level < depth; ++level)
      raw += "Content-Type: multipart/mixed; boundary=b" + std::to_string(level) + "\r\n\r\n--b" + std::to_string(level) + "\r\n";
    return raw + "Content-Type: text/plain\r\n\r\nIt drips.\r\n";
  };
  EXPECT_EQ(parsed(nested(20)).text, "It drips.\n");
  const InboundMail deep = parsed(nested(5000));
  EXPECT_TRUE(deep.text.empty());
  EXPECT_FALSE(deep.problems.empty());
}

TEST(MailParse, bounds_parts_headers_and_addresses) {
  std::string many = "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
  for (int part = 0; part < 5000; ++part) many += "--b\r\n\r\nx\r\n";
  EXPECT_LE(parsed(many).text.size(), 3 * limits::kMailParts);
  std::string headers = "From: a@b.example\r\n";
  for (int field = 0; field < 5000; ++field) headers += "X-A: " + std::string(50, 'y') + "\r\n";
  EXPECT_LE(parsed(headers + "\r\nhello").headers.size(), limits::kMailHeaders);
  std::string to = "To: a@b.example";
  for (int address = 0; address < 100'000; ++address) to += ", a@b.example";
  EXPECT_LE(parsed("From: a@b.example\r\n" + to + "\r\n\r\nx").to.size(), limits::kMailAddresses);
}

TEST(MailParse, refuses_a_mail_beyond_the_bound) {
  const auto result = MimeMailParser().parse("From: a@b.example\r\n\r\n" + std::string(limits::kMailBytes, 'x'));
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, Code::limit_exceeded);
}

TEST(MailParse, keeps_the_start_of_a_text_that_is_far_too_long) {
  const InboundMail mail = parsed("From: a@b.example\r\n\r\n" + std::string(5 * 1024 * 1024, 'x'));
  EXPECT_TRUE(mail.text_is_cut);
  EXPECT_EQ(mail.text.size(), limits::kMailTextBytes);
}

}  // namespace
}  // namespace deskhand::channel::email
