-- Suspicions of a run's training rows by a ranker that a job of its own computed, one a row. suspicion: zlib over float32,
-- larger is more suspicious; report: one JSON object that says how they came about.
CREATE TABLE ranker_scores (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    ranker TEXT NOT NULL,
    count INTEGER NOT NULL,
    suspicion BLOB NOT NULL,
    report TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    UNIQUE (run_id, ranker)
) STRICT;

-- What such a job has finished, so that it goes on behind it: p(+) of the steps of the rows that a fold held out. recipe
-- tells settings, data and folds apart. sample_rows, site_counts: zlib over int32; p_plus: zlib over float32.
CREATE TABLE ranker_folds (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    ranker TEXT NOT NULL,
    recipe TEXT NOT NULL,
    fold INTEGER NOT NULL,
    samples INTEGER NOT NULL,
    sites INTEGER NOT NULL,
    sample_rows BLOB NOT NULL,
    site_counts BLOB NOT NULL,
    p_plus BLOB NOT NULL,
    seconds REAL NOT NULL,
    created_ms INTEGER NOT NULL,
    UNIQUE (run_id, ranker, recipe, fold)
) STRICT;
