// The process log: one rotating file under data/logs, never the chat. Secrets and message bodies do not belong in it.
//
// Thread rule: thread-safe (spdlog).
#pragma once

#include <memory>
#include <string>

#include "base/result.h"

namespace spdlog {
class logger;
}

namespace deskhand::app {

// A logger that drops everything when the folder can not be written: a full disk must not stop the chat.
std::shared_ptr<spdlog::logger> open_log(const std::string& data_folder, const std::string& level);

}  // namespace deskhand::app
