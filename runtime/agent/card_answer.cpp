#include "agent/card_answer.h"

#include <algorithm>
#include <map>

#include "agent/card_names.h"
#include "base/text.h"
#include "reader/answers.h"
#include "reader/lexicon.h"
#include "reader/tokenizer.h"

namespace deskhand::agent {
namespace {

using reader::Answer;
using reader::Target;

using Cards = std::vector<const DeliveredCard*>;

const DeliveredCard* card_named(const std::string& ref, const AnswerContext& context) {
  for (const DeliveredCard& card : context.cards)
    if (card.ref == ref) return &card;
  return nullptr;
}

std::string which_one(const AnswerContext& context) {
  std::string question = "Which one?";
  int number = 0;
  for (const DeliveredCard& card : context.cards) question += "\n" + std::to_string(++number) + ". " + card.ref + " " + card.summary;
  return question;
}

bool is_approval(const Target& target) { return target.kind == Target::Kind::ref && target.ref.prefix == ref_prefix::kApproval; }

// What one message says: the cards each answer means, or why that can not be told.
class Resolver {
 public:
  Resolver(const std::vector<Answer>& answers, const AnswerContext& context) : answers_(answers), context_(context) {}

  struct Resolved {
    Cards cards;
    bool is_no_card = false;   // it speaks of something else: a lead of a list, a contact
    std::string question;
  };

  Resolved resolve(const Answer& answer) const {
    Resolved resolved;
    if (answer.targets.empty()) return bare(answer);
    for (const Target& target : answer.targets) add(target, resolved);
    for (const Target& target : answer.except) {
      Resolved left_out;
      add(target, left_out);
      std::erase_if(resolved.cards, [&](const DeliveredCard* card) { return has(left_out.cards, card); });
      if (!left_out.question.empty()) resolved.question = left_out.question;
    }
    return resolved;
  }

 private:
  static bool has(const Cards& cards, const DeliveredCard* card) { return std::find(cards.begin(), cards.end(), card) != cards.end(); }

  Resolved bare(const Answer& answer) const {
    Resolved resolved;
    if (context_.cards.size() == 1) {
      const DeliveredCard& only = context_.cards.front();
      const bool other_question_open = context_.last_reply_asked && !only.in_last_reply;
      if (!other_question_open) resolved.cards.push_back(&only);
      else if (answer.verdict == reader::Verdict::edit) resolved.is_no_card = true;
      else resolved.question = "Do you mean " + only.ref + " (" + only.summary + ")? Say \"approve " + only.ref + "\" or \"reject " + only.ref + "\"; otherwise tell me what you want.";
      return resolved;
    }
    resolved.question = which_one(context_);
    return resolved;
  }

  void add(const Target& target, Resolved& resolved) const {
    const auto take = [&](const DeliveredCard* card) {
      if (!has(resolved.cards, card)) resolved.cards.push_back(card);
    };
    switch (target.kind) {
      case Target::Kind::all:
        for (const DeliveredCard& card : context_.cards) take(&card);
        return;
      case Target::Kind::last: take(&context_.cards.back()); return;
      case Target::Kind::ref: {
        if (!is_approval(target)) {
          resolved.is_no_card = true;
          return;
        }
        const DeliveredCard* card = card_named(target.ref.text(), context_);
        if (card != nullptr) take(card);
        else resolved.question = target.ref.text() + " does not wait here; /approvals shows what does.";
        return;
      }
      case Target::Kind::number: add_number(target.number, resolved); return;
      case Target::Kind::other:
      case Target::Kind::rest: add_rest(target.kind, resolved); return;
    }
  }

  void add_number(std::int64_t number, Resolved& resolved) const {
    for (const ListItem& item : context_.list) {
      if (item.number != number) continue;
      const DeliveredCard* card = item.noun == Noun::approval ? card_named(item.ref, context_) : nullptr;
      if (item.noun != Noun::approval) resolved.is_no_card = true;
      else if (card == nullptr) resolved.question = "Number " + std::to_string(number) + " (" + item.ref + ") does not wait any more.";
      else if (!has(resolved.cards, card)) resolved.cards.push_back(card);
      return;
    }
    if (context_.list.empty() || context_.list.front().noun != Noun::approval) resolved.is_no_card = true;
    else resolved.question = "There is no number " + std::to_string(number) + " in that list.";
  }

