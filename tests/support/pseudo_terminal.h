// A program on a terminal of its own, as somebody at a keyboard has it.
//
// Thread rule: one thread. The destructor hangs up, ends the program and waits for it.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace deskhand::test {

class PseudoTerminal {
 public:
  explicit PseudoTerminal(const std::vector<std::string>& words, const std::map<std::string, std::string>& environment = {});
  ~PseudoTerminal();
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;

  void type(const std::string& keys);
  // Everything on the screen since the start, up to now, once `words` stand in it behind byte `from`; waits for them. What has
  // come when the program ends, or after a minute of silence.
  std::string screen_with(const std::string& words, std::size_t from = 0);

 private:
  int master_ = -1, process_ = -1;
  std::string screen_;
};

}  // namespace deskhand::test
