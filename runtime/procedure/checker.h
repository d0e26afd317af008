// What a procedure says that can not come true although its items are bound: fields that no schema has, placeholders
// that no fact fills, steps that a hard stop forbids, steps and triggers that are never reached.
//
// Thread rule: pure functions; each appends warnings.
#pragma once

#include <vector>

#include "procedure/binding.h"

namespace deskhand::procedure {

void check_fields(const Procedure& procedure, const SchemaNames& schema, std::vector<Problem>& problems);
void check_placeholders(const Procedure& procedure, const Catalogue& catalogue, const SchemaNames& schema,
                        std::vector<Problem>& problems);
void check_contradictions(const Procedure& procedure, const Catalogue& catalogue, std::vector<Problem>& problems);
void check_reachable(const Procedure& procedure, std::vector<Problem>& problems);

void warn(std::vector<Problem>& problems, const Place& place, std::string message);
std::string quote(std::string_view words);  // in quotation marks, at most 60 bytes

}  // namespace deskhand::procedure
