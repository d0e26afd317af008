// Conversations: questions answered in any order, other business in between, changes of mind, pronouns, lists.
#include <gtest/gtest.h>

#include "base/json.h"
#include "tests/unit/model/talk.h"

namespace deskhand::embedded_test {
namespace {

std::string calls_of(const std::string& told) { return told.substr(0, told.find("= ")); }

Scripted made(const char* data) {
  Scripted scripted;
  scripted.data = data;
  return scripted;
}

Scripted failed(const char* code, const char* text, std::vector<Choice> list = {}) {
  Scripted scripted;
  scripted.ok = false;
  scripted.code = code;
  scripted.text = text;
  scripted.list = std::move(list);
  return scripted;
}

const std::vector<Choice> kMarias{{Noun::contact, "C-3", "Maria Lopez, (512) 555-0199"}, {Noun::contact, "C-4", "Maria Garcia, (512) 555-0188"}};

TEST(EmbeddedDialogue, goes_on_with_a_request_when_the_missing_facts_come_in_any_order) {
  Talk talk;
  talk.say("Add a new customer");
  talk.say("512-555-0142");
  talk.say("what's on today?");
  EXPECT_EQ(calls_of(talk.say("Ana Ruiz")), "create_contact {\"first_name\":\"Ana\",\"last_name\":\"Ruiz\",\"phone\":\"512-555-0142\"}\n");
}

TEST(EmbeddedDialogue, drops_a_request_when_told_never_mind) {
  Talk talk;
  talk.say("Add a new customer");
  EXPECT_EQ(calls_of(talk.say("never mind")), "");
  EXPECT_EQ(calls_of(talk.say("Ana Ruiz, 512-555-0142")).find("create_contact"), std::string::npos);
}

TEST(EmbeddedDialogue, takes_a_change_of_mind) {
  Talk talk;
  talk.say("Add a new customer: Bob Lee");
  EXPECT_EQ(calls_of(talk.say("actually make it Rob Lee, 512-555-0101")), "create_contact {\"first_name\":\"Rob\",\"last_name\":\"Lee\",\"phone\":\"512-555-0101\"}\n");
}

TEST(EmbeddedDialogue, takes_no_for_an_answer_where_a_fact_may_be_missing) {
  Talk talk;
  talk.say("Add a new customer: Bob Lee");
  EXPECT_EQ(calls_of(talk.say("don't have it")), "create_contact {\"first_name\":\"Bob\",\"last_name\":\"Lee\"}\n");
}

TEST(EmbeddedDialogue, asks_which_of_several_and_then_continues) {
  Talk talk;
  talk.will("set_follow_up", failed("ambiguous", "\"Maria\" could be C-3 Maria Lopez; C-4 Maria Garcia. Which one?", kMarias));
  const std::string asked = talk.say("call Maria back tomorrow");
  EXPECT_NE(asked.find("Which Maria"), std::string::npos);
  EXPECT_NE(asked.find("2. Maria Garcia"), std::string::npos);
  Talk by_name = talk, by_ref = talk, by_place = talk, by_last = talk;
  const std::string chosen = "set_follow_up {\"contact\":\"C-4\",\"date\":\"2026-03-05\"}\n";
  EXPECT_EQ(calls_of(talk.say("2")), chosen);
  EXPECT_EQ(calls_of(by_name.say("Garcia")), chosen);
  EXPECT_EQ(calls_of(by_ref.say("C-4")), chosen);
  EXPECT_EQ(calls_of(by_place.say("the second one")), chosen);
  EXPECT_EQ(calls_of(by_last.say("the last one")), chosen);
}

TEST(EmbeddedDialogue, asks_again_when_the_choice_is_not_understood) {
  Talk talk;
  talk.will("log_interaction", failed("ambiguous", "\"Maria\" could be ...", kMarias));
  talk.say("note on Maria: gate code 4411");
  const std::string again = talk.say("hmm");
  EXPECT_EQ(calls_of(again), "");
  EXPECT_NE(again.find("1. Maria Lopez"), std::string::npos);
}

TEST(EmbeddedDialogue, knows_whom_a_pronoun_means_from_what_was_just_shown) {
  Talk talk;
  talk.will("show_contact", made(R"({"ref":"C-1","name":"Ana Ruiz"})"));
  talk.say("show Ana Ruiz");
  EXPECT_EQ(calls_of(talk.say("log a call with her: wants a quote")),
            "log_interaction {\"body\":\"wants a quote\",\"contact\":\"C-1\",\"type\":\"phone_call\"}\n");
  EXPECT_EQ(calls_of(talk.say("open a lead: leaking tap")), "create_lead {\"contact\":\"C-1\",\"title\":\"leaking tap\"}\n");
}

TEST(EmbeddedDialogue, asks_whom_a_pronoun_means_when_two_were_spoken_of) {
  Talk talk;
  talk.will("show_contact", made(R"({"ref":"C-1","name":"Ana Ruiz"})"));
  talk.will("show_contact", made(R"({"ref":"C-2","name":"Bob Mendes"})"));
  talk.say("show Ana Ruiz and show Bob Mendes");
  const std::string told = talk.say("archive them");
  EXPECT_EQ(calls_of(told), "");
  EXPECT_NE(told.find("Bob Mendes"), std::string::npos);
}

TEST(EmbeddedDialogue, takes_the_other_one_of_two) {
  Talk talk;
  Scripted listed = made(R"({"leads":[{"ref":"L-1","title":"Shower"},{"ref":"L-2","title":"Kitchen"}]})");
  listed.list = {{Noun::lead, "L-1", "Shower"}, {Noun::lead, "L-2", "Kitchen"}};
  talk.will("list_leads", listed);
  talk.will("show_lead", made(R"({"ref":"L-1","title":"Shower"})"));
  talk.say("show open leads");
  EXPECT_EQ(calls_of(talk.say("show the first one")), "show_lead {\"lead\":\"L-1\"}\n");
  EXPECT_EQ(calls_of(talk.say("qualify the other one")), "qualify_lead {\"lead\":\"L-2\"}\n");
}

TEST(EmbeddedDialogue, says_yes_to_what_a_tool_offered) {
  Talk talk;
  Scripted logged = made(R"({"ref":"I-9","contact_id":"C-2","lead_id":"L-2"})");
  logged.offer = "Want me to convert L-2 to a job?";
  talk.will("log_interaction", logged);
  talk.say("called Bob, he said yes");
  EXPECT_EQ(calls_of(talk.say("yes please")), "convert_lead {\"lead\":\"L-2\"}\n");
}

TEST(EmbeddedDialogue, asks_which_when_two_things_were_offered) {
  Talk talk;
  Scripted added = made(R"({"ref":"C-7","name":"Ana Ruiz"})");
  added.offer = "Want to log any notes or open a lead for them?";
  talk.will("create_contact", added);
  talk.say("Add Ana Ruiz, 512-555-0142");
  const std::string asked = talk.say("yes");
  EXPECT_EQ(calls_of(asked), "");
  EXPECT_NE(asked.find("Should I"), std::string::npos);
  const std::string what = talk.say("a lead");
  const std::string opened = talk.say("leaking shower");
  EXPECT_EQ(calls_of(opened), "create_lead {\"contact\":\"C-7\",\"title\":\"leaking shower\"}\n") << asked << "\n" << what << "\n" << opened;
}

TEST(EmbeddedDialogue, lets_an_offer_go_with_a_no_and_does_not_take_it_up_later) {
  Talk talk;
  Scripted lost = made(R"({"ref":"L-2"})");
  lost.offer = "Want me to set a reminder to check back with Bob in 90 days?";
  talk.will("lose_opportunity", lost);
  talk.say("lost the Mendes job, too expensive");
  EXPECT_EQ(calls_of(talk.say("no")), "");
  EXPECT_EQ(calls_of(talk.say("yes")), "");
}

TEST(EmbeddedDialogue, offers_to_add_somebody_who_is_not_on_file_and_goes_on_after_that) {
  Talk talk;
  talk.will("log_interaction", failed("not_found", "there is no contact \"Tom Baker\"; check the spelling or add them first"));
  EXPECT_NE(talk.say("talked to Tom Baker, he wants a new bath").find("add Tom Baker as a new customer"), std::string::npos);
  EXPECT_NE(talk.say("yes").find("phone number or e-mail"), std::string::npos);
  EXPECT_EQ(calls_of(talk.say("512-555-0123")),
            "create_contact {\"first_name\":\"Tom\",\"last_name\":\"Baker\",\"phone\":\"512-555-0123\"}\n"
            "log_interaction {\"body\":\"he wants a new bath\",\"contact\":\"C-50\",\"outcome\":\"spoke\",\"type\":\"phone_call\"}\n");
}

TEST(EmbeddedDialogue, repeats_a_tools_question_and_fills_the_same_call_with_the_answer) {
  Talk talk;
  talk.will("convert_lead", failed("invalid_argument", "L-1 Shower - Ana Ruiz can't be converted yet; ask for: the phone number and the service address"));
  EXPECT_NE(talk.say("convert L-1").find("the phone number and the service address"), std::string::npos);
  EXPECT_EQ(calls_of(talk.say("512-555-0142, 9 Oak St")), "convert_lead {\"address\":\"9 Oak St\",\"lead\":\"L-1\",\"phone\":\"512-555-0142\"}\n");
}

TEST(EmbeddedDialogue, undoes_the_last_change_by_its_ref) {
  Talk talk;
  Scripted done;
  done.undo = "U-7";
  talk.will("archive_contact", done);
  talk.say("archive Grace Kim");
  EXPECT_EQ(calls_of(talk.say("oops, undo that")), "undo {\"ref\":\"U-7\"}\n");
}

TEST(EmbeddedDialogue, says_a_failed_calls_error_once) {
  Talk talk;
  talk.will("archive_contact", failed("conflict", "Grace Kim (C-6) is archived already"));
  EXPECT_EQ(talk.say("archive Grace Kim"), "archive_contact {\"contact\":\"Grace Kim\"}\n= Grace Kim (C-6) is archived already.");
}

TEST(EmbeddedDialogue, gives_equal_answers_to_equal_requests) {
  Talk talk;
  talk.say("Add a new customer");
  talk.say("what's on today?");
  Talk again = talk;
  EXPECT_EQ(talk.say("Ana Ruiz, 512-555-0142"), again.say("Ana Ruiz, 512-555-0142"));
}

TEST(EmbeddedDialogue, uses_the_words_of_the_active_procedure) {
  Talk talk;
  talk.request.requests.push_back({"RQ2", "Jot down a chat with [name]", {}, "Ask: \"And what came of it?\""});
  talk.request.requests.push_back({"RQ1", "Add a new customer", {"name", "phone", "favourite colour"}, ""});
  EXPECT_NE(talk.say("jot down a chat with Ana").find("And what came of it?"), std::string::npos);
  Talk fresh;
  fresh.request.requests = talk.request.requests;
  EXPECT_NE(fresh.say("add a new customer").find("favourite colour"), std::string::npos);
}

TEST(EmbeddedDialogue, fills_fields_the_owner_added) {
  Talk talk;
  for (OfferedTool& tool : talk.request.tools) {
    if (tool.name != "update_contact") continue;
    Json schema = *tool.arguments;
    schema["properties"]["x_boiler_model"] = {{"type", "string"}, {"description", "The model of the boiler."}};
    tool.arguments = std::make_shared<const Json>(schema);
  }
  EXPECT_EQ(calls_of(talk.say("Ana's boiler model is Vaillant 24")), "update_contact {\"contact\":\"Ana\",\"x_boiler_model\":\"Vaillant 24\"}\n");
}

TEST(EmbeddedDialogue, proposes_no_tool_that_is_not_offered) {
  Talk talk;
  talk.drop_tool("archive_contact");
  EXPECT_EQ(calls_of(talk.say("archive Grace Kim")), "");
}

TEST(EmbeddedDialogue, stays_quick_and_whole_on_hostile_text) {
  std::string nonsense;
  for (int at = 0; at < 4000; ++at) nonsense += "follow up with her and then call [Ana] (\"";
  for (const std::string& text : {std::string(60'000, 'a'), std::string(60'000, ','), nonsense, std::string(30'000, '('), std::string("\0\0\0", 3)}) {
    Talk talk;
    EXPECT_NO_THROW(talk.say(text));
  }
}

}  // namespace
}  // namespace deskhand::embedded_test
