// Which of the written procedures are in force in a conversation (S2-P4): the business's own always; another when one of its
// words is said, or one of its events happened in the conversation or since it was last spoken in. What has joined stays, so that
// the prompt's prefix keeps its bytes.
//
// Thread rule: value types and pure functions.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crm/conversation.h"
#include "ports/model.h"
#include "procedure/procedure.h"

namespace deskhand::agent {

using Events = std::set<procedure::ActivationEvent>;

// One written procedure as a model reads it. The first is the business's own.
struct BriefedProcedure {
  std::string name, text;
  std::vector<KnownRequest> requests;
  std::vector<std::string> words;  // lower case
  Events events;
};

// The names of those in force, in their order in `procedures`, so that the same ones give the same bytes. `before`: those that
// had joined earlier.
std::vector<std::string> active_procedures(const std::vector<BriefedProcedure>& procedures,
                                           const std::vector<ModelMessage>& messages, const Events& happened,
                                           const std::vector<std::string>& before);

// What the calls of these steps did that is an event: an inquiry put on the record by the way it came, a stage that moved.
Result<Events> events_in(const std::vector<Step>& steps);

// As a step of the log: events that no call of the conversation tells, and the procedures that joined with them.
std::string procedures_joined(const std::vector<std::string>& names, const Events& events);
// Those that such steps and summaries name.
Result<std::vector<std::string>> joined_before(const std::vector<Step>& steps);

}  // namespace deskhand::agent
