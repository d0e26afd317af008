#include "store/report_store.h"

#include <algorithm>

#include "base/limits.h"
#include "store/barred.h"

namespace deskhand::store {
namespace {

// Both are written as in the conditions of the partial indexes (migration 0008), so that these are used.
constexpr std::string_view kOpenLead = "l.archived = 0 AND l.state NOT IN ('won', 'lost', 'disqualified')";
constexpr std::string_view kLoneDeal = "o.lead_id IS NULL AND o.archived = 0";

constexpr std::string_view kJoinDeal =
    "LEFT JOIN opportunities o ON o.org_id = l.org_id AND o.id = l.opportunity_id AND o.archived = 0 ";
constexpr std::string_view kValueOfLead =
    "COALESCE(o.amount_minor, l.estimated_minor), "
    "CASE WHEN o.amount_minor IS NULL THEN l.estimated_currency ELSE o.amount_currency END";

// Hands every row to `use`; the bound is a row more than may come, which is the error.
template <class Record>
Done walk(Session& session, const std::string& sql, Values values, Result<Record> (*read)(const Row&),
          const std::function<Done(const Record&)>& use) {
  std::size_t rows = 0;
  return session.run(sql, std::move(values), [&](const Row& row) -> Done {
    if (++rows > limits::kReportRows)
      return make_error(Code::limit_exceeded, "There are more than " + std::to_string(limits::kReportRows) +
                                                  " rows to report on.");
    const Result<Record> record = read(row);
    return record ? use(*record) : Done{record.error()};
  });
}

Result<OpenLead> read_open_lead(const Row& row) {
  ColumnReader in(row);
  OpenLead lead;
  lead.ref_number = in.number();
  lead.created_at = in.instant();
  lead.stage = in.name(parse_lead_stage);
  lead.handed_off = in.flag();
  lead.value = in.maybe_money();
  if (in.is_null())
    in.skip();
  else
    lead.estimate = in.name(parse_estimate_status);
  lead.estimate_amount = in.maybe_money();
  return in.finish(std::move(lead));
}

Result<ClosedLead> read_closed_lead(const Row& row) {
  ColumnReader in(row);
  ClosedLead lead;
  lead.state = in.name(parse_state);
  lead.source = in.name(parse_lead_source);
  lead.created_at = in.instant();
  lead.closed_at = in.instant();
  lead.value = in.maybe_money();
  lead.lost_reason = in.name_or(parse_lost_reason, LostReason::none);
  lead.disqualify_reason = in.name_or(parse_disqualify_reason, DisqualifyReason::none);
  return in.finish(std::move(lead));
}

Result<LoneDeal> read_lone_deal(const Row& row) {
  ColumnReader in(row);
  LoneDeal deal;
  deal.stage = in.name(parse_opportunity_stage);
  deal.amount = in.maybe_money();
  deal.has_estimate = in.flag();
  deal.close_date = in.maybe_day();
  deal.created_at = in.instant();
  deal.updated_at = in.instant();
  deal.lost_reason = in.name_or(parse_lost_reason, LostReason::none);
  return in.finish(std::move(deal));
}

// MAX over several columns is spelled differently by every engine, so they come apart.
Result<QuietLead> read_quiet_lead(const Row& row) {
  ColumnReader in(row);
  QuietLead lead;
  lead.id = in.id<LeadId>();
  lead.last_at = in.instant();
  for (int entry = 0; entry < 2; ++entry)
    if (const std::optional<Instant> at = in.maybe_instant()) lead.last_at = std::max(lead.last_at, *at);
  lead.value_minor = in.number();
  lead.do_not_contact = in.flag();
  lead.named_on = in.maybe_day();
  lead.quiet_since = in.maybe_day();
  return in.finish(std::move(lead));
}

Result<PastExpected> read_past_expected(const Row& row) {
  ColumnReader in(row);
  PastExpected past;
  past.is_deal = in.flag();
  past.ref_number = in.number();
  past.title = in.text();
  past.contact = in.id<ContactId>();
  past.expected = in.day();
  past.value = in.maybe_money();
  return in.finish(std::move(past));
}

// The dates of last_activity_at only ever move on, so what lies before the bound by them lies before it in the history...
constexpr std::string_view kQuietByActivity = "COALESCE(l.last_activity_at, l.created_at) < $2";
// ...and what does not may still, where an entry was taken back.
constexpr std::string_view kQuietByUndo =
    "COALESCE(l.last_activity_at, l.created_at) >= $2 AND l.id IN (SELECT v.lead_id FROM interactions v WHERE "
    "v.org_id = $1 AND v.voided = 1 AND v.at >= $2 AND v.lead_id IS NOT NULL UNION SELECT d.lead_id FROM interactions v "
    "JOIN opportunities d ON d.org_id = v.org_id AND d.id = v.opportunity_id WHERE v.org_id = $1 AND v.voided = 1 AND "
    "v.at >= $2 AND d.lead_id IS NOT NULL)";

// The newest entry that was not taken back is asked of the lead and of a deal that names it.
std::string quiet_query(const QuietFilter& filter, std::string_view candidates, Values& values) {
  values = {instant(filter.before)};
  std::string watched;
  const auto any_of = [&](std::string_view column, const auto& items, auto name) {
    std::string places;
    for (const auto& item : items) {
      values.push_back(text(name(item)));
      places += (places.empty() ? "$" : ", $") + std::to_string(values.size() + 1);
    }
    if (!places.empty()) watched += (watched.empty() ? "" : " OR ") + std::string(column) + " IN (" + places + ")";
  };
  any_of("l.status", filter.statuses, [](LeadStatus status) { return name_of(status); });
  any_of("l.state", filter.states, [](CanonicalState state) { return state_name(state); });
  return "SELECT l.id, l.created_at, "
         "(SELECT MAX(i.at) FROM interactions i WHERE i.org_id = $1 AND i.lead_id = l.id AND i.voided = 0), "
         "(SELECT MAX(i.at) FROM opportunities d JOIN interactions i ON i.org_id = d.org_id AND i.opportunity_id = d.id "
         "AND i.voided = 0 WHERE d.org_id = $1 AND d.lead_id = l.id), "
         "COALESCE(l.estimated_minor, 0), CASE WHEN " +
         std::string(kBarred) +
         " > 0 THEN 1 ELSE 0 END, n.named_on, n.quiet_since FROM leads l "
         "LEFT JOIN contacts c ON c.org_id = l.org_id AND c.id = l.contact_id "
         "LEFT JOIN lead_namings n ON n.org_id = l.org_id AND n.lead_id = l.id "
         "WHERE l.org_id = $1 AND " +
         std::string(kOpenLead) + " AND l.opportunity_id IS NULL AND l.status <> 'converted' AND l.created_at < $2 AND " +
         std::string(candidates) + " AND (" + watched +
         ") ORDER BY COALESCE(l.last_activity_at, l.created_at), l.ref_number";
}

// What was expected to close before $2. A lead whose deal has a day of its own is left to the deal.
constexpr std::string_view kLeadsPast =
    "FROM leads l LEFT JOIN opportunities o ON o.org_id = l.org_id AND o.id = l.opportunity_id AND o.archived = 0 "
    "WHERE l.org_id = $1 AND l.archived = 0 AND l.state NOT IN ('won', 'lost', 'disqualified') AND l.expected_close < $2 "
    "AND o.expected_close IS NULL";
constexpr std::string_view kDealsPast =
    "FROM opportunities o WHERE o.org_id = $1 AND o.archived = 0 AND o.stage NOT IN ('won', 'lost') AND "
    "o.expected_close < $2";

}  // namespace

Done SqlReportStore::each_open_lead(const std::function<Done(const OpenLead&)>& use) const {
  const std::string sql =
      "SELECT l.ref_number, l.created_at, l.stage, "
      "CASE WHEN l.opportunity_id IS NOT NULL OR l.status = 'converted' THEN 1 ELSE 0 END, " +
      std::string(kValueOfLead) + ", e.status, e.amount_minor, e.amount_currency FROM leads l " +
      std::string(kJoinDeal) +
      "LEFT JOIN estimates e ON e.org_id = l.org_id AND e.id = (SELECT x.id FROM estimates x WHERE x.org_id = $1 AND "
      "x.lead_id = l.id AND x.voided = 0 AND x.status <> 'draft' ORDER BY x.sent_on DESC, x.ref_number DESC LIMIT 1) "
      "WHERE l.org_id = $1 AND " +
      std::string(kOpenLead);
  return walk(session_, sql, {}, read_open_lead, use);
}

Done SqlReportStore::each_closed_lead(Instant from, Instant before,
                                      const std::function<Done(const ClosedLead&)>& use) const {
  const std::string sql =
      "SELECT l.state, l.source, l.created_at, l.closed_at, " + std::string(kValueOfLead) +
      ", COALESCE(o.lost_reason, ''), l.disqualify_reason FROM leads l " + std::string(kJoinDeal) +
      "WHERE l.org_id = $1 AND l.archived = 0 AND l.state IN ('won', 'lost', 'disqualified') AND l.closed_at >= $2 AND "
      "l.closed_at < $3";
  return walk(session_, sql, {instant(from), instant(before)}, read_closed_lead, use);
}

Done SqlReportStore::each_lone_deal(Day first, Day last, Instant from, Instant before,
                                    const std::function<Done(const LoneDeal&)>& use) const {
  const std::string deal =
      "SELECT o.stage, o.amount_minor, o.amount_currency, CASE WHEN o.estimate_id IS NULL THEN 0 ELSE 1 END, "
      "o.close_date, o.created_at, o.updated_at, o.lost_reason FROM opportunities o WHERE o.org_id = $1 AND " +
      std::string(kLoneDeal);
  const std::string sql = deal + " AND o.stage NOT IN ('won', 'lost') UNION ALL " + deal +
                          " AND o.stage IN ('won', 'lost') AND o.close_date >= $2 AND o.close_date <= $3 UNION ALL " +
                          deal + " AND o.stage IN ('won', 'lost') AND o.close_date IS NULL AND o.updated_at >= $4 AND "
                          "o.updated_at < $5";
  return walk(session_, sql, {day(first), day(last), instant(from), instant(before)}, read_lone_deal, use);
}

Done SqlReportStore::each_quiet_lead(const QuietFilter& filter,
                                     const std::function<Done(const QuietLead&)>& use) const {
  if (filter.statuses.empty() && filter.states.empty()) return {};
  const std::function<Done(const QuietLead&)> use_quiet = [&](const QuietLead& lead) {
    return lead.last_at < filter.before ? use(lead) : Done{};
  };
  for (const std::string_view candidates : {kQuietByActivity, kQuietByUndo}) {
    Values values;
    const std::string sql = quiet_query(filter, candidates, values);
    if (Done done = walk(session_, sql, std::move(values), read_quiet_lead, use_quiet); !done) return done;
  }
  return {};
}

Result<std::vector<SourceCount>> SqlReportStore::count_created(Instant from, Instant before) const {
  return session_.all<SourceCount>(
      "SELECT source, COUNT(*), SUM(CASE WHEN state IN ('won', 'lost', 'disqualified') THEN 0 ELSE 1 END) FROM leads "
      "WHERE org_id = $1 AND archived = 0 AND created_at >= $2 AND created_at < $3 GROUP BY source",
      {instant(from), instant(before)}, [](const Row& row) -> Result<SourceCount> {
        ColumnReader in(row);
        SourceCount count;
        count.source = in.name(parse_lead_source);
        count.leads = in.number();
        count.open = in.number();
        return in.finish(count);
      });
}

Result<std::int64_t> SqlReportStore::count_visits(Instant from, Instant before) const {
  return session_.integer(
      "SELECT COUNT(*) FROM appointments WHERE org_id = $1 AND starts_at >= $2 AND starts_at < $3 AND status = "
      "'scheduled'",
      {instant(from), instant(before)});
}

Result<std::int64_t> SqlReportStore::count_past_expected(Day today) const {
  const Result<std::int64_t> leads = session_.integer("SELECT COUNT(*) " + std::string(kLeadsPast), {day(today)});
  if (!leads) return leads;
  const Result<std::int64_t> deals = session_.integer("SELECT COUNT(*) " + std::string(kDealsPast), {day(today)});
  if (!deals) return deals;
  return *leads + *deals;
}

Result<std::vector<PastExpected>> SqlReportStore::past_expected(Day today, std::size_t rows_max) const {
  const std::string sql =
      "SELECT is_deal, ref, title, contact_id, expected_close, amount_minor, currency FROM ("
      "SELECT CASE WHEN o.id IS NULL THEN 0 ELSE 1 END AS is_deal, COALESCE(o.ref_number, l.ref_number) AS ref, l.title "
      "AS title, l.contact_id AS contact_id, l.expected_close AS expected_close, COALESCE(o.amount_minor, "
      "l.estimated_minor) AS amount_minor, CASE WHEN o.amount_minor IS NULL THEN l.estimated_currency ELSE "
      "o.amount_currency END AS currency, 0 AS place, l.created_at AS created_at, l.ref_number AS number " +
      std::string(kLeadsPast) +
      " UNION ALL SELECT 1, o.ref_number, o.name, o.contact_id, o.expected_close, o.amount_minor, o.amount_currency, 1, "
      "o.created_at, o.ref_number " +
      std::string(kDealsPast) +
      ") past ORDER BY COALESCE(amount_minor, 0) DESC, expected_close, place, created_at DESC, number DESC LIMIT $3";
  return session_.all(sql, {day(today), page(rows_max)}, read_past_expected);
}

}  // namespace deskhand::store
