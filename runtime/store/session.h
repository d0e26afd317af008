// Session: one unit of work in one org. It binds the org to every statement as $1, hands out ids and short refs, and
// notes each change of a record row with the row before and after, which is what the audit log, undo and verify live
// on.
//
// Thread rule: belongs to the closure of its unit of work. Ownership: refers to connection, clock and random, which
// outlive it. Codes: those of Connection::run(); conflict when a version differs; limit_exceeded when the changes
// outgrow an audit row.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "crm/record.h"
#include "ports/store/nurture_store.h"
#include "ports/clock.h"
#include "ports/random.h"
#include "store/driver.h"
#include "store/record_tables.h"
#include "store/values.h"

namespace deskhand::store {

struct Field {
  std::string_view column;
  Value value;
};
using Fields = std::vector<Field>;

// A stored row as it is: the columns that are not NULL.
using Image = std::map<std::string, Value>;
std::string digest_of(std::string_view table, const Image& image);
// The digest without the derived columns: equal when nothing a person wrote has changed.
std::string substance_of(const RecordTable& table, const Image& image);
Image image_of(const Row& row);

struct CapturedChange {
  const RecordTable* table = nullptr;
  std::string id, ref;
  Image before, after;  // `before` is empty for a row that was made
};

class Session {
 public:
  enum class Access { read, write };
  Session(Connection& connection, OrgId org, const Clock& clock, Random& random, Access access)
      : connection_(connection), org_(std::move(org)), clock_(clock), random_(random), access_(access) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const OrgId& org() const { return org_; }
  Connection& connection() { return connection_; }
  Instant now();  // one instant for the whole unit of work
  std::string new_id();
  Result<std::int64_t> next_number(std::string_view counter);

  // $1 is the org, `values` are $2, $3, ...
  Done run(std::string_view sql, Values values, const EachRow& each = {});

  // Every row as `read` makes it.
  template <class Record>
  Result<std::vector<Record>> all(std::string_view sql, Values values, Result<Record> (*read)(const Row&)) {
    std::vector<Record> records;
    Done done = run(sql, std::move(values), [&](const Row& row) -> Done {
      Result<Record> record = read(row);
      if (!record) return record.error();
      records.push_back(std::move(*record));
      return {};
    });
    if (!done) return done.error();
    return records;
  }
  template <class Record>
  Result<std::optional<Record>> maybe(std::string_view sql, Values values, Result<Record> (*read)(const Row&)) {
    Result<std::vector<Record>> records = all(sql, std::move(values), read);
    if (!records) return records.error();
    if (records->empty()) return std::optional<Record>{};
    return std::optional<Record>(std::move(records->front()));
  }
  template <class Record>
  Result<Record> one(std::string_view sql, Values values, Result<Record> (*read)(const Row&), std::string_view what) {
    Result<std::optional<Record>> record = maybe(sql, std::move(values), read);
    if (!record) return record.error();
    if (!*record) return none_of(what);
    return std::move(**record);
  }
  Result<std::int64_t> integer(std::string_view sql, Values values);  // first column of the first row, else 0
  Result<bool> exists(std::string_view sql, Values values);

  // Inserts a record row with a fresh ref, version 1 and now; fills in `head`, and `id` when it is empty.
  Done insert(const RecordTable& table, std::string& id, RecordHead& head, Fields fields);
  // Overwrites the named columns when the stored version is head.version; conflict otherwise, not_found when there is
  // none.
  Done update(const RecordTable& table, const std::string& id, RecordHead& head, Fields fields);
  // Runs `act`, which changes that one row, and notes the change. Nothing is noted when the row stays as it was.
  Done capture(const RecordTable& table, const std::string& id, const std::function<Done()>& act);
  Result<std::optional<Image>> image(const RecordTable& table, const std::string& id);
  std::string ref_of(const RecordTable& table, const Image& image) const;

  // Runs `part` in a savepoint of its own: when it fails, everything it did is taken back and the unit of work goes on.
  Done nested(const std::function<Done()>& part);

  std::vector<CapturedChange> changes;  // since the last audit entry
  LeadNews news;                        // since somebody last took it
  std::int64_t undoing = 0;             // the undo number the next audit entry takes back, else 0
  bool keeps_old_values = true;         // false while a redaction runs: the log then says which rows changed, not from what

  static Error none_of(std::string_view what);

 private:
  Connection& connection_;
  OrgId org_;
  const Clock& clock_;
  Random& random_;
  Access access_;
  std::optional<Instant> now_;
};

// The table of that name; it must be one of record_tables().
const RecordTable& record_table(std::string_view name);

}  // namespace deskhand::store
