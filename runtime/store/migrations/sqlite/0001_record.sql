R"sql(
-- 0001: the record. Forward only; a migration that has run is never edited (its hash is kept in schema_migrations).
-- Later columns must be NULL where nothing was said: a NULL column does not count in a row's digest, so old rows keep theirs.

CREATE TABLE ref_counters (
  org_id TEXT NOT NULL,
  name TEXT NOT NULL,
  value INTEGER NOT NULL CHECK (value > 0),
  PRIMARY KEY (org_id, name)
) STRICT;

CREATE TABLE orgs (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  timezone TEXT NOT NULL,
  region TEXT NOT NULL,
  currency TEXT NOT NULL,
  phone TEXT NOT NULL,
  email TEXT NOT NULL,
  address TEXT NOT NULL,
  signature TEXT NOT NULL,
  service_area TEXT NOT NULL,
  business_days TEXT NOT NULL,
  holidays TEXT NOT NULL,
  open_minute INTEGER NOT NULL,
  close_minute INTEGER NOT NULL,
  quiet_begin_minute INTEGER,
  quiet_end_minute INTEGER,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  CHECK (org_id = id)
) STRICT;

CREATE TABLE users (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL,
  login TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('tech', 'member', 'admin', 'owner')),
  email TEXT NOT NULL,
  email_verified INTEGER NOT NULL CHECK (email_verified IN (0, 1)),
  may_approve_messages INTEGER NOT NULL CHECK (may_approve_messages IN (0, 1)),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  UNIQUE (org_id, login)
) STRICT;

CREATE TABLE settings (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  UNIQUE (org_id, name)
) STRICT;

CREATE TABLE companies (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('business', 'individual', 'nonprofit', 'government', 'other')),
  main_phone TEXT NOT NULL,
  main_phone_as_typed TEXT NOT NULL,
  billing_address TEXT NOT NULL,
  primary_contact_id TEXT,
  status TEXT NOT NULL CHECK (status IN ('prospect', 'active_customer', 'inactive', 'archived')),
  quickbooks_customer_id TEXT NOT NULL,
  custom TEXT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  FOREIGN KEY (org_id, primary_contact_id) REFERENCES contacts (org_id, id)
) STRICT;

CREATE TABLE contacts (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  company_id TEXT,
  address TEXT NOT NULL,
  preferred_channel TEXT NOT NULL CHECK (preferred_channel IN ('', 'phone', 'email', 'sms')),
  lifecycle TEXT NOT NULL CHECK (lifecycle IN ('prospect', 'customer', 'past_customer')),
  tags TEXT NOT NULL,
  services_interested TEXT NOT NULL,
  notes TEXT NOT NULL,
  source TEXT NOT NULL,
  quickbooks_customer_id TEXT NOT NULL,
  do_not_contact INTEGER NOT NULL CHECK (do_not_contact IN (0, 1)),
  do_not_contact_reason TEXT NOT NULL,
  archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
  root_id TEXT,
  next_follow_up TEXT CHECK (next_follow_up IS NULL OR length(next_follow_up) = 10),
  last_contacted_at INTEGER,
  last_activity_at INTEGER,
  became_customer_at INTEGER,
  custom TEXT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  FOREIGN KEY (org_id, company_id) REFERENCES companies (org_id, id),
  FOREIGN KEY (org_id, root_id) REFERENCES contacts (org_id, id),
  CHECK (root_id IS NULL OR root_id <> id)
) STRICT;
CREATE INDEX contacts_by_name ON contacts (org_id, name_folded, id);
CREATE INDEX contacts_by_root ON contacts (org_id, root_id) WHERE root_id IS NOT NULL;
CREATE INDEX contacts_by_company ON contacts (org_id, company_id) WHERE company_id IS NOT NULL;
CREATE INDEX contacts_by_created ON contacts (org_id, created_at, ref_number);
CREATE INDEX contacts_by_updated ON contacts (org_id, updated_at, ref_number);
CREATE INDEX contacts_by_last_contact ON contacts (org_id, last_contacted_at, ref_number);

-- A phone or an e-mail identifies one person of an org (HS3). `merged` is 1 while its contact is merged into another.
CREATE TABLE contact_points (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  contact_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('phone', 'email')),
  normal TEXT NOT NULL CHECK (normal <> ''),
  as_typed TEXT NOT NULL,
  position INTEGER NOT NULL,
  origin TEXT NOT NULL,
  separate_id TEXT,
  retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
  merged INTEGER NOT NULL CHECK (merged IN (0, 1)),
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  FOREIGN KEY (org_id, separate_id) REFERENCES approvals (org_id, id)
) STRICT;
CREATE UNIQUE INDEX contact_points_identify ON contact_points (org_id, kind, normal)
  WHERE retired = 0 AND merged = 0 AND separate_id IS NULL;
