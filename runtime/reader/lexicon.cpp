#include "reader/lexicon.h"

#include <algorithm>

#include "reader/word_lists.h"

namespace deskhand::reader {

WordSet::WordSet(std::string_view words) {
  constexpr std::string_view kSpace = " \n";
  for (std::size_t begin = words.find_first_not_of(kSpace); begin != std::string_view::npos;) {
    const std::size_t end = std::min(words.find_first_of(kSpace, begin), words.size());
    words_.push_back(words.substr(begin, end - begin));
    begin = words.find_first_not_of(kSpace, end);
  }
  std::sort(words_.begin(), words_.end());
}

bool WordSet::has(std::string_view word) const { return std::binary_search(words_.begin(), words_.end(), word); }

namespace {

const WordSet& plain_english() {
  static const WordSet words(kCommonWords);
  return words;
}

}  // namespace

bool is_common_word(std::string_view folded) {
  return plain_english().has(folded) || is_job_word(folded) || is_calendar_word(folded);
}

bool is_job_word(std::string_view folded) {
  static const WordSet words(kTradeWords);
  return words.has(folded);
}

const std::vector<std::string_view>& common_words() { return plain_english().words(); }

bool is_given_name(std::string_view folded) {
  static const WordSet names(kGivenNames);
  return names.has(folded);
}

bool is_hispanic_surname(std::string_view folded) {
  static const WordSet names(kHispanicSurnames);
  return names.has(folded) || (folded.size() > 4 && folded.ends_with("ez"));
}

bool is_place(std::string_view folded) {
  static const WordSet places(kPlaces);
  return places.has(folded);
}

bool is_calendar_word(std::string_view folded) {
  static const WordSet words(kCalendarWords);
  return words.has(folded);
}

bool is_brand(std::string_view folded) {
  static const WordSet brands(kBrands);
  return brands.has(folded);
}

bool is_name_particle(std::string_view folded) {
  static const WordSet particles(
      "van von der den de del della di da dos das do la le el al bin ibn ter ten zu zur af av du y e");
  return particles.has(folded);
}

}  // namespace deskhand::reader
