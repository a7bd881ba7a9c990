#include "app/cli/run_figures.h"

#include "app/cli/text_table.h"
#include "core/eval/statistics.h"

namespace winnow::cli
{

std::string accuracyText(const EvaluationRecord &evaluation)
{
    const Interval interval = wilsonInterval(evaluation.correct, evaluation.n);
    return fixedText(evaluation.accuracy) + " " + intervalText(interval.low, interval.high) + " ("
        + std::to_string(evaluation.correct) + " of " + std::to_string(evaluation.n) + ")";
}

Json accuracyJson(const EvaluationRecord &evaluation)
{
    const Interval interval = wilsonInterval(evaluation.correct, evaluation.n);
    return {{"accuracy", jsonNumber(evaluation.accuracy)},
            {"low", interval.low},
            {"high", interval.high},
            {"n", evaluation.n},
            {"correct", evaluation.correct},
            {"ties", evaluation.ties},
            {"step", evaluation.step}};
}

std::string detectionText(const Detection &detection)
{
    const Auroc &area = detection.area;
    return fixedText(area.value) + " " + intervalText(area.low, area.high) + " (" + std::to_string(area.noisy) + " of "
        + std::to_string(area.noisy + area.clean) + " rows are noise)";
}

Json detectionJson(const Detection &detection)
{
    const Auroc &area = detection.area;
    return {{"auroc", jsonNumber(area.value)},
            {"low", jsonNumber(area.low)},
            {"high", jsonNumber(area.high)},
            {"noisy", area.noisy},
            {"clean", area.clean},
            {"average_precision", jsonNumber(detection.averagePrecision)},
            {"precision_at_noisy", jsonNumber(detection.precision)}};
}

} // namespace winnow::cli
