// What tools say in the procedure's own words: the confirmation of a new customer, the notice of an inquiry, the lines
// that a qualified or a won deal leaves in the history. A procedure's templates replace the words here; the facts are
// the same.
//
// Thread rule: a Wording is immutable and may be called from any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "crm/contact.h"
#include "crm/lead.h"
#include "ports/tool.h"
#include "procedure/facts.h"
#include "procedure/procedure.h"

namespace deskhand::tools {

enum class Saying {
  contact_added,        // RQ1, the confirmation
  inquiry_received,     // EV1, the notice to the owner
  lead_qualified,       // EV2, the history's line
  opportunity_won,      // EV4, the history's line
  quickbooks_question,  // EV4, what the owner is asked
  reminder_offer        // EV5, the question after a loss
};

using procedure::FactValues;

// What is stated, and the question that follows it, if one does.
struct Said {
  std::string text, question;
};

struct Wording {
  std::function<Said(Saying, const FactValues&)> say;
  int reminder_count = 90,
      reminder_days = 90;  // when to offer to ask a lost customer again: as the procedure counts, and in days
  std::string reminder_unit = "days";
  // What the procedure's triggers leave out is not done.
  bool hands_to_estimating = true, hands_win_to_scheduling = true, asks_quickbooks = true;
  LeadStatus qualified_status = LeadStatus::working;      // EV2
  LeadStage qualified_stage = LeadStage::needs_analysis;  // EV2, where nobody says which
};

// The words used where no procedure brings its own.
Wording plain_wording();
// What the procedure says, in place of the plain words; what it leaves out stays. Keeps a copy of the templates it
// needs.
Wording wording_of(const procedure::Procedure& procedure);

// Everything a template may say about these; each may be null.
FactValues facts_about(const ToolContext& context, const Contact* contact, const Lead* lead,
                       const Opportunity* opportunity);

// A template whose placeholders are names of facts, filled; a fact that is not there leaves nothing.
std::string filled(std::string_view wording, const FactValues& facts);
// Cut before filling, so that a name with a full stop in it can not move the cut: the last sentence when it ends in
// "?".
Said split_question(std::string_view wording);

}  // namespace deskhand::tools
