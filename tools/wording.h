// What tools say in the procedure's own words: the confirmation of a new customer, the notice of an inquiry, the lines that a
// qualified or a won deal leaves in the history. A procedure's templates replace the words here; the facts are the same.
//
// Thread rule: a Wording is immutable and may be called from any thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace deskhand::tools {

enum class Saying {
  contact_added,       // name, phone
  inquiry_received,    // name, title, phone, source
  lead_qualified,      // stage, title, name: the history's line
  opportunity_won,     // deal name, name: the history's line
  quickbooks_question, // name
  reminder_offer       // name, days
};

// By the placeholder's words: "name", "deal name".
using SayingFacts = std::map<std::string, std::string, std::less<>>;

// What is stated, and the question that follows it, if one does.
struct Said {
  std::string text, question;
};

struct Wording {
  std::function<Said(Saying, const SayingFacts&)> say;
  int reminder_days = 90;  // when to offer to ask a lost customer again
};

// The words used where no procedure brings its own.
Wording plain_wording();

// A template with its [placeholders] filled; one that has no fact stays as it is written.
std::string filled(std::string_view wording, const SayingFacts& facts);
// Cut before filling, so that a name with a full stop in it can not move the cut: the last sentence when it ends in "?".
Said split_question(std::string_view wording);

}  // namespace deskhand::tools
