#include "procedure/pieces.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace deskhand::procedure {
namespace {


constexpr std::array<std::string_view, 18> kAbbreviations = {"e.g", "i.e", "a.m", "p.m", "vs",  "approx",
                                                             "mr",  "mrs", "ms",  "dr",  "st",  "ave",
                                                             "etc", "no",  "min", "max", "inc", "o.k"};

// True when the full stop at `at` belongs to an abbreviation or a number.
bool is_inner_stop(std::string_view text, std::size_t at) {
  if (at + 1 < text.size() && text[at + 1] != ' ' && text[at + 1] != '\n' && text[at + 1] != '"' &&
      text[at + 1] != ')' && !text.substr(at + 1).starts_with("”") && text[at + 1] != '\'' && text[at + 1] != '.' &&
      text[at + 1] != '*')
    return true;
  std::size_t begin = at;
  while (begin > 0 && text[begin - 1] != ' ' && text[begin - 1] != '\n' && text[begin - 1] != '(') --begin;
  const auto word = to_lower(text.substr(begin, at - begin));
  if (std::find(kAbbreviations.begin(), kAbbreviations.end(), word) == kAbbreviations.end()) return false;
  // "no." and the like end a sentence when a capital follows.
  const auto next = text.find_first_not_of(" \n", at + 1);
  return next != std::string_view::npos && !(text[next] >= 'A' && text[next] <= 'Z');
}

std::size_t after_closing_marks(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (text[at] == '"' || text[at] == ')' || text[at] == '.' || text[at] == '!' || text[at] == '?') {
      ++at;
    } else if (text.substr(at).starts_with("”")) {
      at += std::string_view("”").size();
    } else {
      break;
    }
  }
  return at;
}

struct QuoteSpan {
  std::size_t begin = 0;  // after the opening mark
  std::size_t end = 0;    // of the closing mark
};

// Pairs of “ ” and of ". A mark that is never closed opens nothing.
std::vector<QuoteSpan> quote_spans(std::string_view text) {
  std::vector<QuoteSpan> spans;
  std::size_t at = 0;
  while (at < text.size()) {
    const bool straight = text[at] == '"';
    const bool curly = text.substr(at).starts_with("“") || text.substr(at).starts_with("„");
    if (!straight && !curly) {
      ++at;
      continue;
    }
    const auto begin = at + (straight ? 1 : std::string_view("“").size());
    const auto close_straight = text.find('"', begin);
    const auto close_curly = std::min(text.find("”", begin), curly ? text.find("“", begin) : std::string_view::npos);
    const auto close = std::min(close_straight, close_curly);
    if (close == std::string_view::npos) break;
    spans.push_back({begin, close});
    at = close + (text[close] == '"' ? 1 : std::string_view("”").size());
  }
  return spans;
}

void add_piece(std::vector<Piece>& pieces, std::string_view text, std::size_t begin, std::size_t end) {
  while (begin < end && (text[begin] == ' ' || text[begin] == '\n' || text[begin] == '\t')) ++begin;
  while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '\n' || text[end - 1] == '\t')) --end;
  if (begin < end) pieces.push_back({std::string(text.substr(begin, end - begin)), begin});
}

}  // namespace

std::vector<Piece> sentences_of(std::string_view text) {
  std::vector<Piece> sentences;
  const auto quotes = quote_spans(text);
  std::size_t quote = 0;
  std::size_t begin = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const char byte = text[at];
    const bool ends = (byte == '.' && !is_inner_stop(text, at)) || byte == '!' || byte == '?';
    ++at;
    if (!ends) continue;
    while (quote < quotes.size() && quotes[quote].end < at) ++quote;
    const auto after = after_closing_marks(text, at);
    // A question inside quotation marks does not end the sentence that quotes it, unless the marks close right here.
    if (quote < quotes.size() && quotes[quote].begin < at && after <= quotes[quote].end) continue;
    at = after;
    if (at < text.size() && text[at] != ' ' && text[at] != '\n' && text[at] != '\t') continue;
    add_piece(sentences, text, begin, at);
    begin = at;
  }
  add_piece(sentences, text, begin, text.size());
  return sentences;
}

std::vector<Piece> quoted_of(std::string_view text) {
  std::vector<Piece> found;
  for (const auto& span : quote_spans(text)) {
    const auto inner = squeeze(text.substr(span.begin, span.end - span.begin));
    if (!inner.empty()) found.push_back({inner, span.begin});
  }
  return found;
}

std::string without_quoted(std::string_view text) {
  std::string result;
  std::size_t at = 0;
  for (const auto& span : quote_spans(text)) {
    result += text.substr(at, span.begin - at);
    at = span.end;
  }
  result += text.substr(at);
  return result;
}

std::string without_number(std::string_view title) {
  std::size_t at = 0;
  while (at < title.size() && (is_digit(title[at]) || (at > 0 && title[at] == '.'))) ++at;
  if (at > 0 && at < title.size() && (title[at] == ')' || title[at] == ':')) ++at;
  const bool numbered = at > 0 && at < 8 && at < title.size() && title[at] == ' ';
  return std::string(numbered ? trim(title.substr(at)) : title);
}

std::vector<Piece> code_of(std::string_view text) {
  std::vector<Piece> found;
  std::size_t open = text.find('`');
  while (open != std::string_view::npos) {
    const auto close = text.find('`', open + 1);
    if (close == std::string_view::npos) break;
    const auto inner = std::string(trim(text.substr(open + 1, close - open - 1)));
    if (!inner.empty()) found.push_back({inner, open + 1});
    open = text.find('`', close + 1);
  }
  return found;
}

bool starts_with_quote(std::string_view text) {
  return text.starts_with("\"") || text.starts_with("“") || text.starts_with("„");
}

std::string plain_quotes(std::string_view text) {
  std::string result(text);
  for (const auto mark : {"“", "”", "„"}) result = replace_all(std::move(result), mark, "\"");
  for (const auto mark : {"’", "‘"}) result = replace_all(std::move(result), mark, "'");
  return replace_all(std::move(result), "\u00a0", " ");
}

}  // namespace deskhand::procedure
