// draft_follow_up (S2-RQ4, S2-DR1 … S2-DR4), draft_message, revise_draft, discard_draft: words for a customer are
// written down as a draft, and the question whether to send them follows in the same call. A draft is never changed:
// revising makes a new revision, and the card of the old one dies with it.
//
// Thread rule: the tools are immutable.
#pragma once

#include "crm/contact.h"
#include "crm/message.h"
#include "crm/org.h"
#include "tools/function_tool.h"
#include "tools/interactions_subject.h"
#include "tools/script.h"

namespace deskhand::tools {

Tools draft_tools(const SharedScript& script);

// The parts, one file each.
std::unique_ptr<Tool> make_draft_follow_up(const SharedScript& script);
std::unique_ptr<Tool> make_draft_message();
// follow_up_material: what the words of a follow-up are made from, for the runtime itself.
std::unique_ptr<Tool> make_follow_up_material(const SharedScript& script);
Tools draft_revision_tools();

// --- What all of them do to a draft
// -------------------------------------------------------------------------------------

struct Recipient {
  MessageChannel channel = MessageChannel::email;
  std::string address;
};
// Where a message to that person goes: the channel asked for; else the one they prefer and can be reached by; else
// e-mail, else a text message. `to` names one of several addresses on file. invalid_argument: there is none, one line
// that asks for it.
Result<Recipient> recipient_of(const Contact& contact, std::optional<MessageChannel> wanted, std::string_view to,
                               const Org& org);
Result<std::optional<MessageChannel>> wanted_channel(const Json& arguments);

// The words as they leave: printable, trimmed, signed by the business unless they are already.
std::string signed_text(std::string_view words, const Org& org, MessageChannel channel);
// A new Message-ID of ours, before any connection: <uuid@domain of the org>.
std::string new_message_id(ToolContext& context);

// Puts the draft down as a new row. With an identical open draft to the same person that one is taken instead.
Result<Message> put_down(ToolContext& context, Message draft);
// The draft as a new revision of `old`; the old one is superseded and its open cards are closed.
Result<Message> put_down_instead_of(ToolContext& context, const Message& old, Message draft);
// Closes what still waits for a yes to any revision of the draft.
Done close_cards(ToolContext& context, const Message& draft, const std::string& why);

// The follow-up on a lead as it would be put down: in these words, or in the procedure's for the lead's stage when
// `wording` is empty. `subject` may be "". Free words: no standing grant ever covers it.
Result<Message> follow_up_draft(const ToolContext& context, const Script& script, const Lead& lead,
                                const procedure::Template& wording, const std::string& subject);

// The outcome of a draft: its data, and the send that follows it to the guards.
ToolOutcome drafted(const Message& draft, const ToolContext& context, std::string text);

}  // namespace deskhand::tools
