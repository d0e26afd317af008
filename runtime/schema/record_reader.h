// Reads the nouns of one record schema file and says what an owner's edit broke.
//
// Thread rule: one object, one thread. The file name and text must outlive it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/json.h"
#include "schema/core_fields.h"
#include "schema/records.h"

namespace deskhand::schema {

struct RecordSchemas::Noun {
  std::vector<Field> fields;
  std::map<std::string, Json, std::less<>> properties;  // as tools take them: bounded, described
};

class RecordReader {
 public:
  RecordReader(std::string_view file, std::string_view text) : file_(file), text_(text) {}
  // Adds every noun of core_nouns() that stands in this file.
  Done read(RecordSchemas& schemas);

 private:
  using Noun = RecordSchemas::Noun;
  // `names` are the properties in the order of the file.
  Done read_fields(const CoreNoun& core, const Json& properties, const std::vector<std::string>& names,
                   const std::string& where, Noun& noun) const;
  Done check_noun(const CoreNoun& core, const Json& definition, const std::string& where) const;
  Done check_required(const CoreNoun& core, const Json& definition, const std::string& where) const;
  Done read_core_field(const CoreField& core, const Json& property, const std::string& where, Noun& noun) const;
  Done check_type(const CoreField& core, const Json& property, const std::string& where) const;
  Done check_choices(const CoreField& core, const Json& property, const std::string& where) const;
  Done check_length(const CoreField& core, const Json& text, const std::string& where) const;
  Done read_custom_field(const std::string& name, const Json& property, const std::string& where, Noun& noun) const;
  Done check_custom_choices(const Json& property, const std::string& where) const;
  Done refuse_name(const CoreNoun& core, const std::string& name, const std::string& where) const;
  Done check_keywords(const Json& property, std::string_view allowed, const std::string& where) const;
  Error mistake(const std::string& where, const std::string& what) const;

  std::string_view file_, text_;
};

}  // namespace deskhand::schema
