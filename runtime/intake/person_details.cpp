#include "intake/person_details.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "intake/letter_marks.h"
#include "reader/addresses.h"
#include "reader/companies.h"
#include "reader/emails.h"
#include "reader/lexicon.h"
#include "reader/names.h"
#include "reader/phones.h"
#include "reader/tokenizer.h"

namespace deskhand::intake {
namespace {

constexpr std::size_t kClauseBytes = 90;  // before a number, that say whose it is
constexpr std::size_t kNameWords = 5;
constexpr std::size_t kWrappedLineBytes = 50;

bool is_role(std::string_view folded) {
  static const reader::WordSet words(
      "office info admin sales support team service services accounts accounting billing hello contact help helpdesk "
      "desk front reception reservations booking bookings "
      "orders marketing newsletter news notifications notification alerts noreply no reply mailer system website web "
      "form forms online inquiry inquiries enquiries lead leads "
      "customer customers client clients iphone ipad phone mac pc android scanner printer copier user account me "
      "unknown guest anonymous member owner manager department dept "
      "group family household residents homeowner tenant the via inbox mail email security alert update updates store "
      "shop company inc llc ltd gmbh corp co");
  return words.has(folded);
}

// A name written as one: one to five words of letters, none of them a role.
std::string plain_name(std::string_view text) {
  const reader::Tokens tokens(text);
  std::size_t words = 0, letters = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens.is_number(at)) return {};
    if (!tokens.is_word(at)) {
      const std::string_view mark = tokens.word(at);
      if (mark != "." && mark != "-" && mark != "'" && mark != "," && mark != "&") return {};
      continue;
    }
    if (is_role(tokens.word(at))) return {};
    letters += tokens[at].span.size();
    ++words;
  }
  if (words == 0 || words > kNameWords || letters < 2) return {};
  return reader::normalise_name(squeeze(text));
}

std::string read_name(std::string_view text) {
  if (const auto person = reader::read_person_name(text)) return person->value.text();
  return {};
}

// "(512)" at the end of one line and "555-0149" at the start of the next are one number; every place stays where it
// was.
std::string with_numbers_joined(std::string_view text) {
  std::string joined(text);
  for (std::size_t at = joined.find('\n'); at != std::string::npos && at + 1 < joined.size();
       at = joined.find('\n', at + 1)) {
    const bool digit_follows = joined[at + 1] >= '0' && joined[at + 1] <= '9';
    std::size_t last = at;
    while (last > 0 && (joined[last - 1] == ' ' || joined[last - 1] == '\r')) --last;
    if (digit_follows && last > 3 && (joined[last - 1] == ')' || joined[last - 1] == '-') && joined[last - 2] >= '0' &&
        joined[last - 2] <= '9')
      joined[at] = ' ';
  }
  return joined;
}

// What stands before the position in its clause.
std::string clause_before(std::string_view text, std::size_t position) {
  std::size_t begin = position > kClauseBytes ? position - kClauseBytes : 0;
  for (std::size_t at = position; at > begin; --at) {
    const char c = text[at - 1];
    const bool ends_sentence = (c == '.' || c == '!' || c == '?') && at < position && text[at] == ' ';
    // A long line was broken by a mail program and goes on; a short one ended where its writer ended it.
    const std::size_t line_begin = c == '\n' && at >= 2 ? text.rfind('\n', at - 2) + 1 : 0;
    const bool is_wrapped = c == '\n' && at - 1 - line_begin >= kWrappedLineBytes;
    if ((c == '\n' && !is_wrapped) || c == ';' || ends_sentence) {
      begin = at;
      break;
    }
  }
  std::string clause = to_lower(text.substr(begin, position - begin));
  for (const std::string_view cut : {" or ", " and "})
    if (const std::size_t last = clause.rfind(cut); last != std::string::npos) clause.erase(0, last + 1);
  return clause;
}

