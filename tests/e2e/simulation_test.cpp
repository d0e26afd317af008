// A synthetic business from a hundred seeds, each two weeks with faults: no promise of the design is broken at any step.
#include "app/simulate/simulation.h"

#include <gtest/gtest.h>

#include "app/simulate/business.h"

namespace deskhand::app::simulate {
namespace {

Wish wish(std::uint64_t seed, int days) {
  Wish wish;
  wish.seed = seed;
  wish.days = days;
  wish.customers = 25;
  wish.share = DESKHAND_SOURCE_DIR;
  return wish;
}

class SimulatedBusiness : public testing::TestWithParam<std::uint64_t> {};

TEST_P(SimulatedBusiness, breaks_no_promise) {
  auto told = simulate(wish(GetParam(), 14));
  ASSERT_TRUE(told) << "seed " << GetParam() << ": " << told.error().message << " " << told.error().detail;
  EXPECT_EQ(told->violation, "") << "seed " << GetParam();
  EXPECT_GT(told->checks, 0);
}
INSTANTIATE_TEST_SUITE_P(seeds, SimulatedBusiness, testing::Range<std::uint64_t>(1, 101));

TEST(Simulation, is_the_same_for_the_same_seed) {
  auto first = simulate(wish(77, 8)), second = simulate(wish(77, 8));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->steps, second->steps);
  EXPECT_EQ(first->leads, second->leads);
  EXPECT_EQ(first->jobs, second->jobs);
  EXPECT_EQ(first->sent, second->sent);
  EXPECT_EQ(first->notices, second->notices);
  EXPECT_EQ(first->faults, second->faults);
  EXPECT_EQ(first->wins, second->wins);
}

TEST(Simulation, is_of_a_business_in_which_something_happens) {
  auto told = simulate(wish(1, 30));
  ASSERT_TRUE(told) << told.error().message;
  EXPECT_EQ(told->violation, "");
  for (const std::int64_t count : {told->mails_in, told->leads, told->jobs, told->sent, told->notices, told->restarts, told->faults})
    EXPECT_GT(count, 0);
}

// A commit that the disk refuses takes the job back: nobody may be told that it is done.
TEST(Simulation, a_job_is_told_as_done_only_when_its_unit_of_work_stands) {
  for (int at = 1; at <= 120; ++at) {
    auto business = Business::open(DESKHAND_SOURCE_DIR, "America/Chicago", *parse_rfc3339("2026-03-03T06:00:00Z"), 5);
    ASSERT_TRUE(business) << business.error().message;
    (*business)->clock().set(*parse_rfc3339("2026-03-03T16:00:00Z"));
    (*business)->break_disk(store::Fault::write_error, at);
    auto ran = (*business)->runtime().scheduler().run_due();
    const bool broke = (*business)->disk_broke();
    (*business)->heal_disk();
    if (!broke) return;  // beyond the last write
    if (!ran) continue;  // the store's failure was told as such
    for (const schedule::RanJob& job : *ran) {
      JobState state = JobState::leased;
      ASSERT_TRUE((*business)->runtime().store().read((*business)->runtime().org().id, [&](Txn& txn) -> Done {
        auto found = txn.schedule().find_job(job.behaviour, job.day);
        if (!found) return found.error();
        if (*found) state = (*found)->state;
        return {};
      }));
      EXPECT_EQ(job.done, state == JobState::done) << job.behaviour << " at write " << at << ": " << job.result;
    }
  }
}

}  // namespace
}  // namespace deskhand::app::simulate
