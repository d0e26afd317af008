#include "agent/prose_gate.h"

#include <algorithm>

#include "agent/announcements.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::agent {
namespace {

constexpr std::string_view kBrokeOff = "\n(That answer broke off; here it is again.)\n";

// Just after the last sentence of `text` that is surely over; `from` when there is none.
std::size_t end_of_sentences(std::string_view text, std::size_t from) {
  std::size_t end = from;
  for (std::size_t at = from; at < text.size(); ++at) {
    const char byte = text[at];
    if (byte == '\n')
      end = at + 1;
    else if ((byte == '.' || byte == '!' || byte == '?') && at + 1 < text.size() &&
             (text[at + 1] == ' ' || text[at + 1] == '\n'))
      end = at + 2;
  }
  return end;
}

}  // namespace

void ProseGate::begin(bool turn_has_changed) {
  answer_.clear();
  passed_ = 0;
  passed_before_.clear();
  is_open_ = show_ != nullptr && !turn_has_changed;
}

void ProseGate::take(std::string_view piece) {
  if (!is_open_) return;
  answer_ += piece;
  if (answer_.size() > limits::kToolResultBytes)
    is_open_ = false;  // the log keeps no more of it
  else
    pass(end_of_sentences(answer_, passed_));
}

void ProseGate::restart() {
  if (passed_ > passed_before_.size()) passed_before_ = answer_.substr(0, passed_);
  answer_.clear();
  passed_ = 0;
}

void ProseGate::end(std::string_view text, bool has_calls) {
  if (is_open_ && !has_calls && text == answer_) pass(answer_.size());
  is_open_ = false;
}

std::string_view ProseGate::rest_of(std::string_view text) const {
  const std::string_view shown = std::string_view(answer_).substr(0, passed_);
  return text.substr(0, shown.size()) == shown ? text.substr(shown.size()) : text;
}

void ProseGate::pass(std::size_t end) {
  if (end <= passed_) return;
  const std::string_view so_far = std::string_view(answer_).substr(0, end);
  if (lexicon_->claims(so_far) || announces_something(so_far) || !is_utf8(so_far)) {
    is_open_ = false;
    return;
  }
  const std::string_view words = std::string_view(answer_).substr(0, end);
  if (!passed_before_.empty()) {
    const std::size_t common = std::min(words.size(), passed_before_.size());
    if (words.substr(0, common) !=
        std::string_view(passed_before_).substr(0, common)) {  // it says something else this time
      passed_before_.clear();
      show(kBrokeOff);
    } else {
      passed_ = end;
      if (words.size() > passed_before_.size()) {
        show(words.substr(passed_before_.size()));
        passed_before_.clear();
      }
      return;
    }
    show(words);
  } else {
    show(words.substr(passed_));
  }
  passed_ = end;
}

void ProseGate::show(std::string_view words) {
  if (words.empty()) return;
  shown_ += words;
  show_(words);
}

}  // namespace deskhand::agent
