// People: adding under HS3, finding, correcting, putting away, merging.
#include "tests/unit/tools/shop.h"

namespace deskhand::tools::testing {
namespace {

class Contacts : public Shop {};
class Merge : public Shop {};

const Json kAna{{"name", "Ana Ruiz"},
                {"phone", "512-555-0142"},
                {"email", "Ana@Ruiz.example"},
                {"address", "9 Oak St"},
                {"source", "a neighbour"}};

TEST_F(Contacts, are_added_with_the_procedures_confirmation_and_its_question) {
  const auto result = done("create_contact", kAna);
  EXPECT_TRUE(says(result.text, "Added: Ana Ruiz, (512) 555-0142. I've noted them as a new prospect.")) << result.text;
  EXPECT_TRUE(says(result.text, "C-1"));
  EXPECT_EQ(result.offer, "Want to log any notes or open a lead for them?");
  const Contact ana = contact(1);
  EXPECT_EQ(ana.phone(), "+15125550142");
  EXPECT_EQ(ana.email(), "ana@ruiz.example");
  EXPECT_EQ(ana.points[0].as_typed, "512-555-0142");
  EXPECT_EQ(ana.address, "9 Oak St");
  EXPECT_EQ(ana.source, "a neighbour");
  EXPECT_EQ(ana.lifecycle, Lifecycle::prospect);
  EXPECT_EQ((*result.data)["ref"], "C-1");
  EXPECT_EQ((*result.data)["phones"][0], "+15125550142");
}

TEST_F(Contacts, with_an_impossible_phone_or_no_name_at_all_are_not_added) {
  refused("create_contact", {{"name", "Ana"}, {"phone", "12"}});
  refused("create_contact", Json::object());
  refused("create_contact", {{"name", "Ana"}, {"email", "not an address"}});
  EXPECT_TRUE(says(refused("create_contact", {{"name", "Ana"}, {"phnoe", "512-555-0142"}}), "phnoe"));
  EXPECT_TRUE(people().empty());
}

TEST_F(Contacts, that_share_a_phone_wait_for_the_owners_yes_and_then_stand_apart) {
  done("create_contact", kAna);
  const Approval card = parked("create_contact", {{"name", "Carlos Ruiz"}, {"phone", "(512) 555-0142"}});
  EXPECT_EQ(card.kind, ApprovalKind::create_separate_contact);
  EXPECT_TRUE(says(card.card, "Ana Ruiz (C-1)") && says(card.card, "Carlos Ruiz")) << card.card;
  EXPECT_EQ(people().size(), 1u);
  yes(card);
  ASSERT_EQ(people().size(), 2u);
  EXPECT_EQ(contact(2).points[0].separate, card.id);
}

TEST_F(Contacts, that_match_by_email_in_other_letters_are_found_too) {
  done("create_contact", kAna);
  parked("create_contact", {{"name", "A. Ruiz"}, {"email", "ANA@ruiz.EXAMPLE"}});
  EXPECT_EQ(people().size(), 1u);
}

TEST_F(Contacts, of_the_same_name_are_mentioned) {
  done("create_contact", kAna);
  const auto result = done("create_contact", {{"name", "Ana Ruiz"}, {"phone", "512-555-0199"}});
  EXPECT_TRUE(says(result.text, "another Ana Ruiz, (512) 555-0142 (C-1)")) << result.text;
}

TEST_F(Contacts, are_found_by_name_phone_end_email_and_ref) {
  done("create_contact", kAna);
  done("create_contact", {{"name", "Bo Larsen"}, {"phone", "512-555-0177"}});
  for (const char* query :
       {"ruiz", "Ana Ruiz", "0142", "(512) 555-0142", "+1 512 555 0142", "ANA@ruiz.example", "C-1", "c1"}) {
    const auto result = done("find_contact", {{"query", query}});
    ASSERT_EQ((*result.data)["count"], 1) << query << ": " << result.text;
    EXPECT_EQ((*result.data)["contacts"][0]["ref"], "C-1") << query;
  }
  const auto none = done("find_contact", {{"query", "x"}});
  EXPECT_EQ((*none.data)["count"], 0);
  EXPECT_TRUE(says(none.text, "No contact found"));
  EXPECT_EQ((*done("find_contact").data)["count"], 2);
}

TEST_F(Contacts, of_one_name_ask_which_and_list_the_choices) {
  done("create_contact", kAna);
  done("create_contact", {{"name", "Ana Perez"}, {"phone", "512-555-0199"}});
  const auto result = call("show_contact", {{"contact", "Ana"}});
  EXPECT_EQ(result.code, Code::ambiguous);
  EXPECT_TRUE(says(result.error, "C-1 Ana Ruiz, (512) 555-0142") && says(result.error, "C-2 Ana Perez"))
      << result.error;
  ASSERT_EQ(result.list.size(), 2u);
  EXPECT_EQ(result.list[1].ref, "C-2");
}

TEST_F(Contacts, of_exactly_one_name_are_told_apart_by_where_they_live) {
  done("create_contact", kAna);
  done("create_contact", {{"name", "Ana Ruiz"}, {"phone", "512-555-0199"}, {"address", "4 Spruce St"}});
  EXPECT_TRUE(says(refused("show_contact", {{"contact", "Ana Ruiz"}}, Code::ambiguous), "(512) 555-0199, 4 Spruce St"));
}

TEST_F(Contacts, nobody_knows_are_answered_with_the_nearest_name) {
  done("create_contact", kAna);
  EXPECT_TRUE(says(refused("show_contact", {{"contact", "Anna Ruis"}}, Code::not_found), "Ana Ruiz"));
  EXPECT_TRUE(says(refused("show_contact", {{"contact", "Zorro"}}, Code::not_found), "Zorro"));
  refused("show_contact", {{"contact", "C-99"}}, Code::not_found);
  EXPECT_TRUE(says(refused("show_contact", {{"contact", "L-1"}}), "lead"));
}

TEST_F(Contacts, get_a_new_primary_phone_while_the_old_one_is_retired) {
  done("create_contact", kAna);
  const auto result = done("update_contact", {{"contact", "Ana Ruiz"}, {"phone", "512-555-0100"}});
  EXPECT_TRUE(says(result.text, "(512) 555-0100") && says(result.text, "without phone (512) 555-0142")) << result.text;
  EXPECT_EQ(contact(1).phone(), "+15125550100");
  EXPECT_EQ((*done("find_contact", {{"query", "512-555-0142"}}).data)["count"], 0)
      << "a retired phone identifies nobody";
}

TEST_F(Contacts, keep_the_first_phone_first_when_another_is_added) {
  done("create_contact", kAna);
  done("update_contact", {{"contact", "C-1"}, {"add_phone", "512-555-0100"}});
  EXPECT_EQ(contact(1).phone(), "+15125550142");
  done("update_contact", {{"contact", "C-1"}, {"phone", "512-555-0100"}});
  EXPECT_EQ(contact(1).phone(), "+15125550100") << "one that is on file already comes first and nothing is lost";
  EXPECT_EQ((*done("show_contact", {{"contact", "C-1"}}).data)["phones"].size(), 2u);
  done("update_contact", {{"contact", "C-1"}, {"remove_phone", "512-555-0142"}});
  EXPECT_EQ((*done("show_contact", {{"contact", "C-1"}}).data)["phones"].size(), 1u);
  refused("update_contact", {{"contact", "C-1"}, {"remove_phone", "512-555-0177"}}, Code::not_found);
}

TEST_F(Contacts, may_share_a_phone_only_after_a_yes) {
  done("create_contact", kAna);
  done("create_contact", {{"name", "Bo Larsen"}, {"phone", "512-555-0177"}});
  const Approval card = parked("update_contact", {{"contact", "Bo"}, {"add_phone", "512-555-0142"}});
  EXPECT_EQ(card.kind, ApprovalKind::share_contact_point);
  EXPECT_TRUE(says(card.card, "Ana Ruiz")) << card.card;
  EXPECT_EQ((*done("show_contact", {{"contact", "Bo"}}).data)["phones"].size(), 1u);
  yes(card);
  EXPECT_EQ((*done("show_contact", {{"contact", "Bo"}}).data)["phones"].size(), 2u);
}

TEST_F(Contacts, take_tags_notes_and_cleared_values) {
  done("create_contact", kAna);
  done(
      "update_contact",
      {{"contact", "C-1"}, {"add_tags", {"plumbing", "vip"}}, {"add_note", "Has a dog"}, {"preferred_channel", "sms"}});
  done("update_contact", {{"contact", "C-1"}, {"remove_tags", {"VIP"}}, {"add_note", "Two dogs"}});
  const Contact ana = contact(1);
  EXPECT_EQ(ana.tags, std::vector<std::string>{"plumbing"});
  EXPECT_EQ(ana.notes, "Has a dog\nTwo dogs");
  EXPECT_EQ(ana.preferred_channel, PreferredChannel::sms);
  done("update_contact", {{"contact", "C-1"}, {"address", nullptr}, {"preferred_channel", nullptr}});
  EXPECT_EQ(contact(1).address, "");
  EXPECT_EQ(contact(1).preferred_channel, PreferredChannel::none);
  const auto same = done("update_contact", {{"contact", "C-1"}, {"first_name", "Ana"}});
  EXPECT_TRUE(says(same.text, "nothing was changed")) << same.text;
  EXPECT_EQ((*done("find_contact", {{"tag", "plumbing"}}).data)["count"], 1);
}

TEST_F(Contacts, never_take_a_quickbooks_id_from_a_caller) {
  done("create_contact", kAna);
  refused("update_contact", {{"contact", "C-1"}, {"quickbooks_customer_id", "77"}});
  refused("record_quickbooks_id", {{"contact", "C-1"}, {"quickbooks_customer_id", "77"}}, Code::forbidden);
  EXPECT_TRUE(
      call_as(program("outbox"), "record_quickbooks_id", {{"contact", "C-1"}, {"quickbooks_customer_id", "77"}}).ok);
  EXPECT_EQ(contact(1).quickbooks_customer_id, "77");
}

TEST_F(Contacts, are_archived_with_their_history_and_come_back) {
  done("create_contact", kAna);
  done("create_lead", {{"contact", "C-1"}, {"title", "Shower"}});
  const auto result = done("archive_contact", {{"contact", "Ana Ruiz"}, {"reason", "moved away"}});
  EXPECT_TRUE(says(result.text, "1 lead stays open")) << result.text;
  EXPECT_EQ((*done("find_contact", {{"query", "Ana"}}).data)["count"], 0);
  EXPECT_TRUE(says(done("show_contact", {{"contact", "Ana Ruiz"}}).text, "archived"))
      << "when nobody else fits she is found";
  refused("archive_contact", {{"contact", "C-1"}}, Code::conflict);
  done("restore_contact", {{"contact", "Ana Ruiz"}});
  EXPECT_FALSE(contact(1).archived);
  refused("restore_contact", {{"contact", "C-1"}}, Code::conflict);
}

TEST_F(Contacts, marked_do_not_contact_stay_so_until_a_person_lifts_it) {
  done("create_contact", kAna);
  done("set_do_not_contact", {{"contact", "C-1"}, {"reason", "asked by phone"}});
  EXPECT_TRUE(contact(1).do_not_contact);
  EXPECT_EQ(contact(1).do_not_contact_reason, "asked by phone");
  done("set_do_not_contact", {{"contact", "C-1"}, {"on", false}});
  EXPECT_FALSE(contact(1).do_not_contact);
}

TEST_F(Contacts, change_identity_from_outside_text_only_after_a_yes) {
  done("create_contact", kAna);
  toolbox::CallRequest request;
  request.org = org_.id;
  request.actor = model();
  request.tool = "update_contact";
  request.arguments_text = R"({"contact":"C-1","email":"mallory@evil.example"})";
  request.origin = "M-1";
  const auto result = toolbox_->call(request);
  ASSERT_EQ(result.parked.size(), 1u) << result.error;
  EXPECT_EQ(contact(1).email(), "ana@ruiz.example");
}

TEST_F(Contacts, belong_to_a_company_that_is_on_file) {
  done("create_company", {{"name", "Acme Ltd"}, {"main_phone", "512-555-0111"}});
  refused("create_contact", {{"name", "Ana"}, {"company", "Nobody Inc"}}, Code::not_found);
  done("create_contact", {{"name", "Ana Ruiz"}, {"phone", "512-555-0142"}, {"company", "acme ltd"}});
  const auto shown = done("show_company", {{"company", "Acme"}});
  EXPECT_TRUE(says(shown.text, "Ana Ruiz, (512) 555-0142 (C-1)")) << shown.text;
  refused("create_company", {{"name", "ACME ltd."}}, Code::conflict);
  done("update_company", {{"company", "B-1"}, {"status", "inactive"}, {"primary_contact", "Ana Ruiz"}});
  EXPECT_EQ((*done("show_company", {{"company", "B-1"}}).data)["primary_contact_id"], "C-1");
  EXPECT_TRUE(says(done("show_contact", {{"contact", "Ana at Acme"}}).text, "Acme Ltd (B-1)"));
}

TEST_F(Contacts, can_be_taken_back_by_their_undo_ref) {
  const auto made = done("create_contact", kAna);
  ASSERT_FALSE(made.undo_ref.empty());
  const auto changed = done("update_contact", {{"contact", "C-1"}, {"address", "1 New St"}});
  done("undo", {{"ref", changed.undo_ref}});
  EXPECT_EQ(contact(1).address, "9 Oak St");
}

TEST_F(Merge, shows_both_records_and_reads_everything_through_the_survivor) {
  done("create_contact", kAna);
  done("create_contact", {{"name", "Anna Ruiz"}, {"phone", "512-555-0199"}, {"address", "9 Oak Street"}});
  done("create_lead", {{"contact", "C-2"}, {"title", "Boiler"}});
  const Approval card = parked("merge_contacts", {{"survivor", "C-1"}, {"loser", "Anna Ruiz"}});
  EXPECT_EQ(card.kind, ApprovalKind::merge_contacts);
  for (const char* part :
       {"Ana Ruiz (C-1)", "Anna Ruiz (C-2)", "(512) 555-0142", "(512) 555-0199", "9 Oak Street", "1 lead"})
    EXPECT_TRUE(says(card.card, part)) << part << "\n" << card.card;
  const auto merged = yes(card);
  EXPECT_EQ((*done("find_contact", {{"query", "512-555-0199"}}).data)["contacts"][0]["ref"], "C-1")
      << "the survivor answers for the loser's phone";
  EXPECT_EQ((*done("show_contact", {{"contact", "C-2"}}).data)["ref"], "C-1");
  EXPECT_TRUE(says(done("show_contact", {{"contact", "C-1"}}).text, "Boiler"));
  EXPECT_EQ((*done("show_lead", {{"lead", "Ana Ruiz"}}).data)["ref"], "L-1");
  parked("create_contact", {{"name", "Somebody"}, {"phone", "512-555-0199"}});
  refused("merge_contacts", {{"survivor", "C-1"}, {"loser", "C-2"}}, Code::conflict);
  done("undo", {{"ref", merged.undo_ref}});
  EXPECT_EQ((*done("show_contact", {{"contact", "C-2"}}).data)["ref"], "C-2");
}

TEST_F(Merge, can_be_undone_after_more_was_written_to_the_survivor) {
  done("create_contact", kAna);
  done("create_contact", {{"name", "Anna Ruiz"}, {"phone", "512-555-0199"}});
  const auto merged = yes(parked("merge_contacts", {{"survivor", "C-1"}, {"loser", "C-2"}}));
  done("log_interaction", {{"contact", "C-1"}, {"type", "phone_call"}, {"body", "Talked about the boiler"}});
  done("update_contact", {{"contact", "C-1"}, {"address", "1 New St"}});
  ASSERT_FALSE(merged.undo_ref.empty());
  done("undo", {{"ref", merged.undo_ref}});
  EXPECT_TRUE(contact(2).root.empty());
  EXPECT_EQ(contact(1).address, "1 New St");
}

TEST_F(Merge, closes_the_open_cards_of_the_loser) {
  done("create_contact", kAna);
  done("create_contact", {{"name", "Anna Ruiz"}, {"phone", "512-555-0199"}});
  parked("create_quickbooks_customer", {{"contact", "C-2"}});
  yes(parked("merge_contacts", {{"survivor", "C-1"}, {"loser", "C-2"}}));
  EXPECT_TRUE(waiting().empty());
}

TEST_F(Merge, carries_the_do_not_contact_mark_and_the_quickbooks_id_over) {
  done("create_contact", kAna);
  done("create_contact", {{"name", "Anna Ruiz"}, {"phone", "512-555-0199"}, {"lifecycle_stage", "customer"}});
  done("set_do_not_contact", {{"contact", "C-2"}, {"reason", "asked"}});
  call_as(program("outbox"), "record_quickbooks_id", {{"contact", "C-2"}, {"quickbooks_customer_id", "77"}});
  yes(parked("merge_contacts", {{"survivor", "C-1"}, {"loser", "C-2"}}));
  EXPECT_TRUE(contact(1).do_not_contact);
  EXPECT_EQ(contact(1).quickbooks_customer_id, "77");
  EXPECT_EQ(contact(1).lifecycle, Lifecycle::customer);
}

TEST_F(Merge, redraws_its_card_when_a_record_has_changed_since) {
  done("create_contact", kAna);
  done("create_contact", {{"name", "Anna Ruiz"}, {"phone", "512-555-0199"}});
  const Approval card = parked("merge_contacts", {{"survivor", "C-1"}, {"loser", "C-2"}});
  done("update_contact", {{"contact", "C-2"}, {"address", "somewhere else"}});
  const auto result = decide(card, "approve");
  EXPECT_TRUE(contact(2).root.empty()) << result.text;
  ASSERT_EQ(waiting().size(), 1u);
  EXPECT_TRUE(says(waiting()[0].card, "somewhere else"));
}

TEST_F(Contacts, are_found_by_a_whole_name_with_slips_in_it_when_only_one_is_called_nearly_so) {
  person("Yesenia", "Ortiz", "+15125550101");
  person("Pieter", "van den Berg", "+15125550102");
  const auto ref = [&](const std::string& words) {
    const auto result = call("show_contact", {{"contact", words}});
    return result.ok ? (*result.data)["ref"].get<std::string>() : std::string(code_name(result.code));
  };
  EXPECT_EQ(ref("yesinia ortis"), "C-1");
  EXPECT_EQ(ref("Dr. van den Berg"), "C-2");
  EXPECT_EQ(ref("yesinia"), "not_found") << "one word with a slip could be anybody";
  EXPECT_EQ(ref("yesinia ortega"), "not_found");
  person("Yesenya", "Ortiz", "+15125550103");
  EXPECT_EQ(ref("yesinia ortis"), "not_found") << "two are called nearly so: neither is guessed";
}

}  // namespace
}  // namespace deskhand::tools::testing
