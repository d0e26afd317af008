#include "app/simulate/simulation.h"

#include <algorithm>
#include <array>

#include "app/simulate/business.h"
#include "app/simulate/promises.h"
#include "base/json.h"
#include "base/text.h"

namespace deskhand::app::simulate {
namespace {

constexpr std::array<std::string_view, 4> kZones = {"America/Chicago", "Europe/Berlin", "Australia/Lord_Howe",
                                                    "Pacific/Apia"};
constexpr int kCardsAnswered = 6;  // in one sitting
constexpr int kEventsADay = 5;

struct Customer {
  std::string name, address, last_mail;
  std::string contact, lead;  // refs once they are on file
  bool wrote = false, opted_out = false;
};

const std::vector<std::string> kFirstNames{"Ana",   "Bo",   "Carla", "Dmitri", "Elena", "Farid",
                                           "Grace", "Hugo", "Ines",  "Jamal",  "Kira",  "Liam"};
const std::vector<std::string> kLastNames{"Ruiz",  "Lee",   "Mendes", "Novak",  "Okafor", "Petrov",
                                          "Quinn", "Rossi", "Silva",  "Tanaka", "Ueda",   "Varga"};
const std::vector<std::string> kJobs{"a leaking shower",        "the boiler that makes a noise", "a new water heater",
                                     "a blocked kitchen drain", "two radiators that stay cold",  "a tap in the garden"};
const std::vector<std::string> kReplies{"Thank you. Could you come next week?",
                                        "That is more than I expected, let me think about it.",
                                        "Sounds good, please go ahead.", "We have not decided yet."};

class Simulation {
 public:
  Simulation(const Wish& wish, Business& business, Told& told)
      : wish_(wish), business_(business), told_(told), dice_(wish.seed), promises_(business) {
    for (int number = 0; number < wish.customers; ++number) {
      Customer customer;
      customer.name = kFirstNames[static_cast<std::size_t>(number) % kFirstNames.size()] + " " +
                      kLastNames[static_cast<std::size_t>(number / 12) % kLastNames.size()];
      customer.address = "customer" + std::to_string(number) + "@mail.example";
      customers_.push_back(std::move(customer));
    }
  }

  Done run(Day first) {
    for (int passed = 0; passed < wish_.days && told_.violation.empty(); ++passed) {
      today_ = first.plus_days(passed);
      if (!business_.zone().has_day(today_)) continue;
      if (off_until_ && today_ < *off_until_) {
        ++told_.days_off;
        continue;
      }
      if (dice_.percent(4)) off_until_ = today_.plus_days(1 + dice_.below(9));
      if (Done done = live_through_day(); !done) return done;
      note(promises_.check_day(), "the day's end");
    }
    told_.sent = promises_.sent();
    told_.notices = promises_.notices();
    return {};
  }

 private:
  void note(const std::string& broken, std::string_view step) {
    ++told_.checks;
    if (!broken.empty() && told_.violation.empty())
      told_.violation = to_iso(today_) + ", after " + std::string(step) + ": " + broken;
  }

  Done live_through_day() {
    std::vector<int> minutes;
    for (int event = 0; event < kEventsADay; ++event) minutes.push_back(6 * 60 + dice_.below(16 * 60));
    minutes.push_back(dice_.below(6 * 60));  // somebody writes at night, also while clocks are changed
    std::sort(minutes.begin(), minutes.end());
    for (const int minute : minutes) {
      if (!told_.violation.empty()) return {};
      business_.clock().set(business_.zone().to_instant({today_, minute, 0}));
      if (Done done = happen(); !done) return done;
      if (Done done = round(); !done) return done;
    }
    return {};
  }

  // One thing that happens; what it is called is told with a violation.
  Done happen() {
    struct Event {
      int chance;
      std::string_view name;
      Done (Simulation::*act)();
    };
    static constexpr Event kEvents[] = {{22, "a new inquiry", &Simulation::inquire},
                                        {10, "a mail that came twice", &Simulation::repeat},
                                        {14, "an answer", &Simulation::reply},
                                        {12, "a call", &Simulation::phone},
                                        {22, "the owner's sitting", &Simulation::sit},
                                        {6, "a follow-up", &Simulation::follow_up},
                                        {3, "a job won", &Simulation::win},
                                        {3, "a lead given up", &Simulation::give_up},
                                        {2, "a complaint", &Simulation::opt_out},
                                        {3, "a restart", &Simulation::restart},
                                        {2, "a clock set wrong", &Simulation::misset},
                                        {1, "mail blocked or free", &Simulation::block}};
    int roll = dice_.below(100);
    for (const Event& event : kEvents) {
      roll -= event.chance;
      if (roll >= 0) continue;
      ++told_.steps;
      if (Done done = (this->*event.act)(); !done) return done;
      note(promises_.check_step(), event.name);
      return {};
    }
    return {};
  }

