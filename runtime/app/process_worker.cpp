#include "app/process_worker.h"

#include <unistd.h>

#include <climits>
#include <fstream>
#include <sstream>

#include "base/text.h"

namespace deskhand::app {
namespace {

// When that process began, in ticks since the boot; "" when there is none.
std::string start_of(const std::string& process) {
  std::ifstream file("/proc/" + process + "/stat");
  std::string line;
  if (!std::getline(file, line)) return {};
  const std::size_t name_end = line.rfind(')');  // the name before it may hold anything
  if (name_end == std::string::npos) return {};
  std::istringstream fields(line.substr(name_end + 1));
  std::string field;
  for (int number = 3; number <= 22; ++number)
    if (!(fields >> field)) return {};
  return field;
}

std::string boot() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string line;
  std::getline(file, line);
  return line;
}

std::string process_numbers() {
  char target[PATH_MAX];
  const ssize_t length = ::readlink("/proc/self/ns/pid", target, sizeof target);
  return length > 0 ? std::string(target, static_cast<std::size_t>(length)) : std::string();
}

}  // namespace

ProcessWorker::ProcessWorker() : place_(boot() + "/" + process_numbers()) {
  const std::string process = std::to_string(::getpid());
  name_ = place_ + "/" + process + "/" + start_of(process);
}

bool ProcessWorker::is_gone(std::string_view name) const {
  const std::vector<std::string> parts = split(name, '/');
  if (parts.size() != 4 || place_.size() < 3 || parts[0] + "/" + parts[1] != place_) return false;
  if (parts[2].empty() || parts[2].find_first_not_of("0123456789") != std::string::npos) return false;
  return start_of(parts[2]) != parts[3];
}

}  // namespace deskhand::app
