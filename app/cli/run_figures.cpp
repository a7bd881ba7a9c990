#include "app/cli/run_figures.h"

#include "app/cli/text_table.h"
#include "core/base/options_io.h"
#include "core/eval/statistics.h"
#include "core/store/visit_store.h"

#include <algorithm>
#include <limits>

namespace winnow::cli
{

std::string settingText(const RunOptions &options, const std::string &key)
{
    struct Text {
        std::string operator()(bool value) const { return value ? "true" : "false"; }
        std::string operator()(std::int64_t value) const { return std::to_string(value); }
        std::string operator()(double value) const { return exactText(value); }
        std::string operator()(const std::string &value) const { return value.empty() ? "(empty)" : value; }
    };
    return std::visit(Text{}, optionValue(options, key));
}

Result<std::optional<EvaluationRecord>> evaluationAt(Database &database, const RunRecord &run, Moment moment)
{
    // A run that ended knows its steps; one that goes on has its newest evaluation.
    const bool ended = run.result.steps > 0;
    const std::int64_t wanted = moment == Moment::Selected && run.result.selectedStep >= 0 ? run.result.selectedStep
        : ended                                                                            ? run.result.steps
                                                                                           : -1;
    WINNOW_ASSIGN(const std::vector<EvaluationRecord> all, EvaluationStore(database).ofRun(run.id));
    std::optional<EvaluationRecord> found;
    for (const EvaluationRecord &evaluation : all)
        if (evaluation.purpose == "test" && (wanted < 0 || evaluation.step == wanted))
            found = evaluation;
    return found;
}

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

Result<TrainingRows> trainingRows(Database &database, const RunRecord &run)
{
    const auto place = run.datasets.find("train");
    if (place == run.datasets.end())
        return Error{"Run " + std::to_string(run.id.value)
                     + " has no training rows in the store; it has not got so far as to read them."};
    DatasetStore store(database);
    TrainingRows rows;
    WINNOW_ASSIGN(const DatasetRecord record, store.get(place->second));
    rows.sha256 = record.sha256;
    WINNOW_ASSIGN(rows.samples, store.samples(place->second));
    WINNOW_ASSIGN(rows.noise, store.noiseMask(place->second));
    return rows;
}

Result<std::optional<RowWeights>> rowWeights(Database &database, const RunRecord &run, std::int64_t step)
{
    WeightStore store(database);
    if (step < 0 && run.result.selectedStep >= 0)
        step = run.result.selectedStep;
    WINNOW_ASSIGN(std::optional<StoredSnapshot> snapshot, step < 0 ? store.latest(run.id) : store.at(run.id, step));
    if (!snapshot)
        return std::optional<RowWeights>();
    RowWeights weights;
    WINNOW_ASSIGN(weights.units, store.units(run.id));
    for (const std::uint32_t unit : weights.units.unitOfSample)
        if (unit >= snapshot->values.size())
            return Error{"The learned weights of run " + std::to_string(run.id.value)
                         + " do not fit its rows; the store is damaged."};
    weights.step = snapshot->step;
    weights.ofRow = weightsOfSamples(weights.units, *snapshot);
    weights.snapshot = std::move(*snapshot);
    return std::optional<RowWeights>(std::move(weights));
}

Result<Rankers> rankersOf(Database &database, const RunRecord &run, std::size_t rows, std::int64_t throughStep)
{
    WINNOW_ASSIGN(const RunOptions options, optionsFromJson(run.configJson));
    WINNOW_ASSIGN(const VisitColumns visits, VisitStore(database).ofRun(run.id, -1, throughStep));
    Rankers rankers(rows, options.ranking.lossEma);
    for (std::size_t i = 0; i < visits.size(); ++i) {
        const SampleVisit visit{visits.samples[i],        visits.weights[i], visits.losses[i],
                                visits.hypergradients[i], visits.pGiven[i],  visits.margins[i]};
        WINNOW_TRY(rankers.add({&visit, 1}));
    }
    return rankers;
}

Result<std::optional<Detection>> detectionOf(const std::vector<double> &suspicion,
                                             const std::vector<std::int8_t> &noise)
{
    if (noise.empty())
        return std::optional<Detection>();
    WINNOW_ASSIGN(const std::vector<DetectionCase> cases, detectionCases(suspicion, noise));
    const auto noisy = static_cast<std::size_t>(
        std::count_if(cases.begin(), cases.end(), [](const DetectionCase &one) { return one.noise; }));
    if (noisy == 0 || noisy == cases.size())
        return std::optional<Detection>();
    return std::optional<Detection>(Detection{auroc(cases), averagePrecision(cases), precisionAt(cases, noisy)});
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
