// Sources, reasons, outcomes and kinds of contact: plain words into codes.
#include <gtest/gtest.h>

#include "reader/outcomes.h"
#include "reader/reasons.h"
#include "reader/sources.h"

namespace deskhand::reader {
namespace {

struct Case {
  const char* text;
  const char* expected;
};

std::string show(const Source& source) {
  std::string shown(name_of(source.source));
  shown += source.acquisition ? " " + std::string(name_of(*source.acquisition)) : "";
  if (!source.referrer.empty()) shown += " by " + source.referrer;
  return shown;
}

TEST(Sources, running_text_says_how_they_heard) {
  const Case cases[] = {
      {"she found us on Google", "other organic_search"},
      {"found us through google ads", "ad paid_ads"},
      {"googled us", "other organic_search"},
      {"saw your flyer", "ad other"},
      {"saw our billboard on 35", "ad paid_ads"},
      {"he saw a facebook ad", "ad paid_ads"},
      {"found us on facebook", "other social_media"},
      {"from instagram", "other social_media"},
      {"found us on Yelp", "other other"},
      {"Dana's sister", "referral referral"},
      {"her neighbor recommended us", "referral referral"},
      {"referred by Bob Smith", "referral referral by Bob Smith"},
      {"heard about us from Dana Flores", "referral referral by Dana Flores"},
      {"a friend of Dana Flores told her about us", "referral referral by Dana Flores"},
      {"filled out the contact form", "web_form website"},
      {"came in through the website", "web_form website"},
      {"walked in off the street", "other other"},
      {"called in", "phone_call"},
      {"emailed us", "email"},
      {"met at the home show", "other event"},
      {"word of mouth", "referral referral"},
      {"repeat customer", "other other"},
      {"Dr. Chen referred her", "referral referral by Dr. Chen"},
      {"Bob sent her our way", "referral referral by Bob"},
      {"found your number on a magnet", "ad other"},
      {"walk-in: mr. lopez", "other other"},
  };
  for (const Case& one : cases) {
    const auto readings = find_sources(one.text);
    ASSERT_FALSE(readings.empty()) << one.text;
    EXPECT_EQ(show(readings.front().value), one.expected) << one.text;
    EXPECT_EQ(readings.front().value.words, words_of(one.text, readings.front().span));
  }
}

TEST(Sources, other_words_are_no_source) {
  for (const char* text :
       {"not from Google", "did they find us on Google?", "google the address", "post it on the website",
        "send her the quote", "Ana called", "Dana's invoice", "it's my sister", "the ad copy needs work"}) {
    const auto readings = find_sources(text);
    EXPECT_TRUE(readings.empty()) << text << " -> " << (readings.empty() ? "" : show(readings.front().value));
  }
}

TEST(Sources, an_answer_may_be_one_word) {
  const Case cases[] = {{"google", "other organic_search"},
                        {"Yelp", "other other"},
                        {"instagram", "other social_media"},
                        {"a friend", "referral referral"},
                        {"website", "web_form website"},
                        {"flyer", "ad other"},
                        {"Dana Flores", "referral referral by Dana Flores"},
                        {"my neighbor", "referral referral"},
                        {"the internet", "other organic_search"},
                        {"Dana's sister referred them", "referral referral"},
                        {"radio ad", "ad paid_ads"}};
  for (const Case& one : cases) {
    const auto reading = read_source(one.text);
    ASSERT_TRUE(reading) << one.text;
    EXPECT_EQ(show(reading->value), one.expected) << one.text;
  }
  for (const char* text : {"", "no idea", "not sure", "skip", "I don't know", "google?", "google or yelp", "tomorrow"})
    EXPECT_FALSE(read_source(text)) << text;
}

TEST(Reasons, a_lost_deal_gets_its_code_from_plain_words) {
  const Case cases[] = {
      {"went with a cheaper guy", "price"},
      {"She went with a cheaper company", "price"},
      {"they found someone cheaper", "price"},
      {"too expensive", "price"},
      {"it was too pricey for them", "price"},
      {"couldn't afford it", "price"},
      {"out of their budget", "price"},
      {"price", "price"},
      {"lost on price", "price"},
      {"Mark Mendes lost, price", "price"},
      {"because of the price", "price"},
      {"we were too high", "price"},
      {"went with another company because they were cheaper", "price"},
      {"picked another company", "competition"},
      {"went with someone else", "competition"},
      {"hired another plumber", "competition"},
      {"chose a competitor", "competition"},
      {"lost it to a competitor", "competition"},
      {"going with Acme", "competition"},
      {"not until next year", "timing"},
      {"bad timing", "timing"},
      {"they're not ready yet", "timing"},
      {"wants to wait until spring", "timing"},
      {"waiting until spring", "timing"},
      {"maybe next year", "timing"},
      {"ghosted us", "no_decision"},
      {"never called back", "no_decision"},
      {"can't decide", "no_decision"},
      {"decided not to do it", "no_decision"},
      {"changed her mind", "no_decision"},
      {"we don't do that", "scope"},
      {"too far away", "scope"},
      {"outside our area", "scope"},
      {"did it himself", "other"},
      {"moved away", "other"},
      {"other", "other"},
  };
  for (const Case& one : cases) {
    const auto reading = read_lost_reason(one.text);
    EXPECT_EQ(reading ? name_of(reading->value) : "", std::string_view(one.expected)) << one.text;
  }
}

TEST(Reasons, a_dropped_inquiry_has_its_own_codes) {
  const Case cases[] = {{"too expensive for him", "budget"},
                        {"no budget", "budget"},
                        {"not until next year", "timing"},
                        {"ghosted us", "no_response"},
                        {"never called back", "no_response"},
                        {"she never replied", "no_response"},
                        {"can't reach him", "no_response"},
                        {"won't answer my calls", "no_response"},
                        {"we don't do that", "outside_scope"},
                        {"we don't do roofs", "outside_scope"},
                        {"too far away", "outside_scope"},
                        {"out of our service area", "outside_scope"},
                        {"not our thing", "outside_scope"},
                        {"spam", "other"},
                        {"wrong number", "other"},
                        {"went dark", "no_response"},
                        {"not a good fit", "outside_scope"}};
  for (const Case& one : cases) {
    const auto reading = read_disqualify_reason(one.text);
    EXPECT_EQ(reading ? name_of(reading->value) : "", std::string_view(one.expected)) << one.text;
  }
}

TEST(Reasons, unclear_denied_and_asked_reasons_give_none) {
  for (const char* text :
       {"", "mark Ana as lost", "it wasn't the price", "not because of price", "did they go with a cheaper guy?",
        "too expensive and bad timing", "what's the price", "send the quote with the price", "no", "idk", "lost it",
        "call her back next year", "she called back", "he didn't go with another company"}) {
    const auto reading = read_lost_reason(text);
    EXPECT_FALSE(reading) << text << " -> " << (reading ? name_of(reading->value) : "");
  }
}

TEST(Outcomes, what_came_of_it_is_read) {
  const Case cases[] = {
      {"left a voicemail", "left_voicemail"},
      {"left vm", "left_voicemail"},
      {"Called Ana, left her a message", "left_voicemail"},
      {"spoke with Ana", "spoke"},
      {"talked to Bob about the sink", "spoke"},
      {"had a good call with Ana", "spoke"},
      {"no show", "no_show"},
      {"he didn't show up", "no_show"},
      {"nobody was home", "no_show"},
      {"rescheduled for Friday", "rescheduled"},
      {"sent the proposal", "sent_proposal"},
      {"sent Mendes a quote for $2,400", "sent_proposal"},
      {"emailed Ana Ruiz the estimate", "sent_proposal"},
      {"quoted her $2,400", "sent_proposal"},
      {"quoted Mrs. Patel 1,850 for the toilet", "sent_proposal"},
      {"Ms. Nguyen-Tran accepted the $6k proposal", "accepted_proposal"},
      {"accepted the quote", "accepted_proposal"},
      {"said yes to the quote", "accepted_proposal"},
      {"she accepted", "accepted_proposal"},
      {"gave us the go ahead", "accepted_proposal"},
      {"turned it down", "rejected_proposal"},
      {"turned down the estimate", "rejected_proposal"},
      {"declined our offer", "rejected_proposal"},
      {"spoke with her, she accepted the quote", "accepted_proposal"},
  };
  for (const Case& one : cases) {
    const auto reading = read_outcome(one.text);
    EXPECT_EQ(reading ? name_of(reading->value) : "", std::string_view(one.expected)) << one.text;
  }
  for (const char* text :
       {"", "send the quote", "haven't spoken with her", "did you leave a voicemail?", "call Ana",
        "need to send the estimate", "if she accepts the quote",
        "she accepted, then rejected the quote and turned it down", "will accept the quote", "needs to reschedule"}) {
    const auto reading = read_outcome(text);
    EXPECT_FALSE(reading) << text << " -> " << (reading ? name_of(reading->value) : "");
  }
}

std::string show(const Contacting& contacting) {
  constexpr const char* kNames[] = {"call", "email", "text", "meeting", "note"};
  std::string shown = kNames[static_cast<int>(contacting.kind)];
  if (contacting.inbound) shown += *contacting.inbound ? " in" : " out";
  return shown;
}

TEST(Contactings, kind_and_direction_are_read) {
  const Case cases[] = {
      {"called Ana", "call out"},
      {"I called Ana back", "call out"},
      {"Ana called", "call in"},
      {"mendes called about the leak", "call in"},
      {"she called me back", "call in"},
      {"got a call from Bob", "call in"},
      {"left a voicemail", "call out"},
      {"log a call with Ana", "call"},
      {"emailed Bob", "email out"},
      {"Bob emailed us", "email in"},
      {"got an email from Ana", "email in"},
      {"sent her an email", "email out"},
      {"texted her", "text out"},
      {"she texted back", "text in"},
      {"met with Ana", "meeting"},
      {"site visit done", "meeting"},
      {"add a note", "note out"},
      {"spoke with Ana", "call"},
  };
  for (const Case& one : cases) {
    const auto readings = find_contactings(one.text);
    ASSERT_FALSE(readings.empty()) << one.text;
    EXPECT_EQ(show(readings.front().value), one.expected) << one.text;
  }
  for (const char* text :
       {"call Ana", "a company called Acme", "haven't called yet", "did Ana call?", "email is ana@ruiz.example", ""}) {
    const auto readings = find_contactings(text);
    EXPECT_TRUE(readings.empty()) << text << " -> " << (readings.empty() ? "" : show(readings.front().value));
  }
}

TEST(Contactings, an_email_without_direction_has_no_type) {
  EXPECT_EQ(interaction_type({ContactKind::email, true}), InteractionType::email_inbound);
  EXPECT_EQ(interaction_type({ContactKind::email, false}), InteractionType::email_outbound);
  EXPECT_EQ(interaction_type({ContactKind::email, std::nullopt}), std::nullopt);
  EXPECT_EQ(interaction_type({ContactKind::text, std::nullopt}), InteractionType::sms);
}

}  // namespace
}  // namespace deskhand::reader
