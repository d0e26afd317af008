// Cards that a person names by whom they are for: "send the one to Carla", "bin Ana's", "the Tran one can go".
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace deskhand::agent {

struct DeliveredCard;

struct NamedCards {
  std::string text;         // the message with the ref of a card in the place of each such name
  bool is_unclear = false;  // a name fits several cards; the text has the oldest of them
  bool names_any = false;
};
// A name counts only where it stands as the name of a card: behind "the one to", as "Ana's", before "one" or "draft". Whether
// the message answers anything is for whoever reads the text.
NamedCards name_cards(std::string_view text, const std::vector<DeliveredCard>& cards);

}  // namespace deskhand::agent
