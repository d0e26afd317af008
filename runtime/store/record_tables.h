// What the store knows about each table that holds records: its name, which columns are derived, what refers to what,
// and how a row is taken back without being deleted. Change capture, undo, verify and the authorizer all read this one
// list.
//
// Thread rule: constants.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "crm/record.h"

namespace deskhand::store {

struct Reference {
  std::string_view column, table;
};

struct RecordTable {
  std::string_view name;
  char prefix;                                // of its refs, '?' for none
  std::span<const std::string_view> derived;  // columns that follow from other rows or only count: they stop no undo
  std::span<const Reference> references;
  // Taking back a row that was made: this column becomes this value (1 or a word). Empty: it can't be taken back.
  std::string_view withdraw_column, withdraw_value;
  // True for a row of it that no longer counts as depending on what it refers to.
  std::string_view dead;
  bool restores;  // whether undo may put old column values back
};

std::span<const RecordTable> record_tables();
// nullptr for a table that holds no records.
const RecordTable* find_record_table(std::string_view name);
bool is_derived(const RecordTable& table, std::string_view column);

}  // namespace deskhand::store
