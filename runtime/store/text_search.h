// Text search: each engine has its own. SQLite: an FTS5 index of trigrams beside ordinary columns for names.
//
// Thread rule: belongs to its Connection. What is indexed is derived from the records and may be rebuilt at any time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace deskhand::store {

class Session;

struct SearchText {
  std::string name;                 // as people say it; ranks first
  std::string name_reversed;        // last name first, or ""
  std::vector<std::string> phones;  // E.164 and as typed
  std::vector<std::string> words;   // everything else: e-mails, tags, companies, titles, values
};

struct SearchScope {
  std::string_view noun, table;
  std::string_view condition;  // SQL over the record's columns as r.*, e.g. "r.archived = 0"
};

class TextSearch {
 public:
  virtual ~TextSearch() = default;
  virtual Done put(Session& session, std::string_view noun, const std::string& record_id, const SearchText& text) = 0;
  // Ids, best first: exact name, name that starts so, word that starts so, anything that contains it; ties by name,
  // then id.
  virtual Result<std::vector<std::string>> find(Session& session, const SearchScope& scope, std::string_view words,
                                                std::size_t rows_max) = 0;
};

}  // namespace deskhand::store
