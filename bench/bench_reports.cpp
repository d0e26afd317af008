// The calendar's reports on large records, as ratios to plain SQL that selects the same bounded rows and the same counts
// from the same file:
// - one business with a million leads and five million interactions: the daily check (quiet leads and the morning's
//   list) and the weekly summary, each at most twice its SQL;
// - ten thousand businesses with a hundred leads each: the daily fan-out at most twice the sum of their SQL, with the
//   rows that it wrote inserted raw, in as many commits, on the same disk.
// `bench_reports [LEADS [ORGS]]` takes smaller numbers. Where the SQL counts otherwise than the program the run fails.
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/runtime.h"
#include "app/system_ports.h"
#include "base/json.h"
#include "raw_rows.h"
#include "sample_rows.h"

namespace {

using namespace deskhand;
namespace fs = std::filesystem;

constexpr int kRuns = 3;
constexpr double kRatioMax = 2.0;
constexpr std::int64_t kLeadsPerOrg = 100;

// Tuesday, March 3, 2026, 09:00 in UTC, the zone of the businesses. The days follow from it with what procedures/crm.md
// says: quiet for three business days, named again after five.
const Instant kMidnight = *parse_rfc3339("2026-03-03T00:00:00Z");
const Instant kNow = *parse_rfc3339("2026-03-03T09:00:00Z");
const std::int64_t kQuietBefore = parse_rfc3339("2026-02-27T00:00:00Z")->us;
constexpr const char* kToday = "2026-03-03";
constexpr const char* kNamedBy = "2026-02-24";

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// --- the floor

constexpr const char* kQuiet = R"sql(
FROM leads l LEFT JOIN contacts c ON c.org_id = l.org_id AND c.id = l.contact_id
LEFT JOIN lead_namings n ON n.org_id = l.org_id AND n.lead_id = l.id
WHERE l.org_id = $org AND l.archived = 0 AND l.state NOT IN ('won', 'lost', 'disqualified') AND l.opportunity_id IS NULL
AND l.status IN ('new', 'working') AND l.created_at < $quiet AND COALESCE(l.last_activity_at, l.created_at) < $quiet
AND COALESCE((SELECT MAX(i.at) FROM interactions i WHERE i.org_id = l.org_id AND i.lead_id = l.id AND i.voided = 0), 0) < $quiet
AND COALESCE(c.do_not_contact, 0) = 0 AND (n.named_on IS NULL OR n.named_on <= $named
  OR n.quiet_since <> date(l.last_activity_at / 1000000, 'unixepoch'))
)sql";
constexpr const char* kDue = R"sql(
FROM interactions i LEFT JOIN leads l ON l.org_id = i.org_id AND l.id = i.lead_id
LEFT JOIN opportunities o ON o.org_id = l.org_id AND o.id = l.opportunity_id
WHERE i.org_id = $org AND i.follow_up_status = 'pending' AND i.voided = 0
)sql";
constexpr const char* kPast = R"sql(
FROM leads l LEFT JOIN opportunities o ON o.org_id = l.org_id AND o.id = l.opportunity_id
WHERE l.org_id = $org AND l.archived = 0 AND l.state NOT IN ('won', 'lost', 'disqualified') AND l.expected_close < $today
AND o.expected_close IS NULL
)sql";
constexpr const char* kRowsOfDue =
    "SELECT i.id, i.follow_up, i.follow_up_topic, i.contact_id, COALESCE(o.amount_minor, l.estimated_minor, 0) AS v ";

