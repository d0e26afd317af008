#include "guard/policies.h"

#include "base/limits.h"
#include "guard/hard_stops.h"

namespace deskhand::guard {
namespace {

class Roles final : public Guard {
 public:
  std::string_view rule_id() const override { return "ROLES"; }
  std::string_view statement() const override {
    return "Decisions, settings, automatic sending and redaction are acts of an authenticated person with the right for them.";
  }
  Verdict judge(const Effect& effect, const Actor& actor, const Facts&) const override {
    if (const auto* decision = std::get_if<DecidesApproval>(&effect)) return judge_decision(*decision, actor);
    const bool owners = std::holds_alternative<ChangesSetting>(effect) || std::holds_alternative<GrantsAutoSend>(effect) ||
                        std::holds_alternative<SettlesDelivery>(effect) || std::holds_alternative<Redacts>(effect);
    if (owners && !is_owner(actor)) return Stop{"Only the owner can do this, signed in, in a channel of their own."};
    return Allow{};
  }

 private:
  static bool is_owner(const Actor& actor) {
    return actor.kind == ActorKind::person && actor.authenticated && actor.role == UserRole::owner;
  }
  static Verdict judge_decision(const DecidesApproval& decision, const Actor& actor) {
    if (is_owner(actor)) return Allow{};
    const bool person = actor.kind == ActorKind::person && actor.authenticated;
    if (person && actor.may_approve_messages && decision.kind == ApprovalKind::send_message) return Allow{};
    return Stop{"Only the owner can decide this, signed in, in a channel of their own."};
  }
};

class Provenance final : public Guard {
 public:
  std::string_view rule_id() const override { return "PROVENANCE"; }
  std::string_view statement() const override {
    return "What a customer's text says changes a name, phone, e-mail or address on file only after a yes.";
  }
  Verdict judge(const Effect& effect, const Actor&, const Facts& facts) const override {
    if (!std::holds_alternative<ChangesIdentityFromOutside>(effect)) return Allow{};
    if (is_approved(facts, ApprovalKind::change_contact)) return Allow{};
    return Ask{ApprovalKind::change_contact, "Change the record as the customer's message says?"};
  }
};

class DoNotContact final : public Guard {
 public:
  std::string_view rule_id() const override { return "DO-NOT-CONTACT"; }
  std::string_view statement() const override {
    return "Nobody is written to who asked not to be, who is archived, or whose address is no longer on file.";
  }
  Verdict judge(const Effect& effect, const Actor&, const Facts& facts) const override {
    const auto* send = std::get_if<SendsMessage>(&effect);
    if (send == nullptr && !std::holds_alternative<DraftsMessage>(effect)) return Allow{};
    if (!facts.contact) return missing_fact("whether the customer may be contacted");
    const ContactStanding& contact = *facts.contact;
    if (!contact.exists) return Stop{"There is no such customer to write to."};
    if (contact.do_not_contact) return Stop{"This customer asked not to be contacted; the mark can be lifted on their record."};
    if (contact.merged_away) return Stop{"This record was merged into another one; write to that one instead."};
    if (contact.archived) return Stop{"This customer is archived; restore the record before writing to them."};
    if (send == nullptr) return Allow{};
    if (!contact.address_on_file)
      return Stop{"The address of this message is not on the customer's record any more; draft it again."};
    if (facts.lead_closed_since_card && *facts.lead_closed_since_card)
      return Stop{"The lead was closed after this message was drafted; draft it again if it should still go."};
    return Allow{};
  }
};

class Rate final : public Guard {
 public:
  std::string_view rule_id() const override { return "RATE"; }
  std::string_view statement() const override {
    return "A model, a form or a clock makes no more records, drafts and questions in an hour than a person could look at.";
  }
  Verdict judge(const Effect& effect, const Actor& actor, const Facts& facts) const override {
    if (actor.kind == ActorKind::person) return Allow{};
    const auto* change = std::get_if<ChangesRecord>(&effect);
    const bool creates = std::holds_alternative<CreatesContact>(effect) || (change != nullptr && change->creates);
    const bool drafts = std::holds_alternative<DraftsMessage>(effect);
    const bool asks = std::holds_alternative<SendsMessage>(effect);
    if (!creates && !drafts && !asks) return Allow{};
    if (!facts.rate) return missing_fact("how much was made in the last hour");
    if (creates && facts.rate->creates_last_hour >= limits::kCreatesPerHourByModel)
      return Stop{"More records were made in the last hour than is usual; go on in an hour, or make it yourself with `deskhand call`."};
    if (drafts && facts.rate->drafts_last_hour >= limits::kDraftsPerHourByModel)
      return Stop{"More drafts were made in the last hour than is usual; decide on those that wait first."};
    if ((drafts || asks) && facts.rate->pending_approvals >= limits::kPendingApprovals)
      return Stop{"Too many questions wait for an answer already; decide on some of them first."};
    return Allow{};
  }
};

}  // namespace

std::unique_ptr<Guard> roles() { return std::make_unique<Roles>(); }
std::unique_ptr<Guard> provenance() { return std::make_unique<Provenance>(); }
std::unique_ptr<Guard> do_not_contact() { return std::make_unique<DoNotContact>(); }
std::unique_ptr<Guard> rate() { return std::make_unique<Rate>(); }

std::vector<std::unique_ptr<Guard>> all_guards() {
  std::vector<std::unique_ptr<Guard>> guards;
  guards.push_back(message_review());
  guards.push_back(no_deletion());
  guards.push_back(no_duplicate_customer());
  guards.push_back(win_confirmation());
  guards.push_back(quickbooks_confirmation());
  guards.push_back(roles());
  guards.push_back(provenance());
  guards.push_back(do_not_contact());
  guards.push_back(rate());
  return guards;
}

}  // namespace deskhand::guard
