// What two vendors' formats differ in: the body of a request and how an answer reads. Everything else (sending, deadlines,
// retries, bounds, keys, prices) is WireModel's.
//
// Thread rule: a Dialect may be called from several threads; a reader belongs to one answer.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json_fwd.h"
#include "base/result.h"
#include "model/wire_answer.h"
#include "model/wire_key.h"
#include "net/sse.h"
#include "ports/http_client.h"
#include "ports/model.h"

namespace deskhand::model {

class AnswerFormat {
 public:
  virtual ~AnswerFormat() = default;
  virtual void read_event(const net::ServerEvent& event, AnswerBuilder& answer) = 0;  // of a stream
  virtual void read_whole(const Json& body, AnswerBuilder& answer) = 0;               // without one
};

class Dialect {
 public:
  virtual ~Dialect() = default;
  virtual bool can_stream() const = 0;
  virtual std::string path() const = 0;  // below the base URL
  virtual std::vector<HttpHeader> headers(const Secret& key) const = 0;
  // invalid_argument: a tool that no vendor takes; limit_exceeded: longer than limits::kModelRequestBytes.
  virtual Result<std::string> body(const ModelRequest& request, bool stream) const = 0;
  virtual std::unique_ptr<AnswerFormat> answer_format() const = 0;
};

// Reads the body of one answer in whichever form it comes: a server may stream unasked, or not stream when asked.
class AnswerReader {
 public:
  AnswerReader(AnswerFormat& format, AnswerBuilder& answer);
  HttpFlow take(const HttpHead& head, std::string_view bytes);
  void end();  // after the last byte

 private:
  void take_events(std::string_view bytes);

  AnswerFormat& format_;
  AnswerBuilder& answer_;
  net::EventStreamReader events_;
  bool is_stream_ = false;
  std::string whole_;
};

}  // namespace deskhand::model
