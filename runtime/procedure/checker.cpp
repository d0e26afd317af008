#include "procedure/checker.h"

#include <algorithm>
#include <functional>

#include "base/limits.h"
#include "base/text.h"
#include "procedure/guard_language.h"
#include "procedure/pieces.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

using EachStep = std::function<void(const Step&)>;

void for_each_step(const std::vector<Step>& steps, const EachStep& visit) {
  for (const auto& step : steps) {
    visit(step);
    for_each_step(step.steps, visit);
  }
}

std::vector<const SchemaField*> fields_named(const SchemaNames& schema, std::string_view noun, std::string_view name) {
  std::vector<const SchemaField*> found;
  for (const auto& field : schema.fields)
    if (field.name == name && (noun.empty() || field.noun == noun)) found.push_back(&field);
  return found;
}

std::string nearest_field(const SchemaNames& schema, std::string_view name) {
  std::vector<std::string> names;
  for (const auto& field : schema.fields) names.push_back(field.name);
  return nearest(name, names);
}

std::string hint(const std::string& near) { return near.empty() ? std::string() : "; did you mean `" + near + "`?"; }

// Words that stand for a value instead of being one.
bool is_spoken_value(std::string_view value) {
  static constexpr std::string_view kSpoken[] = {
      "today", "tomorrow", "now",   "channel", "yes",  "no",   "true", "false", "owner", "empty",
      "blank", "null",     "unset", "missing", "none", "date", "them", "it",    "text",  "appropriate"};
  return std::find(std::begin(kSpoken), std::end(kSpoken), value) != std::end(kSpoken);
}

void check_values(const FieldUse& use, const std::vector<const SchemaField*>& fields, std::vector<Problem>& problems) {
  for (const auto& value : use.values) {
    const bool known = std::any_of(fields.begin(), fields.end(), [&](const SchemaField* field) {
      return field->values.empty() ||
             std::find(field->values.begin(), field->values.end(), value) != field->values.end();
    });
    if (known || is_spoken_value(value)) continue;
    std::string near;
    for (const auto* field : fields)
      if (near.empty()) near = nearest(value, field->values);
    warn(problems, use.place,
         "`" + use.field + "` has no value `" + shorten(value, kShownBytes) + "` in the schemas; it will not be set" +
             hint(near));
  }
}

void check_use(const FieldUse& use, const SchemaNames& schema, std::vector<Problem>& problems) {
  const auto name = "`" + shorten(use.field, kShownBytes) + "`";
  const auto fields = fields_named(schema, use.noun, use.field);
  if (!fields.empty()) {
    check_values(use, fields, problems);
    return;
  }
  const auto elsewhere = fields_named(schema, "", use.field);
  if (!elsewhere.empty()) {
    warn(problems, use.place,
         "a " + use.noun + " has no field " + name + " (a " + elsewhere.front()->noun + " has); it will not be set");
    check_values(use, elsewhere, problems);
    return;
  }
  warn(problems, use.place,
       "no schema has a field " + name + "; it will not be read or set" + hint(nearest_field(schema, use.field)));
}

// A core field for each thing that may be asked for, so that "dog's breed" without a field is noticed.
bool has_field_for(const Ask& ask, const SchemaNames& schema) {
  if (ask.field != AskField::other) return true;
  const auto words = folded(ask.words);
  return std::any_of(schema.fields.begin(), schema.fields.end(), [&](const SchemaField& field) {
    auto name = field.name.starts_with("x_") ? field.name.substr(2) : field.name;
    return replace_all(std::move(name), "_", " ") == words;
  });
}

}  // namespace

void warn(std::vector<Problem>& problems, const Place& place, std::string message) {
  if (problems.size() < limits::kProcedureProblems) problems.push_back({Severity::warning, place, std::move(message)});
}

std::string quote(std::string_view words) { return "\"" + shorten(squeeze(words), kShownBytes) + "\""; }

void check_fields(const Procedure& procedure, const SchemaNames& schema, std::vector<Problem>& problems) {
  if (schema.fields.empty()) return;
  const auto check = [&](const std::vector<FieldUse>& uses) {
    for (const auto& use : uses) check_use(use, schema, problems);
  };
  check(procedure.data_fields);
  for (const auto& behaviour : procedure.behaviours) check(behaviour.fields);
  for (const auto& trigger : procedure.triggers)
    for_each_step(trigger.steps, [&](const Step& step) { check(step.fields); });
  for (const auto& request : procedure.requests) {
    check(request.fields);
    for (const auto& ask : request.asks)
      if (!has_field_for(ask, schema))
        warn(problems, ask.place,
             "no schema has a field for " + quote(ask.words) +
                 "; the answer is kept in the notes. Add a field x_... to the schema to keep it apart");
  }
}

