// Pieces of running text: its sentences, what it puts in quotation marks and what it puts in backticks.
//
// Thread rule: pure functions and value types. Offsets are bytes of the text they were read from.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace deskhand::procedure {

inline constexpr std::size_t kShownBytes = 60;  // of the owner's words, where a warning names them

struct Piece {
  std::string text;
  std::size_t begin = 0;  // offset of its first byte
};

// Sentences with their end marks; "e.g.", "a.m." and "1.5" do not end one. A line break ends none.
std::vector<Piece> sentences_of(std::string_view text);
// What stands between “…” or "…" (both kinds of marks), without the marks, line breaks as spaces.
std::vector<Piece> quoted_of(std::string_view text);
// The text without them: words in quotation marks are said, not done.
std::string without_quoted(std::string_view text);
// What stands between backticks.
std::vector<Piece> code_of(std::string_view text);
// A heading without its leading number: "3.1 Opportunity won" -> "Opportunity won".
std::string without_number(std::string_view title);
// True for the first character of a text being one of “ or ".
bool starts_with_quote(std::string_view text);
// Typographic quotes and apostrophes as ASCII, no-break spaces as spaces. Dashes stay.
std::string plain_quotes(std::string_view text);

}  // namespace deskhand::procedure
