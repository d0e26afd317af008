#include "model/wire_retry.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <condition_variable>
#include <mutex>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::model {
namespace {

class SleepingWaiter final : public Waiter {
 public:
  bool wait(Milliseconds time, std::stop_token stop) override {
    std::mutex mutex;
    std::condition_variable_any nobody;
    std::unique_lock lock(mutex);
    nobody.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
  }
};

WireFailure failure(Code code, std::string words, bool may_retry, std::string detail = {}) {
  return {make_error(code, std::move(words), std::move(detail)), may_retry, {}};
}

WireFailure failure_of_end(const HttpAnswer& answer) {
  const auto unavailable = [&](std::string words, bool may_retry) { return failure(Code::unavailable, std::move(words), may_retry, answer.detail); };
  switch (answer.end) {
    case HttpEnd::invalid: return failure(Code::invalid_argument, "has an address that can not be used; check base_url", false, answer.detail);
    case HttpEnd::not_sent: return unavailable("could not be reached", true);
    case HttpEnd::untrusted: return unavailable("could not prove who it is (its certificate is not trusted)", false);
    case HttpEnd::cancelled: return failure(Code::cancelled, "was stopped", false);
    case HttpEnd::no_answer: return unavailable("did not answer in time", false);  // the next of the chain gets the time that is left
    case HttpEnd::stalled: return unavailable("stopped in the middle of its answer", true);
    case HttpEnd::overtime: return unavailable("took too long to answer", false);
    case HttpEnd::too_large: return failure(Code::limit_exceeded, "gave an answer that is far too long", false, answer.detail);
    case HttpEnd::broken_off:
    case HttpEnd::complete: break;
  }
  return unavailable("broke off in the middle of its answer", true);
}

// "Wed, 21 Oct 2026 07:28:00 GMT"; the two older forms of the date are not sent by anyone today.
std::optional<Instant> read_http_date(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 29 || text.substr(25) != " GMT") return std::nullopt;
  const auto month = std::find(kMonths.begin(), kMonths.end(), text.substr(8, 3));
  if (month == kMonths.end()) return std::nullopt;
  const auto number = std::to_string(month - kMonths.begin() + 1);
  const std::string day = std::string(text.substr(12, 4)) + (number.size() == 1 ? "-0" : "-") + number + "-" + std::string(text.substr(5, 2));
  auto instant = parse_rfc3339(day + "T" + std::string(text.substr(17, 8)) + "Z");
  if (!instant) return std::nullopt;
  return *instant;
}

std::optional<double> read_number(std::string_view text) {
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size() || !(value >= 0) || value > 1e9) return std::nullopt;
  return value;
}

}  // namespace

std::unique_ptr<Waiter> make_waiter() { return std::make_unique<SleepingWaiter>(); }

WireFailure failure_of(const HttpAnswer& answer, Instant now) {
  const int status = answer.head.status;
  if (answer.end != HttpEnd::complete || (status >= 200 && status < 300)) return failure_of_end(answer);
  const std::string http = " (HTTP " + std::to_string(status) + ")";
  auto body = parse_server_json(answer.body, limits::kHttpErrorBytes);
  const VendorWords words = body ? vendor_words(*body) : VendorWords{};
  const std::string detail = words.type + (words.code.empty() ? "" : " " + words.code) + (words.message.empty() ? "" : ": " + words.message);
  const std::string says = words.message.empty() ? "" : ": " + words.message;
  if (status >= 300 && status < 400) return failure(Code::unavailable, "sends us to another address" + http + "; check base_url", false);
  if (status == 401 || status == 403 || status == 407) return failure(Code::unavailable, "did not accept the key" + http + "; check it", false);
  if (status == 402 || words.code == "insufficient_quota" || words.type == "insufficient_quota" || words.type == "billing_error")
    return failure(Code::unavailable, "has no credit left" + http, false, detail);
  if (status == 404) return failure(Code::unavailable, "does not know that address or model" + http + says, false, detail);
  if (status == 413) return failure(Code::invalid_argument, "finds the request too large" + http, false, detail);
  WireFailure result;
  if (status == 429) result = failure(Code::unavailable, "has had too many requests" + http, true, detail);
  else if (status == 529 || words.type == "overloaded_error") result = failure(Code::unavailable, "is overloaded" + http, true, detail);
  else if (status == 408 || status == 409 || status == 425 || status >= 500) result = failure(Code::unavailable, "is out of order" + http, true, detail);
  else result = failure(Code::invalid_argument, "refused the request" + http + says, false, detail);
  if (result.may_retry) result.retry_after = retry_after_of(answer.head, now);
  return result;
}

std::optional<Milliseconds> retry_after_of(const HttpHead& head, Instant now) {
  if (auto exact = read_number(head.header("retry-after-ms"))) return Milliseconds(static_cast<std::int64_t>(*exact));
  const std::string_view value = head.header("retry-after");
  if (auto seconds = read_number(value)) return Milliseconds(static_cast<std::int64_t>(*seconds * 1000));
  if (auto date = read_http_date(value)) return Milliseconds(std::max<std::int64_t>(0, (date->us - now.us) / 1000));
  return std::nullopt;
}

std::optional<Milliseconds> backoff(int attempt, std::optional<Milliseconds> retry_after, Random& random) {
  const auto share = static_cast<std::int64_t>(random.next() % 1000);  // so that many who were refused do not come back together
  if (retry_after) {
    if (retry_after->count() > limits::kModelRetryAfterMaxMs) return std::nullopt;
    return *retry_after + Milliseconds(retry_after->count() * share / 4000 + share / 10);
  }
  const std::int64_t whole = std::min<std::int64_t>(limits::kModelBackoffMaxMs, static_cast<std::int64_t>(limits::kModelBackoffMs) << std::min(attempt - 1, 10));
  return Milliseconds(whole / 2 + whole * share / 2000);
}

}  // namespace deskhand::model
