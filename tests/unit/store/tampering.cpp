// What somebody changes with another program is found by verify.
#include "sample.h"
#include "store/record_tables.h"

namespace deskhand::testing {
namespace {

class Tampering : public ::testing::Test {
 protected:
  // Changes the file with its triggers out of the way and gives what verify then says.
  std::vector<VerifyFinding> findings_after(const std::string& sql) {
    Sample sample;
    sample.close();
    {
      RawFile file(sample.path());
      file.must_run("PRAGMA foreign_keys = OFF");
      file.drop_triggers();
      file.must_run(sql);
    }
    sample.reopen();
    return sample.findings();
  }
  static std::string text_of(const std::vector<VerifyFinding>& findings) {
    std::string text;
    for (const VerifyFinding& finding : findings) text += finding.where + ": " + finding.what + "\n";
    return text;
  }
};

TEST_F(Tampering, is_not_seen_where_there_is_none) {
  Sample sample;
  EXPECT_TRUE(sample.findings().empty());
  const VerifyReport report = must(sample.opened.system->verify(sample.org.id));
  EXPECT_GT(report.record_rows, 15);
  EXPECT_EQ(report.audit_rows, 2);
}

TEST_F(Tampering, by_changing_a_row_is_found_in_every_table) {
  for (const store::RecordTable& table : store::record_tables()) {
    if (table.name == "redactions") continue;  // the sample has none: it would blank the rest
    const auto findings = findings_after("UPDATE " + std::string(table.name) + " SET version = version + 1");
    EXPECT_NE(text_of(findings).find("changed outside the program"), std::string::npos) << table.name << "\n"
                                                                                        << text_of(findings);
  }
}

TEST_F(Tampering, by_removing_a_row_is_found_in_every_table) {
  for (const store::RecordTable& table : store::record_tables()) {
    if (table.name == "redactions") continue;  // the sample has none: it would blank the rest
    const auto findings = findings_after("DELETE FROM " + std::string(table.name));
    EXPECT_NE(text_of(findings).find("removed outside the program"), std::string::npos) << table.name << "\n"
                                                                                        << text_of(findings);
  }
}

TEST_F(Tampering, by_adding_a_row_is_found_in_every_table) {
  for (const store::RecordTable& table : store::record_tables()) {
    const std::string name(table.name);
    if (name == "redactions" || name == "nurture_enrolments") continue;  // none there; one at a time for a lead
    if (name == "orgs") continue;  // a second org has an audit log of its own, which is empty
    std::string columns, values;
    Sample sample;
    RawFile file(sample.path());
    for (const std::string& column : file.column("SELECT name FROM pragma_table_info('" + name + "')")) {
      columns += (columns.empty() ? "" : ", ") + column;
      // Whatever is unique gets a value of its own.
      const bool unique = column == "id" || column == "login" || column == "name" || column == "normal" || column == "pipeline" ||
                          column == "request_id" || column == "draft_root_id";
      values += (values.empty() ? "" : ", ") + (unique                                     ? column + " || 'x'"
                                                : column == "ref_number"                   ? "ref_number + 1000"
                                                : column == "grant_id" && name == "outbox" ? "NULL"
                                                                                           : column);
    }
    const auto findings =
        findings_after("INSERT INTO " + name + " (" + columns + ") SELECT " + values + " FROM " + name + " LIMIT 1");
    EXPECT_NE(text_of(findings).find("added outside the program"), std::string::npos) << name << "\n"
                                                                                      << text_of(findings);
  }
}

TEST_F(Tampering, of_each_single_column_of_a_contact_is_found) {
  for (const char* change :
       {"first_name = 'Eve'", "notes = 'x'", "last_contacted_at = 5", "do_not_contact = 1", "archived = 1", "tags = ''",
        "company_id = NULL", "custom = ''", "address = ' '", "updated_at = updated_at + 1"}) {
    const auto findings = findings_after("UPDATE contacts SET " + std::string(change));
    ASSERT_EQ(findings.size(), 1u) << change;
    EXPECT_EQ(findings[0].where, "C-1");
  }
}

TEST_F(Tampering, of_the_log_itself_is_found) {
  for (const char* sql : {"UPDATE audit SET actor = 'nobody' WHERE sequence = 1",
                          "UPDATE audit SET at = at + 1 WHERE sequence = 2",
                          "UPDATE audit SET verdict = 'x'",
                          "UPDATE audit SET undoes = 1 WHERE sequence = 2",
                          "UPDATE audit SET undo_number = 9 WHERE sequence = 2",
                          "UPDATE audit SET hash = 'x' WHERE sequence = 2",
                          "UPDATE audit SET previous_hash = 'x' WHERE sequence = 2",
                          "UPDATE audit SET payload_digest = 'x'",
                          "UPDATE audit SET changes_digest = 'x'",
                          "UPDATE audit_payloads SET payload = '{}'",
                          "UPDATE audit_payloads SET payload = NULL",
                          "DELETE FROM audit_payloads",
                          "UPDATE audit_changes SET after_digest = 'x' WHERE position = 1",
                          "UPDATE audit_changes SET before_digest = 'x'",
                          "UPDATE audit_changes SET ref = 'C-9'",
                          "DELETE FROM audit_changes WHERE position = 3",
                          "DELETE FROM audit_changes",
                          "DELETE FROM audit WHERE sequence = 1",
                          "DELETE FROM audit WHERE sequence = 2",
                          "DELETE FROM audit",
                          "UPDATE audit SET sequence = sequence + 10",
                          "INSERT INTO audit SELECT org_id, 3, at, actor, action, subject, verdict, payload_digest, "
                          "changes_digest, hash, hash, 0, 0 FROM audit WHERE sequence = 2",
                          "INSERT INTO audit_changes SELECT org_id, 99, position, table_name, row_id, ref, "
                          "before_digest, after_digest, substance_digest FROM audit_changes WHERE sequence = 2"})
    EXPECT_FALSE(findings_after(sql).empty()) << sql;
}

TEST_F(Tampering, that_cuts_off_the_end_of_the_log_with_its_rows_is_found) {
  // The newest entry and everything it made vanish together; the counter still knows of it.
  std::string sql =
      "DELETE FROM audit WHERE sequence = 2; DELETE FROM audit_payloads WHERE sequence = 2; DELETE FROM audit_changes "
      "WHERE sequence = 2;";
  for (const store::RecordTable& table : store::record_tables())
    if (table.name != "orgs" && table.name != "users") sql += "DELETE FROM " + std::string(table.name) + ";";
  const auto findings = findings_after(sql);
  ASSERT_EQ(findings.size(), 1u) << text_of(findings);
  EXPECT_NE(findings[0].what.find("missing"), std::string::npos);
}

TEST_F(Tampering, that_the_program_then_built_upon_is_still_found) {
  Sample sample;
  {
    RawFile file(sample.path());
    file.must_run("UPDATE contacts SET notes = 'owes nothing'");
  }
  Contact ana;
  must(sample.write([&](Txn& txn) -> Done {
    ana = must(txn.contacts().find(sample.contact.id));
    ana.address = "9 Oak St";
    auto updated = txn.contacts().update(ana);
    return updated ? Done{} : Done(updated.error());
  }));
  const auto findings = sample.findings();
  ASSERT_EQ(findings.size(), 1u) << text_of(findings);
  EXPECT_EQ(findings[0].where, "C-1");
  EXPECT_NE(findings[0].what.find("before audit 3"), std::string::npos) << findings[0].what;
}

TEST_F(Tampering, with_a_payload_is_allowed_only_where_a_redaction_names_it) {
  Sample sample;
  std::string digest;
  must(sample.opened.store->read(sample.org.id, [&](Txn& txn) -> Done {
    digest = must(txn.audit().recent(1)).front().payload_digest;
    return {};
  }));
  {
    RawFile file(sample.path());
    EXPECT_NE(file.run("UPDATE audit_payloads SET payload = NULL WHERE sequence = 2"), "");
  }
  AuditEntry entry = audit_entry("redact");
  entry.payload = R"({"redacts":[")" + digest + R"("],"reason":"asked to be forgotten"})";
  must(sample.opened.store->write(sample.org.id, [&](Txn& txn) -> Done {
    must(txn.audit().append(entry, false));
    return {};
  }));
  RawFile(sample.path()).must_run("UPDATE audit_payloads SET payload = NULL WHERE sequence = 2");
  EXPECT_TRUE(sample.findings().empty()) << text_of(sample.findings());
  // The records it told of are still held to their digests, and it can no longer be taken back.
  EXPECT_EQ(code_of(sample.opened.store->write(
                sample.org.id, [&](Txn& txn) -> Done { return txn.audit().undo(must(txn.audit().find_undo(1))); })),
            Code::conflict);
  RawFile(sample.path()).must_run("UPDATE contacts SET notes = 'x'");
  EXPECT_EQ(sample.findings().size(), 1u);
  EXPECT_NE(RawFile(sample.path()).run("UPDATE audit_payloads SET payload = '{}' WHERE sequence = 2"), "");
}

TEST_F(Tampering, that_is_everywhere_fills_no_memory) {
  Sample sample;
  must(sample.write([&](Txn& txn) -> Done {
    for (int number = 0; number < 300; ++number) must(txn.contacts().insert(person("Number", std::to_string(number))));
    return {};
  }));
  RawFile(sample.path()).must_run("UPDATE contacts SET notes = 'x'");
  EXPECT_EQ(sample.findings().size(), 100u);
}

}  // namespace
}  // namespace deskhand::testing
