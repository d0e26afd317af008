// What a writer wants.
#include "intake/intent.h"

#include <gtest/gtest.h>

#include "intake/look_alike.h"

namespace deskhand::intake {
namespace {

Wish wish(const std::string& subject, const std::string& words) { return read_intent(subject, words).wish; }

TEST(Intent, hears_requests) {
  EXPECT_EQ(wish("Leak", "The toilet upstairs is leaking and the ceiling below is wet."), Wish::work);
  EXPECT_EQ(wish("", "Do you do gas lines? How much would it be to add one for a grill?"), Wish::work);
  EXPECT_EQ(wish("Appointment", "I would like to book a consultation for laser hair removal."), Wish::work);
  EXPECT_EQ(wish("Website", "We run a small bakery and are looking for someone to redo our website."), Wish::work);
  EXPECT_EQ(wish("Presupuesto", "Necesito un presupuesto para cambiar el calentador de agua."), Wish::work);
  EXPECT_EQ(wish("Anfrage", "Unsere Heizung ist ausgefallen, könnten Sie morgen vorbeikommen?"), Wish::work);
}

TEST(Intent, hears_talk_about_what_goes_on) {
  EXPECT_EQ(wish("Re: visit", "Sounds good, see you Tuesday. Thanks!"), Wish::talk);
  EXPECT_EQ(read_intent("Re: estimate", "We accept the estimate, please go ahead.").outcome,
            Outcome::accepted_proposal);
}

TEST(Intent, hears_sellers_and_applicants) {
  EXPECT_EQ(wish("Rank #1 on Google",
                 "I came across your website. We help plumbers get on the first page of Google. Our SEO services start "
                 "at $99. Are you open to a quick call?"),
            Wish::sell);
  EXPECT_EQ(wish("Funding", "Our company offers business loans and working capital with no obligation."), Wish::sell);
  EXPECT_EQ(wish("Job", "I would like to apply for a position with your team. My resume is attached."), Wish::apply);
}

TEST(Intent, hears_who_wants_to_be_left_alone) {
  EXPECT_EQ(wish("", "Please stop emailing me."), Wish::stop);
  EXPECT_EQ(wish("unsubscribe", "Remove me from your list"), Wish::stop);
  EXPECT_NE(wish("Leak", "Can you please stop by tomorrow? The tap is leaking."), Wish::stop);
}

TEST(Intent, is_unclear_in_letters_it_can_not_read) {
  EXPECT_EQ(wish("水漏れ", "台所の水道が漏れています。見積もりをお願いします。"), Wish::unclear);
}

TEST(Intent, hears_hurry_and_its_opposite) {
  EXPECT_TRUE(is_urgent_text("Water is pouring through the ceiling, please hurry"));
  EXPECT_TRUE(is_urgent_text("We need somebody ASAP"));
  EXPECT_TRUE(is_urgent_text("There is no heat and it is freezing"));
  EXPECT_FALSE(is_urgent_text("It is not urgent, any time next month works"));
  EXPECT_FALSE(is_urgent_text("No rush at all on this one"));
  EXPECT_FALSE(is_urgent_text("Could you quote a new faucet?"));
}

TEST(LookAlike, sees_letters_that_only_look_the_same) {
  EXPECT_TRUE(looks_like("acrne-dental.example", "acme-dental.example"));
  EXPECT_TRUE(
      looks_like("\xD0\xB0"
                 "cme.example",
                 "acme.example"));
  EXPECT_TRUE(looks_like("harlanp1umbing.example", "harlanplumbing.example"));
  EXPECT_FALSE(looks_like("acme.example", "acme.example"));
  EXPECT_FALSE(looks_like("gmail.com", "yahoo.com"));
  EXPECT_TRUE(address_looks_like("ana@ruiz-bakerry.example", "ana@ruiz-bakery.example"));
  EXPECT_FALSE(address_looks_like("bob@ruiz-bakerry.example", "ana@ruiz-bakery.example"));
}

}  // namespace
}  // namespace deskhand::intake
