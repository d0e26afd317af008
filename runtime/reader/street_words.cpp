#include "reader/street_words.h"

#include <algorithm>
#include <array>

#include "reader/lexicon.h"
#include "reader/numbers.h"

namespace deskhand::reader {
namespace {

constexpr std::size_t kHouseDigits = 6;

bool is_upper_or_short(const Token& token) { return token.casing == Casing::upper; }

// "TX" in capitals anywhere; "tx" only where the caller knows that a town stands before it.
bool is_state_code(std::string_view folded) {
  static const WordSet codes(
      "al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok "
      "or pa pr ri sc sd tn tx ut vt va wa wv wi wy "
      "on qc bc ab mb sk ns nb nl pe nsw vic qld");
  return codes.has(folded);
}

bool is_state_name(std::string_view folded) {
  static const WordSet names(
      "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois "
      "indiana iowa kansas kentucky louisiana maine maryland "
      "massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania "
      "tennessee texas utah vermont virginia washington wisconsin "
      "wyoming ontario quebec");
  return names.has(folded);
}

// Words of everyday English among the state codes: they must be in capitals.
bool is_wordlike_code(std::string_view folded) {
  static const WordSet words("in or me hi ok de la pa ma id on al ab mi mo oh ne");
  return words.has(folded);
}

bool is_letter_token(const Tokens& tokens, std::size_t index, std::size_t letters_max) {
  return tokens.is_word(index) && tokens.word(index).size() <= letters_max;
}

// "NW1 6XE", "SW1A 1AA": letters, a digit or two, perhaps a letter, then a digit and two letters.
std::size_t skip_british_postcode(const Tokens& tokens, std::size_t index) {
  if (!is_letter_token(tokens, index, 2) || !tokens.is_number(index + 1) || !tokens.is_glued(index + 1) ||
      tokens[index + 1].folded.size() > 2)
    return 0;
  std::size_t at = index + 2;
  if (is_letter_token(tokens, at, 1) && tokens.is_glued(at)) ++at;
  const bool is_inward = tokens.is_number(at) && tokens[at].folded.size() == 1 && tokens.is_word(at + 1) &&
                         tokens.is_glued(at + 1) && tokens.word(at + 1).size() == 2;
  return is_inward ? at + 2 : 0;
}

// "K1A 0B1".
std::size_t skip_canadian_postcode(const Tokens& tokens, std::size_t index) {
  for (std::size_t step = 0; step < 6; ++step) {
    const bool wants_letter = step % 2 == 0;
    const std::size_t at = index + step;
    if (wants_letter ? !is_letter_token(tokens, at, 1) : !(tokens.is_number(at) && tokens[at].folded.size() == 1))
      return 0;
    if (step != 0 && step != 3 && !tokens.is_glued(at)) return 0;
  }
  return index + 6;
}

}  // namespace

bool is_street_kind(std::string_view folded) {
  static const WordSet words(
      "st str street ave av aven avenue rd road blvd boulevard ln lane dr pkwy parkway hwy highway cir circle ct pl "
      "ter terr terrace sq trl trail cres crescent cl mews "
      "expy expressway tpke turnpike aly alley byway broadway gdns gardens grv grove esplanade quay wharf bvd streets "
      "causeway");
  return words.has(folded);
}

bool is_weak_street_kind(std::string_view folded) {
  static const WordSet words(
      "drive way court park hill row place square loop close gate view ridge run path bend point green rise walk pass "
      "crossing cove heights hollow creek lanes yard glen bridge");
  return words.has(folded);
}

bool is_leading_street_kind(std::string_view folded) {
  static const WordSet words(
      "rue calle via viale avenida avda piazza plaza paseo carrer rua corso camino calzada boulevard route chemin quai "
      "place allee ulica ul am im");
  return words.has(folded);
}

bool is_compound_street(std::string_view folded) {
  constexpr std::array<std::string_view, 24> kEndings{"strasse", "strase", "str",   "weg",      "allee",     "platz",
                                                      "gasse",   "damm",   "ufer",  "straat",   "laan",      "gracht",
                                                      "plein",   "gatan",  "gata",  "vagen",    "vej",       "gade",
                                                      "veien",   "kade",   "steig", "chaussee", "promenade", "markt"};
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) {
    return folded.size() > ending.size() + 2 && folded.ends_with(ending);
  });
}

bool is_bare_street_name(std::string_view folded) {
  static const WordSet names(
      "main broadway oak elm maple pine cedar market walnut chestnut church spring washington lincoln lamar congress "
      "guadalupe lakeview sunset lexington madison magnolia willow birch spruce");
  return names.has(folded);
}

bool is_direction(std::string_view folded) {
  static const WordSet words("n s e w ne nw se sw north south east west northeast northwest southeast southwest");
  return words.has(folded);
}

std::size_t skip_house_number(const Tokens& tokens, std::size_t index) {
  if (!tokens.is_number(index) || tokens[index].folded.size() > kHouseDigits || tokens.number(index) == 0) return 0;
  if (tokens.is_glued(index) && index > 0 && !tokens.is(index - 1, "(") && !tokens.is(index - 1, ":") &&
      !tokens.is(index - 1, ",") && !tokens.is(index - 1, "\""))
    return 0;
  std::size_t at = index + 1;
  const bool is_letter = is_letter_token(tokens, at, 1);
  if (is_letter && tokens.is_glued(at)) return at + 1;
  if (tokens.is(at, "-") && tokens.is_glued(at) && tokens.is_glued(at + 1) && tokens.is_number(at + 1)) return at + 2;
  if (tokens.is(at, "1") && tokens.is(at + 1, "/") && tokens.is(at + 2, "2")) return at + 3;
  if (tokens.is_glued(at)) return tokens.is(at, ",") ? at : 0;
  return at;
}