std::vector<std::string> daily_queries() {
  const std::string quiet = kQuiet, due = kDue, past = kPast;
  return {"SELECT COUNT(*) " + quiet,
          "SELECT l.id, l.title, COALESCE(l.last_activity_at, l.created_at) AS last " + quiet +
              " ORDER BY COALESCE(l.estimated_minor, 0) DESC, last LIMIT 10",
          "SELECT COUNT(*) " + due + " AND i.follow_up = $today",
          kRowsOfDue + due + " AND i.follow_up = $today ORDER BY v DESC LIMIT 10",
          "SELECT COUNT(*) " + due + " AND i.follow_up < $today",
          kRowsOfDue + due + " AND i.follow_up < $today ORDER BY v DESC, i.follow_up LIMIT 10",
          "SELECT id, due, text FROM reminders WHERE org_id = $org AND status = 'pending' AND due <= $today ORDER BY due LIMIT 200",
          "SELECT id, starts_at, service, address FROM appointments WHERE org_id = $org AND starts_at >= $midnight AND "
          "starts_at < $midnight + 86400000000 ORDER BY starts_at LIMIT 200",
          "SELECT COUNT(*) " + past,
          "SELECT l.id, l.title, COALESCE(o.amount_minor, l.estimated_minor, 0) AS v " + past +
              " ORDER BY v DESC, l.expected_close LIMIT 10",
          "SELECT id, summary FROM approvals WHERE org_id = $org AND status = 'pending' ORDER BY asked_at LIMIT 500"};
}

std::vector<std::string> weekly_queries() {
  return {R"sql(SELECT COUNT(*) FROM leads WHERE org_id = $org AND archived = 0 AND created_at >= $week AND created_at <= $now)sql",
          R"sql(SELECT CASE WHEN o.amount_minor IS NULL THEN l.estimated_currency ELSE o.amount_currency END AS currency, COUNT(*),
SUM(l.opportunity_id IS NULL), SUM(COALESCE(o.amount_minor, l.estimated_minor)), SUM(l.opportunity_id IS NULL AND l.stage = 'follow_up'),
SUM(CASE WHEN l.stage = 'follow_up' THEN $now / 86400000000 - l.created_at / 86400000000 ELSE 0 END),
SUM(e.status = 'sent'), SUM(CASE WHEN e.status = 'sent' THEN e.amount_minor ELSE 0 END), MIN(l.created_at)
FROM leads l LEFT JOIN opportunities o ON o.org_id = l.org_id AND o.id = l.opportunity_id
LEFT JOIN estimates e ON e.org_id = l.org_id AND e.id = (SELECT x.id FROM estimates x WHERE x.org_id = l.org_id AND x.lead_id = l.id
  AND x.voided = 0 AND x.status <> 'draft' ORDER BY x.sent_on DESC, x.ref_number DESC LIMIT 1)
WHERE l.org_id = $org AND l.archived = 0 AND l.state NOT IN ('won', 'lost', 'disqualified') GROUP BY currency)sql",
          R"sql(SELECT l.state, COUNT(*), SUM(COALESCE(o.amount_minor, l.estimated_minor)) FROM leads l
LEFT JOIN opportunities o ON o.org_id = l.org_id AND o.id = l.opportunity_id
WHERE l.org_id = $org AND l.archived = 0 AND l.closed_at >= $week AND l.closed_at <= $now GROUP BY l.state)sql",
          R"sql(SELECT stage, COUNT(*), SUM(amount_minor) FROM opportunities WHERE org_id = $org AND lead_id IS NULL AND archived = 0
AND (stage NOT IN ('won', 'lost') OR close_date >= date($week / 1000000, 'unixepoch')) GROUP BY stage)sql",
          R"sql(SELECT COUNT(*) FROM appointments WHERE org_id = $org AND status = 'scheduled' AND starts_at >= $now
AND starts_at < $now + 7 * 86400000000)sql",
          std::string("SELECT COUNT(*) ") + kPast,
          std::string("SELECT l.id, l.title, COALESCE(o.amount_minor, l.estimated_minor, 0) AS v ") + kPast +
              " ORDER BY v DESC, l.expected_close LIMIT 10"};
}

