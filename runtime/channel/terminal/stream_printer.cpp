#include "channel/terminal/stream_printer.h"

#include <ostream>

#include "base/text.h"

namespace deskhand::channel::terminal {
void StreamPrinter::print(std::string_view text) {
  for (const char byte : text) {
    if (byte != ' ' && byte != '\n') {
      word_ += byte;
      continue;
    }
    put_word();
    if (byte == '\n') {
      out_ << '\n';
      column_ = 0;
      space_before_ = false;
      has_printed_ = true;
    } else {
      space_before_ = column_ > 0;
    }
  }
  out_ << std::flush;
}

void StreamPrinter::end() {
  put_word();
  if (has_printed_ && column_ > 0) out_ << '\n';
  out_ << std::flush;
  column_ = 0;
}

void StreamPrinter::put_word() {
  if (word_.empty()) return;
  const std::string shown = printable_line(word_);
  const int length = count_characters(shown);
  if (column_ > 0 && space_before_ && column_ + 1 + length > width_) {
    out_ << '\n';
    column_ = 0;
  } else if (space_before_) {
    out_ << ' ';
    ++column_;
  }
  out_ << shown;
  column_ += length;
  space_before_ = false;
  has_printed_ = true;
  word_.clear();
}

}  // namespace deskhand::channel::terminal
