// A file of Markdown to a Procedure: which section is which, and each given to its reader.
#include <algorithm>
#include <optional>
#include <utility>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "procedure/catalogue.h"
#include "procedure/pieces.h"
#include "procedure/readers.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

enum class SectionKind {
  purpose,
  scope,
  data,
  activation,
  behaviours,
  triggers,
  requests,
  drafts,
  integrations,
  sequences,
  hard_stops
};

struct SectionWords {
  SectionKind kind;
  std::vector<Pattern> patterns;
};

// In the order in which they are tried; the first of the best wins.
const std::vector<SectionWords>& section_words() {
  static const std::vector<SectionWords> words = {
      {SectionKind::hard_stops,
       {"hard stop|stops|limit|limits|rule|rules|line|lines", "hardstop|hardstops", "never", "must not",
        "red line|lines", "non negotiable|negotiables", "nonnegotiables", "guardrail|guardrails",
        "forbidden|prohibited|prohibitions|taboo", "do not", "absolute|iron|golden|safety rule|rules|limit|limits",
        "stop|stops !when|how", "lines not cross", "off limits"}},
      {SectionKind::sequences,
       {"sequence|sequences follow_up|nurture|nurturing|drip !event|events",
        "sequence|sequences !event|events|trigger|triggers|happen|happens", "nurture|nurturing|drip !event|events"}},
      {SectionKind::drafts,
       {"draft|drafts|drafting", "message|messages|reply|follow_up template|templates|wording|text|texts|copy",
        "what|how write|word|say", "templates !report"}},
      {SectionKind::behaviours,
       {"schedule|scheduled|schedules !inquiry", "recurring|routine|routines|periodic|calendar|timetable|clock",
        "schedule|scheduled behavior|behaviors|behaviour|behaviours|job|jobs|task|tasks|run|runs|work|check|checks",
        "daily|weekly|monthly and|routine|weekly|monthly", "what run|runs when", "when run|runs",
        "every day|week|morning and|week|month"}},
      {SectionKind::triggers,
       {"event|events", "trigger|triggers !word|words", "event|events trigger|triggers", "when happens|happen|comes",
        "what do when", "reaction|reactions|workflow|workflows|playbook|playbooks", "what happens when"}},
      {SectionKind::requests,
       {"request|requests !new",
        "common|usual|typical|frequent request|requests|question|questions|ask|asks|command|commands|task|tasks",
        "command|commands", "what ask|asks|asked|want", "things ask|asked|say", "ask|asked|asks you|me|owner"}},
      {SectionKind::activation,
       {"active|activate|activation|activates|activated", "when load|use|apply|applies|start|starts|wake|begin|pick",
        "trigger word|words", "keyword|keywords", "wake word|words", "when procedure|module"}},
      {SectionKind::integrations,
       {"integration|integrations", "connected|connections|systems|interfaces", "hand off|offs|over|overs",
        "handoff|handoffs", "system|systems touch|connect|work|use", "other systems|tools|modules"}},
      {SectionKind::data,
       {"data|records|fields", "data work|model|structure|structures", "record|records keep|kept|work"}},
      {SectionKind::scope,
       {"scope|covers|coverage", "what covers|cover|covered|includes", "responsibility|responsibilities"}},
      {SectionKind::purpose,
       {"purpose|role|mission|goal|goals|overview|about|introduction|summary|background|why", "what for", "who you are",
        "your job|role|task"}},
  };
  return words;
}

std::optional<SectionKind> section_kind_of(std::string_view title) {
  const Stems stems(title);
  std::optional<SectionKind> best;
  int best_score = 0;
  for (const auto& words : section_words()) {
    const int score = stems.match_any(words.patterns);
    if (score > best_score) {
      best = words.kind;
      best_score = score;
    }
  }
  return best;
}

// A section that says what it is only by what stands in it: most of its items forbid, name a time, or quote the owner.
std::optional<SectionKind> kind_by_content(const Section& section) {
  std::size_t items = 0, prohibitions = 0, times = 0, quotes = 0;
  for (const auto& block : section.blocks) {
    if (block.kind != BlockKind::list) continue;
    for (const auto& item : block.children) {
      const auto text = prose_of(item.children, true).text;
      ++items;
      if (is_prohibition(text)) ++prohibitions;
      if (starts_with_quote(text)) ++quotes;
      if (recognise(core_catalogue(), ItemKind::schedule, text, "") != nullptr &&
          when_of(text).cadence != Cadence::none)
        ++times;
    }
  }
  if (items > 0 && prohibitions * 2 > items) return SectionKind::hard_stops;
  if (items > 0 && times * 2 > items) return SectionKind::behaviours;
  if (items > 0 && quotes * 2 > items) return SectionKind::requests;
  return std::nullopt;
}

