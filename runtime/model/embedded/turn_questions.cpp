// Turn: whether a frame can be called, whom its words mean, and the question when something is missing. See turn.h.
#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "model/embedded/roles.h"
#include "model/embedded/turn.h"
#include "reader/lexicon.h"

namespace deskhand::embedded {
namespace {

constexpr std::size_t kChoices = 10;
constexpr int kNamedTurns = 4;  // how far back words without a record are meant by "it"

// Whether a pronoun can mean what those words name.
bool fits_named(const Reference& pronoun, const Reference& named) {
  if (pronoun.noun) return named.noun == pronoun.noun || (!named.noun && pronoun.noun != Noun::contact);
  if (pronoun.is_person) return !named.noun || named.noun == Noun::contact;
  return true;
}

bool is_person_role(std::string_view role) {
  return role == "who" || role == "contact" || role == "lead" || role == "name" || role == "deal" || role == "opportunity" || role == "other";
}

// The record of a wanted noun that a result names, in itself or in one of the records it holds.
std::string ref_in(const Json& data, const std::vector<Noun>& wanted) {
  for (const auto& [key, value] : data.items())
    if (value.is_object())
      if (std::string ref = ref_in(value, wanted); !ref.empty()) return ref;
  for (const Noun noun : wanted) {
    const std::string own = text_at(data, "ref");
    const auto ref = parse_ref(own);
    if (ref && noun_of_prefix(ref->prefix) == noun) return own;
    const std::string other = text_at(data, noun == Noun::contact ? "contact_id" : noun == Noun::lead ? "lead_id" : noun == Noun::opportunity ? "opportunity_id" : "ref");
    if (noun != Noun::interaction && other != own && !other.empty()) return other;
  }
  return {};
}

// What a request of the same message leaves for a role: behind a call that was logged, the promise of the same person and not the call.
std::vector<Noun> nouns_behind(std::string_view role, std::vector<Noun> wanted) {
  return role == "follow_up" ? std::vector<Noun>{Noun::contact} : std::move(wanted);
}

bool all_words_in(std::string_view words, std::string_view label) {
  const std::string folded = " " + fold_name(label) + " ";
  bool any = false;
  for (const std::string& word : split(fold_name(words), ' ')) {
    if (word.empty() || word == "the" || word == "lead" || word == "job" || word == "deal") continue;
    if (folded.find(" " + word + " ") == std::string::npos) return false;
    any = true;
  }
  return any;
}

}  // namespace

std::string_view request_showing(Noun noun) {
  switch (noun) {
    case Noun::contact: return "show_customer";
    case Noun::lead: return "show_lead";
    case Noun::opportunity: return "show_deal";
    case Noun::company: return "show_company";
    default: return {};
  }
}

std::string Turn::numbered(const std::vector<Choice>& choices) {
  std::string text;
  for (std::size_t at = 0; at < std::min(choices.size(), kChoices); ++at)
    text += "\n" + std::to_string(at + 1) + ". " + choices[at].label + (choices[at].label.find(choices[at].ref) == std::string::npos ? " (" + choices[at].ref + ")" : "");
  return text;
}

std::vector<Frame> Turn::frames_from(std::size_t index) const {
  std::vector<Frame> frames;
  for (std::size_t at = index; at < works_.size(); ++at) {
    if (at != index && works_[at].stage != Stage::waiting) continue;
    frames.push_back(works_[at].frame);
    // Places change when the frames before are gone: what pointed at the first of these still does.
    for (auto& [role, filled] : frames.back().slots)
      if (filled.from_frame >= 0) filled.from_frame = filled.from_frame == static_cast<int>(index) ? 0 : -1;
  }
  return frames;
}

Turn::Ready Turn::answer_in_words(Work& work, std::size_t index) {
  const RequestKind& kind = *work.frame.kind;
  std::string who = subject_text(work.frame);
  if (who.empty()) who = "them";
  std::string hello = request().person_name.empty() ? std::string() : ", " + split(request().person_name, ' ').front();
  lines_.push_back(book().reply(kind.reply, {{"who", who}, {", person", hello}, {"business", request().business_name.empty() ? "your business" : request().business_name}}));
  work.stage = Stage::done;
  note_named(work.frame);
  const RequestKind* instead = kind.instead.empty() ? nullptr : book().find(kind.instead);
  if (instead != nullptr && find_tool(request(), instead->tool) != nullptr && !question_.is_open()) {
    Frame frame;
    frame.kind = instead;
    for (const auto& [role, filled] : work.frame.slots)
      if (kind_of_role(role) == RoleKind::reference && !instead->needs.empty()) frame.slots.emplace(instead->needs.front().roles.front(), filled);
    question_.about = Question::About::offer;
    question_.options = {std::move(frame)};
    question_.frames = frames_from(index + 1 < works_.size() ? index + 1 : index);
    question_.frames.clear();
  }
  return Ready::no;
}

Turn::Ready Turn::prepare(std::size_t index) {
  Work& work = works_[index];
  if (work.frame.kind->tool.empty()) return answer_in_words(work, index);
  if (find_tool(request(), work.frame.kind->tool) == nullptr) {
    lines_.push_back(book().reply("not_a_tool", {{"label", work.frame.kind->label}}));
    return Ready::no;
  }
  for (const auto step : {&Turn::settle_references, &Turn::imply_subjects, &Turn::check_values, &Turn::ask_missing}) {
    const Ready ready = (this->*step)(index);
    if (ready != Ready::yes) return ready;
  }
  return Ready::yes;
}

Turn::Ready Turn::settle_references(std::size_t index) {
  std::vector<std::string> roles;
  for (const auto& [role, filled] : works_[index].frame.slots)
    if (kind_of_role(role) == RoleKind::reference && filled.ref.empty()) roles.push_back(role);
  for (const std::string& role : roles) {
    Filled& filled = works_[index].frame.slots.at(role);
    const Ready ready = settle_reference(index, role, filled);
    if (ready != Ready::yes) return ready;
  }
  return Ready::yes;
}

// The nearest frame before this one in the message that is about somebody.
int Turn::antecedent(std::size_t index, bool needs_person, std::optional<Noun> noun) const {
  const bool is_deal = noun == Noun::lead || noun == Noun::opportunity;
  for (std::size_t back = index; back-- > 0;) {
    const Frame& frame = works_[back].frame;
    // "She just rang, reopen that lead": what asks for more words has no lead to point at.
    if (is_deal && works_[back].stage == Stage::stopped && works_[back].result == nullptr) continue;
    for (const auto& [role, filled] : frame.slots)
      if (is_person_role(role) && (!needs_person || role != "opportunity")) return static_cast<int>(back);
  }
  return -1;
}

Turn::Ready Turn::take_from_frame(const std::string& role, Filled& filled, const std::vector<Noun>& wanted) {
  const Work& source = works_[static_cast<std::size_t>(filled.from_frame)];
  if (source.stage == Stage::waiting || source.stage == Stage::called) return Ready::blocked;
  if (source.result != nullptr && source.result->ok && source.result->data && source.result->data->is_object()) {
    filled.ref = ref_in(*source.result->data, wanted);
    if (!filled.ref.empty()) return Ready::yes;
  }
  // Nothing was made: the same words may still name somebody.
  for (const auto& [other, said_there] : source.frame.slots) {
    if (!is_person_role(other)) continue;
    const int stays = filled.from_frame;
    filled = said_there;
    filled.from_frame = -1;
    if (other == "name") {
      filled.reference = Reference();
      filled.reference->words = said_there.words;
    }
    static_cast<void>(stays);
    static_cast<void>(role);
    return source.stage == Stage::stopped && question_.is_open() ? Ready::blocked : Ready::yes;
  }
  return Ready::blocked;
}

// A name that was just spoken of means that record: "Ana" behind "show Ana Ruiz".
bool Turn::settle_by_talk(Filled& filled, const std::vector<Noun>& wanted) const {
  const Mention* found = nullptr;
  for (const Mention& mention : state_.mentions.all()) {
    if (mention.turn < state_.turn - 1 || !mention.was_acted_on || mention.noun != Noun::contact) continue;
    if (std::find(wanted.begin(), wanted.end(), Noun::contact) == wanted.end() || !all_words_in(filled.words, mention.label)) continue;
    if (found != nullptr) return false;
    found = &mention;
  }
  if (found == nullptr) return false;
  filled.ref = found->ref;
  return true;
}

// "Show the first one": only now it is known whether that is a person or a lead.
void Turn::show_what_it_is(Frame& frame, const std::string& role, Noun noun) const {
  if (frame.kind->mood != Mood::asks || !frame.kind->name.starts_with("show_")) return;
  const RequestKind* other = book().find(request_showing(noun));
  if (other == nullptr || other == frame.kind || find_tool(request(), other->tool) == nullptr || other->needs.empty()) return;
  auto slot = frame.slots.extract(role);
  slot.key() = other->needs.front().roles.front();
  frame.slots.insert(std::move(slot));
  frame.kind = other;
}

// "That follow-up" is one that was set, not whatever was logged last.
bool Turn::settle_follow_up(const Reference& reference, Filled& filled) const {
  if (reference.pointing != Pointing::pronoun || reference.is_person) return false;
  const auto& mentions = state_.mentions.all();
  for (auto mention = mentions.rbegin(); mention != mentions.rend(); ++mention) {
    if (!mention->has_follow_up || mention->turn < state_.turn - kNamedTurns) continue;
    filled.ref = mention->ref;
    return true;
  }
  return false;
}

Turn::Ready Turn::settle_reference(std::size_t index, const std::string& role, Filled& filled) {
  const ToolView tool(*find_tool(request(), works_[index].frame.kind->tool));
  const std::vector<Noun> wanted = tool.nouns_for(role);
  if (filled.from_frame >= 0) return take_from_frame(role, filled, nouns_behind(role, wanted));
  if (!filled.reference) return Ready::yes;
  const Reference& reference = *filled.reference;
  switch (reference.pointing) {
    case Pointing::ref: filled.ref = reference.words; return Ready::yes;
    case Pointing::words:
      if (!reference.noun || reference.noun == Noun::contact) settle_by_talk(filled, wanted);
      return Ready::yes;
    case Pointing::pronoun:
      if (filled.code == kUnclear) break;
      if (role == "follow_up" && settle_follow_up(reference, filled)) return Ready::yes;
      if (const int before = antecedent(index, reference.is_person, reference.noun); before >= 0) {
        filled.from_frame = before;
        return take_from_frame(role, filled, nouns_behind(role, wanted));
      }
      break;
    case Pointing::nth:
    case Pointing::other_one:
    case Pointing::unsaid: break;
  }
  if (role == "change" && !state_.last_undo.empty()) {  // "undo that": what was changed last, not the record it was changed on
    filled.ref = state_.last_undo;
    return Ready::yes;
  }
  if (role == "follow_up" && settle_follow_up(reference, filled)) return Ready::yes;
  Meant meant = state_.mentions.resolve(reference, wanted, state_.turn);
  const bool was_unclear = filled.code == kUnclear;
  if (was_unclear) meant.candidates.clear();
  // What failed or was left just now has only words.
  const bool is_newer = meant.candidates.empty() || meant.candidates.front().turn < state_.named.turn;
  if (!was_unclear && reference.pointing == Pointing::pronoun && is_newer && state_.named.turn >= state_.turn - kNamedTurns && fits_named(reference, *state_.named.words.reference)) {
    filled = state_.named.words;
    return Ready::yes;
  }
  if (meant.is_one()) {
    filled.ref = meant.candidates.front().ref;
    if (!meant.candidates.front().label.empty()) filled.words = meant.candidates.front().label;
    show_what_it_is(works_[index].frame, role, meant.candidates.front().noun);
    return Ready::yes;
  }
  if (!meant.candidates.empty()) {
    std::vector<Choice> choices;
    for (const Mention& mention : meant.candidates)
      if (choices.size() < kChoices) choices.push_back({mention.noun, mention.ref, mention.label.empty() ? mention.ref : mention.label});
    ask_which(index, role, std::move(choices), book().reply("whom_pronoun", {{"name", reference.words}}));
    return Ready::no;
  }
  std::string text = book().reply("whom_pronoun", {{"name", reference.words}});
  if (reference.pointing == Pointing::nth) {
    const std::size_t count = state_.mentions.list().size();
    text = count == 0 ? book().reply("no_list") : book().reply("bad_list_number", {{"count", std::to_string(count)}});
  } else if (reference.noun || !reference.is_person) {
    const auto& asks = works_[index].frame.kind->asks;
    if (const auto ask = asks.find(role); ask != asks.end()) text = ask->second;
  }
  works_[index].frame.slots.erase(role);
  ask_facts(index, {role}, std::move(text));
  return Ready::no;
}

// "Remind me to call him": what is to be remembered says "him", and the reminder is his.
Turn::Ready Turn::imply_person_in_words(std::size_t index) {
  static const reader::WordSet pronouns("him her them his their");
  Frame& frame = works_[index].frame;
  const Filled* text = frame.kind->tool == "set_reminder" ? frame.slot("text") : nullptr;
  if (text == nullptr || frame.slot("who") != nullptr || frame.slot("contact") != nullptr) return Ready::yes;
  const std::vector<std::string> words = split(fold_name(text->words), ' ');
  if (std::none_of(words.begin(), words.end(), [](const std::string& word) { return pronouns.has(word); })) return Ready::yes;
  if (const int before = antecedent(index, true); before >= 0) {
    Filled person;
    person.from_frame = before;
    const Ready ready = take_from_frame("contact", person, {Noun::contact});
    if (ready == Ready::yes && !person.ref.empty()) frame.slots.emplace("contact", std::move(person));
    return ready;
  }
  if (const auto mention = state_.mentions.current({Noun::contact}, state_.turn)) {
    Filled person = said(mention->label);
    person.ref = mention->ref;
    frame.slots.emplace("contact", std::move(person));
  }
  return Ready::yes;
}

// Nobody was named: the message or the talk just before it may leave no doubt who is meant.
Turn::Ready Turn::imply_subjects(std::size_t index) {
  if (const Ready ready = imply_person_in_words(index); ready != Ready::yes) return ready;
  Frame& frame = works_[index].frame;
  const ToolView tool(*find_tool(request(), frame.kind->tool));
  for (const Need& need : frame.kind->needs) {
    const std::string& role = need.roles.front();
    if (kind_of_role(role) != RoleKind::reference || role == "other" || role == "assignee" || role == "company") continue;
    if (std::any_of(need.roles.begin(), need.roles.end(), [&](const std::string& each) { return frame.slot(each) != nullptr; })) continue;
    if (role == "change") {
      if (state_.last_undo.empty()) {
        lines_.push_back(book().reply("not_undoable"));
        return Ready::no;
      }
      Filled filled = said(state_.last_undo);
      filled.ref = state_.last_undo;
      frame.slots.emplace(role, std::move(filled));
      continue;
    }
    if (role == "message") {
      std::vector<const OpenCard*> drafts;
      for (const OpenCard& card : request().cards)
        if (card.kind == ApprovalKind::send_message) drafts.push_back(&card);
      if (drafts.empty()) {
        lines_.push_back(book().reply("no_draft"));
        return Ready::no;
      }
      if (drafts.size() == 1) {
        Filled filled = said(drafts.front()->ref);
        filled.ref = drafts.front()->ref;
        frame.slots.emplace(role, std::move(filled));
      } else {
        std::vector<Choice> choices;
        for (const OpenCard* card : drafts) choices.push_back({Noun::approval, card->ref, card->summary});
        ask_which(index, role, std::move(choices), book().reply("which"));
        return Ready::no;
      }
      continue;
    }
    const std::vector<Noun> wanted = nouns_behind(role, tool.nouns_for(role));
    if (const int before = antecedent(index, false); before >= 0) {
      Filled filled;
      filled.from_frame = before;
      const Ready ready = take_from_frame(role, filled, wanted);
      if (ready == Ready::yes || ready == Ready::blocked) frame.slots.insert_or_assign(role, std::move(filled));
      if (ready != Ready::yes) return ready;
      continue;
    }
    if (const auto mention = state_.mentions.current(wanted, state_.turn)) {
      Filled filled = said(mention->label);
      filled.ref = mention->ref;
      frame.slots.emplace(role, std::move(filled));
    }
  }
  return Ready::yes;
}

Turn::Ready Turn::check_values(std::size_t index) {
  Frame& frame = works_[index].frame;
  // The end of a number is enough to look for.
  if (const Filled* phone = frame.slot("phone"); phone != nullptr && phone->code == "incomplete" && frame.kind->mood != Mood::asks) {
    const std::string words = phone->words;
    frame.slots.erase("phone");
    ask_facts(index, {"phone"}, book().reply("phone_incomplete", {{"words", words}}));
    return Ready::no;
  }
  for (const char* role : {"follow_up_date", "due"}) {
    const Filled* day = frame.slot(role);
    if (day == nullptr || !day->day || *day->day >= scene_.now.day) continue;
    const std::string text = book().reply("past_follow_up", {{"day", to_long_text(*day->day)}});
    frame.slots.erase(role);
    ask_facts(index, {role}, text);
    return Ready::no;
  }
  return Ready::yes;
}

std::string Turn::subject_text(const Frame& frame) const {
  for (const char* role : {"name", "contact", "who", "lead", "deal", "opportunity", "company"}) {
    const Filled* filled = frame.slot(role);
    if (filled == nullptr) continue;
    if (filled->person) return filled->person->text();
    if (const std::string label = state_.mentions.label_of(filled->ref); !label.empty()) return label.substr(0, label.find(','));
    if (filled->reference && filled->reference->pointing == Pointing::pronoun) continue;
    return filled->words;
  }
  return {};
}

// What the procedure says to ask for comes first: its words are the owner's.
std::string Turn::missing_text(const Frame& frame, const std::vector<const Need*>& missing) const {
  const RequestKind& kind = *frame.kind;
  const KnownRequest* procedure = interpreter_.procedure_request(kind);
  const bool knows_nothing = missing.size() == kind.needs.size();
  if (procedure != nullptr && knows_nothing && procedure->asks.size() > 1)
    return book().reply("ask_request", {{"label", kind.label}, {"things", join(procedure->asks, ", ")}});
  std::string who = subject_text(frame);
  if (who.empty()) who = "them";
  std::string text;
  for (const Need* need : missing) {
    const std::string& role = need->roles.front();
    std::string question;
    if (procedure != nullptr && kind_of_role(role) == RoleKind::text) {
      // A question the procedure words itself: Ask: "How did it go? Any next steps or follow-up needed?"
      const std::string written = replace_all(replace_all(procedure->instructions, "\u201c", "\""), "\u201d", "\"");
      const std::size_t begin = written.find('"');
      const std::size_t end = begin == std::string::npos ? begin : written.find('"', begin + 1);
      if (end != std::string::npos && end > begin + 2 && written[end - 1] == '?') question = squeeze(written.substr(begin + 1, end - begin - 1));
    }
    if (question.empty()) {
      const auto own = kind.asks.find(role);
      question = own != kind.asks.end() ? own->second : book().has_reply("ask_" + role) ? book().reply("ask_" + role) : book().reply("ask_more", {{"things", replace_all(role, "_", " ")}});
    }
    question = replace_all(replace_all(question, "[who]'s", who == "them" ? "their" : who + "'s"), "[who]", who);
    if (text.find(question) != std::string::npos) continue;
    text += (text.empty() ? "" : " ") + question;
  }
  return text;
}

// "Take that tag off": the one that was put on just now.
void Turn::take_last_tag(Frame& frame) const {
  const Filled* tag = state_.last.frame.kind == nullptr ? nullptr : state_.last.frame.slot("add_tags");
  if (tag != nullptr && state_.last.turn >= state_.turn - kNamedTurns && frame.kind->takes_role("remove_tags")) frame.slots.emplace("remove_tags", *tag);
}

Turn::Ready Turn::ask_missing(std::size_t index) {
  Frame& frame = works_[index].frame;
  take_last_tag(frame);
  std::vector<const Need*> missing;
  for (const Need& need : frame.kind->needs) {
    const bool can_skip = std::find(need.roles.begin(), need.roles.end(), "none") != need.roles.end();
    const bool is_there = std::any_of(need.roles.begin(), need.roles.end(), [&](const std::string& role) {
      const bool declined = can_skip && std::find(frame.declined.begin(), frame.declined.end(), role) != frame.declined.end() && role != "contact";
      return frame.slot(role) != nullptr || declined;
    });
    if (!is_there) missing.push_back(&need);
  }
  // An inquiry of somebody by name only: the name may be on file, so it is tried before anything is asked.
  if (frame.kind->name == "new_inquiry" && frame.slot("name") != nullptr && frame.slot("contact") == nullptr && missing.size() == 1 &&
      missing.front()->roles.front() == "phone" && std::find(frame.declined.begin(), frame.declined.end(), "contact") == frame.declined.end()) {
    Filled filled = said(frame.slot("name")->words);
    filled.reference = Reference();
    filled.reference->words = filled.words;
    settle_by_talk(filled, {Noun::contact});
    frame.slots.emplace("contact", std::move(filled));
    return Ready::yes;
  }
  // A field the owner added is what was to be said.
  if (std::any_of(frame.slots.begin(), frame.slots.end(), [](const auto& slot) { return slot.first.starts_with("x_"); }))
    std::erase_if(missing, [&](const Need* need) { return need != &frame.kind->needs.front(); });
  if (missing.empty()) return Ready::yes;
  std::vector<std::string> roles;
  for (const Need* need : missing)
    for (const std::string& role : need->roles)
      if (role != "none") roles.push_back(role);
  if (const Filled* field = frame.slot("field"); field != nullptr && !field->words.empty()) {
    const auto asked = std::find(roles.begin(), roles.end(), field->words);
    if (asked != roles.end()) std::rotate(roles.begin(), asked, asked + 1);
    const bool only_value = missing.size() == 1 && asked != roles.end();
    if (only_value && book().has_reply("ask_" + field->words)) {
      ask_facts(index, std::move(roles), book().reply("ask_" + field->words));
      return Ready::no;
    }
  }
  // A day was said, but there is no such day.
  for (const reader::Span& span : reader::find_impossible_dates(frame.said, {scene_.now, reader::Direction::any, reader::day_order_of(scene_.region), scene_.calendar}))
    for (const std::string& role : roles)
      if (kind_of_role(role) == RoleKind::date) {
        ask_facts(index, std::move(roles), book().reply("date_unclear", {{"words", std::string(reader::words_of(frame.said, span))}}));
        return Ready::no;
      }
  ask_facts(index, std::move(roles), missing_text(frame, missing));
  return Ready::no;
}

void Turn::ask_facts(std::size_t index, std::vector<std::string> roles, std::string text) {
  works_[index].stage = Stage::stopped;
  if (question_.is_open()) {
    question_.frames.push_back(works_[index].frame);  // asked about when the first one is settled
    return;
  }
  question_.about = Question::About::facts;
  question_.frames = frames_from(index);
  question_.roles = std::move(roles);
  question_text_ = std::move(text);
}

void Turn::ask_which(std::size_t index, std::string role, std::vector<Choice> choices, std::string text) {
  works_[index].stage = Stage::stopped;
  if (question_.is_open()) {
    question_.frames.push_back(works_[index].frame);
    return;
  }
  question_.about = Question::About::which;
  question_.frames = frames_from(index);
  question_.roles = {std::move(role)};
  question_text_ = std::move(text) + numbered(choices);
  question_.choices = std::move(choices);
}

}  // namespace deskhand::embedded
