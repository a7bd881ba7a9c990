#include "ui/support/noise_report.h"

#include "core/rank/metrics.h"

namespace winnow::ui {

namespace {
constexpr std::size_t largeSet = 20000;
}

Result<NoiseReport> makeNoiseReport(const SamplesData &data)
{
    if (data.noise.size() != data.samples.size() || data.samples.empty())
        return Error{"The data set " + data.dataset.name + " does not say which labels are noise, so no ranker can be scored."};
    NoiseReport report;
    std::vector<SampleVisit> visits;
    visits.reserve(data.visits.size());
    const VisitColumns &v = data.visits;
    for (std::size_t k = 0; k < v.size(); ++k)
        visits.push_back({v.samples[k], v.weights[k], v.losses[k], v.hypergradients[k], v.pGiven[k], v.margins[k]});
    const std::vector<std::int64_t> steps(data.snapshotSteps.begin(), data.snapshotSteps.end());
    WINNOW_ASSIGN(report.scores, noiseScores({steps, data.snapshots, v.steps, visits, data.noise, data.run.options.ranking.lossEma, 0}));
    report.resamples = data.samples.size() > largeSet ? 200 : 1000;
    for (const RankerColumn &ranker : data.rankers) {
        const std::vector<double> suspicion(ranker.suspicion.begin(), ranker.suspicion.end());
        WINNOW_ASSIGN(const auto cases, detectionCases(suspicion, data.noise));
        const auto interval = averagePrecisionInterval(cases, report.resamples, 1);
        report.precision.push_back(interval.resamples > 0 ? std::optional(interval) : std::nullopt);
    }
    return report;
}

} // namespace winnow::ui
