// The migrations of the SQLite schema, in order. Forward only: one that has shipped is never edited.
//
// Thread rule: constants.
#pragma once

#include <span>
#include <string_view>

namespace deskhand::store {

struct Migration {
  int number = 0;  // becomes user_version
  std::string_view name, sql;
};

std::span<const Migration> sqlite_migrations();

}  // namespace deskhand::store
