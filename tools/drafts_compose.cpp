// draft_follow_up and draft_message; see drafts.h.
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/drafts.h"
#include "tools/drafts_wording.h"
#include "tools/people_lists.h"
#include "tools/present.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

constexpr std::size_t kFillBytes = 500;
constexpr int kFillEntries = 20;
constexpr std::size_t kSubjectLine = 150;  // what we word ourselves; an owner's own may be longer

struct Draft {
  Subject subject;
  Message message;
  std::optional<DraftStage> stage;
  LeadStanding standing;
};

Done address(const Json& arguments, const ToolContext& context, Draft& draft) {
  Result<std::optional<MessageChannel>> channel = wanted_channel(arguments);
  if (!channel) return channel.error();
  Result<Recipient> recipient = recipient_of(*draft.subject.contact, *channel, line(arguments, "to"), context.org);
  if (!recipient) return recipient.error();
  const Contact& contact = *draft.subject.contact;
  MessageContent& content = draft.message.content;
  content.channel = recipient->channel;
  content.to_address = recipient->address;
  if (!contact.first_name.empty() || !contact.last_name.empty())
    content.to_name = squeeze(printable_line(contact.full_name()));
  draft.message.contact = contact.id;
  draft.message.lead = draft.subject.lead_id();
  draft.message.opportunity = draft.subject.opportunity_id();
  return {};
}

// A lead that came by mail is answered in its own thread: to the newest mail that stands on it.
Done put_in_thread(const ToolContext& context, Draft& draft) {
  if (!draft.subject.lead || draft.message.content.channel != MessageChannel::email) return {};
  Result<std::optional<InboundRecord>> mail = context.txn.intake().last_of_lead(draft.subject.lead->id);
  if (!mail) return mail.error();
  if (!*mail || (*mail)->message_id.empty()) return {};
  const std::string id = "<" + (*mail)->message_id + ">";
  if (id.find_first_of(" \t\r\n<>", 1) == id.size() - 1) draft.message.in_reply_to = id;
  return {};
}

Done check_sizes(const MessageContent& content) {
  if (content.subject.size() > limits::kSubjectBytes)
    return make_error(Code::limit_exceeded,
                      "subject is longer than " + std::to_string(limits::kSubjectBytes) + " bytes; shorten it");
  if (content.text.size() > limits::kBodyBytes)
    return make_error(Code::limit_exceeded,
                      "text is longer than " + std::to_string(limits::kBodyBytes) + " bytes; shorten it");
  return {};
}

// --- draft_follow_up
// ---------------------------------------------------------------------------------------------------

// A web address in what a customer wrote is not put into words that may leave without a look.
bool is_plain(std::string_view title) {
  const std::string lower = to_lower(title);
  return lower.find("://") == std::string::npos && lower.find("www.") == std::string::npos &&
         lower.find('@') == std::string::npos;
}

Result<std::string> follow_up_words(const Json& arguments, const ToolContext& context, const Script& script,
                                    Draft& draft) {
  std::string why;
  draft.stage = stage_of(draft.subject, draft.standing, why);
  const Json fill = arguments.contains("fill") ? arguments["fill"] : Json::object();
  if (const std::string own = text(arguments, "text"); !own.empty()) {
    procedure::Template wording;
    for (std::string& row : split(own, '\n')) wording.rows.push_back({std::move(row), 0});
    return worded(wording, draft.stage.value_or(DraftStage::inquiry), fill, draft.subject, draft.standing, context);
  }
  const std::string about = ref_of(*draft.subject.lead) + " " + printable_line(draft.subject.lead->title);
  if (!draft.stage)
    return make_error(Code::invalid_argument,
                      "No wording fits " + about + ": " + why + ". What should the message say? (text)");
  const auto wording = script.drafts.find(*draft.stage);
  if (wording == script.drafts.end())
    return make_error(Code::invalid_argument, "The procedure has no wording for the stage of " + about + " (" +
                                                  spoken(name_of(*draft.stage)) +
                                                  "). What should the message say? (text)");
  Result<std::string> words = worded(wording->second, *draft.stage, fill, draft.subject, draft.standing, context);
  // Only the owner's own template on facts of the record may ever be sent under a standing grant.
  const bool untouched = fill.empty() && !given(arguments, "subject") && is_plain(draft.subject.lead->title);
  if (untouched) draft.message.template_stage = name_of(*draft.stage);
  return words;
}

