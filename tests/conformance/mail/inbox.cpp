#include "tests/conformance/mail/inbox.h"

#include <unistd.h>

#include <atomic>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/email.h"
#include "base/limits.h"
#include "guard/policies.h"
#include "procedure/procedure.h"
#include "schema/records.h"
#include "tools/catalogue.h"

namespace deskhand::testing {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("can't read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

template <class Value>
Value must(Result<Value> result) {
  if (!result) throw std::runtime_error(result.error().message + " " + result.error().detail);
  return std::move(*result);
}
void must(Done done) {
  if (!done) throw std::runtime_error(done.error().message + " " + done.error().detail);
}

std::string text_of(const Json& object, const char* key) { return object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : ""; }

AuditEntry noted() {
  AuditEntry entry;
  entry.actor = "test";
  entry.action = "given";
  entry.verdict = "allow";
  entry.payload = "{}";
  return entry;
}

std::string without_brackets(std::string id) {
  if (id.size() > 2 && id.front() == '<') id = id.substr(1, id.size() - 2);
  return id;
}

}  // namespace

std::string fixture(const std::string& name) { return read_file(std::string(DESKHAND_SOURCE_DIR) + "/tests/fixtures/mail/" + name); }

Inbox::Inbox(const Json& persona) {
  static std::atomic<int> count{0};
  folder_ = std::filesystem::temp_directory_path() / ("deskhand-mail-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
  std::filesystem::remove_all(folder_);
  std::filesystem::create_directories(folder_);
  store::SqliteOptions options;
  options.path = (folder_ / "deskhand.db").string();
  options.synchronous = store::Synchronous::normal;
  opened_ = must(store::open_sqlite(options, clock, random_));
  Org org;
  org.slug = "inbox";
  org.name = text_of(persona, "name");
  org.timezone = text_of(persona, "timezone");
  org.region = text_of(persona, "region");
  org.currency = text_of(persona, "currency");
  org.phone = text_of(persona, "phone");
  org.address = text_of(persona, "address");
  const std::vector<std::string> addresses = persona["addresses"].get<std::vector<std::string>>();
  org.email = addresses.front();
  User owner;
  owner.name = text_of(persona["owner"], "name");
  owner.email = text_of(persona["owner"], "email");
  owner.login = "owner";
  owner.role = UserRole::owner;
  org_ = must(opened_.system->create_org(org, owner));
  must(opened_.store->read(org_.id, [&](Txn& txn) -> Done {
    owner_ = must(txn.org().find_user_by_login("owner"));
    return {};
  }));
  const std::string source = DESKHAND_SOURCE_DIR;
  const auto records = must(schema::load_record_schemas(read_file(source + "/schemas/crm.json"), read_file(source + "/schemas/opportunity.json")));
  const auto procedure = must(procedure::parse_procedure(read_file(source + "/procedures/crm.md"), "crm.md"));
  toolbox_ = must(toolbox::Toolbox::make(tools::make_tools(records, procedure), guard::all_guards(), *opened_.store, clock, random_, tools::make_consequence(procedure)));
  intake_ = std::make_unique<intake::MailIntake>(*opened_.store, *toolbox_, parser_, intake::MailIntakeSettings{addresses, "test"});
}

Inbox::~Inbox() {
  intake_.reset();
  toolbox_.reset();
  opened_ = {};
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Inbox::put_on_record(const Json& given) {
  if (given.is_null() || given.empty()) return;
  must(opened_.store->write(org_.id, [&](Txn& txn) -> Done {
    for (const Json& each : given.value("contacts", Json::array())) {
      Contact contact;
      const std::string name = text_of(each, "name");
      const std::size_t space = name.rfind(' ');
      contact.first_name = name.substr(0, space);
      if (space != std::string::npos) contact.last_name = name.substr(space + 1);
      if (const auto stage = parse_lifecycle(text_of(each, "lifecycle_stage"))) contact.lifecycle = *stage;
      const auto add = [&](PointKind kind, const std::string& value) {
        ContactPoint point;
        point.kind = kind;
        point.normal = point.as_typed = value;
        point.position = static_cast<int>(contact.points.size());
        const auto holders = must(txn.contacts().find_by_point(kind, value));
        if (!holders.empty()) {  // the owner once said that two people share it
          Approval asked;
          asked.kind = ApprovalKind::create_separate_contact;
          asked.tool = "create_contact";
          asked.arguments = "{}";
          asked.summary = asked.card = asked.canonical = "separate " + value;
          asked.fingerprint = fingerprint(asked.canonical);
          asked.asked_at = clock.now();
          asked.expires_at = clock.now().plus_seconds(3600);
          asked = must(txn.approvals().insert(asked));
          asked = must(txn.approvals().decide(asked.id, {ApprovalStatus::approved, asked.fingerprint, owner_.id, "terminal", "", clock.now()}));
          point.separate = asked.id;
        }
        contact.points.push_back(point);
      };
      for (const std::string& phone : each.value("phones", std::vector<std::string>{})) add(PointKind::phone, phone);
      for (const std::string& email : each.value("emails", std::vector<std::string>{})) add(PointKind::email, email);
      contact = must(txn.contacts().insert(contact));
      contact_ids_[text_of(each, "ref")] = contact.id;
      refs_[text_of(each, "ref")] = "C-" + std::to_string(contact.head.ref_number);
    }
    for (const Json& each : given.value("leads", Json::array())) {
      Lead lead;
      lead.title = text_of(each, "title");
      lead.contact = contact_ids_[text_of(each, "contact")];
      if (const auto status = parse_lead_status(text_of(each, "status"))) lead.status = *status;
      if (const auto stage = parse_lead_stage(text_of(each, "pipeline_stage"))) lead.stage = *stage;
      lead.state = canonical_state(lead.status, lead.stage, lead.contacted, std::nullopt);
      if (is_closed(lead.state)) lead.closed_at = clock.now();
      lead = must(txn.leads().insert(lead));
      lead_ids_[text_of(each, "ref")] = lead.id;
      refs_[text_of(each, "ref")] = "L-" + std::to_string(lead.head.ref_number);
    }
    for (const Json& each : given.value("messages", Json::array())) add_message(each, txn);
    must(txn.audit().append(noted(), false));
    return {};
  }));
  for (const Json& each : given.value("mails", Json::array())) take(each.get<std::string>());
}

// A message of ours that has left.
void Inbox::add_message(const Json& given, Txn& txn) {
  Message message;
  message.contact = contact_ids_[text_of(given, "contact")];
  if (given.contains("lead")) message.lead = lead_ids_[text_of(given, "lead")];
  message.content.to_address = text_of(given, "to");
  message.content.subject = text_of(given, "subject");
  message.content.text = "Hello, as promised.";
  message.internet_message_id = "<" + without_brackets(text_of(given, "message_id")) + ">";
  message = must(txn.messages().insert(message));
  Approval asked;
  asked.kind = ApprovalKind::send_message;
  asked.tool = "send_message";
  asked.arguments = "{}";
  asked.summary = asked.card = "send";
  asked.canonical = canonical_bytes(message.content);
  asked.fingerprint = fingerprint(asked.canonical);
  asked.message = message.id;
  asked.asked_at = clock.now();
  asked.expires_at = clock.now().plus_seconds(3600);
  asked = must(txn.approvals().insert(asked));
  asked = must(txn.approvals().decide(asked.id, {ApprovalStatus::approved, asked.fingerprint, owner_.id, "terminal", "", clock.now()}));
  Grant grant;
  grant.approval = asked.id;
  grant.fingerprint = asked.fingerprint;
  grant.granted_by = owner_.id;
  grant.granted_at = clock.now();
  grant.expires_at = clock.now().plus_seconds(3600);
  grant = must(txn.approvals().insert(grant));
  OutboxRow row;
  row.grant = grant.id;
  row.approval = asked.id;
  row.message = message.id;
  row.contact = message.contact;
  row.canonical = asked.canonical;
  row.fingerprint = asked.fingerprint;
  row.request_id = message.internet_message_id;
  row.expires_at = clock.now().plus_seconds(3600);
  row = must(txn.outbox().insert(row));
  row = must(txn.outbox().begin_attempt(row.id, clock.now()));
  must(txn.outbox().settle(row.id, OutboxState::attempting, OutboxState::sent, "250 ok", clock.now(), std::nullopt));
  must(txn.messages().set_status(message.id, DraftStatus::open, DraftStatus::approved));
}

intake::MailOutcome Inbox::take(const std::string& file) { return take_bytes(fixture(file), file); }

intake::MailOutcome Inbox::take_bytes(const std::string& raw, const std::string& label) {
  clock.at = clock.at.plus_seconds(60);
  return must(intake_->take(org_.id, raw, label));
}

std::string Inbox::ref_of_given(const std::string& name) const {
  const auto found = refs_.find(name);
  return found == refs_.end() ? "" : found->second;
}

std::vector<Contact> Inbox::contacts() const {
  std::vector<Contact> found;
  must(opened_.store->read(org_.id, [&](Txn& txn) -> Done {
    ContactFilter filter;
    filter.include_archived = true;
    filter.rows_max = limits::kPageRowsMax;
    found = must(txn.contacts().list(filter));
    return {};
  }));
  return found;
}

std::vector<Lead> Inbox::leads() const {
  std::vector<Lead> found;
  must(opened_.store->read(org_.id, [&](Txn& txn) -> Done {
    LeadFilter filter;
    filter.rows_max = limits::kPageRowsMax;
    found = must(txn.leads().list(filter));
    return {};
  }));
  return found;
}

std::vector<Approval> Inbox::waiting() const {
  std::vector<Approval> found;
  must(opened_.store->read(org_.id, [&](Txn& txn) -> Done {
    found = must(txn.approvals().pending(100));
    return {};
  }));
  return found;
}

std::vector<OutboxRow> Inbox::outbox() const {
  std::vector<OutboxRow> found;
  must(opened_.store->read(org_.id, [&](Txn& txn) -> Done {
    found = must(txn.outbox().list(std::nullopt, 100));
    return {};
  }));
  return found;
}

Contact Inbox::contact(const std::string& ref) const {
  Contact found;
  must(opened_.store->read(org_.id, [&](Txn& txn) -> Done {
    found = must(txn.contacts().find_by_ref(parse_ref(ref)->number));
    return {};
  }));
  return found;
}

std::vector<Interaction> Inbox::history(const Contact& contact) const {
  std::vector<Interaction> found;
  must(opened_.store->read(org_.id, [&](Txn& txn) -> Done {
    found = must(txn.interactions().of_contact(contact.id, 100));
    return {};
  }));
  return found;
}

}  // namespace deskhand::testing
