// Contacts and companies in SQL; ports/store/contact_store.h says what each method promises.
//
// Thread rule: part of a Txn.
#pragma once

#include "ports/store/contact_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlContactStore final : public ContactStore {
 public:
  explicit SqlContactStore(Session& session) : session_(session) {}

  Result<Contact> insert(Contact contact) override;
  Result<Contact> update(Contact contact) override;
  Result<Contact> find(const ContactId& id) const override;
  Result<Contact> find_by_ref(std::int64_t number) const override;
  Result<Contact> find_live(const ContactId& id) const override;
  Result<std::vector<Contact>> find_by_point(PointKind kind, std::string_view normal) const override;
  Result<std::vector<Contact>> search(std::string_view words, bool include_archived,
                                      std::size_t rows_max) const override;
  Result<std::vector<Contact>> list(const ContactFilter& filter) const override;
  Result<std::vector<ContactId>> merged_into(const ContactId& survivor) const override;

  Result<Company> insert(Company company) override;
  Result<Company> update(Company company) override;
  Result<Company> find_company(const CompanyId& id) const override;
  Result<Company> find_company_by_ref(std::int64_t number) const override;
  Result<std::vector<Company>> search_companies(std::string_view words, std::size_t rows_max) const override;

 private:
  Result<std::vector<Contact>> with_points(Result<std::vector<Contact>> contacts) const;
  Result<Contact> with_points(Result<Contact> contact) const;
  Done store_points(Contact& contact);
  Done store_point(const Contact& contact, ContactPoint& point);
  Done refuse_taken(const Contact& contact, const ContactPoint& point) const;
  Done set_root(const Contact& contact, const ContactId& former_root);

  Session& session_;
};

// The contact that stands for this one now: follows root, at most kMergesInARow steps. not_found; corrupt when it goes
// in a circle.
Result<ContactId> survivor_of(Session& session, const ContactId& id);

}  // namespace deskhand::store
