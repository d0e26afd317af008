#include "app/eval/stage.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/json.h"
#include "base/text.h"

namespace deskhand::app::eval {
namespace {

Result<Instant> instant_of(const std::string& text, const Zone& zone) {
  const std::size_t space = text.find(' ');
  auto day = parse_iso_day(text.substr(0, space));
  if (!day) return day.error();
  int minute = 9 * 60;
  if (space != std::string::npos) {
    auto parsed = parse_clock(trim(std::string_view(text).substr(space)));
    if (!parsed) return parsed.error();
    minute = *parsed;
  }
  return zone.to_instant({*day, minute, 0});
}

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return make_error(Code::not_found, "There is no file " + path + ".");
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

Stage::Stage(const Scenario& scenario, std::string share, Zone zone, Instant now)
    : scenario_(scenario), share_(std::move(share)), zone_(std::move(zone)), clock_(now) {}

Stage::~Stage() {
  runtime_.reset();
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

Result<std::unique_ptr<Stage>> Stage::open(const Scenario& scenario, const std::string& share, Model* model) {
  auto zone = Zone::find(scenario.zone);
  if (!zone) return zone.error();
  auto now = instant_of(scenario.now, *zone);
  if (!now) return now.error();
  std::unique_ptr<Stage> stage(new Stage(scenario, share, *zone, *now));
  stage->model_ = model;
  std::error_code ignored;
  // Memory where there is some: a scenario proves behaviour, the fault tests prove what a disk does.
  const std::string base = std::filesystem::is_directory("/dev/shm", ignored) ? "/dev/shm" : std::filesystem::temp_directory_path().string();
  std::string pattern = base + "/deskhand-scenario-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) return make_error(Code::unavailable, "No folder can be made in " + base + ".");
  stage->folder_ = pattern;
  if (auto done = stage->open_runtime(); !done) return done.error();
  return stage;
}

Done Stage::open_runtime() {
  RuntimeOptions options;
  options.config.org.name = scenario_.business;
  options.config.org.timezone = scenario_.zone;
  options.config.org.owner_name = "Pat Owner";
  options.config.org.email = "office@business.example";
  options.config.org.owner_email = "owner@business.example";
  options.config.synchronous_full = false;
  options.data = folder_;
  options.share = share_;
  options.clock = &clock_;
  options.random = &random_;
  options.model = scenario_.scripted ? &script_ : model_;
  if (!scenario_.procedure.empty()) options.config.procedures = {scenario_.procedure};
  if (!scenario_.replacements.empty()) {
    auto text = read_file(share_ + "/" + options.config.procedures.front());
    if (!text) return text.error();
    for (const auto& [from, to] : scenario_.replacements) {
      if (text->find(from) == std::string::npos) return make_error(Code::invalid_argument, "the procedure does not hold \"" + from + "\"");
      *text = replace_all(std::move(*text), from, to);
    }
    options.procedure_text = std::move(*text);
  }
  auto opened = Runtime::open(std::move(options));
  if (!opened) return opened.error();
  runtime_ = std::move(*opened);
  auto conversation = runtime_->agent().open(runtime_->org().id, runtime_->actor("terminal"), "terminal");
  if (!conversation) return conversation.error();
  conversation_ = *conversation;
  return {};
}

Done Stage::restart() {
  runtime_.reset();
  if (auto done = open_runtime(); !done) return done;
  auto picked_up = runtime_->resume();
  return picked_up ? Done{} : Done{picked_up.error()};
}

Result<TurnReply> Stage::say(const std::string& text) {
  clock_.advance_seconds(1);
  return runtime_->agent().say({runtime_->org().id, runtime_->actor("terminal"), conversation_, text, clock_.now()});
}

Result<TurnReply> Stage::news() {
  clock_.advance_seconds(1);
  auto news = runtime_->agent().news({runtime_->org().id, runtime_->actor("terminal"), conversation_, "", clock_.now()});
  if (!news) return news.error();
  return news->value_or(TurnReply{});
}

toolbox::CallResult Stage::call(const std::string& tool, const std::string& arguments, bool approve) {
  toolbox::CallResult result = runtime_->call(tool, arguments, "command line");
  if (!result.ok || !approve) return result;
  for (const Approval& approval : result.parked) {
    const Json yes{{"approval", Ref{ref_prefix::kApproval, approval.head.ref_number}.text()}, {"verdict", "approve"}, {"fingerprint", approval.fingerprint}};
    toolbox::CallResult decided = runtime_->call("decide_approval", to_text(yes), "command line");
    if (!decided.ok) return decided;
  }
  return result;
}

toolbox::CallResult Stage::hostile_call(const std::string& tool, const std::string& arguments) {
  toolbox::CallRequest request;
  request.org = runtime_->org().id;
  request.actor = runtime_->actor("terminal");
  request.actor.kind = ActorKind::model;
  request.actor.authenticated = false;
  request.tool = tool;
  request.arguments_text = arguments;
  request.conversation = conversation_;
  return runtime_->toolbox().call(request);
}

Result<Instant> Stage::read_time(const std::string& text) const { return instant_of(text, zone_); }

std::vector<std::string> Stage::sent() const {
  std::vector<std::string> mails;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder_ + "/outbox", ignored)) {
    if (entry.path().extension() != ".eml") continue;
    if (auto text = read_file(entry.path().string())) mails.push_back(std::move(*text));
  }
  return mails;
}

std::size_t Stage::sent_to_customers() const {
  const std::string& own = runtime_->user().email;
  std::size_t count = 0;
  for (const std::string& mail : sent()) {
    const std::size_t to = mail.find("\nTo: ");
    const std::string line = to == std::string::npos ? "" : mail.substr(to, mail.find('\n', to + 1) - to);
    count += own.empty() || line.find("<" + own + ">") == std::string::npos ? 1 : 0;
  }
  return count;
}

}  // namespace deskhand::app::eval
