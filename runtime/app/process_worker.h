// This process as a worker. Its name says which boot of which machine, which process-number space, which process and when that
// process began; so a later process of the same machine knows at once that an earlier one is dead, also when its number has
// been given to another program. Of another machine nothing is known from here: its lease has to end.
//
// Thread rule: immutable. Source: proc(5), Linux 6.1: starttime is field 22 of /proc/PID/stat.
#pragma once

#include "ports/worker.h"

namespace deskhand::app {

class ProcessWorker final : public Worker {
 public:
  ProcessWorker();
  const std::string& name() const override { return name_; }
  bool is_gone(std::string_view name) const override;

 private:
  std::string place_, name_;
};

}  // namespace deskhand::app
