#include "sample_rows.h"

#include "raw_rows.h"

namespace deskhand::bench {
namespace {

// Every statement sees: seq(n) from 0 on, org_of(slot, id), and these words in its text.
//   :LEADS :EACH :NOW   numbers;  HASH   0 to 99, the same for the same lead;  MADE   when lead n was made
constexpr const char* kContacts = R"sql(
INSERT INTO contacts (org_id, id, ref_number, version, created_at, updated_at, first_name, last_name, name_folded, address,
  preferred_channel, lifecycle, tags, services_interested, notes, source, quickbooks_customer_id, do_not_contact,
  do_not_contact_reason, archived, custom)
SELECT o.id, printf('c%09d', n), n % :EACH + 1, 1, MADE, MADE, 'Ana', printf('Ruiz %d', n), printf('ana ruiz %d', n), '1 Oak St',
  'email', 'prospect', '', '', '', '', '', n % 50 = 7, '', 0, ''
FROM seq JOIN org_of o ON o.slot = n / :EACH
)sql";

constexpr const char* kLeads = R"sql(
INSERT INTO leads (org_id, id, ref_number, version, created_at, updated_at, title, description, contact_id, source, source_words,
  status, stage, state, contacted, disqualify_reason, reason_note, estimated_minor, estimated_currency, expected_close,
  opportunity_id, urgent, origin, closed_at, last_activity_at, archived, custom)
SELECT o.id, printf('l%09d', n), n % :EACH + 1, 1, MADE, MADE, printf('Leaking shower %d', n), 'It drips since last week.',
  printf('c%09d', n), CASE n % 3 WHEN 0 THEN 'email' WHEN 1 THEN 'phone_call' ELSE 'web_form' END, '',
  CASE WHEN HASH < 18 THEN 'working' WHEN HASH < 80 THEN 'converted' ELSE 'disqualified' END,
  CASE WHEN HASH BETWEEN 12 AND 15 THEN 'follow_up' WHEN HASH BETWEEN 16 AND 19 THEN 'estimate_sent' ELSE 'inquiry' END,
  CASE WHEN HASH < 12 THEN 'engaged' WHEN HASH < 16 THEN 'negotiating' WHEN HASH < 20 THEN 'quoted' WHEN HASH < 60 THEN 'won'
    WHEN HASH < 80 THEN 'lost' ELSE 'disqualified' END,
  1, CASE WHEN HASH >= 80 THEN 'budget' ELSE '' END, '',
  CASE WHEN n % 4 = 0 THEN NULL ELSE 10000 + n * 37 % 900000 END, CASE WHEN n % 4 = 0 THEN NULL ELSE 'USD' END,
  CASE WHEN n % 20 = 3 THEN date((MADE) / 1000000 + 40 * 86400, 'unixepoch') END,
  CASE WHEN HASH BETWEEN 18 AND 79 THEN printf('o%09d', n) END, 0, '',
  CASE WHEN HASH >= 20 THEN MIN((MADE) + 20 * 86400000000, :NOW - 60000000) END,
  MIN((MADE) + 8 * 86400000000, :NOW - 60000000), 0, ''
FROM seq JOIN org_of o ON o.slot = n / :EACH
)sql";

constexpr const char* kDeals = R"sql(
INSERT INTO opportunities (org_id, id, ref_number, version, created_at, updated_at, name, lead_id, contact_id, stage, amount_minor,
  amount_currency, close_date, lost_reason, reason_note, archived, custom)
SELECT o.id, printf('o%09d', n), n % :EACH + 1, 1, MADE, MADE, printf('Leaking shower %d', n),
  CASE WHEN HASH < 5 THEN NULL ELSE printf('l%09d', n) END, printf('c%09d', n),
  CASE WHEN HASH < 20 THEN 'estimating' WHEN HASH < 60 THEN 'won' ELSE 'lost' END, 20000 + n * 41 % 900000, 'USD',
  CASE WHEN HASH >= 20 THEN date(MIN((MADE) + 20 * 86400000000, :NOW - 60000000) / 1000000, 'unixepoch') END,
  CASE WHEN HASH >= 60 THEN 'price' ELSE '' END, '', 0, ''
FROM seq JOIN org_of o ON o.slot = n / :EACH WHERE HASH BETWEEN 18 AND 79 OR HASH = 4
)sql";

constexpr const char* kEstimates = R"sql(
INSERT INTO estimates (org_id, id, ref_number, version, created_at, updated_at, contact_id, lead_id, amount_minor, amount_currency,
  status, sent_on, note, voided)