CREATE UNIQUE INDEX contact_points_once ON contact_points (org_id, contact_id, kind, normal);
CREATE INDEX contact_points_by_normal ON contact_points (org_id, kind, normal);
-- Which contacts carry a tag, folded. An index and no record: contacts.tags is the truth.
CREATE TABLE contact_tags (
  org_id TEXT NOT NULL,
  tag TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  PRIMARY KEY (org_id, tag, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_tags_by_contact ON contact_tags (org_id, contact_id);

CREATE TABLE leads (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  contact_id TEXT,
  source TEXT NOT NULL CHECK (source IN ('phone_call', 'email', 'web_form', 'referral', 'ad', 'other')),
  source_words TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('new', 'working', 'qualified', 'disqualified', 'converted')),
  stage TEXT NOT NULL CHECK (stage IN ('inquiry', 'needs_analysis', 'estimate_sent', 'follow_up', 'scheduled_visit')),
  state TEXT NOT NULL CHECK (state IN ('new', 'engaged', 'qualified', 'booked', 'quoted', 'negotiating', 'won', 'lost', 'disqualified')),
  contacted INTEGER NOT NULL CHECK (contacted IN (0, 1)),
  disqualify_reason TEXT NOT NULL CHECK (disqualify_reason IN ('', 'budget', 'timing', 'outside_scope', 'no_response', 'other')),
  reason_note TEXT NOT NULL,
  estimated_minor INTEGER,
  estimated_currency TEXT,
  expected_close TEXT CHECK (expected_close IS NULL OR length(expected_close) = 10),
  assignee_id TEXT,
  opportunity_id TEXT,
  urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  origin TEXT NOT NULL,
  qualified_at INTEGER,
  handed_off_at INTEGER,
  won_at INTEGER,
  closed_at INTEGER,
  last_activity_at INTEGER,
  archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
  custom TEXT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  FOREIGN KEY (org_id, assignee_id) REFERENCES users (org_id, id),
  FOREIGN KEY (org_id, opportunity_id) REFERENCES opportunities (org_id, id),
  CHECK ((estimated_minor IS NULL) = (estimated_currency IS NULL))
) STRICT;
CREATE INDEX leads_by_contact ON leads (org_id, contact_id);
CREATE INDEX leads_by_state ON leads (org_id, archived, state, created_at);
CREATE INDEX leads_by_created ON leads (org_id, archived, created_at, ref_number);
CREATE INDEX leads_by_activity ON leads (org_id, archived, COALESCE(last_activity_at, created_at), ref_number);
CREATE INDEX leads_by_opportunity ON leads (org_id, opportunity_id) WHERE opportunity_id IS NOT NULL;
CREATE INDEX leads_by_closed ON leads (org_id, closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE opportunities (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL,
  lead_id TEXT,
  contact_id TEXT,
  stage TEXT NOT NULL CHECK (stage IN ('estimating', 'scheduled', 'won', 'lost')),
  amount_minor INTEGER,
  amount_currency TEXT,
  close_date TEXT CHECK (close_date IS NULL OR length(close_date) = 10),
  expected_close TEXT CHECK (expected_close IS NULL OR length(expected_close) = 10),
  lost_reason TEXT NOT NULL CHECK (lost_reason IN ('', 'price', 'competition', 'timing', 'no_decision', 'scope', 'other')),
  reason_note TEXT NOT NULL,
  assignee_id TEXT,
  estimate_id TEXT,
  archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
  custom TEXT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  FOREIGN KEY (org_id, lead_id) REFERENCES leads (org_id, id),
  FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  FOREIGN KEY (org_id, assignee_id) REFERENCES users (org_id, id),
  FOREIGN KEY (org_id, estimate_id) REFERENCES estimates (org_id, id),
  CHECK ((amount_minor IS NULL) = (amount_currency IS NULL))
) STRICT;
CREATE INDEX opportunities_by_lead ON opportunities (org_id, lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX opportunities_by_contact ON opportunities (org_id, contact_id);
CREATE INDEX opportunities_by_stage ON opportunities (org_id, archived, stage);
CREATE INDEX opportunities_by_closed ON opportunities (org_id, close_date) WHERE close_date IS NOT NULL;

CREATE TABLE estimates (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  contact_id TEXT,
  lead_id TEXT,
  opportunity_id TEXT,
  amount_minor INTEGER NOT NULL,
  amount_currency TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('draft', 'sent', 'accepted', 'rejected')),
  sent_on TEXT NOT NULL CHECK (length(sent_on) = 10),
  note TEXT NOT NULL,
  voided INTEGER NOT NULL CHECK (voided IN (0, 1)),
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  FOREIGN KEY (org_id, lead_id) REFERENCES leads (org_id, id),
  FOREIGN KEY (org_id, opportunity_id) REFERENCES opportunities (org_id, id)
) STRICT;
CREATE INDEX estimates_by_lead ON estimates (org_id, lead_id) WHERE lead_id IS NOT NULL;

CREATE TABLE appointments (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  contact_id TEXT,
  lead_id TEXT,
  opportunity_id TEXT,
  service TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  duration_minutes INTEGER NOT NULL CHECK (duration_minutes > 0),
  address TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('scheduled', 'completed', 'cancelled', 'no_show')),
  note TEXT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  FOREIGN KEY (org_id, lead_id) REFERENCES leads (org_id, id),
  FOREIGN KEY (org_id, opportunity_id) REFERENCES opportunities (org_id, id)
) STRICT;
CREATE INDEX appointments_by_start ON appointments (org_id, starts_at);
CREATE INDEX appointments_by_contact ON appointments (org_id, contact_id) WHERE contact_id IS NOT NULL;

CREATE TABLE handoffs (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  to_module TEXT NOT NULL,
  contact_id TEXT,
  lead_id TEXT,
  opportunity_id TEXT,
  what TEXT NOT NULL,
  done INTEGER NOT NULL CHECK (done IN (0, 1)),
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  FOREIGN KEY (org_id, lead_id) REFERENCES leads (org_id, id),
  FOREIGN KEY (org_id, opportunity_id) REFERENCES opportunities (org_id, id)
) STRICT;

-- The only history. Its content is never changed, see the triggers below.
CREATE TABLE interactions (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('phone_call', 'email_inbound', 'email_outbound', 'sms', 'meeting', 'note', 'system')),
  at INTEGER NOT NULL,
  contact_id TEXT,
  lead_id TEXT,
  opportunity_id TEXT,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('none', 'left_voicemail', 'spoke', 'no_show', 'rescheduled', 'sent_proposal', 'accepted_proposal', 'rejected_proposal')),
  follow_up TEXT CHECK (follow_up IS NULL OR length(follow_up) = 10),
  follow_up_status TEXT NOT NULL CHECK (follow_up_status IN ('none', 'pending', 'completed', 'canceled')),
  follow_up_topic TEXT NOT NULL,
  summary TEXT NOT NULL,
  origin TEXT NOT NULL,
  inbound INTEGER NOT NULL CHECK (inbound IN (0, 1)),
  voided INTEGER NOT NULL CHECK (voided IN (0, 1)),
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  FOREIGN KEY (org_id, lead_id) REFERENCES leads (org_id, id),
  FOREIGN KEY (org_id, opportunity_id) REFERENCES opportunities (org_id, id),
  CHECK (contact_id IS NOT NULL OR lead_id IS NOT NULL OR opportunity_id IS NOT NULL)
) STRICT;
CREATE INDEX interactions_by_contact ON interactions (org_id, contact_id, at) WHERE contact_id IS NOT NULL;
CREATE INDEX interactions_by_lead ON interactions (org_id, lead_id, at) WHERE lead_id IS NOT NULL;
CREATE INDEX interactions_by_opportunity ON interactions (org_id, opportunity_id, at) WHERE opportunity_id IS NOT NULL;
CREATE INDEX interactions_due ON interactions (org_id, follow_up) WHERE follow_up_status = 'pending' AND voided = 0;

