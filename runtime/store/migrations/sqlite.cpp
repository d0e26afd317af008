#include "store/migrations/sqlite.h"

namespace deskhand::store {
namespace {

// Each .sql file is one raw string literal, so that the file is what runs.
constexpr std::string_view kRecord =
#include "store/migrations/sqlite/0001_record.sql"
    ;
constexpr std::string_view kInboundMail =
#include "store/migrations/sqlite/0002_inbound_mail.sql"
    ;
constexpr std::string_view kSchedule =
#include "store/migrations/sqlite/0003_schedule.sql"
    ;
constexpr std::string_view kMailboxes =
#include "store/migrations/sqlite/0004_mailboxes.sql"
    ;
constexpr std::string_view kRunLease =
#include "store/migrations/sqlite/0005_run_lease.sql"
    ;
constexpr std::string_view kModelSpending =
#include "store/migrations/sqlite/0006_model_spending.sql"
    ;
constexpr std::string_view kNurture =
#include "store/migrations/sqlite/0007_nurture.sql"
    ;
constexpr std::string_view kReports =
#include "store/migrations/sqlite/0008_reports.sql"
    ;
constexpr std::string_view kMailReadings =
#include "store/migrations/sqlite/0009_mail_readings.sql"
    ;
constexpr std::string_view kAttachments =
#include "store/migrations/sqlite/0010_attachments.sql"
    ;
constexpr std::string_view kRedaction =
#include "store/migrations/sqlite/0011_redaction.sql"
    ;
constexpr std::string_view kReminderTime =
#include "store/migrations/sqlite/0012_reminder_time.sql"
    ;

constexpr Migration kMigrations[] = {{1, "0001_record", kRecord},
                                     {2, "0002_inbound_mail", kInboundMail},
                                     {3, "0003_schedule", kSchedule},
                                     {4, "0004_mailboxes", kMailboxes},
                                     {5, "0005_run_lease", kRunLease},
                                     {6, "0006_model_spending", kModelSpending},
                                     {7, "0007_nurture", kNurture},
                                     {8, "0008_reports", kReports},
                                     {9, "0009_mail_readings", kMailReadings},
                                     {10, "0010_attachments", kAttachments},
                                     {11, "0011_redaction", kRedaction},
                                     {12, "0012_reminder_time", kReminderTime}};

}  // namespace

std::span<const Migration> sqlite_migrations() { return kMigrations; }

}  // namespace deskhand::store
