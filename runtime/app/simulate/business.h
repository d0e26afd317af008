// The business that is simulated: its runtime, which may end and start again at any moment, and what may be done to it.
//
// Thread rule: one thread. Ownership: owns its folder, its clock and its runtime.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/runtime.h"
#include "app/system_ports.h"

namespace deskhand::app::simulate {

// Even choices from a seed; the program's own ids come from another generator, so that one more id changes no story.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  int below(int count) { return static_cast<int>(random_.next() % static_cast<std::uint64_t>(count)); }
  bool percent(int chance) { return below(100) < chance; }
  template <class Item>
  const Item& of(const std::vector<Item>& items) {
    return items[static_cast<std::size_t>(below(static_cast<int>(items.size())))];
  }

 private:
  SeededRandom random_;
};

class Business {
 public:
  static Result<std::unique_ptr<Business>> open(const std::string& share, const std::string& zone, Instant now,
                                                std::uint64_t seed);
  ~Business();
  Business(const Business&) = delete;
  Business& operator=(const Business&) = delete;

  Runtime& runtime() { return *runtime_; }
  PinnedClock& clock() { return clock_; }
  const Zone& zone() const { return zone_; }
  // The program ends here, wherever "here" is, and starts again on the same folder.
  Done restart();
  // Mail can not leave while the outbox folder is blocked.
  void block_mail(bool blocked);
  std::vector<std::string> mails() const;  // every .eml that left, complete

  Result<TurnReply> say(const std::string& text);
  Result<std::optional<TurnReply>> news();
  toolbox::CallResult call(const std::string& tool, const Json& arguments);

 private:
  Business(std::string share, Zone zone, Instant now, std::uint64_t seed);
  Done open_runtime();

  std::string share_, folder_;
  Zone zone_;
  PinnedClock clock_;
  SeededRandom random_;
  std::unique_ptr<Runtime> runtime_;
  ConversationId conversation_;
};

}  // namespace deskhand::app::simulate
