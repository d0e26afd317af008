#include "store/spending_store.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kSums =
    "COUNT(*), COALESCE(SUM(input_tokens), 0), COALESCE(SUM(cached_tokens), 0), COALESCE(SUM(output_tokens), 0), "
    "COALESCE(SUM(cost_micros), 0)";

SpendSum read_sum(ColumnReader& in) {
  SpendSum sum;
  sum.answers = in.number();
  sum.input_tokens = in.number();
  sum.cached_tokens = in.number();
  sum.output_tokens = in.number();
  sum.cost_micros = in.number();
  return sum;
}

Result<SpendSum> read_alone(const Row& row) {
  ColumnReader in(row);
  SpendSum sum = read_sum(in);
  return in.finish(std::move(sum));
}

Result<SpendLine> read_line(const Row& row) {
  ColumnReader in(row);
  SpendLine line;
  line.key = in.text();
  line.sum = read_sum(in);
  return in.finish(std::move(line));
}

}  // namespace

Done SqlSpendingStore::insert(const ModelSpend& spend) {
  return session_.run(
      "INSERT INTO model_spending (org_id, id, model, purpose, conversation_id, run_id, day, input_tokens, "
      "cached_tokens, "
      "output_tokens, cost_micros, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      {session_.new_id(), spend.model, spend.purpose, spend.conversation.text(), spend.run.text(), day(spend.day),
       spend.sum.input_tokens, spend.sum.cached_tokens, spend.sum.output_tokens, spend.sum.cost_micros,
       instant(spend.at)});
}

Result<SpendingStore::Standing> SqlSpendingStore::standing(const RunId& run, const ConversationId& conversation,
                                                           Day on) const {
  const std::string select = "SELECT " + std::string(kSums) + " FROM model_spending WHERE org_id = $1 AND ";
  Standing standing;
  const auto add = [&](const std::string& where, Value value, SpendSum& target) -> Done {
    auto sum = session_.one(select + where + " = $2", {std::move(value)}, read_alone, "sum");
    if (!sum) return sum.error();
    target = *sum;
    return {};
  };
  if (!run.empty())
    if (auto done = add("run_id", run.text(), standing.run); !done) return done.error();
  if (!conversation.empty())
    if (auto done = add("conversation_id", conversation.text(), standing.conversation); !done) return done.error();
  if (auto done = add("day", day(on), standing.day); !done) return done.error();
  return standing;
}

Result<std::vector<SpendLine>> SqlSpendingStore::sums(SpendBy by, Day from, std::size_t rows_max) const {
  const std::string column = by == SpendBy::day ? "day" : by == SpendBy::model ? "model" : "conversation_id";
  const std::string order = by == SpendBy::day ? "day DESC" : "SUM(cost_micros) DESC, " + column;
  return session_.all("SELECT " + column + ", " + std::string(kSums) +
                          " FROM model_spending WHERE org_id = $1 AND day >= $2 GROUP BY " + column + " ORDER BY " +
                          order + " LIMIT $3",
                      {day(from), page(rows_max)}, read_line);
}

}  // namespace deskhand::store
