#include <iostream>
#include <iterator>

#include "app/commands.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::app {
namespace {

constexpr std::size_t kFingerprintPrefix = 12;

std::string ref_of_approval(const Approval& approval) { return Ref{ref_prefix::kApproval, approval.head.ref_number}.text(); }

OrderedJson approval_json(const Approval& approval) {
  OrderedJson json{{"ref", ref_of_approval(approval)}, {"kind", name_of(approval.kind)}, {"status", name_of(approval.status)},
                   {"summary", approval.summary},   {"fingerprint", approval.fingerprint},  {"card", approval.card},
                   {"question", approval.note},     {"asked_at", to_rfc3339(approval.asked_at)},
                   {"expires_at", to_rfc3339(approval.expires_at)}, {"procedure", approval.procedure_version}};
  if (approval.decided_at) json["decided_at"] = to_rfc3339(*approval.decided_at);
  return json;
}

void print_card(const Approval& approval, std::ostream& out) {
  out << ref_of_approval(approval) << "  " << printable_line(approval.summary) << "  [" << name_of(approval.status) << "]\n---\n"
      << printable(approval.card) << "\n---\nfingerprint " << approval.fingerprint << "\n";
  if (!approval.note.empty()) out << printable_line(approval.note) << "\n";
}

Result<Approval> read_approval(Runtime& runtime, const std::string& text) {
  const auto ref = parse_ref(text);
  if (!ref || ref->prefix != ref_prefix::kApproval)
    return make_error(Code::invalid_argument, "\"" + shorten(printable_line(text), 40) + "\" names no approval; they look like A-5.");
  Approval approval;
  const Done done = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    auto found = txn.approvals().find_by_ref(ref->number);
    if (!found && found.error().code == Code::not_found)
      return make_error(Code::not_found, "There is no approval " + ref->text() + "; `deskhand approvals list` shows those that wait.");
    if (!found) return found.error();
    approval = std::move(*found);
    return {};
  });
  if (!done) return done.error();
  return approval;
}

int status_of(const toolbox::CallResult& result) {
  if (!result.ok) return exit_status(result.code);
  if (result.decided && result.decided->status == ApprovalStatus::stopped) return kExitRefused;
  if (result.decided && result.decided->status == ApprovalStatus::expired) return kExitFailed;
  if (!result.parked.empty()) return kExitParked;
  return kExitDone;
}

}  // namespace

int run_approvals_list(const GlobalOptions& options, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  std::vector<Approval> waiting;
  const Done done = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    auto found = txn.approvals().pending(limits::kPendingApprovals);
    if (!found) return found.error();
    waiting = std::move(*found);
    return {};
  });
  if (!done) return report(done.error(), options, console);
  std::erase_if(waiting, [&](const Approval& approval) { return approval.expires_at <= runtime.clock().now(); });
  if (options.json) {
    OrderedJson list = OrderedJson::array();
    for (const Approval& approval : waiting) list.push_back(approval_json(approval));
    console.out << to_text(list) << "\n";
    return kExitDone;
  }
  if (waiting.empty()) console.out << "Nothing waits for you.\n";
  for (const Approval& approval : waiting)
    console.out << ref_of_approval(approval) << "  " << name_of(approval.kind) << "  " << printable_line(approval.summary) << "\n";
  return kExitDone;
}

int run_approvals_show(const GlobalOptions& options, const std::string& ref, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  auto approval = read_approval((*session)->runtime(), ref);
  if (!approval) return report(approval.error(), options, console);
  if (options.json) console.out << to_text(approval_json(*approval)) << "\n";
  else print_card(*approval, console.out);
  return kExitDone;
}

int run_approvals_decide(const GlobalOptions& options, const std::string& ref, const std::string& verdict, const std::string& fingerprint,
                         const std::string& day, const std::string& note, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  auto approval = read_approval(runtime, ref);
  if (!approval) return report(approval.error(), options, console);
  if (!fingerprint.empty()) {
    const bool same = fingerprint.size() >= kFingerprintPrefix && approval->fingerprint.compare(0, fingerprint.size(), fingerprint) == 0;
    if (!same)
      return report(make_error(Code::conflict, "That is not the fingerprint of " + ref_of_approval(*approval) + " as it stands now; look at it again with `deskhand approvals show " +
                                                   ref_of_approval(*approval) + "`."), options, console);
  } else if (!options.json && verdict == "approve" && approval->status == ApprovalStatus::pending) {
    print_card(*approval, console.out);
  }
  Json arguments{{"approval", ref_of_approval(*approval)}, {"verdict", verdict}, {"fingerprint", approval->fingerprint}};
  if (!day.empty()) arguments["day"] = day;
  if (!note.empty()) arguments["note"] = note;
  const toolbox::CallResult result = runtime.call("decide_approval", to_text(arguments), "command line");
  if (!result.ok) return report(make_error(result.code, result.error, result.error_detail), options, console);
  auto delivered = runtime.deliver();
  if (!delivered) return report(delivered.error(), options, console);
  if (options.json) {
    OrderedJson out{{"ok", true}, {"text", result.text}, {"delivered", *delivered}};
    if (result.decided) out["approval"] = approval_json(*result.decided);
    for (const Approval& parked : result.parked) out["parked"].push_back(approval_json(parked));
    if (!result.undo_ref.empty()) out["undo"] = result.undo_ref;
    console.out << to_text(out) << "\n";
    return status_of(result);
  }
  const bool stopped = status_of(result) == kExitRefused;
  if (!result.text.empty()) (stopped ? console.err : console.out) << (stopped ? "deskhand: " : "") << printable(result.text) << "\n";
  for (const std::string& line : *delivered) console.out << line << "\n";
  for (const Approval& parked : result.parked) print_card(parked, console.out);
  return status_of(result);
}

int run_approvals_edit(const GlobalOptions& options, const std::string& ref, const std::string& text, const std::string& subject, Console console) {
  std::string words = text;
  if (words == "-") words.assign(std::istreambuf_iterator<char>(std::cin), {});
  Json arguments{{"approval", ref}, {"text", words}};
  if (!subject.empty()) arguments["subject"] = subject;
  return run_call(options, "revise_draft", to_text(arguments), console);
}

}  // namespace deskhand::app
