// Whose details a mail gives, and nobody else's.
#include "intake/customer.h"

#include <gtest/gtest.h>

#include "intake/person_details.h"
#include "intake/title.h"
#include "tests/unit/intake/mails.h"

namespace deskhand::intake {
namespace {

using testing::address;
using testing::hill_plumbing;
using testing::mail_from;

Customer read(const InboundMail& mail) {
  static const OwnIdentity own = hill_plumbing();
  Material material = material_of(mail, own);
  material.kind = classify(mail, material.form, own).kind;
  return read_customer(material);
}

std::string phones(const Customer& customer) {
  std::string all;
  for (const FoundPhone& each : customer.phones) all += (all.empty() ? "" : " ") + each.phone.e164;
  return all;
}
std::string emails(const Customer& customer) {
  std::string all;
  for (const FoundEmail& each : customer.emails) all += (all.empty() ? "" : " ") + each.email.folded;
  return all;
}

TEST(Customer, is_the_sender_of_a_letter) {
  const Customer customer = read(mail_from(
      "Ana Ruiz", "ana@ruiz.example", "Leaking tap",
      "Hi,\nour kitchen tap drips. My cell is 512-555-0142. We are at 9 Oak St, Austin, TX 78704.\n\nThanks,\nAna\n"));
  EXPECT_EQ(customer.name.value, "Ana Ruiz");
  EXPECT_EQ(phones(customer), "+15125550142");
  EXPECT_EQ(emails(customer), "ana@ruiz.example");
  EXPECT_EQ(customer.address.value, "9 Oak St, Austin, TX 78704");
}

TEST(Customer, has_the_fuller_of_two_names) {
  EXPECT_EQ(read(mail_from("Ana", "ana@ruiz.example", "tap", "It drips.\n\nBest,\nAna Ruiz\n")).name.value, "Ana Ruiz");
  EXPECT_EQ(read(mail_from("", "ar1977@ruiz.example", "tap", "It drips.\n\nThanks,\nAna Ruiz\n")).name.value,
            "Ana Ruiz");
  EXPECT_EQ(
      read(mail_from("", "ar1977@ruiz.example", "tap", "Hello, my name is Ana Ruiz and our tap drips.")).name.value,
      "Ana Ruiz");
  EXPECT_EQ(read(mail_from("Ruiz, Ana", "ana@ruiz.example", "tap", "It drips.")).name.value, "Ana Ruiz");
  EXPECT_EQ(read(mail_from("", "ana.ruiz@ruiz.example", "tap", "It drips.")).name.value, "");
}

TEST(Customer, is_no_department_and_no_device) {
  EXPECT_EQ(person_of_display_name("Sales Team"), "");
  EXPECT_EQ(person_of_display_name("iPhone"), "");
  EXPECT_EQ(person_of_display_name("'Ana Ruiz' via Info"), "Ana Ruiz");
  EXPECT_EQ(person_of_display_name("Ana Ruiz (Ruiz Bakery)"), "Ana Ruiz");
  EXPECT_EQ(person_of_display_name("ana@ruiz.example"), "");
}

TEST(Customer, has_no_number_of_ours_of_others_or_of_things) {
  const Customer customer =
      read(mail_from("Ana Ruiz", "ana@ruiz.example", "tap",
                     "I got your number 512-555-0100 from my sister. My tenant Joe is at 512-555-0171. Order # "
                     "5125550188. Fax: 512-555-0199\nCall me at 512-555-0142.\n"));
  EXPECT_EQ(phones(customer), "+15125550142");
}

TEST(Customer, has_no_number_that_they_say_not_to_use) {
  const auto phones_in = [](const std::string& text) { return phones(read(mail_from("Ana Ruiz", "ana@ruiz.example", "tap", text))); };
  EXPECT_EQ(phones_in("The tap drips. Please don't call 512-555-0142, that is my old number, use 512-555-0143."),
            "+15125550143");
  EXPECT_EQ(phones_in("The tap drips. My old number was 512-555-0142. Now it is 512-555-0143."), "+15125550143");
  EXPECT_EQ(phones_in("Call 512-555-0143, not 512-555-0142."), "+15125550143");
  EXPECT_EQ(phones_in("512-555-0142 is disconnected.\nReach me at 512-555-0143"), "+15125550143");
  EXPECT_EQ(phones_in("The tap drips. Don't call 512-555-0142 before nine, I sleep late."), "+15125550142");
  EXPECT_EQ(phones_in("Call me at 512-555-0142. My old house has a leak."), "+15125550142");
}

TEST(Customer, of_a_form_has_no_phone_out_of_what_the_form_counts_by) {
  const Customer customer = read(
      mail_from("Leads", "leads@market.example", "New lead: Ana Ruiz",
                "Name: Ana Ruiz\nPhone: 512-555-0142\nLead #: 4477120398\nCustomer ID: 5125550177\nService: Tile\n"));
  EXPECT_EQ(customer.name.value, "Ana Ruiz");
  EXPECT_EQ(phones(customer), "+15125550142");
  EXPECT_EQ(meaning_of_label("Client No."), FieldMeaning::other);
  EXPECT_EQ(meaning_of_label("Phone #"), FieldMeaning::phone);
  EXPECT_EQ(meaning_of_label("Contact number"), FieldMeaning::phone);
}

TEST(Customer, has_no_number_out_of_quoted_text) {
  EXPECT_EQ(phones(read(mail_from("Ana Ruiz", "ana@ruiz.example", "Re: tap",
                                  "Yes.\n\nOn Mon, Mar 2, 2026 Joe wrote:\n> call 512-555-0177\n"))),
            "");
}

TEST(Customer, has_only_addresses_that_are_called_theirs) {
  EXPECT_EQ(emails(read(mail_from("Ana Ruiz", "ana@ruiz.example", "tap",
                                  "Please copy my landlord bob@homes.example. It drips."))),
            "ana@ruiz.example");
  EXPECT_EQ(emails(read(mail_from("Ana Ruiz", "ana@ruiz.example", "tap",
                                  "It drips. You can also email me at ana@work.example."))),
            "ana@ruiz.example ana@work.example");
}

TEST(Customer, is_the_one_a_form_names_and_not_its_sender) {
  InboundMail form = mail_from("Website", "noreply@forms.example", "New submission",
                               "First name: Ana\nLast name: Ruiz\nPhone: 512-555-0142\nEmail: ana@ruiz.example\nCity: "
                               "Austin\nService: Water heater\nMessage: It makes a banging noise.\n");
  const Customer customer = read(form);
  EXPECT_EQ(customer.writer, Writer::form);
  EXPECT_EQ(customer.name.value, "Ana Ruiz");
  EXPECT_EQ(phones(customer), "+15125550142");
  EXPECT_EQ(emails(customer), "ana@ruiz.example");
  EXPECT_EQ(customer.service, "Water heater");
  EXPECT_EQ(brief_title(customer), "Water heater: It makes a banging noise");
}

TEST(Customer, of_a_form_is_reached_at_its_reply_address) {
  InboundMail form = mail_from("Website", "noreply@forms.example", "New message from Ana Ruiz",
                               "Name: Ana Ruiz\nMessage: Our tap drips.\n");
  form.reply_to = {testing::address("Ana Ruiz", "ana@ruiz.example")};
  EXPECT_EQ(emails(read(form)), "ana@ruiz.example");
}

TEST(Customer, of_a_marketplace_has_no_address_of_the_marketplace) {
  InboundMail notice = mail_from("Market", "leads@market.example", "New lead: Ana R. wants a quote",
                                 "Ana R. is looking for a plumber in Austin.\n\n\"Our kitchen tap drips and needs a "
                                 "new cartridge.\"\n\nQuestions? Call our support at 800-555-0199.\n");
  notice.reply_to = {testing::address("", "reply+4f3a9c81d2b7@messages.market.example")};
  const Customer customer = read(notice);
  EXPECT_EQ(customer.writer, Writer::form);
  EXPECT_EQ(emails(customer), "");
  EXPECT_EQ(phones(customer), "");
  EXPECT_NE(customer.words.find("kitchen tap drips"), std::string::npos);
}

TEST(Customer, of_a_mail_that_one_of_ours_forwards_is_its_first_writer) {
  const Customer customer =
      read(mail_from("Dana Hill", "dana@hill.example", "Fwd: Boiler",
                     "---------- Forwarded message ---------\nFrom: Bo Li <bo@li.example>\nDate: Mon, Mar 2, "
                     "2026\nSubject: Boiler\nTo: <dana@hill.example>\n\nNo heat. Call 512-555-0161.\n\nBo\n"));
  EXPECT_EQ(customer.writer, Writer::forwarded);
  EXPECT_EQ(customer.name.value, "Bo Li");
  EXPECT_EQ(emails(customer), "bo@li.example");
  EXPECT_EQ(phones(customer), "+15125550161");
}

TEST(Customer, who_forwards_for_themselves_stays_the_customer) {
  const Customer customer =
      read(mail_from("Ana Ruiz", "ana@ruiz.example", "Fwd: inspection",
                     "Can you fix what the inspector found? I need a quote by Friday.\n\n---------- Forwarded message "
                     "---------\nFrom: Ed Inspector <ed@inspect.example>\nDate: Mon, Mar 2, 2026\nSubject: "
                     "inspection\nTo: <ana@ruiz.example>\n\nThe trap leaks. 512-555-0190\n"));
  EXPECT_EQ(customer.writer, Writer::sender);
  EXPECT_EQ(emails(customer), "ana@ruiz.example");
  EXPECT_EQ(phones(customer), "");
}

TEST(Customer, is_the_first_writer_where_a_short_word_that_asks_for_nothing_stands_above) {
  const Customer customer =
      read(mail_from("D. Hill", "dhill@private.example", "Fwd: Boiler",
                     "Came to my own address.\n\n---------- Forwarded message ---------\nFrom: Bo Li <bo@li.example>\nDate: Mon, "
                     "Mar 2, 2026\nSubject: Boiler\nTo: <dhill@private.example>\n\nCould you replace our boiler? 512-555-0161\n"));
  EXPECT_EQ(customer.writer, Writer::forwarded);
  EXPECT_EQ(emails(customer), "bo@li.example");
}

TEST(Customer, of_an_introduction_is_the_one_in_copy_and_nobody_where_several_are) {
  InboundMail mail = mail_from("Pat Quinn", "pat@quinn.example", "Intro: Bo and Dana",
                               "Dana, meet Bo, who needs a new boiler. Bo, Dana did ours.\n\nPat\n512-555-0190\n");
  mail.cc = {address("Bo Li", "bo@li.example")};
  EXPECT_EQ(emails(read(mail)), "bo@li.example");
  EXPECT_EQ(phones(read(mail)), "");
  EXPECT_EQ(read(mail).name.value, "Bo Li");
  mail.cc.push_back(address("Al Roe", "al@roe.example"));
  EXPECT_EQ(read(mail).writer, Writer::sender);
}

TEST(Customer, of_a_notice_is_a_person_and_no_matter) {
  const auto name_of_notice = [](const std::string& subject, const std::string& text) {
    const InboundMail mail = mail_from("Finder", "notify@finder.example", subject, text);
    const OwnIdentity own = hill_plumbing();
    Material material = material_of(mail, own);
    material.kind = MailKind::lead_notice;
    return read_customer(material).name.value;
  };
  EXPECT_EQ(name_of_notice("Kendra wants a quote for Central Air Conditioning Repair", "Call 512-555-0161"), "Kendra");
  EXPECT_EQ(name_of_notice("New message: Backyard patio and planting", "Phone: 512-555-0161"), "");
}

TEST(Customer, of_a_form_has_both_halves_of_a_name_whichever_label_they_have) {
  const auto name_in_form = [](const std::string& fields) {
    const InboundMail mail = mail_from("Site", "wordpress@hill.example", "New message", fields);
    const OwnIdentity own = hill_plumbing();
    Material material = material_of(mail, own);
    material.kind = MailKind::lead_notice;
    return read_customer(material).name.value;
  };
  EXPECT_EQ(name_in_form("Nom : Mercier\nPrénom : Thibault\nMessage : fuite\n"), "Thibault Mercier");
  EXPECT_EQ(name_in_form("Nombre: Ana\nApellidos: Ruiz Gil\nMensaje: fuga\n"), "Ana Ruiz Gil");
  EXPECT_EQ(name_in_form("Name: Ana Ruiz\nFirst name: Ana\nMessage: leak\n"), "Ana Ruiz");
}

TEST(Title, is_the_subject_where_it_names_the_job) {
  Customer customer;
  customer.subject = "Leaking kitchen tap";
  customer.words = "Hi, can you come on Tuesday?";
  EXPECT_EQ(brief_title(customer), "Leaking kitchen tap");
}

TEST(Title, is_the_telling_sentence_where_the_subject_says_nothing) {
  Customer customer;
  customer.subject = "Question";
  customer.words =
      "Hi Dana,\n\nI hope you are well. I was wondering if you could give me a quote for replacing a water heater in "
      "the garage. Thanks!";
  EXPECT_EQ(brief_title(customer), "Replacing a water heater in the garage");
}

TEST(Title, is_short_and_never_cut_inside_a_word) {
  Customer customer;
  customer.words =
      "We need the pipes below the kitchen sink and the bathroom sink and the laundry sink and the bar sink and the "
      "garage sink replaced before the end of the month.";
  const std::string title = brief_title(customer);
  EXPECT_LE(title.size(), kTitleBytes);
  EXPECT_TRUE(title.ends_with("…")) << title;
}

}  // namespace
}  // namespace deskhand::intake
