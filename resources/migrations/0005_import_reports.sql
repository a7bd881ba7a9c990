-- What an import read, kept and left out: one JSON object (core/data/import/import_report.h).
CREATE TABLE import_reports (
    dataset_id INTEGER PRIMARY KEY REFERENCES datasets (id) ON DELETE CASCADE,
    report TEXT NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;
