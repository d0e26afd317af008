#include "tools/schema_parts.h"

#include "base/limits.h"

namespace deskhand::tools {

Json text_of(std::string_view description, std::size_t length_max) {
  return {{"type", "string"}, {"maxLength", length_max}, {"description", description}};
}

Json one_of(std::string_view description, std::initializer_list<std::string_view> words) {
  Json choices = Json::array();
  for (std::string_view word : words) choices.push_back(word);
  return {{"type", "string"}, {"enum", std::move(choices)}, {"description", description}};
}

Json date_of(std::string_view description) {
  return {{"type", "string"}, {"format", "date"}, {"description", description}};
}

Json clock_of(std::string_view description) {
  return {{"type", "string"}, {"pattern", "^([01][0-9]|2[0-3]):[0-5][0-9]$"}, {"description", description}};
}

Json number_of(std::string_view description, std::int64_t least, std::int64_t most) {
  return {{"type", "integer"}, {"minimum", least}, {"maximum", most}, {"description", description}};
}

Json yes_or_no(std::string_view description) { return {{"type", "boolean"}, {"description", description}}; }

Json money_of(std::string_view description) {
  return {{"type", {"number", "string", "null"}}, {"minimum", 0}, {"maxLength", 40}, {"description", description}};
}

Json list_of(std::string_view description, std::size_t count_max, std::size_t length_max) {
  return {{"type", "array"},
          {"maxItems", count_max},
          {"items", {{"type", "string"}, {"maxLength", length_max}}},
          {"description", description}};
}

Json subject_properties() {
  return {{"contact", text_of("The person: a ref such as C-12, or a name, phone or e-mail.", limits::kNameBytes)},
          {"lead", text_of("The lead: a ref such as L-7, or words such as \"the Ruiz lead\".", limits::kNameBytes)},
          {"opportunity", text_of("The deal: a ref such as O-3, or words.", limits::kNameBytes)}};
}

Json closed_schema(Json properties, std::vector<std::string> required) {
  Json schema{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

}  // namespace deskhand::tools
