// The tree as the tidy tests read it: which sources there are, what stands in them, and which folder each belongs to.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace tidy {

namespace fs = std::filesystem;
inline const fs::path kRoot = DESKHAND_SOURCE_DIR;

inline std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// The program's own, headers as well; the tests are not among them.
inline std::vector<fs::path> sources() {
  std::vector<fs::path> files;
  for (const char* folder : {"runtime", "tools"})
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder))
      if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h") files.push_back(entry.path());
  return files;
}

// "store" of runtime/store/sqlite/open.cpp: the name of its library.
inline std::string layer_of(const fs::path& file) {
  const fs::path relative = fs::relative(file, kRoot);
  auto part = relative.begin();
  if (*part == "tools") return "tools";
  return (++part)->string();
}

}  // namespace tidy
