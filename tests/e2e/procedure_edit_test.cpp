// The procedure is the program: an edited file is seen at the next start, and by SIGHUP in a chat that is up.
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

#include "base/json.h"
#include "base/text.h"
#include "tests/support/program.h"

namespace deskhand::test {
namespace {

const std::string kSource = DESKHAND_SOURCE_DIR;

// A business with a configuration and a procedure file of its own.
class OwnProcedure : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* module : {"estimating.md", "scheduling.md", "invoicing.md", "nurture.md"})
      write(module, read_file(kSource + "/procedures/" + module));
    text_ = read_file(kSource + "/procedures/crm.md");
    write("crm.md", text_);
    write("config.yaml", "procedures: [\"" + folder_.path() + "/crm.md\"]\n");
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_.path() + "/" + name, std::ios::binary | std::ios::trunc) << text;
  }
  std::string config() const { return folder_.path() + "/config.yaml"; }
  std::string data() const { return folder_.path() + "/data"; }
  static std::string text_of(const std::string& reply) {
    const auto parsed = parse_json(reply, 1 << 20);
    return parsed ? parsed->value("reply", "") : "no reply: " + reply;
  }

  Folder folder_;
  std::string text_;
};

TEST_F(OwnProcedure, is_read_again_between_two_messages_when_the_signal_comes) {
  Talk talk(data(), {"--config", config()});
  EXPECT_EQ(text_of(talk.say("newest customers")).find("Read again"), std::string::npos);
  write("crm.md", replace_all(text_, "3 business days", "5 business days"));
  EXPECT_EQ(text_of(talk.say("newest customers")).find("Read again"), std::string::npos)
      << "nothing is read without the signal";
  ::kill(talk.process(), SIGHUP);
  const std::string reply = text_of(talk.say("newest customers"));
  EXPECT_EQ(reply.find("Read again: "), 0u) << reply;
  EXPECT_EQ(text_of(talk.say("newest customers")).find("Read again"), std::string::npos) << "once";
}

TEST_F(OwnProcedure, stays_as_it_was_when_the_new_one_would_not_start) {
  Talk talk(data(), {"--config", config()});
  ASSERT_NE(talk.say("hello"), "");
  write("crm.md", text_ + "\n## Hard Stops\n\n- **Never work on a Sunday.** It is a day of rest.\n");
  ::kill(talk.process(), SIGHUP);
  const std::string reply = text_of(talk.say("newest customers"));
  EXPECT_NE(reply.find("crm.md line "), std::string::npos) << reply;
  EXPECT_NE(reply.find("goes on with the earlier ones"), std::string::npos) << reply;
  EXPECT_NE(talk.say("newest customers"), "");
}

TEST_F(OwnProcedure, is_named_with_its_line_when_a_promise_that_nothing_keeps_stops_the_start) {
  write("crm.md", text_ + "\n## Hard Stops\n\n- **Never work on a Sunday.** It is a day of rest.\n");
  const Ran ran = run({program(), "--data", data(), "--config", config(), "chat", "--json"}, "hello\n");
  EXPECT_NE(ran.status, 0);
  EXPECT_NE(ran.err.find("crm.md line "), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace deskhand::test
