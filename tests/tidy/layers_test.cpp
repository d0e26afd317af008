// The architecture as a test: every include points along the DEPENDS lines of runtime/CMakeLists.txt, and nothing banned by the
// house style stands in the sources.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/tidy/tree.h"

using namespace tidy;

namespace {

using Layers = std::map<std::string, std::set<std::string>>;

void add_layers(const std::string& cmake, Layers& layers) {
  const std::string call = "deskhand_layer(";
  for (std::size_t at = cmake.find(call); at != std::string::npos; at = cmake.find(call, at + 1)) {
    std::istringstream words(cmake.substr(at + call.size(), cmake.find(')', at) - at - call.size()));
    std::string name, word;
    words >> name;
    bool depends = false;
    layers[name].insert(name);
    while (words >> word) {
      if (word == "DEPENDS" || word == "LIBRARIES") depends = word == "DEPENDS";
      else if (depends) layers[name].insert(word);
    }
  }
}

Layers read_layers() {
  Layers layers;
  add_layers(read(kRoot / "runtime/CMakeLists.txt"), layers);
  add_layers(read(kRoot / "tools/CMakeLists.txt"), layers);
  return layers;
}

std::vector<std::string> own_includes(const std::string& text) {
  std::vector<std::string> includes;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("#include \"", 0) != 0) continue;
    includes.push_back(line.substr(10, line.find('"', 10) - 10));
  }
  return includes;
}

}  // namespace

TEST(Layers, include_only_what_their_link_line_names) {
  const Layers layers = read_layers();
  ASSERT_GE(layers.size(), 12u);
  for (const fs::path& file : sources()) {
    const std::string layer = layer_of(file);
    ASSERT_TRUE(layers.contains(layer)) << layer << " has no line in runtime/CMakeLists.txt";
    for (const std::string& include : own_includes(read(file))) {
      const std::string target = include.substr(0, include.find('/'));
      if (include.find('/') == std::string::npos || !layers.contains(target)) continue;  // a file beside this one
      EXPECT_TRUE(layers.at(layer).contains(target)) << fs::relative(file, kRoot) << " includes " << include;
    }
  }
}

TEST(Layers, do_not_depend_on_each_other_in_a_circle) {
  const Layers layers = read_layers();
  for (const auto& [name, direct] : layers) {
    std::set<std::string> reached = direct;
    reached.erase(name);
    for (bool grew = true; grew;) {
      grew = false;
      for (const std::string& one : std::set<std::string>(reached))
        if (layers.contains(one))
          for (const std::string& next : layers.at(one))
            if (next != one) grew = reached.insert(next).second || grew;
    }
    EXPECT_FALSE(reached.contains(name)) << name << " depends on itself";
  }
}

TEST(Layers, name_concrete_classes_in_one_file_only) {
  for (const fs::path& file : sources()) {
    if (layer_of(file) == "app" && file.filename() == "wiring.cpp") continue;
    const std::string text = read(file);
    for (const char* factory : {"store/sqlite/open.h", "channel/email/folder_transport.h", "channel/email/parse.h"}) {
      const bool its_own = fs::relative(file, kRoot / "runtime").string().rfind(std::string(factory).substr(0, std::string(factory).rfind('/')), 0) == 0;
      EXPECT_TRUE(its_own || text.find("#include \"" + std::string(factory) + "\"") == std::string::npos) << fs::relative(file, kRoot) << " names " << factory;
    }
  }
}

TEST(Sources, hold_nothing_the_house_style_bans) {
  // Each with what to use instead.
  const std::map<std::string, std::string> banned{{"std::regex", "re2: std::regex overflows the stack on outside text"},
                                                  {"TO" "DO", "do it, or open an issue"},
                                                  {"FIX" "ME", "mend it, or open an issue"},
                                                  {"using namespace std", "names with their namespace"},
                                                  {"sleep_for", "a deadline on the injected clock"},
                                                  {"srand(", "ports/random.h"},
                                                  {"std::chrono::system_clock::now", "ports/clock.h"}};
  for (const fs::path& file : sources()) {
    const std::string text = read(file);
    for (const auto& [word, instead] : banned) {
      if (file.filename() == "system_ports.cpp") continue;  // the one place where the real clock is read
      EXPECT_EQ(text.find(word), std::string::npos) << fs::relative(file, kRoot) << " holds " << word << "; use " << instead;
    }
  }
}

TEST(Sources, are_short_enough_to_read) {
  constexpr std::ptrdiff_t kLinesMax = 600;
  for (const fs::path& file : sources()) {
    const std::string text = read(file);
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'), kLinesMax) << fs::relative(file, kRoot);
  }
}

TEST(Sources, keep_sql_in_the_store) {
  for (const fs::path& file : sources()) {
    if (layer_of(file) == "store") continue;
    const std::string text = read(file);
    for (const char* word : {"SELECT * FROM", "INSERT INTO", "sqlite3_"})
      EXPECT_EQ(text.find(word), std::string::npos) << fs::relative(file, kRoot) << " holds " << word;
  }
}
