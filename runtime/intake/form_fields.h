// The fields of a form, a table or a notice: "Name: Ana Ruiz", "Phone <tab> 512-555-0142", a label on one line and its
// value on the next, several on one line. Labels are known in English, Spanish, German and French.
//
// Thread rule: value types and pure functions. Bounds: kFields fields, limits::kBodyBytes of text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/lines.h"

namespace deskhand::intake {

enum class FieldMeaning {
  other,
  name,
  first_name,
  last_name,
  phone,
  fax,
  email,
  address,
  street,
  unit,
  city,
  state,
  postcode,
  company,
  service,
  message,
  subject,
  when,
  urgency,
  heard_from,
  budget,
  utm,
  relay
};

struct FormField {
  FieldMeaning meaning = FieldMeaning::other;
  std::string label;         // as written
  std::string value;         // on one line but for a message; never empty
  Span span;                 // of the value
  bool is_question = false;  // the label is a question in the form's own words
};

inline constexpr std::size_t kFields = 80;

struct FormFields {
  std::vector<FormField> fields;
  const FormField* first(FieldMeaning meaning) const;
  bool has(FieldMeaning meaning) const { return first(meaning) != nullptr; }
  // Whether these are the fields of a form that somebody filled in, as opposed to a signature with "Phone:" in it.
  bool is_form() const;
};

FormFields read_form_fields(std::string_view text);

// What a label means, however it is written: "Your e-mail (required)" → email.
FieldMeaning meaning_of_label(std::string_view label);
// The same of a question that stands alone on its line: "And what is the best number to reach you on?".
FieldMeaning meaning_of_asked(std::string_view question);
// Whether a label is known only by the kind of question it asks.
bool is_question(std::string_view label);

}  // namespace deskhand::intake