CREATE TABLE reminders (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  due TEXT NOT NULL CHECK (length(due) = 10),
  text TEXT NOT NULL,
  contact_id TEXT,
  lead_id TEXT,
  opportunity_id TEXT,
  status TEXT NOT NULL CHECK (status IN ('none', 'pending', 'completed', 'canceled')),
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  FOREIGN KEY (org_id, lead_id) REFERENCES leads (org_id, id),
  FOREIGN KEY (org_id, opportunity_id) REFERENCES opportunities (org_id, id)
) STRICT;
CREATE INDEX reminders_due ON reminders (org_id, due) WHERE status = 'pending';

CREATE TABLE messages (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  inbound INTEGER NOT NULL CHECK (inbound IN (0, 1)),
  contact_id TEXT,
  lead_id TEXT,
  opportunity_id TEXT,
  revision INTEGER NOT NULL CHECK (revision > 0),
  draft_root_id TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
  to_address TEXT NOT NULL,
  to_name TEXT NOT NULL,
  cc TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  html TEXT NOT NULL,
  attachments TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'approved', 'superseded', 'discarded')),
  internet_message_id TEXT NOT NULL,
  in_reply_to TEXT NOT NULL,
  template_stage TEXT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  FOREIGN KEY (org_id, lead_id) REFERENCES leads (org_id, id),
  FOREIGN KEY (org_id, opportunity_id) REFERENCES opportunities (org_id, id),
  FOREIGN KEY (org_id, draft_root_id) REFERENCES messages (org_id, id),
  UNIQUE (org_id, draft_root_id, revision)
) STRICT;
CREATE INDEX messages_by_contact ON messages (org_id, contact_id, created_at) WHERE contact_id IS NOT NULL;
CREATE INDEX messages_open ON messages (org_id, created_at) WHERE status = 'open' AND inbound = 0;

CREATE TABLE approvals (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'approved', 'rejected', 'expired', 'superseded', 'stopped')),
  tool TEXT NOT NULL,
  arguments TEXT NOT NULL,
  summary TEXT NOT NULL,
  card TEXT NOT NULL,
  canonical BLOB NOT NULL,
  fingerprint TEXT NOT NULL,
  contact_id TEXT,
  lead_id TEXT,
  message_id TEXT,
  stamps TEXT NOT NULL,
  procedure_version TEXT NOT NULL,
  conversation_id TEXT,
  run_id TEXT,
  asked_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  remind_at INTEGER,
  decided_at INTEGER,
  decided_by TEXT,
  decided_where TEXT NOT NULL,
  note TEXT NOT NULL,
  replaces_id TEXT,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  FOREIGN KEY (org_id, lead_id) REFERENCES leads (org_id, id),
  FOREIGN KEY (org_id, message_id) REFERENCES messages (org_id, id),
  FOREIGN KEY (org_id, decided_by) REFERENCES users (org_id, id),
  FOREIGN KEY (org_id, replaces_id) REFERENCES approvals (org_id, id),
  CHECK (status NOT IN ('approved', 'rejected') OR (decided_at IS NOT NULL AND decided_by IS NOT NULL))
) STRICT;
CREATE INDEX approvals_pending ON approvals (org_id, asked_at) WHERE status = 'pending';
CREATE INDEX approvals_by_contact ON approvals (org_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX approvals_by_message ON approvals (org_id, message_id) WHERE message_id IS NOT NULL;

-- outbox_id is filled in when its one row is queued.
CREATE TABLE grants (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  approval_id TEXT,
  outbox_id TEXT,
  fingerprint TEXT NOT NULL,
  granted_by TEXT,
  granted_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  revoked_at INTEGER,
  standing INTEGER NOT NULL CHECK (standing IN (0, 1)),
  template_stage TEXT NOT NULL,
  channel TEXT NOT NULL,
  uses_max INTEGER NOT NULL,
  uses INTEGER NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  FOREIGN KEY (org_id, approval_id) REFERENCES approvals (org_id, id),
  FOREIGN KEY (org_id, granted_by) REFERENCES users (org_id, id),
  CHECK (uses <= uses_max OR standing = 0),
  CHECK (standing = 1 OR fingerprint <> '')
) STRICT;
CREATE INDEX grants_standing ON grants (org_id, expires_at) WHERE standing = 1;
CREATE INDEX grants_automatic ON grants (org_id) WHERE standing = 0 AND approval_id IS NULL;

CREATE TABLE outbox (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'attempting', 'sent', 'refused', 'delivery_unknown', 'not_configured', 'cancelled', 'bounced')),
  grant_id TEXT,
  approval_id TEXT,
  message_id TEXT,
  contact_id TEXT,
  canonical BLOB NOT NULL,
  fingerprint TEXT NOT NULL,
  request_id TEXT NOT NULL,
  notice_to TEXT,
  attempts INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  attempted_at INTEGER,
  settled_at INTEGER,
  result TEXT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  FOREIGN KEY (org_id, grant_id) REFERENCES grants (org_id, id),
  FOREIGN KEY (org_id, approval_id) REFERENCES approvals (org_id, id),
  FOREIGN KEY (org_id, message_id) REFERENCES messages (org_id, id),
  FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  FOREIGN KEY (org_id, notice_to) REFERENCES users (org_id, id)
) STRICT;

