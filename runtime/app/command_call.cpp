#include <iostream>
#include <iterator>

#include "app/commands.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::app {
namespace {

OrderedJson parked_json(const toolbox::CallResult& result) {
  OrderedJson list = OrderedJson::array();
  for (const Approval& approval : result.parked)
    list.push_back({{"ref", Ref{ref_prefix::kApproval, approval.head.ref_number}.text()}, {"kind", name_of(approval.kind)},
                    {"summary", approval.summary}, {"fingerprint", approval.fingerprint}, {"card", approval.card}, {"question", approval.note}});
  return list;
}

void print_parked(const toolbox::CallResult& result, std::ostream& out) {
  for (const Approval& approval : result.parked) {
    const std::string ref = Ref{ref_prefix::kApproval, approval.head.ref_number}.text();
    out << "Waits for your yes as " << ref << ": " << printable_line(approval.summary) << "\n  deskhand approvals show " << ref << "\n";
  }
}

}  // namespace

int run_call(const GlobalOptions& options, const std::string& tool, const std::string& arguments, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  std::string text = arguments;
  if (text == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
    if (text.size() > limits::kToolArgumentsBytes)
      return report(make_error(Code::limit_exceeded, "The arguments are larger than " + std::to_string(limits::kToolArgumentsBytes / 1024) + " KB."), options, console);
  }
  const toolbox::CallResult result = runtime.call(tool, text, "command line");
  if (!result.ok) {
    if (!options.json) {
      for (const Choice& choice : result.list) console.err << "  " << choice.ref << "  " << printable_line(choice.label) << "\n";
      return report(make_error(result.code, result.error, result.error_detail), options, console);
    }
    OrderedJson out{{"ok", false}, {"error", {{"code", code_name(result.code)}, {"message", result.error}}}};
    if (!result.rule_id.empty()) out["error"]["rule"] = result.rule_id;
    for (const Choice& choice : result.list) out["choices"].push_back({{"ref", choice.ref}, {"label", choice.label}});
    console.out << to_text(out) << "\n";
    console.err << "deskhand: " << result.error << "\n";
    return exit_status(result.code);
  }
  auto delivered = runtime.deliver();
  if (!delivered) return report(delivered.error(), options, console);
  if (options.json) {
    OrderedJson out{{"ok", true}, {"result", result.data ? OrderedJson(*result.data) : OrderedJson(nullptr)}, {"text", result.text}};
    if (!result.undo_ref.empty()) out["undo"] = result.undo_ref;
    if (!result.parked.empty()) out["parked"] = parked_json(result);
    if (!delivered->empty()) out["delivered"] = *delivered;
    console.out << to_text(out) << "\n";
  } else {
    if (!result.text.empty()) console.out << printable(result.text) << "\n";
    for (const std::string& line : *delivered) console.out << line << "\n";
    print_parked(result, console.out);
    if (!result.undo_ref.empty()) console.out << "(deskhand undo " << result.undo_ref << " takes it back)\n";
  }
  return result.parked.empty() ? kExitDone : kExitParked;
}

int run_tools(const GlobalOptions& options, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  OrderedJson all = OrderedJson::array();
  for (const ToolSpec* spec : (*session)->runtime().toolbox().specs()) {
    if (options.json) {
      all.push_back({{"name", spec->name}, {"description", spec->description}, {"effect", name_of(spec->effect)},
                     {"role", name_of(spec->role)}, {"undoable", spec->undoable}, {"arguments", *spec->arguments}});
      continue;
    }
    std::vector<std::string> names;
    const auto required = spec->arguments->value("required", std::vector<std::string>{});
    const Json properties = spec->arguments->value("properties", Json::object());
    for (const auto& [name, property] : properties.items()) {
      const bool needed = std::find(required.begin(), required.end(), name) != required.end();
      names.push_back(needed ? name : "[" + name + "]");
    }
    console.out << spec->name << "  (" << name_of(spec->effect) << ", " << name_of(spec->role) << ")  " << join(names, " ") << "\n    "
                << spec->description << "\n";
  }
  if (options.json) console.out << to_text(all) << "\n";
  return kExitDone;
}

}  // namespace deskhand::app