class Floor {
 public:
  explicit Floor(const std::string& path) {
    sqlite3_open_v2(path.c_str(), &database_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    bench::execute(database_, "PRAGMA cache_size = -8192; PRAGMA query_only = ON");
  }
  ~Floor() {
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close(database_);
  }
  Floor(const Floor&) = delete;
  Floor& operator=(const Floor&) = delete;

  // Runs them in one transaction and reads every column of every row; the first column of the first row of each.
  std::vector<std::int64_t> run(const std::vector<std::string>& queries, const std::string& org) {
    std::vector<std::int64_t> firsts;
    bench::execute(database_, "BEGIN");
    for (const std::string& sql : queries) firsts.push_back(run_one(sql, org));
    bench::execute(database_, "COMMIT");
    return firsts;
  }

 private:
  std::int64_t run_one(const std::string& sql, const std::string& org) {
    sqlite3_stmt*& statement = statements_[sql];
    if (statement == nullptr && sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
      std::fprintf(stderr, "%s: %s\n", sqlite3_errmsg(database_), sql.c_str());
      std::exit(1);
    }
    const auto text = [&](const char* name, const std::string& value) {
      if (const int at = sqlite3_bind_parameter_index(statement, name); at > 0)
        sqlite3_bind_text(statement, at, value.c_str(), -1, SQLITE_TRANSIENT);
    };
    const auto number = [&](const char* name, std::int64_t value) {
      if (const int at = sqlite3_bind_parameter_index(statement, name); at > 0) sqlite3_bind_int64(statement, at, value);
    };
    text("$org", org);
    text("$today", kToday);
    text("$named", kNamedBy);
    number("$quiet", kQuietBefore);
    number("$midnight", kMidnight.us);
    number("$now", kNow.us);
    number("$week", kNow.plus_seconds(-7 * 86400).us);
    std::int64_t first = -1, sum = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
      if (first < 0) first = sqlite3_column_int64(statement, 0);
      for (int column = 0; column < sqlite3_column_count(statement); ++column) sum += sqlite3_column_bytes(statement, column);
    }
    sqlite3_reset(statement);
    read_bytes_ += sum;
    return first;
  }

  sqlite3* database_ = nullptr;
  std::map<std::string, sqlite3_stmt*> statements_;
  std::int64_t read_bytes_ = 0;
};

// --- the program

class Office {
 public:
  explicit Office(const std::string& folder) : folder_(folder), clock_(kMidnight), random_(7) { open(false); }

  // Makes the businesses, fills them, and opens the store again as it is in use.
  void fill(std::size_t orgs, std::int64_t leads) {
    std::vector<std::string> ids{runtime_->org().id.text()};
    const auto owner = runtime_->user();
    for (std::size_t number = 1; number < orgs; ++number) {
      Org org = runtime_->org();
      org.id = {};
      org.slug = "business-" + std::to_string(number);
      User user = owner;
      user.id = {};
      auto made = runtime_->system().create_org(std::move(org), std::move(user));
      if (!made) fail(made.error().message);
      ids.push_back(made->id.text());
    }
    runtime_.reset();
    sqlite3* raw = nullptr;
    sqlite3_open(path().c_str(), &raw);
    if (!bench::insert_sample(raw, ids, {leads, leads / static_cast<std::int64_t>(orgs)}, kNow.us)) fail("no sample");
    bench::execute(raw, "PRAGMA wal_checkpoint(TRUNCATE)");
    sqlite3_close(raw);
    orgs_ = std::move(ids);
    clock_.set(kNow);
    open(true);
  }

  app::Runtime& runtime() { return *runtime_; }
  std::string path() const { return folder_ + "/deskhand.db"; }
  const std::vector<std::string>& orgs() const { return orgs_; }

  Json call(const std::string& tool, const std::string& arguments) {
    toolbox::CallRequest request;
    request.org = runtime_->org().id;
    request.actor.kind = ActorKind::system;
    request.actor.channel = "clock";
    request.tool = tool;
    request.arguments_text = arguments;
    const toolbox::CallResult result = runtime_->toolbox().call(request);
    if (!result.ok) fail(tool + ": " + result.error + " " + result.error_detail);
    return result.data ? *result.data : Json();
  }

