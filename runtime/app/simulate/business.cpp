#include "app/simulate/business.h"

#include <stdlib.h>

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

Done Business::open_runtime() {
  RuntimeOptions options;
  options.config.org.name = "Flores Plumbing";
  options.config.org.timezone = zone_.name();
  options.config.org.email = "office@flores.example";
  options.config.org.owner_name = "Dana Flores";
  options.config.org.owner_email = "dana@flores.example";
  options.config.quiet = QuietHours{};
  options.config.synchronous_full = false;
  options.config.log_level = "error";
  options.data = folder_;
  options.share = share_;
  options.clock = &clock_;
  options.random = &random_;
  auto opened = Runtime::open(std::move(options));
  if (!opened) return opened.error();
  runtime_ = std::move(*opened);
  auto conversation = runtime_->agent().open(runtime_->org().id, runtime_->actor("terminal"), "terminal");
  if (!conversation) return conversation.error();
  conversation_ = *conversation;
  return {};
}

Done Business::restart() {
  runtime_.reset();
  return open_runtime();
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

std::vector<std::string> Business::mails() const {
  std::vector<std::string> mails;
  std::error_code ignored;
  for (const char* name : {"/outbox", "/outbox-aside"}) {
    if (!fs::is_directory(folder_ + name, ignored)) continue;
    for (const auto& entry : fs::directory_iterator(folder_ + name, ignored)) {
      if (entry.path().extension() != ".eml") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      mails.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
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
