// The lines by which mail programs and people set off what is not the letter itself: quotes, headers of quoted and forwarded mails,
// sign-offs, small print. In English, Spanish, German, French, Italian, Portuguese and Dutch.
//
// Thread rule: pure functions. Source: the forms that Outlook, Gmail, Apple Mail, Thunderbird and Yahoo write (general knowledge).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/lines.h"

namespace re2 {
class RE2;
}

namespace deskhand::intake {

// Whether the pattern is met anywhere in the text.
bool matches(std::string_view text, const re2::RE2& pattern);

bool is_quoted_line(std::string_view line);  // "> …"
// "On Tue, Mar 3, 2026 at 8:05 AM Ana Ruiz <ana@ruiz.example> wrote:", which may run over up to three lines. The number of lines
// it takes from `index` on, 0 when there is none.
std::size_t attribution_lines(const std::vector<Line>& lines, std::size_t index);
bool is_original_message_mark(std::string_view line);  // "-----Original Message-----"
bool is_forward_mark(std::string_view line);           // "---------- Forwarded message ---------"
bool is_forward_subject(std::string_view subject);     // "Fwd: …"
bool is_reply_subject(std::string_view subject);       // "Re: …"
// Without "Re:", "Fwd:", "[EXTERNAL]" and the like.
std::string bare_subject(std::string_view subject);

// The header of a quoted or forwarded mail as text: "From: … Sent: … To: … Subject: …".
struct HeaderBlock {
  std::size_t begin = 0, end = 0;  // lines
  std::string from, subject, reply_to;
  Span from_span;
};
// `begins_anywhere`: behind a forward mark the fields may stand in any order and there may be few of them.
std::optional<HeaderBlock> header_block(const std::vector<Line>& lines, std::size_t index, bool begins_anywhere);

bool is_signature_mark(std::string_view line);  // "-- ", "____"
// "Best regards," with nothing or a name behind it; `name` is what stands behind.
struct SignOff {
  std::string_view name;
};
std::optional<SignOff> sign_off(std::string_view line);
bool is_device_line(std::string_view line);    // "Sent from my iPhone"
bool is_small_print(std::string_view line);    // "This e-mail and any attachments are confidential …"
bool is_outside_warning(std::string_view line);  // "CAUTION: This email originated from outside"

}  // namespace deskhand::intake
