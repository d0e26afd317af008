// A synthetic business from several seeds: no promise of the design is broken at any step.
#include "app/simulate/simulation.h"

#include <gtest/gtest.h>

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
INSTANTIATE_TEST_SUITE_P(seeds, SimulatedBusiness, testing::Range<std::uint64_t>(1, 9));

TEST(Simulation, is_the_same_for_the_same_seed) {
  auto first = simulate(wish(77, 8)), second = simulate(wish(77, 8));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->steps, second->steps);
  EXPECT_EQ(first->leads, second->leads);
  EXPECT_EQ(first->jobs, second->jobs);
  EXPECT_EQ(first->sent, second->sent);
  EXPECT_EQ(first->notices, second->notices);
}

}  // namespace
}  // namespace deskhand::app::simulate
