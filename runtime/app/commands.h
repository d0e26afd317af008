// The commands of the command line, one function each; command_line.cpp reads the words and calls them. Each returns the exit
// status and writes only to the streams it is given.
//
// Thread rule: one thread.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "app/exit_status.h"
#include "app/runtime.h"

namespace deskhand::app {

struct GlobalOptions {
  std::string data, config, org, as, now;
  bool json = false;
  std::string share;  // folder with procedures, schemas and prompts
};

struct Console {
  std::ostream& out;
  std::ostream& err;
};

class PinnedClock;

// What a command needs to have a Runtime: the clock and random it lives on, and the runtime itself.
class Session {
 public:
  enum class Needs { store, agent };
  static Result<std::unique_ptr<Session>> open(const GlobalOptions& options, Needs needs, bool may_create);
  Runtime& runtime() { return *runtime_; }
  // The clock that --now pinned; null when time goes on by itself.
  PinnedClock* pinned_clock() { return pinned_; }

 private:
  std::unique_ptr<Clock> clock_;
  PinnedClock* pinned_ = nullptr;  // clock_, when it is one
  std::unique_ptr<Random> random_;
  std::unique_ptr<Runtime> runtime_;
};

// Prints the one clear line (or its JSON) and gives the exit status for it.
int report(const Error& error, const GlobalOptions& options, Console console);

int run_chat_command(const GlobalOptions& options, bool explain, Console console);
// A chat that is recorded to `file` and `file`.db, and such a recording played again and compared.
int run_recorded_chat(const GlobalOptions& options, const std::string& file, Console console);
int run_replay(const GlobalOptions& options, const std::string& file, Console console);
int run_call(const GlobalOptions& options, const std::string& tool, const std::string& arguments, Console console);
int run_tools(const GlobalOptions& options, Console console);

int run_approvals_list(const GlobalOptions& options, Console console);
int run_approvals_show(const GlobalOptions& options, const std::string& ref, Console console);
// `fingerprint` may be empty: the command then reads the card, shows it, and answers exactly what it showed.
int run_approvals_decide(const GlobalOptions& options, const std::string& ref, const std::string& verdict, const std::string& fingerprint,
                         const std::string& day, const std::string& note, Console console);
int run_approvals_edit(const GlobalOptions& options, const std::string& ref, const std::string& text, const std::string& subject, Console console);

int run_outbox_list(const GlobalOptions& options, const std::string& state, Console console);
int run_outbox_show(const GlobalOptions& options, const std::string& ref, Console console);
int run_outbox_settle(const GlobalOptions& options, const std::string& ref, const std::string& how, Console console);
int run_outbox_cancel(const GlobalOptions& options, const std::string& ref, Console console);
int run_outbox_send(const GlobalOptions& options, Console console);

// Speaks MCP on standard input and output until the client closes its side.
int run_mcp(const GlobalOptions& options, const std::string& version, Console console);
int run_runs_list(const GlobalOptions& options, Console console);
int run_runs_show(const GlobalOptions& options, const std::string& ref, Console console);

int run_grants_list(const GlobalOptions& options, Console console);

int run_verify(const GlobalOptions& options, Console console);
int run_doctor(const GlobalOptions& options, Console console);
int run_init(const GlobalOptions& options, bool sample, Console console);
int run_backup(const GlobalOptions& options, const std::string& file, Console console);
int run_restore(const GlobalOptions& options, const std::string& file, Console console);

// What was attached to mails; `whose` is a contact or a lead, or empty.
int run_attachments_list(const GlobalOptions& options, const std::string& whose, Console console);
// `target`: a new file, or a folder that gets one.
int run_attachments_save(const GlobalOptions& options, const std::string& hash_start, const std::string& target, Console console);

// `source`: a mail, a folder of mails, a mailbox file, or - for standard input.
// One mail's outcome, as a line of JSON or in words.
void show(const intake::MailOutcome& outcome, const GlobalOptions& options, Console console);
// Lets a model read the mails that wait for it, and shows what that added. Waits for the model.
int show_read_mail(Runtime& runtime, const GlobalOptions& options, Console console, std::stop_token stop);
int run_ingest_email(const GlobalOptions& options, const std::string& source, Console console);

int run_schedule_list(const GlobalOptions& options, Console console);
int run_schedule_pause(const GlobalOptions& options, const std::string& behaviour, bool paused, Console console);
int run_schedule_run(const GlobalOptions& options, const std::string& behaviour, Console console);
int run_due(const GlobalOptions& options, Console console);
int run_serve(const GlobalOptions& options, Console console);

struct SimulationWish {
  int days = 30, customers = 40, runs = 1;
  std::uint64_t seed = 1;
};
int run_simulate(const GlobalOptions& options, const SimulationWish& wish, Console console);
// Takes in what is new in the configured mailboxes, once.
int run_fetch_email(const GlobalOptions& options, Console console);
// Asks for what is needed, tests it, and writes it down.
int run_connect_email(const GlobalOptions& options, Console console);

struct EvalOptions {
  bool restart = false;  // the program ends and starts anew after every message
  bool trace = false;    // every message with what was weighed, called and answered
};
int run_eval(const GlobalOptions& options, const std::vector<std::string>& paths, const EvalOptions& how, Console console);
// What models cost in the last `days` days, today among them.
int run_costs(const GlobalOptions& options, int days, Console console);
// Plays the scenarios `times` times each with the configured model of that name and reports how many hold once (pass^1)
// and every time (pass^k), judged by the record they leave and never by words. Costs what the model costs.
int run_model_eval(const GlobalOptions& options, const std::vector<std::string>& paths, const std::string& model,
                   int times, Console console);
int run_procedure_check(const GlobalOptions& options, const std::string& file, Console console);
int run_behaviour(const GlobalOptions& options, const std::string& which, Console console);

}  // namespace deskhand::app
