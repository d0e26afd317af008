#include <ostream>

#include "app/commands.h"
#include "app/sample_business.h"
#include "app/system_ports.h"
#include "base/json.h"
#include "base/text.h"

namespace deskhand::app {

namespace {

// A sample's business opened its book two weeks ago, so its clock begins there. Returns the moment that is now.
Result<Instant> begin_earlier(GlobalOptions& options) {
  Instant now = SystemClock().now();
  if (!options.now.empty()) {
    auto pinned = parse_rfc3339(options.now);
    if (!pinned) return make_error(Code::invalid_argument, "--now: " + pinned.error().message);
    now = *pinned;
  }
  constexpr std::int64_t kDayUs = 24LL * 3600 * 1'000'000;
  options.now = to_rfc3339({now.us - (kSampleDaysBack + 1) * kDayUs});
  return now;
}

}  // namespace

int run_init(const GlobalOptions& given, bool sample, Console console) {
  GlobalOptions options = given;
  Instant now{};
  if (sample) {
    auto moment = begin_earlier(options);
    if (!moment) return report(moment.error(), given, console);
    now = *moment;
  }
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  if (sample)
    if (auto done = fill_with_sample(runtime, *(*session)->pinned_clock(), now); !done) return report(done.error(), options, console);
  if (options.json) {
    console.out << to_text(OrderedJson{{"ok", true}, {"data", runtime.config().data}, {"org", runtime.org().slug}, {"sample", sample}}) << "\n";
  } else {
    console.out << (runtime.first_start() ? "Made: " : "There already: ") << runtime.database_path() << ", the record of " << printable_line(runtime.org().name) << ".\n";
    if (sample) console.out << "It holds a sample business now; try `deskhand chat`.\n";
  }
  return kExitDone;
}

}  // namespace deskhand::app
