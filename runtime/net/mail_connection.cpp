#include "net/mail_connection.h"

#include <curl/curl.h>
#include <poll.h>

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "net/curl_library.h"

namespace deskhand::net {
namespace {

constexpr std::size_t kHostBytes = 255;
constexpr std::size_t kReplyBytes = 300;  // of what a server said that are told on

bool is_loopback_host(std::string_view host) {
  return host == "localhost" || host == "::1" || host.substr(0, 4) == "127.";
}

bool is_host(std::string_view host) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == ':';
  };
  return !host.empty() && host.size() <= kHostBytes && std::all_of(host.begin(), host.end(), is_plain);
}

std::string url_of(const MailConnection::Options& options) {
  const bool is_imap = options.protocol == MailProtocol::imap;
  const bool at_once = options.server.tls == MailTls::always;
  const std::string host =
      options.server.host.find(':') == std::string::npos ? options.server.host : "[" + options.server.host + "]";
  return std::string(is_imap ? (at_once ? "imaps" : "imap") : (at_once ? "smtps" : "smtp")) + "://" + host + ":" +
         std::to_string(options.server.port) + "/";
}

}  // namespace

struct MailConnection::Handle {
  CURL* easy = nullptr;
  char error[CURL_ERROR_SIZE] = {};
  std::string last_reply;  // of the server while libcurl speaks
  const Clock* clock = nullptr;
  std::stop_token stop;
  std::chrono::steady_clock::time_point connect_by;

  ~Handle() {
    const PipeSignalHold hold;  // closing says goodbye to the server
    if (easy != nullptr) curl_easy_cleanup(easy);
  }

  static std::size_t on_reply(char* bytes, std::size_t size, std::size_t count, void* self) {
    static_cast<Handle*>(self)->last_reply.assign(bytes, std::min(size * count, kReplyBytes));
    return size * count;
  }
  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto* const handle = static_cast<Handle*>(self);
    return handle->stop.stop_requested() || handle->clock->steady() >= handle->connect_by ? 1 : 0;
  }

  bool prepare(const Options& options) {
    bool taken = true;
    const auto set = [&](CURLoption option, auto value) {
      taken = curl_easy_setopt(easy, option, value) == CURLE_OK && taken;
    };
    const std::string url = url_of(options);
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "imap,imaps,smtp,smtps");
    set(CURLOPT_CONNECT_ONLY, 1L);
    if (options.server.tls != MailTls::none) set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!options.server.authorities_file.empty()) set(CURLOPT_CAINFO, options.server.authorities_file.c_str());
    set(CURLOPT_PROXY, "");
    if (!options.login.user.empty()) {
      set(CURLOPT_USERNAME, options.login.user.c_str());
      if (!options.login.bearer.empty()) {
        set(CURLOPT_XOAUTH2_BEARER, options.login.bearer.c_str());
        set(CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2");
      } else {
        set(CURLOPT_PASSWORD, options.login.password.c_str());
      }
    }
    set(CURLOPT_SASL_IR, 1L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_time.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(options.connect_time.count()));
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &Handle::on_progress);
    set(CURLOPT_XFERINFODATA, this);
    set(CURLOPT_ERRORBUFFER, error);
    set(CURLOPT_HEADERFUNCTION, &Handle::on_reply);
    set(CURLOPT_HEADERDATA, this);
    return taken;
  }

  Error error_of(CURLcode code, const Options& options) const {
    const std::string server = options.server.host + ":" + std::to_string(options.server.port);
    const std::string detail = error[0] != '\0' ? error : curl_easy_strerror(code);
    const std::string said =
        trim(last_reply).empty()
            ? ""
            : " (it said: " + shorten(printable_line(to_utf8(trim(last_reply))), kReplyBytes) + ")";
    switch (code) {
      case CURLE_LOGIN_DENIED:
        return make_error(Code::forbidden,
                          "The mail server " + server + " did not accept the user or the password" + said + ".",
                          detail);
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_CACERT_BADFILE:
      case CURLE_SSL_ISSUER_ERROR:
      case CURLE_SSL_INVALIDCERTSTATUS:
      case CURLE_SSL_CERTPROBLEM:
        return make_error(Code::forbidden,
                          "The certificate of the mail server " + server + " is not trusted; nothing was sent to it.",
                          detail);
      case CURLE_USE_SSL_FAILED:
        return make_error(Code::forbidden,
                          "The mail server " + server + " offers no TLS there; nothing was sent to it.", detail);
      case CURLE_COULDNT_RESOLVE_HOST:
        return make_error(
            Code::unavailable,
            "The mail server " + options.server.host + " is not known by that name, or there is no network.", detail);
      case CURLE_ABORTED_BY_CALLBACK:
        if (stop.stop_requested()) return make_error(Code::cancelled, "Stopped.");
        [[fallthrough]];
      case CURLE_OPERATION_TIMEDOUT:
        return make_error(Code::unavailable, "The mail server " + server + " did not answer in time.", detail);
      default:
        return make_error(Code::unavailable, "The mail server " + server + " can not be reached" + said + ".", detail);
    }
  }
};

