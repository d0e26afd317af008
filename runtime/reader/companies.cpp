#include "reader/companies.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "reader/letters.h"
#include "reader/lexicon.h"
#include "reader/name_words.h"
#include "reader/tokenizer.h"

namespace deskhand::reader {
namespace {

constexpr std::size_t kCompanyWordsMax = 7;  // before the word that makes it a business

bool is_legal_form(const Tokens& tokens, std::size_t index) {
  static const WordSet forms("llc inc ltd gmbh corp corporation incorporated limited plc llp pllc sarl srl bv pty");
  static const WordSet capital_forms("co pc lp sa ag kg ab as oy spa nv ug");
  if (!tokens.is_word(index)) return false;
  const std::string_view word = tokens.word(index);
  if (word == "limited") return tokens[index].is_capitalised();
  if (forms.has(word)) return true;
  if (!capital_forms.has(word)) return false;
  if (word == "co") return tokens[index].is_capitalised();
  return tokens[index].casing == Casing::upper;
}

// Words that make the words before them a business when they end a row of capitals.
bool is_trade_word(std::string_view folded) {
  static const WordSet words(
      "pub tavern plumbing heating cooling hvac electric electrical roofing painting painters landscaping construction "
      "builders contracting contractors remodeling remodelling renovations renovation cleaning cleaners dental "
      "dentistry "
      "orthodontics clinic medical health healthcare wellness spa medspa salon bakery cafe restaurant grill pizza "
      "pizzeria diner deli bistro brewing brewery coffee market grocery florist flowers auto automotive motors garage "
      "tire tires law legal attorneys "
      "associates partners group agency studio studios media marketing design designs consulting consultants solutions "
      "services service systems technologies software labs industries enterprises holdings properties "
      "property realty realtors homes rentals management investments insurance bank financial accounting supply "
      "hardware electronics logistics transport trucking movers moving storage hotel inn lodge resort motel school "
      "academy university college church temple foundation fitness gym yoga pets veterinary hospital pharmacy "
      "apartments farm farms ranch nursery winery vineyards photography catering events security pools foods kitchen "
      "kitchens "
      "interiors furniture flooring floors store shop boutique jewelers barbers barbershop dermatology pediatrics "
      "chiropractic aesthetics therapy optical mechanical restoration exteriors gutters fencing paving concrete "
      "drywall "
      "handyman hardwoods irrigation lawn pest roofers plumbers electricians company corporation industries brothers "
      "bros sons ventures capital hospitality daycare preschool montessori kennels");
  return words.has(folded);
}

// Trade words that name a firm and hardly ever a job: enough even in small letters.
bool is_firm_trade_word(std::string_view folded) {
  static const WordSet words(
      "pub tavern bakery clinic dental dentistry cafe restaurant pizzeria diner deli bistro brewery florist salon "
      "medspa agency studio studios realty realtors apartments academy university college pharmacy winery catering "
      "boutique barbershop "
      "enterprises industries holdings associates motors brothers bros jewelers");
  return words.has(folded);
}

// Openings of a sentence that are no part of a name: "Call Acme Plumbing", "New Plumbing".
bool is_opening_word(std::string_view folded) {
  static const WordSet words(
      "call called calling add added email emailed text texted sent send sending new lead leads customer client "
      "company meeting met log logged show find from for with the a an at of by to about regarding re visit visited "
      "quote quoted estimate "
      "invoice invoiced remind follow update please hi hello hey dear our my your his her their this that need needs "
      "want wants get got book schedule and or but is was also i we heard spoke talked working works did does do has "
      "have "
      "local best good cheap another some any emergency residential commercial free general it tell told ask asked "
      "mark move win won lost convert qualify disqualify archive business");
  return words.has(folded);
}

bool is_partner_word(std::string_view folded) {
  static const WordSet words("sons daughters co company associates partners brothers bros son daughter");
  return words.has(folded);
}

struct CompanyAt {
  std::size_t first = 0, end = 0;
  std::string legal_form;
  Certainty certainty = Certainty::likely;
};

class CompanyFinder {
 public:
  explicit CompanyFinder(const Tokens& tokens) : tokens_(tokens) {}

