// A model over the network: one request, retried within bounds, one reply or one sentence why there is none.
//
// Thread rule: thread-safe. The ports must outlive the model; `clock` is the one that deadlines are given by. Codes:
// unavailable, limit_exceeded, cancelled, invalid_argument. A message begins with the model's configured name and says what
// its server did: "claude is overloaded (HTTP 529)." Neither message nor detail ever holds the key.
#pragma once

#include <memory>
#include <string>

#include "model/wire_dialect.h"
#include "model/wire_key.h"
#include "model/wire_prices.h"
#include "model/wire_retry.h"
#include "ports/clock.h"
#include "ports/http_client.h"
#include "ports/model.h"
#include "ports/random.h"

namespace deskhand::model {

struct WirePorts {
  HttpClient& http;
  const Clock& clock;
  Random& random;
  Waiter& waiter;
};

struct WireOptions {
  std::string name;      // as configured; what replies and messages call it
  std::string base_url;  // empty: the vendor's own
  std::string model;     // as the server calls it
  Secret key;            // empty: none is sent (a server of one's own)
  ModelPrices prices;
  HttpDeadlines deadlines;  // of one attempt; never more than the caller's deadline leaves
};

class WireModel final : public Model {
 public:
  // `base_url` of the options is set and checked.
  WireModel(WireOptions options, std::unique_ptr<Dialect> dialect, WirePorts ports);
  std::string_view name() const override { return options_.name; }
  bool takes(ModelPurpose) const override { return true; }
  Result<ModelReply> complete(const ModelRequest& request, std::chrono::steady_clock::time_point deadline, std::stop_token stop) override;

 private:
  struct Attempt;
  Done check_limits(const ModelRequest& request, std::size_t body_bytes, const ModelUsage& wasted) const;
  void ask(Attempt& attempt, const std::stop_token& stop) const;
  Error error_of(WireFailure failure, int attempts) const;

  const WireOptions options_;
  const std::unique_ptr<Dialect> dialect_;
  WirePorts ports_;
};

// The address without a slash at its end. invalid_argument: not http(s), with credentials, a query or a fragment in it, or one
// that would carry a key unencrypted to another network than one's own.
Result<std::string> check_base_url(std::string_view url, bool has_key, const std::string& model_name);
// What every wire model must have: a name, a model, a base URL.
Done check_options(WireOptions& options, std::string_view default_base_url);

}  // namespace deskhand::model
