// Prints a reply's words while they come, broken into lines as a whole reply would be.
//
// Thread rule: one thread. Ownership: the stream must outlive it.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

namespace deskhand::channel::terminal {

class StreamPrinter {
 public:
  StreamPrinter(std::ostream& out, int width) : out_(out), width_(width) {}
  void print(std::string_view text);  // control characters are not printed
  void end();                         // the last word, and the end of its line

 private:
  void put_word();

  std::ostream& out_;
  const int width_;
  std::string word_;
  int column_ = 0;
  bool space_before_ = false, has_printed_ = false;
};

}  // namespace deskhand::channel::terminal
