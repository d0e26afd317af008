// The business that is simulated: its runtime, which may end and start again at any moment, the disk it stands on, which
// may fail at any write, and what may be done to both.
//
// Thread rule: one thread, and one Business at a time (there is one failing disk in a process). Ownership: owns its
// folder, its clock, its disk and its runtime.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/runtime.h"
#include "app/system_ports.h"
#include "store/sqlite/failing_disk.h"

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

// A model that can not be reached.
class AbsentModel final : public Model {
 public:
  std::string_view name() const override { return "absent"; }
  Result<ModelReply> complete(const ModelRequest&, std::chrono::steady_clock::time_point, std::stop_token) override {
    return make_error(Code::unavailable, "The model can not be reached.");
  }
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
  // From its `at`-th call on the disk meets that fault; heal() ends it, after which it works as ever.
  void break_disk(store::Fault fault, int at);
  bool disk_broke() const { return disk_is_bad_ && disk_.struck(); }
  void heal_disk();
  // The program ends here, wherever "here" is, and starts again on the same folder: unfinished turns and mails go on.
  Done restart();
  // What the program said since then of work that it has picked up after a crash; told once.
  std::string take_picked_up() { return std::exchange(picked_up_, {}); }
  // The same without a model, or with it again.
  Done set_model_reached(bool reached);
  // A second process on the same folder does what is due there.
  Result<std::vector<schedule::RanJob>> run_rival();
  // Mail can not leave while the outbox folder is blocked.
  void block_mail(bool blocked);
  // Every mail that left since it was asked last, complete. It is gone from the folder then, as from a real one.
  std::vector<std::string> take_mails();

  Result<TurnReply> say(const std::string& text);
  Result<std::optional<TurnReply>> news();
  toolbox::CallResult call(const std::string& tool, const Json& arguments);

 private:
  Business(std::string share, Zone zone, Instant now, std::uint64_t seed);
  RuntimeOptions options();
  Done open_runtime();

  std::string share_, folder_;
  Zone zone_;
  PinnedClock clock_;
  SeededRandom random_;
  AbsentModel absent_model_;
  bool model_reached_ = true;
  store::FailingDisk disk_;
  std::unique_ptr<Runtime> runtime_;
  ConversationId conversation_;
  std::string picked_up_;
  bool disk_is_bad_ = false;
};

}  // namespace deskhand::app::simulate
