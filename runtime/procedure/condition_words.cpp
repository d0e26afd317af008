#include "procedure/condition_words.h"

#include <algorithm>
#include <array>

#include "procedure/words.h"

namespace deskhand::procedure {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> known) {
  return std::find(known.begin(), known.end(), word) != known.end();
}

bool is_time_word(std::string_view word) {
  static constexpr std::array<std::string_view, 61> kTimes = {
      "monday",     "tuesday",    "wednesday", "thursday",  "friday",    "saturday", "sunday",   "mondays", "tuesdays",
      "wednesdays", "thursdays",  "fridays",   "saturdays", "sundays",   "weekend",  "weekends", "weekday", "weekdays",
      "holiday",    "holidays",   "night",     "nights",    "nightly",   "evening",  "evenings", "morning", "mornings",
      "afternoon",  "afternoons", "noon",      "midnight",  "overnight", "hour",     "hours",    "minute",  "minutes",
      "day",        "days",       "week",      "weeks",     "month",     "months",   "year",     "years",   "season",
      "summer",     "winter",     "christmas", "today",     "tomorrow",  "january",  "february", "april",   "june",
      "july",       "august",     "september", "october",   "november",  "december", "deadline"};
  return std::find(kTimes.begin(), kTimes.end(), word) != kTimes.end();
}

bool is_money_word(std::string_view word) {
  return is_one_of(
      word, {"dollar", "dollars", "usd", "euro", "euros", "pound", "pounds", "cents", "percent", "bucks", "grand"});
}

bool is_role(std::string_view word) {
  return is_one_of(
      word, {"manager",    "managers",     "bookkeeper", "accountant",    "lawyer",     "attorney",  "attorneys",
             "partner",    "partners",     "spouse",     "wife",          "husband",    "assistant", "supervisor",
             "dispatcher", "receptionist", "technician", "foreman",       "intern",     "staff",     "colleague",
             "colleagues", "coworker",     "admin",      "administrator", "secretary",  "doctor",    "vet",
             "nurse",      "paralegal",    "crew",       "team",          "foreperson", "sales",     "legal",
             "compliance", "director",     "ceo",        "cfo",           "employee",   "employees", "contractor",
             "vendor",     "supplier",     "banker",     "auditor"});
}

bool is_emergency(std::string_view word) {
  return is_one_of(word, {"emergency", "emergencies", "urgent", "urgency", "vip", "vips", "critical"});
}

// Exceptions and limits in every form that does not depend on its clause.
bool is_exception_word(std::string_view word) {
  return is_one_of(
      word,
      {"except",     "excepting",  "excluding",  "excludes",  "excluded",  "exempt",          "exempted", "exemption",
       "apart",      "besides",    "waive",      "waived",    "waiver",    "applies",         "apply",    "applied",
       "applicable", "limited",    "restricted", "provided",  "unlike",    "notwithstanding", "barring",  "optional",
       "override",   "overridden", "bypass",     "bypassed",  "suspended", "usually",         "normally", "generally",
       "typically",  "mostly",     "often",      "sometimes", "ideally",   "preferably",      "possible", "over",
       "above",      "below",      "under",      "within",    "during",    "minimum",         "maximum",  "least",
       "most",       "fewer",      "than"});
}

bool is_known_name(std::string_view word, const std::vector<std::string>& own_names) {
  if (is_one_of(word, {"ai",       "qb",       "qbo",      "quickbooks", "gmail",  "sms",  "crm",    "deskhand",
                       "slack",    "google",   "i",        "email",      "ok",     "okay", "yes",    "no",
                       "never",    "id",       "url",      "pdf",        "usa",    "us",   "online", "intuit",
                       "outlook",  "whatsapp", "facebook", "hs1",        "hs2",    "hs3",  "hs4",    "hs5",
                       "customer", "owner",    "lead",     "contact",    "client", "hard", "stop"}))
    return true;
  return std::find(own_names.begin(), own_names.end(), word) != own_names.end();
}

bool is_imperative(std::string_view clause) {
  static constexpr std::array<std::string_view, 67> kVerbs = {
      "check",  "compare", "match",      "look",  "search", "ask",     "show",    "present", "send",   "call",
      "verify", "confirm", "require",    "get",   "wait",   "use",     "include", "log",     "notify", "tell",
      "record", "keep",    "archive",    "mark",  "merge",  "create",  "charge",  "email",   "text",   "write",
      "delete", "remove",  "add",        "make",  "put",    "set",     "close",   "move",    "let",    "allow",
      "treat",  "copy",    "forward",    "print", "sign",   "collect", "take",    "give",    "hold",   "store",
      "stop",   "start",   "run",        "book",  "cancel", "refund",  "approve", "review",  "read",   "skip",
      "ignore", "wipe",    "disqualify", "close", "draft",  "park",    "prepare"};
  const auto words = words_of(clause);
  for (const auto& word : words) {
    if (is_one_of(word.text,
                  {"then", "please", "also", "always", "so", "and", "or", "instead", "first", "but", "just"}))
      continue;
    return std::find(kVerbs.begin(), kVerbs.end(), word.text) != kVerbs.end();
  }
  return false;
}

}  // namespace deskhand::procedure
