// E-mail addresses as written (base/email.h) and as spoken: "ana at ruiz dot example", "ana (at) ruiz.example".
//
// Thread rule: pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "base/email.h"
#include "reader/reading.h"

namespace deskhand::reader {

// Left to right. Spoken addresses are likely, written ones sure.
std::vector<Reading<EmailAddress>> find_email_addresses(std::string_view text);

}  // namespace deskhand::reader
