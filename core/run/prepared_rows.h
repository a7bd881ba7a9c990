#pragma once

// Private to core/run: rows as the store keeps them, and rows that two files share.

#include "core/data/row_dataset.h"
#include "core/run/run_preparation.h"

namespace winnow {

WINNOW_CORE_API std::vector<SampleRecord> sampleRecords(const std::vector<ConversationRow> &rows);
std::vector<SampleRecord> sampleRecords(const std::vector<QuestionRow> &questions);
DatasetRecord datasetRecord(const std::string &path, const std::string &kind, const ReadReport &read,
                            const ReadReport &encoded, const std::string &sha256);
/// Rows that two of the sets share (core/data/dataset_overlap.h), one warning for each two sets and kind.
std::vector<PreflightFinding> findOverlaps(const std::vector<PreparedDataset> &datasets);

} // namespace winnow