  Done round() {
    auto ran = business_.runtime().scheduler().run_due();
    if (!ran) return ran.error();
    told_.jobs += static_cast<std::int64_t>(ran->size());
    for (const schedule::RanJob& job : *ran)
      if (!job.done) note(job.behaviour + " failed: " + job.result, "a round of the calendar");
    auto delivered = business_.runtime().deliver();
    if (!delivered) return delivered.error();
    note(promises_.check_calendar(), "a round of the calendar");
    note(promises_.check_step(), "a round of the calendar");
    return {};
  }

  Done inquire() {
    Customer& customer = customers_[static_cast<std::size_t>(dice_.below(static_cast<int>(customers_.size())))];
    const std::string job = dice_.of(kJobs);
    return hand_in(
        customer, "Question about " + job,
        "Hello,\n\nI need help with " + job + ". Could you give me a price?\n\nThanks,\n" + customer.name + "\n");
  }

  Done reply() {
    Customer* customer = some_customer();
    if (customer == nullptr) return {};
    return hand_in(*customer, "Re: your message", dice_.of(kReplies) + "\n\n" + customer->name + "\n");
  }

  Done hand_in(Customer& customer, const std::string& subject, const std::string& body) {
    customer.last_mail = "From: " + customer.name + " <" + customer.address +
                         ">\r\nTo: office@flores.example\r\nSubject: " + subject + "\r\nMessage-ID: <" +
                         std::to_string(++mail_number_) + "." + std::to_string(wish_.seed) +
                         "@mail.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body;
    auto outcome =
        business_.runtime().mail_intake().take(business_.runtime().org().id, customer.last_mail, "simulation");
    if (!outcome) return outcome.error();
    ++told_.mails_in;
    customer.wrote = true;
    if (outcome->contact) customer.contact = outcome->contact->ref;
    if (outcome->lead && outcome->lead->ref != customer.lead) {
      customer.lead = outcome->lead->ref;
      ++told_.leads;
    }
    return {};
  }

  Done repeat() {
    Customer* customer = some_customer();
    if (customer == nullptr || customer->last_mail.empty()) return {};
    auto outcome =
        business_.runtime().mail_intake().take(business_.runtime().org().id, customer->last_mail, "simulation");
    if (!outcome) return outcome.error();
    if (outcome->action != IntakeAction::duplicate)
      note("a mail handed in twice was taken twice", "a mail that came twice");
    return {};
  }

  Done phone() {
    Customer* customer = some_customer();
    if (customer == nullptr || customer->contact.empty()) return {};
    Json call{{"contact", customer->contact}, {"type", "phone_call"}, {"body", "Spoke about the job."}};
    if (dice_.percent(60)) {
      call["follow_up_date"] = to_iso(today_.plus_days(1 + dice_.below(10)));
      call["follow_up_topic"] = "call back about the price";
    }
    business_.call("log_interaction", call);
    return {};
  }

  // The owner opens the chat: reads what the calendar has, answers some of it by number, and the cards that came of it.
  Done sit() {
    auto news = business_.news();
    if (!news) return news.error();
    const std::size_t lines = *news ? (*news)->list.size() : 0;
    if (lines > 0) {
      std::string answer;
      for (std::size_t number = 1; number <= std::min<std::size_t>(lines, 4); ++number) {
        static const std::vector<std::string> kSaid{"draft", "later Friday", "done", "no", "later"};
        answer += (answer.empty() ? "" : "; ") + std::to_string(number) + " " + dice_.of(kSaid);
      }
      auto reply = business_.say(answer);
      if (!reply) return reply.error();
      for (const Card& card : reply->cards)
        if (Done done = answer_card(card); !done) return done;
    }
    auto waiting = business_.say("/approvals");  // no command of the agent's: the words of somebody who is lost
    if (!waiting) return waiting.error();
    return answer_waiting();
  }

  Done answer_waiting() {
    std::vector<Approval> waiting;
    const Done read = business_.runtime().store().read(business_.runtime().org().id, [&](Txn& txn) -> Done {
      auto pending = txn.approvals().pending(kCardsAnswered);
      if (!pending) return pending.error();
      waiting = std::move(*pending);
      return {};
    });
    if (!read) return read;
    for (const Approval& approval : waiting) {
      Card card;
      card.ref = Ref{ref_prefix::kApproval, approval.head.ref_number}.text();
      card.fingerprint = approval.fingerprint;
      card.kind = approval.kind;
      if (Done done = answer_card(card); !done) return done;
    }
    return {};
  }