MailConnection::MailConnection(std::unique_ptr<Handle> handle, const Clock& clock, std::stop_token stop,
                               std::chrono::steady_clock::time_point deadline)
    : handle_(std::move(handle)), clock_(clock), stop_(std::move(stop)), deadline_(deadline) {}
MailConnection::~MailConnection() = default;

Result<std::unique_ptr<MailConnection>> MailConnection::open(const Options& options, const Clock& clock,
                                                             std::stop_token stop) {
  constexpr int kPortMax = 65535;
  if (!is_host(options.server.host) || options.server.port < 1 || options.server.port > kPortMax)
    return make_error(Code::invalid_argument, "\"" + shorten(printable_line(options.server.host), 80) +
                                                  "\" with port " + std::to_string(options.server.port) +
                                                  " is no mail server's address.");
  if (options.server.tls == MailTls::none && !is_loopback_host(options.server.host))
    return make_error(Code::invalid_argument, "Without TLS only this machine is spoken to, not " + options.server.host +
                                                  "; set tls to always or starttls.");
  if (stop.stop_requested()) return make_error(Code::cancelled, "Stopped.");
  const PipeSignalHold hold;
  if (!curl_is_started()) return make_error(Code::internal, "libcurl does not start.");
  auto handle = std::make_unique<Handle>();
  handle->easy = curl_easy_init();
  handle->clock = &clock;
  handle->stop = stop;
  const auto now = clock.steady();
  handle->connect_by = now + std::min(options.connect_time, options.whole_time);
  if (handle->easy == nullptr || !handle->prepare(options))
    return make_error(Code::internal, "libcurl takes no connection of this kind.");
  if (const CURLcode code = curl_easy_perform(handle->easy); code != CURLE_OK) return handle->error_of(code, options);
  return std::unique_ptr<MailConnection>(
      new MailConnection(std::move(handle), clock, std::move(stop), now + options.whole_time));
}

// Looks up from waiting often enough to see the stop token and an injected clock.
Done MailConnection::wait(bool for_reading) {
  curl_socket_t socket = CURL_SOCKET_BAD;
  if (curl_easy_getinfo(handle_->easy, CURLINFO_ACTIVESOCKET, &socket) != CURLE_OK || socket == CURL_SOCKET_BAD)
    return make_error(Code::unavailable, "The mail server ended the connection.");
  if (stop_.stop_requested()) {
    if (!stop_by_) stop_by_ = clock_.steady() + after_stop_;
    if (clock_.steady() >= *stop_by_) return make_error(Code::cancelled, "Stopped.");
  }
  if (clock_.steady() >= deadline_) return make_error(Code::unavailable, "The mail server did not answer in time.");
  pollfd waiting{socket, static_cast<short>(for_reading ? POLLIN : POLLOUT), 0};
  ::poll(&waiting, 1, limits::kHttpWakeMs);
  return {};
}

Done MailConnection::send(std::string_view bytes) {
  const PipeSignalHold hold;
  while (!bytes.empty()) {
    std::size_t sent = 0;
    const CURLcode code = curl_easy_send(handle_->easy, bytes.data(), bytes.size(), &sent);
    if (code != CURLE_OK && code != CURLE_AGAIN)
      return make_error(Code::unavailable, "The connection to the mail server was cut.", curl_easy_strerror(code));
    bytes.remove_prefix(sent);
    if (code == CURLE_AGAIN)
      if (auto waited = wait(false); !waited) return waited;
  }
  return {};
}

Done MailConnection::fill() {
  const PipeSignalHold hold;
  for (;;) {  // ends with the deadline
    const std::size_t before = unread_.size();
    std::size_t count = 0;
    unread_.resize(before + kMailReadBytes);
    const CURLcode code = curl_easy_recv(handle_->easy, unread_.data() + before, kMailReadBytes, &count);
    unread_.resize(before + (code == CURLE_OK ? count : 0));
    if (code == CURLE_OK && count > 0) return {};
    if (code != CURLE_AGAIN)
      return make_error(Code::unavailable, "The mail server ended the connection.", curl_easy_strerror(code));
    if (auto waited = wait(true); !waited) return waited;
  }
}

Result<std::string> MailConnection::read_line() {
  std::size_t looked_at = 0;
  for (;;) {
    const std::size_t end = unread_.find('\n', looked_at);
    if (end != std::string::npos) {
      std::string line = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      if (!line.empty() && line.back() == '\r') line.pop_back();
      return line;
    }
    looked_at = unread_.size();
    if (looked_at > kMailLineBytes)
      return make_error(Code::limit_exceeded, "The mail server sends a line without end.");
    if (auto filled = fill(); !filled) return filled.error();
  }
}

Result<std::string> MailConnection::read_bytes(std::size_t count) {
  if (count > limits::kMailBytes)
    return make_error(Code::limit_exceeded, "The mail server sends more than was asked for.");
  while (unread_.size() < count)
    if (auto filled = fill(); !filled) return filled.error();
  std::string bytes = unread_.substr(0, count);
  unread_.erase(0, count);
  return bytes;
}

}  // namespace deskhand::net
