// One message as the embedded model sees it: its words, and in between the values that the readers found (a phone, a date, an
// amount), each as one unit.
//
// Thread rule: an Utterance is made and used by one thread; it holds its own copy of the text. Bound: the first
// kUtteranceBytes are taken apart; what stands behind them is text only, which a note or a draft may carry.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/money.h"
#include "crm/business_calendar.h"
#include "model/embedded/vocabulary.h"
#include "reader/addresses.h"
#include "reader/amounts.h"
#include "reader/dates.h"
#include "reader/emails.h"
#include "reader/phones.h"
#include "reader/tokenizer.h"

namespace deskhand::embedded {

inline constexpr std::size_t kUtteranceBytes = 6 * 1024;  // three printed pages; requests stand in the first lines

// What the readers need to know about the business and the moment.
struct Scene {
  LocalTime now;
  BusinessCalendar calendar;
  std::string region, currency;
};

enum class UnitKind { word, number, mark, ref, phone, email, address, money, date };

struct Unit {
  UnitKind kind = UnitKind::mark;
  std::size_t first = 0, end = 0;  // tokens
  reader::Span span;
  int word = -1;                   // of the vocabulary, for words
  int opener = -1;                 // the word a date begins with: the "until" of "until April"
  bool guessed = false;
  bool shorthand = false;          // written short by agreement: "u", "txt"
  bool noise = false;              // a word that a phrase may hold anywhere: just, already
  std::string_view meant;          // of a misspelt or shortened word, the vocabulary's own spelling
  bool starts_line = false;
  std::size_t reading = 0;         // of its kind's list
};

class Utterance {
 public:
  Utterance(std::string text, const Scene& scene, const Vocabulary& vocabulary);
  Utterance(const Utterance&) = delete;
  Utterance& operator=(const Utterance&) = delete;

  const std::string& text() const { return text_; }
  const reader::Tokens& tokens() const { return tokens_; }
  const std::vector<Unit>& units() const { return units_; }
  std::size_t size() const { return units_.size(); }
  const Unit& operator[](std::size_t index) const { return units_[index]; }
  const reader::Token& token(std::size_t index) const { return tokens_[units_[index].first]; }
  bool is(std::size_t index, UnitKind kind) const { return index < units_.size() && units_[index].kind == kind; }
  // The folded word or mark at a unit, a shortened one in full; "" for values and past the end.
  std::string_view folded(std::size_t index) const;
  // The text of units [first, end), marks at either end left out.
  std::string_view words(std::size_t first, std::size_t end) const;
  // The same with the mark that ends it: a sentence somebody wrote.
  std::string_view sentence(std::size_t first, std::size_t end) const;
  reader::Span span(std::size_t first, std::size_t end) const;
  // The first unit at or after this byte.
  std::size_t at_byte(std::size_t byte) const;

  const std::vector<reader::Reading<reader::PhoneNumber>>& phones() const { return phones_; }
  const std::vector<reader::Reading<EmailAddress>>& emails() const { return emails_; }
  const std::vector<reader::Reading<reader::Address>>& addresses() const { return addresses_; }
  const std::vector<reader::Reading<reader::Amount>>& amounts() const { return amounts_; }
  const std::vector<reader::Reading<reader::When>>& dates() const { return dates_; }
  const Ref& ref(std::size_t index) const { return refs_[units_[index].reading]; }
  // Ends a sentence behind this unit.
  bool ends_sentence(std::size_t index) const;

 private:
  void read_values(const Scene& scene);
  void make_units(const Vocabulary& vocabulary);
  bool take_contraction(Unit unit, std::size_t end, const Vocabulary& vocabulary);
  bool is_behind_being(std::size_t token) const;
  std::string_view text_bytes(reader::Span span) const { return std::string_view(text_).substr(span.begin, span.size()); }

  std::string text_;
  reader::Tokens tokens_;
  std::vector<Unit> units_;
  std::vector<reader::Reading<reader::PhoneNumber>> phones_;
  std::vector<reader::Reading<EmailAddress>> emails_;
  std::vector<reader::Reading<reader::Address>> addresses_;
  std::vector<reader::Reading<reader::Amount>> amounts_;
  std::vector<reader::Reading<reader::When>> dates_;
  std::vector<Ref> refs_;
  struct Value {
    reader::Span span;
    UnitKind kind;
    std::size_t reading;
  };
  std::vector<Value> values_;  // by place, not overlapping
};

}  // namespace deskhand::embedded
