// A frame is one thing the person wants: which request it is and what is known of its facts so far.
//
// Thread rule: value types; `kind` belongs to the phrase book.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "model/embedded/phrase_book.h"
#include "model/embedded/reference.h"
#include "reader/names.h"

namespace deskhand::embedded {

// One fact. `words` is what was said; the typed value beside it is what a reader made of it.
struct Filled {
  std::string words;
  std::optional<Reference> reference;
  std::string code;       // the coded value the words mean: price, phone_call, sms
  std::string ref;        // the record it means, once that is known
  int from_frame = -1;    // the record that an earlier frame of the same message brings
  std::optional<Day> day;
  std::optional<int> minute;
  std::optional<Money> money;
  std::optional<std::int64_t> number;
  std::optional<reader::PersonName> person;
};

// The code of a pronoun that two people of the message fit.
inline constexpr std::string_view kUnclear = "unclear";

inline Filled said(std::string words, std::string code = {}) {
  Filled filled;
  filled.words = std::move(words);
  filled.code = std::move(code);
  return filled;
}

using Slots = std::map<std::string, Filled, std::less<>>;

struct Frame {
  const RequestKind* kind = nullptr;
  Slots slots;
  double score = 0;
  bool is_hedged = false;              // told as possible only: it is offered, not done
  std::string said;                    // the words it was read from
  std::vector<std::string> declined;   // roles of which the person said that there is nothing to say

  const Filled* slot(std::string_view role) const {
    const auto found = slots.find(role);
    return found == slots.end() ? nullptr : &found->second;
  }
};

}  // namespace deskhand::embedded
