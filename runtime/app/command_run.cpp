#include <map>
#include <ostream>

#include "app/commands.h"
#include "base/json.h"
#include "base/text.h"

namespace deskhand::app {

// The procedure's scheduled behaviours on demand. What they report comes from the same tools as in the chat.
int run_behaviour(const GlobalOptions& options, const std::string& which, Console console) {
  if (which == "due") return run_due(options, console);
  static const std::map<std::string, std::vector<std::string>> kBehaviours{
      {"daily", {"stale_leads", "morning_list"}}, {"weekly", {"pipeline_summary"}}, {"monthly", {"win_loss_summary"}}};
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  OrderedJson all{{"behaviour", which}};
  bool first = true;
  for (const std::string& tool : kBehaviours.at(which)) {
    const toolbox::CallResult result = (*session)->runtime().call(tool, "{}", "clock");
    if (!result.ok) return report(make_error(result.code, result.error, result.error_detail), options, console);
    if (options.json) all[tool] = {{"text", result.text}, {"result", result.data ? OrderedJson(*result.data) : OrderedJson(nullptr)}};
    else console.out << (first ? "" : "\n") << printable(result.text) << "\n";
    first = false;
  }
  if (options.json) console.out << to_text(all) << "\n";
  return kExitDone;
}

}  // namespace deskhand::app
