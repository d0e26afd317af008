// ClaimLexicon: the phrases by which a model says that something was done, read from prompts/claims.txt. It says which prose
// may not be shown as a receipt; what was done is told from rows.
//
// Thread rule: immutable, thread-safe. Codes of read(): invalid_argument, with the line.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace deskhand::agent {

class ClaimLexicon {
 public:
  // An empty lexicon: every sentence is taken for a claim, so that a lost file lets no claim through.
  ClaimLexicon() = default;
  static Result<ClaimLexicon> read(std::string_view text);

  // The words of the first claim in `prose`, as they were read; "" when it claims nothing. Any bytes.
  std::string first_claim(std::string_view prose) const;
  bool claims(std::string_view prose) const { return !first_claim(prose).empty(); }

 private:
  enum class Kind { words, gap, start, end };
  struct Item {
    Kind kind = Kind::words;
    std::set<std::string, std::less<>> words;
    bool optional = false;
  };
  struct Pattern {
    std::vector<Item> items;
    bool voidable = false;
  };
  using Words = std::vector<std::string>;

  static Result<Item> read_item(const std::string& word, const std::map<std::string, std::set<std::string, std::less<>>>& groups);
  bool matches(const Pattern& pattern, std::size_t item, const Words& clause, std::size_t word, std::size_t& last) const;
  bool stops(std::string_view word) const { return unless_.find(word) != unless_.end(); }

  std::vector<Pattern> patterns_;
  std::set<std::string, std::less<>> unless_;
};

// The sentences of `prose` with the mark that ends each.
std::vector<std::string> sentences_of(std::string_view prose);

}  // namespace deskhand::agent
