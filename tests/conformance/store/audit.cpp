#include "store_fixture.h"

namespace deskhand::testing {
namespace {

TEST_P(StoreConformance, the_audit_log_is_a_chain_without_gaps) {
  std::string previous;
  read([&](Txn& txn) { previous = must(txn.audit().recent(1)).front().hash; });
  for (int number = 0; number < 5; ++number) {
    const AuditEntry entry = write([](Txn&) {});
    EXPECT_EQ(entry.sequence, number + 2);  // making the org was the first
    EXPECT_EQ(entry.previous_hash, previous);
    EXPECT_EQ(entry.payload_digest, sha256_hex(entry.payload));
    previous = entry.hash;
  }
  const VerifyReport report = must(system_->verify(org_.id));
  EXPECT_EQ(report.audit_rows, 6);
  EXPECT_EQ(report.record_rows, 2);  // the org and its owner
  EXPECT_EQ(report.head, previous);
  EXPECT_TRUE(report.findings.empty());
}

TEST_P(StoreConformance, an_entry_says_what_changed_from_what_to_what) {
  Contact ana = add(person("Ana", "Ruiz"));
  ana.notes = "new note";
  const AuditEntry entry = write([&](Txn& txn) { ana = must(txn.contacts().update(ana)); });
  EXPECT_NE(entry.payload.find("\"before\":{\"notes\":\"\""), std::string::npos) << entry.payload;
  EXPECT_NE(entry.payload.find("\"notes\":\"new note\""), std::string::npos) << entry.payload;
  EXPECT_NE(entry.payload.find("\"ref\":\"C-1\""), std::string::npos) << entry.payload;
  EXPECT_EQ(entry.payload.find("first_name"), std::string::npos) << entry.payload;
}

TEST_P(StoreConformance, an_entry_keeps_the_callers_payload_beside_the_changes) {
  AuditEntry entry = audit_entry("create_contact");
  entry.payload = R"({"arguments":{"first_name":"Ana"}})";
  must(store_->write(org_.id, [&](Txn& txn) -> Done {
    must(txn.contacts().insert(person("Ana", "Ruiz")));
    entry = must(txn.audit().append(entry, true));
    return {};
  }));
  EXPECT_NE(entry.payload.find("\"arguments\":{\"first_name\":\"Ana\"}"), std::string::npos);
  EXPECT_NE(entry.payload.find("\"changes\":["), std::string::npos);
  EXPECT_EQ(entry.undo_number, 1);
  read([&](Txn& txn) {
    EXPECT_EQ(must(txn.audit().find_undo(1)).payload, entry.payload);
    EXPECT_EQ(code_of(txn.audit().find_undo(2)), Code::not_found);
    EXPECT_EQ(code_of(txn.audit().find_undo(0)), Code::not_found);
  });
}

TEST_P(StoreConformance, a_payload_that_is_too_large_is_refused_with_everything_it_tells_of) {
  Contact ana = add(person("Ana", "Ruiz"));
  ana.notes = std::string(limits::kAuditPayloadBytes, 'n');
  EXPECT_EQ(code_of(try_write([&](Txn& txn) -> Done {
              auto updated = txn.contacts().update(ana);
              return updated ? Done{} : Done(updated.error());
            })),
            Code::limit_exceeded);
  EXPECT_EQ(contact(ana.id).notes, "");
  AuditEntry entry = audit_entry("x");
  entry.payload = "not json";
  EXPECT_FALSE(store_->write(org_.id, [&](Txn& txn) -> Done {
    auto appended = txn.audit().append(entry, false);
    return appended ? Done{} : Done(appended.error());
  }));
}

TEST_P(StoreConformance, actions_of_a_model_are_counted_when_they_were_allowed) {
  const auto append = [&](std::string actor, std::string action, std::string verdict) {
    must(store_->write(org_.id, [&](Txn& txn) -> Done {
      AuditEntry entry;
      entry.at = clock_.now();
      entry.actor = std::move(actor);
      entry.action = std::move(action);
      entry.verdict = std::move(verdict);
      must(txn.audit().append(entry, false));
      return {};
    }));
  };
  append("model:embedded for dana", "create_contact", "allow");
  append("model:embedded for dana", "create_contact", "allow under A-1");
  append("model:embedded for dana", "create_contact", "stop HS3");
  append("model:embedded for dana", "create_lead", "allow");
  append("person:dana", "create_contact", "allow");
  append("model%", "create_contact", "allowed");
  read([&](Txn& txn) {
    EXPECT_EQ(must(txn.audit().count_actions("model:", {"create_contact"}, clock_.now())), 2);
    EXPECT_EQ(must(txn.audit().count_actions("model:", {"create_contact", "create_lead"}, {0})), 3);
    EXPECT_EQ(must(txn.audit().count_actions("", {"create_contact"}, {0})), 3);
    EXPECT_EQ(must(txn.audit().count_actions("model:", {"create_contact"}, clock_.now().plus_seconds(1))), 0);
    EXPECT_EQ(must(txn.audit().count_actions("model:", {}, {0})), 0);
  });
}

}  // namespace
}  // namespace deskhand::testing
