// The way of one approved message: send_message turns a yes into a grant and a queued row, record_delivery and
// record_bounce write down what became of it, settle_delivery lets the owner say what nobody saw.
//
// All of them are closed to a model: send_message is reached only as the next call of a draft, through the guards, and
// then waits for the yes; the records are the outbox's; settling is the owner's.
//
// Thread rule: the tools are immutable.
#pragma once

#include <string>
#include <vector>

#include "crm/message.h"
#include "tools/function_tool.h"

namespace deskhand::tools {

Tools message_tools();

// The parts, one file each.
std::unique_ptr<Tool> make_send_message();
Tools delivery_tools();

// What the owner reads on the card: every field of the content that is hashed, nothing else and nothing left out.
std::vector<std::string> message_lines(const MessageContent& content);
// "E-mail to Ana Ruiz: Your leaking shower"; "Text message to Ana Ruiz".
std::string message_title(const MessageContent& content);

// What in the words belongs to somebody else: a phone, an e-mail address or the full name of another customer of ours.
Result<std::vector<std::string>> foreign_data(const ToolContext& context, const Message& message);

}  // namespace deskhand::tools
