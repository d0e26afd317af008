// The sections that are lists and prose: purpose, scope, data, activation, integrations.
#include <algorithm>

#include "base/text.h"
#include "procedure/pieces.h"
#include "procedure/readers.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

void add_items(const std::vector<Block>& blocks, const std::string& file, std::vector<Text>& items) {
  for (const auto& block : blocks) {
    if (block.kind != BlockKind::list) continue;
    for (const auto& item : block.children)
      if (!item.children.empty()) items.push_back({squeeze(prose_of(item.children, true).text), {file, item.line}});
  }
}

bool is_scope_title(std::string_view title, bool /*is_bold*/) {
  return Stems(title).match_any(
             {"cover|covers|scope|responsible|handle|handles", "what module|does|do", "what take_care|look_after"}) > 0;
}

}  // namespace

void read_scope(const Section& section, Procedure& procedure) {
  add_items(section.blocks, procedure.file, procedure.scope);
}

void read_purpose(const Section& section, Procedure& procedure) {
  for (const auto& part : parts_of(section, is_scope_title)) {
    if (!part.title.text.empty() && is_scope_title(part.title.text, true)) {
      read_scope(part, procedure);
      continue;
    }
    const auto prose = prose_of(part.blocks, true).text;
    if (prose.empty()) continue;
    if (!procedure.purpose.empty()) procedure.purpose += "\n\n";
    procedure.purpose += prose;
  }
}

namespace {

// One line of the listing: "  first_name, last_name" or "  status   — new | working".
void read_data_line(std::string_view line, int number, std::string& noun, Procedure& procedure) {
  const auto indent = line.find_first_not_of(' ');
  if (indent == std::string_view::npos || indent > 8) return;  // deeper lines go on with the meaning of the one above
  auto names = line.substr(indent);
  std::string_view meaning;
  for (const std::string_view mark : {"—", " - ", ":", "--", "#"}) {
    const auto at = names.find(mark);
    if (at == std::string_view::npos) continue;
    meaning = trim(names.substr(at + mark.size()));
    names = names.substr(0, at);
    break;
  }
  if (trim(names).ends_with("[]") && indent == 0) {
    noun = to_lower(trim(names));
    noun.resize(noun.size() - 2);
    noun = noun.ends_with("ies") ? noun.substr(0, noun.size() - 3) + "y"
                                 : noun.substr(0, noun.size() - (noun.ends_with("s") ? 1 : 0));
    return;
  }
  auto list = replace_all(replace_all(std::string(names), "[]", ""), "|", ",");
  for (const auto& part : split(list, ',')) {
    const auto name = std::string(trim(part));
    if (!is_identifier(name)) return;
    FieldUse use{noun, name, false, {}, {procedure.file, number}};
    if (meaning.find('|') != std::string_view::npos)
      for (const auto& value : split(std::string(meaning), '|'))
        if (is_identifier(trim(value))) use.values.emplace_back(trim(value));
    procedure.data_fields.push_back(std::move(use));
  }
}

}  // namespace

void read_data(const Section& section, Procedure& procedure) {
  for (const auto& block : section.blocks) {
    if (block.kind != BlockKind::code) continue;
    std::string noun;
    int line = block.prose.line;
    for (const auto& text : split(block.prose.text, '\n')) read_data_line(text, line++, noun, procedure);
  }
  for (const auto& inner : section.sections) read_data(inner, procedure);
}

