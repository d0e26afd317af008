// What every Store must do, whatever engine is behind it: the tests of this folder run against each factory that
// instantiates StoreConformance (sqlite_instance.cpp; PostgreSQL joins there).
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>

#include "base/hash.h"
#include "base/limits.h"
#include "ports/clock.h"
#include "ports/random.h"
#include "ports/store/store.h"

namespace deskhand::testing {

// Thread-safe, and stands still until a test moves it.
class TestClock final : public Clock {
 public:
  Instant now() const override { return {us_.load()}; }
  std::chrono::steady_clock::time_point steady() const override { return {}; }
  void advance_seconds(std::int64_t seconds) { us_ += seconds * 1'000'000; }
  void set(Instant now) { us_ = now.us; }

 private:
  std::atomic<std::int64_t> us_{1'772'000'000'000'000};  // 2026-02-25T06:13:20Z
};

class TestRandom final : public Random {
 public:
  std::uint64_t next() override {
    std::uint64_t mixed = state_.fetch_add(0x9E3779B97F4A7C15ull) + 0x9E3779B97F4A7C15ull;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ull;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBull;
    return mixed ^ (mixed >> 31);
  }

 private:
  std::atomic<std::uint64_t> state_{7};
};

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "deskhand-store-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }
  std::string file(std::string_view name) const { return path_ + "/" + std::string(name); }

 private:
  std::string path_;
};

struct StoreUnderTest {
  std::unique_ptr<Store> store;
  std::unique_ptr<SystemHandle> system;
};

struct StoreFactory {
  std::string name;
  std::function<Result<StoreUnderTest>(const std::string& folder, const Clock& clock, Random& random)> open;
};

inline void PrintTo(const StoreFactory& factory, std::ostream* out) {
  *out << factory.name;
}  // NOLINT: the name gtest calls

// The value, or a failed test that goes no further.
template <class Value>
Value must(Result<Value> result) {
  if (result) return std::move(*result);
  ADD_FAILURE() << code_name(result.error().code) << ": " << result.error().message << " [" << result.error().detail
                << "]";
  throw std::runtime_error("a step of the test failed");
}
inline void must(Done done) {
  if (done) return;
  ADD_FAILURE() << code_name(done.error().code) << ": " << done.error().message << " [" << done.error().detail << "]";
  throw std::runtime_error("a step of the test failed");
}
template <class Value>
Code code_of(const Result<Value>& result) {
  EXPECT_FALSE(result.has_value());
  return result ? Code::internal : result.error().code;
}

inline AuditEntry audit_entry(std::string action) {
  AuditEntry entry;
  entry.actor = "person:dana";
  entry.action = std::move(action);
  entry.verdict = "allow";
  return entry;
}

inline ContactPoint phone(std::string e164) { return {{}, PointKind::phone, e164, e164, 0, "", {}, false}; }
inline ContactPoint email(std::string folded) { return {{}, PointKind::email, folded, folded, 0, "", {}, false}; }

inline Contact person(std::string first_name, std::string last_name, std::vector<ContactPoint> points = {}) {
  Contact contact;
  contact.first_name = std::move(first_name);
  contact.last_name = std::move(last_name);
  contact.points = std::move(points);
  return contact;
}

inline Org business(std::string slug) {
  Org org;
  org.slug = std::move(slug);
  org.name = "Flores Plumbing";
  org.timezone = "America/Chicago";
  return org;
}

inline User owner_named(std::string login) {
  User user;
  user.name = "Dana Flores";
  user.login = std::move(login);
  user.role = UserRole::owner;
  user.email = "dana@flores.example";
  user.email_verified = true;
  return user;
}

// A card over `bytes`, as the toolbox parks it.
inline Approval card(ApprovalKind kind, const std::string& bytes, Instant now) {
  Approval approval;
  approval.kind = kind;
  approval.tool = "send_message";
  approval.arguments = "{}";
  approval.summary = "E-mail to Ana Ruiz";
  approval.card = bytes;
  approval.canonical = bytes;
  approval.fingerprint = sha256_hex(bytes);
  approval.asked_at = now;
  approval.expires_at = now.plus_seconds(14 * 24 * 3600);
  return approval;
}

class StoreConformance : public ::testing::TestWithParam<StoreFactory> {
 protected:
  void SetUp() override {
    reopen();
    ASSERT_TRUE(store_ != nullptr);
    org_ = must(system_->create_org(business("flores"), owner_named("dana")));
    read([&](Txn& txn) { owner_ = must(txn.org().find_user_by_login("dana")); });
  }

  void reopen() {
    store_.reset();
    system_.reset();
    StoreUnderTest opened = must(GetParam().open(folder_.path(), clock_, random_));
    store_ = std::move(opened.store);
    system_ = std::move(opened.system);
  }

  // One call of a tool: what `work` does, with its audit entry.
  template <class Work>
  AuditEntry write(Work work, bool undoable = false) {
    AuditEntry entry;
    must(store_->write(org_.id, [&](Txn& txn) -> Done {
      work(txn);
      entry = must(txn.audit().append(audit_entry("test"), undoable));
      return {};
    }));
    return entry;
  }
  // The same where it is expected to fail; everything is rolled back then.
  template <class Work>
  Done try_write(Work work) {
    return store_->write(org_.id, [&](Txn& txn) -> Done {
      Done done = work(txn);
      if (!done) return done;
      auto noted = txn.audit().append(audit_entry("test"), false);
      return noted ? Done{} : Done(noted.error());
    });
  }
  template <class Work>
  void read(Work work) {
    must(store_->read(org_.id, [&](Txn& txn) -> Done {
      work(txn);
      return {};
    }));
  }

  Contact add(Contact contact) {
    write([&](Txn& txn) { contact = must(txn.contacts().insert(contact)); });
    return contact;
  }
  Contact change(Contact contact) {
    write([&](Txn& txn) { contact = must(txn.contacts().update(contact)); });
    return contact;
  }
  Lead add(Lead lead) {
    write([&](Txn& txn) { lead = must(txn.leads().insert(lead)); });
    return lead;
  }
  Contact contact(const ContactId& id) {
    Contact found;
    read([&](Txn& txn) { found = must(txn.contacts().find(id)); });
    return found;
  }
  Lead lead(const LeadId& id) {
    Lead found;
    read([&](Txn& txn) { found = must(txn.leads().find(id)); });
    return found;
  }
  std::vector<std::string> found(std::string_view words, bool include_archived = false, std::size_t rows_max = 20) {
    std::vector<std::string> names;
    read([&](Txn& txn) {
      for (const Contact& each : must(txn.contacts().search(words, include_archived, rows_max)))
        names.push_back(each.full_name());
    });
    return names;
  }
  // An approved approval for these bytes.
  Approval approved(ApprovalKind kind, const std::string& bytes) {
    Approval approval;
    write([&](Txn& txn) {
      approval = must(txn.approvals().insert(card(kind, bytes, clock_.now())));
      approval = must(txn.approvals().decide(approval.id, yes(approval)));
    });
    return approval;
  }
  ApprovalDecision yes(const Approval& approval) const {
    return {ApprovalStatus::approved, approval.fingerprint, owner_.id, "terminal", "", clock_.now()};
  }
  void expect_verified() {
    const VerifyReport report = must(system_->verify(org_.id));
    for (const VerifyFinding& finding : report.findings) ADD_FAILURE() << finding.where << ": " << finding.what;
    must(system_->check_integrity());
  }

  TemporaryFolder folder_;
  TestClock clock_;
  TestRandom random_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<SystemHandle> system_;
  Org org_;
  User owner_;
};

}  // namespace deskhand::testing
