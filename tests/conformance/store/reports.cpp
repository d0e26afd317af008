#include "report_fixture.h"

namespace deskhand::testing {
namespace {

constexpr std::int64_t kDaySeconds = 24 * 3600;

TEST_P(ReportConformance, quiet_leads_come_longest_untouched_first) {
  const Instant start = clock_.now();
  const Lead touched = add(inquiry("touched", 900'00)), untouched = add(inquiry("untouched")), fresh = add(inquiry("fresh"));
  talk_on(touched.id, start.plus_seconds(kDaySeconds));
  talk_on(fresh.id, start.plus_seconds(5 * kDaySeconds));
  const auto found = quiet(start.plus_seconds(3 * kDaySeconds));
  ASSERT_EQ(titles(found), (Titles{"untouched", "touched"}));
  EXPECT_EQ(found[0].last_at, start);
  EXPECT_EQ(found[1].last_at, start.plus_seconds(kDaySeconds));
  EXPECT_EQ(found[1].value_minor, 900'00);
  EXPECT_TRUE(quiet(start).empty());
}

TEST_P(ReportConformance, an_entry_that_was_taken_back_ends_no_silence) {
  const Instant start = clock_.now();
  const Lead lead = add(inquiry("shower"));
  const Interaction mistake = talk_on(lead.id, start.plus_seconds(5 * kDaySeconds));
  EXPECT_TRUE(quiet(start.plus_seconds(3 * kDaySeconds)).empty());
  write([&](Txn& txn) { must(txn.interactions().set_voided(mistake.id)); });
  const auto found = quiet(start.plus_seconds(3 * kDaySeconds));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].last_at, start);
}

TEST_P(ReportConformance, a_talk_on_the_deal_that_names_a_lead_is_a_touch_of_the_lead) {
  const Instant start = clock_.now();
  const Lead lead = add(inquiry("shower"));
  Opportunity deal;
  deal.name = "shower";
  Interaction talk;
  talk.at = start.plus_seconds(5 * kDaySeconds);
  write([&](Txn& txn) {
    deal = must(txn.opportunities().insert(deal));
    talk.opportunity = deal.id;
    talk = must(txn.interactions().insert(talk));
    deal.lead = lead.id;
    deal = must(txn.opportunities().update(deal));
  });
  EXPECT_TRUE(quiet(start.plus_seconds(3 * kDaySeconds)).empty());
  write([&](Txn& txn) { must(txn.interactions().set_voided(talk.id)); });
  EXPECT_EQ(quiet(start.plus_seconds(3 * kDaySeconds)).size(), 1u);
}

TEST_P(ReportConformance, quiet_leads_are_open_not_handed_off_and_of_what_is_watched) {
  const Instant later = clock_.now().plus_seconds(kDaySeconds);
  Lead fresh = inquiry("fresh"), qualified = inquiry("qualified"), lost = inquiry("lost"), converted = inquiry("converted");
  fresh.status = LeadStatus::fresh;
  qualified.status = LeadStatus::qualified;
  lost.status = LeadStatus::disqualified;
  add(fresh);
  add(qualified);
  add(lost);
  converted = add(converted);
  deal_of(converted, {});
  add(inquiry("working"));
  EXPECT_EQ(titles(quiet(later)), Titles{"working"});
  EXPECT_EQ(titles(quiet(later, {LeadStatus::fresh, LeadStatus::working})), (Titles{"fresh", "working"}));
  EXPECT_EQ(titles(quiet(later, {}, {CanonicalState::qualified})), Titles{"qualified"});
  EXPECT_TRUE(quiet(later, {}, {}).empty());
}

TEST_P(ReportConformance, a_quiet_lead_says_what_its_person_wants_and_when_it_was_named) {
  const Day monday = *make_day(2026, 3, 2);
  Contact survivor = person("Ana", "Ruiz"), merged = person("A.", "Ruiz");
  survivor.do_not_contact = true;
  survivor = add(survivor);
  merged = add(merged);
  merged.root = survivor.id;
  change(merged);
  Lead of_merged = inquiry("of the merged one"), of_nobody = inquiry("of nobody");
  of_merged.contact = merged.id;
  of_merged = add(of_merged);
  add(of_nobody);
  must(store_->write(org_.id, [&](Txn& txn) { return txn.schedule().set_naming({of_merged.id, monday, monday.plus_days(-4)}); }));
  const auto found = quiet(clock_.now().plus_seconds(1));
  ASSERT_EQ(titles(found), (Titles{"of the merged one", "of nobody"}));
  EXPECT_TRUE(found[0].do_not_contact) << "whoever stands for the merged one is not to be written to";
  EXPECT_EQ(found[0].named_on, monday);
  EXPECT_EQ(found[0].quiet_since, monday.plus_days(-4));
  EXPECT_FALSE(found[1].do_not_contact);
  EXPECT_FALSE(found[1].named_on);
}

TEST_P(ReportConformance, a_walk_ends_with_the_first_error_of_its_reader) {
  add(inquiry("one"));
  add(inquiry("two"));
  int seen = 0;
  read([&](Txn& txn) {
    const Done done = txn.reports().each_open_lead([&](const OpenLead&) -> Done {
      ++seen;
      return make_error(Code::cancelled, "enough");
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, Code::cancelled);
  });
  EXPECT_EQ(seen, 1);
}

TEST_P(ReportConformance, an_open_lead_is_worth_its_deal_and_shows_its_newest_estimate) {
  Lead plain = inquiry("plain", 100'00), deal = inquiry("deal", 100'00), quoted = inquiry("quoted");
  plain.stage = LeadStage::follow_up;
  plain = add(plain);
  deal = add(deal);
  Opportunity opportunity;
  opportunity.amount = Money{500'00, "EUR"};
  deal_of(deal, opportunity);
  quoted = add(quoted);
  Lead closed = inquiry("closed");
  closed.status = LeadStatus::disqualified;
  add(closed);
  const auto estimate = [&](EstimateStatus status, int day, std::int64_t minor) {
    Estimate one;
    one.lead = quoted.id;
    one.amount = Money{minor, "USD"};
    one.status = status;
    one.sent_on = *make_day(2026, 3, day);
    write([&](Txn& txn) { must(txn.opportunities().insert(one)); });
  };
  estimate(EstimateStatus::sent, 3, 3'00);
  estimate(EstimateStatus::rejected, 1, 1'00);
  estimate(EstimateStatus::draft, 4, 4'00);
  std::map<std::int64_t, OpenLead> found;
  read([&](Txn& txn) {
    must(txn.reports().each_open_lead([&](const OpenLead& lead) -> Done {
      found[lead.ref_number] = lead;
      return {};
    }));
  });
  ASSERT_EQ(found.size(), 3u);
  const OpenLead &first = found[plain.head.ref_number], &second = found[deal.head.ref_number], &third = found[quoted.head.ref_number];
  EXPECT_EQ(first.value, (Money{100'00, "USD"}));
  EXPECT_EQ(first.stage, LeadStage::follow_up);
  EXPECT_EQ(first.created_at, plain.head.created_at);
  EXPECT_FALSE(first.handed_off);
  EXPECT_FALSE(first.estimate);
  EXPECT_EQ(second.value, (Money{500'00, "EUR"}));
  EXPECT_TRUE(second.handed_off);
  EXPECT_FALSE(third.value);
  EXPECT_EQ(third.estimate, EstimateStatus::sent);
  EXPECT_EQ(third.estimate_amount, (Money{3'00, "USD"}));
}

TEST_P(ReportConformance, closed_leads_and_sources_are_those_of_the_window) {
  const Instant from = clock_.now();
  Lead lost = inquiry("lost"), early = inquiry("early");
  lost.source = LeadSource::referral;
  lost = add(lost);
  Opportunity deal;
  deal.stage = OpportunityStage::lost;
  deal.lost_reason = LostReason::price;
  deal.amount = Money{70'00, "USD"};
  deal_of(lost, deal);
  lost.closed_at = from.plus_seconds(10);
  early.status = LeadStatus::disqualified;
  early.disqualify_reason = DisqualifyReason::budget;
  early.closed_at = from.plus_seconds(-1);
  add(early);
  write([&](Txn& txn) { lost = must(txn.leads().update(lost)); });
  add(inquiry("open"));
  read([&](Txn& txn) {
    std::vector<ClosedLead> closed;
    must(txn.reports().each_closed_lead(from, from.plus_seconds(11), [&](const ClosedLead& lead) -> Done {
      closed.push_back(lead);
      return {};
    }));
    ASSERT_EQ(closed.size(), 1u);
    EXPECT_EQ(closed[0].state, CanonicalState::lost);
    EXPECT_EQ(closed[0].lost_reason, LostReason::price);
    EXPECT_EQ(closed[0].value, (Money{70'00, "USD"}));
    EXPECT_EQ(closed[0].closed_at, from.plus_seconds(10));
    std::int64_t leads = 0, open = 0;
    for (const SourceCount& count : must(txn.reports().count_created(from, from.plus_seconds(1)))) {
      leads += count.leads;
      open += count.open;
      if (count.source == LeadSource::referral) {
        EXPECT_EQ(count.leads, 1);
        EXPECT_EQ(count.open, 0);
      }
    }
    EXPECT_EQ(leads, 3);
    EXPECT_EQ(open, 1);
    EXPECT_TRUE(must(txn.reports().count_created(from.plus_seconds(1), from.plus_seconds(2))).empty());
  });
}

TEST_P(ReportConformance, lone_deals_are_the_open_ones_and_those_closed_in_the_window) {
  const Instant now = clock_.now();
  const Day first = *make_day(2026, 3, 2), last = *make_day(2026, 3, 9);
  Lead lead = add(inquiry("shower"));
  deal_of(lead, {});
  const auto put = [&](std::string name, OpportunityStage stage, std::optional<Day> closed) {
    Opportunity deal;
    deal.name = std::move(name);
    deal.stage = stage;
    deal.close_date = closed;
    deal.amount = Money{static_cast<std::int64_t>(deal.name.size()), "USD"};
    write([&](Txn& txn) { must(txn.opportunities().insert(deal)); });
  };
  put("o", OpportunityStage::estimating, {});
  put("wo", OpportunityStage::won, first);
  put("los", OpportunityStage::lost, last);
  put("before", OpportunityStage::won, first.plus_days(-1));
  put("after it", OpportunityStage::won, last.plus_days(1));
  put("undat", OpportunityStage::won, {});
  const auto sizes = [&](Instant from, Instant before) {
    std::multiset<std::int64_t> found;
    read([&](Txn& txn) {
      must(txn.reports().each_lone_deal(first, last, from, before, [&](const LoneDeal& deal) -> Done {
        found.insert(deal.amount->minor);
        return {};
      }));
    });
    return found;
  };
  EXPECT_EQ(sizes(now.plus_seconds(1), now.plus_seconds(9)), (std::multiset<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(sizes(now, now.plus_seconds(9)), (std::multiset<std::int64_t>{1, 2, 3, 5}));
}

TEST_P(ReportConformance, what_is_past_its_expected_close_comes_by_value_then_by_age) {
  const Day today = *make_day(2026, 3, 10);
  const auto expecting = [&](std::string title, std::int64_t value, int days_past) {
    Lead lead = inquiry(std::move(title), value);
    lead.expected_close = today.plus_days(-days_past);
    return add(lead);
  };
  expecting("small", 10'00, 1);
  expecting("old", 0, 9);
  expecting("new", 0, 1);
  expecting("today", 900'00, 0);
  Lead with_deal = expecting("with a deal", 1'00, 2), deal_decides = expecting("the deal decides", 1'00, 2);
  Opportunity deal;
  deal.name = "a deal";
  deal.amount = Money{800'00, "USD"};
  deal_of(with_deal, deal);
  deal.name = "a deal with a day";
  deal.amount = Money{700'00, "USD"};
  deal.expected_close = today.plus_days(-3);
  deal_of(deal_decides, deal);
  read([&](Txn& txn) {
    Titles found;
    const auto rows = must(txn.reports().past_expected(today, 10));
    for (const PastExpected& row : rows) found.push_back((row.is_deal ? "deal: " : "lead: ") + row.title);
    EXPECT_EQ(found, (Titles{"deal: with a deal", "deal: a deal with a day", "lead: small", "lead: old", "lead: new"}));
    EXPECT_EQ(must(txn.reports().count_past_expected(today)), 5);
    EXPECT_EQ(must(txn.reports().past_expected(today, 2)).size(), 2u);
    EXPECT_EQ(rows[1].expected, today.plus_days(-3));
  });
}

TEST_P(ReportConformance, follow_ups_and_visits_are_counted_as_they_are_listed) {
  const Day today = *make_day(2026, 3, 10);
  Lead mine = inquiry("mine");
  mine.assignee = owner_.id;
  mine = add(mine);
  const Lead anybodys = add(inquiry("anybody's"));
  const auto promise = [&](const LeadId& lead, int days_past) {
    Interaction talk;
    talk.at = clock_.now();
    talk.lead = lead;
    talk.follow_up = today.plus_days(-days_past);
    talk.follow_up_status = FollowUpStatus::pending;
    write([&](Txn& txn) { must(txn.interactions().insert(talk)); });
  };
  promise(mine.id, 0);
  promise(anybodys.id, 0);
  promise(anybodys.id, 3);
  promise(anybodys.id, -1);
  const auto visit = [&](std::int64_t seconds, AppointmentStatus status) {
    Appointment one;
    one.lead = mine.id;
    one.starts_at = clock_.now().plus_seconds(seconds);
    one.status = status;
    write([&](Txn& txn) { must(txn.opportunities().insert(one)); });
  };
  visit(0, AppointmentStatus::scheduled);
  visit(9, AppointmentStatus::scheduled);
  visit(1, AppointmentStatus::cancelled);
  visit(10, AppointmentStatus::scheduled);
  read([&](Txn& txn) {
    const auto count = [&](const DueFilter& filter) {
      const std::int64_t counted = must(txn.interactions().count_due(filter));
      EXPECT_EQ(must(txn.interactions().due_page(filter, 10)).size(), static_cast<std::size_t>(counted));
      return counted;
    };
    EXPECT_EQ(count({today, today, {}}), 2);
    EXPECT_EQ(count({today, today, owner_.id}), 1);
    EXPECT_EQ(count({std::nullopt, today.plus_days(-1), {}}), 1);
    EXPECT_EQ(count({std::nullopt, today, {}}), 3);
    EXPECT_EQ(must(txn.reports().count_visits(clock_.now(), clock_.now().plus_seconds(10))), 2);
  });
}

TEST_P(ReportConformance, nobody_is_asked_to_do_what_came_to_nothing_or_may_not_be_done) {
  const Day today = *make_day(2026, 3, 10);
  const auto promise = [&](const LeadId& lead, const ContactId& contact, const OpportunityId& deal) {
    Interaction talk;
    talk.at = clock_.now();
    talk.lead = lead;
    talk.contact = contact;
    talk.opportunity = deal;
    talk.follow_up = today;
    talk.follow_up_status = FollowUpStatus::pending;
    write([&](Txn& txn) { must(txn.interactions().insert(talk)); });
  };
  const auto asked_for = [&] {
    std::int64_t counted = 0;
    read([&](Txn& txn) {
      counted = must(txn.interactions().count_due({today, today, {}}));
      EXPECT_EQ(must(txn.interactions().due_page({today, today, {}}, 20)).size(), static_cast<std::size_t>(counted));
    });
    return counted;
  };
  Contact archived = person("Ana", "Ruiz"), barred = person("Bo", "Lee"), merged = person("B.", "Lee");
  archived.archived = true;
  archived = add(archived);
  barred.do_not_contact = true;
  barred = add(barred);
  merged = add(merged);
  merged.root = barred.id;
  change(merged);
  Lead of_merged = inquiry("of the merged one"), won = inquiry("won"), lost = inquiry("disqualified");
  of_merged.contact = merged.id;
  of_merged = add(of_merged);
  won = add(won);
  lost = add(lost);
  promise({}, archived.id, {});
  promise(of_merged.id, {}, {});
  EXPECT_EQ(asked_for(), 0);
  promise(won.id, {}, {});
  promise(lost.id, {}, {});
  EXPECT_EQ(asked_for(), 2);
  Opportunity deal;
  deal.name = "won";
  deal.stage = OpportunityStage::won;
  won.closed_at = lost.closed_at = clock_.now();
  deal_of(won, deal);
  lost.status = LeadStatus::disqualified;
  write([&](Txn& txn) { lost = must(txn.leads().update(lost)); });
  EXPECT_EQ(asked_for(), 1) << "what was promised to whoever was won still holds";
  clock_.advance_seconds(1);
  promise(lost.id, {}, {});
  EXPECT_EQ(asked_for(), 2) << "promised after the end";
  read([&](Txn& txn) { EXPECT_EQ(must(txn.interactions().follow_ups_due(today, 20)).size(), 5u) << "the whole list keeps all"; });
}

}  // namespace
}  // namespace deskhand::testing
