#include <ostream>

#include "app/commands.h"
#include "app/sample_business.h"
#include "base/json.h"
#include "base/text.h"

namespace deskhand::app {

int run_init(const GlobalOptions& options, bool sample, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  if (sample)
    if (auto done = fill_with_sample(runtime); !done) return report(done.error(), options, console);
  if (options.json) {
    console.out << to_text(OrderedJson{{"ok", true}, {"data", runtime.config().data}, {"org", runtime.org().slug}, {"sample", sample}}) << "\n";
  } else {
    console.out << (runtime.first_start() ? "Made: " : "There already: ") << runtime.database_path() << ", the record of " << printable_line(runtime.org().name) << ".\n";
    if (sample) console.out << "It holds a sample business now; try `deskhand chat`.\n";
  }
  return kExitDone;
}

}  // namespace deskhand::app
