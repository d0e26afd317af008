#include "reader/addresses.h"

#include "base/limits.h"
#include "base/text.h"
#include "reader/clock_times.h"
#include "reader/lexicon.h"
#include "reader/street_words.h"

namespace deskhand::reader {
namespace {

constexpr std::size_t kStreetNameWordsMax = 4;  // "Martin Luther King Jr"
constexpr std::size_t kCityWordsMax = 3;  // "West Lake Hills"

struct Part {
  std::size_t first = 0, end = 0;
  bool is_empty() const { return first == end; }
};

struct AddressAt {
  Part street, unit, city, state, postcode;
  std::size_t first = 0, end = 0;
  Certainty certainty = Certainty::sure;
  bool is_continental = false;  // the postal code stands before the town
};

// Words that follow a number in plain talk; a street is not called so unless it is written with a capital.
bool is_no_street_name(std::string_view folded) {
  static const WordSet words(
      "a an the of to for and or in on at with is was are were be he she they we i you it my our your his her their "
      "this that these those lead leads day days week weeks month months year years hour "
      "hours hr hrs minute minutes min mins second seconds time times am pm percent k dollar dollars buck bucks grand "
      "business working other more new open next last people person call calls job jobs "
      "appointment appointments visit visits quote quotes way one car story bedroom bedrooms bath inch foot gallon ton "
      "customer customers client clients out from by as if so but not no yes");
  return words.has(folded);
}

bool is_name_word(const Tokens& tokens, std::size_t index) {
  if (!tokens.is_word(index)) return false;
  const Token& token = tokens[index];
  return token.is_capitalised() || token.casing == Casing::none || !is_no_street_name(token.folded);
}

class AddressReader {
 public:
  explicit AddressReader(const Tokens& tokens) : tokens_(tokens) {}

  std::optional<AddressAt> read(std::size_t index) const {
    AddressAt address;
    address.first = index;
    if (const std::size_t end = skip_po_box(tokens_, index)) {
      address.street = {index, end};
      return with_tail(address, end);
    }
    std::size_t at = index;
    if (!tokens_.is_number(index)) {
      if (const std::size_t end = skip_unit(tokens_, index)) {
        address.unit = {index, end};
        at = tokens_.is(end, ",") ? end + 1 : end;
        if (!tokens_.is_number(at)) return std::nullopt;
      }
    }
    if (auto found = read_number_first(address, at)) return found;
    return address.unit.is_empty() ? read_name_first(address, index) : std::nullopt;
  }

 private:
  // 9 Oak St; 12B N Lamar Blvd; 350 5th Ave; 1200 Hwy 71; 123 Main; 12 rue de Rivoli.
  std::optional<AddressAt> read_number_first(AddressAt address, std::size_t index) const {
    const std::size_t number_end = skip_house_number(tokens_, index);
    if (number_end == 0 || number_end >= tokens_.size() || tokens_[number_end].line_start) return std::nullopt;
    std::size_t at = tokens_.is(number_end, ",") && is_leading_street_kind(tokens_.word(number_end + 1))
                         ? number_end + 1
                         : number_end;
    if (const std::size_t end = skip_leading_kind(at)) {
      address.street = {index, end};
      address.is_continental = true;
      return with_tail(address, end);
    }
    if (const std::size_t end = skip_highway(at)) {
      address.street = {index, end};
      return with_tail(address, end);
    }
    if (is_direction(tokens_.word(at)) && tokens_.is_word(at + (tokens_.is(at + 1, ".") ? 2 : 1)))
      at += tokens_.is(at + 1, ".") ? 2 : 1;
    if (const std::size_t end = skip_named_street(at, address.certainty)) {
      address.street = {index, end};
      return with_tail(address, end);
    }
    return read_bare(address, index, at);
  }

