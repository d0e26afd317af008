// The org's own row and its users. Reached only through a Txn (one org). Codes: not_found; conflict; unavailable; corrupt.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "crm/org.h"

namespace deskhand {

class OrgStore {
 public:
  virtual ~OrgStore() = default;
  virtual Result<Org> get() const = 0;
  virtual Result<Org> update(Org org) = 0;
  virtual Result<User> insert(User user) = 0;
  virtual Result<User> update(User user) = 0;
  virtual Result<User> find_user(const UserId& id) const = 0;
  virtual Result<User> find_user_by_login(std::string_view login) const = 0;
  virtual Result<std::vector<User>> users() const = 0;
  virtual Result<std::string> setting(std::string_view name) const = 0;  // "" when never set
  virtual Done set_setting(std::string_view name, std::string_view value) = 0;
};

}  // namespace deskhand
