// The record schemas, schemas/crm.json and schemas/opportunity.json: which fields a contact, a company, a lead, an
// interaction and an opportunity have, in what words, and which fields the business added. The owner edits these files;
// what the program itself needs of them is checked here, so that a wrong edit is one clear line at the start and not a
// surprise later.
//
// Thread rule: immutable after load_record_schemas; may be read from any thread.
// Source: S2-C1, S2-C2, S2-L1, S2-I1, S2-O1, S2-O2. The format is docs/formats/schemas.md.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_fwd.h"
#include "base/result.h"

namespace deskhand::schema {

enum class FieldType { text, whole_number, number, truth, list };

struct Field {
  std::string name;
  FieldType type = FieldType::text;
  std::vector<std::string> choices;  // in the order of the file; empty where any value may stand
  std::string description;           // never empty
  std::string format;                // "date", "date-time", "email", ...; of a list, that of its items
  std::size_t length_max = 0;        // characters of a text or of a list's items; 0 for other types
  bool custom = false;               // an x_ field of the business
  bool required = false;             // every stored record has it
};

// What one tool takes of a noun.
struct ArgumentShape {
  std::string_view noun;
  std::vector<std::string> fields;    // core fields; the noun's x_ fields come by themselves
  std::vector<std::string> required;  // of `fields` and of the extra properties
  bool clearable = false;             // null takes a value away that a record can do without: for tools that change one
};

class RecordSchemas;
// invalid_argument: one line with the file and where in it, e.g.
// schemas/crm.json#/definitions/lead/properties/status/enum: "working" was removed; the program needs it.
Result<RecordSchemas> load_record_schemas(std::string_view crm_json_text, std::string_view opportunity_json_text);

class RecordSchemas {
 public:
  RecordSchemas(RecordSchemas&&) noexcept;
  RecordSchemas& operator=(RecordSchemas&&) noexcept;
  ~RecordSchemas();

  // Nouns are "contact", "company", "lead", "interaction" and "opportunity"; another has no fields.
  const std::vector<Field>& fields(std::string_view noun) const;           // in the order of the file
  const Field* field(std::string_view noun, std::string_view name) const;  // nullptr: none of that name
  bool has_custom_fields(std::string_view noun) const;
  // The JSON Schema of one field as the file has it.
  const Json& property(std::string_view noun, std::string_view name) const;

  // The closed JSON Schema of a tool's arguments: the fields of `shape`, every x_ field of its noun, and `extra`, an
  // object of properties that the tool adds. A property of both is the extra one, with the file's description if it
  // brings none. The noun and the fields must exist: a wrong one is a mistake of the program, not of the owner.
  Json argument_schema(const ArgumentShape& shape, const Json& extra) const;
  Json argument_schema(const ArgumentShape& shape) const;

 private:
  friend class RecordReader;
  friend Result<RecordSchemas> load_record_schemas(std::string_view, std::string_view);
  struct Noun;
  RecordSchemas();
  std::map<std::string, std::unique_ptr<Noun>, std::less<>> nouns_;
};

}  // namespace deskhand::schema