  // The words of a street's name and its kind; 0 when there is no kind behind them.
  std::size_t skip_named_street(std::size_t index, Certainty& certainty) const {
    std::size_t at = index;
    bool is_plain = true;  // every word is an everyday word in small letters
    for (std::size_t count = 0; count < kStreetNameWordsMax; ++count) {
      if (at >= tokens_.size() || (count > 0 && tokens_[at].line_start)) return 0;
      if (count > 0) {
        const std::string_view word = tokens_.word(at);
        if (is_street_kind(word) && !is_title_here(at)) return skip_suffix(at + 1);
        const bool is_weak = is_weak_street_kind(word) && !is_street_kind(tokens_.word(at + 1));
        if (is_weak && (tokens_[at].is_capitalised() || !is_plain)) {
          certainty = Certainty::likely;
          return skip_suffix(at + 1);
        }
      }
      const std::size_t next = skip_name_word(at);
      if (next == 0) return 0;
      if (!tokens_.is_word(at) || tokens_[at].is_capitalised() || !is_common_word(tokens_.word(at))) is_plain = false;
      at = next;
    }
    const bool is_kind = at < tokens_.size() && is_street_kind(tokens_.word(at)) && !is_title_here(at);
    return is_kind ? skip_suffix(at + 1) : 0;
  }

  // One word of a name: a word, "5th", "O'Neil", "Saint-Denis".
  std::size_t skip_name_word(std::size_t at) const {
    if (tokens_.is_number(at)) {
      const std::string_view suffix = tokens_.word(at + 1);
      const bool is_ordinal =
          tokens_.is_glued(at + 1) && (suffix == "th" || suffix == "st" || suffix == "nd" || suffix == "rd");
      return is_ordinal ? at + 2 : 0;
    }
    if (!is_name_word(tokens_, at)) return 0;
    std::size_t end = at + 1;
    if ((tokens_.is(end, "-") || tokens_.is(end, "'")) && tokens_.is_glued(end) && tokens_.is_glued(end + 1) &&
        tokens_.is_word(end + 1))
      end += 2;
    if (tokens_.is(end, ".") && tokens_.word(at).size() <= 2) ++end;  // "St. Johns", "N. 5th"
    return end;
  }

  // "2 appointments Dr Lee": the doctor, not the drive.
  bool is_title_here(std::size_t at) const {
    if (!tokens_.is(at, "dr")) return false;
    const std::size_t next = tokens_.is(at + 1, ".") ? at + 2 : at + 1;
    if (!tokens_.is_word(next) || tokens_[next].line_start) return false;
    const std::string_view word = tokens_.word(next);
    return (is_given_name(word) || tokens_[next].is_capitalised()) && !is_place(word) && !is_direction(word) &&
           skip_unit(tokens_, next) == 0 && skip_state(tokens_, next) == 0;
  }

  // The full stop of "St." and the quarter of "St NW".
  std::size_t skip_suffix(std::size_t at) const {
    // "Bend." ends a sentence, "St." may not.
    static const WordSet shortened("st str ave av rd blvd dr ln ct pl apt ste hwy pkwy cir sq ter terr trl cres n s e w ne nw se sw fl no mt ft");
    if (at > 0 && tokens_.is(at, ".") && shortened.has(tokens_.word(at - 1)) && tokens_.is_glued(at) && !(tokens_.is_glued(at + 1) && tokens_.is_word(at + 1)) &&
        goes_on_after_stop(at + 1))
      ++at;
    const bool is_quarter = at < tokens_.size() && is_direction(tokens_.word(at)) && !tokens_[at].line_start &&
                            (tokens_[at].casing == Casing::upper ||
                             (tokens_[at].casing == Casing::capital && !skip_known_place(tokens_, at)));
    return is_quarter ? at + 1 : at;
  }

  // Whether the full stop belongs to "St." rather than to the sentence: something of the address follows, or a small
  // letter.
  bool goes_on_after_stop(std::size_t at) const {
    if (at >= tokens_.size()) return true;
    if (tokens_.is(at, ",") || tokens_[at].casing == Casing::lower || tokens_.is_number(at) || tokens_[at].line_start)
      return true;
    return skip_unit(tokens_, at) != 0 || skip_state(tokens_, at) != 0 || skip_known_place(tokens_, at) != 0 ||
           is_direction(tokens_.word(at));
  }

