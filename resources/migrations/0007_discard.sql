-- A run of another program may also be asked to stop without a checkpoint. A check cannot be changed in place; what was
-- asked at the moment of the migration is asked again by who wants it.
ALTER TABLE runs DROP COLUMN request;
ALTER TABLE runs ADD COLUMN request TEXT NOT NULL DEFAULT ''
    CHECK (request IN ('', 'pause', 'resume', 'stop', 'discard'));
