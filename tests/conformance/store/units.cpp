#include <thread>

#include "store_fixture.h"

namespace deskhand::testing {
namespace {

TEST_P(StoreConformance, what_a_failed_unit_of_work_did_is_gone_and_its_error_comes_back) {
  const Done done = store_->write(org_.id, [&](Txn& txn) -> Done {
    must(txn.contacts().insert(person("Ana", "Ruiz")));
    must(txn.audit().append(audit_entry("test"), false));
    return make_error(Code::limit_exceeded, "enough");
  });
  EXPECT_EQ(code_of(done), Code::limit_exceeded);
  EXPECT_EQ(done.error().message, "enough");
  read([&](Txn& txn) { EXPECT_TRUE(must(txn.contacts().list({})).empty()); });
  // Not even its number was used up.
  EXPECT_EQ(add(person("Bo", "Lee")).head.ref_number, 1);
  expect_verified();
}

TEST_P(StoreConformance, an_exception_in_a_unit_of_work_is_an_error_and_nothing_happened) {
  const Done thrown = store_->write(org_.id, [&](Txn& txn) -> Done {
    must(txn.contacts().insert(person("Ana", "Ruiz")));
    throw std::runtime_error("boom");
  });
  EXPECT_EQ(code_of(thrown), Code::internal);
  EXPECT_EQ(thrown.error().message.find("boom"), std::string::npos);  // for the log only
  const Done nested = store_->write(org_.id, [&](Txn& txn) -> Done {
    return txn.nested([&]() -> Done {
      must(txn.contacts().insert(person("Ana", "Ruiz")));
      throw 7;  // NOLINT: anything can be thrown
    });
  });
  EXPECT_EQ(code_of(nested), Code::internal);
  EXPECT_EQ(code_of(store_->read(org_.id, [](Txn&) -> Done { throw std::runtime_error("boom"); })), Code::internal);
  read([&](Txn& txn) { EXPECT_TRUE(must(txn.contacts().list({})).empty()); });
  EXPECT_EQ(add(person("Bo", "Lee")).head.ref_number, 1);
}

TEST_P(StoreConformance, a_change_without_an_audit_entry_is_refused) {
  const Done done = store_->write(org_.id, [&](Txn& txn) -> Done {
    must(txn.contacts().insert(person("Ana", "Ruiz")));
    return {};
  });
  EXPECT_EQ(code_of(done), Code::internal);
  const Done after = store_->write(org_.id, [&](Txn& txn) -> Done {
    must(txn.audit().append(audit_entry("test"), false));
    must(txn.contacts().insert(person("Ana", "Ruiz")));
    EXPECT_EQ(txn.audit().changes_since_append(), 1u);
    return {};
  });
  EXPECT_EQ(code_of(after), Code::internal);
  read([&](Txn& txn) { EXPECT_TRUE(must(txn.contacts().list({})).empty()); });
}

TEST_P(StoreConformance, a_failed_part_takes_back_what_it_did_and_nothing_else) {
  write([&](Txn& txn) {
    must(txn.contacts().insert(person("Ana", "Ruiz")));
    const Done part = txn.nested([&]() -> Done {
      must(txn.contacts().insert(person("Bo", "Lee")));
      must(txn.audit().append(audit_entry("inside"), false));
      must(txn.nested([&]() -> Done {
        must(txn.contacts().insert(person("Cy", "Ito")));
        return {};
      }));
      return make_error(Code::conflict, "no");
    });
    EXPECT_EQ(code_of(part), Code::conflict);
    EXPECT_EQ(txn.audit().changes_since_append(), 1u);
    EXPECT_EQ(must(txn.contacts().list({})).size(), 1u);
    must(txn.nested([&]() -> Done {
      must(txn.contacts().insert(person("Di", "Low")));
      return {};
    }));
  });
  read([&](Txn& txn) {
    EXPECT_EQ(must(txn.contacts().list({})).size(), 2u);
    EXPECT_EQ(must(txn.audit().recent(10)).front().action, "test");
  });
  expect_verified();
}

TEST_P(StoreConformance, a_unit_of_work_sees_its_own_writes_and_a_read_does_not_until_it_is_done) {
  must(store_->write(org_.id, [&](Txn& txn) -> Done {
    must(txn.contacts().insert(person("Ana", "Ruiz")));
    EXPECT_EQ(must(txn.contacts().list({})).size(), 1u);
    EXPECT_EQ(must(txn.contacts().search("ruiz", false, 5)).size(), 1u);
    read([&](Txn& other) { EXPECT_TRUE(must(other.contacts().list({})).empty()); });
    must(txn.audit().append(audit_entry("test"), false));
    return {};
  }));
  read([&](Txn& txn) { EXPECT_EQ(must(txn.contacts().list({})).size(), 1u); });
}

TEST_P(StoreConformance, a_read_stands_on_one_snapshot) {
  add(person("Ana", "Ruiz"));
  read([&](Txn& txn) {
    EXPECT_EQ(must(txn.contacts().list({})).size(), 1u);
    std::thread([&] { add(person("Bo", "Lee")); }).join();
    EXPECT_EQ(must(txn.contacts().list({})).size(), 1u);
  });
  read([&](Txn& txn) { EXPECT_EQ(must(txn.contacts().list({})).size(), 2u); });
}

TEST_P(StoreConformance, a_unit_of_work_begun_within_a_read_is_done_and_the_read_does_not_see_it) {
  read([&](Txn& txn) {
    EXPECT_TRUE(must(txn.contacts().list({})).empty());
    add(person("Ana", "Ruiz"));
    EXPECT_TRUE(must(txn.contacts().list({})).empty());
    read([&](Txn& later) { EXPECT_EQ(must(later.contacts().list({})).size(), 1u); });
    EXPECT_TRUE(must(txn.contacts().list({})).empty());
  });
  add(person("Bo", "Lee"));
  read([&](Txn& txn) { EXPECT_EQ(must(txn.contacts().list({})).size(), 2u); });
  expect_verified();
}

TEST_P(StoreConformance, every_write_through_a_read_is_refused) {
  const Contact ana = add(person("Ana", "Ruiz", {phone("+15125550142")}));
  Approval asked;
  Message draft;
  write([&](Txn& txn) {
    asked = must(txn.approvals().insert(card(ApprovalKind::win, "bytes", clock_.now())));
    draft = must(txn.messages().insert(draft));
  });
  const auto refused = [](const auto& result) {
    return !result && (result.error().code == Code::forbidden || result.error().code == Code::internal);
  };
  read([&](Txn& txn) {
    EXPECT_TRUE(refused(txn.contacts().insert(person("Bo", "Lee"))));
    EXPECT_TRUE(refused(txn.contacts().update(ana)));
    EXPECT_TRUE(refused(txn.contacts().insert(Company{})));
    EXPECT_TRUE(refused(txn.leads().insert(Lead{})));
    EXPECT_TRUE(refused(txn.opportunities().insert(Opportunity{})));
    EXPECT_TRUE(refused(txn.messages().insert(Message{})));
    EXPECT_TRUE(refused(txn.messages().set_status(draft.id, DraftStatus::open, DraftStatus::discarded)));
    EXPECT_TRUE(refused(txn.approvals().decide(asked.id, yes(asked))));
    EXPECT_TRUE(refused(txn.audit().append(audit_entry("x"), false)));
    EXPECT_TRUE(refused(txn.conversations().open("terminal", owner_.id, clock_.now())));
    EXPECT_TRUE(refused(txn.org().set_setting("a", "b")));
    EXPECT_TRUE(refused(txn.org().update(org_)));
  });
  expect_verified();
}

TEST_P(StoreConformance, a_unit_of_work_inside_another_is_refused_and_does_not_hang) {
  Done inner;
  write([&](Txn&) { inner = store_->write(org_.id, [](Txn&) -> Done { return {}; }); });
  EXPECT_EQ(code_of(inner), Code::internal);
}

TEST_P(StoreConformance, an_unknown_org_is_not_found) {
  const auto nothing = [](Txn&) -> Done { return {}; };
  EXPECT_EQ(code_of(store_->write(OrgId("01900000-0000-7000-8000-000000000000"), nothing)), Code::not_found);
  EXPECT_EQ(code_of(store_->read(OrgId(""), nothing)), Code::not_found);
}

TEST_P(StoreConformance, two_hundred_threads_capturing_one_phone_make_one_contact) {
  std::atomic<int> made{0}, found{0}, other{0};
  {
    std::vector<std::jthread> threads;
    for (int number = 0; number < 200; ++number) {
      threads.emplace_back([&, number] {
        bool created = false;
        const Done done = try_write([&](Txn& txn) -> Done {
          // As capture_inquiry does it: look first. Every tenth does not look and is stopped by the database.
          auto holders = txn.contacts().find_by_point(PointKind::phone, "+15125550142");
          if (!holders) return holders.error();
          if (!holders->empty() && number % 10 != 0) return {};
          auto inserted = txn.contacts().insert(person("Ana", std::to_string(number), {phone("+15125550142")}));
          created = inserted.has_value();
          return inserted ? Done{} : Done(inserted.error());
        });
        if (done && created)
          ++made;
        else if (done || done.error().code == Code::conflict)
          ++found;
        else
          ++other;
      });
    }
  }
  EXPECT_EQ(made, 1);
  EXPECT_EQ(found, 199);
  EXPECT_EQ(other, 0);
  read([&](Txn& txn) { EXPECT_EQ(must(txn.contacts().list({})).size(), 1u); });
  expect_verified();
}

TEST_P(StoreConformance, units_of_many_threads_fail_and_succeed_each_for_itself) {
  std::atomic<int> wrong{0};
  {
    std::vector<std::jthread> threads;
    for (int number = 0; number < 100; ++number) {
      threads.emplace_back([&, number] {
        const Done done = try_write([&](Txn& txn) -> Done {
          auto inserted = txn.contacts().insert(person("Number", std::to_string(number)));
          if (!inserted) return inserted.error();
          if (number % 3 == 1) return make_error(Code::conflict, std::to_string(number));
          if (number % 3 == 2) throw std::runtime_error("boom");
          return {};
        });
        const bool right = number % 3 == 0   ? done.has_value()
                           : number % 3 == 1 ? !done && done.error().message == std::to_string(number)
                                             : !done && done.error().code == Code::internal;
        if (!right) ++wrong;
        // Readers come and go meanwhile.
        if (!store_->read(org_.id, [](Txn& txn) -> Done {
              return txn.org().get() ? Done{} : Done(make_error(Code::internal, ""));
            }))
          ++wrong;
      });
    }
  }
  EXPECT_EQ(wrong, 0);
  read([&](Txn& txn) {
    const auto all = must(txn.contacts().list({}));
    EXPECT_EQ(all.size(), 20u);
    ContactFilter filter;
    filter.rows_max = 200;
    const auto every = must(txn.contacts().list(filter));
    EXPECT_EQ(every.size(), 34u);
    std::int64_t highest = 0;
    for (const Contact& each : every) highest = std::max(highest, each.head.ref_number);
    EXPECT_EQ(highest, 34);  // no gaps
  });
  expect_verified();
}

TEST_P(StoreConformance, what_was_acknowledged_is_there_after_a_restart) {
  const Contact ana = add(person("Ana", "Ruiz", {phone("+15125550142")}));
  reopen();
  EXPECT_EQ(contact(ana.id).phone(), "+15125550142");
  EXPECT_EQ(found("0142").size(), 1u);
  EXPECT_EQ(add(person("Bo", "Lee")).head.ref_number, 2);
  expect_verified();
}

}  // namespace
}  // namespace deskhand::testing
