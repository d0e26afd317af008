#include "tools/companies.h"

#include "base/limits.h"
#include "base/phone.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"
#include "tools/words.h"

namespace deskhand::tools {
namespace {

// Sets what the arguments say and tells each change in a few words.
Result<std::vector<std::string>> apply_to_company(const Json& arguments, const ToolContext& context, Company& company) {
  std::vector<std::string> told;
  const auto name = optional_line(arguments, "name");
  if (name && name->empty()) return make_error(Code::invalid_argument, "A company needs a name.");
  if (name && *name != company.name) told.push_back("name " + (company.name = *name));
  const auto type = choice(arguments, "type", parse_company_type);
  if (!type) return type.error();
  if (*type && **type != company.type) told.push_back("type " + std::string(name_of(company.type = **type)));
  const auto status = choice(arguments, "status", parse_company_status);
  if (!status) return status.error();
  if (*status && **status != company.status) told.push_back("now " + spoken(name_of(company.status = **status)));
  if (const auto typed = optional_line(arguments, "main_phone")) {
    Phone phone;
    if (!typed->empty()) {
      Result<Phone> parsed = parse_phone(*typed, context.org.region);
      if (!parsed) return parsed.error();
      phone = std::move(*parsed);
    }
    if (phone.e164 != company.main_phone)
      told.push_back(phone.e164.empty() ? "no phone" : "phone " + phone_text(phone.e164, context.org));
    company.main_phone = phone.e164;
    company.main_phone_as_typed = phone.as_typed;
  }
  if (const auto address = optional_line(arguments, "billing_address");
      address && *address != company.billing_address) {
    company.billing_address = *address;
    told.push_back(address->empty() ? "no billing address" : "billing address " + *address);
  }
  if (const auto words = optional_line(arguments, "primary_contact")) {
    ContactId wanted;
    std::string text = "no primary contact";
    if (!words->empty()) {
      const Result<Contact> contact = resolve_contact(context, *words);
      if (!contact) return contact.error();
      wanted = contact->id;
      text = "primary contact " + name_with_ref(*contact);
    }
    if (wanted != company.primary_contact) told.push_back(text);
    company.primary_contact = wanted;
  }
  const CustomFields before = company.custom;
  if (Done done = apply_custom_fields(arguments, company.custom); !done) return done.error();
  if (company.custom != before) told.push_back("own fields");
  return told;
}

Result<Json> resolved(const Json& arguments, const ToolContext& context, const Company& company) {
  Json by_ref = arguments;
  if (!line(arguments, "primary_contact").empty())
    by_ref["primary_contact"] = ref_of_contact(context, company.primary_contact);
  return by_ref;
}

Result<std::optional<Company>> of_same_name(const ToolContext& context, std::string_view name) {
  const Result<std::vector<Company>> found = context.txn.contacts().search_companies(name, limits::kPageRows);
  if (!found) return found.error();
  for (const Company& company : *found)
    if (words_of(company.name) == words_of(name) && company.status != CompanyStatus::archived)
      return std::optional<Company>(company);
  return std::optional<Company>();
}

Result<Proposal> propose_create_company(const Json& arguments, const ToolContext& context) {
  Company company;
  const auto told = apply_to_company(arguments, context, company);
  if (!told) return told.error();
  if (company.name.empty()) return make_error(Code::invalid_argument, "create_company: ask for the company's name.");
  const Result<std::optional<Company>> same = of_same_name(context, company.name);
  if (!same) return same.error();
  if (*same && !flag(arguments, "separate"))
    return make_error(
        Code::conflict,
        name_with_ref(**same) + " is on file already; use update_company, or say separate if it is another one.");
  Result<Json> by_ref = resolved(arguments, context, company);
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::company, true}};
  proposal.arguments = share(std::move(*by_ref));
  proposal.summary = "New company " + company.name;
  return proposal;
}

ToolOutcome company_outcome(const Company& company, const ToolContext& context, std::string text) {
  ToolOutcome outcome;
  outcome.data = share(to_data(company, context));
  outcome.text = std::move(text);
  outcome.touched = {ref_of(company)};
  return outcome;
}

