// read_verdict of answer_parts.h: the words of yes, no, later, done and draft.
#include "reader/answer_parts.h"
#include "reader/date_phrases.h"
#include "reader/lexicon.h"
#include "reader/phrases.h"

namespace deskhand::reader {
namespace {

struct VerdictPhrase {
  std::string_view pattern;
  Verdict verdict;
  Strength strength = Strength::strong;
  bool sends = false;
  bool names_all = false;
};

constexpr auto kYes = Verdict::yes;
constexpr auto kNo = Verdict::no;
constexpr auto kLater = Verdict::later;

// Closed on purpose: a way to say yes that stands not here costs one more question, a wrong yes costs a customer.
constexpr VerdictPhrase kVerdictPhrases[] = {
    {"yes|yep|yup|yeah|yea|yess|yesss|yepp|y|yessir|absolutely|definitely", kYes},
    {"ok|okay|okey|okk|k|kk|sure|alright", kYes, Strength::weak},
    {"fine", kYes, Strength::weak},
    {"sure thing", kYes},
    {"of course", kYes},
    {"send|sned it|that|this|them [out|off]", kYes, Strength::strong, true},
    {"send", kYes, Strength::strong, true},
    {"send that|this one", kYes, Strength::strong, true},
    {"ship it", kYes, Strength::strong, true},
    {"go ahead", kYes, Strength::strong, true},
    {"go ahead and send it|that|them", kYes, Strength::strong, true},
    {"go ahead and do it|that", kYes, Strength::strong, true},
    {"go for it", kYes},
    {"do it", kYes, Strength::strong, true},
    {"please do", kYes},
    {"lets do it|this", kYes, Strength::strong, true},
    {"lets send it|this", kYes, Strength::strong, true},
    {"you can|may send it|that|this|them", kYes, Strength::strong, true},
    {"approve|aprove [it|that|this|them]", kYes},
    {"approved|aproved", kYes},
    {"confirmed|affirmative", kYes, Strength::weak},  // "confirmed, she comes Tuesday" reports and agrees to nothing
    {"i approve [it|that|this|them]", kYes},
    {"confirm [it|that|this]", kYes},
    {"looks|sounds good|great|fine|perfect|right|lovely|nice|wonderful|excellent|awesome|fantastic|correct|beautiful|brilliant [to] [me]", kYes},
    {"it|that|this looks|sounds good|great|fine|perfect|right|lovely|nice|wonderful|excellent|awesome [to] [me]", kYes},
    {"thats|its|that|this|it [is] lovely|nice|wonderful|excellent|awesome|fantastic|beautiful|spot on", Verdict::yes, Strength::praise},
    {"im|we|were|i happy|good|fine|ok|okay with it|that|this", kYes},
    {"send it|that|this|them over|along|away", kYes, Strength::strong, true},
    {"by all means", kYes},
    {"certainly|indeed", kYes},
    {"you bet", kYes},
    {"do that|so", kYes, Strength::strong, true},
    {"go on [then]", kYes, Strength::weak},
    {"create|add|keep|make|save|enter him|her|them|em|it|both separately|separate|anyway|apart", kYes, Strength::praise},
    {"as separate|separately|two people|persons|records", kYes, Strength::praise},
    {"create|add|keep|make|save him|her|them|em|it|both seperate|seperately", kYes, Strength::praise},
    {"mark it [as] won", kYes, Strength::praise},
    {"looks|sounds ok|okay [to] [me]", kYes},
    {"good to go", kYes},
    {"can|may go [out|off|now]", kYes, Strength::strong, true},
    {"lgtm", kYes},
    {"thats fine|good|ok|okay|right|correct|perfect|great", kYes},
    {"that is fine|good|ok|okay|right|correct|perfect|great", kYes},
    {"that works [for] [me]", kYes},
    {"works for me", kYes},
    {"perfect|great|excellent|awesome|good|nice|cool|lovely|wonderful|brilliant|fantastic|beautiful", kYes, Strength::praise},

    {"no|nope|nah|noo|nooo|n|negative", kNo},
    {"no thanks|thx|way|need", kNo},
    {"no thank you", kNo},
    {"dont|do_not", kNo},
    {"dont send|do|approve [it|that|this|them]", kNo},
    {"dont bother", kNo},
    {"[i] dont like|want it|that|this|them", kNo},
    {"throw|chuck|toss it|that|this|them out|away", kNo},
    {"get rid of it|that|this|them", kNo},
    {"do not [send|do|approve] [it|that|this|them]", kNo},
    {"cancel|reject|discard|scrap|skip|dismiss|decline|trash|toss [it|that|this|them]", kNo},
    {"bin|ditch|kill|nix|can|chuck|junk|ax|axe it|that|this|them", kNo},
    {"nah|no|nope bin|ditch|scrap|drop|kill|trash|toss|forget it|that|this|them", kNo},
    {"drop|kill it|that|this|them", kNo},
    {"bin|ditch|drop|kill|junk|chuck|nix|axe", kNo},
    {"forget [about] it|that|this", kNo},
    {"leave it|that|this|him|her|them [be|alone|out]", kNo},
    {"leave|keep it|that|this|things as [it] is|before", kNo},
    {"keep them as one", kNo},
    {"changed my mind", kNo},
    {"i changed my mind", kNo},
    {"never mind", kNo},
    {"nevermind|nvm", kNo},
    {"stop", kNo},
    {"none [of] [them|these|those]", kNo, Strength::strong, false, true},
    {"neither [of] [them|these|those|one]", kNo, Strength::strong, false, true},

    {"later", kLater},
    {"maybe|do|ask|remind|send [me] [it] [again] later", kLater},
    {"not yet", kLater},
    {"not now", kLater},
    {"not right now|yet", kLater},
    {"not today", kLater},
    {"not until|till|before", kLater},
    {"hold [it|that|this|them] [off|on] [for] [now]", kLater},
    {"hold off [on] [it|that|this|them] [for] [now]", kLater},
    {"wait [on] [it|that|this|them] [for] [now]", kLater},
    {"snooze|postpone|pause|defer|delay [it|that|this|them]", kLater},
    {"remind|ask me [again]", kLater},
    {"park it", kLater},

    {"done", Verdict::done},
    {"already done", Verdict::done},
    {"all done", Verdict::done, Strength::strong, false, true},
    {"theyre all done", Verdict::done, Strength::strong, false, true},
    {"they are all done", Verdict::done, Strength::strong, false, true},
    {"did it|that|those|them [already]", Verdict::done},
    {"already did [it|that]", Verdict::done},
    {"handled [it|that]", Verdict::done},
    {"taken care of", Verdict::done},
    {"completed|finished", Verdict::done},
    {"its|thats done", Verdict::done},

    {"draft [it|one|them|those|that]", Verdict::draft},
    {"write it|one|them", Verdict::draft},
};

const PhraseSet& verdict_phrases() {
  static const PhraseSet set([] {
    std::vector<std::string_view> patterns;
    for (const VerdictPhrase& entry : kVerdictPhrases) patterns.push_back(entry.pattern);
    return patterns;
  }());
  return set;
}

std::optional<VerdictAt> read_sign(const Tokens& tokens, std::size_t index) {
  static constexpr std::string_view kYesSigns[] = {"\U0001F44D", "\u2705", "\u2714",
                                                   "\U0001F44C", "\u2713", "\U0001F197"};
  static constexpr std::string_view kNoSigns[] = {"\u274C", "\U0001F44E", "\u274E", "\U0001F6AB"};
  const std::string_view mark = tokens.word(index);
  for (const std::string_view sign : kYesSigns) {
    if (mark == sign) return VerdictAt{kYes, Strength::strong, false, false, {}, false, index + 1};
  }
  for (const std::string_view sign : kNoSigns) {
    if (mark == sign) return VerdictAt{kNo, Strength::strong, false, false, {}, false, index + 1};
  }
  return std::nullopt;
}

// The day behind "later", "hold off until", "send it".
void add_day(const Tokens& tokens, const DateContext& context, VerdictAt& verdict) {
  DateContext ahead = context;
  ahead.direction = Direction::future;
  std::size_t at = verdict.end;
  const bool has_marker = tokens.is(at, "for") || tokens.is(at, "to") || tokens.is(at, "til") || tokens.is(at, ",");
  const bool needs_day = tokens.is(at - 1, "until") || tokens.is(at - 1, "till") || tokens.is(at - 1, "before");
  if (has_marker) ++at;
  const auto phrase = read_date_phrase(tokens, ahead, at);
  if (!phrase || !phrase->when.day) {
    // "not until ..." without a day, or a time of day alone: not understood.
    verdict.is_impossible = (phrase && phrase->is_impossible) || needs_day;
    return;
  }
  if (phrase->is_impossible) {
    verdict.is_impossible = true;
    return;
  }
  const bool is_today =
      *phrase->when.day == context.now.day && !phrase->when.minute && !phrase->when.part && !phrase->when.last_day;
  if (verdict.sends && is_today) {
    verdict.end = phrase->end;  // "send it today" is now
    return;
  }
  verdict.verdict = kLater;
  verdict.later = Reading<When>{phrase->when, tokens.span(at, phrase->end), phrase->certainty};
  verdict.end = phrase->end;
}

}  // namespace

std::optional<VerdictAt> read_verdict(const Tokens& tokens, const DateContext& context, std::size_t index) {
  if (index >= tokens.size()) return std::nullopt;
  if (auto sign = read_sign(tokens, index)) return sign;
  const auto match = verdict_phrases().match_at(tokens, index);
  if (!match) return std::nullopt;
  const VerdictPhrase& entry = kVerdictPhrases[match->pattern];
  // A misspelt yes is asked about again; the misspellings that count are in the table.
  if (match->certainty == Certainty::likely && entry.verdict == kYes) return std::nullopt;
  VerdictAt verdict{entry.verdict, entry.strength, entry.sends, entry.names_all, {}, false, match->end};
  if (entry.verdict == kLater || entry.sends) add_day(tokens, context, verdict);
  return verdict;
}

std::size_t skip_filler(const Tokens& tokens, std::size_t index, bool& thanks) {
  static const WordSet words("please pls plz now then just asap");
  static const WordSet thanking("thanks thx ty cheers");
  static constexpr std::string_view kSmiles[] = {"\U0001F642", "\U0001F60A", "\U0001F600", "\U0001F64F",
                                                 "\U0001F389", "\U0001F44F", "\u263A"};
  const std::string_view word = tokens.word(index);
  if (word.empty()) return 0;
  if (words.has(word)) return index + 1;
  if (thanking.has(word)) {
    thanks = true;
    return tokens.is(index + 1, "so") && tokens.is(index + 2, "much") ? index + 3 : index + 1;
  }
  if (word == "thank" && tokens.is(index + 1, "you")) {
    thanks = true;
    return index + 2;
  }
  if (word == "right" && tokens.is(index + 1, "away")) return index + 2;
  if (word == "for" && tokens.is(index + 1, "now")) return index + 2;
  for (const std::string_view smile : kSmiles) {
    if (word == smile) return index + 1;
  }
  return 0;
}

}  // namespace deskhand::reader
