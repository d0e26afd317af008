// schemas/crm.json and schemas/opportunity.json as shipped, and what an owner's edits of them do.
#include "schema/records.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/limits.h"
#include "schema/schema.h"

namespace deskhand::schema {
namespace {

std::string read_file(const std::string& name) {
  std::ifstream file(std::string(DESKHAND_SOURCE_DIR) + "/schemas/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Json crm() { return Json::parse(read_file("crm.json")); }
Json opportunity() { return Json::parse(read_file("opportunity.json")); }

using Edit = std::function<void(Json&)>;

Result<RecordSchemas> load_edited(const Edit& edit) {
  Json document = crm();
  edit(document["definitions"]);
  return load_record_schemas(document.dump(), read_file("opportunity.json"));
}

std::string refusal(const Edit& edit) {
  const Result<RecordSchemas> loaded = load_edited(edit);
  EXPECT_FALSE(loaded);
  if (loaded) return "";
  EXPECT_EQ(loaded.error().code, Code::invalid_argument);
  EXPECT_EQ(loaded.error().message.find('\n'), std::string::npos);
  return loaded.error().message;
}

std::string refusal_of_field(const std::string& name, const Json& property) {
  return refusal([&](Json& definitions) { definitions["contact"]["properties"][name] = property; });
}

RecordSchemas shipped() {
  Result<RecordSchemas> loaded = load_record_schemas(read_file("crm.json"), read_file("opportunity.json"));
  EXPECT_TRUE(loaded) << loaded.error().message;
  return std::move(*loaded);
}

RecordSchemas with_boiler_fields() {
  Result<RecordSchemas> loaded = load_edited([](Json& definitions) {
    Json& properties = definitions["contact"]["properties"];
    properties["x_boiler_model"] =
        Json::parse(R"({"type": "string", "maxLength": 80, "description": "Make and model of the boiler."})");
    properties["x_boiler_year"] = Json::parse(R"({"type": "integer", "minimum": 1950})");
    properties["x_fuel"] = Json::parse(R"({"type": "string", "enum": ["gas", "oil", "wood"]})");
    properties["x_key_held"] = Json::parse(R"({"type": "boolean"})");
    properties["x_last_service"] = Json::parse(R"({"type": "string", "format": "date"})");
    properties["x_discount"] = Json::parse(R"({"type": "number", "maximum": 0.5})");
  });
  EXPECT_TRUE(loaded) << loaded.error().message;
  return std::move(*loaded);
}

std::vector<std::string> choices(const RecordSchemas& schemas, const char* noun, const char* field) {
  const Field* found = schemas.field(noun, field);
  EXPECT_NE(found, nullptr) << noun << "." << field;
  return found == nullptr ? std::vector<std::string>{} : found->choices;
}

using Words = std::vector<std::string>;

TEST(RecordSchemas, as_shipped_hold_every_word_of_the_core_procedure) {
  const RecordSchemas schemas = shipped();
  EXPECT_EQ(choices(schemas, "contact", "preferred_channel"), (Words{"phone", "email", "sms"}));
  EXPECT_EQ(choices(schemas, "contact", "lifecycle_stage"), (Words{"prospect", "customer", "past_customer"}));
  EXPECT_EQ(choices(schemas, "company", "type"), (Words{"business", "individual", "nonprofit", "government", "other"}));
  EXPECT_EQ(choices(schemas, "company", "status"), (Words{"prospect", "active_customer", "inactive", "archived"}));
  EXPECT_EQ(choices(schemas, "lead", "source"), (Words{"phone_call", "email", "web_form", "referral", "ad", "other"}));
  EXPECT_EQ(choices(schemas, "lead", "status"), (Words{"new", "working", "qualified", "disqualified", "converted"}));
  EXPECT_EQ(choices(schemas, "lead", "disqualification_reason"),
            (Words{"budget", "timing", "outside_scope", "no_response", "other"}));
  EXPECT_EQ(choices(schemas, "lead", "pipeline_stage"),
            (Words{"inquiry", "needs_analysis", "estimate_sent", "follow_up", "scheduled_visit"}));
  EXPECT_EQ(choices(schemas, "interaction", "type"),
            (Words{"phone_call", "email_inbound", "email_outbound", "sms", "meeting", "note", "system"}));
  EXPECT_EQ(choices(schemas, "interaction", "outcome"),
            (Words{"none", "left_voicemail", "spoke", "no_show", "rescheduled", "sent_proposal", "accepted_proposal",
                   "rejected_proposal"}));
  EXPECT_EQ(choices(schemas, "interaction", "follow_up_status"), (Words{"none", "pending", "completed", "canceled"}));
  EXPECT_EQ(choices(schemas, "opportunity", "stage"), (Words{"estimating", "scheduled", "won", "lost"}));
  EXPECT_EQ(choices(schemas, "opportunity", "lost_reason"),
            (Words{"price", "competition", "timing", "no_decision", "scope", "other"}));
}

TEST(RecordSchemas, as_shipped_describe_and_bound_every_field) {
  const RecordSchemas schemas = shipped();
  for (const char* noun : {"contact", "company", "lead", "interaction", "opportunity"}) {
    EXPECT_GE(schemas.fields(noun).size(), 8u);
    EXPECT_FALSE(schemas.has_custom_fields(noun));
    for (const Field& field : schemas.fields(noun)) {
      EXPECT_NE(field.description, "") << noun << "." << field.name;
      const bool is_free_text = (field.type == FieldType::text || field.type == FieldType::list) &&
                                field.choices.empty() && (field.format.empty() || field.format == "email");
      EXPECT_EQ(field.length_max > 0, is_free_text) << noun << "." << field.name;
    }
  }
  EXPECT_EQ(schemas.field("contact", "first_name")->length_max, limits::kNameBytes);
  EXPECT_EQ(schemas.field("contact", "phones")->length_max, limits::kPhoneBytes);
  EXPECT_EQ(schemas.field("interaction", "body")->length_max, limits::kBodyBytes);
  EXPECT_EQ(schemas.field("lead", "estimated_value")->type, FieldType::number);
  EXPECT_EQ(schemas.field("opportunity", "close_date")->format, "date");
  EXPECT_TRUE(schemas.field("lead", "title")->required);
  EXPECT_EQ(schemas.field("contact", "nonsense"), nullptr);
  EXPECT_TRUE(schemas.fields("nonsense").empty());
  EXPECT_EQ(schemas.fields("contact").front().name, "contact_id") << "fields keep the order of the file";
}

TEST(RecordSchemas, as_shipped_check_whole_documents) {
  Result<Schema> schema = Schema::load(crm());
  ASSERT_TRUE(schema) << schema.error().message;
  EXPECT_TRUE(
      schema->accepts(Json::parse(R"({"contacts": [{"contact_id": "C-1", "first_name": "Ana", "company_id": null,
    "phones": ["512-555-0142"], "emails": ["ana@ruiz.example"], "tags": ["plumbing"]}],
    "interactions": [{"interaction_id": "I-1", "type": "note", "timestamp": "2026-03-01T14:05:00Z", "lead_id": "L-1"}]})")));
  const auto violations = schema->check(Json::parse(
      R"({"interactions": [{"interaction_id": "I-1", "type": "note", "timestamp": "2026-03-01T14:05:00Z"}]})"));
  EXPECT_EQ(explain(violations), "interactions[0]: needs one of contact_id, lead_id, opportunity_id");
  EXPECT_FALSE(schema->accepts(Json::parse(R"({"contacts": [{"contact_id": "C-1", "emails": ["nobody"]}]})")));
  Result<Schema> deals = Schema::load(opportunity());
  ASSERT_TRUE(deals) << deals.error().message;
  EXPECT_TRUE(deals->accepts(
      Json::parse(R"({"opportunities": [{"opportunity_id": "O-1", "stage": "won", "amount": 2400.5}]})")));
}

TEST(RecordSchemas, take_fields_of_the_business) {
  const RecordSchemas schemas = with_boiler_fields();
  const Field* model = schemas.field("contact", "x_boiler_model");
  ASSERT_NE(model, nullptr);
  EXPECT_TRUE(model->custom);
  EXPECT_FALSE(model->required);
  EXPECT_EQ(model->type, FieldType::text);
  EXPECT_EQ(model->length_max, 80u);
  EXPECT_EQ(model->description, "Make and model of the boiler.");
  EXPECT_EQ(schemas.field("contact", "x_boiler_year")->type, FieldType::whole_number);
  EXPECT_EQ(schemas.field("contact", "x_boiler_year")->description, "boiler year (a field of this business)");
  EXPECT_EQ(schemas.field("contact", "x_key_held")->type, FieldType::truth);
  EXPECT_EQ(schemas.field("contact", "x_discount")->type, FieldType::number);
  EXPECT_EQ(schemas.field("contact", "x_last_service")->format, "date");
  EXPECT_EQ(schemas.field("contact", "x_last_service")->length_max, limits::kCustomValueBytes);
  EXPECT_EQ(choices(schemas, "contact", "x_fuel"), (Words{"gas", "oil", "wood"}));
  EXPECT_TRUE(schemas.has_custom_fields("contact"));
  EXPECT_FALSE(schemas.has_custom_fields("lead"));
}

TEST(ArgumentSchema, is_closed_and_brings_the_fields_of_the_business_by_itself) {
  const RecordSchemas schemas = with_boiler_fields();
  const Json json = schemas.argument_schema({"contact", {"first_name", "preferred_channel"}, {"first_name"}},
                                            Json::parse(R"({"note": {"type": "string"}})"));
  Result<Schema> schema = Schema::load(json);
  ASSERT_TRUE(schema) << schema.error().message;
  EXPECT_TRUE(
      schema->accepts(Json::parse(R"({"first_name": "Ana", "x_fuel": "gas", "x_boiler_year": 1999, "note": "n"})")));
  EXPECT_EQ(explain(schema->check(Json::parse(R"({"first_name": "Ana", "x_fuel": "gass"})"))),
            R"(x_fuel: "gass" is not one of gas, oil, wood (did you mean "gas"?))");
  EXPECT_FALSE(schema->accepts(Json::parse(R"({"first_name": "Ana", "last_name": "Ruiz"})")))
      << "not a field of this tool";
  EXPECT_FALSE(schema->accepts(Json::parse(R"({"preferred_channel": "sms"})"))) << "first_name is required";
  EXPECT_FALSE(schema->accepts(Json::parse(R"({"first_name": null})")));
  EXPECT_EQ(json.at("properties").at("preferred_channel").at("enum"), Json({"phone", "email", "sms"}));
  EXPECT_NE(json.at("properties").at("first_name").at("description"), "");
}

TEST(ArgumentSchema, lets_null_take_away_what_a_record_can_do_without) {
  const RecordSchemas schemas = with_boiler_fields();
  const Result<Schema> schema = Schema::load(schemas.argument_schema(
      {.noun = "contact", .fields = {"preferred_channel", "company_id", "tags"}, .required = {}, .clearable = true}));
  ASSERT_TRUE(schema) << schema.error().message;
  EXPECT_TRUE(schema->accepts(Json::parse(
      R"({"preferred_channel": null, "company_id": null, "tags": null, "x_fuel": null, "x_key_held": null})")));
  EXPECT_FALSE(schema->accepts(Json::parse(R"({"preferred_channel": "fax"})")));
  const Result<Schema> lead =
      Schema::load(schemas.argument_schema({.noun = "lead", .fields = {"title"}, .required = {}, .clearable = true}));
  EXPECT_FALSE(lead->accepts(Json::parse(R"({"title": null})"))) << "a lead always has a title";
}

TEST(ArgumentSchema, lets_a_tool_say_a_field_in_its_own_way) {
  const RecordSchemas schemas = shipped();
  const Json json = schemas.argument_schema({"lead", {"estimated_value"}, {}},
                                            Json::parse(R"({"estimated_value": {"type": ["number", "string"]}})"));
  const Json& value = json.at("properties").at("estimated_value");
  EXPECT_EQ(value.at("type"), Json({"number", "string"}));
  EXPECT_EQ(value.at("description"), schemas.field("lead", "estimated_value")->description);
}

TEST(RecordEdit, that_takes_a_needed_word_away_is_told) {
  EXPECT_EQ(
      refusal([](Json& definitions) {
        definitions["lead"]["properties"]["status"]["enum"] = {"new", "qualified", "disqualified", "converted"};
      }),
      R"(schemas/crm.json#/definitions/lead/properties/status/enum: "working" was removed; the program needs it)");
  EXPECT_NE(
      refusal([](Json& definitions) { definitions["lead"]["properties"]["status"].erase("enum"); }).find("was removed"),
      std::string::npos);
}

TEST(RecordEdit, that_adds_a_word_the_program_does_not_know_is_told) {
  const std::string message =
      refusal([](Json& definitions) { definitions["lead"]["properties"]["source"]["enum"].push_back("billboard"); });
  EXPECT_NE(message.find(R"(/source/enum: "billboard" is a value the program does not know)"), std::string::npos)
      << message;
  EXPECT_NE(message.find("x_ field"), std::string::npos);
}

TEST(RecordEdit, that_takes_a_field_or_noun_away_is_told) {
  EXPECT_EQ(refusal([](Json& definitions) { definitions["contact"]["properties"].erase("notes"); }),
            "schemas/crm.json#/definitions/contact/properties/notes: was removed; the program needs it");
  EXPECT_NE(refusal([](Json& definitions) {
              definitions["lead"].erase("properties");
            }).find("#/definitions/lead/properties: was removed"),
            std::string::npos);
  Json document = crm();
  document["definitions"].erase("company");
  document["properties"].erase("companies");
  EXPECT_EQ(load_record_schemas(document.dump(), read_file("opportunity.json")).error().message,
            "schemas/crm.json#/definitions/company: was removed; the program needs it");
  EXPECT_EQ(load_record_schemas("{}", read_file("opportunity.json")).error().message,
            "schemas/crm.json#/definitions/contact: was removed; the program needs it");
}

TEST(RecordEdit, that_retypes_a_field_is_told) {
  EXPECT_EQ(
      refusal([](Json& definitions) { definitions["contact"]["properties"]["notes"]["type"] = "array"; }),
      "schemas/crm.json#/definitions/contact/properties/notes/type: must stay string; the program keeps this field so");
  EXPECT_NE(refusal([](Json& definitions) {
              definitions["contact"]["properties"]["tags"]["items"]["type"] = "integer";
            }).find("tags/items: must stay"),
            std::string::npos);
  EXPECT_NE(refusal([](Json& definitions) {
              definitions["lead"]["properties"]["expected_close_date"]["format"] = "date-time";
            }).find("must stay \"date\""),
            std::string::npos);
  EXPECT_NE(refusal([](Json& definitions) {
              definitions["contact"]["properties"]["notes"]["maxLength"] = 1'000'000;
            }).find("must be from 1 to 65536"),
            std::string::npos);
  EXPECT_NE(refusal([](Json& definitions) {
              definitions["contact"]["properties"]["notes"] = true;
            }).find("must be an object"),
            std::string::npos);
}

TEST(RecordEdit, that_only_says_a_field_differently_is_taken) {
  const Result<RecordSchemas> loaded = load_edited([](Json& definitions) {
    definitions["contact"]["properties"]["address"]["description"] = "Where the boiler stands.";
    definitions["contact"]["properties"]["address"]["maxLength"] = 200;
    definitions["contact"]["properties"]["notes"].erase("maxLength");
    definitions["contact"]["properties"]["first_name"]["pattern"] = "^\\S";
    definitions["lead"]["properties"]["source"]["enum"] = {"other",    "ad",    "referral",
                                                           "web_form", "email", "phone_call"};
  });
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->field("contact", "address")->description, "Where the boiler stands.");
  EXPECT_EQ(loaded->field("contact", "address")->length_max, 200u);
  EXPECT_EQ(loaded->field("contact", "notes")->length_max, limits::kBodyBytes) << "the program's own bound stands in";
  EXPECT_EQ(loaded->field("lead", "source")->choices.front(), "other");
}

TEST(RecordEdit, that_names_a_field_wrongly_is_told) {
  EXPECT_EQ(refusal_of_field("frist_name", {{"type", "string"}}),
            "schemas/crm.json#/definitions/contact/properties/frist_name: is not a field of a contact (did you mean "
            "\"first_name\"?); a field of "
            "your own has a name that begins with x_");
  EXPECT_NE(refusal_of_field("org_id", {{"type", "string"}}).find("begins with x_"), std::string::npos);
  for (const char* name : {"x_", "x_Boiler", "x_1", "x__a", "x_a b", "x_é"}) {
    EXPECT_NE(refusal_of_field(name, {{"type", "string"}}).find("is no name for a field"), std::string::npos) << name;
  }
  EXPECT_NE(refusal_of_field("x_" + std::string(100, 'a'), {{"type", "string"}}).find("is no name for a field"),
            std::string::npos);
  EXPECT_NE(refusal_of_field("x_deskhand_score", {{"type", "string"}}).find("kept for the program"), std::string::npos);
}

TEST(RecordEdit, that_gives_a_field_a_type_it_can_not_have_is_told) {
  const std::string where =
      "schemas/crm.json#/definitions/contact/properties/x_a/type: must be string, integer, number or boolean, got ";
  EXPECT_EQ(refusal_of_field("x_a", {{"type", "array"}}), where + "\"array\"");
  EXPECT_EQ(refusal_of_field("x_a", {{"type", {"string", "null"}}}), where + "a list of 2");
  EXPECT_EQ(refusal_of_field("x_a", Json::object()), where + "none");
  EXPECT_NE(refusal_of_field("x_a", true).find("must be an object with a type"), std::string::npos);
  EXPECT_NE(refusal_of_field("x_a", {{"type", "text"}}).find("is no type"), std::string::npos);
  EXPECT_NE(refusal_of_field("x_a", {{"$ref", "#/definitions/lead"}}).find("/$ref: has no effect"), std::string::npos);
  EXPECT_NE(refusal_of_field("x_a", {{"type", "string"}, {"default", "x"}}).find("/default: has no effect"),
            std::string::npos);
  EXPECT_NE(refusal_of_field("x_a", {{"type", "string"}, {"maxLenght", 3}}).find("did you mean \"maxLength\""),
            std::string::npos);
  EXPECT_NE(refusal_of_field("x_a", {{"type", "string"}, {"maxLength", 100'000}}).find("must be from 1 to 4096"),
            std::string::npos);
  EXPECT_NE(refusal_of_field("x_a", {{"type", "string"}, {"pattern", "("}}).find("/x_a/pattern: the pattern is not"),
            std::string::npos);
  EXPECT_NE(refusal_of_field("x_a", {{"type", "string"}, {"format", "dat"}}).find("is no format"), std::string::npos);
}

TEST(RecordEdit, that_gives_a_field_a_bad_list_of_words_is_told) {
  EXPECT_NE(refusal_of_field("x_a", {{"type", "integer"}, {"enum", {1, 2}}}).find("goes with the type string only"),
            std::string::npos);
  EXPECT_NE(refusal_of_field("x_a", {{"type", "string"}, {"enum", {"a", 2}}}).find("each value is a string"),
            std::string::npos);
  EXPECT_NE(refusal_of_field("x_a", {{"type", "string"}, {"enum", {"a", " "}}}).find("not blank"), std::string::npos);
  EXPECT_NE(refusal_of_field("x_a", {{"type", "string"}, {"enum", {"a", "a"}}}).find("is given twice"),
            std::string::npos);
  EXPECT_NE(refusal_of_field("x_a", {{"type", "string"}, {"enum", Json::array()}}).find("at least one value"),
            std::string::npos);
  Json many = Json::array();
  for (std::size_t index = 0; index <= limits::kEnumValues; ++index) many.push_back("v" + std::to_string(index));
  EXPECT_NE(refusal_of_field("x_a", {{"type", "string"}, {"enum", many}}).find("201 values"), std::string::npos);
}

TEST(RecordEdit, that_opens_a_noun_or_makes_a_field_required_is_told) {
  EXPECT_NE(
      refusal([](Json& definitions) { definitions["contact"]["additionalProperties"] = true; }).find("must stay false"),
      std::string::npos);
  EXPECT_NE(refusal([](Json& definitions) {
              definitions["contact"]["patternProperties"] = {{"^x_", true}};
            }).find("/patternProperties: has no effect"),
            std::string::npos);
  EXPECT_NE(refusal([](Json& definitions) {
              definitions["contact"]["required"].push_back("address");
            }).find("\"address\" may not be required"),
            std::string::npos);
  EXPECT_NE(refusal([](Json& definitions) {
              definitions["contact"]["properties"]["x_a"] = {{"type", "string"}};
              definitions["contact"]["required"].push_back("x_a");
            }).find("\"x_a\" may not be required"),
            std::string::npos);
  EXPECT_NE(
      refusal([](Json& definitions) { definitions["lead"]["required"] = {"lead_id"}; }).find("\"title\" was removed"),
      std::string::npos);
}

TEST(RecordEdit, that_adds_too_many_fields_is_told) {
  const auto add = [](std::size_t count) {
    return [count](Json& definitions) {
      for (std::size_t index = 0; index < count; ++index) {
        definitions["lead"]["properties"]["x_f" + std::to_string(index)] = {{"type", "string"}};
      }
    };
  };
  EXPECT_TRUE(load_edited(add(limits::kCustomFields)));
  EXPECT_NE(refusal(add(limits::kCustomFields + 1)).find("one field too many"), std::string::npos);
}

TEST(RecordFile, that_is_no_json_is_told_with_its_name) {
  const std::string deals = read_file("opportunity.json");
  const auto message = [&](const std::string& text) {
    const Result<RecordSchemas> loaded = load_record_schemas(text, deals);
    EXPECT_FALSE(loaded);
    return loaded ? "" : loaded.error().message;
  };
  EXPECT_EQ(message("{\"a\": ").substr(0, 18), "schemas/crm.json: ");
  EXPECT_NE(message(R"({"a": 1, "a": 2})").find("given twice"), std::string::npos);
  EXPECT_NE(message("").find("schemas/crm.json: "), std::string::npos);
  EXPECT_NE(message(std::string(limits::kSchemaBytes + 1, ' ')).find("bytes"), std::string::npos);
  EXPECT_NE(message("[]").find("schemas/crm.json#"), std::string::npos);
  EXPECT_NE(message(R"({"definitions": {"contact": 3}})").find("schemas/crm.json#/definitions/contact"),
            std::string::npos);
  EXPECT_NE(message("true").find("#/definitions/contact: was removed"), std::string::npos);
  const Result<RecordSchemas> loaded = load_record_schemas(read_file("crm.json"), "{}");
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().message,
            "schemas/opportunity.json#/definitions/opportunity: was removed; the program needs it");
}

}  // namespace
}  // namespace deskhand::schema