bool is_no_phone(const std::string& clause) {
  static const RE2 other(
      R"((?:order|lead|invoice|inv|acct|account|po|p\.o\.|ticket|case|ref(?:erence)?|confirmation|conf|tracking|permit|license|lic|licence|model|serial|s/n|part|sku|claim|policy|member(?:ship)?|customer|client|id|vin|ein|tax|job|quote|estimate|parcel|apn|loan|routing|isbn|upc|file|rechnungs?-?|auftrags?-?)\s*(?:id|no|nr|num|number|code|nummer)?\s*[#:.]*\s*(?:is|was)?\s*[#:]*\s*$|#\s*$|\bfax(?: number)?\s*[:.#]*\s*(?:is)?\s*$|(?:^|\s)f\s*[:.]?\s*$)");
  return matches(clause, other);
}

// Somebody else's: "my tenant Joe at …", "her cell is …".
bool is_another_persons(const std::string& clause) {
  static const RE2 others(
      R"(\b(?:his|her|their|hers)\b|\b(?:tenants?|renters?|neighbou?rs?|husband|wife|spouse|fianc[eé]e?|boyfriend|girlfriend|son|daughter|mother|mom|mum|father|dad|parents?|brother|sister|grandm\w*|grandf\w*|uncle|aunt|cousin|in-?laws?|landlord|landlady|property (?:manager|management)|hoa|super|superintendent|building manager|site manager|agent|realtor|broker|contractor|builder|electrician|handyman|assistant|secretary|receptionist|friend|colleague|coworker|co-worker|boss|roommate|caretaker|housekeeper|nanny|babysitter|emergency contact|insurance|adjuster|pharmacy|doctor|dr\.|physician|previous|former|competitor|other (?:company|plumber|clinic|agency)|inspector|partner|accountant|bookkeeper|seller|buyer|guest|vermieter|mieter|nachbarn?|mann|frau|inquilin[oa]|vecin[oa]|espos[oa]|marido|mujer|hij[oa])(?:'s|’s|s')?\b)");
  static const RE2 mine(
      R"(\b(?:my|our)\s+(?:cell|mobile|phone|number|cellphone|work|home|direct|office|personal|best|new|contact)(?: phone| number| cell)?\s*(?:number)?\s*(?:is|:|at|#|-)?\s*$|\b(?:call|text|reach|ring|contact)(?: me| us)\b(?:[^,]{0,30})$|\b(?:mein|meine|mi|mis)\b[^,]{0,20}$)");
  return matches(clause, others) && !matches(clause, mine);
}

// "Don't use … any more", "my old number was …", "… is disconnected": told so that it is not used. "Not before nine" is no denial.
bool is_denied_number(const std::string& clause, std::string_view behind) {
  static const RE2 before(
      R"((?:\b(?:do not|don['’]?t|never|stop|no longer|not to|instead of|rather than)\s+(?:use|using|call|calling|text|texting|try|dial|ring|phone|reach|contact|save|write)?\b[^.!?,;:\d]{0,25}|\bnot\s+(?:at|on|to|via|my|the|our)?\s*(?:number)?|\b(?:old|former|previous|wrong|dead|disconnected)\s+(?:phone |cell |mobile |home |work )?(?:number|phone|cell|mobile|line|one)\s*(?:was|is|:|,|\(|-|of)*)\s*$)");
  static const RE2 after(
      R"((?i)^[ ,;:()–—-]*(?:(?:that|this|it|which)(?:['’]s| is| was)?|is|was|has been)?\s*(?:now |also |just |an? |my |our |the )*(?:(?:old|former|previous|wrong|dead|ex)(?:\s+(?:phone |cell |mobile |home |work |husband['’]?s )?(?:number|phone|cell|mobile|line|one)\b| *[.,;:)!]|\s*$)|disconnected|out of (?:service|order)|no longer|not (?:mine|my|our|working|in (?:service|use)|valid|active|good|right)|(?:does|do)(?:n['’]t| not) work|isn['’]t (?:mine|working|valid|right|my)|won['’]t work))");
  static const RE2 time(
      R"((?i)^[\s,]*(?:before|until|till|after|during|between|at (?:night|work|lunch)|while|when|on (?:week|sun|sat|mon|tue|wed|thu|fri)|unless|too (?:early|late)|in the (?:morning|evening)))");
  if (matches(behind, after)) return true;
  return matches(clause, before) && !matches(behind, time);
}