CREATE UNIQUE INDEX outbox_one_row_a_grant ON outbox (org_id, grant_id) WHERE grant_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_request ON outbox (org_id, request_id) WHERE request_id <> '';
CREATE INDEX outbox_due ON outbox (state, not_before);
CREATE INDEX outbox_by_message ON outbox (org_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX outbox_by_state ON outbox (org_id, state, created_at);
-- Who is working on a row until when. No record: it says nothing about what happened.
CREATE TABLE outbox_leases (
  org_id TEXT NOT NULL,
  outbox_id TEXT NOT NULL,
  lease_until INTEGER NOT NULL,
  PRIMARY KEY (org_id, outbox_id)
) STRICT, WITHOUT ROWID;

-- Conversations, runs, steps, cards and lists are a log and no records; they may be purged.
CREATE TABLE conversations (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  channel TEXT NOT NULL,
  user_id TEXT,
  opened_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  shown INTEGER NOT NULL,
  PRIMARY KEY (org_id, id)
) STRICT;
CREATE INDEX conversations_by_user ON conversations (org_id, channel, user_id, last_at);
CREATE TABLE runs (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  conversation_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('running', 'waiting', 'done', 'failed')),
  begun_by TEXT NOT NULL,
  procedure_version TEXT NOT NULL,
  model TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number)
) STRICT;
CREATE INDEX runs_by_conversation ON runs (org_id, conversation_id, ref_number);
CREATE INDEX runs_unfinished ON runs (org_id, ref_number) WHERE state IN ('running', 'waiting');
CREATE TABLE steps (
  org_id TEXT NOT NULL,
  run_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (org_id, run_id, number),
  FOREIGN KEY (org_id, run_id) REFERENCES runs (org_id, id)
) STRICT;
CREATE TABLE card_copies (
  org_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  approval_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  delivered_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, conversation_id, sequence),
  FOREIGN KEY (org_id, conversation_id) REFERENCES conversations (org_id, id),
  FOREIGN KEY (org_id, approval_id) REFERENCES approvals (org_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE list_copies (
  org_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  delivered_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, conversation_id, sequence),
  FOREIGN KEY (org_id, conversation_id) REFERENCES conversations (org_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE list_items (
  org_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  number INTEGER NOT NULL,
  noun TEXT NOT NULL,
  ref TEXT NOT NULL,
  label TEXT NOT NULL,
  PRIMARY KEY (org_id, conversation_id, sequence, number),
  FOREIGN KEY (org_id, conversation_id, sequence) REFERENCES list_copies (org_id, conversation_id, sequence)
) STRICT, WITHOUT ROWID;

-- The audit chain: one row a call. What changed stands in audit_changes with the digests of the rows left behind, so that a
-- payload may be blanked by law and both the chain and the records still verify.
CREATE TABLE audit (
  org_id TEXT NOT NULL,
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  verdict TEXT NOT NULL,
  payload_digest TEXT NOT NULL,
  changes_digest TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  undo_number INTEGER NOT NULL,
  undoes INTEGER NOT NULL,
  PRIMARY KEY (org_id, sequence)
) STRICT;
CREATE UNIQUE INDEX audit_by_undo ON audit (org_id, undo_number) WHERE undo_number > 0;
CREATE UNIQUE INDEX audit_undone_once ON audit (org_id, undoes) WHERE undoes > 0;
CREATE INDEX audit_by_time ON audit (org_id, at);
CREATE INDEX audit_redactions ON audit (org_id, sequence) WHERE action = 'redact';
CREATE TABLE audit_payloads (
  org_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  payload TEXT,
  PRIMARY KEY (org_id, sequence),
  FOREIGN KEY (org_id, sequence) REFERENCES audit (org_id, sequence)
) STRICT;
CREATE TABLE audit_changes (
  org_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  position INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_id TEXT NOT NULL,
  ref TEXT NOT NULL,
  before_digest TEXT NOT NULL,
  after_digest TEXT NOT NULL,
  substance_digest TEXT NOT NULL,
  PRIMARY KEY (org_id, sequence, position),
  FOREIGN KEY (org_id, sequence) REFERENCES audit (org_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_changes_by_row ON audit_changes (org_id, table_name, row_id, sequence, position);

-- What searching reads: folded text of each record, and an index of its trigrams. Derived; rebuilt from the records at will.
-- No trigger keeps the two together: with trusted_schema off a trigger may not write a virtual table.
CREATE TABLE search_rows (
  number INTEGER PRIMARY KEY,
  org_id TEXT NOT NULL,
  noun TEXT NOT NULL,
  record_id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_reversed TEXT NOT NULL,
  phones TEXT NOT NULL,
  content TEXT NOT NULL,
  UNIQUE (org_id, noun, record_id)
) STRICT;
CREATE INDEX search_rows_by_name ON search_rows (org_id, noun, name);
CREATE INDEX search_rows_by_name_reversed ON search_rows (org_id, noun, name_reversed);
CREATE VIRTUAL TABLE search_index USING fts5 (content, content = 'search_rows', content_rowid = 'number', tokenize = 'trigram');

-- Nothing is deleted (design 1.9, HS2).
CREATE TRIGGER orgs_are_never_deleted BEFORE DELETE ON orgs BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER users_are_never_deleted BEFORE DELETE ON users BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER settings_are_never_deleted BEFORE DELETE ON settings BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER companies_are_never_deleted BEFORE DELETE ON companies BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER contacts_are_never_deleted BEFORE DELETE ON contacts BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER contact_points_are_never_deleted BEFORE DELETE ON contact_points BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER leads_are_never_deleted BEFORE DELETE ON leads BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER opportunities_are_never_deleted BEFORE DELETE ON opportunities BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER estimates_are_never_deleted BEFORE DELETE ON estimates BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER appointments_are_never_deleted BEFORE DELETE ON appointments BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER handoffs_are_never_deleted BEFORE DELETE ON handoffs BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER interactions_are_never_deleted BEFORE DELETE ON interactions BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER reminders_are_never_deleted BEFORE DELETE ON reminders BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER messages_are_never_deleted BEFORE DELETE ON messages BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER approvals_are_never_deleted BEFORE DELETE ON approvals BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER grants_are_never_deleted BEFORE DELETE ON grants BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER outbox_are_never_deleted BEFORE DELETE ON outbox BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER audit_are_never_deleted BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER audit_payloads_are_never_deleted BEFORE DELETE ON audit_payloads BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER audit_changes_are_never_deleted BEFORE DELETE ON audit_changes BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER ref_counters_are_never_deleted BEFORE DELETE ON ref_counters BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;

-- What a record is called and when it was made never changes.
CREATE TRIGGER orgs_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON orgs BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER users_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON users BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER settings_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON settings BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER companies_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON companies BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER contacts_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON contacts BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER contact_points_keep_their_name BEFORE UPDATE OF org_id, id, created_at ON contact_points BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER leads_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON leads BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER opportunities_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON opportunities BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER estimates_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON estimates BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER appointments_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON appointments BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER handoffs_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON handoffs BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER interactions_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON interactions BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER reminders_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON reminders BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER messages_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON messages BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER approvals_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON approvals BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER grants_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON grants BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;
CREATE TRIGGER outbox_keep_their_name BEFORE UPDATE OF org_id, id, ref_number, created_at ON outbox BEGIN
  SELECT RAISE(ABORT, 'forbidden|The name of a record never changes.');
END;

-- Content that is never changed: history, drafts, what was approved, what leaves, the audit.
CREATE TRIGGER contact_points_keep_their_content BEFORE UPDATE OF contact_id, kind, normal, as_typed, origin ON contact_points BEGIN
  SELECT RAISE(ABORT, 'forbidden|A phone or e-mail is retired and added again, never rewritten.');
END;
CREATE TRIGGER interactions_keep_their_content BEFORE UPDATE OF type, at, contact_id, lead_id, opportunity_id, subject, body, outcome, follow_up_topic, origin, inbound ON interactions BEGIN
  SELECT RAISE(ABORT, 'forbidden|History is never rewritten; log a new interaction.');
END;
CREATE TRIGGER interactions_summarised_once BEFORE UPDATE OF summary ON interactions WHEN OLD.summary <> '' AND NEW.summary <> '' AND NEW.summary <> OLD.summary BEGIN
  SELECT RAISE(ABORT, 'conflict|This interaction already has a summary.');
END;
CREATE TRIGGER messages_keep_their_content BEFORE UPDATE OF inbound, contact_id, lead_id, opportunity_id, revision, draft_root_id, channel, to_address, to_name, cc, subject, text, html, attachments, internet_message_id, in_reply_to, template_stage ON messages BEGIN
  SELECT RAISE(ABORT, 'forbidden|A draft is never rewritten; revise it instead.');
END;
CREATE TRIGGER approvals_keep_their_content BEFORE UPDATE OF kind, tool, arguments, summary, card, canonical, fingerprint, contact_id, lead_id, message_id, stamps, procedure_version, conversation_id, run_id, asked_at, expires_at, replaces_id ON approvals BEGIN
  SELECT RAISE(ABORT, 'forbidden|What was asked is never rewritten; ask again instead.');
END;
CREATE TRIGGER approvals_are_decided_once BEFORE UPDATE OF status ON approvals WHEN OLD.status <> 'pending' AND NEW.status <> OLD.status BEGIN
  SELECT RAISE(ABORT, 'conflict|This approval has already been decided.');
END;
CREATE TRIGGER grants_keep_their_content BEFORE UPDATE OF approval_id, fingerprint, granted_by, granted_at, expires_at, standing, template_stage, channel, uses_max ON grants BEGIN
  SELECT RAISE(ABORT, 'forbidden|What was granted is never widened.');
END;
CREATE TRIGGER outbox_keep_their_content BEFORE UPDATE OF kind, grant_id, approval_id, message_id, contact_id, canonical, fingerprint, request_id, notice_to, expires_at ON outbox BEGIN
  SELECT RAISE(ABORT, 'forbidden|What leaves is never rewritten.');
END;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'forbidden|The audit log is never changed.');
END;
CREATE TRIGGER audit_changes_is_never_changed BEFORE UPDATE ON audit_changes BEGIN
  SELECT RAISE(ABORT, 'forbidden|The audit log is never changed.');
END;
CREATE TRIGGER audit_payloads_are_only_redacted BEFORE UPDATE ON audit_payloads
WHEN NEW.payload IS NOT NULL OR NEW.org_id <> OLD.org_id OR NEW.sequence <> OLD.sequence OR NOT EXISTS
  (SELECT 1 FROM audit WHERE org_id = OLD.org_id AND sequence > OLD.sequence AND action = 'redact') BEGIN
  SELECT RAISE(ABORT, 'forbidden|An audit payload is only ever blanked by a redaction.');
END;
-- The chain grows at its end only.
CREATE TRIGGER audit_grows_at_its_end BEFORE INSERT ON audit
WHEN NEW.sequence <> 1 + COALESCE((SELECT MAX(sequence) FROM audit WHERE org_id = NEW.org_id), 0) BEGIN
  SELECT RAISE(ABORT, 'forbidden|The audit log grows only at its end.');
END;

-- HS3: a second holder of a phone or an e-mail needs the owner's yes.
CREATE TRIGGER contact_points_separate_by_approval BEFORE INSERT ON contact_points
WHEN NEW.separate_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM approvals WHERE org_id = NEW.org_id AND id = NEW.separate_id
  AND status = 'approved' AND kind IN ('create_separate_contact', 'share_contact_point')) BEGIN
  SELECT RAISE(ABORT, 'forbidden|HS3: sharing a phone or e-mail needs an approved approval.');
END;
CREATE TRIGGER contact_points_stay_separate BEFORE UPDATE OF separate_id ON contact_points
WHEN NEW.separate_id IS NOT NULL AND (OLD.separate_id IS NULL OR NEW.separate_id <> OLD.separate_id)
  AND NOT EXISTS (SELECT 1 FROM approvals WHERE org_id = NEW.org_id AND id = NEW.separate_id
  AND status = 'approved' AND kind IN ('create_separate_contact', 'share_contact_point')) BEGIN
  SELECT RAISE(ABORT, 'forbidden|HS3: sharing a phone or e-mail needs an approved approval.');
END;

-- HS1, HS4, HS5: a yes is the owner's; messages may be approved by whom the owner lets. So is automatic sending.
CREATE TRIGGER approvals_need_the_right_person BEFORE UPDATE OF status ON approvals
WHEN NEW.status = 'approved' AND OLD.status <> 'approved' AND NOT EXISTS (SELECT 1 FROM users WHERE org_id = NEW.org_id AND id = NEW.decided_by
  AND active = 1 AND (role = 'owner' OR (NEW.kind = 'send_message' AND may_approve_messages = 1))) BEGIN
  SELECT RAISE(ABORT, 'forbidden|Only the owner, or for messages whom the owner lets, can approve this.');
END;
CREATE TRIGGER approvals_start_pending BEFORE INSERT ON approvals WHEN NEW.status <> 'pending' OR NEW.decided_at IS NOT NULL OR NEW.decided_by IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'forbidden|An approval starts undecided.');
END;
CREATE TRIGGER grants_standing_are_the_owners BEFORE INSERT ON grants WHEN NEW.standing = 1 AND NOT EXISTS
  (SELECT 1 FROM users WHERE org_id = NEW.org_id AND id = NEW.granted_by AND active = 1 AND role = 'owner') BEGIN
  SELECT RAISE(ABORT, 'forbidden|HS1: only the owner enables automatic sending.');
END;

-- HS1: an exact grant comes from an approved approval of the same bytes, or from a counted use of a live standing grant.
CREATE TRIGGER grants_come_from_a_yes BEFORE INSERT ON grants WHEN NEW.standing = 0 AND NOT (
  EXISTS (SELECT 1 FROM approvals WHERE org_id = NEW.org_id AND id = NEW.approval_id AND status = 'approved'
    AND (kind <> 'send_message' OR fingerprint = NEW.fingerprint))
  OR (NEW.approval_id IS NULL
    AND EXISTS (SELECT 1 FROM grants WHERE org_id = NEW.org_id AND standing = 1 AND revoked_at IS NULL AND expires_at > NEW.granted_at)
    AND (SELECT COUNT(*) FROM grants WHERE org_id = NEW.org_id AND standing = 0 AND approval_id IS NULL)
      < (SELECT COALESCE(SUM(uses), 0) FROM grants WHERE org_id = NEW.org_id AND standing = 1))) BEGIN
  SELECT RAISE(ABORT, 'forbidden|HS1: a grant needs an approved approval of exactly these bytes.');
END;
CREATE TRIGGER grants_start_unused BEFORE INSERT ON grants
WHEN NEW.used_at IS NOT NULL OR NEW.revoked_at IS NOT NULL OR NEW.uses <> 0 BEGIN
  SELECT RAISE(ABORT, 'forbidden|A grant starts unused.');
END;
CREATE TRIGGER grants_keep_their_row BEFORE UPDATE OF outbox_id ON grants
WHEN OLD.outbox_id IS NOT NULL AND (NEW.outbox_id IS NULL OR NEW.outbox_id <> OLD.outbox_id) BEGIN
  SELECT RAISE(ABORT, 'forbidden|A grant belongs to one outbox row.');
END;
CREATE TRIGGER grants_stay_revoked BEFORE UPDATE OF revoked_at ON grants WHEN OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NULL BEGIN
  SELECT RAISE(ABORT, 'forbidden|A revoked grant stays revoked.');
END;
CREATE TRIGGER grants_count_up BEFORE UPDATE OF uses ON grants WHEN NEW.uses < OLD.uses BEGIN
  SELECT RAISE(ABORT, 'forbidden|Uses of a grant only grow.');
END;
-- A used grant is live again only for its own row, and only when that row provably did not leave.
CREATE TRIGGER grants_are_used_once BEFORE UPDATE OF used_at ON grants WHEN OLD.used_at IS NOT NULL AND NOT (NEW.used_at IS NULL
  AND EXISTS (SELECT 1 FROM outbox WHERE org_id = OLD.org_id AND id = OLD.outbox_id AND state IN ('queued', 'not_configured'))) BEGIN
  SELECT RAISE(ABORT, 'forbidden|A grant is used once.');
END;

-- HS1, HS5: a customer or money row needs a live grant for exactly its bytes; a notice goes to a person of the org.
CREATE TRIGGER outbox_needs_a_grant BEFORE INSERT ON outbox WHEN NEW.kind <> 'owner_notice' AND NOT EXISTS (
  SELECT 1 FROM grants AS g LEFT JOIN approvals AS a ON a.org_id = g.org_id AND a.id = g.approval_id
  WHERE g.org_id = NEW.org_id AND g.id = NEW.grant_id AND g.standing = 0 AND g.fingerprint = NEW.fingerprint
    AND g.used_at IS NULL AND g.revoked_at IS NULL AND (g.outbox_id IS NULL OR g.outbox_id = NEW.id)
    AND (a.id IS NULL OR a.kind = CASE NEW.kind WHEN 'customer_message' THEN 'send_message' ELSE 'create_quickbooks_customer' END)
    AND (NEW.kind = 'customer_message' OR a.id IS NOT NULL)) BEGIN
  SELECT RAISE(ABORT, 'forbidden|HS1: nothing leaves without a live grant for exactly these bytes.');
END;
CREATE TRIGGER outbox_notices_stay_inside BEFORE INSERT ON outbox WHEN NEW.kind = 'owner_notice' AND NOT EXISTS (
  SELECT 1 FROM users WHERE org_id = NEW.org_id AND id = NEW.notice_to AND active = 1) BEGIN
  SELECT RAISE(ABORT, 'forbidden|A notice goes only to an active user of this org.');
END;
CREATE TRIGGER outbox_starts_queued BEFORE INSERT ON outbox WHEN NEW.state <> 'queued' OR NEW.attempts <> 0 OR NEW.attempted_at IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'forbidden|An outbox row starts queued.');
END;
-- The legal moves of design 1.5, as may_move() says them.
CREATE TRIGGER outbox_moves_legally BEFORE UPDATE OF state ON outbox WHEN NOT (
  (OLD.state = 'queued' AND NEW.state IN ('attempting', 'cancelled'))
  OR (OLD.state = 'attempting' AND NEW.state IN ('sent', 'refused', 'delivery_unknown', 'not_configured', 'queued'))
  OR (OLD.state = 'delivery_unknown' AND NEW.state IN ('sent', 'refused', 'cancelled', 'queued'))
  OR (OLD.state = 'not_configured' AND NEW.state IN ('queued', 'cancelled'))
  OR (OLD.state = 'sent' AND NEW.state = 'bounced')) BEGIN
  SELECT RAISE(ABORT, 'conflict|An outbox row can not move that way.');
