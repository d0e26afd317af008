#include "store/redaction_store.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "store/audit_store.h"
#include "store/search_texts.h"

namespace deskhand::store {
namespace {

constexpr std::size_t kRowsPerEntry = 1'000;     // of changed records in one audit entry, about 250 bytes each
constexpr std::size_t kDigestsPerEntry = 5'000;  // of blanked payloads in one audit entry, 67 bytes each
constexpr std::size_t kRowsMax = 200'000;        // of one person; more is an import gone wrong, not a customer
constexpr std::size_t kTermBytes = 5;            // a shorter name or number stands by accident in too much

// What must not stay open about a person who is gone: drafts, questions, queued messages, follow-ups.
constexpr RedactedTable kRedactedTables[] = {
    {"contact_points", Belonging::person, "normal = 'redacted:' || id, as_typed = '', origin = '', retired = 1"},
    {"contacts", Belonging::self,
     "first_name = '[redacted]', last_name = '', name_folded = '[redacted]', company_id = NULL, address = '', preferred_channel = '', "
     "tags = '', services_interested = '', notes = '', source = '', quickbooks_customer_id = '', do_not_contact = 1, "
     "do_not_contact_reason = '[redacted]', archived = 1, next_follow_up = NULL, custom = '', redacted_at = $3"},
    {"leads", Belonging::person,
     "title = '[redacted]', description = '', source_words = '', reason_note = '', origin = '', custom = '', "
     "archived = CASE WHEN state IN ('won', 'lost', 'disqualified') THEN archived ELSE 1 END"},
    {"opportunities", Belonging::subject,
     "name = '[redacted]', reason_note = '', custom = '', archived = CASE WHEN stage IN ('won', 'lost') THEN archived ELSE 1 END"},
    {"estimates", Belonging::subject, "note = ''"},
    {"appointments", Belonging::subject,
     "service = '[redacted]', address = '', note = '', status = CASE WHEN status = 'scheduled' THEN 'cancelled' ELSE status END"},
    {"handoffs", Belonging::subject, "what = '[redacted]', done = 1"},
    {"interactions", Belonging::subject,
     "subject = '[redacted]', body = '', summary = '', follow_up_topic = '', origin = '', "
     "follow_up_status = CASE WHEN follow_up_status = 'pending' THEN 'canceled' ELSE follow_up_status END"},
    {"reminders", Belonging::subject,
     "text = '[redacted]', status = CASE WHEN status = 'pending' THEN 'canceled' ELSE status END"},
    {"messages", Belonging::subject,
     "to_address = '', to_name = '', cc = '', subject = '[redacted]', text = '', html = '', attachments = '', internet_message_id = '', "
     "in_reply_to = '', status = CASE WHEN status = 'open' THEN 'discarded' ELSE status END"},
    {"approvals", Belonging::subject,
     "arguments = '{}', summary = '[redacted]', card = '[redacted]', canonical = $4, note = '', "
     "status = CASE WHEN status = 'pending' THEN 'stopped' ELSE status END"},
    {"outbox", Belonging::person,
     "canonical = $4, result = '', state = CASE WHEN state IN ('queued', 'not_configured') THEN 'cancelled' ELSE state END"},
};

struct Target {
  const RedactedTable* table;
  std::string id;
};

std::string leads_of_them(std::string_view row) {
  return "SELECT l.id FROM leads l WHERE l.org_id = " + std::string(row) + ".org_id AND l.contact_id = $2";
}

// Which rows of a table belong to the contact $2.
std::string belongs(const RedactedTable& table) {
  if (table.belonging == Belonging::self) return "t.id = $2";
  if (table.name == "outbox")
    return "(t.contact_id = $2 OR (t.contact_id IS NULL AND t.message_id IN (SELECT m.id FROM messages m WHERE m.org_id = t.org_id AND "
           "m.contact_id = $2)) OR (t.contact_id IS NULL AND t.grant_id IN (SELECT g.id FROM grants g JOIN approvals a ON a.org_id = g.org_id "
           "AND a.id = g.approval_id JOIN messages m ON m.org_id = a.org_id AND m.id = a.message_id WHERE g.org_id = t.org_id AND "
           "m.contact_id = $2)))";
  if (table.belonging == Belonging::person) return "t.contact_id = $2";
  if (table.name == "approvals")
    return "(t.contact_id = $2 OR (t.contact_id IS NULL AND (t.lead_id IN (" + leads_of_them("t") + ") OR t.message_id IN (SELECT m.id FROM "
           "messages m WHERE m.org_id = t.org_id AND m.contact_id = $2))))";
  const bool has_opportunity = table.name != "opportunities";
  return "(t.contact_id = $2 OR (t.contact_id IS NULL AND (t.lead_id IN (" + leads_of_them("t") + ")" +
         (has_opportunity ? " OR t.opportunity_id IN (SELECT o.id FROM opportunities o WHERE o.org_id = t.org_id AND (o.contact_id = $2 OR "
                            "(o.contact_id IS NULL AND o.lead_id IN (" + leads_of_them("o") + "))))"
                          : "") +
         ")))";
}

class Redactor {
 public:
  Redactor(Session& session, const RedactionOrder& order) : session_(session), audit_(session), order_(order) {}
  Result<RedactionReport> run();