// "Call Tom at …", where Tom is not the writer.
bool names_somebody_else(std::string_view masked, std::size_t position, std::string_view writer_name) {
  const std::size_t begin = position > kClauseBytes ? position - kClauseBytes : 0;
  std::string_view before = masked.substr(begin, position - begin);
  if (const std::size_t line = before.find_last_of("\n;"); line != std::string_view::npos)
    before.remove_prefix(line + 1);
  static const RE2 pointing(
      R"((?i)\b(?:call|text|contact|reach|ask for|speak (?:to|with)|talk to|see)\s+((?:\p{Lu}[\p{L}'’-]+\s?){1,3})[^\n]{0,25}$)");
  std::string name;
  if (!RE2::PartialMatch(re2::StringPiece(before.data(), before.size()), pointing, &name)) return false;
  name = squeeze(name);
  return !writer_name.empty() && reader::read_person_name(name) && !may_be_same_person(name, writer_name);
}

}  // namespace

std::string person_of_display_name(std::string_view display) {
  if (parse_email(trim(display))) return {};
  static const RE2 tail(
      R"((?i)\s*(?:\bvia\b.*|\bfrom\b .*|\(.*\)|\[.*\]|\|.*|\bon behalf of\b.*|@.*|,?\s+(?:dds|dmd|md|phd|cpa|esq|rn|np|pa-c|mba|pe|aia)\.?)\s*$)");
  std::string name(printable_line(display));
  for (int step = 0; step < 3; ++step) RE2::Replace(&name, tail, "");
  name = squeeze(name);
  while (!name.empty() && std::string_view("'\"`’‘").find(name.front()) != std::string_view::npos) name.erase(0, 1);
  while (!name.empty() && std::string_view("'\"`,").find(name.back()) != std::string_view::npos) name.pop_back();
  if (name.empty() || name.find('@') != std::string::npos || name.size() > limits::kNameBytes) return {};
  const reader::Tokens tokens(name);
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (is_role(tokens.word(at))) return {};
  if (std::string read = read_name(name); !read.empty()) return read;
  if (reader::read_company_name(name)) return {};
  if (const std::size_t comma = name.find(','); comma != std::string::npos)
    name = squeeze(name.substr(comma + 1) + " " + name.substr(0, comma));
  return plain_name(name);
}

FoundText name_in_signature(std::string_view signature) {
  FoundText found;
  int looked_at = 0;
  for (const Line& line : lines_of(signature)) {
    if (line.is_blank() || is_signature_mark(line.text)) continue;
    if (++looked_at > 5) break;
    std::string_view words = line.text;
    if (const auto sign = sign_off(words)) words = sign->name;
    // "Ana Ruiz, Office Manager", "Ana Ruiz | Ruiz Bakery", "- Ana".
    while (!words.empty() && std::string_view("-~*– —").find(words.front()) != std::string_view::npos)
      words.remove_prefix(1);
    const std::size_t cut =
        std::min(words.find_first_of("|,(/•·0123456789+"), std::min(words.find(" - "), words.find(" – ")));
    const std::string_view first = trim(words.substr(0, cut));
    if (first.empty()) continue;
    const auto person = reader::read_person_name(first);
    if (!person) continue;
    found.value = person->value.text();
    found.source.words = std::string(first);
    const auto begin = static_cast<std::size_t>(first.data() - signature.data());
    found.source.span = {begin, begin + first.size()};
    return found;
  }
  return found;
}

