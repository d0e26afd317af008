// A disk that fails on command: a SQLite VFS over the system's own that counts its calls and, at the one it was told,
// reports an error, reports a full disk, ends the process, or cuts the power (what was not synced is lost, too). The
// simulation and the fault tests play on it; nothing else opens a store there.
//
// Thread rule: one thread. One FailingDisk at a time, and it outlives the stores opened on it. Source: the anomaly loops
// of sqlite.org/testing.html.
#pragma once

#include <cstdint>
#include <string>

namespace deskhand::store {

enum class Fault {
  none,
  write_error,     // one write, sync or truncate fails
  half_write,      // one write is only half done and fails
  disk_full,       // from there on every write says that the disk is full
  disk_full_once,  // space is there again right after
  read_error,      // one read, open or mapping fails
  end_of_process,  // the process ends there
  power_cut,       // the process ends there and everything since the last sync of each file is gone
  power_cut_torn,  // the same, but the older half of what was not synced had reached the disk
  power_cut_here   // the same as power_cut, only that the process lives on to see it: until disarm() nothing more is written
};

inline constexpr int kEnded = 77;  // exit code of end_of_process and power_cut

class FailingDisk {
 public:
  FailingDisk();
  ~FailingDisk();
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;

  static std::string name() { return "failing"; }
  // The `at`-th call from now on (from 1) meets `fault`.
  void arm(Fault fault, std::int64_t at);
  void disarm();
  bool struck() const;         // whether it came to that
  std::int64_t calls() const;  // since armed
};

}  // namespace deskhand::store
