#include "app/log.h"

#include <spdlog/sinks/null_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>

#include <filesystem>

#include "base/limits.h"

namespace deskhand::app {

std::shared_ptr<spdlog::logger> open_log(const std::string& data_folder, const std::string& level) {
  std::shared_ptr<spdlog::logger> logger;
  try {
    std::filesystem::create_directories(data_folder + "/logs");
    logger = std::make_shared<spdlog::logger>(
        "deskhand", std::make_shared<spdlog::sinks::rotating_file_sink_mt>(data_folder + "/logs/deskhand.log",
                                                                           limits::kLogFileBytes, limits::kLogFiles));
  } catch (const std::exception&) {
    logger = std::make_shared<spdlog::logger>("deskhand", std::make_shared<spdlog::sinks::null_sink_mt>());
  }
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::info);
  logger->set_error_handler([](const std::string&) {});  // a log that can't be written is not the owner's problem
  return logger;
}

}  // namespace deskhand::app
