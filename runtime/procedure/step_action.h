// What a sentence of a procedure asks to be done, as far as this program can do it.
//
// Thread rule: pure functions.
#pragma once

#include <string_view>
#include <vector>

namespace deskhand::procedure {

enum class StepAction {
  match_contact,  // look the person up by phone or email
  link_contact,   // attach to the record that was found
  create_contact,
  create_lead,
  log_interaction,
  notify_owner,
  offer_draft,    // ask whether to draft an answer
  draft_message,  // word a message for the owner's review
  show_owner,     // present something for review
  set_field,      // "`stage` = won"
  hand_off_estimating,
  hand_off_scheduling,
  hand_off_invoicing,  // QuickBooks by way of invoicing
  ask_quickbooks,
  create_opportunity,
  link_lead,
  check_complete,  // name, phone and address are there
  wait_for_owner,  // begins when the owner says so
  ask_reason,
  ask_owner,     // any other question
  keep_history,  // delete nothing
  set_reminder,
  set_follow_up,
  update_contact,
  show_report,      // pipeline, win/loss
  include_overdue,  // and what is past its expected close date
  show_history,     // interactions, last touch
  list_customers,
  find_leads,  // "check all leads ... no interaction"
  find_follow_ups,
  convert_lead,
  disqualify_lead,
  confirm  // say what was done
};

std::string_view action_name(StepAction action);

// In the order of the enumeration, each once; empty when nothing was understood.
std::vector<StepAction> actions_of(std::string_view sentence);

}  // namespace deskhand::procedure
