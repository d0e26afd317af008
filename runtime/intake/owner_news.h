// What an owner has to know of what came in, put up for every channel of theirs that tells (the chat, their own mail): each
// channel says it once.
//
// Thread rule: inside the caller's unit of work. Codes: those of the store.
#pragma once

#include <string_view>

#include "base/result.h"
#include "ports/store/store.h"

namespace deskhand::intake {

// `about` names the matter: the same one is told at most once a day, whatever the text.
Done tell_owners(Txn& txn, std::string_view about, std::string_view text, Instant now);

}  // namespace deskhand::intake
