#include "app/procedures.h"

#include <algorithm>
#include <filesystem>

#include "app/read_file.h"
#include "base/limits.h"
#include "base/text.h"
#include "procedure/load.h"

namespace deskhand::app {
namespace {

constexpr std::size_t kContentHashShown = 12;

std::string resolved(const std::string& share, const std::string& file) {
  std::error_code failed;
  if (std::filesystem::path(file).is_absolute() || std::filesystem::exists(file, failed)) return file;
  return share + "/" + file;
}

KnownRequest known_request(const procedure::Request& request) {
  KnownRequest known;
  known.id = request.id;
  if (!request.patterns.empty()) known.pattern = request.patterns.front().words;
  for (const auto& ask : request.asks) known.asks.push_back(ask.words);
  known.instructions = request.prose;
  return known;
}

// The first of them, with the sequences and stages that a procedure of its own ("procedures/nurture.md") adds.
std::shared_ptr<const procedure::Procedure> core_of(const std::vector<std::shared_ptr<const procedure::Procedure>>& loaded) {
  if (loaded.empty()) return std::make_shared<const procedure::Procedure>();
  const bool others_add = std::any_of(loaded.begin() + 1, loaded.end(), [](const auto& one) { return !one->sequences.empty() || !one->stages.empty(); });
  if (!others_add) return loaded.front();
  auto core = std::make_shared<procedure::Procedure>(*loaded.front());
  for (std::size_t index = 1; index < loaded.size(); ++index) {
    core->sequences.insert(core->sequences.end(), loaded[index]->sequences.begin(), loaded[index]->sequences.end());
    core->stages.insert(core->stages.end(), loaded[index]->stages.begin(), loaded[index]->stages.end());
  }
  return core;
}

}  // namespace

procedure::SchemaNames schema_names(const schema::RecordSchemas& records) {
  procedure::SchemaNames names;
  names.files = {"schemas/crm.json", "schemas/opportunity.json"};
  for (const char* noun : {"contact", "company", "lead", "interaction", "opportunity"})
    for (const schema::Field& field : records.fields(noun)) names.fields.push_back({noun, field.name, field.choices});
  return names;
}

Result<procedure::Procedure> read_procedure(const std::string& share, const std::string& file, const std::string& text) {
  const std::string main = resolved(share, file);
  return procedure::load_procedure(main, [&](const std::string& name) -> Result<std::string> {
    if (name == main && !text.empty()) return text;
    // A module named from the project's folder is found there, wherever the program was started.
    return read_file(resolved(share, name), limits::kProcedureBytes + 1);  // one byte over is enough to be refused
  });
}

Result<Procedures> load_procedures(const std::string& share, const std::vector<std::string>& files, const std::string& text,
                                   const schema::RecordSchemas& records) {
  Procedures procedures;
  const procedure::SchemaNames names = schema_names(records);
  std::vector<std::string> versions;
  bool first = true;
  for (const std::string& file : files) {
    auto read = read_procedure(share, file, first ? text : "");
    if (!read) return read.error();
    const procedure::Binding binding = procedure::bind(*read, procedure::core_catalogue(), names);
    if (!binding.would_start()) {
      for (const procedure::Problem& problem : binding.problems)
        if (problem.severity == procedure::Severity::error)
          return make_error(Code::invalid_argument, procedure::to_text(problem) + " (`deskhand procedure check` shows everything.)");
    }
    versions.push_back(read->header.name + " " + read->header.version + " " + read->content_hash.substr(0, kContentHashShown));
    agent::BriefedProcedure briefed;
    briefed.name = read->header.name;
    for (const procedure::Text& word : read->activation.words) briefed.words.push_back(word.words);
    for (const auto& event : read->activation.events) briefed.events.insert(event.event);
    for (const std::string& part : read->files) {
      auto words = part == resolved(share, file) && first && !text.empty() ? Result<std::string>(text)
                                                                           : read_file(resolved(share, part), limits::kProcedureBytes);
      if (words) briefed.text += *words + "\n";
    }
    for (const procedure::Request& request : read->requests) briefed.requests.push_back(known_request(request));
    procedures.texts.push_back(briefed.text);
    procedures.requests.insert(procedures.requests.end(), briefed.requests.begin(), briefed.requests.end());
    procedures.briefed.push_back(std::move(briefed));
    procedures.loaded.push_back(std::make_shared<const procedure::Procedure>(std::move(*read)));
    first = false;
  }
  procedures.version = join(versions, "; ");
  // With no procedure at all nothing is scheduled and no request is known; the tools use their plain words.
  procedures.core = core_of(procedures.loaded);
  return procedures;
}

}  // namespace deskhand::app
