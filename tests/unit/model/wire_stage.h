// A model over the network with its vendor on this machine, a clock that moves only when told and waiting that takes no time.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/anthropic/anthropic_model.h"
#include "model/openai/openai_model.h"
#include "net/curl_client.h"
#include "tests/support/vendor_server/hand_clock.h"
#include "tests/support/vendor_server/vendor_server.h"

namespace deskhand::model {

inline const std::string kKey = "sk-test-0123456789abcdefSECRET";

class CountingRandom final : public Random {
 public:
  std::uint64_t next() override { return 500; }  // half of every jitter
};

// Notes how long it was to wait, and lets that time pass on the clock.
class NotedWaiter final : public Waiter {
 public:
  explicit NotedWaiter(test::HandClock& clock) : clock_(clock) {}
  bool wait(std::chrono::milliseconds time, std::stop_token stop) override {
    waits.push_back(time.count());
    clock_.advance(time);
    return !stop.stop_requested();
  }
  std::vector<std::int64_t> waits;

 private:
  test::HandClock& clock_;
};

inline std::shared_ptr<const Json> schema(const char* text) { return std::make_shared<const Json>(Json::parse(text)); }

inline ModelMessage person(std::string text) {
  ModelMessage message;
  message.speaker = Speaker::person;
  message.text = std::move(text);
  return message;
}

inline ModelMessage answered(std::string text, std::vector<ProposedCall> calls = {}) {
  ModelMessage message;
  message.speaker = Speaker::model;
  message.text = std::move(text);
  message.calls = std::move(calls);
  return message;
}

inline ModelMessage result(std::string id, std::string tool, std::string text, bool ok = true) {
  ModelMessage message;
  message.speaker = Speaker::tool;
  message.call_id = std::move(id);
  message.tool = std::move(tool);
  message.text = std::move(text);
  message.ok = ok;
  if (!ok) message.code = "invalid_argument";
  return message;
}

inline ModelRequest request_of(std::vector<ModelMessage> messages) {
  ModelRequest request;
  request.system = "You are Deskhand.";
  request.messages = std::move(messages);
  request.tools = {{"find_contact", "Finds a person.", schema(R"({"type":"object","properties":{"query":{"type":"string","pattern":"^x"}},"additionalProperties":false})"), EffectClass::read},
                   {"list_leads", "Lists leads.", schema(R"({"type":"object","properties":{"status":{"type":"string","enum":["new"]}},"required":["status"],"additionalProperties":false})"), EffectClass::read}};
  request.now = {*make_day(2026, 3, 3), 14 * 60 + 5, 0};
  request.zone = "America/Chicago";
  request.region = "US";
  request.currency = "USD";
  request.business_name = "Ruiz Plumbing";
  request.person_name = "Sam";
  return request;
}

struct WireStage {
  explicit WireStage(test::Vendor vendor_kind, test::ChatRules rules = {}, std::string model_name = "test-model", std::string server_name = "")
      : vendor(vendor_kind, kKey, rules), http(clock, {}) {
    WireOptions options;
    options.name = vendor_kind == test::Vendor::openai ? "gpt" : "claude";
    options.base_url = vendor.base_url();
    options.model = std::move(model_name);
    options.key = Secret(kKey);
    options.prices = {.input_micros = 3'000'000, .output_micros = 15'000'000, .cached_input_micros = 300'000, .cache_write_micros = 3'750'000};
    const WirePorts ports{http, clock, random, waiter};
    if (vendor_kind == test::Vendor::anthropic) {
      auto made = make_anthropic_model(options, ports);
      if (made) model = std::move(*made);
    } else {
      auto made = make_openai_model({options, server_name.empty() ? "openai" : server_name}, ports);
      if (made) model = std::move(*made);
    }
  }

  Result<ModelReply> ask(const ModelRequest& request, std::chrono::seconds time = std::chrono::seconds(120)) {
    return model->complete(request, clock.steady() + time, stop.get_token());
  }
  // With text observed as it comes.
  Result<ModelReply> watch(ModelRequest request, std::chrono::seconds time = std::chrono::seconds(120)) {
    request.on_text = [this](std::string_view text) { shown += text; };
    request.on_restart = [this] { shown += "\n(again)\n"; };
    return ask(request, time);
  }
  Result<ModelReply> say(bool stream, std::string text = "Who is Ana?") { return stream ? watch(request_of({person(text)})) : ask(request_of({person(text)})); }

  test::HandClock clock;
  test::VendorServer vendor;
  net::CurlClient http;
  CountingRandom random;
  NotedWaiter waiter{clock};
  std::stop_source stop;
  std::string shown;
  std::unique_ptr<Model> model;
};

inline std::string shown_of(const Error& error) { return std::string(code_name(error.code)) + ": " + error.message + " | " + error.detail; }

}  // namespace deskhand::model
