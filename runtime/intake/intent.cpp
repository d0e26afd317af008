#include "intake/intent.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/utf8.h"
#include "intake/intent_signs.h"
#include "intake/stop_wish.h"
#include "reader/lexicon.h"
#include "reader/outcomes.h"
#include "reader/phrases.h"

namespace deskhand::intake {
namespace {

using reader::PhraseMatch;
using reader::PhraseSet;
using reader::Tokens;
using namespace signs;

constexpr std::size_t kJudgedBytes = 6 * 1024;  // of a letter; what it is about stands at its start

bool is_denied_or_calm(const Tokens& tokens, const PhraseMatch& match, const std::vector<PhraseMatch>& calm) {
  const bool is_calm = std::any_of(calm.begin(), calm.end(), [&](const PhraseMatch& each) {
    return each.first <= match.first && match.first < each.end;
  });
  return is_calm || reader::is_denied(tokens, match.first);
}

bool is_urgent_in(const Tokens& tokens) {
  const std::vector<PhraseMatch> calm = calms().find(tokens);
  for (const PhraseMatch& match : hurries().find(tokens)) {
    // "Sweating" is no misspelt "swelling"; "emergancy" is one of emergency.
    const std::string_view word = tokens.word(match.first);
    if (match.certainty != reader::Certainty::sure && !word.starts_with("urg") && !word.starts_with("emer")) continue;
    const bool says_if = tokens.is(match.first - 1, "if");
    // "No heat" and "no water" begin with the word that elsewhere denies.
    const bool begins_with_no = tokens.is(match.first, "no") || tokens.is(match.first, "cant") ||
                                tokens.is(match.first, "not") || tokens.is(match.first, "wont");
    const bool is_calm = std::any_of(calm.begin(), calm.end(), [&](const PhraseMatch& each) {
      return each.first <= match.first && match.first < each.end;
    });
    if (says_if || is_calm || (!begins_with_no && is_denied_or_calm(tokens, match, calm))) continue;
    return true;
  }
  return false;
}

std::size_t count_in(const PhraseSet& set, std::string_view text) { return set.find(Tokens(text)).size(); }

// "Unsubscribe." and not a word more.
bool is_bare_stop(std::string_view words) {
  static const reader::WordSet whole(
      "unsubscribe stop remove optout quit cancel baja abmelden austragen desabonner desinscription");
  std::string bare;
  for (const char c : fold_name(words.substr(0, 60)))
    if ((c >= 'a' && c <= 'z') || c == ' ') bare += c;
  return whole.has(trim(bare));
}

// "Invoice 88213 from …", "Statement for March": what the business is asked to pay.
bool names_a_bill(std::string_view subject) {
  static const PhraseSet set({"invoice|statement|remittance|receipt [number|no] #",
                              "invoice|statement|remittance|receipt for|from", "your invoice|statement|order|bill",
                              "purchase order", "past due"});
  return count_in(set, subject) > 0;
}

int count(const PhraseSet& set, const Tokens& tokens) { return static_cast<int>(set.find(tokens).size()); }

int work_words_in(const Tokens& tokens) {
  int found = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (tokens[at].is_word() && is_work_word(tokens.word(at))) ++found;
  return found;
}

// Letters that the phrases above could be written with. Japanese or Russian text has to be read by a person.
bool is_written_in_latin(std::string_view words) {
  std::size_t latin = 0, other = 0;
  for (std::size_t at = 0; at < words.size();) {
    const CodePoint next = decode_utf8(words, at);
    at += next.bytes;
    if (next.value < 0x250)
      latin += (next.value | 0x20) >= 'a' ? 1 : 0;
    else if (next.value >= 0x370 && next.value < 0x1F000)
      other += 1;
  }
  return other * 2 <= latin;
}

// Something is wanted besides being left alone: whoever would lose it to a list of people not to write to has to be asked.
bool asks_beside(const Tokens& tokens, const StopWish& stop) {
  const auto is_beside = [&](const PhraseMatch& match) {
    const bool is_part = std::any_of(stop.places.begin(), stop.places.end(), [&](const PhraseMatch& each) {
      return match.first < each.end && each.first < match.end;
    });
    return !is_part && match.certainty == reader::Certainty::sure && !reader::is_denied(tokens, match.first);
  };
  const std::vector<PhraseMatch> asked = requests().find(tokens), wrong = troubles().find(tokens);
  return std::any_of(asked.begin(), asked.end(), is_beside) || std::any_of(wrong.begin(), wrong.end(), is_beside) ||
         has_number_beside(tokens, stop);
}

// Whoever is counted among sellers, applicants or suppliers and speaks as a customer does is no one to leave unread.
bool may_be_a_customer(Wish wish, const Tokens& tokens, bool asks) {
  const bool buys = count(purchases(), tokens) > 0;
  if (wish == Wish::apply) return buys;
  if (wish == Wish::supply) return buys || count(disputes(), tokens) > 0;
  if (wish != Wish::sell) return false;
  const std::vector<PhraseMatch> loose = loose_offers().find(tokens), all = offers().find(tokens);
  const auto firm = std::count_if(all.begin(), all.end(), [&](const PhraseMatch& match) {
    return std::none_of(loose.begin(), loose.end(), [&](const PhraseMatch& each) {
      return match.first < each.end && each.first < match.end;
    });
  });
  return firm == 0 ? asks || buys : firm == 1 && buys;
}

std::optional<Outcome> outcome_of(std::string_view words) {
  // Whoever decides writes "we accept"; the owner's notes, which the reader knows, say "they accepted".
  static const PhraseSet accepts(
      {"i|we [will|would] [like|happily|gladly] [to] accept|approve *4 "
       "proposal|quote|estimate|bid|offer|price|contract",
       "i|we accept|approve it|this|that",
       "please go|move ahead|forward with|on *4 proposal|quote|estimate|bid|offer|job|work|project"});
  const Tokens tokens(words);
  for (const PhraseMatch& match : accepts.find(tokens))
    if (!reader::is_denied(tokens, match.first) && !tokens.is(match.first - 1, "if")) return Outcome::accepted_proposal;
  const auto read = reader::read_outcome(words);
  if (!read) return std::nullopt;
  if (read->value == Outcome::accepted_proposal || read->value == Outcome::rejected_proposal) return read->value;
  return std::nullopt;
}

}  // namespace

bool asks_for_something(std::string_view sentence) {
  return count(requests(), Tokens(prefix_utf8(sentence, kJudgedBytes))) > 0;
}

bool is_urgent_text(std::string_view text) { return is_urgent_in(Tokens(prefix_utf8(text, kJudgedBytes))); }

Intent read_intent(std::string_view subject, std::string_view words) {
  // One text, so that a sentence begun in the subject is one sentence; a full stop keeps them apart otherwise.
  const std::string text = std::string(subject) + ".\n" + std::string(prefix_utf8(words, kJudgedBytes));
  Intent intent;
  if (!is_written_in_latin(text)) {
    intent.reason = "it is written in letters that are not read here";
    intent.is_unread = true;
    return intent;
  }
  const Tokens tokens(text);
  const int request = count(requests(), tokens), trouble = count(troubles(), tokens), work = work_words_in(tokens);
  const int offer = count(offers(), tokens), application = count(applications(), tokens),
            supply = count(supplies(), tokens);
  const int talk = count(talks(), tokens);
  const bool is_only_stop = is_bare_stop(words.empty() || fold_name(subject) == fold_name(words) ? subject : words);
  const StopWish stop = read_stop_wish(tokens);
  intent.request_signs = request + std::min(trouble, 2) + std::min(work, 2);
  intent.other_signs = offer + application + supply;
  intent.is_about_work_done = count(aftermaths(), tokens) > 0;
  intent.changes_a_date = count(changes_of_date(), tokens) > 0;
  intent.asks_a_question = words.find('?') != std::string_view::npos;
  intent.is_new_matter = count(new_matters(), tokens) > 0;
  intent.is_urgent = is_urgent_in(tokens);
  intent.outcome = outcome_of(words);
  const bool asks = (request > 0 && work + trouble > 0) || request >= 2 || (trouble > 0 && work > 0) || trouble >= 2;
  if (is_only_stop || (stop.is_said() && offer < 2)) {
    intent.may_want_to_stop = !is_only_stop && asks_beside(tokens, stop);
    intent.wish = intent.may_want_to_stop ? Wish::unclear : Wish::stop;
    intent.reason = intent.may_want_to_stop ? "it says not to write, and asks for something as well"
                                            : "its writer does not want to be written to";
  } else if (application >= 2 && application >= offer && application > request + trouble) {
    intent.wish = Wish::apply;
    intent.reason = "its writer looks for work";
  } else if (offer >= 3 || (offer >= 2 && trouble == 0 && offer * 2 >= request)) {
    intent.wish = Wish::sell;
    intent.reason = "its writer offers something to the business";
  } else if ((supply >= 2 && supply > request && trouble == 0) ||
             (supply > 0 && request == 0 && trouble == 0 && names_a_bill(subject))) {
    intent.wish = Wish::supply;
    intent.reason = "it is about what the business buys or owes";
  } else if (asks) {
    intent.wish = Wish::work;
    intent.reason = "its writer asks for something to be done";
  } else if (talk > 0 || intent.outcome) {
    intent.wish = Wish::talk;
    intent.reason = "its writer speaks about what goes on";
  } else {
    intent.reason = "what its writer wants could not be read";
  }
  intent.may_be_a_customer =
      may_be_a_customer(intent.wish, tokens, request > 0 || intent.asks_a_question || has_number_beside(tokens, stop));
  return intent;
}

}  // namespace deskhand::intake
