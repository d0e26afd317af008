#include "model/embedded/pattern.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "model/embedded/roles.h"

namespace deskhand::embedded {
namespace {

constexpr std::size_t kStepsPerMatch = 3000;  // of one pattern at one place; an honest line takes under fifty
constexpr std::size_t kGapWords = 3;
constexpr std::size_t kInnerTextMax = 12;     // words of a text with more of the phrase behind it
constexpr std::size_t kDepth = 8;             // brackets in brackets
constexpr std::size_t kPartRounds = 4;        // parts in parts
constexpr std::size_t kExpandedBytes = 20000; // of one phrase with its parts written out
constexpr std::size_t kNoiseWords = 3;        // passed over in one phrase

bool is_denying(std::string_view folded) {
  return folded == "not" || folded == "no" || folded == "never" || folded == "dont" || folded == "doesnt" || folded == "didnt" ||
         folded == "isnt" || folded == "wont" || folded == "cant" || folded == "stop" || folded == "without" || folded == "nobody" ||
         folded == "hasnt" || folded == "havent" || folded == "couldnt" || folded == "wouldnt" || folded == "nothing" || folded == "arent";
}

}  // namespace

// The phrase with each <part> written out; groups of words stay as they are.
Result<std::string> expand_parts(std::string line, const Grammar& grammar) {
  for (std::size_t round = 0; round < kPartRounds; ++round) {
    std::string expanded;
    bool any = false;
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t end = line[at] == '<' ? line.find('>', at) : std::string::npos;
      const auto part = end == std::string::npos ? grammar.parts.end() : grammar.parts.find(std::string_view(line).substr(at + 1, end - at - 1));
      if (part == grammar.parts.end()) {
        expanded += line[at++];
        continue;
      }
      expanded += "(" + part->second + ")";
      at = end + 1;
      any = true;
    }
    if (expanded.size() > kExpandedBytes) return make_error(Code::invalid_argument, "the phrase \"" + shorten(line, 80) + "\" is longer than 20,000 characters with its parts written out");
    line = std::move(expanded);
    if (!any) return line;
  }
  return make_error(Code::invalid_argument, "the parts of the phrase \"" + shorten(line, 80) + "\" hold one another more than four deep");
}

// Reads the line from its end to its beginning in effect: every element is compiled with the instruction that follows it known.
class Pattern::Compiler {
 public:
  Compiler(std::string_view line, const Grammar& grammar, Vocabulary& vocabulary, Pattern& pattern)
      : line_(line), grammar_(grammar), vocabulary_(vocabulary), pattern_(pattern) {}

  // The sets of words the phrase speaks of by index.
  const std::vector<std::vector<int>>& sets() const { return sets_; }

  Done compile() {
    Sequence sequence;
    if (Done done = read_sequence(sequence, 0); !done) return done;
    if (position_ < line_.size()) return wrong("a bracket closes that was never opened");
    if (sequence.empty()) return wrong("there is nothing to match");
    for (const Element& element : sequence) require(element);
    pattern_.begins_with_slot_ = sequence.front().step == Step::slot;
    const std::size_t done = emit({Step::done, 0, 0, 0});
    pattern_.start_ = emit_sequence(sequence, done);
    return {};
  }

 private:
  struct Element;
  using Sequence = std::vector<Element>;
  struct Element {
    Step step = Step::done;  // split: a group of alternatives
    std::size_t operand = 0;
    std::vector<Sequence> alternatives;
    bool is_optional = false;
  };

  // A phrase is at most kExpandedBytes long, and each of its parts is at least a byte.
  static std::uint16_t small(std::size_t index) { return static_cast<std::uint16_t>(index); }
  static_assert(2 * kExpandedBytes < std::numeric_limits<std::uint16_t>::max());

  // A word of every match: the element itself, or one word of each alternative of a group that must be met.
  void require(const Element& element) {
    if (element.step == Step::word) pattern_.required_.push_back(small(element.operand));
    if (element.step != Step::split || element.is_optional) return;
    std::vector<int> any;
    for (const Sequence& alternative : element.alternatives) {
      const auto word = std::find_if(alternative.begin(), alternative.end(), [](const Element& each) { return each.step == Step::word; });
      if (word == alternative.end()) return;
      any.insert(any.end(), sets_[word->operand].begin(), sets_[word->operand].end());
    }
    pattern_.required_.push_back(small(sets_.size()));
    sets_.push_back(std::move(any));
  }

  Done wrong(std::string_view what) const {
    return make_error(Code::invalid_argument, "the phrase \"" + std::string(line_) + "\" can't be read: " + std::string(what));
  }

