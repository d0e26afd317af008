// A model's key is named in the configuration and never written down there.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/config.h"

using namespace deskhand;
using namespace deskhand::app;

namespace {

Result<Config> config_with_key(const std::string& key) {
  std::string folder = std::filesystem::temp_directory_path().string() + "/deskhand-config-XXXXXX";
  EXPECT_NE(::mkdtemp(folder.data()), nullptr);
  const std::string file = folder + "/config.yaml";
  std::ofstream(file) << "model:\n  chain: [gpt]\n  providers:\n    gpt: {kind: openai, model: test, key: \"" << key << "\"}\n";
  auto config = load_config(file);
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return config;
}

}  // namespace

TEST(ModelKey, that_stands_in_the_configuration_itself_is_refused_and_not_repeated) {
  const auto config = config_with_key("sk-proj-0123456789");
  ASSERT_FALSE(config);
  EXPECT_NE(config.error().message.find("env:NAME"), std::string::npos) << config.error().message;
  EXPECT_EQ(config.error().message.find("sk-proj"), std::string::npos);
}

TEST(ModelKey, is_named_by_a_variable_or_a_file) {
  for (const char* key : {"env:SOME_KEY", "file:/etc/key", "${SOME_KEY}"}) {
    const auto config = config_with_key(key);
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->model_providers.at("gpt").key, std::string(key) == "${SOME_KEY}" ? "env:SOME_KEY" : key);
  }
}
