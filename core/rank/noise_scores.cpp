#include "core/rank/noise_scores.h"

#include "core/rank/metrics.h"
#include "core/rank/rankers.h"

#include <algorithm>

namespace winnow {

namespace {

Result<NoiseScore> scoreOf(const std::vector<double> &suspicion, std::span<const std::int8_t> noise, std::size_t k)
{
    WINNOW_ASSIGN(const auto cases, detectionCases(suspicion, noise));
    const Auroc area = auroc(cases);
    NoiseScore score;
    score.auroc = area.value;
    score.aurocLow = area.low;
    score.aurocHigh = area.high;
    score.averagePrecision = averagePrecision(cases);
    score.precisionAtK = precisionAt(cases, k);
    score.samples = static_cast<std::int64_t>(cases.size());
    return score;
}

} // namespace

Result<NoiseScores> noiseScores(const NoiseScoreInput &input)
{
    NoiseScores result;
    result.steps.assign(input.snapshotSteps.begin(), input.snapshotSteps.end());
    result.k = input.k > 0 ? input.k : static_cast<std::size_t>(std::count(input.noise.begin(), input.noise.end(), std::int8_t{1}));
    result.series.push_back({"weight", {}});
    for (const RankerKind kind : rankerKinds)
        result.series.push_back({std::string(rankerName(kind)), {}});
    Rankers rankers(input.noise.size(), input.lossEmaKeep);
    std::size_t next = 0;
    for (std::size_t s = 0; s < input.snapshotSteps.size(); ++s) {
        std::size_t end = next;
        while (end < input.visits.size() && input.visitSteps[end] <= input.snapshotSteps[s])
            ++end;
        WINNOW_TRY(rankers.add(input.visits.subspan(next, end - next)));
        next = end;
        WINNOW_ASSIGN(const NoiseScore byWeight, scoreOf(suspicionFromWeights(input.snapshotWeights[s]), input.noise, result.k));
        result.series[0].scores.push_back(byWeight);
        for (std::size_t r = 0; r < rankerKinds.size(); ++r) {
            WINNOW_ASSIGN(const NoiseScore score, scoreOf(rankers.suspicion(rankerKinds[r]), input.noise, result.k));
            result.series[r + 1].scores.push_back(score);
        }
    }
    return result;
}

} // namespace winnow
