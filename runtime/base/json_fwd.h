// The names of base/json.h for headers that only pass JSON on.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace deskhand {
using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;
}  // namespace deskhand