SELECT o.id, printf('e%09d', n), n % :EACH + 1, 1, MADE, MADE, printf('c%09d', n), printf('l%09d', n), 30000 + n % 500000, 'USD',
  'sent', date((MADE) / 1000000, 'unixepoch'), '', 0
FROM seq JOIN org_of o ON o.slot = n / :EACH WHERE HASH BETWEEN 16 AND 25
)sql";

constexpr const char* kInteractions = R"sql(
INSERT INTO interactions (org_id, id, ref_number, version, created_at, updated_at, type, at, contact_id, lead_id, subject, body,
  outcome, follow_up, follow_up_status, follow_up_topic, summary, origin, inbound, voided)
SELECT o.id, printf('i%09d.%d', n, j), (n % :EACH) * 5 + j + 1, 1, MADE, MADE, 'phone_call',
  MIN((MADE) + j * 2 * 86400000000, :NOW - 60000000), printf('c%09d', n), printf('l%09d', n), '',
  'Spoke about the shower; they will look at the price and call back.', 'spoke',
  CASE WHEN j = 4 AND n % 50 = 1 THEN date(:NOW / 1000000 + (n / 50 % 30 - 20) * 86400, 'unixepoch') END,
  CASE WHEN j = 4 AND n % 50 = 1 THEN 'pending' ELSE 'none' END, 'call back about the price', '', '', 0, 0
FROM seq CROSS JOIN (SELECT 0 AS j UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4)
  JOIN org_of o ON o.slot = n / :EACH
)sql";

constexpr const char* kVisits = R"sql(
INSERT INTO appointments (org_id, id, ref_number, version, created_at, updated_at, contact_id, lead_id, service, starts_at,
  duration_minutes, address, status, note)
SELECT o.id, printf('v%09d', n), n % :EACH + 1, 1, MADE, MADE, printf('c%09d', n), printf('l%09d', n), 'Shower',
  :NOW + (n % 2000 - 1000) * 86400000000, 60, '', 'scheduled', ''
FROM seq JOIN org_of o ON o.slot = n / :EACH WHERE n % 100 = 5
)sql";

// Half of the quiet leads were named two days ago, for the silence they are still in.
constexpr const char* kNamings = R"sql(
INSERT INTO lead_namings (org_id, lead_id, named_on, quiet_since)
SELECT o.id, printf('l%09d', n), date(:NOW / 1000000 - 2 * 86400, 'unixepoch'),
  date(MIN((MADE) + 8 * 86400000000, :NOW - 60000000) / 1000000, 'unixepoch')
FROM seq JOIN org_of o ON o.slot = n / :EACH WHERE HASH < 18 AND n % 2 = 0 AND (MADE) < :NOW - 30 * 86400000000
)sql";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

bool insert_sample(sqlite3* to, const std::vector<std::string>& orgs, SampleSize size, std::int64_t now_us) {
  const std::string each = std::to_string(size.leads_per_org), leads = std::to_string(size.leads);
  // Within an org the leads are spread over a thousand days, oldest first.
  const std::string made = ":NOW - (:EACH - n % :EACH) * (1000 * 86400000000 / :EACH)";
  bool ok = execute(to, "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; BEGIN; CREATE "
                        "TEMP TABLE org_of (slot INTEGER PRIMARY KEY, id TEXT)");
  for (std::size_t slot = 0; slot < orgs.size() && ok; ++slot)
    ok = execute(to, "INSERT INTO org_of VALUES (" + std::to_string(slot) + ", '" + orgs[slot] + "')");
  ok = ok && execute(to, "CREATE TEMP TABLE seq (n INTEGER PRIMARY KEY); WITH RECURSIVE count (n) AS (SELECT 0 UNION ALL "
                         "SELECT n + 1 FROM count WHERE n + 1 < " + leads + ") INSERT INTO seq SELECT n FROM count");
  for (const char* statement : {kContacts, kLeads, kDeals, kEstimates, kInteractions, kVisits, kNamings}) {
    std::string sql = replaced(statement, "HASH", "(n * 7919 / 13 % 100)");
    sql = replaced(replaced(sql, "MADE", made), ":EACH", each);
    ok = ok && execute(to, replaced(replaced(sql, ":LEADS", leads), ":NOW", std::to_string(now_us)));
  }
  return ok && execute(to, "COMMIT; DROP TABLE temp.org_of; DROP TABLE temp.seq");
}

}  // namespace deskhand::bench
