#include "tests/support/vendor_server/loopback_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace deskhand::test {
namespace {

constexpr std::size_t kRequestBytes = 64 * 1024 * 1024;

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

// A socket bound to a free port of this machine.
int bound_socket() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  if (socket < 0 || ::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
  return socket;
}

int port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return text;
}

bool read_more(int socket, std::string& buffer) {
  char bytes[16 * 1024];
  const ssize_t count = ::recv(socket, bytes, sizeof bytes, 0);
  if (count <= 0 || buffer.size() > kRequestBytes) return false;
  buffer.append(bytes, static_cast<std::size_t>(count));
  return true;
}

// Takes one request from the front of `buffer`, reading on as needed. False: the client has gone.
bool read_request(int socket, std::string& buffer, ReceivedRequest& request) {
  std::size_t end = buffer.find("\r\n\r\n");
  for (; end == std::string::npos; end = buffer.find("\r\n\r\n"))
    if (!read_more(socket, buffer)) return false;
  const std::string head = buffer.substr(0, end + 2);
  buffer.erase(0, end + 4);
  std::size_t line_begin = head.find("\r\n") + 2;
  const std::string first = head.substr(0, line_begin - 2);
  request.method = first.substr(0, first.find(' '));
  request.path = first.substr(request.method.size() + 1, first.rfind(' ') - request.method.size() - 1);
  while (line_begin < head.size()) {
    const std::size_t line_end = head.find("\r\n", line_begin);
    const std::string line = head.substr(line_begin, line_end - line_begin);
    const std::size_t colon = line.find(':');
    std::string value = line.substr(colon + 1);
    value.erase(0, value.find_first_not_of(' ') == std::string::npos ? value.size() : value.find_first_not_of(' '));
    request.headers[lower(line.substr(0, colon))] = value;
    line_begin = line_end + 2;
  }
  const std::size_t length = request.headers.contains("content-length") ? std::strtoul(request.headers["content-length"].c_str(), nullptr, 10) : 0;
  while (buffer.size() < length)
    if (!read_more(socket, buffer)) return false;
  request.body = buffer.substr(0, length);
  buffer.erase(0, length);
  return true;
}

class SocketConnection final : public Connection {
 public:
  explicit SocketConnection(int socket) : socket_(socket) {}
  bool send(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  void close() override {
    ::shutdown(socket_, SHUT_WR);
    closed_ = true;
  }
  void reset() override {
    const linger now{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    closed_ = true;
  }
  void wait_until_client_leaves() override {
    char bytes[1024];
    while (::recv(socket_, bytes, sizeof bytes, 0) > 0) {
    }
    closed_ = true;
  }
  bool is_closed() const { return closed_; }

 private:
  int socket_;
  bool closed_ = false;
};

const char* reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 302: return "Found";
    case 307: return "Temporary Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 404: return "Not Found";
    case 429: return "Too Many Requests";
    default: return "Status";
  }
}

std::string head_of(int status, const std::vector<std::pair<std::string, std::string>>& headers) {
  std::string head = "HTTP/1.1 " + std::to_string(status) + " " + reason_of(status) + "\r\n";
  for (const auto& [name, value] : headers) head += name + ": " + value + "\r\n";
  return head;
}

}  // namespace

struct LoopbackServer::State {
  Handler handler;
  int listener = -1, port = 0;
  mutable std::mutex mutex;
  std::vector<ReceivedRequest> received;
  std::vector<int> sockets;  // of the connections still open
  std::vector<std::thread> threads;
  int connections = 0;
  bool ending = false;
  std::thread accepting;

  void accept_all();
  void serve(int socket, int number);
};

void LoopbackServer::State::accept_all() {
  for (;;) {
    const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;  // the listener was shut down
    const int at_once = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    const std::lock_guard lock(mutex);
    if (ending) {
      ::close(socket);
      return;
    }
    sockets.push_back(socket);
    const int number = ++connections;
    threads.emplace_back([this, socket, number] { serve(socket, number); });
  }
}

void LoopbackServer::State::serve(int socket, int number) {
  std::string buffer;
  SocketConnection connection(socket);
  for (ReceivedRequest request; !connection.is_closed() && read_request(socket, buffer, request); request = {}) {
    request.connection = number;
    {
      const std::lock_guard lock(mutex);
      received.push_back(request);
    }
    handler(connection, request);
  }
  const std::lock_guard lock(mutex);
  std::erase(sockets, socket);
  ::close(socket);
}

LoopbackServer::LoopbackServer(Handler handler) : state_(std::make_unique<State>()) {
  state_->handler = std::move(handler);
  state_->listener = bound_socket();
  if (::listen(state_->listener, 64) != 0) std::abort();
  state_->port = port_of(state_->listener);
  state_->accepting = std::thread([state = state_.get()] { state->accept_all(); });
}

LoopbackServer::~LoopbackServer() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->ending = true;
    for (const int socket : state_->sockets) ::shutdown(socket, SHUT_RDWR);
  }
  ::shutdown(state_->listener, SHUT_RDWR);
  state_->accepting.join();
  for (std::thread& thread : state_->threads) thread.join();
  ::close(state_->listener);
}

std::string LoopbackServer::url() const { return "http://127.0.0.1:" + std::to_string(state_->port); }
int LoopbackServer::port() const { return state_->port; }

std::vector<ReceivedRequest> LoopbackServer::received() const {
  const std::lock_guard lock(state_->mutex);
  return state_->received;
}

int LoopbackServer::connections() const {
  const std::lock_guard lock(state_->mutex);
  return state_->connections;
}

int closed_port() {
  const int socket = bound_socket();  // bound and never listening: whoever connects is refused
  const int port = port_of(socket);
  ::close(socket);
  return port;
}

std::string http_answer(int status, const std::vector<std::pair<std::string, std::string>>& headers, std::string_view body) {
  return head_of(status, headers) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::string chunked_head(int status, const std::vector<std::pair<std::string, std::string>>& headers) {
  return head_of(status, headers) + "Transfer-Encoding: chunked\r\n\r\n";
}

std::string chunk(std::string_view bytes) {
  char size[32];
  std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
  return size + std::string(bytes) + "\r\n";
}

}  // namespace deskhand::test
