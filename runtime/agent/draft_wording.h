// What a model in quarantine may word of a follow-up: judged before it becomes a draft, so that a taken-over model gets no
// figure, address or link of its own under the owner's name. The owner reads the draft all the same before it goes.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_fwd.h"

namespace deskhand::agent {

// What follow_up_material gave.
struct DraftMaterial {
  std::string lead, title, wording, words;  // `wording` is the stage's template as the owner wrote it
  std::vector<std::string> placeholders;
};
DraftMaterial read_draft_material(const Json& data);

// Why such a text may not stand for the template; "" when it may.
std::string why_not_worded_so(std::string_view text, const DraftMaterial& material);

}  // namespace deskhand::agent
