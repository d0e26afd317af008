// The numbers of the pipeline summary and of the win/loss summary (S2-T3, S2-T4, S2-RQ3), counted from rows.
//
// Thread rule: value types; functions read through the caller's Txn only. Days are those of the org's zone.
// Codes: those of the store; limit_exceeded when there are more rows than limits::kReportRows.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "crm/lead.h"
#include "ports/tool.h"

namespace deskhand::tools {

// Money of several currencies, which is never added up.
class MoneyTotal {
 public:
  void add(const std::optional<Money>& amount);
  // "$2,400"; "$2,400 + 300.00 CHF"; zero of `currency` when there is nothing.
  std::string text(std::string_view currency) const;
  const std::map<std::string, std::int64_t>& minor_by_currency() const { return minor_; }

 private:
  std::map<std::string, std::int64_t> minor_;
};

// A span of time that a report speaks of: from `from` up to and including `to`.
struct Window {
  Instant from, to;
  Day first, last;  // local days of the two
};

// "This week". A weekly report covers the seven days up to when it was due, however late it runs: the weeks then tile
// without a gap, and on Monday morning it is the week that has ended. Asked for on another day (nullopt) it is the week
// so far, from Monday.
Window week_of(const ToolContext& context, std::optional<Instant> report_due);
// The month that has ended, in the first seven days of a month; else the month so far.
Window month_of(const ToolContext& context);
Window whole_month(const ToolContext& context, int year, int month);
// "Mon Feb 23 to Mon Mar 2"
std::string span_text(const Window& window);

// Something that was expected to close by a day that is past.
struct Slipped {
  Noun noun = Noun::lead;
  std::string ref, title, name;  // L-3, Leaking shower, Ana Ruiz
  Day expected;
  std::optional<Money> value;
  int days = 0;  // since it was expected
};

// "Leaking shower — Ana Ruiz, $2,400, expected Mon Mar 2 (3 days ago)"
std::string slipped_text(const Slipped& slipped);

Choice slipped_choice(const Slipped& slipped);  // what an answer to its line is about

struct SlippedList {
  std::size_t count = 0;
  std::vector<Slipped> shown;  // highest value first, then longest past; limits::kReportLines at most
};

struct PipelineFigures {
  std::int64_t new_leads = 0, in_follow_up = 0, proposals_out = 0, won = 0, lost = 0, open_leads = 0, visits = 0;
  int in_follow_up_average_days = 0;
  MoneyTotal proposals_value, won_value, lost_value, open_value;
  std::optional<Lead> oldest;  // of those not handed off
  int oldest_days = 0;
  SlippedList slipped;
};
Result<PipelineFigures> pipeline_figures(const ToolContext& context, const Window& week);

struct WinLossFigures {
  std::int64_t created = 0, won = 0, lost = 0, disqualified = 0, open = 0;  // open: made in the month and still open
  MoneyTotal won_value, lost_value;
  std::optional<int> days_to_win, days_to_lose;                          // averages; absent when there was none
  std::map<std::string, std::int64_t> lost_reasons, disqualify_reasons;  // by their words
  struct Source {
    std::string words;
    std::int64_t leads = 0, won = 0;
  };
  std::vector<Source> sources;                  // most leads first
  std::optional<int> win_rate_percent() const;  // of those that were decided
};
Result<WinLossFigures> win_loss_figures(const ToolContext& context, const Window& month);

// Leads and deals whose expected day to close is before today: how many, and those a list has room for.
Result<SlippedList> past_expected_close(const ToolContext& context);

}  // namespace deskhand::tools
