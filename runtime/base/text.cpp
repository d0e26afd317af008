#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/utf8.h"

namespace deskhand {
namespace {

constexpr std::string_view kEllipsis = "\u2026";
constexpr std::size_t kNearestEdits = 2;

char lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// Where the last character starts; invalid text steps back at most four bytes.
std::size_t last_character(std::string_view text) {
  std::size_t start = text.size() - 1;
  for (int step = 0; step < 3 && start > 0 && is_continuation(text[start]); ++step) --start;
  return start;
}

// What must not reach a terminal or a card: it moves the cursor, turns the reading direction, or carries text that
// nobody can see. Joiners and variation selectors go too: an emoji may fall into parts, but hidden bytes do not
// survive.
bool is_hidden(char32_t character) {
  if (character < 0xA0) return character < 0x20 || character >= 0x7F;
  constexpr std::array<char32_t, 10> kAlone = {0x00AD, 0x034F, 0x061C, 0x115F, 0x1160,
                                               0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0};
  if (std::find(kAlone.begin(), kAlone.end(), character) != kAlone.end()) return true;
  return (character >= 0x180B && character <= 0x180F) || (character >= 0x200B && character <= 0x200F) ||
         (character >= 0x202A && character <= 0x202E) || (character >= 0x2060 && character <= 0x206F) ||
         (character >= 0xFE00 && character <= 0xFE0F) || (character >= 0xFFF0 && character <= 0xFFFB) ||
         (character >= 0xE0000 && character <= 0xE0FFF);
}

// Where the run of bytes ends that begins at `position` and needs no decoding: most text is ASCII, and taken a run at a time it
// costs a fraction.
template <class IsPlain>
std::size_t end_of_run(std::string_view text, std::size_t position, IsPlain is_plain) {
  while (position < text.size() && is_plain(static_cast<unsigned char>(text[position]))) ++position;
  return position;
}
bool is_ascii(unsigned char byte) { return byte < 0x80; }
bool is_plain_ascii(unsigned char byte) { return byte >= 0x20 && byte < 0x7F; }

enum class Lines { kept, joined };

std::string visible(std::string_view text, Lines lines) {
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t position = 0;;) {
    const std::size_t end = end_of_run(text, position, is_plain_ascii);
    shown += text.substr(position, end - position);
    if (end == text.size()) return shown;
    const CodePoint next = decode_utf8(text, end);
    position = end + next.bytes;
    char32_t character = next.value;
    if (character == 0x2028 || character == 0x2029 || character == 0x85) character = '\n';
    if (character == '\n' || character == '\t') {
      shown += lines == Lines::joined ? ' ' : static_cast<char>(character);
    } else if (!is_hidden(character)) {
      append_utf8(shown, character);
    }
  }
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t position = 0;;) {
    position = end_of_run(text, position, is_ascii);
    if (position == text.size()) return true;
    const CodePoint next = decode_utf8(text, position);
    if (!next.valid) return false;
    position += next.bytes;
  }
}

std::string to_utf8(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t position = 0;;) {
    const std::size_t end = end_of_run(bytes, position, is_ascii);
    text += bytes.substr(position, end - position);
    if (end == bytes.size()) return text;
    const CodePoint next = decode_utf8(bytes, end);
    append_utf8(text, next.value);
    position = end + next.bytes;
  }
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    const CodePoint first = decode_utf8(text, 0);
    if (!first.valid || !is_space(first.value)) break;
    text.remove_prefix(first.bytes);
  }
  while (!text.empty()) {
    const std::size_t start = last_character(text);
    const CodePoint last = decode_utf8(text, start);
    if (!last.valid || !is_space(last.value) || start + last.bytes != text.size()) break;
    text.remove_suffix(last.bytes);
  }
  return text;
}

std::string squeeze(std::string_view text) {
  std::string squeezed;
  squeezed.reserve(text.size());
  bool space_waits = false;
  for (std::size_t position = 0; position < text.size();) {
    const CodePoint next = decode_utf8(text, position);
    if (next.valid && is_space(next.value)) {
      space_waits = !squeezed.empty();
    } else {
      if (space_waits) squeezed += ' ';
      space_waits = false;
      squeezed += text.substr(position, next.bytes);
    }
    position += next.bytes;
  }
  return squeezed;
}

