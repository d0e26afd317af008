// A believable small plumbing business to try things on. Made through the same tools as everything else, each record on its
// day of the two weeks before today, so that today's list, the silent leads and the pipeline all have something to show.
//
// Thread rule: one thread. conflict: the record is not empty; a sample is never mixed with real customers.
#pragma once

#include "app/runtime.h"
#include "app/system_ports.h"

namespace deskhand::app {

inline constexpr int kSampleDaysBack = 16;

// `clock` is the runtime's own; it is moved through the days before `now`, each record is made on its day, and it ends at `now`.
Done fill_with_sample(Runtime& runtime, PinnedClock& clock, Instant now);

}  // namespace deskhand::app
