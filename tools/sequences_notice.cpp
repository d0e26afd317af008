// sequence_notice: what the daily run tells of sequences and of leads that have stood in a stage for longer than it
// allows; see sequences.h. The owners hear of a lead once for each stay in a stage: being named is what marks it.
#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/local_time.h"
#include "tools/present.h"
#include "tools/reports.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"
#include "tools/sequences.h"

namespace deskhand::tools {
namespace {

std::string lead_words(const Lead& lead, const ToolContext& context) {
  const std::string name = name_of_contact(context, lead.contact);
  return ref_of(lead) + " " + printable_line(lead.title) + (name.empty() ? "" : " — " + printable_line(name));
}

struct Overdue {
  Lead lead;
  StageSetting stage;
  int days = 0;
};

class Notice {
 public:
  Notice(ToolContext& context, const Sequences& sequences, Instant since, UserId assignee)
      : context_(context), sequences_(sequences), since_(since), assignee_(std::move(assignee)), list_(outcome_) {}

  Result<ToolOutcome> made() {
    if (Done done = add_drafts(); !done) return done.error();
    if (Done done = add_held(); !done) return done.error();
    if (assignee_.empty())
      if (Done done = add_overdue(); !done) return done.error();
    if (outcome_.list.empty())
      outcome_.text = "No step of a sequence was due, and no lead is in its stage for too long.";
    outcome_.data = share(std::move(data_));
    return std::move(outcome_);
  }

 private:
  bool is_wanted(const Lead& lead) const { return assignee_.empty() || lead.assignee == assignee_; }

  Result<std::vector<NurtureEntry>> entries(NurtureEvent event) const {
    return context_.txn.nurture().entries_since(since_, event, limits::kPageRowsMax);
  }

  Done add_drafts() {
    Result<std::vector<NurtureEntry>> proposed = entries(NurtureEvent::proposed);
    if (!proposed) return proposed.error();
    Json rows = Json::array();
    for (const NurtureEntry& entry : *proposed) {
      const Result<Lead> lead = context_.txn.leads().find(entry.lead);
      if (!lead || !is_wanted(*lead)) continue;
      Result<std::vector<Approval>> cards = context_.txn.approvals().pending_of_message(entry.message);
      if (!cards) return cards.error();
      if (cards->empty()) continue;  // decided meanwhile
      if (rows.empty()) list_.heading(kDrafts);
      const std::string card = ref_of(cards->front());
      const std::string words = lead_words(*lead, context_) + ": step " + std::to_string(entry.step) + " of " +
                                printable_line(entry.sequence) + " (" + card + ")";
      list_.line(words, {Noun::approval, card, words});
      rows.push_back(
          Json{{"lead", ref_of(*lead)}, {"sequence", entry.sequence}, {"step", entry.step}, {"approval", card}});
    }
    list_.close();
    data_["proposed"] = std::move(rows);
    return {};
  }

  // A draft that waits already stands in the morning list; what has to be said here is what only a person can mend.
  Done add_held() {
    Result<std::vector<NurtureEntry>> held = entries(NurtureEvent::held);
    if (!held) return held.error();
    Json rows = Json::array();
    for (const NurtureEntry& entry : *held) {
      const Result<Lead> lead = context_.txn.leads().find(entry.lead);
      if (!lead || !is_wanted(*lead)) continue;
      if (rows.empty()) list_.heading("Held:");
      const std::string words = lead_words(*lead, context_) + ": step " + std::to_string(entry.step) + " of " +
                                printable_line(entry.sequence) + " is held, because " + printable_line(entry.note);
      list_.line(words, {Noun::lead, ref_of(*lead), lead_line(*lead, context_)});
      rows.push_back(
          Json{{"lead", ref_of(*lead)}, {"sequence", entry.sequence}, {"step", entry.step}, {"reason", entry.note}});
    }
    list_.close();
    data_["held"] = std::move(rows);
    return {};
  }

