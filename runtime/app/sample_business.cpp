#include "app/sample_business.h"

#include "base/json.h"

namespace deskhand::app {
namespace {

class Sample {
 public:
  Sample(Runtime& runtime, Day today) : runtime_(runtime), today_(today) {}

  Done fill() {
    person("Ana Ruiz", "512-555-0142", "ana@ruiz.example", "9 Oak St, Austin, TX 78704");
    person("Marcus Mendes", "512-555-0117", "marcus.mendes@mail.example", "412 Pecan Ave, Austin, TX 78741");
    person("Priya Shah", "512-555-0163", "priya@shahdental.example", "1800 Lamar Blvd, Austin, TX 78701");
    person("Tom O'Brien", "737-555-0128", "", "77 Cedar Ct, Round Rock, TX 78664");
    person("Helen van der Berg", "512-555-0190", "helen.vdb@mail.example", "25 Elm Ln, Austin, TX 78745");
    call("create_lead", {{"title", "Leaking shower"}, {"contact", "C-1"}, {"source", "phone_call"}, {"estimated_value", "$450"}});
    call("create_lead", {{"title", "Water heater replacement"}, {"contact", "C-2"}, {"source", "web_form"}, {"estimated_value", "$2,400"}});
    call("create_lead", {{"title", "Two new sinks for the practice"}, {"contact", "C-3"}, {"source", "referral"}, {"estimated_value", "$3,800"}});
    call("create_lead", {{"title", "Slow kitchen drain"}, {"contact", "C-4"}, {"source", "phone_call"}});
    call("log_interaction", {{"type", "phone_call"}, {"direction", "inbound"}, {"lead", "L-1"}, {"outcome", "spoke"}, {"date", day(-6)},
                             {"body", "Shower drips day and night, she would like somebody to look at it."}});
    call("record_estimate", {{"lead", "L-2"}, {"amount", "$2,400"}});
    call("log_interaction", {{"type", "phone_call"}, {"direction", "outbound"}, {"lead", "L-2"}, {"outcome", "left_voicemail"},
                             {"body", "Left a message about the estimate."}, {"follow_up_date", day(0)}, {"follow_up_topic", "the water heater estimate"}});
    call("log_interaction", {{"type", "meeting"}, {"lead", "L-3"}, {"outcome", "spoke"}, {"date", day(-1)}, {"body", "Measured both rooms, wants a price this week."},
                             {"follow_up_date", day(1)}, {"follow_up_topic", "the price for the sinks"}});
    return done_;
  }

 private:
  std::string day(int from_today) const { return to_iso(today_.plus_days(from_today)); }
  void person(const char* name, const char* phone, const char* email, const char* address) {
    Json arguments{{"name", name}, {"phone", phone}, {"address", address}};
    if (*email != '\0') arguments["email"] = email;
    call("create_contact", std::move(arguments));
  }
  void call(const char* tool, Json arguments) {
    if (!done_) return;
    const toolbox::CallResult result = runtime_.call(tool, to_text(arguments), "command line");
    if (!result.ok) done_ = make_error(result.code, "The sample could not be made: " + result.error, result.error_detail);
  }

  Runtime& runtime_;
  Day today_;
  Done done_;
};

}  // namespace

Done fill_with_sample(Runtime& runtime) {
  bool empty = false;
  const Done read = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    ContactFilter any;
    any.include_archived = true;
    any.rows_max = 1;
    auto rows = txn.contacts().list(any);
    if (!rows) return rows.error();
    empty = rows->empty();
    return {};
  });
  if (!read) return read;
  if (!empty) return make_error(Code::conflict, "The record holds customers already; make the sample in another folder with --data.");
  auto zone = Zone::find(runtime.org().timezone);
  if (!zone) return zone.error();
  return Sample(runtime, zone->day_of(runtime.clock().now())).fill();
}

}  // namespace deskhand::app
