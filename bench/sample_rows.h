// A database of businesses made up in raw SQL on the program's own schema: leads over a thousand days, a fifth of them
// open, five interactions each, deals, estimates, follow-ups, visits and what was named lately.
//
// Thread rule: one thread.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <vector>

namespace deskhand::bench {

struct SampleSize {
  std::int64_t leads = 0;          // in all
  std::int64_t leads_per_org = 0;  // `orgs` hold so many each, in their order
};

// Inserts the rows as of `now_us` (microseconds UTC, the zone of the businesses). No index is left out, no trigger is
// avoided; foreign keys are not checked.
bool insert_sample(sqlite3* to, const std::vector<std::string>& orgs, SampleSize size, std::int64_t now_us);

}  // namespace deskhand::bench
