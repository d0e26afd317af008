#include "net/sse.h"

#include "base/limits.h"

namespace deskhand::net {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Error too_long() {
  return make_error(Code::limit_exceeded, "The event stream has a line or an event that is too long.");
}

}  // namespace

Done EventStreamReader::take(std::string_view bytes) {
  if (too_long_) return too_long();
  while (!past_mark_ && !bytes.empty()) {
    if (bytes.front() != kByteOrderMark[mark_bytes_]) {
      line_.assign(kByteOrderMark.substr(0, mark_bytes_));  // it only began like a mark
      past_mark_ = true;
      break;
    }
    bytes.remove_prefix(1);
    past_mark_ = ++mark_bytes_ == kByteOrderMark.size();
  }
  while (!bytes.empty() && !stopped_) {
    if (skip_line_feed_) {
      skip_line_feed_ = false;
      if (bytes.front() == '\n') bytes.remove_prefix(1);
      continue;
    }
    const std::size_t end = bytes.find_first_of("\r\n");
    const std::string_view part = bytes.substr(0, end);
    if (line_.size() + part.size() > limits::kSseLineBytes) {
      too_long_ = true;
      return too_long();
    }
    if (end == std::string_view::npos) {
      line_ += part;
      return {};
    }
    skip_line_feed_ = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    if (line_.empty()) {
      if (auto done = take_line(part); !done) return done;
      continue;
    }
    line_ += part;
    const std::string whole = std::move(line_);
    line_.clear();
    if (auto done = take_line(whole); !done) return done;
  }
  return {};
}

Done EventStreamReader::take_line(std::string_view line) {
  if (line.empty()) {
    dispatch();
    return {};
  }
  const std::size_t colon = line.find(':');
  const std::string_view field = line.substr(0, colon);
  std::string_view value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
  if (!value.empty() && value.front() == ' ') value.remove_prefix(1);
  if (field == "event") {
    type_ = value;
  } else if (field == "data") {
    if (data_.size() + value.size() + 1 > limits::kSseEventBytes) {
      too_long_ = true;
      return too_long();
    }
    if (has_data_) data_ += '\n';
    data_ += value;
    has_data_ = true;
  }
  return {};  // a comment has an empty field name; unknown fields are ignored
}

void EventStreamReader::dispatch() {
  if (has_data_) {
    const ServerEvent event{type_.empty() ? "message" : std::move(type_), std::move(data_)};
    stopped_ = !sink_(event);
  }
  type_.clear();
  data_.clear();
  has_data_ = false;
}

}  // namespace deskhand::net