std::string to_lower(std::string_view text) {
  std::string lowered(text);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
  return lowered;
}

std::string to_upper(std::string_view text) {
  std::string raised(text);
  for (char& character : raised)
    if (character >= 'a' && character <= 'z') character = static_cast<char>(character - 'a' + 'A');
  return raised;
}

int count_characters(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char byte) { return !is_continuation(byte); }));
}

std::string_view prefix_utf8(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max;
  for (int step = 0; step < 3 && end > 0 && is_continuation(text[end]); ++step) --end;
  return text.substr(0, end);
}

std::string shorten(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return std::string(text);
  if (bytes_max < kEllipsis.size()) return std::string(prefix_utf8(text, bytes_max));
  return std::string(prefix_utf8(text, bytes_max - kEllipsis.size())) + std::string(kEllipsis);
}

std::string printable(std::string_view text) { return visible(text, Lines::kept); }
std::string printable_line(std::string_view text) { return visible(text, Lines::joined); }

std::string first_line(std::string_view text, std::size_t bytes_max) {
  return shorten(printable_line(text.substr(0, text.find('\n'))), bytes_max);
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(separator, begin);
    if (end == std::string_view::npos) {
      parts.emplace_back(text.substr(begin));
      return parts;
    }
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string joined;
  for (std::size_t index = 0; index < parts.size(); ++index) {
    if (index > 0) joined += separator;
    joined += parts[index];
  }
  return joined;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char one, char other) { return lower(one) == lower(other); });
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  if (from.empty()) return text;
  std::string replaced;
  std::size_t begin = 0;
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, begin)) {
    replaced.append(text, begin, at - begin);
    replaced += to;
    begin = at + from.size();
  }
  replaced.append(text, begin, std::string::npos);
  return replaced;
}

// Insertions, deletions, replacements and swaps of neighbours; no pair is edited twice (the "optimal string alignment"
// form). Only the diagonal band of width `limit` is computed, so long hostile words cost length * limit.
std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit) {
  const std::size_t rows = left.size(), columns = right.size();
  limit = std::min(limit, std::max(rows, columns));
  const std::size_t too_far = limit + 1;
  if (std::max(rows, columns) - std::min(rows, columns) > limit) return too_far;
  std::vector<std::size_t> before_last(columns + 1, too_far), last(columns + 1, too_far), current(columns + 1, too_far);
  for (std::size_t column = 0; column <= std::min(columns, limit); ++column) last[column] = column;
  for (std::size_t row = 1; row <= rows; ++row) {
    const std::size_t first = row > limit ? row - limit : 0;
    const std::size_t final = std::min(columns, row + limit);
    std::size_t best = too_far;
    if (first > 0) current[first - 1] = too_far;  // just left of the band
    for (std::size_t column = first; column <= final; ++column) {
      std::size_t cost = too_far;
      if (column == 0) {
        cost = row;
      } else {
        const bool equal = left[row - 1] == right[column - 1];
        cost = std::min(last[column - 1] + (equal ? 0 : 1), current[column - 1] + 1);
        // The cell above lies outside the last row's band at the right edge and is stale there.
        if (column < row + limit) cost = std::min(cost, last[column] + 1);
        const bool swapped =
            row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1];
        if (swapped) cost = std::min(cost, before_last[column - 2] + 1);
      }
      current[column] = std::min(cost, too_far);
      best = std::min(best, current[column]);
    }
    if (best >= too_far) return too_far;
    std::swap(before_last, last);
    std::swap(last, current);
  }
  return std::min(last[columns], too_far);
}

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  const std::string wanted = to_lower(word);
  std::string best;
  std::size_t best_distance = kNearestEdits + 1;
  for (const std::string& candidate : known) {
    const std::size_t distance = edit_distance(wanted, to_lower(candidate), kNearestEdits);
    // Two edits turn any short word into any other; at least half of it has to be the same.
    if (distance * 2 > std::max(wanted.size(), candidate.size())) continue;
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string count_of(std::size_t count, std::string_view singular, std::string_view plural) {
  return std::to_string(count) + " " + std::string(count == 1 ? singular : plural);
}

}  // namespace deskhand
