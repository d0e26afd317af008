#include "model/embedded/interpreter.h"

#include <algorithm>
#include <cstdio>

#include "base/limits.h"
#include "base/text.h"
#include "model/embedded/roles.h"
#include "model/embedded/slots.h"
#include "reader/lexicon.h"

namespace deskhand::embedded {
namespace {

constexpr std::size_t kProcedurePhrases = 200;
constexpr double kSaysMore = 0.2;  // one little word more that was met settles which of two is meant
constexpr std::size_t kRepeats = 8;  // others that one request is repeated for
constexpr double kVague = 0.7;       // below this a name is read in passing
constexpr double kNamed = 0.75;      // a name this sure is whom a later "her" means
constexpr double kPerhapsNamed = 0.64;  // a word nobody knows (0.65) counts where no better name stands
constexpr double kNear = 30;  // a candidate this good is worth a "did you mean"

// "Log a call with [name]" in the form of a phrase file; a placeholder becomes the slot that its request needs there.
std::string pattern_of(std::string_view written, const RequestKind& kind) {
  std::string pattern;
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t end = written[at] == '[' ? written.find(']', at) : std::string_view::npos;
    if (end == std::string_view::npos) {
      const char byte = written[at++];
      pattern += std::string_view("()[]{}<>|#*:,?!.\"").find(byte) == std::string_view::npos ? byte : ' ';
      continue;
    }
    const std::string role = kind.needs.empty() ? "query" : kind.needs.front().roles.front();
    pattern += " {" + role + "} ";
    at = end + 1;
  }
  return squeeze(pattern);
}

std::string without_opening(std::string_view offer) {
  std::string text = squeeze(replace_all(replace_all(std::string(offer), "(", " "), ")", " "));
  for (std::string_view opening : {"want me to ", "do you want me to ", "would you like me to ", "should i ", "shall i ", "want to ", "do you want to ",
                                   "would you like to ", "may i ", "did you mean to "})
    if (starts_with_ignoring_case(text, opening)) return text.substr(opening.size());
  return text;
}

// The noun that what it is about was called by: "the zoning system deal".
std::optional<Noun> noun_of(const Frame& frame) {
  for (const auto& [role, filled] : frame.slots)
    if (kind_of_role(role) == RoleKind::reference && filled.reference && filled.reference->noun) return filled.reference->noun;
  return std::nullopt;
}
bool is_mainly_about(const RequestKind& kind, Noun noun) {
  if (kind.needs.empty()) return false;
  const std::string& role = kind.needs.front().roles.front();
  return (noun == Noun::opportunity && role == "opportunity") || (noun == Noun::lead && role == "lead");
}

// A word that is no name anybody knows may be one where it hangs on something ("dvoraks place") or begins a sentence.
bool is_perhaps_a_name(const Utterance& utterance, std::size_t at, const Reference& reference) {
  const bool is_genitive = reference.words.ends_with('s') || reference.words.find("s ") != std::string::npos;
  const bool begins = at == 0 || utterance.is(at - 1, UnitKind::mark);
  return is_genitive || (begins && utterance[at].word < 0);
}

// What it is about is only pointed at: "mark it won".
bool points_back(const Frame& frame) {
  return std::any_of(frame.slots.begin(), frame.slots.end(), [](const auto& slot) {
    return kind_of_role(slot.first) == RoleKind::reference && slot.second.reference && slot.second.reference->pointing == Pointing::pronoun;
  });
}

}  // namespace

Interpreter::Interpreter(const PhraseBook& book, const ModelRequest& request) : book_(book), request_(request), vocabulary_(book.vocabulary()) {
  add_procedure_phrases();
  add_custom_fields();
}

const KnownRequest* Interpreter::procedure_request(const RequestKind& kind) const {
  if (kind.procedure.empty()) return nullptr;
  const auto found = std::find_if(request_.requests.begin(), request_.requests.end(), [&](const KnownRequest& each) { return each.id == kind.procedure; });
  return found == request_.requests.end() ? nullptr : &*found;
}

