// Money is whole minor units (cents) of one ISO 4217 currency. There is no floating point anywhere near it.
//
// Thread rule: pure functions. Bound: |minor| <= kAmountMinorMax; sums that pass it are limit_exceeded.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace deskhand {

inline constexpr std::int64_t kAmountMinorMax = 100'000'000'000'00;  // a hundred thousand million; beyond is a typing error

struct Money {
  std::int64_t minor = 0;
  std::string currency = "USD";
  auto operator<=>(const Money&) const = default;
};

int minor_digits(std::string_view currency);  // 2 for most, 0 for JPY, 3 for KWD
bool is_currency(std::string_view code);
// "2400", "2,400.50", "$2,400", "EUR 12", "1.9k"; at most minor_digits decimals; never negative.
Result<Money> parse_money(std::string_view text, std::string_view default_currency);
std::string to_text(const Money& money);        // $2,400.00, 2,400.00 CHF
std::string to_short_text(const Money& money);  // $2,400 when there are no cents
std::string to_decimal(const Money& money);     // 2400.00
Result<Money> add(const Money& left, const Money& right);  // same currency only

}  // namespace deskhand
