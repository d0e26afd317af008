// Every single change can be taken back by the ref it was reported with, and a field the owner added works like any
// other.
#include "tests/unit/tools/shop.h"

namespace deskhand::tools::testing {
namespace {

class TakenBack : public Shop {
 protected:
  void SetUp() override {
    Shop::SetUp();
    lead(ana(), "Leaking shower", 2400);
  }
  // Everything the record says of the person and of the lead.
  std::string picture() {
    Json lead = *done("show_lead", {{"lead", "L-1"}}).data, contact = *done("show_contact", {{"contact", "C-1"}}).data;
    for (Json* each : {&lead, &contact})
      for (const char* name : {"updated_at", "last_activity_at", "last_contacted_at"}) each->erase(name);
    for (Json& each : contact["leads"]) each.erase("updated_at");
    lead["contact"].erase("updated_at");
    for (const char* name : {"last_activity_at", "last_contacted_at"}) lead["contact"].erase(name);
    for (Json& each : contact["leads"]) each.erase("last_activity_at");
    return to_text(lead) + to_text(contact);
  }
};

TEST_F(TakenBack, is_every_kind_of_change) {
  const std::pair<const char*, Json> kChanges[] = {
      {"update_contact", {{"contact", "C-1"}, {"phone", "512-555-0100"}, {"add_tags", {"vip"}}}},
      {"archive_contact", {{"contact", "C-1"}, {"reason", "moved"}}},
      {"set_do_not_contact", {{"contact", "C-1"}}},
      {"update_lead", {{"lead", "L-1"}, {"title", "Shower"}, {"estimated_value", 1}}},
      {"qualify_lead", {{"lead", "L-1"}, {"prepare_estimate", true}}},
      {"disqualify_lead", {{"lead", "L-1"}, {"reason", "budget"}}},
      {"move_stage", {{"lead", "L-1"}, {"stage", "booked"}}},
      {"record_estimate", {{"lead", "L-1"}, {"amount", 100}}},
      {"lose_opportunity", {{"lead", "L-1"}, {"reason", "price"}}},
      {"convert_lead", {{"lead", "L-1"}}}};
  for (const auto& [tool, arguments] : kChanges) {
    const std::string before = picture();
    const auto changed = done(tool, arguments);
    ASSERT_FALSE(changed.undo_ref.empty()) << tool;
    EXPECT_NE(picture(), before) << tool;
    done("undo", {{"ref", changed.undo_ref}});
    EXPECT_EQ(picture(), before) << tool;
  }
}

TEST_F(TakenBack, is_a_win_with_all_that_followed_from_it) {
  const std::string before = picture();
  const auto won = yes(parked("win_opportunity", {{"lead", "L-1"}}));
  ASSERT_FALSE(won.undo_ref.empty());
  done("undo", {{"ref", won.undo_ref}});
  EXPECT_EQ(picture(), before);
  EXPECT_EQ(contact(1).lifecycle, Lifecycle::prospect);
}

TEST_F(TakenBack, is_a_whole_inquiry) {
  const auto made = done("capture_inquiry",
                         {{"name", "Bo Larsen"}, {"phone", "512-555-0177"}, {"title", "Boiler"}, {"source", "email"}});
  done("undo", {{"ref", made.undo_ref}});
  EXPECT_EQ((*done("list_leads", {{"text", "Boiler"}}).data)["total"], 0);
  EXPECT_EQ((*done("find_contact", {{"query", "Bo Larsen"}}).data)["count"], 0);
}

class OwnFields : public Shop {
 protected:
  void SetUp() override {
    Shop::SetUp();
    Json crm = *parse_json(read_file(std::string(DESKHAND_SOURCE_DIR) + "/schemas/crm.json"), limits::kSchemaBytes);
    crm["definitions"]["contact"]["properties"]["x_gate_code"] = {
        {"type", "string"}, {"maxLength", 20}, {"description", "How to get in."}};
    crm["definitions"]["lead"]["properties"]["x_boiler_model"] = {
        {"type", "string"}, {"enum", {"Vitodens", "Logamax"}}, {"description", "Which boiler."}};
    auto records = schema::load_record_schemas(
        to_text(crm), read_file(std::string(DESKHAND_SOURCE_DIR) + "/schemas/opportunity.json"));
    ASSERT_TRUE(records) << records.error().message;
    auto procedure = procedure::parse_procedure(
        read_file(std::string(DESKHAND_SOURCE_DIR) + "/tests/fixtures/procedures/core_as_delivered.md"), "crm.md");
    auto toolbox =
        toolbox::Toolbox::make(make_tools(*records, *procedure), guard::all_guards(), *opened_.store, clock_, random_);
    ASSERT_TRUE(toolbox) << toolbox.error().message;
    toolbox_ = std::move(*toolbox);
  }
};

TEST_F(OwnFields, are_accepted_checked_shown_found_and_cleared) {
  done("create_contact", {{"name", "Ana Ruiz"}, {"phone", "512-555-0142"}, {"x_gate_code", "4711"}});
  EXPECT_EQ((*done("show_contact", {{"contact", "Ana"}}).data)["x_gate_code"], "4711");
  EXPECT_TRUE(says(done("show_contact", {{"contact", "Ana"}}).text, "gate code: 4711"));
  EXPECT_EQ((*done("find_contact", {{"query", "4711"}}).data)["count"], 1);
  done("create_lead", {{"contact", "Ana"}, {"title", "Boiler"}, {"x_boiler_model", "Vitodens"}});
  EXPECT_TRUE(says(refused("update_lead", {{"lead", "L-1"}, {"x_boiler_model", "Vitodns"}}), "Vitodens"));
  EXPECT_EQ((*done("list_leads", {{"text", "Vitodens"}}).data)["total"], 1);
  done("update_contact", {{"contact", "Ana"}, {"x_gate_code", nullptr}});
  EXPECT_FALSE(done("show_contact", {{"contact", "Ana"}}).data->contains("x_gate_code"));
}

}  // namespace
}  // namespace deskhand::tools::testing
