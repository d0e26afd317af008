#include "app/command_line.h"

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>

#include "app/commands.h"
#include "base/json.h"

namespace deskhand::app {
namespace {

struct Words {  // what the subcommands read
  std::string tool, arguments = "{}", ref, fingerprint, day, note, text, subject, state, how, file, which;
  std::string model, record, replay;
  std::string stage, channel = "email", until;
  int uses = 20, days = 31, times = 4;
  bool explain = false, sample = false, restart = false, trace = false;
  std::vector<std::string> paths;
};

using Command = std::function<int()>;

class CommandLine {
 public:
  CommandLine(const char* share, const char* version) : app_("Deskhand: the AI back office of a small service business.", "deskhand"), version_(version) {
    options_.share = share;
    app_.set_version_flag("--version", version);
    app_.add_option("--data", options_.data, "folder of the database, the outbox and the logs (default ./data)");
    app_.add_option("--config", options_.config, "configuration file (default ./config.yaml when it exists)");
    app_.add_option("--org", options_.org, "slug of the business, when the database holds several");
    app_.add_option("--as", options_.as, "login of the person who acts (default: the owner)");
    app_.add_option("--now", options_.now, "RFC 3339 time at which this command's clock stands still");
    app_.add_flag("--json", options_.json, "machine-readable output");
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.failure_message([](const CLI::App* app, const CLI::Error& error) {
      return std::string("deskhand: ") + error.what() + "\nRun `" + app->get_name() + " --help` for the commands.\n";
    });
    add_work();
    add_approvals();
    add_outbox();
    add_upkeep();
  }

  int run(int count, const char* const* words) {
    try {
      app_.parse(count, const_cast<char**>(words));  // CLI11 2.1 takes argv without const and does not change it
    } catch (const CLI::ParseError& error) {
      const int code = app_.exit(error, std::cout, std::cerr);
      return code == 0 ? kExitDone : kExitUsage;
    }
    return command_ ? command_() : kExitUsage;
  }

 private:
  CLI::App* add(CLI::App& parent, const std::string& name, const std::string& help, Command command) {
    CLI::App* added = parent.add_subcommand(name, help);
    added->callback([this, command = std::move(command)] { command_ = command; });
    return added;
  }

  void add_work() {
    CLI::App* chat =
        add(app_, "chat", "talk with Deskhand: a terminal gets line editing and cards, a pipe is one message a line",
            [this] {
              return words_.record.empty() ? run_chat_command(options_, words_.explain, console_)
                                           : run_recorded_chat(options_, words_.record, console_);
            });
    chat->add_flag("--explain", words_.explain, "show how the embedded model decided");
    chat->add_option("--record", words_.record,
                     "write the chat to this new file, and the record as it is now to FILE.db, for `eval --replay`");
    CLI::App* call = add(app_, "call", "call one tool: call TOOL ARGS-JSON",
                         [this] { return run_call(options_, words_.tool, words_.arguments, console_); });
    call->add_option("tool", words_.tool, "its name; `deskhand tools` lists them")->required();
    call->add_option("arguments", words_.arguments, "its arguments as JSON, or - for standard input");
    add(app_, "tools", "list the tools with their arguments", [this] { return run_tools(options_, console_); });
    CLI::App* undo = add(app_, "undo", "take one change back: undo U-7",
                         [this] { return run_call(options_, "undo", to_text(Json{{"ref", words_.ref}}), console_); });
    undo->add_option("ref", words_.ref, "the ref a change was reported with, such as U-7")->required();
    CLI::App* ingest = app_.add_subcommand("ingest", "take in what came from outside");
    ingest->require_subcommand(1);
    add(*ingest, "email", "put a mail, a folder of mails or a mailbox file onto the record", [this] { return run_ingest_email(options_, words_.file, console_); })
        ->add_option("source", words_.file, "a file, a folder, or - for standard input")->required();
    CLI::App* attachments = app_.add_subcommand("attachments", "files that came with mails; nothing ever opens them");
    attachments->require_subcommand(1);
    add(*attachments, "list", "the last 100, newest first, with the names their senders gave them", [this] { return run_attachments_list(options_, words_.ref, console_); })
        ->add_option("whose", words_.ref, "only those of one contact or lead, such as C-12");
    CLI::App* save = add(*attachments, "save", "write one to a file", [this] { return run_attachments_save(options_, words_.ref, words_.file, console_); });
    save->add_option("attachment", words_.ref, "as the list calls it, such as 3f2a9c11b07d")->required();
    save->add_option("to", words_.file, "a new file, or a folder; an existing file is not replaced")->required();
    CLI::App* fetch = app_.add_subcommand("fetch", "look for what is new outside");
    fetch->require_subcommand(1);
    add(*fetch, "email", "take in what is new in the mailboxes of the configuration", [this] { return run_fetch_email(options_, console_); });
    CLI::App* connect = app_.add_subcommand("connect", "set up what Deskhand talks with");
    connect->require_subcommand(1);
    add(*connect, "email", "asks for the mailbox and the mail server, tests both and writes them into the configuration", [this] { return run_connect_email(options_, console_); });
    add(app_, "serve", "run what the calendar has due, take in new mail and send what is approved, until stopped", [this] { return run_serve(options_, console_); });
    add_schedule();
    add(app_, "mcp", "serve the same tools to another program over standard input and output (Model Context Protocol)",
        [this] { return run_mcp(options_, version_, console_); });
    CLI::App* runs = app_.add_subcommand("runs", "what was asked of Deskhand and what it did for it");
    runs->require_subcommand(1);
    add(*runs, "list", "the last 50, newest first", [this] { return run_runs_list(options_, console_); });
    add(*runs, "show", "one of them: model, prompt, procedure, every call with its verdict and the rows it changed, tokens, money, time",
        [this] { return run_runs_show(options_, words_.ref, console_); })
        ->add_option("ref", words_.ref, "such as T-12")->required();
    CLI::App* behaviour = add(app_, "run", "run the procedure's daily, weekly or monthly behaviour now and print it, or do what is due",
                              [this] { return run_behaviour(options_, words_.which, console_); });
    behaviour->add_option("which", words_.which, "daily, weekly, monthly or due")->required()->check(CLI::IsMember({"daily", "weekly", "monthly", "due"}));
  }

