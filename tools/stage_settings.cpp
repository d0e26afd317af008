// set_stage and list_stages: what a stage of the pipeline is called, how likely a deal of it is, whether entering it
// begins a sequence, and how long a lead may stand in it (S4-E2); see sequences.h.
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/schema_parts.h"
#include "tools/sequences.h"

namespace deskhand::tools {
namespace {

constexpr int kStageDaysMax = 366;

StageSetting written(const Sequences& sequences, CanonicalState state) {
  StageSetting stage;
  stage.state = state;
  for (const procedure::StageRule& rule : sequences.stages) {
    if (rule.state != state) continue;
    stage.auto_nurture = rule.auto_nurture;
    stage.sla_days = rule.sla_days;
    break;
  }
  return laid_over(stage, usual_stage(state));
}

// The canonical word, any vocabulary's, or the name the business gave it.
Result<CanonicalState> state_meant(const std::string& words, const std::vector<StageSetting>& known) {
  for (const StageSetting& stage : known)
    if (stage.name && to_lower(*stage.name) == to_lower(words)) return stage.state;
  if (const auto state = state_called(words)) return *state;
  return make_error(Code::invalid_argument, "\"" + shorten(printable_line(words), 60) +
                                                "\" is no stage; there are new, engaged, qualified, booked, quoted, "
                                                "negotiating, won, lost and disqualified.");
}

Json stage_data(const StageSetting& stage) {
  return Json{{"state", state_name(stage.state)},  {"pipeline", stage.pipeline}, {"name", *stage.name},
              {"probability", *stage.probability}, {"colour", *stage.colour},    {"auto_nurture", *stage.auto_nurture},
              {"sla_days", *stage.sla_days}};
}

std::string text_of_stage(const StageSetting& stage, const Sequences& sequences) {
  std::string text = printable_line(*stage.name) + " (" + std::string(state_name(stage.state)) +
                     "): " + std::to_string(*stage.probability) + " %, ";
  const procedure::Sequence* sequence = sequences.for_state(stage.state);
  if (!*stage.auto_nurture)
    text += "no sequence by itself";
  else
    text += sequence == nullptr ? std::string("a sequence by itself, but the procedure has none for it")
                                : "begins " + printable_line(sequence->name.words);
  text += *stage.sla_days == 0
              ? ", no limit"
              : ", told after " + count_of(static_cast<std::size_t>(*stage.sla_days), "business day", "business days");
  return text;
}

// null takes a setting away: the procedure says it again.
Done read_settings(const Json& arguments, StageSetting& stage) {
  if (given(arguments, "name")) {
    stage.name = optional_line(arguments, "name");
    if (stage.name && stage.name->empty()) stage.name.reset();
  }
  if (given(arguments, "colour")) {
    stage.colour = optional_line(arguments, "colour");
    if (stage.colour && stage.colour->empty()) stage.colour.reset();
    if (stage.colour && !is_colour(*stage.colour))
      return make_error(Code::invalid_argument,
                        "\"" + printable_line(*stage.colour) + "\" is no colour; write #2f855a.");
  }
  const auto is_null = [&](std::string_view name) { return arguments.at(std::string(name)).is_null(); };
  if (given(arguments, "probability"))
    stage.probability = is_null("probability")
                            ? std::nullopt
                            : std::optional(static_cast<int>(integer(arguments, "probability", 0, 0, 100)));
  if (given(arguments, "auto_nurture"))
    stage.auto_nurture = is_null("auto_nurture") ? std::nullopt : std::optional(flag(arguments, "auto_nurture"));
  if (given(arguments, "sla_days"))
    stage.sla_days = is_null("sla_days")
                         ? std::nullopt
                         : std::optional(static_cast<int>(integer(arguments, "sla_days", 0, 0, kStageDaysMax)));
  return {};
}

Result<StageSetting> stage_to_set(const Json& arguments, const ToolContext& context, const Sequences& sequences) {
  Result<std::vector<StageSetting>> known = stages_now(context, sequences);
  if (!known) return known.error();
  Result<CanonicalState> state = state_meant(line(arguments, "stage"), *known);
  if (!state) return state.error();
  Result<std::vector<StageSetting>> stored = context.txn.nurture().stages();
  if (!stored) return stored.error();
  const auto found = std::find_if(stored->begin(), stored->end(),
                                  [&](const StageSetting& one) { return one.state == *state && one.pipeline == kUsualPipeline; });
  StageSetting& stage = found != stored->end() ? *found : stored->emplace_back();
  stage.state = *state;
  if (Done done = read_settings(arguments, stage); !done) return done.error();
  if (is_closed(*state) && (stage.auto_nurture.value_or(false) || stage.sla_days.value_or(0) > 0))
    return make_error(Code::invalid_argument, "A closed stage has no sequence and no limit.");
  return std::move(stage);
}

std::unique_ptr<Tool> make_set_stage(const SharedSequences& sequences) {
  const auto propose = [sequences](const Json& arguments, const ToolContext& context) -> Result<Proposal> {
    Result<StageSetting> stage = stage_to_set(arguments, context, *sequences);
    if (!stage) return stage.error();
    Proposal proposal;
    proposal.effects = {ChangesSetting{"stage"}};
    proposal.arguments = share(arguments);
    proposal.summary = "Set up the stage " + std::string(state_name(stage->state));
    return proposal;
  };
  const auto run = [sequences](const Json& arguments, ToolContext& context) -> Result<ToolOutcome> {
    Result<StageSetting> stage = stage_to_set(arguments, context, *sequences);
    if (!stage) return stage.error();
    const CanonicalState state = stage->state;
    Result<StageSetting> stored = context.txn.nurture().put(std::move(*stage));
    if (!stored) return stored.error();
    Result<StageSetting> now = stage_now(context, *sequences, state);
    if (!now) return now.error();
    ToolOutcome outcome;
    outcome.text = "Set: " + text_of_stage(*now, *sequences) + ".";
    if (flag(arguments, "auto_nurture"))
      outcome.text += " Leads that stand there already are put into it with enrol_sequence.";
    outcome.data = share(stage_data(*now));
    return outcome;
  };
  ToolSpec spec;
  spec.name = "set_stage";
  spec.description =
      "Set up a stage of the pipeline: its name, chance, colour, whether entering it begins its sequence of "
      "follow-ups, "
      "and after how many business days in it the owner hears of a lead. null takes a setting away.";
  Json probability = number_of("How likely a deal of it is won, in percent.", 0, 100);
  Json days = number_of("Business days a lead may stand in it; 0: no limit.", 0, kStageDaysMax);
  Json automatic = yes_or_no("Whether a lead that enters it is put into its sequence.");
  for (Json* property : {&probability, &days, &automatic})
    (*property)["type"] = Json::array({(*property)["type"], "null"});
  Json name = text_of("What it is called.", limits::kTagBytes), colour = text_of("Its colour: #2f855a.", 20);
  for (Json* property : {&name, &colour}) (*property)["type"] = Json::array({"string", "null"});
  spec.arguments =
      share(closed_schema({{"stage", text_of("Which: new, quoted, estimate sent, or its name.", limits::kTagBytes)},
                           {"name", std::move(name)},
                           {"probability", std::move(probability)},
                           {"colour", std::move(colour)},
                           {"auto_nurture", std::move(automatic)},
                           {"sla_days", std::move(days)}},
                          {"stage"}));
  spec.effect = EffectClass::write;
  spec.role = ToolRole::owner_action;
  return make_tool(std::move(spec), propose, run);
}

std::unique_ptr<Tool> make_list_stages(const SharedSequences& sequences) {
  const auto run = [sequences](const Json&, ToolContext& context) -> Result<ToolOutcome> {
    Result<std::vector<StageSetting>> stages = stages_now(context, *sequences);
    if (!stages) return stages.error();
    ToolOutcome outcome;
    Json rows = Json::array();
    for (const StageSetting& stage : *stages) {
      outcome.text += (outcome.text.empty() ? "" : "\n") + text_of_stage(stage, *sequences);
      rows.push_back(stage_data(stage));
    }
    outcome.data = share(Json{{"stages", std::move(rows)}});
    return outcome;
  };
  ToolSpec spec;
  spec.name = "list_stages";
  spec.description = "The stages of the pipeline as the business has set them up.";
  spec.arguments = share(closed_schema(Json::object(), {}));
  return make_tool(std::move(spec), propose_read, run);
}

}  // namespace

Result<std::vector<StageSetting>> stages_now(const ToolContext& context, const Sequences& sequences) {
  Result<std::vector<StageSetting>> stored = context.txn.nurture().stages();
  if (!stored) return stored;
  std::vector<StageSetting> stages;
  for (const CanonicalState state : kCanonicalStates) {
    StageSetting stage;
    stage.state = state;
    for (const StageSetting& one : *stored)
      if (one.state == state && one.pipeline == kUsualPipeline) stage = one;
    stages.push_back(laid_over(stage, written(sequences, state)));
  }
  return stages;
}

Result<StageSetting> stage_now(const ToolContext& context, const Sequences& sequences, CanonicalState state) {
  Result<std::vector<StageSetting>> stages = stages_now(context, sequences);
  if (!stages) return stages.error();
  for (StageSetting& stage : *stages)
    if (stage.state == state) return std::move(stage);
  return make_error(Code::internal, "A state has no stage.", std::string(state_name(state)));
}

Tools stage_setting_tools(const SharedSequences& sequences) {
  Tools tools;
  tools.push_back(make_set_stage(sequences));
  tools.push_back(make_list_stages(sequences));
  return tools;
}

}  // namespace deskhand::tools
