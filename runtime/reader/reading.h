// What every reader gives back: a value, the words it came from and how sure the reader is.
//
// How this folder works. A reader takes plain English as an owner of a small business or her customer types it and
// returns typed values. Its first rule: it never invents a value. What can not be read is left out, what can be read in
// two ways is marked `likely` (or left out), and each value points at the bytes that say it, so that a card can show
// them.
//   tokenizer.h  words, numbers and marks of a text        names.h, companies.h   people and businesses
//   spelling.h   which known word a misspelling means      phones.h, emails.h     the two identities of a person
//   lexicon.h    common words, given names, places         addresses.h            where the work happens
//   phrases.h    phrase patterns over tokens               amounts.h              money
//   numbers.h    "twenty-four hundred"                     dates.h, durations.h   when and how long
//   answers.h    yes, no, later, edit to an open card      sources.h, reasons.h, outcomes.h   words of the trade →
//   codes
//
// Thread rule: every reader is a pure function (tables are built on first use and never change afterwards).
// Bounds: at most limits::kBodyBytes of a text are read and at most kReadingsMax values given back; time is near
// linear. Any bytes are accepted; invalid UTF-8 is never part of a word.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace deskhand::reader {

// Values of one kind that one text can give; an honest message has under ten.
inline constexpr std::size_t kReadingsMax = 200;

struct Span {
  std::size_t begin = 0, end = 0;  // bytes of the text that was read
  std::size_t size() const { return end - begin; }
  bool overlaps(const Span& other) const { return begin < other.end && other.begin < end; }
  bool contains(const Span& other) const { return begin <= other.begin && other.end <= end; }
  auto operator<=>(const Span&) const = default;
};

enum class Certainty {
  sure,   // the words say it
  likely  // the most usual of several ways to read them; show it or ask before acting on it
};

template <class T>
struct Reading {
  T value{};
  Span span;
  Certainty certainty = Certainty::sure;
};

inline std::string_view words_of(std::string_view text, const Span& span) {
  return text.substr(span.begin, span.size());
}

inline bool overlaps_any(const Span& span, const std::vector<Span>& others) {
  for (const Span& other : others) {
    if (span.overlaps(other)) return true;
  }
  return false;
}

}  // namespace deskhand::reader
