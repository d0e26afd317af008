#include "reader/reasons.h"

#include <algorithm>

#include "reader/lexicon.h"
#include "reader/phrases.h"

namespace deskhand::reader {
namespace {

struct ReasonEntry {
  std::string_view pattern;
  Reason reason;
};

// Earlier entries win over later ones of the same length: price stands before competition.
constexpr ReasonEntry kReasonEntries[] = {
    {"too expensive|pricey|costly|steep|spendy", Reason::price},
    {"expensive for him|her|them|their|his", Reason::price},
    {"too much money|for|$", Reason::price},
    {"cost|costs|costing|charge|charged|charging|asked|asking|quoted|wanted [us] too much", Reason::price},
    {"price|quote|estimate|bid|cost|rate|we [is|was|were|are|came] [in] too|to high", Reason::price},
    {"over|above|beyond|past|exceeded|exceeds [his|her|their|the|my] budget", Reason::price},
    {"out of [his|her|their|the] budget|price [range]", Reason::price},
    {"not in|within [his|her|their|the] budget", Reason::price},
    {"couldnt|cant|cannot|didnt|doesnt|dont|not afford|affordable", Reason::price},
    {"could|can not afford", Reason::price},
    {"no|not|didnt|dont|doesnt|hasnt|havent [have] [the|enough|any] budget|money|funds", Reason::price},
    {"didnt|dont|doesnt have [the|enough|any] budget|money|funds", Reason::price},
    {"budget [is|was] too small|low|tight|limited", Reason::price},
    {"budget [got|was|is] cut|gone|slashed", Reason::price},
    {"found|find|went|got|going|go|picked|chose|choose|using|hired|has|had|have|took [with] * cheaper|lower "
     "[guy|company|quote|bid|price|option|offer|competitor|plumber|contractor|one|provider|agency|place|clinic|"
     "elsewhere|somewhere]",
     Reason::price},
    {"cheaper "
     "guy|quote|bid|price|company|option|offer|competitor|plumber|contractor|one|provider|elsewhere|somewhere|agency|"
     "place|clinic|than",
     Reason::price},
    {"lower|better|cheaper price|quote|bid|offer|rate|deal", Reason::price},
    {"they|he|she|it|someone|somebody were|was|are|is cheaper", Reason::price},
    {"undercut|underbid|outbid [us]", Reason::price},
    {"beat our price|quote|bid", Reason::price},
    {"because|due of|to [the|our|his|her|their] [high] price|pricing|cost|money|budget", Reason::price},
    {"lost [it|them|this|him|her] on|over [the] price|cost|money|budget", Reason::price},
    {"price|pricing|cost|budget|money [was|is] [the|an] [main] issue|reason|problem|concern", Reason::price},
    {"price shopping|shopper", Reason::price},
    {"sticker shock", Reason::price},
    {"balked at [the|our] price|cost|quote|estimate", Reason::price},
    {"priced out", Reason::price},
    {"cost|costs|costing|runs more than he|she|they|hes|shes|theyve|him|her|them|what", Reason::price},
    {"more than he|she|they|hes|shes|theyve|i|we [has|have|had|got|can|could|want|wants|wanted] [got|spend|afford|pay|to] [spend|pay]", Reason::price},
    {"is|was|are|were|hes|shes|theyre|totally|dead broke|skint", Reason::price},
    {"hes|shes|theyre broke", Reason::price},
    {"couldnt|cant|cannot|wouldnt|didnt|wont|not match|beat|meet [the|his|her|their|that|a|his] price|quote|offer|bid|number",
     Reason::price},
    {"no|zero cash|funds|dough", Reason::price},

    {"went|going|go|gone|goes|signed|booked|chose|picked|sticking|stuck|decided|hired|use|using|used "
     "with|w|wit|on|for|up|a|an|another|some|the|someone|somebody [a|an|another|some|someone|somebody|the] "
     "[other|different|local|bigger|better|new] "
     "company|guy|competitor|contractor|plumber|provider|agency|clinic|vendor|firm|shop|person|outfit|business|team|"
     "dentist|roofer|electrician|else|competition|crew|builder|designer",
     Reason::competition},
    {"went|going|go|gone|goes with|w another|different _", Reason::competition},
    {"went|going|go|gone|goes with his|her|their|an|a "
     "brother|brothers|cousin|cousins|friend|friends|buddy|uncle|neighbor|neighbors|nephew|inlaw|own|usual|regular|old|inhouse [in] [law|laws] "
     "[company|guy|crew|contractor|shop|firm|team|people]",
     Reason::competition},
    {"went|going|go|gone elsewhere", Reason::competition},
    {"took [his|her|their|the] business|job|work elsewhere", Reason::competition},
    {"picked|chose|hired|found|got|using|use|has|have|choose|took|went|booked|signed [with] someone|somebody else",
     Reason::competition},
    {"picked|chose|hired|found|got|using|choose|took|has|have another|different|other "
     "company|guy|contractor|plumber|provider|agency|clinic|vendor|firm|shop|person|dentist|roofer|electrician",
     Reason::competition},
    {"lost [it|them|this|out|him|her|the] [job|deal|lead] to [a|an|another|the|our] "
     "competitor|competition|company|rival|guy|contractor|plumber",
     Reason::competition},
    {"already has|have|had|hired|using|found|got|works|booked [with] [a|an|another|someone|somebody] "
     "[else|plumber|company|contractor|provider|agency|dentist|guy|roofer]",
     Reason::competition},
    {"competitor|competition got|won|beat|took|has", Reason::competition},
    {"a|the|our competitor|rival", Reason::competition},

    {"not [ready|interested|possible] until|till|before _", Reason::timing},
    {"wait|waiting|waits|hold|holding [off] until|till", Reason::timing},
    {"bad|wrong|poor|terrible time|timing", Reason::timing},
    {"not [the] [right|good|best] time|timing", Reason::timing},
    {"isnt|wasnt the [right|good|best] time|timing", Reason::timing},
    {"timing [is|was|isnt|wasnt|just|not] [not|just] off|bad|wrong|right|work|working|good", Reason::timing},
    {"timing didnt|doesnt work|suit|fit", Reason::timing},
    {"timing does|did not work|suit|fit", Reason::timing},
    {"isnt|arent|wasnt|werent|not ready [yet|right|now|to]", Reason::timing},
    {"not right now", Reason::timing},
    {"too soon|late", Reason::timing},
    {"maybe|perhaps|try|call|check|ask|again [back|again|us|me] [in] next "
     "year|month|spring|summer|fall|winter|quarter|season",
     Reason::timing},
    {"on hold", Reason::timing},
    {"put|putting|puts [it|this|the] [project|job|work] off|back", Reason::timing},
    {"postponed|postponing|postpone|delayed|delaying", Reason::timing},
    {"couldnt|cant|cannot|didnt want to wait [that|so|long]", Reason::timing},
    {"couldnt|cant|cannot wait", Reason::timing},
    {"needed|needs|wanted|wants it|someone|somebody|this|us sooner|faster|quicker|today|yesterday|immediately|asap",
     Reason::timing},
    {"we were|are|re|was too busy|booked|full|slow", Reason::timing},
    {"we couldnt|cant get|come|fit|make [there|out|them|it|him|her] [in] [soon|fast|in|quickly] [enough]",
     Reason::timing},
    {"later this|next year", Reason::timing},

    {"ghosted|ghosting|ghosts [us|me]", Reason::no_response},
    {"never|didnt|hasnt|havent|wont|doesnt|dont|not [ever] "
     "called|call|calling|calls|answered|answer|answers|answering|replied|reply|replies|replying|responded|respond|responds|responding "
     "[us|me|to|my|our|the|his|her] [back|us|me|calls|texts|emails|phone|messages]",
     Reason::no_response},
    {"never|didnt|hasnt|havent|wont|doesnt [ever] got|gotten|get|getting back [to] [us|me]", Reason::no_response},
    {"never|didnt|havent|hasnt [ever] heard|hear [anything] back|from", Reason::no_response},
    {"never|didnt|hasnt|wont|doesnt return|returned|returns|pick|picked|picks [up] [my|our|the|any] "
     "[calls|call|messages|texts|phone|up]",
     Reason::no_response},
    {"stopped|quit responding|answering|replying|calling|returning", Reason::no_response},
    {"no reply|response|answer|callback|word|contact", Reason::no_response},
    {"cant|couldnt|cannot|unable|could|can [to|not] reach|contact|find him|her|them|anyone|anybody|customer",
     Reason::no_response},
    {"cant|couldnt|cannot|unable [to] get [a] hold|ahold|through|in|touch", Reason::no_response},
    {"unresponsive|unreachable", Reason::no_response},
    {"radio silence", Reason::no_response},
    {"went|gone|go dark|silent|cold|quiet|missing", Reason::no_response},
    {"disappeared|vanished", Reason::no_response},
    {"fell off the map|earth|face", Reason::no_response},

    {"cant|couldnt|wont|didnt|never|cannot decide|decided|commit|make|made [up] [his|her|their|a|any] "
     "[mind|decision|minds]",
     Reason::no_decision},
    {"no decision", Reason::no_decision},
    {"never could|can decide|commit|choose", Reason::no_decision},
    {"could|can never decide|commit|choose", Reason::no_decision},
    {"decided|chose|opted not to|against", Reason::no_decision},
    {"changed|change|changing his|her|their|its mind|minds", Reason::no_decision},
    {"still|just thinking|deciding|undecided", Reason::no_decision},
    {"not|no|isnt|arent|wasnt|werent [longer] interested [anymore|any|more]", Reason::no_decision},
    {"lost interest", Reason::no_decision},
    {"dont|doesnt|didnt|no|not [longer] need|needs|want|wants it|us|this|that|the [anymore|job|work|project]",
     Reason::no_decision},
    {"no longer need|needs|want|wants|needed|wanted", Reason::no_decision},
    {"not going|moving|go ahead|forward", Reason::no_decision},
    {"isnt|arent|wasnt|werent going|moving ahead|forward", Reason::no_decision},
    {"backed|backing|back out", Reason::no_decision},
    {"cancelled|canceled|scrapped|dropped|killed|shelved the|their|his|her "
     "project|job|plan|plans|remodel|renovation|work",
     Reason::no_decision},
    {"project|remodel|renovation [was|got|is] cancelled|canceled|scrapped|dropped|killed|shelved", Reason::no_decision},

    {"we|i dont|cant|cannot|wont|didnt|never [really] "
     "do|offer|handle|service|cover|work|fix|install|serve|sell|take|touch|teach|treat|clean|repair|build|carry|stock|provide|replace|remove|haul|"
     "cater|groom|tutor [on|in|with] [that|this|those|these|it|them|such|there|_]",
     Reason::scope},
    {"we|i do|can not do|offer|handle|service|cover|work|fix|install|serve|sell|take [on|in|with] "
     "[that|this|those|these|it|them|there|_]",
     Reason::scope},
    {"out|outside|beyond of|our|the [our|the] [service|work] "
     "scope|area|range|territory|zone|county|expertise|wheelhouse|radius|region",
     Reason::scope},
    {"outside [of] our service area|radius", Reason::scope},
    {"out of [the] area|scope|town|state|range", Reason::scope},
    {"outside|beyond scope", Reason::scope},
    {"not|isnt|arent|wasnt [really] [something|anything|a] [thing|service|what|work|job] we "
     "do|offer|handle|cover|service",
     Reason::scope},
    {"not|isnt what we do|offer|handle", Reason::scope},
    {"not|isnt our thing|area|field|specialty|department|line|kind|type|work|scope", Reason::scope},
    {"not|isnt in our service|area|scope|range|territory [area]", Reason::scope},
    {"too far [away|out|for|from]", Reason::scope},
    {"too|job|its|it|is [is|was] [too] big|small|large|complex for us", Reason::scope},
    {"too big|small|large [of] a job|project", Reason::scope},
    {"wrong|different kind|type|trade of|for", Reason::scope},
    {"not|isnt|wasnt|bad|poor a|the [good|right] fit|match", Reason::scope},
    {"not a fit", Reason::scope},
    {"scope [changed|creep|grew|mismatch|issue|problem]", Reason::scope},
    {"dont|doesnt|do|does [not] serve|service|cover his|her|their|that|the area|town|city|zip|neighborhood|part",
     Reason::scope},

    {"did|doing|fixed|fix|fixing|do|does|handled it|this|that himself|herself|themselves|themself|myself|ourselves",
     Reason::other},
    {"diy", Reason::other},
    {"moved|moving|moves away|out|town|overseas|abroad", Reason::other},
    {"sold|selling the|their|his|her house|home|property|place|condo|building", Reason::other},
    {"spam|scam|scammer|spammer|telemarketer|solicitor", Reason::other},
    {"wrong number|person", Reason::other},
    {"duplicate [lead|entry|record|inquiry]", Reason::other},
    {"test|fake lead|inquiry|entry", Reason::other},
    {"passed away", Reason::other},
    {"sales|robo|prank call", Reason::other},
    {"job seeker|applicant", Reason::other},
};

// One word that is a reason when it is said as one.
std::optional<Reason> bare_reason(std::string_view folded) {
  static const WordSet price("price pricing cost costs money budget"),
      competition("competition competitor competitors");
  if (price.has(folded)) return Reason::price;
  if (competition.has(folded)) return Reason::competition;
  if (folded == "timing") return Reason::timing;
  if (folded == "scope") return Reason::scope;
  if (folded == "indecision") return Reason::no_decision;
  return std::nullopt;
}

const PhraseSet& reason_phrases() {
  static const PhraseSet set([] {
    std::vector<std::string_view> patterns;
    for (const ReasonEntry& entry : kReasonEntries) patterns.push_back(entry.pattern);
    return patterns;
  }());
  return set;
}

// "price" said as a reason: alone in its clause, or behind "reason", "lost on", "because of".
bool is_said_as_reason(const Tokens& tokens, std::size_t index) {
  static const WordSet openers(
      ", : - ; ( reason is was probably mostly just on over by due to of because just mainly purely = and");
  static const WordSet followers(". , ; ! ) - reason reasons issue issues i mostly probably mainly and alone");
  if (index > 0 && !tokens[index].line_start && !openers.has(tokens.word(index - 1)) && !tokens.is(index - 1, "."))
    return false;
  return index + 1 >= tokens.size() || tokens[index + 1].line_start || followers.has(tokens.word(index + 1));
}

// "lost on price", "because of price", not "quote on price" nor "the amount of money".
bool is_led_to(const Tokens& tokens, std::size_t index) {
  static const WordSet causes("lost lose because due reason reasons it that disqualify disqualified");
  if (index == 0) return true;
  const std::string_view before = tokens.word(index - 1);
  const bool is_preposition = before == "on" || before == "over" || before == "of" || before == "to" || before == "by";
  const bool is_copula = before == "is" || before == "was" || before == "and";
  if (!is_preposition && !is_copula) return true;
  for (std::size_t back = 2; back <= 4 && back <= index; ++back) {
    if (causes.has(tokens.word(index - back))) return true;
  }
  return false;
}

bool is_taken(const Span& span, const std::vector<Reading<Reason>>& readings) {
  return std::any_of(readings.begin(), readings.end(), [&](const auto& other) { return other.span.overlaps(span); });
}

void add_bare(const Tokens& tokens, std::vector<Reading<Reason>>& readings) {
  for (std::size_t index = 0; index < tokens.size() && readings.size() < kReadingsMax; ++index) {
    const auto reason = bare_reason(tokens.word(index));
    if (!reason || is_taken(tokens[index].span, readings) || !is_said_as_reason(tokens, index) ||
        !is_led_to(tokens, index))
      continue;
    if (is_denied(tokens, index) || is_asked(tokens, index)) continue;
    readings.push_back({*reason, tokens[index].span, Certainty::sure});
  }
}

// Behind the "to" of "lost it to", "lost the Ruiz job to"; 0 when there is none.
std::size_t behind_lost_to(const Tokens& tokens, std::size_t lost) {
  constexpr std::size_t kObjectWords = 4;
  for (std::size_t at = lost + 1; at <= lost + 1 + kObjectWords && tokens.is_word(at); ++at) {
    if (tokens.is(at, "to")) return at + 1;
    if (tokens.is(at, "due") || tokens.is(at, "because") || tokens.is(at, "on") || tokens.is(at, "over") || tokens.is(at, "thanks")) return 0;
  }
  return 0;
}

// "went with Acme", "lost it to Roto-Rooter": a name nobody of ours bears.
void add_named_competitor(const Tokens& tokens, std::vector<Reading<Reason>>& readings) {
  for (std::size_t index = 0; index + 2 < tokens.size() && readings.size() < kReadingsMax; ++index) {
    const std::string_view verb = tokens.word(index), next = tokens.word(index + 1);
    const bool goes_with = (verb == "went" || verb == "going" || verb == "signed" || verb == "gone") && next == "with";
    const std::size_t lost_to = verb == "lost" ? behind_lost_to(tokens, index) : 0;
    const bool is_lost_to = lost_to > 0;
    if (!goes_with && !is_lost_to) continue;
    const std::size_t name_at = is_lost_to ? lost_to : index + 2;
    const Token& name = tokens[name_at];
    const Span span = tokens.span(index, name_at + 1);
    const bool is_named = name.is_capitalised() || (is_lost_to && !is_given_name(name.folded));
    if (!name.is_word() || !is_named || is_common_word(name.folded) || is_taken(span, readings)) continue;
    if (is_denied(tokens, index) || is_asked(tokens, index)) continue;
    readings.push_back({Reason::competition, span, Certainty::likely});
  }
}

// The reason behind "because", when there is one.
std::optional<Reading<Reason>> after_because(const Tokens& tokens, const std::vector<Reading<Reason>>& readings) {
  for (std::size_t index = 0; index < tokens.size(); ++index) {
    const std::string_view word = tokens.word(index);
    if (word != "because" && word != "cause" && word != "cuz" && word != "due" && word != "reason") continue;
    for (const auto& reading : readings) {
      if (reading.span.end > tokens[index].span.begin) return reading;
    }
  }
  return std::nullopt;
}

std::optional<Reading<Reason>> read_reason(std::string_view text) {
  const Tokens tokens(text);
  const auto readings = find_reasons(tokens.text());
  if (readings.empty()) {
    if (tokens.size() == 1 && tokens.is(0, "other"))
      return Reading<Reason>{Reason::other, tokens[0].span, Certainty::sure};
    return std::nullopt;
  }
  bool is_one = true, is_money = true;
  const Reading<Reason>* price = nullptr;
  for (const auto& reading : readings) {
    is_one = is_one && reading.value == readings.front().value;
    is_money = is_money && (reading.value == Reason::price || reading.value == Reason::competition);
    if (reading.value == Reason::price) price = &reading;
  }
  if (is_one) return readings.front();
  if (is_money && price != nullptr) return Reading<Reason>{Reason::price, price->span, Certainty::likely};
  auto cause = after_because(tokens, readings);
  if (cause) cause->certainty = Certainty::likely;
  return cause;
}

}  // namespace

LostReason lost_reason(Reason reason) {
  switch (reason) {
    case Reason::price:
      return LostReason::price;
    case Reason::competition:
      return LostReason::competition;
    case Reason::timing:
      return LostReason::timing;
    case Reason::no_response:
    case Reason::no_decision:
      return LostReason::no_decision;
    case Reason::scope:
      return LostReason::scope;
    case Reason::other:
      return LostReason::other;
  }
  return LostReason::other;
}

DisqualifyReason disqualify_reason(Reason reason) {
  switch (reason) {
    case Reason::price:
      return DisqualifyReason::budget;
    case Reason::timing:
      return DisqualifyReason::timing;
    case Reason::no_response:
      return DisqualifyReason::no_response;
    case Reason::scope:
      return DisqualifyReason::outside_scope;
    case Reason::competition:
    case Reason::no_decision:
    case Reason::other:
      return DisqualifyReason::other;
  }
  return DisqualifyReason::other;
}

std::vector<Reading<Reason>> find_reasons(std::string_view text) {
  const Tokens tokens(text);
  std::vector<Reading<Reason>> readings;
  for (const PhraseMatch& match : reason_phrases().find(tokens)) {
    if (is_denied(tokens, match.first) || is_asked(tokens, match.first)) continue;
    readings.push_back({kReasonEntries[match.pattern].reason, tokens.span(match.first, match.end), match.certainty});
  }
  add_bare(tokens, readings);
  add_named_competitor(tokens, readings);
  std::sort(readings.begin(), readings.end(),
            [](const auto& left, const auto& right) { return left.span < right.span; });
  return readings;
}

std::optional<Reading<LostReason>> read_lost_reason(std::string_view text) {
  const auto reading = read_reason(text);
  if (!reading) return std::nullopt;
  return Reading<LostReason>{lost_reason(reading->value), reading->span, reading->certainty};
}

std::optional<Reading<DisqualifyReason>> read_disqualify_reason(std::string_view text) {
  const auto reading = read_reason(text);
  if (!reading) return std::nullopt;
  return Reading<DisqualifyReason>{disqualify_reason(reading->value), reading->span, reading->certainty};
}

}  // namespace deskhand::reader
