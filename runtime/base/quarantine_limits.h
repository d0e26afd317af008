#pragma once
#include <cstddef>
#include <cstdint>
namespace deskhand::limits {
// Quarantined calls: words from outside, read by a model that can do nothing.
inline constexpr std::size_t kQuarantinedWordsBytes = 12 * 1024;   // of a mail; what it wants stands at its start
inline constexpr std::size_t kQuarantinedFrameBytes = 4 * 1024;    // the stage's template beside it
inline constexpr std::size_t kQuarantinedAnswerBytes = 16 * 1024;  // ten times the longest honest one
inline constexpr int kQuarantinedTokens = 1'000;                   // of an answer
inline constexpr int kQuarantinedSeconds = 40;                     // for one answer, all attempts and models together
inline constexpr std::size_t kReadingsAtOnce = 50;                 // mails read in one pass; the rest with the next
inline constexpr int kReadingAttempts = 3;                         // of one mail before the rules have the last word
inline constexpr std::int64_t kReadingRetrySeconds = 300;          // before the second attempt, four times as long each time
inline constexpr std::size_t kSummaryBytes = 240;                  // of an interaction: one line of a morning list
inline constexpr std::size_t kSummarisedBytes = 160;               // shorter words are their own summary
inline constexpr std::size_t kWordedDraftBytes = 2'000;            // a follow-up, not an essay

}  // namespace deskhand::limits
