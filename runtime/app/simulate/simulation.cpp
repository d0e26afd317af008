#include "app/simulate/simulation.h"

#include <algorithm>
#include <array>
#include <functional>

#include "app/simulate/business.h"
#include "app/simulate/customers.h"
#include "app/simulate/owner.h"
#include "app/simulate/scene.h"
#include "base/limits.h"

namespace deskhand::app::simulate {
namespace {

constexpr std::array<std::string_view, 4> kZones = {"America/Chicago", "Europe/Berlin", "Australia/Lord_Howe",
                                                    "Pacific/Apia"};
constexpr int kEventsADay = 5;
constexpr int kWholeRecordDays = 30;  // so long the whole record is verified every day, then once a week
constexpr int kStageDays = 6;
constexpr int kWritesAhead = 150;     // within so many calls of the disk a fault strikes; a step makes some hundred
// After a fault: until the lease of a job that died has ended, and one that failed is tried again.
constexpr std::int64_t kRestSeconds = std::max(limits::kJobLeaseSeconds, limits::kJobRetrySeconds) + 1;

class Simulation {
 public:
  Simulation(const Wish& wish, Business& business, Told& told)
      : scene_(wish, business, told), customers_(scene_), owner_(scene_, customers_) {}

  Done run(Day first) {
    // New leads go through their sequence by themselves, so do those that got a price; both may stand there for so long.
    for (const char* stage : {"new", "estimate sent"}) scene_.ask("set_stage", {{"stage", stage}, {"auto_nurture", true}, {"sla_days", kStageDays}});
    const int days = scene_.wish.days;
    for (int passed = 0; passed < days && !is_broken(); ++passed) {
      scene_.today = first.plus_days(passed);
      if (!scene_.business.zone().has_day(scene_.today)) continue;
      if (off_until_ && scene_.today < *off_until_) {
        ++scene_.told.days_off;
        continue;
      }
      if (scene_.dice.percent(4)) off_until_ = scene_.today.plus_days(1 + scene_.dice.below(9));
      if (Done done = live_through_day(); !done) return done;
      const bool whole = passed < kWholeRecordDays || passed % 7 == 0 || passed + 1 == days;
      if (!is_broken()) scene_.note(scene_.promises.check_day(whole), "the day's end");
    }
    scene_.told.sent = scene_.promises.sent();
    scene_.told.notices = scene_.promises.notices();
    scene_.told.wins = scene_.promises.wins();
    return {};
  }

 private:
  bool is_broken() const { return !scene_.told.violation.empty(); }

  Done live_through_day() {
    std::vector<int> minutes;
    for (int event = 0; event < kEventsADay; ++event) minutes.push_back(6 * 60 + scene_.dice.below(16 * 60));
    minutes.push_back(scene_.dice.below(6 * 60));  // somebody writes at night, also while clocks are changed
    std::sort(minutes.begin(), minutes.end());
    for (const int minute : minutes) {
      if (is_broken()) return {};
      scene_.business.clock().set(scene_.business.zone().to_instant({scene_.today, minute, 0}));
      if (Done done = live_through_step(); !done) return done;
    }
    return {};
  }

  // One event and a round of the calendar, now and then on a disk that fails somewhere in the middle.
  Done live_through_step() {
    const store::Fault fault = some_fault();
    if (fault != store::Fault::none) scene_.business.break_disk(fault, 1 + scene_.dice.below(kWritesAhead));
    std::string event;
    Done done = happen(event);
    if (done) done = round();
    const bool struck = scene_.business.disk_broke();
    scene_.business.heal_disk();
    if (!done && !struck) return done;
    if (struck) {
      event += words_of(fault);
      ++scene_.told.faults;
      if (fault == store::Fault::power_cut_here || !done)
        if (Done back = restart(); !back) return back;
      scene_.business.clock().advance_seconds(kRestSeconds);
      if (Done again = round(); !again) return again;
    }
    scene_.note(scene_.promises.check_calendar(), event);
    scene_.note(scene_.promises.check_step(), event);
    return {};
  }

  static std::string_view words_of(store::Fault fault) {
    switch (fault) {
      case store::Fault::power_cut_here:
        return ", and the power failed";
      case store::Fault::disk_full:
        return ", and the disk was full";
      default:
        return ", and a write failed";
    }
  }

  store::Fault some_fault() {
    const int roll = scene_.dice.below(100);
    if (roll < 4) return store::Fault::power_cut_here;
    if (roll < 6) return store::Fault::disk_full;
    if (roll < 8) return store::Fault::write_error;
    if (roll < 9) return store::Fault::half_write;
    return store::Fault::none;
  }

