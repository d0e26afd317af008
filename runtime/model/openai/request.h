// The body of a Chat Completions request.
//
// Thread rule: thread-safe; the text of the tools is kept from one request to the next, because it is most of the bytes and
// hardly ever changes.
#pragma once

#include <string>

#include "base/result.h"
#include "model/openai/capabilities.h"
#include "model/wire_tools.h"
#include "ports/model.h"

namespace deskhand::model::openai {

class RequestWriter {
 public:
  RequestWriter(std::string model, const Capabilities& capabilities);
  // invalid_argument: a tool that can not be offered; limit_exceeded: too long.
  Result<std::string> write(const ModelRequest& request, bool stream) const;

 private:
  std::string model_;
  Capabilities capabilities_;
  WireTools tools_;
  KeptJson system_;
};

}  // namespace deskhand::model::openai
