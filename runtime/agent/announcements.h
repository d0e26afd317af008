// Words by which a model's prose says that it is about to do something: "I'll add her", "let me check". They usually stand before a
// call in the same answer, so they are not shown while the answer comes.
//
// Thread rule: pure function over any bytes.
#pragma once

#include <string_view>

namespace deskhand::agent {

bool announces_something(std::string_view prose);

}  // namespace deskhand::agent
