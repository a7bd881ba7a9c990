#pragma once

#include "core/base/export.h"
#include "core/base/options.h"
#include "core/store/run_store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow
{

/// What a run will need, as far as it can be told before it starts. Plain; any thread.
struct RunEstimate {
    // Time of one run, from finished runs on the device of the newest run.
    std::optional<double> seconds;
    double perSecond = 0; ///< iterations
    int runs = 0; ///< that it goes by
    bool rough = false; ///< those runs had other settings; their time was scaled
    std::string device; ///< empty: no run has started yet

    // Memory and disk, from the sizes in the checkpoint's config.json; 0: they cannot be read.
    std::uint64_t memory = 0;
    std::uint64_t memoryThere = 0; ///< 0: unknown (a GPU that no run has used yet)
    std::uint64_t checkpoint = 0; ///< one checkpoint on disk
    std::uint64_t diskFree = 0; ///< where the runs are kept; 0: unknown
    std::string noSizes; ///< why memory is not known

    bool fits() const { return memory == 0 || memoryThere == 0 || memory <= memoryThere; }
};

/// A run that the time is estimated from.
struct EarlierRun {
    RunOptions options;
    std::string device;
    bool finished = false;
    std::int64_t steps = 0;
    double seconds = 0;
};

/// The newest runs of a store whose settings can be read, newest first.
WINNOW_CORE_API Result<std::vector<EarlierRun>> earlierRuns(Database &database);
WINNOW_CORE_API EarlierRun earlierRun(const RunRecord &record, const RunOptions &options);

/// Samples that pass the model in one iteration, forward and backward counted alike: what the time is scaled by.
WINNOW_CORE_API double passesPerIteration(const RunOptions &options);

/// Bytes of a weight, of a gradient and of each moment as a run holds them.
WINNOW_CORE_API std::uint64_t bytesHeld(Precision precision);

/// Bytes of a copy of the weights that products are computed with, for each weight; 0: those that are held.
WINNOW_CORE_API std::uint64_t bytesOfComputeCopy(Precision precision);

/// Weights, gradients, optimiser and activations of training with these settings and sizes, in bytes. Activations are
/// counted as 16 values a position, layer and hidden unit: rough, on purpose not low.
WINNOW_CORE_API std::uint64_t trainingBytes(const RunOptions &options, std::int64_t parameters,
                                            double activationValues);

/// `earlier`: newest first. `runsFolder` is where checkpoints go; empty: the disk is not looked at. Reads one small
/// file.
WINNOW_CORE_API RunEstimate estimateRun(const RunOptions &options, const std::vector<EarlierRun> &earlier,
                                        const std::string &runsFolder);

} // namespace winnow
