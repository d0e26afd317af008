// The calendar on the built program: what comes due runs once, is told once on each channel, and is answered by number.
#include <gtest/gtest.h>

#include <fstream>

#include "base/text.h"
#include "tests/support/program.h"

namespace deskhand::test {
namespace {

const std::string kSource = DESKHAND_SOURCE_DIR;
constexpr int kDone = 0;

std::size_t count_in(const std::string& text, std::string_view words) {
  std::size_t count = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++count;
  return count;
}

// Flores Plumbing in Chicago with one quiet lead and one promise; the clock is each command's own.
class Calendar : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* file : {"crm.md", "estimating.md", "scheduling.md", "invoicing.md", "nurture.md"})
      write(file, read_file(kSource + "/procedures/" + file));
    configure("");
    at("2026-03-02T15:00:00Z", {"call", "create_contact", R"({"name":"Ana Ruiz","email":"ana@ruiz.example"})"});
    at("2026-03-02T15:00:00Z",
       {"call", "create_lead", R"({"title":"Leaking shower","contact":"Ana Ruiz","estimated_value":2400})"});
    at("2026-03-02T15:00:00Z", {"call", "create_contact", R"({"name":"Bo Lee","phone":"512-555-0142"})"});
    at("2026-03-02T15:05:00Z",
       {"call", "log_interaction",
        R"({"contact":"Bo Lee","type":"phone_call","body":"Spoke","follow_up_date":"2026-03-05","follow_up_topic":"call back about the boiler"})"});
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_.path() + "/" + name, std::ios::binary | std::ios::trunc) << text;
  }
  void configure(const std::string& more) const {
    write("config.yaml", "procedures: [\"" + folder_.path() + "/crm.md\"]\n" +
                             "org: {name: Flores Plumbing, timezone: America/Chicago, email: office@flores.example, "
                             "owner: {name: Dana, email: dana@flores.example}}\n" +
                             more);
  }
  void edit_procedure(const std::string& from, const std::string& to) const {
    const std::string text = read_file(kSource + "/procedures/crm.md");
    ASSERT_NE(text.find(from), std::string::npos);
    write("crm.md", replace_all(text, from, to));
  }
  std::string data() const { return folder_.path() + "/data"; }
  Ran at(const std::string& now, std::vector<std::string> words, const std::string& input = {}) const {
    words.insert(words.begin(), {"--config", folder_.path() + "/config.yaml", "--now", now});
    return deskhand(data(), words, input);
  }

  Folder folder_;
};

TEST_F(Calendar, tells_the_morning_once_in_the_chat_and_once_by_mail_and_takes_answers_by_number) {
  const Ran due = at("2026-03-05T14:30:00Z", {"run", "due"});
  EXPECT_EQ(due.status, kDone) << due.err;
  EXPECT_NE(due.out.find("stale_leads of 2026-03-05: 1 item"), std::string::npos) << due.out;
  EXPECT_NE(due.out.find("morning_list of 2026-03-05: 1 item"), std::string::npos) << due.out;
  ASSERT_EQ(mails(data()).size(), 1u);
  const std::string mail = mails(data()).front();
  EXPECT_NE(mail.find("dana@flores.example"), std::string::npos) << mail;
  EXPECT_NE(mail.find("deskhand chat"), std::string::npos) << "the mail says where it is answered";
  EXPECT_EQ(at("2026-03-05T14:31:00Z", {"run", "due"}).out, "Nothing is due.\n");
  EXPECT_EQ(mails(data()).size(), 1u);

  const Ran chat = at("2026-03-05T15:00:00Z", {"chat"}, "2 draft; 1 done\n");
  EXPECT_NE(chat.out.find("2. Quiet lead: Leaking shower"), std::string::npos) << chat.out;
  EXPECT_NE(chat.out.find("1. Call back Bo Lee re: the boiler"), std::string::npos) << chat.out;
  EXPECT_NE(chat.out.find("A-1"), std::string::npos) << "a draft for a yes: " << chat.out;
  EXPECT_EQ(at("2026-03-05T15:01:00Z", {"chat"}, "\n").out.find("Quiet lead"), std::string::npos) << "once";
  EXPECT_NE(at("2026-03-05T15:02:00Z", {"call", "morning_list", "{}"}).out.find("Nothing is due"), std::string::npos);
  EXPECT_EQ(at("2026-03-05T15:03:00Z", {"verify"}).status, kDone);
}

