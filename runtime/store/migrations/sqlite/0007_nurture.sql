R"sql(
-- 0007: stages as a business sets them up, and the sequences of follow-ups that its leads walk through.

ALTER TABLE leads ADD COLUMN stage_entered_at INTEGER;
ALTER TABLE leads ADD COLUMN sla_raised_on TEXT CHECK (sla_raised_on IS NULL OR length(sla_raised_on) = 10);
ALTER TABLE leads ADD COLUMN nurture_status TEXT CHECK (nurture_status IS NULL OR nurture_status IN ('active', 'paused', 'completed', 'exited'));
ALTER TABLE leads ADD COLUMN current_sequence TEXT;
ALTER TABLE leads ADD COLUMN next_nurture_step_on TEXT CHECK (next_nurture_step_on IS NULL OR length(next_nurture_step_on) = 10);
-- Leads that nobody has been told of yet, by how long they have stood in their stage.
CREATE INDEX leads_by_stage_entry ON leads (org_id, state, COALESCE(stage_entered_at, created_at), ref_number) WHERE sla_raised_on IS NULL AND archived = 0;

-- A column is NULL where the business has said nothing.
CREATE TABLE stages (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  pipeline TEXT NOT NULL CHECK (pipeline <> ''),
  state TEXT NOT NULL CHECK (state IN ('new', 'engaged', 'qualified', 'booked', 'quoted', 'negotiating', 'won', 'lost', 'disqualified')),
  name TEXT,
  probability INTEGER CHECK (probability IS NULL OR probability BETWEEN 0 AND 100),
  colour TEXT,
  auto_nurture INTEGER CHECK (auto_nurture IS NULL OR auto_nurture IN (0, 1)),
  sla_days INTEGER CHECK (sla_days IS NULL OR sla_days >= 0),
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  UNIQUE (org_id, pipeline, state)
) STRICT;

-- One lead on its way through one sequence: only how far it is. What the sequence says stands in the procedure.
CREATE TABLE nurture_enrolments (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  lead_id TEXT NOT NULL,
  sequence TEXT NOT NULL CHECK (sequence <> ''),
  status TEXT NOT NULL CHECK (status IN ('active', 'paused', 'completed', 'exited')),
  next_step INTEGER NOT NULL CHECK (next_step > 0),
  next_step_on TEXT CHECK (next_step_on IS NULL OR length(next_step_on) = 10),
  enrolled_on TEXT NOT NULL CHECK (length(enrolled_on) = 10),
  by_itself INTEGER NOT NULL CHECK (by_itself IN (0, 1)),
  entered_state TEXT NOT NULL,
  entered_status TEXT NOT NULL,
  seen_interaction INTEGER NOT NULL,
  proposal_id TEXT,
  exit_reason TEXT NOT NULL CHECK (exit_reason IN ('', 'replied', 'stage_changed', 'opted_out', 'closed', 'by_person')),
  ended_at INTEGER,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  FOREIGN KEY (org_id, lead_id) REFERENCES leads (org_id, id),
  FOREIGN KEY (org_id, proposal_id) REFERENCES messages (org_id, id)
) STRICT;
CREATE UNIQUE INDEX nurture_one_at_a_time ON nurture_enrolments (org_id, lead_id) WHERE status IN ('active', 'paused');
CREATE INDEX nurture_due ON nurture_enrolments (org_id, next_step_on, ref_number) WHERE status = 'active';
CREATE INDEX nurture_by_lead ON nurture_enrolments (org_id, lead_id, ref_number);

-- What happened on the way, one row for each thing; never rewritten.
CREATE TABLE nurture_log (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  enrolment_id TEXT NOT NULL,
  lead_id TEXT NOT NULL,
  sequence TEXT NOT NULL,
  event TEXT NOT NULL CHECK (event IN ('enrolled', 'proposed', 'held', 'paused', 'resumed', 'exited', 'completed')),
  step INTEGER NOT NULL,
  at INTEGER NOT NULL,
  local_date TEXT NOT NULL CHECK (length(local_date) = 10),
  message_id TEXT,
  note TEXT NOT NULL,
  procedure_version TEXT NOT NULL,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, enrolment_id) REFERENCES nurture_enrolments (org_id, id),
  FOREIGN KEY (org_id, lead_id) REFERENCES leads (org_id, id),
  FOREIGN KEY (org_id, message_id) REFERENCES messages (org_id, id)
) STRICT;
CREATE INDEX nurture_log_by_lead ON nurture_log (org_id, lead_id, at, id);
CREATE INDEX nurture_log_by_event ON nurture_log (org_id, event, at, id);

CREATE TRIGGER stages_are_never_deleted BEFORE DELETE ON stages BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER nurture_enrolments_are_never_deleted BEFORE DELETE ON nurture_enrolments BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER nurture_log_is_never_deleted BEFORE DELETE ON nurture_log BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER stages_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at, pipeline, state ON stages BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER nurture_enrolments_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at, lead_id, sequence, enrolled_on, by_itself, entered_state, entered_status ON nurture_enrolments BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER nurture_log_is_never_changed BEFORE UPDATE ON nurture_log BEGIN
  SELECT RAISE(ABORT, 'forbidden|What happened in a sequence is never rewritten.');
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('leads', 'leads_by_stage_entry', '10000000 10000000 1250000 2 1'),
  ('stages', 'sqlite_autoindex_stages_1', '90000 9 1'),
  ('stages', 'sqlite_autoindex_stages_2', '90000 9 1'),
  ('stages', 'sqlite_autoindex_stages_3', '90000 9 9 1'),
  ('nurture_enrolments', 'nurture_due', '1000000 1000000 10000 1'),
  ('nurture_enrolments', 'nurture_one_at_a_time', '1000000 1000000 1'),
  ('nurture_enrolments', 'nurture_by_lead', '10000000 10000000 2 1'),
  ('nurture_enrolments', 'sqlite_autoindex_nurture_enrolments_1', '10000000 10000000 1'),
  ('nurture_enrolments', 'sqlite_autoindex_nurture_enrolments_2', '10000000 10000000 1'),
  ('nurture_log', 'nurture_log_by_lead', '10000000 10000000 8 2 1'),
  ('nurture_log', 'nurture_log_by_event', '10000000 10000000 1500000 2 1'),
  ('nurture_log', 'sqlite_autoindex_nurture_log_1', '10000000 10000000 1');
ANALYZE sqlite_schema;
)sql"
