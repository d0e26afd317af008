// What the readers found in a segment: contact points, money, days, and the words that stand for a code.
#include "model/embedded/slots.h"

#include <algorithm>

#include "base/text.h"
#include "model/embedded/roles.h"
#include "reader/dates.h"
#include "reader/lexicon.h"
#include "reader/outcomes.h"
#include "reader/reasons.h"
#include "reader/sources.h"

namespace deskhand::embedded {

void SlotFiller::take_points(std::size_t first, std::size_t end) {
  for (std::size_t at = first; at < end; ++at) {
    if (used_[at]) continue;
    Filled filled;
    filled.words = std::string(utterance_.words(at, at + 1));
    switch (utterance_[at].kind) {
      case UnitKind::phone: {
        if (!frame_->kind->takes_role("phone")) break;
        const reader::Reading<reader::PhoneNumber>& reading = utterance_.phones()[utterance_[at].reading];
        filled.code = reading.value.is_complete ? std::string() : "incomplete";
        if (reading.certainty == reader::Certainty::likely && reading.value.is_complete) filled.words = reading.value.phone.as_typed;
        if (const Filled* known = frame_->slot("phone"); known != nullptr && frame_->slot("more_phones") == nullptr) put("more_phones", filled, at, at + 1);
        else if (known == nullptr) put("phone", std::move(filled), at, at + 1);
        break;
      }
      case UnitKind::email:
        if (!frame_->kind->takes_role("email")) break;
        filled.words = utterance_.emails()[utterance_[at].reading].value.as_typed;
        if (frame_->slot("email") == nullptr) put("email", std::move(filled), at, at + 1);
        break;
      case UnitKind::address:
        if (!frame_->kind->takes_role("address") || frame_->slot("address") != nullptr) break;
        filled.words = utterance_.addresses()[utterance_[at].reading].value.text;
        put("address", std::move(filled), at, at + 1);
        break;
      default: break;
    }
  }
}

void SlotFiller::take_amounts(std::size_t first, std::size_t end) {
  for (const std::string_view role : {"amount", "estimated_value"}) {
    if (!wants(role)) continue;
    for (std::size_t at = first; at < end; ++at) {
      if (used_[at] || !utterance_.is(at, UnitKind::money)) continue;
      Filled filled;
      filled.words = std::string(utterance_.words(at, at + 1));
      filled.money = utterance_.amounts()[utterance_[at].reading].value.low;
      put(role, std::move(filled), at, at + 1);
      break;
    }
  }
  take_guessed_value(first, end);
}

// "Probably 700", "around 900" at the end of what a lead is about: a guess of what it is worth, though no currency is said.
void SlotFiller::take_guessed_value(std::size_t first, std::size_t end) {
  static const reader::WordSet guesses("probably around about roughly approximately maybe approx worth");
  if (!wants("estimated_value") || frame_->kind->rest != "title") return;
  for (std::size_t at = first + 1; at < end; ++at) {
    const bool stands_last = at + 1 >= end || utterance_.is(at + 1, UnitKind::mark);
    const bool opens_clause = at >= first + 2 && utterance_.is(at - 2, UnitKind::mark);
    if (used_[at] || !utterance_.is(at, UnitKind::number) || !guesses.has(utterance_.folded(at - 1)) || !stands_last || !opens_clause) continue;
    const std::string words(utterance_.words(at, at + 1));
    const auto money = parse_money(words, scene_.currency);
    if (!money || words.size() < 3) continue;
    Filled filled = said(words);
    filled.money = *money;
    return put("estimated_value", std::move(filled), at - 1, at + 1);
  }
}

std::pair<std::size_t, std::size_t> SlotFiller::clause_around(std::size_t unit, std::size_t first, std::size_t end) const {
  const auto parts = [&](std::size_t at) {
    return utterance_.folded(at) == "," || utterance_.folded(at) == "and" || utterance_.folded(at) == "but" || utterance_.folded(at) == "then" ||
           utterance_.folded(at) == ":" || utterance_.ends_sentence(at);
  };
  std::size_t begin = unit, stop = unit;
  while (begin > first && !parts(begin - 1)) --begin;
  while (stop < end && !parts(stop)) ++stop;
  return {begin, std::min(stop + 1, end)};
}

bool SlotFiller::is_bound(std::size_t unit) const {
  static const reader::WordSet bounds("before by until till til");
  const std::string said = to_lower(utterance_.words(unit, unit + 1));
  return (unit > 0 && bounds.has(utterance_.folded(unit - 1))) || bounds.has(std::string_view(said).substr(0, said.find(' ')));
}

void SlotFiller::take_dates(std::size_t first, std::size_t end) {
  for (std::size_t at = first; at < end; ++at) {
    if (used_[at] || !utterance_.is(at, UnitKind::date)) continue;
    const reader::When& when = utterance_.dates()[utterance_[at].reading].value;
    if (when.minute && wants("time")) {
      Filled time;
      time.words = std::string(utterance_.words(at, at + 1));
      time.minute = when.minute;
      frame_->slots.insert_or_assign("time", std::move(time));
    }
    if (!when.day) continue;
    // "Before July", "by the 28th" ends a span; nothing happened on that day.
    if (*when.day < scene_.now.day && is_bound(at)) continue;
    const auto [begin, stop] = clause_around(at, first, end);
    if (*when.day < scene_.now.day && wants("follow_up_date") && candidates_.has_cue("follow_up", begin, at)) {
      // "I told him I'd ring him on the 24th": told as past, but the day is to come.
      const auto ahead = reader::find_dates(utterance_.words(at, at + 1), {scene_.now, reader::Direction::future, reader::day_order_of(scene_.region), scene_.calendar});
      if (ahead.size() == 1 && ahead.front().value.day && *ahead.front().value.day > scene_.now.day) {
        take_date(at, ahead.front().value);
        continue;
      }
    }
    const bool is_to_come = *when.day > scene_.now.day || (*when.day == scene_.now.day && !wants("date"));
    if (is_to_come && wants("follow_up_date") && frame_->kind->takes_role("date") && !candidates_.has_cue("follow_up", begin, stop)) continue;
    take_date(at, when);
  }
}

void SlotFiller::take_date(std::size_t unit, const reader::When& when) {
  Filled filled;
  filled.words = std::string(utterance_.words(unit, unit + 1));
  filled.day = when.day;
  filled.minute = when.minute;
  const bool is_past = *when.day < scene_.now.day;
  const bool books = frame_->kind->takes_role("time");
  // The day something happened is no later than today, the day of a promise no earlier.
  if (books && !is_past && wants("date")) return put("date", std::move(filled), unit, unit + 1);
  if (!is_past && wants("follow_up_date") && !(frame_->kind->takes_role("date") && *when.day == scene_.now.day))
    return put("follow_up_date", std::move(filled), unit, unit + 1);
  if (!is_past && wants("due")) return put("due", std::move(filled), unit, unit + 1);
  if (!is_past && wants("expected_close_date")) return put("expected_close_date", std::move(filled), unit, unit + 1);
  if (!books && *when.day <= scene_.now.day && wants("date")) return put("date", std::move(filled), unit, unit + 1);
}

// Sources, outcomes, channels: words that stand for a code.
void SlotFiller::take_coded(std::size_t first, std::size_t end) {
  const reader::Span span = utterance_.span(first, end);
  const std::string_view text = std::string_view(utterance_.text()).substr(span.begin, span.size());
  if (wants("source")) {
    const auto sources = reader::find_sources(text);
    if (!sources.empty()) {
      Filled filled;
      filled.words = sources.front().value.words;
      filled.code = std::string(name_of(sources.front().value.source));
      const std::size_t begin = utterance_.at_byte(span.begin + sources.front().span.begin);
      put("source", std::move(filled), begin, utterance_.at_byte(span.begin + sources.front().span.end));
    }
  }
  if (frame_->kind->takes_role("arrived")) {
    for (std::size_t at = first; at < end && frame_->slot("arrived") == nullptr; ++at) {
      const std::string code = candidates_.choice_at("arrived", at, at + 1);
      if (code.empty()) continue;
      Filled filled;
      filled.code = code;
      frame_->slots.insert_or_assign("arrived", std::move(filled));
    }
  }
  if (wants("urgent") && candidates_.has_cue("urgent", first, end)) frame_->slots.insert_or_assign("urgent", said("true", "true"));
  if (wants("outcome")) {
    if (const auto outcome = reader::read_outcome(text)) {
      Filled filled;
      filled.words = std::string(reader::words_of(text, outcome->span));
      filled.code = std::string(name_of(outcome->value));
      frame_->slots.insert_or_assign("outcome", std::move(filled));
    }
  }
  if (wants("prefers")) {
    for (std::size_t at = first; at < end; ++at) {
      const std::size_t stop = candidates_.cue_end("prefers", at, end);
      if (stop <= at) continue;
      const std::string code = candidates_.choice_at("channel", stop - 1, stop);
      if (!code.empty()) put("prefers", said(std::string(utterance_.words(stop - 1, stop)), code), at, stop);
      break;
    }
  }
  if (wants("channel")) {
    for (std::size_t at = first; at < end; ++at) {
      const std::string code = used_[at] ? std::string() : candidates_.choice_at("channel", at, at + 1);
      if (code.empty()) continue;
      Filled filled;
      filled.words = std::string(utterance_.words(at, at + 1));
      filled.code = code;
      frame_->slots.insert_or_assign("channel", std::move(filled));
      break;
    }
  }
}

void SlotFiller::take_reason(std::size_t first, std::size_t end) {
  if (wants("reason") && frame_->kind->takes_role("reason") && frame_->kind->rest != "reason") {
    const reader::Span span = utterance_.span(first, end);
    const std::string_view text = std::string_view(utterance_.text()).substr(span.begin, span.size());
    Filled filled;
    if (const auto lost = reader::read_lost_reason(text)) {
      filled.words = std::string(reader::words_of(text, lost->span));
      filled.code = std::string(name_of(lost->value));
    }
    if (const auto disqualified = reader::read_disqualify_reason(text)) {
      filled.words = std::string(reader::words_of(text, disqualified->span));
      filled.code += "|" + std::string(name_of(disqualified->value));
    }
    const Filled* note = frame_->slot("note");
    if (filled.code.empty() && note != nullptr && split(squeeze(note->words), ' ').size() >= 2) {
      filled.words = note->words;
      filled.code = "other|other";
    }
    if (!filled.code.empty()) frame_->slots.insert_or_assign("reason", std::move(filled));
  }
  if (!wants("reason_words")) return;
  for (std::size_t at = first; at + 1 < end; ++at) {
    const std::string_view word = utterance_.folded(at);
    if (used_[at] || (word != "because" && word != "since" && word != ":")) continue;
    Filled filled;
    filled.words = std::string(utterance_.words(at + 1, end));
    if (!filled.words.empty()) frame_->slots.insert_or_assign("reason_words", std::move(filled));
    return;
  }
}

}  // namespace deskhand::embedded
