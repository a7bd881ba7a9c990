#include "ui/bridge/paired_difference.h"

#include "core/eval/paired_test.h"
#include "ui/bridge/store_reader.h"
#include "ui/support/scoring.h"

#include <algorithm>

namespace winnow::ui {

Result<std::optional<PairedDifference>> pairedDifference(StoreReader &reader, const RunRow &reference, const RunRow &run)
{
    if (!reference.accuracy || !run.accuracy)
        return std::optional<PairedDifference>();
    WINNOW_ASSIGN(const auto data, reader.evaluation({reference.id(), run.id()}));
    const auto &settings = reference.options.evaluation;
    const std::size_t candidates = std::min<std::size_t>(static_cast<std::size_t>(settings.candidates),
                                                         std::max<std::size_t>(1, commonCandidates(*data)));
    const ScoringChoice choice{candidates, settings.aggregate, settings.readout, settings.ties};
    const auto a = scoredQuestions(*data, data->runs[0], choice);
    const auto b = scoredQuestions(*data, data->runs[1], choice);
    if (a.empty() || a.size() != b.size())
        return std::optional<PairedDifference>();
    const PairedTest test = pairedTest(bestOfN(a, candidates, choice.ties), bestOfN(b, candidates, choice.ties));
    const auto &[low, high] = test.bootstrap.interval;
    return std::optional(PairedDifference{{test.bootstrap.difference, low, high}, test.questions, candidates});
}

Result<std::optional<PairedDifference>> pairedDifference(StoreReader &reader, RunId reference, RunId run)
{
    WINNOW_ASSIGN(const RunRow first, reader.run(reference));
    WINNOW_ASSIGN(const RunRow second, reader.run(run));
    return pairedDifference(reader, first, second);
}

QString differenceText(const Interval &difference)
{
    const auto sign = [](double v) { return (v >= 0 ? QStringLiteral("+") : QString()) + fixedText(v * 100, 1); };
    return QStringLiteral("%1 [%2, %3]").arg(pointsText(difference.value), sign(difference.low), sign(difference.high));
}

} // namespace winnow::ui
