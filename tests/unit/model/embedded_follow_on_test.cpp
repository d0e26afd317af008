// What is said behind something done or shown: corrections, the same for somebody else, answers to the lines of a list.
#include <gtest/gtest.h>

#include "tests/unit/model/talk.h"

namespace deskhand::embedded_test {
namespace {

Scripted made_with(std::string data) {
  Scripted scripted;
  scripted.data = std::move(data);
  return scripted;
}

std::string calls_in(const std::string& told) { return told.substr(0, told.find("= ")); }

TEST(EmbeddedFollowOn, puts_the_number_right_that_was_given_just_before) {
  Talk talk;
  talk.will("create_contact", made_with(R"({"ref":"C-7","name":"Walter Boone"})"));
  talk.say("Add customer Walter Boone, 512-555-0118, 2207 Manor Rd");
  EXPECT_EQ(calls_in(talk.say("sorry wrong number, it's 512-555-0119")), "update_contact {\"contact\":\"C-7\",\"phone\":\"512-555-0119\"}\n");
}

TEST(EmbeddedFollowOn, moves_the_follow_up_that_was_set_just_before) {
  Talk talk;
  talk.will("set_follow_up", made_with(R"({"ref":"I-4","contact_id":"C-7","follow_up_date":"2026-03-06","follow_up_status":"pending"})"));
  talk.say("follow up with Ana Ruiz on Friday");
  EXPECT_EQ(calls_in(talk.say("make that Monday instead")), "set_follow_up {\"date\":\"2026-03-09\",\"follow_up\":\"I-4\"}\n");
}

TEST(EmbeddedFollowOn, does_the_same_for_somebody_else) {
  Talk talk;
  talk.say("tag Ana Ruiz vip");
  EXPECT_EQ(calls_in(talk.say("same for Bob Lee")), "update_contact {\"add_tags\":[\"vip\"],\"contact\":\"Bob Lee\"}\n");
}

TEST(EmbeddedFollowOn, repeats_one_request_for_all_that_are_named) {
  Talk talk;
  EXPECT_EQ(calls_in(talk.say("follow up on the Ruiz lead and on the Mendes lead")),
            "draft_follow_up {\"lead\":\"Ruiz lead\"}\ndraft_follow_up {\"lead\":\"Mendes lead\"}\n");
}

TEST(EmbeddedFollowOn, means_by_her_the_one_person_the_message_named_before) {
  Talk talk;
  EXPECT_EQ(calls_in(talk.say("Alice Lang closed her business, archive her")), "archive_contact {\"contact\":\"Alice Lang\"}\n");
}

TEST(EmbeddedFollowOn, asks_whom_her_means_when_the_message_named_two) {
  Talk talk;
  const std::string told = talk.say("Alice Lang talked about Bea Novak, archive her");
  EXPECT_EQ(told.find("archive_contact"), std::string::npos) << told;
}

TEST(EmbeddedFollowOn, answers_the_lines_of_a_list_by_their_numbers) {
  Talk talk;
  Scripted list = made_with(R"({"count":3})");
  list.list = {{Noun::lead, "L-1", "Leaking shower - Ana Ruiz"}, {Noun::lead, "L-2", "Water heater - Bob Lee"}, {Noun::lead, "L-3", "Drain - Tom Ott"}};
  talk.will("stale_leads", list);
  talk.say("which leads have gone cold");
  EXPECT_EQ(calls_in(talk.say("1 and 3 yes, 2 later Friday")),
            "draft_follow_up {\"lead\":\"L-1\"}\ndraft_follow_up {\"lead\":\"L-3\"}\nset_follow_up {\"date\":\"2026-03-06\",\"lead\":\"L-2\"}\n");
}

TEST(EmbeddedFollowOn, takes_up_what_was_left_when_it_is_wanted_after_all) {
  Talk talk;
  talk.say("please disqualify the lip filler lead");
  EXPECT_EQ(calls_in(talk.say("actually hold on, leave it as it is")), "");
  const std::string told = talk.say("hmm no, disqualify it after all, it's too expensive for her");
  EXPECT_NE(told.find("disqualify_lead {\"lead\":\"lip filler lead\""), std::string::npos) << told;
  EXPECT_NE(told.find("\"reason\":\"budget\""), std::string::npos) << told;
}

TEST(EmbeddedFollowOn, reads_who_asks_for_what_however_the_inquiry_is_reported) {
  const std::pair<const char*, const char*> kReports[] = {
      {"guy called, Ron Pickett 512-555-0126, water heater is leaking all over the garage", "\"title\":\"water heater is leaking all over the garage\""},
      {"new lead, Dana's sister Ron Pickett, 512-555-0126, wants a tankless install", "\"title\":\"tankless install\""},
      {"New lead from our Facebook ad: Ron Pickett, 512-555-0126, needs a website redesign", "\"title\":\"website redesign\""}};
  for (const auto& [said, title] : kReports) {
    Talk talk;
    const std::string told = talk.say(said);
    EXPECT_NE(told.find("capture_inquiry"), std::string::npos) << told;
    EXPECT_NE(told.find("\"first_name\":\"Ron\",\"last_name\":\"Pickett\""), std::string::npos) << told;
    EXPECT_NE(told.find(title), std::string::npos) << told;
  }
}

TEST(EmbeddedFollowOn, takes_facts_of_a_new_person_up_again_after_something_else) {
  Talk talk;
  talk.say("add new customer Lena Fox");
  talk.say("hang on, what's our pipeline look like right now");
  const std::string told = talk.say("ok back to lena, her number is 512-555-0124");
  EXPECT_EQ(calls_in(told), "create_contact {\"first_name\":\"Lena\",\"last_name\":\"Fox\",\"phone\":\"512-555-0124\"}\n");
}

}  // namespace
}  // namespace deskhand::embedded_test
