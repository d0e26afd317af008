#include "tests/support/pseudo_terminal.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace deskhand::test {
namespace {

constexpr int kSilenceMs = 60'000;  // a program that says nothing for so long has hung

}  // namespace

PseudoTerminal::PseudoTerminal(const std::vector<std::string>& words, const std::map<std::string, std::string>& environment) {
  winsize size{40, 200, 0, 0};
  process_ = ::forkpty(&master_, nullptr, nullptr, &size);
  if (process_ != 0) return;
  ::setenv("TERM", "xterm", 1);
  for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  ::execv(argv[0], argv.data());
  ::_exit(127);
}

PseudoTerminal::~PseudoTerminal() {
  if (master_ >= 0) ::close(master_);
  if (process_ <= 0) return;
  ::kill(process_, SIGHUP);
  ::kill(process_, SIGKILL);
  int status = 0;
  ::waitpid(process_, &status, 0);
}

void PseudoTerminal::type(const std::string& keys) {
  for (std::size_t sent = 0; sent < keys.size();) {
    const ssize_t count = ::write(master_, keys.data() + sent, keys.size() - sent);
    if (count <= 0) return;
    sent += static_cast<std::size_t>(count);
  }
}

std::string PseudoTerminal::screen_with(const std::string& words, std::size_t from) {
  while (screen_.find(words, from) == std::string::npos) {
    pollfd ready{master_, POLLIN, 0};
    if (::poll(&ready, 1, kSilenceMs) <= 0) break;
    char bytes[4096];
    const ssize_t count = ::read(master_, bytes, sizeof bytes);
    if (count <= 0) break;
    screen_.append(bytes, static_cast<std::size_t>(count));
  }
  return screen_;
}

}  // namespace deskhand::test
