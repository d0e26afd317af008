R"sql(
-- 0004: how far each mailbox was read, and since when it can not be read. Working state and no record: it says where to go on.
CREATE TABLE mailbox_marks (
  org_id TEXT NOT NULL,
  mailbox TEXT NOT NULL,
  uid_validity INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  visited_at INTEGER,
  failing_since INTEGER,
  failure TEXT NOT NULL,
  told_at INTEGER,
  PRIMARY KEY (org_id, mailbox)
) STRICT;
CREATE TRIGGER mailbox_marks_are_never_deleted BEFORE DELETE ON mailbox_marks BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
)sql"
