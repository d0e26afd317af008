// A person who is forgotten by law: no word of theirs is left in the file, everything else is, and the log still proves itself.
#include <fstream>
#include <map>
#include <set>

#include "sample.h"
#include "store/record_tables.h"
#include "store/redaction_store.h"

namespace deskhand::testing {
namespace {

class Redaction : public ::testing::Test {
 protected:
  Result<RedactionReport> redact(const ContactId& contact, const UserId& by) {
    Result<RedactionReport> report = make_error(Code::internal, "not run");
    Done done = sample.opened.store->write(sample.org.id, [&](Txn& txn) -> Done {
      report = txn.redactions().redact({contact, by, "asked on paper", "person:dana"});
      return report ? Done{} : Done(report.error());
    });
    if (!done) return done.error();
    return report;
  }
  Result<RedactionReport> redact() { return redact(sample.contact.id, sample.owner.id); }

  // Where in the file a text still stands: "leads.title".
  std::set<std::string> places_of(const std::string& text) {
    std::set<std::string> places;
    RawFile file(sample.path());
    for (const std::string& table : file.column("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"))
      for (const std::string& column : file.column("SELECT name FROM pragma_table_info('" + table + "')"))
        if (file.value("SELECT COUNT(*) FROM " + table + " WHERE INSTR(CAST(\"" + column + "\" AS BLOB), CAST('" + text + "' AS BLOB)) > 0") != "0")
          places.insert(table + "." + column);
    return places;
  }

  // What a lively customer leaves behind beyond the sample's rows.
  void live_on() {
    must(sample.write([&](Txn& txn) -> Done {
      Contact contact = must(txn.contacts().find(sample.contact.id));
      contact.address = "9 Oak St";
      contact.notes = "The dog bites";
      contact.source = "her sister";
      contact.services_interested = {"bathroom"};
      contact = must(txn.contacts().update(contact));
      Contact twin = person("Anna", "Ruiz-Old", {phone("+15125550143")});
      twin.root = contact.id;
      must(txn.contacts().insert(twin));
      Interaction note;
      note.contact = contact.id;
      note.at = sample.clock.now();
      note.subject = "Key under the mat";
      note.body = "Her key is under the mat.";
      note.follow_up = *make_day(2026, 3, 9);
      note.follow_up_status = FollowUpStatus::pending;
      note.follow_up_topic = "bring the key";
      must(txn.interactions().insert(note));
      Digest digest;
      digest.behaviour = "stale_leads";
      digest.day = *make_day(2026, 3, 3);
      digest.user = sample.owner.id;
      digest.text = "Ana Ruiz has not been called";
      must(txn.schedule().insert(digest));
      const Conversation talk = must(txn.conversations().open("slack", sample.owner.id, sample.clock.now()));
      deskhand::Run run;
      run.conversation = talk.id;
      run.state = RunState::done;
      run = must(txn.conversations().insert(run));
      must(txn.conversations().append({run.id, 1, StepKind::person_said, R"({"text":"call Ana Ruiz"})", sample.clock.now()}));
      must(txn.conversations().show(ListCopy{talk.id, 0, "which", {{1, Noun::contact, "C-1", "Ana Ruiz, (512) 555-0142"}}, sample.clock.now()}));
      Approval asked = card(ApprovalKind::win, "Mark the shower of Ana Ruiz won", sample.clock.now());
      asked.contact = contact.id;
      must(txn.approvals().insert(asked));
      return {};
    }));
  }

