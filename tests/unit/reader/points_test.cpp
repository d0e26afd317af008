// Phones, e-mails and addresses: the values that identify a person and a place.
#include <gtest/gtest.h>

#include "reader/addresses.h"
#include "reader/emails.h"
#include "reader/phones.h"

namespace deskhand::reader {
namespace {

std::string show(const Reading<PhoneNumber>& reading) {
  std::string shown = reading.value.is_complete ? reading.value.phone.e164 : "local " + reading.value.phone.as_typed;
  if (!reading.value.extension.empty()) shown += " x" + reading.value.extension;
  if (reading.certainty == Certainty::likely) shown += " ~";
  return shown;
}

std::string show(const Reading<EmailAddress>& reading);
std::string show(const Reading<Address>& reading);

template <class List>
std::string show_all(const List& list) {
  std::string shown;
  for (const auto& one : list) shown += (shown.empty() ? "" : ", ") + show(one);
  return shown;
}

struct Case {
  const char* text;
  const char* expected;
};

TEST(Phones, every_usual_writing_is_read) {
  const Case cases[] = {
      {"512-555-0142", "+15125550142"},
      {"512.555.0142", "+15125550142"},
      {"(512)5550142", "+15125550142"},
      {"(512) 555-0142", "+15125550142"},
      {"512 555 0142", "+15125550142"},
      {"5125550142", "+15125550142"},
      {"+1 512 555 0142", "+15125550142"},
      {"+1 512 555 0142 ext 4", "+15125550142 x4"},
      {"512-555-0142 x12", "+15125550142 x12"},
      {"+44 20 7946 0958", "+442079460958"},
      {"five one two 555 0142", "+15125550142 ~"},
      {"five one two five five five oh one four two", "+15125550142 ~"},
      {"five one two, double five five, 0142", "+15125550142 ~"},
      {"call 512-555-0142 or 512-555-0199", "+15125550142, +15125550199"},
  };
  for (const Case& one : cases) EXPECT_EQ(show_all(find_phone_numbers(one.text, "US")), one.expected) << one.text;
}

TEST(Phones, a_local_number_lacks_its_area_code_and_none_is_guessed) {
  const Case cases[] = {{"555-0142", "local 555-0142"},
                        {"call 555 0142", "local 555 0142"},
                        {"her number is 5550142", "local 5550142"},
                        {"555.0142 ext 3", "local 555.0142 x3"},
                        {"555 0142", "local 555 0142 ~"},
                        {"five five five oh one four two", "local 5550142 ~"}};
  for (const Case& one : cases) EXPECT_EQ(show_all(find_phone_numbers(one.text, "US")), one.expected) << one.text;
  EXPECT_TRUE(find_phone_numbers("555-0142", "DE").empty());
}

TEST(Phones, other_numbers_are_left_alone) {
  for (const char* text : {"$2,400", "2026-03-14", "invoice 5550142", "9 Oak St", "three or four days", "in 2 weeks",
                           "L-1042", "one two three", "78704-1234", "3/14/2026", "at 2:30", "1.900,50"}) {
    EXPECT_EQ(show_all(find_phone_numbers(text, "US")), "") << text;
  }
}

TEST(Phones, the_span_holds_number_and_extension) {
  const std::string_view text = "reach me at 512-555-0142 ext. 4, thanks";
  const auto readings = find_phone_numbers(text, "US");
  ASSERT_EQ(readings.size(), 1u);
  EXPECT_EQ(words_of(text, readings[0].span), "512-555-0142 ext. 4");
}

std::string show(const Reading<EmailAddress>& reading) {
  return reading.value.folded + (reading.certainty == Certainty::likely ? " ~" : "");
}

TEST(Emails, written_and_spoken_addresses_are_read) {
  const Case cases[] = {{"ana@ruiz.example", "ana@ruiz.example"},
                        {"Ana@Ruiz.example.", "ana@ruiz.example"},
                        {"<ana@ruiz.example>, bob@acme.example", "ana@ruiz.example, bob@acme.example"},
                        {"ana at ruiz dot example", "ana@ruiz.example ~"},
                        {"ana (at) ruiz (dot) com", "ana@ruiz.com ~"},
                        {"ana [at] ruiz.com", "ana@ruiz.com ~"},
                        {"ana dot ruiz at gmail dot com", "ana.ruiz@gmail.com ~"},
                        {"email is ana at gmail dot com", "ana@gmail.com ~"},
                        {"ana @ ruiz.example", "ana@ruiz.example ~"},
                        {"ana underscore r at ruiz dot co dot uk", "ana_r@ruiz.co.uk ~"},
                        {"info at ruiz dot com", "info@ruiz.com ~"}};
  for (const Case& one : cases) EXPECT_EQ(show_all(find_email_addresses(one.text)), one.expected) << one.text;
}

TEST(Emails, places_and_times_are_not_addresses) {
  for (const char* text : {"look at ruiz dot com", "meet at 2.30 pm", "ana at gmail", "at home. Call", "Ana at Acme",
                           "see you at ruiz.com today", "@ana", "9 at 10"}) {
    EXPECT_EQ(show_all(find_email_addresses(text)), "") << text;
  }
}

std::string show(const Reading<Address>& reading) {
  const Address& address = reading.value;
  std::string shown = address.street;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) shown += " " + std::string(name) + "=" + value;
  };
  add("unit", address.unit);
  add("city", address.city);
  add("state", address.state);
  add("code", address.postcode);
  if (reading.certainty == Certainty::likely) shown += " ~";
  return shown;
}

