// An answer while it comes: text, calls in pieces, the reason it ended, what it cost. Both vendors' formats are read into it,
// whole or as a stream, and every way an answer can be wrong is decided here once.
//
// Thread rule: one thread. Bounds: limits::kModelTextBytes, kModelCalls, kToolArgumentsBytes; an answer that passes one is cut
// there and counts as ended by length.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_fwd.h"
#include "base/result.h"
#include "model/wire_prices.h"
#include "ports/model.h"

namespace deskhand::model {

// Why there is no answer. The error's message begins with what the server did, without its name: "is overloaded (HTTP 529)".
struct WireFailure {
  Error error;
  bool may_retry = false;
  std::optional<std::chrono::milliseconds> retry_after;  // what the server asked for
};

// What models write between <think> and </think> before they answer is theirs; text goes through here to lose it.
class ThoughtFilter {
 public:
  std::string pass(std::string_view text);  // what can be shown by now
  std::string rest();                       // what was held back, at the end

 private:
  enum class State { before, inside, after } state_ = State::before;
  std::string held_;
};

class AnswerBuilder {
 public:
  explicit AnswerBuilder(std::function<void(std::string_view)> on_text) : on_text_(std::move(on_text)) {}

  void add_text(std::string_view text);
  void add_refusal(std::string_view text);
  // Pieces of one call carry the same index. An id that differs from that index's begins another call: some servers number
  // all calls 0. A name given twice is the same name, not a longer one.
  void add_call(std::int64_t index, std::string_view id, std::string_view tool, std::string_view arguments_piece);
  void set_counts(const TokenCounts& counts) { counts_ = counts; }
  TokenCounts counts() const { return counts_.value_or(TokenCounts{}); }
  void finish(StopReason reason) { if (!stop_) stop_ = reason; }
  void end_stream() { stream_ended_ = true; }  // the vendor's own mark that the stream is over
  void fail(WireFailure failure);

  bool has_enough() const { return cut_ || failure_ || stream_ended_; }
  bool has_failed() const { return failure_.has_value(); }
  bool is_finished() const { return stop_ || cut_ || stream_ended_; }
  bool has_shown_text() const { return shown_; }

  // After results of tools a model may have nothing to add: an answer that ends without a word is then no failure.
  void allow_nothing() { may_be_empty_ = true; }
  // Call once, when is_finished() or failed. `request_bytes` estimates the tokens of a server that does not tell them.
  // What it has cost so far, as the server counted it or as it is estimated.
  ModelUsage spent(const ModelPrices& prices, std::size_t request_bytes) const;
  tl::expected<ModelReply, WireFailure> take(const ModelPrices& prices, std::size_t request_bytes);

 private:
  struct Call {
    std::int64_t index = 0;
    std::string id, tool, arguments;
  };
  void show(std::string text);
  std::vector<ProposedCall> take_calls();

  std::function<void(std::string_view)> on_text_;
  ThoughtFilter thoughts_;
  std::string text_, refusal_;
  std::vector<Call> calls_;  // in the order they began
  std::optional<StopReason> stop_;
  std::optional<TokenCounts> counts_;
  std::optional<WireFailure> failure_;
  bool refused_ = false, cut_ = false, stream_ended_ = false, shown_ = false, may_be_empty_ = false;
};

// What a server says about an error, in the forms that are about: {"error": {"message", "type", "code"}}, {"error": "text"},
// {"message"}, {"detail"}. Empty where it says nothing.
struct VendorWords {
  std::string message, type, code;
};
VendorWords vendor_words(const Json& body);

// JSON of a server: bytes that are no UTF-8 and halves of surrogate pairs become U+FFFD instead of spoiling the whole.
Result<Json> parse_server_json(std::string_view text, std::size_t bytes_max);
// Members that are missing or of another type read as nothing.
const Json& member(const Json& object, std::string_view key);
std::string_view text_member(const Json& object, std::string_view key);
std::int64_t count_member(const Json& object, std::string_view key);

WireFailure not_understood(std::string detail);

}  // namespace deskhand::model
