// Guard: one rule that no tool, model or channel can pass. Pure and total: it sees what would happen (effects) and what is
// known (facts) and answers; it does no I/O and reads no clock. A fact that was not gathered is a Stop, never an Allow.
//
// Thread rule: guards are immutable and may be called from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "crm/approval.h"
#include "crm/contact.h"
#include "crm/message.h"
#include "crm/org.h"
#include "crm/status.h"

namespace deskhand {

// Who acts. A model always acts for somebody: the person whose turn it is, or nobody when a clock or a mail began the run.
enum class ActorKind { person, model, system, public_form };
struct Actor {
  ActorKind kind = ActorKind::system;
  UserId user;                         // the person, or the one the model acts for; empty for system and public_form
  UserRole role = UserRole::tech;      // that person's role
  bool in_persons_turn = false;        // a person of ours asked for this, in this turn, in an owner channel
  bool may_approve_messages = false;   // person only: the owner lets them decide on messages
  bool authenticated = false;          // person only: proven by the channel (login, data folder, signed request)
  std::string channel;                 // "terminal", "command line", "mcp", "clock", "email"
};

// --- What would happen -----------------------------------------------------------------------------------------------
struct ReadsRecords {};
struct ChangesRecord {                 // any reversible internal write that none of the following is
  Noun noun = Noun::contact;
  bool creates = false;
};
struct CreatesContact { std::vector<ContactPoint> points; };
struct AddsContactPoints { ContactId contact; std::vector<ContactPoint> points; };
struct ChangesIdentityFromOutside { ContactId contact; };  // outside text would change a name, phone, e-mail or address on file
struct MovesState { Noun noun = Noun::lead; std::string id; CanonicalState from{}, to{}; };
struct MergesContacts { ContactId survivor, loser; };
struct ArchivesContact { ContactId contact; };
struct DraftsMessage { ContactId contact; };               // words for a customer are written down; nothing leaves
struct SendsMessage { MessageId message; ContactId contact; LeadId lead; MessageContent content; std::string template_stage; };
struct CreatesQuickBooksCustomer { ContactId contact; std::string existing_id; };
struct ChangesSetting { std::string name; };
struct GrantsAutoSend {};
struct DecidesApproval { ApprovalKind kind{}; };
struct SettlesDelivery {};
struct Redacts {};
struct DeletesRecord { Noun noun = Noun::contact; };       // nothing of ours says so; whatever does is stopped
using Effect = std::variant<ReadsRecords, ChangesRecord, CreatesContact, AddsContactPoints, ChangesIdentityFromOutside, MovesState,
                            MergesContacts, ArchivesContact, DraftsMessage, SendsMessage, CreatesQuickBooksCustomer,
                            ChangesSetting, GrantsAutoSend, DecidesApproval, SettlesDelivery, Redacts, DeletesRecord>;

// --- What is known ---------------------------------------------------------------------------------------------------
struct PointMatch {              // a contact that already holds one of the points
  ContactId contact;             // the live one (a merged record is followed to its root)
  std::string ref, name;         // C-12, Ana Ruiz
  PointKind kind{};
  std::string normal;
  bool archived = false;
};
struct ContactStanding {         // of the person a message, a merge or a QuickBooks customer is about
  bool exists = false, do_not_contact = false, archived = false, merged_away = false;
  bool address_on_file = false;  // the recipient's address is one of the contact's live points
  bool in_quickbooks = false;
};
struct RateStanding { int creates_last_hour = 0, drafts_last_hour = 0, sends_last_day = 0, pending_approvals = 0; };
struct ApprovalStanding {        // the yes under which the action runs now
  ApprovalKind kind{};
  std::string fingerprint;       // of what was approved
  UserId decided_by;
  bool live = false;             // decided, not expired, not used
};
struct AutoSendStanding { bool allowed = false; GrantId grant; };

// nullopt: nobody looked. An empty vector: looked and found none.
struct Facts {
  std::optional<std::vector<PointMatch>> point_matches;
  std::optional<ContactStanding> contact;
  std::optional<RateStanding> rate;
  std::optional<AutoSendStanding> auto_send;
  std::optional<ApprovalStanding> approval;  // absent when nothing was approved; only the toolbox sets it
  std::optional<bool> lead_closed_since_card;  // the lead a message is about was closed after its card was drawn
  std::string action_fingerprint;            // of what would happen now, computed by the toolbox
};

// --- What is decided -------------------------------------------------------------------------------------------------
struct Allow {};
struct Ask { ApprovalKind kind{}; std::string question; };
struct Stop { std::string reason; };  // one line for the person: why, and what can be done instead
using Verdict = std::variant<Allow, Ask, Stop>;

class Guard {
 public:
  virtual ~Guard() = default;
  virtual std::string_view rule_id() const = 0;    // HS1 … as procedures name it
  virtual std::string_view statement() const = 0;  // what it keeps, in one sentence
  virtual Verdict judge(const Effect& effect, const Actor& actor, const Facts& facts) const = 0;
};

}  // namespace deskhand