END;
CREATE TRIGGER outbox_attempts_with_a_live_grant BEFORE UPDATE OF state ON outbox
WHEN NEW.state = 'attempting' AND OLD.kind <> 'owner_notice' AND NOT EXISTS (
  SELECT 1 FROM grants WHERE org_id = OLD.org_id AND id = OLD.grant_id AND outbox_id = OLD.id AND fingerprint = OLD.fingerprint
    AND used_at IS NULL AND revoked_at IS NULL) BEGIN
  SELECT RAISE(ABORT, 'conflict|The grant of this row is used, revoked or gone.');
END;

-- What the planner should think of the data: an org's rows are many, whatever it is asked by must be what narrows them. Without
-- this SQLite takes org_id alone for selective, because it does not know that a file may hold one org. The figures are larger
-- than any file, so that no look-up by key is answered by first walking the whole table (Bloom filters).
ANALYZE;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('ref_counters', 'sqlite_autoindex_ref_counters_1', '30 30 1'),
  ('orgs', 'sqlite_autoindex_orgs_3', '20 20 1'),
  ('orgs', 'sqlite_autoindex_orgs_2', '20 20 1'),
  ('orgs', 'sqlite_autoindex_orgs_1', '20 1'),
  ('users', 'sqlite_autoindex_users_3', '20 20 1'),
  ('users', 'sqlite_autoindex_users_2', '20 20 1'),
  ('users', 'sqlite_autoindex_users_1', '20 20 1'),
  ('settings', 'sqlite_autoindex_settings_3', '50 50 1'),
  ('settings', 'sqlite_autoindex_settings_2', '50 50 1'),
  ('settings', 'sqlite_autoindex_settings_1', '50 50 1'),
  ('companies', 'sqlite_autoindex_companies_2', '10000000 10000000 1'),
  ('companies', 'sqlite_autoindex_companies_1', '10000000 10000000 1'),
  ('contacts', 'contacts_by_last_contact', '10000000 10000000 2 1'),
  ('contacts', 'contacts_by_updated', '10000000 10000000 2 1'),
  ('contacts', 'contacts_by_created', '10000000 10000000 2 1'),
  ('contacts', 'contacts_by_company', '5000 5000 8'),
  ('contacts', 'contacts_by_root', '1000 1000 8'),
  ('contacts', 'contacts_by_name', '10000000 10000000 2 1'),
  ('contacts', 'sqlite_autoindex_contacts_2', '10000000 10000000 1'),
  ('contacts', 'sqlite_autoindex_contacts_1', '10000000 10000000 1'),
  ('contact_points', 'contact_points_by_normal', '10000000 10000000 5000000 2'),
  ('contact_points', 'contact_points_once', '10000000 10000000 8 4 1'),
  ('contact_points', 'contact_points_identify', '10000000 10000000 5000000 1'),
  ('contact_points', 'sqlite_autoindex_contact_points_1', '10000000 10000000 1'),
  ('contact_tags', 'contact_tags_by_contact', '10000000 10000000 8'),
  ('contact_tags', 'contact_tags', '10000000 10000000 200000 1'),
  ('leads', 'leads_by_closed', '10000 10000 2'),
  ('leads', 'leads_by_opportunity', '10000 10000 8'),
  ('leads', 'leads_by_activity', '10000000 10000000 10000000 2 1'),
  ('leads', 'leads_by_created', '10000000 10000000 10000000 2 1'),
  ('leads', 'leads_by_state', '10000000 10000000 10000000 1250000 2'),
  ('leads', 'leads_by_contact', '10000000 10000000 8'),
  ('leads', 'sqlite_autoindex_leads_2', '10000000 10000000 1'),
  ('leads', 'sqlite_autoindex_leads_1', '10000000 10000000 1'),
  ('opportunities', 'opportunities_by_closed', '10000000 10000000 100'),
  ('opportunities', 'opportunities_by_stage', '10000000 10000000 10000000 2500000'),
  ('opportunities', 'opportunities_by_contact', '10000000 10000000 8'),
  ('opportunities', 'opportunities_by_lead', '10000000 10000000 8'),
  ('opportunities', 'sqlite_autoindex_opportunities_2', '10000000 10000000 1'),
  ('opportunities', 'sqlite_autoindex_opportunities_1', '10000000 10000000 1'),
  ('estimates', 'estimates_by_lead', '10000000 10000000 8'),
  ('estimates', 'sqlite_autoindex_estimates_2', '10000000 10000000 1'),
  ('estimates', 'sqlite_autoindex_estimates_1', '10000000 10000000 1'),
  ('appointments', 'appointments_by_contact', '10000000 10000000 8'),
  ('appointments', 'appointments_by_start', '10000000 10000000 2'),
  ('appointments', 'sqlite_autoindex_appointments_2', '10000000 10000000 1'),
  ('appointments', 'sqlite_autoindex_appointments_1', '10000000 10000000 1'),
  ('handoffs', 'sqlite_autoindex_handoffs_2', '10000000 10000000 1'),
  ('handoffs', 'sqlite_autoindex_handoffs_1', '10000000 10000000 1'),
  ('interactions', 'interactions_due', '200 200 100'),
  ('interactions', 'interactions_by_opportunity', '10000000 10000000 8 2'),
  ('interactions', 'interactions_by_lead', '10000000 10000000 8 2'),
  ('interactions', 'interactions_by_contact', '10000000 10000000 8 2'),
  ('interactions', 'sqlite_autoindex_interactions_2', '10000000 10000000 1'),
  ('interactions', 'sqlite_autoindex_interactions_1', '10000000 10000000 1'),
  ('reminders', 'reminders_due', '50 50 50'),
  ('reminders', 'sqlite_autoindex_reminders_2', '10000000 10000000 1'),
  ('reminders', 'sqlite_autoindex_reminders_1', '10000000 10000000 1'),
  ('messages', 'messages_open', '50 50 2'),
  ('messages', 'messages_by_contact', '10000000 10000000 8 2'),
  ('messages', 'sqlite_autoindex_messages_3', '10000000 10000000 8 1'),
  ('messages', 'sqlite_autoindex_messages_2', '10000000 10000000 1'),
  ('messages', 'sqlite_autoindex_messages_1', '10000000 10000000 1'),
  ('approvals', 'approvals_by_message', '10000000 10000000 8'),
  ('approvals', 'approvals_by_contact', '10000000 10000000 8'),
  ('approvals', 'approvals_pending', '50 50 2'),
  ('approvals', 'sqlite_autoindex_approvals_2', '10000000 10000000 1'),
  ('approvals', 'sqlite_autoindex_approvals_1', '10000000 10000000 1'),
  ('grants', 'grants_automatic', '500 500'),
  ('grants', 'grants_standing', '5 5 2'),
  ('grants', 'sqlite_autoindex_grants_2', '5000 5000 1'),
  ('grants', 'sqlite_autoindex_grants_1', '5000 5000 1'),
  ('outbox', 'outbox_by_state', '10000000 10000000 1250000 2'),
  ('outbox', 'outbox_by_message', '10000000 10000000 8'),
  ('outbox', 'outbox_due', '10000000 1250000 2'),
  ('outbox', 'outbox_request', '10000000 10000000 1'),
  ('outbox', 'outbox_one_row_a_grant', '10000000 10000000 1'),
  ('outbox', 'sqlite_autoindex_outbox_2', '10000000 10000000 1'),
  ('outbox', 'sqlite_autoindex_outbox_1', '10000000 10000000 1'),
  ('outbox_leases', 'outbox_leases', '10000000 10000000 1'),
  ('conversations', 'conversations_by_user', '1000 1000 333 33 2'),
  ('conversations', 'sqlite_autoindex_conversations_1', '1000 1000 1'),
  ('runs', 'runs_unfinished', '5 5 1'),
  ('runs', 'runs_by_conversation', '10000000 10000000 8 1'),
  ('runs', 'sqlite_autoindex_runs_2', '10000000 10000000 1'),
  ('runs', 'sqlite_autoindex_runs_1', '10000000 10000000 1'),
  ('steps', 'sqlite_autoindex_steps_1', '10000000 10000000 8 1'),
  ('card_copies', 'card_copies', '10000000 10000000 8 1'),
  ('list_copies', 'list_copies', '10000000 10000000 8 1'),
  ('list_items', 'list_items', '10000000 10000000 8 2 1'),
  ('audit', 'audit_redactions', '5 5 2'),
  ('audit', 'audit_by_time', '10000000 10000000 2'),
  ('audit', 'audit_undone_once', '10000000 10000000 1'),
  ('audit', 'audit_by_undo', '10000000 10000000 1'),
  ('audit', 'sqlite_autoindex_audit_1', '10000000 10000000 1'),
  ('audit_payloads', 'sqlite_autoindex_audit_payloads_1', '10000000 10000000 1'),
  ('audit_changes', 'audit_changes_by_row', '10000000 10000000 1000000 8 2 2'),
  ('audit_changes', 'audit_changes', '10000000 10000000 2 1'),
  ('search_rows', 'search_rows_by_name_reversed', '10000000 10000000 3333333 2'),
  ('search_rows', 'search_rows_by_name', '10000000 10000000 3333333 2'),
  ('search_rows', 'sqlite_autoindex_search_rows_1', '10000000 10000000 3333333 1');
ANALYZE sqlite_schema;
)sql"
