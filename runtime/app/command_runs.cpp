#include <ostream>

#include "agent/run_report.h"
#include "app/commands.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::app {
namespace {

constexpr std::size_t kRunsShown = 50;
constexpr std::size_t kSaidBytes = 70;
constexpr std::size_t kTextBytes = 300;

std::string ref_of_run(const Run& run) { return Ref{ref_prefix::kRun, run.ref_number}.text(); }

struct ShownRun {
  Run run;
  agent::RunReport report;
  std::vector<std::vector<std::string>> rows;  // a call each: "contacts C-1 made"
};

// Which rows one audit entry changed, in words.
std::vector<std::string> rows_changed(const AuditEntry& entry) {
  std::vector<std::string> rows;
  const auto payload = parse_json(entry.payload, limits::kAuditPayloadBytes);
  if (!payload || !payload->is_object()) return rows;
  for (const Json& change : payload->value("changes", Json::array())) {
    const bool made = change.value("before", Json()).empty();
    const std::string ref = change.value("ref", "");
    rows.push_back(change.value("table", "") + " " + (ref.empty() ? change.value("id", "") : ref) + (made ? " made" : " changed"));
  }
  return rows;
}

Result<ShownRun> read_run(Txn& txn, Run run, bool with_rows) {
  ShownRun shown;
  auto steps = txn.conversations().steps_of(run.id);
  if (!steps) return steps.error();
  auto report = agent::report_of(*steps);
  if (!report) return report.error();
  shown.run = std::move(run);
  shown.report = std::move(*report);
  for (const agent::ReportedCall& call : shown.report.calls) {
    std::vector<std::string> rows;
    for (std::size_t i = 0; with_rows && i < call.audit.size(); ++i) {
      auto entry = txn.audit().find(call.audit[i]);
      if (!entry && entry.error().code == Code::not_found) continue;
      if (!entry) return entry.error();
      for (std::string& row : rows_changed(*entry)) rows.push_back(std::move(row));
    }
    shown.rows.push_back(std::move(rows));
  }
  return shown;
}

std::int64_t took_ms(const Run& run) { return run.ended_at ? (run.ended_at->us - run.started_at.us) / 1000 : 0; }

std::string money_text(std::int64_t micros) {
  std::string digits = std::to_string(micros);
  if (digits.size() < 7) digits.insert(0, 7 - digits.size(), '0');
  return digits.substr(0, digits.size() - 6) + "." + digits.substr(digits.size() - 6);
}

OrderedJson run_json(const ShownRun& shown, bool whole) {
  const Run& run = shown.run;
  const agent::RunReport& report = shown.report;
  OrderedJson json{{"ref", ref_of_run(run)}, {"state", name_of(run.state)}, {"trigger", run.trigger}, {"said", report.said}, {"model", run.model},
                   {"procedure", run.procedure_version}, {"started_at", to_rfc3339(run.started_at)}};
  if (run.ended_at) json["ended_at"] = to_rfc3339(*run.ended_at);
  json["took_ms"] = took_ms(run);
  json["calls"] = report.calls.size();
  json["tokens_in"] = report.tokens_in;
  json["tokens_out"] = report.tokens_out;
  json["cost_micros"] = report.cost_micros;
  json["withheld"] = report.withheld;
  if (!whole) return json;
  json["claim"] = report.claim;
  json["form"] = run.form;
  json["answers"] = OrderedJson::array();
  for (const agent::ReportedAnswer& answer : report.answers)
    json["answers"].push_back({{"model", answer.model}, {"prompt_hash", answer.prompt_hash}, {"calls", answer.calls}, {"tokens_in", answer.tokens_in},
                               {"tokens_out", answer.tokens_out}, {"cost_micros", answer.cost_micros}, {"took_ms", answer.took_ms}, {"at", to_rfc3339(answer.at)}});
  json["calls"] = OrderedJson::array();
  for (std::size_t i = 0; i < report.calls.size(); ++i) {
    const agent::ReportedCall& call = report.calls[i];
    json["calls"].push_back({{"tool", call.tool}, {"arguments", call.arguments}, {"verdict", call.verdict}, {"guard", call.guard}, {"text", call.text},
                             {"touched", call.touched}, {"rows", shown.rows[i]}, {"audit", call.audit}, {"at", to_rfc3339(call.at)}});
  }
  json["notes"] = report.notes;
  json["reply"] = report.reply;
  return json;
}

void print_run(const ShownRun& shown, std::ostream& out) {
  const Run& run = shown.run;
  const agent::RunReport& report = shown.report;
  out << ref_of_run(run) << "  [" << name_of(run.state) << "]  " << to_rfc3339(run.started_at) << "  took " << took_ms(run) << " ms\n"
      << "said       " << printable_line(report.said) << "\n"
      << "model      " << printable_line(run.model) << "\n"
      << "procedure  " << printable_line(run.procedure_version) << "\n";
  for (const agent::ReportedAnswer& answer : report.answers)
    out << "answer     " << printable_line(answer.model) << ", prompt " << (answer.prompt_hash.empty() ? "-" : printable_line(answer.prompt_hash)) << ", "
        << count_of(static_cast<std::size_t>(answer.calls), "call", "calls") << ", tokens " << answer.tokens_in << " in " << answer.tokens_out << " out, cost "
        << money_text(answer.cost_micros) << ", " << answer.took_ms << " ms\n";
  for (std::size_t i = 0; i < report.calls.size(); ++i) {
    const agent::ReportedCall& call = report.calls[i];
    out << "call       " << printable_line(call.tool) << " " << shorten(printable_line(call.arguments), kTextBytes) << "\n"
        << "  verdict  " << printable_line(call.verdict) << (call.guard.empty() ? "" : " by " + printable_line(call.guard)) << "\n";
    if (!call.text.empty()) out << "  said     " << shorten(printable_line(call.text), kTextBytes) << "\n";
    if (!shown.rows[i].empty()) out << "  rows     " << printable_line(join(shown.rows[i], ", ")) << "\n";
    else if (!call.touched.empty()) out << "  touched  " << printable_line(join(call.touched, ", ")) << "\n";
  }
  for (const std::string& note : report.notes) out << "note       " << printable_line(note) << "\n";
  if (!report.reply.empty()) out << "reply      " << shorten(printable_line(report.reply), kTextBytes * 4) << "\n";
  if (!report.withheld.empty())
    out << "withheld   " << shorten(printable_line(report.withheld), kTextBytes * 4) << "\n"
        << "           the model said this and it was not shown" << (report.claim.empty() ? "" : ": \"" + printable_line(report.claim) + "\"") << "\n";
  out << "total      tokens " << report.tokens_in << " in " << report.tokens_out << " out, cost " << money_text(report.cost_micros) << "\n";
}

}  // namespace