  Result<std::vector<Overdue>> overdue(std::int64_t& count) const {
    Result<std::vector<StageSetting>> stages = stages_now(context_, sequences_);
    if (!stages) return stages.error();
    const Zone zone = zone_of(context_.org);
    const BusinessCalendar& calendar = context_.org.calendar;
    std::vector<Overdue> found;
    for (const StageSetting& stage : *stages) {
      if (is_closed(stage.state) || stage.sla_days.value_or(0) <= 0) continue;
      // Entered on or before the day that lies so many business days back.
      const Day latest = calendar.add_business_days(
          calendar.is_business_day(context_.today) ? context_.today : calendar.previous_business_day(context_.today),
          -*stage.sla_days);
      Day before = latest.plus_days(1);
      while (calendar.business_days_between(before, context_.today) >= *stage.sla_days) before = before.plus_days(1);
      const Instant limit = zone.start_of(before);
      Result<std::int64_t> all = context_.txn.nurture().count_overdue_in_stage(stage.state, limit);
      if (!all) return all.error();
      count += *all;
      Result<std::vector<LeadId>> ids =
          context_.txn.nurture().overdue_in_stage(stage.state, limit, limits::kPageRowsMax);
      if (!ids) return ids.error();
      for (const LeadId& id : *ids) {
        Result<Lead> lead = context_.txn.leads().find(id);
        if (!lead) return lead.error();
        const Day entered = zone.day_of(lead->stage_entered_at.value_or(lead->head.created_at));
        found.push_back({std::move(*lead), stage, calendar.business_days_between(entered, context_.today)});
      }
    }
    std::stable_sort(found.begin(), found.end(), [](const Overdue& left, const Overdue& right) {
      const auto value = [](const Lead& lead) { return lead.estimated_value ? lead.estimated_value->minor : 0; };
      return std::pair(value(left.lead), left.days) > std::pair(value(right.lead), right.days);
    });
    return found;
  }

  Done add_overdue() {
    std::int64_t count = 0;
    Result<std::vector<Overdue>> found = overdue(count);
    if (!found) return found.error();
    Json rows = Json::array();
    if (!found->empty()) list_.heading("Longer in a stage than it should be:");
    for (const Overdue& one : *found) {
      if (list_.is_full()) break;
      const std::string who = name_of_user(context_, one.lead.assignee);
      const std::string words = lead_words(one.lead, context_) + ": " +
                                count_of(static_cast<std::size_t>(one.days), "business day", "business days") +
                                " in \"" + printable_line(*one.stage.name) + "\" (limit " +
                                std::to_string(*one.stage.sla_days) + ")" +
                                (who.empty() ? "" : ", with " + printable_line(who));
      list_.line(words, {Noun::lead, ref_of(one.lead), lead_line(one.lead, context_)});
      if (Done done = context_.txn.nurture().set_sla_raised(one.lead.id, context_.today); !done) return done;
      rows.push_back(Json{{"lead", ref_of(one.lead)}, {"state", state_name(one.stage.state)}, {"days", one.days}});
    }
    // The rest is not marked and is named on the next day.
    if (count > static_cast<std::int64_t>(rows.size())) list_.leave_out(static_cast<std::size_t>(count) - rows.size());
    list_.close();
    data_["overdue_in_stage"] = std::move(rows);
    return {};
  }

  static constexpr std::string_view kDrafts = "Drafts that wait for your yes:";

  ToolContext& context_;
  const Sequences& sequences_;
  Instant since_;
  UserId assignee_;
  ToolOutcome outcome_;
  NumberedList list_;
  Json data_ = Json::object();
};

}  // namespace

std::unique_ptr<Tool> make_sequence_notice(const SharedSequences& sequences) {
  ToolSpec spec;
  spec.name = "sequence_notice";
  spec.description =
      "Tell what the daily run proposed, what it held, and which leads stand in a stage for longer than it allows.";
  spec.arguments =
      share(closed_schema({{"since", text_of("From which moment on (RFC 3339).", limits::kTagBytes)},
                           {"assignee", text_of("Only what belongs to this person's leads.", limits::kNameBytes)}},
                          {"since"}));
  spec.effect = EffectClass::write;
  spec.role = ToolRole::system;
  const auto propose = [](const Json& arguments, const ToolContext&) -> Result<Proposal> {
    Proposal proposal;
    proposal.effects = {ChangesRecord{Noun::lead, false}};
    proposal.arguments = share(arguments);
    return proposal;
  };
  const auto run = [sequences](const Json& arguments, ToolContext& context) -> Result<ToolOutcome> {
    const auto since = parse_rfc3339(line(arguments, "since"));
    if (!since) return make_error(Code::invalid_argument, "since is no moment in RFC 3339.");
    UserId assignee;
    if (given(arguments, "assignee")) {
      Result<User> user = resolve_user(context, line(arguments, "assignee"));
      if (!user) return user.error();
      assignee = user->id;
    }
    return Notice(context, *sequences, *since, std::move(assignee)).made();
  };
  return make_tool(std::move(spec), propose, run);
}

}  // namespace deskhand::tools
