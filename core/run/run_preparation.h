#pragma once

#include "core/base/options.h"
#include "core/base/stop_flag.h"
#include "core/data/row_dataset.h"
#include "core/run/engine.h"
#include "core/store/dataset_store.h"
#include "core/store/weight_store.h"

#include <memory>
#include <string>
#include <vector>

namespace winnow {

/// One line of the preflight: what was looked at, and whether it stands in the way of the run.
struct PreflightFinding {
    enum class Severity { Info, Warning, Problem };
    Severity severity = Severity::Info;
    std::string key;  ///< of the setting it belongs to ("data.train"); may be empty
    std::string text; ///< a sentence
};

/// What is known before a run starts. Sizes in bytes; estimates are rough and say so where they are shown.
struct WINNOW_CORE_API PreflightReport {
    std::vector<PreflightFinding> findings;
    std::string metaForm; ///< "step-level", "answer-level", "mixed"; empty without a meta file
    double meanTokens = 0;          ///< of the training rows
    std::int64_t longestTokens = 0; ///< over all files
    double meanTiles = 0;
    std::int64_t picturesMissing = 0;
    std::int64_t steps = 0;        ///< iterations
    double sampleVisits = 0;       ///< rows of both levels in all iterations
    std::uint64_t memoryBytes = 0; ///< weights, gradients, moments and tiles; without activations
    std::uint64_t checkpointBytes = 0;
    std::uint64_t diskBytes = 0;   ///< checkpoints kept at the same time

    bool canStart() const;
    /// The first problem; an empty text when there is none.
    std::string firstProblem() const;
};

/// What a start needs beside the settings.
struct PreparationContext {
    std::string runFolder;         ///< empty: the disk is not looked at
    std::string initialConfigJson; ///< start from random weights of this config.json instead of a checkpoint
    const StopFlag *stop = nullptr;
    std::size_t tileBytes = RowDatasetOptions().tileBytes; ///< of each file, kept in memory
};

/// A data set of a run, ready for the store.
struct PreparedDataset {
    std::string role; ///< "train", "meta", "holdout", "test"
    DatasetRecord record;
    std::vector<SampleRecord> samples;
};

/// Everything that one run needs, owned in one place; `request` points into it, so it stays where it was made.
struct WINNOW_CORE_API PreparedRun {
    RunOptions options;
    PreflightReport report;
    std::unique_ptr<RowDataset> train;
    std::unique_ptr<RowDataset> meta;
    std::unique_ptr<RowDataset> holdout;
    std::unique_ptr<RowDataset> test;
    std::unique_ptr<ConcatenatedDataset> trainAndMeta; ///< data.metaInTrain
    std::vector<PreparedDataset> datasets;
    WeightUnits units;    ///< of the training rows; empty keys for method none and a cold start
    TrainRequest request; ///< run folder and resume are filled in by the caller

    const PreparedDataset *dataset(const std::string &role) const;
};

/// Opens all files, encodes all rows, hashes the data and checks everything that can be checked before the first
/// iteration. Never fails: what stands in the way is a problem in the report (canStart() false), and then `request`
/// must not be used. May take a while; `context.stop` ends it. Any thread.
WINNOW_CORE_API std::unique_ptr<PreparedRun> prepareRun(const RunOptions &options, const PreparationContext &context = {});

/// A test file as the store keeps it. `read` is of reading the file; `test` was opened from all of its questions.
WINNOW_CORE_API Result<PreparedDataset> preparedTestFile(const std::string &path, const ReadReport &read,
                                                         const RowDataset &test);

/// Weight units of training rows. Table: the distinct unit keys, sorted as strings; domain: the distinct subjects,
/// sorted; net: one unit a row. None, and a cold start: no units.
WINNOW_CORE_API WeightUnits weightUnits(const std::vector<const ConversationRow *> &rows, Stage stage, Method method);

} // namespace winnow
