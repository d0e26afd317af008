// The one file that names concrete classes.
#include <sys/file.h>

#include <algorithm>
#include <filesystem>

#include "agent/quarantine.h"
#include "app/holidays.h"
#include "app/log.h"
#include "app/mail_channels.h"
#include "app/mail_parser.h"
#include "app/model_chain.h"
#include "app/process_worker.h"
#include "app/procedures.h"
#include "app/read_file.h"
#include "app/runtime.h"
#include "app/system_ports.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "channel/email/folder_transport.h"
#include "channel/email/parse.h"
#include "channel/terminal/render.h"
#include "guard/policies.h"
#include "net/curl_client.h"
#include "schema/records.h"
#include "store/sqlite/open.h"
#include "tools/catalogue.h"

#include <spdlog/logger.h>

namespace deskhand::app {
namespace {

// QuickBooks until its connector exists: nothing is tried and the grant stays.
class NoMoneyTransport final : public Transport {
 public:
  DeliveryResult deliver(const Org&, const OutboundEffect&, std::chrono::steady_clock::time_point, std::stop_token) override {
    return NotConfigured{"QuickBooks is not connected"};
  }
  DeliveryResult find_proof(const Org&, std::string_view, std::chrono::steady_clock::time_point, std::stop_token) override {
    return NotAccepted{"QuickBooks is not connected"};
  }
};

// A way out that is configured and can not be used as it is: nothing is tried, the grants stay, and every row says why.
class UnusableTransport final : public Transport {
 public:
  explicit UnusableTransport(std::string reason) : reason_(std::move(reason)) {}
  DeliveryResult deliver(const Org&, const OutboundEffect&, std::chrono::steady_clock::time_point, std::stop_token) override { return NotConfigured{reason_}; }
  DeliveryResult find_proof(const Org&, std::string_view, std::chrono::steady_clock::time_point, std::stop_token) override { return Unknown{reason_}; }

 private:
  std::string reason_;
};

}  // namespace

struct Runtime::Parts {
  RuntimeOptions options;
  std::shared_ptr<spdlog::logger> log;
  store::OpenedStore opened;
  Org org;
  User user;
  bool first_start = false;
  Procedures procedures;
  std::unique_ptr<toolbox::Toolbox> toolbox;
  SystemClock moving_clock;  // deadlines on the network pass even where --now holds the business's clock
  std::unique_ptr<HttpClient> mail_http;
  std::unique_ptr<Transport> messages, money;
  std::unique_ptr<outbox::Outbox> outbox;
  channel::email::MimeMailParser mail_parser;
  std::unique_ptr<intake::MailIntake> mail_intake;
  std::unique_ptr<intake::MailReader> mail_reader;
  std::unique_ptr<schedule::Scheduler> scheduler;
  ModelChain chain;
  std::vector<std::string> calendar_problems;  // of the files with holidays
  std::string model_problem;  // why no model could be had by a process that needs none
  Model* model = nullptr;     // the chain's, or the one that was given
  std::unique_ptr<agent::ModelQuarantine> quarantine;
  ProcessWorker worker;
  std::unique_ptr<agent::Agent> agent;

