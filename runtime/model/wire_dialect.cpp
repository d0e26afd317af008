#include "model/wire_dialect.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::model {

AnswerReader::AnswerReader(AnswerFormat& format, AnswerBuilder& answer)
    : format_(format), answer_(answer), events_([this](const net::ServerEvent& event) {
        format_.read_event(event, answer_);
        return !answer_.has_enough();
      }) {}

HttpFlow AnswerReader::take(const HttpHead& head, std::string_view bytes) {
  if (answer_.has_enough()) return HttpFlow::enough;
  is_stream_ = is_stream_ || (whole_.empty() && head.header("content-type").find("text/event-stream") != std::string_view::npos);
  if (is_stream_) {
    take_events(bytes);
  } else if (whole_.size() + bytes.size() > limits::kModelAnswerBytes) {
    answer_.fail({make_error(Code::limit_exceeded, "gave an answer that is far too long"), false, {}});
  } else {
    whole_ += bytes;
  }
  return answer_.has_enough() ? HttpFlow::enough : HttpFlow::more;
}

void AnswerReader::end() {
  if (is_stream_ || answer_.has_failed()) return;
  const std::string_view text = trim(whole_);
  if (text.empty()) return answer_.fail({make_error(Code::unavailable, "gave an empty answer"), true, {}});
  if (text.front() == '<') return answer_.fail({make_error(Code::unavailable, "answered with a web page; check base_url, or sign in to the network"), false, {}});
  if (text.substr(0, 5) == "data:" || text.substr(0, 6) == "event:" || text.front() == ':') return take_events(whole_);
  auto body = parse_server_json(whole_, limits::kModelAnswerBytes);
  if (!body) return answer_.fail(not_understood(body.error().message));
  format_.read_whole(*body, answer_);
}

void AnswerReader::take_events(std::string_view bytes) {
  if (const Done done = events_.take(bytes); !done) answer_.fail({make_error(Code::limit_exceeded, "gave an answer that is far too long"), false, {}});
}

}  // namespace deskhand::model
