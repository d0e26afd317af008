// A small business on a real store with a clock that stands still: what the tests of tools act on.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "base/json.h"
#include "guard/policies.h"
#include "ports/clock.h"
#include "ports/random.h"
#include "procedure/procedure.h"
#include "schema/records.h"
#include "store/sqlite/open.h"
#include "toolbox/toolbox.h"
#include "tools/appointments.h"
#include "tools/drafts.h"
#include "tools/follow_ups.h"
#include "tools/interactions.h"
#include "tools/messages.h"
#include "tools/people_lists.h"
#include "tools/reminders.h"
#include "tools/reports.h"

namespace deskhand::tools::testing {

class StandingClock final : public Clock {
 public:
  Instant now() const override { return at; }
  std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::time_point{std::chrono::microseconds(at.us)};
  }
  Instant at;
};

class CountingRandom final : public Random {
 public:
  std::uint64_t next() override { return state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL; }

 private:
  std::uint64_t state_ = 7;
};

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline schema::RecordSchemas shipped_schemas() {
  const std::string folder = std::string(DESKHAND_SOURCE_DIR) + "/schemas/";
  auto schemas = schema::load_record_schemas(read_file(folder + "crm.json"), read_file(folder + "opportunity.json"));
  if (!schemas) throw std::runtime_error(schemas.error().message);
  return std::move(*schemas);
}

// The script of a procedure among the fixtures.
inline SharedScript script_from(const std::string& fixture) {
  auto procedure = procedure::parse_procedure(
      read_file(std::string(DESKHAND_SOURCE_DIR) + "/tests/fixtures/procedures/" + fixture), fixture);
  if (!procedure) throw std::runtime_error(procedure.error().message);
  return std::make_shared<const Script>(script_of(*procedure));
}

// Monday 2026-03-02, 9:00 in Chicago.
inline Instant monday_nine() { return *parse_rfc3339("2026-03-02T09:00:00-06:00"); }

class Office : public ::testing::Test {
 protected:
  void SetUp() override { open(script_from("core_as_delivered.md")); }
  void TearDown() override {
    toolbox_.reset();
    opened_ = {};
    std::filesystem::remove_all(folder_);
  }

