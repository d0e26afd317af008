// Machine mail is told from what people write, and forms from machines.
#include "intake/classify.h"

#include <gtest/gtest.h>

#include "tests/unit/intake/mails.h"

namespace deskhand::intake {
namespace {

using testing::hill_plumbing;
using testing::mail_from;
using testing::with_header;

MailKind kind_of(const InboundMail& mail) { return classify(mail, read_form_fields(mail.text), hill_plumbing()).kind; }

const std::string kForm =
    "Name: Ana Ruiz\nPhone: 512-555-0142\nEmail: ana@ruiz.example\nMessage: Our kitchen tap drips, can you come?\n";

TEST(Classify, takes_what_people_write_for_what_it_is) {
  EXPECT_EQ(kind_of(mail_from("Ana Ruiz", "ana@ruiz.example", "Leak", "The tap drips.")), MailKind::person);
  EXPECT_EQ(kind_of(mail_from("Ana Ruiz", "ana@ruiz.example", "Re: invoice 12", "Is this paid?")), MailKind::person);
  EXPECT_EQ(kind_of(with_header(mail_from("Ana", "ana@ruiz.example", "Leak", "It drips."), "Auto-Submitted", "no")),
            MailKind::person);
}

TEST(Classify, knows_automatic_answers) {
  EXPECT_EQ(kind_of(with_header(mail_from("Ana", "ana@ruiz.example", "Re: your visit", "I am away."), "Auto-Submitted",
                                "auto-replied")),
            MailKind::auto_reply);
  EXPECT_EQ(
      kind_of(with_header(mail_from("Ana", "ana@ruiz.example", "Re: your visit", "I am away."), "X-Autoreply", "yes")),
      MailKind::auto_reply);
  EXPECT_EQ(kind_of(mail_from("Ana", "ana@ruiz.example", "Automatic reply: your visit", "Away until Monday.")),
            MailKind::auto_reply);
  EXPECT_EQ(kind_of(mail_from("Jo", "jo@firm.example", "Abwesenheitsnotiz: Termin", "Ich bin nicht da.")),
            MailKind::auto_reply);
}

TEST(Classify, knows_bounces_delays_and_receipts_of_reading) {
  InboundMail bounce =
      mail_from("Mail Delivery System", "MAILER-DAEMON@mx.example", "Undelivered Mail Returned to Sender", "I'm sorry");
  EXPECT_EQ(kind_of(bounce), MailKind::bounce);
  InboundMail report = mail_from("x", "postmaster@mx.example", "Delivery Status Notification", "…");
  report.report.emplace();
  report.report->action = "delayed";
  EXPECT_EQ(kind_of(report), MailKind::delay);
  report.report->action = "failed";
  EXPECT_EQ(kind_of(report), MailKind::bounce);
  EXPECT_EQ(kind_of(mail_from("Mail Delivery", "mailer-daemon@mx.example", "Warning: message delayed 4 hours",
                              "still trying")),
            MailKind::delay);
  InboundMail seen = mail_from("Ana", "ana@ruiz.example", "Read: your visit", "");
  seen.is_read_receipt = true;
  EXPECT_EQ(kind_of(seen), MailKind::read_receipt);
}

TEST(Classify, takes_a_filled_in_form_for_an_inquiry_whatever_marks_it_bears) {
  InboundMail form = mail_from("Website", "noreply@forms.example", "New contact form submission", kForm);
  for (const auto& [name, value] : {std::pair{"Auto-Submitted", "auto-generated"},
                                    {"Precedence", "bulk"},
                                    {"List-Unsubscribe", "<mailto:x@forms.example>"}})
    form = with_header(std::move(form), name, value);
  EXPECT_EQ(kind_of(form), MailKind::lead_notice);
  EXPECT_EQ(kind_of(mail_from("Hill Plumbing", "office@hill.example", "Quote request", kForm)), MailKind::lead_notice);
}

TEST(Classify, takes_no_form_about_ourselves_for_an_inquiry) {
  const std::string own =
      "Name: Dana Hill\nPhone: 512-555-0100\nEmail: office@hill.example\nMessage: Thank you for your order\n";
  EXPECT_NE(kind_of(with_header(mail_from("Supply House", "orders@supply.example", "Order confirmation #123", own),
                                "Auto-Submitted", "auto-generated")),
            MailKind::lead_notice);
  EXPECT_NE(kind_of(mail_from("Pay", "noreply@pay.example", "You received a payment from Ana Ruiz",
                              "Name: Ana Ruiz\nEmail: ana@ruiz.example\nAmount: $240\nMessage: invoice 12")),
            MailKind::lead_notice);
}

TEST(Classify, knows_lists_newsletters_codes_and_receipts) {
  EXPECT_EQ(kind_of(with_header(mail_from("List", "jo@firm.example", "[trade] pipes", "Hi all"), "List-Post",
                                "<mailto:trade@list.example>")),
            MailKind::mailing_list);
  EXPECT_EQ(kind_of(with_header(mail_from("Shop", "hello@shop.example", "Spring sale", "…"), "List-Unsubscribe",
                                "<https://x>")),
            MailKind::newsletter);
  EXPECT_EQ(kind_of(mail_from("Bank", "noreply@bank.example", "Your verification code", "Your code is 123456")),
            MailKind::verification);
  EXPECT_EQ(kind_of(mail_from("Shop", "receipts@shop.example", "Your receipt from Shop", "Total $12")),
            MailKind::receipt);
  InboundMail invitation = mail_from("Jo", "jo@firm.example", "Invitation: coffee", "");
  invitation.has_calendar = true;
  EXPECT_EQ(kind_of(invitation), MailKind::calendar);
}

TEST(Classify, takes_a_subject_for_a_machines_only_where_something_else_says_so_too) {
  const auto person = [](const std::string& subject, const std::string& text) {
    return kind_of(mail_from("Ana Ruiz", "ana@ruiz.example", subject, text));
  };
  EXPECT_EQ(person("Security code for the gate", "Our gate keypad lost its security code. Could you come and set it?"),
            MailKind::person);
  EXPECT_EQ(person("On holiday until the 9th", "We are at the sea. Could you paint the hall while we are gone?"),
            MailKind::person);
  EXPECT_EQ(person("Out of office door", "Our office door fell out of its frame, can somebody come?"), MailKind::person);
  EXPECT_EQ(person("Accepted: estimate for the porch", "We take it. When do you start?"), MailKind::person);
  EXPECT_EQ(person("Invitation: bids for our new roof", "We invite your bid, call Jo at 512-555-0171."),
            MailKind::person);
  EXPECT_EQ(person("Your login code", "Enter this code to sign in: 449 201. It expires in 10 minutes."),
            MailKind::verification);
  EXPECT_EQ(person("Out of office: your visit", "I am out of the office and will reply on Monday."),
            MailKind::auto_reply);
  EXPECT_EQ(person("Accepted: walk-through", "Ana Ruiz has accepted this invitation.\nWhen: Tue 3pm"),
            MailKind::calendar);
}

TEST(Classify, sees_a_strangers_words_in_what_a_program_sends) {
  const auto passes_on = [](const std::string& text) {
    const InboundMail mail = with_header(mail_from("Helper", "noreply@helper.example", "Something happened", text),
                                         "Auto-Submitted", "auto-generated");
    const Classification found = classify(mail, read_form_fields(mail.text), hill_plumbing());
    return found.kind == MailKind::lead_notice || found.may_pass_on_an_inquiry;
  };
  EXPECT_TRUE(passes_on("Talk ended.\n\nVisitor 17: do you install gas grills\nHelper: We will see.\n"));
  EXPECT_TRUE(passes_on("ana@ruiz.example shared a file\n\n\"Could you price the shower in these plans?\""));
  EXPECT_TRUE(passes_on("Ana Ruiz, 512-555-0142, ana@ruiz.example, new attic fan"));
  EXPECT_FALSE(passes_on("Your backup is complete. 14 files were kept."));
  EXPECT_FALSE(passes_on("Questions? Write to support@helper.example or call 737-555-0190."));
}

TEST(Classify, reads_customers_who_write_to_a_group_address_of_ours) {
  EXPECT_EQ(kind_of(with_header(mail_from("Ana", "ana@ruiz.example", "Leak", "The tap drips."), "List-Id",
                                "<info.hill.example>")),
            MailKind::person);
}

TEST(Classify, knows_addresses_without_a_reader) {
  for (const char* email : {"noreply@x.example", "no-reply+12@x.example", "do_not_reply@x.example",
                            "notifications@x.example", "mailer-daemon@x.example", "leads@x.example"})
    EXPECT_TRUE(is_unattended_address(email)) << email;
  for (const char* email :
       {"ana@ruiz.example", "newsome@x.example", "robotics.fan@x.example", "leadbetter@x.example", "info@x.example"})
    EXPECT_FALSE(is_unattended_address(email)) << email;
  EXPECT_TRUE(is_relay_address("reply+4f3a9c81d2b7@messages.market.example"));
  EXPECT_FALSE(is_relay_address("ana.ruiz@gmail.com"));
}

TEST(Classify, finds_the_message_a_bounce_is_about) {
  InboundMail bounce = mail_from("Mail", "mailer-daemon@mx.example", "failure notice",
                                 "Sorry.\n\n--- Below is a copy\nMessage-ID: <abc@hill.example>\nSubject: x\n");
  EXPECT_EQ(bounced_message_id(bounce), "abc@hill.example");
}

}  // namespace
}  // namespace deskhand::intake
