-- Who carries out a run, and what the outside asks of it. process_mark tells a process from a later one with the same number
-- (core/store/process_mark.h); empty: held by nobody, or by a Winnow of before this version.
ALTER TABLE runs ADD COLUMN process_mark TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN request TEXT NOT NULL DEFAULT '' CHECK (request IN ('', 'pause', 'resume', 'stop'));
