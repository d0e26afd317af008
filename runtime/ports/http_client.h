// HttpClient: one request to somebody else's server and what became of it. It follows no redirect, so a credential never
// reaches a host that nobody named, and it logs nothing.
//
// Thread rule: send() blocks and may be called from several threads. It never throws; every way a request can end is an
// HttpEnd. Deadlines are measured on a steady clock and always end the call.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"

namespace deskhand {

struct HttpHeader {
  std::string name, value;
};

struct HttpDeadlines {
  std::chrono::milliseconds connect{10'000};       // name, connection, proxy and TLS together
  std::chrono::milliseconds first_byte{60'000};    // from the connection to the answer's first byte
  std::chrono::milliseconds between_bytes{30'000};
  std::chrono::milliseconds total{120'000};
};

// Where a request stopped. What matters to a caller is whether the server can have acted on it.
enum class HttpEnd {
  complete,      // a whole answer came, whatever its status
  invalid,       // the request can not be made (bad address, line break in a header); nothing was sent
  not_sent,      // no connection, or no TLS; nothing of the request left, so a retry is safe
  untrusted,     // the server's certificate was not accepted; nothing of the request left
  cancelled,     // by the stop token
  no_answer,     // from here on the request left and the server may have acted on it: no byte came in time
  stalled,       // the answer began and then paused too long
  overtime,      // the whole took too long
  broken_off,    // the connection ended inside the answer or before it
  too_large,     // the answer is larger than the caller takes
};
std::string_view name_of(HttpEnd end);
// True when the server can not have seen the request.
inline bool is_surely_unseen(HttpEnd end) {
  return end == HttpEnd::invalid || end == HttpEnd::not_sent || end == HttpEnd::untrusted;
}

struct HttpHead {
  int status = 0;                   // 0: no status line came
  std::vector<HttpHeader> headers;  // names in lower case, in the order they came, at most limits::kHttpHeaderBytes together
  std::string_view header(std::string_view name_in_lower_case) const;  // the first of that name, else ""
};

// What the receiver of a body wants next. `enough`: it has all it needs; the call ends as complete, without waiting for a
// server that keeps the connection open.
enum class HttpFlow { more, enough };

struct HttpRequest {
  std::string method = "POST", url;
  std::vector<HttpHeader> headers;  // may hold credentials; they go to the host of `url` and nowhere else
  std::string body;
  HttpDeadlines deadlines;
  std::size_t response_bytes_max = limits::kHttpAnswerBytes;
  // The server may safely get the same request twice. Only then may a kept connection be used: one that the server closed in
  // the same moment makes the library send the request again.
  bool repeatable = false;
  // Receives the body of an answer with a status of 200 to 299 as it comes, on the calling thread; `body` of the answer then
  // stays empty. Answers with another status are collected.
  std::function<HttpFlow(const HttpHead& head, std::string_view bytes)> on_body;
};

struct HttpAnswer {
  HttpEnd end = HttpEnd::not_sent;
  HttpHead head;
  std::string body;    // as far as it came
  std::string detail;  // for the log: what the library said; never a header or a body of ours
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;
  virtual HttpAnswer send(const HttpRequest& request, std::stop_token stop) = 0;
};

}  // namespace deskhand
