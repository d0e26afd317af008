#include "net/curl_transfer.h"

#include <algorithm>
#include <string>

#include "base/limits.h"
#include "base/text.h"
#include "net/curl_library.h"

namespace deskhand::net {
namespace {

bool is_header_safe(const HttpHeader& header) {
  const auto is_control = [](char byte) { return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F; };
  return !header.name.empty() && header.name.find_first_of(": ") == std::string::npos &&
         std::none_of(header.name.begin(), header.name.end(), is_control) &&
         std::none_of(header.value.begin(), header.value.end(), is_control);
}

bool is_loopback_url(const std::string& url) {
  CURLU* parts = curl_url();
  char* host = nullptr;
  bool here = false;
  if (parts != nullptr && curl_url_set(parts, CURLUPART_URL, url.c_str(), 0) == CURLUE_OK &&
      curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK) {
    const std::string_view name = host;
    here = name == "localhost" || name == "[::1]" || name.substr(0, 4) == "127.";
  }
  curl_free(host);
  curl_url_cleanup(parts);
  return here;
}

}  // namespace

CurlTransfer::CurlTransfer(const CurlOptions& options) : options_(options) {}

std::unique_ptr<CurlTransfer> CurlTransfer::make(const CurlOptions& options) {
  if (!curl_is_started()) return nullptr;
  std::unique_ptr<CurlTransfer> transfer(new CurlTransfer(options));
  transfer->multi_ = curl_multi_init();
  transfer->easy_ = curl_easy_init();
  return transfer->multi_ != nullptr && transfer->easy_ != nullptr ? std::move(transfer) : nullptr;
}

CurlTransfer::~CurlTransfer() {
  const PipeSignalHold hold;  // closing says goodbye to the server
  if (easy_ != nullptr) curl_easy_cleanup(easy_);
  if (multi_ != nullptr) curl_multi_cleanup(multi_);
  curl_slist_free_all(headers_);
}

HttpAnswer CurlTransfer::run(const HttpRequest& request, const Clock& clock, const std::stop_token& stop) {
  const PipeSignalHold hold;
  request_ = &request;
  clock_ = &clock;
  answer_ = {};
  header_bytes_ = body_bytes_ = 0;
  connected_ = has_bytes_ = has_enough_ = ended_ = false;
  error_[0] = '\0';
  began_at_ = connected_at_ = last_byte_at_ = clock.steady();
  if (!prepare(request)) {
    end_as(HttpEnd::invalid, "the address or a header can not be used");
  } else if (curl_multi_add_handle(multi_, easy_) != CURLM_OK) {
    end_as(HttpEnd::not_sent, "libcurl took no request");
  } else {
    drive(stop);
    curl_multi_remove_handle(multi_, easy_);  // closes the connection when the answer is not at its end
  }
  curl_easy_reset(easy_);  // forgets the request and its credentials, keeps the connections
  curl_slist_free_all(headers_);
  headers_ = nullptr;
  request_ = nullptr;
  return std::move(answer_);
}

bool CurlTransfer::prepare(const HttpRequest& request) {
  if (request.url.empty() || request.url.size() > limits::kHttpUrlBytes || request.method.empty() ||
      !std::all_of(request.method.begin(), request.method.end(), [](char letter) { return letter >= 'A' && letter <= 'Z'; }) ||
      !std::all_of(request.url.begin(), request.url.end(), [](char byte) { return byte > 0x20 && byte < 0x7F; }))
    return false;
  for (const HttpHeader& header : request.headers) {
    if (!is_header_safe(header)) return false;
    // "Name;" is how libcurl is told to send a header without a value.
    const std::string line = header.value.empty() ? header.name + ";" : header.name + ": " + header.value;
    curl_slist* longer = curl_slist_append(headers_, line.c_str());
    if (longer == nullptr) return false;
    headers_ = longer;
  }
  curl_slist* longer = curl_slist_append(headers_, "Expect:");  // no waiting for a "100 Continue" before a long body
  if (longer == nullptr) return false;
  headers_ = longer;

  bool taken = true;
  const auto set = [&](CURLoption option, auto value) { taken = curl_easy_setopt(easy_, option, value) == CURLE_OK && taken; };
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  if (request.method != "GET" || !request.body.empty()) {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDS, request.body.data());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  }
  if (request.method == "HEAD") set(CURLOPT_NOBODY, 1L);
  set(CURLOPT_HTTPHEADER, headers_);
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options_.authorities_file.empty()) set(CURLOPT_CAINFO, options_.authorities_file.c_str());
  if (!options_.use_environment_proxy || is_loopback_url(request.url)) set(CURLOPT_PROXY, "");
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // a proxy's answer is not the server's
  set(CURLOPT_FRESH_CONNECT, request.repeatable ? 0L : 1L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TCP_KEEPALIVE, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, 0L);  // 300 s by default; ours is shorter, measured on the injected clock
  set(CURLOPT_ERRORBUFFER, error_);
  set(CURLOPT_PREREQFUNCTION, &CurlTransfer::on_connected);
  set(CURLOPT_PREREQDATA, this);
  set(CURLOPT_HEADERFUNCTION, &CurlTransfer::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &CurlTransfer::on_body);
  set(CURLOPT_WRITEDATA, this);
  return taken;
}

