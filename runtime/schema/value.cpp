#include "schema/value.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "base/json.h"

namespace deskhand::schema {
namespace {

// Wide enough for every 64-bit integer and every double, so that a comparison never rounds.
using Exact = long double;
static_assert(std::numeric_limits<Exact>::digits >= 64);

Exact exact(const Json& number) {
  if (number.is_number_unsigned()) return static_cast<Exact>(number.get<std::uint64_t>());
  if (number.is_number_integer()) return static_cast<Exact>(number.get<std::int64_t>());
  return static_cast<Exact>(number.get<double>());
}

// digits * 10^exponent, without sign: a multiple stays one when the sign changes.
struct Decimal {
  std::uint64_t digits = 0;
  int exponent = 0;
  bool finite = true;
};

Decimal decimal_of(double number) {
  if (!std::isfinite(number)) return {0, 0, false};
  char text[64];  // the shortest text that reads back as this double needs at most 24
  const auto written = std::to_chars(text, text + sizeof text, std::fabs(number), std::chars_format::scientific);
  Decimal decimal;
  bool after_point = false;
  const char* at = text;
  for (; at != written.ptr && *at != 'e'; ++at) {
    if (*at == '.') {
      after_point = true;
      continue;
    }
    decimal.digits = decimal.digits * 10 + static_cast<std::uint64_t>(*at - '0');
    if (after_point) --decimal.exponent;
  }
  int power = 0;
  if (at != written.ptr) {
    ++at;                  // the 'e'
    if (*at == '+') ++at;  // from_chars takes '-' only
    std::from_chars(at, written.ptr, power);
  }
  decimal.exponent += power;
  return decimal;
}

Decimal decimal_of(const Json& number) {
  if (number.is_number_unsigned()) return {number.get<std::uint64_t>(), 0, true};
  if (number.is_number_integer()) {
    const auto value = number.get<std::int64_t>();
    // Negated as unsigned, because the lowest integer has no positive twin.
    return {value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value), 0, true};
  }
  return decimal_of(number.get<double>());
}

int sign_of(std::size_t left, std::size_t right) { return left < right ? -1 : left > right ? 1 : 0; }

// Types in the order they sort; the three number types of the library are one.
int rank_of(const Json& value) {
  switch (value.type()) {
    case Json::value_t::null:
      return 0;
    case Json::value_t::boolean:
      return 1;
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
      return 2;
    case Json::value_t::string:
      return 3;
    case Json::value_t::array:
      return 4;
    case Json::value_t::object:
      return 5;
    default:
      return 6;
  }
}

int compare_arrays(const Json& left, const Json& right) {
  const std::size_t shared = std::min(left.size(), right.size());
  for (std::size_t index = 0; index < shared; ++index) {
    if (const int order = compare_values(left[index], right[index]); order != 0) return order;
  }
  return sign_of(left.size(), right.size());
}

int compare_objects(const Json& left, const Json& right) {
  auto at_left = left.begin();
  auto at_right = right.begin();
  for (; at_left != left.end() && at_right != right.end(); ++at_left, ++at_right) {
    if (const int order = at_left.key().compare(at_right.key()); order != 0) return order;
    if (const int order = compare_values(at_left.value(), at_right.value()); order != 0) return order;
  }
  return sign_of(left.size(), right.size());
}

}  // namespace

bool nests_deeper_than(const Json& value, std::size_t levels) {
  if (!value.is_structured()) return false;
  if (levels == 0) return true;
  return std::any_of(value.begin(), value.end(),
                     [levels](const Json& inner) { return nests_deeper_than(inner, levels - 1); });
}

bool is_whole(const Json& value) {
  if (value.is_number_integer()) return true;
  if (!value.is_number_float()) return false;
  const double number = value.get<double>();
  return std::isfinite(number) && std::trunc(number) == number;
}

int compare_numbers(const Json& left, const Json& right) {
  const Exact a = exact(left), b = exact(right);
  return a < b ? -1 : a > b ? 1 : 0;
}

bool is_multiple(const Json& value, const Json& divisor) {
  Decimal a = decimal_of(value);
  const Decimal b = decimal_of(divisor);
  if (!a.finite || !b.finite || b.digits == 0) return false;
  if (a.digits == 0) return true;
  using Wide = unsigned __int128;
  int shift = a.exponent - b.exponent;
  if (shift >= 0) {
    // a * 10^shift modulo b, ten at a time: a double's exponent keeps this below 1,000 rounds.
    Wide rest = a.digits % b.digits;
    for (; shift > 0 && rest != 0; --shift) rest = rest * 10 % b.digits;
    return rest == 0;
  }
  for (; shift < 0 && a.digits % 10 == 0; ++shift) a.digits /= 10;
  if (shift < -19) return false;  // the divisor's last digit stands further left than any digit of the value
  Wide step = b.digits;
  for (; shift < 0; ++shift) step *= 10;
  return a.digits % step == 0;
}

int compare_values(const Json& left, const Json& right) {
  const int rank = rank_of(left);
  if (const int other = rank_of(right); rank != other) return rank < other ? -1 : 1;
  switch (rank) {
    case 1:
      return static_cast<int>(left.get<bool>()) - static_cast<int>(right.get<bool>());
    case 2:
      return compare_numbers(left, right);
    case 3:
      return left.get_ref<const std::string&>().compare(right.get_ref<const std::string&>());
    case 4:
      return compare_arrays(left, right);
    case 5:
      return compare_objects(left, right);
    default:
      return 0;
  }
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

}  // namespace deskhand::schema
