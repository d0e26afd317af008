// The office with every tool there is, in the words of a procedure: what the tests of whole customer stories act on.
#pragma once

#include "tests/unit/tools/office.h"
#include "tools/catalogue.h"

namespace deskhand::tools::testing {

class Shop : public Office {
 protected:
  void SetUp() override {
    Office::SetUp();
    follow("core_as_delivered.md");
  }

  void follow(const std::string& fixture) {
    auto procedure = procedure::parse_procedure(
        read_file(std::string(DESKHAND_SOURCE_DIR) + "/tests/fixtures/procedures/" + fixture), fixture);
    ASSERT_TRUE(procedure) << procedure.error().message;
    auto toolbox = toolbox::Toolbox::make(make_tools(shipped_schemas(), *procedure), guard::all_guards(),
                                          *opened_.store, clock_, random_, make_consequence(*procedure));
    ASSERT_TRUE(toolbox) << toolbox.error().message;
    toolbox_ = std::move(*toolbox);
  }

  toolbox::CallResult as_model(const std::string& tool, const Json& arguments) {
    return call_as(model(), tool, arguments);
  }
  // The call has to fail with this code, and the reason comes back.
  std::string refused(const std::string& tool, const Json& arguments, Code code = Code::invalid_argument) {
    const toolbox::CallResult result = call(tool, arguments);
    EXPECT_FALSE(result.ok) << tool << ": " << result.text;
    EXPECT_EQ(code_name(result.code), code_name(code)) << result.error;
    EXPECT_EQ(result.error.find('\n'), std::string::npos) << result.error;
    return result.error;
  }
  // The call has to park one question, which comes back.
  Approval parked(const std::string& tool, const Json& arguments) {
    const toolbox::CallResult result = call(tool, arguments);
    EXPECT_TRUE(result.ok) << tool << ": " << result.error;
    EXPECT_EQ(result.parked.size(), 1u) << tool << ": " << result.text;
    return result.parked.empty() ? Approval{} : result.parked.front();
  }
  toolbox::CallResult yes(const Approval& approval) {
    const toolbox::CallResult result = decide(approval, "approve");
    EXPECT_TRUE(result.ok) << result.error << " " << result.error_detail;
    EXPECT_TRUE(result.decided && result.decided->status == ApprovalStatus::approved) << result.text;
    return result;
  }
  std::vector<Approval> waiting() {
    return look([](Txn& txn) { return txn.approvals().pending(50); });
  }
  std::vector<Handoff> handoffs() {
    return look([](Txn& txn) { return txn.opportunities().open_handoffs(50); });
  }
  Contact contact(std::int64_t number) {
    return look([&](Txn& txn) { return txn.contacts().find_by_ref(number); });
  }
  Lead lead_at(std::int64_t number) {
    return look([&](Txn& txn) { return txn.leads().find_by_ref(number); });
  }
  Opportunity deal(std::int64_t number) {
    return look([&](Txn& txn) { return txn.opportunities().find_by_ref(number); });
  }
  // Newest first.
  std::vector<Interaction> history_of(const Lead& lead) {
    return look([&](Txn& txn) { return txn.interactions().of_lead(lead.id, 50); });
  }
  std::vector<Contact> people() {
    return look([](Txn& txn) { return txn.contacts().list({}); });
  }
  // After every test nothing may stand in the record that the audit does not explain.
  void TearDown() override {
    const auto report = opened_.system->verify(org_.id);
    EXPECT_TRUE(report && report->findings.empty());
    Office::TearDown();
  }
};

inline bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace deskhand::tools::testing
