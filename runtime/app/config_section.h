// Reads one mapping of config.yaml: every key has a reader, every other key is an error with the nearest known name.
//
// Thread rule: one thread. The targets given to text() and key() must outlive the section.
#pragma once

#include <yaml-cpp/yaml.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace deskhand::app {

class Section {
 public:
  Section(const YAML::Node& node, std::string file, std::string path)
      : node_(node), file_(std::move(file)), path_(std::move(path)) {}

  using Reader = std::function<Done(const YAML::Node&)>;
  Section& key(const std::string& name, Reader reader);
  Section& text(const std::string& name, std::string& target);
  Section& number(const std::string& name, int& target, int least, int most);
  // A secret is named, not written down: env:NAME, file:PATH, or ${NAME}, which is env:NAME. The file may be read by others and
  // copied into a backup.
  Section& secret(const std::string& name, std::string& target);

  Done read();

  Error error(const YAML::Node& node, const std::string& what) const;
  // ${NAME} is the environment's.
  Done read_text(const std::string& name, const YAML::Node& value, std::string& target) const;
  std::string path_of(const std::string& name) const { return path_.empty() ? name : path_ + "." + name; }
  const std::string& file() const { return file_; }

 private:
  const Reader* find(const std::string& name) const;
  Error unknown(const YAML::Node& at, const std::string& name) const;
  Result<std::string> expand(const YAML::Node& at, std::string text) const;

  YAML::Node node_;
  std::string file_, path_;
  std::vector<std::pair<std::string, Reader>> readers_;
};

}  // namespace deskhand::app
