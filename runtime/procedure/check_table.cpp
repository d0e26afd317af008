#include <algorithm>

#include "base/text.h"
#include "procedure/binding.h"

namespace deskhand::procedure {
namespace {

constexpr std::size_t kItemColumns = 52;

std::string padded(std::string_view text, std::size_t columns) {
  std::string result(text);
  const auto width = static_cast<std::size_t>(count_characters(text));
  result.append(width < columns ? columns - width : 1, ' ');
  return result;
}

std::string place_of(const Place& place, const Procedure& procedure) {
  return (place.file == procedure.file ? std::string() : place.file + ":") + std::to_string(place.line);
}

std::string item_of(const BindingRow& row) {
  return row.kind + ": " + shorten(printable_line(row.item), kItemColumns - row.kind.size() - 2);
}

void add_row(std::string& text, std::string_view item, std::string_view line, std::string_view bound) {
  text += padded(item, kItemColumns + 2) + padded(line, 8) + std::string(bound) + '\n';
}

}  // namespace

std::string check_table(const Procedure& procedure, const Binding& binding) {
  const auto& header = procedure.header;
  std::string text = printable_line(header.name) +
                     (header.version.empty() ? "" : ", version " + printable_line(header.version)) + " (" +
                     procedure.file + ", " + procedure.content_hash.substr(0, 12) + ")\n\n";
  add_row(text, "item", "line", "bound to");
  for (const auto& row : binding.rows) {
    const auto bound = row.bound_to.empty() ? "- not bound" + (row.note.empty() ? "" : ": " + row.note)
                                            : row.bound_to + (row.note.empty() ? "" : "  " + row.note);
    add_row(text, item_of(row), place_of(row.place, procedure), printable_line(bound));
  }
  if (!binding.missing.empty())
    text += "\nnot in this procedure, so it stays off: " + join(binding.missing, " ") + '\n';
  if (!binding.problems.empty()) text += '\n';
  for (const auto& problem : binding.problems)
    text += std::string(problem.severity == Severity::error ? "error: " : "warning: ") +
            printable_line(to_text(problem)) + '\n';
  const auto bound = static_cast<std::size_t>(std::count_if(
      binding.rows.begin(), binding.rows.end(), [](const BindingRow& row) { return !row.bound_to.empty(); }));
  text += '\n' + std::to_string(bound) + " of " + count_of(binding.rows.size(), "item", "items") + " bound; " +
          (binding.would_start() ? "it would start\n" : "it would not start\n");
  return text;
}

}  // namespace deskhand::procedure
