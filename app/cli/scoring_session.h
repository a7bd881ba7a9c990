#pragma once

#include "app/cli/command.h"
#include "core/data/row_dataset.h"
#include "core/run/run_events.h"

#include <memory>
#include <string>
#include <vector>

namespace winnow::cli
{

/// A checkpoint that rows are scored with.
struct ScoringModel {
    std::string checkpoint;
    std::string tokenizer; ///< folder; empty: the checkpoint's own
    Precision precision = Precision::Fp32;
    std::int64_t threads = 0; ///< 0: all cores but one
    bool progressLines = false; ///< progress for a program that reads it (progress_bar.h)
};

/// How the model sees rows: sizes from the checkpoint's config.json, the rest as given. Rows whose picture cannot be
/// opened are scored without it, whatever `base` says (spec data-formats.md, missing pictures).
Result<SampleEncoder> openEncoder(const ScoringModel &model, SampleEncoderOptions base);

/// p(+) per site of every sample, with progress on standard error.
Result<StepScores> scoreSamples(const ScoringModel &model, const RowDataset &samples);

/// Opens a data set with as many threads as scoring uses.
RowDatasetOptions datasetOptions(const ScoringModel &model);

/// Says on standard error what reading a file left out, and why. Returns how many rows that were.
std::int64_t printDropped(const std::string &path, const ReadReport &report);

} // namespace winnow::cli
