// Fills a frame's slots from the words of its segment: what the match captured, the values that readers found, and the text
// that is left over. Every value comes from words of the message.
//
// Thread rule: pure; a SlotFiller belongs to one utterance and one thread.
#pragma once

#include <string>
#include <vector>

#include "model/embedded/candidates.h"
#include "model/embedded/frame.h"
#include "model/embedded/segments.h"

namespace deskhand::embedded {

class SlotFiller {
 public:
  SlotFiller(const PhraseBook& book, const Candidates& candidates, const Scene& scene)
      : book_(book), candidates_(candidates), utterance_(candidates.utterance()), scene_(scene) {}

  Frame fill(const Segment& segment, const Candidate& chosen);
  // Takes what the units say into a frame that waits for more: values for the roles it can use, and `asked` roles first.
  // Returns the roles that were filled or changed.
  std::vector<std::string> add(Frame& frame, const std::vector<std::string>& asked, std::size_t first, std::size_t end);

 private:
  const RequestKind* kind_of(const Segment& segment, const Candidate& chosen) const;
  void rename_contact();
  bool is_inquiry() const;
  void take_inquiry(bool is_reported, std::size_t first, std::size_t end);
  std::vector<bool> source_units(std::size_t first, std::size_t end) const;
  std::pair<std::size_t, std::size_t> name_of_asker(std::size_t first, std::size_t end, const std::vector<bool>& source) const;
  std::string need_said(std::size_t first, std::size_t end, const std::vector<bool>& taken) const;
  void take_correction(std::size_t first, std::size_t end);
  void take_captures(const Candidate& chosen, std::size_t end);
  void take_capture(const Capture& capture);
  void take_details(const Segment& segment);
  void take_points(std::size_t first, std::size_t end);
  void take_amounts(std::size_t first, std::size_t end);
  void take_guessed_value(std::size_t first, std::size_t end);
  bool is_bound(std::size_t unit) const;
  void take_dates(std::size_t first, std::size_t end);
  void take_date(std::size_t unit, const reader::When& when);
  void take_coded(std::size_t first, std::size_t end);
  void take_reason(std::size_t first, std::size_t end);
  void take_name(std::size_t first, std::size_t end);
  void take_subject(std::size_t first, std::size_t end);
  void take_rest(const Candidate& chosen, std::size_t end);
  void tidy_title();
  void take_corrected_value(const Candidate& chosen, std::size_t end);
  bool wants(std::string_view role) const { return frame_->kind->takes_role(role) && frame_->slot(role) == nullptr; }
  bool is_missing(std::string_view role) const;
  bool answer_text(const std::string& role, std::size_t first, std::size_t end);
  bool says_something(std::size_t first, std::size_t end) const;
  std::string text_without_dates(std::size_t first, std::size_t end) const;
  std::string text_without_values(std::size_t first, std::size_t end) const;
  std::pair<std::size_t, std::size_t> clause_around(std::size_t unit, std::size_t first, std::size_t end) const;
  void put(std::string_view role, Filled filled, std::size_t first, std::size_t end);

  const PhraseBook& book_;
  const Candidates& candidates_;
  const Utterance& utterance_;
  const Scene& scene_;
  Frame* frame_ = nullptr;
  bool title_is_read_ = false;   // by take_inquiry: what a pattern caught as the title is not
  std::vector<bool> used_;       // units that a slot has taken
  std::vector<std::string> changed_;
};

Filled filled_name(std::string_view words);

}  // namespace deskhand::embedded
