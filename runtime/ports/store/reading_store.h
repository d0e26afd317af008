// Mails that a model is to read after everything that needs none is done with them: what it answered, and what became of that.
// Reached only through a Txn (one org). A row is made in the transaction that settles its mail. Codes: not_found; conflict (it
// was finished already); unavailable; corrupt.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "crm/record.h"

namespace deskhand {

enum class ReadingState { waiting, done, left };  // left: without a model, by rules
std::string_view name_of(ReadingState state);
std::optional<ReadingState> parse_reading_state(std::string_view name);

struct MailReading {
  std::string mail;        // InboundRecord::id
  ReadingState state = ReadingState::waiting;
  int attempts = 0;        // that failed
  Instant due_at;
  RunId run;               // where the first answer is logged; empty until there is one
  std::string extraction;  // the model's answer as it came, JSON; "" until there is one
  std::string summary;     // likewise
  std::string outcome;     // JSON: what of it was kept, and what was dropped and why
  std::string failure;     // of the last attempt
};

class ReadingStore {
 public:
  virtual ~ReadingStore() = default;
  virtual Done insert(const MailReading& reading) = 0;  // again for the same mail: nothing
  virtual Result<MailReading> find(std::string_view mail) const = 0;
  virtual Done update(const MailReading& reading) = 0;  // waiting ones only; it may leave that state
  virtual Result<std::vector<MailReading>> due(Instant now, std::size_t rows_max) const = 0;  // oldest first
};

}  // namespace deskhand