  // "Hwy 71", "County Road 12", "FM 620".
  std::size_t skip_highway(std::size_t at) const {
    const std::string_view word = tokens_.word(at);
    if ((word == "county" || word == "state" || word == "us") &&
        (tokens_.is(at + 1, "road") || tokens_.is(at + 1, "highway") || tokens_.is(at + 1, "hwy") ||
         tokens_.is(at + 1, "rd")))
      ++at;
    const std::string_view kind = tokens_.word(at);
    const bool is_kind = kind == "hwy" || kind == "highway" || kind == "route" || kind == "rte" || kind == "fm" ||
                         kind == "rr" || kind == "road" || kind == "rd";
    if (!is_kind || !tokens_.is_number(at + 1) || tokens_[at + 1].folded.size() > 4) return 0;
    return skip_suffix(at + 2);
  }

  // "rue de Rivoli", "Calle Mayor": a kind and the name behind it.
  std::size_t skip_leading_kind(std::size_t at) const {
    const std::string_view kind = tokens_.word(at);
    if (!is_leading_street_kind(kind) || is_street_kind(tokens_.word(at + 1))) return 0;
    const bool is_english =
        kind == "place" || kind == "route" || kind == "am" || kind == "via" || kind == "im" || kind == "boulevard";
    std::size_t end = at + 1;
    bool has_name = false;
    for (std::size_t count = 0; count < kStreetNameWordsMax && tokens_.is_word(end) && !tokens_[end].line_start; ++count) {
      const bool is_particle = is_name_particle(tokens_.word(end)) || tokens_.word(end) == "des" ||
                               tokens_.word(end) == "los" || tokens_.word(end) == "las";
      const bool is_name =
          tokens_[end].is_capitalised() || (!is_english && !is_common_word(tokens_.word(end)) && !has_name);
      if (!is_particle && !is_name) break;
      has_name = has_name || !is_particle;
      ++end;
      if (tokens_.is(end, "-") && tokens_.is_glued(end) && tokens_.is_glued(end + 1)) ++end;
    }
    if (!has_name || (is_english && !tokens_[at].is_capitalised())) return 0;
    return end;
  }

  // "123 Main" without a kind: only of names that are used so, and only where nothing else can be meant.
  std::optional<AddressAt> read_bare(AddressAt address, std::size_t index, std::size_t name) const {
    static const WordSet openers("at to near address is lives live located property house home on for");
    if (!is_bare_street_name(tokens_.word(name))) return std::nullopt;
    address.street = {index, name + 1};
    AddressAt found = with_tail(address, name + 1);
    if (!found.state.is_empty() || !found.postcode.is_empty()) return found;
    const bool has_opener =
        index > 0 && (openers.has(tokens_.word(index - 1)) || tokens_.is(index - 1, "@") || tokens_.is(index - 1, ":"));
    const bool is_whole = index == 0 && name + 1 >= tokens_.size();
    const bool is_written_so = tokens_[name].is_capitalised() || tokens_.is(index == 0 ? index : index - 1, "at");
    if (!(has_opener && is_written_so) && !is_whole) return std::nullopt;
    if (!may_follow_bare_number(tokens_, name + 1)) return std::nullopt;
    found.certainty = Certainty::likely;
    return found;
  }

  // "Lindenstr. 14", "Berliner Straße 5", "Calle Mayor 5".
  std::optional<AddressAt> read_name_first(AddressAt address, std::size_t index) const {
    if (!tokens_.is_word(index)) return std::nullopt;
    std::size_t end = skip_leading_kind(index);
    if (end == 0) end = skip_compound(index);
    if (end == 0) return std::nullopt;
    if (tokens_.is(end, ",")) ++end;
    if (end >= tokens_.size() || tokens_[end].line_start) return std::nullopt;
    const std::size_t number_end = skip_house_number(tokens_, end);
    if (number_end == 0 || tokens_[end].folded.size() > 4) return std::nullopt;
    address.street = {index, number_end};
    address.is_continental = true;
    return with_tail(address, number_end);
  }

