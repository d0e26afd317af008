// RedactionStore in SQL, and the list of what a redaction blanks.
//
// Thread rule: part of a Txn. Every text column of every table is either in redacted_tables() or known to say nothing of a person;
// a test reads the schema and holds the two against each other, so that a new column can't be forgotten.
#pragma once

#include <span>
#include <string_view>

#include "ports/store/redaction_store.h"
#include "store/session.h"

namespace deskhand::store {

// How a row belongs to a person.
enum class Belonging {
  self,     // it is the person
  person,   // contact_id names them
  subject,  // contact_id, or where that is empty the lead's or the opportunity's contact
};

struct RedactedTable {
  std::string_view name;  // one of record_tables()
  Belonging belonging;
  std::string_view blanking;  // SET list: each column of a person's own words, and the states that must not stay open
};
std::span<const RedactedTable> redacted_tables();

class SqlRedactionStore final : public RedactionStore {
 public:
  explicit SqlRedactionStore(Session& session) : session_(session) {}
  Result<RedactionReport> redact(const RedactionOrder& order) override;

 private:
  Session& session_;
};

}  // namespace deskhand::store
