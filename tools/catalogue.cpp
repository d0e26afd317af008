#include "tools/catalogue.h"

#include "tools/appointments.h"
#include "tools/closing.h"
#include "tools/companies.h"
#include "tools/contacts.h"
#include "tools/drafts.h"
#include "tools/estimates.h"
#include "tools/follow_ups.h"
#include "tools/interactions.h"
#include "tools/leads.h"
#include "tools/merge.h"
#include "tools/messages.h"
#include "tools/opportunities.h"
#include "tools/owner.h"
#include "tools/people_lists.h"
#include "tools/qualifying.h"
#include "tools/quickbooks.h"
#include "tools/reminders.h"
#include "tools/reports.h"
#include "tools/script.h"
#include "tools/sequences.h"
#include "tools/stages.h"
#include "tools/undo.h"
#include "tools/wording.h"

namespace deskhand::tools {

std::vector<std::unique_ptr<Tool>> make_tools(const schema::RecordSchemas& records,
                                              const procedure::Procedure& procedure) {
  const Wording wording = wording_of(procedure);
  const SharedScript script = std::make_shared<const Script>(script_of(procedure));
  Tools all;
  const auto add = [&](Tools some) {
    for (std::unique_ptr<Tool>& tool : some) all.push_back(std::move(tool));
  };
  add(contact_tools(records, wording));
  all.push_back(make_merge_contacts());
  add(company_tools(records));
  add(lead_tools(records, wording));
  add(qualifying_tools(records, wording));
  add(stage_tools(wording));
  add(estimate_tools());
  add(opportunity_tools(records));
  add(closing_tools(records, wording));
  add(quickbooks_tools(wording));
  add(interaction_tools(records));
  add(follow_up_tools());
  add(reminder_tools());
  add(appointment_tools());
  add(draft_tools(script));
  add(message_tools());
  add(people_list_tools());
  add(report_tools(script));
  const SharedSequences sequences = sequences_of(procedure);
  add(sequence_tools(sequences, script));
  add(stage_setting_tools(sequences));
  add(owner_tools());
  all.push_back(make_undo());
  return all;
}

Consequence make_consequence(const procedure::Procedure& procedure) { return sequence_consequence(procedure); }

}  // namespace deskhand::tools