  // "The other one" of two, "the rest" of several: what no other part of this message names.
  void add_rest(Target::Kind kind, Resolved& resolved) const {
    Cards named;
    for (const Answer& answer : answers_)
      for (const Target& target : answer.targets) {
        if (target.kind == Target::Kind::other || target.kind == Target::Kind::rest) continue;
        Resolved other;
        add(target, other);
        named.insert(named.end(), other.cards.begin(), other.cards.end());
      }
    Cards rest;
    for (const DeliveredCard& card : context_.cards)
      if (!has(named, &card)) rest.push_back(&card);
    if (named.empty() || (kind == Target::Kind::other && rest.size() != 1)) {
      resolved.question = which_one(context_);
      return;
    }
    for (const DeliveredCard* card : rest)
      if (!has(resolved.cards, card)) resolved.cards.push_back(card);
  }

  const std::vector<Answer>& answers_;
  const AnswerContext& context_;
};

// --- edits -----------------------------------------------------------------------------------------------------------

// "change Tuesday to Thursday": the words after the verb, around the link word.
std::optional<std::pair<std::string, std::string>> replacement_in(std::string_view instruction) {
  struct Form {
    std::string_view verb, link;
  };
  for (const Form& form : {Form{"change ", " to "}, Form{"replace ", " with "}, Form{"replace ", " by "}, Form{"swap ", " for "}, Form{"make ", " into "}}) {
    if (!starts_with_ignoring_case(instruction, form.verb)) continue;
    const std::string_view rest = instruction.substr(form.verb.size());
    // "change it to: ..." as well
    const std::string with_colon(std::string(form.link.substr(0, form.link.size() - 1)) + ":");
    const std::size_t plain = to_lower(rest).find(form.link), marked = to_lower(rest).find(with_colon);
    const std::size_t link = std::min(plain, marked);
    if (link == std::string::npos) continue;
    const auto bare = [](std::string_view words) {
      words = trim(words);
      if (words.size() > 2 && (words.front() == '"' || words.front() == '\'') && words.back() == words.front()) words = words.substr(1, words.size() - 2);
      return std::string(words);
    };
    return std::pair(bare(rest.substr(0, link)), bare(rest.substr(link + form.link.size())));
  }
  return std::nullopt;
}

// Where `words` stand in the draft, letter case aside, exactly as the draft has them; "" when they do not.
std::string as_drafted(const std::string& draft, const std::string& words) {
  const std::size_t at = to_lower(draft).find(to_lower(words));
  return words.empty() || at == std::string::npos ? "" : draft.substr(at, words.size());
}

// "it", "the text" and "the message" mean all of it.
bool means_whole_text(std::string_view words) {
  static const std::vector<std::string> kWhole{"it", "this", "that", "the text", "the message", "the e-mail", "the email", "the draft", "text", "message", "everything"};
  return std::find(kWhole.begin(), kWhole.end(), to_lower(trim(words))) != kWhole.end();
}

// "add that I'm free Thursday at 3": the owner's own words as a sentence; "" when it says only what they should be about.
std::string sentence_to_add(std::string_view instruction) {
  static const std::vector<std::string> kLeads{"add that ", "also add that ", "mention that ", "also mention that ", "say that ", "also say that ", "include that ", "add: ", "add \""};
  for (const std::string& lead : kLeads) {
    if (!starts_with_ignoring_case(instruction, lead)) continue;
    std::string sentence(trim(instruction.substr(lead.size())));
    if (lead.back() == '"' && sentence.ends_with('"')) sentence.pop_back();
    if (sentence.empty()) return {};
    sentence.replace(0, 1, to_upper(sentence.substr(0, 1)));
    if (std::string_view(".!?").find(sentence.back()) == std::string_view::npos) sentence += '.';
    return sentence;
  }
  return {};
}

// Behind the last paragraph but the signature.
std::string with_sentence(const std::string& draft, const std::string& sentence) {
  const std::size_t signature = draft.rfind("\n\n");
  if (signature == std::string::npos || signature == 0) return draft + (draft.empty() || draft.back() == '\n' ? "" : " ") + sentence;
  return draft.substr(0, signature) + " " + sentence + draft.substr(signature);
}

CardAnswer read_edit(const DeliveredCard& card, const std::string& words) {
  if (card.kind != ApprovalKind::send_message) return AskBack{card.ref + " is no message; it can be approved or rejected."};
  CardAction action;
  action.ref = card.ref;
  action.fingerprint = card.fingerprint;
  action.verdict = CardVerdict::edit;
  std::string_view instruction = trim(words);
  for (const std::string_view lead : {"edit it", "change it", "edit that", "edit"}) {
    const std::string_view rest = starts_with_ignoring_case(instruction, lead) ? instruction.substr(lead.size()) : std::string_view();
    if (rest.empty() || std::string_view(",:;-").find(rest.front()) == std::string_view::npos) continue;
    instruction = trim(rest.substr(1));
    break;
  }
  if (const auto replacement = replacement_in(instruction)) {
    if (means_whole_text(replacement->first)) {
      action.new_text = replacement->second;
      return std::vector<CardAction>{action};
    }
    std::string from = replacement->first;
    if (as_drafted(card.draft_text, from).empty() && starts_with_ignoring_case(from, "the ")) from = from.substr(4);
    action.replace_from = as_drafted(card.draft_text, from);
    action.replace_to = replacement->second;
    if (action.replace_from.empty()) return AskBack{"The draft does not say \"" + printable_line(replacement->first) + "\". What should it say instead?"};
    return std::vector<CardAction>{action};
  }
  for (const std::string_view lead : {"text:", "new text:", "say:", "it should say:", "write:"})
    if (starts_with_ignoring_case(instruction, lead)) {
      action.new_text = std::string(trim(instruction.substr(lead.size())));
      return std::vector<CardAction>{action};
    }
  if (const std::string sentence = sentence_to_add(instruction); !sentence.empty()) {
    action.new_text = with_sentence(card.draft_text, sentence);
    return std::vector<CardAction>{action};
  }
  return NotAnAnswer{};  // "make it shorter": wording is a model's work
}

// "edit A-5: ..." is what a channel's edit key writes: everything after the colon is the owner's own wording.
std::optional<CardAnswer> read_channel_edit(std::string_view text, const AnswerContext& context) {
  if (!starts_with_ignoring_case(text, "edit A-")) return std::nullopt;
  const std::size_t colon = text.find(':');
  const auto ref = parse_ref(trim(text.substr(5, colon == std::string_view::npos ? colon : colon - 5)));
  if (!ref) return std::nullopt;
  const DeliveredCard* card = card_named(ref->text(), context);
  if (card == nullptr) return AskBack{ref->text() + " does not wait here; /approvals shows what does."};
  const std::string words(colon == std::string_view::npos ? "" : trim(text.substr(colon + 1)));
  if (words.empty()) return AskBack{"What should " + ref->text() + " say? \"edit " + ref->text() + ": the new text\", or \"change OLD to NEW\"."};
  CardAnswer answer = read_edit(*card, words);
  if (!std::holds_alternative<NotAnAnswer>(answer)) return answer;
  return read_edit(*card, "text: " + words);
}

// "change visit to look" right under the card whose text says "visit": what it means is plain, whatever else a visit may be.
std::optional<CardAnswer> read_plain_replacement(std::string_view text, const AnswerContext& context) {
  if (context.cards.size() != 1 || !context.cards.front().in_last_reply) return std::nullopt;
  const DeliveredCard& card = context.cards.front();
  const auto replacement = replacement_in(text);
  if (card.kind != ApprovalKind::send_message || !replacement) return std::nullopt;
  // The owner's own wording is taken as it stands, its question marks too.
  const bool is_whole = means_whole_text(replacement->first) && text.find(": ") != std::string_view::npos;
  if (!is_whole && as_drafted(card.draft_text, replacement->first).empty()) return std::nullopt;
  return read_edit(card, std::string(text));
}

CardVerdict verdict_of(reader::Verdict verdict) {
  switch (verdict) {
    case reader::Verdict::yes: return CardVerdict::approve;
    case reader::Verdict::later: return CardVerdict::later;
    case reader::Verdict::edit: return CardVerdict::edit;
    case reader::Verdict::no:
    case reader::Verdict::done:
    case reader::Verdict::draft: return CardVerdict::reject;
  }
  return CardVerdict::reject;
}

std::vector<Answer> read_verdicts(std::string_view text, const AnswerContext& context) {
  return reader::read_answer(text, {context.now, reader::Direction::future, reader::DayOrder::month_first, context.calendar});
}

// "No, she hasn't signed yet" turns the card down. A yes with a reason behind it counts for what stays in the record; a message
// to a customer leaves by a plain yes alone.
CardAnswer read_remarked(std::string_view text, const AnswerContext& context) {
  const auto answer = reader::read_remarked_answer(text, {context.now, reader::Direction::future, reader::DayOrder::month_first, context.calendar});
  if (!answer || context.cards.size() != 1 || (context.last_reply_asked && !context.cards.front().in_last_reply)) return NotAnAnswer{};
  const DeliveredCard& card = context.cards.front();
  const bool stays = card.kind == ApprovalKind::create_separate_contact || card.kind == ApprovalKind::win;
  if (answer->verdict == reader::Verdict::yes && !stays) return NotAnAnswer{};
  CardAction action;
  action.ref = card.ref;
  action.fingerprint = card.fingerprint;
  action.verdict = verdict_of(answer->verdict);
  return std::vector<CardAction>{action};
}

// The verdicts of a message and the cards each is for.
CardAnswer take_verdicts(const std::vector<Answer>& answers, const AnswerContext& context) {
  const Resolver resolver(answers, context);
  std::vector<CardAction> actions;
  std::map<std::string, CardVerdict> decided;
  for (const Answer& answer : answers) {
    // "done" and "draft" answer the lines of a work list, not a card.
    if (answer.verdict == reader::Verdict::done || answer.verdict == reader::Verdict::draft) return NotAnAnswer{};
    const Resolver::Resolved resolved = resolver.resolve(answer);
    if (resolved.is_no_card) return NotAnAnswer{};
    if (!resolved.question.empty()) return AskBack{resolved.question};
    if (resolved.cards.empty()) return NotAnAnswer{};
    if (answer.verdict == reader::Verdict::edit) {
      if (answers.size() > 1 || resolved.cards.size() > 1) return AskBack{"One change at a time, please: which card, and what should it say?"};
      return read_edit(*resolved.cards.front(), answer.instruction);
    }
    for (const DeliveredCard* card : resolved.cards) {
      CardAction action;
      action.ref = card->ref;
      action.fingerprint = card->fingerprint;
      action.verdict = verdict_of(answer.verdict);
      if (answer.later && answer.later->value.day) action.day = answer.later->value.day;
      const auto [known, fresh] = decided.emplace(card->ref, action.verdict);
      if (!fresh && known->second != action.verdict) return AskBack{"I read two different answers for " + card->ref + ". Which one holds?"};
      if (fresh) actions.push_back(std::move(action));
    }
  }
  if (actions.empty()) return NotAnAnswer{};
  return actions;
}

// "Bin the Tran one" under a list of leads may mean the lead.
bool may_mean_a_line(const CardAnswer& answer, const AnswerContext& context) {
  const auto* actions = std::get_if<std::vector<CardAction>>(&answer);
  if (actions == nullptr || context.list.empty() || context.list.front().noun == Noun::approval) return false;
  const bool shown_now = std::any_of(context.cards.begin(), context.cards.end(), [](const DeliveredCard& card) { return card.in_last_reply; });
  return !shown_now && std::any_of(actions->begin(), actions->end(), [](const CardAction& action) { return action.verdict != CardVerdict::approve; });
}

// "Ana's email is fine" may be about her address: what is named and not numbered leaves only by a word that lets it go.
bool lets_go(std::string_view text) {
  static const reader::WordSet words("send approve approved release go yes yep yup yeah");
  const reader::Tokens tokens(text);
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (words.has(tokens.word(at))) return true;
  return false;
}

bool approves(const CardAnswer& answer) {
  const auto* actions = std::get_if<std::vector<CardAction>>(&answer);
  return actions != nullptr && std::any_of(actions->begin(), actions->end(), [](const CardAction& action) { return action.verdict == CardVerdict::approve; });
}

// "Send the one to Carla, bin Ana's".
CardAnswer read_named(std::string_view text, const AnswerContext& context) {
  const NamedCards named = name_cards(text, context.cards);
  if (!named.names_any) return NotAnAnswer{};
  CardAnswer answer = take_verdicts(read_verdicts(named.text, context), context);
  if (std::holds_alternative<NotAnAnswer>(answer) || may_mean_a_line(answer, context)) return NotAnAnswer{};
  if (approves(answer) && !lets_go(named.text)) return NotAnAnswer{};
  if (named.is_unclear) return AskBack{which_one(context)};
  return answer;
}

}  // namespace

CardAnswer read_card_answer(std::string_view text, const AnswerContext& context) {
  if (context.cards.empty()) return NotAnAnswer{};
  if (auto edit = read_channel_edit(trim(text), context)) return *edit;
  if (auto edit = read_plain_replacement(trim(text), context)) return *edit;
  if (CardAnswer answer = read_named(text, context); !std::holds_alternative<NotAnAnswer>(answer)) return answer;
  const std::vector<Answer> answers = read_verdicts(text, context);
  return answers.empty() ? read_remarked(text, context) : take_verdicts(answers, context);
}

}  // namespace deskhand::agent
