// What one call shares on its way through its unit of work. Internal to the toolbox.
#pragma once

#include "base/time.h"
#include "toolbox/toolbox.h"

namespace deskhand::toolbox {

struct Toolbox::Unit {
  Txn& txn;
  const CallRequest& request;
  CallResult& result;
  Org org;
  Zone zone;
  Instant now;
  int calls = 0;  // this one and those it led to

  ToolContext context(Random& random, const Approval* approval) const {
    return ToolContext{txn,          org,         request.actor,  random,         now, zone.day_of(now), request.conversation,
                       request.run,  approval,    request.origin, request.procedure_version};
  }
};

// "model:embedded for dana": who the audit names.
std::string actor_text(const Actor& actor, const std::string& login);
// The bytes a yes allows: the message's own, or the call with its card.
std::string action_bytes(std::string_view tool, const Proposal& proposal, std::string_view card);
std::string card_text(const Proposal& proposal);

}  // namespace deskhand::toolbox
