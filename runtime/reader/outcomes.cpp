#include "reader/outcomes.h"

#include <algorithm>

#include "reader/lexicon.h"
#include "reader/phrases.h"

namespace deskhand::reader {
namespace {

struct Entry {
  std::string_view pattern;
  Outcome outcome;
  Certainty certainty = Certainty::sure;
};

constexpr Entry kEntries[] = {
    {"left|leaving [him|her|them|a|_] [a|an|another|the|quick] voicemail|vm|voicemails|vms|message|msg|messages",
     Outcome::left_voicemail},
    {"left [him|her|them|_] [_] [a|an|another|the] voice mail|message", Outcome::left_voicemail},
    {"left # voicemails|messages|voicemail|vm|vms", Outcome::left_voicemail},
    {"left a vm|voicemail|message|msg", Outcome::left_voicemail},
    {"dropped [him|her|them|a] [a] voicemail|vm", Outcome::left_voicemail},
    {"went|goes|go [straight|right|directly] to voicemail|vm", Outcome::left_voicemail, Certainty::likely},
    {"got [his|her|their|the|a] [_] voicemail|vm|machine", Outcome::left_voicemail, Certainty::likely},
    {"straight|right to voicemail|vm", Outcome::left_voicemail, Certainty::likely},
    {"lvm", Outcome::left_voicemail},
    {"voicemail left", Outcome::left_voicemail},

    {"spoke|spoken|talked|chatted [briefly|again|just] with|to", Outcome::spoke},
    {"spoke|talked [on|over|by] [the] phone|briefly|today|yesterday", Outcome::spoke},
    {"we|i|just|and spoke|talked|chatted", Outcome::spoke},
    {"had a [good|great|quick|long|nice|short|brief] call|chat|talk|conversation|discussion", Outcome::spoke},
    {"got|had [him|her|them|_] on the phone|line", Outcome::spoke},
    {"got|had _ _ on the phone|line", Outcome::spoke},
    {"got [a] hold|ahold of", Outcome::spoke},
    {"reached him|her|them", Outcome::spoke},
    {"finally reached _", Outcome::spoke},
    {"connected with", Outcome::spoke},
    {"off|on the phone|line with|to", Outcome::spoke},

    {"no show|showed|shows", Outcome::no_show},
    {"noshow|noshowed", Outcome::no_show},
    {"didnt|never|not|doesnt show|showed|shows [up]", Outcome::no_show},
    {"stood us|me|him|her up", Outcome::no_show},
    {"wasnt|werent|not home|there", Outcome::no_show, Certainty::likely},
    {"nobody|noone [was|is] home|there|showed", Outcome::no_show},
    {"no one [was|is] home|there", Outcome::no_show},
    {"missed|missing [his|her|their|the|our|an] appointment|appt|visit", Outcome::no_show},

    {"rescheduled|resched", Outcome::rescheduled},
    {"had to reschedule|postpone", Outcome::rescheduled},
    {"put|pushed off [the|our|his|her|their] [appointment|appt|visit|meeting]", Outcome::rescheduled},
    {"moved|pushed|bumped|shifted [our|the|her|his|their|it] [appointment|appt|visit|meeting|call|back|out] [back|out] "
     "to",
     Outcome::rescheduled},

    {"sent|emailed|texted|gave|delivered|mailed|submitted|handed|shot|presented|faxed *5 proposal|quote|estimate|bid",
     Outcome::sent_proposal},
    {"dropped off *3 proposal|quote|estimate|bid", Outcome::sent_proposal},
    {"proposal|quote|estimate|bid [is|was|has|went|got|already|been] [been] [just] sent|out|delivered|emailed",
     Outcome::sent_proposal},
    {"quoted him|her|them|it", Outcome::sent_proposal},
    {"quoted *5 $|#", Outcome::sent_proposal},
    {"quoted *5 #", Outcome::sent_proposal},

    {"accepted|approved|signed|oked|okayed *5 proposal|quote|estimate|bid|contract|offer|price",
     Outcome::accepted_proposal},
    {"agreed to *5 proposal|quote|estimate|bid|contract|offer|price|terms", Outcome::accepted_proposal},
    {"said|says yes [to] [the|our|it] [proposal|quote|estimate|bid|offer]", Outcome::accepted_proposal},
    {"gave|gives [us|me] [the|a|his|her|their] [go|green|thumbs] ahead|light|up|ok|okay", Outcome::accepted_proposal},
    {"proposal|quote|estimate|bid|contract|offer [was|got|is|has|been] accepted|approved|signed",
     Outcome::accepted_proposal},
    {"he|she|they|customer|client accepted|agreed|signed", Outcome::accepted_proposal, Certainty::likely},
    {"wants|want|ready|decided|happy to move|go|proceed [forward|ahead|with]", Outcome::accepted_proposal,
     Certainty::likely},

    {"rejected|declined|refused|nixed|killed *5 proposal|quote|estimate|bid|contract|offer",
     Outcome::rejected_proposal},
    {"turned|turning|turns [it|us|them|me|that] [the|our] [proposal|quote|estimate|bid|offer] down",
     Outcome::rejected_proposal},
    {"turned|shot down [the|our|it|a] [proposal|quote|estimate|bid|offer]", Outcome::rejected_proposal},
    {"passed on [the|our|it|this] [proposal|quote|estimate|bid|offer]", Outcome::rejected_proposal},
    {"said|says no [to] [the|our|it] [proposal|quote|estimate|bid|offer]", Outcome::rejected_proposal},
    {"proposal|quote|estimate|bid|contract|offer [was|got|is|has|been] rejected|declined|refused",
     Outcome::rejected_proposal},
    {"he|she|they|customer|client declined|rejected|refused", Outcome::rejected_proposal, Certainty::likely},
    {"didnt|wont|doesnt|dont accept|take|sign|approve|want *5 proposal|quote|estimate|bid|contract|offer",
     Outcome::rejected_proposal},
};

const PhraseSet& phrase_set() {
  static const PhraseSet set([] {
    std::vector<std::string_view> patterns;
    for (const Entry& entry : kEntries) patterns.push_back(entry.pattern);
    return patterns;
  }());
  return set;
}

// "need to be sent", "will accept", "if she accepted": nothing of it has happened.
bool is_still_open(const Tokens& tokens, std::size_t index) {
  static const WordSet open(
      "to will if when once until should would could can might gonna please lets unless hopefully");
  for (std::size_t back = 1; back <= 3 && back <= index; ++back) {
    const std::string_view word = tokens.word(index - back);
    if (word == "." || word == "," || word == ";" || word == "and" || tokens[index - back + 1].line_start) return false;
    if (open.has(word)) return true;
  }
  return false;
}

// How much an outcome says about a contact; spoke is implied by most others.
int weight_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::accepted_proposal:
    case Outcome::rejected_proposal:
      return 4;
    case Outcome::sent_proposal:
    case Outcome::rescheduled:
    case Outcome::no_show:
      return 3;
    case Outcome::left_voicemail:
      return 2;
    case Outcome::spoke:
      return 1;
    case Outcome::none:
      return 0;
  }
  return 0;
}

}  // namespace

std::vector<Reading<Outcome>> find_outcomes(std::string_view text) {
  const Tokens tokens(text);
  std::vector<Reading<Outcome>> readings;
  for (const PhraseMatch& match : phrase_set().find(tokens)) {
    const Entry& entry = kEntries[match.pattern];
    if (is_denied(tokens, match.first) || is_asked(tokens, match.first) || is_still_open(tokens, match.first)) continue;
    const Certainty certainty = match.certainty == Certainty::likely ? match.certainty : entry.certainty;
    readings.push_back({entry.outcome, tokens.span(match.first, match.end), certainty});
  }
  return readings;
}

std::optional<Reading<Outcome>> read_outcome(std::string_view text) {
  const auto readings = find_outcomes(text);
  const Reading<Outcome>* best = nullptr;
  for (const auto& reading : readings) {
    if (best == nullptr || weight_of(reading.value) > weight_of(best->value)) {
      best = &reading;
    } else if (weight_of(reading.value) == weight_of(best->value) && reading.value != best->value &&
               weight_of(best->value) == 4) {
      return std::nullopt;  // accepted and rejected
    }
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

}  // namespace deskhand::reader
