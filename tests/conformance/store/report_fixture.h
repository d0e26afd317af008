// A store with leads to report on.
#pragma once

#include <map>
#include <set>

#include "store_fixture.h"

namespace deskhand::testing {

using Titles = std::vector<std::string>;

class ReportConformance : public StoreConformance {
 protected:
  Lead inquiry(std::string title, std::int64_t value_minor = 0) {
    Lead lead;
    lead.title = std::move(title);
    lead.status = LeadStatus::working;
    if (value_minor > 0) lead.estimated_value = Money{value_minor, "USD"};
    return lead;
  }
  Interaction talk_on(const LeadId& lead, Instant at) {
    Interaction talk;
    talk.type = InteractionType::phone_call;
    talk.at = at;
    talk.lead = lead;
    write([&](Txn& txn) { talk = must(txn.interactions().insert(talk)); });
    return talk;
  }
  Opportunity deal_of(Lead& lead, Opportunity deal) {
    deal.lead = lead.id;
    write([&](Txn& txn) {
      deal = must(txn.opportunities().insert(deal));
      lead.opportunity = deal.id;
      lead.status = LeadStatus::converted;
      lead = must(txn.leads().update(lead));
    });
    return deal;
  }
  std::vector<QuietLead> quiet(Instant before, std::vector<LeadStatus> statuses = {LeadStatus::working},
                               std::vector<CanonicalState> states = {}) {
    std::vector<QuietLead> found;
    read([&](Txn& txn) {
      must(txn.reports().each_quiet_lead({before, statuses, states}, [&](const QuietLead& lead) -> Done {
        found.push_back(lead);
        return {};
      }));
    });
    return found;
  }
  Titles titles(const std::vector<QuietLead>& found) {
    Titles names;
    for (const QuietLead& each : found) names.push_back(lead(each.id).title);
    return names;
  }
};

}  // namespace deskhand::testing
