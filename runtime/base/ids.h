// Names of records. A record has two: a UUIDv7 that is its primary key everywhere, and a short ref such as C-12 that
// people and models read and type. The Id of one noun does not convert to the Id of another.
//
// Thread rule: value types. Source: RFC 9562 section 5.7 (UUIDv7), read 2026-11.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace deskhand {

template <class Noun>
class Id {
 public:
  Id() = default;
  explicit Id(std::string text) : text_(std::move(text)) {}
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  auto operator<=>(const Id&) const = default;

 private:
  std::string text_;  // 36 characters, lower case; empty means none
};

using OrgId = Id<struct OrgNoun>;
using UserId = Id<struct UserNoun>;
using ContactId = Id<struct ContactNoun>;
using ContactPointId = Id<struct ContactPointNoun>;
using CompanyId = Id<struct CompanyNoun>;
using LeadId = Id<struct LeadNoun>;
using OpportunityId = Id<struct OpportunityNoun>;
using InteractionId = Id<struct InteractionNoun>;
using MessageId = Id<struct MessageNoun>;
using ApprovalId = Id<struct ApprovalNoun>;
using GrantId = Id<struct GrantNoun>;
using OutboxId = Id<struct OutboxNoun>;
using AppointmentId = Id<struct AppointmentNoun>;
using EstimateId = Id<struct EstimateNoun>;
using ReminderId = Id<struct ReminderNoun>;
using HandoffId = Id<struct HandoffNoun>;
using ConversationId = Id<struct ConversationNoun>;
using RunId = Id<struct RunNoun>;
using StepId = Id<struct StepNoun>;
using BatchId = Id<struct BatchNoun>;

// The UUIDv7 of a millisecond since 1970 and 74 random bits (the rest of `random` is ignored).
std::string uuid_v7(std::int64_t unix_ms, std::uint64_t random_high, std::uint64_t random_low);

// True for 36 characters of the shape 8-4-4-4-12 in hexadecimal.
bool is_uuid(std::string_view text);

// A short ref: a prefix letter and a number counted per org and noun, e.g. {"C", 12} is C-12.
struct Ref {
  char prefix = '?';
  std::int64_t number = 0;
  std::string text() const;
  auto operator<=>(const Ref&) const = default;
};

// Reads "C-12", "c-12", "C12" and "#C-12"; nothing else. The number is 1 to 9,999,999,999.
std::optional<Ref> parse_ref(std::string_view text);

// The prefixes, one per noun that people name.
namespace ref_prefix {
inline constexpr char kContact = 'C';
inline constexpr char kCompany = 'B';  // business
inline constexpr char kLead = 'L';
inline constexpr char kOpportunity = 'O';
inline constexpr char kInteraction = 'I';
inline constexpr char kMessage = 'M';
inline constexpr char kApproval = 'A';
inline constexpr char kAppointment = 'V';  // visit
inline constexpr char kEstimate = 'E';
inline constexpr char kReminder = 'R';
inline constexpr char kUndo = 'U';     // one change that can be taken back
inline constexpr char kOutbox = 'X';   // one outside effect
inline constexpr char kGrant = 'G';    // one auto-send grant
inline constexpr char kHandoff = 'H';  // work passed on to estimating, scheduling or invoicing
inline constexpr char kRun = 'T';      // one turn
}  // namespace ref_prefix

}  // namespace deskhand

template <class Noun>
struct std::hash<deskhand::Id<Noun>> {
  std::size_t operator()(const deskhand::Id<Noun>& id) const noexcept { return std::hash<std::string>{}(id.text()); }
};