namespace {

// The longest beginning of `words` that is a name: "Ana Ruiz and our tap" is Ana Ruiz. Small letters are believed only
// where the first word is a given name.
std::string_view name_at_start(std::string_view words) {
  constexpr std::size_t kWordsMax = 4;
  static const reader::WordSet no_name(
      "and or but our my the a an i im we is was am are have has had with from at in on here calling writing at "
      "looking for just who um uh");
  static const reader::WordSet particles("de la van von der den del di da le du st");
  std::vector<std::size_t> ends;
  std::size_t at = 0;
  bool is_small = false;
  while (ends.size() < kWordsMax && at < words.size()) {
    std::size_t end = words.find_first_of(" \n\t,;.!?:", at);
    // The full stop of an initial belongs to the name.
    if (end != std::string_view::npos && words[end] == '.' && end == at + 1) ++end;
    if (end == std::string_view::npos) end = words.size();
    const std::string word = to_lower(words.substr(at, end - at));
    if (word.empty() || no_name.has(word) || word.find("i'm") == 0 || word.find("i’m") == 0) break;
    const bool is_capital = static_cast<unsigned char>(words[at]) >= 0x80 || (words[at] >= 'A' && words[at] <= 'Z');
    if (!is_capital && !particles.has(word)) {
      if (ends.empty() ? !reader::is_given_name(word) : !is_small) break;
      is_small = true;
    }
    ends.push_back(end);
    if (end >= words.size() || words[end] != ' ' || (is_small && ends.size() == 2)) break;
    at = end + 1;
  }
  for (; !ends.empty(); ends.pop_back())
    if (const std::string_view name = words.substr(0, ends.back()); reader::read_person_name(name)) return name;
  return {};
}

FoundText found_name(std::string_view text, std::string_view name) {
  const auto begin = static_cast<std::size_t>(name.data() - text.data());
  return {reader::read_person_name(name)->value.text(), {Place::text, {begin, begin + name.size()}, std::string(name)}};
}

}  // namespace

FoundText name_in_text(std::string_view fresh) {
  static const RE2 introduction(
      R"((?i)(?:my (?:full )?name is|my name's|(?:^|[.!,\n]\s*|hi |hello |hey )(?:this is|it's|it is|i am|i'm)|mi nombre es|me llamo|mein name ist|ich heiße|je m'appelle|je suis)\s+(?:u[hm]+,? )?(\p{L}[^\n]*))");
  static const RE2 here(
      R"((?m)(?:^|[.!,]\s+|[Hh]i |[Hh]ello |[Hh]ey )(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’.-]+){0,3}) here\b)");
  const std::string_view start = fresh.substr(0, limits::kBodyBytes);
  for (const RE2* pattern : {&introduction, &here}) {
    re2::StringPiece rest(start.data(), start.size()), words;
    for (int tries = 0; tries < 5 && RE2::FindAndConsume(&rest, *pattern, &words); ++tries) {
      const std::string_view name = name_at_start(std::string_view(words.data(), words.size()));
      if (!name.empty()) return found_name(start, name);
      rest = re2::StringPiece(words.data(), static_cast<std::size_t>(start.data() + start.size() - words.data()));
    }
  }
  return {};
}

FoundText name_at_end(std::string_view fresh) {
  std::string_view text = trim(fresh.substr(0, limits::kBodyBytes));
  // Numbers may stand before or behind the name.
  static const RE2 last(
      R"((?s)(?:^|[.!?]\s+|\n)(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]*\.?){1,2})(?:,[^,\n.?!]{2,40})?[\s,.:()\d+-]*$)");
  re2::StringPiece name;
  if (!RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), last, &name)) return {};
  const std::string_view words(name.data(), name.size());
  return reader::read_person_name(words) ? found_name(fresh, words) : FoundText{};
}

bool may_be_same_person(std::string_view left, std::string_view right) {
  const std::vector<std::string> some = split(fold_name(left), ' '), others = split(fold_name(right), ' ');
  const std::vector<std::string>& fewer = some.size() <= others.size() ? some : others;
  const std::vector<std::string>& more = some.size() <= others.size() ? others : some;
  if (fewer.empty() || fewer.front().empty()) return false;
  // Every word of the shorter name is one of the longer, or its first letter.
  return std::all_of(fewer.begin(), fewer.end(), [&](const std::string& word) {
    return std::any_of(more.begin(), more.end(), [&](const std::string& each) {
      return each == word || (word.size() == 1 && each.starts_with(word)) ||
             (each.size() == 1 && word.starts_with(each)) || (word.size() >= 3 && each.starts_with(word)) ||
             (each.size() >= 3 && word.starts_with(each));
    });
  });
}