  std::vector<CompanyAt> find() const {
    std::vector<CompanyAt> found;
    for (std::size_t index = 0; index < tokens_.size() && found.size() < kReadingsMax;) {
      const auto company = read(index);
      if (!company) {
        ++index;
        continue;
      }
      found.push_back(*company);
      index = company->end;
    }
    return found;
  }

  // The business whose first word stands at this token.
  std::optional<CompanyAt> read(std::size_t index) const {
    if (!may_open(index)) return std::nullopt;
    if (auto company = read_capitalised(index)) return company;
    return read_small(index);
  }

  // A row of capitals behind "from" and "at": "Bob at Acme".
  std::optional<CompanyAt> read_workplace(std::size_t index) const {
    if (const auto company = read(index)) return company;
    std::size_t at = index;
    if (tokens_.is(at, "the") && at + 1 < tokens_.size()) ++at;
    std::size_t end = at;
    while (end < tokens_.size() && end - at < kCompanyWordsMax && tokens_.is_word(end) &&
           (end == at || !tokens_[end].line_start) && tokens_[end].is_capitalised())
      ++end;
    if (end > at) {
      const bool is_other = is_calendar_word(tokens_.word(at)) || is_place(tokens_.word(at)) ||
                            (is_common_word(tokens_.word(at)) && end == at + 1);
      if (is_other) return std::nullopt;
      return CompanyAt{at, end, {}, Certainty::likely};
    }
    while (end < tokens_.size() && end - at < 3 && tokens_.is_word(end) && !tokens_[end].line_start &&
           (!is_common_word(tokens_.word(end)) || (end > at && is_trade_word(tokens_.word(end)))))
      ++end;
    const bool is_firm = end > at + 1 && is_trade_word(tokens_.word(end - 1)) && !is_place(tokens_.word(at));
    if (!is_firm) return std::nullopt;
    return CompanyAt{at, end, {}, Certainty::likely};
  }

 private:
  bool may_open(std::size_t index) const {
    if (!tokens_.is_word(index))
      return tokens_.is_number(index) && tokens_.is_word(index + 1) && tokens_[index + 1].is_capitalised() &&
             !tokens_.is_glued(index);
    if (tokens_.is_glued(index) && index > 0 &&
        (tokens_.is(index - 1, "@") || tokens_.is(index - 1, ".") || tokens_.is(index - 1, "-")))
      return false;
    return !is_opening_word(tokens_.word(index)) && !is_legal_form(tokens_, index);
  }

  bool is_joint(std::size_t at) const { return tokens_.is(at, "&") || tokens_.is(at, "and") || tokens_.is(at, "+"); }