Result<ToolOutcome> run_create_company(const Json& arguments, ToolContext& context) {
  Company company;
  const auto told = apply_to_company(arguments, context, company);
  if (!told) return told.error();
  const Result<Company> stored = context.txn.contacts().insert(std::move(company));
  if (!stored) return stored.error();
  const std::string phone = phone_text(stored->main_phone, context.org);
  return company_outcome(*stored, context, "Added: " + name_with_ref(*stored) + (phone.empty() ? "." : ", " + phone + "."));
}

Result<Proposal> propose_update_company(const Json& arguments, const ToolContext& context) {
  Result<Company> company = resolve_company(context, line(arguments, "company"));
  if (!company) return company.error();
  const std::string ref = ref_of(*company);
  const auto told = apply_to_company(arguments, context, *company);
  if (!told) return told.error();
  Result<Json> by_ref = resolved(arguments, context, *company);
  (*by_ref)["company"] = ref;
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::company}};
  proposal.arguments = share(std::move(*by_ref));
  proposal.summary = "Change " + name_with_ref(*company) + ": " + join(*told, ", ");
  return proposal;
}

Result<ToolOutcome> run_update_company(const Json& arguments, ToolContext& context) {
  Result<Company> company = resolve_company(context, line(arguments, "company"));
  if (!company) return company.error();
  const auto told = apply_to_company(arguments, context, *company);
  if (!told) return told.error();
  if (told->empty()) {
    ToolOutcome unchanged;
    unchanged.data = share(to_data(*company, context));
    unchanged.text = name_with_ref(*company) + " already reads so; nothing was changed.";
    return unchanged;
  }
  const Result<Company> stored = context.txn.contacts().update(std::move(*company));
  if (!stored) return stored.error();
  return company_outcome(*stored, context, "Updated " + name_with_ref(*stored) + ": " + join(*told, ", ") + ".");
}

// The people of a company carry its name in the search index.
Result<std::vector<Contact>> people_of(const ToolContext& context, const Company& company) {
  Result<std::vector<Contact>> people = context.txn.contacts().search(company.name, true, limits::kPageRowsMax);
  if (!people) return people;
  std::erase_if(*people, [&](const Contact& contact) { return contact.company != company.id; });
  return people;
}

Result<ToolOutcome> run_show_company(const Json& arguments, ToolContext& context) {
  const Result<Company> company = resolve_company(context, line(arguments, "company"));
  if (!company) return company.error();
  const auto people = people_of(context, *company);
  if (!people) return people.error();
  std::vector<std::string> shown = company_card(*company, context);
  Json data = to_data(*company, context);
  data["contacts"] = Json::array();
  for (const Contact& contact : *people) {
    if (data["contacts"].size() == limits::kPageRows) break;
    shown.push_back("Person: " + contact_label(contact, context.org) + " (" + ref_of(contact) + ")");
    data["contacts"].push_back(brief(to_data(contact, context)));
  }
  return [&] {
    ToolOutcome outcome = company_outcome(*company, context, join(shown, "\n"));
    outcome.data = share(std::move(data));
    return outcome;
  }();
}

}  // namespace

Tools company_tools(const schema::RecordSchemas& records) {
  const Json which = text_of("A ref such as B-3, or the company's name.", limits::kNameBytes);
  const Json person = {{"type", {"string", "null"}},
                       {"maxLength", limits::kNameBytes},
                       {"description", "Whom to talk to there: a ref such as C-12 or a name on file."}};
  schema::ArgumentShape made;
  made.noun = "company";
  made.fields = {"name", "type", "main_phone", "billing_address", "status"};
  made.required = {"name"};
  schema::ArgumentShape changed = made;
  changed.required = {"company"};
  changed.clearable = true;

  Tools tools;
  tools.push_back(make_tool(tool_spec("show_company", "Everything on file about a company and its people.",
                                      closed_schema({{"company", which}}, {"company"}), EffectClass::read),
                            propose_read, run_show_company));
  tools.push_back(make_tool(
      tool_spec(
          "create_company", "Add a business, as opposed to a person. Its people are contacts that belong to it.",
          records.argument_schema(made, {{"primary_contact", person},
                                         {"separate", yes_or_no("true when it is another company of the same name.")}}),
          EffectClass::write),
      propose_create_company, run_create_company));
  tools.push_back(make_tool(
      tool_spec("update_company", "Correct or complete a company's record. null takes a value away.",
                records.argument_schema(changed, {{"company", which}, {"primary_contact", person}}), EffectClass::write),
      propose_update_company, run_update_company));
  return tools;
}

}  // namespace deskhand::tools
