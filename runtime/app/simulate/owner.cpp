#include "app/simulate/owner.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace deskhand::app::simulate {
namespace {

constexpr int kCardsAnswered = 6;         // in one sitting
constexpr std::size_t kLinesAnswered = 4;  // of one list

std::string card_ref(const Approval& approval) { return Ref{ref_prefix::kApproval, approval.head.ref_number}.text(); }

}  // namespace

Done Owner::sit() {
  auto news = scene_.business.news();
  if (!news) return news.error();
  if (*news) {
    remember_cards(**news);
    if (!(*news)->list.empty())
      if (Done done = answer_list((*news)->list); !done) return done;
  }
  auto waiting = scene_.business.say("what is waiting for me?");
  if (!waiting) return waiting.error();
  remember_cards(*waiting);
  if (scene_.dice.percent(30))
    if (Done done = answer_in_words(); !done) return done;
  return answer_waiting();
}

void Owner::remember_cards(const TurnReply& reply) {
  for (const Card& card : reply.cards) scene_.known_cards.push_back(card.ref);
}

Done Owner::answer_list(const std::vector<Choice>& list) {
  static const std::vector<std::string> kSaid{"draft", "later Friday", "done", "no", "later", "yes"};
  std::string answer;
  for (std::size_t number = 0; number < std::min(list.size(), kLinesAnswered); ++number) {
    const std::string& said = scene_.dice.of(kSaid);
    if (said == "yes" && list[number].noun == Noun::approval)
      if (Done done = mean_yes(list[number].ref); !done) return done;
    answer += (answer.empty() ? "" : "; ") + std::to_string(number + 1) + " " + said;
  }
  auto reply = scene_.business.say(answer);
  if (!reply) return reply.error();
  remember_cards(*reply);
  for (const Card& card : reply->cards)
    if (Done done = answer_card(card.ref); !done) return done;
  return {};
}

// A bare yes may reach any card that was shown; which one is the program's to find out or to ask.
Done Owner::answer_in_words() {
  static const std::vector<std::string> kWords{"yes", "ok", "send it", "no", "yes please"};
  const std::string& words = scene_.dice.of(kWords);
  for (const std::string& word : split(replace_all(scene_.business.take_picked_up(), "\n", " "), ' '))
    if (const auto ref = parse_ref(word); ref && ref->prefix == ref_prefix::kApproval) scene_.known_cards.push_back(word);
  if (words != "no")
    for (const std::string& ref : scene_.known_cards)
      if (Done done = mean_yes(ref); !done) return done;
  auto reply = scene_.business.say(words);
  if (!reply) return reply.error();
  remember_cards(*reply);
  return {};
}

Done Owner::answer_waiting() {
  auto waiting = waiting_cards();
  if (!waiting) return waiting.error();
  for (const Approval& approval : *waiting)
    if (Done done = answer_card(card_ref(approval)); !done) return done;
  return {};
}

Done Owner::answer_card(const std::string& ref) {
  auto card = card_of(ref);
  if (!card || !*card) return card ? Done{} : Done{card.error()};
  const int mood = scene_.dice.below(100);
  decide(**card, mood < 65 ? "approve" : mood < 85 ? "reject" : "later", (*card)->fingerprint);
  // A second answer to the same card, as from another window; after a "later" it is the first yes.
  if (scene_.dice.percent(20)) decide(**card, "approve", (*card)->fingerprint);
  return {};
}

// From here on a yes to that card, as it stands, is the owner's.
Done Owner::mean_yes(const std::string& ref) {
  auto card = card_of(ref);
  if (!card) return card.error();
  if (*card && (*card)->status == ApprovalStatus::pending) scene_.promises.note_yes(**card);
  return {};
}

void Owner::decide(const Approval& card, std::string_view verdict, const std::string& fingerprint) {
  if (verdict == "approve" && fingerprint == card.fingerprint) scene_.promises.note_yes(card);
  scene_.ask("decide_approval", {{"approval", card_ref(card)}, {"verdict", verdict}, {"fingerprint", fingerprint}});
}

Result<std::vector<Approval>> Owner::waiting_cards() {
  Runtime& runtime = scene_.business.runtime();
  std::vector<Approval> waiting;
  const Done read = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    auto pending = txn.approvals().pending(kCardsAnswered);
    if (!pending) return pending.error();
    waiting = std::move(*pending);
    return {};
  });
  if (!read) return read.error();
  return waiting;
}

