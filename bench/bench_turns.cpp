// What a turn with a language model costs beside the model itself, the vendor being a scripted one on loopback in a process
// of its own: a turn against its floor, many conversations against one, a late turn against an early one, an approval
// against a plain turn, and memory after a thousand turns. All are ratios of one run but the memory.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>
#include <vector>

#include "app/runtime.h"
#include "app/system_ports.h"
#include "raw_rows.h"
#include "vendor_process.h"

namespace {

using namespace deskhand;
using namespace deskhand::app;
namespace fs = std::filesystem;

constexpr int kTurns = 100;             // of a measured sum
constexpr int kRounds = 5;              // of a median
constexpr int kConversations = 32;
constexpr int kMemoryTurns = 1000;
constexpr double kTurnRatioMax = 2.0, kManyRatioMin = 1.5, kLateRatioMax = 1.5, kApprovalRatioMax = 0.3;
constexpr std::int64_t kApprovalBytesMax = 4096;
constexpr double kMegabytesMax = 40;

double seconds_of(timeval time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; }

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

double peak_megabytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Goes on with every message, so that a day's work is not what one hour may hold.
class BusyClock final : public Clock {
 public:
  Instant now() const override { return {start_.us + minutes_.load() * 60'000'000}; }
  std::chrono::steady_clock::time_point steady() const override { return std::chrono::steady_clock::now(); }
  void go_on() { minutes_.fetch_add(1); }

 private:
  const Instant start_ = SystemClock().now();
  std::atomic<std::int64_t> minutes_{0};
};

// A business with its record in a folder of its own, whose model is the vendor's.
class Business {
 public:
  Business(const std::string& folder, const std::string& base_url) : folder_(folder) {
    RuntimeOptions options;
    options.config.org.name = "Oak Street Plumbing";
    options.config.org.timezone = "America/Chicago";
    options.config.org.owner_name = "Pat";
    options.config.org.email = "office@business.example";
    options.config.model_chain = {"local"};
    ModelProvider provider;
    provider.name = "local";
    provider.kind = "openai";
    provider.base_url = base_url;
    provider.model = "test-model";
    options.config.model_providers["local"] = provider;
    options.data = folder_;
    options.share = DESKHAND_SOURCE_DIR;
    options.clock = &clock_;
    options.random = &random_;
    auto opened = Runtime::open(std::move(options));
    if (!opened) fail(opened.error().message);
    runtime_ = std::move(*opened);
  }

  ConversationId conversation() {
    auto talk = runtime_->agent().open(runtime_->org().id, runtime_->actor("terminal"), "terminal");
    if (!talk) fail(talk.error().message);
    return *talk;
  }

  TurnReply say(const ConversationId& conversation, const std::string& text) {
    clock_.go_on();
    const PersonMessage message{runtime_->org().id, runtime_->actor("terminal"), conversation, text, clock_.now(), {}};
    auto reply = runtime_->agent().say(message);
    if (!reply) fail(reply.error().message);
    return std::move(*reply);
  }

  // One turn of three calls about somebody new; with a message drafted to them, or a lead opened.
  TurnReply plain(const ConversationId& conversation) { return say(conversation, customer("wants the shower repaired")); }
  TurnReply drafting(const ConversationId& conversation) { return say(conversation, customer("write to them about Tuesday")); }

  // The bytes of all that is stored, and the commits that stand in the write-ahead log.
  std::int64_t stored_bytes() const;
  std::size_t commits_in_log() const;
  void empty_log() const;
  std::string database() const { return folder_ + "/deskhand.db"; }

  [[noreturn]] static void fail(const std::string& why) {
    std::printf("bench_turns: %s\n", why.c_str());
    std::exit(1);
  }

 private:
  std::string customer(const std::string& what) {
    const std::string number = std::to_string(++customers_);
    return "New customer Ana Ruiz" + number + ", +1512" + std::to_string(2000000 + customers_) + ", ana" + number + "@ruiz.example, " + what;
  }

