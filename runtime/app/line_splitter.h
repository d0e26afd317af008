// LineSplitter: lines out of bytes that come as they like, each bounded. A line that is too long is told once and
// skipped to its end, so that what follows is read rightly.
//
// Thread rule: one thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace deskhand::app {

class LineSplitter {
 public:
  LineSplitter(std::size_t bytes_max, std::function<void(std::string_view)> on_line, std::function<void()> on_oversize)
      : bytes_max_(bytes_max), on_line_(std::move(on_line)), on_oversize_(std::move(on_oversize)) {}

  void take(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t end = bytes.find('\n');
      add(bytes.substr(0, end));
      if (end == std::string_view::npos) return;
      finish();
      bytes.remove_prefix(end + 1);
    }
  }
  // The input has ended; what stands without an end of line counts.
  void finish() {
    if (skipping_)
      on_oversize_();
    else if (!line_.empty())
      on_line_(line_);
    line_.clear();
    skipping_ = false;
  }

 private:
  void add(std::string_view part) {
    if (skipping_) return;
    if (line_.size() + part.size() > bytes_max_) {
      skipping_ = true;
      std::string().swap(line_);
      return;
    }
    line_ += part;
  }

  std::size_t bytes_max_;
  std::function<void(std::string_view)> on_line_;
  std::function<void()> on_oversize_;
  std::string line_;
  bool skipping_ = false;
};

}  // namespace deskhand::app
