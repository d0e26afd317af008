// What a violation says: its place, its rule and words that a model or a person can act on.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/json.h"
#include "schema/schema.h"

namespace deskhand::schema {
namespace {

Schema schema_of(const char* text) {
  Result<Schema> schema = Schema::load(Json::parse(text));
  EXPECT_TRUE(schema) << schema.error().message;
  return std::move(*schema);
}

std::vector<Violation> check(const char* schema, const char* value) {
  return schema_of(schema).check(Json::parse(value));
}

Violation only(const char* schema, const char* value) {
  const std::vector<Violation> violations = check(schema, value);
  EXPECT_EQ(violations.size(), 1u) << explain(violations);
  return violations.empty() ? Violation{} : violations.front();
}

constexpr const char* kLead = R"({"type": "object", "properties": {
  "title": {"type": "string", "minLength": 1, "maxLength": 10},
  "status": {"enum": ["new", "working", "qualified", "disqualified", "converted"]},
  "value": {"type": "number", "minimum": 0, "exclusiveMaximum": 1000, "multipleOf": 0.01},
  "phones": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 2, "uniqueItems": true},
  "close_date": {"type": "string", "format": "date"},
  "code": {"type": "string", "pattern": "^[A-Z]{3}\\d$"},
  "count": {"type": "integer"}
}, "required": ["title"], "additionalProperties": false})";

TEST(Violation, of_a_word_off_the_list_names_the_list_and_the_nearest_word) {
  const Violation violation = only(kLead, R"({"title": "x", "status": "nwe"})");
  EXPECT_EQ(violation.path, "/status");
  EXPECT_EQ(violation.rule, "enum");
  EXPECT_EQ(violation.message,
            R"(status: "nwe" is not one of new, working, qualified, disqualified, converted (did you mean "new"?))");
}

TEST(Violation, guesses_across_case_and_spelling_of_compounds) {
  const char* schema = R"({"enum": ["phone_call", "web_form"]})";
  EXPECT_NE(only(schema, R"("Phone Call")").message.find(R"(did you mean "phone_call"?)"), std::string::npos);
  EXPECT_NE(only(schema, R"("webForm")").message.find(R"(did you mean "web_form"?)"), std::string::npos);
  EXPECT_EQ(only(schema, R"("fax")").message.find("did you mean"), std::string::npos);
}

TEST(Violation, of_an_unknown_field_names_the_nearest_known_one) {
  const Violation violation = only(kLead, R"({"title": "x", "close_dat": "2026-03-01"})");
  EXPECT_EQ(violation.path, "/close_dat");
  EXPECT_EQ(violation.rule, "additionalProperties");
  EXPECT_EQ(violation.message, R"(close_dat: is not a known field (did you mean "close_date"?))");
}

TEST(Violation, of_an_unknown_field_lists_the_fields_when_none_is_near) {
  EXPECT_EQ(only(kLead, R"({"title": "x", "zzzzzz": 1})").message,
            "zzzzzz: is not a known field; the fields are close_date, code, count, phones, status, title, value");
  EXPECT_EQ(only(R"({"additionalProperties": false})", R"({"a": 1})").message,
            "a: is not a known field; no fields are taken");
}

TEST(Violation, of_a_missing_field_points_at_where_it_should_stand) {
  const Violation violation = only(kLead, "{}");
  EXPECT_EQ(violation.path, "/title");
  EXPECT_EQ(violation.rule, "required");
  EXPECT_EQ(violation.message, "title: is missing");
}

TEST(Violation, of_a_type_says_what_is_expected_and_what_came) {
  EXPECT_EQ(only(kLead, R"({"title": 12})").message, "title: must be a string, got 12");
  EXPECT_EQ(only(kLead, R"({"title": "x", "phones": "555"})").message,
            R"(phones: must be a list, got the string "555")");
  EXPECT_EQ(only(kLead, R"({"title": "x", "count": 1.5})").message, "count: must be a whole number, got 1.5");
  EXPECT_EQ(only(kLead, "[1, 2]").message, "the value: must be an object, got a list of 2");
  EXPECT_EQ(only(R"({"type": ["string", "null"]})", "true").message, "the value: must be a string or null, got true");
}

TEST(Violation, of_a_number_in_quotes_says_to_take_the_quotes_away) {
  EXPECT_EQ(only(kLead, R"({"title": "x", "count": "12"})").message,
            R"(count: must be a whole number, got the string "12"; write it without quotes)");
  EXPECT_EQ(only(R"({"type": "boolean"})", R"("true")").message,
            R"(the value: must be true or false, got the string "true"; write it without quotes)");
  EXPECT_EQ(only(kLead, R"({"title": "x", "count": "12.5"})").message,
            R"(count: must be a whole number, got the string "12.5")");
}