namespace {

// "[boiler model]" is the custom field x_boiler_model.
bool is_field(const Placeholder& placeholder, const SchemaNames& schema) {
  return std::any_of(schema.fields.begin(), schema.fields.end(), [&](const SchemaField& field) {
    auto name = field.name.starts_with("x_") ? field.name.substr(2) : field.name;
    return replace_all(std::move(name), "_", " ") == placeholder.words;
  });
}

void check_message(const Template& message, const CatalogueItem* item, const SchemaNames& schema,
                   std::vector<Problem>& problems) {
  if (item == nullptr) return;
  for (const auto& placeholder : placeholders_of(message)) {
    if (!fact_of(*item, message, placeholder).empty() || is_field(placeholder, schema)) continue;
    const auto what = placeholder.as_written + " can't be filled in " + item->id + " (" + item->what + ")";
    const auto then = item->kind == ItemKind::draft ? "; it is asked for before this draft is shown"
                                                    : "; it stays in the message as it is written";
    warn(problems, {message.place.file, placeholder.line}, what + then);
  }
}

}  // namespace

namespace {

// The words of a step fill its placeholders as a draft for leads of that stage does.
std::string_view draft_item_for(std::optional<CanonicalState> state) {
  if (state == CanonicalState::quoted || state == CanonicalState::negotiating) return "DR2";
  return state == CanonicalState::booked || state == CanonicalState::won ? "DR3" : "DR1";
}

}  // namespace

void check_placeholders(const Procedure& procedure, const Catalogue& catalogue, const SchemaNames& schema,
                        std::vector<Problem>& problems) {
  for (const auto& behaviour : procedure.behaviours)
    check_message(behaviour.message, catalogue.find(behaviour.id), schema, problems);
  for (const auto& trigger : procedure.triggers) {
    const auto* item = catalogue.find(trigger.id);
    for_each_step(trigger.steps, [&](const Step& step) {
      check_message(step.message, item, schema, problems);
      for (const auto& quoted : step.quoted) check_message(quoted, item, schema, problems);
    });
  }
  for (const auto& request : procedure.requests) {
    const auto* item = catalogue.find(request.id);
    check_message(request.confirmation, item, schema, problems);
    for (const auto& question : request.questions) check_message(question, item, schema, problems);
  }
  for (const auto& draft : procedure.drafts) check_message(draft.message, catalogue.find(draft.id), schema, problems);
  for (const auto& sequence : procedure.sequences)
    for (const auto& step : sequence.steps)
      check_message(step.message, catalogue.find(draft_item_for(sequence.starts_in)), schema, problems);
}

namespace {

struct Forbidden {
  std::string_view guard;
  std::string_view instead;
};

bool is_customer(std::string_view word) {
  const auto letters = meaning_of(word).letters;
  return letters == "C" || letters == "k" || word == "them" || word == "him" || word == "her";
}

bool is_small_word(std::string_view word) {
  static constexpr std::string_view kSmall[] = {"a",    "an",   "the", "our", "your", "each", "every",
                                                "this", "that", "new", "to",  "any",  "all",  "back"};
  return std::find(std::begin(kSmall), std::end(kSmall), word) != std::end(kSmall);
}

// "Send the customer a text", "email them", "send a text to the customer".
bool orders_message(const std::vector<Word>& words) {
  static constexpr std::string_view kVerbs[] = {"send",  "text",  "email",  "message", "mail", "sms",
                                                "reply", "write", "notify", "tell",    "thank"};
  for (std::size_t verb = 0; verb < std::min<std::size_t>(words.size(), 3); ++verb) {
    if (std::find(std::begin(kVerbs), std::end(kVerbs), words[verb].text) == std::end(kVerbs)) continue;
    bool is_object = true;  // nothing but small words since the verb or since "to"
    for (std::size_t index = verb + 1; index < words.size(); ++index) {
      if (is_object && is_customer(words[index].text)) return true;
      is_object = words[index].text == "to" || (is_object && is_small_word(words[index].text));
    }
  }
  return false;
}

// "A text is sent to the customer", "a reply goes out automatically".
bool lets_message_go(const Meaning& meaning, const Stems& stems) {
  const bool goes = stems.has("be_send|get_send|go_out") && has(meaning, "Ck");
  const bool by_itself = stems.has("automatically|automatic|by_itself|on_its_own") && has(meaning, "Ssxm");
  return has(meaning, "Mme") && (goes || by_itself);
}

// What a sentence tells to do that a hard stop forbids. `context` is what was said before it in the same trigger or
// request.
std::vector<Forbidden> forbidden_by(std::string_view sentence, std::string_view context) {
  const auto meaning = meaning_of(sentence);
  const Stems stems(sentence);
  const auto words = words_of(sentence);
  std::vector<Forbidden> found;
  if (has(meaning, "Nu")) return found;
  const bool asks = has(meaning, "OAqw") || stems.has("draft|offer");
  if (!asks && (orders_message(words) || lets_message_go(meaning, stems)))
    found.push_back({"HS1", "it becomes a draft that waits for the owner"});
  const bool record = has(meaning, "CkLR") || stems.has("it|them");
  if (has(meaning, "D") && record && !has(meaning, "#"))
    found.push_back({"HS2", "the record is kept and may be archived"});
  const bool copies =
      has(meaning, "K") || stems.match("create|add without check|match") > 0 || stems.has("even_if|regardless");
  if (has(meaning, "E") && has(meaning, "Ck") && copies && !stems.has("check|ask|merge|show"))
    found.push_back({"HS3", "the match is shown and the owner is asked"});
  const bool unasked = has(meaning, "!") || meaning.letters.find("WA") != std::string::npos ||
                       meaning.letters.find("Wq") != std::string::npos ||
                       meaning.letters.find("WO") != std::string::npos;
  if (has(meaning, "V") && unasked) found.push_back({"HS4", "the owner is asked first"});
  const auto before = meaning_of(context);
  const bool confirmed = !unasked && (has(meaning, "OAqw") || has(before, "OAqw"));
  if (has(meaning, "Q") && has(meaning, "E") && !confirmed) found.push_back({"HS5", "the owner is asked first"});
  return found;
}

void check_text(std::string_view text, std::string_view context, const Place& place, const Catalogue& catalogue,
                std::vector<Problem>& problems) {
  for (const auto& sentence : sentences_of(text))
    for (const auto& forbidden : forbidden_by(without_quoted(sentence.text), context)) {
      const auto* guard = catalogue.find(forbidden.guard);
      if (guard == nullptr) continue;
      warn(problems, place,
           quote(sentence.text) + " contradicts " + guard->id + " (" + guard->what + "); " +
               std::string(forbidden.instead));
    }
}

void check_steps(const std::vector<Step>& steps, std::string& context, const Catalogue& catalogue,
                 std::vector<Problem>& problems) {
  for (const auto& step : steps) {
    check_text(step.text, context, step.place, catalogue, problems);
    context += step.text + " ";
    check_steps(step.steps, context, catalogue, problems);
  }
}

}  // namespace

