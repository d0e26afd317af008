R"sql(
-- 0005: who goes on with a run, and until when nobody else may; and the form its steps are written in.

ALTER TABLE runs ADD COLUMN form INTEGER NOT NULL DEFAULT 1 CHECK (form >= 1);
ALTER TABLE runs ADD COLUMN held_by TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN held_until INTEGER;
)sql"
