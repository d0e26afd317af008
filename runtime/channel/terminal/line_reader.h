// Where the chat's lines come from: an editor with history on a terminal, else one message a line.
//
// Thread rule: one thread. Ownership: the caller owns the reader.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace deskhand::channel::terminal {

class LineReader {
 public:
  virtual ~LineReader() = default;
  struct Line {
    std::string text;
    bool interrupted = false;  // Ctrl-C: what was typed is dropped
  };
  // nullopt at the end of input (Ctrl-D). Lines longer than limits::kChatLineBytes come cut one byte over it, so that the
  // inbox refuses them; the rest of such a line is skipped.
  virtual std::optional<Line> next(const std::string& prompt) = 0;
  // Drops what was typed ahead, so that a key meant for an earlier question can not answer a new card.
  virtual void forget_typed_ahead() = 0;
  // Runs `work` with a token that Ctrl-C stops, where the reader has Ctrl-C to itself.
  virtual void run_stoppable(const std::function<void(std::stop_token)>& work) { work({}); }
  virtual bool is_terminal() const = 0;
  virtual int width() const = 0;
};

std::unique_ptr<LineReader> make_piped_reader(int descriptor);
// History is kept in `history_file` ("" for none), the last 500 lines. A paste of several lines becomes one message.
std::unique_ptr<LineReader> make_editing_reader(const std::string& history_file);

}  // namespace deskhand::channel::terminal
