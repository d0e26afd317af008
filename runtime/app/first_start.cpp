#include "app/first_start.h"

#include <filesystem>
#include <iostream>

#include "app/system_ports.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::app {
namespace {

constexpr int kTries = 3;

Result<std::string> ask(const std::string& question, const std::string& usual, std::istream& in, std::ostream& out) {
  out << question << (usual.empty() ? "" : " [" + usual + "]") << ": " << std::flush;
  std::string line;
  if (!std::getline(in, line)) return make_error(Code::cancelled, "Stopped before the first start was done; nothing was made.");
  const std::string answer(trim(prefix_utf8(printable_line(to_utf8(line)), limits::kNameBytes)));
  return answer.empty() ? usual : answer;
}

Result<std::string> ask_zone(std::istream& in, std::ostream& out) {
  for (int i = 0; i < kTries; ++i) {
    auto name = ask("Your time zone", Zone::system().name(), in, out);
    if (!name) return name;
    auto zone = Zone::find(*name);
    if (zone) return zone->name();
    out << zone.error().message << "\n";
  }
  return Zone::system().name();
}

}  // namespace

Done ask_first_questions(const GlobalOptions& options, std::istream& in, std::ostream& out) {
  auto config = load_config(options.config);
  if (!config) return config.error();
  const std::string data = options.data.empty() ? config->data : options.data;
  std::error_code ignored;
  if (config->org.given || std::filesystem::exists(data + "/deskhand.db", ignored)) return {};
  out << "Welcome to Deskhand. Three questions, then we start; Enter takes what stands in brackets.\n";
  auto business = ask("Your business's name", "My Business", in, out);
  if (!business) return business.error();
  auto person = ask("Your own name", "", in, out);
  if (!person) return person.error();
  auto zone = ask_zone(in, out);
  if (!zone) return zone.error();

  SystemClock clock;
  SystemRandom random;
  RuntimeOptions runtime;
  runtime.config = std::move(*config);
  runtime.config.org.name = *business;
  runtime.config.org.owner_name = *person;
  runtime.config.org.timezone = *zone;
  runtime.data = data;
  runtime.share = options.share;
  runtime.clock = &clock;
  runtime.random = &random;
  runtime.needs_agent = false;
  auto opened = Runtime::open(std::move(runtime));
  if (!opened) return opened.error();
  for (const std::string& problem : (*opened)->calendar_problems()) out << printable_line(problem) << "\n";
  return {};
}

}  // namespace deskhand::app
