#include "model/embedded/segments.h"

#include <algorithm>

#include "base/text.h"
#include "model/embedded/reference.h"
#include "model/embedded/roles.h"
#include "reader/lexicon.h"

namespace deskhand::embedded {
namespace {

constexpr std::size_t kSegments = 12;         // requests of one message; an honest one has three
constexpr std::size_t kStarts = 80;           // places looked at
constexpr double kBehindConnector = 57;       // behind "and" or "then" a request must be a little clearer
constexpr double kInsideClause = 62;          // behind a comma clearer still: a comma parts details as well
constexpr double kInsideText = 76;            // and still clearer inside a note or a draft
constexpr double kOrderedBehindNote = 65;     // an order about what the note tells

struct Start {
  std::size_t unit = 0, sentence_end = 0;
  std::size_t cut = 0;          // where the connector or the mark before it stands
  bool opens_sentence = false;
  bool has_connector = false;  // "and", "then": said to go on with something else
};

class Segmenter {
 public:
  explicit Segmenter(const Candidates& candidates) : candidates_(candidates), utterance_(candidates.utterance()) {}

  std::vector<Segment> find() {
    find_starts();
    for (const Start& start : starts_) take(start);
    if (segments_.empty()) look_everywhere();
    if (segments_.empty()) return {{0, utterance_.size(), 0, {}, {}}};
    for (std::size_t at = 0; at < segments_.size(); ++at) {
      segments_[at].end = candidates_.trimmed_end(segments_[at].first, at + 1 < segments_.size() ? segments_[at + 1].cut : utterance_.size());
      if (segments_[at].candidates.front().match.end > segments_[at].end) read_again(segments_[at]);
    }
    segments_.front().first = 0;
    return std::move(segments_);
  }

 private:
  void find_starts() {
    for (std::size_t begin = 0; begin < utterance_.size() && starts_.size() < kStarts;) {
      std::size_t end = begin;
      while (end < utterance_.size() && !utterance_.ends_sentence(end)) ++end;
      end = std::min(end + 1, utterance_.size());
      const std::size_t said = candidates_.trimmed_end(begin, end);
      starts_.push_back({begin, said, begin, true, false});
      for (std::size_t at = begin + 1; at < said; ++at) add_inner_start(at, begin, said);
      begin = end;
    }
  }

  void add_inner_start(std::size_t at, std::size_t begin, std::size_t end) {
    if (starts_.size() >= kStarts) return;
    const std::string_view before = utterance_.folded(at - 1);
    const bool behind_mark = before == "," || (before == "-" && !utterance_.tokens().is_glued(utterance_[at - 1].first));
    if (behind_mark) {
      starts_.push_back({at, end, at - 1, false, false});
      return;
    }
    const std::size_t connector = candidates_.cue_end("connector", at, end);
    if (connector <= at || connector >= end || at == begin) return;
    // "and" between two names or values joins them.
    starts_.push_back({connector, end, before == "," ? at - 1 : at, false, true});
  }

  // A request was cut where the next one begins: its slots are read from its own words alone.
  void read_again(Segment& segment) const {
    const RequestKind* kind = segment.candidates.front().kind;
    std::vector<Candidate> found = candidates_.at(segment.first, segment.end);
    const auto same = std::find_if(found.begin(), found.end(), [&](const Candidate& candidate) { return candidate.kind == kind; });
    if (same == found.end()) return;
    std::rotate(found.begin(), same, same + 1);
    found.resize(1);
    segment.candidates = std::move(found);
  }

  // The person or thing a candidate is about, "" when it names none.
  std::string subject_of(const Candidate& candidate) const {
    for (const Capture& capture : candidate.match.captures) {
      const RoleKind kind = kind_of_role(capture.role);
      if (kind != RoleKind::reference && kind != RoleKind::name) continue;
      // A number or an e-mail may be anybody's, also of the one who is added.
      if (utterance_.is(capture.first, UnitKind::phone) || utterance_.is(capture.first, UnitKind::email)) continue;
      const auto reference = read_reference(utterance_, capture.first, capture.end);
      if (reference && (reference->pointing == Pointing::words || reference->pointing == Pointing::ref)) return fold_name(reference->words);
    }
    return {};
  }

  bool takes_in(const Segment& segment, const Candidate& next) const {
    const RequestKind& kind = *segment.candidates.front().kind;
    if (std::find(kind.absorbs.begin(), kind.absorbs.end(), next.kind->name) == kind.absorbs.end()) return false;
    const std::string theirs = subject_of(next), ours = subject_of(segment.candidates.front());
    return theirs.empty() || ours.empty() || theirs == ours || ours.find(theirs) != std::string::npos || theirs.find(ours) != std::string::npos;
  }

