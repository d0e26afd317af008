// The org's own calendar in a tool's hands. The toolbox has found the org's zone before a tool is called, so the
// fall-back to UTC is never reached there.
//
// Thread rule: pure functions.
#pragma once

#include "base/time.h"
#include "ports/tool.h"

namespace deskhand::tools {

inline constexpr int kNoon = 12 * 60;  // minutes of the day

inline Zone zone_of(const Org& org) {
  Result<Zone> zone = Zone::find(org.timezone);
  return zone ? std::move(*zone) : Zone();
}

inline Day local_day(Instant instant, const ToolContext& context) { return zone_of(context.org).day_of(instant); }

}  // namespace deskhand::tools