  [[noreturn]] static void fail(const std::string& why) {
    std::printf("bench_reports: %s\n", why.c_str());
    std::exit(1);
  }

 private:
  void open(bool synchronous_full) {
    app::RuntimeOptions options;
    options.config.org.name = "Hill Plumbing";
    options.config.org.timezone = "Etc/UTC";
    options.config.org.owner_name = "Dana Hill";
    options.config.org.owner_email = "dana@hill.example";
    options.config.synchronous_full = synchronous_full;
    options.data = folder_;
    options.share = DESKHAND_SOURCE_DIR;
    options.clock = &clock_;
    options.random = &random_;
    options.needs_agent = false;
    auto opened = app::Runtime::open(std::move(options));
    if (!opened) fail(opened.error().message);
    runtime_ = std::move(*opened);
  }

  std::string folder_;
  app::PinnedClock clock_;
  app::SeededRandom random_;
  std::unique_ptr<app::Runtime> runtime_;
  std::vector<std::string> orgs_;
};

bool told(const char* what, double ours, double floor) {
  std::printf("%s: %.3f s, SQL %.3f s, ratio %.2f (at most %.1f)\n", what, ours, floor, ours / floor, kRatioMax);
  std::fflush(stdout);
  return ours / floor <= kRatioMax;
}

// Medians of alternating runs, so that a slow moment of the machine hits both; the first run of each warms the caches.
bool compare(const char* what, const std::function<void()>& ours, const std::function<void()>& floor) {
  std::vector<double> our_seconds, floor_seconds;
  for (int run = 0; run <= kRuns; ++run) {
    const double one = seconds_of(ours), other = seconds_of(floor);
    if (run == 0) continue;
    our_seconds.push_back(one);
    floor_seconds.push_back(other);
  }
  return told(what, median(our_seconds), median(floor_seconds));
}

bool measure_one_org(const std::string& folder, std::int64_t leads) {
  Office office(folder);
  std::printf("one business, %lld leads, %lld interactions: made in %.0f s\n", static_cast<long long>(leads),
              static_cast<long long>(leads * 5), seconds_of([&] { office.fill(1, leads); }));
  Floor floor(office.path());
  const std::string org = office.orgs().front();
  Json quiet, summary;
  std::vector<std::int64_t> daily, weekly;
  bool ok = compare(
      "daily check",
      [&] {
        quiet = office.call("stale_leads", R"({"scheduled":true,"again_after":5,"again_in_business_days":true})");
        office.call("morning_list", "{}");
      },
      [&] { daily = floor.run(daily_queries(), org); });
  ok = compare("weekly summary", [&] { summary = office.call("pipeline_summary", R"({"scheduled":true})"); },
               [&] { weekly = floor.run(weekly_queries(), org); }) &&
       ok;
  if (quiet.at("count") != daily.front()) Office::fail("the SQL found " + std::to_string(daily.front()) + " quiet leads, the program " + quiet.at("count").dump());
  if (summary.at("new_leads") != weekly.front()) Office::fail("the SQL counts other new leads");
  std::printf("month's summary: %.3f s\n", seconds_of([&] { office.call("win_loss_summary", "{}"); }));
  return ok;
}

