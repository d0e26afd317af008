#include "app/recorded_session.h"

#include <unistd.h>

#include <filesystem>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "channel/terminal/render.h"
#include "model/recording.h"
#include "model/wire_key.h"

namespace deskhand::app {
namespace {

constexpr int kForm = 1;
constexpr std::size_t kLineBytes = 4 * 1024 * 1024;  // of a recording: one reply with its calls
constexpr std::size_t kLines = 100'000;

std::string snapshot_of(const std::string& file) { return file + ".db"; }

// The keys that configuration names, so that they are found wherever somebody repeats them.
std::vector<std::string> keys_of(const Config& config) {
  std::vector<std::string> keys;
  for (const auto& [name, provider] : config.model_providers)
    if (!provider.key.empty())
      if (auto key = model::read_secret(provider.key)) keys.push_back(key->reveal());
  return keys;
}

Result<RuntimeOptions> runtime_options(const GlobalOptions& options) {
  auto config = load_config(options.config);
  if (!config) return config.error();
  RuntimeOptions runtime;
  runtime.config = std::move(*config);
  runtime.data = options.data.empty() ? runtime.config.data : options.data;
  runtime.share = options.share;
  runtime.org_slug = options.org;
  runtime.as_login = options.as;
  return runtime;
}

}  // namespace

Result<std::unique_ptr<RecordedSession>> RecordedSession::open(const GlobalOptions& options, const std::string& file) {
  std::error_code failed;
  if (std::filesystem::exists(file, failed) || std::filesystem::exists(snapshot_of(file), failed))
    return make_error(Code::conflict, "There is a file " + file + " or " + snapshot_of(file) +
                                          " already; a recording replaces nothing.");
  auto session = std::make_unique<RecordedSession>();
  if (auto done = session->begin(options, file); !done) return done.error();
  return session;
}

Done RecordedSession::begin(const GlobalOptions& options, const std::string& file) {
  auto runtime = runtime_options(options);
  if (!runtime) return runtime.error();
  clock_.set(true_clock_.now());
  random_.begin(true_random_.next());
  auto chain = make_model_chain(runtime->config, options.share, true_clock_, true_random_);
  if (!chain) return chain.error();
  chain_ = std::move(*chain);
  secrets_ = keys_of(runtime->config);
  model_ = model::make_recording_model(*chain_.model, secrets_, [this](const Json& exchange) { keep(exchange); });
  runtime->clock = &clock_;
  runtime->random = &random_;
  runtime->model = model_.get();
  auto opened = Runtime::open(std::move(*runtime));
  if (!opened) return opened.error();
  runtime_ = std::move(*opened);
  if (auto leftovers = runtime_->deliver(); !leftovers) return leftovers.error();
  if (auto done = runtime_->system().backup_to(snapshot_of(file)); !done) return done;
  out_.open(file, std::ios::binary);
  if (!out_) return make_error(Code::unavailable, "The file " + file + " can not be written.");
  const std::uint64_t seed = true_random_.next();
  random_.begin(seed);
  keep({{"v", kForm},
        {"seed", seed},
        {"org", runtime_->org().slug},
        {"user", runtime_->user().login},
        {"procedures", runtime_->procedure_version()},
        {"at", clock_.now().us}});
  return {};
}

void RecordedSession::keep(const Json& line) { out_ << to_text(line) << "\n" << std::flush; }

Result<ConversationId> RecordedSession::open(const OrgId& org, const Actor& actor, std::string_view channel) {
  return runtime_->agent().open(org, actor, channel);
}

PersonMessage RecordedSession::at_this_moment(const PersonMessage& message) {
  clock_.set(true_clock_.now());
  PersonMessage now = message;
  now.sent_at = clock_.now();
  now.text = model::without_secrets(message.text, secrets_);  // what is recorded is what was asked
  now.watch.on_text = nullptr;
  return now;
}

Result<TurnReply> RecordedSession::say(const PersonMessage& message) {
  const PersonMessage now = at_this_moment(message);
  keep({{"said", now.text}, {"at", now.sent_at.us}});
  return replied(runtime_->agent().say(now));
}

Result<TurnReply> RecordedSession::pick(const PersonMessage& message, std::string_view tool,
                                        std::string_view arguments) {
  const PersonMessage now = at_this_moment(message);
  keep({{"picked", now.text}, {"tool", tool}, {"arguments", arguments}, {"at", now.sent_at.us}});
  return replied(runtime_->agent().pick(now, tool, arguments));
}

Result<TurnReply> RecordedSession::replied(Result<TurnReply> reply) {
  namespace terminal = channel::terminal;
  keep({{"replied", reply ? terminal::reply_json(*reply) : terminal::error_json(reply.error())}});
  return reply;
}

namespace {

class Replay {
 public:
  explicit Replay(const GlobalOptions& options) : options_(options) {}
  ~Replay() {
    runtime_.reset();
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;

  Result<ReplayVerdict> run(const std::string& file) {
    if (auto done = read(file); !done) return done.error();
    if (auto done = open(file); !done) return done.error();
    ReplayVerdict verdict;
    std::string given;
    for (const Json& line : lines_) {
      if (line.contains("said") || line.contains("picked")) {
        given = answer(line);
        ++verdict.messages;
      } else if (line.contains("replied") && verdict.difference.empty()) {
        if (given == line.value("replied", ""))
          ++verdict.same;
        else
          verdict.difference = "reply " + std::to_string(verdict.messages) +
                               " is another: " + shorten(printable_line(given), limits::kCustomValueBytes);
      }
    }
    if (!model_.difference().empty())
      verdict.difference = model_.difference();
    else if (verdict.difference.empty() && model_.left() > 0)
      verdict.difference = std::to_string(model_.left()) + " recorded requests were not asked";
    return verdict;
  }

 private:
  Done read(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return make_error(Code::not_found, "There is no recording " + file + ".");
    std::string text;
    while (std::getline(in, text)) {
      auto line = text.size() > kLineBytes || lines_.size() >= kLines
                      ? Result<Json>(make_error(Code::invalid_argument, ""))
                      : parse_json(text, kLineBytes);
      const bool is_first = head_.is_null();
      if (!line || !line->is_object() || (is_first && line->value("v", 0) != kForm))
        return make_error(Code::invalid_argument, file + " is no recording of this program.");
      if (is_first)
        head_ = std::move(*line);
      else if (line->contains("asked"))
        model_.add(*line);
      else
        lines_.push_back(std::move(*line));
    }
    return head_.is_null() ? Done{make_error(Code::invalid_argument, file + " is empty.")} : Done{};
  }

  Done open(const std::string& file) {
    folder_ = (std::filesystem::temp_directory_path() / "deskhand-replay-XXXXXX").string();
    if (::mkdtemp(folder_.data()) == nullptr)
      return make_error(Code::unavailable, "No folder can be made for the replay.");
    std::error_code failed;
    std::filesystem::copy_file(snapshot_of(file), folder_ + "/deskhand.db", failed);
    if (failed)
      return make_error(Code::not_found, "The record that belongs to it, " + snapshot_of(file) + ", can not be read.");
    auto runtime = runtime_options(options_);
    if (!runtime) return runtime.error();
    clock_.set({head_.value("at", std::int64_t{0})});
    runtime->data = folder_;
    runtime->org_slug = head_.value("org", "");
    runtime->as_login = head_.value("user", "");
    runtime->clock = &clock_;
    runtime->random = &random_;
    runtime->model = &model_;
    runtime->may_create = false;
    auto opened = Runtime::open(std::move(*runtime));
    if (!opened) return opened.error();
    runtime_ = std::move(*opened);
    if (runtime_->procedure_version() != head_.value("procedures", ""))
      return make_error(Code::conflict, "It was recorded with other procedures: " + head_.value("procedures", "") +
                                            "; here: " + runtime_->procedure_version() + ".");
    random_.begin(head_.value("seed", std::uint64_t{0}));
    auto conversation = runtime_->agent().open(runtime_->org().id, runtime_->actor("terminal"), "terminal");
    if (!conversation) return conversation.error();
    conversation_ = *conversation;
    return {};
  }

  std::string answer(const Json& line) {
    clock_.set({line.value("at", std::int64_t{0})});
    const PersonMessage message{runtime_->org().id, runtime_->actor("terminal"),
                                conversation_,      line.value(line.contains("said") ? "said" : "picked", ""),
                                clock_.now(),       {}};
    auto reply = line.contains("said")
                     ? runtime_->agent().say(message)
                     : runtime_->agent().pick(message, line.value("tool", ""), line.value("arguments", "{}"));
    return reply ? channel::terminal::reply_json(*reply) : channel::terminal::error_json(reply.error());
  }

  const GlobalOptions& options_;
  Json head_;
  std::vector<Json> lines_;
  std::string folder_;
  StepClock clock_;
  ReseededRandom random_;
  model::ReplayedModel model_;
  std::unique_ptr<Runtime> runtime_;
  ConversationId conversation_;
};

}  // namespace

Result<ReplayVerdict> replay(const GlobalOptions& options, const std::string& file) {
  return Replay(options).run(file);
}

}  // namespace deskhand::app
