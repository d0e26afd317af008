// Search over an FTS5 index of trigrams: any part of a word of three characters or more is found; shorter words find
// names that start with them.
//
// Thread rule: its connection's. Everything in a query is quoted; nothing of FTS5's query language reaches it.
#pragma once

#include "store/text_search.h"

namespace deskhand::store {

class SqliteTextSearch final : public TextSearch {
 public:
  Done put(Session& session, std::string_view noun, const std::string& record_id, const SearchText& text) override;
  Result<std::vector<std::string>> find(Session& session, const SearchScope& scope, std::string_view words,
                                        std::size_t rows_max) override;
};

}  // namespace deskhand::store