Result<std::optional<Approval>> Owner::card_of(const std::string& ref) {
  Runtime& runtime = scene_.business.runtime();
  std::optional<Approval> found;
  const Done read = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    const auto parsed = parse_ref(ref);
    if (!parsed) return {};
    auto approval = txn.approvals().find_by_ref(parsed->number);
    if (approval) found = std::move(*approval);
    return approval || approval.error().code == Code::not_found ? Done{} : Done{approval.error()};
  });
  if (!read) return read.error();
  return found;
}

Done Owner::mistake() {
  auto waiting = waiting_cards();
  if (!waiting) return waiting.error();
  for (const Approval& card : *waiting) {
    std::string other = card.fingerprint;
    other.front() = other.front() == '0' ? '1' : '0';
    decide(card, "approve", other);
  }
  return {};
}

Done Owner::phone() {
  Customer* customer = customers_.some();
  if (customer == nullptr || customer->contact.empty()) return {};
  Json call{{"contact", customer->contact}, {"type", "phone_call"}, {"body", "Spoke about the job."}};
  if (scene_.dice.percent(60)) {
    call["follow_up_date"] = to_iso(scene_.today.plus_days(1 + scene_.dice.below(10)));
    call["follow_up_topic"] = "call back about the price";
  }
  scene_.ask("log_interaction", call);
  return {};
}

Done Owner::follow_up() {
  Customer* customer = customers_.some();
  return customer == nullptr ? Done{} : on(*customer, "draft_follow_up", Json::object());
}

Done Owner::give_up() {
  Customer* customer = customers_.some();
  return customer == nullptr ? Done{} : on(*customer, "disqualify_lead", {{"reason", "no_response"}});
}

Done Owner::win() {
  Customer* customer = customers_.some();
  if (customer == nullptr || customer->contact.empty() || customer->lead.empty()) return {};
  scene_.ask("update_contact", {{"contact", customer->contact},
                                {"phone", "512-555-" + std::to_string(1000 + scene_.dice.below(9000))},
                                {"address", "1 Oak Street"}});
  if (scene_.dice.percent(70))
    scene_.ask("win_opportunity", {{"lead", customer->lead}, {"amount", "450"}});
  else
    scene_.ask("move_stage", {{"lead", customer->lead}, {"stage", "won"}, {"amount", "450"}});
  return answer_waiting();
}

Done Owner::work() {
  Customer* customer = customers_.some();
  if (customer == nullptr) return {};
  const std::string day = to_iso(scene_.today.plus_days(1 + scene_.dice.below(14)));
  switch (scene_.dice.below(9)) {
    case 0:
      return on(*customer, "record_estimate", {{"amount", std::to_string(200 + scene_.dice.below(2000))}});
    case 1:
      return on(*customer, "book_appointment", {{"date", day}, {"time", "10:00"}});
    case 2:
      return on(*customer, "set_follow_up", {{"date", day}, {"topic", "ask about the garden tap"}});
    case 3:
      return on(*customer, "move_stage", {{"stage", "estimate_sent"}});
    case 4:
      return on(*customer, "convert_lead", Json::object());
    case 5:
      return on(*customer, "lose_opportunity", {{"reason", "price"}});
    case 6:
      return on(*customer, "update_lead", {{"expected_close_date", day}, {"estimated_value", "1200"}});
    case 7:
      return take_back();
    default:
      return confuse_people(*customer);
  }
}

Done Owner::on(const Customer& customer, const std::string& tool, Json more) {
  if (customer.lead.empty()) return {};
  more["lead"] = customer.lead;
  scene_.ask(tool, more);
  return {};
}

Done Owner::take_back() {
  if (scene_.undo_refs.empty()) return {};
  const std::string ref = scene_.undo_refs.back();
  scene_.undo_refs.pop_back();
  scene_.ask("undo", {{"ref", ref}});
  return {};
}

// Two people for one, or one person twice.
Done Owner::confuse_people(const Customer& customer) {
  const Customer* other = customers_.some();
  if (other == nullptr || customer.contact.empty() || other->contact.empty() || other->contact == customer.contact)
    return {};
  if (scene_.dice.percent(50))
    scene_.ask("merge_contacts", {{"survivor", customer.contact}, {"loser", other->contact}});
  else
    scene_.ask("create_contact", {{"name", customer.name}, {"email", other->address}});
  return {};
}

}  // namespace deskhand::app::simulate