void Interpreter::add_procedure_phrases() {
  for (const KnownRequest& known : request_.requests) {
    if (more_.size() >= kProcedurePhrases) return;
    for (const RequestKind& kind : book_.kinds()) {
      if (kind.procedure.empty() || kind.procedure != known.id) continue;
      Result<Pattern> pattern = book_.compile_with(pattern_of(known.pattern, kind), vocabulary_);
      if (pattern) more_.push_back({book_.index_of(kind), std::move(*pattern), 1.0});
    }
  }
}

// A field the owner added is said by its name: "boiler model is Vaillant 24".
void Interpreter::add_custom_fields() {
  for (const RequestKind& kind : book_.kinds()) {
    const bool changes = kind.name == "correct_contact" || kind.name == "update_lead";
    const OfferedTool* tool = changes ? find_tool(request_, kind.tool) : nullptr;
    if (tool == nullptr) continue;
    const std::string who = kind.needs.empty() ? "contact" : kind.needs.front().roles.front();
    for (const auto& [argument, words] : ToolView(*tool).custom_fields()) {
      const std::string lines[] = {"[the|her|his|their] " + words + " [is|: |to] {" + argument + "}",
                                   "{" + who + "} " + words + " (is|: |to) {" + argument + "}",
                                   "{" + who + "} has [a|an|the] " + words + " {" + argument + "}",
                                   "<change> {" + who + "} " + words + " (to|: |as) {" + argument + "}",
                                   "<change> [the|a] " + words + " (of|for) {" + who + "} (to|: |as) {" + argument + "}",
                                   "<change> [the|her|his|their|a] " + words + " (to|: |as) {" + argument + "}"};
      for (const std::string& line : lines) {
        Result<Pattern> pattern = book_.compile_with(line, vocabulary_);
        if (pattern) more_.push_back({book_.index_of(kind), std::move(*pattern), 1.0});
      }
    }
  }
}

Heard Interpreter::hear(std::string text, const Scene& scene) const {
  Heard heard;
  heard.utterance = std::make_unique<Utterance>(std::move(text), scene, vocabulary_);
  heard.candidates = std::make_unique<Candidates>(book_, more_, *heard.utterance);
  heard.segments = find_segments(*heard.candidates);
  choose(heard, scene);
  return heard;
}

void Interpreter::choose(Heard& heard, const Scene& scene) const {
  SlotFiller filler(book_, *heard.candidates, scene);
  for (Segment& segment : heard.segments) {
    std::erase_if(segment.candidates, [&](const Candidate& candidate) { return !is_offered(*candidate.kind); });
    if (segment.candidates.empty()) continue;
    const Candidate& best = segment.candidates.front();
    heard.frames.push_back(filler.fill(segment, best));
    if (heard.frames.size() == 1) find_subject(heard.frames.back(), *heard.utterance, best.match.first);
    repeat_for_others(heard, segment, scene);
    if (segment.candidates.size() < 2 || !heard.doubtful.empty()) continue;
    const Candidate& second = segment.candidates[1];
    const OfferedTool* tool = best.kind->tool.empty() ? nullptr : find_tool(request_, best.kind->tool);
    const OfferedTool* other = second.kind->tool.empty() ? nullptr : find_tool(request_, second.kind->tool);
    const bool both_write = tool != nullptr && other != nullptr && tool->effect != EffectClass::read && other->effect != EffectClass::read;
    if (!both_write || best.kind->tool == second.kind->tool || best.score - second.score >= kMargin ||
        best.match.meaning - second.match.meaning >= kSaysMore)
      continue;
    Frame rival = filler.fill(segment, second);
    if (rival.kind == heard.frames.back().kind) continue;
    // "The zoning system deal is dead" is about a job, "the zoning system lead is dead" about a lead.
    if (const auto noun = noun_of(heard.frames.back())) {
      const bool fits = is_mainly_about(*best.kind, *noun), rival_fits = is_mainly_about(*second.kind, *noun);
      if (fits != rival_fits) {
        if (rival_fits) heard.frames.back() = std::move(rival);
        continue;
      }
    }
    // A lead for somebody, or an inquiry of somebody new: a name that was told decides.
    if (best.kind->becomes == second.kind->name || second.kind->becomes == best.kind->name) {
      const bool names = rival.slot("name") != nullptr && heard.frames.back().slot("contact") == nullptr;
      if (names) heard.frames.back() = std::move(rival);
      continue;
    }
    heard.doubtful.push_back(heard.frames.back());
    heard.doubtful.push_back(std::move(rival));
  }
  find_antecedents(heard);
  join_twins(heard);
  drop_yielding(heard);
  if (!heard.frames.empty()) return;
  for (const Candidate& candidate : heard.candidates->within(0, heard.utterance->size()))
    if (!heard.nearest && candidate.score >= kNear && is_offered(*candidate.kind) && !candidate.kind->tool.empty()) heard.nearest = candidate;
}

