#include "reader/spelling.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "reader/lexicon.h"

namespace deskhand::reader {
namespace {

constexpr std::size_t kShortestGuessed = 5;
constexpr std::size_t kShortestWithTwoEdits = 8;
constexpr std::size_t kLongest = 24;  // no word of ours is longer; a longer token is not a misspelling of one

bool has_equal_letters(std::string_view left, std::string_view right) {
  std::string first(left), second(right);
  std::sort(first.begin(), first.end());
  std::sort(second.begin(), second.end());
  return first == second;
}

}  // namespace

SpellingIndex::SpellingIndex(const std::vector<std::string_view>& words) : words_(words) {
  std::sort(words_.begin(), words_.end());
  words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
}

std::string_view SpellingIndex::correct(std::string_view folded) const {
  const auto known = std::lower_bound(words_.begin(), words_.end(), folded);
  if (known != words_.end() && *known == folded) return *known;
  if (folded.size() < kShortestGuessed - 1 || folded.size() > kLongest) return {};
  if (is_common_word(folded) || is_given_name(folded)) return {};
  const char first = folded.front();
  auto candidate = std::lower_bound(words_.begin(), words_.end(), folded.substr(0, 1));
  std::string_view best;
  std::size_t best_edits = 3;
  bool is_tied = false;
  for (; candidate != words_.end() && candidate->front() == first; ++candidate) {
    if (candidate->size() < kShortestGuessed) continue;
    const std::size_t edits_max = candidate->size() >= kShortestWithTwoEdits ? 2 : 1;
    const std::size_t edits = edit_distance(folded, *candidate, edits_max);
    if (edits > edits_max || edits > best_edits) continue;
    if (folded.back() != candidate->back() && !has_equal_letters(folded, *candidate)) continue;
    is_tied = edits == best_edits;
    best = *candidate;
    best_edits = edits;
  }
  return is_tied ? std::string_view() : best;
}

}  // namespace deskhand::reader
