#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <ostream>

#include "api/mcp_server.h"
#include "app/commands.h"
#include "app/line_splitter.h"
#include "base/limits.h"

namespace deskhand::app {
namespace {

// Reads what has come, at most one piece; false when the input has ended. With `wait`, until something comes.
bool read_piece(LineSplitter& lines, bool wait, bool& ended) {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  int ready = 0;
  do ready = ::poll(&input, 1, wait ? -1 : 0);
  while (ready < 0 && errno == EINTR);
  if (ready <= 0) return false;
  char buffer[64 * 1024];
  ssize_t count = 0;
  do count = ::read(STDIN_FILENO, buffer, sizeof buffer);
  while (count < 0 && errno == EINTR);
  if (count <= 0) {
    ended = true;
    lines.finish();
    return false;
  }
  lines.take({buffer, static_cast<std::size_t>(count)});
  return true;
}

}  // namespace

// One client on standard input and output; it ends when the client closes its side. Nothing else is written to standard
// output.
int run_mcp(const GlobalOptions& options, const std::string& version, Console console) {
  auto session = Session::open(options, Session::Needs::agent, true);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  auto leftovers = runtime.deliver();
  if (!leftovers) return report(leftovers.error(), options, console);
  auto picked_up = runtime.resume();
  if (!picked_up) return report(picked_up.error(), options, console);
  for (const std::string& line : *picked_up) console.err << "deskhand: " << line << "\n";
  api::McpOptions mcp;
  mcp.org = runtime.org().id;
  mcp.person = runtime.actor("mcp");
  mcp.business_name = runtime.org().name;
  mcp.program_version = version;
  mcp.procedure_version = runtime.procedure_version();
  mcp.requests = runtime.requests();
  mcp.procedures = runtime.procedure_documents();
  const auto send = [&](const std::string& line) { console.out << line << "\n" << std::flush; };
  const auto deliver = [&] {
    if (auto delivered = runtime.deliver(); !delivered)
      console.err << "deskhand: " << delivered.error().message << "\n";
  };
  api::McpServer server(runtime.toolbox(), std::move(mcp), send, deliver);
  LineSplitter lines(
      limits::kMcpLineBytes, [&](std::string_view line) { server.receive(line); }, [&] { server.receive_oversize(); });
  bool ended = false;
  while (!ended && console.out) {
    read_piece(lines, true, ended);
    do {
      // What has come meanwhile is looked at before each answer: a cancellation reaches the requests that still wait.
      if (!ended) read_piece(lines, false, ended);
    } while (server.answer_next());
  }
  return kExitDone;
}

}  // namespace deskhand::app
