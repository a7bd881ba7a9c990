-- The store of Winnow, version 1. Times are UTC milliseconds. A NULL in a measured value is NaN.

CREATE TABLE projects (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    note TEXT NOT NULL DEFAULT '',
    created_ms INTEGER NOT NULL
) STRICT;
INSERT INTO projects (id, name, created_ms) VALUES (1, 'Default', 0);

CREATE TABLE datasets (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('train', 'meta', 'test')),
    form TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL,
    rows_read INTEGER NOT NULL,
    rows_kept INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    UNIQUE (path, kind, sha256, rows_kept)
) STRICT;

CREATE TABLE dataset_drops (
    dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    count INTEGER NOT NULL,
    first_row INTEGER NOT NULL,
    example TEXT NOT NULL,
    PRIMARY KEY (dataset_id, reason)
) STRICT, WITHOUT ROWID;

-- steps and labels are JSON arrays (texts; 0 or 1).
CREATE TABLE samples (
    dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    idx INTEGER NOT NULL,
    file_row INTEGER NOT NULL,
    key TEXT NOT NULL,
    unit_key TEXT NOT NULL,
    subject TEXT NOT NULL,
    known_noise INTEGER,
    picture_path TEXT NOT NULL,
    question TEXT NOT NULL,
    steps TEXT NOT NULL,
    labels TEXT NOT NULL,
    answer_is_right INTEGER,
    PRIMARY KEY (dataset_id, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX samples_by_key ON samples (dataset_id, key);

CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    project_id INTEGER NOT NULL REFERENCES projects (id),
    parent_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'finished', 'failed', 'stopped', 'interrupted')),
    config_json TEXT NOT NULL,
    stage TEXT NOT NULL,
    method TEXT NOT NULL,
    seed INTEGER NOT NULL,
    command TEXT NOT NULL,
    code_version TEXT NOT NULL,
    environment TEXT NOT NULL,
    device TEXT NOT NULL,
    threads INTEGER NOT NULL DEFAULT 0,
    folder TEXT NOT NULL DEFAULT '',
    phase TEXT NOT NULL DEFAULT '',
    step INTEGER NOT NULL DEFAULT 0,
    total_steps INTEGER NOT NULL DEFAULT 0,
    pid INTEGER NOT NULL DEFAULT 0,
    host TEXT NOT NULL DEFAULT '',
    heartbeat_ms INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL,
    started_ms INTEGER NOT NULL DEFAULT 0,
    finished_ms INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    archived INTEGER NOT NULL DEFAULT 0,
    result_steps INTEGER NOT NULL DEFAULT 0,
    last_checkpoint TEXT NOT NULL DEFAULT '',
    selected_checkpoint TEXT NOT NULL DEFAULT '',
    selected_step INTEGER NOT NULL DEFAULT -1,
    weights_sha256 TEXT NOT NULL DEFAULT '',
    instance_weights_sha256 TEXT NOT NULL DEFAULT '',
    accuracy REAL,
    accuracy_last REAL,
    seconds REAL NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX runs_by_parent ON runs (parent_id);

CREATE TABLE run_tags (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (run_id, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_datasets (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    dataset_id INTEGER NOT NULL REFERENCES datasets (id),
    PRIMARY KEY (run_id, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE metric_series (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE metrics (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    series_id INTEGER NOT NULL REFERENCES metric_series (id),
    step INTEGER NOT NULL,
    value REAL,
    wall_ms INTEGER NOT NULL,
    PRIMARY KEY (run_id, series_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE visits (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    sample INTEGER NOT NULL,
    weight REAL,
    loss REAL,
    hypergradient REAL,
    p_given REAL,
    margin REAL,
    PRIMARY KEY (run_id, step, sample)
) STRICT, WITHOUT ROWID;
CREATE INDEX visits_by_sample ON visits (run_id, sample, step);

CREATE TABLE weight_units (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    idx INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('row', 'id', 'domain')),
    key TEXT NOT NULL,
    PRIMARY KEY (run_id, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE weight_unit_of_sample (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    sample INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    PRIMARY KEY (run_id, sample)
) STRICT, WITHOUT ROWID;

-- unit_values: zlib over float32 little-endian; computed_at: zlib over int32 little-endian, or NULL.
CREATE TABLE weight_snapshots (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    count INTEGER NOT NULL,
    unit_values BLOB NOT NULL,
    computed_at BLOB,
    UNIQUE (run_id, step)
) STRICT;

CREATE TABLE evaluations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER REFERENCES runs (id) ON DELETE CASCADE,
    checkpoint TEXT NOT NULL,
    dataset_id INTEGER REFERENCES datasets (id),
    step INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    candidates INTEGER NOT NULL,
    aggregate TEXT NOT NULL,
    readout TEXT NOT NULL,
    ties_rule TEXT NOT NULL,
    n INTEGER NOT NULL,
    correct INTEGER NOT NULL,
    ties INTEGER NOT NULL,
    unparsable INTEGER NOT NULL,
    accuracy REAL,
    mean_loss REAL,
    created_ms INTEGER NOT NULL,
    UNIQUE (run_id, step, purpose, candidates, aggregate, readout, ties_rule)
) STRICT;

CREATE TABLE evaluation_subjects (
    evaluation_id INTEGER NOT NULL REFERENCES evaluations (id) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    n INTEGER NOT NULL,
    correct INTEGER NOT NULL,
    PRIMARY KEY (evaluation_id, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE evaluation_picks (
    evaluation_id INTEGER NOT NULL REFERENCES evaluations (id) ON DELETE CASCADE,
    question INTEGER NOT NULL,
    candidate INTEGER NOT NULL,
    score REAL,
    correct INTEGER NOT NULL,
    tie INTEGER NOT NULL,
    PRIMARY KEY (evaluation_id, question)
) STRICT, WITHOUT ROWID;

-- site_counts: zlib over int32, one a sample; p_full, p_pair: zlib over float32, all sites in sample order.
CREATE TABLE step_scores (
    id INTEGER PRIMARY KEY,
    run_id INTEGER REFERENCES runs (id) ON DELETE CASCADE,
    evaluation_id INTEGER REFERENCES evaluations (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    step INTEGER NOT NULL,
    samples INTEGER NOT NULL,
    sites INTEGER NOT NULL,
    mean_loss REAL,
    final INTEGER NOT NULL,
    site_counts BLOB NOT NULL,
    p_full BLOB NOT NULL,
    p_pair BLOB NOT NULL,
    CHECK ((run_id IS NULL) <> (evaluation_id IS NULL)),
    UNIQUE (run_id, purpose, step),
    UNIQUE (evaluation_id)
) STRICT;

CREATE TABLE decisions (
    dataset_sha256 TEXT NOT NULL,
    sample_key TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('none', 'keep', 'flip', 'exclude', 'unsure')),
    note TEXT NOT NULL,
    run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,
    changed_ms INTEGER NOT NULL,
    PRIMARY KEY (dataset_sha256, sample_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_by_run ON decisions (run_id) WHERE run_id IS NOT NULL;

-- One batch is one step of undo. A batch that was taken back may be done again until a new one is made.
CREATE TABLE decision_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch INTEGER NOT NULL,
    dataset_sha256 TEXT NOT NULL,
    sample_key TEXT NOT NULL,
    old_decision TEXT NOT NULL,
    old_note TEXT NOT NULL,
    new_decision TEXT NOT NULL,
    new_note TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX decision_log_by_dataset ON decision_log (dataset_sha256, batch);

CREATE TABLE artifacts (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    step INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    UNIQUE (run_id, kind, path)
) STRICT;

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER REFERENCES runs (id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_run ON events (run_id, id);
