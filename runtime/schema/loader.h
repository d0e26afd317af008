// Turns schema documents into a Tree: keywords first, references after, and at the end the proof that no check can run
// in a circle.
//
// Thread rule: one object, one thread, one load(). The options must outlive it.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json_fwd.h"
#include "base/result.h"
#include "schema/schema.h"
#include "schema/tree.h"
#include "schema/words.h"

namespace deskhand::schema {

class Loader {
 public:
  explicit Loader(const LoadOptions& options) : options_(options), tree_(std::make_unique<Tree>()) {}
  Result<std::unique_ptr<const Tree>> load(Json document);

  // Where a subschema stands: the URI that references in it start from, and the way to it for messages.
  struct Scope {
    const std::string& base;
    const std::string& prefix;  // where `step` starts: "#", or "http://...#/definitions/name"
    const Step* step = nullptr;
  };

 private:
  // A subschema found by a reference: what it is and what it stands in.
  struct Place {
    const Json* json = nullptr;
    std::string base, prefix;
  };
  struct OpenReference {
    Node* node;
    std::string uri, written, where;  // `where` is the finished place for a message
  };

  // Parses one keyword's argument into the node.
  using Handler = Done (Loader::*)(Node&, const Json& argument, const Scope& scope);
  struct Keyword {
    std::string_view name;
    Handler handler;
  };
  static std::span<const Keyword> keywords();  // in order of name

  Result<const Json*> add_document(Json document, const std::string& uri);
  Result<Node*> compile(const Json& json, const Scope& scope);
  Done compile_keywords(Node& node, const Json& json, const Scope& scope);
  Done note_id(const Json& json, const Scope& scope, std::string& base);
  Done resolve_references();
  Done resolve(const OpenReference& reference);
  Result<Place> find(const std::string& uri, const OpenReference& reference);
  Result<Place> find_document(const std::string& uri, const OpenReference& reference);
  Place descend(Place place, std::string_view pointer) const;
  Done refuse_circles();
  // The longest way from `node` that stays at one value; nullopt: longer than allowed, or a circle.
  std::optional<std::size_t> chain_from(const Node& node, std::size_t before);

  // Handlers of keywords, in keywords.cpp.
  Done remark(Node&, const Json&, const Scope&);
  Done dialect(Node&, const Json& argument, const Scope& scope);
  Done definitions(Node&, const Json& argument, const Scope& scope);
  Done type(Node& node, const Json& argument, const Scope& scope);
  Done choices(Node& node, const Json& argument, const Scope& scope);
  Done constant(Node& node, const Json& argument, const Scope& scope);
  template <const Json* Node::*kMember>
  Done number(Node& node, const Json& argument, const Scope& scope);
  Done multiple_of(Node& node, const Json& argument, const Scope& scope);
  template <std::size_t Node::*kMember>
  Done count(Node& node, const Json& argument, const Scope& scope);
  template <const Node* Node::*kMember>
  Done subschema(Node& node, const Json& argument, const Scope& scope);
  template <std::vector<const Node*> Node::*kMember>
  Done subschemas(Node& node, const Json& argument, const Scope& scope);
  Done pattern(Node& node, const Json& argument, const Scope& scope);
  Done format(Node& node, const Json& argument, const Scope& scope);
  Done content_encoding(Node& node, const Json& argument, const Scope& scope);
  Done content_media_type(Node& node, const Json& argument, const Scope& scope);
  Done items(Node& node, const Json& argument, const Scope& scope);
  Done unique_items(Node& node, const Json& argument, const Scope& scope);
  Done properties(Node& node, const Json& argument, const Scope& scope);
  Done pattern_properties(Node& node, const Json& argument, const Scope& scope);
  Done required(Node& node, const Json& argument, const Scope& scope);
  Done dependencies(Node& node, const Json& argument, const Scope& scope);
  Done unknown(std::string_view name, const Scope& scope);

  Result<const Node*> compile_inside(const Json& json, const Scope& scope, std::string_view key);
  Result<const Node*> compile_inside(const Json& json, const Scope& scope, std::size_t index);
  Result<const Pattern*> make_pattern(const std::string& source, const Scope& scope);
  Result<std::vector<std::string_view>> names_in(const Json& argument, const Scope& scope);

  const LoadOptions& options_;
  std::unique_ptr<Tree> tree_;
  std::map<std::string, Place> places_;  // by $id and by the URI a document was loaded under
  std::unordered_map<const Json*, Node*> nodes_;
  std::unordered_map<std::string, const Pattern*> patterns_;
  std::deque<OpenReference> open_;
  std::unordered_map<const Node*, std::size_t> chains_;  // lengths already known
};

// invalid_argument, opening with the place of `scope`.
Error mistake(const Loader::Scope& scope, std::string_view what);

}  // namespace deskhand::schema
