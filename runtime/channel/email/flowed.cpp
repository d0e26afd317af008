#include "channel/email/flowed.h"

#include <algorithm>

namespace deskhand::channel::email {
namespace {

constexpr std::size_t kQuoteLevels = 20;

}  // namespace

std::string unflowed(std::string_view text, bool delete_space) {
  std::string joined;
  std::size_t open_level = 0;
  bool is_open = false;  // the line before ended in a soft break
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t level = std::min(line.find_first_not_of('>'), line.size());
    line.remove_prefix(level);
    if (line.starts_with(' ')) line.remove_prefix(1);  // stuffed
    const bool is_mark = line == "-- ";
    const bool joins = is_open && level == open_level && !is_mark;
    if (!joins) {
      if (!joined.empty() || is_open) joined += '\n';
      joined.append(std::min(level, kQuoteLevels), '>');
      if (level > 0) joined += ' ';
    }
    is_open = line.ends_with(' ') && !is_mark;
    open_level = level;
    if (is_open && delete_space) line.remove_suffix(1);
    joined += line;
  }
  return joined;
}

}  // namespace deskhand::channel::email
