// Words that name a record, compared the way people mean them: case, accents, possessives and little words do not
// count.
//
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace deskhand::tools {

using Words = std::vector<std::string>;

// Somebody's words as an error repeats them: one line, shortened.
std::string in_quotes(std::string_view words);

// Every word, folded ("Ana Ruiz's" -> ana, ruiz), at most 32.
Words words_of(std::string_view text);
// The same without the words that only say what kind of thing is meant ("the", "lead", "customer"); all of them when
// nothing else is left. At most 8: a name is shorter.
Words query_words(std::string_view text);

// The query without the usual slips for little words ("teh ruiz leed" -> ruiz), for a second look after the words as
// they stand named nobody. Empty when there are none, or nothing would be left.
Words without_mistyped(const Words& query);

// The query with genitives that lack their apostrophe undone ("ruizs leads" -> ruiz leads), for a look after that. Empty when
// no word ends so.
Words without_genitives(const Words& query);
// The same words but for slips of the fingers: as many, in their order, each within one edit (two from seven letters on), and
// words of fewer than four letters equal.
bool all_nearly_equal(const Words& query, const Words& name);

bool all_equal(const Words& query, const Words& among);  // each query word is one of `among`
bool all_begin(const Words& query, const Words& among);  // each query word begins one of them ("leak", leaking)
// Equal, or one begins the other and four letters agree: "leaks" and "leaking".
bool same_stem(std::string_view left, std::string_view right);

// What a lead or an opportunity can be named by.
struct Named {
  Words person, title, more;
};
// The places of those that fit best, in their order: the person's name itself; then all words in name and title; then
// their beginnings; then the description too. Empty when none fits.
std::vector<std::size_t> best_fits(const Words& query, const std::vector<Named>& among);

}  // namespace deskhand::tools
