#include "store/sqlite/text_search.h"

#include <algorithm>

#include "base/limits.h"
#include "base/phone.h"
#include "base/text.h"
#include "base/utf8.h"
#include "store/session.h"

namespace deskhand::store {
namespace {

constexpr std::size_t kQueryBytes = 200;  // what somebody types into a search
constexpr std::size_t kQueryWords = 8;
constexpr std::size_t kTrigram = 3;      // characters; shorter words are not in the index
constexpr std::size_t kPhoneDigits = 3;  // digits that make a word a part of a phone number

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t position = 0; position < text.size(); position += decode_utf8(text, position).bytes) ++count;
  return count;
}

bool is_phone_like(std::string_view text) {
  constexpr std::string_view kMarks = "0123456789+-(). /";
  return text.find_first_not_of(kMarks) == std::string_view::npos && phone_digits(text).size() >= kPhoneDigits;
}

// What one word may look like in the index: folded, as written (addresses), its digits (phones).
std::vector<std::string> forms_of(std::string_view word) {
  std::vector<std::string> forms;
  const auto add = [&](std::string form) {
    if (characters(form) >= kTrigram && std::find(forms.begin(), forms.end(), form) == forms.end())
      forms.push_back(std::move(form));
  };
  add(fold_name(word));
  if (word.find_first_of("@.") != std::string_view::npos) add(to_lower(word));
  if (is_phone_like(word)) {
    const std::string digits = phone_digits(word);
    add(digits);
    // A national number is typed with a leading 0 that its international form does not have.
    if (digits.starts_with('0')) add(digits.substr(std::min(digits.find_first_not_of('0'), digits.size())));
  }
  return forms;
}

std::string in_quotes(std::string_view form) { return "\"" + replace_all(std::string(form), "\"", "\"\"") + "\""; }

std::string like_escaped(std::string_view text) {
  std::string escaped;
  for (const char character : text) {
    if (character == '%' || character == '_' || character == '\\') escaped += '\\';
    escaped += character;
  }
  return escaped;
}

struct Query {
  std::string match;                // FTS5 expression, "" when every word is short
  std::vector<std::string> shorts;  // folded words below three characters
  std::string folded;               // the whole, for ranking
  std::string digits;               // of a query that is a phone number, else ""
};

Query parse_query(std::string_view words) {
  Query query;
  const std::string line = squeeze(prefix_utf8(printable_line(to_utf8(words)), kQueryBytes));
  query.folded = fold_name(line);
  std::vector<std::string> parts = split(line, ' ');
  if (is_phone_like(line)) {
    query.digits = phone_digits(line);
    parts = {line};
  }
  if (parts.size() > kQueryWords) parts.resize(kQueryWords);
  for (const std::string& part : parts) {
    const std::vector<std::string> forms = forms_of(part);
    if (forms.empty()) {
      const std::string folded = fold_name(part);
      if (!folded.empty()) query.shorts.push_back(folded);
      continue;
    }
    std::string any;
    for (const std::string& form : forms) any += (any.empty() ? "" : " OR ") + in_quotes(form);
    query.match += (query.match.empty() ? "(" : " AND (") + any + ")";
  }
  return query;
}

struct Document {
  std::string noun, record_id, name, name_reversed, phones, content;
};

// The index keeps no text of its own, so taking a document out of it needs the text that was put in.
Done replace(Session& session, const Document& document) {
  std::int64_t number = 0;
  std::string old_content;
  bool same = false;
  Done read = session.run(
      "SELECT number, content, name_reversed FROM search_rows WHERE org_id = $1 AND noun = $2 AND record_id = $3",
      {document.noun, document.record_id}, [&](const Row& row) -> Done {
        number = row.integer(0);
        old_content = row.bytes(1);
        same = old_content == document.content && row.bytes(2) == document.name_reversed;
        return {};
      });
  if (!read || same) return read;
  if (number != 0) {
    Done removed = session.connection().run(
        "INSERT INTO search_index (search_index, rowid, content) VALUES ('delete', $1, $2)", {number, old_content}, {});
    if (!removed) return removed;
  }
  Result<std::int64_t> stored = session.integer(
      "INSERT INTO search_rows (org_id, noun, record_id, name, name_reversed, phones, content) VALUES ($1, $2, $3, $4, "
      "$5, $6, $7) "
      "ON CONFLICT (org_id, noun, record_id) DO UPDATE SET name = excluded.name, name_reversed = "
      "excluded.name_reversed, "
      "phones = excluded.phones, content = excluded.content RETURNING number",
      {document.noun, document.record_id, document.name, document.name_reversed, document.phones, document.content});
  if (!stored) return stored.error();
  return session.connection().run("INSERT INTO search_index (rowid, content) VALUES ($1, $2)",
                                  {*stored, document.content}, {});
}

