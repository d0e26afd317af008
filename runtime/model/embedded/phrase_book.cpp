#include "model/embedded/phrase_book.h"

#include <algorithm>
#include <cstdlib>

#include "base/text.h"

namespace deskhand::embedded {
namespace {

constexpr std::size_t kSayings = 5000;  // a hundred requests in fifty ways

std::vector<std::string> list_of(std::string_view text, char separator) {
  std::vector<std::string> items;
  for (const std::string& item : split(text, separator))
    if (const std::string_view trimmed = trim(item); !trimmed.empty()) items.emplace_back(trimmed);
  return items;
}

Error misplaced(const PhraseLine& line, std::string_view what) {
  return make_error(Code::invalid_argument, line.place + ": " + std::string(what));
}

}  // namespace

bool RequestKind::takes_role(std::string_view role) const {
  if (rest == role || std::find(takes.begin(), takes.end(), role) != takes.end()) return true;
  return std::any_of(needs.begin(), needs.end(), [&](const Need& need) {
    return std::find(need.roles.begin(), need.roles.end(), role) != need.roles.end();
  });
}

Result<std::unique_ptr<PhraseBook>> PhraseBook::make(const PhraseFiles& files) {
  auto book = std::make_unique<PhraseBook>();
  if (Done done = book->add_grammar(files); !done) return done.error();
  for (const PhraseSection& section : files.sections())
    if (Done done = book->add_section(section); !done) return done.error();
  book->mark_noise();
  if (book->kinds_.empty()) return make_error(Code::invalid_argument, "The phrase files name no request.");
  book->vocabulary_.seal();
  return book;
}

// These first: a pattern may use what a later file defines.
Done PhraseBook::add_grammar(const PhraseFiles& files) {
  for (const PhraseSection& section : files.sections()) {
    if (section.heading == "alike" || section.heading == "shorthand")
      if (Done done = add_alike(section); !done) return done;
    if (section.heading == "part") {
      std::string& part = grammar_.parts[section.name];
      for (const PhraseLine& line : section.lines) {
        if (line.key != "say") return misplaced(line, "a part has lines \"say: words\" only.");
        part += (part.empty() ? "" : "|") + line.text;
      }
    }
    if (section.heading != "group") continue;
    std::vector<int>& group = grammar_.groups[section.name];
    for (const PhraseLine& line : section.lines) {
      if (line.key != "words") return misplaced(line, "a group has lines \"words: one, two\" only.");
      for (const std::string& word : list_of(line.text, ',')) group.push_back(vocabulary_.add(fold_word(word)));
    }
    std::sort(group.begin(), group.end());
  }
  return {};
}

// "called: phoned, rang" of words that are as good as another, or "text: txt, txts" of ways to write one.
Done PhraseBook::add_alike(const PhraseSection& section) {
  for (const PhraseLine& line : section.lines) {
    const std::string word = fold_word(line.key);
    for (const std::string& other : list_of(line.text, ',')) {
      const std::string folded = fold_word(other);
      if (folded.empty() || folded == word) return misplaced(line, "expected \"word: another, a third\".");
      if (section.heading == "shorthand") vocabulary_.add_shorthand(folded, vocabulary_.add(word));
      else grammar_.alike[word].push_back(folded);
    }
  }
  return {};
}

// Single words of "cues noise" may stand between the words of any phrase.
void PhraseBook::mark_noise() {
  for (const Pattern& pattern : cues("noise"))
    for (const std::string& word : list_of(replace_all(replace_all(pattern.line(), "(", ""), ")", ""), '|'))
      if (word.find(' ') == std::string::npos) vocabulary_.mark_noise(vocabulary_.add(fold_word(word)));
}

Done PhraseBook::add_section(const PhraseSection& section) {
  if (section.heading == "group" || section.heading == "part" || section.heading == "alike" || section.heading == "shorthand") return {};
  if (section.heading == "request") return add_request(section);
  for (const PhraseLine& line : section.lines) {
    if (section.heading == "replies") {
      replies_[line.key] = line.text;
      continue;
    }
    // A bar parts whole ways of saying it here, not single words.
    PhraseLine whole = line;
    whole.text = "(" + line.text + ")";
    Result<Pattern> pattern = compile(whole);
    if (!pattern) return pattern.error();
    if (section.heading == "cues") {
      if (line.key != "say") return misplaced(line, "cues have lines \"say: words\" only.");
      cues_[section.name].push_back(std::move(*pattern));
      continue;
    }
    std::vector<ChoiceValue>& values = choices_[section.name];
    auto value = std::find_if(values.begin(), values.end(), [&](const ChoiceValue& each) { return each.value == line.key; });
    if (value == values.end()) value = values.insert(values.end(), {line.key, {}});
    value->patterns.push_back(std::move(*pattern));
  }
  return {};
}

Result<Pattern> PhraseBook::compile(const PhraseLine& line) {
  if (sayings_.size() >= kSayings) return misplaced(line, "there are more than 5,000 phrases.");
  Result<Pattern> pattern = Pattern::compile(line.text, grammar_, vocabulary_);
  if (!pattern) return misplaced(line, pattern.error().message);
  return pattern;
}

Done PhraseBook::add_request(const PhraseSection& section) {
  const auto known = std::find_if(kinds_.begin(), kinds_.end(), [&](const RequestKind& kind) { return kind.name == section.name; });
  const std::size_t index = static_cast<std::size_t>(known - kinds_.begin());
  if (known == kinds_.end()) {
    kinds_.emplace_back();
    kinds_.back().name = section.name;
  }
  for (const PhraseLine& line : section.lines) {
    if (line.key == "say" || line.key == "maybe") {
      Result<Pattern> pattern = compile(line);
      if (!pattern) return pattern.error();
      sayings_.push_back({index, std::move(*pattern), line.key == "maybe" ? 0.82 : 1.0});
      continue;
    }
    if (Done done = add_request_line(kinds_[index], line); !done) return done;
  }
  return {};
}

Done PhraseBook::add_request_line(RequestKind& kind, const PhraseLine& line) {
  if (line.key == "tool") kind.tool = line.text;
  else if (line.key == "procedure") kind.procedure = line.text;
  else if (line.key == "label") kind.label = line.text;
  else if (line.key == "reply") kind.reply = line.text;
  else if (line.key == "instead") kind.instead = line.text;
  else if (line.key == "rest") kind.rest = line.text;
  else if (line.key == "whole") kind.whole = line.text;
  else if (line.key == "unlike") kind.unlike = line.text;
  else if (line.key == "unless") kind.unless = line.text;
  else if (line.key == "ask") kind.asks[line.argument] = line.text;
  else if (line.key == "strength") kind.strength = std::clamp(std::strtod(line.text.c_str(), nullptr), 0.1, 1.5);
  else if (line.key == "becomes") {
    const std::size_t with = line.text.find(" with ");
    if (with == std::string::npos) return misplaced(line, "expected \"becomes: request with role|role\".");
    kind.becomes = line.text.substr(0, with);
    kind.becomes_with = list_of(line.text.substr(with + 6), '|');
  }
  else if (line.key == "takes") for (std::string& role : list_of(line.text, ',')) kind.takes.push_back(std::move(role));
  else if (line.key == "yields") for (std::string& name : list_of(line.text, ',')) kind.yields.push_back(std::move(name));
  else if (line.key == "absorbs") for (std::string& name : list_of(line.text, ',')) kind.absorbs.push_back(std::move(name));
  else if (line.key == "needs") for (const std::string& need : list_of(line.text, ',')) kind.needs.push_back({list_of(need, '|')});
  else if (line.key == "amends") {
    const std::size_t arrow = line.text.find(" -> ");
    if (arrow == std::string::npos) return misplaced(line, "expected \"amends: role|role -> request\".");
    kind.amends.push_back({list_of(line.text.substr(0, arrow), '|'), std::string(trim(std::string_view(line.text).substr(arrow + 4)))});
  } else if (line.key == "set") {
    const std::vector<std::string> parts = list_of(line.text, '=');
    if (parts.size() != 2) return misplaced(line, "expected \"set: argument = value\".");
    kind.sets.emplace_back(parts[0], parts[1]);
  } else if (line.key == "mood") {
    if (line.text == "tells") kind.mood = Mood::tells;
    else if (line.text == "asks") kind.mood = Mood::asks;
    else if (line.text != "orders") return misplaced(line, "a mood is orders, tells or asks.");
  } else {
    return misplaced(line, "\"" + line.key + "\" is no line of a request; there are say, maybe, tool, needs, takes, rest, whole, unlike, unless, set, ask, label, mood, "
                           "absorbs, amends, yields, becomes, reply, instead, strength and procedure.");
  }
  return {};
}

const RequestKind* PhraseBook::find(std::string_view name) const {
  const auto found = std::find_if(kinds_.begin(), kinds_.end(), [&](const RequestKind& kind) { return kind.name == name; });
  return found == kinds_.end() ? nullptr : &*found;
}

const std::vector<ChoiceValue>* PhraseBook::choices(std::string_view name) const {
  const auto found = choices_.find(name);
  return found == choices_.end() ? nullptr : &found->second;
}

const std::vector<Pattern>& PhraseBook::cues(std::string_view name) const {
  static const std::vector<Pattern> none;
  const auto found = cues_.find(name);
  return found == cues_.end() ? none : found->second;
}

std::string PhraseBook::reply(std::string_view key, const std::map<std::string, std::string, std::less<>>& facts) const {
  const auto found = replies_.find(key);
  if (found == replies_.end()) return std::string(key);
  std::string filled;
  const std::string& text = found->second;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text[at] == '[' ? text.find(']', at) : std::string::npos;
    const auto fact = end == std::string::npos ? facts.end() : facts.find(text.substr(at + 1, end - at - 1));
    if (fact == facts.end()) {
      filled += text[at++];
      continue;
    }
    filled += fact->second;
    at = end + 1;
  }
  return replace_all(std::move(filled), "\\n", "\n");
}

Result<Pattern> PhraseBook::compile_with(std::string_view line, Vocabulary& vocabulary) const {
  return Pattern::compile(line, grammar_, vocabulary);
}

}  // namespace deskhand::embedded
