#include "base/json.h"
#include "base/text.h"
#include "schema/checker.h"
#include "schema/value.h"

namespace deskhand::schema {
namespace {

constexpr std::size_t kPatternBytes = 120;  // of a pattern in a message

}  // namespace

bool Checker::fits_text(const Node& node, const Subject& subject) {
  if (!subject.value.is_string()) return true;
  const std::string& text = subject.value.get_ref<const std::string&>();
  bool valid = fits_length(node, subject, text);
  if (!goes_on(subject, valid)) return false;
  if (node.pattern != nullptr) {
    // A pattern reads every byte of the text, so a long one costs more than a step.
    if (!spend(1 + text.size() / 64)) return false;
    if (!node.pattern->found_in(text)) {
      const std::string pattern = shorten(printable_line(node.pattern->source()), kPatternBytes);
      valid = report(subject, "pattern", shown_text(text) + " does not match the pattern " + pattern);
    }
  }
  if (!goes_on(subject, valid)) return false;
  if (node.format != Format::none && !fits_format(node.format, text)) {
    valid = report(subject, "format", shown_text(text) + " is not " + std::string(description_of(node.format)));
  }
  return fits_content(node, subject, text) && valid;
}

bool Checker::fits_length(const Node& node, const Subject& subject, const std::string& text) {
  if (node.length_min == 0 && node.length_max == kNoMaximum) return true;
  const std::size_t length = count_characters(text);
  if (length >= node.length_min && length <= node.length_max) return true;
  if (subject.sink == nullptr) return false;
  if (length == 0) return report(subject, "minLength", "must not be empty");
  const bool is_short = length < node.length_min;
  return report(subject, is_short ? "minLength" : "maxLength",
                "must have at " +
                    (is_short ? "least " + count_of(node.length_min, "character", "characters")
                              : "most " + count_of(node.length_max, "character", "characters")) +
                    ", got " + std::to_string(length));
}

bool Checker::fits_content(const Node& node, const Subject& subject, const std::string& text) {
  if (node.is_base64 && !is_base64(text))
    return report(subject, "contentEncoding", shown_text(text) + " is not base64");
  if (!node.is_json_text) return true;
  const std::string decoded = node.is_base64 ? decode_base64(text) : text;
  if (parse_json(decoded, decoded.size())) return true;
  return report(subject, "contentMediaType", shown_text(text) + " does not hold JSON");
}

}  // namespace deskhand::schema
