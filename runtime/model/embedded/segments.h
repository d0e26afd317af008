// Parts a message into the requests it makes: "add Ana Ruiz, 512-555-0142, and open a lead for her: leaking shower" is two.
//
// A part begins where a sentence, or a clause behind "and", "then" or a comma, begins with a request of its own. What makes no
// request belongs to the part before it; what stands before the first request belongs to that.
//
// Thread rule: pure functions.
#pragma once

#include <vector>

#include "model/embedded/candidates.h"

namespace deskhand::embedded {

struct Segment {
  std::size_t first = 0, end = 0;     // units
  std::size_t cut = 0;                // where the words before it end: at the "and" that leads to it
  std::vector<Candidate> candidates;  // best first; empty: no request was understood in the whole message
  std::vector<Candidate> details;     // requests that this one took in as its details
};

std::vector<Segment> find_segments(const Candidates& candidates);

}  // namespace deskhand::embedded
