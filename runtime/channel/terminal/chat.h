// The owner's chat in a terminal, or on a pipe: lines in, replies and cards out. It decides nothing: a key such as [a] only
// becomes the words "approve A-5", and the fingerprint comes from the card as it was delivered.
//
// Thread rule: runs in the caller's thread until the input ends. Codes: those of the inbox at opening.
#pragma once

#include <string>

#include "channel/terminal/line_reader.h"
#include "channel/terminal/render.h"
#include "ports/channel.h"
#include "ports/clock.h"

namespace deskhand::channel::terminal {

struct ChatOptions {
  OrgId org;
  Actor actor;
  bool json = false, explain = false, colour = false;
  std::string greeting;  // a terminal's first lines
};

Done run_chat(Inbox& inbox, LineReader& reader, const Clock& clock, const ChatOptions& options, std::ostream& out);

}  // namespace deskhand::channel::terminal
