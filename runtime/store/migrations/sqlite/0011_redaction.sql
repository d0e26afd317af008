R"sql(
-- 0011: redaction. Content that is never changed may become "[redacted]", and nothing else, once the person it belongs to is named
-- in `redactions` by an owner.

CREATE TABLE redactions (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ref_number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  contact_id TEXT NOT NULL,
  redacted_by TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, ref_number),
  UNIQUE (org_id, contact_id),
  FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  FOREIGN KEY (org_id, redacted_by) REFERENCES users (org_id, id)
) STRICT;
ALTER TABLE contacts ADD COLUMN redacted_at INTEGER;

CREATE TRIGGER redactions_are_never_deleted BEFORE DELETE ON redactions BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER redactions_are_never_changed BEFORE UPDATE ON redactions BEGIN
  SELECT RAISE(ABORT, 'forbidden|A redaction stands.');
END;
CREATE TRIGGER redactions_are_the_owners BEFORE INSERT ON redactions WHEN NOT EXISTS
  (SELECT 1 FROM users WHERE org_id = NEW.org_id AND id = NEW.redacted_by AND active = 1 AND role = 'owner') BEGIN
  SELECT RAISE(ABORT, 'forbidden|Only the owner redacts.');
END;
-- A redacted person stays put away and takes no new words.
CREATE TRIGGER contacts_stay_redacted BEFORE UPDATE ON contacts WHEN OLD.redacted_at IS NOT NULL AND NOT
  (NEW.first_name = '[redacted]' AND NEW.last_name = '' AND NEW.address = '' AND NEW.notes = '' AND NEW.source = ''
   AND NEW.tags = OLD.tags AND NEW.custom = OLD.custom AND NEW.do_not_contact = 1 AND NEW.archived = 1
   AND NEW.redacted_at IS OLD.redacted_at) BEGIN
  SELECT RAISE(ABORT, 'forbidden|This person was redacted by law; make a new record.');
END;
CREATE TRIGGER contacts_are_redacted_by_law BEFORE UPDATE OF redacted_at ON contacts WHEN NEW.redacted_at IS NOT NULL AND NOT EXISTS
  (SELECT 1 FROM redactions WHERE org_id = OLD.org_id AND contact_id = OLD.id) BEGIN
  SELECT RAISE(ABORT, 'forbidden|Only a redaction marks a person so.');
END;
CREATE TRIGGER contact_points_come_to_living_records BEFORE INSERT ON contact_points WHEN EXISTS
  (SELECT 1 FROM redactions WHERE org_id = NEW.org_id AND contact_id = NEW.contact_id) BEGIN
  SELECT RAISE(ABORT, 'forbidden|This person was redacted by law; make a new record.');
END;

DROP TRIGGER contact_points_keep_their_content;
CREATE TRIGGER contact_points_keep_their_content BEFORE UPDATE OF contact_id, kind, normal, as_typed, origin ON contact_points
WHEN NOT (NEW.contact_id = OLD.contact_id AND NEW.kind = OLD.kind AND NEW.normal = 'redacted:' || OLD.id AND NEW.as_typed = ''
  AND NEW.origin = '' AND NEW.retired = 1
  AND EXISTS (SELECT 1 FROM redactions WHERE org_id = OLD.org_id AND contact_id = OLD.contact_id)) BEGIN
  SELECT RAISE(ABORT, 'forbidden|A phone or e-mail is retired and added again, never rewritten.');
END;
DROP TRIGGER interactions_keep_their_content;
CREATE TRIGGER interactions_keep_their_content BEFORE UPDATE OF type, at, contact_id, lead_id, opportunity_id, subject, body, outcome, follow_up_topic, origin, inbound ON interactions
WHEN NOT (NEW.type = OLD.type AND NEW.at = OLD.at AND NEW.contact_id IS OLD.contact_id AND NEW.lead_id IS OLD.lead_id
  AND NEW.opportunity_id IS OLD.opportunity_id AND NEW.outcome = OLD.outcome AND NEW.inbound = OLD.inbound
  AND NEW.subject = '[redacted]' AND NEW.body = '' AND NEW.follow_up_topic = '' AND NEW.origin = ''
  AND EXISTS (SELECT 1 FROM redactions WHERE org_id = OLD.org_id AND contact_id = COALESCE(OLD.contact_id, contact_id))) BEGIN
  SELECT RAISE(ABORT, 'forbidden|History is never rewritten; log a new interaction.');
