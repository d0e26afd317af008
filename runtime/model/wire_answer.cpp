#include "model/wire_answer.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::model {
namespace {

constexpr std::string_view kThoughtBegins = "<think>";
constexpr std::string_view kThoughtEnds = "</think>";
constexpr std::size_t kToolNameBytes = 128;     // of what a model calls a tool; ours have at most 64 letters
constexpr std::size_t kUsualBytesPerToken = 4;  // of English, when a server does not count
constexpr std::string_view kDeclined = "The model declined to answer this.";

bool is_object(std::string_view text) {
  const auto read = parse_json(text, limits::kToolArgumentsBytes);
  return read && read->is_object();
}

bool is_white(char byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

}  // namespace

std::string ThoughtFilter::pass(std::string_view text) {
  if (state_ == State::after) return std::string(text);
  held_ += text;
  if (state_ == State::before) {
    const std::size_t begin = static_cast<std::size_t>(std::find_if_not(held_.begin(), held_.end(), is_white) - held_.begin());
    const std::string_view seen = std::string_view(held_).substr(begin);
    if (seen.size() < kThoughtBegins.size() && kThoughtBegins.substr(0, seen.size()) == seen) return {};  // may still become one
    if (seen.substr(0, kThoughtBegins.size()) != kThoughtBegins) {
      state_ = State::after;
      return std::move(held_);
    }
    state_ = State::inside;
  }
  const std::size_t end = held_.find(kThoughtEnds);
  if (end == std::string::npos) {
    if (held_.size() > kThoughtEnds.size()) held_.erase(0, held_.size() - kThoughtEnds.size());  // an end may be cut in two
    return {};
  }
  state_ = State::after;
  std::string answer = held_.substr(end + kThoughtEnds.size());
  answer.erase(0, static_cast<std::size_t>(std::find_if_not(answer.begin(), answer.end(), is_white) - answer.begin()));
  held_.clear();
  return answer;
}

std::string ThoughtFilter::rest() { return state_ == State::before ? std::move(held_) : std::string(); }

void AnswerBuilder::show(std::string text) {
  if (text.empty()) return;
  text = printable(text);  // it may go to a terminal as it is
  if (text_.size() + text.size() > limits::kModelTextBytes) {
    text = std::string(prefix_utf8(text, limits::kModelTextBytes - text_.size()));
    cut_ = true;
  }
  text_ += text;
  if (!on_text_ || text.empty()) return;
  shown_ = true;
  on_text_(text);
}

void AnswerBuilder::add_text(std::string_view text) {
  if (!cut_ && !failure_) show(thoughts_.pass(text));
}

void AnswerBuilder::add_refusal(std::string_view text) {
  if (text.empty()) return;
  refused_ = true;
  refusal_ += text.substr(0, limits::kModelTextBytes - std::min(limits::kModelTextBytes, refusal_.size()));
}

void AnswerBuilder::add_call(std::int64_t index, std::string_view id, std::string_view tool, std::string_view arguments_piece) {
  if (cut_ || failure_) return;
  auto call = std::find_if(calls_.rbegin(), calls_.rend(), [&](const Call& known) { return known.index == index; });
  // Servers that number all calls 0 and name none by an id: a name behind arguments that are whole begins the next one.
  const auto is_next = [&] {
    if (tool.empty() || call->tool.empty() || trim(call->arguments).empty()) return false;
    return (tool != call->tool || !arguments_piece.empty()) && is_object(call->arguments);
  };
  const bool begins = call == calls_.rend() || (!id.empty() && !call->id.empty() && call->id != id && !tool.empty()) || (id.empty() && is_next());
  if (begins) {
    if (calls_.size() == limits::kModelCalls) {
      cut_ = true;
      return;
    }
    calls_.push_back({index, {}, {}, {}});
    call = calls_.rbegin();
  }
  if (call->id.empty()) call->id = id.substr(0, limits::kModelCallIdBytes);
  if (call->tool != tool) call->tool += tool.substr(0, kToolNameBytes - std::min(kToolNameBytes, call->tool.size()));
  call->arguments += arguments_piece;
  if (call->arguments.size() <= limits::kToolArgumentsBytes) return;
  call->arguments.resize(limits::kToolArgumentsBytes + 1);  // too long on purpose: whoever reads it says so to the model
  cut_ = true;
}

void AnswerBuilder::fail(WireFailure failure) {
  if (!failure_) failure_ = std::move(failure);
}

std::vector<ProposedCall> AnswerBuilder::take_calls() {
  std::stable_sort(calls_.begin(), calls_.end(), [](const Call& left, const Call& right) { return left.index < right.index; });
  std::vector<ProposedCall> proposed;
  std::set<std::string> ids;
  for (Call& call : calls_) {
    std::string id = printable_line(call.id);
    for (int count = 1; id.empty() || ids.contains(id); ++count)  // ends: one of them is not taken
      id = (call.id.empty() ? "call" : printable_line(call.id)) + "-" + std::to_string(count);
    ids.insert(id);
    std::string tool = printable_line(trim(call.tool));
    std::string arguments = trim(call.arguments).empty() ? "{}" : std::move(call.arguments);
    proposed.push_back({std::move(id), tool.empty() ? "unnamed" : std::move(tool), std::move(arguments)});
  }
  return proposed;
}

ModelUsage AnswerBuilder::spent(const ModelPrices& prices, std::size_t request_bytes) const {
  std::size_t answer_bytes = trim(text_).size();
  for (const Call& call : calls_) answer_bytes += call.tool.size() + std::max<std::size_t>(2, call.arguments.size());
  const TokenCounts estimate{static_cast<std::int64_t>(request_bytes / kUsualBytesPerToken), 0, 0, static_cast<std::int64_t>(answer_bytes / kUsualBytesPerToken) + 1};
  return usage_of(counts_.value_or(estimate), prices);
}

tl::expected<ModelReply, WireFailure> AnswerBuilder::take(const ModelPrices& prices, std::size_t request_bytes) {
  if (failure_) return tl::unexpected(std::move(*failure_));
  if (!cut_) show(thoughts_.rest());
  const ModelUsage usage = spent(prices, request_bytes);
  ModelReply reply;
  reply.stop = cut_ ? StopReason::length : stop_.value_or(StopReason::done);
  if (refused_ || reply.stop == StopReason::refused) {
    // What came before a refusal is not to be used, says the vendor, and a call least of all.
    reply.stop = StopReason::refused;
    reply.text = trim(refusal_).empty() ? std::string(trim(text_)) : printable(trim(refusal_));
    if (reply.text.empty()) reply.text = kDeclined;
  } else {
    reply.text = std::string(trim(text_));
    // Cut off before its arguments, a call is not one without any: it is refused, and the model hears of it.
    if (reply.stop == StopReason::length && !calls_.empty() && trim(calls_.back().arguments).empty()) calls_.back().arguments = "{";
    reply.calls = take_calls();
    if (reply.stop == StopReason::done && !reply.calls.empty()) reply.stop = StopReason::calls;
    if (reply.stop == StopReason::calls && reply.calls.empty()) reply.stop = StopReason::done;
    if (reply.text.empty() && reply.calls.empty()) {
      if (reply.stop == StopReason::length)
        return tl::unexpected(WireFailure{make_error(Code::limit_exceeded, "used up its tokens before it answered"), false, {}});
      if (!may_be_empty_ || !stop_) return tl::unexpected(WireFailure{make_error(Code::unavailable, "gave an empty answer"), true, {}});
    }
  }
  reply.usage = usage;
  return reply;
}

}  // namespace deskhand::model
