#include "tests/support/token_service.h"

#include <algorithm>
#include <map>

namespace deskhand::test {
namespace {

constexpr int kOk = 200, kBadRequest = 400, kUnauthorized = 401, kUnavailable = 503;

std::string decoded(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size()) {
      out += static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
      at += 2;
    } else {
      out += text[at] == '+' ? ' ' : text[at];
    }
  }
  return out;
}

std::map<std::string, std::string> form_of(const std::string& body) {
  std::map<std::string, std::string> fields;
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = std::min(body.find('&', at), body.size());
    const std::string pair = body.substr(at, end - at);
    const std::size_t equals = pair.find('=');
    if (equals != std::string::npos) fields[decoded(pair.substr(0, equals))] = decoded(pair.substr(equals + 1));
    at = end + 1;
  }
  return fields;
}

std::string json_answer(int status, const std::string& body) {
  return http_answer(status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, body);
}

std::string refusal(int status, const std::string& error, const std::string& description) {
  return json_answer(status, "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}");
}

}  // namespace

TokenService::TokenService(std::string user)
    : user_(std::move(user)), server_([this](Connection& connection, const ReceivedRequest& request) { answer(connection, request); }) {}

void TokenService::answer(Connection& connection, const ReceivedRequest& request) {
  const std::lock_guard lock(mutex_);
  if (request.path.rfind("/token", 0) == 0) {
    connection.send(token_answer(request));
    return;
  }
  connection.send(introspection_answer(request));
  if (request.method == "GET") connection.close();  // Exim reads to the end
}

std::string TokenService::token_answer(const ReceivedRequest& request) {
  ++refreshes_;
  if (is_down_) return http_answer(kUnavailable, {{"Content-Type", "text/html"}}, "<html>Service Unavailable</html>");
  const auto fields = form_of(request.body);
  const auto field = [&](const char* name) { return fields.contains(name) ? fields.at(name) : std::string(); };
  if (request.method != "POST" || field("grant_type") != "refresh_token") return refusal(kBadRequest, "unsupported_grant_type", "only refresh_token");
  if (field("client_id") != client_id || field("client_secret") != client_secret)
    return refusal(kUnauthorized, "invalid_client", "The OAuth client was not found.");
  if (is_withdrawn_ || field("refresh_token") != refresh_token_)
    return refusal(kBadRequest, "invalid_grant", "Token has been expired or revoked.");
  const std::string token = "access-token-" + std::to_string(given_.size() + 1) + "-of-" + user_;
  given_.push_back(token);
  live_.push_back(token);
  std::string renewed;
  if (rotates_) {
    refresh_token_ = "refresh-" + std::to_string(given_.size());
    renewed = ",\"refresh_token\":\"" + refresh_token_ + "\"";
  }
  return json_answer(kOk, "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"" + token + "\"" + renewed + "}");
}

// Dovecot posts the token; what it is told decides whether it lets the client in.
std::string TokenService::introspection_answer(const ReceivedRequest& request) const {
  const std::size_t query = request.path.find('?');
  const auto fields = form_of(request.method == "GET" && query != std::string::npos ? request.path.substr(query + 1) : request.body);
  const bool holds = fields.contains("token") && std::find(live_.begin(), live_.end(), fields.at("token")) != live_.end();
  return json_answer(kOk, holds ? "{\"active\":true,\"username\":\"" + user_ + "\"}" : "{\"active\":false}");
}

void TokenService::withdraw_consent() {
  const std::lock_guard lock(mutex_);
  is_withdrawn_ = true;
  live_.clear();
}

void TokenService::end_access_tokens() {
  const std::lock_guard lock(mutex_);
  live_.clear();
}

void TokenService::rotate_refresh_tokens(bool rotates) {
  const std::lock_guard lock(mutex_);
  rotates_ = rotates;
}

void TokenService::break_down(bool is_down) {
  const std::lock_guard lock(mutex_);
  is_down_ = is_down;
}

std::string TokenService::refresh_token() const {
  const std::lock_guard lock(mutex_);
  return refresh_token_;
}

int TokenService::refreshes() const {
  const std::lock_guard lock(mutex_);
  return refreshes_;
}

std::vector<std::string> TokenService::access_tokens() const {
  const std::lock_guard lock(mutex_);
  return given_;
}

}  // namespace deskhand::test
