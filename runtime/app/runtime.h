// Runtime: the whole program wired together for one process. wiring.cpp is the only file that names concrete classes.
//
// Thread rule: opened and closed by one thread; what it hands out follows its own rules. Codes of open(): those of the
// configuration, the schemas, the procedures and the store, each one clear line.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "agent/agent.h"
#include "api/mcp_server.h"
#include "app/config.h"
#include "intake/mail_intake.h"
#include "intake/mail_reader.h"
#include "outbox/outbox.h"
#include "ports/clock.h"
#include "ports/random.h"
#include "ports/store/store.h"
#include "schedule/scheduler.h"
#include "ports/worker.h"
#include "toolbox/toolbox.h"

namespace deskhand::procedure {
class Book;
}

namespace deskhand::app {

struct RuntimeOptions {
  Config config;
  std::string data;          // folder of the store, the outbox and the logs
  std::string share;         // folder with procedures/, schemas/ and prompts/
  std::string org_slug;      // empty: the first one
  std::string as_login;      // empty: the owner
  const Clock* clock = nullptr;    // must outlive the runtime
  Random* random = nullptr;
  Model* model = nullptr;          // scenarios and tests: used instead of the configured chain
  const Worker* worker = nullptr;  // tests: instead of this process
  std::string disk;                // simulation: the SQLite file system the store is opened on; "" is the machine's own
  std::string procedure_text;      // scenarios: used instead of the configured files when not empty
  bool may_create = true;          // false: a missing database is an error (verify, doctor)
  bool needs_agent = true;         // false: no procedure, no model (call of a tool, approvals, outbox)
};

class Runtime {
 public:
  static Result<std::unique_ptr<Runtime>> open(RuntimeOptions options);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  const Config& config() const;
  const Clock& clock() const;
  Store& store();
  SystemHandle& system();
  const toolbox::Toolbox& toolbox() const;
  agent::Agent& agent();            // needs_agent only
  outbox::Outbox& outbox();
  schedule::Scheduler& scheduler();
  const intake::MailIntake& mail_intake() const;
  const Worker& worker() const;       // this process
  // Lets a model read the mails that wait for it (intake/mail_reader.h); nothing where none is configured. Waits for the model.
  Result<std::vector<intake::ReadMail>> read_mail(std::stop_token stop);
  // Why a process that can do without a model has none although one is configured; "" otherwise.
  const std::string& model_problem() const;
  // What is wrong with the files of holidays (app/holidays.h), a line each; told by who opens it.
  const std::vector<std::string>& calendar_problems() const;
  const Clock& moving_clock() const;  // for waiting on other people's servers, whatever --now says
  const Org& org() const;           // as it stood at opening
  const User& user() const;
  bool first_start() const;         // the org was made just now
  Actor actor(std::string channel) const;  // the person at this command line: they can write the data folder
  // What the active procedures offer a client of MCP: their common requests and their words.
  const std::vector<KnownRequest>& requests() const;
  std::vector<api::McpProcedure> procedure_documents() const;
  std::string database_path() const;
  std::string procedure_version() const;
  // The files that say what this process does: the configuration, the procedures with their modules, the calendars of holidays.
  std::vector<std::string> source_files() const;
  // Sends what is due and says, a line each, what became of it.
  Result<std::vector<std::string>> deliver();
  Result<std::vector<std::string>> deliver(std::stop_token stop);
  // Finishes the runs that a crash interrupted, a line each. needs_agent only.
  Result<std::vector<std::string>> resume();
  // A call by the person of this process, through the same toolbox as everybody's.
  toolbox::CallResult call(std::string_view tool, std::string arguments_text, std::string channel) const;

 private:
  struct Parts;
  explicit Runtime(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace deskhand::app
