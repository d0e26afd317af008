// What answers of models cost: one row for each answer that used tokens, written with the step it belongs to. The limits of a
// turn, a conversation and a day are held against these rows, so they are never changed and never removed.
// Reached only through a Txn (one org). Money is in millionths of the price list's currency. Codes: unavailable; corrupt.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "crm/record.h"

namespace deskhand {

struct SpendSum {
  std::int64_t answers = 0, input_tokens = 0, cached_tokens = 0, output_tokens = 0, cost_micros = 0;  // cached are part of input
  std::int64_t tokens() const { return input_tokens + output_tokens; }
};

struct ModelSpend {
  std::string model;            // by its configured name
  std::string purpose;          // name_of(ModelPurpose)
  ConversationId conversation;  // may be empty, as may the run: a mail begins neither
  RunId run;
  Day day;                      // of the org's zone
  SpendSum sum;                 // of this one answer
  Instant at;
};

enum class SpendBy { day, model, conversation };
struct SpendLine {
  std::string key;  // 2026-03-02, the model's name, or the conversation's id ("" for none)
  SpendSum sum;
};

class SpendingStore {
 public:
  virtual ~SpendingStore() = default;
  virtual Done insert(const ModelSpend& spend) = 0;
  struct Standing {
    SpendSum run, conversation, day;
  };
  virtual Result<Standing> standing(const RunId& run, const ConversationId& conversation, Day day) const = 0;
  // From that day on; days newest first, the others dearest first.
  virtual Result<std::vector<SpendLine>> sums(SpendBy by, Day from, std::size_t rows_max) const = 0;
};

}  // namespace deskhand
