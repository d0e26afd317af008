// The language in which hard stops are compared: every word of a sentence becomes one letter of a small alphabet of
// meanings (negation, message, send, customer, approval, ...), words without weight vanish, and a word that is not
// known stays a '?'. A guard's statement is then a pattern over letters, so a sentence fits only when every one of its
// words is understood and stands where it must. That is how "on Sundays", "above $500" and "by Dana" can not slip
// through.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace deskhand::procedure {

// The alphabet. One character each because patterns are regular expressions over them.
namespace letter {
inline constexpr char kNegation = 'N';        // no, never, not, nothing
inline constexpr char kNobody = 'u';          // nobody, no one
inline constexpr char kMessage = 'M';         // message, text, reply, anything
inline constexpr char kDraft = 'd';           // draft: a message that has not gone
inline constexpr char kMessageOrSend = 'm';   // email, text: a thing or a deed
inline constexpr char kSend = 'S';            // send, sent, goes out, leaves
inline constexpr char kSends = 's';           // sends: its subject is whoever sends
inline constexpr char kContacted = 'x';       // contacted, emailed: the customer is whom it happens to
inline constexpr char kCustomer = 'C';        // customer, client, patient
inline constexpr char kCustomerOrSend = 'k';  // contact: a person or a deed
inline constexpr char kLead = 'L';            // lead, opportunity, job
inline constexpr char kPaper = 'e';           // estimate, quote, proposal: a message or a deal
inline constexpr char kRecord = 'R';          // record, history
inline constexpr char kDelete = 'D';
inline constexpr char kDuplicate = 'K';  // duplicate, second, twice
inline constexpr char kSecond = '2';     // second: another one, of what is told by the next word
inline constexpr char kCreate = 'E';     // create, add, goes into
inline constexpr char kNew = 'n';
inline constexpr char kMark = 'Z';  // mark, set, close
inline constexpr char kWon = 'V';
inline constexpr char kQuickBooks = 'Q';
inline constexpr char kWithout = 'W';
inline constexpr char kBefore = 'B';  // before, until
inline constexpr char kUnless = 'U';
inline constexpr char kAfter = 'T';  // after, once, when
inline constexpr char kWith = 'j';   // with: after "only" it is "after", else it says little
inline constexpr char kOnly = 'P';
inline constexpr char kFirst = 'F';  // first, beforehand
inline constexpr char kNeed = 'H';   // needs, must
inline constexpr char kWait = 'l';   // wait for
inline constexpr char kAbout = '@';
inline constexpr char kEvery = 'G';
inline constexpr char kApproval = 'A';    // review, approve, confirmation, yes
inline constexpr char kUnreviewed = '~';  // unreviewed, unapproved
inline constexpr char kHold = 'h';        // hold, park: until something happens
inline constexpr char kOwner = 'O';
inline constexpr char kAsk = 'q';
inline constexpr char kShow = 'w';  // show, present
inline constexpr char kOurs = 'I';  // the assistant, we, the app
inline constexpr char kAutoSend = 'X';
inline constexpr char kEnabled = 'J';  // enabled, turned on
inline constexpr char kMay = '!';      // may, can, allowed, automatically
inline constexpr char kForbidden = '#';
inline constexpr char kArchive = 'v';  // archive, disqualify, close
inline constexpr char kKept = 'y';     // kept, permanent, stays
inline constexpr char kMerge = 'g';
inline constexpr char kMatch = 'c';  // check, match, compare, look for
inline constexpr char kSame = '=';
inline constexpr char kContactPoint = 'p';  // phone, address
inline constexpr char kOptOut = 'o';        // opted out, unsubscribed
inline constexpr char kFrom = 'f';
inline constexpr char kPlace = 'b';  // the book, the system: where records are
inline constexpr char kIf = 'i';
inline constexpr char kThen = 't';   // then, itself, on its own
inline constexpr char kBreak = ';';  // a dash, a semicolon, "but", "instead"
inline constexpr char kUnknown = '?';
}  // namespace letter

struct Meaning {
  std::string letters;               // without the weightless words
  std::vector<std::string> words;    // one for each letter, as written
  std::vector<std::size_t> offsets;  // where each begins
  // The words that were not understood.
  std::vector<std::string> unknown() const;
};

Meaning meaning_of(std::string_view sentence);
// Whether one of these letters is among its own.
bool has(const Meaning& meaning, std::string_view letters);

}  // namespace deskhand::procedure
