// What was promised for a day: set_follow_up, complete_follow_up, cancel_follow_up, list_follow_ups (S2-I1h, S2-I1i,
// S2-T2). A follow-up lives on the interaction in which it was promised. Where these tools take a follow-up, a
// reminder's ref does as well: in the morning list both stand side by side and are answered alike.
//
// Thread rule: the tools are immutable; functions read and write through the caller's Txn only.
#pragma once

#include "tools/function_tool.h"

namespace deskhand::tools {

Tools follow_up_tools();

// Contact::next_follow_up is the earliest day still pending; called after every change of one. Nothing for an empty id.
Done refresh_next_follow_up(ToolContext& context, const ContactId& contact);

// "today", "2 days overdue (since Mon Mar 2)", "on Fri Mar 6".
std::string due_text(Day due, Day today);

// Why nobody is asked to do it: "archived", "not to be contacted", "lead lost"; "" when nothing stands against it. Of a
// merged person the marks of whoever stands for them now count.
std::string bar_text(const ToolContext& context, const ContactId& contact, const LeadId& lead);

}  // namespace deskhand::tools
