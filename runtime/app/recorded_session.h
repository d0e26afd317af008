// A chat that is written to a file while it happens, and such a file played again. Beside FILE stands FILE.db, the
// record as it was when the chat began; both hold customers' data and no keys. Playing it again needs no model and no
// network: the same requests must be asked and the same replies given, byte for byte.
//
// Thread rule: one thread. Codes: not_found, invalid_argument (a file that is no recording), conflict (it was another
// version of the program, the procedures or the prompts), and those of the runtime.
#pragma once

#include <atomic>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/model_chain.h"
#include "app/system_ports.h"

namespace deskhand::app {

// Stands still while one message is answered, so that playing it again finds the same times.
class StepClock final : public Clock {
 public:
  Instant now() const override { return {us_.load()}; }
  std::chrono::steady_clock::time_point steady() const override { return std::chrono::steady_clock::now(); }
  void set(Instant now) { us_.store(now.us); }

 private:
  std::atomic<std::int64_t> us_{0};
};

// Counts anew from a seed.
class ReseededRandom final : public Random {
 public:
  std::uint64_t next() override { return inner_->next(); }
  void begin(std::uint64_t seed) { inner_ = std::make_unique<SeededRandom>(seed); }

 private:
  std::unique_ptr<SeededRandom> inner_ = std::make_unique<SeededRandom>(1);
};

class RecordedSession final : public Inbox {
 public:
  // conflict: the file exists.
  static Result<std::unique_ptr<RecordedSession>> open(const GlobalOptions& options, const std::string& file);
  Runtime& runtime() { return *runtime_; }

  Result<ConversationId> open(const OrgId& org, const Actor& actor, std::string_view channel) override;
  Result<TurnReply> say(const PersonMessage& message) override;
  Result<TurnReply> pick(const PersonMessage& message, std::string_view tool, std::string_view arguments) override;
  // None: what a recording holds is what was said and answered, and it plays on a record of its own.
  Result<std::optional<TurnReply>> news(const PersonMessage&) override { return std::nullopt; }

 private:
  Done begin(const GlobalOptions& options, const std::string& file);
  void keep(const Json& line);
  Result<TurnReply> replied(Result<TurnReply> reply);
  PersonMessage at_this_moment(const PersonMessage& message);

  SystemRandom true_random_;
  SystemClock true_clock_;
  StepClock clock_;
  ReseededRandom random_;
  ModelChain chain_;
  std::vector<std::string> secrets_;
  std::unique_ptr<Model> model_;
  std::unique_ptr<Runtime> runtime_;
  std::ofstream out_;
};

struct ReplayVerdict {
  int messages = 0, same = 0;
  std::string difference;  // the first one; "" when all was the same
};
Result<ReplayVerdict> replay(const GlobalOptions& options, const std::string& file);

}  // namespace deskhand::app
