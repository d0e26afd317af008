#include "app/config_section.h"

#include <charconv>
#include <cstdlib>
#include <set>

#include "base/text.h"

namespace deskhand::app {

Section& Section::key(const std::string& name, Reader reader) {
  readers_.emplace_back(name, std::move(reader));
  return *this;
}

Section& Section::text(const std::string& name, std::string& target) {
  return key(name, [this, name, &target](const YAML::Node& value) { return read_text(name, value, target); });
}

Section& Section::secret(const std::string& name, std::string& target) {
  return key(name, [this, name, &target](const YAML::Node& value) -> Done {
    const std::string written = value.IsScalar() ? value.Scalar() : "";
    if (written.starts_with("${") && written.ends_with("}"))
      target = "env:" + written.substr(2, written.size() - 3);
    else
      target = written;
    if (target.starts_with("env:") || target.starts_with("file:")) return {};
    return error(value, path_of(name) + " names a secret: write env:NAME for a variable of the environment, or file:PATH "
                                        "for a file only you can read");
  });
}

Section& Section::number(const std::string& name, int& target, int least, int most) {
  return key(name, [this, name, &target, least, most](const YAML::Node& value) -> Done {
    std::string text;
    if (auto done = read_text(name, value, text); !done) return done;
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || number < least || number > most)
      return error(value,
                   path_of(name) + " is a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    target = number;
    return {};
  });
}

Done Section::read() {
  if (!node_.IsDefined() || node_.IsNull()) return {};
  if (!node_.IsMap()) return error(node_, (path_.empty() ? "the file" : path_) + " must hold keys and values");
  std::set<std::string> seen;
  for (const auto& item : node_) {
    const std::string name = item.first.IsScalar() ? item.first.Scalar() : "";
    if (!seen.insert(name).second) return error(item.first, "the key \"" + name + "\" stands twice");
    const Reader* reader = find(name);
    if (reader == nullptr) return unknown(item.first, name);
    if (item.second.IsNull()) continue;  // a key with nothing behind it keeps its default
    if (auto done = (*reader)(item.second); !done) return done;
  }
  return {};
}

Error Section::error(const YAML::Node& node, const std::string& what) const {
  const YAML::Mark mark = node.Mark();
  return make_error(Code::invalid_argument, file_ + ":" + std::to_string(mark.line + 1) + ": " + what + ".");
}

Done Section::read_text(const std::string& name, const YAML::Node& value, std::string& target) const {
  if (!value.IsScalar()) return error(value, path_of(name) + " must be one value, not a list or a mapping");
  auto expanded = expand(value, value.Scalar());
  if (!expanded) return expanded.error();
  target = std::move(*expanded);
  return {};
}

const Section::Reader* Section::find(const std::string& name) const {
  for (const auto& [known, reader] : readers_)
    if (known == name) return &reader;
  return nullptr;
}

Error Section::unknown(const YAML::Node& at, const std::string& name) const {
  std::vector<std::string> known;
  for (const auto& [key, reader] : readers_) known.push_back(key);
  const std::string near = nearest(name, known);
  const std::string help = near.empty() ? "known here: " + join(known, ", ") : "did you mean \"" + near + "\"?";
  return error(at, "unknown key \"" + printable_line(path_of(name)) + "\"; " + help);
}

Result<std::string> Section::expand(const YAML::Node& at, std::string text) const {
  std::string out;
  std::size_t position = 0;
  for (;;) {
    const std::size_t open = text.find("${", position);
    if (open == std::string::npos) break;
    const std::size_t close = text.find('}', open);
    if (close == std::string::npos) return error(at, "\"${\" without its \"}\"");
    const std::string name = text.substr(open + 2, close - open - 2);
    const char* value = std::getenv(name.c_str());
    if (value == nullptr)
      return error(at, "the environment has no " + printable_line(name) + "; set it or write the value here");
    out += text.substr(position, open - position) + value;
    position = close + 1;
  }
  return out + text.substr(position);
}

}  // namespace deskhand::app
