// The configured chain of models with what they need to reach their servers.
//
// Thread rule: value that owns its parts. Codes: invalid_argument, forbidden and not_found for a provider that is described
// wrongly or whose key can not be had, one line each.
#pragma once

#include <memory>
#include <string>

#include "app/config.h"
#include "ports/clock.h"
#include "ports/http_client.h"
#include "ports/model.h"
#include "ports/random.h"

namespace deskhand::model {
class Waiter;
}

namespace deskhand::app {

// In this order: the model goes before what it uses.
struct ModelChain {
  ModelChain();
  ~ModelChain();
  ModelChain(ModelChain&&) noexcept;
  ModelChain& operator=(ModelChain&&) noexcept;

  std::unique_ptr<HttpClient> http;
  std::unique_ptr<model::Waiter> waiter;
  std::unique_ptr<Model> model;
};

// Only the model of that name, with nobody to answer in its place: how good it is must not be somebody else's merit.
Result<ModelChain> make_single_model(const Config& config, const std::string& name, const std::string& share,
                                     const Clock& clock, Random& random);

Result<ModelChain> make_model_chain(const Config& config, const std::string& share, const Clock& clock, Random& random);

}  // namespace deskhand::app
