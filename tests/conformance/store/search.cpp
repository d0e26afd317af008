#include "store_fixture.h"

namespace deskhand::testing {
namespace {

using Names = std::vector<std::string>;

TEST_P(StoreConformance, a_phone_is_found_by_any_part_in_any_formatting) {
  Contact ana = person("Ana", "Ruiz", {phone("+12125550142")});
  ana.points[0].as_typed = "212-555-0142";
  add(ana);
  add(person("Bo", "Lee", {phone("+442079460958")}));
  for (const char* words : {"0142", "555-0142", "5550142", "+1212", "(212) 555", "212.555", "+1 (212) 555-0142",
                            "2125550142", "1 212", "212 555 0142"})
    EXPECT_EQ(found(words), Names{"Ana Ruiz"}) << words;
  for (const char* words : {"020 7946 0958", "+44 20 7946", "(0)20 7946 0958", "0958"})
    EXPECT_EQ(found(words), Names{"Bo Lee"}) << words;
  EXPECT_EQ(found("0143"), Names{});
  EXPECT_EQ(found("555"), Names{"Ana Ruiz"});
}

TEST_P(StoreConformance, the_end_of_a_phone_ranks_before_its_middle) {
  add(person("Middle", "Match", {phone("+15550142999")}));
  add(person("Start", "Match", {phone("+4014255512")}));
  add(person("End", "Match", {phone("+12125550142")}));
  EXPECT_EQ(found("0142"), (Names{"End Match", "Middle Match", "Start Match"}));
}

TEST_P(StoreConformance, an_exact_name_ranks_before_a_start_and_that_before_a_part) {
  add(person("Mariana", "Cole"));
  add(person("Ana", "Ruiz"));
  add(person("Anabel", "Roe"));
  add(person("Ana", ""));
  add(person("Rosa", "Ana-Lopez"));
  EXPECT_EQ(found("ana"), (Names{"Ana", "Ana Ruiz", "Anabel Roe", "Rosa Ana-Lopez", "Mariana Cole"}));
}

TEST_P(StoreConformance, names_are_found_in_either_order_and_without_their_accents) {
  add(person("José", "Muñoz"));
  add(person("Mary-Ann", "O'Brien"));
  for (const char* words : {"jose munoz", "Muñoz José", "muñoz", "JOSÉ", "jos mun"})
    EXPECT_EQ(found(words), Names{"José Muñoz"}) << words;
  for (const char* words : {"obrien", "O'Brien", "o’brien", "mary ann", "mary-ann", "Ann O'Br"})
    EXPECT_EQ(found(words), Names{"Mary-Ann O'Brien"}) << words;
}

TEST_P(StoreConformance, words_of_one_or_two_letters_find_names_that_start_with_them) {
  add(person("Al", "Ito"));
  add(person("Bo", "Alvarez"));
  add(person("Zoe", "Balto"));
  EXPECT_EQ(found("al"), (Names{"Al Ito", "Bo Alvarez"}));
  EXPECT_EQ(found("b"), (Names{"Bo Alvarez", "Zoe Balto"}));
  EXPECT_EQ(found("al ito"), Names{"Al Ito"});
  EXPECT_EQ(found("a i"), Names{"Al Ito"});
  EXPECT_EQ(found("李"), Names{});
  add(person("李", "小龍"));
  EXPECT_EQ(found("李").size(), 1u);
  EXPECT_EQ(found("小龍").size(), 1u);
}

TEST_P(StoreConformance, emails_tags_services_and_custom_values_are_found) {
  Contact ana = person("Ana", "Ruiz", {email("ana.maria+home@ruiz-bau.example")});
  ana.tags = {"Spring Offer"};
  ana.services_interested = {"water heater"};
  ana.custom = {{"x_boiler_model", "\"Vaillant ecoTEC 12\""}, {"x_serial", "\"SN-4711\""}};
  add(ana);
  for (const char* words : {"ruiz-bau.example", "ana.maria+home@ruiz-bau.example", "ANA.MARIA", "@ruiz-bau", "spring",
                            "heater", "vaillant", "ecotec", "4711", "ana spring"})
    EXPECT_EQ(found(words), Names{"Ana Ruiz"}) << words;
  EXPECT_EQ(found("ana winter"), Names{});
}

TEST_P(StoreConformance, searching_sees_changes_at_once_and_forgets_what_is_gone) {
  Contact ana = add(person("Ana", "Ruiz", {phone("+15125550142")}));
  ana.last_name = "Castellanos";
  ana.points = {phone("+15125550177")};
  ana = change(ana);
  EXPECT_EQ(found("ruiz"), Names{});
  EXPECT_EQ(found("0142"), Names{});
  EXPECT_EQ(found("castell"), Names{"Ana Castellanos"});
  ana.archived = true;
  change(ana);
  EXPECT_EQ(found("castell"), Names{});
  EXPECT_EQ(found("castell", true), Names{"Ana Castellanos"});
}

TEST_P(StoreConformance, a_hostile_query_finds_nothing_and_breaks_nothing) {
  add(person("Ana", "Ruiz", {phone("+15125550142")}));
  const std::string nul("ana\0ruiz", 8);
  for (const std::string& words : {std::string("\""),
                                   std::string("\"\"\""),
                                   std::string("' OR 1=1 --"),
                                   std::string("ana*"),
                                   std::string("ana NEAR ruiz"),
                                   std::string("content:ana"),
                                   std::string("-ana"),
                                   std::string("^ana"),
                                   std::string("(ana"),
                                   std::string("{ana}"),
                                   std::string("%"),
                                   std::string("_____"),
                                   std::string("\\"),
                                   nul,
                                   std::string("\xff\xfe\x80"),
                                   std::string(100'000, 'a'),
                                   std::string(5'000, '"'),
                                   std::string("AND OR NOT"),
                                   std::string("\t\n "),
                                   std::string(""),
                                   std::string("$1 ?1 :a @b"),
                                   std::string("ana\" OR \"ruiz")}) {
    std::size_t rows = 0;
    read([&](Txn& txn) {
      rows = must(txn.contacts().search(words, true, 20)).size();
      (void)must(txn.leads().search(words, false, 20));
      (void)must(txn.opportunities().search(words, false, 20));
      (void)must(txn.contacts().search_companies(words, 20));
    });
    EXPECT_LE(rows, 1u);
  }
  EXPECT_EQ(found("%"), Names{});
  EXPECT_EQ(found("_____"), Names{});
}

TEST_P(StoreConformance, a_search_gives_no_more_than_asked_and_always_in_one_order) {
  for (int number = 0; number < 30; ++number) add(person("Ana", "Same"));
  std::vector<std::string> first, second;
  const auto ids = [&](std::vector<std::string>& list) {
    read([&](Txn& txn) {
      for (const Contact& each : must(txn.contacts().search("ana same", false, 7))) list.push_back(each.id.text());
    });
  };
  ids(first);
  ids(second);
  EXPECT_EQ(first.size(), 7u);
  EXPECT_EQ(first, second);
}

TEST_P(StoreConformance, a_lead_is_found_by_its_words_and_by_whose_it_is) {
  Contact ana = add(person("Ana", "Ruiz"));
  Lead shower;
  shower.title = "Leaking shower";
  shower.description = "drips since Tuesday, upstairs bath";
  shower.contact = ana.id;
  shower.custom = {{"x_unit", "\"B-12\""}};
  shower = add(shower);
  const auto titles = [&](std::string_view words, bool open_only) {
    Names names;
    read([&](Txn& txn) {
      for (const Lead& each : must(txn.leads().search(words, open_only, 20))) names.push_back(each.title);
    });
    return names;
  };
  for (const char* words : {"shower", "ruiz shower", "upstairs", "leak ana", "b-12"})
    EXPECT_EQ(titles(words, true), Names{"Leaking shower"}) << words;
  ana = contact(ana.id);
  ana.last_name = "Castellanos";
  change(ana);
  EXPECT_EQ(titles("castellanos", true), Names{"Leaking shower"});
  EXPECT_EQ(titles("ruiz", true), Names{});
  shower = lead(shower.id);
  shower.status = LeadStatus::disqualified;
  shower.disqualify_reason = DisqualifyReason::budget;
  write([&](Txn& txn) { must(txn.leads().update(shower)); });
  EXPECT_EQ(titles("shower", true), Names{});
  EXPECT_EQ(titles("shower", false), Names{"Leaking shower"});
}

TEST_P(StoreConformance, an_opportunity_is_found_by_its_name_and_by_whose_it_is) {
  const Contact ana = add(person("Ana", "Ruiz"));
  Opportunity opportunity;
  opportunity.name = "New water heater";
  opportunity.contact = ana.id;
  write([&](Txn& txn) { opportunity = must(txn.opportunities().insert(opportunity)); });
  const auto hits = [&](std::string_view words, bool open_only) {
    std::size_t count = 0;
    read([&](Txn& txn) { count = must(txn.opportunities().search(words, open_only, 20)).size(); });
    return count;
  };
  EXPECT_EQ(hits("heater", true), 1u);
  EXPECT_EQ(hits("ruiz", true), 1u);
  opportunity.stage = OpportunityStage::lost;
  write([&](Txn& txn) { must(txn.opportunities().update(opportunity)); });
  EXPECT_EQ(hits("heater", true), 0u);
  EXPECT_EQ(hits("heater", false), 1u);
}

}  // namespace
}  // namespace deskhand::testing
