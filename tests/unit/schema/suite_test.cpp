// The public JSON-Schema-Test-Suite (Debian package json-schema-test-suite), draft-07: every file of it is one test
// here.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/json.h"
#include "schema/schema.h"

namespace deskhand::schema {
namespace {

namespace fs = std::filesystem;
const fs::path kSuite = "/usr/share/json-schema-test-suite";

// What is left out, with the reason: "file: group" or "file: group: test". Nothing is, at the moment; documents on
// other hosts are handed in instead of fetched.
const std::map<std::string, std::string> kExcluded = {};

std::string read_file(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Json read_json(const fs::path& path) {
  const Result<Json> json = parse_json(read_file(path), 1024 * 1024);
  EXPECT_TRUE(json) << path << ": " << (json ? "" : json.error().message);
  return json ? *json : Json();
}

std::vector<std::string> suite_files() {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(kSuite / "tests/draft7", error)) {
    if (entry.path().extension() == ".json")
      files.push_back(entry.path().lexically_relative(kSuite / "tests/draft7").string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// The documents that the suite's own server would give out; nothing is fetched.
std::map<std::string, Json> remote_documents() {
  std::map<std::string, Json> documents;
  for (const auto& entry : fs::recursive_directory_iterator(kSuite / "remotes")) {
    if (entry.path().extension() != ".json") continue;
    documents["http://localhost:1234/" + entry.path().lexically_relative(kSuite / "remotes").string()] =
        read_json(entry.path());
  }
  return documents;
}

class Suite : public testing::TestWithParam<std::string> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Suite);

TEST_P(Suite, gives_the_answer_the_suite_asks_for) {
  const std::map<std::string, Json> remotes = remote_documents();
  LoadOptions options;
  for (const auto& [uri, document] : remotes) options.documents[uri] = &document;
  for (const Json& group : read_json(kSuite / "tests/draft7" / GetParam())) {
    const std::string group_name = GetParam() + ": " + group.at("description").get<std::string>();
    const Result<Schema> schema = Schema::load(group.at("schema"), options);
    ASSERT_TRUE(schema) << group_name << ": " << schema.error().message;
    for (const Json& test : group.at("tests")) {
      const std::string name = group_name + ": " + test.at("description").get<std::string>();
      if (kExcluded.count(name) > 0 || kExcluded.count(group_name) > 0) continue;
      const bool valid = test.at("valid").get<bool>();
      const std::vector<Violation> violations = schema->check(test.at("data"));
      EXPECT_EQ(violations.empty(), valid) << name << ": " << explain(violations);
      EXPECT_EQ(schema->accepts(test.at("data")), valid) << name;
      for (const Violation& violation : violations) {
        EXPECT_NE(violation.message, "") << name;
        EXPECT_EQ(violation.message.find('\n'), std::string::npos) << name;
      }
    }
  }
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(0, info.param.rfind('.'));
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Draft7, Suite, testing::ValuesIn(suite_files()), test_name);

TEST(SuitePackage, is_there_with_all_its_files) {
  if (!fs::exists(kSuite)) GTEST_SKIP() << "install the package json-schema-test-suite to run the public suite";
  EXPECT_GE(suite_files().size(), 56u);
}

}  // namespace
}  // namespace deskhand::schema
