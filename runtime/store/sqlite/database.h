// The connections to one SQLite file. Writers combine: whoever finds nobody writing takes all waiting units of work
// into one transaction, each in its own SAVEPOINT, and one COMMIT pays for all of them. Each read stands on one snapshot.
// Readers have connections of their own, so that none waits for a writer; while a single thread uses the database there is
// nobody to wait for and the writer's connection is lent to its reads: one schema to parse, and a page cache that stays warm.
//
// Thread rule: thread-safe; write() inside a unit of work is refused. There is no thread of its own: with one caller
// everything runs inline. Ownership: owns its connections.
// Codes of write(): what the unit returned (it alone is rolled back), unavailable (nothing of the batch happened),
// unknown_outcome (COMMIT failed without telling), corrupt.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/result.h"
#include "store/sqlite/connection.h"

namespace deskhand::store {

using ConnectionWork = std::function<Done(Connection&)>;

class Database {
 public:
  // `writer` may be null: then nothing can be written.
  Database(ConnectionSettings settings, std::unique_ptr<SqliteConnection> writer);

  Done write(const ConnectionWork& work);
  Done read(const ConnectionWork& work) const;
  bool writable() const { return writable_; }
  Result<std::unique_ptr<SqliteConnection>> open_reader() const;

 private:
  struct Unit {
    const ConnectionWork* work;
    Done result;
    bool done = false;
  };

  // The writer's connection while it is lent to a read, else null.
  std::unique_ptr<SqliteConnection> borrow_writer() const;
  Result<std::unique_ptr<SqliteConnection>> take_reader() const;
  void put_back(std::unique_ptr<SqliteConnection> connection, bool is_writer) const;
  void note_user() const;  // with mutex_ held
  std::vector<Unit*> take_batch();
  void run_batch(const std::vector<Unit*>& batch);
  Done begin();
  void run_units(const std::vector<Unit*>& batch);
  Done commit();
  void roll_back();

  ConnectionSettings settings_;
  bool writable_;
  mutable std::unique_ptr<SqliteConnection> writer_;  // used by the leader only, or lent to the one thread's read

  mutable std::mutex mutex_;  // guards what follows, never held while a unit runs
  std::condition_variable finished_;
  std::deque<Unit*> waiting_;
  bool leading_ = false;
  std::thread::id leader_;
  mutable std::thread::id first_user_;
  mutable bool has_many_users_ = false;  // more than one thread has used it

  mutable std::mutex readers_mutex_;
  mutable std::vector<std::unique_ptr<SqliteConnection>> idle_readers_;
};

}  // namespace deskhand::store
