#include "model/wire_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "base/limits.h"
#include "base/text.h"

namespace deskhand::model {
namespace {

constexpr std::size_t kTellingPart = 6;  // characters by which a repeated key is known

class Descriptor {
 public:
  explicit Descriptor(const std::string& path) : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

bool is_key_letter(char letter) { return letter > 0x20 && letter < 0x7F && letter != '"' && letter != '\'' && letter != ',' && letter != '.'; }

}  // namespace

Result<Secret> check_secret(std::string text, std::string_view where) {
  text = std::string(trim(text));
  const std::string subject(where);
  if (text.empty()) return make_error(Code::not_found, "There is no key in " + subject + ".");
  if (text.size() > limits::kModelKeyBytes) return make_error(Code::invalid_argument, "What stands in " + subject + " is too long for a key.");
  if (!std::all_of(text.begin(), text.end(), [](char letter) { return letter > 0x20 && letter < 0x7F; }))
    return make_error(Code::invalid_argument, "What stands in " + subject + " is no key: it holds spaces, line breaks or other unusual characters.");
  return Secret(std::move(text));
}

Result<Secret> secret_from_environment(const std::string& variable) {
  const char* value = std::getenv(variable.c_str());
  if (value == nullptr) return make_error(Code::not_found, "The environment variable " + variable + " is not set; put the key there.");
  return check_secret(value, "the environment variable " + variable);
}

Result<Secret> secret_from_file(const std::string& path) {
  const Descriptor file(path);
  struct stat about {};
  if (file.number() < 0 || ::fstat(file.number(), &about) != 0)
    return make_error(Code::not_found, "The key file " + path + " is missing or can not be read.");
  if (!S_ISREG(about.st_mode)) return make_error(Code::invalid_argument, "The key file " + path + " is not a file.");
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return make_error(Code::forbidden, "The key file " + path + " is open to other users; run: chmod 600 " + path);
  if (about.st_uid != ::geteuid() && about.st_uid != 0)
    return make_error(Code::forbidden, "The key file " + path + " belongs to another user.");
  std::string text(limits::kModelKeyBytes + 2, '\0');  // room for a line end, and one to see that it is too long
  std::size_t size = 0;
  for (ssize_t count = 1; count > 0 && size < text.size(); size += static_cast<std::size_t>(std::max<ssize_t>(count, 0)))
    count = ::read(file.number(), text.data() + size, text.size() - size);
  text.resize(size);
  return check_secret(std::move(text), "the key file " + path);
}

Result<Secret> read_secret(std::string_view source) {
  if (source.substr(0, 4) == "env:") return secret_from_environment(std::string(source.substr(4)));
  if (source.substr(0, 5) == "file:") return secret_from_file(std::string(source.substr(5)));
  return make_error(Code::invalid_argument, "A key is named by where it is: env:NAME or file:PATH. The key itself does not belong in the configuration.");
}

std::string without_secret(std::string_view text, const Secret& secret) {
  const std::string& key = secret.reveal();
  if (key.empty()) return std::string(text);
  const std::string_view telling = std::string_view(key).substr(0, std::min(kTellingPart, key.size()));
  std::string clean;
  while (!text.empty()) {
    const std::size_t at = text.find(telling);
    clean += text.substr(0, at);
    if (at == std::string_view::npos) break;
    clean += "[key]";
    text.remove_prefix(at + telling.size());
    while (!text.empty() && is_key_letter(text.front())) text.remove_prefix(1);
  }
  return clean;
}

}  // namespace deskhand::model
