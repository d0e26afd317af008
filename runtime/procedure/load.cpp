#include "procedure/load.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "procedure/lists.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

template <class Item, class Same>
void put_all(std::vector<Item>& items, std::vector<Item>& more, const Same& same) {
  for (auto& item : more) {
    const auto old = std::find_if(items.begin(), items.end(), [&](const Item& other) { return same(other, item); });
    if (old == items.end())
      items.push_back(std::move(item));
    else
      *old = std::move(item);
  }
}

bool same_id(const std::string& left, const std::string& right) { return !left.empty() && left == right; }

bool same_words(const Text& left, const Text& right) { return folded(left.words) == folded(right.words); }

bool shares_pattern(const Request& left, const Request& right) {
  return std::any_of(left.patterns.begin(), left.patterns.end(), [&](const Text& mine) {
    return std::any_of(right.patterns.begin(), right.patterns.end(),
                       [&](const Text& theirs) { return same_words(mine, theirs); });
  });
}

void merge_activation(Activation& into, Activation& module) {
  for (auto& word : module.words) {
    const bool known =
        std::any_of(into.words.begin(), into.words.end(), [&](const Text& other) { return other.words == word.words; });
    if (!known) into.words.push_back(std::move(word));
  }
  append(into.events, std::move(module.events));
  append(into.unknown, std::move(module.unknown));
}

void merge(Procedure& into, Procedure module) {
  for (auto& schema : module.header.required_schemas) {
    const auto& known = into.header.required_schemas;
    const bool twice =
        std::any_of(known.begin(), known.end(), [&](const Text& other) { return other.words == schema.words; });
    if (!twice) into.header.required_schemas.push_back(std::move(schema));
  }
  if (!module.purpose.empty()) into.purpose += (into.purpose.empty() ? "" : "\n\n") + module.purpose;
  append(into.scope, std::move(module.scope));
  merge_activation(into.activation, module.activation);
  append(into.data_fields, std::move(module.data_fields));
  put_all(into.behaviours, module.behaviours,
          [](const Behaviour& old, const Behaviour& item) { return same_id(old.id, item.id); });
  put_all(into.triggers, module.triggers, [](const Trigger& old, const Trigger& item) {
    return same_id(old.id, item.id) || same_words(old.title, item.title);
  });
  put_all(into.requests, module.requests, [](const Request& old, const Request& item) {
    return same_id(old.id, item.id) || shares_pattern(old, item);
  });
  put_all(into.drafts, module.drafts, [](const Draft& old, const Draft& item) {
    return same_id(old.id, item.id) || same_words(old.stage, item.stage);
  });
  put_all(into.sequences, module.sequences,
          [](const Sequence& old, const Sequence& item) { return same_words(old.name, item.name); });
  put_all(into.stages, module.stages, [](const StageRule& old, const StageRule& item) {
    return old.state ? old.state == item.state : same_words(old.words, item.words);
  });
  put_all(into.closing_rules, module.closing_rules, same_words);
  put_all(into.integrations, module.integrations,
          [](const Integration& old, const Integration& item) { return folded(old.system) == folded(item.system); });
  put_all(into.unknown_sections, module.unknown_sections, same_words);
  append(into.hard_stops, std::move(module.hard_stops));
  append(into.mentioned_schemas, std::move(module.mentioned_schemas));
  append(into.problems, std::move(module.problems));
}

// The name as a path with forward slashes and an ending; empty when it leaves the folder.
std::string plain_path(std::string_view name) {
  auto path = replace_all(std::string(trim(name)), "\\", "/");
  while (path.starts_with("./")) path.erase(0, 2);
  if (path.empty() || path.front() == '/' || path.find(':') != std::string::npos) return {};
  for (const auto& part : split(path, '/'))
    if (part == ".." || part.empty()) return {};
  const auto slash = path.find_last_of('/');
  if (path.find('.', slash == std::string::npos ? 0 : slash) == std::string::npos) path += ".md";
  return path;
}

// Where a module may be, likeliest first: beside the file that names it; with that file's folder spelled out
// ("procedures/x.md" in a file of procedures/); from the folder that the program reads from.
std::vector<std::string> module_paths(const std::string& from, const std::string& path) {
  std::vector<std::string> paths;
  const auto slash = from.find_last_of('/');
  if (slash != std::string::npos) {
    const auto folder = from.substr(0, slash);
    const auto parent = folder.find_last_of('/');
    const auto last = parent == std::string::npos ? folder : folder.substr(parent + 1);
    if (path.starts_with(last + "/"))
      paths.push_back(folder.substr(0, parent == std::string::npos ? 0 : parent + 1) + path);
    paths.push_back(folder + "/" + path);
  }
  if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
  return paths;
}

struct Loader {
  const ReadFile& read_file;
  std::vector<std::string> open = {};  // the files being loaded, outermost first
  std::vector<std::string> done = {};
  CanonicalBytes bytes{"deskhand-procedure-1"};

  Result<Procedure> load(const std::string& file_name, const std::string& text);
  Done add_module(Procedure& procedure, const Text& name, const std::string& from);
};

Done Loader::add_module(Procedure& procedure, const Text& name, const std::string& from) {
  const auto where = to_text(Problem{Severity::error, name.place, ""});
  const auto plain = plain_path(name.words);
  if (plain.empty())
    return make_error(Code::invalid_argument,
                      where + "extended by " + name.words + ", which is not a file of this folder");
  for (const auto& path : module_paths(from, plain)) {
    if (std::find(open.begin(), open.end(), path) != open.end())
      return make_error(Code::conflict,
                        where + "extended by " + path + ", which is itself extended by " + from + "; break the circle");
    if (std::find(done.begin(), done.end(), path) != done.end()) return {};
    if (done.size() + open.size() > limits::kProcedureModules)
      return make_error(Code::limit_exceeded,
                        where + "more than " + std::to_string(limits::kProcedureModules) + " modules");
    auto text = read_file(path);
    if (!text && text.error().code == Code::not_found) continue;
    if (!text) return text.error();
    auto module = load(path, *text);
    if (!module) return module.error();
    append(procedure.files, std::move(module->files));
    merge(procedure, std::move(*module));
    return {};
  }
  return make_error(Code::not_found,
                    where + "extended by " + plain + ", which does not exist; add the file or take it out of the line");
}

Result<Procedure> Loader::load(const std::string& file_name, const std::string& text) {
  auto procedure = parse_procedure(text, file_name);
  if (!procedure) return procedure.error();
  bytes.add(file_name, text);
  open.push_back(file_name);
  const auto modules = procedure->header.extended_by;
  for (const auto& module : modules)
    if (auto added = add_module(*procedure, module, file_name); !added) return added.error();
  open.pop_back();
  done.push_back(file_name);
  return procedure;
}

}  // namespace

Result<Procedure> load_procedure(const std::string& file_name, const ReadFile& read_file) {
  auto text = read_file(file_name);
  if (!text) return text.error();
  Loader loader{read_file};
  auto procedure = loader.load(file_name, *text);
  // One file alone is known by the hash of its bytes, as any tool would compute it.
  if (procedure && procedure->files.size() > 1) procedure->content_hash = sha256_hex(loader.bytes.bytes());
  return procedure;
}

}  // namespace deskhand::procedure
