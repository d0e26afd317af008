#include "procedure/guard_patterns.h"

#include <re2/re2.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/text.h"

namespace deskhand::procedure {
namespace {

struct GuardWords {
  std::string_view id;
  std::vector<std::string_view> statements;
  std::vector<std::string_view> repeats;
};

// $a an approval, $w without or before it, $t what a message and whom it goes to, $m a message, $s sending, $r a record,
// $auto the one exception of HS1, $i a subject that is us, $d a deal, $q a customer in QuickBooks, $o the owner's own approval.
const std::vector<std::pair<std::string_view, std::string_view>>& abbreviations() {
  static const std::vector<std::pair<std::string_view, std::string_view>> known = {
      {"$auto", "(?:;?U[OJX]*X[OJX]*)?"}, {"$a", "[OAqf]*[Aq][OAqf]*F?"}, {"$o", "(?:O+[Aq]+O*|[Aq]+f?O+)"}, {"$w", "[WBU]"},
      {"$t", "[MmedCkL]*"}, {"$m", "[CkL]*[Mmed][MmedCkL]*"},
      {"$s", "[Smkx]"}, {"$r", "[CkLR]"}, {"$i", "[IH]*"}, {"$d", "[Le]*"},
      {"$q", "(?:[CkES]+Q[CkES]*|Q[CkE][CkES]*)"},
  };
  return known;
}

const std::vector<GuardWords>& guard_words() {
  static const std::vector<GuardWords> words = {
      {"HS1",
       {
           "$iN$m[Sx]?$tI?t?$w$aM?(?:B$s$t)?$auto",  // no message (is sent to a customer) without review
           "$iN$s$tI?t?$w$aM?(?:B$s$t)?$auto",       // never send (a message to a customer) without review
           "$i(?:N[CkL]+|u)xI?t?$w$a$auto",          // no customer is contacted without review
           "$mH?N$s$tI?t?$w$a$auto",                 // messages are never sent without review
           "[CkL]+H?NxI?t?$w$a$auto",                // customers are never contacted without review
           "$iN[Smkxs]$tt$auto",                     // the assistant never sends a message on its own
           "G?$mH$a(?:B$s$t)?$auto",                 // every message needs review
           "G?$m[OA]*A[OA]*(?:F|B$s$t)$auto",        // every message is reviewed before it is sent
           "G?$my?dy?B$a$auto",                      // every message stays a draft until it is approved
           "G?d+y?d*B$a$auto",                       // drafts stay drafts until they are approved
           "O+H?A+G?$m(?:F|B$s$t)$auto",             // the owner reviews every message before it is sent
           "[OA]*A[OA]*HB?G?$m[Sx]?$t$auto",         // approval is required before a message goes out
           "P[OA]*A[OA]*$m[Sx]?$t",                  // only reviewed messages go out
           "$m[Sx]$tP[TB]$a$auto",                   // messages go out only after review
           "$mP[Sx]$t[TB]$a$auto",                   // messages are only sent after review
           "$s$tP[TB]$a$auto",                       // send messages only after review
           "qO?B$s$t",                               // ask before sending a message
           "$oB$s$t",                                // get the owner's approval before sending a message
           "wG?$mO(?:F|B$s$t)",                      // show every draft to the owner before it goes out
       },
       {
           "$iN[Smkxs]$tt?;?U[OJX]*X[OJX]*",         // the assistant does not send unless auto-send is enabled
           "$m?N[Sx]t",                              // nothing is sent by itself
           "$m?N[Sx]Bt",                             // nothing is sent until then
       }},
      {"HS2",
       {
           "$i[Nu]$r*D+$r*(?:fI)?(?:;v+)?",          // no lead or contact deleted
           "G?$r+H?ND+(?:fI)?(?:;v+)?",              // leads and contacts are never deleted
           "D+$r+#",                                 // deleting a lead is forbidden
           "G?$r*[LR]$r*y+(?:;?ND+)?",               // every record is kept
           "yG?$r*[LR]$r*",                          // keep every record
           "v+$r*;?ND+$r*",                          // archive, never delete
           "G?$r+v+;?ND+",                           // leads are archived, never deleted
       },
       {"G?$r*y+"}},
      {"HS3",
       {
           "$i[Nu]E?=?K[CkR=]*[Ck][CkR=]*E?",        // no duplicate customers created
           "$i[Nu]E=?R?[Ck]R?K",                     // never create the same customer twice
           "$i[Nu]E?2R=?[Ck]R?E?",                   // no second record for the same customer
           "$i(?:N[Ck]|u)R?E?K",                     // no customer is added twice
           "c[CkpmR=]*[cK][CkpmRcK=]*BE[n=]*[CkR]*",  // check for a match before creating a customer
           "[Ck]R?H?NE?K",                           // customers are never duplicated
       },
       {}},
      {"HS4",
       {
           "$i[Nu]$dZ*$dZ*VL*$w$a",                  // no opportunity marked won without confirmation
           "G?[Le]+H?NZ*V$w$a",                      // opportunities are never marked won without confirmation
           "G?$dZ*VP[TB]$a",                         // an opportunity is marked won only after confirmation
           "G?[Le]+PZ*V[TB]$a",                      // an opportunity may only be marked won after confirmation
           "P[OA]+Z$dV",                             // only the owner's yes marks a job won
           "G?$dZ?VH$a",                             // every win needs confirmation
           "qO?BZ*[LeM]*V$d",                        // ask before marking a job won
           "$oBZ*[LeM]*V$d",                         // get the owner's yes before marking a job won
       },
       {}},
      {"HS5",
       {
           "$i[Nu]$q$w$a",                           // no QuickBooks customer created without confirmation
           "G?[Ck]+H?NEQ$w$a",                       // customers are never added to QuickBooks without confirmation
           "G?Q[Ck]+H?NE$w$a",                       // QuickBooks customers are never created without confirmation
           "$i[Nu]nQ[Ck]+E?$w$a",                    // no new QuickBooks customer without confirmation
           "qO?B$q",                                 // ask before creating a customer in QuickBooks
           "$oB$q",                                  // get the owner's yes before creating one
           "G?$qH$a",                                // every QuickBooks customer needs confirmation
           "G?$qP[TB]$a",                            // a customer is added to QuickBooks only after confirmation
       },
       {}},
      {"DNC",
       {
           "$iN$s$to",                               // never contact a customer who opted out
           "$iN$m[Sx]?$to",                          // no message to a customer who opted out
           "[CkL]+oH?Nx",                            // customers who opted out are never contacted
           "$i(?:N[CkL]*|u)ox",
       },
       {}},
      {"MERGE",
       {
           "$i[Nu]=?K?$r*g$r*$w$a",                  // no records merged without confirmation
           "K?$r+H?Ng$w$a",                          // records are never merged without confirmation
           "qO?Bg$r*",                               // ask before merging records
       },
       {}},
  };
  return words;
}

struct GuardPatterns {
  std::vector<std::unique_ptr<RE2>> statements;
  std::vector<std::unique_ptr<RE2>> repeats;
};

std::vector<std::unique_ptr<RE2>> compiled(const std::vector<std::string_view>& patterns) {
  std::vector<std::unique_ptr<RE2>> result;
  for (const auto pattern : patterns) {
    std::string text(pattern);
    for (const auto& [name, meaning] : abbreviations()) text = replace_all(std::move(text), name, meaning);
    result.push_back(std::make_unique<RE2>(text));
  }
  return result;
}

using PatternsByGuard = std::map<std::string, GuardPatterns, std::less<>>;

PatternsByGuard make_patterns() {
  PatternsByGuard patterns;
  for (const auto& words : guard_words()) patterns[std::string(words.id)] = {compiled(words.statements), compiled(words.repeats)};
  return patterns;
}

const GuardPatterns* patterns_of(std::string_view guard) {
  static const PatternsByGuard patterns = make_patterns();
  const auto found = patterns.find(guard);
  return found == patterns.end() ? nullptr : &found->second;
}

bool any_matches(const std::vector<std::unique_ptr<RE2>>& patterns, std::string_view letters) {
  const re2::StringPiece text(letters.data(), letters.size());
  for (const auto& pattern : patterns)
    if (RE2::FullMatch(text, *pattern)) return true;
  return false;
}

}  // namespace

bool states_guard(std::string_view guard, std::string_view letters) {
  const auto* patterns = patterns_of(guard);
  return patterns != nullptr && any_matches(patterns->statements, letters);
}

bool repeats_guard(std::string_view guard, std::string_view letters) {
  const auto* patterns = patterns_of(guard);
  return patterns != nullptr && (any_matches(patterns->statements, letters) || any_matches(patterns->repeats, letters));
}

}  // namespace deskhand::procedure
