// A written procedure as a typed value: what an owner put into Markdown, item by item, each with the line it stands on.
// It is data; whether each item means anything to this program is settled by binding.h, and what a handler needs is in
// rules.h.
//
// Thread rule: immutable after loading; share it by const reference or shared_ptr to const.
// Source of the form: the core CRM procedure (S2); docs/formats/procedure.md describes what is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crm/status.h"
#include "procedure/asks.h"
#include "procedure/fields.h"
#include "procedure/step_action.h"
#include "procedure/template.h"
#include "procedure/when.h"

namespace deskhand::procedure {

// Words and where they stand.
struct Text {
  std::string words;
  Place place;
};

// S2-P1.
struct Header {
  std::string title;         // the whole heading
  std::string name;          // without "Procedure:"
  std::string module_title;  // what follows the last dash of the title: "Core"
  std::string version;
  std::string applies_to;
  std::string last_updated;
  std::vector<Text> required_schemas;  // "schemas/crm.json"
  std::vector<Text> extended_by;       // file names relative to this file
  Place place;
};

enum class ActivationEvent { inbound_email, web_form, phone_call, text_message, stage_changed, scheduled_run };

// S2-P4.
struct Activation {
  struct Event {
    ActivationEvent event;
    Text text;
  };
  std::vector<Text> words;  // lower case
  std::vector<Event> events;
  std::vector<Text> unknown;  // bullets that are neither
  Place place;
};

// S2-T. `id` is what the catalogue recognised ("T1"), "" when nothing did; the same below.
struct Behaviour {
  std::string id;
  std::string heading;  // "Weekly (Monday morning)"
  When when;
  std::string prose;
  std::vector<Duration> durations;
  std::vector<FieldUse> fields;
  Template message;
  Place place;
};

struct Step {
  int number = 0;  // as counted in the document, 0 in a bulleted list
  std::string text;
  std::vector<StepAction> actions;  // what the words ask for; empty when they were not understood
  std::vector<FieldUse> fields;
  std::vector<Template> quoted;  // words in quotation marks inside the text
  Template message;              // the quote or code block under it
  std::vector<std::string> choices;
  std::vector<Duration> durations;
  std::vector<Step> steps;
  Place place;
};

// S2-EV.
struct Trigger {
  std::string id;
  Text title;
  std::string prose;
  std::vector<Step> steps;
};

// S2-RQ.
struct Request {
  std::string id;
  std::vector<Text> patterns;  // "Log a call with [name]"; at least one
  std::string prose;
  std::vector<Ask> asks;
  std::vector<Template> questions;  // asked in these words
  Template confirmation;
  std::vector<FieldUse> fields;
  std::vector<std::string> choices;
  std::vector<StepAction> actions;
  Place place;
};

// S2-DR.
struct Draft {
  std::string id;
  Text stage;
  Template message;
};

// One step of a sequence of follow-ups (S4-J1). Its message is the procedure's own words for the lead's stage when it
// has none.
struct SequenceStep {
  std::optional<Duration> wait;    // since the step before it, or since the enrolment
  bool counts_from_start = false;  // "Day 5": since the enrolment, whatever came before
  std::string text;                // "After 3 business days"
  std::string subject;             // of an e-mail; "" when the procedure names none
  Template message;
  Place place;
};

struct Sequence {
  Text name;
  std::optional<CanonicalState> starts_in;  // the stage whose leads it is for; absent: only by hand
  Text starts_words;
  bool ends_on_reply = true, ends_on_stage_change = true;  // opting out and closing always end it
  std::vector<SequenceStep> steps;
};

// What the procedure says of a stage (S4-E2): whether entering it begins its sequence, and after how many business days
// in it the owner hears of the lead.
struct StageRule {
  Text words;
  std::optional<CanonicalState> state;  // absent: nobody calls a stage so
  std::optional<bool> auto_nurture;
  std::optional<int> sla_days;
};

struct Integration {
  std::string system;
  std::string how;
  Place place;
};

// S2-HS.
struct HardStop {
  int number = 0;
  std::string statement;          // the sentence in bold, or the first one
  std::string rest;               // everything else of the item
  std::vector<std::string> tags;  // "HS1" of [HS1]
  bool is_note = false;           // prose of the section that belongs to no item; it may not add anything either
  Place place;
};

enum class Severity { error, warning };

struct Problem {
  Severity severity = Severity::warning;
  Place place;
  std::string message;  // one line, without the place
};
std::string to_text(const Problem& problem);  // "procedures/crm.md line 276: ..."

struct Procedure {
  std::string file;
  Header header;
  std::string purpose;
  std::vector<Text> scope;
  Activation activation;
  std::vector<FieldUse> data_fields;  // the listing under "Data you work with"
  std::vector<Behaviour> behaviours;
  std::vector<Trigger> triggers;
  std::vector<Request> requests;
  std::vector<Draft> drafts;
  std::vector<Text> closing_rules;  // what the drafting section says of all drafts
  std::vector<Integration> integrations;
  std::vector<HardStop> hard_stops;
  std::vector<Text> unknown_sections;
  std::vector<Text> mentioned_schemas;  // `schemas/...` anywhere
  std::vector<Problem> problems;        // found while reading; binding adds its own
  std::vector<std::string> files;       // this file and its modules, in loading order
  std::string content_hash;             // of all their bytes
  std::vector<Sequence> sequences;
  std::vector<StageRule> stages;
};

// One file, without its modules. Codes: invalid_argument, limit_exceeded, each one line with file and line.
Result<Procedure> parse_procedure(std::string_view markdown, std::string file_name);

}  // namespace deskhand::procedure