  Sample sample;
};

TEST_F(Redaction, leaves_no_word_of_the_person_in_any_column_of_the_file) {
  live_on();
  const std::vector<std::string> words = {"ana@ruiz", "5550142", "5550143", "Ana Ruiz", "Anna", "9 Oak St", "dog bites", "her sister", "Vaillant",
                                          "bring the key", "under the mat", "It drips", "Leaking shower", "photo.jpg", "the very bytes"};
  for (const std::string& word : words) EXPECT_FALSE(places_of(word).empty()) << word;
  const RedactionReport report = must(redact());
  EXPECT_EQ(report.people, 2u);
  EXPECT_EQ(report.mails, 1u);
  EXPECT_GT(report.payloads, 0u);
  for (const std::string& word : words)
    for (const std::string& place : places_of(word)) ADD_FAILURE() << word << " stands in " << place;
  for (const VerifyFinding& finding : sample.findings()) ADD_FAILURE() << finding.where << ": " << finding.what;
  must(sample.opened.system->check_integrity());
  // Nor in a page that is free now.
  sample.close();
  std::ifstream stored(sample.path(), std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(stored)), std::istreambuf_iterator<char>());
  for (const std::string& word : words) EXPECT_EQ(bytes.find(word), std::string::npos) << word;
}

TEST_F(Redaction, keeps_every_row_and_what_happened) {
  live_on();
  std::map<std::string, std::string> before;
  RawFile file(sample.path());
  for (const store::RecordTable& table : store::record_tables())
    before[std::string(table.name)] = file.value("SELECT COUNT(*) FROM " + std::string(table.name));
  must(redact());
  before.erase("redactions");
  for (const auto& [table, rows] : before) EXPECT_EQ(file.value("SELECT COUNT(*) FROM " + table), rows) << table;
  EXPECT_EQ(file.value("SELECT estimated_minor FROM leads"), "240000");
  EXPECT_EQ(file.value("SELECT archived || ' ' || title FROM leads"), "1 [redacted]");
  EXPECT_EQ(file.value("SELECT COUNT(*) FROM approvals WHERE status = 'pending'"), "0");
  EXPECT_EQ(file.value("SELECT COUNT(*) FROM interactions WHERE follow_up_status = 'pending'"), "0");
  EXPECT_EQ(file.value("SELECT COUNT(*) FROM outbox WHERE state = 'queued'"), "0");
}

TEST_F(Redaction, is_the_owners_and_happens_once) {
  User clerk;
  clerk.login = "kim";
  clerk.name = "Kim";
  clerk.role = UserRole::admin;
  must(sample.write([&](Txn& txn) -> Done {
    clerk = must(txn.org().insert(clerk));
    return {};
  }));
  EXPECT_EQ(code_of(redact(sample.contact.id, clerk.id)), Code::forbidden);
  EXPECT_FALSE(places_of("Ana").empty());
  must(redact());
  EXPECT_EQ(code_of(redact()), Code::conflict);
  EXPECT_EQ(code_of(redact(ContactId("01900000-0000-7000-8000-000000000000"), sample.owner.id)), Code::not_found);
}

TEST_F(Redaction, frees_the_number_and_lets_nobody_write_on_the_old_record) {
  must(redact());
  Contact fresh;
  must(sample.write([&](Txn& txn) -> Done {
    fresh = must(txn.contacts().insert(person("Bo", "Reed", {phone("+15125550142")})));
    return {};
  }));
  EXPECT_EQ(fresh.phone(), "+15125550142");
  const auto change = [&](auto edit) {
    return sample.write([&](Txn& txn) -> Done {
      Contact contact = must(txn.contacts().find(sample.contact.id));
      edit(contact);
      auto stored = txn.contacts().update(contact);
      return stored ? Done{} : Done(stored.error());
    });
  };
  EXPECT_EQ(change([](Contact& contact) { contact.archived = false; }).error().code, Code::forbidden);
  EXPECT_EQ(change([](Contact& contact) { contact.first_name = "Ana"; }).error().code, Code::forbidden);
  EXPECT_EQ(change([](Contact& contact) { contact.do_not_contact = false; }).error().code, Code::forbidden);
  EXPECT_EQ(change([](Contact& contact) { contact.points.push_back(phone("+15125550199")); }).error().code, Code::forbidden);
}

TEST_F(Redaction, waits_for_a_message_that_is_on_its_way) {
  RawFile file(sample.path());
  must(sample.write([&](Txn& txn) -> Done {
    Message draft;
    draft.contact = sample.contact.id;
    draft = must(txn.messages().insert(draft));
    Approval asked = card(ApprovalKind::send_message, "Dear Ana", sample.clock.now());
    asked.message = draft.id;
    asked = must(txn.approvals().insert(asked));
    asked = must(txn.approvals().decide(asked.id, {ApprovalStatus::approved, asked.fingerprint, sample.owner.id, "terminal", "", sample.clock.now()}));
    Grant grant;
    grant.approval = asked.id;
    grant.fingerprint = asked.fingerprint;
    grant.granted_by = sample.owner.id;
    grant.granted_at = sample.clock.now();
    grant.expires_at = sample.clock.now().plus_seconds(3600);
    grant = must(txn.approvals().insert(grant));
    OutboxRow row;
    row.grant = grant.id;
    row.contact = sample.contact.id;
    row.canonical = asked.canonical;
    row.fingerprint = asked.fingerprint;
    row.expires_at = sample.clock.now().plus_seconds(3600);
    row = must(txn.outbox().insert(row));
    must(txn.outbox().begin_attempt(row.id, sample.clock.now()));
    return {};
  }));
  EXPECT_EQ(code_of(redact()), Code::conflict);
  EXPECT_FALSE(places_of("Dear Ana").empty());
}

TEST_F(Redaction, is_the_only_way_to_change_content_and_only_to_nothing) {
  must(redact());
  RawFile file(sample.path());
  for (const char* change : {"interactions SET body = 'x'", "interactions SET subject = 'new words'", "messages SET text = 'x'",
                             "approvals SET card = 'x'", "approvals SET fingerprint = 'x'", "inbound_mails SET label = 'x'",
                             "contact_points SET normal = '+15125550142'", "digests SET content = 'x'", "inbound_attachments SET sha256 = 'x'",
                             "redactions SET reason = 'x'", "contacts SET redacted_at = NULL"})
    EXPECT_NE(file.run("UPDATE " + std::string(change)), "") << change;
}

// A column that is added later must be blanked as well, or be named here as one that says nothing of a person.
TEST_F(Redaction, knows_every_text_column_of_every_table) {
  const std::set<std::string> tables_of_none = {
      "ref_counters", "orgs",  "users", "settings",      "companies",     "grants",           "redactions",    "outbox_leases",
      "conversations", "card_copies", "list_copies",   "jobs",          "behaviour_pauses", "digest_deliveries", "lead_namings",
      "mailbox_marks", "model_spending", "schema_migrations", "audit", "audit_changes", "stages", "nurture_enrolments", "attachments"};
  const std::set<std::string> blanked_elsewhere = {
      "steps", "runs", "list_items", "digests", "inbound_mails", "inbound_pieces", "inbound_attachments", "audit_payloads", "contact_tags", "search_rows",
      "mail_readings", "nurture_log", "attachment_pieces"};
  const std::set<std::string> neutral = {
      // Which row it is, what kind, how it stands, when.
      "org_id", "id", "company_id", "contact_id", "lead_id", "opportunity_id", "message_id", "approval_id", "grant_id", "root_id", "separate_id",
      "assignee_id", "estimate_id", "draft_root_id", "conversation_id", "run_id", "replaces_id", "decided_by", "decided_where", "notice_to", "kind", "type",
      "status", "stage", "state", "source", "channel", "outcome", "lifecycle", "preferred_channel", "disqualify_reason", "lost_reason", "fingerprint",
      "request_id", "stamps", "procedure_version", "template_stage", "tool", "to_module", "next_follow_up", "follow_up", "follow_up_status", "expected_close",
      "close_date", "due", "sent_on", "estimated_currency", "amount_currency",
      "nurture_status", "current_sequence", "next_nurture_step_on", "sla_raised_on", "summary_by"};
  RawFile file(sample.path());
  std::map<std::string, std::string> blanking;
  for (const store::RedactedTable& table : store::redacted_tables()) blanking[std::string(table.name)] = table.blanking;
  for (const std::string& table : file.column("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_index%'")) {
    if (tables_of_none.contains(table) || blanked_elsewhere.contains(table)) continue;
    ASSERT_TRUE(blanking.contains(table)) << table << ": say what a redaction does to it";
    for (const std::string& column : file.column("SELECT name FROM pragma_table_info('" + table + "') WHERE type IN ('TEXT', 'BLOB')"))
      EXPECT_TRUE(neutral.contains(column) || blanking[table].find(column + " = ") != std::string::npos) << table << "." << column;
  }
}

}  // namespace
}  // namespace deskhand::testing
