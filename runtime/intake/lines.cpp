#include "intake/lines.h"

#include <algorithm>

#include "base/text.h"

namespace deskhand::intake {

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back({at, end, trim(text.substr(at, end - at))});
    at = end + 1;
  }
  return lines;
}

void Mask::keep(const Line& line) {
  std::copy(text_.begin() + static_cast<std::ptrdiff_t>(line.begin), text_.begin() + static_cast<std::ptrdiff_t>(line.end),
            kept_.begin() + static_cast<std::ptrdiff_t>(line.begin));
}

std::string Mask::take() const {
  std::string masked = kept_;
  for (std::size_t at = 0; at < text_.size(); ++at)
    if (text_[at] == '\n') masked[at] = '\n';
  return masked;
}

std::string compact(std::string_view text) {
  std::string words;
  int blank_lines = 1;
  for (const Line& line : lines_of(text)) {
    blank_lines = line.is_blank() ? blank_lines + 1 : 0;
    if (blank_lines > 1) continue;
    words.append(line.text) += '\n';
  }
  return std::string(trim(words));
}

}  // namespace deskhand::intake
