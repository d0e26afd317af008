// The reports of the procedure: morning_list (S2-T2), stale_leads (S2-T1), pipeline_summary (S2-T3, S2-RQ3),
// win_loss_summary (S2-T4), and list_approvals. Their words are the procedure's, their numbers are counted from rows;
// nothing in them is said by a model. Lists are numbered, so that "2" can be answered, hold ten lines each and say how
// many more there are.
//
// Thread rule: the tools are immutable.
#pragma once

#include "base/limits.h"
#include "tools/function_tool.h"
#include "tools/script.h"

namespace deskhand::tools {

Tools report_tools(const SharedScript& script);

// The parts, one file each.
std::unique_ptr<Tool> make_morning_list(const SharedScript& script);
std::unique_ptr<Tool> make_stale_leads(const SharedScript& script);
std::unique_ptr<Tool> make_pipeline_summary(const SharedScript& script);
std::unique_ptr<Tool> make_win_loss_summary(const SharedScript& script);
std::unique_ptr<Tool> make_list_approvals();

// One list among several that are numbered through: at most limits::kReportLines lines, then "and N more".
class NumberedList {
 public:
  explicit NumberedList(ToolOutcome& outcome) : outcome_(outcome) {}
  void heading(std::string_view words);
  void line(std::string_view words, Choice choice);
  bool is_full() const { return shown_ >= limits::kReportLines; }
  void leave_out(std::size_t count) { left_out_ += count; }  // that many more exist and are not told
  void close();                                              // ends a list: says what was left out

 private:
  ToolOutcome& outcome_;
  std::size_t shown_ = 0, left_out_ = 0;
};

ToolSpec report_spec(std::string name, std::string description, Json arguments);

}  // namespace deskhand::tools
