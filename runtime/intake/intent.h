// What somebody wants with their mail: work done, an answer about work on the record, to be left alone, or to sell
// something.
//
// Thread rule: pure functions. In English, Spanish, German and French; what is written in another language is
// `unclear`, for a person to read. Signs are counted, not parsed: two signs of a request make one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crm/interaction.h"

namespace deskhand::intake {

enum class Wish {
  work,    // wants something done, priced or booked
  talk,    // speaks about work that goes on: dates, questions, thanks, answers
  stop,    // does not want to be written to
  sell,    // offers something to the business
  apply,   // looks for employment
  supply,  // a supplier, a bank, an accountant about business with us
  unclear
};

struct Intent {
  Wish wish = Wish::unclear;
  int request_signs = 0;       // how much speaks for a request
  bool is_new_matter = false;  // "another thing", "a different property": not what was talked about before
  bool is_urgent = false;
  int other_signs = 0;              // how much speaks for a seller, an applicant, a supplier
  bool is_about_work_done = false;  // a complaint or a question about what was done for them
  bool changes_a_date = false;      // moves or calls off what was agreed
  bool asks_a_question = false;
  bool is_unread = false;          // in letters that are not read here
  bool may_be_a_customer = false;  // sells, applies or supplies by the count, and asks what a customer asks
  bool may_want_to_stop = false;   // says so, and asks for something as well: a person has to tell which is meant
  std::optional<Outcome> outcome;  // accepted_proposal, rejected_proposal
  std::string reason;              // for the log
};

// `words` are the writer's own, without quotes and signature.
Intent read_intent(std::string_view subject, std::string_view words);

// Whether the text says that it can not wait. "Not urgent" and "no rush" are the opposite.
bool is_urgent_text(std::string_view text);

// Whether a sentence asks for something to be done, priced or booked.
bool asks_for_something(std::string_view sentence);

// Leaking, faucet, botox, website: words of the jobs that people ask small businesses for. `folded` as a token is.
bool is_work_word(std::string_view folded);

}  // namespace deskhand::intake
