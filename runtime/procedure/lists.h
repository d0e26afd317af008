// Lists that are put together of several. Internal to the folder.
//
// Thread rule: pure functions.
#pragma once

#include <iterator>
#include <utility>
#include <vector>

namespace deskhand::procedure {

// Puts `more` behind the items.
template <class Item>
void append(std::vector<Item>& items, std::vector<Item> more) {
  items.insert(items.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace deskhand::procedure
