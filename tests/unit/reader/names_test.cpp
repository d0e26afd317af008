#include "reader/names.h"

#include <gtest/gtest.h>

#include "reader/companies.h"

namespace deskhand::reader {
namespace {

std::string show(const PersonName& name) {
  std::string shown = name.first + "|" + name.last;
  if (!name.title.empty()) shown = name.title + " " + shown;
  if (!name.suffix.empty()) shown += "|" + name.suffix;
  return shown;
}

std::string show_found(std::string_view text) {
  std::string shown;
  for (const auto& reading : find_person_names(text)) {
    EXPECT_LE(reading.span.end, text.size());
    if (!shown.empty()) shown += ", ";
    shown += reading.value.text();
  }
  return shown;
}

struct Case {
  const char* text;
  const char* expected;
};

TEST(Names, a_whole_text_splits_into_first_and_last) {
  const Case cases[] = {
      {"Ana Ruiz", "Ana|Ruiz"},
      {"ana ruiz", "Ana|Ruiz"},
      {"ANA RUIZ", "Ana|Ruiz"},
      {"Sean O'Brien", "Sean|O'Brien"},
      {"sean o'brien", "Sean|O'Brien"},
      {"Sean O’Brien", "Sean|O’Brien"},
      {"Tony D'Angelo", "Tony|D'Angelo"},
      {"TONY D'ANGELO", "Tony|D'Angelo"},
      {"Mary Smith-Jones", "Mary|Smith-Jones"},
      {"mary smith-jones", "Mary|Smith-Jones"},
      {"Ludwig van der Berg", "Ludwig|van der Berg"},
      {"ludwig van der berg", "Ludwig|van der Berg"},
      {"Maria de la Cruz", "Maria|de la Cruz"},
      {"Mary Ann van der Berg", "Mary Ann|van der Berg"},
      {"ronald mcdonald", "Ronald|McDonald"},
      {"Ronald McDonald", "Ronald|McDonald"},
      {"Fiona MacLeod", "Fiona|MacLeod"},
      {"Dr. Emily Chen", "Dr. Emily|Chen"},
      {"Mrs Patel", "Mrs. |Patel"},
      {"Prof. Hans Weber", "Prof. Hans|Weber"},
      {"Robert Ortiz Jr.", "Robert|Ortiz|Jr."},
      {"Robert Ortiz, Jr.", "Robert|Ortiz|Jr."},
      {"John Smith III", "John|Smith|III"},
      {"J. R. Ortiz", "J. R.|Ortiz"},
      {"J.R. Ortiz", "J. R.|Ortiz"},
      {"JR Ortiz", "JR|Ortiz"},
      {"John F. Kennedy", "John F.|Kennedy"},
      {"Mary Ann Smith", "Mary Ann|Smith"},
      {"José Núñez", "José|Núñez"},
      {"JOSÉ NÚÑEZ", "José|Núñez"},
      {"José Núñez García", "José|Núñez García"},
      {"Søren Østergård", "Søren|Østergård"},
      {"søren østergård", "Søren|Østergård"},
      {"Min-ji Lee", "Min-ji|Lee"},
      {"DeShawn Williams", "DeShawn|Williams"},
      {"Will Price", "Will|Price"},
      {"Grace Hill", "Grace|Hill"},
      {"Ruiz, Ana", "Ana|Ruiz"},
      {"It's Ana Ruiz.", "Ana|Ruiz"},
      {"my name is Ana Ruiz", "Ana|Ruiz"},
      {"name: ana ruiz", "Ana|Ruiz"},
      {"Mendes", "Mendes|"},
      {"mendes", "Mendes|"},
      {"mark", "Mark|"},
      {"Анна Иванова", "Анна|Иванова"},
  };
  for (const Case& one : cases) {
    const auto reading = read_person_name(one.text);
    ASSERT_TRUE(reading) << one.text;
    EXPECT_EQ(show(reading->value), one.expected) << one.text;
  }
}

TEST(Names, other_answers_are_not_taken_for_a_name) {
  for (const char* text : {"",
                           " ",
                           "yes",
                           "no",
                           "tomorrow",
                           "Tuesday",
                           "next week",
                           "skip",
                           "none",
                           "I don't know",
                           "idk",
                           "the customer",
                           "new customer",
                           "kitchen faucet",
                           "Acme Plumbing LLC",
                           "Smith & Sons",
                           "512-555-0142",
                           "ana@ruiz.example",
                           "9 Oak St",
                           "A-5",
                           "2",
                           "cancel",
                           "Google",
                           "never mind",
                           "what?",
                           "Berlin",
                           "add a new customer",
                           "call Ana",
                           "Ana's sister",
                           "asap",
                           "appointmnt",
                           "tomorow",
                           "March"}) {
    const auto reading = read_person_name(text);
    EXPECT_FALSE(reading) << text << " -> " << (reading ? show(reading->value) : "");
  }
}

TEST(Names, names_are_found_in_running_text) {
  const Case cases[] = {
      {"Ana Ruiz called about a leak", "Ana Ruiz"},
      {"Sent Mendes a quote for $2,400", "Mendes"},
      {"Called Ana Ruiz and Bob Smith", "Ana Ruiz, Bob Smith"},
      {"Log a call with Sean O'Brien", "Sean O'Brien"},
      {"call ana ruiz tomorrow", "Ana Ruiz"},
      {"call mendes back", "Mendes"},
      {"follow up with patel on friday", "Patel"},
      {"add dr. emily chen", "Emily Chen"},
      {"new lead: Mary Smith-Jones, 512 555 0142", "Mary Smith-Jones"},
      {"Dana's sister wants a quote", "Dana"},
      {"Ana Ruiz at 9 Oak St needs a faucet", "Ana Ruiz"},
      {"Bob at Acme needs a boiler", "Bob"},
      {"Ana Ruiz from Ruiz Bakery", "Ana Ruiz"},
      {"Hi, my name is Søren Østergård and my sink leaks", "Søren Østergård"},
      {"mark called, he wants a quote", ""},
      {"Mark called, he wants a quote", "Mark"},
      {"Spoke with Mrs. Patel on Tuesday", "Patel"},
      {"Ludwig van der Berg accepted", "Ludwig van der Berg"},
      {"the Mendes job is done", "Mendes"},
      {"Bob and Mary Smith", "Bob, Mary Smith"},
      {"ANA RUIZ CALLED ABOUT THE SINK", "Ana Ruiz"},
      {"met with jose nunez today", "Jose Nunez"},
      {"Will Price called", "Will Price"},
      {"set a follow up for Ana on Friday", "Ana"},
      {"texted will price, he said yes", "Will Price"},
      {"call mark back", "Mark"},
      {"mendes wants a quote", "Mendes"},
      {"follow up on the okafor lead", "Okafor"},
      {"got a voicemail from april jones, leak under the sink", "April Jones"},
      {"new lead: june carter, 512 555 0100", "June Carter"},
      {"jose luis nunez garcia called", "Jose Luis Nunez Garcia"},
      {"follow up w/ deshawn on the roof", "Deshawn"},
      {"van der berg called", "van der Berg"},
      {"Jean-Luc Picard called", "Jean-Luc Picard"},
      {"Mr. and Mrs. Henderson, 14 Birch Court", "Henderson"},
      {"St. John called", "John"},
  };
  for (const Case& one : cases) EXPECT_EQ(show_found(one.text), one.expected) << one.text;
}

TEST(Names, words_that_only_look_like_names_are_left_alone) {
  for (const char* text : {"Leaky faucet at 123 Main",
                           "Call tomorrow",
                           "Mark it as lost",
                           "Will you send it?",
                           "Bill the customer",
                           "Next Tuesday at noon",
                           "In March we start",
                           "HVAC install for AC unit",
                           "New customer from Google",
                           "the quote for 9 Oak St",
                           "Acme Plumbing LLC called",
                           "Hill Country Dental wants a site",
                           "in Austin",
                           "from Berlin",
                           "show me the pipeline",
                           "Rescheduled for Friday",
                           "Winterized the pipes",
                           "Botox consultation",
                           "Kitchen Faucet Install",
                           "send the estimate",
                           "What's our pipeline?",
                           "I need a quote",
                           "May I call you?",
                           "Yes please",
                           "Thanks",
                           "Draft a follow up for the Oak St job",
                           "Merry Christmas",
                           "call will early tomorrow",
                           "77 Cedar Ln in Round Rock",
                           "Rheem water heater",
                           "sent bill",
                           "Drain Cleaning"}) {
    EXPECT_EQ(show_found(text), "") << text;
  }
}

TEST(Names, the_span_holds_what_was_typed) {
  const std::string_view text = "please call sean o'brien's office";
  const auto readings = find_person_names(text);
  ASSERT_EQ(readings.size(), 1u);
  EXPECT_EQ(words_of(text, readings[0].span), "sean o'brien");
  EXPECT_EQ(readings[0].certainty, Certainty::likely);
  const auto sure = find_person_names("Ana Ruiz called");
  ASSERT_EQ(sure.size(), 1u);
  EXPECT_EQ(sure[0].certainty, Certainty::sure);
}

TEST(Names, capitals_are_set_as_people_write_them) {
  const Case cases[] = {{"ana ruiz", "Ana Ruiz"},
                        {"ANA RUIZ", "Ana Ruiz"},
                        {"mcdonald", "McDonald"},
                        {"O'BRIEN", "O'Brien"},
                        {"DeShawn", "DeShawn"},
                        {"mary-jane", "Mary-Jane"},
                        {"Ludwig van der Berg", "Ludwig van der Berg"},
                        {"josé núñez", "José Núñez"},
                        {"macdonald", "MacDonald"},
                        {"macias", "Macias"},
                        {"dr. ana ruiz", "Dr. Ana Ruiz"},
                        {"j. r. ortiz", "J. R. Ortiz"},
                        {"bob smith jr", "Bob Smith Jr."},
                        {"4 you", "4 you"}};
  for (const Case& one : cases) EXPECT_EQ(normalise_name(one.text), one.expected) << one.text;
}

TEST(Companies, businesses_are_found_by_form_trade_or_sons) {
  const Case cases[] = {
      {"Acme Plumbing LLC", "Acme Plumbing LLC"},
      {"Call Acme Plumbing LLC tomorrow", "Acme Plumbing LLC"},
      {"Smith & Sons want a quote", "Smith & Sons"},
      {"Brown and Sons", "Brown and Sons"},
      {"Hill Country Dental wants a new site", "Hill Country Dental"},
      {"Ana Ruiz from Ruiz Bakery", "Ruiz Bakery"},
      {"ana ruiz from ruiz bakery", "Ruiz Bakery"},
      {"acme plumbing llc", "Acme Plumbing LLC"},
      {"Müller GmbH", "Müller GmbH"},
      {"Müller GmbH & Co. KG", "Müller GmbH & Co. KG"},
      {"Oak Realty Group, Inc. called", "Oak Realty Group, Inc"},
      {"Bank of America", "Bank of America"},
      {"Johnson & Johnson Ltd", "Johnson & Johnson Ltd"},
      {"Smith & Sons Construction needs drain cleaning", "Smith & Sons Construction"},
      {"O'Malley's Pub needs a grease trap", "O'Malley's Pub"},
      {"Drain Cleaning", ""},
      {"plumbing issue in the kitchen", ""},
      {"New Plumbing lead", ""},
      {"dental appointment on Friday", ""},
      {"Ana Ruiz called", ""},
      {"Sent the quote. Call Bob and company", ""},
  };
  for (const Case& one : cases) {
    std::string shown;
    for (const auto& reading : find_company_names(one.text)) shown += (shown.empty() ? "" : ", ") + reading.value.name;
    EXPECT_EQ(shown, one.expected) << one.text;
  }
}

TEST(Companies, a_whole_text_is_a_company_or_nothing) {
  for (const char* text : {"Acme Plumbing LLC", "Smith & Sons", "Hill Country Dental", "Ruiz Bakery", "The Ruiz Group"})
    EXPECT_TRUE(read_company_name(text)) << text;
  for (const char* text : {"Ana Ruiz", "yes", "", "Acme Plumbing LLC called", "plumbing"})
    EXPECT_FALSE(read_company_name(text)) << text;
  EXPECT_EQ(read_company_name("Acme Plumbing LLC")->value.legal_form, "LLC");
}

TEST(Companies, people_stand_beside_where_they_work) {
  const struct {
    const char* text;
    const char* person;
    const char* company;
  } cases[] = {{"Ana Ruiz from Ruiz Bakery called", "Ana Ruiz", "Ruiz Bakery"},
               {"Bob at Acme", "Bob", "Acme"},
               {"Dana Flores of Hill Country Dental", "Dana Flores", "Hill Country Dental"},
               {"ana ruiz from ruiz bakery", "Ana Ruiz", "Ruiz Bakery"}};
  for (const auto& one : cases) {
    const auto found = find_people_at_companies(one.text);
    ASSERT_EQ(found.size(), 1u) << one.text;
    EXPECT_EQ(found[0].person.value.text(), one.person);
    EXPECT_EQ(found[0].company.value.name, one.company);
  }
  EXPECT_TRUE(find_people_at_companies("Ana Ruiz from Austin").empty());
  EXPECT_TRUE(find_people_at_companies("call Ana at noon").empty());
}

}  // namespace
}  // namespace deskhand::reader
