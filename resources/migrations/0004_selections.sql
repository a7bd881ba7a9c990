-- Named sets of samples. They belong to the data set, so that every run on the same data sees them.
CREATE TABLE selections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    dataset_sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    rule TEXT NOT NULL,
    run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,
    created_ms INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL,
    UNIQUE (dataset_sha256, name)
) STRICT;

CREATE TABLE selection_members (
    selection_id INTEGER NOT NULL REFERENCES selections (id) ON DELETE CASCADE,
    sample_key TEXT NOT NULL,
    PRIMARY KEY (selection_id, sample_key)
) STRICT, WITHOUT ROWID;

-- Row files that decisions were made into: where they came from and what was changed.
CREATE TABLE dataset_derivations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent_sha256 TEXT NOT NULL,
    child_sha256 TEXT NOT NULL,
    path TEXT NOT NULL,
    run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,
    excluded INTEGER NOT NULL,
    flipped INTEGER NOT NULL,
    rows_kept INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    UNIQUE (parent_sha256, child_sha256, path)
) STRICT;
CREATE INDEX dataset_derivations_by_child ON dataset_derivations (child_sha256);