// "Follow up on the Ruiz lead and on the Mendes lead", "archive Ana and Bob": the same once more for whom is named behind it.
void Interpreter::repeat_for_others(Heard& heard, const Segment& segment, const Scene& scene) const {
  static const reader::WordSet openers("on with for to about from of the");
  const Candidate& best = segment.candidates.front();
  const Frame first = heard.frames.back();
  if (first.kind->tool.empty() || best.match.open_text || best.match.captures.empty() || first.kind->needs.empty()) return;
  const auto references = std::count_if(best.match.captures.begin(), best.match.captures.end(), [](const Capture& capture) { return kind_of_role(capture.role) == RoleKind::reference; });
  const auto subject = std::find_if(best.match.captures.begin(), best.match.captures.end(), [](const Capture& capture) { return kind_of_role(capture.role) == RoleKind::reference; });
  if (references != 1 || first.kind->takes_role("other") || first.slot(subject->role) == nullptr) return;
  const Utterance& utterance = *heard.utterance;
  const Candidates& candidates = *heard.candidates;
  const std::string role(subject->role);
  SlotFiller filler(book_, candidates, scene);
  for (std::size_t at = best.match.end, count = 0; at < segment.end && count < kRepeats; ++count) {
    if (utterance.folded(at) == "," && at + 1 < segment.end) ++at;
    const std::size_t behind = candidates.cue_end("connector", at, segment.end);
    const bool has_comma = at > 0 && utterance.folded(at - 1) == ",";
    if (behind == at && !has_comma) return;
    at = behind;
    if (openers.has(utterance.folded(at)) && utterance.folded(at) != "the") ++at;
    std::optional<ReferenceEnd> other;
    for (ReferenceEnd& found : read_references(utterance, at, segment.end)) {
      const Pointing pointing = found.reference.pointing;
      const bool names = pointing == Pointing::ref || pointing == Pointing::other_one || (pointing == Pointing::words && found.reference.quality >= 0.85);
      const std::string_view next = utterance.folded(found.end);
      const bool stops = found.end >= segment.end || next == "," || next == "." || next == "!" || openers.has(next) || candidates.cue_end("connector", found.end, segment.end) > found.end ||
                         utterance.is(found.end, UnitKind::date);
      if (!other && names && stops) other = std::move(found);
    }
    if (!other || (behind == at && has_comma && other->reference.pointing == Pointing::words && utterance.folded(other->end) != "," && other->end < segment.end)) return;
    Frame again = first;
    Filled filled = said(other->reference.words);
    filled.reference = std::move(other->reference);
    again.slots.insert_or_assign(role, std::move(filled));
    std::size_t end = other->end;
    while (end < segment.end && utterance.folded(end) != "," && candidates.cue_end("connector", end, segment.end) == end) ++end;
    if (end > other->end) filler.add(again, {}, other->end, end);
    heard.frames.push_back(std::move(again));
    at = end;
  }
}

// Whom or what the words before a unit name, each once.
std::vector<Reference> Interpreter::named_before(const Utterance& utterance, std::size_t limit, bool is_person, std::optional<Noun> noun) {
  std::vector<Reference> named = named_before(utterance, limit, is_person, noun, kNamed);
  // "Was out at dvoraks place, met w him": a word that nobody knows, where no better name stands.
  return named.empty() && is_person ? named_before(utterance, limit, is_person, noun, kPerhapsNamed) : named;
}

