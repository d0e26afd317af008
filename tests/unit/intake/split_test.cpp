// What a writer says now, apart from what is quoted, signed or printed below.
#include "intake/split.h"

#include <gtest/gtest.h>

#include "intake/letter_marks.h"

namespace deskhand::intake {
namespace {

TEST(Split, cuts_off_what_was_answered) {
  const Letter top = split_letter(
      "Tuesday works for me.\n\nOn Mon, Mar 2, 2026 at 9:00 AM Office <office@plumber.example> wrote:\n> Would Tuesday "
      "suit you?\n> Call 512-555-0100\n",
      "Re: visit");
  EXPECT_EQ(top.words, "Tuesday works for me.");
  EXPECT_TRUE(top.has_quote);
  EXPECT_NE(top.quoted_words.find("Would Tuesday suit you?"), std::string::npos);
  const Letter outlook = split_letter(
      "Yes please.\n\n________________________________\nFrom: Office <office@plumber.example>\nSent: Monday, March 2, "
      "2026 9:00 AM\nTo: Ana Ruiz\nSubject: Your tap\n\nShall we come?\n",
      "RE: Your tap");
  EXPECT_EQ(outlook.words, "Yes please.");
  const Letter german =
      split_letter("Ja, gerne.\n\nAm 02.03.2026 um 09:00 schrieb Office <office@plumber.example>:\n\nPasst Dienstag?\n",
                   "AW: Termin");
  EXPECT_EQ(german.words, "Ja, gerne.");
  const Letter spanish = split_letter(
      "Sí, gracias.\n\nEl lun, 2 mar 2026 a las 9:00, Office (<office@plumber.example>) escribió:\n\n> ¿Le queda bien "
      "el martes?\n",
      "Re: cita");
  EXPECT_EQ(spanish.words, "Sí, gracias.");
  const Letter wrapped = split_letter(
      "OK\n\nOn Monday, March 2, 2026 at 9:00 AM, The Office of Somebody\n<office@plumber.example> wrote:\n\nquoted\n",
      "Re: x");
  EXPECT_EQ(wrapped.words, "OK");
}

TEST(Split, keeps_answers_that_stand_between_quoted_lines) {
  const Letter letter = split_letter(
      "On Mon, Mar 2, 2026 at 9:00 AM Office wrote:\n> Which tap?\n\nThe kitchen one.\n\n> And when?\n\nAny day.\n",
      "Re: tap");
  EXPECT_EQ(letter.words, "The kitchen one.\n\nAny day.");
}

TEST(Split, keeps_places_of_the_whole_text) {
  const std::string text = "> old\nCall me at 512-555-0142\n";
  const Letter letter = split_letter(text, "Re: x");
  EXPECT_EQ(letter.fresh.size(), text.size());
  EXPECT_EQ(letter.fresh.find("512-555-0142"), text.find("512-555-0142"));
}

TEST(Split, sets_signatures_apart) {
  const Letter marked = split_letter("It drips.\n-- \nAna Ruiz\n512-555-0142\n", "tap");
  EXPECT_EQ(marked.words, "It drips.");
  EXPECT_NE(marked.signature.find("512-555-0142"), std::string::npos);
  const Letter farewell =
      split_letter("Can you come on Tuesday?\n\nThanks so much,\nAna Ruiz\nRuiz Bakery\n(512) 555-0142\n", "tap");
  EXPECT_EQ(farewell.words, "Can you come on Tuesday?");
  const Letter german = split_letter("Der Hahn tropft.\n\nMit freundlichen Grüßen\nJürgen Müller\n", "Hahn");
  EXPECT_EQ(german.words, "Der Hahn tropft.");
  const Letter bare = split_letter("The tap drips, can you come by?\n\nAna Ruiz\n9 Oak St\n512-555-0142\n", "tap");
  EXPECT_EQ(bare.words, "The tap drips, can you come by?");
}

TEST(Split, takes_no_sentence_for_a_farewell) {
  const Letter letter =
      split_letter("Thanks, I will be home all day on Tuesday and the gate code is 1234.\n", "Re: visit");
  EXPECT_NE(letter.words.find("gate code"), std::string::npos);
  EXPECT_FALSE(sign_off("Thank you for coming so quickly last week, the tap works").has_value());
  EXPECT_TRUE(sign_off("Best,").has_value());
  EXPECT_EQ(sign_off("Thanks! Ana")->name, "Ana");
}

TEST(Split, drops_small_print_and_device_lines) {
  const Letter letter = split_letter(
      "CAUTION: This email originated from outside of the organization.\n\nIt drips.\n\nSent from my "
      "iPhone\n\nCONFIDENTIALITY NOTICE: This message is for the addressee only. Call 512-555-0199.\n",
      "tap");
  EXPECT_EQ(letter.words, "It drips.");
}

TEST(Split, finds_the_first_writer_of_a_forwarded_mail) {
  const std::string text =
      "FYI\n\n---------- Forwarded message ---------\nFrom: Bo Li <bo@li.example>\nDate: Mon, Mar 2, 2026\nSubject: "
      "Boiler is out\nTo: <pat@agency.example>\n\nNo heat since last night.\nBo\n";
  const Letter letter = split_letter(text, "Fwd: Boiler is out");
  EXPECT_EQ(letter.words, "FYI");
  ASSERT_TRUE(letter.forwarded.has_value());
  EXPECT_EQ(letter.forwarded->name, "Bo Li");
  EXPECT_EQ(letter.forwarded->email, "bo@li.example");
  EXPECT_EQ(letter.forwarded->subject, "Boiler is out");
  const Letter inner = split_forwarded(text, *letter.forwarded);
  EXPECT_EQ(inner.words, "No heat since last night.");
  EXPECT_EQ(inner.fresh.find("No heat"), text.find("No heat"));
}

TEST(Split, finds_forwards_of_other_programs) {
  const Letter apple = split_letter(
      "Begin forwarded message:\n\n> From: Bo Li <bo@li.example>\n> Subject: Boiler\n> Date: March 2, 2026\n> To: "
      "pat@agency.example\n> \n> No heat.\n",
      "Fwd: Boiler");
  ASSERT_TRUE(apple.forwarded.has_value());
  EXPECT_EQ(apple.forwarded->email, "bo@li.example");
  const Letter outlook = split_letter(
      "Please handle.\n\nVon: Bo Li <bo@li.example>\nGesendet: Montag, 2. März 2026 09:00\nAn: Pat\nBetreff: "
      "Heizung\n\nKein Heizung.\n",
      "WG: Heizung");
  ASSERT_TRUE(outlook.forwarded.has_value());
  EXPECT_EQ(outlook.forwarded->subject, "Heizung");
}

TEST(Split, reads_no_header_into_a_text_that_only_has_colons) {
  const Letter letter = split_letter("From: 9 Oak St\nWe need the tap moved.\n", "tap");
  EXPECT_NE(letter.words.find("We need the tap moved."), std::string::npos);
}

TEST(Split, strips_what_programs_put_before_a_subject) {
  EXPECT_EQ(bare_subject("Re: Fwd: [EXTERNAL] RE[2]: Leaking tap"), "Leaking tap");
  EXPECT_EQ(bare_subject("AW: WG: Heizung"), "Heizung");
  EXPECT_EQ(bare_subject("Repair: the tap"), "Repair: the tap");
}

}  // namespace
}  // namespace deskhand::intake
