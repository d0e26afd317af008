// book_appointment, reschedule_appointment, cancel_appointment: visits at local times of the business, each logged in
// the customer's history. A booked visit takes its lead to the stage scheduled_visit, unless a price is out already:
// then the lead stays among the proposals.
//
// Thread rule: the tools are immutable. Nothing here tells the customer; a confirmation is a draft like any other.
#pragma once

#include "tools/function_tool.h"

namespace deskhand::tools {

Tools appointment_tools();

}  // namespace deskhand::tools
