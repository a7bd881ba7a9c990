#pragma once

// For run_preparation.cpp only: rows as the store keeps them, and rows that two files share.

#include "core/data/row_dataset.h"
#include "core/run/run_preparation.h"

namespace winnow {

std::vector<SampleRecord> sampleRecords(const std::vector<ConversationRow> &rows);
std::vector<SampleRecord> sampleRecords(const std::vector<QuestionRow> &questions);
DatasetRecord datasetRecord(const std::string &path, const std::string &kind, const ReadReport &read,
                            const ReadReport &encoded, const std::string &sha256);
/// Looks for rows of one set in another: by question text and picture content.
std::vector<PreflightFinding> findOverlaps(const std::vector<PreparedDataset> &datasets);

} // namespace winnow
