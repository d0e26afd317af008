#include "model/embedded/vocabulary.h"

#include <algorithm>

#include "base/text.h"
#include "reader/lexicon.h"

namespace deskhand::embedded {
namespace {

constexpr std::size_t kSwappedLetters = 4;  // "laed": short words are mended only when two letters changed places

bool are_swapped(std::string_view left, std::string_view right) {
  if (left.size() != right.size() || left.front() != right.front()) return false;
  std::string first(left), second(right);
  std::sort(first.begin(), first.end());
  std::sort(second.begin(), second.end());
  return first == second;
}

}  // namespace

std::string fold_word(std::string_view word) {
  std::string folded;
  for (const char byte : fold_name(word))
    if (byte != ' ') folded += byte;
  return folded;
}

bool is_little_word(std::string_view folded) {
  static const reader::WordSet words(
      "a an the to of on in at for with from by and or but so is are was were be been am do does did done has have had it its this that "
      "these those there here i im ive id ill we were weve you your youre he she they them him her his hers their us our me my mine not no "
      "as if then than just also too again up out off over about into onto some any all more most can could will would should may might "
      "shall what which who whom whose when where how why please now one ones ok okay yes yeah hey hi well very really got get "
      "lets let s t re go going gonna like back down whats hows wheres whos thats theres heres dont doesnt "
      "didnt cant wont isnt arent wasnt hes shes theyre youre whens whys");
  return words.has(folded);
}

int Vocabulary::add(std::string_view folded) {
  if (base_ != nullptr)
    if (const auto known = base_->by_text_.find(folded); known != base_->by_text_.end()) return known->second;
  if (const auto known = by_text_.find(folded); known != by_text_.end()) return known->second;
  words_.emplace_back(folded);
  const int word = static_cast<int>(size()) - 1;
  by_text_.emplace(words_.back(), word);
  return word;
}

void Vocabulary::seal() {
  std::vector<std::string_view> words(words_.begin(), words_.end());
  spelling_.emplace(words);
}

Vocabulary::Known Vocabulary::know(std::string_view folded) const {
  if (const auto known = by_text_.find(folded); known != by_text_.end()) return {known->second, false};
  if (base_ != nullptr) return base_->know(folded);
  if (!spelling_ || folded.size() < kSwappedLetters) return {};
  if (const std::string_view meant = spelling_->correct(folded); !meant.empty()) return {by_text_.at(meant), true};
  if (folded.size() != kSwappedLetters || reader::is_common_word(folded) || reader::is_given_name(folded)) return {};
  int found = -1;
  for (std::size_t word = 0; word < words_.size(); ++word) {
    if (!are_swapped(words_[word], folded) || is_little_word(words_[word])) continue;
    if (found >= 0) return {};
    found = static_cast<int>(word);
  }
  return {found, found >= 0};
}

std::string_view Vocabulary::text(int word) const {
  const std::size_t below = base_ == nullptr ? 0 : base_->size();
  const auto index = static_cast<std::size_t>(word);
  if (word < 0 || index >= size()) return {};
  return index < below ? base_->text(word) : std::string_view(words_[index - below]);
}

}  // namespace deskhand::embedded
