// A believable small plumbing business to try things on. Made through the same tools as everything else, with days counted back
// from today, so that today's list, the silent leads and the pipeline all have something to show.
//
// Thread rule: one thread. conflict: the record is not empty; a sample is never mixed with real customers.
#pragma once

#include "app/runtime.h"

namespace deskhand::app {

Done fill_with_sample(Runtime& runtime);

}  // namespace deskhand::app
