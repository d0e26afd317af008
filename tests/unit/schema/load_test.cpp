// Loading: bad schemas are told with their place, references are found, and nothing hostile gets through or hangs.
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "base/json.h"
#include "base/limits.h"
#include "schema/schema.h"

namespace deskhand::schema {
namespace {

std::string refusal(const Json& schema, const LoadOptions& options = {}) {
  const Result<Schema> loaded = Schema::load(schema, options);
  EXPECT_FALSE(loaded) << schema.dump().substr(0, 200);
  return loaded ? "" : loaded.error().message;
}

std::string refusal(const char* text) { return refusal(Json::parse(text)); }

std::string strict_refusal(const char* text) {
  LoadOptions options;
  options.refuse_unknown = true;
  return refusal(Json::parse(text), options);
}

Schema schema_of(const Json& json) {
  Result<Schema> schema = Schema::load(json);
  EXPECT_TRUE(schema) << schema.error().message;
  return std::move(*schema);
}

TEST(Load, says_where_a_mistake_stands) {
  EXPECT_EQ(refusal(R"({"properties": {"amount": {"minimum": "0"}}})"),
            R"(#/properties/amount/minimum: must be a number, got the string "0")");
  EXPECT_EQ(
      refusal(R"({"type": "strnig"})"),
      R"(#/type: "strnig" is no type; types are string, number, integer, boolean, array, object, null (did you mean "string"?))");
  EXPECT_EQ(refusal(R"({"allOf": [{}, 3]})"), "#/allOf/1: a schema is an object, true or false; got 3");
  EXPECT_EQ(refusal(R"({"properties": {"a/b": {"maxLength": -1}}})"),
            "#/properties/a~1b/maxLength: must be a whole number that is not negative, got -1");
  EXPECT_EQ(refusal("[]"), "#: a schema is an object, true or false; got an empty list");
}

TEST(Load, refuses_each_keyword_with_the_wrong_kind_of_argument) {
  for (const char* wrong : {R"({"type": []})",
                            R"({"type": 3})",
                            R"({"enum": {}})",
                            R"({"enum": []})",
                            R"({"multipleOf": 0})",
                            R"({"multipleOf": -1})",
                            R"({"maxItems": 1.5})",
                            R"({"minProperties": "1"})",
                            R"({"exclusiveMinimum": true})",
                            R"({"pattern": 1})",
                            R"({"pattern": "("})",
                            R"({"format": 1})",
                            R"({"items": 1})",
                            R"({"items": [1]})",
                            R"({"uniqueItems": 1})",
                            R"({"contains": []})",
                            R"({"required": "a"})",
                            R"({"required": [1]})",
                            R"({"required": ["a", "a"]})",
                            R"({"properties": []})",
                            R"({"properties": {"a": 1}})",
                            R"({"patternProperties": {"(": {}}})",
                            R"({"dependencies": {"a": 1}})",
                            R"({"dependencies": {"a": [1]}})",
                            R"({"not": 1})",
                            R"({"anyOf": []})",
                            R"({"oneOf": {}})",
                            R"({"if": 1})",
                            R"({"$ref": 1})",
                            R"({"$id": 1})",
                            R"({"definitions": []})",
                            R"({"definitions": {"a": {"minimum": null}}})",
                            R"({"contentEncoding": 1})",
                            R"({"$schema": 1})"}) {
    const std::string message = refusal(wrong);
    EXPECT_EQ(message.substr(0, 2), "#/") << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
}

TEST(Load, passes_over_what_it_does_not_know_unless_told_otherwise) {
  EXPECT_TRUE(schema_of(Json::parse(R"({"maxLenght": 3, "format": "colour"})")).accepts("abcdef"));
  EXPECT_EQ(strict_refusal(R"({"maxLenght": 3})"),
            R"(#/maxLenght: maxLenght is no keyword of JSON Schema draft-07 (did you mean "maxLength"?))");
  EXPECT_NE(strict_refusal(R"({"format": "datetime"})").find(R"(did you mean "date-time"?)"), std::string::npos);
}

TEST(Load, refuses_a_dialect_that_it_would_misread) {
  EXPECT_NE(refusal(R"({"$schema": "http://json-schema.org/draft-04/schema#"})").find("draft-07"), std::string::npos);
  EXPECT_TRUE(Schema::load(Json::parse(R"({"$schema": "http://json-schema.org/draft-07/schema#"})")));
  EXPECT_TRUE(Schema::load(Json::parse(R"({"$schema": "https://json-schema.org/draft-07/schema"})")));
}

TEST(Reference, to_nothing_is_told) {
  EXPECT_EQ(refusal(R"({"properties": {"a": {"$ref": "#/definitions/b"}}})"),
            R"x(#/properties/a/$ref: nothing stands at "#/definitions/b")x");
  EXPECT_EQ(
      refusal(R"({"$ref": "http://example.com/other.json"})"),
      R"(#/$ref: "http://example.com/other.json" is outside this document and is not fetched; put it under definitions)");
  EXPECT_NE(refusal(R"({"$ref": "#nowhere"})").find("nothing stands at"), std::string::npos);
  EXPECT_NE(refusal(R"({"$ref": "#/definitions/a/2", "definitions": {"a": [true]}})"), "");
}

TEST(Reference, to_a_bad_schema_in_another_place_is_told_there) {
  EXPECT_EQ(refusal(R"({"$ref": "#/other/thing", "other": {"thing": {"type": "nothing"}}})").substr(0, 19),
            "#/other/thing/type:");
  const Json other = Json::parse(R"({"definitions": {"a": {"minLength": "x"}}})");
  LoadOptions options;
  options.documents["other.json"] = &other;
  EXPECT_EQ(refusal(Json::parse(R"({"$ref": "other.json#/definitions/a"})"), options).substr(0, 39),
            "other.json#/definitions/a/minLength: mu");
}

TEST(Reference, in_a_circle_through_the_value_is_fine) {
  const Schema tree = schema_of(Json::parse(
      R"({"type": "object", "properties": {"next": {"$ref": "#"}, "n": {"type": "integer"}}, "additionalProperties": false})"));
  EXPECT_TRUE(tree.accepts(Json::parse(R"({"n": 1, "next": {"n": 2, "next": {}}})")));
  EXPECT_EQ(tree.check(Json::parse(R"({"next": {"next": {"n": "x"}}})")).front().path, "/next/next/n");
}

TEST(Reference, in_a_circle_that_stays_at_one_value_is_refused) {
  for (const char* circle :
       {R"({"$ref": "#"})", R"({"allOf": [{"$ref": "#"}]})", R"({"not": {"anyOf": [{"oneOf": [{"$ref": "#"}]}]}})",
        R"({"definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}}})",
        R"({"if": {"$ref": "#"}})", R"({"dependencies": {"a": {"$ref": "#"}}})", R"({"then": {"$ref": "#"}})"}) {
    EXPECT_NE(refusal(circle).find("leads back to itself"), std::string::npos) << circle;
  }
}

TEST(Reference, by_name_and_by_id_is_found) {
  const Schema schema = schema_of(Json::parse(R"({
    "$id": "http://example.com/root",
    "properties": {"a": {"$ref": "#word"}, "b": {"$ref": "nested.json#word"}, "c": {"$ref": "http://example.com/whole#word"}},
    "definitions": {
      "A": {"$id": "#word", "type": "integer"},
      "B": {"$id": "nested.json", "definitions": {"C": {"$id": "#word", "type": "string"}}},
      "D": {"$id": "http://example.com/whole#word", "type": "null"}}})"));
  EXPECT_TRUE(schema.accepts(Json::parse(R"({"a": 1, "b": "x", "c": null})")));
  EXPECT_EQ(schema.check(Json::parse(R"({"a": "x", "b": 1, "c": 2})")).size(), 3u);
}

TEST(Reference, named_twice_is_refused) {
  EXPECT_NE(refusal(R"({"definitions": {"a": {"$id": "#x"}, "b": {"$id": "#x"}}})").find("another part has the name"),
            std::string::npos);
}

TEST(Hostile, schemas_that_nest_too_deep_are_refused) {
  Json schema = Json::object();
  for (int level = 0; level < 5000; ++level) schema = Json{{"not", std::move(schema)}};
  const Result<Schema> loaded = Schema::load(schema);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, Code::limit_exceeded);
}

TEST(Hostile, long_chains_of_references_are_refused) {
  Json definitions = Json::object();
  for (int index = 0; index < 5000; ++index) {
    definitions["d" + std::to_string(index)] = Json{{"$ref", "#/definitions/d" + std::to_string(index + 1)}};
  }
  definitions["d5000"] = true;
  EXPECT_NE(refusal(Json{{"definitions", definitions}, {"$ref", "#/definitions/d0"}}).find("in a row"),
            std::string::npos);
}

TEST(Hostile, schemas_of_too_many_parts_are_refused) {
  Json parts = Json::array();
  for (std::size_t index = 0; index <= limits::kSchemaNodes; ++index) parts.push_back(true);
  const Result<Schema> loaded = Schema::load(Json{{"anyOf", parts}});
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, Code::limit_exceeded);
}

TEST(Hostile, schemas_that_double_the_work_at_every_step_end_in_an_answer) {
  Json definitions = Json::object();
  for (int index = 0; index < 30; ++index) {
    const Json next{{"$ref", "#/definitions/d" + std::to_string(index + 1)}};
    definitions["d" + std::to_string(index)] = Json{{"anyOf", {next, next}}};
  }
  definitions["d30"] = false;
  const Schema schema = schema_of(Json{{"definitions", definitions}, {"$ref", "#/definitions/d0"}});
  const std::vector<Violation> violations = schema.check(Json(1));
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations.front().rule, "work");
  EXPECT_FALSE(schema.accepts(Json(1)));
}

TEST(Hostile, a_cut_short_check_never_says_yes_through_a_not) {
  Json definitions = Json::object();
  for (int index = 0; index < 30; ++index) {
    const Json next{{"$ref", "#/definitions/d" + std::to_string(index + 1)}};
    definitions["d" + std::to_string(index)] = Json{{"anyOf", {next, next}}};
  }
  definitions["d30"] = false;
  EXPECT_FALSE(schema_of(Json{{"definitions", definitions}, {"not", {{"$ref", "#/definitions/d0"}}}}).accepts(Json(1)));
}

TEST(Hostile, values_that_nest_too_deep_do_not_fit) {
  Json value = Json::array();
  for (int level = 0; level < 5000; ++level) value = Json::array({std::move(value)});
  const Schema schema = schema_of(Json::parse(R"({"items": {"$ref": "#"}})"));
  ASSERT_EQ(schema.check(value).size(), 1u);
  EXPECT_EQ(schema.check(value).front().rule, "depth");
  EXPECT_FALSE(schema.accepts(value));
}

TEST(Hostile, deep_values_under_long_chains_end_in_an_answer) {
  Json definitions = Json::object();
  for (int index = 0; index < 20; ++index) {
    definitions["d" + std::to_string(index)] =
        Json{{"allOf", {{{"$ref", "#/definitions/d" + std::to_string(index + 1)}}}}};
  }
  definitions["d20"] = Json{{"items", {{"$ref", "#/definitions/d0"}}}};
  const Schema schema = schema_of(Json{{"definitions", definitions}, {"allOf", {{{"$ref", "#/definitions/d0"}}}}});
  Json value = Json::array();
  for (int level = 0; level < 5; ++level) value = Json::array({std::move(value)});
  EXPECT_TRUE(schema.accepts(value));
  for (int level = 0; level < 50; ++level) value = Json::array({std::move(value)});
  ASSERT_EQ(schema.check(value).size(), 1u);
  EXPECT_EQ(schema.check(value).front().rule, "work");
}

TEST(Hostile, long_lists_are_compared_without_each_with_each) {
  Json value = Json::array();
  for (int index = 0; index < 100'000; ++index) value.push_back(index);
  const Schema schema = schema_of(Json{{"uniqueItems", true}});
  EXPECT_TRUE(schema.accepts(value));
  value.push_back(99'999.0);
  EXPECT_EQ(schema.check(value).front().message, "[100000]: 99999 is already given at [99999]");
}

TEST(Hostile, patterns_are_bounded_at_load) {
  EXPECT_NE(refusal(Json{{"pattern", std::string(5000, 'a')}}).find("#/pattern: the pattern has 5000 bytes"),
            std::string::npos);
  EXPECT_NE(refusal(R"x({"patternProperties": {"(a{999}){999}": true}})x").find("too big"), std::string::npos);
  EXPECT_NE(refusal(R"x({"pattern": "(?=a)"})x").find("looking ahead"), std::string::npos);
}

TEST(Number, is_compared_by_what_it_is_worth) {
  EXPECT_FALSE(schema_of(Json::parse(R"({"maximum": 9007199254740992})")).accepts(Json::parse("9007199254740993")));
  EXPECT_FALSE(schema_of(Json::parse(R"({"maximum": 9007199254740992.0})")).accepts(Json::parse("9007199254740993")));
  EXPECT_FALSE(
      schema_of(Json::parse(R"({"const": 18446744073709551615})")).accepts(Json::parse("18446744073709551616")));
  EXPECT_TRUE(schema_of(Json::parse(R"({"const": [1, {"a": 2.0}]})")).accepts(Json::parse(R"([1.0, {"a": 2}])")));
  EXPECT_FALSE(schema_of(Json::parse(R"({"enum": [0, 1]})")).accepts(Json(false)));
}

TEST(Number, is_a_multiple_as_it_is_written) {
  const auto fits = [](const char* divisor, const char* value) {
    return schema_of(Json{{"multipleOf", Json::parse(divisor)}}).accepts(Json::parse(value));
  };
  EXPECT_TRUE(fits("0.1", "0.3"));
  EXPECT_TRUE(fits("0.01", "19.99"));
  EXPECT_TRUE(fits("0.0001", "0.0075"));
  EXPECT_FALSE(fits("0.01", "19.999"));
  EXPECT_FALSE(fits("0.123456789", "1e308"));
  EXPECT_TRUE(fits("0.5", "1e308"));
  EXPECT_TRUE(fits("1e-8", "12391239123"));
  EXPECT_FALSE(fits("1e20", "5"));
  EXPECT_TRUE(fits("3", "-9223372036854775808") == ((9223372036854775808ULL % 3) == 0));
  EXPECT_TRUE(fits("7", "0"));
}

TEST(Schema, is_shared_by_threads) {
  const Schema schema = schema_of(Json::parse(R"({"items": {"pattern": "^[a-z]+$"}})"));
  std::vector<std::thread> threads;
  for (int index = 0; index < 4; ++index) {
    threads.emplace_back([&schema] {
      for (int round = 0; round < 100; ++round) {
        EXPECT_TRUE(schema.accepts(Json{"abc"}));
        EXPECT_EQ(schema.check(Json{"ABC"}).size(), 1u);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace deskhand::schema
