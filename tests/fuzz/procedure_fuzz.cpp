// Any bytes as a procedure: no crash, no hang, every place inside the file, and no hard stop bound that names a number.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "procedure/binding.h"
#include "procedure/rules.h"

namespace {

using namespace deskhand;
using namespace deskhand::procedure;

void require(bool holds) {
  if (!holds) std::abort();
}

const SchemaNames& schema() {
  static const SchemaNames names = {{"schemas/crm.json", "schemas/opportunity.json"},
                                    {{"lead", "status", {"new", "working", "converted"}},
                                     {"lead", "pipeline_stage", {"inquiry", "follow_up"}},
                                     {"contact", "quickbooks_customer_id", {}},
                                     {"contact", "x_breed", {}}}};
  return names;
}

void check_template(const Template& message, std::string_view id) {
  require(list_of(message).head.rows.size() <= message.rows.size());
  for (const auto& placeholder : placeholders_of(message)) {
    require(placeholder.row < message.rows.size());
    require(placeholder.begin < placeholder.end && placeholder.end <= message.rows[placeholder.row].text.size());
  }
  const auto* item = core_catalogue().find(id);
  if (item == nullptr) return;
  // With nothing known a message stays as it is written.
  require(render(message, *item, {}).text == message.text());
  require(render(message, *item, {{"contact_name", "[name]"}, {"won_value", "$1"}, {"contact.x_breed", "pug"}})
              .open.size() <= placeholders_of(message).size());
}

void check_rules(const Procedure& procedure) {
  const auto stale = stale_lead_rule(procedure);
  require(stale.threshold.count > 0 && !stale.statuses.empty());
  const auto pipeline = pipeline_rule(procedure);
  require(!pipeline.is_active || pipeline.when.cadence != Cadence::none);
  require(pipeline.when.minute_or(0) >= 0 && pipeline.when.minute_or(0) < 24 * 60);
  (void)win_loss_rule(procedure);
  (void)follow_up_rule(procedure);
  for (const std::string_view id : {"EV1", "EV2", "EV3", "EV4", "EV5"}) {
    const auto rule = trigger_rule(procedure, id);
    for (const auto* message : {&rule.log, &rule.owner_message, &rule.quickbooks_question, &rule.reminder_question})
      check_template(*message, id);
  }
  (void)is_activated_by(procedure, procedure.purpose);
}

bool names_a_number(const HardStop& stop) {
  return std::any_of(stop.statement.begin(), stop.statement.end(),
                     [](char byte) { return byte >= '0' && byte <= '9'; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto procedure = parse_procedure(text, "f.md");
  if (!procedure) {
    require(procedure.error().message.find('\n') == std::string::npos);
    return 0;
  }
  const auto lines =
      static_cast<int>(std::count(text.begin(), text.end(), '\n') + std::count(text.begin(), text.end(), '\r')) + 2;
  for (const auto& behaviour : procedure->behaviours) check_template(behaviour.message, behaviour.id);
  for (const auto& draft : procedure->drafts) check_template(draft.message, draft.id);
  for (const auto& request : procedure->requests) check_template(request.confirmation, request.id);
  check_rules(*procedure);

  const auto binding = bind(*procedure, core_catalogue(), schema());
  require(binding.problems.size() <= 2 * limits::kProcedureProblems);
  for (const auto& problem : binding.problems) {
    require(problem.place.line >= 0 && problem.place.line <= lines);
    require(problem.message.find('\n') == std::string::npos);
  }
  std::size_t stop = 0;
  for (const auto& row : binding.rows) {
    require(row.place.line >= 0 && row.place.line <= lines);
    if (row.kind != "hard stop") continue;
    while (procedure->hard_stops[stop].place.line != row.place.line) ++stop;
    if (binding.would_start()) require(!names_a_number(procedure->hard_stops[stop]));
  }
  (void)check_table(*procedure, binding);
  return 0;
}
