// revise_draft and discard_draft; see drafts.h.
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/drafts.h"
#include "tools/messages.h"
#include "tools/present.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

bool is_word_byte(char byte) {
  const unsigned char value = static_cast<unsigned char>(byte);
  return value >= 0x80 || (value >= '0' && value <= '9') || (value >= 'a' && value <= 'z') ||
         (value >= 'A' && value <= 'Z');
}

// Where `from` stands in the text: as whole words, or anywhere.
std::vector<std::size_t> places_of(const std::string& text, const std::string& from, bool whole_words) {
  std::vector<std::size_t> places;
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + from.size())) {
    const bool begins = at == 0 || !is_word_byte(text[at - 1]) || !is_word_byte(from.front());
    const std::size_t end = at + from.size();
    const bool ends = end == text.size() || !is_word_byte(text[end]) || !is_word_byte(from.back());
    if (!whole_words || (begins && ends)) places.push_back(at);
  }
  return places;
}

// Every occurrence of the nearest kind there is: whole words as written, whole words in any case, then parts of words.
bool replace_words(std::string& text, const std::string& from, const std::string& to) {
  std::vector<std::size_t> places;
  for (const bool whole_words : {true, false}) {
    if (places.empty()) places = places_of(text, from, whole_words);
    if (places.empty()) places = places_of(to_lower(text), to_lower(from), whole_words);
  }
  for (std::size_t at = places.size(); at-- > 0;) text.replace(places[at], from.size(), to);
  return !places.empty();
}

// --- which draft is meant
// ------------------------------------------------------------------------------------------------

Result<Message> draft_of_approval(const std::string& words, const ToolContext& context) {
  const std::optional<Ref> ref = parse_ref(words);
  if (!ref || ref->prefix != ref_prefix::kApproval)
    return make_error(Code::invalid_argument, "\"" + shorten(words, 40) + "\" names no card; they look like A-5.");
  Result<Approval> approval = context.txn.approvals().find_by_ref(ref->number);
  if (!approval)
    return make_error(approval.error().code, "There is no " + ref->text() + "; list_approvals shows those that wait.");
  if (approval->message.empty())
    return make_error(Code::invalid_argument, ref->text() + " is about no message; it can be approved or rejected.");
  return context.txn.messages().find(approval->message);
}

// The revision that took the place of a superseded one, when there is an open one.
std::string newer_revision(const Message& old, const ToolContext& context) {
  const Result<std::vector<Message>> open = context.txn.messages().open_drafts(limits::kPageRowsMax);
  if (!open) return {};
  for (const Message& draft : *open)
    if (draft.draft_root == old.draft_root) return ref_of(draft);
  return {};
}

Result<Message> open_draft(const Json& arguments, const ToolContext& context) {
  const std::string approval = line(arguments, "approval"), words = line(arguments, "message");
  if (approval.empty() == words.empty())
    return make_error(Code::invalid_argument,
                      "Which draft? Name it by its card (approval A-5) or its ref (message M-31).");
  Result<Message> draft = approval.empty() ? resolve_message(context, words) : draft_of_approval(approval, context);
  if (!draft) return draft;
  if (draft->inbound)
    return make_error(Code::invalid_argument, ref_of(*draft) + " came from the customer; it can't be changed.");
  switch (draft->status) {
    case DraftStatus::open:
      return draft;
    case DraftStatus::approved:
      return make_error(Code::conflict, ref_of(*draft) + " was approved already; it can't be changed any more.");
    case DraftStatus::discarded:
      return make_error(Code::conflict, ref_of(*draft) + " was discarded; draft it again.");
    case DraftStatus::superseded:
      break;
  }
  const std::string newer = newer_revision(*draft, context);
  return make_error(Code::conflict, ref_of(*draft) + " was changed since" +
                                        (newer.empty() ? "; draft it again." : "; it is " + newer + " now."));
}

