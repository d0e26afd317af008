// log_interaction, follow-ups, reminders and the two lists of people.
#include "tests/unit/tools/office.h"

namespace deskhand::tools::testing {
namespace {

using ::testing::Test;
class LogInteraction : public Office {};
class FollowUps : public Office {};
class Reminders : public Office {};
class LastTouch : public Office {};
class NewestCustomers : public Office {};

bool holds_words(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_F(LogInteraction, stores_the_call_with_its_follow_up_pending_and_says_both) {
  const Contact contact = ana();
  const Lead shower = lead(contact, "Leaking shower");
  const auto result = done("log_interaction", {{"contact", "Ana Ruiz"},
                                               {"type", "phone_call"},
                                               {"body", "Wants a quote by Friday"},
                                               {"outcome", "spoke"},
                                               {"follow_up_date", "2026-03-06"},
                                               {"follow_up_topic", "the quote"}});
  const auto entries = history(contact);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].type, InteractionType::phone_call);
  EXPECT_EQ(entries[0].lead, shower.id) << "a person's only open lead is what a call is about";
  EXPECT_EQ(entries[0].follow_up_status, FollowUpStatus::pending);
  EXPECT_EQ(to_iso(*entries[0].follow_up), "2026-03-06");
  EXPECT_TRUE(holds_words(result.text, "Ana Ruiz") && holds_words(result.text, "Fri Mar 6") && holds_words(result.text, "the quote"))
      << result.text;
  EXPECT_EQ(to_iso(*fresh(contact).next_follow_up), "2026-03-06");
  EXPECT_TRUE(fresh(shower).contacted);
}

TEST_F(LogInteraction, leaves_the_lead_open_when_two_are) {
  const Contact contact = ana();
  lead(contact, "Leaking shower");
  lead(contact, "New boiler");
  done("log_interaction", {{"contact", "Ana Ruiz"}, {"type", "phone_call"}, {"body", "Called about something"}});
  EXPECT_TRUE(history(contact)[0].lead.empty());
}

TEST_F(LogInteraction, asks_how_it_went_when_nothing_was_said) {
  ana();
  const auto result = call("log_interaction", {{"contact", "Ana Ruiz"}, {"type", "phone_call"}});
  EXPECT_FALSE(result.ok);
  EXPECT_EQ(result.code, Code::invalid_argument);
  EXPECT_TRUE(holds_words(result.error, "How did it go")) << result.error;
}

TEST_F(LogInteraction, takes_an_outcome_alone_for_an_answer) {
  ana();
  done("log_interaction", {{"contact", "Ana Ruiz"}, {"type", "phone_call"}, {"outcome", "left_voicemail"}});
}

TEST_F(LogInteraction, refuses_a_follow_up_in_the_past_a_call_in_the_future_and_a_line_of_the_program) {
  ana();
  const Json base{{"contact", "Ana Ruiz"}, {"type", "phone_call"}, {"body", "x"}};
  Json past = base, future = base, faked = base;
  past["follow_up_date"] = "2026-03-01";
  future["date"] = "2026-03-03";
  faked["type"] = "system";
  for (const Json& arguments : {past, future, faked})
    EXPECT_EQ(call("log_interaction", arguments).code, Code::invalid_argument);
}

TEST_F(LogInteraction, refuses_a_lead_of_somebody_else) {
  ana();
  const Contact bob = person("Bob", "Stone", "+15125550143");
  lead(bob, "Fence");
  const auto result =
      call("log_interaction", {{"contact", "Ana Ruiz"}, {"lead", "L-1"}, {"type", "note"}, {"body", "x"}});
  EXPECT_EQ(result.code, Code::invalid_argument);
  EXPECT_TRUE(holds_words(result.error, "L-1")) << result.error;
}

TEST_F(LogInteraction, can_be_taken_back_by_undo) {
  ana();
  EXPECT_FALSE(done("log_interaction", {{"contact", "Ana Ruiz"}, {"type", "note"}, {"body", "x"}}).undo_ref.empty());
}

TEST_F(LogInteraction, stands_at_noon_of_an_earlier_day_of_the_business) {
  const Contact contact = ana();
  done("log_interaction", {{"contact", "Ana Ruiz"}, {"type", "phone_call"}, {"body", "x"}, {"date", "2026-02-27"}});
  EXPECT_EQ(to_rfc3339(history(contact)[0].at), "2026-02-27T18:00:00Z");
}

TEST_F(LogInteraction, asks_whether_a_due_follow_up_is_done_with_it) {
  ana();
  done("set_follow_up", {{"contact", "Ana Ruiz"}, {"date", "2026-03-02"}, {"topic", "the quote"}});
  const auto result = done("log_interaction", {{"contact", "Ana Ruiz"}, {"type", "phone_call"}, {"body", "told her"}});
  EXPECT_TRUE(holds_words(result.offer, "I-1")) << result.offer;
}

TEST_F(FollowUps, are_set_moved_completed_and_cancelled_and_the_contact_knows_the_next) {
  const Contact contact = ana();
  done("set_follow_up", {{"contact", "Ana Ruiz"}, {"date", "2026-03-05"}, {"topic", "the quote"}});
  done("set_follow_up", {{"contact", "Ana Ruiz"}, {"date", "2026-03-09"}, {"topic", "the boiler"}});
  EXPECT_EQ(to_iso(*fresh(contact).next_follow_up), "2026-03-05");
  done("set_follow_up", {{"follow_up", "I-1"}, {"date", "2026-03-12"}});
  EXPECT_EQ(to_iso(*fresh(contact).next_follow_up), "2026-03-09");
  done("complete_follow_up", {{"follow_up", "I-2"}});
  EXPECT_EQ(to_iso(*fresh(contact).next_follow_up), "2026-03-12");
  EXPECT_EQ(call("complete_follow_up", {{"follow_up", "I-2"}}).code, Code::conflict);
  done("cancel_follow_up", {{"follow_up", "Ana Ruiz"}});
  EXPECT_FALSE(fresh(contact).next_follow_up);
  EXPECT_TRUE(holds_words(done("list_follow_ups", {{"when", "all"}}).text, "Nothing is"));
}

TEST_F(FollowUps, are_listed_by_when_they_are_due_with_numbers_to_answer) {
  ana();
  person("Bob", "Stone", "+15125550143");
  done("set_follow_up", {{"contact", "Ana Ruiz"}, {"date", "2026-03-02"}, {"topic", "today's"}});
  done("set_follow_up", {{"contact", "Bob Stone"}, {"date", "2026-03-05"}, {"topic", "thursday's"}});
  days_later(1);
  const auto due = done("list_follow_ups");
  EXPECT_TRUE(holds_words(due.text, "1 day overdue") && !holds_words(due.text, "thursday")) << due.text;
  ASSERT_EQ(due.list.size(), 1u);
  EXPECT_EQ(due.list[0].ref, "I-1");
  EXPECT_TRUE(holds_words(done("list_follow_ups", {{"when", "upcoming"}}).text, "thursday's"));
  EXPECT_TRUE(holds_words(done("list_follow_ups", {{"when", "all"}, {"contact", "Bob Stone"}}).text, "thursday's"));
  EXPECT_TRUE(holds_words(done("list_follow_ups", {{"when", "today"}}).text, "Nothing is due today"));
}

TEST_F(FollowUps, of_a_reminder_are_completed_and_moved_alike) {
  ana();
  done("set_reminder", {{"contact", "Ana Ruiz"}, {"date", "2026-03-02"}});
  done("set_follow_up", {{"follow_up", "R-1"}, {"date", "2026-03-04"}});
  const auto result = done("complete_follow_up", {{"follow_up", "R-1"}});
  EXPECT_TRUE(holds_words(result.text, "R-1")) << result.text;
  EXPECT_EQ(call("cancel_reminder", {{"reminder", "R-1"}}).code, Code::conflict);
}

TEST_F(Reminders, count_days_and_months_from_the_business_day) {
  ana();
  const auto days = done("set_reminder", {{"contact", "Ana Ruiz"}, {"in_days", 90}});
  EXPECT_EQ((*days.data)["due"], "2026-05-31");
  EXPECT_TRUE(holds_words(days.text, "Check back with Ana Ruiz")) << days.text;
  EXPECT_EQ((*done("set_reminder", {{"contact", "Ana Ruiz"}, {"in_months", 6}}).data)["due"], "2026-09-02");
  EXPECT_EQ(call("set_reminder", {{"contact", "Ana Ruiz"}}).code, Code::invalid_argument);
  EXPECT_EQ(call("set_reminder", {{"contact", "Ana Ruiz"}, {"in_days", 1}, {"in_months", 1}}).code,
            Code::invalid_argument);
  EXPECT_EQ(call("set_reminder", {{"date", "2026-03-03"}}).code, Code::invalid_argument);
  done("set_reminder", {{"date", "2026-03-03"}, {"text", "Order pipe"}});
  done("cancel_reminder", {{"reminder", "R-1"}});
}

TEST_F(LastTouch, tells_the_day_the_summary_and_how_long_ago) {
  const Contact contact = ana();
  logged(contact, {}, "Will decide on Friday");
  days_later(2);
  logged(contact, {}, "left the key under the mat", Outcome::none, InteractionType::note);
  days_later(3);
  const auto result = done("last_touch", {{"contact", "Ana Ruiz"}});
  EXPECT_TRUE(holds_words(result.text, "Mon Mar 2, 2026 (5 days ago)") && holds_words(result.text, "Will decide on Friday"))
      << result.text;
  EXPECT_TRUE(holds_words(result.text, "key under the mat")) << result.text;
  EXPECT_EQ((*result.data)["last"]["days_ago"], 5);
}

TEST_F(LastTouch, says_so_when_nothing_is_logged) {
  ana();
  EXPECT_TRUE(holds_words(done("last_touch", {{"contact", "Ana Ruiz"}}).text, "Nothing is logged"));
}

TEST_F(NewestCustomers, are_those_of_the_lifecycle_by_the_latest_change) {
  EXPECT_TRUE(holds_words(done("newest_customers").text, "no customers yet"));
  Contact first = ana(), second = person("Bob", "Stone", "+15125550143");
  person("Cy", "Prospect", "+15125550144");
  for (Contact* contact : {&first, &second}) {
    days_later(1);
    contact->lifecycle = Lifecycle::customer;
    write([&](Txn& txn) -> Done {
      auto stored = txn.contacts().update(*contact);
      return stored ? Done{} : Done{stored.error()};
    });
  }
  const auto result = done("newest_customers");
  ASSERT_EQ(result.list.size(), 2u);
  EXPECT_EQ(result.list[0].label.substr(0, 9), "Bob Stone");
  EXPECT_FALSE(holds_words(result.text, "Cy Prospect"));
}

}  // namespace
}  // namespace deskhand::tools::testing
