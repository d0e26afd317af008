// The configured procedures, loaded, bound and checked: what the tools say and when, what the model is told, and the version
// that runs and approvals are stamped with.
//
// Thread rule: value type, immutable after loading. Codes: invalid_argument with file, line and what to do when a procedure
// must not start (a hard stop nothing enforces, a missing schema or module).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "agent/agent.h"
#include "base/result.h"
#include "ports/model.h"
#include "procedure/binding.h"
#include "procedure/procedure.h"
#include "schema/records.h"

namespace deskhand::app {

struct Procedures {
  std::vector<std::shared_ptr<const procedure::Procedure>> loaded;
  std::string version;                 // "Customer & Lead Management 1.0 3f2a…", one for each
  std::vector<agent::BriefedProcedure> briefed;  // what a model reads: the documents as they stand, one for each
  std::vector<std::string> texts;      // of each of `loaded`, with its modules
  std::vector<KnownRequest> requests;
  // The one the tools take their words and thresholds from: the first of them, never null.
  std::shared_ptr<const procedure::Procedure> core;
};

// `text` replaces the first file's content when it is not empty (scenarios).
Result<Procedures> load_procedures(const std::string& share, const std::vector<std::string>& files, const std::string& text,
                                   const schema::RecordSchemas& records);

// The names the schemas know, for binding.
procedure::SchemaNames schema_names(const schema::RecordSchemas& records);
// Reads a procedure file relative to `share`, or as it is when absolute or given by the user; bounded.
Result<procedure::Procedure> read_procedure(const std::string& share, const std::string& file, const std::string& text);

}  // namespace deskhand::app