  Done open_store();
  Done find_org();
  Done find_user();
  Done make_toolbox();
  Done make_scheduler();
  std::unique_ptr<Transport> make_way_out();
  Done make_model();
  Done make_quarantine();
  void make_intake();
  Done make_agent();
};

namespace {

agent::SpendCaps caps_of(const ModelLimits& limits) {
  return {limits.turn_cost_micros, limits.conversation_cost_micros, limits.day_cost_micros,
          limits.turn_tokens,      limits.conversation_tokens,      limits.day_tokens,
          limits.currency};
}

// Whether configuration names a model that is worth asking to read mail: any but the one that works by rules.
bool names_a_reader(const Config& config) {
  return std::any_of(config.model_chain.begin(), config.model_chain.end(), [&](const std::string& name) {
    const auto provider = config.model_providers.find(name);
    return provider != config.model_providers.end() && provider->second.kind != "embedded";
  });
}

}  // namespace

Done Runtime::Parts::open_store() {
  std::error_code failed;
  const std::string& data = options.data;
  const std::string path = data + "/deskhand.db";
  if (!std::filesystem::exists(path, failed)) {
    if (!options.may_create) return make_error(Code::not_found, "There is no database in " + data + "; `deskhand init` makes one.");
    std::filesystem::create_directories(data, failed);
    if (failed) return make_error(Code::unavailable, "The data folder " + data + " can not be made: " + failed.message() + ".");
  }
  store::SqliteOptions sqlite;
  sqlite.path = path;
  sqlite.vfs = options.disk;
  sqlite.synchronous = options.config.synchronous_full ? store::Synchronous::full : store::Synchronous::normal;
  auto result = store::open_sqlite(sqlite, *options.clock, *options.random);
  if (!result) return result.error();
  opened = std::move(*result);
  return {};
}

Done Runtime::Parts::find_org() {
  auto orgs = opened.system->orgs();
  if (!orgs) return orgs.error();
  for (Org& candidate : *orgs)
    if (options.org_slug.empty() || candidate.slug == options.org_slug) {
      org = std::move(candidate);
      return {};
    }
  if (!orgs->empty()) {
    std::vector<std::string> slugs;
    for (const Org& known : *orgs) slugs.push_back(known.slug);
    return make_error(Code::not_found, "There is no business \"" + printable_line(options.org_slug) + "\" here; known: " + join(slugs, ", ") + ".");
  }
  const OrgSeed& seed = options.config.org;
  Org fresh;
  fresh.slug = options.org_slug.empty() ? seed.slug : options.org_slug;
  fresh.name = seed.name;
  fresh.timezone = seed.timezone.empty() ? Zone::system().name() : seed.timezone;
  fresh.region = seed.region;
  fresh.currency = seed.currency;
  fresh.phone = seed.phone;
  fresh.email = seed.email;
  fresh.address = seed.address;
  fresh.signature = seed.signature;
  fresh.service_area = seed.service_area;
  fresh.calendar = options.config.calendar;
  fresh.hours = options.config.hours;
  fresh.quiet = options.config.quiet;
  User owner;
  owner.name = seed.owner_name.empty() ? "Owner" : seed.owner_name;
  owner.login = seed.owner_login;
  owner.role = UserRole::owner;
  owner.email = seed.owner_email;
  owner.email_verified = !seed.owner_email.empty();  // written by whoever owns the configuration
  auto made = opened.system->create_org(std::move(fresh), std::move(owner));
  if (!made) {
    // Another process may have made it in the same moment; one of us won, and its business is the one.
    auto again = opened.system->orgs();
    if (!again || again->empty()) return made.error();
    org = std::move(again->front());
    return {};
  }
  org = std::move(*made);
  first_start = true;
  return {};
}

Done Runtime::Parts::find_user() {
  return opened.store->read(org.id, [&](Txn& txn) -> Done {
    auto users = txn.org().users();
    if (!users) return users.error();
    for (const User& candidate : *users) {
      const bool wanted = options.as_login.empty() ? candidate.role == UserRole::owner : candidate.login == options.as_login;
      if (!wanted || !candidate.active) continue;
      user = candidate;
      return {};
    }
    return make_error(Code::not_found, options.as_login.empty() ? "This business has no active owner."
                                                                : "There is no active user \"" + printable_line(options.as_login) + "\" here.");
  });
}

Done Runtime::Parts::make_toolbox() {
  auto crm = read_file(options.share + "/schemas/crm.json", limits::kSchemaBytes);
  if (!crm) return crm.error();
  auto opportunity = read_file(options.share + "/schemas/opportunity.json", limits::kSchemaBytes);
  if (!opportunity) return opportunity.error();
  auto records = schema::load_record_schemas(*crm, *opportunity);
  if (!records) return records.error();
  auto loaded = load_procedures(options.share, options.config.procedures, options.procedure_text, *records);
  if (!loaded) return loaded.error();
  procedures = std::move(*loaded);
  auto made = toolbox::Toolbox::make(tools::make_tools(*records, *procedures.core), guard::all_guards(), *opened.store, *options.clock, *options.random,
                                     tools::make_consequence(*procedures.core));
  if (!made) return made.error();
  toolbox = std::move(*made);
  messages = make_way_out();
  money = std::make_unique<NoMoneyTransport>();
  outbox = std::make_unique<outbox::Outbox>(*opened.store, *opened.system, *toolbox, *messages, *money, *options.clock);
  return {};
}

Done Runtime::Parts::make_scheduler() {
  auto settings = schedule::make_settings(*procedures.core, options.config.schedule);
  if (!settings) return settings.error();
  settings->procedure_version = procedures.version;
  scheduler = std::make_unique<schedule::Scheduler>(*opened.store, *opened.system, *toolbox, *options.clock, *options.random, std::move(*settings));
  return {};
}

std::unique_ptr<Transport> Runtime::Parts::make_way_out() {
  const EmailConfig& email = options.config.email;
  if (email.outbound.kind != "smtp") return std::make_unique<channel::email::FolderTransport>(options.data + "/outbox", email.from);
  mail_http = std::make_unique<net::CurlClient>(moving_clock, net::CurlOptions{});
  auto smtp = make_smtp_transport(email, *mail_http, moving_clock);
  if (!smtp) return std::make_unique<UnusableTransport>(smtp.error().message);
  return std::move(*smtp);
}

Done Runtime::Parts::make_model() {
  model = options.model;
  if (model != nullptr) return {};
  auto made = make_model_chain(options.config, options.share, *options.clock, *options.random);
  if (!made) return made.error();
  chain = std::move(*made);
  model = chain.model.get();
  return {};
}

Done Runtime::Parts::make_quarantine() {
  agent::QuarantineRules rules;
  rules.caps = caps_of(options.config.model_limits);
  rules.procedure_version = procedures.version;
  for (const auto& [purpose, name] : {std::pair{ModelPurpose::extract, "extract"},
                                      {ModelPurpose::summarise, "summarise"},
                                      {ModelPurpose::draft, "draft"}}) {
    auto prompt = read_file(options.share + "/prompts/" + name + ".md", limits::kProcedureBytes);
    if (!prompt) return prompt.error();
    auto form = read_file(options.share + "/prompts/" + name + ".json", limits::kSchemaBytes);
    if (!form) return form.error();
    auto work = agent::read_quarantined_work(std::move(*prompt), *form);
    if (!work) return work.error();
    rules.works.emplace(purpose, std::move(*work));
  }
  quarantine = std::make_unique<agent::ModelQuarantine>(*opened.store, *model, *options.clock, std::move(rules));
  return {};
}

// Mail is taken in with or without a model; one that can not be had now leaves the mails to be read waiting.
void Runtime::Parts::make_intake() {
  intake::MailIntakeSettings mail;
  mail.procedure_version = procedures.version;
  const EmailConfig& email = options.config.email;
  mail.own_addresses = {email.from, email.outbound.user};
  for (const MailServerConfig& inbound : email.inbound) mail.own_addresses.push_back(inbound.user);
  mail.is_read_later = quarantine ? quarantine->takes(ModelPurpose::extract) : names_a_reader(options.config);
  mail_intake = std::make_unique<intake::MailIntake>(*opened.store, *toolbox, mail_parser, mail);
  if (quarantine)
    mail_reader = std::make_unique<intake::MailReader>(*opened.store, *toolbox, mail_parser, *quarantine, *options.clock, std::move(mail));
}

Done Runtime::Parts::make_agent() {
  auto system = read_file(options.share + "/prompts/system.md", limits::kProcedureBytes);
  if (!system) return system.error();
  agent::Briefing briefing;
  briefing.system = replace_all(replace_all(std::move(*system), "{{business}}", org.name), "{{person}}", user.name);
  briefing.procedures = procedures.briefed;
  briefing.version = procedures.version;
  briefing.caps = caps_of(options.config.model_limits);
  auto claims = read_file(options.share + "/prompts/claims.txt", limits::kProcedureBytes);
  if (!claims) return claims.error();
  auto lexicon = agent::ClaimLexicon::read(*claims);
  if (!lexicon) return lexicon.error();
  briefing.claims = std::move(*lexicon);
  auto deliver = [this]() -> std::vector<std::string> {
    std::vector<std::string> lines;
    auto settled = outbox->drain();
    if (!settled) return {settled.error().message};
    for (const outbox::Settled& one : *settled) lines.push_back(one.text);
    return lines;
  };
  agent = std::make_unique<agent::Agent>(*opened.store, *toolbox, *model, *options.clock, *options.random, std::move(briefing), std::move(deliver), options.worker == nullptr ? static_cast<const Worker&>(worker) : *options.worker, quarantine.get());
  return {};
}

Runtime::Runtime(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Runtime::~Runtime() = default;

Result<std::unique_ptr<Runtime>> Runtime::open(RuntimeOptions options) {
  auto parts = std::make_unique<Parts>();
  parts->options = std::move(options);
  parts->options.config.data = parts->options.data;
  if (auto done = parts->open_store(); !done) return done.error();
  if (auto done = parts->find_org(); !done) return done.error();
  if (auto done = parts->find_user(); !done) return done.error();
  auto calendar_problems = take_holidays(*parts->opened.store, parts->org, parts->options.config, parts->options.clock->now());
  if (!calendar_problems) return calendar_problems.error();
  parts->calendar_problems = std::move(*calendar_problems);
  if (auto done = parts->make_toolbox(); !done) return done.error();
  if (auto done = parts->make_scheduler(); !done) return done.error();
  const bool reads = names_a_reader(parts->options.config) && parts->options.model == nullptr;
  if (parts->options.needs_agent || reads) {
    auto made = parts->make_model();
    if (made) made = parts->make_quarantine();
    if (!made && parts->options.needs_agent) return made.error();
    if (!made) parts->model_problem = made.error().message;
  }
  parts->make_intake();
  if (parts->options.needs_agent) {
    parts->log = open_log(parts->options.data, parts->options.config.log_level);
    if (auto done = parts->make_agent(); !done) return done.error();
    parts->log->info("started: procedures {}, model {}", parts->procedures.version, parts->chain.model ? parts->chain.model->name() : "scripted");
  }
  return std::unique_ptr<Runtime>(new Runtime(std::move(parts)));
}

const Config& Runtime::config() const { return parts_->options.config; }
const Clock& Runtime::clock() const { return *parts_->options.clock; }
Store& Runtime::store() { return *parts_->opened.store; }
SystemHandle& Runtime::system() { return *parts_->opened.system; }
const toolbox::Toolbox& Runtime::toolbox() const { return *parts_->toolbox; }
agent::Agent& Runtime::agent() { return *parts_->agent; }
outbox::Outbox& Runtime::outbox() { return *parts_->outbox; }
schedule::Scheduler& Runtime::scheduler() { return *parts_->scheduler; }
const intake::MailIntake& Runtime::mail_intake() const { return *parts_->mail_intake; }
const Worker& Runtime::worker() const { return parts_->options.worker == nullptr ? static_cast<const Worker&>(parts_->worker) : *parts_->options.worker; }
Result<std::vector<intake::ReadMail>> Runtime::read_mail(std::stop_token stop) {
  if (!parts_->mail_reader) return std::vector<intake::ReadMail>{};
  return parts_->mail_reader->read_waiting(parts_->org.id, std::move(stop));
}
const std::vector<std::string>& Runtime::calendar_problems() const { return parts_->calendar_problems; }
const std::string& Runtime::model_problem() const { return parts_->model_problem; }
const Clock& Runtime::moving_clock() const { return parts_->moving_clock; }
const Org& Runtime::org() const { return parts_->org; }
const User& Runtime::user() const { return parts_->user; }
bool Runtime::first_start() const { return parts_->first_start; }
const std::vector<KnownRequest>& Runtime::requests() const { return parts_->procedures.requests; }

std::vector<api::McpProcedure> Runtime::procedure_documents() const {
  std::vector<api::McpProcedure> documents;
  for (std::size_t i = 0; i < parts_->procedures.loaded.size(); ++i) {
    const procedure::Procedure& one = *parts_->procedures.loaded[i];
    const std::string slug = one.files.empty() ? std::to_string(i + 1) : std::filesystem::path(one.files.front()).stem().string();
    documents.push_back({slug, one.header.name, one.header.version, parts_->procedures.texts[i]});
  }
  return documents;
}

std::string Runtime::database_path() const { return parts_->options.data + "/deskhand.db"; }
std::string Runtime::procedure_version() const { return parts_->procedures.version; }

std::vector<std::string> Runtime::source_files() const {
  std::vector<std::string> files;
  if (!parts_->options.config.path.empty()) files.push_back(parts_->options.config.path);
  for (const auto& loaded : parts_->procedures.loaded) files.insert(files.end(), loaded->files.begin(), loaded->files.end());
  const auto& calendars = parts_->options.config.holiday_files;
  files.insert(files.end(), calendars.begin(), calendars.end());
  return files;
}

Actor Runtime::actor(std::string channel) const {
  Actor actor;
  actor.kind = ActorKind::person;
  actor.user = parts_->user.id;
  actor.role = parts_->user.role;
  actor.in_persons_turn = true;
  actor.may_approve_messages = parts_->user.may_approve_messages;
  actor.authenticated = true;  // whoever can write the data folder (design 8)
  actor.channel = std::move(channel);
  return actor;
}

Result<std::vector<std::string>> Runtime::deliver() { return deliver({}); }

Result<std::vector<std::string>> Runtime::deliver(std::stop_token stop) {
  auto settled = parts_->outbox->drain(std::move(stop));
  if (!settled) return settled.error();
  std::vector<std::string> lines;
  for (outbox::Settled& one : *settled) lines.push_back(std::move(one.text));
  return lines;
}

Result<std::vector<std::string>> Runtime::resume() {
  auto picked_up = parts_->agent->resume_all(parts_->org.id);
  if (!picked_up) return picked_up.error();
  std::vector<std::string> lines;
  for (const agent::PickedUp& one : *picked_up) {
    const std::string what = one.run_ref + (one.said.empty() ? "" : " (\"" + one.said + "\")");
    lines.push_back((one.finished ? "Went on with " + what + ", which had been cut off: " : "Gave up " + what + ", which had been cut off: ") + one.outcome);
    for (const Card& card : one.cards) lines.back() += "\n" + channel::terminal::render_card(card, {});
  }
  return lines;
}

toolbox::CallResult Runtime::call(std::string_view tool, std::string arguments_text, std::string channel) const {
  toolbox::CallRequest request;
  request.org = parts_->org.id;
  request.actor = actor(std::move(channel));
  request.tool = std::string(tool);
  request.arguments_text = std::move(arguments_text);
  request.procedure_version = parts_->procedures.version;
  return parts_->toolbox->call(request);
}

std::unique_ptr<MailParser> make_mail_parser() { return std::make_unique<channel::email::MimeMailParser>(); }

}  // namespace deskhand::app
