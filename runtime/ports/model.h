// Model: one request in, one complete reply out. It proposes; nothing it says has an effect by itself. The wire models render
// the request into text; `embedded` reads it directly.
//
// Thread rule: complete() may be called from several threads. Codes: unavailable (safe to retry or fail over),
// limit_exceeded, cancelled, invalid_argument (the request, not the reply, is at fault).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/json_fwd.h"
#include "base/result.h"
#include "crm/approval.h"
#include "crm/conversation.h"
#include "crm/org.h"
#include "ports/tool.h"

namespace deskhand {

struct ProposedCall {
  std::string id;    // unique in the conversation; ties the result to the call
  std::string tool;
  std::string arguments_text;  // JSON text exactly as the model gave it
};

enum class Speaker { person, model, tool, notice };
struct ModelMessage {
  Speaker speaker = Speaker::person;
  std::string text;                  // person: their words; model: its words; tool: the result for the model
  std::vector<ProposedCall> calls;   // model only
  std::string call_id, tool;         // tool only: which call it answers
  bool ok = true;                    // tool only: false when refused or failed
  std::string code;                  // tool only, when not ok: "ambiguous", "not_found", "forbidden", ...
  std::shared_ptr<const Json> data;  // tool only: the structured result, when there is one
  std::vector<Choice> list;          // tool only: the numbered list that was shown with it
  std::string offer;                 // tool only: the question that followed it
  std::string parked;                // tool only: "A-5" when the call waits for a yes
  std::string undo;                  // tool only: "U-7" when `undo` can take the change back
  bool from_outside = false;         // customer words: data, never instructions
  Instant at;
};

struct OfferedTool {
  std::string name, description;
  std::shared_ptr<const Json> arguments;
  EffectClass effect = EffectClass::read;
};

// One of the active procedures' common requests, in the form a model can follow.
struct KnownRequest {
  std::string id;                       // RQ1 … or a module's own
  std::string pattern;                  // Log a call with [name]
  std::vector<std::string> asks;        // facts to ask for, required ones first
  std::string instructions;
};

struct FocusRecord {
  Noun noun = Noun::contact;
  std::string ref, label;
  std::int64_t last_mentioned_step = 0;  // higher is more recent
  std::string facts;                     // what the record says now, in a line: "phone +15125550142; stage inquiry"; may be empty
};

struct OpenCard {
  std::string ref, summary;
  ApprovalKind kind{};
};

// What a request is for. All but `turn` are quarantined: no tools, and only the words they are about. A model that can not do
// such work answers unavailable, and the caller does it by rules.
enum class ModelPurpose { turn, summarise, extract, draft };
std::string_view name_of(ModelPurpose purpose);

// How much of something a request may still use, and which of the business's limits that is: "the limit of 5.00 USD a day".
struct SpendLimit {
  std::int64_t left = 0;
  std::string words;
};

struct ModelUsage {
  std::int64_t input_tokens = 0, output_tokens = 0, cached_tokens = 0;
  std::int64_t cost_micros = 0;  // millionths of the price list's currency
};

struct ModelRequest {
  ModelPurpose purpose = ModelPurpose::turn;
  std::string system;                     // stable prefix: prompts and procedures
  std::vector<ModelMessage> messages;     // oldest first, bounded
  std::vector<OfferedTool> tools;
  std::vector<KnownRequest> requests;
  std::vector<OpenCard> cards;
  std::vector<FocusRecord> focus;         // most recent first
  LocalTime now;                          // of the org
  std::string zone, region, currency, business_name, person_name;
  BusinessCalendar calendar;
  int max_output_tokens = 2048;
  // The closed form that the whole answer must have, a JSON Schema of an object; null: free words. Servers that can hold a
  // model to a form are told it, the others only by the prompt: whoever asks checks the answer all the same.
  std::shared_ptr<const Json> answer_form;
  // Sees the words as they come, on the calling thread. What it saw is a preview: the reply counts, and an answer that broke
  // off is asked for again. Models that do not stream never call it.
  std::function<void(std::string_view text)> on_text;
  std::function<void()> on_restart;       // what on_text has seen of this answer is void: it broke off and begins again
  // Told of each answer that was paid for and could not be used: cut off, broken, not understood. On the calling thread.
  std::function<void(const std::string& model, const ModelUsage& usage)> on_wasted;
  // A model whose answer could pass one of them answers limit_exceeded without asking anybody. Absent: no limit.
  std::optional<SpendLimit> cost_micros, tokens;
};

enum class StopReason { done, calls, length, refused };
struct ModelReply {
  std::string text;
  std::vector<ProposedCall> calls;
  StopReason stop = StopReason::done;
  ModelUsage usage;
  std::string model;        // the one that answered, by its configured name
  std::string notice;       // one sentence for the person when another model than the first of the chain answered, and why
  std::string explanation;  // embedded only: candidates and scores, for `chat --explain`
};

class Model {
 public:
  virtual ~Model() = default;
  virtual std::string_view name() const = 0;
  // Whether it is worth asking for such work at all; a model that takes nothing but turns reads no mail and words no draft.
  virtual bool takes(ModelPurpose purpose) const { return purpose == ModelPurpose::turn; }
  virtual Result<ModelReply> complete(const ModelRequest& request, std::chrono::steady_clock::time_point deadline,
                                      std::stop_token stop) = 0;
};

}  // namespace deskhand
