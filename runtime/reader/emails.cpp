#include "reader/emails.h"

#include <algorithm>
#include <optional>
#include <string>

#include "reader/lexicon.h"
#include "reader/tokenizer.h"

namespace deskhand::reader {
namespace {

constexpr std::size_t kLabelsMax = 6;  // words joined by dots on either side of the "at"

// The word stands between the two halves of an address: at, (at), [at], or @ with spaces around it.
struct Joint {
  std::size_t first = 0, end = 0;
  bool is_sign = false;
};

std::optional<Joint> read_at_sign(const Tokens& tokens, std::size_t index) {
  if (tokens.is(index, "@")) return Joint{index, index + 1, true};
  if (tokens.is(index, "at")) return Joint{index, index + 1, false};
  const bool is_bracket =
      tokens.is(index, "(") || tokens.is(index, "[") || tokens.is(index, "<") || tokens.is(index, "{");
  if (is_bracket && tokens.is(index + 1, "at") && index + 2 < tokens.size() && !tokens.is_word(index + 2))
    return Joint{index, index + 3, true};
  return std::nullopt;
}

// "dot", "(dot)", "[dot]" or a full stop with no space behind it; 0 when there is none. `spoken` tells them apart.
std::size_t skip_dot(const Tokens& tokens, std::size_t index, bool& spoken) {
  if (tokens.is(index, ".") && tokens.is_glued(index + 1)) return index + 1;
  if (tokens.is(index, "dot")) {
    spoken = true;
    return index + 1;
  }
  const bool is_bracket = tokens.is(index, "(") || tokens.is(index, "[");
  if (is_bracket && tokens.is(index + 1, "dot")) {
    spoken = true;
    return index + 3;
  }
  return 0;
}

bool is_label(const Tokens& tokens, std::size_t index) { return tokens.is_word(index) || tokens.is_number(index); }

// One label: a word, or a word with digits and hyphens glued to it ("ruiz-bakery", "ana2").
std::string read_label(const Tokens& tokens, std::size_t& index) {
  if (!is_label(tokens, index)) return {};
  std::string label = std::string(words_of(tokens.text(), tokens[index].span));
  ++index;
  while (tokens.is_glued(index) && (is_label(tokens, index) ||
                                    ((tokens.is(index, "-") || tokens.is(index, "_")) && tokens.is_glued(index + 1)))) {
    label += std::string(words_of(tokens.text(), tokens[index].span));
    ++index;
  }
  if (tokens.is(index, "dash") || tokens.is(index, "hyphen") || tokens.is(index, "underscore")) {
    std::size_t next = index + 1;
    if (is_label(tokens, next)) {
      const char sign = tokens.is(index, "underscore") ? '_' : '-';
      const std::string rest = read_label(tokens, next);
      label += sign + rest;
      index = next;
    }
  }
  return label;
}

struct Half {
  std::string text;
  std::size_t first = 0, end = 0;
  bool has_dot = false, spoken = false;
};

std::optional<Half> read_domain(const Tokens& tokens, std::size_t index) {
  Half half;
  half.first = index;
  std::size_t at = index;
  half.text = read_label(tokens, at);
  if (half.text.empty()) return std::nullopt;
  for (std::size_t count = 0; count < kLabelsMax; ++count) {
    bool spoken = false;
    std::size_t next = skip_dot(tokens, at, spoken);
    if (next == 0 || !tokens.is_word(next) || tokens[next].line_start) break;
    const std::string label = read_label(tokens, next);
    if (label.size() < 2) break;
    half.text += "." + label;
    half.spoken = half.spoken || spoken;
    half.has_dot = true;
    at = next;
  }
  half.end = at;
  return half;
}

// The local part before the joint: the last word, and those joined to it by dots, dashes and underscores.
std::optional<Half> read_local(const Tokens& tokens, std::size_t joint) {
  if (joint == 0 || !is_label(tokens, joint - 1)) return std::nullopt;
  Half half;
  std::size_t first = joint - 1;
  half.text = std::string(words_of(tokens.text(), tokens[first].span));
  for (std::size_t count = 0; count < 2 * kLabelsMax && first > 0; ++count) {
    const std::size_t before = first - 1;
    if (tokens.is_glued(first) && is_label(tokens, before)) {
      half.text.insert(0, std::string(words_of(tokens.text(), tokens[before].span)));
      first = before;
      continue;
    }
    if (first < 2 || !is_label(tokens, first - 2)) break;
    const std::string_view sign = tokens.word(before);
    const bool is_glued_sign =
        (sign == "." || sign == "_" || sign == "-" || sign == "+") && tokens.is_glued(first) && tokens.is_glued(before);
    const bool is_spoken =
        sign == "dot" || sign == "underscore" || sign == "dash" || sign == "hyphen" || sign == "plus";
    if (!is_glued_sign && !is_spoken) break;
    const std::string written = sign == "dot"                        ? "."
                                : sign == "underscore"               ? "_"
                                : sign == "dash" || sign == "hyphen" ? "-"
                                : sign == "plus"                     ? "+"
                                                                     : std::string(sign);
    half.text.insert(0, std::string(words_of(tokens.text(), tokens[first - 2].span)) + written);
    half.spoken = half.spoken || is_spoken;
    first -= 2;
  }
  half.first = first;
  half.end = joint;
  return half;
}

bool is_mailbox_word(std::string_view word) {
  static const WordSet words(
      "info office hello contact sales support admin mail billing team service help hi booking bookings front accounts "
      "owner manager reception");
  return words.has(word);
}

bool has_email_word_before(const Tokens& tokens, std::size_t index) {
  for (std::size_t back = 1; back <= 4 && back <= index; ++back) {
    const std::string_view word = tokens.word(index - back);
    if (word == "email" || word == "mail" || word == "address" || word == "emails") return true;
  }
  return false;
}

// "look at ruiz dot com" is advice, "ana at ruiz dot com" an address: the word before the "at" must not be plain
// English.
bool is_believable_email(const Tokens& tokens, const Half& local, const Half& domain, const Joint& joint) {
  if (!domain.has_dot) return false;
  if (joint.is_sign) return true;
  const std::string_view last = tokens.word(local.end - 1);
  const bool is_plain = is_common_word(last) && !is_mailbox_word(last) && local.end - local.first == 1;
  return !is_plain || has_email_word_before(tokens, local.first);
}

}  // namespace

std::vector<Reading<EmailAddress>> find_email_addresses(std::string_view text) {
  const Tokens tokens(text);
  std::vector<Reading<EmailAddress>> readings;
  std::vector<Span> taken;
  for (EmailMatch& match : find_emails(tokens.text(), kReadingsMax)) {
    const Span span{match.begin, match.end};
    taken.push_back(span);
    readings.push_back({std::move(match.email), span, Certainty::sure});
  }
  for (std::size_t index = 1; index < tokens.size() && readings.size() < kReadingsMax; ++index) {
    const auto joint = read_at_sign(tokens, index);
    if (!joint || overlaps_any(tokens[index].span, taken)) continue;
    const auto local = read_local(tokens, joint->first);
    const auto domain = read_domain(tokens, joint->end);
    if (!local || !domain || !is_believable_email(tokens, *local, *domain, *joint)) continue;
    const Span span = tokens.span(local->first, domain->end);
    auto email = parse_email(local->text + "@" + domain->text);
    if (!email || overlaps_any(span, taken)) continue;
    taken.push_back(span);
    readings.push_back({std::move(*email), span, Certainty::likely});
    index = domain->end - 1;
  }
  std::sort(readings.begin(), readings.end(),
            [](const auto& left, const auto& right) { return left.span < right.span; });
  return readings;
}

}  // namespace deskhand::reader
