#include "model/embedded/filters.h"

#include <algorithm>

#include "base/text.h"
#include "reader/durations.h"
#include "reader/lexicon.h"
#include "reader/sources.h"

namespace deskhand::embedded {
namespace {

// What a list is narrowed by, never somebody's name.
bool is_filter_word(std::string_view folded) {
  static const reader::WordSet words("status stage state value source amount price budget estimate date week month year phone email address tag title type");
  return words.has(folded);
}

constexpr int kFarDays = 3650;

class Filters {
 public:
  Filters(Frame& frame, const Candidates& candidates, const Scene& scene, std::size_t first, std::size_t end)
      : frame_(frame), candidates_(candidates), utterance_(candidates.utterance()), scene_(scene), first_(first), end_(end),
        used_(utterance_.size(), false) {}

  void fill() {
    take_values();
    take_states();
    take_days();
    take_source();
    take_order();
    take_person();
    take_words();
    frame_.slots.erase("filters");
    frame_.slots.erase("lead_words");
  }

 private:
  bool takes(std::string_view role) const { return frame_.kind->takes_role(role); }
  void put(std::string_view role, Filled filled) { frame_.slots.insert_or_assign(std::string(role), std::move(filled)); }
  bool says(std::initializer_list<std::string_view> words) const {
    for (std::size_t at = first_; at < end_; ++at)
      if (std::find(words.begin(), words.end(), utterance_.folded(at)) != words.end()) return true;
    return false;
  }

  void take_values() {
    if (!takes("value_min")) return;
    for (std::size_t at = first_; at < end_; ++at) {
      if (!utterance_.is(at, UnitKind::money) && !(utterance_.is(at, UnitKind::number) && at > first_)) continue;
      reader::Amount amount;
      if (utterance_.is(at, UnitKind::money)) {
        amount = utterance_.amounts()[utterance_[at].reading].value;
      } else {
        const auto money = parse_money(utterance_.words(at, at + 1), scene_.currency);
        if (!money || utterance_.folded(at).size() < 3) continue;
        amount.low = amount.high = *money;
      }
      const std::string_view before = at > 0 ? utterance_.folded(at - 1) : std::string_view();
      const std::string_view earlier = at > 1 ? utterance_.folded(at - 2) : std::string_view();
      const bool is_under = amount.comparison == reader::Comparison::under || before == "under" || before == "below" || earlier == "less" ||
                            before == "to" || earlier == "smaller" || earlier == "cheaper";
      used_[at] = true;
      Filled low = said(std::string(utterance_.words(at, at + 1))), high = low;
      low.money = amount.low;
      high.money = amount.high;
      if (amount.is_range()) {
        put("value_min", std::move(low));
        put("value_max", std::move(high));
      } else {
        put(is_under ? "value_max" : "value_min", std::move(low));
      }
    }
  }

  void take_states() {
    if (!takes("lead_state") && !takes("open") && !takes("deal_stage")) return;
    std::vector<std::string> states;
    for (std::size_t at = first_; at < end_; ++at) {
      for (std::size_t stop = std::min(end_, at + 3); stop > at; --stop) {
        const std::string code = candidates_.choice_at("status", at, stop);
        if (code.empty()) continue;
        // "new leads this week" are those that came in, whatever became of them.
        const bool came_in = code == "new" && (has_day() || utterance_.folded(at) != "new");
        if (!came_in && std::find(states.begin(), states.end(), code) == states.end()) states.push_back(code);
        for (; at < stop; ++at) used_[at] = true;
        --at;
        break;
      }
    }
    if (!states.empty()) put(takes("deal_stage") ? "deal_stage" : "lead_state", said(join(states, ","), states.front()));
    if (says({"open", "active", "current", "pending", "outstanding"})) put("open", said("true", "true"));
    else if (says({"closed"}) || says({"all", "every"})) put("open", said("false", "false"));
    for (const std::string& state : states)
      if (state == "won" || state == "lost" || state == "disqualified" || state == "converted") put("open", said("false", "false"));
  }

  bool has_day() const {
    for (std::size_t at = first_; at < end_; ++at)
      if (utterance_.is(at, UnitKind::date)) return true;
    return false;
  }

