// find_contactings of outcomes.h: calls, e-mails, texts and meetings, and who began them.
#include <algorithm>

#include "reader/lexicon.h"
#include "reader/outcomes.h"
#include "reader/phrases.h"

namespace deskhand::reader {
namespace {

enum class From { us, them, unsaid };

struct ContactingPhrase {
  std::string_view pattern;
  ContactKind kind;
  From from;
};

// Phrases whose words say who began.
constexpr ContactingPhrase kContactingPhrases[] = {
    {"got|received|had|took|have|missed [a|an|another|the|his|her|their] [missed|quick] call|voicemail|vm|ring from",
     ContactKind::call, From::them},
    {"missed call from|by", ContactKind::call, From::them},
    {"call|voicemail|vm|callback from", ContactKind::call, From::them},
    {"left me|us [a] voicemail|vm|message", ContactKind::call, From::them},
    {"gave|giving [him|her|them|_] [_] a [quick] call|ring", ContactKind::call, From::us},
    {"left [him|her|them|_] [_] [a|an|another] voicemail|vm|message|msg|lvm", ContactKind::call, From::us},
    {"left # voicemails|messages", ContactKind::call, From::us},
    {"returned [his|her|their|_] call", ContactKind::call, From::us},
    {"log|logged|logging [a|my|the] call", ContactKind::call, From::unsaid},
    {"had|have a [good|great|quick|long|nice|short|brief] call|chat with", ContactKind::call, From::unsaid},
    {"call|phone call with", ContactKind::call, From::unsaid},
    {"log|logged|made|returned *2 call to", ContactKind::call, From::us},
    {"spoke|talked [with|to] [_] [_] on|over|by the phone", ContactKind::call, From::unsaid},
    {"spoke|talked [with|to] [_] [_] by phone", ContactKind::call, From::unsaid},
    {"spoke|spoken|talked|chatted with|to", ContactKind::call, From::unsaid},
    {"got [his|her|their] voicemail|vm", ContactKind::call, From::us},
    {"went to voicemail|vm", ContactKind::call, From::us},

    {"got|received|have|had [a|an|another|the|his|her|their] [new] email from", ContactKind::email, From::them},
    {"email from", ContactKind::email, From::them},
    {"replied|responded [to] my|our|the email|mail|quote|estimate", ContactKind::email, From::them},
    {"replied|responded by|via|over email", ContactKind::email, From::them},
    {"sent [him|her|them|_] [_] [a|an|another|the] [quick] email", ContactKind::email, From::us},
    {"sent|send me|us [a|an] email", ContactKind::email, From::them},
    {"log|logged [an|a|my|the] email", ContactKind::email, From::unsaid},
    {"log|logged|sent|wrote *2 email to", ContactKind::email, From::us},

    {"got|received [a|another|the] [new] text|sms [message] from", ContactKind::text, From::them},
    {"text|sms [message] from", ContactKind::text, From::them},
    {"sent [him|her|them|_] [_] [a|an|another|the] [quick] text|sms", ContactKind::text, From::us},
    {"sent me|us [a] text|sms", ContactKind::text, From::them},
    {"shot [him|her|them|_] a text", ContactKind::text, From::us},
    {"log|logged [a|my|the] text|sms", ContactKind::text, From::unsaid},
    {"log|logged|sent *2 text|sms to", ContactKind::text, From::us},

    {"met [up] [with|_]", ContactKind::meeting, From::unsaid},
    {"meeting|visit|consultation|walkthrough|appointment with", ContactKind::meeting, From::unsaid},
    {"had|did|finished|done [a|the|our|my] [site|home|first] meeting|visit|consultation|walkthrough",
     ContactKind::meeting, From::unsaid},
    {"site visit", ContactKind::meeting, From::unsaid},
    {"walk|walked through", ContactKind::meeting, From::unsaid},
    {"log|logged [a|my|the] meeting|visit|consultation|walkthrough", ContactKind::meeting, From::unsaid},
    {"visited [_]", ContactKind::meeting, From::us},
    {"stopped|swung|dropped by|in", ContactKind::meeting, From::unsaid},
    {"went [out|over] to [his|her|their|the] [house|place|home|site|office]", ContactKind::meeting, From::us},
    {"had|grabbed coffee|lunch with", ContactKind::meeting, From::unsaid},
    {"in person", ContactKind::meeting, From::unsaid},
    {"zoom [call|meeting] with", ContactKind::meeting, From::unsaid},

    {"add|added|make|made|leave|left|put|log|save|write [a] [quick] note", ContactKind::note, From::us},
    {"note [to|that|on|for|:] [self]", ContactKind::note, From::us},
    {"note :", ContactKind::note, From::us},
    {"jot|jotted down", ContactKind::note, From::us},
};

const PhraseSet& contacting_phrases() {
  static const PhraseSet set([] {
    std::vector<std::string_view> patterns;
    for (const ContactingPhrase& entry : kContactingPhrases) patterns.push_back(entry.pattern);
    return patterns;
  }());
  return set;
}

// Verbs in the past whose subject and object say who began.
std::optional<ContactKind> kind_of_verb(std::string_view word) {
  if (word == "called" || word == "phoned" || word == "rang" || word == "dialed" || word == "telephoned")
    return ContactKind::call;
  if (word == "emailed") return ContactKind::email;
  if (word == "texted") return ContactKind::text;
  return std::nullopt;
}

bool is_auxiliary(std::string_view word) {
  static const WordSet words("just also already again then finally has have had ive weve even later");
  return words.has(word);
}

From from_of_verb(const Tokens& tokens, std::size_t index) {
  static const WordSet us_after("us me in our"), us_before("i we ive weve me myself"),
      them_before(
          "he she they customer client lead caller who patient guy lady woman man someone somebody owner tenant wife "
          "husband");
  if (us_after.has(tokens.word(index + 1))) return From::them;
  std::size_t at = index;
  while (at > 0 && !tokens[at].line_start && is_auxiliary(tokens.word(at - 1))) --at;
  if (at == 0 || tokens[at].line_start || tokens.starts_sentence(at)) return From::us;  // "Called Ana"
  const std::string_view before = tokens.word(at - 1);
  if (us_before.has(before)) return From::us;
  if (them_before.has(before)) return From::them;
  if (before == "," || before == "and" || before == "then" || before == "so") {
    // "Ana called, emailed too" keeps its subject; "left a note, called Ana" has ours. The object tells.
    const bool has_object = tokens.is_word(index + 1) && (!is_common_word(tokens.word(index + 1)) ||
                                                          tokens.is(index + 1, "him") || tokens.is(index + 1, "her") ||
                                                          tokens.is(index + 1, "them") || tokens.is(index + 1, "the"));
    return has_object ? From::us : From::unsaid;
  }
  const Token& subject = tokens[at - 1];
  const bool is_name = subject.is_word() && !subject.possessive &&
                       (!is_common_word(subject.folded) || (subject.is_capitalised() && is_given_name(subject.folded)));
  return is_name ? From::them : From::unsaid;
}

std::optional<bool> inbound_of(From from) {
  if (from == From::unsaid) return std::nullopt;
  return from == From::them;
}

// "a guy called Bob": a name, not a call.
bool is_naming(const Tokens& tokens, std::size_t index) {
  const std::string_view before = index > 0 ? tokens.word(index - 1) : std::string_view();
  const bool is_noun = before == "guy" || before == "company" || before == "business" || before == "woman" ||
                       before == "man" || before == "lady" || before == "is" || before == "was" || before == "be";
  return tokens.is(index, "called") && is_noun && tokens.is_word(index + 1) && tokens[index + 1].is_capitalised();
}

}  // namespace

std::optional<InteractionType> interaction_type(const Contacting& contacting) {
  switch (contacting.kind) {
    case ContactKind::call:
      return InteractionType::phone_call;
    case ContactKind::text:
      return InteractionType::sms;
    case ContactKind::meeting:
      return InteractionType::meeting;
    case ContactKind::note:
      return InteractionType::note;
    case ContactKind::email:
      break;
  }
  if (!contacting.inbound) return std::nullopt;
  return *contacting.inbound ? InteractionType::email_inbound : InteractionType::email_outbound;
}

std::vector<Reading<Contacting>> find_contactings(std::string_view text) {
  const Tokens tokens(text);
  std::vector<Reading<Contacting>> readings;
  std::vector<Span> taken;
  for (const PhraseMatch& match : contacting_phrases().find(tokens)) {
    if (is_denied(tokens, match.first) || is_asked(tokens, match.first)) continue;
    const ContactingPhrase& entry = kContactingPhrases[match.pattern];
    From from = entry.from;
    // "Ana left a voicemail": the subject outweighs the phrase.
    const Token* subject = match.first > 0 && !tokens[match.first].line_start ? &tokens[match.first - 1] : nullptr;
    const bool is_theirs = subject != nullptr && subject->is_word() &&
                           (subject->folded == "he" || subject->folded == "she" || subject->folded == "they" ||
                            (subject->is_capitalised() && is_given_name(subject->folded)));
    if (from == From::us && is_theirs && entry.kind != ContactKind::note) from = From::them;
    const Span span = tokens.span(match.first, match.end);
    taken.push_back(span);
    readings.push_back({{entry.kind, inbound_of(from)}, span, match.certainty});
  }
  for (std::size_t index = 0; index < tokens.size() && readings.size() < kReadingsMax; ++index) {
    const auto kind = kind_of_verb(tokens.word(index));
    if (!kind || overlaps_any(tokens[index].span, taken) || is_naming(tokens, index) || is_denied(tokens, index) ||
        is_asked(tokens, index))
      continue;
    readings.push_back({{*kind, inbound_of(from_of_verb(tokens, index))}, tokens[index].span, Certainty::sure});
  }
  std::sort(readings.begin(), readings.end(),
            [](const auto& left, const auto& right) { return left.span < right.span; });
  return readings;
}

}  // namespace deskhand::reader