  Done read_sequence(Sequence& sequence, std::size_t depth) {
    if (depth > kDepth) return wrong("too many brackets in brackets");
    while (position_ < line_.size()) {
      const char next = line_[position_];
      if (next == ' ') {
        ++position_;
        continue;
      }
      if (next == ']' || next == ')' || (next == '|' && depth > 0)) return {};
      Element element;
      if (Done done = read_element(next, element, depth); !done) return done;
      sequence.push_back(std::move(element));
    }
    return {};
  }

  Done read_element(char next, Element& element, std::size_t depth) {
    if (next == '[' || next == '(') return read_group(element, next, depth);
    if (next == '{' || next == '<') return read_named(element, next, depth);
    ++position_;
    if (next == '#') element.step = Step::number;
    else if (next == '*') element.step = Step::gap;
    else if (next == ':' || next == ',') {
      element.step = Step::mark;
      element.operand = static_cast<std::size_t>(next);
    } else {
      --position_;
      return read_words(element, depth);
    }
    return {};
  }

  Done read_group(Element& element, char opening, std::size_t depth) {
    element.step = Step::split;
    element.is_optional = opening == '[';
    const char closing = opening == '[' ? ']' : ')';
    do {
      ++position_;  // the bracket, or the bar
      element.alternatives.emplace_back();
      if (Done done = read_sequence(element.alternatives.back(), depth + 1); !done) return done;
    } while (position_ < line_.size() && line_[position_] == '|');
    if (position_ >= line_.size() || line_[position_] != closing) return wrong("a bracket does not close");
    ++position_;
    return {};
  }

  Done read_named(Element& element, char opening, std::size_t depth) {
    const std::size_t end = line_.find(opening == '{' ? '}' : '>', position_);
    if (end == std::string_view::npos) return wrong("a slot or a group does not close");
    const std::string name(trim(line_.substr(position_ + 1, end - position_ - 1)));
    position_ = end + 1;
    if (opening == '{') {
      if (name.empty()) return wrong("a slot needs a name");
      element.step = Step::slot;
      const auto known = std::find(pattern_.roles_.begin(), pattern_.roles_.end(), name);
      element.operand = static_cast<std::size_t>(known - pattern_.roles_.begin());
      if (known == pattern_.roles_.end()) pattern_.roles_.push_back(name);
      return {};
    }
    const auto group = grammar_.groups.find(name);
    if (group == grammar_.groups.end()) return wrong("there is no group <" + name + ">");
    if (depth > 0 || position_ >= line_.size() || line_[position_] != '|') {
      element.step = Step::word;
      element.operand = sets_.size();
      sets_.push_back(group->second);
      return {};
    }
    // "<add>|open": the group and one word more.
    ++position_;
    if (Done done = read_words(element, depth); !done) return done;
    std::vector<int>& set = sets_[element.operand];
    set.insert(set.end(), group->second.begin(), group->second.end());
    std::sort(set.begin(), set.end());
    return {};
  }

  // "add|create", or a single word inside brackets, where a bar parts whole alternatives.
  Done read_words(Element& element, std::size_t depth) {
    const std::size_t end = std::min(line_.find_first_of(depth > 0 ? " []()|{<" : " []({<)", position_), line_.size());
    std::vector<int> set;
    for (const std::string& word : split(line_.substr(position_, end - position_), '|')) {
      const std::string folded = fold_word(word);
      if (folded.empty()) return wrong("\"" + word + "\" is no word");
      if (is_denying(folded)) pattern_.is_denial_ = true;
      set.push_back(vocabulary_.add(folded));
      if (const auto others = grammar_.alike.find(folded); others != grammar_.alike.end())
        for (const std::string& other : others->second) set.push_back(vocabulary_.add(other));
    }
    position_ = end;
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
    element.step = Step::word;
    element.operand = sets_.size();
    sets_.push_back(std::move(set));
    return {};
  }

  std::size_t emit(Instruction instruction) {
    pattern_.program_.push_back(instruction);
    return pattern_.program_.size() - 1;
  }

  std::size_t emit_sequence(const Sequence& sequence, std::size_t next) {
    for (auto element = sequence.rbegin(); element != sequence.rend(); ++element) {
      if (element->step != Step::split) {
        next = emit({element->step, small(element->operand), small(next), 0});
        continue;
      }
      std::size_t choice = element->is_optional ? next : 0;
      bool has_choice = element->is_optional;
      for (auto alternative = element->alternatives.rbegin(); alternative != element->alternatives.rend(); ++alternative) {
        const std::size_t begin = emit_sequence(*alternative, next);
        choice = has_choice ? emit({Step::split, 0, small(begin), small(choice)}) : begin;
        has_choice = true;
      }
      next = choice;
    }
    return next;
  }

