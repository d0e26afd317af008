// Server-Sent Events, read as the bytes come: a chunk may end anywhere, in the middle of a character or of a line break.
//
// Thread rule: one thread. Bounds: limits::kSseLineBytes and kSseEventBytes; a stream that passes one is limit_exceeded for
// good. Source: WHATWG HTML, section 9.2.6 (interpreting an event stream), read 2026-11. What is left out: retry and id, which
// only matter to a reader that reconnects.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace deskhand::net {

struct ServerEvent {
  std::string type;  // "message" when the stream names none
  std::string data;  // its data lines, joined by line feeds; bytes as they came, so perhaps not UTF-8
};

// True: go on. False: the receiver wants no more events of this stream.
using EventSink = std::function<bool(const ServerEvent&)>;

class EventStreamReader {
 public:
  explicit EventStreamReader(EventSink sink) : sink_(std::move(sink)) {}
  // Events that `bytes` complete are handed out before it returns. An event the stream's end cuts off is never handed out.
  Done take(std::string_view bytes);
  bool is_stopped() const { return stopped_; }

 private:
  Done take_line(std::string_view line);
  void dispatch();

  EventSink sink_;
  std::string line_;            // the part of the current line that came in earlier chunks
  std::string type_, data_;
  bool has_data_ = false;
  bool skip_line_feed_ = false;  // the last byte was a carriage return that ended a line
  std::size_t mark_bytes_ = 0;   // of the byte order mark, seen so far
  bool past_mark_ = false;
  bool stopped_ = false, too_long_ = false;
};

}  // namespace deskhand::net