int run_runs_list(const GlobalOptions& options, Console console) {
  auto session = Session::open(options, Session::Needs::store, false);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  std::vector<ShownRun> runs;
  const Done done = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    runs.clear();
    auto recent = txn.conversations().recent_runs(kRunsShown);
    if (!recent) return recent.error();
    for (Run& run : *recent) {
      auto shown = read_run(txn, std::move(run), false);
      if (!shown) return shown.error();
      runs.push_back(std::move(*shown));
    }
    return {};
  });
  if (!done) return report(done.error(), options, console);
  if (options.json) {
    OrderedJson all = OrderedJson::array();
    for (const ShownRun& shown : runs) all.push_back(run_json(shown, false));
    console.out << to_text(all) << "\n";
    return kExitDone;
  }
  if (runs.empty()) console.out << "Nothing was said yet.\n";
  for (const ShownRun& shown : runs)
    console.out << ref_of_run(shown.run) << "  [" << name_of(shown.run.state) << "]  " << to_rfc3339(shown.run.started_at) << "  "
                << count_of(shown.report.calls.size(), "call", "calls") << (shown.report.withheld.empty() ? "" : "  [withheld]") << "  "
                << shorten(printable_line(shown.report.said), kSaidBytes) << "\n";
  return kExitDone;
}

int run_runs_show(const GlobalOptions& options, const std::string& text, Console console) {
  auto session = Session::open(options, Session::Needs::store, false);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  const auto ref = parse_ref(text);
  if (!ref || ref->prefix != ref_prefix::kRun)
    return report(make_error(Code::invalid_argument, "\"" + shorten(printable_line(text), 40) + "\" names no run; they look like T-12, and `deskhand runs list` shows them."), options, console);
  ShownRun shown;
  const Done done = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    auto run = txn.conversations().find_run_by_ref(ref->number);
    if (!run && run.error().code == Code::not_found) return make_error(Code::not_found, "There is no run " + ref->text() + "; `deskhand runs list` shows them.");
    if (!run) return run.error();
    auto read = read_run(txn, std::move(*run), true);
    if (!read) return read.error();
    shown = std::move(*read);
    return {};
  });
  if (!done) return report(done.error(), options, console);
  if (options.json) console.out << to_text(run_json(shown, true)) << "\n";
  else print_run(shown, console.out);
  return kExitDone;
}

}  // namespace deskhand::app
