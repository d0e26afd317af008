// Opens the store of one SQLite file: makes it when there is none, brings its schema up to date, or says in one clear
// line what is wrong with it (newer, damaged, locked, read-only, full disk, no database, on a network file system).
//
// Thread rule: open_sqlite may be called from any thread; Store and SystemHandle are thread-safe. Several processes may
// have the same file open. Ownership: clock and random must outlive what is opened; store and system may be dropped in
// any order. Codes: unavailable, corrupt.
#pragma once

#include <memory>
#include <string>

#include "base/limits.h"
#include "base/result.h"
#include "ports/clock.h"
#include "ports/random.h"
#include "ports/store/store.h"

namespace deskhand::store {

enum class Synchronous { full, normal };

struct SqliteOptions {
  std::string path;
  bool read_only = false;
  Synchronous synchronous = Synchronous::full;
  int busy_timeout_ms = limits::kBusyTimeoutMs;
  std::string vfs;  // "" is the system's own; fault tests name theirs
};

struct OpenedStore {
  std::unique_ptr<Store> store;
  std::unique_ptr<SystemHandle> system;
};

Result<OpenedStore> open_sqlite(const SqliteOptions& options, const Clock& clock, Random& random);

}  // namespace deskhand::store
