// A model vendor on this machine: it refuses what the vendor refuses, with the vendor's status and words, and otherwise plays
// the next step of a script: an answer in the vendor's own format, or a fault.
//
// Thread rule: plays may be added and looked at from any thread; requests that come at once take plays in the order they came.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/json.h"
#include "tests/support/vendor_server/loopback_server.h"
#include "tests/support/vendor_server/rules.h"

namespace deskhand::test {

struct VendorCall {
  std::string id, tool, arguments;
};

struct VendorAnswer {
  std::string text;
  std::vector<VendorCall> calls;
  std::string stop = "stop";          // OpenAI's word; "tool_calls" is put when there are calls and this is "stop"
  std::string refusal;
  int input_tokens = 100, cached_tokens = 0, cache_write_tokens = 0, output_tokens = 20;
  std::size_t piece_bytes = 5;        // how finely a stream cuts text and arguments; a character may be cut in its escapes
};

enum class Vendor { openai, anthropic };

class VendorServer {
 public:
  using Play = std::function<void(Connection& connection, const ReceivedRequest& request)>;
  VendorServer(Vendor vendor, std::string key, ChatRules rules = {});

  void answer(VendorAnswer answer);
  void refuse(int status, std::vector<std::pair<std::string, std::string>> headers, std::string body);
  void bytes(std::string content_type, std::string body);              // a 200 with whatever
  void break_off(VendorAnswer answer, std::size_t after_bytes);        // a reset after so many bytes of the body
  void play(Play play);

  std::string base_url() const;  // as configuration would name it
  std::vector<ReceivedRequest> received() const { return server_->received(); }
  std::vector<Json> bodies() const;          // of the requests, as JSON
  Broken broken() const;                     // rules that requests broke, and requests that no play was left for
  std::size_t plays_left() const;

 private:
  void serve(Connection& connection, const ReceivedRequest& request);
  bool refuses(Connection& connection, const ReceivedRequest& request);
  void note(std::string line);

  const Vendor vendor_;
  const std::string key_;
  const ChatRules rules_;
  mutable std::mutex mutex_;
  std::deque<Play> plays_;
  Broken broken_;
  std::unique_ptr<LoopbackServer> server_;  // last: its threads use the members above
};

// The bodies of answers as the vendors write them.
std::string chat_whole(const VendorAnswer& answer);
std::string chat_stream(const VendorAnswer& answer, bool with_usage);
std::string messages_whole(const VendorAnswer& answer);
std::string messages_stream(const VendorAnswer& answer);
std::string vendor_error(Vendor vendor, const std::string& type, const std::string& message);

}  // namespace deskhand::test
