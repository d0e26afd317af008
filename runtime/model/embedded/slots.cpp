#include "model/embedded/slots.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "model/embedded/filters.h"
#include "model/embedded/roles.h"
#include "reader/lexicon.h"

namespace deskhand::embedded {
namespace {

constexpr std::size_t kTitleBytes = 90;  // longer words are a description

bool is_label(std::string_view word) {
  static const reader::WordSet words(
      "at on is number phone cell mobile email mail tel telephone address her his their the reach call under lives live e and for reachable "
      "located s about around budget roughly approximately worth");
  return words.has(word);
}

bool ends_label(std::string_view word) { return word == "," || word == ":" || word == "(" || word == "-" || is_label(word); }

// Texts that are kept as they were said, values and all.
bool is_prose(std::string_view role) { return role == "body" || role == "note" || role == "text" || role == "new_text"; }

std::string_view first_text_role(const RequestKind& kind) { return kind.rest; }

}  // namespace

Filled filled_name(std::string_view words) {
  Filled filled;
  filled.words = std::string(words);
  if (const auto read = reader::read_person_name(words)) {
    filled.person = read->value;
    return filled;
  }
  // A name the reader does not dare to part is parted at its last space.
  reader::PersonName name;
  const std::string whole = reader::normalise_name(squeeze(words));
  const std::size_t space = whole.rfind(' ');
  name.first = space == std::string::npos ? whole : whole.substr(0, space);
  if (space != std::string::npos) name.last = whole.substr(space + 1);
  filled.person = std::move(name);
  return filled;
}

void SlotFiller::put(std::string_view role, Filled filled, std::size_t first, std::size_t end) {
  if (role.starts_with("the_")) role.remove_prefix(4);
  for (std::size_t at = first; at < std::min(end, used_.size()); ++at) used_[at] = true;
  frame_->slots.insert_or_assign(std::string(role), std::move(filled));
  changed_.emplace_back(role);
}

bool SlotFiller::is_missing(std::string_view role) const {
  for (const Need& need : frame_->kind->needs) {
    if (std::find(need.roles.begin(), need.roles.end(), role) == need.roles.end()) continue;
    return std::none_of(need.roles.begin(), need.roles.end(), [&](const std::string& each) { return frame_->slot(each) != nullptr; });
  }
  return false;
}

// A lead with a phone number beside it is an inquiry of somebody who may be new.
const RequestKind* SlotFiller::kind_of(const Segment& segment, const Candidate& chosen) const {
  const RequestKind* other = chosen.kind->becomes.empty() ? nullptr : book_.find(chosen.kind->becomes);
  if (other == nullptr) return chosen.kind;
  // "Friday I need to follow up with Dana": the day stands in front.
  const auto& with = chosen.kind->becomes_with;
  if (std::find(with.begin(), with.end(), "follow_up_date") != with.end())
    for (std::size_t at = segment.first; at < chosen.match.first; ++at)
      if (utterance_.is(at, UnitKind::date)) return other;
  for (std::size_t at = segment.first; at < segment.end; ++at)
    for (const std::string& role : chosen.kind->becomes_with)
      if ((role == "phone" && utterance_.is(at, UnitKind::phone)) || (role == "email" && utterance_.is(at, UnitKind::email))) return other;
  return chosen.kind;
}

Frame SlotFiller::fill(const Segment& segment, const Candidate& chosen) {
  Frame frame;
  frame.kind = kind_of(segment, chosen);
  frame.score = chosen.score;
  frame.is_hedged = chosen.is_hedged;
  frame.said = std::string(utterance_.words(segment.first, segment.end));
  frame_ = &frame;
  used_.assign(utterance_.size(), false);
  take_captures(chosen, segment.end);
  if (frame.kind != chosen.kind) rename_contact();
  take_corrected_value(chosen, segment.end);
  take_details(segment);
  take_points(segment.first, segment.end);
  take_amounts(segment.first, segment.end);
  take_dates(segment.first, segment.end);
  take_coded(segment.first, segment.end);
  title_is_read_ = false;
  const bool is_reported = frame.kind != chosen.kind || frame.slot("report") != nullptr;
  if (is_inquiry()) take_inquiry(is_reported, segment.first, segment.end);
  take_name(segment.first, segment.end);
  take_subject(segment.first, segment.end);
  take_rest(chosen, segment.end);
  const RequestKind& kind = *frame.kind;
  if (!kind.whole.empty() && frame.slot(kind.whole) == nullptr) frame.slots.emplace(kind.whole, said(frame.said));
  take_reason(segment.first, segment.end);
  tidy_title();
  fill_filters(frame, candidates_, scene_, segment.first, segment.end);
  return frame;
}

void SlotFiller::take_captures(const Candidate& chosen, std::size_t end) {
  for (const Capture& capture : chosen.match.captures) {
    Capture wanted = capture;
    const bool is_open = chosen.match.open_text && &capture == &chosen.match.captures.back();
    if (is_open) wanted.end = end;
    wanted.end = std::min(wanted.end, end);
    if (wanted.first < wanted.end) take_capture(wanted);
  }
}

void SlotFiller::take_capture(const Capture& capture) {
  Filled filled;
  const RoleKind kind = kind_of_role(capture.role);
  filled.words = std::string(utterance_.words(capture.first, capture.end));
  switch (kind) {
    case RoleKind::reference:
      filled.reference = read_reference(utterance_, capture.first, capture.end);
      if (filled.reference && filled.reference->pointing == Pointing::unsaid) {
        for (std::size_t at = capture.first; at < capture.end; ++at) used_[at] = true;
        return;
      }
      break;
    case RoleKind::name: filled = filled_name(filled.words); break;
    case RoleKind::date:
    case RoleKind::time: {
      const reader::When& when = utterance_.dates()[utterance_[capture.first].reading].value;
      if (!when.day && !when.minute) return;
      filled.day = when.day;
      filled.minute = when.minute;
      if (when.minute && frame_->kind->takes_role("time") && capture.role != "time") {
        Filled time = filled;
        time.day.reset();
        put("time", std::move(time), capture.first, capture.end);
      }
      if (!when.day && capture.role != "time") return;
      break;
    }
    case RoleKind::money:
      if (utterance_.is(capture.first, UnitKind::money)) {
        filled.money = utterance_.amounts()[utterance_[capture.first].reading].value.low;
      } else if (const auto money = parse_money(filled.words, scene_.currency)) {
        filled.money = *money;
      }
      break;
    case RoleKind::number: filled.number = utterance_.tokens().number(utterance_[capture.first].first); break;
    case RoleKind::choice: filled.code = candidates_.choice_at(capture.role, capture.first, capture.end); break;
    case RoleKind::phone:
    case RoleKind::email:
    case RoleKind::address: break;
    case RoleKind::text: {
      // Values inside a text are still there to be taken; the text itself is cut later.
      if (is_prose(capture.role) && !frame_->kind->takes_role("due")) filled.words = std::string(utterance_.sentence(capture.first, capture.end));
      // "Who's tagged summer?" asks; the mark is no part of the tag.
      if (capture.role == "tags" || capture.role == "query")
        while (filled.words.ends_with('?') || filled.words.ends_with('!')) filled.words.pop_back();
      if (capture.role == "last_name" || capture.role == "first_name") filled.words = std::string(trim(filled.words.substr(0, filled.words.find_first_of(",;.("))));
      if (!filled.words.empty()) frame_->slots.insert_or_assign(std::string(capture.role), std::move(filled));
      return;
    }
  }
  put(capture.role, std::move(filled), capture.first, capture.end);
}

// What a request taken in as a detail says: "call back Friday about the price" inside a report of a call.
void SlotFiller::take_details(const Segment& segment) {
  for (const Candidate& detail : segment.details) {
    for (const Capture& capture : detail.match.captures) {
      const bool is_day = capture.role == "follow_up_date" || capture.role == "due";
      if (is_day && frame_->kind->takes_role("follow_up_date") && frame_->slot("follow_up_date") == nullptr &&
          utterance_.is(capture.first, UnitKind::date)) {
        const reader::When& when = utterance_.dates()[utterance_[capture.first].reading].value;
        if (!when.day || *when.day < scene_.now.day) continue;
        Filled filled;
        filled.words = std::string(utterance_.words(capture.first, capture.end));
        filled.day = when.day;
        frame_->slots.insert_or_assign("follow_up_date", std::move(filled));
        Filled topic;
        topic.words = std::string(utterance_.words(candidates_.skip_fillers(detail.begin, segment.end), capture.first));
        for (std::string_view little : {" on", " by", " in", " at", " for"})
          if (topic.words.ends_with(little)) topic.words.resize(topic.words.size() - little.size());
        if (!topic.words.empty()) frame_->slots.insert_or_assign("follow_up_topic", std::move(topic));
      } else if (capture.role == "topic" && frame_->kind->takes_role("follow_up_date")) {
        Filled topic;
        topic.words = std::string(utterance_.words(capture.first, std::min(capture.end, segment.end)));
        if (!topic.words.empty()) frame_->slots.insert_or_assign("follow_up_topic", std::move(topic));
      }
    }
  }
}

// A new person's name that no pattern caught: "512-555-0142, Ana Ruiz, new customer".
void SlotFiller::take_name(std::size_t first, std::size_t end) {
  for (const std::string_view role : {"name", "new_name"}) {
    if (!is_missing(role) || role != frame_->kind->needs.front().roles.front()) continue;
    const reader::Span span = utterance_.span(first, end);
    const std::string_view text = std::string_view(utterance_.text()).substr(span.begin, span.size());
    for (const auto& reading : reader::find_person_names(text)) {
      const std::size_t begin = utterance_.at_byte(span.begin + reading.span.begin);
      if (begin >= end || used_[begin] || utterance_[begin].kind != UnitKind::word) continue;
      Filled filled;
      filled.words = std::string(reader::words_of(text, reading.span));
      filled.person = reading.value;
      put(role, std::move(filled), begin, utterance_.at_byte(span.begin + reading.span.end));
      break;
    }
  }
}

// Whom it is about, said beside the request: "for the Ruiz lead, ...", "... with Ana".
void SlotFiller::take_subject(std::size_t first, std::size_t end) {
  static const reader::WordSet openers("for with on about to from of regarding re");
  for (const Need& need : frame_->kind->needs) {
    if (std::any_of(need.roles.begin(), need.roles.end(), [&](const std::string& role) { return frame_->slot(role) != nullptr; })) continue;
    if (kind_of_role(need.roles.front()) != RoleKind::reference) continue;
    for (std::size_t at = first; at + 1 < end; ++at) {
      if (used_[at] || !openers.has(utterance_.folded(at))) continue;
      for (ReferenceEnd& found : read_references(utterance_, at + 1, end)) {
        if (found.reference.quality < 0.8 || found.reference.pointing == Pointing::nth || found.reference.pointing == Pointing::unsaid) continue;
        Filled filled;
        filled.words = found.reference.words;
        filled.reference = std::move(found.reference);
        put(need.roles.front(), std::move(filled), at, found.end);
        return;
      }
    }
  }
}

// "He was" between two values is no note.
bool SlotFiller::says_something(std::size_t first, std::size_t end) const {
  for (std::size_t at = first; at < end; ++at)
    if (!utterance_.is(at, UnitKind::mark) && !is_little_word(utterance_.folded(at)) && !is_label(utterance_.folded(at))) return true;
  return false;
}

// A text as said, but for the values that were taken out of it and the little words that led to them.
std::string SlotFiller::text_without_values(std::size_t first, std::size_t end) const {
  std::vector<std::pair<std::size_t, std::size_t>> runs;
  for (std::size_t at = first; at < end; ++at) {
    const bool is_value = used_[at] && utterance_[at].kind > UnitKind::mark && utterance_[at].kind != UnitKind::date;
    if (is_value || (used_[at] && utterance_[at].kind <= UnitKind::mark)) {
      if (is_value)
        while (!runs.empty() && runs.back().second > runs.back().first && ends_label(utterance_.folded(runs.back().second - 1))) --runs.back().second;
      continue;
    }
    if (runs.empty() || runs.back().second != at) runs.emplace_back(at, at);
    runs.back().second = at + 1;
  }
  std::string text;
  for (const auto& [begin, stop] : runs) {
    const std::string_view words = utterance_.words(begin, stop);
    if (words.empty() || !says_something(begin, stop)) continue;
    if (!text.empty()) text += ", ";
    text += words;
  }
  return text;
}

// What is to be remembered, but for the day and time before or behind it that went elsewhere, and the little word that led to them:
// "call Ana at 3pm tomorrow" is "call Ana".
std::string SlotFiller::text_without_dates(std::size_t first, std::size_t end) const {
  static const reader::WordSet leads("on at by in for from the");
  const auto is_gone = [&](std::size_t unit) { return used_[unit] && utterance_.is(unit, UnitKind::date); };
  while (first < end && is_gone(first)) ++first;
  for (bool goes_on = true; goes_on && end > first;) {
    std::size_t begin = end;
    while (begin > first && utterance_.is(begin - 1, UnitKind::mark)) --begin;
    goes_on = begin > first && is_gone(begin - 1);
    if (!goes_on) break;
    end = begin - 1;
    while (end > first && leads.has(utterance_.folded(end - 1))) --end;
  }
  return std::string(utterance_.words(first, end));
}

void SlotFiller::take_rest(const Candidate& chosen, std::size_t end) {
  const std::string_view role = first_text_role(*frame_->kind);
  // Texts that a pattern caught lose the values that went elsewhere.
  for (const Capture& capture : chosen.match.captures) {
    if (capture.role == "text" && frame_->kind->takes_role("due")) {
      const bool is_open = chosen.match.open_text && &capture == &chosen.match.captures.back();
      const auto text = frame_->slots.find(capture.role);
      if (std::string words = text_without_dates(capture.first, is_open ? end : std::min(capture.end, end)); text != frame_->slots.end() && !words.empty())
        text->second.words = std::move(words);
    }
    if (kind_of_role(capture.role) != RoleKind::text || capture.role == "text" || capture.role == "new_text" || capture.role == "query") continue;
    const auto slot = frame_->slots.find(capture.role);
    if (slot == frame_->slots.end() || (capture.role == "title" && title_is_read_)) continue;
    const bool is_open = chosen.match.open_text && &capture == &chosen.match.captures.back();
    const bool keeps_all = is_prose(capture.role) || capture.role == "topic" || capture.role == "value" || capture.role == "last_name" || capture.role == "first_name";
    // "went with a cheaper guy", not only what follows "with".
    if (is_open && capture.role == "note" && chosen.match.captures.size() == 2 && chosen.match.captures.front().first == chosen.match.first)
      slot->second.words = std::string(utterance_.words(chosen.match.captures.front().end, end));
    else if (!keeps_all) slot->second.words = text_without_values(capture.first, is_open ? end : std::min(capture.end, end));
    if (slot->second.words.empty()) frame_->slots.erase(slot);
  }
  if (role.empty() || frame_->slot(role) != nullptr || chosen.match.open_text) return;
  std::size_t begin = chosen.match.end;
  while (begin < end && (utterance_.is(begin, UnitKind::mark) || utterance_.folded(begin) == "and" || (used_[begin] && utterance_.is(begin, UnitKind::date)))) ++begin;
  const bool keeps_all = is_prose(role);
  std::string words = keeps_all ? std::string(utterance_.sentence(begin, end)) : text_without_values(begin, end);
  std::size_t content = 0;
  for (const std::string& word : split(words, ' '))
    if (const std::string folded = fold_word(word); folded.size() > 1 && !is_little_word(folded) && !is_label(folded)) ++content;
  // Text beyond what is taken apart still belongs to a note.
  if (keeps_all && end == utterance_.size() && utterance_.text().size() > kUtteranceBytes && utterance_.size() > 0) {
    const std::size_t from = begin < end ? utterance_[begin].span.begin : utterance_[end - 1].span.end;
    words = std::string(trim(std::string_view(utterance_.text()).substr(from)));
  }
  if (content < 1 || words.empty()) return;
  Filled filled;
  filled.words = std::move(words);
  frame_->slots.insert_or_assign(std::string(role), std::move(filled));
}

// A title is short: the first clause; the whole becomes the description.
void SlotFiller::tidy_title() {
  const auto title = frame_->slots.find("title");
  if (title == frame_->slots.end()) return;
  std::string& words = title->second.words;
  for (std::string_view opener : {"about ", "for ", "a ", "an ", "some ", "to get ", "she needs ", "he needs ", "they need ", "she wants ", "he wants ", "they want ", "her ", "his ", "their ", "my "})
    if (starts_with_ignoring_case(words, opener) && words.size() > opener.size() + 2) words.erase(0, opener.size());
  while (!words.empty() && (words.back() == ',' || words.back() == '.' || words.back() == ' ')) words.pop_back();
  const std::size_t clause = words.find_first_of(",;.!\n");
  if (words.size() > kTitleBytes || (clause != std::string::npos && clause >= 8)) {
    Filled whole;
    whole.words = words;
    frame_->slots.insert_or_assign("description", std::move(whole));
    words = std::string(trim(words.substr(0, std::min(clause, words.size()))));
    words = shorten(words, kTitleBytes);
  }
}

// "Ana's number is ...": which field is meant stands in the words before the value.
void SlotFiller::take_corrected_value(const Candidate& chosen, std::size_t end) {
  const auto value = frame_->slots.find("value");
  const bool corrects = frame_->kind->takes_role("phone") && frame_->kind->takes_role("new_name");
  if (!corrects) return;
  if (!frame_->kind->takes_role("contact")) return;
  bool says_phone = false, says_email = false, says_address = false, adds = false;
  for (std::size_t at = chosen.match.first; at < std::min(chosen.match.end, end); ++at) {
    const std::string_view word = utterance_.folded(at);
    says_phone = says_phone || word == "phone" || word == "number" || word == "cell" || word == "mobile" || word == "telephone" || word == "call" || word == "reach";
    says_email = says_email || word == "email" || word == "mail";
    says_address = says_address || word == "address" || word == "moved" || word == "lives";
    adds = adds || word == "add" || word == "another" || word == "second" || word == "also";
  }
  frame_->slots.insert_or_assign("field", said(says_email ? "email" : says_address ? "address" : says_phone ? "phone" : ""));
  if (adds) frame_->slots.insert_or_assign("adds", said("true"));
  if (value == frame_->slots.end()) return;
  const std::string words = value->second.words;
  frame_->slots.erase(value);
  if (says_email || !says_address) return;  // phones and e-mails are taken where they stand
  for (std::size_t at = chosen.match.first; at < end; ++at)
    if (utterance_.is(at, UnitKind::address)) return;
  Filled filled;
  filled.words = words;
  frame_->slots.insert_or_assign("address", std::move(filled));
}

std::vector<std::string> SlotFiller::add(Frame& frame, const std::vector<std::string>& asked, std::size_t first, std::size_t end) {
  frame_ = &frame;
  changed_.clear();
  used_.assign(utterance_.size(), false);
  // What is said anew replaces what was said before.
  Slots before;
  for (const std::string_view role : {"phone", "email", "address", "amount", "estimated_value", "date", "time", "due", "follow_up_date", "source", "reason", "channel"}) {
    const auto slot = frame.slots.find(role);
    if (slot == frame.slots.end()) continue;
    before.insert(*slot);
    frame.slots.erase(slot);
  }
  take_points(first, end);
  take_amounts(first, end);
  take_dates(first, end);
  take_coded(first, end);
  if (candidates_.has_cue("correction", first, end)) take_correction(first, end);
  // Of facts that stand for each other one is enough: a number, not whom "her" means as well.
  const auto is_answered = [&](const std::string& role) {
    const auto& needs = frame.kind->needs;
    const bool is_need = std::any_of(needs.begin(), needs.end(), [&](const Need& need) { return std::find(need.roles.begin(), need.roles.end(), role) != need.roles.end(); });
    return is_need && !is_missing(role);
  };
  for (const std::string& role : asked)
    if (kind_of_role(role) != RoleKind::text && !is_answered(role)) answer_text(role, first, end);
  for (const std::string& role : asked)
    if (kind_of_role(role) == RoleKind::text) answer_text(role, first, end);
  take_name(first, end);
  take_subject(first, end);
  take_reason(first, end);
  tidy_title();
  for (const auto& [role, filled] : before) frame.slots.emplace(role, filled);
  for (const char* role : {"outcome", "source", "reason", "channel", "follow_up_date"})
    if (frame.slot(role) != nullptr && before.find(role) == before.end() && std::find(changed_.begin(), changed_.end(), role) == changed_.end())
      changed_.emplace_back(role);
  return changed_;
}

// "Actually, make it Rob Lee": the name said before was another.
void SlotFiller::take_correction(std::size_t first, std::size_t end) {
  std::size_t begin = first;
  for (std::size_t at = first; at < end; ++at)
    if (const std::size_t stop = candidates_.cue_end("correction", at, end); stop > at) begin = stop;
  // "not Rupert, his partner Alice": what is denied is passed over.
  if (utterance_.folded(begin) == "not") {
    std::size_t behind = begin;
    while (behind < end && utterance_.folded(behind) != "," && utterance_.folded(behind) != "but" && utterance_.folded(behind) != "-") ++behind;
    if (behind + 1 < end) begin = behind + 1;
  }
  for (const char* role : {"name", "contact", "who", "lead"}) {
    const auto slot = frame_->slots.find(role);
    if (slot == frame_->slots.end()) continue;
    const Filled before = slot->second;
    frame_->slots.erase(slot);
    if (answer_text(role, begin, end)) return;
    frame_->slots.insert_or_assign(role, before);
  }
}

// The units answer a question for this role.
bool SlotFiller::answer_text(const std::string& role, std::size_t first, std::size_t end) {
  if (frame_->slot(role) != nullptr) return true;
  const std::size_t begin = candidates_.skip_fillers(first, end);
  Filled filled;
  switch (kind_of_role(role)) {
    case RoleKind::reference: {
      for (std::size_t at = begin; at < end; ++at) {
        if (used_[at]) continue;
        for (ReferenceEnd& found : read_references(utterance_, at, end)) {
          if (found.reference.quality < 0.5 || found.reference.pointing == Pointing::unsaid) continue;
          filled.words = found.reference.words;
          filled.reference = std::move(found.reference);
          put(role, std::move(filled), at, found.end);
          return true;
        }
      }
      return false;
    }
    case RoleKind::name:
      for (std::size_t at = begin; at < end; ++at) {
        if (used_[at]) continue;
        for (const ReferenceEnd& found : read_references(utterance_, at, end)) {
          if (found.reference.pointing != Pointing::words || found.reference.quality < 0.6 || found.reference.noun) continue;
          put(role, filled_name(found.reference.words), at, found.end);
          return true;
        }
      }
      return false;
    case RoleKind::money:
      for (std::size_t at = begin; at < end; ++at) {
        if (!utterance_.is(at, UnitKind::number)) continue;
        const auto money = parse_money(utterance_.words(at, end), scene_.currency);
        const auto alone = money ? money : parse_money(utterance_.words(at, at + 1), scene_.currency);
        if (!alone) continue;
        filled.words = std::string(utterance_.words(at, at + 1));
        filled.money = *alone;
        put(role, std::move(filled), at, at + 1);
        return true;
      }
      return false;
    case RoleKind::choice:
      for (std::size_t at = begin; at < end; ++at)
        for (std::size_t stop = std::min(end, at + 5); stop > at; --stop) {
          filled.code = candidates_.choice_at(role, at, stop);
          if (filled.code.empty()) continue;
          filled.words = std::string(utterance_.words(at, stop));
          put(role, std::move(filled), at, stop);
          return true;
        }
      return false;
    case RoleKind::text: {
      if (role == "reason") return false;
      // What answered another question is no part of this text.
      const bool shares = std::any_of(used_.begin(), used_.end(), [](bool used) { return used; });
      const bool names_somebody = std::any_of(changed_.begin(), changed_.end(), [](const std::string& each) {
        return kind_of_role(each) == RoleKind::reference || kind_of_role(each) == RoleKind::name;
      });
      filled.words = is_prose(role) && !names_somebody ? std::string(utterance_.sentence(first, end))
                     : shares || role != "query"       ? text_without_values(begin, end)
                                                       : std::string(utterance_.words(first, end));
      if (frame_->kind->takes_role("due"))
        for (std::string_view opener : {"to ", "about ", "that ", "of "})
          if (starts_with_ignoring_case(filled.words, opener)) filled.words.erase(0, opener.size());
      if (filled.words.empty()) return false;
      put(role, std::move(filled), first, first);
      return true;
    }
    default: return false;
  }
}

}  // namespace deskhand::embedded
