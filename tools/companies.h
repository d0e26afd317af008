// Companies (S2-C2): show_company, create_company, update_company.
//
// Thread rule: the tools are immutable.
#pragma once

#include "schema/records.h"
#include "tools/function_tool.h"

namespace deskhand::tools {

Tools company_tools(const schema::RecordSchemas& records);

}  // namespace deskhand::tools
