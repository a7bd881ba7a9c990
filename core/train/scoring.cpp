#include "core/train/scoring.h"

#include "core/train/sft_trainer.h"

#include <algorithm>
#include <numeric>

namespace winnow {

Scoring scoreSamples(BatchPasses &passes, const ParameterSet &parameters, const EncodedDataset &data,
                     StepScores::Purpose purpose, std::int64_t step, RunEvents &events, const StopFlag &stop)
{
    constexpr std::size_t chunk = 64;
    Scoring scoring;
    scoring.scores.purpose = purpose;
    scoring.scores.step = step;
    scoring.scores.pPlusFull.resize(data.size());
    scoring.scores.pPlusPair.resize(data.size());
    std::vector<std::size_t> lengths(data.size()), order(data.size());
    for (std::size_t i = 0; i < data.size(); ++i)
        lengths[i] = data.get(i)->ids.size();
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return lengths[a] > lengths[b]; });

    double loss = 0;
    std::size_t sites = 0;
    for (std::size_t start = 0; start < order.size(); start += chunk) {
        if (stop.stopRequested()) {
            scoring.complete = false;
            return scoring;
        }
        const std::size_t end = std::min(order.size(), start + chunk);
        const std::vector<std::size_t> rows(order.begin() + static_cast<std::ptrdiff_t>(start),
                                            order.begin() + static_cast<std::ptrdiff_t>(end));
        SampleResults results = passes.forward(parameters, fetch(data, rows));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            scoring.scores.pPlusFull[rows[i]] = std::move(results.pPlusFull[i]);
            scoring.scores.pPlusPair[rows[i]] = std::move(results.pPlusPair[i]);
            loss = std::accumulate(results.crossEntropy[i].begin(), results.crossEntropy[i].end(), loss);
            sites += results.crossEntropy[i].size();
        }
        events.onProgress("scoring", static_cast<std::int64_t>(end), static_cast<std::int64_t>(order.size()));
    }
    scoring.scores.meanLoss = sites > 0 ? loss / static_cast<double>(sites) : 0.0;
    return scoring;
}

} // namespace winnow