TEST_F(Calendar, puts_a_promise_off_to_the_day_that_was_said) {
  at("2026-03-05T14:30:00Z", {"run", "due"});
  const Ran chat = at("2026-03-05T15:00:00Z", {"chat"}, "1 later Fri\n");
  EXPECT_NE(chat.out.find("Mar 6"), std::string::npos) << chat.out;
  EXPECT_NE(at("2026-03-06T14:30:00Z", {"run", "due"}).out.find("Bo Lee"), std::string::npos);
}

TEST_F(Calendar, makes_up_for_nine_days_off_with_one_list_that_says_so) {
  at("2026-03-05T14:30:00Z", {"run", "due"});
  const Ran due = at("2026-03-14T20:00:00Z", {"run", "due"});
  EXPECT_EQ(count_in(due.out, "morning_list of "), 1u) << due.out;
  EXPECT_NE(due.out.find("Late: this was due Sat Mar 14, 8:00 AM; it also stands for 8 earlier runs"),
            std::string::npos)
      << due.out;
  EXPECT_EQ(count_in(due.out, "Bo Lee"), 1u) << "the promise of March 5 is listed, once: " << due.out;
  EXPECT_EQ(count_in(due.out, "pipeline_summary of 2026-03-09"), 1u) << due.out;
  EXPECT_EQ(mails(data()).size(), 2u);
}

TEST_F(Calendar, names_a_quiet_lead_when_it_crosses_the_threshold_and_again_after_five_business_days) {
  std::vector<std::string> named;
  for (int day = 3; day <= 20; ++day) {
    const std::string date = std::string("2026-03-") + (day < 10 ? "0" : "") + std::to_string(day);
    if (at(date + "T14:30:00Z", {"run", "due"}).out.find("Quiet lead") != std::string::npos) named.push_back(date);
  }
  EXPECT_EQ(named, (std::vector<std::string>{"2026-03-05", "2026-03-12", "2026-03-19"}));
}

TEST_F(Calendar, follows_an_edited_procedure_and_configuration_at_the_next_run) {
  edit_procedure("for 3 business days", "for 1 business day");
  EXPECT_NE(at("2026-03-03T14:30:00Z", {"run", "due"}).out.find("Quiet lead"), std::string::npos);
  edit_procedure("**Daily:**", "**Daily at 6:15:**");
  EXPECT_NE(at("2026-03-04T12:20:00Z", {"run", "due"}).out.find("morning_list of 2026-03-04"), std::string::npos);
  edit_procedure("Quiet lead:", "Nobody spoke about:");
  configure("schedule: {stale_leads: \"45 5 * * *\", again_after: 2 business days}\n");
  const Ran due = at("2026-03-05T11:50:00Z", {"run", "due"});
  EXPECT_NE(due.out.find("Nobody spoke about: Leaking shower"), std::string::npos) << due.out;
  configure("schedule: {stale_lead: daily}\n");
  const Ran wrong = at("2026-03-06T11:50:00Z", {"run", "due"});
  EXPECT_NE(wrong.status, kDone);
  EXPECT_NE(wrong.err.find("did you mean stale_leads"), std::string::npos) << wrong.err;
}

TEST_F(Calendar, holds_its_mail_until_quiet_hours_end) {
  configure(
      "hours: {quiet: {begin: \"21:00\", end: \"07:00\"}}\nschedule: {morning_list: daily 05:00, stale_leads: off}\n");
  at("2026-03-05T12:00:00Z", {"call", "set_setting", R"({"name":"quiet_begin","value":"21:00"})"});
  at("2026-03-05T12:00:00Z", {"call", "set_setting", R"({"name":"quiet_end","value":"07:00"})"});
  at("2026-03-05T12:01:00Z", {"run", "due"});
  EXPECT_TRUE(mails(data()).empty());
  at("2026-03-05T13:01:00Z", {"run", "due"});
  EXPECT_EQ(mails(data()).size(), 1u);
}

