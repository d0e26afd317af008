// The stage a scenario plays on: a fresh business in a folder of its own, with its own clock, seed and model.
//
// Thread rule: one thread. The folder is removed when the stage goes.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/eval/scenario.h"
#include "app/eval/scripted_model.h"
#include "app/runtime.h"
#include "app/system_ports.h"

namespace deskhand::app::eval {

class Stage {
 public:
  // `model`: asked where the scenario wrote no script; null: embedded.
  static Result<std::unique_ptr<Stage>> open(const Scenario& scenario, const std::string& share,
                                             Model* model = nullptr);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  Runtime& runtime() { return *runtime_; }
  PinnedClock& clock() { return clock_; }
  ScriptedModel& script() { return script_; }
  const Zone& zone() const { return zone_; }

  // Ends the program and starts it again on the same folder.
  Done restart();
  Result<TurnReply> say(const std::string& text);
  // What the calendar has to tell the owner when the chat begins; nothing said in it when there is nothing.
  Result<TurnReply> news();
  // A call by the owner; with `approve`, what it parks is approved and sent.
  toolbox::CallResult call(const std::string& tool, const std::string& arguments, bool approve);
  // A call as a model that was taken over makes it, in the owner's own turn.
  toolbox::CallResult hostile_call(const std::string& tool, const std::string& arguments);
  Result<Instant> read_time(const std::string& text) const;  // 2026-03-02 09:00 of the stage's zone
  // Every .eml that left, complete.
  std::vector<std::string> sent() const;
  // How many of them went to others than the person who runs the business: a notice to the owner is no message to a customer.
  std::size_t sent_to_customers() const;

 private:
  Stage(const Scenario& scenario, std::string share, Zone zone, Instant now);
  Done open_runtime();

  const Scenario& scenario_;
  std::string share_, folder_;
  Zone zone_;
  PinnedClock clock_;
  SeededRandom random_{1};
  ScriptedModel script_;
  Model* model_ = nullptr;
  std::unique_ptr<Runtime> runtime_;
  ConversationId conversation_;
};

}  // namespace deskhand::app::eval