  // "Acme Plumbing, LLC", "Smith & Sons", "Bank of America".
  std::optional<CompanyAt> read_capitalised(std::size_t index) const {
    const bool is_number = tokens_.is_number(index);
    if (!is_number && !tokens_[index].is_capitalised()) return std::nullopt;
    CompanyAt company;
    company.first = index;
    std::size_t at = index, last_trade = 0;
    bool is_shouted = tokens_[index].casing == Casing::upper;
    for (std::size_t count = 0; count < kCompanyWordsMax + 1 && at < tokens_.size(); ++count) {
      if (at > index && tokens_[at].line_start) break;
      if (at > index && is_legal_form(tokens_, at)) return with_form(company, at);
      if (tokens_.is(at, ",") && is_legal_form(tokens_, at + 1)) return with_form(company, at + 1);
      if (is_joint(at) && tokens_.is_word(at + 1)) {
        const bool is_partner =
            is_partner_word(tokens_.word(at + 1)) && (tokens_.is(at, "&") || tokens_[at + 1].is_capitalised());
        if (is_partner && at > index) {
          company.end = at + 2;
          company.certainty = Certainty::sure;
          while (company.end < tokens_.size() && is_trade_word(tokens_.word(company.end)) &&
                 tokens_[company.end].is_capitalised() && !tokens_[company.end].line_start)
            ++company.end;
          if (is_legal_form(tokens_, company.end)) return with_form(company, company.end);
          return company;
        }
        if (!tokens_.is(at, "&") || !tokens_[at + 1].is_capitalised()) break;
        ++at;
        continue;
      }
      if (tokens_.is(at, "of") && is_institution(at - 1) && at + 1 < tokens_.size() &&
          tokens_[at + 1].is_capitalised() && at > index) {
        company.end = at + 2;
        return company;
      }
      if (tokens_.is(at, "-") && tokens_.is_glued(at) && tokens_.is_glued(at + 1)) {
        ++at;
        continue;
      }
      const bool is_word = tokens_.is_word(at) && (tokens_[at].is_capitalised() || (at == index && is_number));
      if (!is_word && !(tokens_.is_number(at) && at == index)) break;
      if (is_calendar_word(tokens_.word(at)) && at > index) break;
      const bool is_trade = at > index && is_trade_word(tokens_.word(at)) &&
                            (tokens_[at].casing != Casing::upper || is_shouted || tokens_.is(at, "hvac"));
      if (is_trade) last_trade = at + 1;
      ++at;
    }
    if (last_trade == 0 || !has_name_before(index, last_trade - 1)) return std::nullopt;
    company.end = last_trade;
    return company;
  }

  // A word besides those of trades and openings stands in [first, end): "Hill Country", not "Drain" of "Drain
  // Cleaning".
  bool has_name_before(std::size_t first, std::size_t end) const {
    for (std::size_t at = first; at < end; ++at) {
      const std::string_view word = tokens_.word(at);
      if (tokens_.is_word(at) && !is_trade_word(word) && !is_opening_word(word) && !is_job_word(word)) return true;
    }
    return false;
  }

  bool is_institution(std::size_t at) const {
    static const WordSet words("bank church university city town county college school museum temple");
    return words.has(tokens_.word(at)) && tokens_[at].is_capitalised();
  }

  CompanyAt with_form(CompanyAt company, std::size_t form) const {
    company.legal_form = std::string(words_of(tokens_.text(), tokens_[form].span));
    company.end = form + 1;
    company.certainty = Certainty::sure;
    // "Müller GmbH & Co. KG".
    if (tokens_.is(company.end, "&") && tokens_.is(company.end + 1, "co")) {
      company.end += 2;
      if (tokens_.is(company.end, ".") && is_legal_form(tokens_, company.end + 1)) ++company.end;
      if (is_legal_form(tokens_, company.end)) ++company.end;
      company.legal_form = std::string(tokens_.words(form, company.end));
    }
    return company;
  }

  // "acme plumbing llc", "ruiz bakery", "smith & sons": words nobody uses otherwise before the one that makes a
  // business.
  std::optional<CompanyAt> read_small(std::size_t index) const {
    if (!tokens_.is_word(index)) return std::nullopt;
    CompanyAt company;
    company.first = index;
    bool has_unknown = false;
    for (std::size_t at = index, count = 0; count < 5 && at < tokens_.size(); ++count, ++at) {
      if (at > index && tokens_[at].line_start) return std::nullopt;
      const std::string_view word = tokens_.word(at);
      const bool is_known = is_common_word(word);
      if (at > index && has_unknown) {
        if (is_legal_form(tokens_, at) && word != "limited") return with_form(company, at);
        if (is_joint(at) && is_partner_word(tokens_.word(at + 1)) && !tokens_.is(at + 1, "son") &&
            !tokens_.is(at + 1, "daughter") && (tokens_.is(at, "&") || tokens_.is(at + 1, "sons"))) {
          company.end = at + 2;
          company.certainty = Certainty::sure;
          return company;
        }
        if (is_firm_trade_word(word) && !tokens_[at].is_capitalised()) {
          company.end = at + 1;
          return company;
        }
      }
      if (!tokens_.is_word(at) || is_opening_word(word)) return std::nullopt;
      if (!is_known && !is_place(word))
        has_unknown = true;
      else if (is_known && !is_trade_word(word))
        return std::nullopt;
      else if (at == index && is_known)
        return std::nullopt;
    }
    return std::nullopt;
  }

