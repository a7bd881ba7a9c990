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
    WINNOW_ASSIGN(Database database, Database::open(data.store));
    std::vector<SampleVisit> visits;
    std::vector<std::int64_t> visitSteps;
    WINNOW_TRY(VisitStore(database).each(data.run.id(), -1, [&](const Visit &v) {
        if (v.sample >= data.samples.size())
            return;
        visits.push_back({v.sample, v.weight, v.loss, v.hypergradient, v.pGiven, v.margin});
        visitSteps.push_back(v.step);
    }));
    const std::vector<std::int64_t> steps(data.snapshotSteps.begin(), data.snapshotSteps.end());
    std::vector<std::vector<float>> weights;
    for (std::size_t s = 0; s < steps.size(); ++s) {
        WINNOW_ASSIGN(const SnapshotPtr values, data.snapshots.exact(s));
        weights.push_back(values->weights);
    }
    WINNOW_ASSIGN(report.scores, noiseScores({steps, weights, visitSteps, visits, data.noise, data.run.options.ranking.lossEma, 0}));
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