 private:
  Done read_people();
  Done read_terms();
  bool names_them(std::string_view text) const;
  Done refuse_what_moves();
  Done mark_people();
  Done read_targets();
  Done read_payloads();
  Done add_target(const RedactedTable& table, std::string id);
  Done blank_records();
  Done blank_payloads();
  Done blank_mails();
  Done blank_logs();
  Done index_anew();
  Done append(Json payload);
  Result<std::vector<std::string>> texts(std::string_view sql, Values values);
  // Rows where a column holds one of the terms, by `sql` with $2 as the term.
  Result<std::set<std::string>> mentioning(std::string_view sql);

  Session& session_;
  SqlAuditStore audit_;
  const RedactionOrder& order_;
  RedactionReport report_;
  std::vector<std::string> people_;  // ids; the live record first
  std::vector<std::string> terms_;   // what only they are called by, as written and as JSON writes it
  std::vector<std::string> emails_;
  std::vector<Target> targets_;
  std::set<std::int64_t> payloads_;  // audit entries
};

Result<std::vector<std::string>> Redactor::texts(std::string_view sql, Values values) {
  std::vector<std::string> found;
  Done done = session_.run(sql, std::move(values), [&](const Row& row) -> Done {
    found.emplace_back(row.bytes(0));
    return {};
  });
  if (!done) return done.error();
  return found;
}

Result<std::set<std::string>> Redactor::mentioning(std::string_view sql) {
  std::set<std::string> ids;
  for (const std::string& term : terms_) {
    auto found = texts(sql, {term});
    if (!found) return found.error();
    ids.insert(found->begin(), found->end());
  }
  return ids;
}

Done Redactor::read_people() {
  auto found = texts(
      "WITH RECURSIVE family (id) AS (SELECT $2 UNION SELECT c.id FROM contacts c JOIN family f ON c.root_id = f.id AND c.org_id = $1) "
      "SELECT id FROM contacts WHERE org_id = $1 AND id IN (SELECT id FROM family) ORDER BY CASE WHEN id = $2 THEN 0 ELSE 1 END, id",
      {order_.contact.text()});
  if (!found) return found.error();
  if (found->empty()) return Session::none_of("contact of that name");
  people_ = std::move(*found);
  report_.people = people_.size();
  return {};
}

// Names count only where nobody else on file has the same one; what is said about a namesake stays.
Done Redactor::read_terms() {
  std::set<std::string> terms;
  for (const std::string& person : people_) {
    Done points = session_.run(
        "SELECT kind, normal, as_typed FROM contact_points WHERE org_id = $1 AND contact_id = $2", {person},
        [&](const Row& row) -> Done {
          ColumnReader in(row);
          const bool email = in.text() == "email";
          const std::string normal = in.text();
          terms.insert(normal);
          terms.insert(in.text());
          if (email) emails_.push_back(normal);
          return {};
        });
    if (!points) return points;
    Done names = session_.run(
        "SELECT c.first_name, c.last_name FROM contacts c WHERE c.org_id = $1 AND c.id = $2 AND c.first_name <> '' AND c.last_name <> '' "
        "AND NOT EXISTS (SELECT 1 FROM contacts o WHERE o.org_id = $1 AND o.name_folded = c.name_folded AND o.id <> c.id AND o.root_id IS NULL "
        "AND o.id <> $3)",
        {person, people_.front()}, [&](const Row& row) -> Done {
          ColumnReader in(row);
          const std::string first = in.text(), last = in.text();
          terms.insert(first + " " + last);
          return {};
        });
    if (!names) return names;
  }
  for (const std::string& term : terms) {
    if (term.size() < kTermBytes) continue;
    terms_.push_back(term);
    const std::string quoted = to_text(Json(term));
    if (quoted.size() != term.size() + 2) terms_.push_back(quoted.substr(1, quoted.size() - 2));
  }
  return {};
}

bool Redactor::names_them(std::string_view text) const {
  return std::any_of(terms_.begin(), terms_.end(), [&](const std::string& term) { return text.find(term) != text.npos; });
}

Done Redactor::refuse_what_moves() {
  for (const std::string& person : people_) {
    auto moving = session_.exists(
        "SELECT 1 FROM outbox t WHERE t.org_id = $1 AND t.state IN ('attempting', 'delivery_unknown') AND t.contact_id = $2 LIMIT 1", {person});
    if (!moving) return moving.error();
    if (*moving)
      return make_error(Code::conflict, "A message to them is on its way or not known to have arrived; settle it first (`deskhand outbox list`).");
  }
  for (const std::string& email : emails_) {
    auto unread = session_.exists(
        "SELECT 1 FROM inbound_mails WHERE org_id = $1 AND settled_at IS NULL AND (sender = $2 OR reply_address = $2) LIMIT 1", {email});
    if (!unread) return unread.error();
    if (*unread) return make_error(Code::conflict, "A mail of theirs is being read just now; try again in a minute.");
  }
  return {};
}

Done Redactor::mark_people() {
  for (const std::string& person : people_) {
    std::string id;
    RecordHead head;
    Done marked = session_.insert(record_table("redactions"), id, head,
                                  {{"contact_id", person}, {"redacted_by", order_.by.text()}, {"reason", order_.reason}});
    if (!marked) return marked;
  }
  return {};
}

Done Redactor::add_target(const RedactedTable& table, std::string id) {
  if (targets_.size() >= kRowsMax)
    return make_error(Code::limit_exceeded, "More is on file about this person than one redaction takes (" + std::to_string(kRowsMax) + " rows).");
  targets_.push_back({&table, std::move(id)});
  return {};
}

Done Redactor::read_targets() {
  std::set<std::string> known;
  for (const RedactedTable& table : kRedactedTables) {
    for (const std::string& person : people_) {
      auto ids = texts("SELECT t.id FROM " + std::string(table.name) + " t WHERE t.org_id = $1 AND " + belongs(table) + " ORDER BY t.id", {person});
      if (!ids) return ids.error();
      for (std::string& id : *ids)
        if (known.insert(id).second)
          if (auto added = add_target(table, std::move(id)); !added) return added;
    }
  }
  // Cards about somebody else may name them (a merge, a shared number), and notices to people of the business quote what they wrote.
  for (const auto& [name, sql] :
       {std::pair("approvals", "SELECT id, summary || card || arguments || note FROM approvals WHERE org_id = $1"),
        std::pair("outbox", "SELECT id, canonical FROM outbox WHERE org_id = $1 AND kind = 'owner_notice' AND state <> 'attempting'")}) {
    const auto table = std::find_if(std::begin(kRedactedTables), std::end(kRedactedTables), [&](const RedactedTable& each) { return each.name == name; });
    Done read = session_.run(sql, {}, [&](const Row& row) -> Done {
      std::string id(row.bytes(0));
      return names_them(row.bytes(1)) && known.insert(id).second ? add_target(*table, std::move(id)) : Done{};
    });
    if (!read) return read;
  }
  return {};
}

Done Redactor::read_payloads() {
  const auto note = [&](const Row& row) -> Done {
    payloads_.insert(row.integer(0));
    return {};
  };
  for (const Target& target : targets_) {
    Done read = session_.run(
        "SELECT c.sequence FROM audit_changes c JOIN audit a ON a.org_id = c.org_id AND a.sequence = c.sequence WHERE c.org_id = $1 AND "
        "c.table_name = $2 AND c.row_id = $3 AND a.action <> 'redact'",
        {text(target.table->name), target.id}, note);
    if (!read) return read;
  }
  for (const std::string& term : terms_) {
    Done read = session_.run(
        "SELECT p.sequence FROM audit_payloads p JOIN audit a ON a.org_id = p.org_id AND a.sequence = p.sequence WHERE p.org_id = $1 AND "
        "p.payload IS NOT NULL AND a.action <> 'redact' AND REPLACE(p.payload, $2, '') <> p.payload",
        {term}, note);
    if (!read) return read;
  }
  return {};
}

Done Redactor::append(Json payload) {
  AuditEntry entry;
  entry.actor = order_.actor;
  entry.action = "redact";
  entry.verdict = "allow";
  entry.payload = to_text(payload);
  auto appended = audit_.append(std::move(entry), false);
  if (!appended) return appended.error();
  return {};
}

Done Redactor::blank_records() {
  for (const Target& target : targets_) {
    const std::string sql = "UPDATE " + std::string(target.table->name) + " SET " + std::string(target.table->blanking) +
                            ", version = version + 1, updated_at = $3 WHERE org_id = $1 AND id = $2";
    Done blanked = session_.capture(record_table(target.table->name), target.id, [&] {
      Values values = {target.id, session_.now().us};
      if (sql.find("$4") != sql.npos) values.push_back(blob(""));
      return session_.run(sql, std::move(values));
    });
    if (!blanked) return blanked;
    ++report_.records;
    if (session_.changes.size() >= kRowsPerEntry)
      if (auto appended = append(Json::object()); !appended) return appended;
  }
  for (const std::string& person : people_) {
    auto left = texts("SELECT 'X-' || ref_number FROM outbox WHERE org_id = $1 AND contact_id = $2 AND state IN ('sent', 'bounced') ORDER BY ref_number", {person});
    if (!left) return left.error();
    report_.left.insert(report_.left.end(), left->begin(), left->end());
  }
  return session_.changes.empty() ? Done{} : append(Json::object());
}

// The digests are named first: only what an entry of the log names may be missing from it.
Done Redactor::blank_payloads() {
  Json digests = Json::array();
  for (const std::int64_t sequence : payloads_) {
    auto digest = texts("SELECT payload_digest FROM audit WHERE org_id = $1 AND sequence = $2", {sequence});
    if (!digest) return digest.error();
    if (!digest->empty()) digests.push_back(digest->front());
    if (digests.size() < kDigestsPerEntry) continue;
    if (auto appended = append(Json{{"redacts", digests}}); !appended) return appended;
    digests = Json::array();
  }
  if (!digests.empty())
    if (auto appended = append(Json{{"redacts", digests}}); !appended) return appended;
  for (const std::int64_t sequence : payloads_) {
    Done blanked = session_.run("UPDATE audit_payloads SET payload = NULL WHERE org_id = $1 AND sequence = $2 AND payload IS NOT NULL", {sequence});
    if (!blanked) return blanked;
  }
  report_.payloads = payloads_.size();
  return {};
}

Done Redactor::blank_mails() {
  std::set<std::string> mails;
  for (const std::string& person : people_) {
    auto found = texts(
        "SELECT t.id FROM inbound_mails t WHERE t.org_id = $1 AND (t.contact_id = $2 OR t.lead_id IN (" + leads_of_them("t") + "))", {person});
    if (!found) return found.error();
    mails.insert(found->begin(), found->end());
  }
  for (const std::string& email : emails_) {
    auto found = texts("SELECT id FROM inbound_mails WHERE org_id = $1 AND (sender = $2 OR reply_address = $2)", {email});
    if (!found) return found.error();
    mails.insert(found->begin(), found->end());
  }
  for (const std::string& mail : mails) {
    for (const char* sql :
         {"UPDATE inbound_mails SET label = '[redacted]', message_id = '', content_key = '', identity = CASE WHEN identity IS NULL THEN NULL "
          "ELSE 'redacted:' || id END, sender = '', reply_address = '', subject = '[redacted]', in_reply_to = '', notices = '', extraction = '', "
          "reason = '' WHERE org_id = $1 AND id = $2",
          "UPDATE inbound_pieces SET bytes = NULL WHERE org_id = $1 AND mail_id = $2",
          "UPDATE mail_readings SET state = CASE WHEN state = 'waiting' THEN 'left' ELSE state END, extraction = '', summary = '', outcome = '', failure = '' "
          "WHERE org_id = $1 AND mail_id = $2",
          "UPDATE inbound_attachments SET file_name = '[redacted]' WHERE org_id = $1 AND mail_id = $2",
          // A file that came with somebody else's mail as well stays theirs.
          "UPDATE attachment_pieces SET bytes = NULL WHERE org_id = $1 AND sha256 IN (SELECT sha256 FROM inbound_attachments WHERE org_id = $1 "
          "AND mail_id = $2) AND NOT EXISTS (SELECT 1 FROM inbound_attachments o WHERE o.org_id = $1 AND o.sha256 = attachment_pieces.sha256 "
          "AND o.file_name <> '[redacted]')"}) {
      if (auto blanked = session_.run(sql, {mail}); !blanked) return blanked;
    }
  }
  report_.mails = mails.size();
  return {};
}

// Lists, digests and runs are a log and no records: what spoke of the person is blanked or purged.
Done Redactor::blank_logs() {
  auto digests = mentioning("SELECT id FROM digests WHERE org_id = $1 AND (REPLACE(content, $2, '') <> content OR REPLACE(items, $2, '') <> items)");
  if (!digests) return digests.error();
  for (const std::string& digest : *digests)
    if (auto blanked = session_.run("UPDATE digests SET content = '[redacted]', items = '[]' WHERE org_id = $1 AND id = $2", {digest}); !blanked)
      return blanked;
  auto runs = mentioning("SELECT DISTINCT run_id FROM steps WHERE org_id = $1 AND REPLACE(payload, $2, '') <> payload");
  if (!runs) return runs.error();
  for (const std::string& run : *runs) {
    for (const char* sql : {"DELETE FROM steps WHERE org_id = $1 AND run_id = $2", "DELETE FROM runs WHERE org_id = $1 AND id = $2"})
      if (auto purged = session_.run(sql, {run}); !purged) return purged;
  }
  for (const Target& target : targets_)
    if (target.table->name == "leads")
      if (auto blanked = session_.run("UPDATE nurture_log SET note = '' WHERE org_id = $1 AND lead_id = $2", {target.id}); !blanked) return blanked;
  for (const std::string& term : terms_)
    if (auto blanked = session_.run("UPDATE list_items SET label = '[redacted]' WHERE org_id = $1 AND REPLACE(label, $2, '') <> label", {term}); !blanked)
      return blanked;
  report_.log_rows = digests->size() + runs->size();
  return {};
}

Done Redactor::index_anew() {
  for (const Target& target : targets_)
    if (auto indexed = index_record(session_, target.table->name, target.id); !indexed) return indexed;
  return {};
}

Result<RedactionReport> Redactor::run() {
  for (const auto step : {&Redactor::read_people, &Redactor::read_terms, &Redactor::refuse_what_moves, &Redactor::read_targets,
                          &Redactor::read_payloads, &Redactor::mark_people, &Redactor::blank_records, &Redactor::blank_payloads,
                          &Redactor::blank_mails, &Redactor::blank_logs, &Redactor::index_anew}) {
    if (auto done = (this->*step)(); !done) return done.error();
  }
  return std::move(report_);
}

}  // namespace

std::span<const RedactedTable> redacted_tables() { return kRedactedTables; }

Result<RedactionReport> SqlRedactionStore::redact(const RedactionOrder& order) {
  auto known = session_.exists("SELECT 1 FROM redactions WHERE org_id = $1 AND contact_id = $2", {order.contact.text()});
  if (!known) return known.error();
  if (*known) return make_error(Code::conflict, "This person was redacted already.");
  session_.keeps_old_values = false;
  auto report = Redactor(session_, order).run();
  session_.keeps_old_values = true;
  return report;
}

}  // namespace deskhand::store
