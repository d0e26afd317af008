// One libcurl handle with its connections, used for one request after the other. Only curl_client uses it.
//
// Thread rule: one thread at a time.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string_view>

#include "net/curl_client.h"

namespace deskhand::net {

class CurlTransfer {
 public:
  // nullptr when libcurl can not start or has no memory.
  static std::unique_ptr<CurlTransfer> make(const CurlOptions& options);
  ~CurlTransfer();
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  HttpAnswer run(const HttpRequest& request, const Clock& clock, const std::stop_token& stop);

 private:
  using Time = std::chrono::steady_clock::time_point;
  explicit CurlTransfer(const CurlOptions& options);
  bool prepare(const HttpRequest& request);
  void drive(const std::stop_token& stop);
  bool is_over_time();
  std::chrono::milliseconds time_to_look(Time now) const;
  HttpEnd end_of(CURLcode code) const;
  std::size_t take_header(std::string_view line);
  std::size_t take_body(std::string_view bytes);
  void end_as(HttpEnd end, std::string_view detail);

  // libcurl calls these; each turns into the method of the same name.
  static int on_connected(void* self, char*, char*, int, int);
  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);

  const CurlOptions options_;
  CURLM* multi_ = nullptr;
  CURL* easy_ = nullptr;
  curl_slist* headers_ = nullptr;
  char error_[CURL_ERROR_SIZE] = {};

  // Of the request under way.
  const HttpRequest* request_ = nullptr;
  const Clock* clock_ = nullptr;
  HttpAnswer answer_;
  std::size_t header_bytes_ = 0, body_bytes_ = 0;
  Time began_at_{}, connected_at_{}, last_byte_at_{}, enough_at_{};
  bool connected_ = false, has_bytes_ = false, has_enough_ = false, ended_ = false;
};

}  // namespace deskhand::net