namespace {

constexpr std::size_t kActivationWordBytes = 60;

struct EventWords {
  ActivationEvent event;
  Pattern pattern;
};

const EventWords kEventWords[] = {
    {ActivationEvent::inbound_email, "email|mail|inbox inbound|new|receive|arrive|come|incoming|in|write|writes"},
    {ActivationEvent::web_form, "form|website web|website|form|online|contact|booking|inquiry|come|fill|submit"},
    {ActivationEvent::phone_call, "call|voicemail phone|missed|inbound|incoming|new|come|in|answered"},
    {ActivationEvent::text_message, "text|sms|message inbound|incoming|new|receive|arrive|come|in"},
    {ActivationEvent::stage_changed,
     "opportunity|deal|lead|job|matter|booking|stage|status change|changes|move|moves|movement|update|advance"},
    {ActivationEvent::scheduled_run,
     "weekly|daily|monthly|schedule|scheduled|monday|tuesday|wednesday|thursday|friday|morning "
     "run|runs|summary|report|check|list|schedule|=due|round|digest"},
};

void add_activation_word(std::string_view word, Place place, Procedure& procedure) {
  auto text = replace_all(replace_all(plain_quotes(word), "\"", ""), "`", "");
  text = to_lower(squeeze(text));
  while (!text.empty() && (text.back() == ',' || text.back() == ':' || text.back() == '.')) text.pop_back();
  const auto& words = procedure.activation.words;
  const bool known = std::any_of(words.begin(), words.end(), [&](const Text& other) { return other.words == text; });
  if (!text.empty() && text.size() <= kActivationWordBytes && !known)
    procedure.activation.words.push_back({std::move(text), std::move(place)});
}

void add_events(std::string_view text, const Place& place, Procedure& procedure) {
  const Stems stems(text);
  for (const auto& words : kEventWords)
    if (stems.match(words.pattern) > 0) procedure.activation.events.push_back({words.event, {squeeze(text), place}});
}

void read_activation_item(const Prose& prose, bool in_list, Procedure& procedure) {
  const Place place{procedure.file, prose.line};
  const auto before = procedure.activation.words.size() + procedure.activation.events.size();
  auto pieces = quoted_of(prose.text);
  for (auto& code : code_of(prose.text)) pieces.push_back(std::move(code));
  for (const auto& bold : prose.bold)
    pieces.push_back({prose.text.substr(bold.begin, bold.end - bold.begin), bold.begin});
  for (const auto& piece : pieces)
    for (const auto& word : split(piece.text, ','))
      add_activation_word(word, {procedure.file, prose.line_at(piece.begin)}, procedure);
  if (pieces.empty()) add_events(prose.text, place, procedure);
  // "When the owner says “roof”, when an e-mail comes in": running prose may name events beside its words.
  if (!pieces.empty() && !in_list)
    for (const auto& clause : split(without_quoted(prose.text), ','))
      if (Stems(clause).has("email|form|mail|weekly|stage")) add_events(clause, place, procedure);
  if (procedure.activation.words.size() + procedure.activation.events.size() > before) return;
  // "Words: roof, leak, shingle" without marks.
  const auto colon = prose.text.find(':');
  if (colon != std::string::npos &&
      Stems(prose.text.substr(0, colon)).has("word|words|mention|say|says|keyword|keywords|term|terms")) {
    for (const auto& word : split(prose.text.substr(colon + 1), ',')) add_activation_word(word, place, procedure);
    return;
  }
  procedure.activation.unknown.push_back({squeeze(prose.text), place});
}

void read_activation_blocks(const std::vector<Block>& blocks, Procedure& procedure, bool in_list) {
  for (const auto& block : blocks) {
    if (block.kind == BlockKind::list || block.kind == BlockKind::item || block.kind == BlockKind::quote)
      read_activation_blocks(block.children, procedure, in_list || block.kind == BlockKind::list);
    // Prose outside a list introduces it unless it quotes words itself.
    const bool says_something = in_list || !quoted_of(block.prose.text).empty();
    if (block.kind == BlockKind::paragraph && says_something) read_activation_item(block.prose, in_list, procedure);
  }
}

}  // namespace

void read_activation(const Section& section, Procedure& procedure) {
  if (procedure.activation.place.line == 0) procedure.activation.place = {procedure.file, section.title.line};
  read_activation_blocks(section.blocks, procedure, false);
  for (const auto& inner : section.sections) read_activation(inner, procedure);
}

void read_integrations(const Section& section, Procedure& procedure) {
  const auto strip = [](std::string_view text) { return squeeze(replace_all(std::string(text), "`", "")); };
  for (const auto& block : section.blocks) {
    if (block.kind == BlockKind::table) {
      for (std::size_t index = 1; index < block.children.size(); ++index) {
        const auto& row = block.children[index];
        if (row.children.empty() || row.children[0].prose.text.empty()) continue;
        Integration integration{strip(row.children[0].prose.text), "", {procedure.file, row.line}};
        if (row.children.size() > 1) integration.how = squeeze(row.children[1].prose.text);
        procedure.integrations.push_back(std::move(integration));
      }
    }
    if (block.kind != BlockKind::list) continue;
    for (const auto& item : block.children) {  // "- **Gmail:** inbound emails ..."
      const auto text = squeeze(prose_of(item.children, true).text);
      const auto colon = text.find(':');
      const auto dash = text.find(" — ");
      const auto at = std::min(colon, dash);
      if (text.empty()) continue;
      const auto how = at == std::string::npos ? std::string() : text.substr(at + (at == colon ? 1 : 5));
      procedure.integrations.push_back(
          {strip(text.substr(0, at)), std::string(trim(how)), {procedure.file, item.line}});
    }
  }
  for (const auto& inner : section.sections) read_integrations(inner, procedure);
}

}  // namespace deskhand::procedure