  std::string_view line_;
  const Grammar& grammar_;
  Vocabulary& vocabulary_;
  Pattern& pattern_;
  std::vector<std::vector<int>> sets_;
  std::size_t position_ = 0;
};

struct Pattern::Attempt {
  const Utterance& utterance;
  std::size_t limit;
  const SlotEnds& ends;
  PatternMatch& match;
  std::size_t steps = 0;

  // The word before ends in 's.
  bool hangs_on(std::size_t unit) const { return unit > match.first && utterance[unit - 1].kind == UnitKind::word && !utterance[unit - 1].shorthand && utterance.tokens()[utterance[unit - 1].end - 1].possessive; }

  // Goes past a word that changes nothing, between the words of the phrase.
  bool pass_noise(std::size_t& unit) {
    if (unit <= match.first || unit + 1 >= limit || match.noise >= kNoiseWords || !utterance[unit].noise) return false;
    ++match.noise;
    ++unit;
    return true;
  }
};

Result<Pattern> Pattern::compile(std::string_view line, const Grammar& grammar, Vocabulary& vocabulary) {
  Pattern pattern;
  // A hyphen parts words in a message, so it does here; "e-mail" is one word in both.
  pattern.line_ = replace_all(replace_all(std::string(line), "e-mail", "email"), "-", " ");
  Result<std::string> expanded = expand_parts(pattern.line_, grammar);
  if (!expanded) return expanded.error();
  *expanded = expand_contractions(*expanded);
  Compiler compiler(*expanded, grammar, vocabulary, pattern);
  if (Done done = compiler.compile(); !done) return done.error();
  pattern.keep_sets(compiler.sets(), vocabulary);
  std::vector<bool> seen(pattern.program_.size());
  pattern.find_openings(pattern.start_, seen);
  std::sort(pattern.openings_.begin(), pattern.openings_.end());
  pattern.openings_.erase(std::unique(pattern.openings_.begin(), pattern.openings_.end()), pattern.openings_.end());
  pattern.openings_.shrink_to_fit();
  pattern.program_.shrink_to_fit();
  pattern.roles_.shrink_to_fit();
  pattern.required_.shrink_to_fit();
  return pattern;
}

void Pattern::keep_sets(const std::vector<std::vector<int>>& sets, const Vocabulary& vocabulary) {
  std::size_t count = 0;
  for (const std::vector<int>& set : sets) count += set.size();
  set_words_.reserve(count);
  set_ends_.reserve(sets.size());
  for (const std::vector<int>& set : sets) {
    set_words_.insert(set_words_.end(), set.begin(), set.end());
    set_ends_.push_back(static_cast<std::uint32_t>(set_words_.size()));
    takes_is_.push_back(std::any_of(set.begin(), set.end(), [&](int word) { return vocabulary.text(word) == "is" || vocabulary.text(word) == "has"; }));
  }
}

void Pattern::find_openings(std::size_t at, std::vector<bool>& seen) {
  if (seen[at]) return;
  seen[at] = true;
  const Instruction& instruction = program_[at];
  switch (instruction.step) {
    case Step::word: openings_.insert(openings_.end(), set(instruction.operand).begin(), set(instruction.operand).end()); return;
    case Step::split:
      find_openings(instruction.next, seen);
      find_openings(instruction.other, seen);
      return;
    case Step::mark: find_openings(instruction.next, seen); return;
    case Step::number:
    case Step::slot:
    case Step::gap:
    case Step::done: opens_with_anything_ = true; return;
  }
}

// Most phrases are told apart by their first word, which is cheaper than trying them.
bool Pattern::may_begin(const Utterance& utterance, std::size_t first) const {
  if (opens_with_anything_ || utterance.is(first, UnitKind::mark)) return true;
  const auto opens = [&](int word) { return word >= 0 && std::binary_search(openings_.begin(), openings_.end(), word); };
  return first < utterance.size() && (opens(utterance[first].word) || opens(utterance[first].opener));
}

bool Pattern::is_text_role(std::string_view role) { return kind_of_role(role) == RoleKind::text; }

bool Pattern::may_match(const std::vector<bool>& present) const {
  return std::all_of(required_.begin(), required_.end(), [&](std::size_t index) {
    const std::span<const int> words = set(index);
    return std::any_of(words.begin(), words.end(), [&](int word) { return static_cast<std::size_t>(word) < present.size() && present[static_cast<std::size_t>(word)]; });
  });
}

