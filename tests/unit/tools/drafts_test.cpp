// Drafts from the procedure's templates, their revisions, the yes, and what becomes of the message.
#include "crm/message.h"
#include "tests/unit/tools/office.h"
#include "tools/drafts_wording.h"

namespace deskhand::tools::testing {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

class DraftFollowUp : public Office {
 protected:
  Estimate estimate(const Lead& lead, EstimateStatus status, Day sent_on) {
    Estimate estimate;
    estimate.lead = lead.id;
    estimate.contact = lead.contact;
    estimate.amount = Money{240000, "USD"};
    estimate.status = status;
    estimate.sent_on = sent_on;
    write([&](Txn& txn) -> Done {
      auto stored = txn.opportunities().insert(estimate);
      return stored ? Done{} : Done{stored.error()};
    });
    return estimate;
  }
  void visit(const Contact& contact, std::string_view at) {
    Appointment visit;
    visit.contact = contact.id;
    visit.starts_at = *parse_rfc3339(at);
    write([&](Txn& txn) -> Done {
      auto stored = txn.opportunities().insert(visit);
      return stored ? Done{} : Done{stored.error()};
    });
  }
  MessageContent parked_content(const toolbox::CallResult& result) {
    if (result.parked.size() != 1u) ADD_FAILURE() << "cards: " << result.parked.size();
    return result.parked.empty() ? MessageContent{} : parse_canonical_message(result.parked[0].canonical).value();
  }
  Message message(std::int64_t number) {
    return look([&](Txn& txn) { return txn.messages().find_by_ref(number); });
  }
  OutboxRow row(std::int64_t number = 1) {
    return look([&](Txn& txn) { return txn.outbox().find_by_ref(number); });
  }
  std::vector<OutboxRow> rows() {
    return look([&](Txn& txn) { return txn.outbox().list(std::nullopt, 100); });
  }
  // What the outbox does before it delivers.
  void begin_attempt() {
    write([&](Txn& txn) -> Done {
      auto row = txn.outbox().find_by_ref(1);
      if (!row) return row.error();
      auto begun = txn.outbox().begin_attempt(row->id, clock_.at);
      return begun ? Done{} : Done{begun.error()};
    });
  }
};

TEST_F(DraftFollowUp, words_an_inquiry_by_the_procedures_template_and_waits_for_the_yes) {
  const Contact contact = ana();
  const Lead shower = lead(contact, "Leaking shower");
  logged(contact, shower, "Her shower drips");
  const auto result = done("draft_follow_up", {{"lead", "the Ruiz lead"}});
  const MessageContent content = parked_content(result);
  EXPECT_EQ(content.to_address, "ana@ruiz.example");
  EXPECT_EQ(content.subject, "Your leaking shower");
  EXPECT_EQ(content.text,
            "Hi Ana, just checking in after your call about leaking shower.\n"
            "I'd love to set up a quick visit to take a look and give you a firm price.\n"
            "Are you available Tuesday morning?\n\nHill Plumbing\n(512) 555-0100");
  EXPECT_TRUE(has(result.text, "Her shower drips")) << "the last touchpoint is summed up: " << result.text;
  EXPECT_TRUE(rows().empty());
  for (const std::string& part : {content.to_address, content.subject, content.text})
    EXPECT_TRUE(has(result.parked[0].card, part)) << part;
}

TEST_F(DraftFollowUp, suggests_the_next_half_day_that_is_worked_and_free) {
  const Contact contact = ana(), bob = person("Bob", "Stone", "+15125550143");
  lead(contact, "Leaking shower");
  org_.calendar.holidays.insert(*make_day(2026, 3, 4));
  write([&](Txn& txn) -> Done {
    Org org = txn.org().get().value();
    org.calendar.holidays = org_.calendar.holidays;
    auto stored = txn.org().update(org);
    return stored ? Done{} : Done{stored.error()};
  });
  visit(bob, "2026-03-03T10:00:00-06:00");
  visit(bob, "2026-03-03T16:30:00-06:00");
  EXPECT_TRUE(has(parked_content(done("draft_follow_up", {{"lead", "L-1"}})).text, "available Thursday morning?"));
}

TEST_F(DraftFollowUp, names_the_day_on_which_the_estimate_was_sent) {
  const Lead shower = lead(ana(), "Leaking shower", {}, LeadStage::estimate_sent, LeadStatus::working);
  estimate(shower, EstimateStatus::sent, *make_day(2026, 2, 24));
  const MessageContent content = parked_content(done("draft_follow_up", {{"lead", "Ruiz"}}));
  EXPECT_TRUE(has(content.text, "the estimate I sent over on Tuesday, February 24.")) << content.text;
  EXPECT_EQ(content.subject, "Your estimate: leaking shower");
}

TEST_F(DraftFollowUp, asks_for_what_is_not_on_record_before_a_card_exists_and_takes_the_answer) {
  lead(ana(), "Leaking shower", {}, LeadStage::estimate_sent, LeadStatus::working);
  const auto asked = call("draft_follow_up", {{"lead", "L-1"}});
  EXPECT_EQ(asked.code, Code::invalid_argument);
  EXPECT_TRUE(has(asked.error, "On which day") || has(asked.error, "on which day")) << asked.error;
  EXPECT_TRUE(asked.parked.empty());
  EXPECT_TRUE(has(parked_content(done("draft_follow_up", {{"lead", "L-1"}, {"fill", {{"date", "March 1"}}}})).text,
                  "over on March 1."));
}

TEST_F(DraftFollowUp, believes_the_later_entry_about_the_day_an_estimate_was_sent_and_about_the_answer) {
  const Contact contact = ana();
  const Lead shower = lead(contact, "Leaking shower", {}, LeadStage::estimate_sent, LeadStatus::working);
  estimate(shower, EstimateStatus::sent, *make_day(2026, 3, 2));
  done("log_interaction", {{"lead", "L-1"},
                           {"type", "email_outbound"},
                           {"body", "the estimate"},
                           {"outcome", "sent_proposal"},
                           {"date", "2026-02-23"}});
  EXPECT_TRUE(has(parked_content(done("draft_follow_up", {{"lead", "L-1"}})).text, "Monday, February 23."));
  done("log_interaction", {{"lead", "L-1"},
                           {"type", "phone_call"},
                           {"body", "go ahead"},
                           {"outcome", "accepted_proposal"},
                           {"direction", "inbound"},
                           {"date", "2026-02-26"}});
  EXPECT_TRUE(has(parked_content(done("draft_follow_up", {{"lead", "L-1"}})).text, "on my list to get scheduled"));
}

TEST_F(DraftFollowUp, thanks_for_an_accepted_proposal) {
  const Contact contact = ana();
  const Lead shower = lead(contact, "Leaking shower", {}, LeadStage::estimate_sent, LeadStatus::working);
  estimate(shower, EstimateStatus::accepted, *make_day(2026, 2, 24));
  EXPECT_TRUE(
      has(parked_content(done("draft_follow_up", {{"lead", "L-1"}})).text, "I have you on my list to get scheduled"));
}

TEST_F(DraftFollowUp, asks_for_words_when_a_visit_is_booked_or_the_proposal_was_turned_down) {
  const Contact contact = ana(), bob = person("Bob", "Stone", "", "bob@stone.example");
  const Lead shower = lead(contact, "Leaking shower"), fence = lead(bob, "Fence");
  visit(contact, "2026-03-05T10:00:00-06:00");
  logged(bob, fence, "too dear", Outcome::rejected_proposal);
  for (const std::string ref : {"L-1", "L-2"}) {
    const auto asked = call("draft_follow_up", {{"lead", ref}});
    EXPECT_EQ(asked.code, Code::invalid_argument);
    EXPECT_TRUE(has(asked.error, "What should the message say")) << asked.error;
  }
  EXPECT_TRUE(
      has(parked_content(done("draft_follow_up", {{"lead", "L-1"}, {"text", "Hi [name], see you Thursday."}})).text,
          "Hi Ana, see you Thursday."));
}

TEST_F(DraftFollowUp, asks_for_an_address_when_there_is_none) {
  lead(person("Cy", "Blank"), "Gate");
  const auto asked = call("draft_follow_up", {{"lead", "L-1"}});
  EXPECT_EQ(asked.code, Code::invalid_argument);
  EXPECT_TRUE(has(asked.error, "e-mail address or phone number")) << asked.error;
}

TEST_F(DraftFollowUp, goes_by_text_message_where_only_a_phone_is_on_file) {
  lead(person("Bob", "Stone", "+15125550143"), "Fence");
  const MessageContent content = parked_content(done("draft_follow_up", {{"lead", "L-1"}}));
  EXPECT_EQ(content.channel, MessageChannel::sms);
  EXPECT_EQ(content.to_address, "+15125550143");
  EXPECT_TRUE(content.subject.empty());
}

TEST_F(DraftFollowUp, refuses_a_closed_lead_and_stops_at_do_not_contact) {
  Contact contact = ana();
  Lead shower = lead(contact, "Leaking shower");
  contact.do_not_contact = true;
  write([&](Txn& txn) -> Done {
    auto stored = txn.contacts().update(contact);
    return stored ? Done{} : Done{stored.error()};
  });
  EXPECT_EQ(call("draft_follow_up", {{"lead", "L-1"}}).code, Code::forbidden);
  shower.status = LeadStatus::disqualified;
  store(shower);
  EXPECT_EQ(call("draft_follow_up", {{"lead", "L-1"}}).code, Code::conflict);
}

TEST_F(DraftFollowUp, asked_for_twice_leaves_one_card) {
  lead(ana(), "Leaking shower");
  const auto first = done("draft_follow_up", {{"lead", "L-1"}});
  const auto second = done("draft_follow_up", {{"lead", "L-1"}});
  EXPECT_EQ(first.parked[0].id, second.parked[0].id);
  days_later(1);  // the suggested day moves on
  const auto third = done("draft_follow_up", {{"lead", "L-1"}});
  EXPECT_NE(third.parked[0].id, first.parked[0].id);
  EXPECT_EQ(look([&](Txn& txn) { return txn.approvals().count_pending(); }), 1);
  EXPECT_EQ(message(1).status, DraftStatus::superseded);
}

TEST_F(DraftFollowUp, fills_a_custom_field_of_the_record_and_asks_for_it_otherwise) {
  rebuild(script_from("dog_groomer.md"));
  Contact contact = ana();
  lead(contact, "Wash and trim");
  const auto asked = call("draft_follow_up", {{"lead", "L-1"}});
  EXPECT_TRUE(has(asked.error, "[dog's name]")) << asked.error;
  EXPECT_TRUE(has(parked_content(done("draft_follow_up", {{"lead", "L-1"}, {"fill", {{"dog's name", "Rex"}}}})).text,
                  "bring Rex"));
}

TEST_F(DraftFollowUp, uses_the_words_of_another_business) {
  rebuild(script_from("law_clinic.md"));
  const Lead matter = lead(ana(), "Custody question", {}, LeadStage::estimate_sent, LeadStatus::working);
  estimate(matter, EstimateStatus::sent, *make_day(2026, 2, 24));
  const MessageContent content = parked_content(done("draft_follow_up", {{"lead", "L-1"}}));
  EXPECT_TRUE(has(content.text, "Dear Ana Ruiz, I am writing about the fee letter of Tuesday, February 24."))
      << content.text;
}

TEST_F(DraftFollowUp, has_no_words_where_the_procedure_has_none_for_the_stage) {
  rebuild(script_from("dog_groomer.md"));
  const Lead wash = lead(ana(), "Wash", {}, LeadStage::estimate_sent, LeadStatus::working);
  estimate(wash, EstimateStatus::sent, *make_day(2026, 2, 24));
  EXPECT_TRUE(has(call("draft_follow_up", {{"lead", "L-1"}}).error, "has no wording"));
}

class DraftMessage : public DraftFollowUp {};

TEST_F(DraftMessage, goes_to_an_address_on_file_by_the_channel_they_prefer) {
  Contact contact = ana();
  EXPECT_EQ(parked_content(done("draft_message", {{"contact", "Ana Ruiz"}, {"text", "We are on our way."}})).channel,
            MessageChannel::email);
  contact.preferred_channel = PreferredChannel::sms;
  write([&](Txn& txn) -> Done {
    auto stored = txn.contacts().update(contact);
    return stored ? Done{} : Done{stored.error()};
  });
  EXPECT_EQ(parked_content(done("draft_message", {{"contact", "Ana Ruiz"}, {"text", "Nearly there."}})).channel,
            MessageChannel::sms);
  EXPECT_EQ(call("draft_message", {{"contact", "Ana Ruiz"}, {"text", "x"}, {"to", "evil@elsewhere.example"}}).code,
            Code::invalid_argument);
}

TEST_F(DraftMessage, refuses_open_placeholders_and_empty_words) {
  ana();
  EXPECT_EQ(call("draft_message", {{"contact", "Ana Ruiz"}, {"text", "See you on [date]."}}).code,
            Code::invalid_argument);
  EXPECT_EQ(call("draft_message", {{"contact", "Ana Ruiz"}, {"text", "   "}}).code, Code::invalid_argument);
}

TEST_F(DraftMessage, signs_once) {
  ana();
  const auto result = done("draft_message", {{"contact", "Ana Ruiz"}, {"text", "On our way.\n\nHill Plumbing"}});
  const std::string text = parked_content(result).text;
  EXPECT_EQ(text.find("Hill Plumbing"), text.rfind("Hill Plumbing")) << text;
}

TEST_F(DraftMessage, shows_whose_data_else_stands_in_it) {
  ana();
  person("Bob", "Stone", "+15125550143", "bob@stone.example");
  const auto result =
      done("draft_message", {{"contact", "Ana Ruiz"},
                             {"text", "Ask Bob Stone, (512) 555-0143, bob@stone.example. We are at (512) 555-0100."}});
  const std::string& card = result.parked[0].card;
  EXPECT_TRUE(has(card, "a phone number of Bob Stone") && has(card, "an e-mail address of Bob Stone") &&
              has(card, "the name of Bob Stone"))
      << card;
}

TEST_F(DraftMessage, takes_out_what_a_card_could_not_show) {
  ana();
  const auto result = done("draft_message", {{"contact", "Ana Ruiz"}, {"text", "Fine\xE2\x80\xAE evil\x1b[31m"}});
  const std::string text = parked_content(result).text;
  EXPECT_FALSE(has(text, "\xE2\x80\xAE") || has(text, "\x1b")) << text;
}

class ReviseDraft : public DraftFollowUp {};

TEST_F(ReviseDraft, makes_a_new_revision_and_kills_the_old_card) {
  lead(ana(), "Leaking shower");
  const Approval old = done("draft_follow_up", {{"lead", "L-1"}}).parked[0];
  const auto result =
      done("revise_draft", {{"approval", "A-1"}, {"replace", {{"from", "Tuesday"}, {"to", "Thursday"}}}});
  ASSERT_EQ(result.parked.size(), 1u);
  EXPECT_TRUE(has(result.parked[0].card, "Thursday morning") && !has(result.parked[0].card, "Tuesday"));
  EXPECT_EQ(message(2).revision, 2);
  EXPECT_EQ(message(2).draft_root, message(1).id);
  EXPECT_TRUE(message(2).template_stage.empty()) << "changed words are no template's";
  EXPECT_EQ(decide(old, "approve").code, Code::conflict);
  EXPECT_TRUE(rows().empty());
  EXPECT_EQ(call("revise_draft", {{"message", "M-1"}, {"text", "x"}}).code, Code::conflict);
}

TEST_F(ReviseDraft, changes_whole_words_and_says_when_they_are_not_there) {
  ana();
  done("draft_message", {{"contact", "Ana Ruiz"}, {"text", "An analyst will call Ana on Monday."}});
  EXPECT_EQ(call("revise_draft", {{"approval", "A-1"}, {"replace", {{"from", "Sunday"}, {"to", "Monday"}}}}).code,
            Code::invalid_argument);
  const auto result = done("revise_draft", {{"approval", "A-1"}, {"replace", {{"from", "ana"}, {"to", "you"}}}});
  EXPECT_TRUE(has(parked_content(result).text, "An analyst will call you on Monday.")) << parked_content(result).text;
}

TEST_F(ReviseDraft, is_over_once_the_words_are_approved) {
  lead(ana(), "Leaking shower");
  const Approval card = done("draft_follow_up", {{"lead", "L-1"}}).parked[0];
  ASSERT_TRUE(decide(card, "approve").ok);
  for (const Actor& actor : {dana(), model()}) {
    EXPECT_EQ(call_as(actor, "revise_draft", {{"message", "M-1"}, {"text", "Other words"}}).code, Code::conflict);
    EXPECT_EQ(call_as(actor, "discard_draft", {{"message", "M-1"}}).code, Code::conflict);
  }
  EXPECT_EQ(row().canonical, card.canonical);
}

TEST_F(ReviseDraft, puts_a_rejected_draft_before_the_owner_again) {
  lead(ana(), "Leaking shower");
  decide(done("draft_follow_up", {{"lead", "L-1"}}).parked[0], "reject");
  const auto again = done("revise_draft", {{"message", "M-1"}});
  ASSERT_EQ(again.parked.size(), 1u);
  EXPECT_EQ(call("revise_draft", {{"message", "M-2"}}).code, Code::invalid_argument)
      << "its card waits; nothing would change";
}

TEST_F(ReviseDraft, discards_with_its_card) {
  lead(ana(), "Leaking shower");
  const Approval card = done("draft_follow_up", {{"lead", "L-1"}}).parked[0];
  done("discard_draft", {{"approval", "A-1"}});
  EXPECT_EQ(message(1).status, DraftStatus::discarded);
  EXPECT_EQ(decide(card, "approve").code, Code::conflict);
}

class SendMessage : public DraftFollowUp {};

TEST_F(SendMessage, turns_the_yes_into_one_row_that_carries_the_cards_bytes) {
  lead(ana(), "Leaking shower");
  const Approval card = done("draft_follow_up", {{"lead", "L-1"}}).parked[0];
  const auto approved = decide(card, "approve");
  ASSERT_TRUE(approved.ok) << approved.error;
  ASSERT_EQ(rows().size(), 1u);
  EXPECT_EQ(row().canonical, card.canonical);
  EXPECT_EQ(row().fingerprint, card.fingerprint);
  EXPECT_EQ(row().state, OutboxState::queued);
  EXPECT_EQ(row().request_id, message(1).internet_message_id);
  EXPECT_TRUE(row().request_id.ends_with("@hill.example>")) << row().request_id;
  EXPECT_EQ(message(1).status, DraftStatus::approved);
  EXPECT_FALSE(decide(card, "approve").ok);
  EXPECT_EQ(rows().size(), 1u);
}

TEST_F(SendMessage, is_closed_to_everybody) {
  lead(ana(), "Leaking shower");
  done("draft_follow_up", {{"lead", "L-1"}});
  for (const Actor& actor : {dana(), model()})
    EXPECT_EQ(call_as(actor, "send_message", {{"message", "M-1"}}).code, Code::forbidden);
  EXPECT_TRUE(rows().empty());
}

TEST_F(SendMessage, waits_for_the_end_of_the_quiet_hours) {
  lead(ana(), "Leaking shower");
  write([&](Txn& txn) -> Done {
    Org org = txn.org().get().value();
    org.quiet = QuietHours{};
    auto stored = txn.org().update(org);
    return stored ? Done{} : Done{stored.error()};
  });
  go_to("2026-03-02T22:30:00-06:00");
  const auto approved = decide(done("draft_follow_up", {{"lead", "L-1"}}).parked[0], "approve");
  EXPECT_EQ(to_rfc3339(row().not_before), "2026-03-03T14:00:00Z");
  EXPECT_TRUE(has(approved.text, "8:00 AM")) << approved.text;
}

TEST_F(SendMessage, leaves_by_itself_only_in_the_templates_own_words_under_a_standing_grant) {
  lead(ana(), "Leaking shower");
  lead(person("Bob", "Stone", "", "bob@stone.example"), "Fence");
  write([&](Txn& txn) -> Done {
    Grant grant;
    grant.standing = true;
    grant.template_stage = "inquiry";
    grant.channel = "email";
    grant.uses_max = 1;
    grant.granted_by = owner_.id;
    grant.granted_at = clock_.at;
    grant.expires_at = clock_.at.plus_seconds(86400);
    auto stored = txn.approvals().insert(grant);
    return stored ? Done{} : Done{stored.error()};
  });
  EXPECT_EQ(call_as(model(), "draft_follow_up", {{"lead", "L-1"}, {"text", "Hi [name], pay here."}}).parked.size(), 1u);
  EXPECT_EQ(call_as(model(), "draft_follow_up", {{"lead", "L-1"}, {"fill", {{"suggested day/time", "pay here"}}}})
                .parked.size(),
            1u);
  EXPECT_TRUE(rows().empty());
  EXPECT_TRUE(call_as(model(), "draft_follow_up", {{"lead", "L-1"}}).parked.empty());
  EXPECT_EQ(rows().size(), 1u);
  EXPECT_EQ(call_as(model(), "draft_follow_up", {{"lead", "L-2"}}).parked.size(), 1u) << "the grant is used up";
  EXPECT_EQ(rows().size(), 1u);
}

TEST_F(SendMessage, is_stopped_when_the_lead_was_closed_or_the_address_changed_since_the_card) {
  Contact contact = ana();
  const Lead shower = lead(contact, "Leaking shower");
  const Approval card = done("draft_follow_up", {{"lead", "L-1"}}).parked[0];
  contact = fresh(contact);
  contact.points.pop_back();
  write([&](Txn& txn) -> Done {
    auto stored = txn.contacts().update(contact);
    return stored ? Done{} : Done{stored.error()};
  });
  const auto first = decide(card, "approve");
  for (const Approval& again : first.parked) decide(again, "approve");
  EXPECT_TRUE(rows().empty());
}

class Delivery : public DraftFollowUp {
 protected:
  void queue() {
    lead(ana(), "Leaking shower");
    ASSERT_TRUE(decide(done("draft_follow_up", {{"lead", "L-1"}}).parked[0], "approve").ok);
  }
  toolbox::CallResult record(const std::string& state) {
    Json arguments{{"outbox", "X-1"}, {"state", state}, {"result", "said so"}};
    if (state == "queued") arguments["retry_at"] = to_rfc3339(clock_.at.plus_seconds(60));
    return call_as(program("outbox"), "record_delivery", arguments);
  }
};

TEST_F(Delivery, logs_what_was_sent_once_on_contact_and_lead) {
  queue();
  begin_attempt();
  ASSERT_TRUE(record("sent").ok);
  ASSERT_TRUE(record("sent").ok) << "told twice";
  const auto entries = history(look([&](Txn& txn) { return txn.contacts().find_by_ref(1); }));
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].type, InteractionType::email_outbound);
  EXPECT_TRUE(has(entries[0].body, "just checking in"));
  EXPECT_FALSE(entries[0].lead.empty());
  EXPECT_EQ(row().state, OutboxState::sent);
}

