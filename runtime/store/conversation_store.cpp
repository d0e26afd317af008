#include "store/conversation_store.h"

#include <algorithm>

namespace deskhand::store {
namespace {

constexpr std::string_view kRunColumns =
    "id, ref_number, conversation_id, state, begun_by, procedure_version, model, started_at, ended_at, form, held_by, held_until";
constexpr std::int64_t kStepsOfRun = 10'000;  // a turn is stopped long before
constexpr std::int64_t kListItems = 1'000;

Result<Conversation> read_conversation(const Row& row) {
  ColumnReader in(row);
  Conversation conversation;
  conversation.id = in.id<ConversationId>();
  conversation.channel = in.text();
  conversation.user = in.id<UserId>();
  conversation.opened_at = in.instant();
  conversation.last_at = in.instant();
  return in.finish(std::move(conversation));
}

Result<Run> read_run(const Row& row) {
  ColumnReader in(row);
  Run run;
  run.id = in.id<RunId>();
  run.ref_number = in.number();
  run.conversation = in.id<ConversationId>();
  run.state = in.name(parse_run_state);
  run.trigger = in.text();
  run.procedure_version = in.text();
  run.model = in.text();
  run.started_at = in.instant();
  run.ended_at = in.maybe_instant();
  run.form = static_cast<int>(in.number());
  run.held_by = in.text();
  run.held_until = in.maybe_instant();
  return in.finish(std::move(run));
}

Result<Step> read_step(const Row& row) {
  ColumnReader in(row);
  Step step;
  step.run = in.id<RunId>();
  step.number = static_cast<int>(in.number());
  step.kind = in.name(parse_step_kind);
  step.payload = in.text();
  step.at = in.instant();
  return in.finish(std::move(step));
}

Result<CardCopy> read_card(const Row& row) {
  ColumnReader in(row);
  CardCopy card;
  card.conversation = in.id<ConversationId>();
  card.sequence = in.number();
  card.approval = in.id<ApprovalId>();
  card.fingerprint = in.text();
  card.delivered_at = in.instant();
  return in.finish(std::move(card));
}

Result<ListCopy> read_list(const Row& row) {
  ColumnReader in(row);
  ListCopy list;
  list.conversation = in.id<ConversationId>();
  list.sequence = in.number();
  list.purpose = in.text();
  list.delivered_at = in.instant();
  return in.finish(std::move(list));
}

Result<ListItem> read_item(const Row& row) {
  ColumnReader in(row);
  ListItem item;
  item.number = static_cast<int>(in.number());
  item.noun = in.name(parse_noun);
  item.ref = in.text();
  item.label = in.text();
  return in.finish(std::move(item));
}

}  // namespace

Result<Conversation> SqlConversationStore::open(std::string_view channel, const UserId& user, Instant now) {
  Result<std::optional<Conversation>> known = session_.maybe(
      "SELECT id, channel, user_id, opened_at, last_at FROM conversations WHERE org_id = $1 AND channel = $2 "
      "AND COALESCE(user_id, '') = $3 ORDER BY last_at DESC, id DESC LIMIT 1",
      {text(channel), user.text()}, read_conversation);
  if (!known) return known.error();
  if (*known) {
    (*known)->last_at = std::max((*known)->last_at, now);
    Done touched = session_.run("UPDATE conversations SET last_at = $3 WHERE org_id = $1 AND id = $2",
                                {(*known)->id.text(), instant((*known)->last_at)});
    if (!touched) return touched.error();
    return std::move(**known);
  }
  Conversation conversation{ConversationId(session_.new_id()), std::string(channel), user, now, now};
  Done inserted = session_.run(
      "INSERT INTO conversations (org_id, id, channel, user_id, opened_at, last_at, shown) VALUES ($1, $2, $3, $4, $5, "
      "$5, 0)",
      {conversation.id.text(), text(channel), id(user), instant(now)});
  if (!inserted) return inserted.error();
  return conversation;
}

Result<Conversation> SqlConversationStore::find(const ConversationId& id) const {
  return session_.one("SELECT id, channel, user_id, opened_at, last_at FROM conversations WHERE org_id = $1 AND id = $2",
                      {id.text()}, read_conversation, "conversation of that name");
}

Result<Run> SqlConversationStore::insert(Run run) {
  Result<std::int64_t> number = session_.next_number("runs");
  if (!number) return number.error();
  run.ref_number = *number;
  if (run.id.empty()) run.id = RunId(session_.new_id());
  Done inserted = session_.run(
      "INSERT INTO runs (org_id, id, ref_number, conversation_id, state, begun_by, procedure_version, model, "
      "started_at, ended_at, form, held_by, held_until) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
      {run.id.text(), run.ref_number, id(run.conversation), text(name_of(run.state)), run.trigger,
       run.procedure_version, run.model, instant(run.started_at), instant(run.ended_at), std::int64_t{run.form},
       run.held_by, instant(run.held_until)});
  if (!inserted) return inserted.error();
  return run;
}

// The procedure's version is stamped at the start and stays.
Done SqlConversationStore::update(const Run& run) {
  Result<bool> hit = session_.exists(
      "UPDATE runs SET state = $3, model = $4, ended_at = $5, held_by = $6, held_until = $7 WHERE org_id = $1 AND id = "
      "$2 RETURNING id",
      {run.id.text(), text(name_of(run.state)), run.model, instant(run.ended_at), run.held_by, instant(run.held_until)});
  if (!hit) return hit.error();
  return *hit ? Done{} : Session::none_of("turn of that name");
}

Result<bool> SqlConversationStore::take_over(const Run& seen, std::string_view worker, Instant until) {
  return session_.exists(
      "UPDATE runs SET held_by = $5, held_until = $6 WHERE org_id = $1 AND id = $2 AND state = 'running' AND held_by = $3 "
      "AND COALESCE(held_until, 0) = $4 RETURNING id",
      {seen.id.text(), seen.held_by, seen.held_until ? seen.held_until->us : 0, text(worker), instant(until)});
}

Result<Run> SqlConversationStore::find_run_by_ref(std::int64_t number) const {
  return session_.one("SELECT " + std::string(kRunColumns) + " FROM runs WHERE org_id = $1 AND ref_number = $2",
                      {number}, read_run, "turn " + Ref{ref_prefix::kRun, number}.text());
}

Result<Run> SqlConversationStore::find_run(const RunId& id) const {
  return session_.one("SELECT " + std::string(kRunColumns) + " FROM runs WHERE org_id = $1 AND id = $2", {id.text()},
                      read_run, "turn of that name");
}

Result<std::vector<Run>> SqlConversationStore::recent_runs(std::size_t rows_max) const {
  return session_.all(
      "SELECT " + std::string(kRunColumns) + " FROM runs WHERE org_id = $1 ORDER BY ref_number DESC LIMIT $2",
      {page(rows_max)}, read_run);
}

Result<std::vector<Run>> SqlConversationStore::unfinished_runs(std::size_t rows_max) const {
  return session_.all(
      "SELECT " + std::string(kRunColumns) +
          " FROM runs WHERE org_id = $1 AND state IN ('running', 'waiting') ORDER BY ref_number LIMIT $2",
      {page(rows_max)}, read_run);
}

Done SqlConversationStore::append(const Step& step) {
  Result<std::int64_t> last = session_.integer(
      "SELECT COALESCE(MAX(number), 0) FROM steps WHERE org_id = $1 AND run_id = $2", {step.run.text()});
  if (!last) return last.error();
  if (step.number != *last + 1) {
    return make_error(Code::conflict, "Another worker has gone on with this turn.",
                      "step " + std::to_string(step.number) + " after " + std::to_string(*last));
  }
  return session_.run("INSERT INTO steps (org_id, run_id, number, kind, payload, at) VALUES ($1, $2, $3, $4, $5, $6)",
                      {step.run.text(), number(step.number), text(name_of(step.kind)), step.payload, instant(step.at)});
}

Result<std::vector<Step>> SqlConversationStore::steps_of(const RunId& run) const {
  return session_.all(
      "SELECT run_id, number, kind, payload, at FROM steps WHERE org_id = $1 AND run_id = $2 ORDER BY number LIMIT $3",
      {run.text(), kStepsOfRun}, read_step);
}

Result<std::vector<Step>> SqlConversationStore::last_steps(const ConversationId& conversation,
                                                           std::size_t rows_max) const {
  Result<std::vector<Step>> steps = session_.all(
      "SELECT s.run_id, s.number, s.kind, s.payload, s.at FROM runs r JOIN steps s ON s.org_id = r.org_id AND s.run_id "
      "= r.id "
      "WHERE r.org_id = $1 AND r.conversation_id = $2 ORDER BY r.ref_number DESC, s.number DESC LIMIT $3",
      {conversation.text(), number(static_cast<std::int64_t>(std::min<std::size_t>(rows_max, kStepsOfRun)))},
      read_step);
  if (steps) std::reverse(steps->begin(), steps->end());
  return steps;
}

Result<std::int64_t> SqlConversationStore::next_sequence(const ConversationId& conversation) {
  Result<std::int64_t> sequence =
      session_.integer("UPDATE conversations SET shown = shown + 1 WHERE org_id = $1 AND id = $2 RETURNING shown",
                       {conversation.text()});
  if (!sequence) return sequence;
  if (*sequence == 0) return Session::none_of("conversation of that name");
  return sequence;
}

Result<std::int64_t> SqlConversationStore::show(const CardCopy& card) {
  Result<std::int64_t> sequence = next_sequence(card.conversation);
  if (!sequence) return sequence;
  Done inserted = session_.run(
      "INSERT INTO card_copies (org_id, conversation_id, sequence, approval_id, fingerprint, delivered_at) VALUES ($1, "
      "$2, $3, $4, $5, $6)",
      {card.conversation.text(), *sequence, card.approval.text(), card.fingerprint, instant(card.delivered_at)});
  if (!inserted) return inserted.error();
  return sequence;
}

Result<std::int64_t> SqlConversationStore::show(const ListCopy& list) {
  if (list.items.size() > static_cast<std::size_t>(kListItems)) {
    return make_error(Code::limit_exceeded,
                      "A list shows at most " + std::to_string(kListItems) + " items; ask for fewer.");
  }
  Result<std::int64_t> sequence = next_sequence(list.conversation);
  if (!sequence) return sequence;
  Done inserted = session_.run(
      "INSERT INTO list_copies (org_id, conversation_id, sequence, purpose, delivered_at) VALUES ($1, $2, $3, $4, $5)",
      {list.conversation.text(), *sequence, list.purpose, instant(list.delivered_at)});
  if (!inserted) return inserted.error();
  for (const ListItem& item : list.items) {
    Done added = session_.run(
        "INSERT INTO list_items (org_id, conversation_id, sequence, number, noun, ref, label) VALUES ($1, $2, $3, $4, "
        "$5, $6, $7)",
        {list.conversation.text(), *sequence, number(item.number), text(noun_name(item.noun)), item.ref, item.label});
    if (!added) return added.error();
  }
  return sequence;
}

Result<std::vector<CardCopy>> SqlConversationStore::cards_shown(const ConversationId& conversation,
                                                                std::size_t rows_max) const {
  return session_.all(
      "SELECT conversation_id, sequence, approval_id, fingerprint, delivered_at FROM card_copies WHERE org_id = $1 "
      "AND conversation_id = $2 ORDER BY sequence DESC LIMIT $3",
      {conversation.text(), page(rows_max)}, read_card);
}

Result<std::optional<ListCopy>> SqlConversationStore::last_list(const ConversationId& conversation) const {
  Result<std::optional<ListCopy>> list = session_.maybe(
      "SELECT conversation_id, sequence, purpose, delivered_at FROM list_copies WHERE org_id = $1 AND conversation_id "
      "= $2 "
      "ORDER BY sequence DESC LIMIT 1",
      {conversation.text()}, read_list);
  if (!list || !*list) return list;
  Result<std::vector<ListItem>> items = session_.all(
      "SELECT number, noun, ref, label FROM list_items WHERE org_id = $1 AND conversation_id = $2 AND sequence = $3 "
      "ORDER BY number LIMIT $4",
      {conversation.text(), (*list)->sequence, kListItems}, read_item);
  if (!items) return items.error();
  (*list)->items = std::move(*items);
  return list;
}

}  // namespace deskhand::store
