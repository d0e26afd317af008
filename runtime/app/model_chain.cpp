#include "app/model_chain.h"

#include <algorithm>

#include "model/anthropic/anthropic_model.h"
#include "model/embedded/embedded_model.h"
#include "model/failover.h"
#include "model/openai/openai_model.h"
#include "model/wire_retry.h"
#include "net/curl_client.h"

namespace deskhand::app {
namespace {

Result<std::unique_ptr<Model>> make_one(const ModelProvider& provider, const std::string& share, model::WirePorts ports) {
  if (provider.kind == "embedded") return embedded::make_embedded_model(share + "/prompts/embedded");
  model::WireOptions wire;
  wire.name = provider.name;
  wire.base_url = provider.base_url;
  wire.model = provider.model;
  wire.prices = {provider.input_price_micros, provider.output_price_micros, provider.cached_input_price_micros,
                 provider.cache_write_price_micros};
  if (!provider.key.empty()) {
    auto key = model::read_secret(provider.key);
    if (!key) return key.error();
    wire.key = std::move(*key);
  }
  if (provider.kind == "anthropic") return model::make_anthropic_model(std::move(wire), ports);
  return model::make_openai_model({std::move(wire), provider.server}, ports);
}

}  // namespace

ModelChain::ModelChain() = default;
ModelChain::~ModelChain() = default;
ModelChain::ModelChain(ModelChain&&) noexcept = default;
ModelChain& ModelChain::operator=(ModelChain&&) noexcept = default;

Result<ModelChain> make_single_model(const Config& config, const std::string& name, const std::string& share,
                                     const Clock& clock, Random& random) {
  const auto described = config.model_providers.find(name);
  if (described == config.model_providers.end() && name != "embedded")
    return make_error(Code::not_found, "model.providers of the configuration describes no \"" + name + "\".");
  ModelProvider provider;
  if (described != config.model_providers.end())
    provider = described->second;
  else
    provider.name = provider.kind = name;
  ModelChain chain;
  chain.http = std::make_unique<net::CurlClient>(clock, net::CurlOptions{});
  chain.waiter = model::make_waiter();
  auto made = make_one(provider, share, {*chain.http, clock, random, *chain.waiter});
  if (!made) return made.error();
  chain.model = std::move(*made);
  return chain;
}

Result<ModelChain> make_model_chain(const Config& config, const std::string& share, const Clock& clock,
                                    Random& random) {
  ModelChain chain;
  chain.http = std::make_unique<net::CurlClient>(clock, net::CurlOptions{});
  chain.waiter = model::make_waiter();
  std::vector<std::unique_ptr<Model>> models;
  std::vector<std::string> names = config.model_chain;
  // Whatever happens to the others, somebody answers: the model that needs no network is the last of every chain.
  if (std::find(names.begin(), names.end(), "embedded") == names.end()) names.emplace_back("embedded");
  for (const std::string& name : names) {
    const auto described = config.model_providers.find(name);
    ModelProvider provider;
    if (described != config.model_providers.end()) provider = described->second;
    else provider.name = provider.kind = name;
    auto made = make_one(provider, share, {*chain.http, clock, random, *chain.waiter});
    if (!made) return made.error();
    models.push_back(std::move(*made));
  }
  auto whole = model::make_failover_model(std::move(models), clock);
  if (!whole) return whole.error();
  chain.model = std::move(*whole);
  return chain;
}

}  // namespace deskhand::app
