// What everybody in a simulated business shares: the business, the dice, the day, and what has been found broken.
//
// Thread rule: one thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/simulate/business.h"
#include "app/simulate/promises.h"
#include "app/simulate/simulation.h"

namespace deskhand::app::simulate {

class Scene {
 public:
  Scene(const Wish& wish, Business& business, Told& told)
      : wish(wish), business(business), told(told), dice(wish.seed), promises(business) {}

  // The first promise that breaks ends the story; where and when is told with it.
  void note(const std::string& broken, std::string_view step);
  // A call by the owner. What it is refused for is its affair; failing inside is not.
  toolbox::CallResult ask(const std::string& tool, const Json& arguments);

  const Wish& wish;
  Business& business;
  Told& told;
  Dice dice;
  Promises promises;
  Day today;
  std::vector<std::string> undo_refs;    // changes that may be taken back, newest last
  std::vector<std::string> known_cards;  // refs of cards that were shown
};

}  // namespace deskhand::app::simulate
