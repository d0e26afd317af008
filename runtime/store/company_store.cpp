// The companies part of ContactStore.
#include "base/text.h"
#include "store/contact_store.h"
#include "store/search_texts.h"
#include "store/text_search.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kCompanyColumns =
    "id, ref_number, version, created_at, updated_at, name, type, main_phone, main_phone_as_typed, billing_address, "
    "primary_contact_id, status, quickbooks_customer_id, custom";

Result<Company> read_company(const Row& row) {
  ColumnReader in(row);
  Company company;
  company.id = in.id<CompanyId>();
  company.head = in.head();
  company.name = in.text();
  company.type = in.name(parse_company_type);
  company.main_phone = in.text();
  company.main_phone_as_typed = in.text();
  company.billing_address = in.text();
  company.primary_contact = in.id<ContactId>();
  company.status = in.name(parse_company_status);
  company.quickbooks_customer_id = in.text();
  company.custom = in.custom();
  return in.finish(std::move(company));
}

Fields company_fields(const Company& company) {
  return {{"name", company.name},
          {"name_folded", fold_name(company.name)},
          {"type", text(name_of(company.type))},
          {"main_phone", company.main_phone},
          {"main_phone_as_typed", company.main_phone_as_typed},
          {"billing_address", company.billing_address},
          {"primary_contact_id", id(company.primary_contact)},
          {"status", text(name_of(company.status))},
          {"quickbooks_customer_id", company.quickbooks_customer_id},
          {"custom", to_column(company.custom)}};
}

const RecordTable& companies() { return record_table("companies"); }

}  // namespace

Result<Company> SqlContactStore::insert(Company company) {
  std::string id = company.id.text();
  Done inserted = session_.insert(companies(), id, company.head, company_fields(company));
  if (!inserted) return inserted.error();
  Done indexed = index_record(session_, "companies", id);
  if (!indexed) return indexed.error();
  return find_company(CompanyId(id));
}

Result<Company> SqlContactStore::update(Company company) {
  Done updated = session_.update(companies(), company.id.text(), company.head, company_fields(company));
  if (!updated) return updated.error();
  Done indexed = index_record(session_, "companies", company.id.text());
  if (!indexed) return indexed.error();
  return find_company(company.id);
}

Result<Company> SqlContactStore::find_company(const CompanyId& id) const {
  return session_.one("SELECT " + std::string(kCompanyColumns) + " FROM companies WHERE org_id = $1 AND id = $2", {id.text()},
                      read_company, "company of that name");
}

Result<Company> SqlContactStore::find_company_by_ref(std::int64_t number) const {
  return session_.one("SELECT " + std::string(kCompanyColumns) + " FROM companies WHERE org_id = $1 AND ref_number = $2",
                      {number}, read_company, "company " + Ref{ref_prefix::kCompany, number}.text());
}

Result<std::vector<Company>> SqlContactStore::search_companies(std::string_view words, std::size_t rows_max) const {
  Result<std::vector<std::string>> ids = session_.connection().text_search().find(
      session_, {"company", "companies", "r.status <> 'archived'"}, words, rows_max);
  if (!ids) return ids.error();
  std::vector<Company> found;
  for (const std::string& id : *ids) {
    Result<Company> company = find_company(CompanyId(id));
    if (!company) return company.error();
    found.push_back(std::move(*company));
  }
  return found;
}

}  // namespace deskhand::store
