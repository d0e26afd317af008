// A conversation with the embedded model without the program around it: what the owner says goes in, proposed calls come out,
// and the test says what became of them. Each model answer is made from the messages alone, as after a restart.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "ports/model.h"

namespace deskhand::embedded_test {

struct Scripted {            // what a tool answers when it is called next
  bool ok = true;
  std::string text, code, offer, parked, undo;
  std::string data;          // JSON
  std::vector<Choice> list;
};

class Talk {
 public:
  Talk();
  // Says it, runs the calls and asks again until there are none, as the agent does. Returns the calls, a line each, and the
  // words at the end: "create_contact {...}\n= Done."
  std::string say(const std::string& text);
  // The first answer of the model only.
  ModelReply hear(const std::string& text);
  // The next call of that tool ends like this.
  void will(const std::string& tool, Scripted result);
  void drop_tool(const std::string& name);
  ModelRequest request;

 private:
  ModelReply ask() const;
  void answer(const ProposedCall& call);
  std::deque<std::pair<std::string, Scripted>> scripted_;
  int made_ = 0;
};

// The tools as the program offers them (offered_tools.json), and the model from prompts/embedded.
std::vector<OfferedTool> offered_tools();
Model& model();

}  // namespace deskhand::embedded_test
