// What this conversation has spoken of so far, and whom "her", "that lead" and "the other one" mean by it. It is folded from
// the messages, so that it is the same after a restart.
//
// Thread rule: value types.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/record.h"
#include "model/embedded/reference.h"
#include "ports/model.h"

namespace deskhand::embedded {

struct Mention {
  Noun noun = Noun::contact;
  std::string ref, label;
  std::string contact;       // ref of the person a lead or an entry belongs to, "" when not known
  int turn = 0;              // counted from the oldest
  bool was_acted_on = false;   // shown or changed by itself, not only one line of a list
  bool has_follow_up = false;  // a promise that waits
};

// One, several (then a person must say which), or none.
struct Meant {
  std::vector<Mention> candidates;
  bool is_one() const { return candidates.size() == 1; }
};

class Mentions {
 public:
  // Takes over what a tool's result names.
  void note(const ModelMessage& result, int turn);
  void note(Mention mention);
  // Records known from before the messages at hand; they count as older than anything else.
  void note_focus(const std::vector<FocusRecord>& focus);

  // `wanted`: which nouns would do, best first.
  Meant resolve(const Reference& reference, const std::vector<Noun>& wanted, int now) const;
  // The one record of that noun acted on in the last turn, or in this one.
  std::optional<Mention> current(const std::vector<Noun>& wanted, int now) const;
  const std::vector<Choice>& list() const { return list_; }
  void set_list(std::vector<Choice> list, int turn);
  int list_turn() const { return list_turn_; }
  const std::vector<Mention>& all() const { return mentions_; }
  std::string label_of(std::string_view ref) const;

 private:
  void read(const Json& data, int turn, bool is_listed);
  std::vector<const Mention*> newest_first(const std::vector<Noun>& wanted) const;
  Meant other_than_last(const std::vector<Noun>& wanted) const;

  std::vector<Mention> mentions_;  // oldest first, each ref once
  std::vector<Choice> list_;       // the last numbered list
  int list_turn_ = -1;
};

}  // namespace deskhand::embedded