// --- revise_draft
// --------------------------------------------------------------------------------------------------------

Done replace_in(const Json& arguments, MessageContent& content) {
  if (!given(arguments, "replace") || !arguments["replace"].is_object()) return {};
  const Json& replace = arguments["replace"];
  const std::string from = text(replace, "from"), to = text(replace, "to");
  if (from.empty()) return make_error(Code::invalid_argument, "Replace what? Give replace.from.");
  const bool in_text = replace_words(content.text, from, to);
  const bool in_subject = to.find('\n') == std::string::npos && replace_words(content.subject, from, to);
  if (in_text || in_subject) return {};
  return make_error(Code::invalid_argument,
                    "\"" + shorten(printable_line(from), 80) + "\" does not stand in the draft; nothing was changed.");
}

Done readdress(const Json& arguments, const ToolContext& context, Message& draft) {
  if (!given(arguments, "to") && !given(arguments, "channel")) return {};
  Result<Contact> contact = context.txn.contacts().find_live(draft.contact);
  if (!contact) return contact.error();
  Result<std::optional<MessageChannel>> channel = wanted_channel(arguments);
  if (!channel) return channel.error();
  Result<Recipient> recipient = recipient_of(*contact, *channel, line(arguments, "to"), context.org);
  if (!recipient) return recipient.error();
  MessageContent& content = draft.content;
  if (recipient->channel == MessageChannel::sms) {
    content.subject.clear();
    draft.in_reply_to.clear();
  } else if (content.channel != recipient->channel && content.subject.empty()) {
    content.subject = context.org.name.empty() ? "A note from us" : "A note from " + printable_line(context.org.name);
  }
  content.channel = recipient->channel;
  content.to_address = recipient->address;
  draft.contact = contact->id;
  return {};
}

struct Revision {
  Message old, fresh;
};

Result<Revision> read_revision(const Json& arguments, const ToolContext& context) {
  Result<Message> old = open_draft(arguments, context);
  if (!old) return old.error();
  Revision revision{*old, *old};
  Message& draft = revision.fresh;
  draft.id = MessageId();
  draft.head = RecordHead();
  if (Done done = readdress(arguments, context, draft); !done) return done.error();
  MessageContent& content = draft.content;
  if (const std::string own = text(arguments, "text"); !own.empty())
    content.text = signed_text(own, context.org, content.channel);
  if (const std::string own = line(arguments, "subject"); !own.empty()) {
    if (content.channel == MessageChannel::sms)
      return make_error(Code::invalid_argument, "A text message has no subject.");
    content.subject = own;
  }
  if (Done done = replace_in(arguments, content); !done) return done.error();
  content.html.clear();  // it said the same as the text, which is no longer true
  if (trim(content.text).empty())
    return make_error(Code::invalid_argument, "Nothing would be left of the message; discard the draft instead.");
  if (content.text.size() > limits::kBodyBytes || content.subject.size() > limits::kSubjectBytes)
    return make_error(Code::limit_exceeded, "The message would be too long; shorten it.");
  draft.template_stage.clear();  // no longer the template's words
  draft.status = DraftStatus::open;
  return revision;
}

// Without a change the draft is put before the owner again, which makes sense only when no card of it waits.
Done refuse_no_change(const Revision& revision, const ToolContext& context) {
  if (canonical_bytes(revision.old.content) != canonical_bytes(revision.fresh.content)) return {};
  const MessageId& root = revision.old.draft_root.empty() ? revision.old.id : revision.old.draft_root;
  Result<std::vector<Approval>> waiting = context.txn.approvals().pending_of_message(root);
  if (!waiting) return waiting.error();
  if (waiting->empty()) return {};
  return make_error(Code::invalid_argument,
                    "That changes nothing in " + ref_of(revision.old) + "; what should it say instead?");
}

