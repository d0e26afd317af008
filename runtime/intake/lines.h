// A text as its lines, each knowing where it stands.
//
// Thread rule: value types; a Line refers to the text it was read from. Bounds: limits::kMailTextBytes of text; longer texts are
// cut where a mail is parsed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reader/reading.h"

namespace deskhand::intake {

using reader::Span;

struct Line {
  std::size_t begin = 0, end = 0;  // of the text, without the line end
  std::string_view text;           // without white space at its ends
  bool is_blank() const { return text.empty(); }
  Span span() const { return {begin, end}; }
};

std::vector<Line> lines_of(std::string_view text);

// The text with everything outside of the lines made blank, byte for byte as long as it was: what is read there has the same place
// in the whole.
class Mask {
 public:
  explicit Mask(std::string_view text) : text_(text), kept_(text.size(), ' ') {}
  void keep(const Line& line);
  // Line ends stay, so that lines stay lines.
  std::string take() const;

 private:
  std::string_view text_;
  std::string kept_;
};

// Blank lines squeezed, ends trimmed: a masked text as words for the record.
std::string compact(std::string_view text);

}  // namespace deskhand::intake