TEST_F(Delivery, reopens_the_draft_of_a_refused_message_and_asks_anew) {
  queue();
  begin_attempt();
  ASSERT_TRUE(record("refused").ok);
  EXPECT_EQ(message(1).status, DraftStatus::open);
  EXPECT_EQ(done("revise_draft", {{"message", "M-1"}}).parked.size(), 1u);
  EXPECT_TRUE(history(look([&](Txn& txn) { return txn.contacts().find_by_ref(1); })).empty());
}

TEST_F(Delivery, is_recorded_by_the_program_only) {
  queue();
  begin_attempt();
  EXPECT_EQ(call("record_delivery", {{"outbox", "X-1"}, {"state", "sent"}}).code, Code::forbidden);
  EXPECT_EQ(call_as(model(), "record_bounce", {{"outbox", "X-1"}}).code, Code::forbidden);
  EXPECT_EQ(call_as(model(), "settle_delivery", {{"outbox", "X-1"}, {"as", "sent"}}).code, Code::forbidden);
}

TEST_F(Delivery, puts_a_row_back_that_was_provably_not_accepted_and_counts_only_tries) {
  queue();
  EXPECT_EQ(record("sent").code, Code::conflict) << "nothing was tried";
  begin_attempt();
  ASSERT_TRUE(record("queued").ok);
  EXPECT_EQ(row().state, OutboxState::queued);
}

