// A model behind OpenAI's Chat Completions, at OpenAI or at any server that speaks the same: Ollama, llama.cpp, vLLM, LM
// Studio, OpenRouter, Mistral.
//
// Thread rule: thread-safe. Source: OpenAI's API description (CreateChatCompletionRequest and its types), read 2026-11.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "model/wire_model.h"

namespace deskhand::model {

struct OpenaiOptions {
  WireOptions wire;    // base_url empty: https://api.openai.com/v1
  std::string server;  // a row of the capability table; empty: guessed from the address
};

// invalid_argument: no name or model, an address that can not be used, a server nobody knows (the message lists them).
Result<std::unique_ptr<Model>> make_openai_model(OpenaiOptions options, WirePorts ports);

}  // namespace deskhand::model
