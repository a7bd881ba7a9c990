#include "core/run/run_estimate.h"

#include "core/base/learns_weights.h"
#include "core/base/options_io.h"
#include "core/model/internvl_config.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>

namespace winnow
{

namespace fs = std::filesystem;

namespace
{

constexpr double valuesPerUnit = 16; // attention and MLP inputs, outputs and their gradients
constexpr double textTokens = 400; // prompt and steps of a usual row
constexpr std::size_t runsLookedAt = 200;

std::uint64_t bytesOfActivation(Precision precision)
{
    return precision == Precision::Bf16 ? bytesOfComputeCopy(precision) : bytesHeld(precision);
}

bool sameKind(const RunOptions &own, const RunOptions &options)
{
    return own.stage == options.stage && own.weighting.method == options.weighting.method
        && own.train.batch == options.train.batch && own.meta.batch == options.meta.batch
        && own.model.precision == options.model.precision && own.threads == options.threads;
}

bool isProcessor(std::string device)
{
    std::transform(device.begin(), device.end(), device.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return device.empty() || device.starts_with("cpu");
}

/// Seconds an iteration on the device; scaled where the runs had other settings.
void addTime(RunEstimate &estimate, const RunOptions &options, const std::vector<EarlierRun> &earlier)
{
    for (const EarlierRun &run : earlier) {
        if (estimate.device.empty())
            estimate.device = run.device;
    }
    for (const bool scaled : {false, true}) {
        double perStep = 0;
        for (const EarlierRun &run : earlier) {
            const bool usable = run.finished && run.steps > 0 && run.seconds > 0 && run.device == estimate.device;
            if (!usable || (!scaled && !sameKind(run.options, options)))
                continue;
            const double own = run.seconds / static_cast<double>(run.steps);
            perStep += scaled ? own * passesPerIteration(options) / passesPerIteration(run.options) : own;
            ++estimate.runs;
        }
        if (estimate.runs == 0)
            continue;
        perStep /= estimate.runs;
        estimate.rough = scaled;
        estimate.seconds = perStep * static_cast<double>(options.train.iterations);
        estimate.perSecond = perStep > 0 ? 1 / perStep : 0;
        return;
    }
}

void addSizes(RunEstimate &estimate, const RunOptions &options)
{
    if (options.model.checkpoint.empty()) {
        estimate.noSizes = "known when a checkpoint is chosen";
        return;
    }
    const std::string path = (fs::path(options.model.checkpoint) / "config.json").string();
    std::error_code ec;
    if (!fs::exists(path, ec)) {
        estimate.noSizes = "no config.json in the checkpoint";
        return;
    }
    const auto config = InternVLConfig::fromFile(path);
    if (!config.ok()) {
        estimate.noSizes = config.error().message;
        return;
    }
    const InternVLConfig &sizes = *config;
    const std::int64_t parameters = sizes.parameterCount(sizes.language.tied);
    const double tiles =
        static_cast<double>(std::max<std::int64_t>(1, options.data.maxTiles)) + (sizes.tiling.thumbnail ? 1 : 0);
    const double tokens = textTokens + tiles * sizes.tokensPerTile();
    const double values = tiles * sizes.vision.positions() * sizes.vision.hidden * sizes.vision.layers
        + tokens * sizes.language.hidden * sizes.language.layers;
    estimate.memory = trainingBytes(options, parameters, values);
    // Weights and two moments.
    estimate.checkpoint = static_cast<std::uint64_t>(parameters) * 3 * bytesHeld(options.model.precision);
    if (isProcessor(estimate.device)) {
        const long pages = sysconf(_SC_PHYS_PAGES);
        const long page = sysconf(_SC_PAGE_SIZE);
        if (pages > 0 && page > 0)
            estimate.memoryThere = static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page);
    }
}

/// Free bytes of the disk that a folder lies on, or will lie on.
std::uint64_t freeBytes(fs::path folder)
{
    std::error_code ec;
    while (!folder.empty() && !fs::exists(folder, ec) && folder != folder.parent_path())
        folder = folder.parent_path();
    const fs::space_info space = fs::space(folder.empty() ? fs::path(".") : folder, ec);
    return ec ? 0 : space.available;
}

} // namespace

EarlierRun earlierRun(const RunRecord &record, const RunOptions &options)
{
    return {options, record.device, record.state == RunState::Finished, record.result.steps, record.result.seconds};
}

Result<std::vector<EarlierRun>> earlierRuns(Database &database)
{
    WINNOW_ASSIGN(const std::vector<RunRecord> records, RunStore(database).list());
    std::vector<EarlierRun> runs;
    for (const RunRecord &record : records) {
        if (runs.size() == runsLookedAt)
            break;
        if (const auto options = optionsFromJson(record.configJson); options.ok())
            runs.push_back(earlierRun(record, *options));
    }
    return runs;
}

double passesPerIteration(const RunOptions &options)
{
    const auto batch = static_cast<double>(options.train.batch);
    if (!learnsWeights(options))
        return batch;
    // The finite difference runs the training batch forward twice more (a third of a pass each) beside the meta batch.
    const double again = options.meta.estimator == Estimator::FiniteDifference ? batch * 2 / 3 : 0;
    return batch + again + static_cast<double>(options.meta.batch);
}

std::uint64_t bytesHeld(Precision precision)
{
    return precision == Precision::Fp64 ? 8 : precision == Precision::Bf16Pure ? 2 : 4;
}

std::uint64_t bytesOfComputeCopy(Precision precision)
{
    return precision == Precision::Bf16 ? 2 : 0;
}

std::uint64_t trainingBytes(const RunOptions &options, std::int64_t parameters, double activationValues)
{
    const Precision precision = options.model.precision;
    // Weights, gradient, two moments; with learned weights also the meta gradient and a copy of the weights.
    const std::uint64_t copies = learnsWeights(options) ? 6 : 4;
    // Micro-batches of one sample run side by side, one a thread.
    const double atOnce = static_cast<double>(
        std::max<std::int64_t>(1, std::min(options.train.batch, std::max<std::int64_t>(1, options.threads))));
    return static_cast<std::uint64_t>(parameters) * (copies * bytesHeld(precision) + bytesOfComputeCopy(precision))
        + static_cast<std::uint64_t>(std::llround(activationValues * valuesPerUnit * atOnce))
        * bytesOfActivation(precision);
}

RunEstimate estimateRun(const RunOptions &options, const std::vector<EarlierRun> &earlier,
                        const std::string &runsFolder)
{
    RunEstimate estimate;
    addTime(estimate, options, earlier);
    addSizes(estimate, options);
    if (!runsFolder.empty())
        estimate.diskFree = freeBytes(runsFolder);
    return estimate;
}

} // namespace winnow
