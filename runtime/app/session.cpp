#include <iostream>

#include "app/commands.h"
#include "app/system_ports.h"
#include "base/json.h"
#include "base/text.h"

namespace deskhand::app {

Result<std::unique_ptr<Session>> Session::open(const GlobalOptions& options, Needs needs, bool may_create) {
  auto session = std::make_unique<Session>();
  if (options.now.empty()) {
    session->clock_ = std::make_unique<SystemClock>();
  } else {
    auto now = parse_rfc3339(options.now);
    if (!now) return make_error(Code::invalid_argument, "--now: " + now.error().message);
    auto pinned = std::make_unique<PinnedClock>(*now);
    session->pinned_ = pinned.get();
    session->clock_ = std::move(pinned);
  }
  session->random_ = std::make_unique<SystemRandom>();
  auto config = load_config(options.config);
  if (!config) return config.error();
  RuntimeOptions runtime;
  runtime.config = std::move(*config);
  runtime.data = options.data.empty() ? runtime.config.data : options.data;
  runtime.share = options.share;
  runtime.org_slug = options.org;
  runtime.as_login = options.as;
  runtime.clock = session->clock_.get();
  runtime.random = session->random_.get();
  runtime.may_create = may_create;
  runtime.needs_agent = needs == Needs::agent;
  auto opened = Runtime::open(std::move(runtime));
  if (!opened) return opened.error();
  session->runtime_ = std::move(*opened);
  for (const std::string& problem : session->runtime_->calendar_problems()) std::cerr << "deskhand: " << printable_line(problem) << "\n";
  return session;
}

int report(const Error& error, const GlobalOptions& options, Console console) {
  if (options.json)
    console.out << to_text(OrderedJson{{"ok", false}, {"error", {{"code", code_name(error.code)}, {"message", error.message}}}}) << "\n";
  console.err << "deskhand: " << error.message << "\n";
  return exit_status(error.code);
}

}  // namespace deskhand::app
