#include "reader/sources.h"

#include <algorithm>

#include "reader/lexicon.h"
#include "reader/names.h"
#include "reader/phrases.h"

namespace deskhand::reader {
namespace {

constexpr std::size_t kAnswerWordsMax = 10;

struct SourceEntry {
  std::string_view pattern;
  LeadSource source;
  std::optional<Acquisition> acquisition;
  bool is_subject_before = false;  // the referrer stands before it: "Bob recommended us"
  bool is_referrer_after = false;  // "referred by Bob"
};

constexpr auto kAd = LeadSource::ad;
constexpr auto kOther = LeadSource::other;
constexpr auto kReferral = LeadSource::referral;

// Earlier entries win over later ones of the same length.
constexpr SourceEntry kSourceEntries[] = {
    // Paid.
    {"[found|saw|seen|clicked|heard] [us|you] [on|through|via|from] [a|an|our|your|the] "
     "google|facebook|fb|instagram|ig|bing|meta|youtube|tiktok|nextdoor|yelp|online|radio|tv|newspaper|magazine|"
     "linkedin "
     "ad|ads|advert|advertisement|adverts|campaign|commercial|spot",
     kAd, Acquisition::paid_ads},
    {"ad|ads|advert|advertisement|commercial on|in|from [the|a|our|your] _", kAd, Acquisition::paid_ads},
    {"saw|seen|noticed|clicked|heard|got|found|spotted|picked [on|up|us|you] [through|from|via] [your|our|the|an|a] "
     "[_] ad|ads|advert|advertisement|commercial|billboard",
     kAd, Acquisition::paid_ads},
    {"saw|seen|noticed|got|found|spotted|picked [on|up|us|you] [through|from|via] [your|our|the|a|one] [_] "
     "flyer|flier|flyers|fliers|postcard|mailer|sign|banner|brochure|coupon|poster|leaflet|hanger|magnet|van|truck",
     kAd, Acquisition::other},
    {"from|through|via|off [your|our|the|an|a] [_] ad|ads|advert|advertisement|billboard|radio|tv|newspaper|magazine",
     kAd, Acquisition::paid_ads},
    {"found|saw|seen|got|noticed|spotted *4 flyer|flyers|postcard|mailer|magnet|billboard|brochure|coupon|leaflet", kAd,
     Acquisition::other},
    {"from|through|via|off [your|our|the|a] [_] flyer|flier|postcard|mailer|brochure|coupon|poster|leaflet|sign", kAd,
     Acquisition::other},
    {"paid ad|ads|search", kAd, Acquisition::paid_ads},
    // Search.
    {"found|find|finds|saw|seen|searched|looked|discovered|heard|learned|came|come|got [us|you] [about|in] [us|you] "
     "[on|through|via|from|by|up|for|over|thru] [the|a] google|bing|internet|online|web|maps [search|maps|searching]",
     kOther, Acquisition::organic_search},
    {"google|bing|web|internet|online search|maps|searching|listing", kOther, Acquisition::organic_search},
    {"googled [us|you|it|around|plumbers]", kOther, Acquisition::organic_search},
    {"searching|looking online", kOther, Acquisition::organic_search},
    {"on|from|via|through|thru|off google|bing", kOther, Acquisition::organic_search},
    // Social media and directories.
    {"found|find|saw|seen|heard|came|dmed|messaged|discovered [us|you] [about|in] [us|you] [on|through|via|from|thru] "
     "facebook|fb|instagram|ig|insta|tiktok|nextdoor|linkedin|twitter|youtube|pinterest|reddit [page|group|post]",
     kOther, Acquisition::social_media},
    {"on|from|via|through|thru|off "
     "facebook|fb|instagram|ig|insta|tiktok|nextdoor|linkedin|twitter|youtube|pinterest|reddit [page|group|post]",
     kOther, Acquisition::social_media},
    {"facebook|instagram|nextdoor page|group|post|dm|message", kOther, Acquisition::social_media},
    {"social media", kOther, Acquisition::social_media},
    {"found|saw|heard [us|you] [on|through|via] yelp|angi|thumbtack|homeadvisor|houzz|bbb", kOther, Acquisition::other},
    {"on|from|via|through|thru|off yelp|angi|thumbtack|homeadvisor|houzz|bbb", kOther, Acquisition::other},
    // Website and forms.
    {"filled|submitted|used|completed|sent [out|in|us] [the|our|your|a] [website|web|contact|online|booking] form",
     LeadSource::web_form, Acquisition::website},
    {"found|came|booked|reached [us|you] [in] [through|via|from|on|thru] [the|our|your] website|site|webform",
     LeadSource::web_form, Acquisition::website},
    {"through|via|from|thru|off [the|our|your|my] website|webform|homepage [form]", LeadSource::web_form,
     Acquisition::website},
    {"through|via|from [the|our|your] site|form", LeadSource::web_form, Acquisition::website},
    {"web|website|contact|online|booking form", LeadSource::web_form, Acquisition::website},
    {"booked online", LeadSource::web_form, Acquisition::website},
    // Word of mouth.
    {"referred [to] [us|me|him|her|them] [here|over] by", kReferral, Acquisition::referral, false, true},
    {"referral|referal|refferal|referall [from|by|of]", kReferral, Acquisition::referral, false, true},
    {"recommended [to] [us|me|him|her|them] by", kReferral, Acquisition::referral, false, true},
    {"recommendation [from|by|of]", kReferral, Acquisition::referral, false, true},
    {"recommended|referred [us|you|me|him|her|them]", kReferral, Acquisition::referral, true, false},
    {"introduced us|me|him|her|them", kReferral, Acquisition::referral, true, false},
    {"gave|passed him|her|them our name|number|card|details", kReferral, Acquisition::referral, true, false},
    {"put [him|her|them|us] in touch", kReferral, Acquisition::referral, true, false},
    {"introduction from|by|through", kReferral, Acquisition::referral, false, true},
    {"told|tells me|him|her|them|us about us|you", kReferral, Acquisition::referral, true, false},
    {"sent|send me|him|her|them|us over|here|our|your [way]", kReferral, Acquisition::referral, true, false},
    {"sent by", kReferral, Acquisition::referral, false, true},
    {"word of mouth", kReferral, Acquisition::referral},
    {"heard|hear|learned|found [out] [about|of] us|you from|through|via [a|an|his|her|their|my|our|the] "
     "friend|neighbor|neighbour|sister|brother|mom|mother|dad|father|cousin|aunt|uncle|colleague|coworker|boss|client|"
     "customer|landlord|realtor|family|"
     "relative|husband|wife|son|daughter|buddy",
     kReferral, Acquisition::referral},
    {"heard|hear|learned about|of us|you from|through|via", kReferral, Acquisition::referral, false, true},
    {"friend|neighbor|neighbour|sister|brother|mom|mother|dad|father|cousin|aunt|uncle|son|daughter|husband|wife|"
     "colleague|coworker|relative|roommate of",
     kReferral, Acquisition::referral, false, true},
    {"a|from|through|via|my|his|her|their friend|neighbor|neighbour|coworker|colleague|cousin|relative [of] "
     "[mine|ours|recommended|told]",
     kReferral, Acquisition::referral, false, true},
    // Events, partners, our own knocking, old customers, walk-ins.
    {"at|from|met [at] [the|a|an|our|this|last] [home|trade|county|state|health|street|wedding|garden|job|career] "
     "show|expo|fair|conference|convention|seminar|workshop|meetup|festival|booth|mixer",
     kOther, Acquisition::event},
    {"cold called|calling|call|email|emailed|outreach|emailing", kOther, Acquisition::cold_outreach},
    {"we reached out", kOther, Acquisition::cold_outreach},
    {"door knocking|knock|knocked", kOther, Acquisition::cold_outreach},
    {"through|via|from [a|our|the] partner|affiliate", kOther, Acquisition::partner, false, true},
    {"repeat|returning|existing|past|former|previous|old customer|client|patient", kOther, Acquisition::other},
    {"used us before", kOther, Acquisition::other},
    {"walked|walk|walks in|into|up|by [off|the|our] [the|shop|office|street|store]", kOther, Acquisition::other},
    {"walk - in", kOther, Acquisition::other},
    {"stopped by|in [the|our|at] [the|our] shop|office|store|clinic", kOther, Acquisition::other},
    {"drove|driving|drive|walking by|past", kOther, Acquisition::other},
    // Channels.
    {"called|phoned|rang in|us|the [office|shop]", LeadSource::phone_call, std::nullopt},
    {"phone|telephone call|inquiry|enquiry", LeadSource::phone_call, std::nullopt},
    {"by|over|via|on the phone", LeadSource::phone_call, std::nullopt},
    {"by|over|via phone|telephone", LeadSource::phone_call, std::nullopt},
    {"emailed us|in", LeadSource::email, std::nullopt},
    {"by|via|through|over email", LeadSource::email, std::nullopt},
    {"sent us|in an email", LeadSource::email, std::nullopt},
    {"email inquiry", LeadSource::email, std::nullopt},
};

struct Bare {
  std::string_view words;
  LeadSource source;
  std::optional<Acquisition> acquisition;
};

// What counts as an answer when it stands alone.
constexpr Bare kBare[] = {
    {"google bing internet online search web maps", kOther, Acquisition::organic_search},
    {"facebook fb instagram ig insta tiktok nextdoor linkedin twitter youtube reddit pinterest social", kOther,
     Acquisition::social_media},
    {"yelp angi thumbtack homeadvisor houzz bbb angies", kOther, Acquisition::other},
    {"website webform site form homepage", LeadSource::web_form, Acquisition::website},
    {"ad ads advert advertisement radio tv newspaper commercial billboard adwords", kAd, Acquisition::paid_ads},
    {"flyer flier flyers postcard mailer sign brochure coupon poster leaflet magnet truck van", kAd,
     Acquisition::other},
    {"referral referred recommendation friend friends neighbor neighbour neighbors sister brother mom mother dad "
     "father cousin aunt uncle coworker colleague family relative",
     kReferral, Acquisition::referral},
    {"phone call called telephone", LeadSource::phone_call, std::nullopt},
    {"email emailed", LeadSource::email, std::nullopt},
    {"walkin walked", kOther, Acquisition::other},
    {"event expo fair conference tradeshow", kOther, Acquisition::event},
    {"partner affiliate", kOther, Acquisition::partner},
};

bool is_relation(std::string_view folded) {
  static const WordSet relations(
      "friend neighbor neighbour sister brother mom mother mum dad father cousin aunt uncle son daughter husband wife "
      "roommate landlord colleague coworker boss client tenant niece nephew buddy family partner inlaw grandma "
      "grandmother grandpa "
      "grandfather girlfriend boyfriend fiance fiancee secretary assistant employee realtor");
  return relations.has(folded);
}

// "A dispute with his neighbor", "a gift for her sister": a relation that something is with, for or about brought nobody here.
bool is_beside(const Tokens& tokens, std::size_t first) {
  static const WordSet words("with for about against to between and near beside behind of");
  return first > 0 && words.has(tokens.word(first - 1));
}

bool is_only_company(const Tokens& tokens, const PhraseMatch& match) {
  static const WordSet owners("a my his her their");
  const SourceEntry& entry = kSourceEntries[match.pattern];
  return entry.source == kReferral && owners.has(tokens.word(match.first)) && is_beside(tokens, match.first);
}

const PhraseSet& source_phrases() {
  static const PhraseSet set([] {
    std::vector<std::string_view> patterns;
    for (const SourceEntry& entry : kSourceEntries) patterns.push_back(entry.pattern);
    return patterns;
  }());
  return set;
}

// The name that begins or ends where the phrase ends or begins.
const Reading<PersonName>* name_beside(const std::vector<Reading<PersonName>>& names, const Tokens& tokens,
                                       const PhraseMatch& match, bool before) {
  for (const auto& name : names) {
    const std::size_t first = tokens.at_byte(name.span.begin), end = tokens.at_byte(name.span.end);
    const bool is_after_article = first == match.end + 1 && (tokens.is(match.end, "our") || tokens.is(match.end, "my"));
    if (before ? end == match.first : first == match.end || is_after_article) return &name;
  }
  return nullptr;
}

std::string display(const PersonName& name) {
  return name.title.empty() ? name.text() : name.title + " " + name.text();
}

Reading<Source> reading_of(const Tokens& tokens, const PhraseMatch& match,
                           const std::vector<Reading<PersonName>>& names) {
  const SourceEntry& entry = kSourceEntries[match.pattern];
  Reading<Source> reading;
  reading.value.source = entry.source;
  reading.value.acquisition = entry.acquisition;
  reading.certainty = match.certainty;
  reading.span = tokens.span(match.first, match.end);
  const Reading<PersonName>* referrer = nullptr;
  if (entry.is_referrer_after) referrer = name_beside(names, tokens, match, false);
  if (entry.is_subject_before) referrer = name_beside(names, tokens, match, true);
  if (referrer != nullptr) {
    reading.value.referrer = display(referrer->value);
    reading.span.begin = std::min(reading.span.begin, referrer->span.begin);
    reading.span.end = std::max(reading.span.end, referrer->span.end);
  }
  // The channel is said of any call that is logged, so alone it is only a likely source; so is "heard about us from"
  // nobody.
  if (!entry.acquisition || (entry.source == kOther && entry.acquisition == Acquisition::other))
    reading.certainty = Certainty::likely;
  reading.value.words = std::string(words_of(tokens.text(), reading.span));
  return reading;
}

// "Dana's sister", "my wife's cousin", "danas sister".
void add_relations(const Tokens& tokens, const std::vector<Reading<PersonName>>& names,
                   std::vector<Reading<Source>>& readings) {
  for (std::size_t index = 1; index < tokens.size() && readings.size() < kReadingsMax; ++index) {
    if (!is_relation(tokens[index].stem()) || tokens[index].line_start) continue;
    const Token& owner = tokens[index - 1];
    const bool is_owner = owner.possessive && owner.is_word() && owner.stem() != "it" && owner.stem() != "that" &&
                          owner.stem() != "he" && owner.stem() != "she" && owner.stem() != "what" &&
                          owner.stem() != "who" && owner.stem() != "let";
    const std::string_view folded = owner.folded;
    const bool is_plain_plural = !owner.possessive && folded.size() > 3 && folded.ends_with("s") &&
                                 is_given_name(folded.substr(0, folded.size() - 1)) && !is_given_name(folded) &&
                                 !is_common_word(folded);
    if (!is_owner && !is_plain_plural) continue;
    Span span = tokens.span(index - 1, index + 1);
    for (const auto& name : names) {
      if (name.span.overlaps(owner.span))
        span.begin = std::min(span.begin, name.span.begin);  // "Dana Flores's neighbor"
    }
    const bool is_taken = std::any_of(readings.begin(), readings.end(), [&](const auto& other) {
      return other.span.overlaps(span) && other.value.source == kReferral;
    });
    if (is_taken || is_denied(tokens, index - 1) || is_beside(tokens, index - 1)) continue;
    Reading<Source> reading{
        {kReferral, Acquisition::referral, std::string(words_of(tokens.text(), span)), {}}, span, Certainty::likely};
    readings.push_back(std::move(reading));
  }
}

std::optional<Reading<Source>> read_bare(const Tokens& tokens) {
  static const WordSet filler(
      "a an the our your my his her their from on via through by it was they said think i guess probably maybe just "
      "some of in and us he she heard found about saw one old");
  std::optional<Reading<Source>> reading;
  for (std::size_t index = 0; index < tokens.size(); ++index) {
    if (!tokens.is_word(index) || filler.has(tokens.word(index))) continue;
    bool is_known = false;
    for (const Bare& bare : kBare) {
      if (!WordSet(bare.words).has(tokens.word(index))) continue;
      is_known = true;
      if (reading && (reading->value.source != bare.source || reading->value.acquisition != bare.acquisition))
        return std::nullopt;
      const Span span = tokens[index].span;
      if (!reading) reading = Reading<Source>{{bare.source, bare.acquisition, {}, {}}, span, Certainty::sure};
      reading->span.end = span.end;
    }
    if (!is_known) return std::nullopt;
  }
  if (reading) reading->value.words = std::string(words_of(tokens.text(), reading->span));
  return reading;
}

}  // namespace

std::string_view name_of(Acquisition acquisition) {
  switch (acquisition) {
    case Acquisition::website:
      return "website";
    case Acquisition::referral:
      return "referral";
    case Acquisition::paid_ads:
      return "paid_ads";
    case Acquisition::organic_search:
      return "organic_search";
    case Acquisition::social_media:
      return "social_media";
    case Acquisition::cold_outreach:
      return "cold_outreach";
    case Acquisition::event:
      return "event";
    case Acquisition::partner:
      return "partner";
    case Acquisition::other:
      return "other";
  }
  return "other";
}

std::vector<Reading<Source>> find_sources(std::string_view text) {
  const Tokens tokens(text);
  const std::vector<Reading<PersonName>> names = find_person_names(tokens.text());
  std::vector<Reading<Source>> readings;
  for (const PhraseMatch& match : source_phrases().find(tokens)) {
    if (is_denied(tokens, match.first) || is_asked(tokens, match.first) || is_only_company(tokens, match)) continue;
    readings.push_back(reading_of(tokens, match, names));
  }
  add_relations(tokens, names, readings);
  std::sort(readings.begin(), readings.end(),
            [](const auto& left, const auto& right) { return left.span < right.span; });
  return readings;
}

std::optional<Reading<Source>> read_source(std::string_view text) {
  const Tokens tokens(text);
  if (tokens.empty()) return std::nullopt;
  auto found = find_sources(tokens.text());
  const bool is_question = tokens.is(tokens.size() - 1, "?");
  if (is_question || tokens.size() > 4 * kAnswerWordsMax) return std::nullopt;
  if (!found.empty()) {
    // Several phrases of one meaning ("Dana's sister referred them") are one answer; of two they are none.
    for (const auto& other : found) {
      const bool agrees = other.value.source == found.front().value.source &&
                          other.value.acquisition == found.front().value.acquisition;
      const bool is_channel = !other.value.acquisition.has_value();
      if (!agrees && !is_channel && found.front().value.acquisition) return std::nullopt;
      if (!found.front().value.acquisition && other.value.acquisition) found.front() = other;
    }
    return found.front();
  }
  if (tokens.size() > kAnswerWordsMax) return std::nullopt;
  if (auto bare = read_bare(tokens)) return bare;
  const auto name = read_person_name(tokens.text());
  if (!name || is_common_word(tokens.word(0))) return std::nullopt;
  return Reading<Source>{
      {kReferral, Acquisition::referral, std::string(words_of(tokens.text(), name->span)), name->value.text()},
      name->span,
      Certainty::likely};
}

}  // namespace deskhand::reader
