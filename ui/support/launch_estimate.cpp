#include "ui/support/launch_estimate.h"

#include "core/model/internvl_config.h"

#include <QDir>
#include <QFile>
#include <QStorageInfo>

#include <unistd.h>

#include <algorithm>
#include <cmath>

namespace winnow::ui
{

namespace
{

constexpr double valuesPerUnit = 16; // attention and MLP inputs, outputs and their gradients
constexpr double textTokens = 400; // prompt and steps of a usual row

bool learnsWeights(const RunOptions &options)
{
    return options.stage == Stage::Bilevel && options.weighting.method != Method::None;
}

std::uint64_t bytesOfValue(Precision precision)
{
    const std::string_view name = choiceName(precision);
    return name == "fp64" ? 8 : name == "bf16-pure" ? 2 : 4;
}

bool sameKind(const RunRow &run, const RunOptions &options)
{
    const RunOptions &own = run.options;
    return own.stage == options.stage && own.weighting.method == options.weighting.method
        && own.train.batch == options.train.batch && own.meta.batch == options.meta.batch
        && own.model.precision == options.model.precision && own.threads == options.threads;
}

/// Seconds an iteration on the device; scaled where the runs had other settings.
void addTime(LaunchEstimate &estimate, const RunOptions &options, const RunRows &earlier)
{
    for (const RunRow &run : earlier) // newest first
        if (estimate.device.isEmpty() && !run.record.device.empty())
            estimate.device = QString::fromStdString(run.record.device);
    for (const bool scaled : {false, true}) {
        double perStep = 0;
        for (const RunRow &run : earlier) {
            const bool usable = run.record.state == RunState::Finished && run.record.result.steps > 0
                && run.record.result.seconds > 0 && run.optionsValid
                && QString::fromStdString(run.record.device) == estimate.device;
            if (!usable || (!scaled && !sameKind(run, options)))
                continue;
            const double own = run.record.result.seconds / static_cast<double>(run.record.result.steps);
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

void addSizes(LaunchEstimate &estimate, const RunOptions &options)
{
    if (options.model.checkpoint.empty()) {
        estimate.noSizes = QObject::tr("known when a checkpoint is chosen");
        return;
    }
    const QString path = QDir(QString::fromStdString(options.model.checkpoint)).filePath(QStringLiteral("config.json"));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        estimate.noSizes = QObject::tr("no config.json in the checkpoint");
        return;
    }
    const auto config = InternVLConfig::fromJson(file.readAll().toStdString(), path.toStdString());
    if (!config.ok()) {
        estimate.noSizes = QString::fromStdString(config.error().message);
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
    const std::uint64_t value = bytesOfValue(options.model.precision);
    estimate.checkpoint = static_cast<std::uint64_t>(parameters) * 3 * value; // weights and two moments
    if (estimate.device.isEmpty() || estimate.device.startsWith(QLatin1String("CPU"), Qt::CaseInsensitive)) {
        const long pages = sysconf(_SC_PHYS_PAGES);
        const long page = sysconf(_SC_PAGE_SIZE);
        if (pages > 0 && page > 0)
            estimate.memoryThere = static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page);
    }
}

} // namespace

double passesPerIteration(const RunOptions &options)
{
    const auto batch = static_cast<double>(options.train.batch);
    if (!learnsWeights(options))
        return batch;
    // The finite difference runs the training batch forward twice more (a third of a pass each) beside the meta batch.
    const double again = options.meta.estimator == Estimator::FiniteDifference ? batch * 2 / 3 : 0;
    return batch + again + static_cast<double>(options.meta.batch);
}

std::uint64_t trainingBytes(const RunOptions &options, std::int64_t parameters, double activationValues)
{
    const std::uint64_t value = bytesOfValue(options.model.precision);
    // Weights, gradient, two moments; with learned weights also the meta gradient and a copy of the weights.
    const std::uint64_t copies = learnsWeights(options) ? 6 : 4;
    // Micro-batches of one sample run side by side, one a thread.
    const double atOnce = static_cast<double>(
        std::max<std::int64_t>(1, std::min(options.train.batch, std::max<std::int64_t>(1, options.threads))));
    return static_cast<std::uint64_t>(parameters) * copies * value
        + static_cast<std::uint64_t>(std::llround(activationValues * valuesPerUnit * atOnce)) * value;
}

LaunchEstimate estimateLaunch(const RunOptions &options, const RunRows &earlier, const QString &runsFolder)
{
    LaunchEstimate estimate;
    addTime(estimate, options, earlier);
    addSizes(estimate, options);
    if (const QStorageInfo disk(runsFolder); disk.isValid() && disk.bytesAvailable() > 0)
        estimate.diskFree = static_cast<std::uint64_t>(disk.bytesAvailable());
    return estimate;
}

} // namespace winnow::ui