std::size_t skip_unit(const Tokens& tokens, std::size_t index) {
  static const WordSet kinds(
      "apt apartment unit suite ste flat floor fl room rm building bldg lot space no trailer office");
  if (tokens.is(index, "#")) {
    if (!tokens.is_number(index + 1) && !is_letter_token(tokens, index + 1, 1)) return 0;
    const std::size_t end = index + 2;
    return is_letter_token(tokens, end, 1) && tokens.is_glued(end) ? end + 1 : end;
  }
  // "2nd floor".
  if (const auto ordinal = read_ordinal(tokens, index);
      ordinal && (tokens.is(ordinal->end, "floor") || tokens.is(ordinal->end, "fl")))
    return ordinal->end + 1;
  if (!kinds.has(tokens.word(index))) return 0;
  std::size_t at = index + 1;
  if (tokens.is(at, ".")) ++at;
  if (tokens.is(at, "#")) ++at;
  const bool is_number = tokens.is_number(at), is_letter = is_letter_token(tokens, at, 1) && !tokens.is(at, "a");
  const bool is_capital_a = tokens.is(at, "a") && tokens[at].casing == Casing::capital;
  if (!is_number && !is_letter && !is_capital_a) return 0;
  ++at;
  if (tokens.is(at, "-") && tokens.is_glued(at) && tokens.is_glued(at + 1) && at + 1 < tokens.size())
    at += 2;
  else if (tokens.is_glued(at) && (is_letter_token(tokens, at, 2) || tokens.is_number(at)))
    ++at;
  return at;
}

std::size_t skip_po_box(const Tokens& tokens, std::size_t index) {
  std::size_t at = index;
  if (tokens.is(at, "po")) {
    ++at;
  } else if (tokens.is(at, "p")) {
    ++at;
    if (tokens.is(at, ".")) ++at;
    if (!tokens.is(at, "o")) return 0;
    ++at;
    if (tokens.is(at, ".")) ++at;
  } else if (tokens.is(at, "postfach")) {
    return tokens.is_number(at + 1) ? at + 2 : 0;
  } else {
    return 0;
  }
  if (!tokens.is(at, "box")) return 0;
  ++at;
  if (tokens.is(at, "#")) ++at;
  return tokens.is_number(at) ? at + 1 : 0;
}

std::size_t skip_state(const Tokens& tokens, std::size_t index) {
  if (!tokens.is_word(index)) return 0;
  const std::string_view word = tokens.word(index), next = tokens.word(index + 1);
  const bool is_two_words =
      (word == "new" && (next == "york" || next == "jersey" || next == "mexico" || next == "hampshire")) ||
      ((word == "north" || word == "south") && (next == "carolina" || next == "dakota")) ||
      (word == "west" && next == "virginia") || (word == "rhode" && next == "island");
  if (is_two_words) return index + 2;
  if (is_state_name(word)) return index + 1;
  if (!is_state_code(word)) return 0;
  if (is_upper_or_short(tokens[index])) return index + 1;
  return is_wordlike_code(word) && !skip_postcode(tokens, index + 1) ? 0 : index + 1;
}

std::size_t skip_postcode(const Tokens& tokens, std::size_t index) {
  if (tokens.is_number(index)) {
    if (tokens[index].folded.size() != 5) return 0;
    const bool has_four = tokens.is(index + 1, "-") && tokens.is_glued(index + 1) && tokens.is_number(index + 2) &&
                          tokens[index + 2].folded.size() == 4;
    return has_four ? index + 3 : index + 1;
  }
  if (!tokens.is_word(index)) return 0;
  if (const std::size_t end = skip_british_postcode(tokens, index)) return end;
  return skip_canadian_postcode(tokens, index);
}

std::size_t skip_five_digits(const Tokens& tokens, std::size_t index) {
  if (!tokens.is_number(index)) return 0;
  const std::size_t digits = tokens[index].folded.size();
  if (digits == 5) return index + 1;
  const bool is_dutch = digits == 4 && tokens.is_word(index + 1) && tokens.word(index + 1).size() == 2 &&
                        tokens[index + 1].casing == Casing::upper;
  if (is_dutch) return index + 2;
  // "114 55 Stockholm"
  if (digits == 3 && tokens.is_number(index + 1) && tokens[index + 1].folded.size() == 2) return index + 2;
  return digits == 4 ? index + 1 : 0;
}

std::size_t skip_known_place(const Tokens& tokens, std::size_t index) {
  static const WordSet openers(
      "new san santa los las el fort saint st round cedar west east north south college corpus colorado salt grand "
      "baton little long great palm des");
  static const WordSet followers(
      "york orleans jersey mexico antonio diego francisco jose marcos angeles vegas paso worth louis paul rock park "
      "rapids springs city christi station lake rouge beach moines barbara fe monica cruz hills");
  if (openers.has(tokens.word(index)) && followers.has(tokens.word(index + 1)))
    return tokens.is(index + 2, "city") ? index + 3 : index + 2;
  return tokens.is_word(index) && is_place(tokens.word(index)) ? index + 1 : 0;
}

}  // namespace deskhand::reader
