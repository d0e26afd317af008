// Holidays that the configuration names, written into the business's calendar: its list of days and its .ics files.
// They are written when what the configuration says has changed since the last time, and added to what the calendar
// holds; a holiday that the owner took out stays out until then.
//
// Thread rule: one thread, at opening. Codes: not_found (a file that is not there), invalid_argument (its line), those
// of the store.
#pragma once

#include "app/config.h"
#include "ports/store/store.h"

namespace deskhand::app {

// `org` is changed with its row.
Done take_holidays(Store& store, Org& org, const Config& config, Instant now);

}  // namespace deskhand::app
