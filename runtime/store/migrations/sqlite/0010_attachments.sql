R"sql(
-- 0010: what was attached to mails, by the hash of its content. The same file that comes in ten mails stands here once. In pieces, so
-- that a file of 25 MB needs the room of one piece. docs/adr/0011-attachments.md says why this is no folder of files.

CREATE TABLE attachments (
  org_id TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  stored_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, sha256)
) STRICT;

CREATE TABLE attachment_pieces (
  org_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  position INTEGER NOT NULL,
  bytes BLOB,
  PRIMARY KEY (org_id, sha256, position),
  FOREIGN KEY (org_id, sha256) REFERENCES attachments (org_id, sha256)
) STRICT;

-- Whether its content was put there when the mail was settled; NULL for mails that were settled before there was a place for it.
ALTER TABLE inbound_attachments ADD COLUMN is_kept INTEGER CHECK (is_kept IN (0, 1));

-- Who reads a mailbox just now, and until when that holds without a sign of life.
ALTER TABLE mailbox_marks ADD COLUMN reader TEXT NOT NULL DEFAULT '';
ALTER TABLE mailbox_marks ADD COLUMN reader_until INTEGER;

CREATE TRIGGER attachments_are_never_deleted BEFORE DELETE ON attachments BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER attachment_pieces_are_never_deleted BEFORE DELETE ON attachment_pieces BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER attachments_are_never_changed BEFORE UPDATE ON attachments BEGIN
  SELECT RAISE(ABORT, 'forbidden|What came in is never rewritten.');
END;
CREATE TRIGGER attachment_pieces_are_only_redacted BEFORE UPDATE ON attachment_pieces
WHEN NEW.bytes IS NOT NULL OR NEW.org_id <> OLD.org_id OR NEW.sha256 <> OLD.sha256 OR NEW.position <> OLD.position
  OR NOT EXISTS (SELECT 1 FROM audit WHERE org_id = OLD.org_id AND action = 'redact') BEGIN
  SELECT RAISE(ABORT, 'forbidden|The bytes of an attachment are only ever blanked by a redaction.');
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('attachments', 'sqlite_autoindex_attachments_1', '1000000 1000000 1'),
  ('attachment_pieces', 'sqlite_autoindex_attachment_pieces_1', '2000000 2000000 2 1');
ANALYZE sqlite_schema;
)sql"
