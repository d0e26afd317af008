// What a model copied out of a mail, held against the mail: each value must stand there, and is then the mail's words at that
// place and not the model's. What stands nowhere was made up; what the reader in code saw and put aside stays aside.
//
// Thread rule: value types and pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json_fwd.h"
#include "intake/customer.h"

namespace deskhand::intake {

struct DroppedValue {
  std::string field, value, why;
};

struct CheckedAnswer {
  bool wants_work = false;  // and `request` says so in the mail's own words
  FoundText request, name, address, title, urgency;
  std::optional<FoundPhone> phone;
  std::optional<FoundEmail> email;
  std::vector<DroppedValue> dropped;
};

// The words of a mail that are its writer's, with places kept: as long as the text they are in, blank where it is a quote or
// small print. `place` says which text that is.
struct OwnWords {
  std::string text;
  Place place = Place::text;
};
OwnWords own_words(const Material& material, const Customer& read);

// What a model is shown of it: subject, the name it came under, the words.
std::string words_to_read(const InboundMail& mail, const OwnWords& words);

// `answer` is an object of the form prompts/extract.json. `read` is what the reader in code found.
CheckedAnswer check_answer(const Json& answer, const InboundMail& mail, const OwnWords& words, const Customer& read,
                           const OwnIdentity& own);

// Puts what was copied into the places where nothing had been read. What had been read stands.
void complete(Customer& read, const CheckedAnswer& answer);

// Whether a title says too little for a list of jobs: no word of it names work.
bool is_poor_title(std::string_view title);

// For the record of the reading: {"kept": {field: {place, begin, end, words}}, "dropped": [{field, value, why}]}.
Json to_json(const CheckedAnswer& answer);

// The place in `text` where `value` stands: the same words in the same order, whatever their case and the blanks and marks
// between them. nullopt: nowhere.
std::optional<Span> place_of(std::string_view value, std::string_view text);

}  // namespace deskhand::intake