  void take(const Start& start) {
    if (segments_.size() >= kSegments || start.unit >= utterance_.size()) return;
    std::vector<Candidate> found = candidates_.at(start.unit, start.sentence_end);
    double needed = start.opens_sentence ? kAccepted : start.has_connector ? kBehindConnector : kInsideClause;
    if (!segments_.empty()) {
      const PatternMatch& current = segments_.back().candidates.front().match;
      const bool inside = start.unit < current.end;
      // A name or a value that the match already holds is not cut; its last text may be.
      if (inside && !current.open_text) return;
      // "He changed his mind, reopen it": an order about what was just told ends a note, though a comma alone does not.
      const std::string_view last_role = inside ? current.captures.back().role : std::string_view();
      const bool is_order = (last_role == "note" || last_role == "body" || last_role == "reason") && !found.empty() && orders_about_it(found.front(), start.sentence_end);
      if (inside && current.captures.back().first >= start.unit && !(is_order && current.captures.back().first == start.unit)) return;
      // A list of tags is no prose: a comma parts it as well.
      const bool is_list = last_role == "add_tags" || last_role == "remove_tags" || last_role == "tags";
      if (inside && !start.has_connector && !start.opens_sentence && !is_list) {
        if (!is_order) return;
        needed = kOrderedBehindNote;
      } else if (inside || (current.open_text && !start.opens_sentence)) needed = kInsideText;
    }
    if (is_second_reminder(start)) {
      std::erase_if(found, [](const Candidate& candidate) { return candidate.kind->name != "remind_too"; });
      needed = kAccepted;
    } else {
      std::erase_if(found, [](const Candidate& candidate) { return candidate.kind->name == "remind_too"; });
    }
    std::erase_if(found, [&](const Candidate& candidate) { return candidate.score < needed || is_value_beside(candidate, start); });
    if (found.empty()) return;
    if (!segments_.empty() && is_small_talk(found.front())) return;
    if (!segments_.empty() && is_small_talk(segments_.back().candidates.front())) {
      // "Thanks! Also add ..." is about what follows.
      segments_.back().candidates = std::move(found);
      return;
    }
    if (!segments_.empty() && takes_in(segments_.back(), found.front()) && !commands_it(found.front(), start.sentence_end)) {
      segments_.back().details.push_back(std::move(found.front()));
      return;
    }
    Segment segment;
    segment.first = start.unit;
    segment.cut = start.cut;
    segment.candidates = std::move(found);
    segments_.push_back(std::move(segment));
  }

  // It points at what was just told, and nothing else stands up to the end. "No response from her" and "call her Friday" are told
  // with the note.
  bool is_about_it_alone(const Candidate& candidate, std::size_t end) const {
    if (candidate.kind->tool == "log_interaction" || candidate.kind->tool == "set_follow_up") return false;
    std::size_t said = end;
    while (said > candidate.match.end && utterance_.is(said - 1, UnitKind::mark)) --said;
    if (said != candidate.match.end) return false;
    return std::any_of(candidate.match.captures.begin(), candidate.match.captures.end(), [&](const Capture& capture) {
      if (kind_of_role(capture.role) != RoleKind::reference) return false;
      const auto reference = read_reference(utterance_, capture.first, capture.end);
      return reference && reference->pointing == Pointing::pronoun;
    });
  }

  // "Mark it won", "disqualify that lead" and nothing else up to the end.
  bool orders_about_it(const Candidate& candidate, std::size_t end) const {
    if (candidate.kind->mood != Mood::orders && candidate.kind->name != "won") return false;
    if (candidate.kind->tool.empty() || candidate.match.open_text) return false;
    return is_about_it_alone(candidate, end);
  }

  bool has_day(std::size_t first, std::size_t end) const {
    for (std::size_t at = first; at < end; ++at)
      if (utterance_.is(at, UnitKind::date)) return true;
    return false;
  }

  // "Remind me at 7 to load the saw and Wednesday at noon to return the sander": another time and another thing to do.
  bool is_second_reminder(const Start& start) const {
    if (segments_.empty() || !start.has_connector || start.opens_sentence) return false;
    const Segment& before = segments_.back();
    if (before.candidates.front().kind->tool != "set_reminder" || !has_day(before.first, start.cut)) return false;
    std::size_t at = start.unit;
    while (at < start.sentence_end && (utterance_.is(at, UnitKind::date) || utterance_.folded(at) == "on" || utterance_.folded(at) == "at" || utterance_.folded(at) == "in")) ++at;
    return utterance_.folded(at) == "to" && has_day(start.unit, start.sentence_end);
  }

  // "Mark it as lost" behind a report of a call is a change to make and no detail of the call.
  bool commands_it(const Candidate& candidate, std::size_t end) const {
    static const reader::WordSet verbs("mark set put close flag chalk count convert turn disqualify reopen");
    if (candidate.kind->tool.empty() || !verbs.has(utterance_.folded(candidate.match.first))) return false;
    return is_about_it_alone(candidate, end);
  }

  // "..., email ana@ruiz.example, cell 512-555-0142" in a list of facts: a label and a value, not whom to write to.
  bool is_value_beside(const Candidate& candidate, const Start& start) const {
    if (segments_.empty() || start.opens_sentence || start.has_connector || candidate.match.captures.empty()) return false;
    const RequestKind& before = *segments_.back().candidates.front().kind;
    const std::size_t at = candidate.match.captures.front().first;
    const bool is_point = utterance_.is(at, UnitKind::phone) || utterance_.is(at, UnitKind::email);
    return is_point && at <= candidate.match.first + 1 && (before.takes_role("phone") || before.takes_role("email"));
  }

  static bool is_small_talk(const Candidate& candidate) {
    return candidate.kind->tool.empty() && candidate.kind->instead.empty() && candidate.kind->needs.empty() && candidate.match.captures.empty() &&
           candidate.kind->mood != Mood::orders;
  }

  // No clause begins with a request: one may stand in the middle of a sentence.
  void look_everywhere() {
    for (const Start& start : starts_) {
      if (!start.opens_sentence) continue;
      std::vector<Candidate> found = candidates_.within(start.unit, start.sentence_end);
      std::erase_if(found, [](const Candidate& candidate) { return candidate.score < kAccepted; });
      if (found.empty()) continue;
      Segment segment;
      segment.first = start.unit;
      segment.candidates = std::move(found);
      segments_.push_back(std::move(segment));
      return;
    }
  }

  const Candidates& candidates_;
  const Utterance& utterance_;
  std::vector<Start> starts_;
  std::vector<Segment> segments_;
};

}  // namespace

std::vector<Segment> find_segments(const Candidates& candidates) { return Segmenter(candidates).find(); }

}  // namespace deskhand::embedded
