#include "model/wire_conversation.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "model/wire_text.h"

namespace deskhand::model {
namespace {

constexpr std::size_t kCallIdLetters = 40;  // what OpenAI takes
constexpr std::size_t kShortCallIdLetters = 9;
constexpr std::string_view kNotRun = R"({"ok":false,"error":"This call was not run."})";

bool is_call_id(std::string_view id, CallIdForm form) {
  if (form == CallIdForm::nine_letters)
    return id.size() == kShortCallIdLetters && is_wire_tool_name(id) && id.find_first_of("_-") == std::string_view::npos;
  return id.size() <= kCallIdLetters && is_wire_tool_name(id);
}

class Conversation {
 public:
  Conversation(const ModelRequest& request, CallIdForm form) : request_(request), form_(form), keeps_calls_(!request.tools.empty()) {
    if (auto zone = Zone::find(request.zone); zone && !request.zone.empty()) zone_ = *zone;
  }

  std::vector<WireMessage> read() {
    const std::vector<ModelMessage>& all = request_.messages;
    for (std::size_t at = 0; at < all.size(); ++at) {
      const ModelMessage& message = all[at];
      if (message.speaker == Speaker::model) add_answer(message, at);
      else if (message.speaker == Speaker::tool) add_unasked(message, at);
      else add_words(message);
    }
    if (messages_.empty() || !messages_.back().from_user) side(true).text = "Please go on.";
    for (WireMessage& message : messages_)
      if (message.results.empty() && message.calls.empty() && trim(message.text).empty()) message.text = "(nothing)";
    return std::move(messages_);
  }

 private:
  // The message of that side to add to; the two sides take turns.
  WireMessage& side(bool from_user) {
    if (messages_.empty() && !from_user) messages_.push_back({true, {}, "(The conversation began earlier.)", {}});
    if (messages_.empty() || messages_.back().from_user != from_user) messages_.push_back({from_user, {}, {}, {}});
    return messages_.back();
  }

  void add_text(bool from_user, std::string_view text) {
    if (trim(text).empty()) return;
    WireMessage& message = side(from_user);
    if (!message.text.empty()) message.text += "\n\n";
    message.text += text;
  }

  void add_words(const ModelMessage& message) {
    std::string text = message.from_outside ? quoted_outside(message.text) : without_control_words(to_utf8(message.text));
    if (message.speaker == Speaker::notice && !trim(text).empty()) text = "[from the program] " + text;
    if (message.speaker == Speaker::person) {
      // Said once and for good, so that the words keep their bytes: "tomorrow" of last week is not today's.
      const std::string day = day_line(message.at);
      if (trim(text).empty()) text = "(no words)";
      text = day + text;
    }
    add_text(true, text);
  }

  std::string day_line(Instant at) {
    if (!zone_ || at.us == 0) return {};
    const Day day = zone_->day_of(at);
    if (day == last_day_) return {};
    last_day_ = day;
    return "[" + std::string(weekday_name(day.weekday())) + " " + to_iso(day) + "]\n";
  }

  void add_answer(const ModelMessage& answer, std::size_t at) {
    const std::string text = answer.from_outside ? quoted_outside(answer.text) : without_control_words(to_utf8(answer.text));
    if (!keeps_calls_ || answer.calls.empty()) {
      add_text(false, text);
      for (const ProposedCall& call : answer.calls) add_text(false, "[called " + wire_tool_name(call.tool) + "]");
      return;
    }
    if (messages_.empty() || !messages_.back().from_user) side(true).text = "Please go on.";
    WireMessage calls{false, {}, std::string(trim(text).empty() ? std::string_view() : std::string_view(text)), {}};
    WireMessage results{true, {}, {}, {}};
    for (const ProposedCall& call : answer.calls) {
      const std::string id = new_id(call.id);
      const std::string tool = wire_tool_name(call.tool);
      calls.calls.push_back({id, tool, without_control_words(wire_arguments(call.arguments_text))});
      const ModelMessage* result = find_result(call.id, at);
      results.results.push_back({id, tool, result == nullptr ? std::string(kNotRun) : result_text(*result), result != nullptr && result->ok});
    }
    messages_.push_back(std::move(calls));
    messages_.push_back(std::move(results));
  }

  // The first result of that call before the model speaks again that no other call has taken.
  const ModelMessage* find_result(const std::string& call_id, std::size_t answer_at) {
    for (std::size_t at = answer_at + 1; at < request_.messages.size() && request_.messages[at].speaker != Speaker::model; ++at) {
      const ModelMessage& message = request_.messages[at];
      if (message.speaker == Speaker::tool && message.call_id == call_id && taken_.insert(at).second) return &message;
    }
    return nullptr;
  }

  void add_unasked(const ModelMessage& result, std::size_t at) {
    if (taken_.contains(at)) return;
    add_text(true, "[from the program] " + wire_tool_name(result.tool) + ": " + result_text(result));
  }

  std::string new_id(const std::string& given) {
    std::string id = given;
    for (int count = 0; !is_call_id(id, form_) || ids_.contains(id); ++count)  // ends: each count gives another id
      id = sha256_hex(given + "#" + std::to_string(count)).substr(0, form_ == CallIdForm::nine_letters ? kShortCallIdLetters : kCallIdLetters);
    ids_.insert(id);
    return id;
  }

  const ModelRequest& request_;
  const CallIdForm form_;
  const bool keeps_calls_;
  std::optional<Zone> zone_;
  std::optional<Day> last_day_;
  std::vector<WireMessage> messages_;
  std::set<std::size_t> taken_;  // places of results that have found their call
  std::set<std::string> ids_;
};

}  // namespace

std::vector<WireMessage> wire_conversation(const ModelRequest& request, CallIdForm form) { return Conversation(request, form).read(); }

}  // namespace deskhand::model
