// A mail's text taken apart: what its writer says now, the signature below it, and what is only repeated (quotes, small print). A
// forwarded mail is found together with the person who wrote it first.
//
// Thread rule: value types and pure functions. Bounds: limits::kMailTextBytes of text, a few levels of forwards.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "intake/lines.h"

namespace deskhand::intake {

struct Forwarded {
  std::string name, email;     // of its header, folded address; either may be ""
  std::string reply_to;        // folded, "" when there is none
  std::string subject;
  Span from_span, body;        // places in the whole text
};

struct Letter {
  // As long as the whole text and blank where it is something else, so that places are places of the whole.
  std::string fresh;      // the words of the writer, without signature
  std::string signature;
  std::string words;      // `fresh` without its blanks: what the record keeps
  std::string signature_words;
  std::string quoted_words;  // what was answered, for knowing what the letter is about
  bool has_quote = false;
  std::optional<Forwarded> forwarded;
};

// `subject` tells whether the mail was forwarded or answered, where its text does not.
Letter split_letter(std::string_view text, std::string_view subject);

// The letter inside a forwarded one, with places of the whole text.
Letter split_forwarded(std::string_view text, const Forwarded& forwarded);

}  // namespace deskhand::intake