TEST(Addresses, the_usual_shapes_are_read) {
  const Case cases[] = {
      {"9 Oak St", "9 Oak St"},
      {"9 oak st", "9 oak st"},
      {"9 Oak St, needs a new faucet", "9 Oak St"},
      {"9 Oak St needs a new faucet", "9 Oak St"},
      {"Ana Ruiz, 9 Oak St., 512-555-0142", "9 Oak St."},
      {"12B Baker Street, Apt 4, Austin, TX 78704", "12B Baker Street unit=Apt 4 city=Austin state=TX code=78704"},
      {"12B Baker Street Apt 4\nAustin, TX 78704", "12B Baker Street unit=Apt 4 city=Austin state=TX code=78704"},
      {"4021 N Lamar Blvd, Austin TX", "4021 N Lamar Blvd city=Austin state=TX"},
      {"350 5th Ave, New York, NY 10118", "350 5th Ave city=New York state=NY code=10118"},
      {"1200 Hwy 71 W", "1200 Hwy 71 W"},
      {"77 Martin Luther King Jr Blvd", "77 Martin Luther King Jr Blvd"},
      {"P.O. Box 12", "P.O. Box 12"},
      {"PO Box 12, Austin, TX 78704", "PO Box 12 city=Austin state=TX code=78704"},
      {"Lindenstr. 14, 10969 Berlin", "Lindenstr. 14 city=Berlin code=10969"},
      {"Berliner Straße 5, 10115 Berlin", "Berliner Straße 5 city=Berlin code=10115"},
      {"Flat 2, 40 High Road", "40 High Road unit=Flat 2"},
      {"40 High Road, London NW1 6XE", "40 High Road city=London code=NW1 6XE"},
      {"12 rue de Rivoli, 75001 Paris", "12 rue de Rivoli city=Paris code=75001"},
      {"Calle Mayor 5, 28013 Madrid", "Calle Mayor 5 city=Madrid code=28013"},
      {"Kerkstraat 12, 1012 AB Amsterdam", "Kerkstraat 12 city=Amsterdam code=1012 AB"},
      {"9 Oak St #4", "9 Oak St unit=#4"},
      {"123 Main", "123 Main ~"},
      {"Leaky faucet at 123 Main", "123 Main ~"},
      {"100 Park Avenue", "100 Park Avenue"},
      {"22 Sunset Drive", "22 Sunset Drive ~"},
      {"22 Sunset Drive, Round Rock, TX", "22 Sunset Drive city=Round Rock state=TX"},
      {"service address is 9 oak st austin tx 78704", "9 oak st city=austin state=tx code=78704"},
      {"9 Oak St. Call Bob", "9 Oak St"},
      {"9 Oak St, Austin", "9 Oak St city=Austin"},
      {"She lives at 5 St Johns Road", "5 St Johns Road"},
  };
  for (const Case& one : cases) EXPECT_EQ(show_all(find_addresses(one.text)), one.expected) << one.text;
}

TEST(Addresses, counts_times_and_doctors_are_not_streets) {
  for (const char* text : {"2 appointments Dr Lee", "in 3 days", "call at 2", "5 minute drive", "10 minute drive away",
                           "3 leads", "a 2 way street", "at 9 on Friday", "2 new leads and 1 row",
                           "I have 3 quotes to place", "$400 for the Main job", "3 pine trees", "24/7 road service",
                           "2 hour court date", "5 star", "room for 2 in the park"}) {
    EXPECT_EQ(show_all(find_addresses(text)), "") << text;
  }
}

TEST(Addresses, the_line_and_the_span_are_what_was_typed) {
  const std::string_view text = "Please come to 12B Baker Street,\n Apt 4\nAustin, TX 78704 tomorrow";
  const auto readings = find_addresses(text);
  ASSERT_EQ(readings.size(), 1u);
  EXPECT_EQ(readings[0].value.text, "12B Baker Street, Apt 4, Austin, TX 78704");
  EXPECT_EQ(words_of(text, readings[0].span), "12B Baker Street,\n Apt 4\nAustin, TX 78704");
}

}  // namespace
}  // namespace deskhand::reader
