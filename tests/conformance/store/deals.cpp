#include "store_fixture.h"

namespace deskhand::testing {
namespace {

using Titles = std::vector<std::string>;

Lead inquiry(std::string title) {
  Lead lead;
  lead.title = std::move(title);
  return lead;
}

TEST_P(StoreConformance, a_lead_comes_back_as_it_was_stored) {
  const Contact ana = add(person("Ana", "Ruiz"));
  Lead lead = inquiry("Leaking shower");
  lead.description = "drips";
  lead.contact = ana.id;
  lead.source = LeadSource::web_form;
  lead.source_words = "website";
  lead.status = LeadStatus::working;
  lead.stage = LeadStage::estimate_sent;
  lead.contacted = true;
  lead.disqualify_reason = DisqualifyReason::none;
  lead.reason_note = "n";
  lead.estimated_value = Money{240'000, "EUR"};
  lead.expected_close = *make_day(2026, 4, 1);
  lead.assignee = owner_.id;
  lead.urgent = true;
  lead.origin = "M-3";
  lead.qualified_at = Instant{1};
  lead.handed_off_at = Instant{2};
  lead.won_at = Instant{3};
  lead.closed_at = Instant{4};
  lead.last_activity_at = Instant{5};
  lead.custom = {{"x_unit", "12"}};
  const Lead stored = add(lead);
  const Lead back = this->lead(stored.id);
  EXPECT_EQ(back.head.ref_number, 1);
  EXPECT_EQ(back.title, lead.title);
  EXPECT_EQ(back.contact, ana.id);
  EXPECT_EQ(back.source, LeadSource::web_form);
  EXPECT_EQ(back.status, LeadStatus::working);
  EXPECT_EQ(back.stage, LeadStage::estimate_sent);
  EXPECT_EQ(back.state, CanonicalState::quoted);
  EXPECT_EQ(back.estimated_value, lead.estimated_value);
  EXPECT_EQ(back.expected_close, lead.expected_close);
  EXPECT_EQ(back.assignee, owner_.id);
  EXPECT_TRUE(back.urgent);
  EXPECT_EQ(back.origin, "M-3");
  EXPECT_EQ(back.qualified_at, Instant{1});
  EXPECT_EQ(back.handed_off_at, Instant{2});
  EXPECT_EQ(back.won_at, Instant{3});
  EXPECT_EQ(back.closed_at, Instant{4});
  EXPECT_EQ(back.last_activity_at, Instant{5});
  EXPECT_EQ(back.custom, lead.custom);
}

TEST_P(StoreConformance, the_canonical_state_is_the_stores_to_compute) {
  Lead lead = inquiry("shower");
  lead.state = CanonicalState::won;  // somebody's wish
  lead = add(lead);
  EXPECT_EQ(lead.state, CanonicalState::fresh);
  lead.status = LeadStatus::working;
  lead.stage = LeadStage::scheduled_visit;
  write([&](Txn& txn) { lead = must(txn.leads().update(lead)); });
  EXPECT_EQ(lead.state, CanonicalState::booked);
}

TEST_P(StoreConformance, a_leads_state_follows_the_stage_of_its_opportunity) {
  Lead lead = add(inquiry("shower"));
  Opportunity opportunity;
  opportunity.name = "shower";
  opportunity.lead = lead.id;
  opportunity.amount = Money{500'00, "USD"};
  write([&](Txn& txn) {
    opportunity = must(txn.opportunities().insert(opportunity));
    lead.opportunity = opportunity.id;
    lead.status = LeadStatus::converted;
    lead = must(txn.leads().update(lead));
  });
  EXPECT_EQ(lead.state, CanonicalState::quoted);
  opportunity.stage = OpportunityStage::won;
  opportunity.close_date = *make_day(2026, 3, 1);
  write([&](Txn& txn) {
    opportunity = must(txn.opportunities().update(opportunity));
    // The caller's copy from before is still good: the state alone does not count as somebody's change.
    lead.won_at = clock_.now();
    lead = must(txn.leads().update(lead));
  });
  EXPECT_EQ(this->lead(lead.id).state, CanonicalState::won);
  expect_verified();
}

TEST_P(StoreConformance, a_list_of_leads_keeps_every_filter) {
  const Contact ana = add(person("Ana", "Ruiz"));
  Lead shower = inquiry("shower");
  shower.contact = ana.id;
  shower.source = LeadSource::email;
  shower.estimated_value = Money{100'00, "USD"};
  shower = add(shower);
  clock_.advance_seconds(3600);
  Lead boiler = inquiry("boiler");
  boiler.status = LeadStatus::qualified;
  boiler.assignee = owner_.id;
  boiler.estimated_value = Money{900'00, "USD"};
  boiler = add(boiler);
  clock_.advance_seconds(3600);
  Lead drain = inquiry("drain");
  drain.status = LeadStatus::disqualified;
  drain.disqualify_reason = DisqualifyReason::timing;
  drain.closed_at = clock_.now();
  drain = add(drain);

  const auto titles = [&](auto set) {
    LeadFilter filter;
    filter.order = LeadFilter::Order::created_oldest;
    set(filter);
    Titles names;
    read([&](Txn& txn) {
      for (const Lead& each : must(txn.leads().list(filter))) names.push_back(each.title);
      filter.offset = 0;
      if (filter.rows_max == 20) {
        EXPECT_EQ(must(txn.leads().count(filter)), static_cast<std::int64_t>(names.size()));
      }
    });
    return names;
  };
  EXPECT_EQ(titles([](auto&) {}), (Titles{"shower", "boiler", "drain"}));
  EXPECT_EQ(titles([](auto& f) { f.open_only = true; }), (Titles{"shower", "boiler"}));
  EXPECT_EQ(titles([](auto& f) {
              f.states = {CanonicalState::qualified, CanonicalState::disqualified};
            }),
            (Titles{"boiler", "drain"}));
  EXPECT_EQ(titles([](auto& f) { f.statuses = {LeadStatus::fresh}; }), Titles{"shower"});
  EXPECT_EQ(titles([](auto& f) { f.stages = {LeadStage::estimate_sent}; }), Titles{});
  EXPECT_EQ(titles([](auto& f) { f.source = LeadSource::email; }), Titles{"shower"});
  EXPECT_EQ(titles([&](auto& f) { f.contact = ana.id; }), Titles{"shower"});
  EXPECT_EQ(titles([&](auto& f) { f.assignee = owner_.id; }), Titles{"boiler"});
  EXPECT_EQ(titles([](auto& f) { f.value_minor_min = 100'00; }), (Titles{"shower", "boiler"}));
  EXPECT_EQ(titles([](auto& f) { f.value_minor_max = 899'99; }), Titles{"shower"});
  EXPECT_EQ(titles([&](auto& f) { f.created_from = boiler.head.created_at; }), (Titles{"boiler", "drain"}));
  EXPECT_EQ(titles([&](auto& f) { f.created_before = boiler.head.created_at; }), Titles{"shower"});
  EXPECT_EQ(titles([&](auto& f) { f.active_before = boiler.head.created_at; }), Titles{"shower"});
  EXPECT_EQ(titles([&](auto& f) { f.closed_from = drain.head.created_at; }), Titles{"drain"});
  EXPECT_EQ(titles([&](auto& f) { f.closed_before = drain.head.created_at; }), Titles{});
  EXPECT_EQ(titles([](auto& f) { f.order = LeadFilter::Order::created_newest; }),
            (Titles{"drain", "boiler", "shower"}));
  EXPECT_EQ(titles([](auto& f) { f.order = LeadFilter::Order::value_highest; }), (Titles{"boiler", "shower", "drain"}));
  EXPECT_EQ(titles([](auto& f) { f.order = LeadFilter::Order::activity_oldest; }),
            (Titles{"shower", "boiler", "drain"}));
  EXPECT_EQ(titles([](auto& f) {
              f.rows_max = 1;
              f.offset = 1;
            }),
            Titles{"boiler"});
  read([&](Txn& txn) {
    std::int64_t leads = 0, value = 0;
    for (const StateCount& each : must(txn.leads().count_by_state())) {
      leads += each.leads;
      value += each.value_minor;
      if (each.state == CanonicalState::qualified) {
        EXPECT_EQ(each.leads, 1);
      }
    }
    EXPECT_EQ(leads, 3);
    EXPECT_EQ(value, 1'000'00);
  });
}

TEST_P(StoreConformance, a_list_of_opportunities_keeps_every_filter) {
  const Contact ana = add(person("Ana", "Ruiz"));
  const Lead lead = add(inquiry("shower"));
  Opportunity open, won;
  open.name = "open";
  open.contact = ana.id;
  open.expected_close = *make_day(2026, 3, 10);
  won.name = "won";
  won.lead = lead.id;
  won.stage = OpportunityStage::won;
  won.close_date = *make_day(2026, 3, 5);
  won.lost_reason = LostReason::none;
  write([&](Txn& txn) {
    open = must(txn.opportunities().insert(open));
    won = must(txn.opportunities().insert(won));
  });
  const auto names = [&](auto set) {
    OpportunityFilter filter;
    set(filter);
    Titles list;
    read([&](Txn& txn) {
      for (const Opportunity& each : must(txn.opportunities().list(filter))) list.push_back(each.name);
    });
    return list;
  };
  EXPECT_EQ(names([](auto&) {}), (Titles{"won", "open"}));
  EXPECT_EQ(names([](auto& f) { f.open_only = true; }), Titles{"open"});
  EXPECT_EQ(names([](auto& f) { f.stages = {OpportunityStage::won, OpportunityStage::lost}; }), Titles{"won"});
  EXPECT_EQ(names([&](auto& f) { f.contact = ana.id; }), Titles{"open"});
  EXPECT_EQ(names([&](auto& f) { f.lead = lead.id; }), Titles{"won"});
  EXPECT_EQ(names([](auto& f) {
              f.closed_from = make_day(2026, 3, 5);
              f.closed_before = make_day(2026, 3, 6);
            }),
            Titles{"won"});
  EXPECT_EQ(names([](auto& f) { f.closed_before = make_day(2026, 3, 5); }), Titles{});
  EXPECT_EQ(names([](auto& f) { f.expected_before = make_day(2026, 3, 11); }), Titles{"open"});
  read([&](Txn& txn) {
    EXPECT_EQ(must(txn.opportunities().find_by_ref(1)).name, "open");
    EXPECT_EQ(code_of(txn.opportunities().find_by_ref(3)), Code::not_found);
  });
}

TEST_P(StoreConformance, estimates_visits_and_handoffs_come_back_as_they_were_stored) {
  const Contact ana = add(person("Ana", "Ruiz"));
  const Lead lead = add(inquiry("shower"));
  Estimate first, second;
  first.lead = second.lead = lead.id;
  first.amount = {100'00, "USD"};
  first.sent_on = *make_day(2026, 3, 1);
  first.note = "parts";
  second.amount = {120'00, "USD"};
  second.sent_on = *make_day(2026, 3, 2);
  second.status = EstimateStatus::draft;
  Appointment visit;
  visit.contact = ana.id;
  visit.service = "look at the shower";
  visit.starts_at = {1'000'000};
  visit.duration_minutes = 90;
  visit.address = "9 Oak St";
  Handoff handoff;
  handoff.to = HandoffTo::scheduling;
  handoff.lead = lead.id;
  handoff.what = "book the visit";
  write([&](Txn& txn) {
    first = must(txn.opportunities().insert(first));
    second = must(txn.opportunities().insert(second));
    visit = must(txn.opportunities().insert(visit));
    handoff = must(txn.opportunities().insert(handoff));
  });
  second.status = EstimateStatus::sent;
  visit.status = AppointmentStatus::completed;
  write([&](Txn& txn) {
    second = must(txn.opportunities().update(second));
    visit = must(txn.opportunities().update(visit));
  });
  read([&](Txn& txn) {
    const auto estimates = must(txn.opportunities().estimates_of(lead.id));
    ASSERT_EQ(estimates.size(), 2u);
    EXPECT_EQ(estimates[0].amount, second.amount);
    EXPECT_EQ(estimates[0].status, EstimateStatus::sent);
    EXPECT_EQ(must(txn.opportunities().find_estimate_by_ref(1)).note, "parts");
    EXPECT_EQ(must(txn.opportunities().find_appointment_by_ref(1)).status, AppointmentStatus::completed);
    EXPECT_EQ(must(txn.opportunities().appointments_between({1'000'000}, {1'000'001}, 5)).size(), 1u);
    EXPECT_EQ(must(txn.opportunities().appointments_between({0}, {1'000'000}, 5)).size(), 0u);
    EXPECT_EQ(must(txn.opportunities().appointments_of(ana.id, 5)).size(), 1u);
    const auto handoffs = must(txn.opportunities().open_handoffs(5));
    ASSERT_EQ(handoffs.size(), 1u);
    EXPECT_EQ(handoffs[0].to, HandoffTo::scheduling);
    EXPECT_EQ(handoffs[0].what, "book the visit");
  });
  expect_verified();
}

TEST_P(StoreConformance, a_record_refers_only_to_what_is_there) {
  Lead lead = inquiry("shower");
  lead.contact = ContactId("01900000-0000-7000-8000-000000000000");
  EXPECT_EQ(code_of(try_write([&](Txn& txn) -> Done {
              auto inserted = txn.leads().insert(lead);
              return inserted ? Done{} : Done(inserted.error());
            })),
            Code::not_found);
}

}  // namespace
}  // namespace deskhand::testing
