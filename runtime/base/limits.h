// Every bound of the program with its unit and its reason. A loop, a queue, a body, a page or a retry that is not here is a bug.
#pragma once

#include <cstddef>
#include <cstdint>

namespace deskhand::limits {

// Outside text.
inline constexpr std::size_t kChatLineBytes = 64 * 1024;           // a long paste; more is an attachment, not a message
inline constexpr std::size_t kToolArgumentsBytes = 256 * 1024;     // a model's arguments; the longest honest one is a draft
inline constexpr std::size_t kJsonDepth = 64;                      // deeper JSON is an attack on the parser's stack
inline constexpr std::size_t kJsonKeys = 10'000;                   // per object; an ordered object is searched key by key
inline constexpr std::size_t kNameBytes = 255;                     // S1-L1e
inline constexpr std::size_t kSubjectBytes = 500;                  // a subject of one card line or two
inline constexpr std::size_t kBodyBytes = 64 * 1024;               // a message or a note
inline constexpr std::size_t kPhoneBytes = 50;                     // S1-L1f
inline constexpr std::size_t kEmailBytes = 320;                    // RFC 5321: 64 of local part, "@", 255 of domain
inline constexpr std::size_t kUrlBytes = 1000;                     // S1-L1h
inline constexpr std::size_t kAddressBytes = 500;
inline constexpr std::size_t kTagBytes = 64;
inline constexpr std::size_t kTags = 50;                           // per record
inline constexpr std::size_t kContactPoints = 20;                  // phones and e-mails of one person
inline constexpr std::size_t kCustomFields = 100;                  // x_ fields of one schema
inline constexpr std::size_t kCustomValueBytes = 4 * 1024;
inline constexpr std::size_t kRecipients = 10;                     // a follow-up goes to a person, not to a list
inline constexpr std::size_t kMailBytes = 35 * 1024 * 1024;        // Gmail's limit is 25 MB before base64

// Mail that comes in. Beyond a bound the rest is left unread and the owner is told; the raw bytes are kept whole.
inline constexpr std::size_t kMailHeaders = 300;                   // fields of one mail; long ways through servers make a hundred
inline constexpr std::size_t kMailHeaderBytes = 16 * 1024;         // of one field that are looked at
inline constexpr std::size_t kMailAddresses = 100;                 // of one field; a customer's mail has a handful
inline constexpr std::size_t kMailReferences = 60;                 // answers in one thread that are followed back
inline constexpr std::size_t kMailParts = 300;                     // MIME parts of one mail
inline constexpr std::size_t kMailDepth = 32;                      // parts in parts; forwards of forwards reach ten
inline constexpr std::size_t kMailTextBytes = 256 * 1024;          // of its words; four times what an interaction keeps
inline constexpr std::size_t kMailHtmlBytes = 4 * 1024 * 1024;     // of one HTML part; pictures inside it make it large
inline constexpr std::size_t kMailAttachments = 100;
inline constexpr std::size_t kAttachmentBytes = 26 * 1024 * 1024;  // of one file that is kept apart: the most that base64 leaves in a mail
inline constexpr std::size_t kMailEnclosed = 10;                   // mails inside one mail that are read
inline constexpr std::size_t kMailIdBytes = 998;                   // RFC 5322: one line

// Pages.
inline constexpr std::size_t kPageRows = 20;                       // S3-U5
inline constexpr std::size_t kPageRowsMax = 200;
inline constexpr std::size_t kCandidates = 10;                     // people of one name that a question lists
inline constexpr std::size_t kToolResultBytes = 32 * 1024;         // what one result may add to a model's context

// Agent.
inline constexpr int kCallsPerTurn = 25;                           // design 7
inline constexpr int kEqualCallsInARow = 4;
inline constexpr int kRepairsPerTurn = 2;                          // bad calls that go back to the model
inline constexpr int kModelAnswersPerTurn = 30;
inline constexpr std::size_t kMessagesInContext = 60;
inline constexpr std::size_t kStepPayloadBytes = 1024 * 1024;       // of one step of a run as it is read back

// Models over the network.
inline constexpr std::size_t kModelRequestBytes = 8 * 1024 * 1024;  // sixty long messages, every tool and the procedures
inline constexpr std::size_t kModelAnswerBytes = 4 * 1024 * 1024;  // one JSON answer; 8,000 tokens are about 40 KB
inline constexpr std::size_t kModelStreamBytes = 32 * 1024 * 1024;  // the same as events, some 400 bytes a token, with thinking
inline constexpr std::size_t kModelTextBytes = 256 * 1024;         // of one answer; the rest is not read
inline constexpr std::size_t kModelCalls = 64;                     // proposed in one answer; more than a turn may run
inline constexpr std::size_t kModelCallIdBytes = 256;
inline constexpr std::size_t kModelToolDescriptionBytes = 1024;    // what OpenAI takes
inline constexpr std::size_t kModelTools = 128;                    // what OpenAI takes
inline constexpr int kModelAttempts = 4;                           // of one answer by one model, before the next of the chain
inline constexpr int kModelBackoffMs = 500;                        // before the second attempt, doubled each time
inline constexpr int kModelBackoffMaxMs = 8'000;
inline constexpr int kModelRetryAfterMaxMs = 20'000;               // a server that asks for more is passed over
inline constexpr int kModelRestSeconds = 30;                       // a model that could not be reached is not asked again sooner
inline constexpr std::size_t kModelKeyBytes = 4 * 1024;            // of a key or its file

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

// MCP over a pipe.
inline constexpr std::size_t kMcpLineBytes = 1024 * 1024;          // one message; four times the longest honest arguments
inline constexpr std::size_t kMcpWaiting = 100;                    // requests taken in and not answered yet

// HTTP as a client.
inline constexpr std::size_t kHttpAnswerBytes = 4 * 1024 * 1024;   // unless the caller takes less or more
inline constexpr std::size_t kHttpErrorBytes = 64 * 1024;          // of an answer that says no; the rest is not kept
inline constexpr std::size_t kHttpHeaderBytes = 64 * 1024;         // of one answer
inline constexpr std::size_t kHttpUrlBytes = 8 * 1024;
inline constexpr std::size_t kHttpIdleHandles = 8;                 // kept connections' owners; as many as calls run at once
inline constexpr int kHttpWakeMs = 100;                            // how often a waiting call looks at its deadlines
inline constexpr int kHttpAfterEndMs = 250;                        // a server's time to end an answer we have all of
inline constexpr std::size_t kSseLineBytes = 1024 * 1024;          // one line of an event stream
inline constexpr std::size_t kSseEventBytes = 1024 * 1024;         // the data of one event

// Approvals, grants, outbox.
inline constexpr std::int64_t kApprovalDays = 14;                  // design 1.3
inline constexpr std::int64_t kUndoDays = 30;
inline constexpr int kPendingApprovals = 500;                      // per org; more is approval fatigue or an attack
inline constexpr int kSendAttempts = 8;                            // provably not accepted tries of one row
inline constexpr std::int64_t kOutboxLeaseSeconds = 60;
inline constexpr std::size_t kOutboxBatch = 50;
inline constexpr int kCreatesPerHourByModel = 300;                 // contacts and leads one org's model may make
inline constexpr int kDraftsPerHourByModel = 200;

// Schemas.
inline constexpr std::size_t kSchemaNodes = 20'000;                // subschemas of one document and what it refers to
inline constexpr std::size_t kSchemaChain = 64;                    // $ref, allOf, ... in a row without going into a value
inline constexpr std::size_t kCheckDepth = 512;                    // calls deep in one check: about a quarter of a small stack
inline constexpr std::size_t kCheckSteps = 1'000'000;              // rules tried in one check: some 50 ms, then it is refused
inline constexpr std::size_t kViolations = 10;                     // mistakes told at once; more is noise for a model
inline constexpr std::size_t kEnumValues = 200;                    // of one owner-added field; a longer list is a table
inline constexpr std::size_t kPatternBytes = 4 * 1024;             // of one regular expression as written
inline constexpr std::size_t kPatternWeight = 20'000;              // its size after repeats are written out
inline constexpr std::size_t kPatternMemoryBytes = 1024 * 1024;    // what RE2 may use for one

// Reports.
inline constexpr std::size_t kReportRows = 20'000'000;             // rows one report walks through, one at a time; a small business has hundreds
inline constexpr std::size_t kReportLines = 10;                    // of one list before "and N more": what a morning can hold

// Schedule.
inline constexpr int kMissedRuns = 400;                            // counted of one behaviour; a machine off for a year says "400"
inline constexpr std::int64_t kJobLeaseSeconds = 300;              // a job is one unit of work; a worker silent for so long is dead
inline constexpr int kJobAttempts = 5;                             // of one job before the owner is told that it failed
inline constexpr std::int64_t kJobRetrySeconds = 300;              // between them
inline constexpr std::int64_t kLateSeconds = 3600;                 // a run later than this says so
inline constexpr std::size_t kDigestsAtOnce = 50;                  // told in one delivery; the rest with the next
inline constexpr std::size_t kDigestBytes = 24 * 1024;             // of one digest; ten lines a list are far below
inline constexpr std::int64_t kNoticeHours = 72;                   // a notice that could not leave by then is old news
inline constexpr std::size_t kCalendarBytes = 4 * 1024 * 1024;     // of one .ics file
inline constexpr int kHolidayYearsAhead = 10;                      // so far yearly holidays are written into the calendar
inline constexpr std::size_t kSequences = 50;                      // of one nurture procedure
inline constexpr std::size_t kSequenceSteps = 50;                  // of one sequence
inline constexpr std::size_t kEnrolmentsPerRun = 200;              // leads that one daily run looks at; the rest the next day

// Store.
inline constexpr int kBusyTimeoutMs = 35'000;                      // longer than a 30 s backup holds the file
inline constexpr std::size_t kGroupCommitUnits = 64;               // units of work in one fsync
inline constexpr std::size_t kAuditPayloadBytes = 512 * 1024;

// Files.
inline constexpr std::size_t kProcedureBytes = 1024 * 1024;        // the core procedure is 12 KB
inline constexpr std::size_t kProcedureLineBytes = 16 * 1024;      // an unwrapped paragraph of 2,500 words
inline constexpr std::size_t kProcedureRunBytes = 64 * 1024;       // text without a blank line; the Markdown reader is quadratic in it
inline constexpr std::size_t kProcedureNesting = 24;               // lists and quotes in each other; people stop at four
inline constexpr std::size_t kProcedureBlocks = 20'000;            // paragraphs, items and cells of one file
inline constexpr std::size_t kProcedureModules = 20;               // files that one procedure loads
inline constexpr std::size_t kProcedureProblems = 200;             // errors and warnings reported of one procedure
inline constexpr std::size_t kPlaceholders = 200;                   // of one message
inline constexpr std::size_t kPlaceholderBytes = 60;               // "[last interaction summary]" has 26
inline constexpr std::size_t kSchemaBytes = 1024 * 1024;
inline constexpr std::size_t kConfigBytes = 256 * 1024;
inline constexpr std::size_t kScenarioBytes = 256 * 1024;
inline constexpr std::size_t kLogFileBytes = 10 * 1024 * 1024;
inline constexpr std::size_t kLogFiles = 5;

}  // namespace deskhand::limits
