// How long a simulated year of a business of 300 customers takes, with its faults and a check after every step. There is
// no floor for it: the time is told, and a broken promise fails. `bench_simulation [DAYS [CUSTOMERS [SEED]]]`.
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "app/simulate/simulation.h"

int main(int count, char** words) {
  deskhand::app::simulate::Wish wish;
  wish.days = count > 1 ? std::atoi(words[1]) : 365;
  wish.customers = count > 2 ? std::atoi(words[2]) : 300;
  wish.seed = count > 3 ? static_cast<std::uint64_t>(std::atoll(words[3])) : 1;
  wish.share = DESKHAND_SOURCE_DIR;
  const auto begin = std::chrono::steady_clock::now();
  const auto told = deskhand::app::simulate::simulate(wish);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (!told) {
    std::printf("bench_simulation: %s\n", told.error().message.c_str());
    return 1;
  }
  std::printf("simulation, seed %llu: %d days, %d customers, %lld steps, %lld checks in %.1f s (%.1f days a second)%s%s\n",
              static_cast<unsigned long long>(wish.seed), wish.days, wish.customers, static_cast<long long>(told->steps),
              static_cast<long long>(told->checks), seconds, wish.days / seconds, told->violation.empty() ? "" : ": ",
              told->violation.c_str());
  return told->violation.empty() ? 0 : 1;
}
