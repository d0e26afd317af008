// What must hold for any bytes: no crash, spans inside the text, values that stand in their words. Seeds are printed.
#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "base/limits.h"
#include "base/text.h"
#include "reader/addresses.h"
#include "reader/amounts.h"
#include "reader/answers.h"
#include "reader/companies.h"
#include "reader/dates.h"
#include "reader/durations.h"
#include "reader/emails.h"
#include "reader/names.h"
#include "reader/outcomes.h"
#include "reader/phones.h"
#include "reader/reasons.h"
#include "reader/sources.h"
#include "reader/tokenizer.h"

namespace deskhand::reader {
namespace {

DateContext wednesday() {
  DateContext context;
  context.now = {*make_day(2026, 3, 11), 600, 0};
  return context;
}

template <class T>
void expect_in_order(std::string_view text, const std::vector<Reading<T>>& readings) {
  EXPECT_LE(readings.size(), 3 * kReadingsMax);
  for (const auto& reading : readings) {
    EXPECT_LT(reading.span.begin, reading.span.end) << text;
    EXPECT_LE(reading.span.end, text.size()) << text;
  }
}

void expect_sound(std::string_view text) {
  const DateContext context = wednesday();
  const Tokens tokens(text);
  std::size_t last = 0;
  for (std::size_t index = 0; index < tokens.size(); ++index) {
    EXPECT_LE(last, tokens[index].span.begin);
    EXPECT_LT(tokens[index].span.begin, tokens[index].span.end);
    last = tokens[index].span.end;
  }
  EXPECT_LE(last, text.size());

  const auto people = find_person_names(text);
  expect_in_order(text, people);
  for (const auto& reading : people) {
    EXPECT_FALSE(reading.value.text().empty());
    EXPECT_TRUE(is_utf8(reading.value.text()));
    // Every letter of the name stands in the words it came from, in this order.
    const std::string words = fold_name(words_of(text, reading.span));
    for (const std::string& part : split(fold_name(reading.value.first + " " + reading.value.last), ' '))
      EXPECT_NE(words.find(part), std::string::npos) << words << " / " << part;
  }
  const auto companies = find_company_names(text);
  expect_in_order(text, companies);
  for (const auto& reading : companies) EXPECT_TRUE(is_utf8(reading.value.name));
  for (const auto& reading : find_people_at_companies(text)) EXPECT_LE(reading.company.span.end, text.size());
  const auto addresses = find_addresses(text);
  expect_in_order(text, addresses);
  for (const auto& reading : addresses) {
    EXPECT_FALSE(reading.value.street.empty());
    EXPECT_LE(reading.value.text.size(), limits::kAddressBytes + limits::kAddressBytes);
    EXPECT_TRUE(is_utf8(reading.value.text));
  }
  const auto emails = find_email_addresses(text);
  expect_in_order(text, emails);
  for (const auto& reading : emails) EXPECT_TRUE(parse_email(reading.value.folded));
  const auto amounts = find_amounts(text, "USD");
  expect_in_order(text, amounts);
  for (const auto& reading : amounts) {
    EXPECT_LE(reading.value.low, reading.value.high);
    EXPECT_GE(reading.value.low.minor, 0);
  }
  const auto dates = find_dates(text, context);
  expect_in_order(text, dates);
  for (const auto& reading : dates) {
    const When& when = reading.value;
    EXPECT_TRUE(when.day || when.minute || when.part) << text;
    if (when.day) {
      EXPECT_GE(when.day->year(), 1900);
      EXPECT_LE(when.day->year(), 2200);
    }
    if (when.last_day) {
      ASSERT_TRUE(when.day);
      EXPECT_LE(*when.day, *when.last_day) << text;
    }
    if (when.minute) {
      EXPECT_GE(*when.minute, 0);
      EXPECT_LT(*when.minute, 24 * 60);
    }
    if (when.minute_end) {
      EXPECT_LT(*when.minute, *when.minute_end) << text;
    }
  }
  for (const Span& span : find_impossible_dates(text, context)) EXPECT_LE(span.end, text.size());
  expect_in_order(text, find_durations(text));
  expect_in_order(text, find_counts(text));
  expect_in_order(text, find_reasons(text));
  expect_in_order(text, find_outcomes(text));
  expect_in_order(text, find_contactings(text));
  expect_in_order(text, find_sources(text));
  for (const Answer& answer : read_answer(text, context)) {
    EXPECT_LE(answer.span.end, text.size());
    EXPECT_EQ(answer.verdict == Verdict::edit, !answer.instruction.empty()) << text;
    EXPECT_TRUE(is_utf8(answer.instruction));
  }
  read_choice(text);
  read_person_name(text);
  read_company_name(text);
  read_source(text);
  read_date(text, context);
  read_lost_reason(text);
  read_outcome(text);
}

// Words that the readers know, so that random sentences reach deep into them.
constexpr const char* kWords[] = {"Ana",      "Ruiz",       "O'Brien", "van",      "der",
                                  "Berg",     "Dr.",        "Acme",    "LLC",      "&",
                                  "Sons",     "from",       "at",      "of",       "9",
                                  "Oak",      "St",         "Apt",     "4",        "Austin",
                                  "TX",       "78704",      "$",       "2,400",    "2.4",
                                  "k",        "grand",      "two",     "twenty",   "four",
                                  "hundred",  "between",    "and",     "to",       "-",
                                  "next",     "last",       "this",    "Tuesday",  "tmrw",
                                  "the",      "30th",       "Feb",     "30",       "3/14",
                                  "in",       "weeks",      "days",    "ago",      "before",
                                  "after",    "lunch",      "2pm",     "14:30",    "noon",
                                  "end",      "month",      "yes",     "no",       "ok",
                                  "later",    "send",       "it",      "1",        "2",
                                  "3",        ",",          ";",       ".",        "?",
                                  "\n",       "but",        "change",  "A-5",      "all",
                                  "except",   "done",       "draft",   "cheaper",  "guy",
                                  "went",     "with",       "never",   "called",   "back",
                                  "left",     "a",          "vm",      "quote",    "Google",
                                  "friend",   "Dana's",     "sister",  "five",     "one",
                                  "512",      "555",        "0142",    "ext",      "ana@ruiz.example",
                                  "dot",      "example",    "\u20ac",  "1.200,50", "José",
                                  "Núñez",    "\U0001F44D", "\xff",    "\xc3",     "\u2019",
                                  "business", "every",      "half",    "an",       "hour",
                                  "mon",      "may",        "P.O.",    "Box",      "Straße",
                                  "rue"};

TEST(Readers, random_sentences_of_known_words_are_read_soundly) {
  constexpr unsigned kSeed = 20260311;
  std::mt19937 random(kSeed);
  std::uniform_int_distribution<std::size_t> word(0, std::size(kWords) - 1), length(1, 14), gap(0, 9);
  for (int round = 0; round < 6000 && !::testing::Test::HasFailure(); ++round) {
    std::string text;
    for (std::size_t count = length(random); count > 0; --count) {
      text += kWords[word(random)];
      if (gap(random) != 0) text += ' ';
    }
    SCOPED_TRACE("seed " + std::to_string(kSeed) + " round " + std::to_string(round) + ": " + text);
    expect_sound(text);
  }
}

TEST(Readers, random_bytes_are_read_soundly) {
  constexpr unsigned kSeed = 7;
  std::mt19937 random(kSeed);
  std::uniform_int_distribution<int> byte(0, 255), length(0, 200), printable(32, 126);
  for (int round = 0; round < 1500 && !::testing::Test::HasFailure(); ++round) {
    std::string text;
    const bool is_plain = round % 2 == 0;
    for (int count = length(random); count > 0; --count)
      text += static_cast<char>(is_plain ? printable(random) : byte(random));
    SCOPED_TRACE("seed " + std::to_string(kSeed) + " round " + std::to_string(round));
    expect_sound(text);
  }
}

TEST(Readers, a_text_at_the_limit_is_read_and_what_lies_behind_it_is_not) {
  for (const char* piece : {"a ",
                            "9 ",
                            "yes ",
                            "next ",
                            "Ana ",
                            "$",
                            "2, ",
                            "went with ",
                            "in 3 days ",
                            "(",
                            "\xf0\x9f\x91\x8d",
                            "1 and ",
                            "- ",
                            "9 Oak St, Austin ",
                            "and a half ",
                            "''''",
                            "the ",
                            "at ruiz dot ",
                            "five one ",
                            "not until "}) {
    std::string text;
    while (text.size() < limits::kBodyBytes + 100) text += piece;
    expect_sound(text);
  }
  const std::string hidden = std::string(limits::kBodyBytes, ' ') + "Ana Ruiz ana@ruiz.example $400 tomorrow";
  EXPECT_TRUE(find_person_names(hidden).empty());
  EXPECT_TRUE(find_amounts(hidden, "USD").empty());
  EXPECT_TRUE(find_email_addresses(hidden).empty());
  EXPECT_TRUE(find_dates(hidden, wednesday()).empty());
}

TEST(Tokens, letters_digits_and_marks_part_and_keep_their_bytes) {
  const Tokens tokens("Dana\u2019s 2k, Jos\u00e9!");
  ASSERT_EQ(tokens.size(), 6u);
  EXPECT_EQ(tokens.word(0), "danas");
  EXPECT_TRUE(tokens[0].possessive);
  EXPECT_EQ(tokens[0].stem(), "dana");
  EXPECT_EQ(tokens.word(1), "2");
  EXPECT_EQ(tokens.word(2), "k");
  EXPECT_TRUE(tokens[2].glued);
  EXPECT_EQ(tokens.word(4), "jose");
  EXPECT_EQ(words_of(tokens.text(), tokens[4].span), "Jos\u00e9");
  EXPECT_EQ(tokens.word(99), "");
  EXPECT_EQ(tokens.number(1), 2);
  EXPECT_EQ(tokens.number(0), -1);
}

}  // namespace
}  // namespace deskhand::reader
