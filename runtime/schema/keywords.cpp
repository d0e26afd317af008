#include <algorithm>

#include "base/json.h"
#include "schema/loader.h"
#include "schema/value.h"

namespace deskhand::schema {
namespace {

constexpr std::size_t kCountMax = 1'000'000'000;  // beyond any value that is ever checked

TypeSet parse_type(std::string_view name) {
  if (name == "null") return kNullType;
  if (name == "boolean") return kBooleanType;
  if (name == "integer") return kIntegerType;
  if (name == "number") return kNumberType | kIntegerType;
  if (name == "string") return kStringType;
  if (name == "array") return kArrayType;
  if (name == "object") return kObjectType;
  return 0;
}

}  // namespace

std::span<const Loader::Keyword> Loader::keywords() {
  static constexpr Keyword kKeywords[] = {
      {"$comment", &Loader::remark},
      {"$id", &Loader::remark},  // read before the others, in note_id
      {"$schema", &Loader::dialect},
      {"additionalItems", &Loader::subschema<&Node::additional_items>},
      {"additionalProperties", &Loader::subschema<&Node::additional_properties>},
      {"allOf", &Loader::subschemas<&Node::all_of>},
      {"anyOf", &Loader::subschemas<&Node::any_of>},
      {"const", &Loader::constant},
      {"contains", &Loader::subschema<&Node::contains>},
      {"contentEncoding", &Loader::content_encoding},
      {"contentMediaType", &Loader::content_media_type},
      {"default", &Loader::remark},
      {"definitions", &Loader::definitions},
      {"dependencies", &Loader::dependencies},
      {"description", &Loader::remark},
      {"else", &Loader::subschema<&Node::alternative>},
      {"enum", &Loader::choices},
      {"examples", &Loader::remark},
      {"exclusiveMaximum", &Loader::number<&Node::exclusive_maximum>},
      {"exclusiveMinimum", &Loader::number<&Node::exclusive_minimum>},
      {"format", &Loader::format},
      {"if", &Loader::subschema<&Node::condition>},
      {"items", &Loader::items},
      {"maxItems", &Loader::count<&Node::items_max>},
      {"maxLength", &Loader::count<&Node::length_max>},
      {"maxProperties", &Loader::count<&Node::properties_max>},
      {"maximum", &Loader::number<&Node::maximum>},
      {"minItems", &Loader::count<&Node::items_min>},
      {"minLength", &Loader::count<&Node::length_min>},
      {"minProperties", &Loader::count<&Node::properties_min>},
      {"minimum", &Loader::number<&Node::minimum>},
      {"multipleOf", &Loader::multiple_of},
      {"not", &Loader::subschema<&Node::negated>},
      {"oneOf", &Loader::subschemas<&Node::one_of>},
      {"pattern", &Loader::pattern},
      {"patternProperties", &Loader::pattern_properties},
      {"properties", &Loader::properties},
      {"propertyNames", &Loader::subschema<&Node::property_names>},
      {"readOnly", &Loader::remark},
      {"required", &Loader::required},
      {"then", &Loader::subschema<&Node::consequence>},
      {"title", &Loader::remark},
      {"type", &Loader::type},
      {"uniqueItems", &Loader::unique_items},
      {"writeOnly", &Loader::remark},
  };
  return kKeywords;
}

Done Loader::unknown(std::string_view name, const Scope& scope) {
  if (!options_.refuse_unknown) return {};
  std::vector<std::string> known;
  for (const Keyword& keyword : keywords()) known.emplace_back(keyword.name);
  return mistake(scope, shown_name(name) + " is no keyword of JSON Schema draft-07" + did_you_mean(name, known));
}

Done Loader::remark(Node&, const Json&, const Scope&) { return {}; }

// An older or newer dialect gives the same words another meaning; reading it as draft-07 would be wrong in silence.
Done Loader::dialect(Node&, const Json& argument, const Scope& scope) {
  if (!argument.is_string()) return mistake(scope, "must be a string, got " + described(argument));
  std::string uri = argument.get<std::string>();
  if (!uri.empty() && uri.back() == '#') uri.pop_back();
  for (const std::string_view known : {"json-schema.org/draft-07/schema", "json-schema.org/draft-06/schema"}) {
    if (uri == "http://" + std::string(known) || uri == "https://" + std::string(known)) return {};
  }
  return mistake(scope,
                 "this program reads draft-07, \"http://json-schema.org/draft-07/schema#\"; got " + shown(argument));
}

Result<const Node*> Loader::compile_inside(const Json& json, const Scope& scope, std::string_view key) {
  const Step step{scope.step, key, 0, false};
  const Result<Node*> node = compile(json, Scope{scope.base, scope.prefix, &step});
  if (!node) return node.error();
  return *node;
}

Result<const Node*> Loader::compile_inside(const Json& json, const Scope& scope, std::size_t index) {
  const Step step{scope.step, {}, index, true};
  const Result<Node*> node = compile(json, Scope{scope.base, scope.prefix, &step});
  if (!node) return node.error();
  return *node;
}

// Compiled though perhaps nobody refers to them, so that a mistake in one is told and its $id is known.
Done Loader::definitions(Node&, const Json& argument, const Scope& scope) {
  if (!argument.is_object()) return mistake(scope, "must be an object, got " + described(argument));
  for (auto each = argument.begin(); each != argument.end(); ++each) {
    if (const auto node = compile_inside(each.value(), scope, each.key()); !node) return node.error();
  }
  return {};
}

Done Loader::type(Node& node, const Json& argument, const Scope& scope) {
  node.types = 0;
  const std::size_t count = argument.is_array() ? argument.size() : 1;
  for (std::size_t index = 0; index < count; ++index) {
    const Json& name = argument.is_array() ? argument[index] : argument;
    const TypeSet type = name.is_string() ? parse_type(name.get_ref<const std::string&>()) : 0;
    if (type == 0) {
      const std::vector<std::string> known{"string", "number", "integer", "boolean", "array", "object", "null"};
      const std::string guess = name.is_string() ? did_you_mean(name.get_ref<const std::string&>(), known) : "";
      return mistake(scope, shown(name) + " is no type; types are " + listed(known) + guess);
    }
    node.types = static_cast<TypeSet>(node.types | type);
  }
  if (node.types == 0) return mistake(scope, "must name at least one type");
  return {};
}

Done Loader::choices(Node& node, const Json& argument, const Scope& scope) {
  if (!argument.is_array() || argument.empty()) {
    return mistake(scope, "must be a list of at least one value, got " + described(argument));
  }
  node.choices = &argument;
  return {};
}

Done Loader::constant(Node& node, const Json& argument, const Scope&) {
  node.constant = &argument;
  return {};
}

template <const Json* Node::*kMember>
Done Loader::number(Node& node, const Json& argument, const Scope& scope) {
  if (!argument.is_number()) return mistake(scope, "must be a number, got " + described(argument));
  node.*kMember = &argument;
  return {};
}

Done Loader::multiple_of(Node& node, const Json& argument, const Scope& scope) {
  if (!argument.is_number() || compare_numbers(argument, Json(0)) <= 0) {
    return mistake(scope, "must be a number above 0, got " + described(argument));
  }
  node.multiple_of = &argument;
  return {};
}

template <std::size_t Node::*kMember>
Done Loader::count(Node& node, const Json& argument, const Scope& scope) {
  const bool fits = is_whole(argument) && compare_numbers(argument, Json(0)) >= 0;
  if (!fits) return mistake(scope, "must be a whole number that is not negative, got " + described(argument));
  const bool is_huge = compare_numbers(argument, Json(kCountMax)) > 0;
  node.*kMember = is_huge ? kCountMax : argument.get<std::size_t>();
  return {};
}

template <const Node* Node::*kMember>
Done Loader::subschema(Node& node, const Json& argument, const Scope& scope) {
  const Result<Node*> compiled = compile(argument, scope);
  if (!compiled) return compiled.error();
  node.*kMember = *compiled;
  return {};
}

template <std::vector<const Node*> Node::*kMember>
Done Loader::subschemas(Node& node, const Json& argument, const Scope& scope) {
  if (!argument.is_array() || argument.empty()) {
    return mistake(scope, "must be a list of at least one schema, got " + described(argument));
  }
  for (std::size_t index = 0; index < argument.size(); ++index) {
    const Result<const Node*> compiled = compile_inside(argument[index], scope, index);
    if (!compiled) return compiled.error();
    (node.*kMember).push_back(*compiled);
  }
  return {};
}

Result<const Pattern*> Loader::make_pattern(const std::string& source, const Scope& scope) {
  if (const auto known = patterns_.find(source); known != patterns_.end()) return known->second;
  Result<std::unique_ptr<Pattern>> pattern = Pattern::make(source);
  if (!pattern) return mistake(scope, pattern.error().message);
  tree_->patterns.push_back(std::move(*pattern));
  return patterns_.emplace(source, tree_->patterns.back().get()).first->second;
}

Done Loader::pattern(Node& node, const Json& argument, const Scope& scope) {
  if (!argument.is_string())
    return mistake(scope, "must be a regular expression in a string, got " + described(argument));
  const Result<const Pattern*> made = make_pattern(argument.get_ref<const std::string&>(), scope);
  if (!made) return made.error();
  node.pattern = *made;
  return {};
}

Done Loader::format(Node& node, const Json& argument, const Scope& scope) {
  if (!argument.is_string()) return mistake(scope, "must be a string, got " + described(argument));
  const std::string& name = argument.get_ref<const std::string&>();
  const std::optional<Format> format = parse_format(name);
  if (!format && options_.refuse_unknown) {
    return mistake(scope, shown_text(name) + " is no format; formats are " + listed(format_names()) +
                              did_you_mean(name, format_names()));
  }
  node.format = format.value_or(Format::none);
  return {};
}

Done Loader::content_encoding(Node& node, const Json& argument, const Scope& scope) {
  if (!argument.is_string()) return mistake(scope, "must be a string, got " + described(argument));
  node.is_base64 = argument == "base64";
  return {};
}

Done Loader::content_media_type(Node& node, const Json& argument, const Scope& scope) {
  if (!argument.is_string()) return mistake(scope, "must be a string, got " + described(argument));
  node.is_json_text = argument == "application/json";
  return {};
}

Done Loader::items(Node& node, const Json& argument, const Scope& scope) {
  if (!argument.is_array()) return subschema<&Node::items>(node, argument, scope);
  node.has_item_list = true;
  return argument.empty() ? Done() : subschemas<&Node::item_list>(node, argument, scope);
}

Done Loader::unique_items(Node& node, const Json& argument, const Scope& scope) {
  if (!argument.is_boolean()) return mistake(scope, "must be true or false, got " + described(argument));
  node.has_unique_items = argument.get<bool>();
  return {};
}

Done Loader::properties(Node& node, const Json& argument, const Scope& scope) {
  if (!argument.is_object()) return mistake(scope, "must be an object, got " + described(argument));
  node.properties.reserve(argument.size());
  for (auto each = argument.begin(); each != argument.end(); ++each) {
    const Result<const Node*> compiled = compile_inside(each.value(), scope, each.key());
    if (!compiled) return compiled.error();
    node.properties.push_back({each.key(), *compiled});
  }
  return {};
}

Done Loader::pattern_properties(Node& node, const Json& argument, const Scope& scope) {
  if (!argument.is_object()) return mistake(scope, "must be an object, got " + described(argument));
  for (auto each = argument.begin(); each != argument.end(); ++each) {
    const Result<const Pattern*> pattern = make_pattern(each.key(), scope);
    if (!pattern) return pattern.error();
    const Result<const Node*> compiled = compile_inside(each.value(), scope, each.key());
    if (!compiled) return compiled.error();
    node.pattern_properties.push_back({*pattern, *compiled});
  }
  return {};
}

Result<std::vector<std::string_view>> Loader::names_in(const Json& argument, const Scope& scope) {
  if (!argument.is_array()) return mistake(scope, "must be a list of property names, got " + described(argument));
  std::vector<std::string_view> names;
  for (const Json& name : argument) {
    if (!name.is_string()) return mistake(scope, "must be a list of property names, got " + described(name) + " in it");
    names.push_back(name.get_ref<const std::string&>());
  }
  std::vector<std::string_view> sorted = names;
  std::sort(sorted.begin(), sorted.end());
  if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end()) {
    return mistake(scope, shown_text(*twice) + " is given twice");
  }
  return names;
}

Done Loader::required(Node& node, const Json& argument, const Scope& scope) {
  Result<std::vector<std::string_view>> names = names_in(argument, scope);
  if (!names) return names.error();
  node.required = std::move(*names);
  return {};
}

Done Loader::dependencies(Node& node, const Json& argument, const Scope& scope) {
  if (!argument.is_object()) return mistake(scope, "must be an object, got " + described(argument));
  for (auto each = argument.begin(); each != argument.end(); ++each) {
    Node::Dependency dependency{each.key(), {}, nullptr};
    if (each.value().is_array()) {
      const Step step{scope.step, each.key(), 0, false};
      Result<std::vector<std::string_view>> names = names_in(each.value(), Scope{scope.base, scope.prefix, &step});
      if (!names) return names.error();
      dependency.needs = std::move(*names);
    } else {
      const Result<const Node*> compiled = compile_inside(each.value(), scope, each.key());
      if (!compiled) return compiled.error();
      dependency.node = *compiled;
    }
    node.dependencies.push_back(std::move(dependency));
  }
  return {};
}

}  // namespace deskhand::schema
