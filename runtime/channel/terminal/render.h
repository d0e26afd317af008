// How replies and cards look in a terminal, and as JSON for programs. A card's body is shown byte for byte between two rules;
// only control characters that could repaint the screen are left out of what is displayed, and said to be.
//
// Thread rule: pure functions.
#pragma once

#include <string>

#include "ports/channel.h"

namespace deskhand::channel::terminal {

struct Look {
  int width = 80;       // columns
  bool colour = false;  // only ever on a terminal
  bool explain = false;
};

// Columns of text: the look's width within what can be read well.
int text_width(const Look& look);
// Without the beginning of its text that was shown while it came.
std::string render_reply(const TurnReply& reply, const Look& look);
std::string render_card(const Card& card, const Look& look);
// {"reply", "calls", "approvals", ...} on one line; the form is part of the contract (design 8).
std::string reply_json(const TurnReply& reply);
std::string error_json(const Error& error);
// Breaks at spaces; a word longer than the width stays whole. Existing line breaks stay.
std::string wrap(std::string_view text, int width);

}  // namespace deskhand::channel::terminal
