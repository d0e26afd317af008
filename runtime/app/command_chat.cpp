#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "app/commands.h"
#include "app/first_start.h"
#include "app/reloading_inbox.h"
#include "base/limits.h"
#include "base/text.h"
#include "channel/terminal/chat.h"

namespace deskhand::app {
namespace {

// Terminals that can't show colour say so; NO_COLOR is the common wish (no-color.org).
bool wants_colour() {
  const char* term = std::getenv("TERM");
  return isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr && term != nullptr && std::string_view(term) != "dumb";
}

Result<std::string> greeting(Runtime& runtime) {
  std::int64_t waiting = 0;
  const Done done = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    auto count = txn.approvals().count_pending();
    if (!count) return count.error();
    waiting = *count;
    return {};
  });
  if (!done) return done.error();
  std::string text = "Deskhand for " + printable_line(runtime.org().name) + ". Say what you want done; /help shows examples.";
  if (waiting > 0) text += "\n" + count_of(static_cast<std::size_t>(waiting), "card waits", "cards wait") + " for your answer: /approvals";
  return text;
}

}  // namespace

int run_chat_command(const GlobalOptions& options, bool explain, Console console) {
  const bool terminal = !options.json && isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
  if (terminal)
    if (auto done = ask_first_questions(options, std::cin, console.out); !done) return report(done.error(), options, console);
  auto session = Session::open(options, Session::Needs::agent, true);
  if (!session) return report(session.error(), options, console);
  ReloadingInbox inbox(options, std::move(*session));
  const std::shared_ptr<Session> opened = inbox.session();
  Runtime& runtime = opened->runtime();
  // What a crash left behind leaves now, or is settled, before anything new is said.
  auto leftovers = runtime.deliver();
  if (!leftovers) return report(leftovers.error(), options, console);
  auto picked_up = runtime.resume();
  if (!picked_up) return report(picked_up.error(), options, console);
  if (!terminal)
    for (const std::string& line : *picked_up) (options.json ? console.err : console.out) << line << "\n";
  channel::terminal::ChatOptions chat;
  chat.org = runtime.org().id;
  chat.actor = runtime.actor("terminal");
  chat.json = options.json;
  chat.explain = explain;
  chat.colour = wants_colour();
  auto greeted = greeting(runtime);
  if (!greeted) return report(greeted.error(), options, console);
  chat.greeting = *greeted;
  for (const std::string& line : *leftovers) chat.greeting += "\n" + line;
  for (const std::string& line : *picked_up) chat.greeting += "\n" + line;
  const auto reader = terminal ? channel::terminal::make_editing_reader(runtime.config().data + "/chat_history")
                               : channel::terminal::make_piped_reader(STDIN_FILENO);
  const Done done = channel::terminal::run_chat(inbox, *reader, runtime.clock(), chat, console.out);
  return done ? kExitDone : report(done.error(), options, console);
}

}  // namespace deskhand::app