std::string_view kind_name(SectionKind kind) {
  switch (kind) {
    case SectionKind::hard_stops:
      return "Hard Stops";
    case SectionKind::behaviours:
      return "Scheduled Behaviors";
    case SectionKind::requests:
      return "Common Requests";
    case SectionKind::triggers:
      return "Event Triggers";
    case SectionKind::drafts:
      return "Follow-Up Drafting";
    case SectionKind::activation:
      return "When This Procedure Is Active";
    case SectionKind::integrations:
      return "Integration Points";
    case SectionKind::sequences:
      return "Sequences";
    default:
      return "Purpose";
  }
}

// How many items a kind of section has given so far; nothing for those that are prose.
std::optional<std::size_t> count_of_items(SectionKind kind, const Procedure& procedure) {
  switch (kind) {
    case SectionKind::hard_stops:
      return procedure.hard_stops.size();
    case SectionKind::behaviours:
      return procedure.behaviours.size();
    case SectionKind::requests:
      return procedure.requests.size();
    case SectionKind::triggers:
      return procedure.triggers.size();
    case SectionKind::drafts:
      return procedure.drafts.size() + procedure.closing_rules.size();
    case SectionKind::activation: {
      const auto& activation = procedure.activation;
      return activation.words.size() + activation.events.size() + activation.unknown.size();
    }
    case SectionKind::integrations:
      return procedure.integrations.size();
    case SectionKind::sequences:
      return procedure.sequences.size();
    default:
      return std::nullopt;
  }
}

void read_section(const Section& section, Procedure& procedure);

void read_as(SectionKind kind, const Section& section, Procedure& procedure) {
  switch (kind) {
    case SectionKind::purpose:
      read_purpose(section, procedure);
      return;
    case SectionKind::scope:
      read_scope(section, procedure);
      return;
    case SectionKind::data:
      read_data(section, procedure);
      return;
    case SectionKind::activation:
      read_activation(section, procedure);
      return;
    case SectionKind::behaviours:
      read_behaviours(section, procedure);
      return;
    case SectionKind::triggers:
      read_triggers(section, procedure);
      return;
    case SectionKind::requests:
      read_requests(section, procedure);
      return;
    case SectionKind::drafts:
      read_drafts(section, procedure);
      return;
    case SectionKind::integrations:
      read_integrations(section, procedure);
      return;
    case SectionKind::sequences:
      read_sequences(section, procedure);
      return;
    case SectionKind::hard_stops:
      read_hard_stops(section, procedure);
      return;
  }
}

// Whether a heading inside a section begins another kind of section: "### Hard stops" below "## Rules and drafts".
bool begins_other_section(SectionKind outer, std::string_view title) {
  if (outer == SectionKind::hard_stops || outer == SectionKind::sequences || starts_with_quote(title)) return false;
  const auto inner = section_kind_of(title);
  if (!inner || *inner == outer) return false;
  const bool only_its_name = words_of(title).size() <= 3;
  const bool item = recognise(core_catalogue(), ItemKind::trigger, title, "") != nullptr ||
                    recognise(core_catalogue(), ItemKind::draft, title, "") != nullptr ||
                    when_of(title).cadence != Cadence::none;
  return *inner == SectionKind::hard_stops ? only_its_name : only_its_name && !item;
}

void read_known(SectionKind kind, Section section, Procedure& procedure) {
  std::vector<Section> others;
  const auto moved = std::stable_partition(section.sections.begin(), section.sections.end(), [&](const Section& inner) {
    return !begins_other_section(kind, inner.title.text);
  });
  std::move(moved, section.sections.end(), std::back_inserter(others));
  section.sections.erase(moved, section.sections.end());
  const auto before = count_of_items(kind, procedure);
  read_as(kind, section, procedure);
  const bool has_text = !section.sections.empty() || !prose_of(section.blocks, true).text.empty();
  if (has_text && before && count_of_items(kind, procedure) == before)
    add_warning(procedure, section.title.line,
                "nothing was found under \"" + shorten(squeeze(section.title.text), 60) + "\", which is read as " +
                    std::string(kind_name(kind)) + "; nothing of it will happen");
  for (const auto& other : others) read_section(other, procedure);
}

// An item that stands outside its section: "## Opportunity won", "## “Add a customer”", "## Weekly (Monday)".
bool read_lone_item(const Section& section, Procedure& procedure) {
  if (starts_with_quote(without_number(section.title.text))) {
    read_request(section, procedure);
    return true;
  }
  const bool has_steps = std::any_of(section.blocks.begin(), section.blocks.end(),
                                     [](const Block& block) { return block.kind == BlockKind::list; });
  if (has_steps && recognise(core_catalogue(), ItemKind::trigger, section.title.text, "") != nullptr) {
    read_trigger(section, procedure);
    return true;
  }
  const bool names_cadence = Stems(section.title.text).has("daily|weekly|monthly|every|each|nightly|mondays|fridays");
  if (!names_cadence || words_of(section.title.text).size() > 6 || when_of(section.title.text).cadence == Cadence::none)
    return false;
  read_behaviours(section, procedure);
  return true;
}