  const Tokens& tokens_;
};

// "ruiz bakery" → "Ruiz Bakery", "acme plumbing llc" → "Acme Plumbing LLC"; capitals somebody typed stay.
std::string display_name(std::string_view typed) {
  static const WordSet upper_forms("llc llp pllc plc lp bv sa ag kg hvac");
  const Tokens tokens(typed);
  std::string shown;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (at > 0 && !tokens[at].glued) shown += ' ';
    const std::string_view word = words_of(tokens.text(), tokens[at].span);
    const bool is_small = tokens[at].is_word() && tokens[at].casing == Casing::lower;
    const std::string_view folded = tokens.word(at);
    if (!is_small || folded == "and" || folded == "of" || folded == "the" || folded == "s")
      shown += word;
    else if (folded == "gmbh")
      shown += "GmbH";
    else if (upper_forms.has(folded))
      for (const char letter : folded) shown += static_cast<char>(letter - 'a' + 'A');
    else
      shown += normalise_word(word, false);
  }
  return shown;
}

Reading<CompanyName> company_reading(const Tokens& tokens, const CompanyAt& at) {
  const Span span = tokens.span(at.first, at.end);
  const std::string typed = to_utf8(squeeze(words_of(tokens.text(), span)));
  return {
      {display_name(typed), at.legal_form.empty() ? std::string() : display_name(at.legal_form)}, span, at.certainty};
}

}  // namespace

std::optional<Reading<CompanyName>> read_company_name(std::string_view text) {
  const Tokens tokens(text);
  std::size_t end = tokens.size();
  while (end > 0 && (tokens.is(end - 1, "!") || tokens.is(end - 1, ","))) --end;
  if (end == 0 || tokens.text().size() > limits::kNameBytes) return std::nullopt;
  const CompanyFinder finder(tokens);
  const std::size_t first = tokens.is(0, "the") ? 1 : 0;
  auto company = finder.read(first);
  if (!company) return std::nullopt;
  const bool has_stop = tokens.is(company->end, ".") && company->end + 1 == end;
  if (company->end != end && !has_stop) return std::nullopt;
  company->first = 0;
  return company_reading(tokens, *company);
}

std::vector<Reading<CompanyName>> find_company_names(std::string_view text) {
  const Tokens tokens(text);
  std::vector<Reading<CompanyName>> readings;
  for (const CompanyAt& company : CompanyFinder(tokens).find()) {
    if (tokens.span(company.first, company.end).size() <= limits::kNameBytes)
      readings.push_back(company_reading(tokens, company));
  }
  return readings;
}

std::vector<PersonAtCompany> find_people_at_companies(std::string_view text) {
  const Tokens tokens(text);
  const CompanyFinder finder(tokens);
  std::vector<PersonAtCompany> found;
  for (const auto& person : find_person_names(tokens.text())) {
    std::size_t at = tokens.at_byte(person.span.end);
    if (tokens.is(at, ",")) ++at;
    if (!tokens.is(at, "from") && !tokens.is(at, "at") && !tokens.is(at, "of")) continue;
    ++at;
    if (tokens.is(at, "the") || tokens.is(at, "our")) ++at;
    if (at >= tokens.size() || tokens[at].line_start) continue;
    const auto company = finder.read_workplace(at);
    if (!company || tokens.span(company->first, company->end).size() > limits::kNameBytes) continue;
    found.push_back({person, company_reading(tokens, *company)});
  }
  return found;
}

}  // namespace deskhand::reader
