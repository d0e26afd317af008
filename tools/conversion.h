// From lead to opportunity (S2-EV3): what the contact's record must have first, and the rows that conversion makes.
// Converting, winning and losing share it.
//
// Thread rule: reads and writes through the caller's Txn only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/deal.h"
#include "tools/function_tool.h"

namespace deskhand::tools {

// The contact as it will stand with what the arguments "phone" and "address" add where the record has none, and what is
// still missing of name, phone and address: "the phone number", "the service address".
struct Completion {
  Contact contact;
  std::vector<ContactPoint> added;
  std::vector<std::string> told;  // "address 9 Oak St"
  std::vector<std::string> missing;
};
Result<Completion> complete_contact(const Json& arguments, const ToolContext& context, const Contact& contact);
// Stores what was added, if anything was. Under a yes to share a phone the new point carries that approval.
Result<Contact> store_completion(ToolContext& context, Completion completion);
// The effects of that on the contact's record.
void put_effects(const Completion& completion, const ToolContext& context, Proposal& proposal);

// invalid_argument: "L-3 … can't be converted yet; ask for: the phone number and the service address".
Error missing_error(const Deal& deal, std::string_view deed, const std::vector<std::string>& missing);

// The amount of the deal: the argument, else the opportunity's, else the newest estimate's, else the lead's estimated
// value.
Result<std::optional<Money>> amount_of(const Json& arguments, const ToolContext& context, const Deal& deal);

// Makes the opportunity and links it; the lead reads converted afterwards. `deal` must have a lead and no opportunity.
Result<Deal> convert(ToolContext& context, const Deal& deal, OpportunityStage stage, std::string name,
                     std::optional<Money> amount);

// The properties "phone" and "address" of a schema, as complete_contact reads them.
Json completion_properties();

}  // namespace deskhand::tools
