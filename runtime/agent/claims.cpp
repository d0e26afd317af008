#include "agent/claims.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"

namespace deskhand::agent {
namespace {

// What tools do, as participles. One of them in a sentence that is no question counts as a claim: "added", "was sent",
// "is booked".
constexpr std::array<std::string_view, 76> kDone = {
    "added",      "approved",  "archived",  "arranged", "assigned",  "attached",    "billed",     "booked",
    "cancelled",  "canceled",  "changed",   "cleared",  "closed",    "completed",   "confirmed",  "contacted",
    "converted",  "corrected", "created",   "deleted",  "delivered", "discarded",   "dispatched", "disqualified",
    "done",       "drafted",   "dropped",   "edited",   "emailed",   "entered",     "executed",   "filed",
    "finished",   "fixed",     "forwarded", "granted",  "handled",   "invoiced",    "logged",     "mailed",
    "marked",     "merged",    "messaged",  "moved",    "noted",     "notified",    "paid",       "parked",
    "placed",     "posted",    "processed", "pushed",   "put",       "qualified",   "queued",     "recorded",
    "registered", "rejected",  "released",  "removed",  "renamed",   "rescheduled", "resolved",   "reverted",
    "saved",      "scheduled", "sent",      "set",      "stored",    "submitted",   "synced",     "texted",
    "undone",     "updated",   "withdrawn", "won"};

// Whole phrases, letters only, one space between.
constexpr std::array<std::string_view, 24> kPhrases = {
    "all set",      "taken care of",     "nothing is pending", "nothing pending",
    "no pending",   "nothing waits",     "nothing is waiting", "no approvals",
    "went out",     "has gone out",      "is on its way",      "is in the book",
    "on file now",  "in the system now", "now on the",         "is now",
    "are now",      "has been",          "have been",          "it s live",
    "there you go", "you re good",       "good to go",         "up to date"};

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

bool holds(const std::string& words, std::string_view phrase) {
  return words.find(" " + std::string(phrase) + " ") != std::string::npos;
}

// The sentences of `prose` that are no questions: asking whether something was sent claims nothing.
std::string without_questions(std::string_view prose) {
  std::string kept, sentence;
  for (const char byte : prose) {
    sentence += byte;
    const bool ends = byte == '.' || byte == '!' || byte == '\n' || byte == '?';
    if (!ends) continue;
    if (byte != '?') kept += sentence;
    sentence.clear();
  }
  return kept + sentence;
}

template <std::size_t count>
bool holds_any(const std::string& words, const std::array<std::string_view, count>& phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) { return holds(words, phrase); });
}

}  // namespace

bool claims_a_change(std::string_view prose) {
  const std::string words = words_only(without_questions(prose));
  return holds_any(words, kDone) || holds_any(words, kPhrases);
}

bool claims_or_announces(std::string_view prose) {
  return claims_a_change(prose) || holds_any(words_only(prose), kAnnounced);
}

}  // namespace deskhand::agent
