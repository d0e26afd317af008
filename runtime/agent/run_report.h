// RunReport: one run as `deskhand runs show` tells it, read from its steps alone: every call with its verdict and the guard that
// gave it, which rows changed (by the numbers of their audit rows), tokens, money and time, and what the model said that nobody
// was shown. Forms of earlier versions read the same, with less in them.
//
// Thread rule: pure functions. Code: corrupt.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "crm/conversation.h"

namespace deskhand::agent {

struct ReportedCall {
  Instant at;
  std::string tool, arguments;
  std::string verdict;            // allow, ask A-5, stop, error not_found
  std::string guard;              // HS1, ROLES; "" when none spoke
  std::string text;               // what it said, or why it was refused
  std::vector<std::string> touched;
  std::vector<std::int64_t> audit;
};

struct ReportedAnswer {
  Instant at;
  std::string model, prompt_hash;
  std::int64_t tokens_in = 0, tokens_out = 0, cost_micros = 0, took_ms = 0;
  int calls = 0;
};

struct RunReport {
  std::string said, reply;
  std::string withheld, claim;    // prose that nobody was shown, and the words that gave it away
  std::vector<ReportedAnswer> answers;
  std::vector<ReportedCall> calls;  // of the model and of the person, and answers to cards, in order
  std::vector<std::string> notes;   // went on after a crash, a card decided later, given up
  std::int64_t tokens_in = 0, tokens_out = 0, cost_micros = 0;
};

Result<RunReport> report_of(const std::vector<Step>& steps);

}  // namespace deskhand::agent
