#include "channel/email/mail_account.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>

#include "base/json.h"
#include "base/text.h"

namespace deskhand::channel::email {
namespace {

constexpr std::size_t kTokenAnswerBytes = 64 * 1024;
constexpr std::int64_t kTokenSpareSeconds = 120;  // before its end a token is not used any more
constexpr std::int64_t kTokenSeconds = 3600;      // where the provider does not say

std::string form_encoded(std::string_view value) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                          c == '.' || c == '_' || c == '~';
    if (is_plain)
      out += c;
    else
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
  }
  return out;
}

// A file that only its owner reads, in the place of the old one or not at all.
void replace_secret(const std::string& path, const std::string& secret) {
  const std::string part = path + ".part";
  const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return;
  const bool written =
      ::write(file, secret.data(), secret.size()) == static_cast<ssize_t>(secret.size()) && ::fsync(file) == 0;
  ::close(file);
  if (!written || ::rename(part.c_str(), path.c_str()) != 0) ::unlink(part.c_str());
}

}  // namespace

MailLogins::MailLogins(MailAccount account, HttpClient& http, const Clock& clock)
    : account_(std::move(account)), http_(http), clock_(clock) {}

Result<net::MailLogin> MailLogins::login(std::stop_token stop) {
  net::MailLogin login;
  login.user = account_.user;
  login.password = account_.password;
  if (!account_.oauth) return login;
  const std::lock_guard lock(mutex_);
  if (token_.empty() || clock_.now() >= token_ends_at_) {
    auto token = fresh_token(std::move(stop));
    if (!token) return token.error();
    token_ = std::move(*token);
  }
  login.password.clear();
  login.bearer = token_;
  return login;
}

void MailLogins::forget_token() {
  const std::lock_guard lock(mutex_);
  token_.clear();
}

void MailLogins::take_refresh_token_from_file() {
  OAuth& oauth = *account_.oauth;
  if (oauth.refresh_token_file.empty()) return;
  std::ifstream file(oauth.refresh_token_file, std::ios::binary);
  const std::string written((std::istreambuf_iterator<char>(file)), {});
  if (!trim(written).empty()) oauth.refresh_token = trim(written);
}

Result<std::string> MailLogins::fresh_token(std::stop_token stop) {
  take_refresh_token_from_file();
  const std::string shown = account_.oauth->refresh_token;
  auto token = token_for(shown, stop);
  if (token || token.error().code != Code::forbidden) return token;
  // Refused: it may have been replaced between our look and our question.
  take_refresh_token_from_file();
  return account_.oauth->refresh_token == shown ? token : token_for(account_.oauth->refresh_token, std::move(stop));
}

Result<std::string> MailLogins::token_for(const std::string& refresh_token, std::stop_token stop) {
  OAuth& oauth = *account_.oauth;
  HttpRequest request;
  request.url = oauth.token_url;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  request.body = "grant_type=refresh_token&refresh_token=" + form_encoded(refresh_token) +
                 "&client_id=" + form_encoded(oauth.client_id);
  if (!oauth.client_secret.empty()) request.body += "&client_secret=" + form_encoded(oauth.client_secret);
  if (!oauth.scope.empty()) request.body += "&scope=" + form_encoded(oauth.scope);
  request.response_bytes_max = kTokenAnswerBytes;
  const HttpAnswer answer = http_.send(request, std::move(stop));
  const std::string who = "The login service of " + account_.user;
  if (answer.end != HttpEnd::complete)
    return make_error(Code::unavailable, who + " can not be reached.", answer.detail);
  auto json = parse_json(answer.body, kTokenAnswerBytes);
  const auto text = [&](const char* key) {
    return json && json->is_object() && json->contains(key) && (*json)[key].is_string()
               ? (*json)[key].get<std::string>()
               : std::string();
  };
  constexpr int kOk = 200, kServerTrouble = 500, kTooMany = 429;
  if (answer.head.status >= kServerTrouble || answer.head.status == kTooMany)
    return make_error(Code::unavailable, who + " has trouble of its own.", text("error_description"));
  if (answer.head.status != kOk) {
    const std::string why =
        text("error").empty() ? std::to_string(answer.head.status) : shorten(printable_line(text("error")), 100);
    return make_error(Code::forbidden, who + " gave no access (" + why + "); connect the mailbox again.",
                      shorten(printable_line(text("error_description")), 500));
  }
  const std::string token = text("access_token");
  if (token.empty()) return make_error(Code::unavailable, who + " answered without a token.");
  std::int64_t seconds = kTokenSeconds;
  if (json->contains("expires_in") && (*json)["expires_in"].is_number_integer())
    seconds = (*json)["expires_in"].get<std::int64_t>();
  token_ends_at_ = clock_.now().plus_seconds(std::max<std::int64_t>(0, seconds - kTokenSpareSeconds));
  if (const std::string renewed = text("refresh_token"); !renewed.empty() && renewed != refresh_token) {
    oauth.refresh_token = renewed;
    if (!oauth.refresh_token_file.empty()) replace_secret(oauth.refresh_token_file, renewed);
  }
  return token;
}

}  // namespace deskhand::channel::email
