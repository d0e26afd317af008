#include "model/embedded/candidates.h"

#include <algorithm>
#include <cmath>

#include "model/embedded/reference.h"
#include "model/embedded/roles.h"
#include "reader/lexicon.h"
#include "reader/numbers.h"
#include "reader/phrases.h"
#include "reader/reasons.h"

namespace deskhand::embedded {
namespace {

constexpr std::size_t kFillers = 6;          // "ok so could you please just" has five
constexpr std::size_t kFloatingUnits = 60;   // of a sentence without any request at its beginnings
constexpr double kSaidInFull = 75;
constexpr std::size_t kInnerTextUnits = 4;
constexpr double kFillsMore = 2;             // points that one slot more is worth between two lines of one request
constexpr std::size_t kTrailerUnits = 6;     // "when you get a chance" has five
constexpr double kSaidInFullWithNames = 64;
constexpr double kUnlike = 45;
constexpr double kReasonWorth = 0.4;
constexpr double kUnreal = 60;               // "I forgot to call Ana" is no call
constexpr std::size_t kKept = 8;             // candidates of one place

bool is_reference_role(std::string_view role) {
  const RoleKind kind = kind_of_role(role);
  return kind == RoleKind::reference || kind == RoleKind::name;
}

// "the Ruiz lead", "L-3", "that job": {the_lead} takes no bare name.
bool is_said_to_be_a_deal(const Reference& reference) {
  return reference.is_one || reference.noun == Noun::lead || reference.noun == Noun::opportunity || reference.noun == Noun::estimate;
}

}  // namespace

Candidates::Candidates(const PhraseBook& book, const std::vector<Saying>& more, const Utterance& utterance)
    : book_(book), more_(more), utterance_(utterance) {
  for (const Unit& unit : utterance.units()) {
    for (const int known : {unit.word, unit.opener}) {
      if (known < 0) continue;
      const auto word = static_cast<std::size_t>(known);
      if (word >= present_.size()) present_.resize(word + 1);
      present_[word] = true;
    }
  }
  // "Ana's ready": the "is" that hangs on a name is there as well.
  const bool hangs = std::any_of(utterance.units().begin(), utterance.units().end(), [&](const Unit& unit) { return utterance.tokens()[unit.first].possessive; });
  for (const std::string_view word : {"is", "has"}) {
    const int known = hangs ? book.vocabulary().know(word).word : -1;
    if (known < 0) continue;
    if (static_cast<std::size_t>(known) >= present_.size()) present_.resize(static_cast<std::size_t>(known) + 1);
    present_[static_cast<std::size_t>(known)] = true;
  }
  ends_ = [this](std::string_view role, std::size_t first, std::size_t limit) { return slot_ends(role, first, limit); };
}

std::vector<std::size_t> Candidates::choice_ends(std::string_view choices, std::size_t first, std::size_t limit) const {
  std::vector<std::size_t> ends;
  const std::vector<ChoiceValue>* values = book_.choices(choices);
  if (values == nullptr) return ends;
  PatternMatch match;
  for (const ChoiceValue& value : *values)
    for (const Pattern& pattern : value.patterns)
      if (pattern.may_match(present_) && pattern.match(utterance_, first, limit, ends_, match)) ends.push_back(match.end);
  std::sort(ends.begin(), ends.end(), std::greater<>());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  return ends;
}

std::string Candidates::choice_at(std::string_view choices, std::size_t first, std::size_t end) const {
  const std::vector<ChoiceValue>* values = book_.choices(choices);
  if (values == nullptr) return {};
  PatternMatch match;
  for (const ChoiceValue& value : *values)
    for (const Pattern& pattern : value.patterns)
      if (pattern.may_match(present_) && pattern.match(utterance_, first, end, ends_, match) && match.end == end) return value.value;
  return {};
}

const std::vector<ReferenceEnd>& Candidates::references(std::size_t first, std::size_t limit) const {
  const auto [place, fresh] = references_.try_emplace({first, limit});
  if (fresh) place->second = read_references(utterance_, first, limit);
  return place->second;
}

std::vector<std::size_t> Candidates::slot_ends(std::string_view role, std::size_t first, std::size_t limit) const {
  std::vector<std::size_t> ends;
  const auto one_unit = [&](UnitKind kind) {
    if (utterance_.is(first, kind)) ends.push_back(first + 1);
    return ends;
  };
  switch (kind_of_role(role)) {
    case RoleKind::reference:
      for (const ReferenceEnd& candidate : references(first, limit))
        // A draft is no lead and nobody.
        if (role == "message" && candidate.reference.noun && *candidate.reference.noun != Noun::message) continue;
        else if (!role.starts_with("the_") || (is_said_to_be_a_deal(candidate.reference) && candidate.reference.pointing != Pointing::unsaid)) ends.push_back(candidate.end);
      return ends;
    case RoleKind::name:
      for (const ReferenceEnd& candidate : references(first, limit))
        if (candidate.reference.pointing == Pointing::words && !candidate.reference.noun && utterance_.is(first, UnitKind::word))
          ends.push_back(candidate.end);
      return ends;
    case RoleKind::date:
    case RoleKind::time: return one_unit(UnitKind::date);
    case RoleKind::money:
      if (utterance_.is(first, UnitKind::number) && utterance_.folded(first).size() >= 2) return {first + 1};
      return one_unit(UnitKind::money);
    case RoleKind::phone: return one_unit(UnitKind::phone);
    case RoleKind::email: return one_unit(UnitKind::email);
    case RoleKind::address: return one_unit(UnitKind::address);
    case RoleKind::number: {
      const auto number = reader::read_whole_number(utterance_.tokens(), utterance_[first].first);
      if (number) ends.push_back(utterance_.at_byte(utterance_.tokens().span(number->end - 1, number->end).end));
      return ends;
    }
    case RoleKind::choice: return choice_ends(role, first, limit);
    case RoleKind::text: break;
  }
  return ends;
}

std::size_t Candidates::cue_end(std::string_view cue, std::size_t first, std::size_t limit) const {
  std::size_t end = first;
  PatternMatch match;
  for (const Pattern& pattern : book_.cues(cue))
    if (pattern.may_match(present_) && pattern.match(utterance_, first, limit, ends_, match)) end = std::max(end, match.end);
  return end;
}

bool Candidates::has_cue(std::string_view cue, std::size_t first, std::size_t limit) const {
  for (std::size_t at = first; at < limit; ++at)
    if (cue_end(cue, at, limit) > at) return true;
  return false;
}

std::size_t Candidates::trimmed_end(std::size_t first, std::size_t limit) const {
  std::size_t end = limit;
  while (end > first + 1) {
    std::size_t cut = end, behind = end;
    while (behind > first + 1 && utterance_.is(behind - 1, UnitKind::mark)) --behind;
    for (std::size_t at = behind > first + kTrailerUnits ? behind - kTrailerUnits : first + 1; at < behind && cut == end; ++at)
      if (cue_end("trailer", at, behind) == behind) cut = at;
    if (cut == end) return end;
    end = cut;
  }
  return end;
}

std::size_t Candidates::skip_fillers(std::size_t first, std::size_t limit) const {
  std::size_t at = first;
  for (std::size_t skipped = 0; skipped < kFillers && at < limit; ++skipped) {
    while (at < limit && utterance_.is(at, UnitKind::mark)) ++at;
    const std::size_t end = cue_end("filler", at, limit);
    if (end == at || end >= limit) break;
    at = end;
  }
  while (at < limit && utterance_.is(at, UnitKind::mark) && at + 1 < limit) ++at;
  // "tomorrow remind me ...", "on Friday call Ana": the day belongs to what follows.
  std::size_t behind_date = at;
  if (utterance_.folded(behind_date) == "on" || utterance_.folded(behind_date) == "by") ++behind_date;
  if (utterance_.is(behind_date, UnitKind::date) && behind_date + 2 < limit) {
    ++behind_date;
    if (utterance_.folded(behind_date) == ",") ++behind_date;
    const std::size_t filler = cue_end("filler", behind_date, limit);
    return filler < limit ? filler : behind_date;
  }
  return at;
}

double Candidates::mood_penalty(const RequestKind& kind, const PatternMatch& match, std::size_t begin, std::size_t limit) const {
  // "Did a walkthrough with Ana" tells.
  const auto asks_at = [&](std::size_t at) { return at < limit && cue_end("question", at, limit) > at && cue_end("telling", at, limit) == at; };
  const bool opens_question = asks_at(begin) || asks_at(match.first) || (match.first > begin && asks_at(match.first - 1));
  const bool has_mark = limit > 0 && utterance_.folded(limit - 1) == "?";
  if (kind.mood == Mood::asks) return 0;
  if (opens_question) return 45;
  if (!has_mark) return 0;
  return kind.mood == Mood::tells ? 40 : 8;
}

// Whether such a cue stands before the match, in one of its names, or at the end of the sentence behind it; what stands in a
// note or a draft is not the person's own.
bool Candidates::has_cue_outside_text(std::string_view cue, const RequestKind& kind, const PatternMatch& match, std::size_t begin, std::size_t limit) const {
  const auto begins_cue = [&](std::size_t at) { return cue_end(cue, at, limit) > at; };
  for (std::size_t at = begin; at < match.first; ++at)
    if (begins_cue(at)) return true;
  for (const Capture& capture : match.captures) {
    if (kind_of_role(capture.role) == RoleKind::text) continue;
    for (std::size_t at = capture.first; at < capture.end; ++at)
      if (begins_cue(at)) return true;
  }
  if (match.open_text || kind.rest == "body" || kind.rest == "text") return false;
  for (std::size_t at = match.end; at < limit; ++at) {
    const std::size_t end = cue_end(cue, at, limit);
    if (end > at && (end >= limit || utterance_.is(end, UnitKind::mark))) return true;
  }
  return false;
}

double Candidates::slot_penalty(const PatternMatch& match) const {
  double penalty = 0;
  for (const Capture& capture : match.captures) {
    // A text in the middle of a phrase is short, or the phrase was stretched over something else.
    const bool is_inner_text = kind_of_role(capture.role) == RoleKind::text && !(match.open_text && &capture == &match.captures.back());
    // "open a lead" has no title "a".
    if (is_inner_text && capture.end == capture.first + 1 && is_little_word(utterance_.folded(capture.first))) penalty += 30;
    if (is_inner_text && capture.end - capture.first > kInnerTextUnits) penalty += 6.0 * static_cast<double>(capture.end - capture.first - kInnerTextUnits);
    if (!is_reference_role(capture.role)) continue;
    const auto reference = read_reference(utterance_, capture.first, capture.end);
    if (!reference) continue;
    if (reference->quality < 0.5) penalty += 18;
    else if (reference->quality < 0.7) penalty += 6;
    if (reference->pointing == Pointing::nth && capture.role != "follow_up") penalty += 4;
    if (capture.role == "contact" && is_said_to_be_a_deal(*reference)) penalty += 24;
  }
  return penalty;
}

double Candidates::unexplained(const RequestKind& kind, const PatternMatch& match, std::size_t limit) const {
  const bool takes_text = match.open_text || !kind.rest.empty();
  double words = 0;
  for (std::size_t at = match.end; at < limit; ++at) {
    if (utterance_.is(at, UnitKind::mark) && utterance_.folded(at) == ",") break;  // a detail, or another clause
    if (cue_end("connector", at, limit) > at) break;
    if (!utterance_.is(at, UnitKind::word) || is_little_word(utterance_.folded(at))) continue;
    words += 1;
  }
  return std::min(words, 5.0) * (takes_text ? 1.5 : 7);
}

// "Ana texted, she's fine with Tuesday" asks for no work: what the text of a request about somebody new begins with tells it from
// news of somebody known, unless a number or an e-mail stands beside it.
bool Candidates::is_unlike(const RequestKind& kind, const PatternMatch& match, std::size_t limit) const {
  for (std::size_t at = match.first; at < limit; ++at)
    if (utterance_.is(at, UnitKind::phone) || utterance_.is(at, UnitKind::email)) return false;
  std::size_t at = match.end;
  for (const Capture& capture : match.captures)
    if (kind_of_role(capture.role) == RoleKind::text && capture.role != "company") at = capture.first;
  while (at < limit && (utterance_.is(at, UnitKind::mark) || utterance_.is(at, UnitKind::date) || utterance_.folded(at) == "and")) ++at;
  return at < limit && cue_end(kind.unlike, at, limit) > at;
}

// Whether a clause anywhere in the message ends with that cue: "told her it's 85 bucks, jot that down".
bool Candidates::ends_clause(const std::string& cue) const {
  const auto [place, fresh] = ends_clause_.try_emplace(cue);
  if (!fresh) return place->second;
  for (std::size_t at = 0; at < utterance_.size() && !place->second; ++at) {
    const std::size_t end = cue_end(cue, at, utterance_.size());
    place->second = end > at && (end >= utterance_.size() || utterance_.is(end, UnitKind::mark) || cue_end("trailer", end, utterance_.size()) > end);
  }
  return place->second;
}

// "Mendes is out, too expensive": a reason tells that something ended.
bool Candidates::says_reason() const {
  if (!says_reason_) says_reason_ = reader::read_lost_reason(utterance_.text()).has_value() || reader::read_disqualify_reason(utterance_.text()).has_value();
  return *says_reason_;
}

bool Candidates::names_somebody(const Capture& capture) const {
  const auto& read = references(capture.first, capture.end);
  return std::any_of(read.begin(), read.end(), [&](const ReferenceEnd& each) { return each.end == capture.end && each.reference.pointing == Pointing::words && !each.reference.noun; });
}

// Nothing is left over, and little words enough lead to what was named: "we got Mendes", "who is Kim".
bool Candidates::is_said_in_full(const PatternMatch& match, std::size_t begin, std::size_t limit) const {
  std::size_t end = limit;
  while (end > match.end && utterance_.is(end - 1, UnitKind::mark)) --end;
  const bool has_name = std::any_of(match.captures.begin(), match.captures.end(), [&](const Capture& capture) { return is_reference_role(capture.role) || (capture.role == "query" && names_somebody(capture)); });
  const bool is_open = match.open_text && match.captures.back().role != "query";
  return end == match.end && match.first <= begin + 1 && match.words >= 2 && match.guessed == 0 && has_name && !is_open;
}

double Candidates::score(const Saying& saying, const PatternMatch& match, std::size_t begin, std::size_t limit) const {
  const RequestKind& kind = book_.kinds()[saying.kind];
  double meaning = match.meaning - 0.35 * match.guessed;
  for (const Capture& capture : match.captures) {
    switch (kind_of_role(capture.role)) {
      case RoleKind::text: meaning += 0.15; break;
      case RoleKind::reference:
      case RoleKind::name: meaning += 0.5; break;
      default: meaning += 0.7; break;
    }
  }
  if (kind.takes_role("reason") && says_reason()) meaning += kReasonWorth;
  double score = 100 * (1 - std::pow(0.45, meaning)) * saying.strength * kind.strength;
  if (is_said_in_full(match, begin, limit)) score = std::max(score, kSaidInFullWithNames * saying.strength * kind.strength);
  double before = 0;
  for (std::size_t at = begin; at < match.first; ++at)
    if (utterance_.is(at, UnitKind::word) && !is_little_word(utterance_.folded(at))) before += 1;
  score -= std::min(before, 5.0) * 9;
  if (!kind.unlike.empty() && is_unlike(kind, match, limit)) score -= kUnlike;
  if (!kind.unless.empty() && ends_clause(kind.unless)) score -= kUnlike;
  score -= unexplained(kind, match, limit) + mood_penalty(kind, match, begin, limit) + slot_penalty(match);
  // Words that are said in full leave no room for another meaning.
  std::size_t end = limit;
  while (end > match.end && utterance_.is(end - 1, UnitKind::mark)) --end;
  if (end == match.end && before == 0) {
    if (match.captures.empty() && match.guessed == 0) score = std::max(score, kSaidInFull);
    else if (!match.open_text) score += 4;
  }
  if (kind.mood != Mood::asks && !kind.tool.empty() && has_cue_outside_text("unreal", kind, match, begin, limit)) score -= kUnreal;
  if (!match.is_denial && reader::is_denied(utterance_.tokens(), utterance_[match.first].first)) score -= 50;
  return std::max(score, 0.0);
}

bool Candidates::is_hedged(const Candidate& candidate, std::size_t begin, std::size_t limit) const {
  const RequestKind& kind = *candidate.kind;
  return kind.mood != Mood::asks && !kind.tool.empty() && has_cue_outside_text("hedge", kind, candidate.match, begin, limit);
}

void Candidates::try_saying(const Saying& saying, std::size_t begin, std::size_t first, std::size_t limit,
                            std::vector<Candidate>& found) const {
  PatternMatch match;
  if (!saying.pattern.may_match(present_) || !saying.pattern.match(utterance_, first, limit, ends_, match)) return;
  const RequestKind& kind = book_.kinds()[saying.kind];
  const double points = score(saying, match, begin, limit);
  if (points <= 0) return;
  const auto known = std::find_if(found.begin(), found.end(), [&](const Candidate& each) { return each.kind == &kind; });
  // Of two lines of one request the one that says more is the better reading, then the one that takes more in.
  const bool fills_more = known != found.end() && match.captures.size() > known->match.captures.size() && points > known->score - kFillsMore;
  const bool fills_less = known != found.end() && match.captures.size() < known->match.captures.size() && points < known->score + kFillsMore;
  const bool is_better = known != found.end() && !fills_less && (fills_more || points > known->score + 0.01 || (points > known->score - 0.01 && match.end > known->match.end));
  if (known == found.end()) found.push_back({&kind, saying.pattern.line(), std::move(match), begin, points});
  else if (is_better) *known = {&kind, saying.pattern.line(), std::move(match), begin, points};
}

void Candidates::collect(std::size_t begin, std::size_t first, std::size_t limit, std::vector<Candidate>& found) const {
  if (first >= limit) return;
  for (const Saying& saying : book_.sayings()) try_saying(saying, begin, first, limit, found);
  for (const Saying& saying : more_) try_saying(saying, begin, first, limit, found);
}

std::vector<Candidate> Candidates::at(std::size_t first, std::size_t limit) const {
  std::vector<Candidate> found;
  collect(first, first, limit, found);
  // Fillers may be words of a request as well ("no need to follow up"), so both beginnings are tried.
  const std::size_t skipped = skip_fillers(first, limit);
  if (skipped != first) collect(skipped, skipped, limit, found);
  for (Candidate& candidate : found) {
    candidate.begin = first;
    candidate.is_hedged = is_hedged(candidate, first, limit);
  }
  std::stable_sort(found.begin(), found.end(), [](const Candidate& left, const Candidate& right) { return left.score > right.score; });
  if (found.size() > kKept) found.resize(kKept);
  return found;
}

std::vector<Candidate> Candidates::within(std::size_t first, std::size_t limit) const {
  std::vector<Candidate> found;
  for (std::size_t at = first; at < std::min(limit, first + kFloatingUnits); ++at)
    if (!utterance_.is(at, UnitKind::mark)) collect(first, at, limit, found);
  for (Candidate& candidate : found) candidate.is_hedged = is_hedged(candidate, first, limit);
  std::stable_sort(found.begin(), found.end(), [](const Candidate& left, const Candidate& right) { return left.score > right.score; });
  if (found.size() > kKept) found.resize(kKept);
  return found;
}

}  // namespace deskhand::embedded
