#include "guard/hard_stops.h"

#include "base/hash.h"
#include "base/text.h"

namespace deskhand::guard {

Stop missing_fact(std::string_view what) {
  return Stop{"This could not be checked (" + std::string(what) + " was not looked up), so it was not done."};
}
namespace {

std::string names_of(const std::vector<PointMatch>& matches) {
  std::vector<std::string> names;
  for (const PointMatch& match : matches) {
    const std::string name = printable_line(match.name) + " (" + match.ref + ")" + (match.archived ? ", archived" : "");
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  return join(names, ", ");
}

class MessageReview final : public Guard {
 public:
  std::string_view rule_id() const override { return "HS1"; }
  std::string_view statement() const override {
    return "No message reaches a customer before the owner has said yes to exactly that message.";
  }
  Verdict judge(const Effect& effect, const Actor&, const Facts& facts) const override {
    const auto* send = std::get_if<SendsMessage>(&effect);
    if (send == nullptr) return Allow{};
    if (is_approved(facts, ApprovalKind::send_message)) return Allow{};
    // A standing grant is the owner's own yes, given in advance for one template, one channel and a number of uses.
    if (!facts.auto_send) return missing_fact("whether automatic sending is enabled");
    if (facts.auto_send->allowed) return Allow{};
    return Ask{ApprovalKind::send_message, "Send this message?"};
  }
};

class NoDeletion final : public Guard {
 public:
  std::string_view rule_id() const override { return "HS2"; }
  std::string_view statement() const override {
    return "No lead, contact or piece of history is deleted; records are disqualified or archived.";
  }
  Verdict judge(const Effect& effect, const Actor& actor, const Facts&) const override {
    if (std::holds_alternative<DeletesRecord>(effect))
      return Stop{"Nothing is ever deleted here; it can be archived or disqualified instead, and the history stays."};
    if (std::holds_alternative<ArchivesContact>(effect) && !actor.in_persons_turn)
      return Stop{"Only a person may archive a customer; ask for it in the chat."};
    return Allow{};
  }
};

class NoDuplicateCustomer final : public Guard {
 public:
  std::string_view rule_id() const override { return "HS3"; }
  std::string_view statement() const override {
    return "No second record is made for a customer whose phone or e-mail is on file; the match is shown and the owner decides.";
  }
  Verdict judge(const Effect& effect, const Actor&, const Facts& facts) const override {
    if (std::holds_alternative<CreatesContact>(effect))
      return on_match(facts, ApprovalKind::create_separate_contact, "Create a separate customer anyway?");
    if (std::holds_alternative<AddsContactPoints>(effect))
      return on_match(facts, ApprovalKind::share_contact_point, "Let both customers have it?");
    if (std::holds_alternative<MergesContacts>(effect)) {
      if (is_approved(facts, ApprovalKind::merge_contacts)) return Allow{};
      return Ask{ApprovalKind::merge_contacts, "Merge these two records?"};
    }
    return Allow{};
  }

 private:
  static Verdict on_match(const Facts& facts, ApprovalKind kind, std::string_view question) {
    if (!facts.point_matches) return missing_fact("who already has this phone or e-mail");
    if (facts.point_matches->empty() || is_approved(facts, kind)) return Allow{};
    return Ask{kind, names_of(*facts.point_matches) + " already has this phone or e-mail. " + std::string(question)};
  }
};

class WinConfirmation final : public Guard {
 public:
  std::string_view rule_id() const override { return "HS4"; }
  std::string_view statement() const override { return "No deal is marked won before the owner has confirmed it."; }
  Verdict judge(const Effect& effect, const Actor& actor, const Facts& facts) const override {
    const auto* move = std::get_if<MovesState>(&effect);
    if (move == nullptr || !is_closed(move->to) || move->to == move->from) return Allow{};
    if (move->to == CanonicalState::won) {
      if (is_approved(facts, ApprovalKind::win)) return Allow{};
      return Ask{ApprovalKind::win, "Mark it as won?"};
    }
    // Losing or disqualifying is reversible: a person's own word is enough, a clock's or a mail's is not.
    if (actor.in_persons_turn || is_approved(facts, ApprovalKind::close_lead)) return Allow{};
    return Ask{ApprovalKind::close_lead, "Close it as " + std::string(state_name(move->to)) + "?"};
  }
};

class QuickBooksConfirmation final : public Guard {
 public:
  std::string_view rule_id() const override { return "HS5"; }
  std::string_view statement() const override {
    return "No customer is created in QuickBooks before the owner has explicitly confirmed it.";
  }
  Verdict judge(const Effect& effect, const Actor&, const Facts& facts) const override {
    if (!std::holds_alternative<CreatesQuickBooksCustomer>(effect)) return Allow{};
    if (!facts.contact) return missing_fact("whether the customer is in QuickBooks already");
    if (!facts.contact->exists) return Stop{"There is no such customer to create in QuickBooks."};
    if (facts.contact->in_quickbooks) return Stop{"This customer is in QuickBooks already."};
    if (is_approved(facts, ApprovalKind::create_quickbooks_customer)) return Allow{};
    return Ask{ApprovalKind::create_quickbooks_customer, "Create this customer in QuickBooks?"};
  }
};

}  // namespace

bool is_approved(const Facts& facts, ApprovalKind kind) {
  return facts.approval && facts.approval->live && facts.approval->kind == kind && !facts.action_fingerprint.empty() &&
         equal_in_constant_time(facts.approval->fingerprint, facts.action_fingerprint);
}

std::unique_ptr<Guard> message_review() { return std::make_unique<MessageReview>(); }
std::unique_ptr<Guard> no_deletion() { return std::make_unique<NoDeletion>(); }
std::unique_ptr<Guard> no_duplicate_customer() { return std::make_unique<NoDuplicateCustomer>(); }
std::unique_ptr<Guard> win_confirmation() { return std::make_unique<WinConfirmation>(); }
std::unique_ptr<Guard> quickbooks_confirmation() { return std::make_unique<QuickBooksConfirmation>(); }

}  // namespace deskhand::guard
