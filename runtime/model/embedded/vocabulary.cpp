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

// "yesss", "soooo": letters drawn out to one or to two. "" when none is.
std::string shortened_run(std::string_view folded, std::size_t kept) {
  std::string shortened;
  bool any = false;
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t end = at;
    while (end < folded.size() && folded[end] == folded[at]) ++end;
    any = any || end - at >= 3;
    shortened.append(end - at >= 3 ? kept : end - at, folded[at]);
    at = end;
  }
  return any ? shortened : std::string();
}

}  // namespace

std::string fold_word(std::string_view word) {
  std::string folded;
  for (const char byte : fold_name(word))
    if (byte != ' ') folded += byte;
  return folded;
}

Contraction contraction_of(std::string_view folded, bool has_apostrophe) {
  struct Entry {
    std::string_view written;
    Contraction meant;
    bool needs_apostrophe = false;
  };
  static constexpr Entry kEntries[] = {
      {"im", {"i", "am"}},           {"ive", {"i", "have"}},        {"ill", {"i", "will"}, true},   {"id", {"i", "would"}, true},
      {"were", {"we", "are"}, true}, {"weve", {"we", "have"}},      {"well", {"we", "will"}, true}, {"wed", {"we", "would"}, true},
      {"youre", {"you", "are"}},     {"youve", {"you", "have"}},    {"youll", {"you", "will"}},     {"youd", {"you", "would"}},
      {"theyre", {"they", "are"}},   {"theyve", {"they", "have"}},  {"theyll", {"they", "will"}},   {"theyd", {"they", "would"}},
      {"shes", {"she", "is"}},       {"hes", {"he", "is"}},         {"shell", {"she", "will"}, true}, {"hell", {"he", "will"}, true},
      {"shed", {"she", "would"}, true}, {"hed", {"he", "would"}},   {"howd", {"how", "did"}},       {"whend", {"when", "did"}},
      {"whered", {"where", "did"}},  {"whyd", {"why", "did"}},      {"whod", {"who", "did"}},       {"whatd", {"what", "did"}},
      {"whatve", {"what", "have"}},  {"whove", {"who", "have"}},    {"howre", {"how", "are"}},      {"whatre", {"what", "are"}},
      {"whore", {"who", "are"}, true}, {"wholl", {"who", "will"}},  {"lemme", {"let", "me"}},       {"gimme", {"give", "me"}},
      {"wanna", {"want", "to"}},     {"gotta", {"got", "to"}},      {"dunno", {"dont", "know"}},    {"gonna", {"going", "to"}},   {"hafta", {"have", "to"}},
      {"tryna", {"trying", "to"}},   {"finna", {"going", "to"}},   {"needa", {"need", "to"}},    {"ima", {"i", "will"}},
      {"imma", {"i", "will"}},       {"whats", {"what", "is"}},     {"whos", {"who", "is"}},       {"hows", {"how", "is"}},
      {"wheres", {"where", "is"}},   {"whens", {"when", "is"}},     {"whys", {"why", "is"}},       {"thats", {"that", "is"}},
      {"theres", {"there", "is"}},   {"heres", {"here", "is"}},     {"its", {"it", "is"}, true},   {"itll", {"it", "will"}},
      {"itd", {"it", "would"}},      {"thatll", {"that", "will"}},  {"aint", {"is", "not"}}};
  for (const Entry& entry : kEntries)
    if (entry.written == folded && (has_apostrophe || !entry.needs_apostrophe)) return entry.meant;
  return {};
}

std::string expand_contractions(std::string_view phrase) {
  std::string expanded;
  for (std::size_t at = 0; at < phrase.size();) {
    const std::size_t end = std::min(phrase.find_first_of(" ()[]|{}<>:,", at), phrase.size());
    if (end == at) {
      expanded += phrase[at++];
      continue;
    }
    const std::string_view word = phrase.substr(at, end - at);
    const Contraction meant = contraction_of(fold_word(word), word.find('\'') != std::string_view::npos);
    expanded += meant.first.empty() ? std::string(word) : std::string(meant.first) + " " + std::string(meant.second);
    at = end;
  }
  return expanded;
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

void Vocabulary::add_shorthand(std::string_view folded, int word) { shorthand_.emplace(std::string(folded), word); }

void Vocabulary::mark_noise(int word) {
  const auto index = static_cast<std::size_t>(word);
  if (index >= noise_.size()) noise_.resize(index + 1);
  noise_[index] = true;
}

bool Vocabulary::is_noise(int word) const {
  const auto index = static_cast<std::size_t>(word);
  if (word < 0) return false;
  if (index < noise_.size() && noise_[index]) return true;
  return base_ != nullptr && base_->is_noise(word);
}

void Vocabulary::seal() {
  std::vector<std::string_view> words(words_.begin(), words_.end());
  spelling_.emplace(words);
}

Vocabulary::Known Vocabulary::know(std::string_view folded) const {
  const Known known = know_as_written(folded);
  if (known.word >= 0 && !known.guessed) return known;
  for (const std::size_t kept : {std::size_t{1}, std::size_t{2}})
    if (const std::string shorter = shortened_run(folded, kept); !shorter.empty())
      if (const Known meant = know_as_written(shorter); meant.word >= 0 && !meant.guessed) return {meant.word, false, true};
  return known;
}

Vocabulary::Known Vocabulary::know_as_written(std::string_view folded) const {
  if (base_ == nullptr)
    if (const auto short_for = shorthand_.find(folded); short_for != shorthand_.end()) return {short_for->second, false, true};
  if (const auto known = by_text_.find(folded); known != by_text_.end()) return {known->second, false, false};
  if (base_ != nullptr) return base_->know_as_written(folded);
  if (!spelling_ || folded.size() < kSwappedLetters) return {};
  if (const std::string_view meant = spelling_->correct(folded); !meant.empty()) return {by_text_.at(meant), true, false};
  if (folded.size() != kSwappedLetters || reader::is_common_word(folded) || reader::is_given_name(folded)) return {};
  int found = -1;
  for (std::size_t word = 0; word < words_.size(); ++word) {
    if (!are_swapped(words_[word], folded) || is_little_word(words_[word])) continue;
    if (found >= 0) return {};
    found = static_cast<int>(word);
  }
  return {found, found >= 0, false};
}

std::string_view Vocabulary::text(int word) const {
  const std::size_t below = base_ == nullptr ? 0 : base_->size();
  const auto index = static_cast<std::size_t>(word);
  if (word < 0 || index >= size()) return {};
  return index < below ? base_->text(word) : std::string_view(words_[index - below]);
}

}  // namespace deskhand::embedded