bool Pattern::match(const Utterance& utterance, std::size_t first, std::size_t limit, const SlotEnds& ends, PatternMatch& match) const {
  match = PatternMatch();
  if (!may_begin(utterance, first)) return false;
  match.first = first;
  Attempt attempt{utterance, std::min(limit, utterance.size()), ends, match};
  if (!run(attempt, start_, first)) return false;
  match.is_denial = is_denial_;
  return match.end > first;
}

bool Pattern::run(Attempt& attempt, std::size_t at, std::size_t unit) const {
  const Utterance& utterance = attempt.utterance;
  for (;;) {
    if (++attempt.steps > kStepsPerMatch) return false;
    const Instruction& instruction = program_[at];
    const bool in_reach = unit < attempt.limit;
    switch (instruction.step) {
      case Step::done: attempt.match.end = unit; return true;
      case Step::split: {
        const PatternMatch before = attempt.match;
        if (run(attempt, instruction.next, unit)) return true;
        attempt.match = before;
        at = instruction.other;
        continue;
      }
      case Step::mark:
        if (in_reach && utterance.is(unit, UnitKind::mark) &&
            (utterance.folded(unit).front() == static_cast<char>(instruction.operand) || utterance.folded(unit) == "-"))
          ++unit;
        break;
      case Step::number:
        if (!in_reach || !utterance.is(unit, UnitKind::number)) return false;
        ++unit;
        break;
      case Step::word: {
        if (in_reach && utterance.is(unit, UnitKind::mark) && unit + 1 < attempt.limit && utterance.folded(unit) != ":") ++unit;
        if (unit >= attempt.limit) return false;
        const std::span<const int> words = set(instruction.operand);
        // The reader of dates takes "until" and "on" with the day; a phrase may name them before its slot.
        if (utterance[unit].kind == UnitKind::date && utterance[unit].opener >= 0 && utterance[unit].opener != utterance[unit].word &&
            std::binary_search(words.begin(), words.end(), utterance[unit].opener)) {
          attempt.match.meaning += 0.25;
          break;
        }
        const int word = utterance[unit].word;
        if (word < 0 || !std::binary_search(words.begin(), words.end(), word)) {
          // "Ana's ready", "the Ruiz lead's dead": is and has may hang on the word before.
          if (takes_is_[instruction.operand] && attempt.hangs_on(unit)) {
            attempt.match.meaning += 0.25;
            break;
          }
          if (attempt.pass_noise(unit)) continue;
          return false;
        }
        const double weight = is_little_word(utterance.folded(unit)) ? 0.25 : 1.0;
        attempt.match.meaning += weight;
        ++attempt.match.words;
        if (utterance[unit].guessed) attempt.match.guessed += weight;
        ++unit;
        break;
      }
      case Step::gap: {
        const PatternMatch before = attempt.match;
        for (std::size_t skipped = 0; skipped <= kGapWords && unit + skipped <= attempt.limit; ++skipped) {
          if (run(attempt, instruction.next, unit + skipped)) return true;
          attempt.match = before;
          if (utterance.is(unit + skipped, UnitKind::mark)) return false;
        }
        return false;
      }
      case Step::slot: return run_slot(attempt, instruction, unit);
    }
    at = instruction.next;
  }
}

bool Pattern::run_slot(Attempt& attempt, const Instruction& instruction, std::size_t unit) const {
  const std::string_view role = roles_[instruction.operand];
  const bool is_last = program_[instruction.next].step == Step::done;
  const bool is_text = is_text_role(role);
  if (attempt.utterance.is(unit, UnitKind::mark) && unit + 1 < attempt.limit) ++unit;
  if (unit >= attempt.limit) return false;
  std::vector<std::size_t> ends;
  if (is_text && is_last) {
    ends = {attempt.limit};
  } else if (is_text) {
    for (std::size_t end = unit + 1; end <= std::min(attempt.limit, unit + kInnerTextMax); ++end) {
      const UnitKind inside = attempt.utterance[end - 1].kind;
      // A value or a mark ends it; only a slot for a value may hold one.
      if (inside == UnitKind::mark || (role != "value" && inside != UnitKind::word && inside != UnitKind::number && inside != UnitKind::date)) break;
      ends.push_back(end);
    }
  } else {
    ends = attempt.ends(role, unit, attempt.limit);
    while (ends.empty() && attempt.pass_noise(unit)) ends = attempt.ends(role, unit, attempt.limit);
  }
  const PatternMatch before = attempt.match;
  for (const std::size_t end : ends) {
    attempt.match.captures.push_back({role, unit, end});
    if (is_text && is_last) attempt.match.open_text = true;
    if (run(attempt, instruction.next, end)) return true;
    attempt.match = before;
  }
  return false;
}

}  // namespace deskhand::embedded
