#include "reader/amounts.h"

#include <gtest/gtest.h>

namespace deskhand::reader {
namespace {

std::string show(std::string_view text, std::string_view currency = "USD") {
  std::string shown;
  for (const auto& reading : find_amounts(text, currency)) {
    EXPECT_LE(reading.span.end, text.size());
    if (!shown.empty()) shown += ", ";
    const Amount& amount = reading.value;
    if (amount.comparison == Comparison::about) shown += "about ";
    if (amount.comparison == Comparison::over) shown += "over ";
    if (amount.comparison == Comparison::under) shown += "under ";
    shown += to_decimal(amount.low) + " " + amount.low.currency;
    if (amount.is_range()) shown += " to " + to_decimal(amount.high);
    if (reading.certainty == Certainty::likely) shown += " ~";
  }
  return shown;
}

struct Case {
  const char* text;
  const char* expected;
};

TEST(Amounts, money_is_read_in_its_usual_writings) {
  const Case cases[] = {
      {"$2,400", "2400.00 USD"},
      {"sent Mendes a quote for $2,400", "2400.00 USD"},
      {"$2400.50", "2400.50 USD"},
      {"around 1.9k", "about 1900.00 USD ~"},
      {"2.4k", "2400.00 USD ~"},
      {"$2.4k", "2400.00 USD"},
      {"2.4K", "2400.00 USD ~"},
      {"twenty four hundred", "2400.00 USD ~"},
      {"twenty-four hundred dollars", "2400.00 USD"},
      {"two grand", "2000.00 USD"},
      {"two and a half grand", "2500.00 USD"},
      {"a grand", "1000.00 USD"},
      {"half a grand", "500.00 USD"},
      {"2400 bucks", "2400.00 USD"},
      {"450 dollars", "450.00 USD"},
      {"15 hundred", "1500.00 USD ~"},
      {"fifteen hundred", "1500.00 USD ~"},
      {"five hundred bucks", "500.00 USD"},
      {"a hundred and fifty dollars", "150.00 USD"},
      {"3 thousand", "3000.00 USD ~"},
      {"$1.2 million", "1200000.00 USD"},
      {"a couple hundred bucks", "about 200.00 USD ~"},
      {"fifty cents", "0.50 USD"},
      {"$12.99", "12.99 USD"},
      {"US$ 400", "400.00 USD"},
      {"C$400", "400.00 CAD"},
      {"400 CAD", "400.00 CAD"},
      {"400 usd", "400.00 USD"},
      {"EUR 12", "12.00 EUR"},
      {"£450", "450.00 GBP"},
      {"300 quid", "300.00 GBP"},
      {"¥5000", "5000 JPY"},
      {"$400 now and $600 later", "400.00 USD, 600.00 USD"},
  };
  for (const Case& one : cases) EXPECT_EQ(show(one.text), one.expected) << one.text;
}

TEST(Amounts, european_writing_is_read_where_it_has_one_meaning) {
  const Case cases[] = {{"€1.200,50", "1200.50 EUR"},
                        {"1.200 €", "1200.00 EUR"},
                        {"1.200,50 EUR", "1200.50 EUR"},
                        {"12,50 €", "12.50 EUR"},
                        {"1 200 €", "1200.00 EUR"},
                        {"2'400 CHF", "2400.00 CHF"},
                        {"€2,400", "2400.00 EUR"},
                        {"$1.200,50", "1200.50 USD"},
                        {"$1.200", ""},
                        {"$1,20", ""},
                        {"$1,2,3", ""},
                        {"1.200,5,0 €", ""},
                        {"€1.200.000", "1200000.00 EUR"}};
  for (const Case& one : cases) EXPECT_EQ(show(one.text), one.expected) << one.text;
}

TEST(Amounts, ranges_share_what_stands_behind_them) {
  const Case cases[] = {{"between 2 and 3k", "2000.00 USD to 3000.00 ~"},
                        {"2-3k", "2000.00 USD to 3000.00 ~"},
                        {"$2-3k", "2000.00 USD to 3000.00"},
                        {"$2k to $3k", "2000.00 USD to 3000.00"},
                        {"between $500 and $600", "500.00 USD to 600.00"},
                        {"$500-600", "500.00 USD to 600.00"},
                        {"between 500 and 2k", "500.00 USD to 2000.00 ~"},
                        {"2 to 3 thousand dollars", "2000.00 USD to 3000.00"},
                        {"2 or 3 grand", "2000.00 USD to 3000.00"},
                        {"between 400 and 500 dollars", "400.00 USD to 500.00"},
                        {"change it from $400 to $500", "400.00 USD, 500.00 USD"},
                        {"change $400 to $500", "400.00 USD, 500.00 USD"}};
  for (const Case& one : cases) EXPECT_EQ(show(one.text), one.expected) << one.text;
}

TEST(Amounts, bounds_are_said_with_the_amount) {
  const Case cases[] = {{"leads over $1,000", "over 1000.00 USD"},
                        {"more than 2k", "over 2000.00 USD ~"},
                        {"under $500", "under 500.00 USD"},
                        {"up to $500", "under 500.00 USD"},
                        {"at least $300", "over 300.00 USD"},
                        {"$2k+", "over 2000.00 USD"},
                        {"$500 or so", "about 500.00 USD"},
                        {"2k-ish", "about 2000.00 USD ~"},
                        {"less than 400 bucks", "under 400.00 USD"},
                        {"no more than $250", "under 250.00 USD"},
                        {"no less than $250", "over 250.00 USD"},
                        {"approx. $800", "about 800.00 USD"},
                        {"~$300", "about 300.00 USD"}};
  for (const Case& one : cases) EXPECT_EQ(show(one.text), one.expected) << one.text;
}

TEST(Amounts, a_bare_number_needs_words_of_money_before_it) {
  const Case cases[] = {{"sent Mendes a quote for 2400", "2400.00 USD ~"},
                        {"quoted her 2400", "2400.00 USD ~"},
                        {"quoted Ana Ruiz 1850", "1850.00 USD ~"},
                        {"change the price to 400", "400.00 USD ~"},
                        {"it's worth about 3000", "about 3000.00 USD ~"},
                        {"budget is 500", "500.00 USD ~"},
                        {"the estimate was 2,400", "2400.00 USD ~"},
                        {"estimate between 900 and 1100", "900.00 USD to 1100.00 ~"},
                        {"total: 1,400.00", "1400.00 USD ~"},
                        {"paid me 300 cash", "300.00 USD ~"},
                        {"2400", ""},
                        {"call 2400", ""},
                        {"quote for 3 faucets", ""},
                        {"a quote for 3", ""},
                        {"quote for 2026", ""},
                        {"quote visit at 1500", ""},
                        {"estimate for unit 120", ""}};
  for (const Case& one : cases) EXPECT_EQ(show(one.text), one.expected) << one.text;
}

TEST(Amounts, other_numbers_are_not_money) {
  for (const char* text : {"in 2026",
                           "512-555-0142",
                           "5125550142",
                           "9 Oak St",
                           "2026-03-14",
                           "3/14",
                           "at 2:30",
                           "5 times",
                           "3 leads",
                           "2 hours",
                           "L-1042",
                           "#1042",
                           "20%",
                           "5k run",
                           "60k miles",
                           "20 pounds of refrigerant",
                           "grand opening",
                           "A-5",
                           "1 and 3",
                           "two or three days",
                           "one hundred leads",
                           "invoice 2400",
                           "version 2.4",
                           "a hundred times",
                           "10,969 Berliners",
                           "-$50",
                           "two fifty",
                           "4k monitor",
                           "78704"}) {
    EXPECT_EQ(show(text), "") << text;
  }
}

TEST(Amounts, the_currency_of_the_business_is_what_a_dollar_means) {
  EXPECT_EQ(show("$400", "CAD"), "400.00 CAD");
  EXPECT_EQ(show("$400", "EUR"), "400.00 USD");
  EXPECT_EQ(show("2.4k", "EUR"), "2400.00 EUR ~");
  EXPECT_EQ(show("450 bucks", "AUD"), "450.00 AUD");
}

TEST(Amounts, the_span_holds_the_words_of_the_amount) {
  const std::string_view text = "he said around 1.9k for the sink";
  const auto readings = find_amounts(text, "USD");
  ASSERT_EQ(readings.size(), 1u);
  EXPECT_EQ(words_of(text, readings[0].span), "around 1.9k");
}

}  // namespace
}  // namespace deskhand::reader
