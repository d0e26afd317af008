// What a behaviour had to say, as one e-mail to each owner: all digests that this channel has not had yet, numbered
// through, put into the outbox as one notice. The notice goes to the verified address on the person's own row and to
// nothing else; quiet hours hold it back.
//
// Thread rule: inside the caller's unit of work, which must write an audit entry when true comes back. Codes: those of
// the store.
#pragma once

#include <string>

#include "base/result.h"
#include "ports/random.h"
#include "ports/store/store.h"
#include "schedule/settings.h"

namespace deskhand::schedule {

inline constexpr std::string_view kMailChannel = "email";

// Whether a notice was queued. A person without a verified address gets none; their digests wait for another channel.
Result<bool> queue_notice(Txn& txn, const Org& org, const User& user, const Settings& settings, Instant now,
                          Random& random);

}  // namespace deskhand::schedule
