R"sql(
-- 0009: mails that a model is to read after the rules are done with them, and who wrote the summary of an interaction.

CREATE TABLE mail_readings (
  org_id TEXT NOT NULL,
  mail_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'left')),
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  due_at INTEGER NOT NULL,
  run_id TEXT,
  extraction TEXT NOT NULL,
  summary TEXT NOT NULL,
  outcome TEXT NOT NULL,
  failure TEXT NOT NULL,
  PRIMARY KEY (org_id, mail_id),
  FOREIGN KEY (org_id, mail_id) REFERENCES inbound_mails (org_id, id)
) STRICT;
CREATE INDEX mail_readings_due ON mail_readings (org_id, due_at) WHERE state = 'waiting';
CREATE TRIGGER mail_readings_are_never_deleted BEFORE DELETE ON mail_readings BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER mail_readings_end_once BEFORE UPDATE ON mail_readings
WHEN OLD.state <> 'waiting' OR NEW.org_id <> OLD.org_id OR NEW.mail_id <> OLD.mail_id BEGIN
  SELECT RAISE(ABORT, 'conflict|This mail has been read already.');
END;

-- What a conversation has to know of since it was last spoken in.
CREATE INDEX inbound_mails_inquiries ON inbound_mails (org_id, received_at) WHERE is_inquiry = 1;

-- The model whose words the summary is. NULL where a person or a rule wrote it, so that the digests of older rows hold.
ALTER TABLE interactions ADD COLUMN summary_by TEXT CHECK (summary_by IS NULL OR summary_by <> '');

-- A mail that waited for somebody to read it may be dealt with once more, when it has been read.
DROP TRIGGER inbound_mails_are_settled_once;
CREATE TRIGGER inbound_mails_are_settled_once BEFORE UPDATE OF settled_at, action, identity, contact_id, lead_id, interaction ON inbound_mails
WHEN OLD.settled_at IS NOT NULL AND NOT (OLD.action = 'needs_reading' AND OLD.lead_id IS NULL AND NEW.action <> 'needs_reading'
  AND NEW.settled_at = OLD.settled_at AND NEW.identity IS OLD.identity) BEGIN
  SELECT RAISE(ABORT, 'conflict|This mail has already been dealt with.');
END;
)sql"
