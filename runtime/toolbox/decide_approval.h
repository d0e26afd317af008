// The tool by which a person answers a card. Only its face is here: what a yes leads to runs in Toolbox::decide, through the
// same path as any other call, because the approved action must be judged again on present facts.
//
// Thread rule: immutable.
#pragma once

#include <memory>

#include "ports/tool.h"

namespace deskhand::toolbox {

inline constexpr std::string_view kDecideApproval = "decide_approval";

enum class AnswerVerdict { approve, reject, later };

std::unique_ptr<Tool> make_decide_approval();

}  // namespace deskhand::toolbox
