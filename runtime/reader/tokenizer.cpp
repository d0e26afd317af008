#include "reader/tokenizer.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "base/utf8.h"
#include "reader/letters.h"

namespace deskhand::reader {
namespace {

bool is_invisible(char32_t character) {
  return character == 0xAD || (character >= 0x200B && character <= 0x200F) ||
         (character >= 0x202A && character <= 0x202E) || (character >= 0x2060 && character <= 0x206F) ||
         (character >= 0xFE00 && character <= 0xFE0F) || character == 0xFEFF ||
         (character >= 0x1F3FB && character <= 0x1F3FF) || (character >= 0xE0000 && character <= 0xE0FFF);
}

bool is_line_break(char32_t character) {
  return character == '\n' || character == '\r' || character == 0x2028 || character == 0x2029;
}

// Where the word that starts at `begin` ends.
std::size_t end_of_word(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size()) {
    const CodePoint next = decode_utf8(text, end);
    if (!next.valid) break;
    if (is_letter(next.value) || is_combining(next.value)) {
      end += next.bytes;
      continue;
    }
    const std::size_t after = end + next.bytes;
    if (end == begin || !is_apostrophe(next.value) || after >= text.size()) break;
    const CodePoint letter = decode_utf8(text, after);
    if (!letter.valid || !is_letter(letter.value)) break;
    end = after + letter.bytes;
  }
  return end;
}

Casing casing_of(std::string_view word) {
  int upper = 0, lower = 0, letters = 0;
  bool first_upper = false;
  for (std::size_t position = 0; position < word.size();) {
    const CodePoint next = decode_utf8(word, position);
    position += next.bytes;
    if (!is_letter(next.value)) continue;
    const bool is_capital = is_upper(next.value);
    if (letters++ == 0) first_upper = is_capital;
    if (is_capital)
      ++upper;
    else if (to_upper(next.value) != next.value)
      ++lower;
  }
  if (upper == 0) return lower == 0 ? Casing::none : Casing::lower;
  if (lower == 0) return letters == 1 ? Casing::capital : Casing::upper;
  return first_upper && upper == 1 ? Casing::capital : Casing::mixed;
}

std::string fold_word(std::string_view word) {
  std::string folded;
  folded.reserve(word.size());
  for (const char byte : word) {
    if (static_cast<unsigned char>(byte) >= 0x80) return fold_name(word);
    if (byte >= 'A' && byte <= 'Z')
      folded += static_cast<char>(byte - 'A' + 'a');
    else if (byte >= 'a' && byte <= 'z')
      folded += byte;
  }
  return folded;
}

bool ends_in_possessive(std::string_view word) {
  if (word.size() < 3 || (word.back() != 's' && word.back() != 'S')) return false;
  word.remove_suffix(1);
  return word.ends_with('\'') || word.ends_with('`') || word.ends_with("\u2019") || word.ends_with("\u2018") ||
         word.ends_with("\u02BC");
}

std::string fold_mark(std::string_view mark, const CodePoint& character) {
  if (is_apostrophe(character.value)) return "'";
  if ((character.value >= 0x2010 && character.value <= 0x2015) || character.value == 0x2212) return "-";
  if (character.value >= 0x201C && character.value <= 0x201F) return "\"";
  return std::string(mark);
}

}  // namespace

std::string_view Token::stem() const {
  std::string_view stem = folded;
  if (possessive && stem.size() > 1) stem.remove_suffix(1);
  return stem;
}

Tokens::Tokens(std::string_view text) : text_(prefix_utf8(text, limits::kBodyBytes)) {
  bool glued = false, line_start = true;
  tokens_.reserve(text_.size() / 5 + 4);
  for (std::size_t position = 0; position < text_.size();) {
    const CodePoint next = decode_utf8(text_, position);
    if (next.valid && (is_space(next.value) || is_line_break(next.value))) {
      if (is_line_break(next.value)) line_start = true;
      glued = false;
      position += next.bytes;
      continue;
    }
    if (next.valid && is_invisible(next.value)) {
      position += next.bytes;
      continue;
    }
    Token token;
    token.glued = glued;
    token.line_start = line_start;
    std::size_t end = position + next.bytes;
    if (next.valid && is_letter(next.value)) {
      token.kind = TokenKind::word;
      end = end_of_word(text_, position);
      const std::string_view word = text_.substr(position, end - position);
      token.casing = casing_of(word);
      token.folded = fold_word(word);
      token.possessive = ends_in_possessive(word);
    } else if (is_digit(text_[position])) {
      token.kind = TokenKind::number;
      while (end < text_.size() && is_digit(text_[end])) ++end;
      token.folded = std::string(text_.substr(position, end - position));
    } else {
      token.folded = fold_mark(text_.substr(position, next.bytes), next);
    }
    token.span = {position, end};
    tokens_.push_back(std::move(token));
    position = end;
    glued = true;
    line_start = false;
  }
}

const Token& Tokens::operator[](std::size_t index) const {
  static const Token none;
  return index < tokens_.size() ? tokens_[index] : none;
}

std::string_view Tokens::word(std::size_t index) const {
  return index < tokens_.size() ? std::string_view(tokens_[index].folded) : std::string_view();
}

bool Tokens::starts_sentence(std::size_t index) const {
  if (index == 0 || index >= tokens_.size() || tokens_[index].line_start) return true;
  std::size_t before = index - 1;
  while (before > 0 && (is(before, "\"") || is(before, "(") || is(before, "'")) && !tokens_[before].line_start)
    --before;
  const std::string_view mark = word(before);
  if (mark == "!" || mark == "?" || mark == ":" || mark == ";" || mark == "*" || mark == "\u2022") return true;
  // "J. R." and "Dr." do not end a sentence; a longer word before the full stop does.
  if (mark != ".") return mark == "-" && (before == 0 || tokens_[before].line_start);
  return before == 0 || tokens_[before - 1].folded.size() > 2 || !tokens_[before - 1].is_word();
}

Span Tokens::span(std::size_t first, std::size_t end) const {
  if (first >= end || first >= tokens_.size()) return {};
  return {tokens_[first].span.begin, tokens_[std::min(end, tokens_.size()) - 1].span.end};
}

long Tokens::number(std::size_t index) const {
  if (!is_number(index) || tokens_[index].folded.size() > 9) return -1;
  long value = 0;
  for (const char digit : tokens_[index].folded) value = value * 10 + (digit - '0');
  return value;
}

std::size_t Tokens::at_byte(std::size_t byte) const {
  const auto found = std::lower_bound(tokens_.begin(), tokens_.end(), byte,
                                      [](const Token& token, std::size_t at) { return token.span.begin < at; });
  return static_cast<std::size_t>(found - tokens_.begin());
}

}  // namespace deskhand::reader
