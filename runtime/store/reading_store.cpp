#include "store/reading_store.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kReadingColumns = "mail_id, state, attempts, due_at, run_id, extraction, summary, outcome, failure";

Result<MailReading> read_reading(const Row& row) {
  ColumnReader in(row);
  MailReading reading;
  reading.mail = in.text();
  reading.state = in.name(parse_reading_state);
  reading.attempts = static_cast<int>(in.number());
  reading.due_at = in.instant();
  reading.run = in.id<RunId>();
  reading.extraction = in.text();
  reading.summary = in.text();
  reading.outcome = in.text();
  reading.failure = in.text();
  return in.finish(std::move(reading));
}

std::string select_readings(std::string_view condition) {
  return "SELECT " + std::string(kReadingColumns) + " FROM mail_readings WHERE org_id = $1 AND " + std::string(condition);
}

}  // namespace

Done SqlReadingStore::insert(const MailReading& reading) {
  return session_.run(
      "INSERT INTO mail_readings (org_id, mail_id, state, attempts, due_at, run_id, extraction, summary, outcome, "
      "failure) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (org_id, mail_id) DO NOTHING",
      {text(reading.mail), text(name_of(reading.state)), number(reading.attempts), instant(reading.due_at),
       id(reading.run), text(reading.extraction), text(reading.summary), text(reading.outcome), text(reading.failure)});
}

Result<MailReading> SqlReadingStore::find(std::string_view mail) const {
  return session_.one(select_readings("mail_id = $2"), {text(mail)}, read_reading, "reading of that mail");
}

Done SqlReadingStore::update(const MailReading& reading) {
  Result<bool> hit = session_.exists(
      "UPDATE mail_readings SET state = $3, attempts = $4, due_at = $5, run_id = $6, extraction = $7, summary = $8, "
      "outcome = $9, failure = $10 WHERE org_id = $1 AND mail_id = $2 AND state = 'waiting' RETURNING mail_id",
      {text(reading.mail), text(name_of(reading.state)), number(reading.attempts), instant(reading.due_at),
       id(reading.run), text(reading.extraction), text(reading.summary), text(reading.outcome), text(reading.failure)});
  if (!hit) return hit.error();
  return *hit ? Done{} : Done{make_error(Code::conflict, "This mail has been read already.")};
}

Result<std::vector<MailReading>> SqlReadingStore::due(Instant now, std::size_t rows_max) const {
  return session_.all(select_readings("state = 'waiting' AND due_at <= $2 ORDER BY due_at, mail_id LIMIT $3"),
                      {instant(now), page(rows_max)}, read_reading);
}

}  // namespace deskhand::store
