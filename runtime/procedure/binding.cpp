#include "procedure/binding.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "crm/status.h"
#include "procedure/checker.h"
#include "procedure/guard_meaning.h"
#include "procedure/readers.h"
#include "procedure/rules.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

// Everything that binding one procedure needs; rows and problems grow as its items are visited.
struct Binder {
  const Procedure& procedure;
  const Catalogue& catalogue;
  const SchemaNames& schema;
  Binding result = {};

  void bind_schemas();
  void bind_activation();
  void bind_behaviours();
  void bind_triggers();
  void bind_requests();
  void bind_drafts();
  void bind_sequences();
  void bind_stages();
  void bind_closing_rules();
  void bind_integrations();
  void bind_hard_stops();

  // A row bound to a catalogue item, or unbound with a warning.
  bool add(std::string_view kind, std::string_view item, const Place& place, std::string_view id,
           std::string_view unbound);
  void add_row(std::string_view kind, std::string_view item, const Place& place, std::string bound_to,
               std::string note);
  void error(const Place& place, std::string message);
};

std::string_view base_name(std::string_view path) {
  const auto slash = path.find_last_of("/\\");
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string without_dot(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  return replace_all(std::string(path), "\\", "/");
}

// "schemas/crm.json"; a name without a folder ("crm.json", "crm") stands for the file of that name.
const std::string* find_schema(const SchemaNames& schema, std::string_view wanted) {
  const auto path = without_dot(wanted);
  for (const auto& file : schema.files) {
    const std::string_view base = base_name(file);
    const bool bare = path.find('/') == std::string::npos;
    if (without_dot(file) == path || (bare && (base == path || base == path + ".json"))) return &file;
  }
  return nullptr;
}

void Binder::add_row(std::string_view kind, std::string_view item, const Place& place, std::string bound_to,
                     std::string note) {
  result.rows.push_back({std::string(kind), shorten(squeeze(item), 72), place, std::move(bound_to), std::move(note)});
}

bool Binder::add(std::string_view kind, std::string_view item, const Place& place, std::string_view id,
                 std::string_view unbound) {
  const auto* found = id.empty() ? nullptr : catalogue.find(id);
  if (found != nullptr) {
    add_row(kind, item, place, found->id, found->what);
    return true;
  }
  add_row(kind, item, place, "", std::string(unbound));
  warn(result.problems, place, std::string(kind) + " " + quote(item) + " is not understood: " + std::string(unbound));
  return false;
}

void Binder::error(const Place& place, std::string message) {
  // Warnings never crowd out an error: what refuses the start is counted on its own.
  const auto errors = std::count_if(result.problems.begin(), result.problems.end(),
                                    [](const Problem& problem) { return problem.severity == Severity::error; });
  if (static_cast<std::size_t>(errors) < limits::kProcedureProblems)
    result.problems.push_back({Severity::error, place, std::move(message)});
}

void Binder::bind_schemas() {
  for (const auto& required : procedure.header.required_schemas) {
    const auto* file = find_schema(schema, required.words);
    add_row("schema", required.words, required.place, file == nullptr ? "" : *file,
            file == nullptr ? "no such schema" : "required schema");
    if (file != nullptr) continue;
    const auto near = nearest(required.words, schema.files);
    error(required.place, "requires the schema " + required.words +
                              ", which does not exist; add the file or correct the line" +
                              (near.empty() ? "" : " (nearest is " + near + ")"));
  }
  for (const auto& mentioned : procedure.mentioned_schemas) {
    if (find_schema(schema, mentioned.words) != nullptr) continue;
    const auto& required = procedure.header.required_schemas;
    if (std::any_of(required.begin(), required.end(),
                    [&](const Text& other) { return other.words == mentioned.words; }))
      continue;
    warn(result.problems, mentioned.place,
         "there is no schema " + mentioned.words + "; what it says of it will not happen");
  }
}

std::string_view event_name(ActivationEvent event) {
  switch (event) {
    case ActivationEvent::inbound_email:
      return "inbound e-mail";
    case ActivationEvent::web_form:
      return "web form";
    case ActivationEvent::phone_call:
      return "phone call";
    case ActivationEvent::text_message:
      return "text message";
    case ActivationEvent::stage_changed:
      return "change of stage";
    case ActivationEvent::scheduled_run:
      return "scheduled run";
  }
  return "";
}

void Binder::bind_activation() {
  const auto& activation = procedure.activation;
  for (std::size_t index = 0; index < activation.words.size();) {
    const auto& first = activation.words[index];
    std::string words;
    for (; index < activation.words.size() && activation.words[index].place.line == first.place.line; ++index)
      words += (words.empty() ? "" : ", ") + activation.words[index].words;
    add_row("activation", words, first.place, "words", "the owner's words");
  }
  for (std::size_t index = 0; index < activation.events.size();) {
    const auto& first = activation.events[index];
    std::string names;
    for (; index < activation.events.size() && activation.events[index].text.place.line == first.text.place.line;
         ++index)
      names += (names.empty() ? "" : ", ") + std::string(event_name(activation.events[index].event));
    add_row("activation", first.text.words, first.text.place, "event", names);
  }
  for (const auto& unknown : activation.unknown)
    add("activation", unknown.words, unknown.place, "", "nothing loads the procedure for it");
}

Cadence usual_cadence(std::string_view id) {
  if (id == "T3") return Cadence::weekly;
  return id == "T4" ? Cadence::monthly : Cadence::daily;
}

std::string_view cadence_name(Cadence cadence) {
  switch (cadence) {
    case Cadence::daily:
      return "daily";
    case Cadence::weekdays:
      return "on weekdays";
    case Cadence::weekly:
      return "weekly";
    case Cadence::monthly:
      return "monthly";
    default:
      return "";
  }
}

void Binder::bind_behaviours() {
  for (const auto& behaviour : procedure.behaviours) {
    if (!add("schedule", behaviour.prose, behaviour.place, behaviour.id, "nothing runs for it")) continue;
    if (behaviour.when.cadence == Cadence::unsupported)
      warn(result.problems, behaviour.place,
           quote(behaviour.when.words) + " is no time that can be run; " + behaviour.id +
               " is only given on demand. Write daily, a weekday, or a day of the month");
    if (behaviour.when.cadence == Cadence::none)
      warn(result.problems, behaviour.place,
           behaviour.id + " has no day; it runs " + std::string(cadence_name(usual_cadence(behaviour.id))));
    if (behaviour.id == "T1" && behaviour.durations.empty())
      warn(result.problems, behaviour.place, "T1 has no number of days; 3 business days are used");
    if (behaviour.id == "T1" && !behaviour.durations.empty() && !stale_lead_rule(procedure).has_threshold)
      warn(result.problems, behaviour.place,
           "the number of days in T1 is read as how often a lead is named again; for the silence itself 3 business days "
           "are used");
  }
}

std::size_t count_steps(const std::vector<Step>& steps) {
  std::size_t count = 0;
  for (const auto& step : steps) count += 1 + count_steps(step.steps);
  return count;
}

void warn_of_steps(const std::vector<Step>& steps, std::vector<Problem>& problems) {
  for (const auto& step : steps) {
    const bool says_something =
        !step.actions.empty() || !step.steps.empty() || !step.message.empty() || step.text.ends_with(":");
    if (!says_something)
      warn(problems, step.place, "step " + quote(step.text) + " is not understood: it will not be done");
    warn_of_steps(step.steps, problems);
  }
}

void Binder::bind_triggers() {
  for (const auto& trigger : procedure.triggers) {
    const auto& title = trigger.title;
    if (!add("trigger", title.words, title.place, trigger.id,
             "no event ever fires it, so its " + count_of(count_steps(trigger.steps), "step is", "steps are") +
                 " never reached"))
      continue;
    warn_of_steps(trigger.steps, result.problems);
  }
}

void Binder::bind_requests() {
  for (const auto& request : procedure.requests)
    add("request", request.patterns.front().words, request.place, request.id,
        "it is left to the model and nothing of it is sure to happen");
}

void Binder::bind_drafts() {
  for (const auto& draft : procedure.drafts) {
    if (!add("draft", draft.stage.words, draft.stage.place, draft.id, "its message is never used")) continue;
    if (draft.message.empty())
      warn(result.problems, draft.stage.place, draft.id + " has no message; put one below it as a quote");
  }
}

std::string days_text(int days) { return count_of(static_cast<std::size_t>(days), "business day", "business days"); }

void Binder::bind_sequences() {
  for (const auto& sequence : procedure.sequences) {
    const auto& name = sequence.name;
    if (sequence.steps.empty()) {
      add("sequence", name.words, name.place, "", "it has no steps; number them, each with its wait and its words");
      continue;
    }
    const std::string starts = sequence.starts_in ? "for leads that are " + std::string(state_name(*sequence.starts_in))
                                                  : "started by hand";
    add_row("sequence", name.words, name.place, "sequence",
            count_of(sequence.steps.size(), "step", "steps") + ", " + starts);
    for (std::size_t index = 0; index < sequence.steps.size(); ++index) {
      const auto& step = sequence.steps[index];
      const std::string note = (step.wait ? to_text(*step.wait) : std::string("no wait")) +
                               (step.counts_from_start ? " from the start" : "") +
                               (step.message.empty() ? ", in the words for the lead's stage" : "");
      add_row("step", step.text, step.place, "step " + std::to_string(index + 1), note);
      if (!step.wait)
        warn(result.problems, step.place,
             "step " + std::to_string(index + 1) + " of " + quote(name.words) +
                 " names no wait; it is proposed on the next business day");
    }
  }
}

void Binder::bind_stages() {
  for (const auto& stage : procedure.stages) {
    if (!stage.state) {
      add_row("stage", stage.words.words, stage.words.place, "", "no stage is called so");
      continue;
    }
    std::vector<std::string> notes;
    if (stage.auto_nurture) notes.push_back(*stage.auto_nurture ? "its sequence starts by itself" : "no sequence by itself");
    if (stage.sla_days && *stage.sla_days > 0) notes.push_back("told after " + days_text(*stage.sla_days));
    add_row("stage", stage.words.words, stage.words.place, std::string(state_name(*stage.state)), join(notes, ", "));
    const bool has_sequence = std::any_of(procedure.sequences.begin(), procedure.sequences.end(), [&](const Sequence& one) {
      return one.starts_in == stage.state && !one.steps.empty();
    });
    if (stage.auto_nurture.value_or(false) && !has_sequence)
      warn(result.problems, stage.words.place, "no sequence is for " + quote(stage.words.words) + "; nothing starts there");
  }
}

// DR4: drafts are shown, nothing is sent without approval; that is HS1 again.
void Binder::bind_closing_rules() {
  for (const auto& rule : procedure.closing_rules) {
    const auto meant = guards_meant(rule.words);
    const Stems stems(rule.words);
    const bool shows_drafts =
        (stems.match("present|show|bring|give draft|message|it|them|one owner|me|boss|review|approval") > 0 ||
         stems.match("owner|boss|i review|read|approve|see draft|message|it|them") > 0) &&
        conditions_of(rule.words, "HS1", TextPart::free, {}).empty();
    const auto bound = !meant.empty() ? meant.front() : shows_drafts ? std::string("HS1") : std::string();
    add("rule", rule.words, rule.place, bound, "it is shown to the model and nothing else keeps it");
  }
}

void Binder::bind_integrations() {
  for (const auto& integration : procedure.integrations) {
    if (const auto* file = find_schema(schema, integration.system)) {
      add_row("integration", integration.system, integration.place, *file, "records");
      continue;
    }
    const auto* item = recognise(catalogue, ItemKind::integration, integration.system, "");
    add("integration", integration.system, integration.place, item == nullptr ? "" : item->id,
        "nothing is exchanged with it");
  }
}

std::vector<std::string> own_names(const Procedure& procedure) {
  std::vector<std::string> names;
  for (const auto* text : {&procedure.header.title, &procedure.header.applies_to, &procedure.header.name})
    for (const auto& word : words_of(*text)) names.push_back(word.text);
  return names;
}

// "Never break these": about the hard stops, not one of them.
bool speaks_of_the_rules(std::string_view text) {
  return guards_meant(text).empty() && conditions_of(text, "", TextPart::free, {}).empty() &&
         Stems(text).match(
             "never|no|not|nothing break|bend|bent|broken|negotiable|optional|override|exception|negotiate|bypass") > 0;
}

void Binder::bind_hard_stops() {
  const auto names = own_names(procedure);
  for (const auto& stop : procedure.hard_stops) {
    // Prose of the section that forbids nothing and adds nothing introduces the list.
    if (stop.is_note && !is_prohibition(stop.statement) &&
        conditions_of(stop.statement, "", TextPart::free, names).empty())
      continue;
    if (stop.is_note && speaks_of_the_rules(stop.statement)) continue;
    const auto verdict = judge(stop, catalogue, names);
    std::vector<std::string> notes;
    for (const auto& guard : verdict.guards)
      if (const auto* item = catalogue.find(guard)) notes.push_back(item->what);
    const auto note = verdict.guards.empty() ? "nearest is " + verdict.nearest : join(notes, "; ");
    add_row("hard stop", stop.statement, stop.place, join(verdict.guards, ", "), note);
    if (verdict.guards.empty()) error(stop.place, verdict.problem);
  }
  if (procedure.hard_stops.empty())
    warn(result.problems, procedure.header.place,
         "no hard stops; the guards hold all the same, but nothing here says so");
}

void note_missing(const Catalogue& catalogue, Binding& binding) {
  for (const auto& item : catalogue.items) {
    const bool is_part = item.kind != ItemKind::guard && item.kind != ItemKind::integration;
    const bool bound = std::any_of(binding.rows.begin(), binding.rows.end(),
                                   [&](const BindingRow& row) { return row.bound_to == item.id; });
    if (is_part && !bound) binding.missing.push_back(item.id);
  }
}

}  // namespace