  Done answer_card(const Card& card) {
    const int mood = dice_.below(100);
    const std::string_view verdict = mood < 65 ? "approve" : mood < 85 ? "reject" : "later";
    if (card.kind == ApprovalKind::win && verdict == "approve") promises_.allow_win();
    business_.call("decide_approval",
                   {{"approval", card.ref}, {"verdict", verdict}, {"fingerprint", card.fingerprint}});
    // A second yes to the same card, as from another window.
    if (dice_.percent(20))
      business_.call("decide_approval",
                     {{"approval", card.ref}, {"verdict", "approve"}, {"fingerprint", card.fingerprint}});
    return {};
  }

  Done follow_up() { return on_lead("draft_follow_up", {}); }
  Done give_up() { return on_lead("disqualify_lead", {{"reason", "no_response"}}); }
  // The owner fills in what a job needs and asks for the win; whether it is one is decided with its card.
  Done win() {
    Customer* customer = some_customer();
    if (customer == nullptr || customer->contact.empty() || customer->lead.empty()) return {};
    business_.call("update_contact", {{"contact", customer->contact},
                                      {"phone", "512-555-" + std::to_string(1000 + dice_.below(9000))},
                                      {"address", "1 Oak Street"}});
    business_.call("win_opportunity", {{"lead", customer->lead}, {"amount", "450"}});
    return answer_waiting();
  }
  Done on_lead(const std::string& tool, Json more) {
    Customer* customer = some_customer();
    if (customer == nullptr || customer->lead.empty()) return {};
    more["lead"] = customer->lead;
    business_.call(tool, more);
    return {};
  }

  Done opt_out() {
    Customer* customer = some_customer();
    if (customer == nullptr || customer->contact.empty() || customer->opted_out) return {};
    if (Done done = hand_in(*customer, "Please stop", "Please do not contact me again.\n\n" + customer->name + "\n");
        !done)
      return done;
    if (!business_.call("set_do_not_contact", {{"contact", customer->contact}, {"reason", "asked us to stop"}}).ok)
      return {};
    customer->opted_out = true;
    promises_.forbid(customer->address);
    return {};
  }

  Done restart() {
    ++told_.restarts;
    return business_.restart();
  }

  // The machine's clock jumps: a day back or some hours ahead, for one round.
  Done misset() {
    const Instant right = business_.clock().now();
    business_.clock().advance_seconds(dice_.percent(50) ? -26 * 3600 : 5 * 3600);
    auto ran = business_.runtime().scheduler().run_due();
    business_.clock().set(right);
    return ran ? Done{} : Done{ran.error()};
  }

  Done block() {
    blocked_ = !blocked_;
    business_.block_mail(blocked_);
    return {};
  }

  Customer* some_customer() {
    for (int attempt = 0; attempt < 8; ++attempt) {
      Customer& customer = customers_[static_cast<std::size_t>(dice_.below(static_cast<int>(customers_.size())))];
      if (customer.wrote) return &customer;
    }
    return nullptr;
  }

  const Wish& wish_;
  Business& business_;
  Told& told_;
  Dice dice_;
  Promises promises_;
  std::vector<Customer> customers_;
  Day today_;
  std::optional<Day> off_until_;
  std::int64_t mail_number_ = 0;
  bool blocked_ = false;
};

}  // namespace

Result<Told> simulate(const Wish& wish) {
  Told told;
  Dice dice(wish.seed ^ 0x5EEDULL);
  told.zone = kZones[static_cast<std::size_t>(dice.below(static_cast<int>(kZones.size())))];
  // Near a change of clocks or of years, so that short runs meet one as well.
  static const std::vector<Day> kStarts{*make_day(2026, 2, 25),  *make_day(2026, 3, 20),  *make_day(2026, 9, 24),
                                        *make_day(2026, 10, 20), *make_day(2027, 12, 20), *make_day(2028, 2, 20)};
  const Day first = dice.of(kStarts);
  auto zone = Zone::find(told.zone);
  if (!zone) return zone.error();
  auto business = Business::open(wish.share, told.zone, zone->to_instant({first, 0, 0}), wish.seed);
  if (!business) return business.error();
  if (Done done = Simulation(wish, **business, told).run(first); !done) return done.error();
  return told;
}

}  // namespace deskhand::app::simulate
