// A chain of models: the first that answers, answers. A model that could not be reached rests for a while, so that an outage
// costs its deadlines once and not with every message. The reply's notice says who answered in its place, and why.
//
// Thread rule: thread-safe. Codes: those of the last model asked; cancelled at once.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "ports/clock.h"
#include "ports/model.h"

namespace deskhand::model {

// `chain` is not empty; one of a single model is that model. `clock` must outlive the result.
Result<std::unique_ptr<Model>> make_failover_model(std::vector<std::unique_ptr<Model>> chain, const Clock& clock);

}  // namespace deskhand::model