  void add_schedule() {
    CLI::App* schedule = app_.add_subcommand("schedule", "what runs by itself and when");
    schedule->require_subcommand(1);
    add(*schedule, "list", "every behaviour: when, where that is written, last and next", [this] { return run_schedule_list(options_, console_); });
    const auto with_behaviour = [this](CLI::App* command) {
      command->add_option("behaviour", words_.which, "its name, such as morning_list")->required();
    };
    with_behaviour(add(*schedule, "pause", "let one rest", [this] { return run_schedule_pause(options_, words_.which, true, console_); }));
    with_behaviour(add(*schedule, "resume", "let it go on; what came due meanwhile is not made up for", [this] { return run_schedule_pause(options_, words_.which, false, console_); }));
    with_behaviour(add(*schedule, "run", "run today's now; its own time then passes by", [this] { return run_schedule_run(options_, words_.which, console_); }));
  }

  void add_approvals() {
    CLI::App* approvals = app_.add_subcommand("approvals", "what waits for your yes");
    approvals->require_subcommand(1);
    add(*approvals, "list", "what waits, oldest first", [this] { return run_approvals_list(options_, console_); });
    const auto with_ref = [this](CLI::App* command) {
      command->add_option("ref", words_.ref, "such as A-5")->required();
      return command;
    };
    with_ref(add(*approvals, "show", "one card, exactly as it would happen", [this] { return run_approvals_show(options_, words_.ref, console_); }));
    const auto decide = [&](const char* name, const char* verdict, const char* help) {
      CLI::App* command = with_ref(add(*approvals, name, help, [this, verdict] {
        return run_approvals_decide(options_, words_.ref, verdict, words_.fingerprint, words_.day, words_.note, console_);
      }));
      command->add_option("--fingerprint", words_.fingerprint, "of the card you looked at, at least its first 12 characters; without it the card is printed and answered as printed");
      command->add_option("--note", words_.note, "why, for the record");
      return command;
    };
    decide("approve", "approve", "say yes to exactly this card; what it releases is sent before the command returns");
    decide("reject", "reject", "say no");
    decide("later", "later", "ask again another day")->add_option("--day", words_.day, "2026-03-06 (default tomorrow)");
    CLI::App* edit = with_ref(add(*approvals, "edit", "change a drafted message; the new text is a new card",
                                  [this] { return run_approvals_edit(options_, words_.ref, words_.text, words_.subject, console_); }));
    edit->add_option("text", words_.text, "the new text, or - for standard input")->required();
    edit->add_option("--subject", words_.subject, "the new subject");
  }

