#include "schema/loader.h"

#include <algorithm>
#include <charconv>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "schema/metaschema.h"
#include "schema/uri.h"
#include "schema/value.h"

namespace deskhand::schema {
namespace {

constexpr std::size_t kPlaceBytes = 300;  // of a way into a document, in a message

std::string without_fragment(std::string_view uri) { return std::string(uri.substr(0, uri.find('#'))); }

const std::string* text_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? &found->get_ref<const std::string&>() : nullptr;
}

// A member of an object or an item of an array; nullptr when there is none.
const Json* member(const Json& json, const std::string& token) {
  if (json.is_object()) {
    const auto found = json.find(token);
    return found == json.end() ? nullptr : &*found;
  }
  if (!json.is_array()) return nullptr;
  std::size_t index = 0;
  const auto read = std::from_chars(token.data(), token.data() + token.size(), index);
  if (read.ec != std::errc() || read.ptr != token.data() + token.size() || index >= json.size()) return nullptr;
  return &json[index];
}

}  // namespace

Tree::Tree() = default;
Tree::~Tree() = default;

Error mistake(const Loader::Scope& scope, std::string_view what) {
  return make_error(
      Code::invalid_argument,
      shorten(printable_line(scope.prefix + pointer_of(scope.step)), kPlaceBytes) + ": " + std::string(what));
}

Result<std::unique_ptr<const Tree>> Loader::load(Json document) {
  const Result<const Json*> root = add_document(std::move(document), "");
  if (!root) return root.error();
  tree_->root = nodes_.at(*root);
  if (const Done done = resolve_references(); !done) return done.error();
  if (const Done done = refuse_circles(); !done) return done.error();
  return std::unique_ptr<const Tree>(std::move(tree_));
}

Result<const Json*> Loader::add_document(Json document, const std::string& uri) {
  const std::string prefix = uri + "#";
  if (nests_deeper_than(document, limits::kJsonDepth)) {
    return make_error(Code::limit_exceeded,
                      prefix + ": the schema nests deeper than " + std::to_string(limits::kJsonDepth) + " levels");
  }
  tree_->documents.push_back(std::make_unique<const Json>(std::move(document)));
  const Json& json = *tree_->documents.back();
  const std::string* id = json.is_object() ? text_at(json, "$id") : nullptr;
  places_[uri] = Place{&json, id == nullptr ? uri : without_fragment(resolve_uri(uri, *id)), prefix};
  const Result<Node*> node = compile(json, Scope{uri, prefix, nullptr});
  if (!node) return node.error();
  return &json;
}

// A node for each subschema, made once: references to the same place share it.
Result<Node*> Loader::compile(const Json& json, const Scope& scope) {
  if (const auto known = nodes_.find(&json); known != nodes_.end()) return known->second;
  if (tree_->nodes.size() >= limits::kSchemaNodes) {
    return make_error(Code::limit_exceeded,
                      "#: the schema has more than " + std::to_string(limits::kSchemaNodes) + " parts");
  }
  if (!json.is_object() && !json.is_boolean()) {
    return mistake(scope, "a schema is an object, true or false; got " + described(json));
  }
  Node& node = tree_->nodes.emplace_back();
  nodes_.emplace(&json, &node);
  if (json.is_boolean()) {
    node.kind = json.get<bool>() ? Node::Kind::anything : Node::Kind::nothing;
    return &node;
  }
  const auto reference = json.find("$ref");
  if (reference == json.end()) {
    std::string base = scope.base;
    if (const Done done = note_id(json, scope, base); !done) return done.error();
    if (const Done done = compile_keywords(node, json, Scope{base, scope.prefix, scope.step}); !done)
      return done.error();
    return &node;
  }
  // In draft-07 nothing beside $ref counts, but definitions may stand there and be referred to.
  const Step step{scope.step, "$ref", 0, false};
  const Scope at_reference{scope.base, scope.prefix, &step};
  if (!reference->is_string()) return mistake(at_reference, "must be a string, got " + described(*reference));
  node.kind = Node::Kind::reference;
  const std::string& written = reference->get_ref<const std::string&>();
  open_.push_back({&node, resolve_uri(scope.base, written), written, mistake(at_reference, "").message});
  if (const auto inner = json.find("definitions"); inner != json.end()) {
    const Step inner_step{scope.step, "definitions", 0, false};
    if (const Done done = definitions(node, *inner, Scope{scope.base, scope.prefix, &inner_step}); !done)
      return done.error();
  }
  return &node;
}

Done Loader::compile_keywords(Node& node, const Json& json, const Scope& scope) {
  for (auto each = json.begin(); each != json.end(); ++each) {
    const Step step{scope.step, each.key(), 0, false};
    const Scope inside{scope.base, scope.prefix, &step};
    const std::span<const Keyword> known = keywords();
    const auto keyword = std::lower_bound(known.begin(), known.end(), each.key(),
                                          [](const Keyword& row, std::string_view name) { return row.name < name; });
    const bool is_known = keyword != known.end() && keyword->name == each.key();
    Done done = is_known ? (this->*keyword->handler)(node, each.value(), inside) : unknown(each.key(), inside);
    if (!done) return done;
  }
  return {};
}