  std::string folder_;
  BusyClock clock_;
  SystemRandom random_;
  std::atomic<int> customers_{0};
  std::unique_ptr<Runtime> runtime_;
};

std::int64_t Business::stored_bytes() const {
  sqlite3* database = nullptr;
  std::int64_t bytes = 0;
  if (sqlite3_open_v2(this->database().c_str(), &database, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) fail("the record can not be read");
  for (const std::string& name : bench::table_names(database)) {
    const bench::RawTable table = bench::read_table(database, name, "");
    for (const auto& row : table.rows)
      for (sqlite3_value* value : row) bytes += sqlite3_value_bytes(value);
  }
  sqlite3_close(database);
  return bytes;
}

void Business::empty_log() const {
  sqlite3* database = nullptr;
  const bool ok = sqlite3_open(this->database().c_str(), &database) == SQLITE_OK && bench::execute(database, "PRAGMA wal_checkpoint(TRUNCATE)");
  sqlite3_close(database);
  if (!ok) fail("the log can not be emptied");
}

// A frame that ends a commit has the size of the database in its head (sqlite.org/fileformat.html, 4.1).
std::size_t Business::commits_in_log() const {
  std::ifstream file(database() + "-wal", std::ios::binary);
  const std::string log{std::istreambuf_iterator<char>(file), {}};
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(log[at + i]);
    return value;
  };
  std::size_t commits = 0;
  if (log.size() < 32) return 0;
  for (std::size_t at = 32; at + 24 + number(8) <= log.size(); at += 24 + number(8)) commits += number(at + 4) != 0 ? 1 : 0;
  return commits;
}

double floor_seconds(const std::string& url, const std::string& bodies, const std::string& record, const std::string& target, std::size_t commits) {
  const std::string line = std::string(FLOOR_BINARY) + " " + url + "/chat/completions " + bodies + " " + record + " " + target + " " + std::to_string(kTurns) + " " + std::to_string(commits);
  std::FILE* const out = ::popen(line.c_str(), "r");
  char text[64] = {};
  const bool read = out != nullptr && std::fgets(text, sizeof text, out) != nullptr;
  if (out == nullptr || ::pclose(out) != 0 || !read) Business::fail("the floor failed");
  return std::strtod(text, nullptr);
}

// How many commits a turn has, counted in one of its own.
std::size_t commits_of_a_turn(const std::string& folder) {
  const bench::VendorProcess vendor("");
  Business business(folder, vendor.base_url());
  const ConversationId conversation = business.conversation();
  business.empty_log();
  business.plain(conversation);
  return business.commits_in_log();
}

bool turn_against_floor(const std::string& folder) {
  const std::size_t commits = commits_of_a_turn(folder + "/counted");
  std::vector<double> ours, floors;
  for (int round = 0; round < kRounds; ++round) {
    const std::string place = folder + "/turn" + std::to_string(round);
    fs::create_directories(place);
    {
      const bench::VendorProcess vendor(place + "/bodies");
      Business business(place + "/data", vendor.base_url());
      const double begin = cpu_seconds();
      for (int turn = 0; turn < kTurns; ++turn) business.plain(business.conversation());
      ours.push_back(cpu_seconds() - begin);
    }
    const bench::VendorProcess vendor("");
    floors.push_back(floor_seconds(vendor.base_url(), place + "/bodies", place + "/data/deskhand.db", place + "/raw.db", commits));
  }
  const double ratio = median(ours) / median(floors);
  std::printf("a turn of three calls, %zu commits: %.2f ms of CPU, floor %.2f ms, ratio %.2f (at most %.1f)\n", commits, median(ours) * 1e3 / kTurns, median(floors) * 1e3 / kTurns, ratio, kTurnRatioMax);
  return ratio <= kTurnRatioMax;
}

double seconds_for(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

bool many_against_one(Business& business) {
  constexpr int kEach = 5, kAll = kEach * kConversations;
  std::vector<double> ones, manies;
  for (int round = 0; round < kRounds; ++round) {
    ones.push_back(seconds_for([&] {
      for (int talk = 0; talk < kConversations; ++talk) {
        const ConversationId conversation = business.conversation();
        for (int turn = 0; turn < kEach; ++turn) business.plain(conversation);
      }
    }));
    manies.push_back(seconds_for([&] {
      std::vector<std::jthread> threads;
      for (int talk = 0; talk < kConversations; ++talk)
        threads.emplace_back([&] {
          const ConversationId conversation = business.conversation();
          for (int turn = 0; turn < kEach; ++turn) business.plain(conversation);
        });
    }));
  }
  const double ratio = median(ones) / median(manies);
  std::printf("turns a second: one conversation %.0f, %d at once %.0f, ratio %.2f (at least %.1f)\n", kAll / median(ones), kConversations, kAll / median(manies), ratio, kManyRatioMin);
  return ratio >= kManyRatioMin;
}

bool late_against_early(Business& business) {
  constexpr int kEarly = 5, kLate = 50;
  std::vector<double> early, late, early_bytes, late_bytes;
  for (int round = 0; round < kRounds; ++round) {
    const ConversationId conversation = business.conversation();
    for (int turn = 1; turn <= kLate; ++turn) {
      const bool measured = turn == kEarly || turn == kLate;
      const std::int64_t bytes = measured ? business.stored_bytes() : 0;
      const double begin = cpu_seconds();
      business.plain(conversation);
      const double spent = cpu_seconds() - begin;
      if (!measured) continue;
      (turn == kEarly ? early : late).push_back(spent);
      (turn == kEarly ? early_bytes : late_bytes).push_back(static_cast<double>(business.stored_bytes() - bytes));
    }
  }
  const double cpu = median(late) / median(early), bytes = median(late_bytes) / median(early_bytes);
  std::printf("turn %d against turn %d: CPU %.2f ms to %.2f ms, ratio %.2f; stored %.0f to %.0f bytes, ratio %.2f (at most %.1f)\n", kLate, kEarly, median(late) * 1e3, median(early) * 1e3, cpu, median(late_bytes),
              median(early_bytes), bytes, kLateRatioMax);
  return cpu <= kLateRatioMax && bytes <= kLateRatioMax;
}

// A turn whose last call parks a message, and the yes to it; what they cost beyond a turn of as many calls.
bool approval_against_turn(Business& business) {
  std::vector<double> plains, approvals;
  std::int64_t plain_bytes = 0, approval_bytes = 0;
  std::size_t message_bytes = 0;
  for (int turn = 0; turn < kTurns; ++turn) {
    const bool measured = turn == kTurns / 2;
    const ConversationId first = business.conversation(), second = business.conversation();
    std::int64_t bytes = measured ? business.stored_bytes() : 0;
    double begin = cpu_seconds();
    business.plain(first);
    plains.push_back(cpu_seconds() - begin);
    if (measured) plain_bytes = business.stored_bytes() - bytes, bytes = business.stored_bytes();
    begin = cpu_seconds();
    const TurnReply drafted = business.drafting(second);
    const TurnReply sent = business.say(second, "yes");
    approvals.push_back(cpu_seconds() - begin);
    if (drafted.cards.empty()) Business::fail("nothing was put before the owner: " + drafted.text);
    if (sent.text.find("ent") == std::string::npos) Business::fail("the yes did not count: " + sent.text);
    if (!measured) continue;
    approval_bytes = business.stored_bytes() - bytes;
    message_bytes = drafted.cards.front().body.size();
  }
  const double ratio = (median(approvals) - median(plains)) / median(plains);
  const std::int64_t beyond = approval_bytes - plain_bytes - static_cast<std::int64_t>(message_bytes);
  std::printf("parking and resuming an approval: %.2f ms of CPU over a plain turn of %.2f ms, ratio %.2f (at most %.1f); %lld bytes beyond the message (under %lld)\n", (median(approvals) - median(plains)) * 1e3,
              median(plains) * 1e3, ratio, kApprovalRatioMax, static_cast<long long>(beyond), static_cast<long long>(kApprovalBytesMax));
  return ratio <= kApprovalRatioMax && beyond < kApprovalBytesMax;
}

bool memory_after_many(Business& business) {
  const ConversationId conversation = business.conversation();
  for (int turn = 0; turn < kMemoryTurns; ++turn) business.plain(turn % 2 == 0 ? conversation : business.conversation());
  const double megabytes = peak_megabytes();
  std::printf("memory after %d turns: peak %.1f MB (at most %.0f)\n", kMemoryTurns, megabytes, kMegabytesMax);
  return megabytes <= kMegabytesMax;
}

}  // namespace

int main(int count, char** words) {
  const std::string only = count > 1 ? words[1] : "";  // one of: memory approval late many floor
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  std::string folder = (fs::temp_directory_path() / "deskhand-bench-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  bool ok = true;
  const auto is_wanted = [&](const char* name) { return only.empty() || only == name; };
  if (only != "floor") {
    const bench::VendorProcess vendor("");
    Business business(folder + "/data", vendor.base_url());
    if (is_wanted("memory")) ok = memory_after_many(business) && ok;  // first: the peak is the process's
    if (is_wanted("approval")) ok = approval_against_turn(business) && ok;
    if (is_wanted("late")) ok = late_against_early(business) && ok;
    if (is_wanted("many")) ok = many_against_one(business) && ok;
  }
  if (is_wanted("floor")) ok = turn_against_floor(folder) && ok;
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  return ok ? 0 : 1;
}
