// Common requests, in the owner's words, and the drafts by stage.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "procedure/catalogue.h"
#include "procedure/pieces.h"
#include "procedure/readers.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

bool is_request_title(std::string_view title, bool is_bold) {
  if (starts_with_quote(title)) return true;
  return is_bold && recognise(core_catalogue(), ItemKind::request, title, "") != nullptr;
}

enum class QuoteUse { question, confirmation, pattern };

// What a quoted sentence is for, by the words just before it.
QuoteUse use_of(std::string_view before, std::string_view words) {
  const auto from = std::min(before.rfind(". "), before.rfind(".\n"));
  const Stems stems(from == std::string_view::npos ? before : before.substr(from));
  if (stems.has("also|same_as|means_the_same|or_say|other_words")) return QuoteUse::pattern;
  if (stems.has("ask|question")) return QuoteUse::question;
  if (stems.has("confirm|reply|answer|say|tell|respond")) return QuoteUse::confirmation;
  return words.ends_with("?") ? QuoteUse::question : QuoteUse::confirmation;
}

void add_quoted(Request& request, const Prose& prose, const std::string& file) {
  std::size_t from = 0;
  for (const auto& quoted : quoted_of(prose.text)) {
    const Place place{file, prose.line_at(quoted.begin)};
    const auto before = std::string_view(prose.text).substr(from, quoted.begin - from);
    from = quoted.begin + quoted.text.size();
    if (from > prose.text.size()) from = prose.text.size();
    switch (use_of(before, quoted.text)) {
      case QuoteUse::pattern:
        request.patterns.push_back({quoted.text, place});
        break;
      case QuoteUse::question:
        request.questions.push_back(template_of(quoted.text, place));
        break;
      case QuoteUse::confirmation:
        if (request.confirmation.empty()) request.confirmation = template_of(quoted.text, place);
        break;
    }
  }
}

void add_request_blocks(Request& request, const std::vector<Block>& blocks, const std::string& file) {
  for (const auto& block : blocks) {
    const bool message = block.kind == BlockKind::quote || block.kind == BlockKind::code;
    if (message) {
      auto words = template_of(block, file);
      const bool question =
          Stems(request.prose.substr(request.prose.size() - std::min<std::size_t>(40, request.prose.size())))
              .has("ask");
      if (question && !words.empty())
        request.questions.push_back(std::move(words));
      else if (request.confirmation.empty())
        request.confirmation = std::move(words);
      continue;
    }
    if (block.kind == BlockKind::paragraph || block.kind == BlockKind::html) {
      request.prose += (request.prose.empty() ? "" : "\n") + block.prose.text;
      add_quoted(request, block.prose, file);
      const auto uses = field_uses_of(block.prose, file);
      request.fields.insert(request.fields.end(), uses.begin(), uses.end());
      if (request.choices.empty()) request.choices = choices_of(block.prose.text);
      for (const auto& sentence : sentences_of(block.prose.text))
        for (const auto action : actions_of(sentence.text))
          if (std::find(request.actions.begin(), request.actions.end(), action) == request.actions.end())
            request.actions.push_back(action);
    }
    add_request_blocks(request, block.children, file);
  }
}

}  // namespace

std::vector<Text> request_patterns(const Prose& title, const std::string& file) {
  std::vector<Text> patterns;
  for (const auto& quoted : quoted_of(title.text)) patterns.push_back({quoted.text, {file, title.line}});
  if (!patterns.empty()) return patterns;
  for (const auto& part : split(replace_all(without_number(title.text), " / ", "\n"), '\n')) {
    auto words = squeeze(part);
    while (!words.empty() && words.back() == ':') words.pop_back();
    if (!words.empty()) patterns.push_back({std::move(words), {file, title.line}});
  }
  return patterns;
}

void read_request(const Section& section, Procedure& procedure) {
  Request request;
  request.place = {procedure.file, section.title.line};
  request.patterns = request_patterns(section.title, procedure.file);
  if (request.patterns.empty()) return;
  add_request_blocks(request, section.blocks, procedure.file);
  request.asks = asks_of(section.blocks, procedure.file);
  std::string titles;
  for (const auto& pattern : request.patterns) titles += pattern.words + ". ";
  // The first pattern names the request; the others are other ways to say it.
  const auto* item = recognise(core_catalogue(), ItemKind::request, request.patterns.front().words, "");
  if (item == nullptr) item = recognise(core_catalogue(), ItemKind::request, titles, request.prose);
  if (item != nullptr) request.id = item->id;
  procedure.requests.push_back(std::move(request));
  for (const auto& inner : section.sections) read_request(inner, procedure);
}

void read_requests(const Section& section, Procedure& procedure) {
  for (const auto& part : parts_of(section, is_request_title))
    if (!part.title.text.empty()) read_request(part, procedure);
}

namespace {

bool is_stage_title(std::string_view title, bool is_bold) {
  return is_bold || (title.size() <= 60 && recognise(core_catalogue(), ItemKind::draft, title, "") != nullptr);
}

void add_rules(const Prose& prose, Procedure& procedure) {
  for (const auto& sentence : sentences_of(prose.text))
    procedure.closing_rules.push_back({squeeze(sentence.text), {procedure.file, prose.line_at(sentence.begin)}});
}

bool speaks_of_review(std::string_view text) {
  return is_prohibition(text) || Stems(text).has("owner|approval|approve|review|always|never|before_sending");
}

// A stage and its message; what follows the message is a rule for all drafts.
void read_draft(const Section& part, Procedure& procedure) {
  Draft draft;
  draft.stage = {without_number(squeeze(part.title.text)), {procedure.file, part.title.line}};
  if (const auto* item = recognise(core_catalogue(), ItemKind::draft, part.title.text, "")) draft.id = item->id;
  for (const auto& block : part.blocks) {
    const bool message = block.kind == BlockKind::quote || block.kind == BlockKind::code;
    if (message && draft.message.empty()) draft.message = template_of(block, procedure.file);
    if (message || block.kind == BlockKind::list) continue;
    const auto quoted = quoted_of(block.prose.text);
    if (draft.message.empty() && !quoted.empty() && starts_with_quote(trim(block.prose.text))) {
      draft.message = template_of(quoted.front().text, {procedure.file, block.prose.line});
    } else if (!draft.message.empty() || speaks_of_review(block.prose.text)) {
      add_rules(block.prose, procedure);
    }
  }
  // A stage that words its message in plain prose: the paragraph with placeholders.
  for (const auto& block : part.blocks)
    if (draft.message.empty() && !draft.id.empty() && block.prose.text.find('[') != std::string::npos)
      draft.message = template_of(block, procedure.file);
  if (!draft.message.empty() || !draft.id.empty()) procedure.drafts.push_back(std::move(draft));
}

}  // namespace

void read_drafts(const Section& section, Procedure& procedure) {
  for (const auto& part : parts_of(section, is_stage_title)) {
    if (!part.title.text.empty()) {
      read_draft(part, procedure);
      for (const auto& inner : part.sections) read_draft(inner, procedure);
      continue;
    }
    for (const auto& block : part.blocks)
      for (const auto& sentence : sentences_of(block.prose.text))
        if (speaks_of_review(sentence.text))
          procedure.closing_rules.push_back(
              {squeeze(sentence.text), {procedure.file, block.prose.line_at(sentence.begin)}});
  }
}

}  // namespace deskhand::procedure