void check_contradictions(const Procedure& procedure, const Catalogue& catalogue, std::vector<Problem>& problems) {
  for (const auto& behaviour : procedure.behaviours)
    check_text(behaviour.prose, "", behaviour.place, catalogue, problems);
  for (const auto& trigger : procedure.triggers) {
    std::string context;
    check_steps(trigger.steps, context, catalogue, problems);
  }
  for (const auto& request : procedure.requests)
    check_text(request.prose, request.prose, request.place, catalogue, problems);
  for (const auto& rule : procedure.closing_rules) check_text(rule.words, "", rule.place, catalogue, problems);
  for (const auto& sequence : procedure.sequences)
    for (const auto& step : sequence.steps) check_text(step.text, "", step.place, catalogue, problems);
}

namespace {

struct Known {
  std::string id;
  Place place;
};

// The first item of each id is used; a second one of the same id is never reached.
void note_second(std::vector<Known>& known, const std::string& id, const Place& place, std::string_view what,
                 std::vector<Problem>& problems) {
  if (id.empty()) return;
  const auto first = std::find_if(known.begin(), known.end(), [&](const Known& other) { return other.id == id; });
  if (first == known.end()) {
    known.push_back({id, place});
    return;
  }
  warn(problems, place,
       std::string(what) + " is never reached: line " + std::to_string(first->place.line) + " is already bound to " +
           id);
}

bool ends_here(std::string_view text) {
  const Stems stems(text);
  return stems.has("stop_here|end_here|nothing_further|do_nothing_else|nothing_else|that_be_all") &&
         !stems.has("if|unless|when|otherwise");
}

void check_after_end(const std::vector<Step>& steps, std::vector<Problem>& problems) {
  for (std::size_t index = 0; index < steps.size(); ++index) {
    check_after_end(steps[index].steps, problems);
    if (!ends_here(steps[index].text) || index + 1 == steps.size()) continue;
    warn(problems, steps[index + 1].place,
         "this step and what follows it are never reached: line " + std::to_string(steps[index].place.line) +
             " ends here");
    return;
  }
}

}  // namespace

void check_reachable(const Procedure& procedure, std::vector<Problem>& problems) {
  std::vector<Known> known;
  for (const auto& behaviour : procedure.behaviours)
    note_second(known, behaviour.id, behaviour.place, "this behaviour", problems);
  for (const auto& trigger : procedure.triggers) {
    note_second(known, trigger.id, trigger.title.place, "this trigger", problems);
    check_after_end(trigger.steps, problems);
  }
  for (const auto& draft : procedure.drafts) note_second(known, draft.id, draft.stage.place, "this draft", problems);
  std::vector<Known> patterns;
  for (const auto& request : procedure.requests) {
    for (const auto& pattern : request.patterns)
      note_second(patterns, folded(pattern.words), pattern.place, "the request " + quote(pattern.words), problems);
    note_second(known, request.id, request.place, "what this request asks and answers", problems);
  }
}

}  // namespace deskhand::procedure
