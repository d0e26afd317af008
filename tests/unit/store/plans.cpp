// No query walks a whole table or a whole org: each finds its rows by an index, or reads an index in the order it
// wants.
// GCC 12 takes the inside of std::regex for uninitialized when sanitizers are on (GCC bug 105562).
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#include <regex>
#pragma GCC diagnostic pop

#include "sample.h"
#include "store/session.h"
#include "store/sqlite/connection.h"
#include "store/txn.h"

namespace deskhand::testing {
namespace {

// Asks everything a Txn can be asked, so that every statement has been prepared.
void ask_everything(Txn& txn, const TestClock& clock) {
  const ContactId contact("c");
  const LeadId lead("l");
  const Day day = *make_day(2026, 3, 1);
  for (const auto order : {ContactFilter::Order::name, ContactFilter::Order::updated_newest,
                           ContactFilter::Order::created_newest, ContactFilter::Order::last_contact_oldest}) {
    ContactFilter filter;
    filter.order = order;
    must(txn.contacts().list(filter));
    filter.tag = "vip";
    must(txn.contacts().list(filter));
  }
  (void)txn.contacts().find(contact);
  (void)txn.contacts().find_by_ref(1);
  (void)txn.contacts().find_live(contact);
  must(txn.contacts().find_by_point(PointKind::phone, "+1"));
  for (const char* words : {"ruiz", "ru", "0142", "ana ru"}) {
    must(txn.contacts().search(words, false, 20));
    must(txn.leads().search(words, true, 20));
    must(txn.opportunities().search(words, true, 20));
    must(txn.contacts().search_companies(words, 20));
  }
  must(txn.contacts().merged_into(contact));
  (void)txn.contacts().find_company(CompanyId("b"));
  (void)txn.contacts().find_company_by_ref(1);
  for (const auto order :
       {LeadFilter::Order::created_newest, LeadFilter::Order::created_oldest, LeadFilter::Order::activity_oldest}) {
    LeadFilter filter;
    filter.order = order;
    must(txn.leads().list(filter));
    filter.open_only = true;
    must(txn.leads().list(filter));
  }
  LeadFilter of_contact;
  of_contact.contact = contact;
  must(txn.leads().list(of_contact));
  must(txn.leads().count(of_contact));
  (void)txn.leads().find(lead);
  (void)txn.leads().find_by_ref(1);
  (void)txn.opportunities().find(OpportunityId("o"));
  (void)txn.opportunities().find_by_ref(1);
  must(txn.opportunities().estimates_of(lead));
  must(txn.opportunities().appointments_between({0}, {1}, 5));
  must(txn.opportunities().appointments_of(contact, 5));
  (void)txn.interactions().find_by_ref(1);
  must(txn.interactions().of_contact(contact, 5));
  must(txn.interactions().of_lead(lead, 5));
  must(txn.interactions().follow_ups_due(day, 5));
  must(txn.interactions().due_page({day, day, UserId("u")}, 5));
  must(txn.interactions().count_due({day, day, UserId("u")}));
  must(txn.interactions().pending_follow_ups(contact, 5));
  must(txn.interactions().reminders_due(day, 5));
  must(txn.interactions().timed_reminders(day, 5));
  (void)txn.messages().find(MessageId("m"));
  must(txn.messages().open_drafts(5));
  must(txn.messages().of_contact(contact, 5));
  must(txn.approvals().pending(5));
  must(txn.approvals().pending_of_contact(contact));
  must(txn.approvals().pending_of_message(MessageId("m")));
  must(txn.approvals().recent(5));
  must(txn.approvals().count_pending());
  must(txn.approvals().standing_grants(clock.now()));
  must(txn.outbox().list(std::nullopt, 5));
  must(txn.outbox().list(OutboxState::queued, 5));
  must(txn.outbox().of_message(MessageId("m")));
  must(txn.audit().recent(5));
  (void)txn.audit().find_undo(1);
  (void)txn.audit().find(1);
  must(txn.audit().count_actions("model:", {"create_contact"}, clock.now()));
  must(txn.conversations().recent_runs(5));
  must(txn.conversations().unfinished_runs(5));
  (void)txn.conversations().find(ConversationId("c"));
  must(txn.conversations().steps_of(RunId("r")));
  must(txn.conversations().last_steps(ConversationId("c"), 5));
  must(txn.conversations().cards_shown(ConversationId("c"), 5));
  must(txn.conversations().last_list(ConversationId("c")));
  must(txn.schedule().find_job("morning_list", day));
  must(txn.schedule().job_before("morning_list", day));
  must(txn.schedule().last_job("morning_list"));
  must(txn.schedule().pauses());
  must(txn.schedule().undelivered(UserId("u"), "email", 5));
  must(txn.schedule().naming_of(lead));
  const auto pass = [](const auto&) -> Done { return {}; };
  must(txn.reports().each_open_lead(pass));
  must(txn.reports().each_closed_lead({0}, {1}, pass));
  must(txn.reports().each_lone_deal(day, day, {0}, {1}, pass));
  must(txn.reports().each_quiet_lead({{1}, {LeadStatus::working}, {CanonicalState::qualified}}, pass));
  must(txn.reports().count_created({0}, {1}));
  must(txn.reports().count_visits({0}, {1}));
  must(txn.reports().count_past_expected(day));
  must(txn.reports().past_expected(day, 5));
  must(txn.nurture().stages());
  must(txn.nurture().open_of(lead));
  must(txn.nurture().all_of(lead, 5));
  must(txn.nurture().open_of_contact(contact, 5));
  must(txn.nurture().open(5));
  must(txn.nurture().due(day, 5));
  must(txn.nurture().newest_interaction());
  must(txn.nurture().entries_of(lead, 5));
  must(txn.nurture().entries_since(clock.now(), NurtureEvent::proposed, 5));
  must(txn.nurture().overdue_in_stage(CanonicalState::quoted, clock.now(), 5));
  must(txn.nurture().count_overdue_in_stage(CanonicalState::quoted, clock.now()));
  must(txn.spending().standing(RunId("r"), ConversationId("c"), day));
  for (const SpendBy by : {SpendBy::day, SpendBy::model, SpendBy::conversation}) must(txn.spending().sums(by, day, 5));
}

TEST(Plans, find_rows_by_an_index_and_never_walk_an_org) {
  Sample sample;
  auto connection = must(store::SqliteConnection::open(
      {.path = sample.path(), .role = store::Role::reader, .busy_timeout_ms = 5'000, .vfs = {}}));
  store::Session session(*connection, sample.org.id, sample.clock, sample.random, store::Session::Access::read);
  store::SqlTxn txn(session);
  ask_everything(txn, sample.clock);
  std::vector<std::string> statements;
  must(connection->run("SELECT sql FROM sqlite_stmt", {}, [&](const store::Row& row) -> Done {
    const std::string sql(row.bytes(0));
    if (sql.find("org_id = $1") != std::string::npos) statements.push_back(sql);
    return {};
  }));
  EXPECT_GT(statements.size(), 60u);
  RawFile file(sample.path());
  for (const std::string& sql : statements) {
    std::string plan;
    sqlite3_stmt* explain = nullptr;
    ASSERT_EQ(sqlite3_prepare_v2(file.handle(), ("EXPLAIN QUERY PLAN " + sql).c_str(), -1, &explain, nullptr),
              SQLITE_OK)
        << sql;
    while (sqlite3_step(explain) == SQLITE_ROW)
      plan += std::string(reinterpret_cast<const char*>(sqlite3_column_text(explain, 3))) + "\n";
    sqlite3_finalize(explain);
    // A scan is fine over what the query made itself, or over the few rows of a partial index.
    static const std::regex table_scan(
        "SCAN (?!(f|family|chain|past|CONSTANT ROW|search_index|hits|\\(subquery|SUBQUERY)\\b)");
    EXPECT_FALSE(std::regex_search(plan, table_scan)) << sql << "\n" << plan;
    EXPECT_EQ(plan.find("BLOOM"), std::string::npos) << sql << "\n" << plan;
    EXPECT_EQ(plan.find("AUTOMATIC"), std::string::npos) << sql << "\n" << plan;
    // By the org alone is fine where the index gives the order; sorting a whole org is not.
    const bool by_org_alone =
        std::regex_search(plan, std::regex("SEARCH (?!r |companies|handoffs)\\w+ USING [A-Z ]*INDEX "
                                           "(?!approvals_pending|messages_open|runs_unfinished|reminders_due|grants_"
                                           "standing|interactions_due)\\w+ \\(org_id=\\?( AND archived=\\?)?\\)"));
    EXPECT_FALSE(by_org_alone && plan.find("USE TEMP B-TREE FOR ORDER BY") != std::string::npos) << sql << "\n" << plan;
  }
}

}  // namespace
}  // namespace deskhand::testing
