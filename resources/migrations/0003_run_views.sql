-- How runs are shown: kept with the runs, so that every panel and every window shows them alike.
CREATE TABLE run_looks (
    run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    hue INTEGER,                        -- NULL: none given yet
    dash INTEGER,
    visible INTEGER,                    -- NULL: nobody chose; the newest runs are drawn
    pinned INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A deleted run keeps its rows and files until it is purged, so that deleting can be undone.
CREATE TABLE deleted_runs (
    run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE saved_queries (
    name TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;

-- Choices of the window that belong to the store: columns, grouping.
CREATE TABLE view_settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