// "$id" names this subschema and moves the start of the references in it; "#word" only names it.
Done Loader::note_id(const Json& json, const Scope& scope, std::string& base) {
  const auto id = json.find("$id");
  if (id == json.end()) return {};
  const Step step{scope.step, "$id", 0, false};
  const Scope at_id{scope.base, scope.prefix, &step};
  if (!id->is_string()) return mistake(at_id, "must be a string, got " + described(*id));
  const std::string& written = id->get_ref<const std::string&>();
  std::string name = resolve_uri(scope.base, written);
  if (!name.empty() && name.back() == '#') name.pop_back();
  if (written.substr(0, 1) != "#") base = without_fragment(name);
  const auto [place, is_new] = places_.try_emplace(name, Place{&json, base, scope.prefix + pointer_of(scope.step)});
  if (!is_new && place->second.json != &json) return mistake(at_id, "another part has the name " + shown_text(written));
  return {};
}

// Each target may hold references of its own; the number of nodes bounds the loop.
Done Loader::resolve_references() {
  while (!open_.empty()) {
    const OpenReference reference = std::move(open_.front());
    open_.pop_front();
    if (Done done = resolve(reference); !done) return done;
  }
  return {};
}

Done Loader::resolve(const OpenReference& reference) {
  const Result<Place> place = find(reference.uri, reference);
  if (!place) return place.error();
  const Result<Node*> target = compile(*place->json, Scope{place->base, place->prefix, nullptr});
  if (!target) return target.error();
  reference.node->target = *target;
  return {};
}

Result<Loader::Place> Loader::find(const std::string& uri, const OpenReference& reference) {
  if (const auto whole = places_.find(uri); whole != places_.end()) return whole->second;
  const Result<Place> document = find_document(without_fragment(uri), reference);
  if (!document) return document.error();
  const std::size_t hash = uri.find('#');
  const std::string fragment = percent_decoded(hash == std::string::npos ? "" : std::string_view(uri).substr(hash + 1));
  if (fragment.empty()) return *document;
  Place place;
  if (fragment.front() == '/') {
    place = descend(*document, fragment);
  } else if (const auto named = places_.find(uri); named != places_.end()) {
    place = named->second;  // a name in a document that was only just added
  }
  if (place.json == nullptr) {
    return make_error(Code::invalid_argument, reference.where + "nothing stands at " + shown_text(reference.written));
  }
  return place;
}

Result<Loader::Place> Loader::find_document(const std::string& uri, const OpenReference& reference) {
  if (const auto known = places_.find(uri); known != places_.end()) return known->second;
  Json document;
  if (const auto given = options_.documents.find(uri); given != options_.documents.end()) {
    document = *given->second;
  } else if (uri == kMetaschemaUri) {
    document = metaschema();
  } else {
    return make_error(Code::invalid_argument,
                      reference.where + shown_text(reference.written) +
                          " is outside this document and is not fetched; put it under definitions");
  }
  const Result<const Json*> added = add_document(std::move(document), uri);
  if (!added) return added.error();
  return places_.at(uri);
}

// Follows a JSON pointer through raw JSON, because a reference may name a place that is no keyword's. An $id on the way
// moves the base as it would have from above.
Loader::Place Loader::descend(Place place, std::string_view pointer) const {
  std::vector<std::string> tokens = split(pointer, '/');
  tokens.erase(tokens.begin());  // what stands before the first slash is empty
  for (const std::string& token : tokens) {
    place.json = member(*place.json, replace_all(replace_all(token, "~1", "/"), "~0", "~"));
    if (place.json == nullptr) return {};
    place.prefix += "/" + token;
    if (!place.json->is_object() || place.json->contains("$ref")) continue;
    if (const std::string* id = text_at(*place.json, "$id"); id != nullptr && id->substr(0, 1) != "#") {
      place.base = without_fragment(resolve_uri(place.base, *id));
    }
  }
  return place;
}

// A subschema that leads back to itself without going into the value would be checked for ever.
Done Loader::refuse_circles() {
  for (const Node& node : tree_->nodes) {
    if (chain_from(node, 0)) continue;
    return make_error(
        Code::invalid_argument,
        "#: the schema leads back to itself by $ref, allOf, anyOf, oneOf, not or if without going into a value, or "
        "does so more than " +
            std::to_string(limits::kSchemaChain) + " times in a row");
  }
  return {};
}

std::optional<std::size_t> Loader::chain_from(const Node& node, std::size_t before) {
  if (const auto known = chains_.find(&node); known != chains_.end()) {
    return before + known->second > limits::kSchemaChain ? std::nullopt : std::optional(known->second);
  }
  if (before > limits::kSchemaChain) return std::nullopt;
  std::vector<const Node*> next{node.target, node.negated, node.condition, node.consequence, node.alternative};
  for (const auto* list : {&node.all_of, &node.any_of, &node.one_of})
    next.insert(next.end(), list->begin(), list->end());
  for (const Node::Dependency& dependency : node.dependencies) next.push_back(dependency.node);
  std::size_t longest = 0;
  for (const Node* each : next) {
    if (each == nullptr) continue;
    const std::optional<std::size_t> rest = chain_from(*each, before + 1);
    if (!rest) return std::nullopt;
    longest = std::max(longest, *rest + 1);
  }
  chains_.emplace(&node, longest);
  return longest;
}

}  // namespace deskhand::schema
