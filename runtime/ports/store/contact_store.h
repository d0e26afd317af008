// Contacts, their points and companies in the store. Reached only through a Txn, which is bound to one org.
//
// Codes: not_found; conflict (the stored version differs, or another contact holds a point); unavailable; corrupt.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "crm/contact.h"

namespace deskhand {

struct ContactFilter {
  std::optional<Lifecycle> lifecycle;
  std::string tag;               // exact, case-blind
  bool include_archived = false;
  enum class Order { name, updated_newest, created_newest, last_contact_oldest } order = Order::name;
  std::size_t rows_max = 20, offset = 0;
};

class ContactStore {
 public:
  virtual ~ContactStore() = default;
  // Fills in head and point ids; conflict when a live contact holds one of the points and it names no approval.
  virtual Result<Contact> insert(Contact contact) = 0;
  // All fields and points; conflict unless the stored version is contact.head.version. Points left out become retired.
  virtual Result<Contact> update(Contact contact) = 0;
  virtual Result<Contact> find(const ContactId& id) const = 0;
  virtual Result<Contact> find_by_ref(std::int64_t number) const = 0;
  // The record that now stands for this one: follows `root` (bounded).
  virtual Result<Contact> find_live(const ContactId& id) const = 0;
  // Every contact holding the point, live ones first; retired points and merged records are left out.
  virtual Result<std::vector<Contact>> find_by_point(PointKind kind, std::string_view normal) const = 0;
  // Names, phones in any formatting (last four digits are enough), e-mails, companies, tags, custom values; best first.
  virtual Result<std::vector<Contact>> search(std::string_view words, bool include_archived, std::size_t rows_max) const = 0;
  virtual Result<std::vector<Contact>> list(const ContactFilter& filter) const = 0;
  // Records merged into this one.
  virtual Result<std::vector<ContactId>> merged_into(const ContactId& survivor) const = 0;

  virtual Result<Company> insert(Company company) = 0;
  virtual Result<Company> update(Company company) = 0;
  virtual Result<Company> find_company(const CompanyId& id) const = 0;
  virtual Result<Company> find_company_by_ref(std::int64_t number) const = 0;
  virtual Result<std::vector<Company>> search_companies(std::string_view words, std::size_t rows_max) const = 0;
};

}  // namespace deskhand