TEST_F(Delivery, unknown_is_settled_by_the_owner_as_sent_or_goes_out_again) {
  queue();
  begin_attempt();
  ASSERT_TRUE(record("delivery_unknown").ok);
  Actor member = dana();
  member.role = UserRole::member;
  EXPECT_FALSE(call_as(member, "settle_delivery", {{"outbox", "X-1"}, {"as", "sent"}}).ok);
  done("settle_delivery", {{"outbox", "X-1"}, {"as", "not_sent"}});
  EXPECT_EQ(row().state, OutboxState::queued);
  begin_attempt();
  ASSERT_TRUE(record("delivery_unknown").ok);
  done("settle_delivery", {{"outbox", "X-1"}, {"as", "sent"}});
  EXPECT_EQ(history(look([&](Txn& txn) { return txn.contacts().find_by_ref(1); })).size(), 1u);
  EXPECT_EQ(call("settle_delivery", {{"outbox", "X-1"}, {"as", "cancelled"}}).code, Code::conflict);
}

TEST_F(Delivery, queued_mail_can_be_withdrawn_and_the_draft_is_open_again) {
  queue();
  done("settle_delivery", {{"outbox", "X-1"}, {"as", "cancelled"}});
  EXPECT_EQ(row().state, OutboxState::cancelled);
  EXPECT_EQ(message(1).status, DraftStatus::open);
}

