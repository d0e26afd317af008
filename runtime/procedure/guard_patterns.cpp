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

// $a an approval, $w without or before it, $t what a message and whom it goes to, $m a message, $s sending, $r a
// record, $auto the one exception of HS1, $i a subject that is us, $d a deal, $q a customer in QuickBooks, $o the
// owner's own approval.
const std::vector<std::pair<std::string_view, std::string_view>>& abbreviations() {
  static const std::vector<std::pair<std::string_view, std::string_view>> known = {
      {"$auto", "(?:;?U[OJX]*X[OJX]*)?"},
      {"$a", "[OAqf]*[Aq][OAqf]*F?"},
      {"$o", "(?:O+[Aq]+O*|[Aq]+f?O+)"},
      {"$w", "[WBU]"},
      {"$t", "[MmedCkL]*"},
      {"$m", "[CkL]*[Mmed][MmedCkL]*"},
      {"$s", "[Smkx]"},
      {"$r", "[CkLR]"},
      {"$i", "[IH]*"},
      {"$d", "[Le]*"},
      {"$q", "(?:[CkESR]+Q[CkESRQ]*|Q[CkE][CkESRQ]*)"},
  };
  return known;
}

const std::vector<GuardWords>& guard_words() {
  static const std::vector<GuardWords> words = {
      {"HS1",
       {
           "$iN$m[Sx]?$tI?t?$w$a[Md]?(?:B$s$t)?$auto",   // no message (is sent to a customer) without review
           "$iN$s$tI?t?$w$a[Md]?(?:B$s$t)?$auto",        // never send (a message to a customer) without review
           "$iN(?:$m[Sx]?|$s)$t[BU]O+A+[Mmde]$auto",     // no message is sent before the owner approves the text
           "$iN(?:$m[Sx]?|$s)$t(?:O+N[A]+|NA+O*)$auto",  // never send anything that the owner has not reviewed
           "$iN(?:~$m[Sx]?|S~)$t$auto",                  // no unreviewed message is sent
           "$iN(?:$m[Sx]?|$s)$t[Sx]?~$auto",             // no message goes out unread
           "[CkL]+SP$mO*A+$auto",                        // customers receive only messages that the owner has reviewed
           "hG?$mB?$a$auto",                             // hold every message for approval
           "G?$mhB?$a$auto",                             // messages are held until they are approved
           "$i(?:N[CkL]+|u)xI?t?$w$a$auto",              // no customer is contacted without review
           "$mH?N$s$tI?t?$w$a$auto",                     // messages are never sent without review
           "[CkL]+H?NxI?t?$w$a$auto",                    // customers are never contacted without review
           "$iN[Smkxs]$tt$auto",                         // the assistant never sends a message on its own
           "G?$m[Hl]$a(?:B$s$t)?$auto",                  // every message needs review
           "G?$m[OA]*A[OA]*(?:F|B$s$t)$auto",            // every message is reviewed before it is sent
           "G?$my?dy?B$a$auto",                          // every message stays a draft until it is approved
           "G?d+y?d*B$a$auto",                           // drafts stay drafts until they are approved
           "O+H?A+G?$m(?:F|B$s$t)$auto",                 // the owner reviews every message before it is sent
           "[OA]*A[OA]*HB?G?$m[Sx]?$t$auto",             // approval is required before a message goes out
           "P[OA]*A[OA]*$m[Sx]?$t",                      // only reviewed messages go out
           "$m[Sx]$tP[TBj]$a$auto",                      // messages go out only after review
           "$mP[Sx]$t[TBj]$a$auto",                      // messages are only sent after review
           "$s$tP[TBj]$a$auto",                          // send messages only after review
           "qO?B$s$t",                                   // ask before sending a message
           "$oB$s$t",                                    // get the owner's approval before sending a message
           "wG?$mO(?:F|B$s$t)",                          // show every draft to the owner before it goes out
       },
       {
           "$iN[Smkxs]$tt?;?U[OJX]*X[OJX]*",  // the assistant does not send unless auto-send is enabled
           "$m?N[Sx]t",                       // nothing is sent by itself
           "$i[Nu](?:$m[Sx]?|$s)$tBt?",       // nothing is sent until then
           "$mN[Sx]$tBt?",
           "X[OJPUTiZH]*O[OJPUTiZH]*",  // auto-send counts only if the owner has turned it on
       }},
      {"HS2",
       {
           "$i[Nu]$r*D+$r*(?:f[IbR])?(?:;v+)?",  // no lead or contact deleted
           "$iN@$r+D+",                          // nothing about a client is deleted
           "G?$r+H?ND+(?:f[IbR])?(?:;v+)?",      // leads and contacts are never deleted
           "D+$r+#",                             // deleting a lead is forbidden
           "G?$r*[LR]$r*y+(?:;?ND+)?",           // every record is kept
           "yG?$r*[LR]$r*",                      // keep every record
           "v+$r*;?ND+$r*",                      // archive, never delete
           "G?$r+v+;?ND+",                       // leads are archived, never deleted
       },
       {"G?$r*y+", "I?G?$r*v+", "v+$r*"}},
      {"HS3",
       {
           "$i[Nu]E?=?K[CkR=]*[Ck][CkR=]*E?(?:[c=]*[pm]+)?",       // no duplicate customers created
           "K[CkR]*[Ck][CkR]*#",                                   // duplicate customers are forbidden
           "K[CkR]*[Ck][CkR]*H?NE",                                // duplicate customers must not be created
           "$i[Nu][En]*[Ck]R?E?Wc[cpm]*(?:[cK]|pm|pp|mp)[cpmK]*",  // no contact is created without a check for
                                                                   // duplicates
           "$i[Nu]E=?R?[Ck]R?Kb?",                                 // never create the same customer twice
           "$i[Nu]E?2R=?[Ck]R?E?K?",                               // no second record for the same customer
           "$i(?:N[Ck]|u)R?E?i?K",                                 // no customer is added twice
           "c[CkpmR=]*[cK][CkpmRcK=]*BEn?=?[CkR]*",                // check for a match before creating a customer
           "[Ck]R?H?NE?K",                                         // customers are never duplicated
           "$i[Nu]=?K?$r*g$r*$w$a",                                // no records merged without confirmation
           "K?$r+H?Ng$w$a",                                        // records are never merged without confirmation
           "qO?Bg$r*",                                             // ask before merging records
           "[Ck]+R+;?[Nu]K",                                       // one customer, one record: no duplicates
           "BEn?=?[CkR]+c[pm=]*(?:[cK]|pm|mp)[cKpm=]*[qwgOi]*",    // before creating a contact, check for a duplicate
       },
       {}},
      {"HS4",
       {
           "$i[Nu][LeM]*Z*[LeM]*Z*VL*(?:$w$a|t)",  // no opportunity marked won without confirmation
           "G?[Le]+H?NZ*V(?:$w$a|t)",              // opportunities are never marked won without confirmation
           "G?$dZ*VP[TBj]$a",                      // an opportunity is marked won only after confirmation
           "G?[Le]+PZ*V[TBj]$a",                   // an opportunity may only be marked won after confirmation
           "P[OA]+Z$dV",                           // only the owner's yes marks a job won
           "G?Z*$dZ*VH$a",                         // every win needs confirmation
           "qO?BZ*[LeM]*V$d",                      // ask before marking a job won
           "$oBZ*[LeM]*V$d",                       // get the owner's yes before marking a job won
           "$i[Nu]~$dZ?V$d",                       // no unconfirmed wins
       },
       {"$i[Nu]$dZ*$dZ*VL*Bt?"}},
      {"HS5",
       {
           "$i[Nu]$q$w$a",                         // no QuickBooks customer created without confirmation
           "G?[Ck]+H?NEQ$w$a",                     // customers are never added to QuickBooks without confirmation
           "G?[CkR]*[Ck][CkR]*Q[CkR]*H?NE$w$a",    // a customer record in QuickBooks is never created without it
           "G?Q[Ck]+H?NE$w$a",                     // QuickBooks customers are never created without confirmation
           "$i[Nu]nQ[Ck]+E?$w$a",                  // no new QuickBooks customer without confirmation
           "qO?B$q",                               // ask before creating a customer in QuickBooks
           "$oB$q",                                // get the owner's yes before creating one
           "G?$qH$a",                              // every QuickBooks customer needs confirmation
           "G?$qP[TBj]$a",                         // a customer is added to QuickBooks only after confirmation
           "G?(?:Q[Ck]+|[Ck]+Q[Ck]*)PEQ?[TBj]$a",  // QuickBooks customers are only created after confirmation
           "G?[Ck]+PEQ[TBj]$a",                    // customers are only added to QuickBooks after confirmation
       },
       {}},
      {"DO-NOT-CONTACT",
       {
           "$iN$s$to",       // never contact a customer who opted out
           "$iN$m[Sx]?$to",  // no message to a customer who opted out
           "[CkL]+oH?Nx",    // customers who opted out are never contacted
           "$i(?:N[CkL]*|u)ox",
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

PatternsByGuard make_guard_patterns() {
  PatternsByGuard patterns;
  for (const auto& words : guard_words())
    patterns[std::string(words.id)] = {compiled(words.statements), compiled(words.repeats)};
  return patterns;
}

const GuardPatterns* patterns_of(std::string_view guard) {
  static const PatternsByGuard patterns = make_guard_patterns();
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
