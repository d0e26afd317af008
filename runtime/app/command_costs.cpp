#include <iostream>

#include "app/commands.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::app {
namespace {

constexpr int kDaysMax = 3660;

struct Costs {
  Day from;
  std::vector<SpendLine> days, models, conversations;
};

Result<Costs> read_costs(Runtime& runtime, int days) {
  Costs costs;
  const Done done = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    auto org = txn.org().get();
    if (!org) return org.error();
    auto zone = Zone::find(org->timezone);
    if (!zone) return zone.error();
    costs.from = zone->day_of(runtime.clock().now()).plus_days(1 - days);
    for (const auto& [by, target] : {std::pair{SpendBy::day, &costs.days},
                                     {SpendBy::model, &costs.models},
                                     {SpendBy::conversation, &costs.conversations}}) {
      auto lines = txn.spending().sums(by, costs.from, limits::kPageRowsMax);
      if (!lines) return lines.error();
      *target = std::move(*lines);
    }
    return {};
  });
  if (!done) return done.error();
  return costs;
}

// Millionths with four decimals: an answer often costs less than a cent.
std::string amount(std::int64_t micros) {
  constexpr std::int64_t kMicrosPerPart = 100, kPartsPerUnit = 10'000;
  const std::int64_t parts = (micros + kMicrosPerPart - 1) / kMicrosPerPart;
  std::string decimals = std::to_string(parts % kPartsPerUnit);
  decimals.insert(0, 4 - decimals.size(), '0');
  return std::to_string(parts / kPartsPerUnit) + "." + decimals;
}

SpendSum total_of(const std::vector<SpendLine>& models) {
  SpendSum total;
  for (const SpendLine& line : models) {
    total.answers += line.sum.answers;
    total.input_tokens += line.sum.input_tokens;
    total.cached_tokens += line.sum.cached_tokens;
    total.output_tokens += line.sum.output_tokens;
    total.cost_micros += line.sum.cost_micros;
  }
  return total;
}

std::string words_of(const SpendSum& sum, const std::string& currency) {
  return amount(sum.cost_micros) + " " + currency + "  " +
         count_of(static_cast<std::size_t>(sum.answers), "answer", "answers") + ", " +
         std::to_string(sum.input_tokens) + " tokens in (" + std::to_string(sum.cached_tokens) + " from caches), " +
         std::to_string(sum.output_tokens) + " out";
}

OrderedJson json_of(const SpendSum& sum) {
  return {{"answers", sum.answers},
          {"input_tokens", sum.input_tokens},
          {"cached_tokens", sum.cached_tokens},
          {"output_tokens", sum.output_tokens},
          {"cost_micros", sum.cost_micros},
          {"cost", amount(sum.cost_micros)}};
}

OrderedJson lines_json(const std::vector<SpendLine>& lines, const char* key) {
  OrderedJson list = OrderedJson::array();
  for (const SpendLine& line : lines) {
    OrderedJson item{{key, line.key}};
    item.update(json_of(line.sum));
    list.push_back(std::move(item));
  }
  return list;
}

}  // namespace

int run_costs(const GlobalOptions& options, int days, Console console) {
  if (days < 1 || days > kDaysMax)
    return report(make_error(Code::invalid_argument, "--days takes 1 to " + std::to_string(kDaysMax) + "."), options,
                  console);
  auto session = Session::open(options, Session::Needs::store, false);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  auto costs = read_costs(runtime, days);
  if (!costs) return report(costs.error(), options, console);
  const std::string& currency = runtime.config().model_limits.currency;
  const SpendSum total = total_of(costs->models);
  if (options.json) {
    console.out << to_text(OrderedJson{{"from", to_iso(costs->from)},
                                       {"currency", currency},
                                       {"total", json_of(total)},
                                       {"by_day", lines_json(costs->days, "day")},
                                       {"by_model", lines_json(costs->models, "model")},
                                       {"by_conversation", lines_json(costs->conversations, "conversation")}})
                << "\n";
    return kExitDone;
  }
  console.out << "Since " << to_iso(costs->from) << ": " << words_of(total, currency) << "\n";
  const auto print = [&](const char* title, const std::vector<SpendLine>& lines) {
    if (lines.empty()) return;
    console.out << title << "\n";
    for (const SpendLine& line : lines)
      console.out << "  " << (line.key.empty() ? "(none)" : printable_line(line.key)) << "  "
                  << words_of(line.sum, currency) << "\n";
  };
  print("By day", costs->days);
  print("By model", costs->models);
  print("By conversation", costs->conversations);
  return kExitDone;
}

}  // namespace deskhand::app
