#include "base/json.h"

#include <gtest/gtest.h>

#include <limits>

namespace deskhand {
namespace {

constexpr std::size_t kPlenty = 1024 * 1024;

std::string repeated(std::string_view part, std::size_t count) {
  std::string text;
  for (std::size_t index = 0; index < count; ++index) text += part;
  return text;
}

void expect_refused(std::string_view text, std::string_view because) {
  for (const Error& error : {parse_json(text, kPlenty).error(), parse_ordered_json(text, kPlenty).error()}) {
    EXPECT_EQ(error.code, Code::invalid_argument) << text;
    EXPECT_NE(error.message.find(because), std::string::npos) << error.message;
    EXPECT_EQ(error.message.find('\n'), std::string::npos) << error.message;
  }
}

TEST(Json, reads_every_kind_of_value) {
  const auto value = parse_json(R"( {"a":[1,-2,3.5,true,false,null,"x\u00e9\n"],"b":{},"c":[]} )", kPlenty);
  ASSERT_TRUE(value);
  EXPECT_EQ(to_text(*value), "{\"a\":[1,-2,3.5,true,false,null,\"x\u00e9\\n\"],\"b\":{},\"c\":[]}");
}

TEST(Json, may_be_a_single_value) {
  for (const char* text : {"1", "-0", "\"\"", "null", "true", "[]", "{}", "1e3", "18446744073709551615"}) {
    EXPECT_TRUE(parse_json(text, kPlenty)) << text;
  }
}

TEST(Json, keeps_whole_numbers_of_64_bits_exactly) {
  EXPECT_EQ(parse_json("-9223372036854775808", kPlenty)->get<std::int64_t>(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(parse_json("9223372036854775807", kPlenty)->get<std::int64_t>(), std::numeric_limits<std::int64_t>::max());
}

TEST(Json, is_refused_when_it_is_damaged) {
  for (const char* text : {"",           " ",     "{",       "[1,2",   "{\"a\"}", "{\"a\":}",    "{a:1}",    "[1,]",
                           "{\"a\":1,}", "01",    "+1",      "1.",     ".5",      "NaN",         "Infinity", "nul",
                           "'a'",        "[1] 2", "// x\n1", "\"\t\"", "\"\\x\"", "\"\\ud800\"", "1e999"}) {
    expect_refused(text, "not valid");
  }
}

TEST(Json, is_refused_with_bytes_that_are_not_utf8) {
  expect_refused("\"\xff\"", "not valid");
  expect_refused("\"\xc0\xaf\"", "not valid");
  expect_refused("{\"\xed\xa0\x80\":1}", "not valid");
}

TEST(Json, is_refused_with_a_nul_byte_that_would_hide_the_rest) {
  expect_refused(std::string("{\"a\":1}\0 junk", 13), "NUL");
}

TEST(Json, is_refused_when_a_key_comes_twice) {
  expect_refused(R"({"a":1,"a":1})", "\"a\" is given twice");
  expect_refused(R"({"x":[{"b":1,"c":{},"b":2}]})", "\"b\" is given twice");
  expect_refused(R"({"a":1,"\u0061":2})", "\"a\" is given twice");
  expect_refused(R"({"":1,"":2})", "given twice");
}

TEST(Json, may_use_one_key_in_two_objects) {
  EXPECT_TRUE(parse_json(R"({"a":{"a":[{"a":1},{"a":2}]},"b":{"a":1}})", kPlenty));
}

TEST(Json, shows_a_hostile_key_on_one_clean_line) {
  const std::string key = "\\u001b[2J\\u202e\\n" + std::string(5'000, 'k');
  const auto outcome = parse_json("{\"" + key + "\":1,\"" + key + "\":2}", kPlenty);
  ASSERT_FALSE(outcome);
  EXPECT_LT(outcome.error().message.size(), 400u);
  for (const char byte : outcome.error().message) EXPECT_GE(static_cast<unsigned char>(byte), 0x20);
}

TEST(Json, nests_to_sixty_four_levels_and_no_deeper) {
  EXPECT_TRUE(parse_json(repeated("[", 64) + repeated("]", 64), kPlenty));
  EXPECT_TRUE(parse_json(repeated("{\"a\":", 64) + "1" + repeated("}", 64), kPlenty));
  expect_refused(repeated("[", 65) + repeated("]", 65), "64 levels");
  expect_refused(repeated("{\"a\":", 65) + "1" + repeated("}", 65), "64 levels");
  expect_refused(repeated("[{\"a\":", 33) + "1" + repeated("}]", 33), "64 levels");
}

TEST(Json, counts_levels_that_are_open_and_not_brackets_seen) {
  EXPECT_TRUE(parse_json("[" + repeated("[[]],", 1'000) + "0]", kPlenty));
  EXPECT_TRUE(parse_json("\"" + repeated("[{", 1'000) + "\"", kPlenty));
}

TEST(Json, of_ten_megabytes_of_brackets_is_a_clean_error) {
  for (const char* part : {"[", "{\"a\":", "[[]", "]"}) {
    const auto outcome = parse_json(repeated(part, 10'000'000 / std::string_view(part).size()), 20'000'000);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, Code::invalid_argument);
  }
}

TEST(Json, longer_than_its_bound_is_not_read) {
  EXPECT_TRUE(parse_json("[1,2]", 5));
  const auto outcome = parse_json("[1,2] ", 5);
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().message.find("at most 5"), std::string::npos);
}

TEST(Json, with_too_many_keys_in_one_object_is_refused) {
  std::string text = "{";
  for (int index = 0; index <= 10'000; ++index) text += "\"k" + std::to_string(index) + "\":0,";
  text.back() = '}';
  expect_refused(text, "keys");
}

TEST(Json, writes_keys_in_the_order_of_the_alphabet) {
  EXPECT_EQ(to_text(*parse_json(R"({"b":1,"a":2,"c":{"z":1,"y":2}})", kPlenty)), R"({"a":2,"b":1,"c":{"y":2,"z":1}})");
}

TEST(OrderedJson, keeps_the_keys_in_the_order_written) {
  const auto value = parse_ordered_json(R"({"b":1,"a":[{"z":1,"y":2}]})", kPlenty);
  ASSERT_TRUE(value);
  EXPECT_EQ(to_text(*value), R"({"b":1,"a":[{"z":1,"y":2}]})");
  EXPECT_EQ(to_pretty_text(OrderedJson{{"b", 1}}), "{\n  \"b\": 1\n}");
}

TEST(Json, text_never_fails_on_bytes_that_are_not_utf8) {
  EXPECT_EQ(to_text(Json{{"a",
                          "x\xff"
                          "y"}}),
            "{\"a\":\"x\uFFFDy\"}");
  EXPECT_EQ(to_pretty_text(OrderedJson("\xc3")), "\"\uFFFD\"");
}

TEST(Json, comes_back_from_its_own_text) {
  for (const char* text : {R"({"a":[1,2,{"b":"\u0000\u001f\"\\"}],"c":-1.5e-7})", "[[],{},\"\",0,-1,1.0]"}) {
    const auto value = parse_json(text, kPlenty);
    ASSERT_TRUE(value);
    const auto again = parse_json(to_text(*value), kPlenty);
    ASSERT_TRUE(again);
    EXPECT_EQ(*value, *again);
    EXPECT_EQ(to_text(*value), to_text(*again));
  }
}

}  // namespace
}  // namespace deskhand
