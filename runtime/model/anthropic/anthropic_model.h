// A model behind Anthropic's Messages API.
//
// Thread rule: thread-safe. Source: Anthropic's API reference (Messages, streaming, tool use, prompt caching, errors) and the
// types of its SDK, read 2026-11; header anthropic-version 2023-06-01.
#pragma once

#include <memory>

#include "base/result.h"
#include "model/wire_model.h"

namespace deskhand::model {

// base_url empty: https://api.anthropic.com. invalid_argument: no name or model, an address that can not be used.
Result<std::unique_ptr<Model>> make_anthropic_model(WireOptions options, WirePorts ports);

}  // namespace deskhand::model
