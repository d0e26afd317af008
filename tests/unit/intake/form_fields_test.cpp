// The fields of forms, however a form program writes them.
#include "intake/form_fields.h"

#include <gtest/gtest.h>

namespace deskhand::intake {
namespace {

std::string value(const FormFields& form, FieldMeaning meaning) {
  const FormField* const field = form.first(meaning);
  return field == nullptr ? "" : field->value;
}

TEST(FormFields, reads_labels_with_colons) {
  const FormFields form = read_form_fields(
      "Name: Ana Ruiz\nPhone: (512) 555-0142\nE-mail: ana@ruiz.example\nMessage: The tap drips.\nIt has for "
      "days.\n\nThis e-mail was sent from a contact form\n");
  EXPECT_TRUE(form.is_form());
  EXPECT_EQ(value(form, FieldMeaning::name), "Ana Ruiz");
  EXPECT_EQ(value(form, FieldMeaning::phone), "(512) 555-0142");
  EXPECT_EQ(value(form, FieldMeaning::email), "ana@ruiz.example");
  EXPECT_EQ(value(form, FieldMeaning::message), "The tap drips.\nIt has for days.");
}

TEST(FormFields, reads_tables_stars_lists_and_lone_labels) {
  EXPECT_EQ(value(read_form_fields("First Name\tAna\nLast Name\tRuiz\nPhone\t512-555-0142\n"), FieldMeaning::last_name),
            "Ruiz");
  EXPECT_EQ(value(read_form_fields("*Your Name:* Ana Ruiz\n*Best phone number:* 512-555-0142\n"), FieldMeaning::phone),
            "512-555-0142");
  EXPECT_EQ(value(read_form_fields("- Full name: Ana Ruiz\n- Email address: ana@ruiz.example\n"), FieldMeaning::name),
            "Ana Ruiz");
  EXPECT_EQ(value(read_form_fields("Name\nAna Ruiz\n\nPhone\n512-555-0142\n"), FieldMeaning::phone), "512-555-0142");
  EXPECT_EQ(value(read_form_fields("Name .......... Ana Ruiz\nTel ........... 512-555-0142\n"), FieldMeaning::name),
            "Ana Ruiz");
  EXPECT_EQ(
      value(read_form_fields("first_name: Ana\nlast_name: Ruiz\nyour-email: ana@ruiz.example\n"), FieldMeaning::email),
      "ana@ruiz.example");
}

TEST(FormFields, parts_several_fields_of_one_line) {
  const FormFields form = read_form_fields("Name: Ana Ruiz | Phone: 512-555-0142 | Email: ana@ruiz.example\n");
  EXPECT_EQ(value(form, FieldMeaning::name), "Ana Ruiz");
  EXPECT_EQ(value(form, FieldMeaning::phone), "512-555-0142");
  EXPECT_EQ(value(form, FieldMeaning::email), "ana@ruiz.example");
}

TEST(FormFields, does_not_take_the_next_label_for_an_empty_value) {
  const FormFields form = read_form_fields("Name: Ana Ruiz\nPhone:\nEmail: ana@ruiz.example\n");
  EXPECT_EQ(value(form, FieldMeaning::phone), "");
  EXPECT_EQ(value(form, FieldMeaning::email), "ana@ruiz.example");
  EXPECT_EQ(value(read_form_fields("Name: Ana\nPhone: N/A\nMessage: hi there"), FieldMeaning::phone), "");
}

TEST(FormFields, knows_labels_of_other_languages) {
  EXPECT_EQ(meaning_of_label("Vorname"), FieldMeaning::first_name);
  EXPECT_EQ(meaning_of_label("Teléfono"), FieldMeaning::phone);
  EXPECT_EQ(meaning_of_label("Correo electrónico"), FieldMeaning::email);
  EXPECT_EQ(meaning_of_label("Nachricht"), FieldMeaning::message);
  EXPECT_EQ(meaning_of_label("Your e-mail (required) *"), FieldMeaning::email);
  EXPECT_EQ(meaning_of_label("What can we help you with today, dear friend of the house"), FieldMeaning::other);
}

TEST(FormFields, sees_no_form_in_a_signature_or_in_prose) {
  EXPECT_FALSE(read_form_fields("Hello,\nthe tap drips.\nPhone: 512-555-0142\nFax: 512-555-0143\n").is_form());
  EXPECT_FALSE(read_form_fields("Can you come at 9:30? See https://example.com: it is nice.\n").is_form());
}

TEST(FormFields, are_asked_for_in_whole_questions_too) {
  const FormFields form = read_form_fields(
      "Hi! What's your name?\nGwen Pritchard\n\nLovely to meet you. What's the best number to reach you on?\n512-555-0161\n\nAnd your email "
      "address?\ngwen@valley.example\n\nWhat can we help you with?\nTwo taps drip\n\nHow worried are you? (1-5)\n4\n");
  ASSERT_NE(form.first(FieldMeaning::name), nullptr);
  EXPECT_EQ(form.first(FieldMeaning::name)->value, "Gwen Pritchard");
  ASSERT_NE(form.first(FieldMeaning::phone), nullptr);
  ASSERT_NE(form.first(FieldMeaning::email), nullptr);
  ASSERT_NE(form.first(FieldMeaning::message), nullptr);
  EXPECT_EQ(form.first(FieldMeaning::message)->value, "Two taps drip");
}

TEST(FormFields, hold_no_yes_and_no_as_a_name) {
  EXPECT_FALSE(read_form_fields("CUSTOMER? No\nPhone: 512-555-0161\n").has(FieldMeaning::name));
  const FormFields form = read_form_fields("FROM: Mrs. Ana Ruiz\nPhone: 512-555-0161\nRE: leak\n");
  ASSERT_NE(form.first(FieldMeaning::name), nullptr);
  EXPECT_EQ(form.first(FieldMeaning::name)->value, "Mrs. Ana Ruiz");
}

}  // namespace
}  // namespace deskhand::intake
