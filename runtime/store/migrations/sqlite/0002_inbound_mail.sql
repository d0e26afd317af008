R"sql(
-- 0002: mail that came in. The raw bytes stand apart from the row that is looked up, in pieces, so that a mail of 25 MB needs the
-- room of one piece.

CREATE TABLE inbound_mails (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  label TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  raw_sha256 TEXT NOT NULL CHECK (length(raw_sha256) = 64),
  raw_bytes INTEGER NOT NULL,
  settled_at INTEGER,
  action TEXT NOT NULL CHECK (action IN ('', 'new_contact_and_lead', 'existing_contact_new_lead', 'log_on_existing_lead',
    'log_on_existing_contact', 'ignore', 'duplicate', 'needs_reading')),
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  is_inquiry INTEGER NOT NULL CHECK (is_inquiry IN (0, 1)),
  message_id TEXT NOT NULL,
  content_key TEXT NOT NULL,
  identity TEXT CHECK (identity IS NULL OR identity <> ''),
  sender TEXT NOT NULL,
  reply_address TEXT NOT NULL,
  subject TEXT NOT NULL,
  sent_at INTEGER,
  in_reply_to TEXT NOT NULL,
  contact_id TEXT,
  lead_id TEXT,
  interaction TEXT NOT NULL,
  notices TEXT NOT NULL,
  extraction TEXT NOT NULL,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  FOREIGN KEY (org_id, lead_id) REFERENCES leads (org_id, id),
  CHECK ((settled_at IS NULL) = (action = ''))
) STRICT;
CREATE UNIQUE INDEX inbound_mails_once ON inbound_mails (org_id, raw_sha256);
CREATE UNIQUE INDEX inbound_mails_identify ON inbound_mails (org_id, identity) WHERE identity IS NOT NULL;
CREATE INDEX inbound_mails_by_message_id ON inbound_mails (org_id, message_id) WHERE message_id <> '';
CREATE INDEX inbound_mails_by_content ON inbound_mails (org_id, content_key) WHERE content_key <> '';
CREATE INDEX inbound_mails_by_sender ON inbound_mails (org_id, sender, received_at) WHERE sender <> '';
CREATE INDEX inbound_mails_by_reply ON inbound_mails (org_id, reply_address, received_at) WHERE reply_address <> '';
CREATE INDEX inbound_mails_by_lead ON inbound_mails (org_id, lead_id, received_at) WHERE lead_id IS NOT NULL;
CREATE INDEX inbound_mails_unsettled ON inbound_mails (org_id, received_at) WHERE settled_at IS NULL;
CREATE INDEX inbound_mails_to_read ON inbound_mails (org_id, received_at) WHERE action = 'needs_reading';

CREATE TABLE inbound_pieces (
  org_id TEXT NOT NULL,
  mail_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  bytes BLOB,
  PRIMARY KEY (org_id, mail_id, position),
  FOREIGN KEY (org_id, mail_id) REFERENCES inbound_mails (org_id, id)
) STRICT;

-- What is attached, by the hash of its content; the content itself stays inside the raw mail.
CREATE TABLE inbound_attachments (
  org_id TEXT NOT NULL,
  mail_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (org_id, mail_id, position),
  FOREIGN KEY (org_id, mail_id) REFERENCES inbound_mails (org_id, id)
) STRICT;
CREATE INDEX inbound_attachments_by_hash ON inbound_attachments (org_id, sha256);

-- In-Reply-To of a mail names our message by its Message-ID.
CREATE INDEX messages_by_internet_id ON messages (org_id, internet_message_id) WHERE internet_message_id <> '';

CREATE TRIGGER inbound_mails_are_never_deleted BEFORE DELETE ON inbound_mails BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER inbound_pieces_are_never_deleted BEFORE DELETE ON inbound_pieces BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER inbound_attachments_are_never_deleted BEFORE DELETE ON inbound_attachments BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER inbound_mails_keep_what_came BEFORE UPDATE OF org_id, id, label, received_at, raw_sha256, raw_bytes ON inbound_mails BEGIN
  SELECT RAISE(ABORT, 'forbidden|What came in is never rewritten.');
END;
CREATE TRIGGER inbound_mails_are_settled_once BEFORE UPDATE OF settled_at, action, identity, contact_id, lead_id, interaction ON inbound_mails
WHEN OLD.settled_at IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'conflict|This mail has already been dealt with.');
END;
CREATE TRIGGER inbound_attachments_are_never_changed BEFORE UPDATE ON inbound_attachments BEGIN
  SELECT RAISE(ABORT, 'forbidden|What came in is never rewritten.');
END;
CREATE TRIGGER inbound_pieces_are_only_redacted BEFORE UPDATE ON inbound_pieces
WHEN NEW.bytes IS NOT NULL OR NEW.org_id <> OLD.org_id OR NEW.mail_id <> OLD.mail_id OR NEW.position <> OLD.position
  OR NOT EXISTS (SELECT 1 FROM audit WHERE org_id = OLD.org_id AND action = 'redact') BEGIN
  SELECT RAISE(ABORT, 'forbidden|The bytes of a mail are only ever blanked by a redaction.');
END;
)sql"
