#include <chrono>
#include <ostream>

#include "app/commands.h"
#include "app/simulate/simulation.h"
#include "base/json.h"

namespace deskhand::app {

int run_simulate(const GlobalOptions& options, const SimulationWish& wish, Console console) {
  simulate::Wish one;
  one.days = wish.days;
  one.customers = wish.customers;
  one.share = options.share;
  bool all_held = true;
  for (int number = 0; number < wish.runs; ++number) {
    one.seed = wish.seed + static_cast<std::uint64_t>(number);
    const auto begun = std::chrono::steady_clock::now();
    auto told = simulate::simulate(one);
    if (!told)
      return report(make_error(told.error().code, "seed " + std::to_string(one.seed) + ": " + told.error().message,
                               told.error().detail),
                    options, console);
    const auto took_ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count();
    all_held = all_held && told->violation.empty();
    if (options.json) {
      console.out << to_text(OrderedJson{{"seed", one.seed},
                                         {"days", one.days},
                                         {"customers", one.customers},
                                         {"zone", told->zone},
                                         {"steps", told->steps},
                                         {"mails_in", told->mails_in},
                                         {"leads", told->leads},
                                         {"jobs", told->jobs},
                                         {"sent", told->sent},
                                         {"notices", told->notices},
                                         {"wins", told->wins},
                                         {"restarts", told->restarts},
                                         {"faults", told->faults},
                                         {"days_off", told->days_off},
                                         {"checks", told->checks},
                                         {"violation", told->violation},
                                         {"took_ms", took_ms}})
                  << "\n";
      continue;
    }
    console.out << "seed " << one.seed << ": " << one.days << " days in " << told->zone << ", " << told->steps
                << " steps, " << told->mails_in << " mails in, " << told->leads << " leads, " << told->jobs << " jobs, "
                << told->sent << " messages and " << told->notices << " notices sent, " << told->wins << " won, "
                << told->restarts << " restarts, " << told->faults << " disk faults, " << told->days_off << " days off; " << told->checks << " checks in " << took_ms
                << " ms\n";
    if (!told->violation.empty())
      console.err << "deskhand: seed " << one.seed << " broke a promise on " << told->violation
                  << ". `deskhand simulate --seed " << one.seed << " --days " << one.days << " --customers "
                  << one.customers << "` plays it again.\n";
  }
  return all_held ? kExitDone : kExitFailed;
}

}  // namespace deskhand::app