  // What the event is called is told with a violation.
  Done happen(std::string& name) {
    struct Event {
      int chance;
      std::string_view name;
      std::function<Done()> act;
    };
    const Event events[] = {{20, "a new inquiry", [this] { return customers_.inquire(); }},
                            {7, "a mail that came twice", [this] { return customers_.repeat(); }},
                            {12, "an answer", [this] { return customers_.reply(); }},
                            {3, "a mail that lies", [this] { return customers_.lie(); }},
                            {2, "a complaint", [this] { return customers_.opt_out(); }},
                            {9, "a call", [this] { return owner_.phone(); }},
                            {20, "the owner's sitting", [this] { return owner_.sit(); }},
                            {5, "a follow-up", [this] { return owner_.follow_up(); }},
                            {4, "office work", [this] { return owner_.work(); }},
                            {4, "a job won", [this] { return owner_.win(); }},
                            {2, "a lead given up", [this] { return owner_.give_up(); }},
                            {2, "a yes to other bytes", [this] { return owner_.mistake(); }},
                            {3, "a restart", [this] { return restart(); }},
                            {2, "a second process", [this] { return rival(); }},
                            {2, "a clock set wrong", [this] { return misset(); }},
                            {2, "the model gone or back", [this] { return lose_model(); }},
                            {1, "mail blocked or free", [this] { return block(); }}};
    int roll = scene_.dice.below(100);
    const Event* event = std::find_if(std::begin(events), std::end(events), [&](const Event& one) {
      roll -= one.chance;
      return roll < 0;
    });
    if (event == std::end(events)) return {};
    ++scene_.told.steps;
    name = event->name;
    if (Done done = customers_.post_again(); !done) return done;
    return event->act();
  }

  Done round() {
    auto ran = scene_.business.runtime().scheduler().run_due();
    if (!ran) return ran.error();
    count_jobs(*ran);
    auto delivered = scene_.business.runtime().deliver();
    return delivered ? Done{} : Done{delivered.error()};
  }

  void count_jobs(const std::vector<schedule::RanJob>& ran) {
    scene_.told.jobs += static_cast<std::int64_t>(ran.size());
    for (const schedule::RanJob& job : ran) {
      // Where the disk fails under a job the job is tried again; check_calendar() sees whether it was.
      if (!job.done && scene_.business.disk_broke()) continue;
      scene_.note(scene_.promises.note_job(job), "a round of the calendar");
    }
  }

  Done restart() {
    ++scene_.told.restarts;
    return scene_.business.restart();
  }

  Done rival() {
    auto ran = scene_.business.run_rival();
    if (!ran) return ran.error();
    count_jobs(*ran);
    return {};
  }

  // The machine's clock jumps: a day back or some hours ahead, for one round.
  Done misset() {
    const Instant right = scene_.business.clock().now();
    scene_.business.clock().advance_seconds(scene_.dice.percent(50) ? -26 * 3600 : 5 * 3600);
    auto ran = scene_.business.runtime().scheduler().run_due();
    scene_.business.clock().set(right);
    if (!ran) return ran.error();
    count_jobs(*ran);
    return {};
  }

  Done lose_model() {
    ++scene_.told.restarts;
    model_reached_ = !model_reached_;
    return scene_.business.set_model_reached(model_reached_);
  }

  Done block() {
    blocked_ = !blocked_;
    scene_.business.block_mail(blocked_);
    return {};
  }

  Scene scene_;
  Customers customers_;
  Owner owner_;
  std::optional<Day> off_until_;
  bool blocked_ = false, model_reached_ = true;
};

}  // namespace

Result<Told> simulate(const Wish& wish) {
  Told told;
  Dice dice(wish.seed ^ 0x5EEDULL);
  told.zone = kZones[static_cast<std::size_t>(dice.below(static_cast<int>(kZones.size())))];
  // Near a change of clocks or of years, so that short runs meet one as well.
  static const std::vector<Day> kStarts{*make_day(2026, 2, 25),  *make_day(2026, 3, 20),  *make_day(2026, 9, 24),
                                        *make_day(2026, 10, 20), *make_day(2027, 12, 20), *make_day(2028, 2, 20)};
  const Day first = dice.of(kStarts);
  auto zone = Zone::find(told.zone);
  if (!zone) return zone.error();
  auto business = Business::open(wish.share, told.zone, zone->to_instant({first, 0, 0}), wish.seed);
  if (!business) return business.error();
  if (Done done = Simulation(wish, **business, told).run(first); !done) return done.error();
  return told;
}

}  // namespace deskhand::app::simulate
