// How a Messages answer reads, whole and as a stream of events.
//
// Thread rule: one reader for one answer.
#pragma once

#include <memory>

#include "model/wire_dialect.h"

namespace deskhand::model::anthropic {

std::unique_ptr<AnswerFormat> make_answer_format();

}  // namespace deskhand::model::anthropic
