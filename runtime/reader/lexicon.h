// What the readers know about single words: plain English and the trade's words, given names, surnames that show how a
// name splits, places, days and months. All tests take folded words (tokenizer.h).
//
// Thread rule: pure; tables are built on first use. Source of the lists: written for this program from general
// knowledge; they only shift how sure a reading is, no value comes out of them.
#pragma once

#include <string_view>
#include <vector>

namespace deskhand::reader {

// A set of words, written as one text with white space between them.
class WordSet {
 public:
  explicit WordSet(std::string_view words);
  bool has(std::string_view word) const;
  const std::vector<std::string_view>& words() const { return words_; }

 private:
  std::vector<std::string_view> words_;  // sorted; views of the text given, which must be static
};

// Words that an English sentence of this trade is made of, names of days and months included. Some are names too (Mark,
// May).
bool is_common_word(std::string_view folded);
bool is_job_word(std::string_view folded);            // of those, the words of the trades: drain, faucet, botox
const std::vector<std::string_view>& common_words();  // without those of trades and calendars
bool is_given_name(std::string_view folded);
// "garcia", "nunez": in "José Núñez García" the second word opens the last name.
bool is_hispanic_surname(std::string_view folded);
// A town or country that is seldom somebody's name; "austin" and "madison" are both.
bool is_place(std::string_view folded);
// Words of calendars and clocks in full and short: monday, mon, march, mar, noon, tomorrow.
bool is_calendar_word(std::string_view folded);
// Firms everybody names without being their customer: google, yelp, facebook, venmo.
bool is_brand(std::string_view folded);
// van, der, de, la, di, al, ...: words in lower case inside a last name.
bool is_name_particle(std::string_view folded);

}  // namespace deskhand::reader