TEST_F(Calendar, says_nothing_on_an_empty_day_unless_it_should) {
  at("2026-03-03T14:30:00Z", {"run", "due"});
  EXPECT_TRUE(mails(data()).empty());
  configure("schedule: {empty_days: say}\n");
  at("2026-03-04T14:30:00Z", {"run", "due"});
  EXPECT_EQ(mails(data()).size(), 1u);
}

TEST_F(Calendar, lets_a_paused_behaviour_rest_and_does_not_make_up_for_it) {
  EXPECT_EQ(at("2026-03-04T20:00:00Z", {"schedule", "pause", "morning_list"}).status, kDone);
  EXPECT_EQ(at("2026-03-05T14:30:00Z", {"run", "due"}).out.find("morning_list"), std::string::npos);
  EXPECT_NE(at("2026-03-05T14:30:00Z", {"schedule", "list"}).out.find("paused by"), std::string::npos);
  EXPECT_EQ(at("2026-03-05T20:00:00Z", {"schedule", "resume", "morning_list"}).status, kDone);
  EXPECT_EQ(at("2026-03-05T20:01:00Z", {"run", "due"}).out.find("morning_list"), std::string::npos);
  EXPECT_NE(at("2026-03-06T14:30:00Z", {"run", "due"}).out.find("morning_list"), std::string::npos);
  EXPECT_NE(at("2026-03-06T14:30:00Z", {"schedule", "pause", "breakfast"}).status, kDone);
}

TEST_F(Calendar, runs_today_early_when_told_to_and_not_again) {
  const Ran early = at("2026-03-05T10:00:00Z", {"schedule", "run", "morning_list"});
  EXPECT_NE(early.out.find("Bo Lee"), std::string::npos) << early.out;
  EXPECT_EQ(at("2026-03-05T14:30:00Z", {"run", "due"}).out.find("morning_list of"), std::string::npos);
  EXPECT_NE(at("2026-03-05T14:31:00Z", {"schedule", "run", "morning_list"}).out.find("already"), std::string::npos);
}

TEST_F(Calendar, gives_each_job_to_one_of_two_processes) {
  const std::vector<std::string> words{
      program(), "--data", data(), "--config", folder_.path() + "/config.yaml", "--now", "2026-03-09T14:30:00Z",
      "run",     "due"};
  const int first = start(words, folder_.path() + "/first"), second = start(words, folder_.path() + "/second");
  EXPECT_EQ(wait_for(first), kDone);
  EXPECT_EQ(wait_for(second), kDone);
  const std::string said = read_file(folder_.path() + "/first") + read_file(folder_.path() + "/second");
  for (const char* behaviour : {"stale_leads of", "morning_list of", "pipeline_summary of"})
    EXPECT_EQ(count_in(said, behaviour), 1u) << said;
  std::string mailed;
  for (const std::string& mail : mails(data())) mailed += mail;
  EXPECT_EQ(count_in(mailed, "Quiet lead: "), 1u) << mailed;
}

TEST_F(Calendar, leaves_out_a_holiday_of_a_calendar_file) {
  write("days.ics",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20200305\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:"
        "VCALENDAR\r\n");
  configure("hours: {holidays: [days.ics]}\n");
  EXPECT_EQ(at("2026-03-05T14:30:00Z", {"run", "due"}).out.find("Quiet lead"), std::string::npos);
  EXPECT_NE(at("2026-03-06T14:30:00Z", {"run", "due"}).out.find("Quiet lead"), std::string::npos);
}

