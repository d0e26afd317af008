// What is told of what waits: nothing twice, nothing lost.
#include "ports/store/telling.h"

#include <gtest/gtest.h>

namespace deskhand::testing {
namespace {

const Day kToday = *make_day(2026, 3, 6);

Digest digest(std::string behaviour, int days_ago, std::vector<std::string> refs, int minute = 450) {
  Digest made;
  made.behaviour = std::move(behaviour);
  made.day = kToday.plus_days(-days_ago);
  made.text = made.behaviour + " " + std::to_string(days_ago);
  made.made_at = Zone().to_instant({made.day, minute, 0});
  for (const std::string& ref : refs) {
    const Noun noun = ref.starts_with('L') ? Noun::lead : ref.starts_with('R') ? Noun::reminder : Noun::interaction;
    made.items.push_back({static_cast<int>(made.items.size()) + 1, noun, ref, ref});
  }
  return made;
}

Telling chosen(std::vector<Digest> waiting, std::size_t told_max = 50, std::string_view settled = "") {
  return choose_told(std::move(waiting), kToday, Zone(), told_max,
                     [&](const Digest&, const ListItem& item) { return item.ref == settled; });
}

using Names = std::vector<std::string>;
Names names(const std::vector<Digest>& digests) {
  Names all;
  for (const Digest& one : digests) all.push_back(one.behaviour + " " + std::to_string(days_between(one.day, kToday)));
  return all;
}

TEST(Telling, of_the_lists_of_what_is_due_only_the_newest_is_told) {
  const Telling telling = chosen({digest("morning_list", 2, {"I-1"}), digest("morning_list", 1, {"I-1", "I-2"}),
                                  digest("morning_list", 0, {"I-2"}), digest("follow_up_reminder", 3, {"I-1"})});
  EXPECT_EQ(names(telling.told), (Names{"morning_list 0", "follow_up_reminder 3"}));
  EXPECT_EQ(telling.superseded.size(), 2u);
}

TEST(Telling, a_list_is_not_left_out_for_a_newer_one_that_could_not_be_made) {
  const Telling telling = chosen({digest("morning_list", 2, {"I-1"}), digest("morning_list", 1, {}), digest("morning_list", 0, {})});
  EXPECT_EQ(names(telling.told), (Names{"morning_list 0", "morning_list 2"}));
}

TEST(Telling, an_earlier_list_of_quiet_leads_is_told_until_each_of_them_is_named_again_or_settled) {
  const std::vector<Digest> waiting{digest("stale_leads", 3, {"L-1", "L-2"}), digest("stale_leads", 1, {"L-1"}),
                                    digest("stale_leads", 0, {"L-3"})};
  EXPECT_EQ(names(chosen(waiting).told), (Names{"stale_leads 0", "stale_leads 1", "stale_leads 3"}));
  EXPECT_EQ(names(chosen(waiting, 50, "L-2").told), (Names{"stale_leads 0", "stale_leads 1"}));
  EXPECT_EQ(names(chosen({digest("stale_leads", 0, {"L-1"})}, 50, "L-1").told), (Names{"stale_leads 0"}))
      << "the newest is told as it is";
}

TEST(Telling, a_reminder_is_left_out_only_for_a_later_list_that_holds_it) {
  EXPECT_EQ(names(chosen({digest("reminder R-1", 1, {"R-1"}, 900), digest("reminder R-2", 1, {"R-2"}, 900),
                          digest("morning_list", 0, {"R-1"})})
                      .told),
            (Names{"morning_list 0", "reminder R-2 1"}));
  EXPECT_EQ(names(chosen({digest("morning_list", 0, {"R-1"}), digest("reminder R-1", 0, {"R-1"}, 900)}).told),
            (Names{"morning_list 0", "reminder R-1 0"}))
      << "told this morning that it would be at three";
}

TEST(Telling, what_nothing_repeats_is_told_however_late) {
  EXPECT_EQ(chosen({digest("win_loss_summary", 40, {}), digest("win_loss_summary", 5, {}), digest("pipeline_summary", 11, {}),
                    digest("pipeline_summary", 4, {}), digest("sequence_steps", 2, {"L-1"}), digest("sequence_steps", 1, {"L-1"}),
                    digest("mail", 3, {}), digest("mail", 2, {})})
                .told.size(),
            8u);
}

TEST(Telling, the_newest_day_comes_first_and_is_numbered_as_in_its_mail) {
  const std::vector<Digest> today{digest("stale_leads", 0, {"L-1"}, 450), digest("morning_list", 0, {"I-4"}, 451)};
  std::vector<Digest> unread{digest("sequence_steps", 1, {"L-9"}), digest("morning_list", 1, {"I-3"})};
  unread.insert(unread.end(), today.begin(), today.end());
  const NumberedDigests mail = number_through(chosen(today).told), chat = number_through(chosen(unread).told);
  ASSERT_EQ(mail.items.size(), 2u);
  ASSERT_EQ(chat.items.size(), 3u);
  for (std::size_t index = 0; index < mail.items.size(); ++index) EXPECT_EQ(chat.items[index].ref, mail.items[index].ref);
  EXPECT_EQ(chat.text, "stale_leads 0\n\nmorning_list 0\n\nFrom Thu Mar 5:\nsequence_steps 1");
}

TEST(Telling, what_is_too_much_at_once_waits_and_the_newest_is_told_first) {
  std::vector<Digest> waiting;
  for (int day = 0; day < 9; ++day) {
    waiting.push_back(digest("mail", day, {}));
    waiting.push_back(digest("morning_list", day, {"I-1"}));
  }
  const Telling telling = chosen(std::move(waiting), 4);
  EXPECT_EQ(names(telling.told), (Names{"mail 0", "morning_list 0", "mail 1", "mail 2"}));
  EXPECT_EQ(telling.superseded.size(), 8u);
}

}  // namespace
}  // namespace deskhand::testing
