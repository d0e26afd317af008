#include <thread>

#include "store_fixture.h"

namespace deskhand::testing {
namespace {

constexpr std::int64_t kLeaseSeconds = 300;
const Day kMonday = *make_day(2026, 3, 2);

Job job(std::string behaviour, Day day, std::string worker, Instant now) {
  Job job;
  job.behaviour = std::move(behaviour);
  job.day = day;
  job.due_at = now;
  job.worker = std::move(worker);
  job.lease_until = now.plus_seconds(kLeaseSeconds);
  return job;
}

TEST_P(StoreConformance, a_job_of_one_behaviour_and_one_date_is_had_by_one_of_many_workers) {
  std::atomic<int> winners{0};
  std::vector<std::thread> workers;
  for (int worker = 0; worker < 8; ++worker)
    workers.emplace_back([&, worker] {
      must(store_->write(org_.id, [&](Txn& txn) -> Done {
        if (must(txn.schedule().claim(job("morning_list", kMonday, "w" + std::to_string(worker), clock_.now()),
                                      clock_.now())))
          ++winners;
        return {};
      }));
    });
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(winners, 1);
}

TEST_P(StoreConformance,
       a_job_whose_worker_died_is_taken_over_when_its_lease_has_ended_and_the_dead_one_can_not_finish_it) {
  const auto try_claim = [&](const std::string& worker) {
    std::optional<Job> claimed;
    must(store_->write(org_.id, [&](Txn& txn) -> Done {
      claimed = must(txn.schedule().claim(job("morning_list", kMonday, worker, clock_.now()), clock_.now()));
      return {};
    }));
    return claimed;
  };
  const auto finish = [&](const Job& held) {
    return store_->write(org_.id, [&](Txn& txn) -> Done {
      return txn.schedule().finish(held, JobState::done, "2 items", clock_.now());
    });
  };
  const std::optional<Job> dead = try_claim("dead");
  ASSERT_TRUE(dead);
  EXPECT_FALSE(try_claim("other"));
  clock_.advance_seconds(kLeaseSeconds);
  const std::optional<Job> taken = try_claim("other");
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->attempts, 2);
  EXPECT_EQ(code_of(finish(*dead)), Code::conflict);
  must(finish(*taken));
  EXPECT_EQ(code_of(finish(*taken)), Code::conflict);
  clock_.advance_seconds(kLeaseSeconds * 100);
  EXPECT_FALSE(try_claim("late"));
  read([&](Txn& txn) {
    const std::optional<Job> stored = must(txn.schedule().find_job("morning_list", kMonday));
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->state, JobState::done);
    EXPECT_EQ(stored->result, "2 items");
    EXPECT_FALSE(must(txn.schedule().job_before("morning_list", kMonday)));
    EXPECT_EQ(must(txn.schedule().job_before("morning_list", kMonday.plus_days(3)))->day, kMonday);
  });
}

TEST_P(StoreConformance, a_behaviour_is_paused_once_and_by_somebody) {
  const auto set = [&](bool paused) {
    bool changed = false;
    must(store_->write(org_.id, [&](Txn& txn) -> Done {
      changed = must(txn.schedule().set_paused("morning_list", paused, "dana", clock_.now()));
      return {};
    }));
    return changed;
  };
  EXPECT_FALSE(set(false));
  EXPECT_TRUE(set(true));
  EXPECT_FALSE(set(true));
  read([&](Txn& txn) {
    const std::vector<BehaviourPause> pauses = must(txn.schedule().pauses());
    ASSERT_EQ(pauses.size(), 1u);
    EXPECT_TRUE(pauses.front().paused);
    EXPECT_EQ(pauses.front().by, "dana");
  });
  EXPECT_TRUE(set(false));
  EXPECT_TRUE(set(true));
}

TEST_P(StoreConformance, a_digest_is_told_once_on_each_channel_and_keeps_its_numbered_lines) {
  Digest digest;
  digest.behaviour = "morning_list";
  digest.day = kMonday;
  digest.user = owner_.id;
  digest.text = "1. Call back Ana";
  digest.items = {{1, Noun::interaction, "I-4", "Call back Ana"}};
  digest.made_at = clock_.now();
  const auto insert = [&] {
    return store_->write(org_.id, [&](Txn& txn) -> Done {
      auto stored = txn.schedule().insert(digest);
      return stored ? Done{} : Done{stored.error()};
    });
  };
  must(insert());
  EXPECT_EQ(code_of(insert()), Code::conflict);
  std::vector<Digest> waiting;
  read([&](Txn& txn) {
    waiting = must(txn.schedule().undelivered(owner_.id, "terminal", 10));
    EXPECT_TRUE(must(txn.schedule().undelivered(UserId("somebody-else"), "terminal", 10)).empty());
  });
  ASSERT_EQ(waiting.size(), 1u);
  ASSERT_EQ(waiting.front().items.size(), 1u);
  EXPECT_EQ(waiting.front().items.front().ref, "I-4");
  const auto mark = [&](std::string_view channel) {
    return store_->write(
        org_.id, [&](Txn& txn) { return txn.schedule().mark_delivered(waiting.front(), channel, clock_.now()); });
  };
  must(mark("terminal"));
  EXPECT_EQ(code_of(mark("terminal")), Code::conflict);
  read([&](Txn& txn) {
    EXPECT_TRUE(must(txn.schedule().undelivered(owner_.id, "terminal", 10)).empty());
    EXPECT_EQ(must(txn.schedule().undelivered(owner_.id, "email", 10)).size(), 1u);
  });
}

TEST_P(StoreConformance, remembers_for_which_silence_a_lead_was_named) {
  Lead lead;
  lead.title = "Leaking shower";
  lead = add(lead);
  const auto name = [&](Day on) {
    must(store_->write(org_.id, [&](Txn& txn) { return txn.schedule().set_naming({lead.id, on, kMonday}); }));
  };
  read([&](Txn& txn) { EXPECT_FALSE(must(txn.schedule().naming_of(lead.id))); });
  name(kMonday.plus_days(3));
  name(kMonday.plus_days(8));
  read([&](Txn& txn) {
    const std::optional<LeadNaming> naming = must(txn.schedule().naming_of(lead.id));
    ASSERT_TRUE(naming);
    EXPECT_EQ(naming->named_on, kMonday.plus_days(8));
    EXPECT_EQ(naming->quiet_since, kMonday);
  });
}

}  // namespace
}  // namespace deskhand::testing
