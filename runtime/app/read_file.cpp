#include "app/read_file.h"

#include <fstream>

namespace deskhand::app {

Result<std::string> read_file(const std::string& path, std::size_t bytes_max) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return make_error(Code::not_found, "The file " + path + " is missing or can not be read.");
  std::string text;
  char buffer[16 * 1024];
  while (text.size() <= bytes_max && (file.read(buffer, sizeof buffer) || file.gcount() > 0)) text.append(buffer, static_cast<std::size_t>(file.gcount()));
  if (text.size() > bytes_max) return make_error(Code::limit_exceeded, path + " is larger than " + std::to_string(bytes_max / 1024) + " KB.");
  return text;
}

}  // namespace deskhand::app
