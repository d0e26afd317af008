// What each item of a procedure is bound to, and what is wrong with it: the coverage proof that a start needs.
//
// An error refuses the start: a required schema or module that is missing, a hard stop that nothing enforces as it is
// written. Everything else that is not bound is a warning that says what will not happen.
//
// Thread rule: pure functions and value types.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "procedure/catalogue.h"
#include "procedure/procedure.h"

namespace deskhand::procedure {

// The names that the loaded schemas know. With no fields given, fields are not checked.
struct SchemaField {
  std::string noun;                 // "lead"
  std::string name;                 // "pipeline_stage"
  std::vector<std::string> values;  // of an enumeration, else empty
};
struct SchemaNames {
  std::vector<std::string> files;  // "schemas/crm.json"
  std::vector<SchemaField> fields;
};

struct BindingRow {
  std::string
      kind;  // "schedule", "trigger", "request", "draft", "sequence", "step", "stage", "hard stop", "schema", ...
  std::string item;  // its own words, shortened
  Place place;
  std::string bound_to;  // "T1", "HS4"; "" when nothing
  std::string note;      // what that is, or why it is not bound
};

struct Binding {
  std::vector<BindingRow> rows;      // in the order of the core procedure
  std::vector<Problem> problems;     // errors first; at most limits::kProcedureProblems
  std::vector<std::string> missing;  // items of the catalogue that this procedure does not have

  bool would_start() const;
  bool is_complete() const;  // every row is bound
};

Binding bind(const Procedure& procedure, const Catalogue& catalogue, const SchemaNames& schema);

// The table, the problems and the verdict as text, for `deskhand procedure check`.
std::string check_table(const Procedure& procedure, const Binding& binding);

}  // namespace deskhand::procedure