bool Binding::would_start() const {
  return std::none_of(problems.begin(), problems.end(),
                      [](const Problem& problem) { return problem.severity == Severity::error; });
}

bool Binding::is_complete() const {
  return std::none_of(rows.begin(), rows.end(), [](const BindingRow& row) { return row.bound_to.empty(); });
}

Binding bind(const Procedure& procedure, const Catalogue& catalogue, const SchemaNames& schema) {
  Binder binder{procedure, catalogue, schema};
  binder.bind_schemas();
  binder.bind_activation();
  binder.bind_behaviours();
  binder.bind_triggers();
  binder.bind_requests();
  binder.bind_drafts();
  binder.bind_sequences();
  binder.bind_stages();
  binder.bind_closing_rules();
  binder.bind_integrations();
  binder.bind_hard_stops();
  auto& problems = binder.result.problems;
  check_contradictions(procedure, catalogue, problems);
  check_reachable(procedure, problems);
  check_fields(procedure, schema, problems);
  check_placeholders(procedure, catalogue, schema, problems);
  for (const auto& problem : procedure.problems)
    if (problems.size() < limits::kProcedureProblems) problems.push_back(problem);
  std::stable_sort(problems.begin(), problems.end(),
                   [](const Problem& left, const Problem& right) { return left.severity < right.severity; });
  note_missing(catalogue, binder.result);
  return std::move(binder.result);
}

}  // namespace deskhand::procedure
