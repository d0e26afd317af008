// What reports read, in SQL; ports/store/report_store.h says what each method promises.
//
// Thread rule: part of a Txn.
#pragma once

#include "ports/store/report_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlReportStore final : public ReportStore {
 public:
  explicit SqlReportStore(Session& session) : session_(session) {}

  Done each_open_lead(const std::function<Done(const OpenLead&)>& use) const override;
  Done each_closed_lead(Instant from, Instant before, const std::function<Done(const ClosedLead&)>& use) const override;
  Done each_lone_deal(Day first, Day last, Instant from, Instant before,
                      const std::function<Done(const LoneDeal&)>& use) const override;
  Done each_quiet_lead(const QuietFilter& filter, const std::function<Done(const QuietLead&)>& use) const override;
  Result<std::vector<SourceCount>> count_created(Instant from, Instant before) const override;
  Result<std::int64_t> count_visits(Instant from, Instant before) const override;
  Result<std::int64_t> count_past_expected(Day today) const override;
  Result<std::vector<PastExpected>> past_expected(Day today, std::size_t rows_max) const override;

 private:
  Session& session_;
};

}  // namespace deskhand::store
