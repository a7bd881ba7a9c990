#pragma once

#include "core/base/export.h"
#include "core/base/options.h"
#include "core/base/stop_flag.h"
#include "core/data/dataset_overlap.h"
#include "core/run/run_estimate.h"
#include "core/run/run_preparation.h"

#include <functional>
#include <string>
#include <vector>

namespace winnow
{

/// A data file of a run as the preflight found it.
struct PreflightFile {
    std::string role; ///< "train", "meta", "holdout", "test"
    std::string path;
    std::string form; ///< of meta rows
    std::int64_t rowsRead = 0;
    std::int64_t rowsKept = 0;
    std::int64_t withPicture = 0;
    std::int64_t picturesMissing = 0;
};

/// What was looked at before a run is made, without encoding a row.
struct WINNOW_CORE_API Preflight {
    std::vector<PreflightFinding> findings; ///< problems first, then warnings, then what is good to know
    std::vector<PreflightFile> files; ///< those that could be read
    std::vector<DataOverlap> overlaps; ///< each is a warning too; a person has to confirm them
    RunEstimate estimate;

    /// The first problem; an empty text when there is none.
    std::string firstProblem() const;
    bool canStart() const { return firstProblem().empty(); }
};

struct PreflightContext {
    std::vector<EarlierRun> earlier; ///< newest first; what the time is estimated from
    std::string runsFolder; ///< empty: the disk is not looked at
    const StopFlag *stop = nullptr;
    /// What is being looked at ("data.train") and the row; on the calling thread, every few hundred rows.
    std::function<void(const std::string &key, std::int64_t row)> progress;
};

/// Looks whether a run can start and whether its figures will mean something: the settings, the checkpoint and its
/// tokenizer, every row and every picture of the data files, the form of the meta file, rows that files share, disk,
/// memory and time. Streams: a row is not kept. Any thread. Error: `context.stop` ended it.
WINNOW_CORE_API Result<Preflight> preflight(const RunOptions &options, const PreflightContext &context = {});

} // namespace winnow