TEST_F(Calendar, works_again_on_a_day_whose_event_was_taken_out_of_its_file_and_keeps_the_last_good_days_of_a_broken_one) {
  const auto calendar = [](const std::string& events) {
    return "BEGIN:VCALENDAR\r\n" + events + "END:VCALENDAR\r\n";
  };
  const auto event = [](const std::string& lines) { return "BEGIN:VEVENT\r\n" + lines + "END:VEVENT\r\n"; };
  const std::string holiday = event("DTSTART;VALUE=DATE:20260305\r\n");
  const std::string dentist = event("SUMMARY:Dentist\r\nDTSTART:20260304T160000Z\r\nDTEND:20260304T170000Z\r\n");
  write("days.ics", calendar(holiday + dentist));
  configure("hours: {holidays: [days.ics]}\n");
  const Ran first = at("2026-03-02T16:00:00Z", {"approvals", "list"});
  EXPECT_EQ(first.status, kDone) << first.err;
  EXPECT_NE(first.err.find("\"Dentist\" at line"), std::string::npos) << first.err;
  EXPECT_EQ(at("2026-03-02T16:01:00Z", {"approvals", "list"}).err, "") << "what is left out is told once";
  write("days.ics", "<html>");
  const Ran broken = at("2026-03-05T14:30:00Z", {"run", "due"});
  EXPECT_EQ(broken.status, kDone) << broken.err;
  EXPECT_NE(broken.err.find("known last go on"), std::string::npos) << broken.err;
  EXPECT_EQ(broken.out.find("Quiet lead"), std::string::npos) << "the 5th is still a holiday: " << broken.out;
  write("days.ics", calendar(event("DTSTART;VALUE=DATE:20260704\r\n")));
  EXPECT_NE(at("2026-03-05T14:35:00Z", {"run", "daily"}).out.find("Quiet lead"), std::string::npos);
}

TEST_F(Calendar, proposes_one_step_of_a_sequence_after_nine_days_off_and_follows_the_edited_words) {
  at("2026-03-02T15:10:00Z", {"call", "enrol_sequence", R"({"lead":"L-1"})"});
  write("nurture.md", replace_all(read_file(kSource + "/procedures/nurture.md"), "thank you for asking us", "thank you for asking Flores"));
  const Ran due = at("2026-03-11T20:00:00Z", {"run", "due"});
  EXPECT_EQ(count_in(due.out, "step 1 of New inquiry"), 1u) << due.out;
  EXPECT_EQ(count_in(due.out, "step 2 of New inquiry"), 0u) << due.out;
  EXPECT_NE(at("2026-03-11T20:01:00Z", {"approvals", "show", "A-1"}).out.find("asking Flores"), std::string::npos);
  EXPECT_EQ(at("2026-03-11T20:02:00Z", {"run", "due"}).out, "Nothing is due.\n");
  std::string mailed;
  for (const std::string& mail : mails(data())) mailed += mail;
  EXPECT_EQ(count_in(mailed, "step 1 of New inquiry"), 1u) << mailed;
  EXPECT_EQ(count_in(mailed, "To: Ana"), 0u) << "only the owner is written to";
  EXPECT_EQ(at("2026-03-11T20:03:00Z", {"verify"}).status, kDone);
}

TEST_F(Calendar, proposes_a_first_step_that_waits_for_nothing_at_once_for_every_lead_of_the_day) {
  write("nurture.md", replace_all(read_file(kSource + "/procedures/nurture.md"), "After 1 business day:", "At once:"));
  at("2026-03-02T15:06:00Z", {"call", "create_contact", R"({"name":"Cy Ito","email":"cy@ito.example"})"});
  at("2026-03-02T15:06:00Z", {"call", "create_lead", R"({"title":"Broken boiler","contact":"Cy Ito"})"});
  at("2026-03-02T16:00:00Z", {"run", "due"});
  at("2026-03-02T16:10:00Z", {"call", "enrol_sequence", R"({"lead":"L-1"})"});
  const Ran first = at("2026-03-02T16:11:00Z", {"run", "due"});
  EXPECT_NE(first.out.find("step 1 of New inquiry"), std::string::npos) << first.out << first.err;
  EXPECT_EQ(first.out.find("Late"), std::string::npos) << first.out;
  at("2026-03-02T17:10:00Z", {"call", "enrol_sequence", R"({"lead":"L-2"})"});
  const Ran second = at("2026-03-02T17:11:00Z", {"run", "due"});
  EXPECT_NE(second.out.find("L-2 Broken boiler"), std::string::npos) << second.out << second.err;
  EXPECT_EQ(second.out.find("L-1"), std::string::npos) << "told already: " << second.out;
  EXPECT_EQ(at("2026-03-02T17:12:00Z", {"run", "due"}).out, "Nothing is due.\n");
  EXPECT_EQ(at("2026-03-02T17:13:00Z", {"verify"}).status, kDone);
}

