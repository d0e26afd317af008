#include "store/sqlite/failing_disk.h"

#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <vector>

namespace deskhand::store {
namespace {

struct Write {
  sqlite3_int64 offset = 0;
  sqlite3_int64 size_before = 0;   // of the whole file
  std::vector<char> bytes_before;  // what it wrote over
};

struct File;

struct Disk {
  Fault fault = Fault::none;
  std::int64_t at = 0, calls = 0;
  bool struck = false;
  sqlite3_vfs* real = nullptr;
  sqlite3_vfs shim{};
  std::set<File*> files;
};

Disk& disk() {
  static Disk state;  // SQLite's VFS registry is global, so is the one disk a test may have
  return state;
}

struct File {
  sqlite3_file base;
  sqlite3_file* real;
  std::vector<Write>* unsynced;
};

File* as_file(sqlite3_file* file) { return reinterpret_cast<File*>(file); }

bool writes(Fault fault) { return fault != Fault::none && fault != Fault::read_error; }

// What had not been synced goes back, newest first; with `torn` the older half of it stays.
void lose_unsynced(bool torn) {
  for (File* file : disk().files) {
    std::size_t keep = torn ? file->unsynced->size() / 2 : 0;
    for (std::size_t index = file->unsynced->size(); index > keep; --index) {
      const Write& write = (*file->unsynced)[index - 1];
      if (!write.bytes_before.empty()) {
        file->real->pMethods->xWrite(file->real, write.bytes_before.data(), static_cast<int>(write.bytes_before.size()),
                                     write.offset);
      }
      file->real->pMethods->xTruncate(file->real, write.size_before);
    }
  }
}

// True when this call is the one that fails.
bool strikes(bool is_write) {
  Disk& state = disk();
  if (state.fault == Fault::none || writes(state.fault) != is_write) return false;
  ++state.calls;
  const bool lasts = state.fault == Fault::disk_full || state.fault == Fault::power_cut_here;
  const bool now = state.calls == state.at || (lasts && state.calls > state.at);
  if (!now) return false;
  if (state.fault == Fault::power_cut_here && !state.struck) lose_unsynced(false);
  state.struck = true;
  if (state.fault == Fault::end_of_process) _exit(kEnded);
  if (state.fault == Fault::power_cut || state.fault == Fault::power_cut_torn) {
    lose_unsynced(state.fault == Fault::power_cut_torn);
    _exit(kEnded);
  }
  return true;
}

int failure(int plain) {
  const Fault fault = disk().fault;
  return fault == Fault::disk_full || fault == Fault::disk_full_once ? SQLITE_FULL : plain;
}

void remember(File* file, sqlite3_int64 offset, int count) {
  Write write;
  write.offset = offset;
  file->real->pMethods->xFileSize(file->real, &write.size_before);
  const sqlite3_int64 end = std::min<sqlite3_int64>(offset + count, write.size_before);
  if (end > offset) {
    write.bytes_before.resize(static_cast<std::size_t>(end - offset));
    file->real->pMethods->xRead(file->real, write.bytes_before.data(), static_cast<int>(end - offset), offset);
  }
  file->unsynced->push_back(std::move(write));
}

int close_file(sqlite3_file* base) {
  File* file = as_file(base);
  disk().files.erase(file);
  delete file->unsynced;
  const int code = file->real->pMethods->xClose(file->real);
  return code;
}

int read_file(sqlite3_file* base, void* into, int count, sqlite3_int64 offset) {
  if (strikes(false)) return SQLITE_IOERR_READ;
  return as_file(base)->real->pMethods->xRead(as_file(base)->real, into, count, offset);
}

int write_file(sqlite3_file* base, const void* from, int count, sqlite3_int64 offset) {
  File* file = as_file(base);
  if (strikes(true)) {
    if (disk().fault == Fault::half_write) file->real->pMethods->xWrite(file->real, from, count / 2, offset);
    return failure(SQLITE_IOERR_WRITE);
  }
  remember(file, offset, count);
  return file->real->pMethods->xWrite(file->real, from, count, offset);
}

int truncate_file(sqlite3_file* base, sqlite3_int64 size) {
  File* file = as_file(base);
  if (strikes(true)) return failure(SQLITE_IOERR_TRUNCATE);
  sqlite3_int64 old_size = 0;
  file->real->pMethods->xFileSize(file->real, &old_size);
  if (old_size > size) remember(file, size, static_cast<int>(old_size - size));
  return file->real->pMethods->xTruncate(file->real, size);
}

int sync_file(sqlite3_file* base, int flags) {
  File* file = as_file(base);
  if (strikes(true)) return failure(SQLITE_IOERR_FSYNC);
  const int code = file->real->pMethods->xSync(file->real, flags);
  if (code == SQLITE_OK) file->unsynced->clear();
  return code;
}

int delete_file(sqlite3_vfs*, const char* name, int sync_folder) {
  if (disk().fault == Fault::power_cut_here && disk().struck) return SQLITE_IOERR_DELETE;
  return disk().real->xDelete(disk().real, name, sync_folder);
}

int map_shared(sqlite3_file* base, int page, int size, int extend, void volatile** address) {
  if (strikes(false)) return SQLITE_IOERR_SHMMAP;
  return as_file(base)->real->pMethods->xShmMap(as_file(base)->real, page, size, extend, address);
}

// The rest goes straight through.
int size_of(sqlite3_file* base, sqlite3_int64* size) {
  return as_file(base)->real->pMethods->xFileSize(as_file(base)->real, size);
}
int lock(sqlite3_file* base, int level) { return as_file(base)->real->pMethods->xLock(as_file(base)->real, level); }
int unlock(sqlite3_file* base, int level) { return as_file(base)->real->pMethods->xUnlock(as_file(base)->real, level); }
int check_reserved(sqlite3_file* base, int* held) {
  return as_file(base)->real->pMethods->xCheckReservedLock(as_file(base)->real, held);
}
int control(sqlite3_file* base, int operation, void* argument) {
  return as_file(base)->real->pMethods->xFileControl(as_file(base)->real, operation, argument);
}
int sector_size(sqlite3_file* base) { return as_file(base)->real->pMethods->xSectorSize(as_file(base)->real); }
int traits(sqlite3_file* base) { return as_file(base)->real->pMethods->xDeviceCharacteristics(as_file(base)->real); }
int lock_shared(sqlite3_file* base, int offset, int count, int flags) {
  return as_file(base)->real->pMethods->xShmLock(as_file(base)->real, offset, count, flags);
}
void barrier(sqlite3_file* base) { as_file(base)->real->pMethods->xShmBarrier(as_file(base)->real); }
int unmap_shared(sqlite3_file* base, int remove) {
  return as_file(base)->real->pMethods->xShmUnmap(as_file(base)->real, remove);
}

constexpr sqlite3_io_methods kMethods = {2,         close_file,   read_file, write_file, truncate_file,
                                         sync_file, size_of,      lock,      unlock,     check_reserved,
                                         control,   sector_size,  traits,    map_shared, lock_shared,
                                         barrier,   unmap_shared, nullptr,   nullptr};

int open_file(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* base, int flags, int* out_flags) {
  File* file = as_file(base);
  file->base.pMethods = nullptr;
  if (strikes(false)) return SQLITE_CANTOPEN;
  file->real = reinterpret_cast<sqlite3_file*>(file + 1);
  const int code = disk().real->xOpen(disk().real, name, file->real, flags, out_flags);
  if (code != SQLITE_OK) return code;
  file->unsynced = new std::vector<Write>;
  file->base.pMethods = &kMethods;
  disk().files.insert(file);
  return SQLITE_OK;
}

}  // namespace

FailingDisk::FailingDisk() {
  Disk& state = disk();
  state.real = sqlite3_vfs_find(nullptr);
  state.shim = *state.real;
  state.shim.zName = "failing";
  state.shim.pNext = nullptr;
  state.shim.szOsFile = static_cast<int>(sizeof(File)) + state.real->szOsFile;
  state.shim.xOpen = open_file;
  state.shim.xDelete = delete_file;
  if (sqlite3_vfs_register(&state.shim, 0) != SQLITE_OK) throw std::runtime_error("no failing disk");
}

FailingDisk::~FailingDisk() {
  disarm();
  sqlite3_vfs_unregister(&disk().shim);
}

void FailingDisk::arm(Fault fault, std::int64_t at) {
  disk().fault = fault;
  disk().at = at;
  disk().calls = 0;
  disk().struck = false;
}

void FailingDisk::disarm() { disk().fault = Fault::none; }
bool FailingDisk::struck() const { return disk().struck; }
std::int64_t FailingDisk::calls() const { return disk().calls; }

}  // namespace deskhand::store
