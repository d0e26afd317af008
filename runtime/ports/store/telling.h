// Which of the digests that wait on a channel are told there, in which order, and which are not, because what is told says
// it again.
//
// A list of everything that is due (morning_list, follow_up_reminder) takes the place of the earlier ones of its name. A
// list of quiet leads names each only now and then: an earlier one is left out when every lead of it is named again, was
// touched since or is not open any more. A reminder of a time is left out when a later list of what is due holds it. All
// else (summaries of a week or month, sequences, mail) says what nothing repeats, and is told however late. A list with
// lines is never left out for one without, such as "could not be made".
//
// Thread rule: choose_told() is pure; tell_waiting() is part of the caller's unit of work. Codes: those of the store.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "crm/job.h"
#include "ports/store/store.h"

namespace deskhand {

struct Telling {
  std::vector<Digest> told;        // the newest day first, within a day as they were made: the order of that day's mail
  std::vector<Digest> superseded;  // marked as delivered, shown nowhere
};
// `is_settled`: the line of a list of quiet leads has nothing to say any more. What is in neither waits for the next time.
// Digests that were made before today begin with the day they are from.
Telling choose_told(std::vector<Digest> waiting, Day today, const Zone& zone, std::size_t told_max,
                    const std::function<bool(const Digest&, const ListItem&)>& is_settled);

// What is to be told to that person on that channel now; it and what it supersedes are marked as delivered.
Result<std::vector<Digest>> tell_waiting(Txn& txn, const UserId& user, std::string_view channel, Instant now);

}  // namespace deskhand