  void take_days() {
    for (std::size_t at = first_; at < end_; ++at) {
      if (!utterance_.is(at, UnitKind::date)) continue;
      const reader::When& when = utterance_.dates()[utterance_[at].reading].value;
      if (!when.day) continue;
      used_[at] = true;
      take_span(when);
    }
    if (!takes("days")) return;
    const reader::Span span = utterance_.span(first_, end_);
    for (const auto& reading : reader::find_durations(std::string_view(utterance_.text()).substr(span.begin, span.size()))) {
      Filled filled;
      filled.number = reading.value.months * 30 + reading.value.days + reading.value.business_days;
      if (*filled.number > 0) put("days", std::move(filled));
    }
  }

  void take_span(const reader::When& when) {
    Day from = *when.day, to = when.last_day.value_or(*when.day);
    if (when.relation == reader::Relation::since || when.relation == reader::Relation::after) to = scene_.now.day;
    if (when.relation == reader::Relation::before || when.relation == reader::Relation::until) {
      to = when.relation == reader::Relation::before ? from.plus_days(-1) : to;
      from = scene_.now.day.plus_days(-kFarDays);
    }
    if (takes("created_from")) {
      const Filled* state = frame_.slot("lead_state");
      const bool closed = state != nullptr && (state->code == "won" || state->code == "lost" || state->code == "disqualified");
      Filled first, last;
      first.day = from;
      last.day = std::min(to, scene_.now.day);
      // "this month" of a list of what came in ends today; a day to come would find nothing.
      if (from > scene_.now.day) return;
      put(closed ? "closed_from" : "created_from", std::move(first));
      put(closed ? "closed_to" : "created_to", std::move(last));
    }
    if (takes("period")) {
      Filled month;
      month.day = from;
      char text[8];
      std::snprintf(text, sizeof text, "%04d-%02d", std::clamp(from.year(), 1900, 2200), from.month());
      month.words = text;
      put("period", std::move(month));
    }
    if (!takes("follow_ups_when")) return;
    const int ahead = days_between(scene_.now.day, to);
    if (ahead > 0) {
      put("follow_ups_when", said("upcoming", "upcoming"));
      Filled days;
      days.number = ahead;
      put("days", std::move(days));
    } else if (ahead == 0) {
      put("follow_ups_when", said("today", "today"));
    }
  }

  void take_source() {
    if (!takes("source_is")) return;
    const reader::Span span = utterance_.span(first_, end_);
    const auto sources = reader::find_sources(std::string_view(utterance_.text()).substr(span.begin, span.size()));
    for (std::size_t at = first_; at < end_; ++at) {
      const std::string code = candidates_.choice_at("source_word", at, at + 1);
      if (code.empty()) continue;
      used_[at] = true;
      return put("source_is", said(std::string(utterance_.words(at, at + 1)), code));
    }
    if (sources.empty()) return;
    put("source_is", said(sources.front().value.words, std::string(name_of(sources.front().value.source))));
    for (std::size_t at = utterance_.at_byte(span.begin + sources.front().span.begin); at < utterance_.at_byte(span.begin + sources.front().span.end); ++at)
      used_[at] = true;
  }

  void take_order() {
    if (takes("order")) {
      if (says({"biggest", "largest", "highest", "valuable", "top"})) put("order", said("highest_value", "highest_value"));
      else if (says({"oldest"})) put("order", said("oldest", "oldest"));
      else if (says({"newest", "latest"})) put("order", said("newest", "newest"));
    }
    if (!takes("follow_ups_when") || frame_.slot("follow_ups_when") != nullptr) return;
    if (says({"overdue", "late", "behind"})) put("follow_ups_when", said("overdue", "overdue"));
    else if (says({"upcoming", "coming", "next"})) put("follow_ups_when", said("upcoming", "upcoming"));
    else if (says({"all", "open", "pending"})) put("follow_ups_when", said("all", "all"));
    else if (says({"reminders"}) && !says({"due"})) put("follow_ups_when", said("all", "all"));  // "what reminders do I have?"
  }