TEST_F(Delivery, bounce_is_told_once_in_the_history_and_proves_an_unknown_one) {
  queue();
  begin_attempt();
  ASSERT_TRUE(record("delivery_unknown").ok);
  for (int time = 0; time < 2; ++time)
    ASSERT_TRUE(call_as(program("email"), "record_bounce", {{"outbox", "X-1"}, {"reason", "no such user"}}).ok);
  EXPECT_EQ(row().state, OutboxState::bounced);
  EXPECT_EQ(history(look([&](Txn& txn) { return txn.contacts().find_by_ref(1); })).size(), 2u);
}

TEST(InSentence, lowers_a_sentence_start_and_leaves_names) {
  EXPECT_EQ(in_sentence("Leaking shower"), "leaking shower");
  EXPECT_EQ(in_sentence("Leaky faucet at 123 Main"), "leaky faucet at 123 Main");
  EXPECT_EQ(in_sentence("HVAC tune-up"), "HVAC tune-up");
  EXPECT_EQ(in_sentence("Kohler Faucet Repair"), "Kohler Faucet Repair");
  EXPECT_EQ(in_sentence("leaking shower."), "leaking shower");
  EXPECT_EQ(subject_for("needs a new roof", DraftStage::inquiry), "About your inquiry: needs a new roof");
}

}  // namespace
}  // namespace deskhand::tools::testing
