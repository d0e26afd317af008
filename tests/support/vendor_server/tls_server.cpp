#include "tests/support/vendor_server/tls_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <mutex>
#include <thread>

namespace deskhand::test {
namespace {

X509* self_signed(EVP_PKEY* key, const std::string& name) {
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600 * 24);
  X509_set_pubkey(certificate, key);
  X509_NAME* subject = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate, subject);
  X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + name).c_str());
  X509_add_ext(certificate, names, -1);
  X509_EXTENSION_free(names);
  X509_sign(certificate, key, EVP_sha256());
  return certificate;
}

}  // namespace

struct TlsServer::State {
  SSL_CTX* context = nullptr;
  int listener = -1, port = 0;
  std::string file;
  mutable std::mutex mutex;
  std::string received;
  int open = -1;  // the connection being served
  bool ending = false;
  std::thread thread;

  void serve_all();
  void serve(int socket);
};

void TlsServer::State::serve_all() {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);  // a client that has gone is no reason to end the test
  for (;;) {
    const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    {
      const std::lock_guard lock(mutex);
      if (ending) {
        ::close(socket);
        return;
      }
      open = socket;
    }
    serve(socket);
    const std::lock_guard lock(mutex);
    open = -1;
    ::close(socket);
  }
}

void TlsServer::State::serve(int socket) {
  SSL* tls = SSL_new(context);
  SSL_set_fd(tls, socket);
  if (SSL_accept(tls) == 1) {
    char bytes[4096];
    std::string request;
    for (int count = 0; (count = SSL_read(tls, bytes, sizeof bytes)) > 0;) {
      request.append(bytes, static_cast<std::size_t>(count));
      if (request.find("\r\n\r\n") == std::string::npos) continue;
      const std::lock_guard lock(mutex);
      received += request;
      request.clear();
      const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      SSL_write(tls, answer.data(), static_cast<int>(answer.size()));
      SSL_shutdown(tls);
      break;
    }
  }
  SSL_free(tls);
}

TlsServer::TlsServer(const std::string& name) : state_(std::make_unique<State>()) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = self_signed(key, name);
  state_->context = SSL_CTX_new(TLS_server_method());
  SSL_CTX_use_certificate(state_->context, certificate);
  SSL_CTX_use_PrivateKey(state_->context, key);
  char path[] = "/tmp/deskhand_tls_XXXXXX";
  const int descriptor = ::mkstemp(path);
  std::FILE* file = ::fdopen(descriptor, "w");
  if (file == nullptr) std::abort();
  PEM_write_X509(file, certificate);
  std::fclose(file);
  state_->file = path;
  X509_free(certificate);
  EVP_PKEY_free(key);

  state_->listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(state_->listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(state_->listener, 16) != 0) std::abort();
  ::getsockname(state_->listener, reinterpret_cast<sockaddr*>(&address), &size);
  state_->port = ntohs(address.sin_port);
  state_->thread = std::thread([state = state_.get()] { state->serve_all(); });
}

TlsServer::~TlsServer() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->ending = true;
    if (state_->open >= 0) ::shutdown(state_->open, SHUT_RDWR);
  }
  ::shutdown(state_->listener, SHUT_RDWR);
  state_->thread.join();
  ::close(state_->listener);
  ::unlink(state_->file.c_str());
  SSL_CTX_free(state_->context);
}

int TlsServer::port() const { return state_->port; }
std::string TlsServer::certificate_file() const { return state_->file; }
std::string TlsServer::received() const {
  const std::lock_guard lock(state_->mutex);
  return state_->received;
}

}  // namespace deskhand::test
