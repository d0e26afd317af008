// What narrows a list: "leads over $1,000", "open leads from last month", "overdue follow-ups", "lost jobs this year".
//
// Thread rule: pure functions.
#pragma once

#include "model/embedded/candidates.h"
#include "model/embedded/frame.h"

namespace deskhand::embedded {

// Fills the roles value_min, value_max, created_from, created_to, closed_from, closed_to, lead_state, open, source_is, order,
// topic_words, contact, follow_ups_when, days and period, as far as the frame's request takes them and the units say them.
void fill_filters(Frame& frame, const Candidates& candidates, const Scene& scene, std::size_t first, std::size_t end);

}  // namespace deskhand::embedded
