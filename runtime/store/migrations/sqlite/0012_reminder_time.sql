R"sql(
-- 0012: a reminder may have a time of day (minutes since midnight in the business's zone) and is told then.

ALTER TABLE reminders ADD COLUMN due_minute INTEGER CHECK (due_minute BETWEEN 0 AND 1439);
CREATE INDEX reminders_timed ON reminders (org_id, due, due_minute) WHERE status = 'pending' AND due_minute IS NOT NULL;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('reminders', 'reminders_timed', '50 50 10 5');
ANALYZE sqlite_schema;
)sql"