  std::size_t skip_compound(std::size_t index) const {
    std::size_t at = index;
    for (std::size_t count = 0; count < 2; ++count, ++at) {
      if (!tokens_.is_word(at)) return 0;
      const std::string_view word = tokens_.word(at);
      const bool is_kind_word = count > 0 && (word == "str" || word == "strasse" || word == "weg" || word == "allee" ||
                                              word == "platz" || word == "gasse" || word == "ufer" || word == "damm");
      if (is_compound_street(word) || is_kind_word) return tokens_.is(at + 1, ".") ? at + 2 : at + 1;
      if (!tokens_[at].is_capitalised() || is_common_word(word)) return 0;
    }
    return 0;
  }

  // Unit, town, state and postal code behind the street.
  AddressAt with_tail(AddressAt address, std::size_t index) const {
    address.end = index;
    std::size_t at = skip_joint(index);
    if (address.unit.is_empty()) {
      if (const std::size_t end = skip_unit(tokens_, at)) {
        address.unit = {at, end};
        address.end = end;
        at = skip_joint(end);
      }
    }
    if (!add_town_after_code(address, at)) add_town(address, at);
    if (!address.postcode.is_empty() || !address.state.is_empty()) address.certainty = Certainty::sure;
    skip_country(address);
    return address;
  }

  // One comma or a new line may part the pieces; a full stop ends the address.
  std::size_t skip_joint(std::size_t at) const {
    return tokens_.is(at, ",") || (tokens_.is(at, "-") && !tokens_.is_glued(at)) ? at + 1 : at;
  }

  // "10969 Berlin".
  bool add_town_after_code(AddressAt& address, std::size_t at) const {
    const std::size_t code_end = skip_five_digits(tokens_, at);
    if (code_end == 0 || (!address.is_continental && !tokens_.is_word(code_end))) return false;
    std::size_t end = code_end;
    while (end < tokens_.size() && end - code_end < kCityWordsMax && tokens_.is_word(end) &&
           tokens_[end].is_capitalised() && !tokens_[end].line_start) {
      ++end;
      if (tokens_.is(end, "-") && tokens_.is_glued(end) && tokens_.is_glued(end + 1) && tokens_.is_word(end + 1)) ++end;
    }
    if (end == code_end || (!address.is_continental && !is_place(tokens_.word(code_end)))) return false;
    address.postcode = {at, code_end};
    address.city = {code_end, end};
    address.end = end;
    return true;
  }

  void add_town(AddressAt& address, std::size_t at) const {
    if (tokens_.is(at, "in") && skip_known_place(tokens_, at + 1) != 0) ++at;  // "77 Cedar Ln in Round Rock"
    if (add_state_and_code(address, at, skip_known_place(tokens_, at))) return;
    for (std::size_t words = 0; words <= kCityWordsMax; ++words) {
      if (words > 0 && !may_be_city_word(at + words - 1, at)) break;
      if (add_state_and_code(address, at, at + words)) return;
    }
    const std::size_t place_end = skip_known_place(tokens_, at);
    if (place_end == 0 || !is_town_here(at, place_end)) return;
    address.city = {at, place_end};
    address.end = place_end;
  }

  // The state, the postal code or both behind the town [at, city_end), which may be empty; 0 is no town at all.
  bool add_state_and_code(AddressAt& address, std::size_t at, std::size_t city_end) const {
    if (city_end == 0) return false;
    const std::size_t words = city_end - at;
    const std::size_t rest = words > 0 ? skip_joint(city_end) : at;
    const std::size_t state_end = skip_state(tokens_, rest);
    const std::size_t code_at = state_end != 0 ? skip_joint(state_end) : rest;
    const std::size_t code_end = skip_postcode(tokens_, code_at);
    if (state_end == 0 && code_end == 0) return false;
    if (state_end != 0 && code_end == 0 && !is_plain_state(rest, state_end, words)) return false;
    if (words > 0) address.city = {at, city_end};
    if (state_end != 0) address.state = {rest, state_end};
    if (code_end != 0) address.postcode = {code_at, code_end};
    address.end = code_end != 0 ? code_end : state_end;
    return true;
  }

