#include "report_fixture.h"
#include "store/sqlite/open.h"

namespace deskhand::testing {
namespace {

Result<StoreUnderTest> open_sqlite(const std::string& folder, const Clock& clock, Random& random) {
  auto opened = store::open_sqlite({.path = folder + "/deskhand.db", .vfs = {}}, clock, random);
  if (!opened) return opened.error();
  return StoreUnderTest{std::move(opened->store), std::move(opened->system)};
}

const auto kSqlite = ::testing::Values(StoreFactory{"sqlite", open_sqlite});
std::string name_of_factory(const ::testing::TestParamInfo<StoreFactory>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(sqlite, StoreConformance, kSqlite, name_of_factory);
INSTANTIATE_TEST_SUITE_P(sqlite, ReportConformance, kSqlite, name_of_factory);

}  // namespace
}  // namespace deskhand::testing
