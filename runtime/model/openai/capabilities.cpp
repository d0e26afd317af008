#include "model/openai/capabilities.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace deskhand::model::openai {
namespace {

// The first row that fits leads, so a row for some models stands before the one for all.
constexpr std::array<Capabilities, 13> kRows = {{
    // API reference of Chat Completions: max_tokens is deprecated for max_completion_tokens; the first reasoning models take
    // no parallel_tool_calls and know the system's words as the developer's.
    {.server = "openai", .model_prefix = "o1", .max_completion_tokens = true, .system_role = "developer", .strict_schemas = true, .answer_forms = true},
    {.server = "openai", .model_prefix = "o3", .max_completion_tokens = true, .system_role = "developer", .strict_schemas = true, .answer_forms = true},
    {.server = "openai", .model_prefix = "o4", .max_completion_tokens = true, .system_role = "developer", .strict_schemas = true, .answer_forms = true},
    {.server = "openai", .model_prefix = "", .parallel_calls_flag = true, .max_completion_tokens = true, .strict_schemas = true, .answer_forms = true},
    // OpenRouter's reference: max_tokens for every model behind it; a form of answers only for some of them, so none is sent.
    {.server = "openrouter", .model_prefix = "", .parallel_calls_flag = true},
    // Mistral's server and chat templates: ids of nine letters, no user right after a tool, usage always in the last chunk;
    // stream_options is an unknown key there and refused.
    {.server = "mistral", .model_prefix = "", .usage_in_stream = false, .parallel_calls_flag = true, .answer_forms = true,
     .closes_results = true, .call_ids = CallIdForm::nine_letters},
    // The same templates served at home.
    {.server = "llama.cpp", .model_prefix = "mistral", .answer_forms = true, .patterns = false, .closes_results = true, .call_ids = CallIdForm::nine_letters},
    {.server = "vllm", .model_prefix = "mistral", .answer_forms = true, .closes_results = true, .call_ids = CallIdForm::nine_letters},
    // llama.cpp turns schemas into grammars: a pattern it can not turn fails the whole request.
    {.server = "llama.cpp", .model_prefix = "", .answer_forms = true, .patterns = false},
    {.server = "ollama", .model_prefix = "", .answer_forms = true, .patterns = false},
    {.server = "vllm", .model_prefix = "", .answer_forms = true},
    {.server = "lmstudio", .model_prefix = "", .answer_forms = true, .patterns = false},
    // Whoever else: what the oldest of them understood.
    {.server = "generic", .model_prefix = "", .usage_in_stream = false, .patterns = false},
}};

// Addresses by which a server is known when configuration does not name it.
struct Address {
  std::string_view part, server;
};
constexpr std::array<Address, 6> kAddresses = {{{"api.openai.com", "openai"},
                                                {"openrouter.ai", "openrouter"},
                                                {"api.mistral.ai", "mistral"},
                                                {":11434", "ollama"},
                                                {":1234", "lmstudio"},
                                                {":8000", "vllm"}}};

std::string_view guess(std::string_view base_url) {
  for (const Address& address : kAddresses)
    if (base_url.find(address.part) != std::string_view::npos) return address.server;
  return "generic";
}

}  // namespace

std::optional<Capabilities> capabilities_of(std::string_view server, std::string_view base_url, std::string_view model) {
  if (server.empty()) server = guess(base_url);
  const std::size_t slash = model.rfind('/');  // "mistralai/Mistral-7B" is a Mistral as well
  const std::string_view bare = slash == std::string_view::npos ? model : model.substr(slash + 1);
  const auto row = std::find_if(kRows.begin(), kRows.end(), [&](const Capabilities& known) {
    return known.server == server && starts_with_ignoring_case(bare, known.model_prefix);
  });
  if (row == kRows.end()) return std::nullopt;
  return *row;
}

std::vector<std::string> server_names() {
  std::vector<std::string> names;
  for (const Capabilities& row : kRows)
    if (std::find(names.begin(), names.end(), row.server) == names.end()) names.emplace_back(row.server);
  return names;
}

}  // namespace deskhand::model::openai
