// Words of a model appear on a real terminal while its answer is still on the way: the vendor says the rest only when the test
// has seen the beginning on the screen.
#include <gtest/gtest.h>

#include <condition_variable>
#include <fstream>
#include <mutex>

#include "tests/support/program.h"
#include "tests/support/pseudo_terminal.h"
#include "tests/support/vendor_server/vendor_server.h"

namespace deskhand::test {
namespace {

constexpr const char* kKey = "test-key-of-no-vendor-0123456789";

// One gate between the test and the vendor's thread.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    wake_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return is_open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  bool is_open_ = false;
};

// The end of the event with which so many pieces of the text have been sent.
std::size_t after_pieces(const std::string& stream, int pieces) {
  std::size_t end = 0;
  for (int seen = 0; seen < pieces && end != std::string::npos;) {
    const std::size_t begin = end;
    end = stream.find("\n\n", begin);
    if (end == std::string::npos) return stream.size();
    end += 2;
    const std::string event = stream.substr(begin, end - begin);
    if (event.find("\"content\":\"") != std::string::npos || event.find("text_delta") != std::string::npos) ++seen;
  }
  return end;
}

class StreamedWords : public ::testing::TestWithParam<Vendor> {};

TEST_P(StreamedWords, stand_on_the_terminal_before_the_answer_is_over) {
  const bool is_openai = GetParam() == Vendor::openai;
  VendorServer vendor(GetParam(), kKey);
  VendorAnswer answer;
  answer.text = "We open at eight in the morning. Lunch is at noon every day. The doors close at five.";
  const std::string stream = is_openai ? chat_stream(answer, false) : messages_stream(answer);
  const std::size_t half = after_pieces(stream, 13);  // of five bytes each: well into the third sentence
  Gate gate;
  vendor.play([&](Connection& connection, const ReceivedRequest&) {
    connection.send(chunked_head(200, {{"Content-Type", "text/event-stream"}}) + chunk(stream.substr(0, half)));
    gate.wait();
    connection.send(chunk(stream.substr(half)) + chunk(""));
  });
  const Folder folder;
  const std::string config = folder.path() + "/config.yaml";
  std::ofstream(config) << "model:\n  chain: [local]\n  providers:\n    local: {kind: " << (is_openai ? "openai" : "anthropic")
                        << ", base_url: \"" << vendor.base_url() << "\", model: test, key: env:DESKHAND_TEST_KEY}\n";
  PseudoTerminal terminal({program(), "--data", folder.path() + "/data", "--config", config, "chat"}, {{"DESKHAND_TEST_KEY", kKey}});
  const std::string prompt = terminal.screen_with("you> ");
  ASSERT_NE(prompt.find("you> "), std::string::npos) << prompt;
  terminal.type("What are our opening hours?\r");
  const std::string early = terminal.screen_with("Lunch is", prompt.size());
  EXPECT_NE(early.find("We open at eight in the morning."), std::string::npos) << early;
  EXPECT_EQ(early.find("close at five"), std::string::npos) << "the vendor has not said it yet";
  gate.open();
  const std::string whole = terminal.screen_with("you> ", early.size());
  EXPECT_NE(whole.find("The doors close at five."), std::string::npos) << whole;
  EXPECT_EQ(whole.find("We open at eight", early.size()), std::string::npos) << "said twice: " << whole;
  EXPECT_TRUE(vendor.broken().empty()) << vendor.broken().front();
}

INSTANTIATE_TEST_SUITE_P(OfBothVendors, StreamedWords, ::testing::Values(Vendor::openai, Vendor::anthropic),
                         [](const auto& info) { return info.param == Vendor::openai ? "openai" : "anthropic"; });

}  // namespace
}  // namespace deskhand::test
