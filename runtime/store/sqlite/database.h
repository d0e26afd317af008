// The connections to one SQLite file. Writers combine: whoever finds nobody writing takes all waiting units of work
// into one transaction, each in its own SAVEPOINT, and one COMMIT pays for all of them. Readers have connections of
// their own, each read stands on one snapshot.
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

  std::vector<Unit*> take_batch();
  void run_batch(const std::vector<Unit*>& batch);
  Done begin();
  void run_units(const std::vector<Unit*>& batch);
  Done commit();
  void roll_back();

  ConnectionSettings settings_;
  bool writable_;
  std::unique_ptr<SqliteConnection> writer_;  // used by the leader only

  std::mutex mutex_;  // guards what follows, never held while a unit runs
  std::condition_variable finished_;
  std::deque<Unit*> waiting_;
  bool leading_ = false;
  std::thread::id leader_;

  mutable std::mutex readers_mutex_;
  mutable std::vector<std::unique_ptr<SqliteConnection>> idle_readers_;
};

}  // namespace deskhand::store