TEST(Violation, of_a_bound_names_the_bound_and_the_value) {
  EXPECT_EQ(only(kLead, R"({"title": "x", "value": -5})").message, "value: must be at least 0, got -5");
  EXPECT_EQ(only(kLead, R"({"title": "x", "value": 1000})").message, "value: must be less than 1000, got 1000");
  EXPECT_EQ(only(kLead, R"({"title": "x", "value": 1.005})").message, "value: must be a multiple of 0.01, got 1.005");
  EXPECT_EQ(only(kLead, R"({"title": ""})").message, "title: must not be empty");
  EXPECT_EQ(only(kLead, R"({"title": "01234567890"})").message, "title: must have at most 10 characters, got 11");
  EXPECT_EQ(only(kLead, R"({"title": "x", "phones": []})").message, "phones: must hold at least 1 item, got 0");
}

TEST(Violation, of_an_item_names_its_place_in_the_list) {
  const Violation violation = only(kLead, R"({"title": "x", "phones": ["1", 2]})");
  EXPECT_EQ(violation.path, "/phones/1");
  EXPECT_EQ(violation.message, "phones[1]: must be a string, got 2");
  EXPECT_EQ(only(kLead, R"({"title": "x", "phones": ["1", "1"]})").message,
            R"(phones[1]: "1" is already given at phones[0])");
}

TEST(Violation, of_a_format_shows_an_example) {
  EXPECT_EQ(only(kLead, R"({"title": "x", "close_date": "next week"})").message,
            R"(close_date: "next week" is not a date like 2026-03-01)");
  EXPECT_EQ(only(kLead, R"({"title": "x", "code": "AB1"})").message,
            R"(code: "AB1" does not match the pattern ^[A-Z]{3}\d$)");
}

TEST(Violation, of_a_choice_of_fields_names_the_fields) {
  EXPECT_EQ(only(R"({"anyOf": [{"required": ["contact_id"]}, {"required": ["lead_id"]}]})", "{}").message,
            "the value: needs one of contact_id, lead_id");
}

TEST(Violation, of_a_choice_of_forms_speaks_of_the_form_that_was_meant) {
  const char* schema = R"({"anyOf": [{"type": "null"}, {"type": "object", "properties": {"n": {"type": "integer"}}}]})";
  EXPECT_EQ(only(schema, R"({"n": "a"})").message, R"(n: must be a whole number, got the string "a")");
  EXPECT_EQ(only(schema, "3").message, "the value: must be an object or null, got 3");
  EXPECT_EQ(only(R"({"oneOf": [{"minimum": 1}, {"minimum": 2}]})", "3").message,
            "the value: fits 2 of the forms of which it must fit exactly one");
  const Violation nearest = only(R"({"oneOf": [{"required": ["a"], "properties": {"a": {"const": 1}}},
                                              {"required": ["a"], "properties": {"a": {"const": 2}}}]})",
                                 R"({"a": 3})");
  EXPECT_EQ(nearest.message, "the value: fits none of the 2 forms it may have; nearest: a: must be 1, got 3");
}

TEST(Violation, of_then_and_dependencies_names_the_field) {
  const char* schema = R"({"if": {"properties": {"status": {"const": "lost"}}, "required": ["status"]},
                          "then": {"required": ["reason"]}, "dependencies": {"street": ["city"]}})";
  EXPECT_EQ(only(schema, R"({"status": "lost"})").message, "reason: is missing");
  EXPECT_EQ(only(schema, R"({"street": "Main"})").message, "city: is missing; it goes with street");
}

TEST(Violation, shows_hostile_text_short_and_clean) {
  const std::string long_text(5000, 'a');
  const std::string message = schema_of(R"({"enum": ["x"]})").check(Json(long_text)).front().message;
  EXPECT_LT(message.size(), 200u);
  // A line break, a control sequence and a right-to-left override must not reach a terminal or a card.
  const std::string name = "a\n\x1b[31m\xE2\x80\xAE\"b";
  const Violation odd = schema_of(R"({"additionalProperties": false})").check(Json{{name, 1}}).front();
  EXPECT_EQ(odd.message.find('\n'), std::string::npos);
  EXPECT_EQ(odd.message.find('\x1b'), std::string::npos);
  EXPECT_EQ(odd.message.find("\xE2\x80\xAE"), std::string::npos);
  const std::string long_name(5000, 'k');
  EXPECT_LT(schema_of(R"({"additionalProperties": false})").check(Json{{long_name, 1}}).front().message.size(), 300u);
}

TEST(Violation, paths_are_json_pointers) {
  EXPECT_EQ(only(R"({"additionalProperties": {"type": "null"}})", R"({"a/b~c": 1})").path, "/a~1b~0c");
}

TEST(Check, tells_every_mistake_up_to_the_number_asked_for) {
  const Schema schema = schema_of(kLead);
  const Json value = Json::parse(R"({"status": "x", "count": "y", "value": -1, "phones": [], "code": 5})");
  EXPECT_EQ(schema.check(value).size(), 6u);
  EXPECT_EQ(schema.check(value, 2).size(), 2u);
  EXPECT_EQ(schema.check(value, 0).size(), 1u) << "a value that does not fit never comes back as fitting";
  EXPECT_FALSE(schema.accepts(value));
}

TEST(Explain, puts_all_messages_on_one_line) {
  EXPECT_EQ(explain({}), "");
  EXPECT_EQ(explain(check(kLead, R"({"value": -1})")), "title: is missing; value: must be at least 0, got -1");
}

}  // namespace
}  // namespace deskhand::schema
