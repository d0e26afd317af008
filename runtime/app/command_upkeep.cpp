#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "app/commands.h"
#include "base/file_name.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::app {
namespace {

constexpr std::uintmax_t kFreeBytesLow = 200ull * 1024 * 1024;  // below this the doctor warns

struct Check {
  std::string what, result;
  bool ok = true;
};

Check check_database(Runtime& runtime) {
  const Done done = runtime.system().check_integrity();
  return {"database", done ? "sound" : done.error().message, done.has_value()};
}

bool is_about_mail(const VerifyFinding& finding) {
  return finding.where.starts_with("attachment ") || finding.where.starts_with("mail ");
}

// What verify says, of the log and of what came in from outside.
std::vector<Check> check_log_and_mail(Runtime& runtime) {
  const auto verified = runtime.system().verify(runtime.org().id);
  if (!verified) return {{"audit log", verified.error().message, false}};
  const std::vector<VerifyFinding>& findings = verified->findings;
  const auto wrong_mail = std::find_if(findings.begin(), findings.end(), is_about_mail);
  const auto wrong_log = std::find_if_not(findings.begin(), findings.end(), is_about_mail);
  Check log{"audit log", std::to_string(verified->audit_rows) + " entries follow from each other", true};
  if (wrong_log != findings.end()) log = {"audit log", count_of(findings.size(), "finding", "findings") + "; run `deskhand verify`", false};
  Check mail{"mail", count_of(static_cast<std::size_t>(verified->mails), "mail", "mails") + " and " +
                         count_of(static_cast<std::size_t>(verified->attachments), "attachment", "attachments") + " (" +
                         size_text(verified->attachment_bytes) + ") are what came in", true};
  if (wrong_mail != findings.end()) mail = {"mail", wrong_mail->where + ": " + wrong_mail->what, false};
  return {std::move(log), std::move(mail)};
}

Check check_space(const std::string& data) {
  struct statvfs about {};
  if (::statvfs(data.c_str(), &about) != 0) return {"disk", "the free space of " + data + " can not be read", false};
  const std::uintmax_t free_bytes = static_cast<std::uintmax_t>(about.f_bavail) * about.f_frsize;
  return {"disk", std::to_string(free_bytes / (1024 * 1024)) + " MB free", free_bytes >= kFreeBytesLow};
}

Check check_writable(const std::string& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  const bool ok = !failed && ::access(folder.c_str(), W_OK) == 0;
  return {"folder " + folder, ok ? "writable" : "can not be written", ok};
}

Check check_waiting(Runtime& runtime) {
  std::int64_t pending = 0;
  std::size_t unknown = 0;
  const Done done = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    auto count = txn.approvals().count_pending();
    if (!count) return count.error();
    pending = *count;
    auto rows = txn.outbox().list(OutboxState::delivery_unknown, limits::kPageRowsMax);
    if (!rows) return rows.error();
    unknown = rows->size();
    return {};
  });
  if (!done) return {"waiting", done.error().message, false};
  std::string text = count_of(static_cast<std::size_t>(pending), "approval", "approvals") + " waiting";
  if (unknown > 0) text += ", " + count_of(unknown, "delivery", "deliveries") + " to settle (`deskhand outbox list --state delivery_unknown`)";
  return {"waiting", text, true};
}

// The proof of a backup is a database that opens from it.
Check check_restore(Runtime& runtime, const GlobalOptions& options) {
  const std::string copy = runtime.database_path() + ".doctor-" + std::to_string(::getpid());
  const Done done = runtime.system().backup_to(copy);
  std::string result = done ? "a copy opens and verifies" : done.error().message;
  bool ok = done.has_value();
  if (ok) {
    GlobalOptions trial = options;
    trial.data = copy + ".d";
    std::error_code failed;
    std::filesystem::create_directories(trial.data, failed);
    std::filesystem::rename(copy, trial.data + "/deskhand.db", failed);
    auto session = Session::open(trial, Session::Needs::store, false);
    if (!session) result = session.error().message, ok = false;
    else
      for (const Check& verified : check_log_and_mail((*session)->runtime()))
        if (!verified.ok) result = verified.result, ok = false;
    session = make_error(Code::cancelled, "");  // closes the copy before its folder goes
    std::filesystem::remove_all(trial.data, failed);
  }
  std::error_code ignored;
  std::filesystem::remove(copy, ignored);
  return {"backup", result, ok};
}

}  // namespace

