R"sql(
-- 0003: the calendar. A job is one behaviour on one local date; its key is what makes it run once.

CREATE TABLE jobs (
  org_id TEXT NOT NULL,
  behaviour TEXT NOT NULL,
  local_date TEXT NOT NULL CHECK (length(local_date) = 10),
  state TEXT NOT NULL CHECK (state IN ('leased', 'done', 'failed')),
  due_at INTEGER NOT NULL,
  worker TEXT NOT NULL CHECK (worker <> ''),
  lease_until INTEGER NOT NULL,
  attempts INTEGER NOT NULL CHECK (attempts > 0),
  missed INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  result TEXT NOT NULL,
  PRIMARY KEY (org_id, behaviour, local_date),
  CHECK ((state = 'leased') = (ended_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE behaviour_pauses (
  org_id TEXT NOT NULL,
  behaviour TEXT NOT NULL,
  paused INTEGER NOT NULL CHECK (paused IN (0, 1)),
  changed_by TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, behaviour)
) STRICT, WITHOUT ROWID;

-- What a behaviour had to say, and which channel has had it.
CREATE TABLE digests (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  behaviour TEXT NOT NULL,
  local_date TEXT NOT NULL CHECK (length(local_date) = 10),
  user_id TEXT NOT NULL,
  content TEXT NOT NULL,
  items TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id)
) STRICT;
CREATE UNIQUE INDEX digests_once ON digests (org_id, behaviour, local_date, user_id);
CREATE INDEX digests_of_user ON digests (org_id, user_id, made_at);
CREATE TABLE digest_deliveries (
  org_id TEXT NOT NULL,
  digest_id TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel <> ''),
  delivered_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, channel, digest_id),
  FOREIGN KEY (org_id, digest_id) REFERENCES digests (org_id, id)
) STRICT, WITHOUT ROWID;

-- When a quiet lead was last named in full, and for which silence.
CREATE TABLE lead_namings (
  org_id TEXT NOT NULL,
  lead_id TEXT NOT NULL,
  named_on TEXT NOT NULL CHECK (length(named_on) = 10),
  quiet_since TEXT NOT NULL CHECK (length(quiet_since) = 10),
  PRIMARY KEY (org_id, lead_id),
  FOREIGN KEY (org_id, lead_id) REFERENCES leads (org_id, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER jobs_are_never_deleted BEFORE DELETE ON jobs BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER behaviour_pauses_are_never_deleted BEFORE DELETE ON behaviour_pauses BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER digests_are_never_deleted BEFORE DELETE ON digests BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER digest_deliveries_are_never_deleted BEFORE DELETE ON digest_deliveries BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER lead_namings_are_never_deleted BEFORE DELETE ON lead_namings BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER jobs_are_done_once BEFORE UPDATE ON jobs WHEN OLD.state <> 'leased' BEGIN
  SELECT RAISE(ABORT, 'conflict|This job has been done.');
END;
CREATE TRIGGER jobs_keep_their_date BEFORE UPDATE OF org_id, behaviour, local_date ON jobs BEGIN
  SELECT RAISE(ABORT, 'forbidden|A job belongs to its date.');
END;
CREATE TRIGGER digests_are_never_changed BEFORE UPDATE ON digests BEGIN
  SELECT RAISE(ABORT, 'forbidden|What was told is never rewritten.');
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('jobs', 'jobs', '10000000 10000000 1000 1'),
  ('behaviour_pauses', 'behaviour_pauses', '10 10 1'),
  ('digests', 'digests_of_user', '10000000 10000000 1000 2'),
  ('digests', 'digests_once', '10000000 10000000 1000 2 1'),
  ('digests', 'sqlite_autoindex_digests_1', '10000000 10000000 1'),
  ('digest_deliveries', 'digest_deliveries', '10000000 10000000 5000000 1'),
  ('lead_namings', 'lead_namings', '10000000 10000000 1');
ANALYZE sqlite_schema;
)sql"
