// The owner of a simulated business: reads what the calendar has, answers cards and lists by number, by button and in
// words, makes mistakes, and does the day's office work.
//
// Thread rule: one thread. Every act returns the error of the machine that stopped it, if one did.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/simulate/customers.h"

namespace deskhand::app::simulate {

class Owner {
 public:
  Owner(Scene& scene, Customers& customers) : scene_(scene), customers_(customers) {}

  Done sit();      // in the chat
  Done mistake();  // a yes that carries other bytes than the card's
  Done phone();
  Done follow_up();
  Done give_up();
  Done win();   // asks for it; whether it is one is decided with its card
  Done work();  // what else is done in an office in a day

 private:
  void remember_cards(const TurnReply& reply);
  Done answer_list(const std::vector<Choice>& list);
  Done answer_in_words();
  Done answer_waiting();
  Done answer_card(const std::string& ref);
  Done mean_yes(const std::string& ref);
  void decide(const Approval& card, std::string_view verdict, const std::string& fingerprint);
  Result<std::vector<Approval>> waiting_cards();
  Result<std::optional<Approval>> card_of(const std::string& ref);
  Done on(const Customer& customer, const std::string& tool, Json more);
  Done take_back();
  Done confuse_people(const Customer& customer);

  Scene& scene_;
  Customers& customers_;
};

}  // namespace deskhand::app::simulate