TEST_F(Calendar, does_not_tell_late_what_a_later_run_has_told) {
  at("2026-03-02T16:00:00Z", {"run", "due"});
  // Off for two days; then the list is asked for by hand before its time, and a round follows.
  at("2026-03-05T13:30:00Z", {"schedule", "run", "morning_list"});
  EXPECT_EQ(at("2026-03-05T13:35:00Z", {"run", "due"}).out.find("morning_list"), std::string::npos);
  // The weekly summary ran on Monday; its day is moved to Friday in the middle of the week.
  EXPECT_NE(at("2026-03-09T14:00:00Z", {"run", "due"}).out.find("pipeline_summary of 2026-03-09"), std::string::npos);
  configure("schedule: {pipeline_summary: friday 16:00}\n");
  EXPECT_EQ(at("2026-03-11T15:00:00Z", {"run", "due"}).out.find("pipeline_summary"), std::string::npos);
  EXPECT_NE(at("2026-03-13T21:05:00Z", {"run", "due"}).out.find("pipeline_summary of 2026-03-13"), std::string::npos);
}

TEST_F(Calendar, waits_for_todays_list_when_yesterdays_would_come_shortly_before_it) {
  at("2026-03-03T14:30:00Z", {"run", "due"});
  EXPECT_EQ(at("2026-03-05T13:40:00Z", {"run", "due"}).out.find("morning_list"), std::string::npos);
  const Ran due = at("2026-03-05T14:00:10Z", {"run", "due"});
  EXPECT_EQ(count_in(due.out, "Bo Lee"), 1u) << due.out;
  EXPECT_NE(due.out.find("it also stands for 1 earlier run "), std::string::npos) << due.out;
}

TEST_F(Calendar, counts_no_run_as_missed_that_was_paused) {
  at("2026-03-02T16:00:00Z", {"run", "due"});
  at("2026-03-02T16:01:00Z", {"schedule", "pause", "morning_list"});
  at("2026-03-11T16:00:00Z", {"schedule", "resume", "morning_list"});
  const Ran due = at("2026-03-12T13:00:30Z", {"run", "due"});
  EXPECT_NE(due.out.find("morning_list of 2026-03-12"), std::string::npos) << due.out;
  EXPECT_EQ(due.out.substr(due.out.find("morning_list of 2026-03-12"), 80).find("Late"), std::string::npos) << due.out;
}

TEST_F(Calendar, tells_of_the_month_that_has_ended_whenever_it_runs) {
  configure("schedule: {win_loss_summary: 15th of the month}\n");
  EXPECT_NE(at("2026-04-15T14:00:00Z", {"run", "due"}).out.find("March 2026"), std::string::npos);
}

TEST_F(Calendar, gives_each_step_of_a_sequence_to_one_of_two_processes) {
  at("2026-03-02T15:10:00Z", {"call", "enrol_sequence", R"({"lead":"L-1"})"});
  const std::vector<std::string> words{
      program(), "--data", data(), "--config", folder_.path() + "/config.yaml", "--now", "2026-03-03T14:30:00Z",
      "run",     "due"};
  const int first = start(words, folder_.path() + "/first"), second = start(words, folder_.path() + "/second");
  EXPECT_EQ(wait_for(first), kDone);
  EXPECT_EQ(wait_for(second), kDone);
  const std::string log = at("2026-03-03T14:31:00Z", {"call", "show_sequence", R"({"lead":"L-1"})"}).out;
  EXPECT_EQ(count_in(log, "proposed step 1"), 1u) << log;
}

}  // namespace
}  // namespace deskhand::test