int run_verify(const GlobalOptions& options, Console console) {
  auto session = Session::open(options, Session::Needs::store, false);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  auto verified = runtime.system().verify(runtime.org().id);
  if (!verified) return report(verified.error(), options, console);
  if (options.json) {
    OrderedJson findings = OrderedJson::array();
    for (const VerifyFinding& finding : verified->findings) findings.push_back({{"where", finding.where}, {"what", finding.what}});
    console.out << to_text(OrderedJson{{"ok", verified->findings.empty()}, {"audit_rows", verified->audit_rows}, {"record_rows", verified->record_rows},
                                       {"mails", verified->mails}, {"attachments", verified->attachments},
                                       {"head", verified->head}, {"findings", findings}}) << "\n";
  } else {
    for (const VerifyFinding& finding : verified->findings) console.out << printable_line(finding.where) << ": " << printable_line(finding.what) << "\n";
    if (verified->findings.empty())
      console.out << "Verified: " << verified->audit_rows << " log entries, " << verified->record_rows << " records, " << count_of(static_cast<std::size_t>(verified->attachments), "attachment", "attachments") << ".\nhead " << verified->head << "\n";
  }
  if (verified->findings.empty()) return kExitDone;
  console.err << "deskhand: " << count_of(verified->findings.size(), "thing does", "things do") << " not agree with the audit log; restore a backup or ask for help before going on.\n";
  return kExitFailed;
}

int run_doctor(const GlobalOptions& options, Console console) {
  auto session = Session::open(options, Session::Needs::agent, false);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  const std::string& data = runtime.config().data;
  std::vector<Check> checks{check_database(runtime)};
  for (Check& check : check_log_and_mail(runtime)) checks.push_back(std::move(check));
  for (Check& check : std::vector<Check>{check_space(data), check_writable(data + "/outbox"), check_writable(data + "/logs"), check_waiting(runtime),
                                         check_restore(runtime, options)})
    checks.push_back(std::move(check));
  checks.push_back({"procedures", runtime.procedure_version(), true});
  checks.push_back({"model", join(runtime.config().model_chain, " then "), true});
  bool ok = true;
  OrderedJson list = OrderedJson::array();
  for (const Check& check : checks) {
    ok = ok && check.ok;
    if (options.json) list.push_back({{"what", check.what}, {"ok", check.ok}, {"result", check.result}});
    else console.out << (check.ok ? "ok    " : "FAIL  ") << check.what << ": " << check.result << "\n";
  }
  if (options.json) console.out << to_text(OrderedJson{{"ok", ok}, {"checks", list}}) << "\n";
  return ok ? kExitDone : kExitFailed;
}

int run_backup(const GlobalOptions& options, const std::string& file, Console console) {
  auto session = Session::open(options, Session::Needs::store, false);
  if (!session) return report(session.error(), options, console);
  if (std::filesystem::exists(file)) return report(make_error(Code::conflict, file + " exists already; name a new file."), options, console);
  if (auto done = (*session)->runtime().system().backup_to(file); !done) return report(done.error(), options, console);
  if (options.json) console.out << to_text(OrderedJson{{"ok", true}, {"file", file}}) << "\n";
  else console.out << "Written: " << file << "\n";
  return kExitDone;
}

int run_restore(const GlobalOptions& options, const std::string& file, Console console) {
  auto config = load_config(options.config);
  if (!config) return report(config.error(), options, console);
  const std::string data = options.data.empty() ? config->data : options.data;
  std::error_code failed;
  if (std::filesystem::exists(data + "/deskhand.db", failed))
    return report(make_error(Code::conflict, data + " holds a database already; restore into another folder with --data, or move it away first."), options, console);
  if (!std::filesystem::is_regular_file(file, failed)) return report(make_error(Code::not_found, "There is no file " + file + "."), options, console);
  std::filesystem::create_directories(data, failed);
  const std::string part = data + "/deskhand.db.part";
  if (!std::filesystem::copy_file(file, part, std::filesystem::copy_options::overwrite_existing, failed) || failed)
    return report(make_error(Code::unavailable, "The backup can not be copied to " + data + ": " + failed.message() + "."), options, console);
  std::filesystem::rename(part, data + "/deskhand.db", failed);
  GlobalOptions there = options;
  there.data = data;
  const int status = run_verify(there, console);
  if (status != kExitDone) std::filesystem::rename(data + "/deskhand.db", data + "/deskhand.db.refused", failed);
  return status;
}

}  // namespace deskhand::app