  void open(const SharedScript& script) {
    clock_.at = monday_nine();
    folder_ =
        std::filesystem::temp_directory_path() / ("deskhand-tools-" + std::to_string(::getpid()) + "-" +
                                                  ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    store::SqliteOptions options;
    options.path = (folder_ / "deskhand.db").string();
    options.synchronous = store::Synchronous::normal;
    auto opened = store::open_sqlite(options, clock_, random_);
    ASSERT_TRUE(opened) << opened.error().message;
    opened_ = std::move(*opened);
    Org org;
    org.slug = "hill";
    org.name = "Hill Plumbing";
    org.timezone = "America/Chicago";
    org.phone = "+15125550100";
    org.email = "office@hill.example";
    User owner;
    owner.name = "Dana Hill";
    owner.login = "dana";
    owner.role = UserRole::owner;
    auto made = opened_.system->create_org(org, owner);
    ASSERT_TRUE(made) << made.error().message;
    org_ = *made;
    write([&](Txn& txn) {
      owner_ = txn.org().find_user_by_login("dana").value();
      return Done{};
    });
    rebuild(script);
  }

  void rebuild(const SharedScript& script) {
    const schema::RecordSchemas schemas = shipped_schemas();
    Tools tools = interaction_tools(schemas);
    for (auto&& more : {follow_up_tools, reminder_tools, people_list_tools, appointment_tools, message_tools})
      for (auto& tool : more()) tools.push_back(std::move(tool));
    for (auto& tool : draft_tools(script)) tools.push_back(std::move(tool));
    for (auto& tool : report_tools(script)) tools.push_back(std::move(tool));
    auto toolbox = toolbox::Toolbox::make(std::move(tools), guard::all_guards(), *opened_.store, clock_, random_);
    ASSERT_TRUE(toolbox) << toolbox.error().message;
    toolbox_ = std::move(*toolbox);
  }

  Actor dana() const {
    Actor actor;
    actor.kind = ActorKind::person;
    actor.user = owner_.id;
    actor.role = UserRole::owner;
    actor.in_persons_turn = true;
    actor.authenticated = true;
    actor.channel = "terminal";
    return actor;
  }
  Actor model() const {
    Actor actor = dana();
    actor.kind = ActorKind::model;
    actor.authenticated = false;
    return actor;
  }
  static Actor program(std::string channel) {
    Actor actor;
    actor.kind = ActorKind::system;
    actor.channel = std::move(channel);
    return actor;
  }

  toolbox::CallResult call_as(const Actor& actor, const std::string& tool, const Json& arguments) {
    toolbox::CallRequest request;
    request.org = org_.id;
    request.actor = actor;
    request.tool = tool;
    request.arguments_text = to_text(arguments);
    return toolbox_->call(request);
  }
  toolbox::CallResult call(const std::string& tool, const Json& arguments = Json::object()) {
    return call_as(dana(), tool, arguments);
  }
  // The same, and it has to go well.
  toolbox::CallResult done(const std::string& tool, const Json& arguments = Json::object()) {
    toolbox::CallResult result = call(tool, arguments);
    EXPECT_TRUE(result.ok) << tool << ": " << result.error << " " << result.error_detail;
    return result;
  }
  toolbox::CallResult decide(const Approval& approval, const std::string& verdict) {
    return call("decide_approval", {{"approval", Ref{'A', approval.head.ref_number}.text()},
                                    {"verdict", verdict},
                                    {"fingerprint", approval.fingerprint}});
  }

  void write(const UnitOfWork& work) {
    const Done done = opened_.store->write(org_.id, [&](Txn& txn) -> Done {
      if (Done worked = work(txn); !worked) return worked;
      if (txn.audit().changes_since_append() == 0) return {};
      AuditEntry entry;
      entry.at = clock_.at;
      entry.actor = "system:test";
      entry.action = "prepare";
      entry.verdict = "allow";
      entry.payload = "{}";
      auto appended = txn.audit().append(entry, false);
      return appended ? Done{} : Done{appended.error()};
    });
    ASSERT_TRUE(done) << done.error().message << " " << done.error().detail;
  }

  Contact person(const std::string& first, const std::string& last, const std::string& phone = "",
                 const std::string& email = "") {
    Contact contact;
    contact.first_name = first;
    contact.last_name = last;
    contact.address = "9 Oak St";
    if (!phone.empty()) contact.points.push_back({{}, PointKind::phone, phone, phone, 0, "", {}, false});
    if (!email.empty()) contact.points.push_back({{}, PointKind::email, email, email, 0, "", {}, false});
    write([&](Txn& txn) -> Done {
      auto stored = txn.contacts().insert(contact);
      if (!stored) return stored.error();
      contact = *stored;
      return {};
    });
    return contact;
  }
  Contact ana() { return person("Ana", "Ruiz", "+15125550142", "ana@ruiz.example"); }

  Lead lead(const Contact& contact, const std::string& title, std::optional<std::int64_t> dollars = {},
            LeadStage stage = LeadStage::inquiry, LeadStatus status = LeadStatus::fresh) {
    Lead lead;
    lead.contact = contact.id;
    lead.title = title;
    lead.source = LeadSource::referral;
    lead.stage = stage;
    lead.status = status;
    if (dollars) lead.estimated_value = Money{*dollars * 100, "USD"};
    return store(lead);
  }
  Lead store(Lead lead) {
    write([&](Txn& txn) -> Done {
      auto stored = lead.id.empty() ? txn.leads().insert(lead) : txn.leads().update(lead);
      if (!stored) return stored.error();
      lead = *stored;
      return {};
    });
    return lead;
  }
  Interaction logged(const Contact& contact, const std::optional<Lead>& lead, const std::string& body,
                     Outcome outcome = Outcome::spoke, InteractionType type = InteractionType::phone_call) {
    Interaction interaction;
    interaction.type = type;
    interaction.at = clock_.at;
    interaction.contact = contact.id;
    if (lead) interaction.lead = lead->id;
    interaction.body = body;
    interaction.outcome = outcome;
    write([&](Txn& txn) -> Done {
      auto stored = txn.interactions().insert(interaction);
      if (!stored) return stored.error();
      interaction = *stored;
      return {};
    });
    return interaction;
  }
  template <class Read>
  auto look(Read read) {
    std::remove_cvref_t<decltype(read(std::declval<Txn&>()).value())> found;
    const Done done = opened_.store->read(org_.id, [&](Txn& txn) -> Done {
      auto result = read(txn);
      if (!result) return result.error();
      found = std::move(*result);
      return {};
    });
    EXPECT_TRUE(done) << done.error().message;
    return found;
  }
  Contact fresh(const Contact& contact) {
    return look([&](Txn& txn) { return txn.contacts().find(contact.id); });
  }
  Lead fresh(const Lead& lead) {
    return look([&](Txn& txn) { return txn.leads().find(lead.id); });
  }
  std::vector<Interaction> history(const Contact& contact) {
    return look([&](Txn& txn) { return txn.interactions().of_contact(contact.id, 100); });
  }

  void go_to(std::string_view rfc3339) { clock_.at = *parse_rfc3339(rfc3339); }
  void days_later(int days) { clock_.at = clock_.at.plus_seconds(std::int64_t{days} * 24 * 3600); }

  StandingClock clock_;
  CountingRandom random_;
  std::filesystem::path folder_;
  store::OpenedStore opened_;
  Org org_;
  User owner_;
  std::unique_ptr<toolbox::Toolbox> toolbox_;
};

}  // namespace deskhand::tools::testing
