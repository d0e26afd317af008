#include "model/embedded/mentions.h"

#include <algorithm>

#include "base/json.h"

namespace deskhand::embedded {
namespace {

constexpr std::size_t kMentions = 200;   // of one conversation; older ones are forgotten
constexpr std::size_t kListed = 50;
constexpr int kTurnsRemembered = 12;     // a pronoun reaches no farther back

std::optional<Noun> noun_of_ref(std::string_view text) {
  const std::optional<Ref> ref = parse_ref(text);
  return ref ? noun_of_prefix(ref->prefix) : std::nullopt;
}

bool is_wanted(Noun noun, const std::vector<Noun>& wanted) { return std::find(wanted.begin(), wanted.end(), noun) != wanted.end(); }

}  // namespace

void Mentions::note(Mention mention) {
  const auto known = std::find_if(mentions_.begin(), mentions_.end(), [&](const Mention& each) { return each.ref == mention.ref; });
  if (known != mentions_.end()) {
    if (mention.label.empty()) mention.label = known->label;
    if (mention.contact.empty()) mention.contact = known->contact;
    mention.has_follow_up = mention.has_follow_up || known->has_follow_up;
    if (mention.turn == known->turn) mention.was_acted_on = mention.was_acted_on || known->was_acted_on;
    mentions_.erase(known);
  }
  mentions_.push_back(std::move(mention));
  if (mentions_.size() > kMentions) mentions_.erase(mentions_.begin());
}

void Mentions::note_focus(const std::vector<FocusRecord>& focus) {
  std::vector<Mention> older;
  for (auto record = focus.rbegin(); record != focus.rend(); ++record) {
    const auto known = std::find_if(mentions_.begin(), mentions_.end(), [&](const Mention& each) { return each.ref == record->ref; });
    if (known == mentions_.end()) older.push_back({record->noun, record->ref, record->label, "", -1, true});
    else if (known->label.empty()) known->label = record->label;
  }
  mentions_.insert(mentions_.begin(), older.begin(), older.end());
}

void Mentions::read(const Json& data, int turn, bool is_listed) {
  if (!data.is_object()) return;
  const std::string ref = text_at(data, "ref");
  const std::string contact = text_at(data, "contact_id"), lead = text_at(data, "lead_id"), deal = text_at(data, "opportunity_id");
  std::string label;
  for (const char* key : {"name", "title", "contact_name", "subject", "text"})
    if (label.empty()) label = text_at(data, key);
  const auto add = [&](const std::string& other, std::string words) {
    if (const auto noun = noun_of_ref(other)) note(Mention{*noun, other, std::move(words), *noun == Noun::contact ? "" : contact, turn, !is_listed});
  };
  // What it belongs to first, so that the record itself is the most recent.
  if (contact != ref) add(contact, text_at(data, "contact_name"));
  if (deal != ref) add(deal, "");
  if (lead != ref) add(lead, "");
  add(ref, label);
  if (!mentions_.empty() && mentions_.back().ref == ref && mentions_.back().noun == Noun::interaction)
    mentions_.back().has_follow_up = text_at(data, "follow_up_status") == "pending" || (data.contains("follow_up_date") && !data["follow_up_date"].is_null() && text_at(data, "follow_up_status").empty());
}

void Mentions::note(const ModelMessage& result, int turn) {
  if (result.data && result.data->is_object()) {
    // Lists inside a result ("leads", "interactions") are lines of it.
    for (const auto& [key, value] : result.data->items()) {
      if (!value.is_array() || key == "interactions") continue;
      std::size_t count = 0;
      for (auto item = value.rbegin(); item != value.rend() && count < kListed; ++item, ++count) read(*item, turn, true);
    }
    // {"lead": {...}, "estimate": {...}}: each is what the call was about; the lead or the deal of them last, as the most recent.
    for (const bool is_deal : {false, true})
      for (const auto& [key, value] : result.data->items())
        if (value.is_object() && (key == "lead" || key == "opportunity") == is_deal) read(value, turn, false);
    read(*result.data, turn, false);
  }
  if (!result.list.empty()) set_list(result.list, turn);
}

void Mentions::set_list(std::vector<Choice> list, int turn) {
  for (auto choice = list.rbegin(); choice != list.rend(); ++choice)
    note(Mention{choice->noun, choice->ref, choice->label, "", turn, false});
  list_ = std::move(list);
  list_turn_ = turn;
}

std::string Mentions::label_of(std::string_view ref) const {
  for (const Mention& mention : mentions_)
    if (mention.ref == ref) return mention.label;
  return {};
}

std::vector<const Mention*> Mentions::newest_first(const std::vector<Noun>& wanted) const {
  std::vector<const Mention*> found;
  for (auto mention = mentions_.rbegin(); mention != mentions_.rend(); ++mention)
    if (is_wanted(mention->noun, wanted)) found.push_back(&*mention);
  return found;
}

std::optional<Mention> Mentions::current(const std::vector<Noun>& wanted, int now) const {
  const std::vector<const Mention*> found = newest_first(wanted);
  std::optional<Mention> one;
  int turn = -2;
  for (const Mention* mention : found) {
    if (!mention->was_acted_on) continue;
    if (!one) {
      if (mention->turn < now - 1) return std::nullopt;
      one = *mention;
      turn = mention->turn;
      continue;
    }
    if (mention->turn == turn && mention->noun == one->noun) return std::nullopt;  // two were spoken of at once
  }
  if (one) return one;
  // A list of one is as good as that one.
  if (!found.empty() && found.front()->turn >= now - 1 && (found.size() == 1 || found[1]->turn < found.front()->turn)) return *found.front();
  return std::nullopt;
}

Meant Mentions::other_than_last(const std::vector<Noun>& wanted) const {
  std::vector<const Mention*> found = newest_first(wanted);
  // "The other one" of a list of two is the one that was not taken up.
  if (list_.size() == 2 && is_wanted(list_.front().noun, wanted)) {
    const auto last = std::find_if(found.begin(), found.end(), [&](const Mention* mention) { return mention->was_acted_on && mention->noun == list_.front().noun; });
    const std::string taken = last == found.end() ? std::string() : (*last)->ref;
    Meant meant;
    for (const Choice& choice : list_)
      if (choice.ref != taken) meant.candidates.push_back({choice.noun, choice.ref, choice.label, "", list_turn_, false});
    if (meant.candidates.size() == 1) return meant;
  }
  Meant meant;
  std::erase_if(found, [](const Mention* mention) { return !mention->was_acted_on; });
  if (found.size() >= 2) meant.candidates = {*found[1]};
  return meant;
}

Meant Mentions::resolve(const Reference& reference, const std::vector<Noun>& wanted, int now) const {
  if (reference.pointing == Pointing::nth) {
    const int place = reference.nth < 0 ? static_cast<int>(list_.size()) : reference.nth;
    if (place < 1 || static_cast<std::size_t>(place) > list_.size()) return {};
    const Choice& choice = list_[static_cast<std::size_t>(place) - 1];
    return {{Mention{choice.noun, choice.ref, choice.label, "", list_turn_, false}}};
  }
  std::vector<Noun> nouns = wanted;
  if (reference.noun && is_wanted(*reference.noun, wanted)) nouns = {*reference.noun};
  else if (reference.noun == Noun::opportunity && is_wanted(Noun::lead, wanted)) nouns = {Noun::lead};
  else if (reference.is_person && is_wanted(Noun::contact, wanted)) nouns = {Noun::contact};
  if (reference.pointing == Pointing::other_one) return other_than_last(nouns);

  const std::vector<const Mention*> found = newest_first(nouns);
  Meant meant;
  // Nouns in the order wanted: the newest one acted on of the first noun that has any.
  for (const Mention* mention : found) {
    if (mention->turn < now - kTurnsRemembered && mention->turn >= 0) break;
    if (!mention->was_acted_on) continue;
    meant.candidates = {*mention};
    // Two people acted on in one turn: which of them is not for us to say.
    for (const Mention* second : found)
      if (second->ref != mention->ref && second->turn == mention->turn && second->was_acted_on && second->noun == mention->noun && mention->turn >= 0)
        meant.candidates.push_back(*second);
    break;
  }
  // A newer list with several lines comes before somebody acted on earlier only when it is all there is.
  if (!meant.candidates.empty()) {
    const Mention& newest = *found.front();
    const bool list_is_newer = newest.turn > meant.candidates.front().turn && !newest.was_acted_on;
    const auto in_list = static_cast<std::size_t>(
        std::count_if(found.begin(), found.end(), [&](const Mention* mention) { return mention->turn == newest.turn && !mention->was_acted_on && mention->noun == newest.noun; }));
    if (list_is_newer && in_list == 1) meant.candidates = {newest};
    return meant;
  }
  for (const Mention* mention : found)
    if (mention->turn == found.front()->turn && meant.candidates.size() < kListed) meant.candidates.push_back(*mention);
  return meant;
}

}  // namespace deskhand::embedded
