#include <iostream>

#include "app/commands.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::app {
namespace {

constexpr std::size_t kRowsShown = 100;

std::string ref_of_row(const OutboxRow& row) { return Ref{ref_prefix::kOutbox, row.head.ref_number}.text(); }

std::string what_of(const OutboxRow& row) {
  if (row.kind == EffectKind::quickbooks_customer) return "QuickBooks customer";
  const auto content = parse_canonical_message(row.canonical);
  if (!content) return std::string(name_of(row.kind));
  return printable_line(content->to_address) + (content->subject.empty() ? "" : ": " + printable_line(content->subject));
}

OrderedJson row_json(const OutboxRow& row) {
  OrderedJson json{{"ref", ref_of_row(row)}, {"kind", name_of(row.kind)}, {"state", name_of(row.state)}, {"what", what_of(row)},
                   {"fingerprint", row.fingerprint}, {"request_id", row.request_id}, {"attempts", row.attempts}, {"result", row.result}};
  if (row.settled_at) json["settled_at"] = to_rfc3339(*row.settled_at);
  return json;
}

int show_rows(const std::vector<OutboxRow>& rows, const GlobalOptions& options, Console console) {
  if (options.json) {
    OrderedJson list = OrderedJson::array();
    for (const OutboxRow& row : rows) list.push_back(row_json(row));
    console.out << to_text(list) << "\n";
    return kExitDone;
  }
  if (rows.empty()) console.out << "Nothing is or was in the outbox.\n";
  for (const OutboxRow& row : rows)
    console.out << ref_of_row(row) << "  " << name_of(row.state) << "  " << what_of(row) << (row.result.empty() ? "" : "  (" + printable_line(row.result) + ")") << "\n";
  return kExitDone;
}

}  // namespace

int run_outbox_list(const GlobalOptions& options, const std::string& state, Console console) {
  std::optional<OutboxState> wanted;
  if (!state.empty()) {
    wanted = parse_outbox_state(state);
    if (!wanted) return report(make_error(Code::invalid_argument, "There is no state \"" + printable_line(state) + "\"; they are queued, attempting, sent, refused, delivery_unknown, not_configured, cancelled, bounced."), options, console);
  }
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  std::vector<OutboxRow> rows;
  const Done done = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    auto found = txn.outbox().list(wanted, kRowsShown);
    if (!found) return found.error();
    rows = std::move(*found);
    return {};
  });
  return done ? show_rows(rows, options, console) : report(done.error(), options, console);
}

int run_outbox_show(const GlobalOptions& options, const std::string& ref_text, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  const auto ref = parse_ref(ref_text);
  if (!ref || ref->prefix != ref_prefix::kOutbox) return report(make_error(Code::invalid_argument, "\"" + shorten(printable_line(ref_text), 40) + "\" names nothing in the outbox; they look like X-3."), options, console);
  OutboxRow row;
  const Done done = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    auto found = txn.outbox().find_by_ref(ref->number);
    if (!found) return found.error();
    row = std::move(*found);
    return {};
  });
  if (!done) return report(done.error(), options, console);
  if (options.json) {
    console.out << to_text(row_json(row)) << "\n";
    return kExitDone;
  }
  console.out << ref_of_row(row) << "  " << name_of(row.kind) << "  " << name_of(row.state) << "\nrequest id  " << printable_line(row.request_id)
              << "\ntries       " << row.attempts << "\nresult      " << printable_line(row.result) << "\nfingerprint " << row.fingerprint << "\n";
  if (const auto content = parse_canonical_message(row.canonical))
    console.out << "---\nTo: " << printable_line(content->to_address) << "\nSubject: " << printable_line(content->subject) << "\n\n" << printable(content->text) << "\n---\n";
  return kExitDone;
}

int run_outbox_settle(const GlobalOptions& options, const std::string& ref, const std::string& how, Console console) {
  return run_call(options, "settle_delivery", to_text(Json{{"outbox", ref}, {"as", how == "sent" ? "sent" : how == "not-sent" ? "not_sent" : "try_again"}}), console);
}

int run_outbox_cancel(const GlobalOptions& options, const std::string& ref, Console console) {
  return run_call(options, "settle_delivery", to_text(Json{{"outbox", ref}, {"as", "cancelled"}}), console);
}

int run_outbox_send(const GlobalOptions& options, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  auto lines = (*session)->runtime().deliver();
  if (!lines) return report(lines.error(), options, console);
  if (options.json) {
    console.out << to_text(OrderedJson{{"delivered", *lines}}) << "\n";
    return kExitDone;
  }
  if (lines->empty()) console.out << "Nothing is due.\n";
  for (const std::string& line : *lines) console.out << line << "\n";
  return kExitDone;
}

int run_grants_list(const GlobalOptions& options, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  std::vector<Grant> grants;
  const Done done = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    auto found = txn.approvals().all_standing_grants(kRowsShown);
    if (!found) return found.error();
    grants = std::move(*found);
    return {};
  });
  if (!done) return report(done.error(), options, console);
  OrderedJson list = OrderedJson::array();
  if (!options.json && grants.empty()) console.out << "Nothing is sent without asking.\n";
  for (const Grant& grant : grants) {
    const std::string ref = Ref{ref_prefix::kGrant, grant.head.ref_number}.text();
    const char* state = grant.revoked_at ? "revoked" : grant.expires_at <= runtime.clock().now() ? "expired" : grant.uses >= grant.uses_max ? "used up" : "live";
    if (options.json)
      list.push_back({{"ref", ref}, {"template", grant.template_stage}, {"channel", grant.channel}, {"uses", grant.uses},
                      {"uses_max", grant.uses_max}, {"expires_at", to_rfc3339(grant.expires_at)}, {"state", state}});
    else
      console.out << ref << "  " << state << "  " << grant.template_stage << " by " << grant.channel << ", " << grant.uses << " of " << grant.uses_max
                  << " used, until " << to_rfc3339(grant.expires_at) << "\n";
  }
  if (options.json) console.out << to_text(list) << "\n";
  return kExitDone;
}

}  // namespace deskhand::app
