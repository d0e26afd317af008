// Names of businesses: "Acme Plumbing LLC", "Smith & Sons", "Hill Country Dental", "Ruiz Bakery".
//
// Thread rule: pure functions. A business is known by a legal form (LLC, GmbH), by a word of its trade at the end
// (Plumbing, Clinic, Bakery), by "& Sons", or by standing behind a person and "from", "at" or "of".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reader/names.h"
#include "reader/reading.h"

namespace deskhand::reader {

struct CompanyName {
  std::string name;        // as typed, small letters raised: "Ruiz Bakery", "Acme Plumbing LLC"
  std::string legal_form;  // "LLC", "GmbH" or ""
  bool operator==(const CompanyName&) const = default;
};

// The text is expected to be a name of a business and nothing else.
std::optional<Reading<CompanyName>> read_company_name(std::string_view text);
// In running text. A legal form or "& Sons" makes it sure, a trade word likely.
std::vector<Reading<CompanyName>> find_company_names(std::string_view text);

// "Ana Ruiz from Ruiz Bakery", "Bob at Acme".
struct PersonAtCompany {
  Reading<PersonName> person;
  Reading<CompanyName> company;
};
std::vector<PersonAtCompany> find_people_at_companies(std::string_view text);

}  // namespace deskhand::reader
