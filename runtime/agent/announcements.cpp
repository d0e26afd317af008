#include "agent/announcements.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace deskhand::agent {
namespace {

// Letters only, one space between.
constexpr std::array<std::string_view, 22> kAnnounced = {
    "i ll",        "i will",     "we ll",      "we will",       "let me",  "going to",  "about to",   "i m adding",
    "i am adding", "right away", "one moment", "just a moment", "first i", "i can now", "proceeding", "i m going",
    "starting",    "i m now",    "now i",      "i shall",       "on it",   "working on"};

// Letters in lower case, everything else one space; a space at both ends, so that words can be found whole.
std::string words_only(std::string_view prose) {
  std::string words = " ";
  for (const char byte : prose) {
    const bool is_letter =
        (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (static_cast<unsigned char>(byte) >= 0x80);
    if (is_letter)
      words += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
    else if (words.back() != ' ')
      words += ' ';
  }
  if (words.back() != ' ') words += ' ';
  return replace_all(std::move(words), "\xE2\x80\x99", " ");  // the typographic apostrophe
}

}  // namespace

bool announces_something(std::string_view prose) {
  const std::string words = words_only(prose);
  return std::any_of(kAnnounced.begin(), kAnnounced.end(), [&](std::string_view phrase) { return words.find(" " + std::string(phrase) + " ") != std::string::npos; });
}

}  // namespace deskhand::agent
