#include "store/migrations/sqlite.h"

namespace deskhand::store {
namespace {

// Each .sql file is one raw string literal, so that the file is what runs.
constexpr std::string_view kRecord =
#include "store/migrations/sqlite/0001_record.sql"
    ;

constexpr Migration kMigrations[] = {{1, "0001_record", kRecord}};

}  // namespace

std::span<const Migration> sqlite_migrations() { return kMigrations; }

}  // namespace deskhand::store
