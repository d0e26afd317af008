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

TEST(Intent, knows_customers_who_speak_of_what_sellers_applicants_and_suppliers_speak_of) {
  const auto is_kept = [](const std::string& subject, const std::string& words) {
    const Intent intent = read_intent(subject, words);
    const bool would_be_left = intent.wish == Wish::sell || intent.wish == Wish::apply || intent.wish == Wish::supply;
    return !would_be_left || intent.may_be_a_customer;
  };
  EXPECT_TRUE(is_kept("Gift cards", "I want a gift card for my mother. Do you sell gift cards online?"));
  EXPECT_TRUE(is_kept("Rentals", "I am an investor. What do you charge by the hour, is there special pricing for investors?"));
  EXPECT_TRUE(is_kept("Invoice 311", "Your invoice 311 is too high. I paid half of it in June and got a past due letter."));
  EXPECT_TRUE(is_kept("Site", "I graduated in June and need a designer for my portfolio, my resume is attached. How much would it be?"));
  EXPECT_FALSE(is_kept("Rank higher", "We help businesses like yours. Our SEO services bring qualified leads. Interested in a quick call?"));
  EXPECT_FALSE(is_kept("Invoice 88", "Attached is invoice 88 for your order. Net 30, please remit by the due date."));
  EXPECT_FALSE(is_kept("Job", "I would like to apply for a position with your team. My resume is attached."));
}

TEST(Intent, hears_who_leaves_a_list_in_many_words) {
  for (const char* const words :
       {"Please take my address off your mailing list.", "I want to be removed from this newsletter.",
        "Remove me please", "Do not e-mail me again.", "We no longer wish to receive your emails.",
        "Please don't contact me anymore, I am no customer of yours.", "Stop sending me these offers!",
        "Would you please delete my e-mail address from your database", "Veuillez me retirer de votre liste.",
        "Je ne souhaite plus recevoir vos mails.", "Bitte streichen Sie mich aus Ihrem Verteiler.",
        "No me escriban más, por favor.", "Denme de baja.", "I'd like to unsubscribe."})
    EXPECT_EQ(wish("Re: spring offer", words), Wish::stop) << words;
  EXPECT_EQ(wish("unsubscribe", "Thanks\nBob"), Wish::stop);
}

TEST(Intent, takes_a_way_or_a_time_to_be_reached_for_no_wish_to_be_left_alone) {
  for (const char* const words :
       {"My porch light is broken and I can't reach it. I do not text, so please ring me: 512-555-0171.",
        "The hedge needs trimming. Please don't e-mail, I never look. Call 512-555-0172.",
        "We would like the hall painted in May. Please do not contact us before April, we are abroad.",
        "Can you fix the gate? Don't call me at work, text me at 512-555-0173.",
        "Could you quote a new sink? Do not call until after six.",
        "Please remove my old shed and take me off the Friday round. What do you charge?",
        "I don't want to get another huge water bill, the toilet keeps running. Can you come?",
        "If you don't call me by noon I'll ask another plumber to fix the leak. Please call me."}) {
    EXPECT_NE(wish("House", words), Wish::stop) << words;
    EXPECT_FALSE(read_intent("House", words).may_want_to_stop) << words;
  }
  EXPECT_EQ(wish("Repairs at 4 Oak", "The tub is leaking and the tenant wants a price.\n\nSee my homes | Unsubscribe me"),
            Wish::work);
}

TEST(Intent, leaves_it_to_a_person_when_somebody_asks_for_work_and_to_be_left_alone) {
  const Intent both = read_intent("List", "Take me off your mailing list. Could you also come and fix our tap?");
  EXPECT_EQ(both.wish, Wish::unclear);
  EXPECT_TRUE(both.may_want_to_stop);
  EXPECT_TRUE(read_intent("", "Stop emailing me.\nMy number is 512-555-0174.").may_want_to_stop);
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