// The rows that are there now and were not before the run, inserted raw into a file of their own: for each business in
// the commits that its jobs take at the least, one that claims a job and one that ends it.
double write_raw(const std::string& source, const std::string& target, const std::map<std::string, std::string>& conditions) {
  sqlite3 *from = nullptr, *to = nullptr;
  sqlite3_open(source.c_str(), &from);
  sqlite3_open(target.c_str(), &to);
  bench::execute(to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF");
  bench::make_tables(from, to);
  struct Share {
    std::vector<std::pair<std::size_t, std::size_t>> jobs, rest;  // table, row
  };
  std::map<std::string, Share> shares;
  std::vector<bench::RawTable> tables;
  std::vector<sqlite3_stmt*> inserts;
  for (const auto& [name, condition] : conditions) {
    tables.push_back(bench::read_table(from, name, condition));
    inserts.push_back(bench::prepare_insert(to, tables.back()));
    for (std::size_t row = 0; row < tables.back().rows.size(); ++row) {
      const auto* org = reinterpret_cast<const char*>(sqlite3_value_text(tables.back().rows[row].front()));
      Share& share = shares[org == nullptr ? "" : org];
      (name == "jobs" ? share.jobs : share.rest).push_back({tables.size() - 1, row});
    }
  }
  bool ok = true;
  const auto put = [&](const std::pair<std::size_t, std::size_t>& place) {
    ok = bench::insert_row(inserts[place.first], tables[place.first].rows[place.second]) && ok;
  };
  const double seconds = seconds_of([&] {
    for (const auto& [org, share] : shares)
      for (std::size_t job = 0; job < share.jobs.size(); ++job) {
        bench::execute(to, "BEGIN IMMEDIATE");
        put(share.jobs[job]);
        bench::execute(to, "COMMIT; BEGIN IMMEDIATE");
        for (std::size_t row = share.rest.size() * job / share.jobs.size(); row < share.rest.size() * (job + 1) / share.jobs.size(); ++row)
          put(share.rest[row]);
        bench::execute(to, "COMMIT");
      }
  });
  for (sqlite3_stmt* insert : inserts) sqlite3_finalize(insert);
  sqlite3_close(to);
  sqlite3_close(from);
  if (!ok) Office::fail("the raw rows could not be inserted");
  return seconds;
}

bool measure_fan_out(const std::string& folder, std::size_t orgs) {
  Office office(folder);
  std::printf("%zu businesses with %lld leads each: made in %.0f s\n", orgs, static_cast<long long>(kLeadsPerOrg),
              seconds_of([&] { office.fill(orgs, static_cast<std::int64_t>(orgs) * kLeadsPerOrg); }));
  std::map<std::string, std::string> conditions;
  {
    sqlite3* before = nullptr;
    sqlite3_open(office.path().c_str(), &before);
    for (const std::string& name : bench::table_names(before))
      if (bench::read_table(before, name, "1 LIMIT 1").rows.empty()) conditions[name] = "";
    sqlite3_close(before);
  }
  for (const char* name : {"audit", "audit_payloads", "audit_changes"}) conditions[name] = "sequence > 1";
  conditions["lead_namings"] = std::string("named_on = '") + kToday + "'";

  double selects = 0;
  {
    Floor floor(office.path());
    for (int run = 0; run < 2; ++run)  // the first warms the caches
      selects = seconds_of([&] {
        for (const std::string& org : office.orgs()) floor.run(daily_queries(), org);
      });
  }
  std::size_t jobs = 0;
  const double ours = seconds_of([&] {
    auto ran = office.runtime().scheduler().run_due();
    if (!ran) Office::fail(ran.error().message);
    jobs = ran->size();
    for (const schedule::RanJob& one : *ran)
      if (!one.done) Office::fail(one.behaviour + ": " + one.result);
  });
  const double writes = write_raw(office.path(), folder + "/raw.db", conditions);
  std::printf("%zu jobs; SQL: selects %.2f s, writes %.2f s\n", jobs, selects, writes);
  return told("daily fan-out", ours, selects + writes);
}

}  // namespace

int main(int count, char** words) {
  const std::int64_t leads = count > 1 ? std::atoll(words[1]) : 1'000'000;
  const std::size_t orgs = count > 2 ? static_cast<std::size_t>(std::atoll(words[2])) : 10'000;
  bool ok = true;
  for (const bool fan_out : {false, true}) {
    std::string folder = (fs::temp_directory_path() / "deskhand-bench-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return 1;
    ok = (fan_out ? orgs == 0 || measure_fan_out(folder, orgs) : leads == 0 || measure_one_org(folder, leads)) && ok;
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
  return ok ? 0 : 1;
}
