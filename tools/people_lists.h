// last_touch (S2-RQ7): how long since we talked to somebody. newest_customers (S2-RQ8): who became a customer lately.
//
// Thread rule: the tools are immutable.
#pragma once

#include <string>
#include <vector>

#include "crm/interaction.h"
#include "tools/function_tool.h"

namespace deskhand::tools {

Tools people_list_tools();

// The newest entry in which somebody spoke with somebody, either way; notes and lines of the program are none. nullptr:
// none.
const Interaction* last_talk(const std::vector<Interaction>& newest_first);
// What a report says was said last: of the newest talk, else of the newest entry; its full stop left to the report. ""
// when the history is empty.
std::string last_summary(const std::vector<Interaction>& newest_first);
// "Tue Mar 3, 2026 (2 days ago), phone call: will decide on Friday (I-88)"
std::string touch_text(const Interaction& interaction, const ToolContext& context);

}  // namespace deskhand::tools