Result<Draft> read_follow_up_draft(const Json& arguments, const ToolContext& context, const Script& script) {
  Draft draft;
  Result<Subject> subject = lead_to_follow_up(arguments, context);
  if (!subject) return subject.error();
  draft.subject = std::move(*subject);
  Result<LeadStanding> standing = standing_of(context, draft.subject);
  if (!standing) return standing.error();
  draft.standing = std::move(*standing);
  if (Done done = address(arguments, context, draft); !done) return done.error();
  Result<std::string> words = follow_up_words(arguments, context, script, draft);
  if (!words) return words.error();
  MessageContent& content = draft.message.content;
  content.text = signed_text(*words, context.org, content.channel);
  if (content.channel == MessageChannel::email) {
    content.subject = line(arguments, "subject");
    if (content.subject.empty()) content.subject = shorten(subject_for(draft.subject.job(), draft.stage), kSubjectLine);
  }
  if (Done done = check_sizes(content); !done) return done.error();
  if (Done done = put_in_thread(context, draft); !done) return done.error();
  return draft;
}

Proposal draft_proposal(const Draft& draft, Json resolved) {
  put_refs(draft.subject, resolved);
  Proposal proposal;
  proposal.effects = {DraftsMessage{draft.message.contact}};
  proposal.summary = "Draft to " + draft.subject.name();
  proposal.contact = draft.message.contact;
  proposal.lead = draft.message.lead;
  proposal.arguments = share(std::move(resolved));
  return proposal;
}

std::string follow_up_text(const Draft& draft, const Message& message, const ToolContext& context) {
  const Interaction* talk = last_talk(draft.standing.history);
  if (talk == nullptr && !draft.standing.history.empty()) talk = &draft.standing.history.front();
  const std::string last =
      talk == nullptr ? "Nothing is logged on this lead yet." : "Last touchpoint: " + touch_text(*talk, context) + ".";
  return last + "\nDrafted a follow-up to " + printable_line(draft.subject.name()) + " about " +
         ref_of(*draft.subject.lead) + " " + printable_line(draft.subject.lead->title) + " (" + ref_of(message) + ").";
}

ToolSpec follow_up_spec() {
  Json fill{{"type", "object"},
            {"additionalProperties", {{"type", "string"}, {"maxLength", kFillBytes}}},
            {"maxProperties", kFillEntries},
            {"description", "What a placeholder stands for when it is not on record: {\"date\": \"March 3\"}."}};
  Json properties{
      {"lead", text_of("The lead: a ref such as L-7, or words such as \"the Ruiz lead\".", limits::kNameBytes)},
      {"text", text_of("The message in other words than the procedure's; its placeholders are filled all the same.",
                       limits::kBodyBytes)},
      {"subject", text_of("The subject of an e-mail; made from the lead when left out.", limits::kSubjectBytes)},
      {"channel", one_of("How it goes; what the person prefers when left out.", {"email", "sms"})},
      {"fill", std::move(fill)}};
  ToolSpec spec;
  spec.name = "draft_follow_up";
  spec.description =
      "Draft a follow-up on a lead in the procedure's words for its stage, say what was said last, and put the draft "
      "before the owner. "
      "Nothing is sent.";
  spec.arguments = share(closed_schema(std::move(properties), {"lead"}));
  spec.effect = EffectClass::draft;
  return spec;
}

// --- draft_message
// -----------------------------------------------------------------------------------------------------

