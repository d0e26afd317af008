// One judgement over all effects of an action: the strictest verdict of any guard on any effect. And when a customer
// message may leave: outside the org's quiet hours.
//
// Thread rule: pure functions.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ports/guard.h"

namespace deskhand::guard {

struct Judgement {
  Verdict verdict;      // a Stop before an Ask before an Allow
  std::string rule_id;  // of the guard that said so; "" for Allow
};
// No effects is a Stop: an action that does not say what it does is not done.
Judgement judge(const std::vector<std::unique_ptr<Guard>>& guards, const std::vector<Effect>& effects, const Actor& actor,
                const Facts& facts);

// The first instant at or after `now` outside the org's quiet hours.
Instant next_waking_instant(const Org& org, const Zone& zone, Instant now);

}  // namespace deskhand::guard
