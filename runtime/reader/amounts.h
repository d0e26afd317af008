// Money as people write it: "$2,400", "around 1.9k", "twenty four hundred", "two grand", "between 2 and 3k",
// "€1.200,50".
//
// Thread rule: pure functions. Units: base/money.h. A bare number is money only when words of money lead to it ("a
// quote for 2400", "change the price to 400") and it can be neither a year, a count, a time, a house number nor a ref.
#pragma once

#include <string_view>
#include <vector>

#include "base/money.h"
#include "reader/reading.h"

namespace deskhand::reader {

enum class Comparison { exact, about, over, under };  // "around 1.9k", "leads over $1,000", "up to $500"

struct Amount {
  Money low, high;  // equal unless a range was said
  Comparison comparison = Comparison::exact;
  bool is_range() const { return low != high; }
  bool operator==(const Amount&) const = default;
};

// Left to right. Sure when a currency, "grand" or "bucks" says that it is money; likely for 2.4k, "fifteen hundred" and
// bare numbers. `default_currency` is what "$" without more and no currency at all mean, where they can mean it.
std::vector<Reading<Amount>> find_amounts(std::string_view text, std::string_view default_currency);

}  // namespace deskhand::reader