  void add_outbox() {
    CLI::App* outbox = app_.add_subcommand("outbox", "what leaves the house");
    outbox->require_subcommand(1);
    add(*outbox, "list", "outside effects, newest first", [this] { return run_outbox_list(options_, words_.state, console_); })
        ->add_option("--state", words_.state, "only this state, such as delivery_unknown");
    add(*outbox, "show", "one of them", [this] { return run_outbox_show(options_, words_.ref, console_); })
        ->add_option("ref", words_.ref, "such as X-3")->required();
    CLI::App* settle = add(*outbox, "settle", "say what became of an unknown delivery", [this] { return run_outbox_settle(options_, words_.ref, words_.how, console_); });
    settle->add_option("ref", words_.ref, "such as X-3")->required();
    settle->add_option("how", words_.how, "sent: it arrived; not-sent: it did not, send it; try-again: what it waited for is there")->required()->check(CLI::IsMember({"sent", "not-sent", "try-again"}));
    add(*outbox, "cancel", "withdraw one that has not left", [this] { return run_outbox_cancel(options_, words_.ref, console_); })
        ->add_option("ref", words_.ref, "such as X-3")->required();
    add(*outbox, "send", "send what is due now", [this] { return run_outbox_send(options_, console_); });

    CLI::App* grants = app_.add_subcommand("grants", "standing permissions to send a template by itself; none unless you add one");
    grants->require_subcommand(1);
    add(*grants, "list", "all of them", [this] { return run_grants_list(options_, console_); });
    CLI::App* grant = add(*grants, "add", "allow one drafting template to be sent without asking", [this] {
      return run_call(options_, "grant_auto_send",
                      to_text(Json{{"template", words_.stage}, {"channel", words_.channel}, {"uses", words_.uses}, {"until", words_.until}}), console_);
    });
    grant->add_option("template", words_.stage, "drafting stage: inquiry, estimate_sent or accepted")->required();
    grant->add_option("--channel", words_.channel, "email or sms (default email)");
    grant->add_option("--uses", words_.uses, "how many messages at most (default 20, at most 1000)");
    grant->add_option("--until", words_.until, "last day, such as 2026-04-30, at most a year away")->required();
    add(*grants, "revoke", "take one back", [this] { return run_call(options_, "revoke_auto_send", to_text(Json{{"grant", words_.ref}}), console_); })
        ->add_option("ref", words_.ref, "such as G-2")->required();
  }

  void add_upkeep() {
    add(app_, "init", "make the database and the business; implied by chat", [this] {
      return run_init(options_, words_.sample, console_);
    })->add_flag("--sample", words_.sample, "fill it with a believable small business");
    add(app_, "verify", "check that nothing in the record or its log was changed behind Deskhand's back",
        [this] { return run_verify(options_, console_); });
    add(app_, "doctor", "check the database, the folders, the procedures and what waits",
        [this] { return run_doctor(options_, console_); });
    add(app_, "backup", "write a complete copy of the database while it is in use",
        [this] { return run_backup(options_, words_.file, console_); })
        ->add_option("file", words_.file, "where to; an existing file is not replaced")
        ->required();
    add(app_, "restore", "put a backup in place of an empty data folder",
        [this] { return run_restore(options_, words_.file, console_); })
        ->add_option("file", words_.file, "the backup")
        ->required();
    add(app_, "costs", "what models cost, by day, model and conversation", [this] {
      return run_costs(options_, words_.days, console_);
    })->add_option("--days", words_.days, "how many days back, today among them (default 31)");
    CLI::App* eval = add(app_, "eval", "run scenario files or folders and count by category", [this] {
      if (!words_.replay.empty()) return run_replay(options_, words_.replay, console_);
      if (words_.paths.empty()) {
        report(make_error(Code::invalid_argument, "Name scenario files or folders, or --replay FILE."), options_,
               console_);
        return kExitUsage;
      }
      return words_.model.empty() ? run_eval(options_, words_.paths, {words_.restart, words_.trace}, console_)
                                  : run_model_eval(options_, words_.paths, words_.model, words_.times, console_);
    });
    eval->add_option("paths", words_.paths, "files or folders");
    eval->add_flag("--restart", words_.restart, "end the program and start it again after every message");
    eval->add_flag("--trace", words_.trace,
                   "show every message with what was weighed, called and answered, on stderr");
    eval->add_option("--replay", words_.replay, "play a recorded chat again and compare every request and reply");
    eval->add_option("--model", words_.model, "a model of the configuration: judge it by the records it leaves");
    eval->add_option("--k", words_.times, "with --model: how often each scenario is played (default 4)")
        ->check(CLI::Range(1, 32));
    CLI::App* simulate = add(app_, "simulate", "play a synthetic business on a virtual clock, with faults, and check what is promised after every step",
                             [this] { return run_simulate(options_, simulation_, console_); });
    simulate->add_option("--days", simulation_.days, "how many days (default 30)")->check(CLI::Range(1, 3660));
    simulate->add_option("--seed", simulation_.seed, "which story (default 1); a failure prints its own");
    simulate->add_option("--customers", simulation_.customers, "how many people may write (default 40)")->check(CLI::Range(1, 100'000));
    simulate->add_option("--runs", simulation_.runs, "so many seeds one after the other (default 1)")->check(CLI::Range(1, 1'000'000));
    CLI::App* procedure = app_.add_subcommand("procedure", "written procedures");
    procedure->require_subcommand(1);
    add(*procedure, "check", "print what each item is bound to, and whether Deskhand would start", [this] { return run_procedure_check(options_, words_.file, console_); })
        ->add_option("file", words_.file, "a procedure (default: the configured ones)");
  }

  CLI::App app_;
  std::string version_;
  GlobalOptions options_;
  Words words_;
  SimulationWish simulation_;
  Command command_;
  Console console_{std::cout, std::cerr};
};

}  // namespace

int run_command_line(int count, const char* const* words, const char* share_folder, const char* version) {
  return CommandLine(share_folder, version).run(count, words);
}

}  // namespace deskhand::app
