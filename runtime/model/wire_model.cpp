#include "model/wire_model.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "base/text.h"

namespace deskhand::model {
namespace {

constexpr std::int64_t kLeastBytesPerToken = 3;  // fewer than a text really has, so that an estimate is rather too high

// Machines of one's own: this one, its network, and names without a dot, as containers have them.
bool is_own_network(std::string_view host) {
  if (host == "localhost" || host == "[::1]") return true;
  if (host.front() == '[')  // fc00::/7 and fe80::/10
    return host.size() > 3 && (host.substr(1, 2) == "fc" || host.substr(1, 2) == "fd" ||
                               (host.substr(1, 2) == "fe" && std::string_view("89ab").find(host[3]) != std::string_view::npos));
  // A number is an address in one piece ("3627734734"), no name.
  if (host.find('.') == std::string_view::npos) return host.find_first_not_of("0123456789") != std::string_view::npos && host.substr(0, 2) != "0x";
  for (const std::string_view suffix : {".local", ".localhost", ".internal", ".lan", ".home.arpa"})
    if (host.size() > suffix.size() && host.substr(host.size() - suffix.size()) == suffix) return true;
  if (host.find_first_not_of("0123456789.") != std::string_view::npos) return false;
  if (host.substr(0, 4) == "127." || host.substr(0, 3) == "10." || host.substr(0, 8) == "192.168.") return true;
  if (host.substr(0, 4) != "172.") return false;
  const std::string_view second = host.substr(4, host.find('.', 4) - 4);
  return second.size() == 2 && second >= "16" && second <= "31";
}

}  // namespace

struct WireModel::Attempt {
  HttpRequest request;
  std::function<void(std::string_view)> on_text;
  std::optional<ModelReply> reply;
  WireFailure failure;
  std::optional<ModelUsage> wasted;  // by an answer that can not be used
  bool has_shown_text = false, may_be_empty = false;
};

WireModel::WireModel(WireOptions options, std::unique_ptr<Dialect> dialect, WirePorts ports)
    : options_(std::move(options)), dialect_(std::move(dialect)), ports_(ports) {}

Result<ModelReply> WireModel::complete(const ModelRequest& request, std::chrono::steady_clock::time_point deadline, std::stop_token stop) {
  if (request.messages.empty()) return make_error(Code::invalid_argument, options_.name + " was asked nothing.");
  const bool stream = request.on_text && dialect_->can_stream();
  auto body = dialect_->body(request, stream);
  if (!body) return body.error();
  ModelUsage wasted;  // by the attempts so far
  if (auto done = check_limits(request, body->size(), wasted); !done) return done.error();
  Attempt attempt;
  attempt.request.url = options_.base_url + dialect_->path();
  attempt.request.headers = dialect_->headers(options_.key);
  attempt.request.body = std::move(*body);
  attempt.request.repeatable = true;  // an answer asked for twice costs money and changes nothing
  attempt.request.response_bytes_max = stream ? limits::kModelStreamBytes : limits::kModelAnswerBytes;
  if (stream) attempt.on_text = request.on_text;
  attempt.may_be_empty = request.messages.back().speaker == Speaker::tool;
  for (int count = 1;; ++count) {  // ends: at most limits::kModelAttempts
    const auto left = std::chrono::duration_cast<Milliseconds>(deadline - ports_.clock.steady());
    if (left <= Milliseconds::zero()) return error_of({make_error(Code::unavailable, "had no time left to answer"), false, {}}, count - 1);
    attempt.request.deadlines = options_.deadlines;
    attempt.request.deadlines.total = std::min(options_.deadlines.total, left);
    // Without a stream the first byte comes when the whole answer is done.
    if (!stream) attempt.request.deadlines.first_byte = attempt.request.deadlines.total;
    ask(attempt, stop);
    if (attempt.reply) return std::move(*attempt.reply);
    if (attempt.wasted) {
      wasted.input_tokens += attempt.wasted->input_tokens;
      wasted.output_tokens += attempt.wasted->output_tokens;
      wasted.cost_micros += attempt.wasted->cost_micros;
      if (request.on_wasted) request.on_wasted(options_.name, *attempt.wasted);
    }
    if (attempt.has_shown_text && request.on_restart) request.on_restart();
    if (!attempt.failure.may_retry || count == limits::kModelAttempts)
      return error_of(std::move(attempt.failure), count);
    const auto wait = backoff(count, attempt.failure.retry_after, ports_.random);
    if (!wait || *wait >= deadline - ports_.clock.steady()) return error_of(std::move(attempt.failure), count);
    if (!ports_.waiter.wait(*wait, stop)) return error_of({make_error(Code::cancelled, "was stopped"), false, {}}, count);
    if (auto done = check_limits(request, attempt.request.body.size(), wasted); !done) return done.error();
  }
}

// Held against what the answer may cost at most, so that no limit is passed and then noticed.
Done WireModel::check_limits(const ModelRequest& request, std::size_t body_bytes, const ModelUsage& wasted) const {
  const TokenCounts counts{.fresh_input = static_cast<std::int64_t>(body_bytes) / kLeastBytesPerToken,
                           .cached_input = 0,
                           .cache_write = 0,
                           .output = request.max_output_tokens};
  const ModelUsage most = usage_of(counts, options_.prices);
  const auto refuse = [&](const SpendLimit& limit) {
    return make_error(Code::limit_exceeded, options_.name + " was not asked: " + limit.words + " is reached.");
  };
  if (request.cost_micros && most.cost_micros > 0 && most.cost_micros + wasted.cost_micros > request.cost_micros->left)
    return refuse(*request.cost_micros);
  if (request.tokens && most.input_tokens + most.output_tokens + wasted.input_tokens + wasted.output_tokens > request.tokens->left) return refuse(*request.tokens);
  return {};
}

void WireModel::ask(Attempt& attempt, const std::stop_token& stop) const {
  const std::unique_ptr<AnswerFormat> format = dialect_->answer_format();
  AnswerBuilder builder(attempt.on_text);
  if (attempt.may_be_empty) builder.allow_nothing();
  AnswerReader reader(*format, builder);
  attempt.wasted.reset();
  attempt.request.on_body = [&](const HttpHead& head, std::string_view bytes) { return reader.take(head, bytes); };
  const HttpAnswer answer = ports_.http.send(attempt.request, stop);
  attempt.request.on_body = nullptr;  // it names objects of this call
  const bool is_success = answer.head.status >= 200 && answer.head.status < 300;
  if (answer.end == HttpEnd::complete && is_success) reader.end();
  attempt.has_shown_text = builder.has_shown_text();
  // The server began to answer, so the request is on the bill, and what came of the answer.
  const ModelUsage spent = is_success ? builder.spent(options_.prices, attempt.request.body.size()) : ModelUsage{};
  const bool is_usable = builder.has_failed() || builder.is_finished();  // all that counts may be here although the connection broke
  if (!is_success || answer.end == HttpEnd::cancelled || !is_usable) {
    attempt.failure = failure_of(answer, ports_.clock.now());
    if (is_success) attempt.wasted = spent;
    return;
  }
  auto reply = builder.take(options_.prices, attempt.request.body.size());
  if (reply) {
    reply->model = options_.name;
    if (reply->stop == StopReason::length && reply->calls.empty()) reply->notice = "The answer of " + options_.name + " was cut off: it reached its length.";
    attempt.reply = std::move(*reply);
  } else {
    attempt.failure = std::move(reply.error());
    attempt.wasted = spent;
  }
}

Error WireModel::error_of(WireFailure failure, int attempts) const {
  Error error = std::move(failure.error);
  error.message = without_secret(options_.name + " " + error.message + (attempts > 1 ? ", asked " + std::to_string(attempts) + " times." : "."), options_.key);
  error.detail = without_secret(printable_line(error.detail), options_.key);
  return error;
}

Result<std::string> check_base_url(std::string_view url, bool has_key, const std::string& model_name) {
  const auto refuse = [&](std::string_view what) {
    return make_error(Code::invalid_argument, "The base_url of " + model_name + " " + std::string(what));
  };
  while (!url.empty() && url.back() == '/') url.remove_suffix(1);
  const bool is_secure = starts_with_ignoring_case(url, "https://");
  if (!is_secure && !starts_with_ignoring_case(url, "http://")) return refuse("must begin with https:// or http://.");
  const std::string_view rest = url.substr(is_secure ? 8 : 7);
  const std::string_view authority = rest.substr(0, rest.find('/'));
  if (authority.empty() || url.size() > limits::kUrlBytes || !std::all_of(url.begin(), url.end(), [](char byte) { return byte > 0x20 && byte < 0x7F; }))
    return refuse("is no address.");
  if (url.find_first_of("?#@\\") != std::string_view::npos) return refuse("must be a plain address without \"?\", \"#\" or \"@\".");
  const std::size_t end = authority.front() == '[' ? authority.find(']') + 1 : authority.find(':');
  const std::string host = to_lower(authority.substr(0, end));
  if (has_key && !is_secure && !is_own_network(host)) return refuse("would send the key unencrypted; use https://.");
  return std::string(url);
}

Done check_options(WireOptions& options, std::string_view default_base_url) {
  if (options.name.empty()) return make_error(Code::invalid_argument, "A model needs a name.");
  if (trim(options.model).empty())
    return make_error(Code::invalid_argument, "The provider " + options.name + " needs a model: what its server calls it.");
  auto url = check_base_url(options.base_url.empty() ? default_base_url : std::string_view(options.base_url), !options.key.empty(), options.name);
  if (!url) return url.error();
  options.base_url = std::move(*url);
  return {};
}

}  // namespace deskhand::model