  bool may_be_city_word(std::size_t index, std::size_t first) const {
    if (!tokens_.is_word(index)) return false;
    if (index > first && tokens_[index].line_start) return false;
    const Token& token = tokens_[index];
    return token.is_capitalised() ? token.folded != "i"
                                  : !is_common_word(token.folded) || is_place(token.folded) ||
                                        token.folded == "round" || token.folded == "rock";
  }

  // A state without a code behind it: in capitals or in full, and with a town before it unless in capitals.
  bool is_plain_state(std::size_t first, std::size_t end, std::size_t city_words) const {
    const Token& token = tokens_[first];
    if (token.casing == Casing::upper) return city_words > 0 || !is_common_word(token.folded);  // "9 Oak St OK?"
    if (city_words == 0) return token.is_capitalised() && token.folded.size() > 2 && !is_person_like(end);
    return token.is_capitalised() || token.folded.size() > 2 || !is_common_word(token.folded);
  }

  bool is_person_like(std::size_t next) const { return tokens_.is_word(next) && tokens_[next].is_capitalised(); }

  // "9 Oak St, Austin called": a person of that name, unless the town ends the clause or "in" came before.
  bool is_town_here(std::size_t first, std::size_t end) const {
    if (tokens_.is(first, "austin") || is_given_name(tokens_.word(first))) {
      const std::string_view next = tokens_.word(end);
      const bool ends = end >= tokens_.size() || tokens_[end].line_start || next == "." || next == "," || next == ";" ||
                        next == ")" || next == "!" || next == "?";
      return ends;
    }
    return true;
  }

  void skip_country(AddressAt& address) const {
    static const WordSet countries(
        "usa us uk england scotland wales ireland germany deutschland france spain espana italy italia netherlands "
        "nederland austria switzerland canada australia belgium denmark sweden norway");
    const std::size_t at = skip_joint(address.end);
    const bool has_joint = at != address.end || (at < tokens_.size() && tokens_[at].line_start);
    const bool has_town = !address.city.is_empty() || !address.postcode.is_empty();
    if (!has_joint || !has_town || at >= tokens_.size() || !countries.has(tokens_.word(at))) return;
    if (tokens_.is(at, "us") && tokens_[at].casing != Casing::upper) return;
    address.end = at + 1;
  }

  const Tokens& tokens_;
};

std::string one_line(std::string_view words) {
  std::string line;
  for (const std::string& part : split(to_utf8(words), '\n')) {
    std::string_view trimmed = trim(part);
    while (trimmed.ends_with(',')) trimmed = trim(trimmed.substr(0, trimmed.size() - 1));
    if (trimmed.empty()) continue;
    if (!line.empty()) line += ", ";
    line += squeeze(trimmed);
  }
  return line;
}

Address address_of(const Tokens& tokens, const AddressAt& at) {
  const auto words = [&](const Part& part) {
    return part.is_empty() ? std::string() : one_line(tokens.words(part.first, part.end));
  };
  return {one_line(tokens.words(at.first, at.end)),
          words(at.street),
          words(at.unit),
          words(at.city),
          words(at.state),
          words(at.postcode)};
}

}  // namespace

std::vector<Reading<Address>> find_addresses(std::string_view text) {
  const Tokens tokens(text);
  const AddressReader reader(tokens);
  std::vector<Reading<Address>> readings;
  for (std::size_t index = 0; index < tokens.size() && readings.size() < kReadingsMax;) {
    const auto found = reader.read(index);
    if (!found || tokens.span(found->first, found->end).size() > limits::kAddressBytes) {
      ++index;
      continue;
    }
    readings.push_back({address_of(tokens, *found), tokens.span(found->first, found->end), found->certainty});
    index = found->end;
  }
  return readings;
}

}  // namespace deskhand::reader
