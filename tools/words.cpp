#include "tools/words.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace deskhand::tools {
namespace {

constexpr std::size_t kWordsMax = 32;
constexpr std::size_t kQueryWordsMax = 8;
constexpr std::size_t kStemLetters = 4;
constexpr std::size_t kLongWord = 7;
constexpr std::size_t kQuotedBytes = 80;

constexpr std::array<std::string_view, 44> kLittleWords{
    "the",      "a",       "an",      "our",       "my",       "that", "this", "their",       "lead",
    "leads",    "inquiry", "enquiry", "inquiries", "prospect", "job",  "deal", "opportunity", "request",
    "customer", "client",  "contact", "company",   "for",      "from", "of",   "about",       "with",
    "mr",       "mrs",     "ms",      "and",       "at",       "in",   "s",      "dr",   "miss",      "prof",
    "mister",   "house",   "place",   "residence", "family",   "household", "folks"};

// Written out and not told by distance: Ana is one letter from "and", Leal one from "lead", and a wrong guess is a
// wrong person.
constexpr std::array<std::string_view, 14> kMistyped{"teh",     "hte",      "leed",     "laed",    "lede",
                                                     "custmer", "cusotmer", "costumer", "clinet",  "cleint",
                                                     "contcat", "inqury",   "inquirey", "enquirey"};

bool is_little(std::string_view word) {
  return std::find(kLittleWords.begin(), kLittleWords.end(), word) != kLittleWords.end();
}

std::string without_possessive(std::string_view word) {
  for (std::string_view ending : {"'s", "'S", "\u2019s", "\u2019S"})
    if (word.size() > ending.size() && word.ends_with(ending))
      return std::string(word.substr(0, word.size() - ending.size()));
  return std::string(word);
}

bool begins_one(std::string_view word, const Words& among) {
  return std::any_of(among.begin(), among.end(), [&](const std::string& other) { return other.starts_with(word); });
}
bool is_one(std::string_view word, const Words& among) {
  return std::find(among.begin(), among.end(), word) != among.end();
}
bool stems_one(std::string_view word, const Words& among) {
  return std::any_of(among.begin(), among.end(), [&](const std::string& other) { return same_stem(word, other); });
}

// 0 is best; -1: does not fit.
int tier_of(const Words& query, const Named& named) {
  if (query == named.person) return 0;
  const auto all = [&](auto fits) { return std::all_of(query.begin(), query.end(), fits); };
  if (all([&](const std::string& word) { return is_one(word, named.person) || stems_one(word, named.title); }))
    return 1;
  if (all([&](const std::string& word) { return begins_one(word, named.person) || begins_one(word, named.title); }))
    return 2;
  if (all([&](const std::string& word) {
        return begins_one(word, named.person) || stems_one(word, named.title) || stems_one(word, named.more);
      }))
    return 3;
  return -1;
}

}  // namespace

Words words_of(std::string_view text) {
  Words words;
  for (const std::string& raw : split(squeeze(text), ' ')) {
    for (std::string& word : split(fold_name(without_possessive(raw)), ' ')) {
      if (word.empty()) continue;
      if (words.size() == kWordsMax) return words;
      words.push_back(std::move(word));
    }
  }
  return words;
}

Words query_words(std::string_view text) {
  const Words all = words_of(text);
  Words kept;
  for (const std::string& word : all)
    if (!is_little(word)) kept.push_back(word);
  if (kept.empty()) kept = all;
  if (kept.size() > kQueryWordsMax) kept.resize(kQueryWordsMax);
  return kept;
}

Words without_mistyped(const Words& query) {
  Words kept;
  for (const std::string& word : query)
    if (std::find(kMistyped.begin(), kMistyped.end(), word) == kMistyped.end()) kept.push_back(word);
  return kept.size() == query.size() ? Words() : kept;
}

Words without_genitives(const Words& query) {
  Words undone = query;
  bool any = false;
  for (std::string& word : undone) {
    if (word.size() < kStemLetters || word.back() != 's' || word.ends_with("ss")) continue;
    word.pop_back();
    any = true;
  }
  return any ? undone : Words();
}

bool all_nearly_equal(const Words& query, const Words& name) {
  if (query.empty() || query.size() != name.size()) return false;
  for (std::size_t at = 0; at < query.size(); ++at) {
    const std::size_t letters = std::min(query[at].size(), name[at].size());
    const std::size_t slips = letters < kStemLetters ? 0 : letters < kLongWord ? 1 : 2;
    if (edit_distance(query[at], name[at], slips) > slips) return false;
  }
  return true;
}

bool all_equal(const Words& query, const Words& among) {
  return std::all_of(query.begin(), query.end(), [&](const std::string& word) { return is_one(word, among); });
}

bool all_begin(const Words& query, const Words& among) {
  return std::all_of(query.begin(), query.end(), [&](const std::string& word) { return begins_one(word, among); });
}

bool same_stem(std::string_view left, std::string_view right) {
  if (left == right) return true;
  const std::size_t common = static_cast<std::size_t>(
      std::mismatch(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(std::min(left.size(), right.size())),
                    right.begin())
          .first -
      left.begin());
  const std::size_t longest = std::max(left.size(), right.size());
  return common >= kStemLetters && longest - common <= 3;
}

std::vector<std::size_t> best_fits(const Words& query, const std::vector<Named>& among) {
  std::vector<std::size_t> best;
  int best_tier = 4;
  if (query.empty()) return best;
  for (std::size_t place = 0; place < among.size(); ++place) {
    const int tier = tier_of(query, among[place]);
    if (tier < 0 || tier > best_tier) continue;
    if (tier < best_tier) best.clear();
    best_tier = tier;
    best.push_back(place);
  }
  return best;
}

std::string in_quotes(std::string_view words) { return "\"" + shorten(printable_line(words), kQuotedBytes) + "\""; }

}  // namespace deskhand::tools
