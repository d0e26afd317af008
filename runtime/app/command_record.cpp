#include <unistd.h>

#include <iostream>

#include "app/commands.h"
#include "app/recorded_session.h"
#include "base/json.h"
#include "base/text.h"
#include "channel/terminal/chat.h"

namespace deskhand::app {

int run_recorded_chat(const GlobalOptions& options, const std::string& file, Console console) {
  auto session = RecordedSession::open(options, file);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  const bool terminal = !options.json && isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
  channel::terminal::ChatOptions chat;
  chat.org = runtime.org().id;
  chat.actor = runtime.actor("terminal");
  chat.json = options.json;
  chat.greeting =
      "Deskhand for " + printable_line(runtime.org().name) + ". This chat is recorded to " + printable_line(file) + ".";
  const auto reader =
      terminal ? channel::terminal::make_editing_reader("") : channel::terminal::make_piped_reader(STDIN_FILENO);
  const Done done = channel::terminal::run_chat(**session, *reader, runtime.clock(), chat, console.out);
  return done ? kExitDone : report(done.error(), options, console);
}

int run_replay(const GlobalOptions& options, const std::string& file, Console console) {
  auto verdict = replay(options, file);
  if (!verdict) return report(verdict.error(), options, console);
  const bool same = verdict->difference.empty() && verdict->same == verdict->messages;
  if (options.json)
    console.out << to_text(OrderedJson{
                       {"messages", verdict->messages}, {"same", verdict->same}, {"difference", verdict->difference}})
                << "\n";
  else
    console.out << verdict->same << " of "
                << count_of(static_cast<std::size_t>(verdict->messages), "message", "messages")
                << " answered as recorded" << (verdict->difference.empty() ? "" : ": " + verdict->difference) << "\n";
  return same ? kExitDone : kExitFailed;
}

}  // namespace deskhand::app
