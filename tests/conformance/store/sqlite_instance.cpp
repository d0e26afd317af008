#include "store/sqlite/open.h"
#include "store_fixture.h"

namespace deskhand::testing {

INSTANTIATE_TEST_SUITE_P(sqlite, StoreConformance,
                         ::testing::Values(StoreFactory{
                             "sqlite",
                             [](const std::string& folder, const Clock& clock,
                                Random& random) -> Result<StoreUnderTest> {
                               auto opened =
                                   store::open_sqlite({.path = folder + "/deskhand.db", .vfs = {}}, clock, random);
                               if (!opened) return opened.error();
                               return StoreUnderTest{std::move(opened->store), std::move(opened->system)};
                             }}),
                         [](const auto& info) { return info.param.name; });

}  // namespace deskhand::testing