Proposal proposal_about(const Message& draft, const Json& arguments) {
  Json resolved = arguments;
  resolved.erase("approval");
  resolved["message"] = ref_of(draft);
  Proposal proposal;
  proposal.effects = {DraftsMessage{draft.contact}};
  proposal.arguments = share(std::move(resolved));
  proposal.summary = message_title(draft.content);
  proposal.contact = draft.contact;
  proposal.lead = draft.lead;
  return proposal;
}

Result<Proposal> propose_revise(const Json& arguments, const ToolContext& context) {
  Result<Revision> revision = read_revision(arguments, context);
  if (!revision) return revision.error();
  if (Done done = refuse_no_change(*revision, context); !done) return done.error();
  return proposal_about(revision->old, arguments);
}

Result<ToolOutcome> run_revise(const Json& arguments, ToolContext& context) {
  Result<Revision> revision = read_revision(arguments, context);
  if (!revision) return revision.error();
  Result<Message> stored = put_down_instead_of(context, revision->old, std::move(revision->fresh));
  if (!stored) return stored.error();
  const std::string name = stored->content.to_name.empty() ? stored->content.to_address : stored->content.to_name;
  return drafted(
      *stored, context,
      "Changed the draft to " + name + " (" + ref_of(*stored) + ", before it was " + ref_of(revision->old) + ").");
}

// --- discard_draft
// -------------------------------------------------------------------------------------------------------

Result<Proposal> propose_discard(const Json& arguments, const ToolContext& context) {
  Result<Message> draft = open_draft(arguments, context);
  if (!draft) return draft.error();
  Proposal proposal = proposal_about(*draft, arguments);
  proposal.effects = {ChangesRecord{Noun::message, false}};
  return proposal;
}

Result<ToolOutcome> run_discard(const Json& arguments, ToolContext& context) {
  Result<Message> draft = open_draft(arguments, context);
  if (!draft) return draft.error();
  if (Done done = context.txn.messages().set_status(draft->id, DraftStatus::open, DraftStatus::discarded); !done)
    return done.error();
  if (Done done = close_cards(context, *draft, "discarded"); !done) return done.error();
  draft->status = DraftStatus::discarded;
  ToolOutcome outcome = drafted(
      *draft, context, "Discarded " + ref_of(*draft) + " (" + message_title(draft->content) + "); nothing was sent.");
  outcome.next.clear();
  return outcome;
}

// --- specs
// ---------------------------------------------------------------------------------------------------------------

Json which_draft() {
  return {{"approval", text_of("The card that shows the draft: A-5.", limits::kNameBytes)},
          {"message", text_of("The draft: M-31, or the person when only one is open.", limits::kNameBytes)}};
}

ToolSpec revise_spec() {
  Json properties = which_draft();
  properties["text"] = text_of("The whole message in its new words.", limits::kBodyBytes);
  properties["subject"] = text_of("The new subject of an e-mail.", limits::kSubjectBytes);
  properties["replace"] =
      closed_schema({{"from", text_of("Words that stand in the draft.", limits::kBodyBytes)},
                     {"to", text_of("What stands there instead; nothing takes them out.", limits::kBodyBytes)}},
                    {"from", "to"});
  properties["channel"] = one_of("Send it this way instead.", {"email", "sms"});
  properties["to"] = text_of("Another of the person's addresses on file.", limits::kEmailBytes);
  return tool_spec(
      "revise_draft",
      "Change a draft that is not approved yet. Its old card is withdrawn and the new words are put before the owner.",
      closed_schema(std::move(properties), {}), EffectClass::draft);
}

}  // namespace

Tools draft_revision_tools() {
  Tools tools;
  tools.push_back(make_tool(revise_spec(), propose_revise, run_revise));
  tools.push_back(make_tool(tool_spec("discard_draft", "Throw a draft away before it is approved; it stays readable.",
                                      closed_schema(which_draft(), {}), EffectClass::draft),
                            propose_discard, run_discard));
  return tools;
}

}  // namespace deskhand::tools
