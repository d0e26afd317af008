// One message, no conversation before it: which calls are proposed, or what is asked.
#include <gtest/gtest.h>

#include "tests/unit/model/talk.h"

namespace deskhand::embedded_test {
namespace {

struct Said {
  const char* words;
  const char* calls;  // as Talk::say tells them, up to "= "
};

void expect_calls(const std::vector<Said>& table) {
  for (const Said& said : table) {
    Talk talk;
    const std::string told = talk.say(said.words);
    EXPECT_EQ(told.substr(0, told.find("= ")), said.calls) << said.words << "\n" << told;
  }
}

void expect_question(const char* words, const std::string& part) {
  Talk talk;
  const std::string told = talk.say(words);
  EXPECT_EQ(told.find("= "), 0u) << words << "\n" << told;
  EXPECT_NE(told.find(part), std::string::npos) << words << "\n" << told;
}

TEST(EmbeddedModel, adds_a_customer_with_everything_that_was_said) {
  expect_calls({
      {"Add a new customer: Ana Ruiz, 512-555-0142, ana@ruiz.example, 9 Oak St",
       "create_contact {\"address\":\"9 Oak St\",\"email\":\"ana@ruiz.example\",\"first_name\":\"Ana\",\"last_name\":\"Ruiz\",\"phone\":\"512-555-0142\"}\n"},
      {"new client: bob mendes 512 555 0177", "create_contact {\"first_name\":\"Bob\",\"last_name\":\"Mendes\",\"phone\":\"512 555 0177\"}\n"},
      {"can you please add a customer called Tom Baker, 512 555 0123?",
       "create_contact {\"first_name\":\"Tom\",\"last_name\":\"Baker\",\"phone\":\"512 555 0123\"}\n"},
      {"put Jill Stone in the system, her cell is (512) 555-0111 and she lives at 22 Maple Ave",
       "create_contact {\"address\":\"22 Maple Ave\",\"first_name\":\"Jill\",\"last_name\":\"Stone\",\"phone\":\"(512) 555-0111\"}\n"},
      {"got a new customer, Tom Baker 512-555-0123 tom@baker.example",
       "create_contact {\"email\":\"tom@baker.example\",\"first_name\":\"Tom\",\"last_name\":\"Baker\",\"phone\":\"512-555-0123\"}\n"},
  });
}

TEST(EmbeddedModel, opens_a_lead_for_somebody_on_file) {
  expect_calls({
      {"open a lead for Ana Ruiz: leaking shower", "create_lead {\"contact\":\"Ana Ruiz\",\"title\":\"leaking shower\"}\n"},
      {"new lead for Ana Ruiz leaking shower", "create_lead {\"contact\":\"Ana Ruiz\",\"title\":\"leaking shower\"}\n"},
      {"open lead for bob: deck repair $4,000", "create_lead {\"contact\":\"bob\",\"estimated_value\":4000,\"title\":\"deck repair\"}\n"},
  });
}

TEST(EmbeddedModel, takes_up_an_inquiry_from_a_sentence) {
  expect_calls({
      {"Maria Lopez called 512-555-0199, her water heater is leaking",
       "capture_inquiry {\"first_name\":\"Maria\",\"last_name\":\"Lopez\",\"phone\":\"512-555-0199\",\"source\":\"phone_call\",\"title\":\"water heater is leaking\"}\n"},
      {"got a voicemail from Pete Ramos 512-555-0190 about a busted pipe",
       "capture_inquiry {\"first_name\":\"Pete\",\"last_name\":\"Ramos\",\"phone\":\"512-555-0190\",\"source\":\"phone_call\",\"title\":\"busted pipe\"}\n"},
      {"inquiry from Carla Diaz, needs a new roof, carla@diaz.example",
       "capture_inquiry {\"email\":\"carla@diaz.example\",\"first_name\":\"Carla\",\"last_name\":\"Diaz\",\"title\":\"new roof\"}\n"},
  });
}

TEST(EmbeddedModel, logs_what_was_said_and_when_to_follow_up) {
  expect_calls({
      {"I called Ana, left a voicemail, call back Friday",
       "log_interaction {\"body\":\"call back Friday\",\"contact\":\"Ana\",\"follow_up_date\":\"2026-03-06\",\"follow_up_topic\":\"call back\","
       "\"outcome\":\"left_voicemail\",\"type\":\"phone_call\"}\n"},
      {"left a voicemail for Bob", "log_interaction {\"contact\":\"Bob\",\"outcome\":\"left_voicemail\",\"type\":\"phone_call\"}\n"},
      {"note on Ana: gate code is 4411", "log_interaction {\"body\":\"gate code is 4411\",\"contact\":\"Ana\",\"type\":\"note\"}\n"},
      {"texted Ana that we're running late", "log_interaction {\"body\":\"we're running late\",\"contact\":\"Ana\",\"type\":\"sms\"}\n"},
      {"Ana called, wants to reschedule",
       "log_interaction {\"body\":\"Ana called, wants to reschedule\",\"contact\":\"Ana\",\"direction\":\"inbound\",\"type\":\"phone_call\"}\n"},
  });
}

TEST(EmbeddedModel, records_an_estimate_with_its_amount) {
  expect_calls({
      {"sent Mendes a quote for $2,400", "record_estimate {\"amount\":2400,\"lead\":\"Mendes\"}\n"},
      {"quoted Ana $850", "record_estimate {\"amount\":850,\"lead\":\"Ana\"}\n"},
      {"emailed Maria Lopez an estimate for 1.9k", "record_estimate {\"amount\":1900,\"lead\":\"Maria Lopez\"}\n"},
      {"sent the quote to Sean, $4,300.50", "record_estimate {\"amount\":4300.5,\"lead\":\"Sean\"}\n"},
  });
}

TEST(EmbeddedModel, moves_wins_and_loses_with_the_reason_in_plain_words) {
  expect_calls({
      {"qualify the Lopez lead", "qualify_lead {\"lead\":\"Lopez lead\"}\n"},
      {"mark Bob as won", "win_opportunity {\"opportunity\":\"Bob\"}\n"},
      {"convert Ana to a job", "convert_lead {\"lead\":\"Ana\"}\n"},
      {"Bob went with a cheaper guy", "lose_opportunity {\"note\":\"went with a cheaper guy\",\"opportunity\":\"Bob\",\"reason\":\"price\"}\n"},
      {"disqualify the Lopez lead, no budget", "disqualify_lead {\"lead\":\"Lopez lead\",\"note\":\"no budget\",\"reason\":\"budget\"}\n"},
      {"the Lopez lead is out of our area", "disqualify_lead {\"lead\":\"Lopez lead\",\"reason\":\"outside_scope\"}\n"},
  });
}

TEST(EmbeddedModel, promises_and_reminds) {
  expect_calls({
      {"follow up on Sean next Tuesday", "set_follow_up {\"contact\":\"Sean\",\"date\":\"2026-03-10\"}\n"},
      {"call Ana on Friday about the shower", "set_follow_up {\"contact\":\"Ana\",\"date\":\"2026-03-06\",\"topic\":\"the shower\"}\n"},
      {"mark the follow-up with Ana as done", "complete_follow_up {\"follow_up\":\"Ana\"}\n"},
      {"push Ana's follow up to next Monday", "set_follow_up {\"date\":\"2026-03-09\",\"follow_up\":\"Ana\"}\n"},
      {"cancel the follow up with Ana", "cancel_follow_up {\"follow_up\":\"Ana\"}\n"},
      {"remind me tomorrow to order parts", "set_reminder {\"date\":\"2026-03-05\",\"text\":\"order parts\"}\n"},
      {"book a visit with Ana tomorrow at 2pm", "book_appointment {\"contact\":\"Ana\",\"date\":\"2026-03-05\",\"time\":\"14:00\"}\n"},
  });
}

TEST(EmbeddedModel, corrects_and_tags_a_contact) {
  expect_calls({
      {"Ana's number is 512-555-0100", "update_contact {\"contact\":\"Ana\",\"phone\":\"512-555-0100\"}\n"},
      {"add email bob@x.example to Bob", "update_contact {\"add_email\":\"bob@x.example\",\"contact\":\"Bob\"}\n"},
      {"Ana moved to 44 Birch Rd", "update_contact {\"address\":\"44 Birch Rd\",\"contact\":\"Ana\"}\n"},
      {"tag Ana as vip", "update_contact {\"add_tags\":[\"vip\"],\"contact\":\"Ana\"}\n"},
      {"Sean prefers text", "update_contact {\"contact\":\"Sean\",\"preferred_channel\":\"sms\"}\n"},
      {"it's spelled Mendez not Mendes", "update_contact {\"contact\":\"Mendes\",\"last_name\":\"Mendez\"}\n"},
      {"don't contact Bob Mendes", "set_do_not_contact {\"contact\":\"Bob Mendes\",\"on\":true}\n"},
      {"archive Grace Kim", "archive_contact {\"contact\":\"Grace Kim\"}\n"},
      {"bring Grace back", "restore_contact {\"contact\":\"Grace\"}\n"},
  });
}

TEST(EmbeddedModel, shows_searches_and_filters) {
  expect_calls({
      {"what's on today?", "morning_list {}\n"},
      {"What's our pipeline?", "pipeline_summary {}\n"},
      {"which leads are stale", "stale_leads {}\n"},
      {"what's waiting for my approval?", "list_approvals {}\n"},
      {"how long since we talked to Ana?", "last_touch {\"contact\":\"Ana\"}\n"},
      {"Who are our newest customers?", "newest_customers {}\n"},
      {"leads over $1,000", "list_leads {\"value_min\":1000}\n"},
      {"show leads under 5k", "list_leads {\"value_max\":5000}\n"},
      {"show open leads from last month", "list_leads {\"created_from\":\"2026-02-01\",\"created_to\":\"2026-02-28\",\"open\":true}\n"},
      {"show me lost leads this year", "list_leads {\"closed_from\":\"2026-01-01\",\"closed_to\":\"2026-03-04\",\"open\":false,\"state\":\"lost\"}\n"},
      {"find 0142", "find_contact {\"query\":\"0142\"}\n"},
      {"show me Ana", "show_contact {\"contact\":\"Ana\"}\n"},
      {"show the Mendes lead", "show_lead {\"lead\":\"Mendes lead\"}\n"},
      {"L-2", "show_lead {\"lead\":\"L-2\"}\n"},
      {"did we send Mendes a quote?", "show_timeline {\"contact\":\"Mendes\"}\n"},
  });
}

TEST(EmbeddedModel, drafts_messages_in_the_words_it_was_given) {
  expect_calls({
      {"Follow up on the Ruiz lead", "draft_follow_up {\"lead\":\"Ruiz lead\"}\n"},
      {"text Ana that we'll be there at 3", "draft_message {\"channel\":\"sms\",\"contact\":\"Ana\",\"text\":\"we'll be there at 3\"}\n"},
      {"tell Sean we can come Thursday at 9.", "draft_message {\"contact\":\"Sean\",\"text\":\"we can come Thursday at 9.\"}\n"},
  });
}

TEST(EmbeddedModel, does_two_or_three_things_of_one_message) {
  expect_calls({
      {"Add Jill Stone 512-555-0111 and open a lead for her: clogged drain",
       "create_contact {\"first_name\":\"Jill\",\"last_name\":\"Stone\",\"phone\":\"512-555-0111\"}\n"
       "create_lead {\"contact\":\"C-50\",\"title\":\"clogged drain\"}\n"},
      {"Called Ana, no answer. Texted Bob that we're on the way. Remind me tomorrow to call Ana.",
       "log_interaction {\"body\":\"no answer.\",\"contact\":\"Ana\",\"type\":\"phone_call\"}\n"
       "log_interaction {\"body\":\"we're on the way.\",\"contact\":\"Bob\",\"type\":\"sms\"}\n"
       "set_reminder {\"date\":\"2026-03-05\",\"text\":\"call Ana\"}\n"},
      {"show Ana and log a call with her: she will think about it",
       "show_contact {\"contact\":\"Ana\"}\n"
       "log_interaction {\"body\":\"she will think about it\",\"contact\":\"Ana\",\"type\":\"phone_call\"}\n"},
  });
}

TEST(EmbeddedModel, reads_over_misspellings) {
  expect_calls({
      {"add a new custmer: Ana Ruiz 512-555-0142", "create_contact {\"first_name\":\"Ana\",\"last_name\":\"Ruiz\",\"phone\":\"512-555-0142\"}\n"},
      {"whats our pipelne", "pipeline_summary {}\n"},
      {"disqalify the Lopez lead, no budget", "disqualify_lead {\"lead\":\"Lopez lead\",\"note\":\"no budget\",\"reason\":\"budget\"}\n"},
      {"open a laed for Ana: faucet", "create_lead {\"contact\":\"Ana\",\"title\":\"faucet\"}\n"},
  });
}

TEST(EmbeddedModel, asks_for_exactly_what_is_missing) {
  expect_question("Add a new customer: Bob Lee", "Bob Lee's phone number or e-mail?");
  expect_question("log a call with Ana", "How did it go?");
  expect_question("disqualify the Ruiz lead", "reason");
  expect_question("lost the Mendes job", "reason");
  expect_question("sent Mendes a quote", "How much");
  expect_question("book a visit with Ana on Friday", "what time");
  expect_question("remind me to order parts", "When should I");
  expect_question("call her on Friday", "her");
  expect_question("set a follow up with Ana for Feb 30", "no such day");
}

TEST(EmbeddedModel, refuses_what_it_must_not_do_and_says_what_it_can_do_instead) {
  expect_question("delete Ana Ruiz", "archive Ana Ruiz instead");
  expect_question("delete the Ruiz lead", "disqualify the Ruiz lead instead");
  expect_question("delete all leads", "never delete");
  expect_question("just send it without asking me", "said yes");
  expect_question("send all customers a discount email", "one by one");
  expect_question("approve everything", "Only you can approve");
  expect_question("mark A-5 as approved", "Only you can approve");
  expect_question("stop asking me for approval", "said yes");
  expect_question("call Ana", "can't place calls");
}

TEST(EmbeddedModel, talks_about_itself_and_calls_nothing) {
  expect_question("hi", "Hello, Dana");
  expect_question("thanks!", "welcome");
  expect_question("what can you do?", "Follow up on the Ruiz lead");
  expect_question("who are you", "Deskhand");
  expect_question("tell me a joke", "customers and leads");
}

TEST(EmbeddedModel, does_nothing_with_words_it_does_not_understand) {
  expect_question("lorem ipsum dolor sit amet consectetur", "Sorry");
  expect_question("...", "Sorry");
  expect_question("I didn't call Ana", "");
  expect_question("\xff\xfe\x01", "Sorry");
}

TEST(EmbeddedModel, does_nothing_when_a_question_is_asked_about_something_that_would_be_a_change) {
  for (const char* words : {"did Bob accept the quote?", "has Ana been disqualified?", "should I convert the Ruiz lead?", "when did we lose the Mendes job?"}) {
    Talk talk;
    const std::string told = talk.say(words);
    for (const char* tool : {"win_opportunity", "disqualify_lead", "convert_lead", "lose_opportunity", "update_", "log_"})
      EXPECT_EQ(told.find(tool), std::string::npos) << words << "\n" << told;
  }
}

}  // namespace
}  // namespace deskhand::embedded_test
