#include "channel/email/folder_transport.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/text.h"

namespace deskhand::channel::email {
namespace {

// A descriptor that is closed when it goes out of scope.
class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::string because(int error) { return std::strerror(error); }

}  // namespace

Sender sender_of(const Org& org, const std::string& configured_from) {
  std::string address = configured_from.empty() ? org.email : configured_from;
  if (address.empty()) address = "office@localhost";
  return {org.name, address};
}

FolderTransport::FolderTransport(std::string folder, std::string from) : folder_(std::move(folder)), from_(std::move(from)) {}

std::string FolderTransport::path_of(std::string_view request_id) const {
  std::string name;
  for (const char c : request_id.substr(0, 200)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    if (c != '<' && c != '>') name += plain ? c : '_';
  }
  return folder_ + "/" + name + ".eml";
}

DeliveryResult FolderTransport::deliver(const Org& org, const OutboundEffect& effect, std::chrono::steady_clock::time_point,
                                        std::stop_token) {
  const auto* message = std::get_if<OutboundMessage>(&effect);
  if (message == nullptr) return NotConfigured{"QuickBooks is not connected"};
  if (message->content.channel != MessageChannel::email) return NotConfigured{"no text-message provider is connected"};
  if (!message->content.attachments.empty()) return NotConfigured{"the mail folder carries no attachments"};
  auto bytes = compose(*message, sender_of(org, from_));
  if (!bytes) return Refused{bytes.error().message};
  std::error_code failed;
  std::filesystem::create_directories(folder_, failed);
  if (failed) return NotAccepted{"the folder " + folder_ + " can not be made: " + failed.message()};

  const std::string path = path_of(message->internet_message_id);
  const std::string part = path + "." + std::to_string(::getpid()) + ".part";
  {
    const File file(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.get() < 0) return NotAccepted{"no file can be made in " + folder_ + ": " + because(errno)};
    if (!write_all(file.get(), *bytes) || ::fsync(file.get()) != 0) {
      const int error = errno;
      ::unlink(part.c_str());
      return NotAccepted{"the message can not be written to " + folder_ + ": " + because(error)};
    }
  }
  // link() refuses to replace a file: what is there already under this Message-ID is the same message, sent before.
  const bool linked = ::link(part.c_str(), path.c_str()) == 0;
  const int error = errno;
  ::unlink(part.c_str());
  if (!linked && error != EEXIST) return NotAccepted{"the message can not be placed in " + folder_ + ": " + because(error)};
  const File folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() >= 0) ::fsync(folder.get());
  return Delivered{path};
}

DeliveryResult FolderTransport::find_proof(const Org&, std::string_view request_id, std::chrono::steady_clock::time_point, std::stop_token) {
  const std::string path = path_of(request_id);
  if (::access(path.c_str(), F_OK) == 0) return Delivered{path};
  if (errno == ENOENT) return NotAccepted{"the process ended before the message was written"};
  return Unknown{"the folder " + folder_ + " can not be read: " + because(errno)};
}

}  // namespace deskhand::channel::email