std::vector<Reference> Interpreter::named_before(const Utterance& utterance, std::size_t limit, bool is_person, std::optional<Noun> noun, double quality_min) {
  std::vector<Reference> named;
  for (std::size_t at = 0; at < limit;) {
    std::size_t next = at + 1;
    for (ReferenceEnd& found : read_references(utterance, at, limit)) {
      const Reference& reference = found.reference;
      const bool fits = is_person ? !reference.noun || reference.noun == Noun::contact : !noun || reference.noun == noun || reference.noun == Noun::opportunity;
      if (!fits || (reference.pointing != Pointing::words && reference.pointing != Pointing::ref) || reference.quality < quality_min) continue;
      if (!is_person && !reference.noun) continue;
      // "Mark her do not contact", "bill him": the word right before the pronoun is what to do, though people are called so.
      if (found.end == limit && at + 1 == limit && !utterance.token(at).is_capitalised()) continue;
      if (reference.quality < kNamed && !is_perhaps_a_name(utterance, at, reference)) continue;
      next = found.end;
      const bool known = std::any_of(named.begin(), named.end(), [&](const Reference& each) { return fold_name(each.words) == fold_name(reference.words); });
      if (!known) named.push_back(std::move(found.reference));
      break;
    }
    at = next;
  }
  return named;
}

// "We cannot act in the Shareholder suit, disqualify that lead": things by their titles alone.
std::vector<Reference> Interpreter::titled_before(const Utterance& utterance, std::size_t limit) {
  std::vector<Reference> titled;
  for (std::size_t at = 0; at < limit; ++at) {
    if (utterance.folded(at) != "the") continue;
    for (ReferenceEnd& found : read_references(utterance, at, limit)) {
      if (found.reference.pointing != Pointing::words || found.reference.noun || found.end < at + 3) continue;
      at = found.end - 1;
      titled.push_back(std::move(found.reference));
      break;
    }
  }
  return titled;
}

// "Ana Ruiz moved, new address is 14 Elm St": nobody is named by the request, one person before it.
void Interpreter::find_subject(Frame& frame, const Utterance& utterance, std::size_t begin) {
  if (frame.kind->needs.empty()) return;
  const Need& need = frame.kind->needs.front();
  const std::string& role = need.roles.front();
  if (kind_of_role(role) != RoleKind::reference || role == "change" || role == "message") return;
  if (std::any_of(need.roles.begin(), need.roles.end(), [&](const std::string& each) { return frame.slot(each) != nullptr; })) return;
  std::vector<Reference> named = named_before(utterance, begin, true, std::nullopt);
  if (named.size() != 1) return;
  Filled filled = said(named.front().words);
  filled.reference = std::move(named.front());
  frame.slots.emplace(role, std::move(filled));
}

// "We don't do patents, disqualify the patent lead": said twice, once in passing; the clearer one stands, with what both tell.
void Interpreter::join_twins(Heard& heard) {
  const auto quality = [](const Frame& frame) {
    for (const auto& [role, filled] : frame.slots)
      if (kind_of_role(role) == RoleKind::reference) return filled.reference ? filled.reference->quality : 0.0;
    return 0.0;
  };
  for (std::size_t at = 0; at + 1 < heard.frames.size(); ++at) {
    Frame& first = heard.frames[at];
    Frame& second = heard.frames[at + 1];
    // "We got it, mark it won": the same again of what was named already.
    if (first.kind == second.kind && points_back(second) && !points_back(first) && quality(first) > 0) {
      for (const auto& [role, filled] : second.slots)
        if (kind_of_role(role) != RoleKind::reference) first.slots.emplace(role, filled);
      heard.frames.erase(heard.frames.begin() + static_cast<std::ptrdiff_t>(at) + 1);
      return;
    }
    if (first.kind != second.kind || quality(first) >= kVague || quality(second) < kNamed) continue;
    for (const auto& [role, filled] : first.slots)
      if (kind_of_role(role) != RoleKind::reference) second.slots.emplace(role, filled);
    heard.frames.erase(heard.frames.begin() + static_cast<std::ptrdiff_t>(at));
    return;
  }
}