END;
DROP TRIGGER messages_keep_their_content;
CREATE TRIGGER messages_keep_their_content BEFORE UPDATE OF inbound, contact_id, lead_id, opportunity_id, revision, draft_root_id, channel, to_address, to_name, cc, subject, text, html, attachments, internet_message_id, in_reply_to, template_stage ON messages
WHEN NOT (NEW.inbound = OLD.inbound AND NEW.contact_id IS OLD.contact_id AND NEW.lead_id IS OLD.lead_id
  AND NEW.opportunity_id IS OLD.opportunity_id AND NEW.revision = OLD.revision AND NEW.draft_root_id = OLD.draft_root_id
  AND NEW.channel = OLD.channel AND NEW.template_stage = OLD.template_stage AND NEW.status <> 'open'
  AND NEW.to_address = '' AND NEW.to_name = '' AND NEW.cc = '' AND NEW.subject = '[redacted]' AND NEW.text = '' AND NEW.html = ''
  AND NEW.attachments = '' AND NEW.internet_message_id = '' AND NEW.in_reply_to = ''
  AND EXISTS (SELECT 1 FROM redactions WHERE org_id = OLD.org_id AND contact_id = COALESCE(OLD.contact_id, contact_id))) BEGIN
  SELECT RAISE(ABORT, 'forbidden|A draft is never rewritten; revise it instead.');
END;
DROP TRIGGER approvals_keep_their_content;
CREATE TRIGGER approvals_keep_their_content BEFORE UPDATE OF kind, tool, arguments, summary, card, canonical, fingerprint, contact_id, lead_id, message_id, stamps, procedure_version, conversation_id, run_id, asked_at, expires_at, replaces_id ON approvals
WHEN NOT (NEW.kind = OLD.kind AND NEW.tool = OLD.tool AND NEW.fingerprint = OLD.fingerprint AND NEW.contact_id IS OLD.contact_id
  AND NEW.lead_id IS OLD.lead_id AND NEW.message_id IS OLD.message_id AND NEW.stamps = OLD.stamps
  AND NEW.procedure_version = OLD.procedure_version AND NEW.conversation_id IS OLD.conversation_id AND NEW.run_id IS OLD.run_id
  AND NEW.asked_at = OLD.asked_at AND NEW.expires_at = OLD.expires_at AND NEW.replaces_id IS OLD.replaces_id
  AND NEW.status <> 'pending' AND NEW.arguments = '{}' AND NEW.summary = '[redacted]' AND NEW.card = '[redacted]' AND NEW.canonical = x''
  AND EXISTS (SELECT 1 FROM redactions WHERE org_id = OLD.org_id)) BEGIN
  SELECT RAISE(ABORT, 'forbidden|What was asked is never rewritten; ask again instead.');
END;
DROP TRIGGER outbox_keep_their_content;
CREATE TRIGGER outbox_keep_their_content BEFORE UPDATE OF kind, grant_id, approval_id, message_id, contact_id, canonical, fingerprint, request_id, notice_to, expires_at ON outbox
WHEN NOT (NEW.kind = OLD.kind AND NEW.grant_id IS OLD.grant_id AND NEW.approval_id IS OLD.approval_id
  AND NEW.message_id IS OLD.message_id AND NEW.contact_id IS OLD.contact_id AND NEW.fingerprint = OLD.fingerprint
  AND NEW.request_id = OLD.request_id AND NEW.notice_to IS OLD.notice_to AND NEW.expires_at = OLD.expires_at
  AND NEW.state NOT IN ('queued', 'attempting', 'delivery_unknown', 'not_configured') AND NEW.canonical = x''
  AND EXISTS (SELECT 1 FROM redactions WHERE org_id = OLD.org_id)) BEGIN
  SELECT RAISE(ABORT, 'forbidden|What leaves is never rewritten.');
END;

DROP TRIGGER digests_are_never_changed;
CREATE TRIGGER digests_are_never_changed BEFORE UPDATE ON digests WHEN NOT (NEW.org_id = OLD.org_id AND NEW.id = OLD.id
  AND NEW.behaviour = OLD.behaviour AND NEW.local_date = OLD.local_date AND NEW.user_id = OLD.user_id AND NEW.made_at = OLD.made_at
  AND NEW.content = '[redacted]' AND NEW.items = '[]' AND EXISTS (SELECT 1 FROM redactions WHERE org_id = OLD.org_id)) BEGIN
  SELECT RAISE(ABORT, 'forbidden|What was told is never rewritten.');