void read_section(const Section& section, Procedure& procedure) {
  if (is_stage_table(section)) {
    read_stages(section, procedure);
    for (const auto& inner : section.sections) read_section(inner, procedure);
    return;
  }
  if (auto kind = section_kind_of(section.title.text)) {
    read_known(*kind, section, procedure);
    return;
  }
  if (read_lone_item(section, procedure)) return;
  if (auto kind = kind_by_content(section)) {
    add_warning(procedure, section.title.line,
                "\"" + shorten(squeeze(section.title.text), 60) + "\" is read as " + std::string(kind_name(*kind)) +
                    " because of what stands in it; call it that");
    read_known(*kind, section, procedure);
    return;
  }
  const bool has_text = !prose_of(section.blocks, true).text.empty();
  if (has_text) {
    const auto title = without_number(squeeze(section.title.text));
    procedure.unknown_sections.push_back({title, {procedure.file, section.title.line}});
    add_warning(procedure, section.title.line,
                "the section \"" + shorten(title, 60) +
                    "\" is none that is carried out; what stands in it is shown to the model and nothing else");
  }
  for (const auto& inner : section.sections) read_section(inner, procedure);
}

void collect_schema_names(const Block& block, Procedure& procedure) {
  for (const auto& code : code_of(block.prose.text)) {
    if (!code.text.ends_with(".json") || code.text.find(' ') != std::string::npos) continue;
    const auto& known = procedure.mentioned_schemas;
    if (std::any_of(known.begin(), known.end(), [&](const Text& other) { return other.words == code.text; })) continue;
    procedure.mentioned_schemas.push_back({code.text, {procedure.file, block.prose.line_at(code.begin)}});
  }
  for (const auto& child : block.children) collect_schema_names(child, procedure);
}

// The first heading is the document's own, unless it is a section and the name stands in front matter.
void take_title(Section& root, Procedure& procedure) {
  std::vector<Block> head = std::move(root.blocks);
  root.blocks.clear();
  if (!root.sections.empty()) {
    auto& first = root.sections.front();
    const auto kind =
        starts_with_ignoring_case(first.title.text, "procedure") ? std::nullopt : section_kind_of(first.title.text);
    // "# Scheduling" above all other headings names the file; "# Hard stops" never does.
    const bool holds_all = first.level == 1 && root.sections.size() == 1 && !first.sections.empty();
    if (!kind || (holds_all && *kind != SectionKind::hard_stops)) {
      read_title(first.title, procedure.header);
      head.insert(head.end(), std::make_move_iterator(first.blocks.begin()),
                  std::make_move_iterator(first.blocks.end()));
      auto inner = std::move(first.sections);
      root.sections.erase(root.sections.begin());
      root.sections.insert(root.sections.begin(), std::make_move_iterator(inner.begin()),
                           std::make_move_iterator(inner.end()));
    }
  }
  const auto left = read_header_lines(head, procedure.header);
  Section purpose;  // prose below the title says what the procedure is for
  purpose.blocks = left;
  read_purpose(purpose, procedure);
}

void check_header(Procedure& procedure) {
  auto& header = procedure.header;
  if (header.name.empty()) {
    header.name = procedure.file;
    add_warning(procedure, 1, "no title; begin the file with \"# Procedure: NAME\"");
  }
  if (header.version.empty())
    add_warning(procedure, header.place.line, "no version; add a line \"**Version:** 1.0\" below the title");
  if (header.required_schemas.empty())
    add_warning(procedure, header.place.line,
                "no line \"**Requires:** ...\"; fields are checked against every schema there is");
}

}  // namespace

void add_warning(Procedure& procedure, int line, std::string message) {
  if (procedure.problems.size() >= limits::kProcedureProblems) return;
  procedure.problems.push_back({Severity::warning, {procedure.file, line}, std::move(message)});
}

std::string to_text(const Problem& problem) {
  const auto line = problem.place.line > 0 ? " line " + std::to_string(problem.place.line) : std::string();
  return problem.place.file + line + ": " + problem.message;
}

Result<Procedure> parse_procedure(std::string_view markdown, std::string file_name) {
  if (markdown.size() > limits::kProcedureBytes)
    return make_error(Code::limit_exceeded, file_name + ": " + std::to_string(markdown.size()) +
                                                " bytes; a procedure has at most " +
                                                std::to_string(limits::kProcedureBytes));
  Procedure procedure;
  procedure.file = std::move(file_name);
  procedure.files = {procedure.file};
  procedure.content_hash = sha256_hex(markdown);
  procedure.header.place = {procedure.file, 1};
  const auto text = take_front_matter(normal_lines(markdown), procedure.header);
  auto document = parse_markdown(text, procedure.file);
  if (!document) return document.error();
  collect_schema_names(*document, procedure);
  auto root = outline_of(std::move(*document));
  take_title(root, procedure);
  for (const auto& section : root.sections) read_section(section, procedure);
  check_header(procedure);
  return procedure;
}

}  // namespace deskhand::procedure
