#include "app/simulate/business.h"

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/json.h"

namespace deskhand::app::simulate {
namespace {

namespace fs = std::filesystem;

}  // namespace

Business::Business(std::string share, Zone zone, Instant now, std::uint64_t seed)
    : share_(std::move(share)), zone_(std::move(zone)), clock_(now), random_(seed) {}

Business::~Business() {
  runtime_.reset();
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

Result<std::unique_ptr<Business>> Business::open(const std::string& share, const std::string& zone_name, Instant now,
                                                 std::uint64_t seed) {
  auto zone = Zone::find(zone_name);
  if (!zone) return zone.error();
  std::unique_ptr<Business> business(new Business(share, *zone, now, seed));
  std::error_code ignored;
  const std::string base = fs::is_directory("/dev/shm", ignored) ? "/dev/shm" : fs::temp_directory_path().string();
  std::string pattern = base + "/deskhand-simulation-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr)
    return make_error(Code::unavailable, "No folder can be made in " + base + ".");
  business->folder_ = pattern;
  if (auto done = business->open_runtime(); !done) return done.error();
  return business;
}

RuntimeOptions Business::options() {
  RuntimeOptions options;
  options.config.org.name = "Flores Plumbing";
  options.config.org.timezone = zone_.name();
  options.config.org.email = "office@flores.example";
  options.config.org.owner_name = "Dana Flores";
  options.config.org.owner_email = "dana@flores.example";
  options.config.quiet = QuietHours{};
  options.config.log_level = "off";
  options.data = folder_;
  options.share = share_;
  options.clock = &clock_;
  options.random = &random_;
  options.disk = store::FailingDisk::name();
  return options;
}

Done Business::open_runtime() {
  RuntimeOptions wanted = options();
  if (!model_reached_) wanted.model = &absent_model_;
  auto opened = Runtime::open(std::move(wanted));
  if (!opened) return opened.error();
  runtime_ = std::move(*opened);
  auto conversation = runtime_->agent().open(runtime_->org().id, runtime_->actor("terminal"), "terminal");
  if (!conversation) return conversation.error();
  conversation_ = *conversation;
  return {};
}

void Business::break_disk(store::Fault fault, int at) {
  disk_.arm(fault, at);
  disk_is_bad_ = true;
}

void Business::heal_disk() {
  disk_.disarm();
  disk_is_bad_ = false;
}

Done Business::restart() {
  runtime_.reset();
  heal_disk();
  if (Done done = open_runtime(); !done) return done;
  auto resumed = runtime_->resume();
  if (!resumed) return resumed.error();
  for (std::string& line : *resumed) picked_up_ += std::move(line) + "\n";
  auto finished = runtime_->mail_intake().resume(runtime_->org().id);
  return finished ? Done{} : Done{finished.error()};
}

Done Business::set_model_reached(bool reached) {
  model_reached_ = reached;
  return restart();
}

Result<std::vector<schedule::RanJob>> Business::run_rival() {
  RuntimeOptions wanted = options();
  wanted.needs_agent = false;
  auto rival = Runtime::open(std::move(wanted));
  if (!rival) return rival.error();
  auto ran = (*rival)->scheduler().run_due();
  if (!ran) return ran;
  auto delivered = (*rival)->deliver();
  if (!delivered) return delivered.error();
  return ran;
}

void Business::block_mail(bool blocked) {
  std::error_code ignored;
  const fs::path outbox = fs::path(folder_) / "outbox", aside = fs::path(folder_) / "outbox-aside";
  if (blocked) {
    if (fs::exists(aside, ignored)) return;
    fs::create_directories(outbox, ignored);
    fs::rename(outbox, aside, ignored);
    std::ofstream(outbox) << "in the way\n";
  } else if (fs::exists(aside, ignored)) {
    fs::remove(outbox, ignored);
    fs::rename(aside, outbox, ignored);
  }
}

std::vector<std::string> Business::take_mails() {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const char* name : {"/outbox", "/outbox-aside"}) {
    if (!fs::is_directory(folder_ + name, ignored)) continue;
    for (const auto& entry : fs::directory_iterator(folder_ + name, ignored))
      if (entry.path().extension() == ".eml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());  // a folder has no order of its own, and the same seed is the same run
  std::vector<std::string> mails;
  for (const fs::path& path : files) {
    std::ifstream file(path, std::ios::binary);
    mails.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    fs::remove(path, ignored);
  }
  return mails;
}

Result<TurnReply> Business::say(const std::string& text) {
  clock_.advance_seconds(1);
  return runtime_->agent().say({runtime_->org().id, runtime_->actor("terminal"), conversation_, text, clock_.now()});
}

Result<std::optional<TurnReply>> Business::news() {
  return runtime_->agent().news({runtime_->org().id, runtime_->actor("terminal"), conversation_, "", clock_.now()});
}

toolbox::CallResult Business::call(const std::string& tool, const Json& arguments) {
  return runtime_->call(tool, to_text(arguments), "command line");
}

}  // namespace deskhand::app::simulate
