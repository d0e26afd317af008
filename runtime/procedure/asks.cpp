#include "procedure/asks.h"

#include <algorithm>

#include "base/text.h"
#include "procedure/fields.h"
#include "procedure/pieces.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

AskField ask_field_of(std::string_view words) {
  const Stems stems(words);
  if (stems.has(
          "heard|hear|found|find|refer|referral|source|came_from|come_from|how_they_came|how_did_they|learned_about"))
    return AskField::source;
  if (stems.has("reason|why")) return AskField::reason;
  if (stems.has("email|mail_address")) return AskField::email;
  if (stems.has("phone|telephone|mobile|cell|number|tel")) return AskField::phone;
  if (stems.has("address|street|location|where_they_live|where_the_work")) return AskField::address;
  if (stems.has("company|organization|organisation|business_name|employer")) return AskField::company;
  if (stems.has("name|names|who_they_are")) return AskField::name;
  if (stems.has("follow_up|next_step|callback|call_back|next_date")) return AskField::follow_up;
  if (stems.has("outcome|how_it_went|result|summary|what_was_said")) return AskField::outcome;
  if (stems.has("amount|value|budget|price")) return AskField::amount;
  if (stems.has("job|need|what_they_want|what_they_need|problem|title|description|service")) return AskField::title;
  if (stems.has("note|notes|remark|remarks|comment|comments")) return AskField::notes;
  return AskField::other;
}

bool says_optional(const Stems& stems) {
  return stems.has(
      "optional|optionally|if_available|if_known|if_any|if_given|if_they|if_there|when_available|where_available|if_"
      "possible");
}

void add_ask(std::vector<Ask>& asks, std::string_view part, Place place) {
  part = trim(part);
  if (part.starts_with("and ")) part = trim(part.substr(4));
  if (part.starts_with("or ")) part = trim(part.substr(3));
  Ask ask;
  ask.is_optional = says_optional(Stems(part));
  std::string words(part);
  if (const auto open = words.find('('); open != std::string::npos) words.resize(open);
  for (const std::string_view tail : {" if ", ", optional", " optional"})
    if (const auto at = words.find(tail); at != std::string::npos) words.resize(at);
  for (const std::string_view head : {"optionally ", "their ", "the ", "a ", "an "})
    if (words.starts_with(head)) words.erase(0, head.size());
  ask.words = squeeze(words);
  while (!ask.words.empty() && (ask.words.back() == '.' || ask.words.back() == ',')) ask.words.pop_back();
  if (ask.words.empty() || ask.words.size() > 80) return;
  ask.field = ask_field_of(ask.words);
  ask.place = std::move(place);
  asks.push_back(std::move(ask));
}

// Commas outside brackets part; so does the last "and".
std::vector<Piece> ask_parts(std::string_view list, std::size_t offset) {
  std::vector<Piece> parts;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= list.size(); ++at) {
    if (at < list.size() && list[at] == '(') ++depth;
    if (at < list.size() && list[at] == ')' && depth > 0) --depth;
    const bool parts_here =
        at == list.size() || (depth == 0 && (list[at] == ',' || list[at] == ';' || list[at] == '+'));
    if (!parts_here) continue;
    parts.push_back({std::string(list.substr(begin, at - begin)), offset + begin});
    begin = at + 1;
  }
  const auto flat = replace_all(parts.back().text, "\n", " ");
  if (const auto conjunction = flat.find(" and ");
      conjunction != std::string::npos && flat.find('(') == std::string::npos) {
    Piece last{flat.substr(conjunction + 5), parts.back().begin + conjunction + 5};
    parts.back().text = flat.substr(0, conjunction);
    parts.push_back(std::move(last));
  }
  return parts;
}

// Where a sentence begins to list what is asked for; npos when it does not.
std::size_t ask_list_begin(std::string_view sentence) {
  const auto lower = replace_all(to_lower(sentence), "\n", " ");
  for (const std::string_view lead :
       {"ask for:", "ask for the following:", "ask them for:", "ask for ", "ask them for ", "collect:", "collect ",
        "take down ", "get their ", "you need:", "needed:", "we need:", "write down:", "ask the owner for ",
        "ask the reason", "ask why", "asks for ", "ask:"}) {
    const auto at = lower.find(lead);
    if (at == std::string::npos || (at > 0 && lower[at - 1] != ' ')) continue;
    if (lead == "ask the reason" || lead == "ask why") return at + 4;
    const auto begin = at + lead.size();
    const auto rest = trim(std::string_view(lower).substr(begin));
    if (lead == "ask:" && (rest.empty() || starts_with_quote(rest))) continue;
    return begin;
  }
  return std::string::npos;
}

std::string first_text(const Block& item) {
  return item.children.empty() ? std::string() : item.children.front().prose.text;
}

}  // namespace

std::vector<Ask> asks_of(const std::vector<Block>& blocks, const std::string& file) {
  std::vector<Ask> asks;
  bool list_follows = false;
  for (const auto& block : blocks) {
    if (block.kind == BlockKind::list) {
      for (const auto& item : block.children) {
        if (list_follows) add_ask(asks, first_text(item), {file, item.line});
        if (list_follows) continue;
        const auto inner = asks_of(item.children, file);
        asks.insert(asks.end(), inner.begin(), inner.end());
      }
    }
    list_follows = false;
    if (block.kind != BlockKind::paragraph) continue;
    for (const auto& sentence : sentences_of(block.prose.text)) {
      const auto begin = ask_list_begin(sentence.text);
      if (begin == std::string::npos) continue;
      std::string_view list = std::string_view(sentence.text).substr(begin);
      if (trim(list).empty() || trim(list) == ":") {
        list_follows = true;
        continue;
      }
      // "Ask for reason: price | timing" asks for one thing and lists its choices.
      if (const auto colon = list.find(':'); colon != std::string_view::npos) list = list.substr(0, colon);
      for (const auto& part : ask_parts(list, sentence.begin + begin))
        add_ask(asks, part.text, {file, block.prose.line_at(part.begin)});
    }
  }
  return asks;
}

std::vector<std::string> choices_of(std::string_view text) {
  const auto flat = squeeze(text);
  const auto lower = to_lower(flat);
  auto begin = lower.find("reason");
  if (begin == std::string::npos && lower.find('|') == std::string::npos) return {};
  if (begin == std::string::npos) begin = 0;
  const auto mark = lower.find_first_of(":(", begin);
  if (mark == std::string::npos) return {};
  auto list = lower.substr(mark + 1);
  const auto end = lower[mark] == '(' ? list.find(')') : list.find_first_of(".;");
  if (end != std::string::npos) list.resize(end);
  list = replace_all(std::move(list), " or ", ",");
  for (const auto separator : {"|", "/"}) list = replace_all(std::move(list), separator, ",");
  std::vector<std::string> choices;
  for (const auto& part : split(list, ',')) {
    std::string words = folded(part);
    if (words.starts_with("or ")) words.erase(0, 3);
    if (words.empty()) continue;
    if (std::count(words.begin(), words.end(), ' ') > 2) return {};
    words = replace_all(std::move(words), " ", "_");
    if (is_identifier(words)) choices.push_back(std::move(words));
  }
  return choices.size() > 1 ? choices : std::vector<std::string>{};
}

}  // namespace deskhand::procedure
