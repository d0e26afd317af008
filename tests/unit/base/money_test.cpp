#include "base/money.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace deskhand {
namespace {

void expect_amount(std::string_view text, std::int64_t minor, std::string_view currency,
                   std::string_view home = "USD") {
  const auto money = parse_money(text, home);
  ASSERT_TRUE(money) << text << ": " << money.error().message;
  EXPECT_EQ(money->minor, minor) << text;
  EXPECT_EQ(money->currency, currency) << text;
}

void expect_refused(std::string_view text, std::string_view because = "", std::string_view home = "USD") {
  const auto money = parse_money(text, home);
  ASSERT_FALSE(money) << text << " was read as " << to_text(*money);
  EXPECT_EQ(money.error().code, Code::invalid_argument) << text;
  EXPECT_NE(money.error().message.find(because), std::string::npos) << money.error().message;
  EXPECT_EQ(money.error().message.find('\n'), std::string::npos) << money.error().message;
}

TEST(Money, is_read_from_plain_digits) {
  expect_amount("2400", 240000, "USD");
  expect_amount("0", 0, "USD");
  expect_amount(" 2400.5 ", 240050, "USD");
  expect_amount("2400.50", 240050, "USD");
  expect_amount("0.07", 7, "USD");
  expect_amount(".5", 50, "USD");
  expect_amount("007", 700, "USD");
}

TEST(Money, is_read_with_separators_of_thousands) {
  expect_amount("2,400", 240000, "USD");
  expect_amount("2,400.50", 240050, "USD");
  expect_amount("1,234,567.89", 123456789, "USD");
  expect_amount("100,000", 10000000, "USD");
  expect_amount("1'200.00", 120000, "CHF", "CHF");
}

TEST(Money, with_misplaced_separators_is_a_typing_error) {
  for (const char* text : {"2,40", "24,00", "2,4000", ",400", "1,,000", "1,000,00", "1000,000", "1,000'000", "0,400",
                           "2.400,50", "1.2.3", "1,234.5,6", "12 34", "2,400,", "12."}) {
    expect_refused(text);
  }
}

TEST(Money, takes_its_currency_from_symbol_code_or_word) {
  expect_amount("$2,400", 240000, "USD");
  expect_amount("$ 2,400", 240000, "USD");
  expect_amount("\u20ac12", 1200, "EUR");
  expect_amount("12 \u20ac", 1200, "EUR");
  expect_amount("\u00a312.30", 1230, "GBP");
  expect_amount("\u00a5500", 500, "JPY");
  expect_amount("EUR 12", 1200, "EUR");
  expect_amount("eur12", 1200, "EUR");
  expect_amount("12 CHF", 1200, "CHF");
  expect_amount("12.345 KWD", 12345, "KWD");
  expect_amount("US$5", 500, "USD", "CAD");
  expect_amount("C$5", 500, "CAD");
  expect_amount("250 dollars", 25000, "USD");
  expect_amount("250 bucks", 25000, "USD");
  expect_amount("20 Euros", 2000, "EUR");
}

TEST(Money, reads_a_dollar_sign_as_the_dollar_of_the_business) {
  expect_amount("$5", 500, "CAD", "CAD");
  expect_amount("$5", 500, "AUD", "AUD");
  expect_amount("$5", 500, "USD", "EUR");
  expect_amount("$5 CAD", 500, "CAD", "USD");
  expect_amount("CAD $5", 500, "CAD", "USD");
  expect_amount("CAD$5", 500, "CAD", "USD");
  expect_amount("USD $2,400", 240000, "USD", "CAD");
  expect_amount("$5 USD", 500, "USD", "USD");
  expect_amount("\u00a55", 500, "CNY", "CNY");
}

TEST(Money, naming_two_currencies_is_refused) {
  expect_refused("EUR $5", "two currencies");
  expect_refused("\u20ac5 USD", "two currencies");
  expect_refused("USD 5 EUR", "two currencies");
  expect_refused("USD EUR 5", "two currencies");
  expect_refused("US$5 CAD", "two currencies");
}

TEST(Money, is_read_in_thousands_and_millions) {
  expect_amount("1.9k", 190000, "USD");
  expect_amount("2k", 200000, "USD");
  expect_amount("$2K", 200000, "USD");
  expect_amount("1.2m", 120000000, "USD");
  expect_amount("1.2 M", 120000000, "USD");
  expect_amount("2k EUR", 200000, "EUR");
  expect_amount("1.23456k", 123456, "USD");
  expect_amount("1.5k", 1500, "JPY", "JPY");
  expect_refused("1.234567k", "digits after the point");
}

TEST(Money, tells_a_code_that_begins_with_k_or_m_from_thousands) {
  expect_amount("5 KWD", 5000, "KWD");
  expect_amount("5k KWD", 5000000, "KWD");
  expect_amount("5 MXN", 500, "MXN");
  expect_refused("5kr");
}

TEST(Money, is_never_negative) {
  expect_refused("-5", "negative");
  expect_refused("$-5", "negative");
  expect_refused("-$5", "negative");
  expect_refused("(5.00)", "negative");
  expect_refused("\u22125", "negative");
}

TEST(Money, has_no_more_decimals_than_its_currency) {
  expect_refused("1.234", "2 digits after the point");
  expect_refused("100.5 JPY", "no smaller unit");
  expect_refused("1.2345 KWD", "3 digits after the point");
  expect_refused("0.001");
}

TEST(Money, beyond_the_bound_is_refused_and_never_wraps) {
  expect_amount("100000000000", kAmountMinorMax, "USD");
  for (const char* text :
       {"100000000000.01", "100000000001", "99999999999999999999", "184467440737095516.16", "100000000m",
        "999999999999999999999999m", "99999999999999999999999999999999999999999999999999999999999999"}) {
    expect_refused(text, "too large");
  }
}

TEST(Money, is_not_read_from_other_words) {
  for (const char* text :
       {"",   " ",   "$",     "abc",     "k",      "2400 leaks", "3 months", "3mm", "XYZ 5", "5 XYZ",    "1e5",  "0x10",
        "5%", "2-3", "$5 $6", "5 and 6", "\u0665", "2400\n$1",   "+5",       "5$5", "NaN",   "Infinity", "1_000"}) {
    expect_refused(text);
  }
}

TEST(Money, shows_hostile_text_on_one_short_line) {
  const auto money = parse_money("\x1b[2J\n" + std::string(10'000, '9'), "USD");
  ASSERT_FALSE(money);
  EXPECT_LT(money.error().message.size(), 200u);
  EXPECT_EQ(money.error().message.find('\x1b'), std::string::npos);
  EXPECT_EQ(money.error().message.find('\n'), std::string::npos);
}

TEST(Money, needs_a_currency_that_exists) {
  expect_refused("5", "not a currency", "XXZ");
  expect_refused("5", "not a currency", "");
  expect_amount("5", 500, "USD", "usd");
}

TEST(Money, is_shown_with_separators_and_symbol_or_code) {
  EXPECT_EQ(to_text(Money{240000, "USD"}), "$2,400.00");
  EXPECT_EQ(to_text(Money{123456789, "EUR"}), "\u20ac1,234,567.89");
  EXPECT_EQ(to_text(Money{240000, "CHF"}), "2,400.00 CHF");
  EXPECT_EQ(to_text(Money{5, "USD"}), "$0.05");
  EXPECT_EQ(to_text(Money{0, "USD"}), "$0.00");
  EXPECT_EQ(to_text(Money{1500, "JPY"}), "\u00a51,500");
  EXPECT_EQ(to_text(Money{12345, "KWD"}), "12.345 KWD");
  EXPECT_EQ(to_text(Money{99999, "USD"}), "$999.99");
  EXPECT_EQ(to_text(Money{100000, "USD"}), "$1,000.00");
  EXPECT_EQ(to_text(Money{-500, "USD"}), "-$5.00");
  EXPECT_EQ(to_text(Money{std::numeric_limits<std::int64_t>::min(), "USD"}), "-$92,233,720,368,547,758.08");
}

TEST(Money, is_shown_short_when_there_are_no_cents) {
  EXPECT_EQ(to_short_text(Money{240000, "USD"}), "$2,400");
  EXPECT_EQ(to_short_text(Money{240050, "USD"}), "$2,400.50");
  EXPECT_EQ(to_short_text(Money{0, "USD"}), "$0");
  EXPECT_EQ(to_short_text(Money{1200, "CHF"}), "12 CHF");
}

TEST(Money, as_a_decimal_has_no_separators) {
  EXPECT_EQ(to_decimal(Money{240000, "USD"}), "2400.00");
  EXPECT_EQ(to_decimal(Money{7, "USD"}), "0.07");
  EXPECT_EQ(to_decimal(Money{1500, "JPY"}), "1500");
  EXPECT_EQ(to_decimal(Money{-1, "KWD"}), "-0.001");
}

TEST(Money, comes_back_from_each_of_its_texts) {
  std::mt19937_64 random(20260301);
  for (const char* currency : {"USD", "EUR", "GBP", "JPY", "CHF", "KWD", "CAD", "MXN", "CLF", "KRW"}) {
    for (int round = 0; round < 500; ++round) {
      const Money money{static_cast<std::int64_t>(random() % (std::uint64_t{1} << (round % 43))), currency};
      EXPECT_EQ(*parse_money(to_text(money), "USD"), money) << to_text(money);
      EXPECT_EQ(*parse_money(to_short_text(money), "USD"), money) << to_short_text(money);
      EXPECT_EQ(*parse_money(to_decimal(money), currency), money) << to_decimal(money);
    }
  }
}

TEST(Money, adds_up_in_one_currency_only) {
  EXPECT_EQ(*add(Money{150, "USD"}, Money{275, "USD"}), (Money{425, "USD"}));
  const auto mixed = add(Money{1, "USD"}, Money{1, "EUR"});
  ASSERT_FALSE(mixed);
  EXPECT_EQ(mixed.error().code, Code::invalid_argument);
}

TEST(Money, sum_past_the_bound_is_a_limit) {
  EXPECT_TRUE(add(Money{kAmountMinorMax - 1, "USD"}, Money{1, "USD"}));
  for (const Money& other : {Money{1, "USD"}, Money{std::numeric_limits<std::int64_t>::max(), "USD"}}) {
    const auto sum = add(Money{kAmountMinorMax, "USD"}, other);
    ASSERT_FALSE(sum);
    EXPECT_EQ(sum.error().code, Code::limit_exceeded);
  }
}

TEST(Currency, knows_its_code_and_its_digits) {
  for (const char* code : {"USD", "EUR", "AED", "ZMW", "JPY", "KWD", "ZWG"}) EXPECT_TRUE(is_currency(code)) << code;
  for (const char* code : {"", "usd", "US", "USDX", "ABC", "ZZZ", "AAA"}) EXPECT_FALSE(is_currency(code)) << code;
  EXPECT_EQ(minor_digits("USD"), 2);
  EXPECT_EQ(minor_digits("JPY"), 0);
  EXPECT_EQ(minor_digits("KWD"), 3);
  EXPECT_EQ(minor_digits("CLF"), 4);
}

}  // namespace
}  // namespace deskhand
