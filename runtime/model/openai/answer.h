// How a Chat Completions answer reads, whole and as a stream of chunks.
//
// Thread rule: one reader for one answer.
#pragma once

#include <memory>

#include "model/wire_dialect.h"

namespace deskhand::model::openai {

std::unique_ptr<AnswerFormat> make_answer_format();

}  // namespace deskhand::model::openai
