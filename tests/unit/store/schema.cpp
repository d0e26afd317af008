// The schema refuses by itself what must never happen, whoever writes to the file.
#include <algorithm>
#include <set>

#include "crm/approval.h"
#include "sample.h"
#include "store/record_tables.h"
#include "store/sqlite/connection.h"

namespace deskhand::testing {
namespace {

std::vector<std::string> tables(RawFile& file) {
  return file.column(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE "
      "'search_index%' AND name <> 'schema_migrations'");
}

// Everything but what may be cleared; a table that comes later is kept unless somebody says otherwise.
std::vector<std::string> kept_tables(RawFile& file) {
  const std::set<std::string> may_be_cleared = {"contact_tags", "search_rows", "outbox_leases", "conversations", "runs",
                                                "steps",        "card_copies", "list_copies",   "list_items"};
  std::vector<std::string> kept = tables(file);
  std::erase_if(kept, [&](const std::string& table) { return may_be_cleared.contains(table); });
  return kept;
}

TEST(Schema, gives_every_table_an_org_and_strict_types) {
  Sample sample;
  RawFile file(sample.path());
  for (const std::string& table : tables(file)) {
    EXPECT_EQ(
        file.value("SELECT COUNT(*) FROM pragma_table_info('" + table + "') WHERE name = 'org_id' AND \"notnull\" = 1"),
        "1")
        << table;
    EXPECT_EQ(file.value("SELECT strict FROM pragma_table_list('" + table + "')"), "1") << table;
  }
}

TEST(Schema, has_a_row_of_every_table_in_the_sample) {
  Sample sample;
  RawFile file(sample.path());
  for (const std::string& table : tables(file)) {
    if (table == "outbox_leases" || table == "redactions" || table == "mail_readings" || table.starts_with("attachment")) continue;
    EXPECT_NE(file.value("SELECT COUNT(*) FROM " + table), "0") << table;
  }
}

TEST(Schema, knows_every_reference_that_undo_must_look_at) {
  Sample sample;
  RawFile file(sample.path());
  for (const store::RecordTable& table : store::record_tables()) {
    std::set<std::string> declared, known;
    for (const std::string& pair : file.column("SELECT \"from\" || ' ' || \"table\" FROM pragma_foreign_key_list('" +
                                               std::string(table.name) + "') WHERE \"from\" <> 'org_id'"))
      declared.insert(pair);
    for (const store::Reference& reference : table.references)
      known.insert(std::string(reference.column) + " " + std::string(reference.table));
    EXPECT_EQ(declared, known) << table.name;
    for (const std::string_view column : table.derived) {
      EXPECT_EQ(file.value("SELECT COUNT(*) FROM pragma_table_info('" + std::string(table.name) + "') WHERE name = '" +
                           std::string(column) + "'"),
                "1")
          << table.name << "." << column;
    }
  }
}

TEST(Schema, refuses_every_way_to_delete_a_record) {
  Sample sample;
  RawFile file(sample.path());
  file.must_run("PRAGMA foreign_keys = OFF; PRAGMA recursive_triggers = ON");
  for (const std::string& table : kept_tables(file)) {
    const std::string before = file.value("SELECT COUNT(*) FROM " + table);
    for (const std::string& sql :
         {"DELETE FROM " + table, "DELETE FROM " + table + " WHERE 1 = 1 LIMIT 1",
          "WITH x AS (SELECT 1) DELETE FROM " + table + " WHERE org_id <> ''",
          "DELETE FROM " + table + " WHERE rowid = (SELECT rowid FROM " + table + " LIMIT 1) RETURNING *",
          "REPLACE INTO " + table + " SELECT * FROM " + table,
          "INSERT OR REPLACE INTO " + table + " SELECT * FROM " + table,
          "UPDATE OR REPLACE " + table + " SET org_id = org_id || ''"}) {
      if (before == "0") continue;                                                       // nothing to delete
      if (table == "audit_changes" && sql.find("rowid") != std::string::npos) continue;  // has none
      const bool harmless =
          sql.starts_with("UPDATE") && file.run(sql).empty() && file.value("SELECT COUNT(*) FROM " + table) == before;
      if (!harmless) {
        EXPECT_NE(file.run(sql), "") << sql;
      }
    }
    EXPECT_EQ(file.value("SELECT COUNT(*) FROM " + table), before) << table;
  }
}

TEST(Schema, refuses_to_rewrite_history_and_what_was_approved) {
  Sample sample;
  RawFile file(sample.path());
  for (const char* change : {"interactions SET body = 'x'",
                             "interactions SET at = 0",
                             "interactions SET inbound = 1",
                             "interactions SET lead_id = NULL",
                             "interactions SET subject = 'x'",
                             "messages SET text = 'x'",
                             "messages SET to_address = 'x'",
                             "messages SET cc = 'x'",
                             "messages SET html = 'x'",
                             "messages SET attachments = 'x'",
                             "messages SET revision = 2",
                             "approvals SET canonical = x'00'",
                             "approvals SET fingerprint = 'x'",
                             "approvals SET arguments = 'x'",
                             "approvals SET card = 'x'",
                             "approvals SET tool = 'x'",
                             "approvals SET kind = 'win'",
                             "approvals SET expires_at = 9e17",
                             "approvals SET status = 'pending'",
                             "approvals SET status = 'rejected'",
                             "grants SET fingerprint = 'x'",
                             "grants SET expires_at = 99",
                             "grants SET outbox_id = NULL",
                             "grants SET standing = 1",
                             "grants SET uses_max = 99",
                             "grants SET uses = -1",
                             "outbox SET canonical = x'00'",
                             "outbox SET fingerprint = 'x'",
                             "outbox SET grant_id = NULL",
                             "outbox SET notice_to = 'x'",
                             "outbox SET kind = 'owner_notice'",
                             "outbox SET state = 'sent'",
                             "audit SET actor = 'x'",
                             "audit SET hash = 'x'",
                             "audit_changes SET after_digest = 'x'",
                             "audit_payloads SET payload = 'x'",
                             "audit_payloads SET payload = NULL",
                             "contact_points SET normal = 'x'",
                             "contact_points SET contact_id = 'x'",
                             "contact_points SET separate_id = 'x'",
                             "contacts SET id = 'x'",
                             "model_spending SET cost_micros = 0",
                             "nurture_log SET note = 'x'",
                             "nurture_log SET event = 'exited'",
                             "nurture_enrolments SET sequence = 'x'",
                             "nurture_enrolments SET lead_id = 'x'",
                             "stages SET state = 'new'",
                             "contacts SET ref_number = 9",
                             "leads SET created_at = 0",
                             "contacts SET org_id = 'x'"})
    EXPECT_NE(file.run("UPDATE " + std::string(change)), "") << change;
  EXPECT_TRUE(sample.findings().empty());
}

TEST(Schema, lets_the_outbox_move_exactly_as_the_rules_say) {
  Sample sample;
  RawFile file(sample.path());
  file.must_run("PRAGMA foreign_keys = OFF");
  for (const char* trigger : {"outbox_attempts_with_a_live_grant", "outbox_starts_queued"})
    file.must_run("DROP TRIGGER " + std::string(trigger));
  const std::string move_trigger = file.value("SELECT sql FROM sqlite_master WHERE name = 'outbox_moves_legally'");
  constexpr OutboxState kStates[] = {OutboxState::queued,    OutboxState::attempting,       OutboxState::sent,
                                     OutboxState::refused,   OutboxState::delivery_unknown, OutboxState::not_configured,
                                     OutboxState::cancelled, OutboxState::bounced};
  for (const OutboxState from : kStates) {
    for (const OutboxState to : kStates) {
      file.must_run("DROP TRIGGER outbox_moves_legally");
      file.must_run("UPDATE outbox SET state = '" + std::string(name_of(from)) + "'");
      file.must_run(move_trigger);
      const std::string error = file.run("UPDATE outbox SET state = '" + std::string(name_of(to)) + "'");
      EXPECT_EQ(error.empty(), may_move(from, to)) << name_of(from) << " to " << name_of(to) << ": " << error;
    }
  }
}

TEST(Schema, lets_a_used_grant_live_again_only_for_a_row_that_did_not_leave) {
  Sample sample;
  RawFile file(sample.path());
  file.must_run("UPDATE outbox SET state = 'attempting'; UPDATE grants SET used_at = 5");
  EXPECT_NE(file.run("UPDATE grants SET used_at = NULL"), "");
  EXPECT_NE(file.run("UPDATE grants SET used_at = 6"), "");
  file.must_run("UPDATE outbox SET state = 'delivery_unknown'");
  EXPECT_NE(file.run("UPDATE grants SET used_at = NULL"), "");
  file.must_run(
      "UPDATE outbox SET state = 'queued'; UPDATE grants SET used_at = NULL; UPDATE grants SET revoked_at = 7");
  EXPECT_NE(file.run("UPDATE grants SET revoked_at = NULL"), "");
  EXPECT_NE(file.run("UPDATE outbox SET state = 'attempting'"), "");
}

TEST(Authorizer, knows_no_delete_no_schema_change_and_no_other_file) {
  Sample sample;
  auto connection = must(store::SqliteConnection::open(
      {.path = sample.path(), .role = store::Role::writer, .busy_timeout_ms = 5'000, .vfs = {}}));
  connection->lock_down();
  RawFile file(sample.path());
  for (const std::string& table : kept_tables(file)) {
    const Done done = connection->run("DELETE FROM " + table, {}, {});
    EXPECT_EQ(code_of(done), Code::forbidden) << table;
    EXPECT_NE(done.error().detail.find("sqlite 23"), std::string::npos)
        << "the authorizer, before any trigger: " << done.error().detail;
  }
  const std::string other = sample.folder.file("other.db");
  for (const std::string& sql : {std::string("DELETE FROM schema_migrations"),
                                 std::string("DROP TABLE contacts"),
                                 std::string("DROP TRIGGER contacts_are_never_deleted"),
                                 std::string("DROP INDEX contacts_by_name"),
                                 std::string("ALTER TABLE contacts RENAME TO people"),
                                 std::string("ALTER TABLE contacts DROP COLUMN notes"),
                                 std::string("ALTER TABLE contacts ADD COLUMN x TEXT"),
                                 "ATTACH '" + other + "' AS other",
                                 std::string("DETACH main"),
                                 std::string("CREATE TABLE x (y)"),
                                 std::string("CREATE TEMP TABLE x (y)"),
                                 std::string("CREATE VIEW x AS SELECT 1"),
                                 std::string("CREATE TRIGGER x AFTER INSERT ON contacts BEGIN SELECT 1; END"),
                                 std::string("CREATE TEMP TRIGGER x BEFORE DELETE ON contacts BEGIN SELECT 1; END"),
                                 std::string("PRAGMA writable_schema = ON"),
                                 std::string("PRAGMA foreign_keys = OFF"),
                                 std::string("PRAGMA recursive_triggers = OFF"),
                                 std::string("PRAGMA journal_mode = DELETE"),
                                 std::string("PRAGMA synchronous = OFF"),
                                 std::string("VACUUM"),
                                 "VACUUM INTO '" + other + "'",
                                 std::string("REINDEX"),
                                 std::string("ANALYZE"),
                                 std::string("UPDATE sqlite_master SET sql = ''"),
                                 std::string("DELETE FROM sqlite_master"),
                                 std::string("INSERT INTO sqlite_master VALUES (1,1,1,1,1)"),
                                 std::string("REPLACE INTO contacts SELECT * FROM contacts"),
                                 std::string("INSERT OR REPLACE INTO users SELECT * FROM users")})
    EXPECT_FALSE(connection->run(sql, {}, {})) << sql;
  must(connection->run("BEGIN IMMEDIATE", {}, {}));
  must(connection->run("UPDATE contacts SET notes = 'x'", {}, {}));
  must(connection->run("ROLLBACK", {}, {}));
  EXPECT_FALSE(std::filesystem::exists(other));
  EXPECT_TRUE(sample.findings().empty());
}

TEST(SearchIndex, that_is_damaged_is_told_of_and_built_anew) {
  Sample sample;
  must(sample.opened.system->check_integrity());
  RawFile(sample.path()).must_run("UPDATE search_rows SET content = 'something else' WHERE noun = 'contact'");
  EXPECT_EQ(code_of(sample.opened.system->check_integrity()), Code::corrupt);
  must(sample.opened.system->check_integrity());
}

TEST(Authorizer, lets_a_reader_look_and_nothing_else) {
  Sample sample;
  auto reader = must(store::SqliteConnection::open(
      {.path = sample.path(), .role = store::Role::reader, .busy_timeout_ms = 5'000, .vfs = {}}));
  reader->lock_down();
  EXPECT_EQ(code_of(reader->run("UPDATE contacts SET notes = 'x'", {}, {})), Code::forbidden);
  EXPECT_EQ(code_of(reader->run("INSERT INTO contact_tags (org_id, tag, contact_id) VALUES ('a', 'b', 'c')", {}, {})),
            Code::forbidden);
  EXPECT_EQ(code_of(reader->run("PRAGMA query_only = OFF", {}, {})), Code::forbidden);
  must(reader->run("SELECT * FROM contacts", {}, {}));
}

}  // namespace
}  // namespace deskhand::testing
