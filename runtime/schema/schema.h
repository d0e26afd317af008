// JSON Schema draft-07: a document is read once into an immutable Schema, values are checked against it, and what is
// wrong with a value is said in words that a model or a person can act on.
//
// Thread rule: a Schema is immutable; any number of threads may check with one. Bounds: the document nests at most
// limits::kJsonDepth, and one check takes at most limits::kCheckSteps steps whatever the schema and the value are.
// Source: draft-handrews-json-schema-01 and -validation-01 (draft-07). Formats and content are asserted. Left out:
// fetching a document over the network (docs/adr/0003-own-json-schema.md).
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/json_fwd.h"
#include "base/limits.h"
#include "base/result.h"

namespace deskhand::schema {

struct Tree;

struct Violation {
  std::string path;  // JSON pointer of the wrong value; of the absent one where one is missing; "" is the whole value
  std::string rule;  // the keyword: "type", "enum", "required", ...; "depth" or "work" where a bound was reached
  std::string message;  // one line: status: "nwe" is not one of new, working, converted (did you mean "new"?)
};

struct LoadOptions {
  // What else $ref may name, by its URI without fragment. Read during load() only. The draft-07 metaschema is always
  // there.
  std::map<std::string, const Json*> documents;
  // Draft-07 says to pass over a keyword or format nobody knows; for our own files it is a typing error.
  bool refuse_unknown = false;
};

class Schema {
 public:
  // invalid_argument: one line that opens with where in the document the mistake stands, e.g.
  // #/properties/amount/minimum: must be a number, got the string "0". limit_exceeded: the document is too deep or too
  // big.
  static Result<Schema> load(Json document, const LoadOptions& options = {});
  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;
  ~Schema();

  // Everything wrong with `value`, at most `violations_max` (and never less than one), in the order of its text; empty
  // when it fits.
  std::vector<Violation> check(const Json& value, std::size_t violations_max = limits::kViolations) const;
  bool accepts(const Json& value) const;
  const Json& document() const;

 private:
  explicit Schema(std::unique_ptr<const Tree> tree);
  std::unique_ptr<const Tree> tree_;
};

// One line: the messages one after the other. "" for none.
std::string explain(const std::vector<Violation>& violations);

}  // namespace deskhand::schema
