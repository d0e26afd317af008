#include "schema/records.h"

#include <algorithm>
#include <cassert>

#include "base/json.h"
#include "schema/core_fields.h"
#include "schema/record_reader.h"

namespace deskhand::schema {
namespace {

// The same property with null as one more value.
Json with_null(Json property) {
  if (!property.is_object() || !property.contains("type")) return property;
  Json& type = property["type"];
  if (type.is_string()) type = Json::array({type});
  if (std::find(type.begin(), type.end(), "null") == type.end()) type.push_back("null");
  if (property.contains("enum")) property["enum"].push_back(nullptr);
  return property;
}

}  // namespace

RecordSchemas::RecordSchemas() = default;
RecordSchemas::RecordSchemas(RecordSchemas&&) noexcept = default;
RecordSchemas& RecordSchemas::operator=(RecordSchemas&&) noexcept = default;
RecordSchemas::~RecordSchemas() = default;

const std::vector<Field>& RecordSchemas::fields(std::string_view noun) const {
  static const std::vector<Field> none;
  const auto found = nouns_.find(noun);
  return found == nouns_.end() ? none : found->second->fields;
}

const Field* RecordSchemas::field(std::string_view noun, std::string_view name) const {
  for (const Field& field : fields(noun)) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

bool RecordSchemas::has_custom_fields(std::string_view noun) const {
  const std::vector<Field>& all = fields(noun);
  return std::any_of(all.begin(), all.end(), [](const Field& field) { return field.custom; });
}

const Json& RecordSchemas::property(std::string_view noun, std::string_view name) const {
  const auto found = nouns_.find(noun);
  assert(found != nouns_.end() && "a noun of the record schemas is asked for");
  const auto property = found->second->properties.find(name);
  assert(property != found->second->properties.end() && "a field of that noun is asked for");
  return property->second;
}

Json RecordSchemas::argument_schema(const ArgumentShape& shape) const { return argument_schema(shape, Json::object()); }

Json RecordSchemas::argument_schema(const ArgumentShape& shape, const Json& extra) const {
  Json properties = Json::object();
  for (const std::string& name : shape.fields) {
    assert(field(shape.noun, name) != nullptr && "a tool takes a field that the noun has");
  }
  for (const Field& field : fields(shape.noun)) {
    if (!field.custom && std::find(shape.fields.begin(), shape.fields.end(), field.name) == shape.fields.end())
      continue;
    const Json& own = property(shape.noun, field.name);
    properties[field.name] = shape.clearable && !field.required ? with_null(own) : own;
  }
  for (auto each = extra.begin(); each != extra.end(); ++each) {
    Json merged = each.value();
    const Field* known = field(shape.noun, each.key());
    if (known != nullptr && merged.is_object() && !merged.contains("description"))
      merged["description"] = known->description;
    properties[each.key()] = std::move(merged);
  }
  Json schema{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!shape.required.empty()) schema["required"] = shape.required;
  return schema;
}

Result<RecordSchemas> load_record_schemas(std::string_view crm_json_text, std::string_view opportunity_json_text) {
  RecordSchemas schemas;
  if (const Done done = RecordReader("schemas/crm.json", crm_json_text).read(schemas); !done) return done.error();
  if (const Done done = RecordReader("schemas/opportunity.json", opportunity_json_text).read(schemas); !done)
    return done.error();
  return schemas;
}

}  // namespace deskhand::schema
