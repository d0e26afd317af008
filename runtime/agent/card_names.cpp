#include "agent/card_names.h"

#include <algorithm>
#include <optional>

#include "agent/card_answer.h"
#include "base/text.h"
#include "reader/lexicon.h"
#include "reader/tokenizer.h"

namespace deskhand::agent {
namespace {

using reader::Tokens;

bool is_card_word(std::string_view word) {
  static const reader::WordSet words("one draft message mail email text sms note reply followup card");
  return words.has(word);
}

// Tokens of "follow-up" or "follow up" at `at`, or of one word for a card; 0 when there is none.
std::size_t card_words(const Tokens& tokens, std::size_t at) {
  if (is_card_word(tokens.word(at))) return 1;
  if (tokens.is(at, "follow") && tokens.is(at + 1, "up")) return 2;
  return tokens.is(at, "follow") && tokens.is(at + 1, "-") && tokens.is(at + 2, "up") ? 3 : 0;
}

// The token behind a name, and whether its last word carries an s, with or without its apostrophe.
struct NameEnd {
  std::size_t end = 0;
  bool is_genitive = false;
};
std::optional<NameEnd> name_word(const Tokens& tokens, std::size_t at, const std::string& word) {
  if (at > 0 && tokens.is(at, "-")) ++at;  // "Smith-Jones"
  if (!tokens.is_word(at)) return std::nullopt;
  const std::string_view said = tokens.word(at);
  if (tokens[at].possessive && tokens[at].stem() == word) return NameEnd{at + 1, true};
  if (said == word) return NameEnd{at + 1, false};
  const bool has_s = said.size() == word.size() + 1 && said.back() == 's' && said.starts_with(word);
  return has_s ? std::optional(NameEnd{at + 1, true}) : std::nullopt;
}

// The longest part of that name that stands at `at`: all its words, or one of them.
std::optional<NameEnd> name_at(const Tokens& tokens, std::size_t at, const std::vector<std::string>& name) {
  std::optional<NameEnd> best;
  for (std::size_t first = 0; first < name.size(); ++first) {
    if (name[first].size() < 2) continue;
    std::optional<NameEnd> read;
    std::size_t place = at;
    for (std::size_t word = first; word < name.size(); ++word) {
      const auto next = name_word(tokens, place, name[word]);
      if (!next) break;
      read = next;
      place = next->end;
      if (next->is_genitive) break;
    }
    if (read && (!best || read->end > best->end)) best = read;
  }
  return best;
}

bool ends_a_part(const Tokens& tokens, std::size_t at) {
  static const reader::WordSet words(", . ; ! and & please pls now too");
  return at >= tokens.size() || words.has(tokens.word(at));
}

struct Named {
  std::size_t begin = 0, end = 0;  // tokens that are the name of a card
};

// "the one to Carla", "the draft for Carla Estevez"; "Carla's", "carlas draft"; "the Estevez one".
std::optional<Named> named_at(const Tokens& tokens, std::size_t at, const std::vector<std::string>& name) {
  std::size_t place = at;
  const bool has_article = tokens.is(place, "the") || tokens.is(place, "that") || tokens.is(place, "this") || tokens.is(place, "my");
  if (has_article) ++place;
  if (const std::size_t card = card_words(tokens, place); card > 0) {
    place += card;
    if (!tokens.is(place, "to") && !tokens.is(place, "for")) return std::nullopt;
    const auto read = name_at(tokens, place + 1, name);
    return read ? std::optional(Named{at, read->end}) : std::nullopt;
  }
  const auto read = name_at(tokens, place, name);
  if (!read) return std::nullopt;
  const std::size_t card = card_words(tokens, read->end);
  // "Send Ana's", "bin Ana's, send Bo's"; but "Ana's good" says how she is.
  if (card == 0 && (!read->is_genitive || at == 0 || !tokens.is_word(at - 1) || !ends_a_part(tokens, read->end))) return std::nullopt;
  if (card > 0 && !has_article && !read->is_genitive) return std::nullopt;
  return Named{at, read->end + card};
}

}  // namespace

NamedCards name_cards(std::string_view text, const std::vector<DeliveredCard>& cards) {
  NamedCards named{std::string(text), false, false};
  const Tokens tokens(text);
  std::size_t copied = 0;
  std::string out;
  for (std::size_t at = 0; at < tokens.size();) {
    const DeliveredCard* card = nullptr;
    Named found;
    bool fits_several = false;
    for (const DeliveredCard& candidate : cards) {
      const auto here = named_at(tokens, at, split(fold_name(candidate.recipient), ' '));
      if (!here || here->end < found.end) continue;
      fits_several = card != nullptr && here->end == found.end;
      if (!fits_several) card = &candidate;
      found = *here;
    }
    if (card == nullptr) {
      ++at;
      continue;
    }
    const reader::Span span = tokens.span(found.begin, found.end);
    out += std::string(text.substr(copied, span.begin - copied)) + card->ref;
    copied = span.end;
    named.names_any = true;
    named.is_unclear = named.is_unclear || fits_several;
    at = found.end;
  }
  if (named.names_any) named.text = out + std::string(text.substr(copied));
  return named;
}

}  // namespace deskhand::agent
