#include "store/sqlite/database.h"

#include <sqlite3.h>

#include <exception>

#include "base/limits.h"

namespace deskhand::store {
namespace {

constexpr std::size_t kIdleReaders = 8;  // kept open between reads; more readers at once open their own and close them

Error thrown(std::string_view what) {
  return make_error(Code::internal, "Something went wrong inside; nothing was changed.", std::string(what));
}

Done guarded(const ConnectionWork& work, Connection& connection) {
  try {
    return work(connection);
  } catch (const std::exception& fault) {
    return thrown(fault.what());
  } catch (...) {
    return thrown("an exception of unknown type");
  }
}

}  // namespace

Database::Database(ConnectionSettings settings, std::unique_ptr<SqliteConnection> writer)
    : settings_(std::move(settings)), writable_(writer != nullptr), writer_(std::move(writer)) {}

Done Database::write(const ConnectionWork& work) {
  if (!writable_)
    return make_error(Code::unavailable, "The data file was opened to be read only; nothing can be changed.");
  Unit mine{&work, {}, false};
  std::unique_lock lock(mutex_);
  note_user();
  if (leading_ && leader_ == std::this_thread::get_id()) {
    return make_error(Code::internal, "A unit of work can not start another one; nothing was changed.");
  }
  waiting_.push_back(&mine);
  while (!mine.done) {
    if (leading_) {
      finished_.wait(lock);
      continue;
    }
    leading_ = true;
    leader_ = std::this_thread::get_id();
    const std::vector<Unit*> batch = take_batch();
    lock.unlock();
    run_batch(batch);
    lock.lock();
    for (Unit* unit : batch) unit->done = true;
    leading_ = false;
    leader_ = {};
    finished_.notify_all();
  }
  return std::move(mine.result);
}

std::vector<Database::Unit*> Database::take_batch() {
  std::vector<Unit*> batch;
  while (!waiting_.empty() && batch.size() < limits::kGroupCommitUnits) {
    batch.push_back(waiting_.front());
    waiting_.pop_front();
  }
  return batch;
}

void Database::run_batch(const std::vector<Unit*>& batch) {
  Done begun = begin();
  if (!begun) {
    for (Unit* unit : batch) unit->result = begun;
    return;
  }
  run_units(batch);
  bool any = false;
  for (const Unit* unit : batch) any = any || unit->result.has_value();
  if (!any) return roll_back();
  Done committed = commit();
  if (committed) return;
  for (Unit* unit : batch)
    if (unit->result) unit->result = committed;
}

Done Database::begin() {
  if (!writer_) {
    // The last one could not be rolled back; a fresh one recovers from what is on the disk.
    Result<std::unique_ptr<SqliteConnection>> opened = SqliteConnection::open(settings_);
    if (!opened) return opened.error();
    writer_ = std::move(*opened);
    writer_->lock_down();
  }
  Done begun = writer_->run("BEGIN IMMEDIATE", {}, {});
  if (begun) writer_->within_transaction(true);
  return begun;
}

void Database::run_units(const std::vector<Unit*>& batch) {
  const bool has_company = batch.size() > 1;  // alone, the transaction is its savepoint
  for (Unit* unit : batch) {
    Done opened = has_company ? writer_->run("SAVEPOINT unit", {}, {}) : Done{};
    unit->result = opened ? guarded(*unit->work, *writer_) : opened;
    if (writer_->in_transaction()) {
      if (!has_company) return;
      Done closed = unit->result ? Done{} : writer_->run("ROLLBACK TO SAVEPOINT unit", {}, {});
      if (closed) closed = writer_->run("RELEASE SAVEPOINT unit", {}, {});
      if (closed) continue;
      unit->result = closed;
      roll_back();
    }
    // SQLite gave up the whole transaction (disk full, I/O error): the units before this one did not happen either.
    const Error lost =
        make_error(Code::unavailable, "The disk could not take the change; nothing was changed, try again.",
                   unit->result ? "" : unit->result.error().detail);
    for (Unit* other : batch)
      if (other == unit ? unit->result.has_value() : true) other->result = lost;
    return;
  }
}

// SQLITE_FULL says before the commit record is whole that it can't be; a failed sync or write may have left it
// readable.
Done Database::commit() {
  writer_->within_transaction(false);
  Done committed = writer_->run("COMMIT", {}, {});
  if (committed) return committed;
  const int code = writer_->last_code();
  Error error = committed.error();
  if ((code & 0xFF) == SQLITE_IOERR) {
    error = make_error(
        Code::unknown_outcome,
        "The disk failed while the change was being stored; it may or may not have happened. Check the disk.",
        error.detail);
  }
  roll_back();
  return error;
}

void Database::roll_back() {
  if (writer_) writer_->within_transaction(false);
  if (!writer_ || !writer_->in_transaction()) return;
  Done undone = writer_->run("ROLLBACK", {}, {});
  if (!undone || writer_->in_transaction()) writer_.reset();
}

Result<std::unique_ptr<SqliteConnection>> Database::open_reader() const {
  ConnectionSettings settings = settings_;
  settings.role = Role::reader;
  Result<std::unique_ptr<SqliteConnection>> opened = SqliteConnection::open(settings);
  if (opened) (*opened)->lock_down();
  return opened;
}

void Database::note_user() const {
  const std::thread::id user = std::this_thread::get_id();
  if (first_user_ == std::thread::id()) first_user_ = user;
  else if (first_user_ != user) has_many_users_ = true;
}

// Not within a unit of work, which has it already and whose rows a read outside of it must not see.
std::unique_ptr<SqliteConnection> Database::borrow_writer() const {
  const std::lock_guard lock(mutex_);
  note_user();
  if (has_many_users_ || leading_ || !writer_) return nullptr;
  writer_->only_look(true);
  return std::move(writer_);
}

Result<std::unique_ptr<SqliteConnection>> Database::take_reader() const {
  {
    const std::lock_guard lock(readers_mutex_);
    if (!idle_readers_.empty()) {
      std::unique_ptr<SqliteConnection> reader = std::move(idle_readers_.back());
      idle_readers_.pop_back();
      return reader;
    }
  }
  return open_reader();
}

// What is not kept is closed: a reader too many, or the writer when a write has opened another meanwhile.
void Database::put_back(std::unique_ptr<SqliteConnection> connection, bool is_writer) const {
  if (is_writer) {
    connection->only_look(false);
    const std::lock_guard lock(mutex_);
    if (!writer_ && !leading_) writer_ = std::move(connection);
    return;
  }
  const std::lock_guard lock(readers_mutex_);
  if (idle_readers_.size() < kIdleReaders) idle_readers_.push_back(std::move(connection));
}

Done Database::read(const ConnectionWork& work) const {
  std::unique_ptr<SqliteConnection> connection = borrow_writer();
  const bool is_writer = connection != nullptr;
  if (!is_writer) {
    auto reader = take_reader();
    if (!reader) return reader.error();
    connection = std::move(*reader);
  }
  const Done begun = connection->run("BEGIN", {}, {});
  Done done = begun ? guarded(work, *connection) : begun;
  const Done ended = connection->in_transaction() ? connection->run("ROLLBACK", {}, {}) : Done{};
  if (ended) put_back(std::move(connection), is_writer);
  return done;
}

}  // namespace deskhand::store