void CurlTransfer::drive(const std::stop_token& stop) {
  const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi_); });
  for (;;) {  // ends at the latest with the deadline for the whole
    int running = 0;
    if (curl_multi_perform(multi_, &running) != CURLM_OK) return end_as(connected_ ? HttpEnd::broken_off : HttpEnd::not_sent, "libcurl stopped");
    int waiting = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &waiting))
      if (message->msg == CURLMSG_DONE) return end_as(end_of(message->data.result), error_[0] != '\0' ? error_ : curl_easy_strerror(message->data.result));
    if (running == 0) return end_as(HttpEnd::broken_off, "libcurl lost the request");
    if (stop.stop_requested()) return end_as(HttpEnd::cancelled, "stopped");
    if (is_over_time()) return;
    const auto wait = time_to_look(clock_->steady());
    if (curl_multi_poll(multi_, nullptr, 0, static_cast<int>(wait.count()), nullptr) != CURLM_OK) return end_as(connected_ ? HttpEnd::broken_off : HttpEnd::not_sent, "libcurl stopped");
  }
}

bool CurlTransfer::is_over_time() {
  const Time now = clock_->steady();
  const HttpDeadlines& limit = request_->deadlines;
  if (has_enough_ && now - enough_at_ >= std::chrono::milliseconds(limits::kHttpAfterEndMs)) {
    end_as(HttpEnd::complete, "the connection was left open by the server");
  } else if (now - began_at_ >= limit.total) {
    end_as(has_enough_ ? HttpEnd::complete : connected_ ? HttpEnd::overtime : HttpEnd::not_sent, "no end within the time for the whole");
  } else if (!connected_ && now - began_at_ >= limit.connect) {
    end_as(HttpEnd::not_sent, "no connection in time");
  } else if (connected_ && !has_bytes_ && now - connected_at_ >= limit.first_byte) {
    end_as(HttpEnd::no_answer, "no answer in time");
  } else if (has_bytes_ && !has_enough_ && now - last_byte_at_ >= limit.between_bytes) {
    end_as(HttpEnd::stalled, "the answer paused for too long");
  }
  return ended_;
}

std::chrono::milliseconds CurlTransfer::time_to_look(Time now) const {
  const HttpDeadlines& limit = request_->deadlines;
  Time next = began_at_ + limit.total;
  if (!connected_) next = std::min(next, began_at_ + limit.connect);
  else if (!has_bytes_) next = std::min(next, connected_at_ + limit.first_byte);
  else if (has_enough_) next = std::min(next, enough_at_ + std::chrono::milliseconds(limits::kHttpAfterEndMs));
  else next = std::min(next, last_byte_at_ + limit.between_bytes);
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(next - now) + std::chrono::milliseconds(1);
  return std::clamp(left, std::chrono::milliseconds(1), std::chrono::milliseconds(limits::kHttpWakeMs));
}

HttpEnd CurlTransfer::end_of(CURLcode code) const {
  if (code == CURLE_OK || has_enough_) return HttpEnd::complete;
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return HttpEnd::invalid;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: return connected_ ? HttpEnd::broken_off : HttpEnd::untrusted;
    default: return connected_ ? HttpEnd::broken_off : HttpEnd::not_sent;
  }
}

void CurlTransfer::end_as(HttpEnd end, std::string_view detail) {
  if (ended_) return;  // the first reason is the true one; a callback that gives up makes libcurl report another
  ended_ = true;
  answer_.end = end;
  if (end != HttpEnd::complete) answer_.detail = detail;
}

int CurlTransfer::on_connected(void* self, char*, char*, int, int) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  transfer.connected_ = true;
  transfer.connected_at_ = transfer.clock_->steady();
  return CURL_PREREQFUNC_OK;
}

std::size_t CurlTransfer::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
  return static_cast<CurlTransfer*>(self)->take_header({bytes, size * count});
}

std::size_t CurlTransfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
  return static_cast<CurlTransfer*>(self)->take_body({bytes, size * count});
}

std::size_t CurlTransfer::take_header(std::string_view line) {
  has_bytes_ = true;
  last_byte_at_ = clock_->steady();
  header_bytes_ += line.size();
  if (header_bytes_ > limits::kHttpHeaderBytes) {
    end_as(HttpEnd::too_large, "the headers are too long");
    return CURL_WRITEFUNC_ERROR;
  }
  HttpHead& head = answer_.head;
  if (line.substr(0, 5) == "HTTP/") {  // a new head; the one before it was a "100 Continue" or the like
    head = {};
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    head.status = static_cast<int>(status);
    return line.size();
  }
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos && colon > 0)
    head.headers.push_back({to_lower(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
  return line.size();
}

std::size_t CurlTransfer::take_body(std::string_view bytes) {
  last_byte_at_ = clock_->steady();
  const bool is_success = answer_.head.status >= 200 && answer_.head.status < 300;
  if (has_enough_) return bytes.size();  // read away, so that the connection can be kept
  body_bytes_ += bytes.size();
  if (!is_success) {
    answer_.body += bytes.substr(0, limits::kHttpErrorBytes - std::min(limits::kHttpErrorBytes, answer_.body.size()));
    if (body_bytes_ <= request_->response_bytes_max) return bytes.size();
    end_as(HttpEnd::complete, "");  // the status says what there is to know
    return CURL_WRITEFUNC_ERROR;
  }
  if (body_bytes_ > request_->response_bytes_max) {
    end_as(HttpEnd::too_large, "the answer is larger than is read");
    return CURL_WRITEFUNC_ERROR;
  }
  if (!request_->on_body) {
    answer_.body += bytes;
  } else if (request_->on_body(answer_.head, bytes) == HttpFlow::enough) {
    has_enough_ = true;
    enough_at_ = clock_->steady();
  }
  return bytes.size();
}

}  // namespace deskhand::net
