#include "model/embedded/utterance.h"

#include <algorithm>

#include "base/text.h"
#include "reader/lexicon.h"

namespace deskhand::embedded {
namespace {

bool is_ref_prefix(std::string_view word) {
  constexpr std::string_view kPrefixes = "cbloimaveruxght";
  return word.size() == 1 && kPrefixes.find(word.front()) != std::string_view::npos;
}

std::string_view beginning(const std::string& text) { return prefix_utf8(text, kUtteranceBytes); }

// A full stop after these does not end a sentence.
bool is_shortening(std::string_view folded) {
  static const reader::WordSet words("mr mrs ms dr prof st jr sr inc co ltd corp ave apt no vs etc approx");
  return folded.size() == 1 || words.has(folded);
}

}  // namespace

Utterance::Utterance(std::string text, const Scene& scene, const Vocabulary& vocabulary)
    : text_(std::move(text)), tokens_(beginning(text_)) {
  read_values(scene);
  make_units(vocabulary);
}

void Utterance::read_values(const Scene& scene) {
  const std::string_view text = beginning(text_);
  const auto claim = [&](const auto& readings, UnitKind kind) {
    for (std::size_t at = 0; at < readings.size(); ++at) {
      const reader::Span span = readings[at].span;
      if (std::none_of(values_.begin(), values_.end(), [&](const Value& value) { return value.span.overlaps(span); }))
        values_.push_back({span, kind, at});
    }
  };
  for (std::size_t token = 0; token < tokens_.size(); ++token) {
    const bool dashed = tokens_.is(token + 1, "-") && tokens_.is_glued(token + 1);
    const std::size_t number = token + (dashed ? 2 : 1);
    if (!is_ref_prefix(tokens_.word(token)) || !tokens_.is_number(number) || !tokens_.is_glued(number)) continue;
    if (tokens_.is_glued(token) && !tokens_.is(token - 1, "#") && !tokens_.is(token - 1, "(") && !tokens_.is(token - 1, "\"")) continue;
    const reader::Span span = tokens_.span(token, number + 1);
    const auto ref = parse_ref(text.substr(span.begin, span.size()));
    if (!ref) continue;
    values_.push_back({span, UnitKind::ref, refs_.size()});
    refs_.push_back(*ref);
  }
  emails_ = reader::find_email_addresses(text);
  claim(emails_, UnitKind::email);
  phones_ = reader::find_phone_numbers(text, scene.region);
  claim(phones_, UnitKind::phone);
  addresses_ = reader::find_addresses(text);
  claim(addresses_, UnitKind::address);
  amounts_ = reader::find_amounts(text, scene.currency);
  claim(amounts_, UnitKind::money);
  reader::DateContext context;
  context.now = scene.now;
  context.calendar = scene.calendar;
  context.order = reader::day_order_of(scene.region);
  context.direction = reader::Direction::any;
  dates_ = reader::find_dates(text, context);
  claim(dates_, UnitKind::date);
  std::sort(values_.begin(), values_.end(), [](const Value& left, const Value& right) { return left.span < right.span; });
}

void Utterance::make_units(const Vocabulary& vocabulary) {
  auto value = values_.begin();
  for (std::size_t token = 0; token < tokens_.size();) {
    Unit unit;
    unit.first = token;
    unit.starts_line = tokens_[token].line_start;
    while (value != values_.end() && value->span.end <= tokens_[token].span.begin) ++value;
    if (value != values_.end() && value->span.begin < tokens_[token].span.end) {
      while (token < tokens_.size() && tokens_[token].span.begin < value->span.end) ++token;
      unit.kind = value->kind;
      unit.reading = value->reading;
      unit.span = value->span;
      if (unit.kind == UnitKind::date) unit.opener = vocabulary.know(tokens_.word(unit.first)).word;
      // "today" is a day and a word of requests alike.
      const bool is_short = token == unit.first + 1 || (token == unit.first + 2 && is_little_word(tokens_.word(unit.first)));
      if (is_short && tokens_[token - 1].is_word()) unit.word = vocabulary.know(tokens_[token - 1].folded).word;
    } else {
      const reader::Token& only = tokens_[token];
      unit.kind = only.is_word() ? UnitKind::word : only.is_number() ? UnitKind::number : UnitKind::mark;
      unit.span = only.span;
      // A hyphen inside a word parts it and is no mark of its own: follow-up.
      const bool is_hyphen = only.folded == "-" && only.glued && tokens_.is_glued(token + 1);
      ++token;
      if (is_hyphen) continue;
      // "e-mail", "e-mailed": one word, as it is without the hyphen.
      if (only.folded == "e" && tokens_.is(token, "-") && tokens_.is_glued(token) && tokens_.is_glued(token + 1) && tokens_.word(token + 1).starts_with("mail")) {
        const Vocabulary::Known known = vocabulary.know("e" + std::string(tokens_.word(token + 1)));
        unit.span = tokens_.span(unit.first, token + 2);
        unit.shorthand = known.word >= 0;
        unit.word = known.word;
        unit.meant = vocabulary.text(known.word);
        unit.end = token += 2;
        units_.push_back(unit);
        continue;
      }
      if (unit.kind == UnitKind::word && take_contraction(unit, token, vocabulary)) continue;
      if (unit.kind == UnitKind::number) {
        // "2" and "4" may be written for "to" and "for".
        const Vocabulary::Known known = vocabulary.know(only.folded);
        if (known.shorthand) unit.word = known.word;
      }
      if (unit.kind == UnitKind::word) {
        Vocabulary::Known known = vocabulary.know(only.folded);
        if (only.possessive && (known.word < 0 || known.guessed)) known = vocabulary.know(only.stem());
        unit.word = known.word;
        unit.guessed = known.guessed;
        unit.shorthand = known.shorthand;
        unit.noise = vocabulary.is_noise(known.word);
        if (known.guessed || known.shorthand) unit.meant = vocabulary.text(known.word);
      }
    }
    unit.end = token;
    units_.push_back(unit);
  }
}

// "she's" makes two units of the same letters.
bool Utterance::take_contraction(Unit unit, std::size_t end, const Vocabulary& vocabulary) {
  const std::string_view written = text_bytes(unit.span);
  const bool has_apostrophe = written.size() > tokens_[unit.first].folded.size();
  const std::string_view folded = tokens_[unit.first].folded;
  Contraction meant = contraction_of(folded, has_apostrophe);
  // "ill call her", not "she is ill".
  if (meant.first.empty() && folded == "ill" && !is_behind_being(unit.first)) meant = contraction_of(folded, true);
  if (meant.first.empty()) return false;
  unit.end = end;
  unit.shorthand = true;
  for (const std::string_view word : {meant.first, meant.second}) {
    unit.meant = word;
    unit.word = vocabulary.know(word).word;
    units_.push_back(unit);
    unit.starts_line = false;
  }
  return true;
}

bool Utterance::is_behind_being(std::size_t token) const {
  static const reader::WordSet being("is was are were am be been feeling feels felt got fell very really so still too im hes shes theyre");
  return token > 0 && being.has(tokens_.word(token - 1));
}

std::string_view Utterance::folded(std::size_t index) const {
  if (index >= units_.size() || units_[index].kind > UnitKind::mark) return {};
  return units_[index].shorthand ? units_[index].meant : tokens_.word(units_[index].first);
}

reader::Span Utterance::span(std::size_t first, std::size_t end) const {
  if (first >= end || first >= units_.size()) return {};
  return {units_[first].span.begin, units_[std::min(end, units_.size()) - 1].span.end};
}

std::string_view Utterance::words(std::size_t first, std::size_t end) const {
  end = std::min(end, units_.size());
  const auto is_edge_mark = [&](std::size_t index) {
    constexpr std::string_view kEdges = ",;:.-\"'!?()";
    return is(index, UnitKind::mark) && kEdges.find(folded(index)) != std::string_view::npos;
  };
  while (first < end && is_edge_mark(first)) ++first;
  while (end > first && is_edge_mark(end - 1) && folded(end - 1) != "!" && folded(end - 1) != "?" && folded(end - 1) != ")") --end;
  const reader::Span span = this->span(first, end);
  return std::string_view(text_).substr(span.begin, span.size());
}

std::string_view Utterance::sentence(std::size_t first, std::size_t end) const {
  const std::string_view bare = words(first, end);
  if (bare.empty()) return bare;
  std::size_t stop = static_cast<std::size_t>(bare.data() - text_.data()) + bare.size();
  const std::size_t last = span(first, end).end;
  while (stop < last && std::string_view(".!?)\"").find(text_[stop]) != std::string_view::npos) ++stop;
  return std::string_view(text_).substr(static_cast<std::size_t>(bare.data() - text_.data()), stop - static_cast<std::size_t>(bare.data() - text_.data()));
}

std::size_t Utterance::at_byte(std::size_t byte) const {
  const auto found = std::lower_bound(units_.begin(), units_.end(), byte,
                                      [](const Unit& unit, std::size_t at) { return unit.span.begin < at; });
  return static_cast<std::size_t>(found - units_.begin());
}

bool Utterance::ends_sentence(std::size_t index) const {
  if (index + 1 >= units_.size()) return true;
  if (units_[index + 1].starts_line) return true;
  const std::string_view mark = folded(index);
  if (mark == "!" || mark == "?" || mark == ";") return true;
  if (mark != "." || tokens_.is_glued(units_[index + 1].first)) return false;
  return index == 0 || !is(index - 1, UnitKind::word) || !is_shortening(folded(index - 1));
}

}  // namespace deskhand::embedded
