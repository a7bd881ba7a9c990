#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace winnow {

/// What is done to one row.
struct RowCorrection {
    bool exclude = false;
    std::vector<bool> labels; ///< new labels of all its steps (true: +); empty: as they are
    std::string key;          ///< for the lineage file
};

struct CorrectionRequest {
    std::string source;       ///< row file, JSON array or JSONL
    std::string sourceSha256; ///< identity that the decisions belong to (core/data/dataset_identity.h)
    std::string target;       ///< new row file of the same form
    std::string run;          ///< named in the lineage file
    /// The rows that the decisions saw: place in the file and pictures, in order.
    std::vector<std::pair<std::int64_t, std::vector<std::string>>> rows;
    std::map<std::int64_t, RowCorrection> corrections; ///< by row of the file
};

struct CorrectionResult {
    std::string sha256; ///< identity of the new data set
    std::int64_t rowsRead = 0;
    std::int64_t rowsKept = 0;
    std::int64_t excluded = 0;
    std::int64_t flipped = 0;      ///< rows whose labels changed
    std::int64_t labelsChanged = 0;
    std::int64_t noiseMarksRemoved = 0; ///< of flipped rows: whether they are noise is no longer known
    std::int64_t unreadable = 0;        ///< rows that are no JSON objects, left out
};

/// Writes a row file with the corrections made, and beside it `<target>.lineage.json`: parent and child with their
/// identities, and each changed row. Rows that are not changed keep all their members. Relative pictures are written
/// as absolute paths when the new file lies in another folder. Both files appear whole or not at all. Error: the
/// source's identity is another than asked for (the file changed), a row to be flipped has another number of labels,
/// no row is left, the target is the source, or a file cannot be written.
WINNOW_CORE_API Result<CorrectionResult> writeCorrectedRows(const CorrectionRequest &request);

} // namespace winnow
