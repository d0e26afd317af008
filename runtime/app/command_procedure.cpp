#include <fstream>
#include <iterator>
#include <ostream>

#include "app/commands.h"
#include "app/procedures.h"
#include "base/json.h"
#include "base/limits.h"

namespace deskhand::app {
namespace {

Result<schema::RecordSchemas> read_records(const std::string& share) {
  std::string texts[2];
  const char* names[2] = {"/schemas/crm.json", "/schemas/opportunity.json"};
  for (int i = 0; i < 2; ++i) {
    std::ifstream file(share + names[i], std::ios::binary);
    if (!file) return make_error(Code::not_found, "The schema " + share + names[i] + " is missing.");
    texts[i].assign(std::istreambuf_iterator<char>(file), {});
  }
  return schema::load_record_schemas(texts[0], texts[1]);
}

OrderedJson table_json(const procedure::Procedure& read, const procedure::Binding& binding) {
  OrderedJson rows = OrderedJson::array(), problems = OrderedJson::array();
  for (const procedure::BindingRow& row : binding.rows)
    rows.push_back({{"kind", row.kind}, {"item", row.item}, {"line", row.place.line}, {"bound_to", row.bound_to}, {"note", row.note}});
  for (const procedure::Problem& problem : binding.problems)
    problems.push_back({{"severity", problem.severity == procedure::Severity::error ? "error" : "warning"}, {"line", problem.place.line}, {"message", problem.message}});
  return {{"file", read.file}, {"name", read.header.name}, {"version", read.header.version}, {"hash", read.content_hash},
          {"would_start", binding.would_start()}, {"rows", rows}, {"problems", problems}};
}

}  // namespace

int run_procedure_check(const GlobalOptions& options, const std::string& file, Console console) {
  std::vector<std::string> files{file};
  if (file.empty()) {
    auto config = load_config(options.config);
    if (!config) return report(config.error(), options, console);
    files = config->procedures;
  }
  auto records = read_records(options.share);
  if (!records) return report(records.error(), options, console);
  const procedure::SchemaNames names = schema_names(*records);
  bool starts = true;
  for (const std::string& one : files) {
    auto read = read_procedure(options.share, one, "");
    if (!read) return report(read.error(), options, console);
    const procedure::Binding binding = procedure::bind(*read, procedure::core_catalogue(), names);
    starts = starts && binding.would_start();
    if (options.json) console.out << to_text(table_json(*read, binding)) << "\n";
    else console.out << procedure::check_table(*read, binding);
    if (!binding.would_start())
      for (const procedure::Problem& problem : binding.problems)
        if (problem.severity == procedure::Severity::error) console.err << "deskhand: " << procedure::to_text(problem) << "\n";
  }
  return starts ? kExitDone : kExitFailed;
}

}  // namespace deskhand::app