// "Lyle is out, it costs too much. Disqualify the toilet rebuild": what is ordered is done; what was told before it is why.
void Interpreter::drop_yielding(Heard& heard) {
  for (std::size_t at = 0; at + 1 < heard.frames.size();) {
    const Frame& told = heard.frames[at];
    const auto ordered = std::find_if(heard.frames.begin() + static_cast<std::ptrdiff_t>(at) + 1, heard.frames.end(), [&](const Frame& later) {
      return std::find(told.kind->yields.begin(), told.kind->yields.end(), later.kind->name) != told.kind->yields.end();
    });
    if (ordered == heard.frames.end()) {
      ++at;
      continue;
    }
    const bool names_nothing = points_back(*ordered) || std::none_of(ordered->slots.begin(), ordered->slots.end(), [](const auto& slot) { return kind_of_role(slot.first) == RoleKind::reference; });
    for (const auto& [role, filled] : told.slots) {
      if (kind_of_role(role) == RoleKind::reference) {
        const bool fits = std::any_of(ordered->kind->needs.begin(), ordered->kind->needs.end(), [&, &name = role](const Need& need) { return std::find(need.roles.begin(), need.roles.end(), name) != need.roles.end(); });
        if (!names_nothing) continue;
        std::erase_if(ordered->slots, [](const auto& slot) { return kind_of_role(slot.first) == RoleKind::reference; });
        ordered->slots.emplace(fits || ordered->kind->needs.empty() ? role : ordered->kind->needs.front().roles.front(), filled);
      } else if (ordered->kind->takes_role(role)) {
        ordered->slots.emplace(role, filled);
      }
    }
    heard.frames.erase(heard.frames.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

// "Alice Lang closed her business, archive her": whom the words before a request name.
void Interpreter::find_antecedents(Heard& heard) {
  const Utterance& utterance = *heard.utterance;
  bool someone_before = false;
  for (Frame& frame : heard.frames) {
    for (auto& [role, filled] : frame.slots) {
      if (kind_of_role(role) != RoleKind::reference || !filled.reference || filled.reference->pointing != Pointing::pronoun) continue;
      if (role == "change" || role == "message" || role == "other" || role == "assignee") continue;
      std::vector<Reference> named = named_before(utterance, filled.reference->unit, filled.reference->is_person, filled.reference->noun);
      // "Bram says it's too much, close it": of the one person there is to close something for.
      if (named.empty() && (!filled.reference->noun || filled.reference->noun == Noun::lead || filled.reference->noun == Noun::opportunity)) named = named_before(utterance, filled.reference->unit, true, std::nullopt);
      if (named.empty() && !filled.reference->is_person && !someone_before && role != "follow_up") named = titled_before(utterance, filled.reference->unit);
      if (named.empty() || (someone_before && named.size() > 1)) continue;
      if (named.size() > 1) {
        filled.code = kUnclear;
        continue;
      }
      filled.words = named.front().words;
      filled.reference = named.front();
    }
    for (const auto& [role, filled] : frame.slots)
      if (kind_of_role(role) == RoleKind::reference || kind_of_role(role) == RoleKind::name) someone_before = true;
  }
}

std::vector<Frame> Interpreter::read_offer(std::string_view offer, const Scene& scene) const {
  std::vector<Frame> frames;
  for (const std::string& part : split(replace_all(without_opening(offer), " or ", "\x1f"), '\x1f')) {
    Heard heard = hear(part, scene);
    if (!heard.frames.empty()) frames.push_back(std::move(heard.frames.front()));
  }
  return frames;
}

std::string Interpreter::explain(const Heard& heard) {
  std::string text;
  for (const Segment& segment : heard.segments) {
    text += "\"" + shorten(printable_line(heard.utterance->words(segment.first, segment.end)), 80) + "\"";
    if (segment.candidates.empty()) text += ": no request";
    for (const Candidate& candidate : segment.candidates) {
      char score[16];
      std::snprintf(score, sizeof score, "%.1f", candidate.score);
      text += "\n  " + std::string(score) + " " + candidate.kind->name + " by \"" + candidate.pattern + "\"";
    }
    for (const Candidate& detail : segment.details) text += "\n  with " + detail.kind->name;
    text += "\n";
  }
  if (heard.nearest) text += "nearest: " + heard.nearest->kind->name + "\n";
  return text;
}

}  // namespace deskhand::embedded
