#include "app/sample_business.h"

#include "base/json.h"

namespace deskhand::app {
namespace {

class Sample {
 public:
  Sample(Runtime& runtime, PinnedClock& clock, const Zone& zone) : runtime_(runtime), clock_(clock), zone_(zone), now_(clock.now()), today_(zone.day_of(now_)) {}

  // Each record is made on its day, so that what went quiet has been quiet since then.
  Done fill() {
    at(kSampleDaysBack, 9);
    person("Ana Ruiz", "512-555-0142", "ana@ruiz.example", "9 Oak St, Austin, TX 78704");
    person("Helen van der Berg", "512-555-0190", "helen.vdb@mail.example", "25 Elm Ln, Austin, TX 78745");
    at(13, 10);
    person("Tom O'Brien", "737-555-0128", "", "77 Cedar Ct, Round Rock, TX 78664");
    call("create_lead", {{"title", "Slow kitchen drain"}, {"contact", "Tom O'Brien"}, {"source", "phone_call"}});
    call("log_interaction", {{"type", "phone_call"}, {"direction", "inbound"}, {"contact", "Tom O'Brien"}, {"lead", "Slow kitchen drain"}, {"outcome", "spoke"},
                             {"body", "The kitchen drain backs up now and then; he was in no hurry."}});
    at(9, 11);
    person("Marcus Mendes", "512-555-0117", "marcus.mendes@mail.example", "412 Pecan Ave, Austin, TX 78741");
    call("create_lead", {{"title", "Water heater replacement"}, {"contact", "Marcus Mendes"}, {"source", "web_form"}, {"estimated_value", "$2,400"}});
    at(6, 9);
    call("create_lead", {{"title", "Leaking shower"}, {"contact", "Ana Ruiz"}, {"source", "phone_call"}, {"estimated_value", "$450"}});
    call("log_interaction", {{"type", "phone_call"}, {"direction", "inbound"}, {"lead", "Leaking shower"}, {"outcome", "spoke"},
                             {"body", "Shower drips day and night, she would like somebody to look at it."}});
    at(5, 15);
    call("record_estimate", {{"lead", "Water heater replacement"}, {"amount", "$2,400"}});
    at(3, 16);
    person("Priya Shah", "512-555-0163", "priya@shahdental.example", "1800 Lamar Blvd, Austin, TX 78701");
    call("create_lead", {{"title", "Two new sinks for the practice"}, {"contact", "Priya Shah"}, {"source", "referral"}, {"estimated_value", "$3,800"}});
    at(1, 14);
    call("log_interaction", {{"type", "phone_call"}, {"direction", "outbound"}, {"lead", "Water heater replacement"}, {"outcome", "left_voicemail"},
                             {"body", "Left a message about the estimate."}, {"follow_up_date", day(0)}, {"follow_up_topic", "the water heater estimate"}});
    call("log_interaction", {{"type", "meeting"}, {"lead", "Two new sinks for the practice"}, {"outcome", "spoke"}, {"body", "Measured both rooms, wants a price this week."},
                             {"follow_up_date", day(1)}, {"follow_up_topic", "the price for the sinks"}});
    clock_.set(now_);
    return done_;
  }

 private:
  // So many days ago at that hour.
  void at(int days_back, int hour) {
    const Instant then = zone_.to_instant({today_.plus_days(-days_back), hour * 60, 0});
    if (then < now_) clock_.set(then);
  }
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
  PinnedClock& clock_;
  const Zone& zone_;
  const Instant now_;
  const Day today_;
  Done done_;
};

}  // namespace

Done fill_with_sample(Runtime& runtime, PinnedClock& clock, Instant now) {
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
  clock.set(now);
  return Sample(runtime, clock, *zone).fill();
}

}  // namespace deskhand::app
