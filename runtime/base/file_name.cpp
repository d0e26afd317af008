#include "base/file_name.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace deskhand {
namespace {

constexpr std::size_t kEndingBytes = 12;  // ".spreadsheet" is none any more
// Names that one system or another takes for a device, whatever ending they have.
constexpr std::array<std::string_view, 6> kDevices = {"con", "prn", "aux", "nul", "com", "lpt"};

bool is_device(std::string_view name) {
  const std::string stem = to_lower(name.substr(0, name.find('.')));
  const bool is_numbered = stem.size() == 4 && stem[3] >= '0' && stem[3] <= '9';
  return std::any_of(kDevices.begin(), kDevices.end(), [&](std::string_view device) {
    return stem == device || (is_numbered && stem.substr(0, 3) == device);
  });
}

}  // namespace

std::string safe_file_name(std::string_view given) {
  std::string name = printable_line(to_utf8(given));
  name.erase(0, name.find_last_of("/\\") + 1);  // npos + 1 is 0
  constexpr std::string_view kMeanings = "<>:\"|?*`$";
  for (char& c : name)
    if (kMeanings.find(c) != std::string_view::npos) c = '_';
  constexpr std::string_view kEdges = ". -";  // hidden files, options of commands, endings that Windows drops
  const std::size_t first = name.find_first_not_of(kEdges);
  if (first == std::string::npos) return "attachment";
  name = name.substr(first, name.find_last_not_of(". ") - first + 1);
  if (is_device(name)) name.insert(0, "attachment_");
  if (name.size() <= kSafeNameBytes) return name;
  const std::size_t dot = name.rfind('.');
  const std::string ending = dot != std::string::npos && name.size() - dot <= kEndingBytes ? name.substr(dot) : "";
  return std::string(prefix_utf8(name, kSafeNameBytes - ending.size())) + ending;
}

std::string size_text(std::int64_t bytes) {
  constexpr std::int64_t kKilo = 1024, kMega = kKilo * 1024;
  if (bytes < kKilo) return count_of(static_cast<std::size_t>(bytes), "byte", "bytes");
  if (bytes < kMega) return std::to_string((bytes + kKilo / 2) / kKilo) + " KB";
  const std::int64_t tenths = (bytes * 10 + kMega / 2) / kMega;
  return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10)) + " MB";
}

}  // namespace deskhand
