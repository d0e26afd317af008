#include "schema/record_reader.h"

#include <algorithm>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "schema/schema.h"
#include "schema/value.h"
#include "schema/words.h"

namespace deskhand::schema {
namespace {

constexpr std::string_view kCustomPrefix = "x_";
constexpr std::size_t kCustomNameBytes = 64;                 // a name people still read
constexpr std::string_view kReservedPrefix = "x_deskhand_";  // for fields a later version of the program may bring

constexpr std::string_view kNounKeywords =
    "type title description $comment examples properties required additionalProperties anyOf";
constexpr std::string_view kCoreKeywords =
    "type title description $comment examples readOnly enum format pattern minLength maxLength minimum maximum items "
    "minItems "
    "maxItems uniqueItems";
constexpr std::string_view kCustomKeywords =
    "type title description $comment examples enum format pattern minLength maxLength minimum maximum exclusiveMinimum "
    "exclusiveMaximum multipleOf";

bool is_word_character(char character) {
  return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character == '_';
}

std::vector<std::string> texts_at(const Json& object, const char* key) {
  std::vector<std::string> texts;
  const auto found = object.find(key);
  if (found == object.end() || !found->is_array()) return texts;
  for (const Json& each : *found) {
    if (each.is_string()) texts.push_back(each.get<std::string>());
  }
  return texts;
}

// "x_boiler_model" as words, for a field whose owner wrote no description.
std::string words_of(std::string_view name) {
  return replace_all(std::string(name.substr(kCustomPrefix.size())), "_", " ") + " (a field of this business)";
}

FieldType field_type(std::string_view type) {
  if (type == "integer") return FieldType::whole_number;
  if (type == "number") return FieldType::number;
  if (type == "boolean") return FieldType::truth;
  return type == "list" ? FieldType::list : FieldType::text;
}

bool is_one_of(std::string_view word, std::string_view words) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

}  // namespace

Error RecordReader::mistake(const std::string& where, const std::string& what) const {
  return make_error(Code::invalid_argument, std::string(file_) + where + ": " + what);
}

Done RecordReader::read(RecordSchemas& schemas) {
  const Result<OrderedJson> ordered = parse_ordered_json(text_, limits::kSchemaBytes);
  if (!ordered) {
    return make_error(ordered.error().code, std::string(file_) + ": " + ordered.error().message,
                      ordered.error().detail);
  }
  // First as a schema like any other: a misspelt keyword or a bad pattern is told with its place.
  LoadOptions options;
  options.refuse_unknown = true;
  const Result<Schema> schema = Schema::load(Json(*ordered), options);
  if (!schema) {
    return make_error(schema.error().code, std::string(file_) + schema.error().message, schema.error().detail);
  }
  const Json& document = schema->document();
  const Json none = Json::object();
  const Json& definitions =
      document.is_object() && document.contains("definitions") ? document.at("definitions") : none;
  for (const CoreNoun& core : core_nouns()) {
    if (core.file != file_) continue;
    const std::string where = "#/definitions/" + std::string(core.name);
    const auto definition = definitions.find(core.name);
    if (definition == definitions.end()) return mistake(where, "was removed; the program needs it");
    if (Done done = check_noun(core, *definition, where); !done) return done;
    auto noun = std::make_unique<Noun>();
    std::vector<std::string> names;
    const OrderedJson& in_order = ordered->at("definitions").at(std::string(core.name)).at("properties");
    for (auto each = in_order.begin(); each != in_order.end(); ++each) names.push_back(each.key());
    if (Done done = read_fields(core, definition->at("properties"), names, where, *noun); !done) return done;
    schemas.nouns_[std::string(core.name)] = std::move(noun);
  }
  return {};
}

Done RecordReader::check_noun(const CoreNoun& core, const Json& definition, const std::string& where) const {
  if (!definition.is_object()) return mistake(where, "must be an object");
  if (Done done = check_keywords(definition, kNounKeywords, where); !done) return done;
  if (!definition.contains("type") || definition.at("type") != "object") {
    return mistake(where + "/type", "must stay \"object\"");
  }
  if (!definition.contains("additionalProperties") || definition.at("additionalProperties") != false) {
    return mistake(where + "/additionalProperties",
                   "must stay false; add a field of your own under properties as x_NAME");
  }
  if (!definition.contains("properties")) return mistake(where + "/properties", "was removed; the program needs it");
  return check_required(core, definition, where + "/required");
}

Done RecordReader::read_fields(const CoreNoun& core, const Json& properties, const std::vector<std::string>& names,
                               const std::string& where, Noun& noun) const {
  for (const CoreField& field : core.fields) {
    if (!properties.contains(field.name)) {
      return mistake(where + "/properties/" + std::string(field.name), "was removed; the program needs it");
    }
  }
  std::size_t custom_count = 0;
  for (const std::string& name : names) {
    const std::string at = where + "/properties/" + printable_line(escape_pointer(shorten(name, kCustomNameBytes)));
    const auto field =
        std::find_if(core.fields.begin(), core.fields.end(), [&](const CoreField& row) { return row.name == name; });
    Done done;
    if (field != core.fields.end()) {
      done = read_core_field(*field, properties.at(name), at, noun);
    } else if (++custom_count > limits::kCustomFields) {
      done = mistake(at, "is one field too many; a record may have " + std::to_string(limits::kCustomFields) +
                             " of the business's own");
    } else if (done = refuse_name(core, name, at); done) {
      done = read_custom_field(name, properties.at(name), at, noun);
    }
    if (!done) return done;
  }
  return {};
}

// What is required stays as it is: an inquiry is recorded with what is known, and nothing may stand in its way.
Done RecordReader::check_required(const CoreNoun& core, const Json& definition, const std::string& where) const {
  const std::vector<std::string> names = texts_at(definition, "required");
  for (const CoreField& field : core.fields) {
    const bool stands = std::find(names.begin(), names.end(), field.name) != names.end();
    if (field.required && !stands)
      return mistake(where, "\"" + std::string(field.name) + "\" was removed; the program needs it");
    if (!field.required && stands) {
      return mistake(where,
                     "\"" + std::string(field.name) + "\" may not be required; a record is kept with what is known");
    }
  }
  for (const std::string& name : names) {
    const bool is_core =
        std::any_of(core.fields.begin(), core.fields.end(), [&](const CoreField& field) { return field.name == name; });
    if (!is_core) return mistake(where, shown_text(name) + " may not be required; a record is kept with what is known");
  }
  return {};
}

Done RecordReader::refuse_name(const CoreNoun& core, const std::string& name, const std::string& where) const {
  std::vector<std::string> known;
  for (const CoreField& field : core.fields) known.emplace_back(field.name);
  if (name.substr(0, kCustomPrefix.size()) != kCustomPrefix) {
    return mistake(where, "is not a field of a " + std::string(core.name) + did_you_mean(name, known) +
                              "; a field of your own has a name that begins with x_");
  }
  const bool is_word = name.size() > kCustomPrefix.size() && name[kCustomPrefix.size()] >= 'a' &&
                       name[kCustomPrefix.size()] <= 'z' && std::all_of(name.begin(), name.end(), is_word_character);
  if (!is_word || name.size() > kCustomNameBytes) {
    return mistake(where,
                   "is no name for a field; after x_ comes a letter, then small letters, digits and _, at most " +
                       std::to_string(kCustomNameBytes) + " together");
  }
  if (name.substr(0, kReservedPrefix.size()) == kReservedPrefix) {
    return mistake(where, "has a name that is kept for the program; use one that does not begin with " +
                              std::string(kReservedPrefix));
  }
  return {};
}

Done RecordReader::read_core_field(const CoreField& core, const Json& property, const std::string& where,
                                   Noun& noun) const {
  if (!property.is_object()) return mistake(where, "must be an object with the field's type");
  if (Done done = check_keywords(property, kCoreKeywords, where); !done) return done;
  if (Done done = check_type(core, property, where); !done) return done;
  if (Done done = check_choices(core, property, where); !done) return done;

  const bool is_list = core.type == "list";
  Json kept = property;
  Json& text = is_list ? kept["items"] : kept;
  const std::string text_where = is_list ? where + "/items" : where;
  if (text.contains("format") ? text_at(text, "format") != core.format : !core.format.empty()) {
    return mistake(text_where + "/format", core.format.empty() ? "may not be added to a field of the program"
                                                               : "must stay \"" + std::string(core.format) + "\"");
  }
  if (Done done = check_length(core, text, text_where); !done) return done;
  if (core.length_max > 0 && !text.contains("maxLength")) text["maxLength"] = core.length_max;

  Field field{std::string(core.name),
              field_type(core.type),
              texts_at(property, "enum"),
              text_at(property, "description"),
              std::string(core.format),
              0,
              false,
              core.required};
  if (field.description.empty()) field.description = replace_all(std::string(core.name), "_", " ");
  if (core.length_max > 0) field.length_max = text.at("maxLength").get<std::size_t>();
  kept["description"] = field.description;
  noun.properties[field.name] = std::move(kept);
  noun.fields.push_back(std::move(field));
  return {};
}

Done RecordReader::check_type(const CoreField& core, const Json& property, const std::string& where) const {
  const bool is_list = core.type == "list";
  std::vector<std::string> wanted = split(is_list ? std::string_view("array") : core.type, '|');
  std::vector<std::string> written = texts_at(property, "type");
  if (property.contains("type") && property.at("type").is_string()) written = {property.at("type").get<std::string>()};
  std::sort(written.begin(), written.end());
  std::sort(wanted.begin(), wanted.end());
  if (written != wanted)
    return mistake(where + "/type", "must stay " + listed(wanted) + "; the program keeps this field so");
  if (!is_list) return {};
  const auto items = property.find("items");
  if (items == property.end() || !items->is_object() || text_at(*items, "type") != "string") {
    return mistake(where + "/items", "must stay an object with the type \"string\"");
  }
  return check_keywords(*items, kCoreKeywords, where + "/items");
}

Done RecordReader::check_choices(const CoreField& core, const Json& property, const std::string& where) const {
  const std::string at = where + "/enum";
  if (core.choices.empty()) {
    return property.contains("enum") ? Done(mistake(at, "may not be added; the program keeps any value in this field"))
                                     : Done();
  }
  const std::vector<std::string> wanted = split(core.choices, ' ');
  if (!property.contains("enum")) return mistake(at, "was removed; the program needs it");
  const std::vector<std::string> written = texts_at(property, "enum");
  for (const std::string& choice : wanted) {
    if (std::find(written.begin(), written.end(), choice) == written.end()) {
      return mistake(at, "\"" + choice + "\" was removed; the program needs it");
    }
  }
  for (const Json& choice : property.at("enum")) {
    if (choice.is_string() && std::find(wanted.begin(), wanted.end(), choice.get<std::string>()) != wanted.end())
      continue;
    return mistake(at, shown(choice) + " is a value the program does not know; it knows " + listed(wanted) +
                           ". For values of your own add an x_ field");
  }
  return {};
}

Done RecordReader::check_length(const CoreField& core, const Json& text, const std::string& where) const {
  const auto length = text.find("maxLength");
  if (length == text.end() || core.length_max == 0) return {};
  if (compare_numbers(*length, Json(core.length_max)) <= 0 && compare_numbers(*length, Json(1)) >= 0) return {};
  return mistake(where + "/maxLength",
                 "must be from 1 to " + std::to_string(core.length_max) + ", got " + shown(*length));
}

Done RecordReader::read_custom_field(const std::string& name, const Json& property, const std::string& where,
                                     Noun& noun) const {
  if (!property.is_object())
    return mistake(where, "must be an object with a type, such as {\"type\": \"string\", \"maxLength\": 80}");
  if (Done done = check_keywords(property, kCustomKeywords, where); !done) return done;
  const std::string type = text_at(property, "type");
  if (!is_one_of(type, "string integer number boolean")) {
    const std::string got = property.contains("type") ? shown(property.at("type")) : "none";
    return mistake(where + "/type", "must be string, integer, number or boolean, got " + got);
  }
  if (Done done = check_custom_choices(property, where); !done) return done;

  Json kept = property;
  Field field{name,
              field_type(type),
              texts_at(property, "enum"),
              text_at(property, "description"),
              text_at(property, "format"),
              0,
              true,
              false};
  if (trim(field.description).empty()) field.description = words_of(name);
  if (type == "string") {
    const CoreField bound{"", "string", limits::kCustomValueBytes, "", "", false};
    if (Done done = check_length(bound, property, where); !done) return done;
    if (!kept.contains("maxLength")) kept["maxLength"] = limits::kCustomValueBytes;
    field.length_max = kept.at("maxLength").get<std::size_t>();
  }
  kept["description"] = field.description;
  noun.properties[name] = std::move(kept);
  noun.fields.push_back(std::move(field));
  return {};
}

Done RecordReader::check_custom_choices(const Json& property, const std::string& where) const {
  const auto choices = property.find("enum");
  if (choices == property.end()) return {};
  const std::string at = where + "/enum";
  if (text_at(property, "type") != "string") return mistake(at, "goes with the type string only");
  if (choices->size() > limits::kEnumValues) {
    return mistake(at, "has " + std::to_string(choices->size()) + " values; at most " +
                           std::to_string(limits::kEnumValues) + " are taken");
  }
  std::set<std::string> seen;
  for (const Json& choice : *choices) {
    const std::string text = choice.is_string() ? choice.get<std::string>() : std::string();
    if (trim(text).empty()) return mistake(at, "each value is a string that is not blank, got " + described(choice));
    if (text.size() > limits::kNameBytes)
      return mistake(at, shown(choice) + " is longer than " + std::to_string(limits::kNameBytes) + " bytes");
    if (!seen.insert(text).second) return mistake(at, shown(choice) + " is given twice");
  }
  return {};
}

Done RecordReader::check_keywords(const Json& property, std::string_view allowed, const std::string& where) const {
  for (auto each = property.begin(); each != property.end(); ++each) {
    if (is_one_of(each.key(), allowed)) continue;
    return mistake(where + "/" + printable_line(escape_pointer(each.key())),
                   "has no effect on a record's field; allowed are " + replace_all(std::string(allowed), " ", ", "));
  }
  return {};
}

}  // namespace deskhand::schema
