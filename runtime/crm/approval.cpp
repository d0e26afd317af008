#include "crm/approval.h"

#include "crm/name_table.h"

namespace deskhand {
namespace {

constexpr std::pair<ApprovalKind, std::string_view> kApprovalKinds[] = {
    {ApprovalKind::send_message, "send_message"},
    {ApprovalKind::create_separate_contact, "create_separate_contact"},
    {ApprovalKind::share_contact_point, "share_contact_point"},
    {ApprovalKind::change_contact, "change_contact"},
    {ApprovalKind::merge_contacts, "merge_contacts"},
    {ApprovalKind::win, "win"},
    {ApprovalKind::create_quickbooks_customer, "create_quickbooks_customer"},
    {ApprovalKind::close_lead, "close_lead"},
    {ApprovalKind::auto_send, "auto_send"}};
constexpr std::pair<ApprovalStatus, std::string_view> kApprovalStatuses[] = {
    {ApprovalStatus::pending, "pending"},       {ApprovalStatus::approved, "approved"},
    {ApprovalStatus::rejected, "rejected"},     {ApprovalStatus::expired, "expired"},
    {ApprovalStatus::superseded, "superseded"}, {ApprovalStatus::stopped, "stopped"}};
constexpr std::pair<EffectKind, std::string_view> kEffects[] = {{EffectKind::customer_message, "customer_message"},
                                                                {EffectKind::quickbooks_customer, "quickbooks_customer"},
                                                                {EffectKind::owner_notice, "owner_notice"}};
constexpr std::pair<OutboxState, std::string_view> kOutboxStates[] = {{OutboxState::queued, "queued"},
                                                                {OutboxState::attempting, "attempting"},
                                                                {OutboxState::sent, "sent"},
                                                                {OutboxState::refused, "refused"},
                                                                {OutboxState::delivery_unknown, "delivery_unknown"},
                                                                {OutboxState::not_configured, "not_configured"},
                                                                {OutboxState::cancelled, "cancelled"},
                                                                {OutboxState::bounced, "bounced"}};

}  // namespace

std::string_view name_of(ApprovalKind kind) { return name_in(kApprovalKinds, kind); }
std::optional<ApprovalKind> parse_approval_kind(std::string_view name) { return value_in(kApprovalKinds, name); }
std::string_view name_of(ApprovalStatus status) { return name_in(kApprovalStatuses, status); }
std::optional<ApprovalStatus> parse_approval_status(std::string_view name) { return value_in(kApprovalStatuses, name); }
std::string_view name_of(EffectKind kind) { return name_in(kEffects, kind); }
std::optional<EffectKind> parse_effect_kind(std::string_view name) { return value_in(kEffects, name); }
std::string_view name_of(OutboxState state) { return name_in(kOutboxStates, state); }
std::optional<OutboxState> parse_outbox_state(std::string_view name) { return value_in(kOutboxStates, name); }

bool may_move(OutboxState from, OutboxState to) {
  switch (from) {
    case OutboxState::queued:
      return to == OutboxState::attempting || to == OutboxState::cancelled;
    case OutboxState::attempting:
      return to == OutboxState::sent || to == OutboxState::refused || to == OutboxState::delivery_unknown ||
             to == OutboxState::not_configured || to == OutboxState::queued;
    // Only proof or the owner settles what nobody saw; "it did not leave" frees the row for one more try.
    case OutboxState::delivery_unknown:
      return to == OutboxState::sent || to == OutboxState::refused || to == OutboxState::cancelled || to == OutboxState::queued;
    case OutboxState::not_configured:
      return to == OutboxState::queued || to == OutboxState::cancelled;
    case OutboxState::sent: return to == OutboxState::bounced;
    case OutboxState::refused:
    case OutboxState::cancelled:
    case OutboxState::bounced: return false;
  }
  return false;
}

}  // namespace deskhand
