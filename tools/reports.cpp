#include "tools/reports.h"

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/people_lists.h"
#include "tools/present.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

Result<ToolOutcome> run_list_approvals(const Json&, ToolContext& context) {
  Result<std::vector<Approval>> waiting = context.txn.approvals().pending(limits::kPendingApprovals);
  if (!waiting) return waiting.error();
  std::erase_if(*waiting, [&](const Approval& approval) { return approval.expires_at <= context.now; });
  ToolOutcome outcome;
  Json rows = Json::array();
  const std::string count = count_of(waiting->size(), "question waits", "questions wait");
  outcome.text = waiting->empty() ? "Nothing waits for your yes." : count + " for your yes:";
  NumberedList list(outcome);
  for (const Approval& approval : *waiting) {
    if (list.is_full()) {
      list.leave_out(1);
      continue;
    }
    const std::string asked = "asked " + when_text(approval.asked_at, context);
    list.line(printable_line(approval.summary) + " (" + ref_of(approval) + ", " + asked + ")",
              {Noun::approval, ref_of(approval), printable_line(approval.summary)});
    rows.push_back({{"ref", ref_of(approval)},
                    {"kind", name_of(approval.kind)},
                    {"summary", approval.summary},
                    {"fingerprint", approval.fingerprint},
                    {"asked_at", to_rfc3339(approval.asked_at)},
                    {"expires_at", to_rfc3339(approval.expires_at)}});
  }
  list.close();
  outcome.data = share(Json{{"approvals", std::move(rows)}, {"count", waiting->size()}});
  return outcome;
}

}  // namespace

void NumberedList::heading(std::string_view words) {
  outcome_.text += (outcome_.text.empty() ? "" : "\n\n") + std::string(words);
  shown_ = left_out_ = 0;
}

void NumberedList::line(std::string_view words, Choice choice) {
  if (is_full()) return leave_out(1);
  ++shown_;
  outcome_.list.push_back(std::move(choice));
  outcome_.text +=
      (outcome_.text.empty() ? "" : "\n") + std::to_string(outcome_.list.size()) + ". " + std::string(words);
}

void NumberedList::close() {
  if (left_out_ > 0) outcome_.text += "\nand " + std::to_string(left_out_) + " more";
  shown_ = left_out_ = 0;
}

ToolSpec report_spec(std::string name, std::string description, Json arguments) {
  ToolSpec spec;
  spec.name = std::move(name);
  spec.description = std::move(description);
  spec.arguments = share(std::move(arguments));
  return spec;
}

std::unique_ptr<Tool> make_list_approvals() {
  return make_tool(
      report_spec("list_approvals", "List what waits for the owner's yes or no.", closed_schema(Json::object(), {})),
      propose_read, run_list_approvals);
}

Tools report_tools(const SharedScript& script) {
  Tools tools;
  tools.push_back(make_morning_list(script));
  tools.push_back(make_stale_leads(script));
  tools.push_back(make_pipeline_summary(script));
  tools.push_back(make_win_loss_summary(script));
  tools.push_back(make_list_approvals());
  return tools;
}

}  // namespace deskhand::tools
