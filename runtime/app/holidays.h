// Holidays that the configuration names, written into the business's calendar: its list of days and its .ics files.
// They are written when what the configuration says has changed since the last time. The days that came from it are
// kept apart, so that one which it names no more is worked again; others that the calendar holds stay, and a holiday
// that the owner took out stays out until then. A file that can not be read leaves the days that were had from the
// configuration as they are; what it said last goes on.
//
// Thread rule: one thread, at opening. Codes: those of the store.
#pragma once

#include <string>
#include <vector>

#include "app/config.h"
#include "ports/store/store.h"

namespace deskhand::app {

// `org` is changed with its row. Gives what is wrong with the files: one that can not be read each time, events that
// are left out once.
Result<std::vector<std::string>> take_holidays(Store& store, Org& org, const Config& config, Instant now);

}  // namespace deskhand::app