Result<Draft> read_message(const Json& arguments, const ToolContext& context) {
  Draft draft;
  Result<Subject> subject = resolve_subject(arguments, context, Scope::open_first);
  if (!subject) return subject.error();
  if (!subject->contact)
    return make_error(Code::invalid_argument, "To whom? Name a contact, or a lead whose contact is known.");
  draft.subject = std::move(*subject);
  if (Done done = address(arguments, context, draft); !done) return done.error();
  const std::string words = text(arguments, "text");
  if (words.empty()) return make_error(Code::invalid_argument, "What should the message say? (text)");
  MessageContent& content = draft.message.content;
  content.text = signed_text(words, context.org, content.channel);
  if (content.channel == MessageChannel::email) {
    content.subject = line(arguments, "subject");
    const std::string job = draft.subject.job();
    const std::string from = context.org.name.empty() ? std::string("us") : printable_line(context.org.name);
    if (content.subject.empty())
      content.subject = shorten(job.empty() ? "A note from " + from : subject_for(job, std::nullopt), kSubjectLine);
  }
  if (Done done = check_sizes(content); !done) return done.error();
  if (const std::vector<std::string> open = open_placeholders(content); !open.empty())
    return make_error(Code::invalid_argument,
                      "What shall stand for " + join(open, ", ") + "? Put it into the text first.");
  if (Done done = put_in_thread(context, draft); !done) return done.error();
  return draft;
}

Result<Proposal> propose_message(const Json& arguments, const ToolContext& context) {
  Result<Draft> draft = read_message(arguments, context);
  if (!draft) return draft.error();
  return draft_proposal(*draft, arguments);
}

Result<ToolOutcome> run_message(const Json& arguments, ToolContext& context) {
  Result<Draft> draft = read_message(arguments, context);
  if (!draft) return draft.error();
  Result<Message> stored = put_down(context, std::move(draft->message));
  if (!stored) return stored.error();
  return drafted(*stored, context,
                 "Drafted a message to " + printable_line(draft->subject.name()) + " (" + ref_of(*stored) + ").");
}

}  // namespace

Result<Message> follow_up_draft(const ToolContext& context, const Script& script, const Lead& lead,
                                const procedure::Template& wording, const std::string& subject) {
  Json arguments{{"lead", ref_of(lead)}};
  if (!wording.empty()) arguments["text"] = wording.text();
  if (!subject.empty()) arguments["subject"] = subject;
  Result<Draft> draft = read_follow_up_draft(arguments, context, script);
  if (!draft) return draft.error();
  draft->message.template_stage.clear();
  return std::move(draft->message);
}

std::unique_ptr<Tool> make_draft_follow_up(const SharedScript& script) {
  const auto propose = [script](const Json& arguments, const ToolContext& context) -> Result<Proposal> {
    Result<Draft> draft = read_follow_up_draft(arguments, context, *script);
    if (!draft) return draft.error();
    Json resolved = arguments;
    resolved["lead"] = ref_of(*draft->subject.lead);
    Proposal proposal = draft_proposal(*draft, Json::object());
    proposal.arguments = share(std::move(resolved));
    return proposal;
  };
  const auto run = [script](const Json& arguments, ToolContext& context) -> Result<ToolOutcome> {
    Result<Draft> draft = read_follow_up_draft(arguments, context, *script);
    if (!draft) return draft.error();
    Result<Message> stored = put_down(context, std::move(draft->message));
    if (!stored) return stored.error();
    return drafted(*stored, context, follow_up_text(*draft, *stored, context));
  };
  return make_tool(follow_up_spec(), propose, run);
}

std::unique_ptr<Tool> make_draft_message() {
  Json properties = subject_properties();
  properties["text"] = text_of("What the message says; the business signs it by itself.", limits::kBodyBytes);
  properties["subject"] = text_of("The subject of an e-mail; made from the lead when left out.", limits::kSubjectBytes);
  properties["channel"] = one_of("How it goes; what the person prefers when left out.", {"email", "sms"});
  properties["to"] = text_of("Which of the person's addresses on file; the first when left out.", limits::kEmailBytes);
  ToolSpec spec;
  spec.name = "draft_message";
  spec.description = "Draft a message to a contact, in your own words, and put it before the owner. Nothing is sent.";
  spec.arguments = share(closed_schema(std::move(properties), {"text"}));
  spec.effect = EffectClass::draft;
  return make_tool(std::move(spec), propose_message, run_message);
}

}  // namespace deskhand::tools
