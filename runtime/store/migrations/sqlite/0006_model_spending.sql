R"sql(
-- 0006: what answers of models cost. The limits of a turn, a conversation and a day are held against these rows.

CREATE TABLE model_spending (
  org_id TEXT NOT NULL,
  id TEXT NOT NULL,
  model TEXT NOT NULL,
  purpose TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  run_id TEXT NOT NULL,
  day TEXT NOT NULL,
  input_tokens INTEGER NOT NULL CHECK (input_tokens >= 0),
  cached_tokens INTEGER NOT NULL CHECK (cached_tokens >= 0),
  output_tokens INTEGER NOT NULL CHECK (output_tokens >= 0),
  cost_micros INTEGER NOT NULL CHECK (cost_micros >= 0),
  at INTEGER NOT NULL,
  PRIMARY KEY (org_id, id)
) STRICT;
CREATE INDEX model_spending_by_day ON model_spending (org_id, day, input_tokens, cached_tokens, output_tokens, cost_micros);
CREATE INDEX model_spending_by_conversation ON model_spending (org_id, conversation_id, input_tokens, cached_tokens, output_tokens, cost_micros);
CREATE INDEX model_spending_by_run ON model_spending (org_id, run_id, input_tokens, cached_tokens, output_tokens, cost_micros);

CREATE TRIGGER model_spending_is_never_deleted BEFORE DELETE ON model_spending BEGIN
  SELECT RAISE(ABORT, 'forbidden|Nothing is ever deleted here; archive it instead.');
END;
CREATE TRIGGER model_spending_is_never_changed BEFORE UPDATE ON model_spending BEGIN
  SELECT RAISE(ABORT, 'forbidden|What was spent is never rewritten.');
END;
)sql"
