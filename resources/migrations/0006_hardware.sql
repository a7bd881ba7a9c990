-- What the machine's sensors said. A reading is known by its time too: a run may stay in one iteration for many readings, of
-- which metrics kept the last one only.
CREATE TABLE hardware (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    series_id INTEGER NOT NULL REFERENCES metric_series (id),
    step INTEGER NOT NULL,
    wall_ms INTEGER NOT NULL,
    value REAL,
    PRIMARY KEY (run_id, series_id, step, wall_ms)
) STRICT, WITHOUT ROWID;
INSERT INTO hardware (run_id, series_id, step, wall_ms, value)
    SELECT m.run_id, m.series_id, m.step, m.wall_ms, m.value FROM metrics m
    JOIN metric_series s ON s.id = m.series_id WHERE s.name GLOB 'hw.*';
DELETE FROM metrics WHERE series_id IN (SELECT id FROM metric_series WHERE name GLOB 'hw.*');
