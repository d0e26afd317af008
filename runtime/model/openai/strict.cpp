#include "model/openai/strict.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/json.h"

namespace deskhand::model::openai {
namespace {

constexpr std::array<std::string_view, 8> kKeywords = {"type", "properties", "required", "additionalProperties", "items", "enum", "description", "title"};
constexpr int kStrictDepth = 5;

bool is_known_keyword(std::string_view keyword) { return std::find(kKeywords.begin(), kKeywords.end(), keyword) != kKeywords.end(); }

bool requires_all(const Json& schema) {
  if (!schema.contains("properties") || !schema["properties"].is_object() || !schema.contains("required") || !schema["required"].is_array()) return false;
  const Json& required = schema["required"];
  for (const auto& [name, property] : schema["properties"].items())
    if (std::find(required.begin(), required.end(), name) == required.end()) return false;
  return required.size() == schema["properties"].size();
}

bool fits(const Json& schema, int depth) {
  if (!schema.is_object() || depth > kStrictDepth || !schema.contains("type")) return false;
  for (const auto& [keyword, value] : schema.items())
    if (!is_known_keyword(keyword)) return false;
  if (schema["type"] == "object") {
    if (!schema.contains("additionalProperties") || schema["additionalProperties"] != false || !requires_all(schema)) return false;
    for (const auto& [name, property] : schema["properties"].items())
      if (!fits(property, depth + 1)) return false;
    return true;
  }
  if (schema["type"] == "array") return schema.contains("items") && fits(schema["items"], depth + 1);
  return true;
}

}  // namespace

bool fits_strict_mode(const Json& schema) { return schema.is_object() && schema.contains("type") && schema["type"] == "object" && fits(schema, 0); }

Json without_patterns(const Json& schema) {  // as deep as the JSON, which limits::kJsonDepth bounds
  if (schema.is_array()) {
    Json clean = Json::array();
    for (const Json& item : schema) clean.push_back(without_patterns(item));
    return clean;
  }
  if (!schema.is_object()) return schema;
  Json clean = Json::object();
  for (const auto& [key, value] : schema.items()) {
    const bool is_keyword = (key == "pattern" || key == "format") && value.is_string();
    if (is_keyword) continue;
    if (key == "enum" || key == "const" || key == "default" || key == "examples") clean[key] = value;  // values, not schemas
    else clean[key] = without_patterns(value);
  }
  return clean;
}

}  // namespace deskhand::model::openai