// The parts of one search as SQL, and the values they need: $1 is the org, $2 the noun, $3 how many.
class Selection {
 public:
  Selection(const SearchScope& scope, std::size_t rows_max)
      : table_(scope.table), values_{text(scope.noun), page(rows_max)} {}

  // The rows that may match, cheapest first; CROSS JOIN keeps SQLite from turning the order round.
  std::string hits(const Query& query) {
    const std::string record = " CROSS JOIN " + table_ + " r ON r.org_id = s.org_id AND r.id = s.record_id";
    if (!query.match.empty()) return "search_index CROSS JOIN search_rows s ON s.number = search_index.rowid" + record;
    // U+10FFFF is after everything that starts with the word.
    const std::string from = place(query.shorts.front()), to = place(query.shorts.front() + "\xF4\x8F\xBF\xBF");
    const std::string of_noun = "SELECT number FROM search_rows WHERE org_id = $1 AND noun = $2 AND ";
    return "(" + of_noun + "name >= " + from + " AND name < " + to + " UNION " + of_noun + "name_reversed >= " + from +
           " AND name_reversed < " + to + ") AS hits CROSS JOIN search_rows s ON s.number = hits.number" + record;
  }

  std::string where(const SearchScope& scope, const Query& query) {
    std::string sql = "(" + std::string(scope.condition) + ")";
    if (!query.match.empty()) sql += " AND search_index MATCH " + place(query.match);
    for (const std::string& word : query.shorts) {
      const std::string escaped = like_escaped(word);
      sql += " AND (s.content " + like("%\n" + escaped + "%") + " OR s.content " + like("% " + escaped + "%") + ")";
    }
    return sql;
  }

  std::string rank(const Query& query) {
    const std::string& digits = query.digits;
    if (!digits.empty()) {
      return "CASE WHEN s.phones " + like("% " + digits + " %") + " THEN 0 WHEN s.phones " + like("%" + digits + " %") +
             " THEN 1 WHEN s.phones " + like("% " + digits + "%") + " THEN 2 WHEN s.phones " +
             like("%" + digits + "%") + " THEN 3 ELSE 4 END";
    }
    const std::string escaped = like_escaped(query.folded), exact = place(query.folded);
    return "CASE WHEN s.name = " + exact + " OR s.name_reversed = " + exact + " THEN 0 WHEN s.name " +
           like(escaped + "%") + " OR s.name_reversed " + like(escaped + "%") + " THEN 1 WHEN s.name " +
           like("% " + escaped + "%") + " THEN 2 WHEN s.content " + like("%\n" + escaped + "%") + " OR s.content " +
           like("% " + escaped + "%") + " THEN 3 ELSE 4 END";
  }

  const Values& values() const { return values_; }

 private:
  std::string place(Value value) {
    values_.push_back(std::move(value));
    return "$" + std::to_string(values_.size() + 1);
  }
  std::string like(const std::string& pattern) { return "LIKE " + place(pattern) + " ESCAPE '\\'"; }

  std::string table_;
  Values values_;
};

void add_line(std::string& content, const std::string& line) {
  if (line.empty() || content.find("\n" + line + "\n") != std::string::npos) return;
  content += line + "\n";
}

}  // namespace

// Content is lines: "\nana ruiz\nana@ruiz.example\n15125550142\n". A line break never stands in a query, so nothing
// matches across lines.
Done SqliteTextSearch::put(Session& session, std::string_view noun, const std::string& record_id,
                           const SearchText& text) {
  const std::string name = fold_name(text.name);
  std::string content = "\n", phones = " ";
  add_line(content, name);
  for (const std::string& word : text.words) {
    add_line(content, fold_name(word));
    if (word.find_first_of("@.") != std::string::npos) add_line(content, to_lower(squeeze(word)));
  }
  for (const std::string& phone : text.phones) {
    const std::string digits = phone_digits(phone);
    if (digits.empty() || phones.find(" " + digits + " ") != std::string::npos) continue;
    phones += digits + " ";
    add_line(content, digits);
  }
  return replace(session, {std::string(noun), record_id, name, fold_name(text.name_reversed), phones, content});
}

Result<std::vector<std::string>> SqliteTextSearch::find(Session& session, const SearchScope& scope,
                                                        std::string_view words, std::size_t rows_max) {
  const Query query = parse_query(words);
  std::vector<std::string> found;
  if (query.match.empty() && query.shorts.empty()) return found;
  Selection selection(scope, rows_max);
  const std::string hits = selection.hits(query), where = selection.where(scope, query), rank = selection.rank(query);
  Done read = session.run("SELECT s.record_id FROM " + hits + " WHERE s.org_id = $1 AND s.noun = $2 AND " + where +
                              " ORDER BY " + rank + ", s.name, s.record_id LIMIT $3",
                          selection.values(), [&](const Row& row) -> Done {
                            found.emplace_back(row.bytes(0));
                            return {};
                          });
  if (!read) return read.error();
  return found;
}

}  // namespace deskhand::store
