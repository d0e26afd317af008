R"sql(
-- 0008: what reports look for is found by an index, however many records have closed. Indexes only.

-- Open leads by how long nobody has touched them.
CREATE INDEX leads_quiet ON leads (org_id, COALESCE(last_activity_at, created_at), ref_number)
  WHERE archived = 0 AND state NOT IN ('won', 'lost', 'disqualified');
CREATE INDEX leads_expected ON leads (org_id, expected_close)
  WHERE expected_close IS NOT NULL AND archived = 0 AND state NOT IN ('won', 'lost', 'disqualified');
CREATE INDEX opportunities_expected ON opportunities (org_id, expected_close)
  WHERE expected_close IS NOT NULL AND archived = 0 AND stage NOT IN ('won', 'lost');
-- Deals that came from no lead.
CREATE INDEX opportunities_lone ON opportunities (org_id, stage, close_date) WHERE lead_id IS NULL AND archived = 0;
-- Entries that were taken back: few, and the only reason why a date of last activity may be too late.
CREATE INDEX interactions_voided ON interactions (org_id, at) WHERE voided = 1;
-- The same keys with what is asked along with them, so that the row itself need not be read.
DROP INDEX interactions_by_lead;
CREATE INDEX interactions_by_lead ON interactions (org_id, lead_id, at, voided) WHERE lead_id IS NOT NULL;
DROP INDEX estimates_by_lead;
CREATE INDEX estimates_by_lead ON estimates (org_id, lead_id, sent_on, ref_number) WHERE lead_id IS NOT NULL;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('leads', 'leads_quiet', '100000 100000 2 1'),
  ('leads', 'leads_expected', '1000 1000 10'),
  ('opportunities', 'opportunities_expected', '1000 1000 10'),
  ('opportunities', 'opportunities_lone', '10000 10000 2500 2'),
  ('interactions', 'interactions_voided', '1000 1000 1'),
  ('interactions', 'interactions_by_lead', '10000000 10000000 8 2 2'),
  ('estimates', 'estimates_by_lead', '10000000 10000000 8 2 1');
ANALYZE sqlite_schema;
)sql"
