// starts_edit of answer_parts.h: words that ask for another wording of the open card.
#include "reader/answer_parts.h"
#include "reader/lexicon.h"

namespace deskhand::reader {
namespace {

constexpr std::size_t kObjectReach = 8;  // tokens in which the object of "change ... to" must show

// What a text is made of: only a draft has these.
bool is_text_noun(std::string_view word) {
  static const WordSet nouns(
      "draft text message letter tone subject wording greeting intro opening closing ending paragraph sentence line "
      "lines typo typos spelling grammar signature sign ps part bit word words "
      "emoji emojis language copy reply introduction salutation price");
  return nouns.has(word);
}

// These stand in drafts too, but a record has them as well.
bool is_draft_noun(std::string_view word) {
  static const WordSet nouns("email note amount total date time day quote discount title first second third last");
  return is_text_noun(word) || nouns.has(word);
}

// Fields of a record: "change her phone to ..." is work on a contact, not on the open card.
bool is_record_noun(std::string_view word) {
  static const WordSet nouns(
      "phone number cell mobile email emails address name stage status tag tags source lead leads customer customers "
      "contact contacts company title owner assignee value probability followup follow reminder appointment appt visit "
      "pipeline job deal zip "
      "notes client prospect opportunity");
  return nouns.has(word);
}

// "change Mendes to lost" moves a lead.
bool is_state_word(std::string_view word) {
  static const WordSet words(
      "lost won new working qualified disqualified contacted converted booked quoted inactive active archived customer "
      "prospect engaged negotiating scheduled estimating");
  return words.has(word);
}

bool is_pronoun(std::string_view word) { return word == "it" || word == "this" || word == "that"; }

// The object of the verb at `index`, up to "to" or "with", can only be words of a draft: a day, a number, a name, a
// noun of texts. "change the filter to ..." and "change her phone to ..." are other work.
bool has_free_object(const Tokens& tokens, std::size_t index) {
  bool is_editable = false;
  for (std::size_t at = index; at < tokens.size() && at < index + kObjectReach; ++at) {
    const std::string_view word = tokens.word(at);
    if (word == "to" || word == "with" || word == "for") return is_editable && !is_state_word(tokens.word(at + 1));
    const bool is_owner = tokens[at].possessive || word == "her" || word == "his" || word == "their" || word == "my";
    if (is_owner || is_record_noun(word)) return false;
    is_editable = is_editable || is_text_noun(word) || is_calendar_word(word) || tokens[at].is_number() ||
                  tokens[at].is_capitalised() || word == "\"" || word == "'";
  }
  return false;
}

bool has_draft_object(const Tokens& tokens, std::size_t index) {
  if (is_pronoun(tokens.word(index))) return true;
  const std::size_t at =
      tokens.is(index, "the") || tokens.is(index, "a") || tokens.is(index, "that") || tokens.is(index, "an") ? index + 1
                                                                                                             : index;
  return is_draft_noun(tokens.word(at)) && !tokens[at].possessive;
}

// "make it shorter", not "make it so" and not "make it a customer".
bool is_make_edit(const Tokens& tokens, std::size_t index) {
  if (!has_draft_object(tokens, index)) return false;
  const std::size_t at = is_pronoun(tokens.word(index)) ? index + 1 : index + 2;
  if (at >= tokens.size() || tokens.is(at, "so") || tokens.is(at, "happen")) return false;
  for (std::size_t next = at; next < tokens.size() && next < at + kObjectReach; ++next) {
    const std::string_view word = tokens.word(next);
    if (word == "customer" || word == "lead" || word == "won" || word == "lost" || word == "done" ||
        word == "contact" || word == "prospect" || word == "job")
      return false;
  }
  return true;
}

bool is_comparative(const Tokens& tokens, std::size_t index) {
  static const WordSet words(
      "shorter longer friendlier warmer softer simpler nicer clearer kinder politer firmer stronger");
  if (words.has(tokens.word(index))) return true;
  static const WordSet tones(
      "formal friendly casual polite direct professional personal pushy detailed detail warm brief informal salesy "
      "upbeat urgent");
  const bool is_degree = tokens.is(index, "more") || tokens.is(index, "less") || tokens.is(index, "too");
  return is_degree && (tones.has(tokens.word(index + 1)) ||
                       (tokens.is(index, "too") && (tokens.is(index + 1, "long") || tokens.is(index + 1, "short"))));
}

}  // namespace

bool starts_edit(const Tokens& tokens, std::size_t index, bool trusted) {
  static const WordSet rewriting("shorten reword rephrase rewrite simplify soften tighten");
  static const WordSet mending("fix correct edit revise redo tweak adjust");
  static const WordSet removing("remove drop cut omit delete lose");
  const std::string_view word = tokens.word(index), next = tokens.word(index + 1);
  if (word.empty()) return false;
  if (word == "change" || word == "replace" || word == "swap" || word == "switch") {
    return index + 1 < tokens.size() && (trusted || is_pronoun(next) || has_free_object(tokens, index + 1));
  }
  if (word == "make") return trusted ? has_draft_object(tokens, index + 1) : is_make_edit(tokens, index + 1);
  if (rewriting.has(word)) return index + 1 >= tokens.size() || !is_record_noun(next);
  if (mending.has(word))
    return (word == "edit" && index + 1 >= tokens.size()) || has_draft_object(tokens, index + 1) ||
           (word == "edit" && next == ":");
  if (removing.has(word) && !is_pronoun(next)) return has_draft_object(tokens, index + 1);
  if ((word == "take" || word == "leave") && next == "out") return has_draft_object(tokens, index + 2);
  if (word == "add" && (next == "that" || next == ":")) return true;
  if (word == "add")
    return (next == "a" || next == "the" || next == "one" || next == "another") &&
           is_draft_noun(tokens.word(index + 2)) && !tokens.is(index + 2, "note") && !tokens.is(index + 2, "quote") &&
           !tokens.is(index + 2, "date");
  if (word == "mention") return index + 1 < tokens.size();
  if (word == "include") return trusted ? index + 1 < tokens.size() : has_draft_object(tokens, index + 1);
  if (word == "update") return is_pronoun(next) || (next == "the" && is_text_noun(tokens.word(index + 2)));
  if (word == "say" || word == "use" || word == "put" || word == "write" || word == "with") {
    for (std::size_t at = index + 2; at < tokens.size() && at < index + 12; ++at) {
      if (tokens.is(at, "instead") || (word == "say" && trusted)) return true;
    }
    return false;
  }
  return is_comparative(tokens, index);
}

std::size_t skip_request(const Tokens& tokens, std::size_t index) {
  std::size_t at = index;
  const bool is_asking =
      (tokens.is(at, "can") || tokens.is(at, "could") || tokens.is(at, "would") || tokens.is(at, "will")) &&
      tokens.is(at + 1, "you");
  if (is_asking) at += 2;
  while (tokens.is(at, "please") || tokens.is(at, "pls") || tokens.is(at, "just") || tokens.is(at, "also") ||
         tokens.is(at, "first") || tokens.is(at, "lets"))
    ++at;
  return at;
}

}  // namespace deskhand::reader