END;
DROP TRIGGER inbound_mails_keep_what_came;
CREATE TRIGGER inbound_mails_keep_what_came BEFORE UPDATE OF org_id, id, label, received_at, raw_sha256, raw_bytes ON inbound_mails
WHEN NOT (NEW.org_id = OLD.org_id AND NEW.id = OLD.id AND NEW.label = '[redacted]' AND NEW.received_at = OLD.received_at
  AND NEW.raw_sha256 = OLD.raw_sha256 AND NEW.raw_bytes = OLD.raw_bytes
  AND EXISTS (SELECT 1 FROM redactions WHERE org_id = OLD.org_id)) BEGIN
  SELECT RAISE(ABORT, 'forbidden|What came in is never rewritten.');
END;
DROP TRIGGER inbound_mails_are_settled_once;
CREATE TRIGGER inbound_mails_are_settled_once BEFORE UPDATE OF settled_at, action, identity, contact_id, lead_id, interaction ON inbound_mails
WHEN OLD.settled_at IS NOT NULL AND NOT (OLD.action = 'needs_reading' AND OLD.lead_id IS NULL AND NEW.action <> 'needs_reading'
  AND NEW.settled_at = OLD.settled_at AND NEW.identity IS OLD.identity) AND NOT (NEW.settled_at = OLD.settled_at AND NEW.action = OLD.action
  AND NEW.contact_id IS OLD.contact_id AND NEW.lead_id IS OLD.lead_id AND NEW.interaction = OLD.interaction
  AND (NEW.identity = 'redacted:' || OLD.id OR NEW.identity IS OLD.identity)
  AND EXISTS (SELECT 1 FROM redactions WHERE org_id = OLD.org_id)) BEGIN
  SELECT RAISE(ABORT, 'conflict|This mail has already been dealt with.');
END;
DROP TRIGGER mail_readings_end_once;
CREATE TRIGGER mail_readings_end_once BEFORE UPDATE ON mail_readings
WHEN NEW.org_id <> OLD.org_id OR NEW.mail_id <> OLD.mail_id OR (OLD.state <> 'waiting' AND NOT (NEW.state = OLD.state
  AND NEW.extraction = '' AND NEW.summary = '' AND NEW.outcome = '' AND NEW.failure = ''
  AND EXISTS (SELECT 1 FROM redactions WHERE org_id = OLD.org_id))) BEGIN
  SELECT RAISE(ABORT, 'conflict|This mail has been read already.');
END;
DROP TRIGGER nurture_log_is_never_changed;
CREATE TRIGGER nurture_log_is_never_changed BEFORE UPDATE ON nurture_log WHEN NOT (NEW.org_id = OLD.org_id AND NEW.id = OLD.id
  AND NEW.enrolment_id = OLD.enrolment_id AND NEW.lead_id = OLD.lead_id AND NEW.sequence = OLD.sequence AND NEW.event = OLD.event
  AND NEW.step = OLD.step AND NEW.at = OLD.at AND NEW.local_date = OLD.local_date AND NEW.message_id IS OLD.message_id
  AND NEW.procedure_version = OLD.procedure_version AND NEW.note = ''
  AND EXISTS (SELECT 1 FROM redactions WHERE org_id = OLD.org_id)) BEGIN
  SELECT RAISE(ABORT, 'forbidden|What happened in a sequence is never rewritten.');
END;
DROP TRIGGER inbound_attachments_are_never_changed;
CREATE TRIGGER inbound_attachments_are_never_changed BEFORE UPDATE ON inbound_attachments WHEN NOT (NEW.org_id = OLD.org_id
  AND NEW.mail_id = OLD.mail_id AND NEW.position = OLD.position AND NEW.sha256 = OLD.sha256 AND NEW.bytes = OLD.bytes
  AND NEW.media_type = OLD.media_type AND NEW.is_kept IS OLD.is_kept AND NEW.file_name = '[redacted]'
  AND EXISTS (SELECT 1 FROM redactions WHERE org_id = OLD.org_id)) BEGIN
  SELECT RAISE(ABORT, 'forbidden|What came in is never rewritten.');
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('redactions', 'sqlite_autoindex_redactions_3', '10000 10000 1'),
  ('redactions', 'sqlite_autoindex_redactions_2', '10000 10000 1'),
  ('redactions', 'sqlite_autoindex_redactions_1', '10000 10000 1');
ANALYZE sqlite_schema;
)sql"
