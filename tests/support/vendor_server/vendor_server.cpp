#include "tests/support/vendor_server/vendor_server.h"

namespace deskhand::test {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

std::string header(const ReceivedRequest& request, const std::string& name) {
  const auto found = request.headers.find(name);
  return found == request.headers.end() ? "" : found->second;
}

bool wants_stream(const ReceivedRequest& request) {
  auto body = parse_json(request.body, 64 << 20);
  return body && body->is_object() && body->value("stream", false);
}

// The body in the form that was asked for, with its content type.
std::pair<std::string, std::string> body_of(Vendor vendor, const VendorAnswer& answer, const ReceivedRequest& request) {
  if (!wants_stream(request)) return {"application/json", vendor == Vendor::openai ? chat_whole(answer) : messages_whole(answer)};
  auto body = parse_json(request.body, 64 << 20);
  const bool with_usage = body->contains("stream_options") && (*body)["stream_options"].value("include_usage", false);
  return {"text/event-stream; charset=utf-8", vendor == Vendor::openai ? chat_stream(answer, with_usage) : messages_stream(answer)};
}

}  // namespace

VendorServer::VendorServer(Vendor vendor, std::string key, ChatRules rules)
    : vendor_(vendor), key_(std::move(key)), rules_(rules),
      server_(std::make_unique<LoopbackServer>([this](Connection& connection, const ReceivedRequest& request) { serve(connection, request); })) {}

std::string VendorServer::base_url() const { return server_->url() + (vendor_ == Vendor::openai ? "/v1" : ""); }

void VendorServer::play(Play play) {
  const std::lock_guard lock(mutex_);
  plays_.push_back(std::move(play));
}

void VendorServer::answer(VendorAnswer answer) {
  play([this, answer](Connection& connection, const ReceivedRequest& request) {
    const auto [type, body] = body_of(vendor_, answer, request);
    if (!wants_stream(request)) {
      connection.send(http_answer(200, {{"Content-Type", type}}, body));
      return;
    }
    connection.send(chunked_head(200, {{"Content-Type", type}}));
    for (std::size_t at = 0; at < body.size(); at += 101) connection.send(chunk(body.substr(at, 101)));  // cut wherever it falls
    connection.send(chunk(""));
  });
}

void VendorServer::refuse(int status, Headers headers, std::string body) {
  play([status, headers, body](Connection& connection, const ReceivedRequest&) { connection.send(http_answer(status, headers, body)); });
}

void VendorServer::bytes(std::string content_type, std::string body) { refuse(200, {{"Content-Type", std::move(content_type)}}, std::move(body)); }

void VendorServer::break_off(VendorAnswer answer, std::size_t after_bytes) {
  play([this, answer, after_bytes](Connection& connection, const ReceivedRequest& request) {
    const auto [type, body] = body_of(vendor_, answer, request);
    connection.send(chunked_head(200, {{"Content-Type", type}}) + chunk(body.substr(0, after_bytes)));
    connection.close();  // orderly on the wire, so that the bytes before it arrive; the last chunk is missing
  });
}

std::vector<Json> VendorServer::bodies() const {
  std::vector<Json> bodies;
  for (const ReceivedRequest& request : received()) {
    auto body = parse_json(request.body, 64 << 20);
    bodies.push_back(body ? *body : Json());
  }
  return bodies;
}

Broken VendorServer::broken() const {
  const std::lock_guard lock(mutex_);
  return broken_;
}

std::size_t VendorServer::plays_left() const {
  const std::lock_guard lock(mutex_);
  return plays_.size();
}

void VendorServer::note(std::string line) {
  const std::lock_guard lock(mutex_);
  broken_.push_back(std::move(line));
}

void VendorServer::serve(Connection& connection, const ReceivedRequest& request) {
  if (refuses(connection, request)) return;
  Play next;
  {
    const std::lock_guard lock(mutex_);
    if (plays_.empty()) {
      broken_.push_back("a request came that no play was left for");
    } else {
      next = std::move(plays_.front());
      plays_.pop_front();
    }
  }
  if (next) next(connection, request);
  else connection.send(http_answer(500, {{"Content-Type", "application/json"}}, vendor_error(vendor_, "api_error", "no play left")));
}

bool VendorServer::refuses(Connection& connection, const ReceivedRequest& request) {
  const auto refuse = [&](int status, const std::string& type, const std::string& message) {
    note(message);
    connection.send(http_answer(status, {{"Content-Type", "application/json"}}, vendor_error(vendor_, type, message)));
    return true;
  };
  const bool is_openai = vendor_ == Vendor::openai;
  if (request.method != "POST" || request.path != (is_openai ? "/v1/chat/completions" : "/v1/messages")) return refuse(404, "not_found_error", "no such address: " + request.method + " " + request.path);
  const std::string expected = is_openai ? "Bearer " + key_ : key_;
  if (!key_.empty() && header(request, is_openai ? "authorization" : "x-api-key") != expected) return refuse(401, "authentication_error", "Incorrect API key provided: " + header(request, is_openai ? "authorization" : "x-api-key") + ".");
  if (header(request, "content-type").find("application/json") == std::string::npos) return refuse(400, "invalid_request_error", "content-type must be application/json");
  if (!is_openai && header(request, "anthropic-version") != "2023-06-01") return refuse(400, "invalid_request_error", "anthropic-version: header is required");
  auto body = parse_json(request.body, 32 << 20);
  if (!body) return refuse(400, "invalid_request_error", "We could not parse the JSON body of your request. " + body.error().message);
  const Broken broken = is_openai ? broken_chat_rules(*body, rules_) : broken_messages_rules(*body);
  for (std::size_t i = 1; i < broken.size(); ++i) note(broken[i]);
  return !broken.empty() && refuse(400, "invalid_request_error", broken.front());
}

}  // namespace deskhand::test
