// A conversation with a person of the business, the turns (runs) in it and their steps: the log a run resumes from after a
// crash. A committed step never runs again (design 1.4).
//
// Thread rule: value types. `payload` is JSON text whose form carries its own version ("v").
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json_fwd.h"
#include "crm/record.h"

namespace deskhand {

enum class RunState { running, waiting, done, failed };
std::string_view name_of(RunState state);
std::optional<RunState> parse_run_state(std::string_view name);

enum class StepKind { person_said, card_answer, model_answered, tool_called, decided, replied, noted };
std::string_view name_of(StepKind kind);
std::optional<StepKind> parse_step_kind(std::string_view name);

struct Conversation {
  ConversationId id;
  std::string channel;  // "terminal", "slack", "web"
  UserId user;
  Instant opened_at, last_at;
};

// The form of a run's steps as this program writes it; older forms keep loading, newer ones are left alone.
//   1: until the lease came; a card's answers were not written down before they were carried out
//   2: with the lease, and with StepKind::card_answer
//   3: answers to a numbered list are written down before they are carried out, as those to cards are
inline constexpr int kRunForm = 3;

struct Run {
  RunId id;
  std::int64_t ref_number = 0;
  ConversationId conversation;
  RunState state = RunState::running;
  std::string trigger;            // "person", "clock", "email"
  std::string procedure_version;  // stamped at the start, never changed in the middle
  std::string model;              // the configured name that answered
  Instant started_at;
  std::optional<Instant> ended_at;
  int form = kRunForm;
  std::string held_by;              // the worker that goes on with it while it is running
  std::optional<Instant> held_until;  // later than this another worker may take it over
};

struct Step {
  RunId run;
  int number = 0;  // from 1, without gaps
  StepKind kind = StepKind::noted;
  std::string payload;
  Instant at;
  std::shared_ptr<const Json> content{};  // the payload read, once somebody has who looks at it often; null until then
};

// One card as it was shown in a conversation: which bytes, and after which step. A yes reaches only cards delivered before it.
struct CardCopy {
  ConversationId conversation;
  ApprovalId approval;
  std::string fingerprint;
  std::int64_t sequence = 0;  // counted per conversation over cards and lists
  Instant delivered_at;
};

// A numbered list as it was shown: "2" means its second item until another list is shown.
struct ListItem {
  int number = 0;  // from 1
  Noun noun = Noun::contact;
  std::string ref;   // C-12
  std::string label;  // what the line said, shortened
};
struct ListCopy {
  ConversationId conversation;
  std::int64_t sequence = 0;
  std::string purpose;  // "which_contact", "approvals", "morning_list"
  std::vector<ListItem> items;
  Instant delivered_at;
};

}  // namespace deskhand
