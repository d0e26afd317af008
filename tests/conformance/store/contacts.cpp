#include "store_fixture.h"

namespace deskhand::testing {
namespace {

using Codes = std::vector<std::string>;

template <class Set>
ContactFilter where(Set set) {
  ContactFilter filter;
  set(filter);
  return filter;
}

TEST_P(StoreConformance, a_new_contact_gets_an_id_a_ref_a_version_and_its_time) {
  const Contact first = add(person("Ana", "Ruiz"));
  const Contact second = add(person("Bo", "Lee"));
  EXPECT_TRUE(is_uuid(first.id.text()));
  EXPECT_EQ(first.head.ref_number, 1);
  EXPECT_EQ(second.head.ref_number, 2);
  EXPECT_EQ(first.head.version, 1);
  EXPECT_EQ(first.head.created_at, clock_.now());
  EXPECT_EQ(first.head.updated_at, clock_.now());
}

TEST_P(StoreConformance, a_contact_comes_back_as_it_was_stored) {
  Company company;
  company.name = "Ruiz & Söhne";
  company.type = CompanyType::nonprofit;
  company.status = CompanyStatus::active_customer;
  company.custom = {{"x_vat", "\"DE1\""}};
  write([&](Txn& txn) { company = must(txn.contacts().insert(company)); });

  Contact contact = person("Ana", "Ruiz", {phone("+15125550142"), email("ana@ruiz.example"), phone("+15125550143")});
  contact.points[0].as_typed = "512-555-0142";
  contact.points[1].origin = "M-7";
  contact.company = company.id;
  contact.address = "9 Oak St";
  contact.preferred_channel = PreferredChannel::sms;
  contact.lifecycle = Lifecycle::customer;
  contact.tags = {"VIP", "plumbing \"fast\""};
  contact.services_interested = {"drain"};
  contact.notes = "Dog bites.\nUse the back door.";
  contact.source = "Dana's sister";
  contact.quickbooks_customer_id = "42";
  contact.do_not_contact = true;
  contact.do_not_contact_reason = "asked";
  contact.next_follow_up = *make_day(2026, 3, 9);
  contact.became_customer_at = Instant{5};
  contact.custom = {{"x_boiler_model", "\"Vaillant\""}, {"x_floors", "3"}};
  const Contact stored = add(contact);
  const Contact back = this->contact(stored.id);

  EXPECT_EQ(back.first_name, "Ana");
  EXPECT_EQ(back.company, company.id);
  ASSERT_EQ(back.points.size(), 3u);
  EXPECT_EQ(back.phone(), "+15125550142");
  EXPECT_EQ(back.email(), "ana@ruiz.example");
  EXPECT_EQ(back.points[0].as_typed, "512-555-0142");
  EXPECT_EQ(back.points[1].normal, "+15125550143");
  EXPECT_EQ(back.points[1].position, 1);
  EXPECT_EQ(back.points[2].origin, "M-7");
  EXPECT_EQ(back.address, "9 Oak St");
  EXPECT_EQ(back.preferred_channel, PreferredChannel::sms);
  EXPECT_EQ(back.lifecycle, Lifecycle::customer);
  EXPECT_EQ(back.tags, contact.tags);
  EXPECT_EQ(back.services_interested, contact.services_interested);
  EXPECT_EQ(back.notes, contact.notes);
  EXPECT_EQ(back.source, contact.source);
  EXPECT_EQ(back.quickbooks_customer_id, "42");
  EXPECT_TRUE(back.do_not_contact);
  EXPECT_EQ(back.do_not_contact_reason, "asked");
  EXPECT_EQ(back.next_follow_up, contact.next_follow_up);
  EXPECT_EQ(back.became_customer_at, Instant{5});
  EXPECT_FALSE(back.last_contacted_at.has_value());
  EXPECT_EQ(back.custom, contact.custom);

  read([&](Txn& txn) {
    const Company found = must(txn.contacts().find_company_by_ref(1));
    EXPECT_EQ(found.id, company.id);
    EXPECT_EQ(found.type, CompanyType::nonprofit);
    EXPECT_EQ(found.status, CompanyStatus::active_customer);
    EXPECT_EQ(found.custom, company.custom);
    EXPECT_EQ(must(txn.contacts().find_by_ref(1)).id, stored.id);
    EXPECT_EQ(code_of(txn.contacts().find_by_ref(2)), Code::not_found);
    EXPECT_EQ(code_of(txn.contacts().find(ContactId("nobody"))), Code::not_found);
  });
}

TEST_P(StoreConformance, an_update_of_a_version_that_is_not_the_stored_one_is_a_conflict) {
  Contact contact = add(person("Ana", "Ruiz"));
  Contact stale = contact;
  contact.notes = "first";
  EXPECT_EQ(change(contact).head.version, 2);
  stale.notes = "second";
  EXPECT_EQ(code_of(try_write([&](Txn& txn) -> Done {
              auto updated = txn.contacts().update(stale);
              return updated ? Done{} : Done(updated.error());
            })),
            Code::conflict);
  EXPECT_EQ(this->contact(contact.id).notes, "first");
}

TEST_P(StoreConformance, a_point_left_out_of_an_update_is_retired_and_stays_history) {
  Contact contact = add(person("Ana", "Ruiz", {phone("+15125550142")}));
  contact.points = {phone("+15125550199")};
  contact = change(contact);
  EXPECT_EQ(contact.phone(), "+15125550199");
  ASSERT_EQ(contact.points.size(), 2u);
  EXPECT_TRUE(contact.points[1].retired);
  EXPECT_EQ(contact.points[1].normal, "+15125550142");
  // It no longer identifies, so somebody else may have it, and it may come back where it is free.
  read([&](Txn& txn) { EXPECT_TRUE(must(txn.contacts().find_by_point(PointKind::phone, "+15125550142")).empty()); });
  const Contact other = add(person("Bo", "Lee", {phone("+15125550142")}));
  EXPECT_EQ(other.phone(), "+15125550142");
  contact.points = {phone("+15125550199"), phone("+15125550142")};
  EXPECT_EQ(code_of(try_write([&](Txn& txn) -> Done {
              auto updated = txn.contacts().update(contact);
              return updated ? Done{} : Done(updated.error());
            })),
            Code::conflict);
}

TEST_P(StoreConformance, a_retired_point_that_comes_back_is_the_same_row_again) {
  Contact contact = add(person("Ana", "Ruiz", {phone("+15125550142")}));
  const ContactPointId id = contact.points[0].id;
  contact.points.clear();
  contact = change(contact);
  EXPECT_EQ(contact.phone(), "");
  contact.points = {phone("+15125550142")};
  contact = change(contact);
  ASSERT_EQ(contact.points.size(), 1u);
  EXPECT_EQ(contact.points[0].id, id);
  EXPECT_FALSE(contact.points[0].retired);
}

TEST_P(StoreConformance, two_contacts_never_hold_one_phone_or_email_unasked) {
  add(person("Ana", "Ruiz", {phone("+15125550142"), email("ana@ruiz.example")}));
  for (const ContactPoint& point : {phone("+15125550142"), email("ana@ruiz.example")}) {
    const Done done = try_write([&](Txn& txn) -> Done {
      auto inserted = txn.contacts().insert(person("A.", "Ruiz", {point}));
      return inserted ? Done{} : Done(inserted.error());
    });
    EXPECT_EQ(code_of(done), Code::conflict);
    EXPECT_NE(done.error().message.find("C-1"), std::string::npos) << done.error().message;
  }
  read([&](Txn& txn) { EXPECT_EQ(must(txn.contacts().list({})).size(), 1u); });
}

TEST_P(StoreConformance, an_archived_contact_still_holds_its_phone) {
  Contact contact = add(person("Ana", "Ruiz", {phone("+15125550142")}));
  contact.archived = true;
  change(contact);
  EXPECT_EQ(code_of(try_write([&](Txn& txn) -> Done {
              auto inserted = txn.contacts().insert(person("A.", "Ruiz", {phone("+15125550142")}));
              return inserted ? Done{} : Done(inserted.error());
            })),
            Code::conflict);
  read([&](Txn& txn) {
    const auto holders = must(txn.contacts().find_by_point(PointKind::phone, "+15125550142"));
    ASSERT_EQ(holders.size(), 1u);
    EXPECT_TRUE(holders[0].archived);
  });
}

TEST_P(StoreConformance, a_second_holder_needs_an_approved_approval_of_the_right_kind) {
  add(person("Ana", "Ruiz", {phone("+15125550142")}));
  ContactPoint shared = phone("+15125550142");
  const auto try_share = [&] {
    return try_write([&](Txn& txn) -> Done {
      auto inserted = txn.contacts().insert(person("Luis", "Ruiz", {shared}));
      return inserted ? Done{} : Done(inserted.error());
    });
  };
  Approval pending;
  write([&](Txn& txn) {
    pending = must(txn.approvals().insert(card(ApprovalKind::create_separate_contact, "keep apart", clock_.now())));
  });
  shared.separate = pending.id;
  EXPECT_EQ(code_of(try_share()), Code::forbidden);
  shared.separate = approved(ApprovalKind::win, "won").id;
  EXPECT_EQ(code_of(try_share()), Code::forbidden);
  shared.separate = ApprovalId("01900000-0000-7000-8000-000000000000");
  EXPECT_FALSE(try_share());
  shared.separate = approved(ApprovalKind::create_separate_contact, "keep them apart").id;
  must(try_share());
  read([&](Txn& txn) { EXPECT_EQ(must(txn.contacts().find_by_point(PointKind::phone, "+15125550142")).size(), 2u); });
  // Both may be changed in other ways without being asked again.
  Contact luis;
  read([&](Txn& txn) { luis = must(txn.contacts().find_by_ref(2)); });
  luis.notes = "brother";
  EXPECT_EQ(change(luis).notes, "brother");
  expect_verified();
}

TEST_P(StoreConformance, a_merged_contact_is_read_through_its_survivor) {
  Contact survivor = add(person("Ana", "Ruiz", {phone("+15125550142")}));
  Contact loser = add(person("Anna", "Ruis", {phone("+15125550143"), email("ana@ruiz.example")}));
  Lead lead;
  lead.title = "leaking shower";
  lead.contact = loser.id;
  lead = add(lead);
  Interaction note;
  note.contact = loser.id;
  note.body = "called twice";
  note.at = clock_.now();
  write([&](Txn& txn) { must(txn.interactions().insert(note)); });
  loser = contact(loser.id);
  loser.root = survivor.id;
  change(loser);

  read([&](Txn& txn) {
    EXPECT_EQ(must(txn.contacts().find_live(loser.id)).id, survivor.id);
    EXPECT_EQ(must(txn.contacts().merged_into(survivor.id)), std::vector{loser.id});
    EXPECT_EQ(must(txn.interactions().of_contact(survivor.id, 10)).size(), 1u);
    LeadFilter of_survivor;
    of_survivor.contact = survivor.id;
    EXPECT_EQ(must(txn.leads().list(of_survivor)).size(), 1u);
    EXPECT_EQ(must(txn.contacts().list({})).size(), 1u);
    const auto holders = must(txn.contacts().find_by_point(PointKind::email, "ana@ruiz.example"));
    ASSERT_EQ(holders.size(), 1u);
    EXPECT_EQ(holders[0].id, survivor.id);
  });
  // Searching by what only the merged record knows finds the survivor.
  EXPECT_EQ(found("Ruis"), Codes{"Ana Ruiz"});
  EXPECT_EQ(found("0143"), Codes{"Ana Ruiz"});
  expect_verified();
}

TEST_P(StoreConformance, the_survivor_may_take_over_the_phone_of_the_merged_one_and_a_stranger_may_not) {
  Contact survivor = add(person("Ana", "Ruiz"));
  Contact loser = add(person("Anna", "Ruis", {phone("+15125550143")}));
  loser.root = survivor.id;
  loser = change(loser);
  EXPECT_EQ(code_of(try_write([&](Txn& txn) -> Done {
              auto inserted = txn.contacts().insert(person("Bo", "Lee", {phone("+15125550143")}));
              return inserted ? Done{} : Done(inserted.error());
            })),
            Code::conflict);
  survivor = contact(survivor.id);
  survivor.points = {phone("+15125550143")};
  survivor = change(survivor);
  EXPECT_EQ(survivor.phone(), "+15125550143");
  // Now taking them apart would leave two people with one phone.
  loser.root = {};
  EXPECT_EQ(code_of(try_write([&](Txn& txn) -> Done {
              auto updated = txn.contacts().update(loser);
              return updated ? Done{} : Done(updated.error());
            })),
            Code::conflict);
}

TEST_P(StoreConformance, taking_a_merge_back_gives_the_phone_back) {
  const Contact survivor = add(person("Ana", "Ruiz"));
  Contact loser = add(person("Anna", "Ruis", {phone("+15125550143")}));
  loser.root = survivor.id;
  loser = change(loser);
  loser.root = {};
  loser = change(loser);
  read([&](Txn& txn) {
    const auto holders = must(txn.contacts().find_by_point(PointKind::phone, "+15125550143"));
    ASSERT_EQ(holders.size(), 1u);
    EXPECT_EQ(holders[0].id, loser.id);
  });
  EXPECT_EQ(found("0143"), Codes{"Anna Ruis"});
  EXPECT_EQ(found("Ruis"), Codes{"Anna Ruis"});
}

TEST_P(StoreConformance, contacts_are_never_merged_in_a_circle) {
  Contact first = add(person("Ana", "Ruiz"));
  Contact second = add(person("Anna", "Ruis"));
  second.root = first.id;
  change(second);
  first = contact(first.id);
  first.root = second.id;
  EXPECT_EQ(code_of(try_write([&](Txn& txn) -> Done {
              auto updated = txn.contacts().update(first);
              return updated ? Done{} : Done(updated.error());
            })),
            Code::conflict);
  first.root = first.id;
  EXPECT_FALSE(try_write([&](Txn& txn) -> Done {
    auto updated = txn.contacts().update(first);
    return updated ? Done{} : Done(updated.error());
  }));
}

TEST_P(StoreConformance, a_chain_of_merges_ends_at_its_last_survivor) {
  std::vector<Contact> people;
  for (int number = 0; number < 6; ++number) people.push_back(add(person("Ana", std::to_string(number))));
  for (std::size_t number = 0; number + 1 < people.size(); ++number) {
    people[number].root = people[number + 1].id;
    people[number] = change(people[number]);
  }
  read([&](Txn& txn) {
    EXPECT_EQ(must(txn.contacts().find_live(people[0].id)).id, people.back().id);
    EXPECT_EQ(must(txn.contacts().merged_into(people.back().id)).size(), 5u);
  });
}

TEST_P(StoreConformance, lists_of_contacts_keep_their_filters_and_orders) {
  Contact ana = person("Ana", "Ruiz");
  ana.tags = {"Plumbing", "vip"};
  ana.lifecycle = Lifecycle::customer;
  ana = add(ana);
  clock_.advance_seconds(60);
  Contact bo = add(person("bo", "lee"));
  clock_.advance_seconds(60);
  Contact cem = person("Çem", "Ak");
  cem.tags = {"PLUMBING"};
  cem = add(cem);
  clock_.advance_seconds(60);
  ana.notes = "changed";
  ana = change(ana);
  bo.archived = true;
  bo = change(bo);
  const auto names = [&](ContactFilter filter) {
    std::vector<std::string> first_names;
    read([&](Txn& txn) {
      for (const Contact& each : must(txn.contacts().list(filter))) first_names.push_back(each.first_name);
    });
    return first_names;
  };
  EXPECT_EQ(names({}), (Codes{"Ana", "Çem"}));
  EXPECT_EQ(names(where([](auto& f) { f.include_archived = true; })), (Codes{"Ana", "bo", "Çem"}));
  EXPECT_EQ(names(where([](auto& f) { f.lifecycle = Lifecycle::customer; })), Codes{"Ana"});
  EXPECT_EQ(names(where([](auto& f) { f.tag = "plumbing"; })), (Codes{"Ana", "Çem"}));
  EXPECT_EQ(names(where([](auto& f) { f.tag = "plumb"; })), Codes{});
  EXPECT_EQ(names(where([](auto& f) { f.order = ContactFilter::Order::created_newest; })), (Codes{"Çem", "Ana"}));
  EXPECT_EQ(names(where([](auto& f) { f.order = ContactFilter::Order::updated_newest; })), (Codes{"Ana", "Çem"}));
  EXPECT_EQ(names(where([](auto& f) {
              f.include_archived = true;
              f.rows_max = 1;
              f.offset = 1;
            })),
            Codes{"bo"});
  EXPECT_EQ(names(where([](auto& f) {
              f.include_archived = true;
              f.rows_max = 0;
            })),
            Codes{});
  ana.tags = {"vip"};
  change(ana);
  EXPECT_EQ(names(where([](auto& f) { f.tag = "plumbing"; })), Codes{"Çem"});
}

TEST_P(StoreConformance, the_longest_uncontacted_come_first_and_before_them_the_never_contacted) {
  const Contact ana = add(person("Ana", "Ruiz")), bo = add(person("Bo", "Lee")), cy = add(person("Cy", "Ito"));
  const auto call = [&](const Contact& who, std::int64_t at_us) {
    Interaction interaction;
    interaction.type = InteractionType::phone_call;
    interaction.contact = who.id;
    interaction.at = {at_us};
    write([&](Txn& txn) { must(txn.interactions().insert(interaction)); });
  };
  call(ana, 2'000'000);
  call(bo, 1'000'000);
  Codes names;
  read([&](Txn& txn) {
    for (const Contact& each :
         must(txn.contacts().list(where([](auto& f) { f.order = ContactFilter::Order::last_contact_oldest; }))))
      names.push_back(each.first_name);
  });
  EXPECT_EQ(names, (Codes{"Cy", "Bo", "Ana"}));
}

TEST_P(StoreConformance, a_company_is_found_by_part_of_its_name_and_not_once_archived) {
  Company company;
  company.name = "Zephyr Bakery";
  company.main_phone = "+15125550177";
  write([&](Txn& txn) { company = must(txn.contacts().insert(company)); });
  Contact ana = person("Ana", "Ruiz");
  ana.company = company.id;
  add(ana);
  read([&](Txn& txn) {
    EXPECT_EQ(must(txn.contacts().search_companies("bake", 5)).size(), 1u);
    EXPECT_EQ(must(txn.contacts().search_companies("0177", 5)).size(), 1u);
  });
  EXPECT_EQ(found("zephyr"), Codes{"Ana Ruiz"});
  company.name = "Quartz Bakery";
  write([&](Txn& txn) { company = must(txn.contacts().update(company)); });
  EXPECT_EQ(found("zephyr"), Codes{});
  EXPECT_EQ(found("quartz"), Codes{"Ana Ruiz"});
  company.status = CompanyStatus::archived;
  write([&](Txn& txn) { company = must(txn.contacts().update(company)); });
  read([&](Txn& txn) { EXPECT_TRUE(must(txn.contacts().search_companies("quartz", 5)).empty()); });
}

}  // namespace
}  // namespace deskhand::testing
