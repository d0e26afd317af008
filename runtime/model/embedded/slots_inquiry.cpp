// Who asks and for what, in a report of an inquiry however it is worded: "guy called, Ron Pickett 512-555-0126, water heater is
// leaking", "new lead from the website: Grace Liddell, interested in laser hair removal".
#include "model/embedded/slots.h"

#include <algorithm>

#include "base/text.h"
#include "model/embedded/roles.h"
#include "reader/lexicon.h"
#include "reader/sources.h"

namespace deskhand::embedded {
namespace {

constexpr double kNameMin = 0.65;
constexpr double kNameBehindNeed = 0.95;

// People of whom the word says no name, and the words a report of an inquiry is opened with.
bool is_nobody(std::string_view folded) {
  static const reader::WordSet words(
      "guy lady woman man gentleman fella dude person homeowner tenant landlord neighbor neighbour someone somebody couple family caller customer "
      "client patient people owner friend sister brother wife husband mother father mom dad cousin colleague coworker partner boss daughter son "
      "girlfriend boyfriend roommate name lead inquiry enquiry request prospect referral website form web email call voicemail text message ad "
      "facebook instagram google yelp phone new another one random budget");
  return words.has(folded);
}
bool is_report_word(std::string_view folded) {
  static const reader::WordSet words(
      "called calling phoned rang texted emailed wrote messaged walked came stopped dropped reached got received had took contacted filled sent "
      "submitted said says just new named online over via through by from off");
  return words.has(folded);
}
bool leads_to_name(std::string_view folded) {
  static const reader::WordSet words("from named called is by name : , - customer client its it");
  return words.has(folded);
}

}  // namespace

bool SlotFiller::is_inquiry() const {
  const auto& needs = frame_->kind->needs;
  return frame_->kind->rest == "title" && !needs.empty() && needs.front().roles.front() == "name";
}

// What was read as somebody on file is now who asks; an e-mail or a number stands for a person who may be known.
void SlotFiller::rename_contact() {
  for (const char* role : {"contact", "who"}) {
    const auto slot = frame_->slots.find(role);
    if (slot == frame_->slots.end()) continue;
    Filled filled = slot->second;
    if (filled.reference && filled.reference->pointing != Pointing::words) continue;
    frame_->slots.erase(slot);
    const std::size_t unit = filled.reference ? filled.reference->unit : utterance_.size();
    const bool is_value = utterance_.is(unit, UnitKind::email) || utterance_.is(unit, UnitKind::phone);
    if (is_value) {
      frame_->slots.insert_or_assign("contact", std::move(filled));
      for (std::size_t at = 0; at < used_.size(); ++at)
        if (at == unit) used_[at] = false;  // the point is taken as such as well
    } else {
      frame_->slots.insert_or_assign("name", filled_name(filled.words));
    }
  }
  for (const char* role : {"body", "report"}) frame_->slots.erase(role);
}

// The units that say where somebody comes from: "from our Facebook ad", "Dana's sister".
std::vector<bool> SlotFiller::source_units(std::size_t first, std::size_t end) const {
  std::vector<bool> taken(utterance_.size(), false);
  const reader::Span span = utterance_.span(first, end);
  for (const auto& source : reader::find_sources(std::string_view(utterance_.text()).substr(span.begin, span.size()))) {
    const std::size_t begin = utterance_.at_byte(span.begin + source.span.begin), stop = utterance_.at_byte(span.begin + source.span.end);
    for (std::size_t at = begin; at < std::min(stop, taken.size()); ++at) taken[at] = true;
  }
  return taken;
}

// The most likely name of who asks, as units; empty when nobody is named.
std::pair<std::size_t, std::size_t> SlotFiller::name_of_asker(std::size_t first, std::size_t end, const std::vector<bool>& source) const {
  const Filled* known = frame_->slot("name");
  // A word behind "asking about" is no name unless nothing speaks against it.
  std::size_t need = end;
  for (std::size_t at = first; at < need; ++at)
    if (candidates_.cue_end("need", at, end) > at) need = at;
  double best = 0;
  std::pair<std::size_t, std::size_t> found{0, 0};
  for (std::size_t at = first; at < end;) {
    std::size_t next = at + 1;
    for (const ReferenceEnd& candidate : read_references(utterance_, at, end)) {
      const Reference& reference = candidate.reference;
      if (reference.pointing != Pointing::words || reference.noun || !reference.is_person || reference.quality < kNameMin) continue;
      const std::string_view word = utterance_.folded(at);
      const bool is_in_source = std::any_of(source.begin() + static_cast<std::ptrdiff_t>(at), source.begin() + static_cast<std::ptrdiff_t>(candidate.end), [](bool in) { return in; });
      if (at > need && reference.quality < kNameBehindNeed) continue;
      if (is_in_source || is_nobody(word) || reader::is_brand(word) || utterance_.token(candidate.end - 1).possessive) continue;
      if (reader::is_job_word(word) && !utterance_.token(at).is_capitalised()) continue;
      next = std::max(next, candidate.end);
      double worth = reference.quality + (candidate.end - at > 1 ? 0.2 : 0);
      if (at == first || leads_to_name(utterance_.folded(at - 1))) worth += 0.15;
      for (std::size_t near = candidate.end; near < std::min(end, candidate.end + 2); ++near)
        if (utterance_.is(near, UnitKind::phone) || utterance_.is(near, UnitKind::email)) worth += 0.25;
      if (known != nullptr && fold_name(known->words) == fold_name(reference.words)) worth += 0.3;
      if (worth <= best + 0.01) break;
      best = worth;
      found = {at, candidate.end};
      break;
    }
    at = next;
  }
  return found;
}

// What is wanted: the words behind "needs", "asking about"; else the first clause that says neither who nor how to reach them.
std::string SlotFiller::need_said(std::size_t first, std::size_t end, const std::vector<bool>& taken) const {
  for (std::size_t at = first; at < end; ++at) {
    const std::size_t behind = taken[at] ? at : candidates_.cue_end("need", at, end);
    if (behind <= at || behind >= end) continue;
    // "wants somebody out this week" says when, not what.
    static const reader::WordSet nothing_said("somebody someone anyone anybody us me you it that this him her them asap help call");
    if (nothing_said.has(utterance_.folded(behind))) continue;
    const std::string words = text_without_values(behind, end);
    if (!words.empty()) return words;
  }
  std::size_t begin = first;
  const auto ends_clause = [&](std::size_t at) {
    const std::string_view mark = utterance_.folded(at);
    return at >= end || mark == "," || mark == ":" || mark == ";" || mark == "-" || mark == "." || mark == "!";
  };
  for (std::size_t at = first; at <= end; ++at) {
    if (!ends_clause(at)) continue;
    std::size_t from = begin, content = 0;
    for (std::size_t unit = begin; unit < std::min(at, end); ++unit) {
      const std::string_view word = utterance_.folded(unit);
      const bool is_value = !utterance_.is(unit, UnitKind::word) && !utterance_.is(unit, UnitKind::number) && !utterance_.is(unit, UnitKind::mark);
      if (is_value && utterance_.is(unit, UnitKind::address) && content > 0) continue;
      if (taken[unit] || is_value || is_nobody(word) || (content == 0 && (is_report_word(word) || is_little_word(word)))) {
        from = unit + 1;
        content = 0;
      } else if (!is_little_word(word)) {
        ++content;
      }
    }
    if (content >= 1) {
      // The next clauses belong to it as far as they are words.
      std::string words = text_without_values(from, end);
      if (!words.empty()) return words;
    }
    begin = at + 1;
  }
  return {};
}

void SlotFiller::take_inquiry(bool is_reported, std::size_t first, std::size_t end) {
  frame_->slots.erase("report");
  const std::vector<bool> source = source_units(first, end);
  std::vector<bool> taken = source;
  const auto [name, name_end] = name_of_asker(first, end, source);
  if (name < name_end) {
    for (std::size_t at = name; at < name_end; ++at) taken[at] = true;
    Filled filled = filled_name(utterance_.words(name, name_end));
    put("name", std::move(filled), name, name_end);
  } else if (const Filled* known = frame_->slot("name"); known != nullptr && is_nobody(fold_name(known->words))) {
    frame_->slots.erase("name");
  }
  // Somebody without a name is known by the number or the address.
  if (frame_->slot("name") == nullptr && frame_->slot("contact") == nullptr)
    for (const char* role : {"email", "phone"})
      if (const Filled* point = frame_->slot(role); point != nullptr && frame_->slot("contact") == nullptr) {
        Filled contact = said(point->words);
        contact.reference = Reference();
        contact.reference->words = point->words;
        frame_->slots.emplace("contact", std::move(contact));
      }
  if (!is_reported && frame_->slot("title") != nullptr) return;
  const std::string need = need_said(first, end, taken);
  title_is_read_ = !need.empty();
  if (!need.empty()) frame_->slots.insert_or_assign("title", said(need));
  else if (is_reported) frame_->slots.erase("title");
}

}  // namespace deskhand::embedded
