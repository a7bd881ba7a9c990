#pragma once

#include "ui/models/page_data.h"

#include <optional>

namespace winnow::ui
{

/// What a run will need, as far as it can be told before it starts. Plain; any thread, reads one small file.
struct LaunchEstimate {
    // Time of one run, from finished runs on the device of the newest run.
    std::optional<double> seconds;
    double perSecond = 0;
    int runs = 0; ///< that it goes by
    bool rough = false; ///< those runs had other settings; their time was scaled
    QString device; ///< empty: no run has started yet

    // Memory and disk, from the sizes in the checkpoint's config.json; 0: they cannot be read.
    std::uint64_t memory = 0;
    std::uint64_t memoryThere = 0; ///< 0: unknown (a GPU that no run has used yet)
    std::uint64_t checkpoint = 0; ///< one checkpoint on disk
    std::uint64_t diskFree = 0; ///< where the runs are kept; 0: unknown
    QString noSizes; ///< why memory is not known

    bool fits() const { return memory == 0 || memoryThere == 0 || memory <= memoryThere; }
};

/// Samples that pass the model in one iteration, forward and backward counted alike: what the time is scaled by.
double passesPerIteration(const RunOptions &options);

/// Weights, gradients, optimiser and activations of training with these settings and sizes, in bytes. Activations are
/// counted as 16 values a position, layer and hidden unit: rough, on purpose not low.
std::uint64_t trainingBytes(const RunOptions &options, std::int64_t parameters, double activationValues);

/// `runsFolder` is where checkpoints go.
LaunchEstimate estimateLaunch(const RunOptions &options, const RunRows &earlier, const QString &runsFolder);

} // namespace winnow::ui
