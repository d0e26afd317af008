// A small HTTP/1.1 server on 127.0.0.1 for tests: real sockets, one thread a connection, and a handler that may do what no
// honest server does: stop in the middle, reset, drip, say nothing.
//
// Thread rule: the handler is called on the connection's thread. The destructor ends every connection and joins.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace deskhand::test {

struct ReceivedRequest {
  std::string method, path;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  int connection = 0;  // counted from 1, so that a test can see a connection used again
};

// One client's connection, for the handler.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual bool send(std::string_view bytes) = 0;  // false: the client has gone
  virtual void close() = 0;                       // orderly, after what was sent
  virtual void reset() = 0;                       // as when a machine falls over
  virtual void wait_until_client_leaves() = 0;    // says nothing until the client, or the server's end, ends it
};

class LoopbackServer {
 public:
  using Handler = std::function<void(Connection& connection, const ReceivedRequest& request)>;
  explicit LoopbackServer(Handler handler);
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  std::string url() const;  // http://127.0.0.1:PORT
  int port() const;
  std::vector<ReceivedRequest> received() const;
  int connections() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A port of this machine on which nobody listens.
int closed_port();

// A whole answer with a Content-Length.
std::string http_answer(int status, const std::vector<std::pair<std::string, std::string>>& headers, std::string_view body);
// The head of an answer in chunks, and one chunk; an empty chunk ends the answer.
std::string chunked_head(int status, const std::vector<std::pair<std::string, std::string>>& headers);
std::string chunk(std::string_view bytes);

}  // namespace deskhand::test
