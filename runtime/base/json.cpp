#include "base/json.h"

#include <unordered_set>
#include <vector>

#include "base/limits.h"
#include "base/text.h"

namespace deskhand {
namespace {

constexpr std::size_t kReasonBytes = 200;  // what a person or a model reads of a fault

Error bad_json(std::string reason) { return make_error(Code::invalid_argument, "The JSON is not valid: " + reason + "."); }

// Nesting as the brackets outside strings tell it, so that hostile depth is known before anything is built. For text that is
// no JSON the count may be off, but then the parser refuses it anyway.
bool nests_too_deep(std::string_view text) {
  std::size_t depth = 0;
  bool inside_string = false;
  for (std::size_t position = 0; position < text.size(); ++position) {
    const char character = text[position];
    if (inside_string) {
      if (character == '\\') ++position;
      if (character == '"') inside_string = false;
    } else if (character == '"') {
      inside_string = true;
    } else if (character == '{' || character == '[') {
      if (++depth > limits::kJsonDepth) return true;
    } else if ((character == '}' || character == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

// Sees every key while the parser works and remembers the first fault.
template <class Value>
class KeyCheck {
 public:
  bool operator()(typename Value::parse_event_t event, Value& parsed) {
    using Event = typename Value::parse_event_t;
    if (event == Event::object_start) keys_.emplace_back();
    if (event == Event::object_end && !keys_.empty()) keys_.pop_back();
    if (event == Event::key && !keys_.empty()) note(parsed.template get_ref<const std::string&>());
    return true;
  }
  const std::string& fault() const { return fault_; }

 private:
  void note(const std::string& key) {
    if (!fault_.empty()) return;
    if (!keys_.back().insert(key).second) {
      fault_ = "the key \"" + shorten(printable_line(key), kReasonBytes) + "\" is given twice in one object";
    } else if (keys_.back().size() > limits::kJsonKeys) {
      fault_ = "one object has more than " + std::to_string(limits::kJsonKeys) + " keys";
    }
  }

  std::vector<std::unordered_set<std::string>> keys_;  // of the objects open now, outermost first
  std::string fault_;
};

// The library's text reads "[json...] parse error at line 1, column 2: syntax error while ... - unexpected ...".
Error syntax_error(std::string_view library_text) {
  std::string_view reason = library_text;
  if (const std::size_t at = reason.find("] "); at != std::string_view::npos) reason.remove_prefix(at + 2);
  Error error = bad_json(shorten(printable_line(reason), kReasonBytes));
  error.detail = library_text;
  return error;
}

template <class Value>
Result<Value> parse(std::string_view text, std::size_t bytes_max) {
  if (text.size() > bytes_max) {
    return bad_json("it has " + std::to_string(text.size()) + " bytes, at most " + std::to_string(bytes_max) + " are read");
  }
  // The parser takes a NUL for the end and would not look at what follows it.
  if (text.find('\0') != std::string_view::npos) return bad_json("it holds a NUL byte");
  if (nests_too_deep(text)) return bad_json("it nests deeper than " + std::to_string(limits::kJsonDepth) + " levels");
  KeyCheck<Value> check;
  try {
    Value value = Value::parse(
        text.begin(), text.end(),
        [&check](int, typename Value::parse_event_t event, Value& parsed) { return check(event, parsed); });
    if (!check.fault().empty()) return bad_json(check.fault());
    return value;
  } catch (const nlohmann::json::exception& fault) {
    return syntax_error(fault.what());
  }
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

}  // namespace deskhand