const FoundText& fuller_name(const FoundText& first, const FoundText& second) {
  if (first.empty()) return second;
  if (second.empty()) return first;
  const auto words = [](const std::string& name) { return std::count(name.begin(), name.end(), ' '); };
  if (!may_be_same_person(first.value, second.value)) return first;
  return words(second.value) > words(first.value) ? second : first;
}

std::vector<FoundPhone> own_phones(std::string_view masked, std::string_view writer_name, const OwnIdentity& own,
                                   bool is_signature) {
  std::vector<FoundPhone> phones;
  const std::string joined = with_numbers_joined(masked);
  for (const auto& reading : reader::find_phone_numbers(joined, own.region())) {
    if (!reading.value.is_complete || own.is_phone(reading.value.phone.e164)) continue;
    const std::string clause = clause_before(masked, reading.span.begin);
    const std::string_view behind = masked.substr(std::min(reading.span.end, masked.size()), kClauseBytes);
    if (is_no_phone(clause) || is_denied_number(clause, behind)) continue;
    if (!is_signature && (is_another_persons(clause) || names_somebody_else(masked, reading.span.begin, writer_name)))
      continue;
    add_phone(phones,
              {reading.value.phone, {Place::text, reading.span, std::string(reader::words_of(joined, reading.span))}});
  }
  return phones;
}

std::vector<FoundEmail> own_emails(std::string_view masked, const OwnIdentity& own, bool is_signature) {
  static const RE2 mine(
      R"(\b(?:my|our)\b[^.;]{0,40}$|\b(?:e-?mail|write|reach|contact|reply|respond|get back|send)\b[^.;]{0,25}\b(?:me|us|to)?\b[^.;]{0,20}$|\bme (?:at|on|via|by)\b[^.;]{0,20}$|^\s*(?:e-?mail|mail|correo|courriel|e)\s*[:\-]?\s*$|\b(?:mi|meine?|mon)\b[^.;]{0,30}$)");
  std::vector<FoundEmail> emails;
  for (const auto& reading : reader::find_email_addresses(masked)) {
    if (own.is_address(reading.value.folded) || is_unattended_address(reading.value.folded)) continue;
    const std::string clause = clause_before(masked, reading.span.begin);
    if (!is_signature && (!matches(clause, mine) || is_another_persons(clause))) continue;
    add_email(emails,
              {reading.value, {Place::text, reading.span, std::string(reader::words_of(masked, reading.span))}});
  }
  return emails;
}

FoundText address_in(std::string_view masked, const OwnIdentity& own) {
  FoundText found;
  for (const auto& reading : reader::find_addresses(masked)) {
    if (own.is_place(reading.value.text)) continue;
    // The one that says most: a street with its town is worth more than the street alone.
    if (!found.empty() && (reading.value.city.empty() || found.value.size() >= reading.value.text.size())) continue;
    if (!found.empty() && found.value.find(',') != std::string::npos) continue;
    found.value = reading.value.text;
    found.source = {Place::text, reading.span, std::string(reader::words_of(masked, reading.span))};
  }
  return found;
}

FoundText company_in_signature(std::string_view signature) {
  FoundText found;
  const auto companies = reader::find_company_names(signature);
  if (companies.empty()) return found;
  found.value = companies.front().value.name;
  found.source = {Place::text, companies.front().span,
                  std::string(reader::words_of(signature, companies.front().span))};
  return found;
}

void add_phone(std::vector<FoundPhone>& onto, FoundPhone phone) {
  const bool is_known = std::any_of(onto.begin(), onto.end(),
                                    [&](const FoundPhone& each) { return each.phone.e164 == phone.phone.e164; });
  if (!is_known && onto.size() < limits::kContactPoints / 2) onto.push_back(std::move(phone));
}

void add_email(std::vector<FoundEmail>& onto, FoundEmail email) {
  const bool is_known = std::any_of(onto.begin(), onto.end(),
                                    [&](const FoundEmail& each) { return each.email.folded == email.email.folded; });
  if (!is_known && onto.size() < limits::kContactPoints / 2) onto.push_back(std::move(email));
}

}  // namespace deskhand::intake
