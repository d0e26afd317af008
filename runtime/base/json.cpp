#include "base/json.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/text.h"

namespace deskhand {
namespace {

constexpr std::size_t kReasonBytes = 200;  // what a person or a model reads of a fault

Error bad_json(std::string reason) {
  return make_error(Code::invalid_argument, "The JSON is not valid: " + reason + ".");
}

// The library's text reads "[json...] parse error at line 1, column 2: syntax error while ... - unexpected ...".
std::string reason_of(std::string_view library_text) {
  std::string_view reason = library_text;
  if (const std::size_t at = reason.find("] "); at != std::string_view::npos) reason.remove_prefix(at + 2);
  return shorten(printable_line(reason), kReasonBytes);
}

// Builds the value while the parser reads and stops it at the first fault. The library's own builder with a callback
// would see repeated keys too, but its time grows with the square of an array's length.
template <class Value>
class Builder final : public nlohmann::json_sax<Value> {
 public:
  using Text = typename Value::string_t;

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(std::int64_t value) override { return put(value); }
  bool number_unsigned(std::uint64_t value) override { return put(value); }
  bool number_float(double value, const Text&) override { return put(value); }
  bool string(Text& value) override { return put(std::move(value)); }
  bool binary(typename Value::binary_t&) override { return fail("it is binary"); }

  bool start_object(std::size_t) override { return open(Value::object()); }
  bool start_array(std::size_t) override { return open(Value::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(Text& name) override {
    Value& object = *open_.back();
    const auto [place, is_new] = object.emplace(name, nullptr);
    if (!is_new)
      return fail("the key \"" + shorten(printable_line(name), kReasonBytes) + "\" is given twice in one object");
    if (object.size() > limits::kJsonKeys)
      return fail("one object has more than " + std::to_string(limits::kJsonKeys) + " keys");
    member_ = &*place;
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception& fault) override {
    detail_ = fault.what();
    return fail(reason_of(detail_));
  }

  Value take() { return std::move(root_); }
  Error error() const {
    Error error = bad_json(fault_);
    error.detail = detail_;
    return error;
  }

 private:
  bool put(Value value) {
    place(std::move(value));
    return true;
  }

  bool open(Value value) {
    if (open_.size() == limits::kJsonDepth)
      return fail("it nests deeper than " + std::to_string(limits::kJsonDepth) + " levels");
    open_.push_back(place(std::move(value)));
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  // Where the value stands now; it does not move while it is open, because only the innermost container grows.
  Value* place(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    if (open_.back()->is_array()) {
      open_.back()->push_back(std::move(value));
      return &open_.back()->back();
    }
    *member_ = std::move(value);
    return member_;
  }

  bool fail(std::string fault) {
    fault_ = std::move(fault);
    return false;
  }

  Value root_;
  std::vector<Value*> open_;  // the containers not closed yet, outermost first; they live in root_
  Value* member_ = nullptr;   // where the value of the last key goes
  std::string fault_, detail_;
};

template <class Value>
Result<Value> parse(std::string_view text, std::size_t bytes_max) {
  if (text.size() > bytes_max) {
    return bad_json("it has " + std::to_string(text.size()) + " bytes, at most " + std::to_string(bytes_max) +
                    " are read");
  }
  // The parser takes a NUL for the end and would not look at what follows it.
  if (text.find('\0') != std::string_view::npos) return bad_json("it holds a NUL byte");
  Builder<Value> builder;
  if (!Value::sax_parse(text.begin(), text.end(), &builder)) return builder.error();
  return builder.take();
}

template <class Value>
std::string dump(const Value& value, int indent) {
  return value.dump(indent, ' ', false, Value::error_handler_t::replace);
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::size_t bytes_max) { return parse<Json>(text, bytes_max); }

Result<OrderedJson> parse_ordered_json(std::string_view text, std::size_t bytes_max) {
  return parse<OrderedJson>(text, bytes_max);
}

std::string to_text(const Json& value) { return dump(value, -1); }
std::string to_text(const OrderedJson& value) { return dump(value, -1); }
std::string to_pretty_text(const OrderedJson& value) { return dump(value, 2); }

std::string text_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace deskhand