  void take_person() {
    if (!takes("contact") || frame_.slot("contact") != nullptr) return;
    if (take_owner()) return;
    for (std::size_t at = first_; at + 1 < end_; ++at) {
      const std::string_view opener = utterance_.folded(at);
      if (opener != "from" && opener != "for" && opener != "of" && opener != "by" && opener != "with") continue;
      for (ReferenceEnd& found : read_references(utterance_, at + 1, end_)) {
        if (found.reference.pointing != Pointing::words || found.reference.noun || found.reference.quality < 0.6 || used_[at + 1]) continue;
        if (is_filter_word(utterance_.folded(at + 1))) continue;
        if (reader::is_place(utterance_.folded(at + 1)) || reader::is_brand(utterance_.folded(at + 1))) continue;
        for (std::size_t unit = at; unit < found.end; ++unit) used_[unit] = true;
        Filled filled = said(found.reference.words);
        filled.reference = std::move(found.reference);
        return put("contact", std::move(filled));
      }
    }
  }

  // "Show me Ruiz's leads", "ruiz leads".
  bool take_owner() {
    static const reader::WordSet nouns("leads inquiries enquiries prospects jobs deals opportunities quotes estimates followups callbacks reminders");
    for (std::size_t at = first_ + 1; at < end_; ++at) {
      if (!nouns.has(utterance_.folded(at))) continue;
      for (std::size_t begin = at > first_ + 3 ? at - 3 : first_; begin < at; ++begin) {
        if (std::find(used_.begin() + static_cast<std::ptrdiff_t>(begin), used_.begin() + static_cast<std::ptrdiff_t>(at), true) !=
            used_.begin() + static_cast<std::ptrdiff_t>(at))
          continue;  // "the referral leads": a word that says where they came from names nobody
        if (is_filter_word(utterance_.folded(begin)) || reader::is_place(utterance_.folded(begin)) || reader::is_brand(utterance_.folded(begin))) continue;
        for (ReferenceEnd& found : read_references(utterance_, begin, at)) {
          if (found.end != at || found.reference.pointing != Pointing::words || found.reference.noun || found.reference.quality < 0.6) continue;
          // A name is written as one: "open leads" and "hot leads" are of nobody.
          const std::string_view spelled = utterance_.words(begin, at);
          const bool is_possessive = spelled.ends_with("'s") || spelled.ends_with("\u2019s");
          if (!is_possessive && (begin == first_ || spelled.empty() || spelled.front() < 'A' || spelled.front() > 'Z')) continue;
          for (std::size_t unit = begin; unit < at; ++unit) used_[unit] = true;
          Filled filled = said(found.reference.words);
          filled.reference = std::move(found.reference);
          put("contact", std::move(filled));
          return true;
        }
      }
    }
    return false;
  }

  // What is left over in the places for it: "leads about water heaters".
  void take_words() {
    static const reader::WordSet ignored(
        "over under above below more less than worth since from in with between and last this next week month year day days open closed active all "
        "every current came come leads lead inquiries new got get value least most pending outstanding deals jobs projects opportunities show list "
        "have we do i me us list lists to of for by on at about regarding the a an any ones one that which are is were was there today right now "
        "newest oldest biggest largest latest top highest first valuable stage status state estimate quote sent out still greater bigger smaller "
        "cheaper higher lower up our my please days weeks months how many what who so far only just");
    if (!takes("topic_words")) return;
    std::string words;
    std::size_t behind = end_;
    for (std::size_t at = first_; at < end_; ++at)
      if (utterance_.folded(at) == "about" || utterance_.folded(at) == "regarding" || utterance_.folded(at) == "mentioning") behind = at + 1;
    for (std::size_t at = behind; at < end_; ++at) {
      if (used_[at] || !utterance_.is(at, UnitKind::word) || ignored.has(utterance_.folded(at))) continue;
      if (!words.empty()) words += ' ';
      words += utterance_.words(at, at + 1);
    }
    if (!words.empty()) put("topic_words", said(std::move(words)));
  }

  Frame& frame_;
  const Candidates& candidates_;
  const Utterance& utterance_;
  const Scene& scene_;
  std::size_t first_, end_;
  std::vector<bool> used_;
};

}  // namespace

void fill_filters(Frame& frame, const Candidates& candidates, const Scene& scene, std::size_t first, std::size_t end) {
  for (const std::string_view role : {"value_min", "created_from", "follow_ups_when", "period", "days", "deal_stage"})
    if (frame.kind->takes_role(role)) return Filters(frame, candidates, scene, first, end).fill();
}

}  // namespace deskhand::embedded
