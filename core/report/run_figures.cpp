#include "core/report/run_figures.h"

#include "core/base/options_io.h"
#include "core/store/visit_store.h"

#include <algorithm>

namespace winnow
{

std::int64_t stepOf(const RunRecord &run, Moment moment)
{
    if (moment == Moment::Selected && run.result.selectedStep >= 0)
        return run.result.selectedStep;
    return run.result.steps > 0 ? run.result.steps : -1; // a run that goes on has its newest evaluation
}

Result<std::optional<EvaluationRecord>> evaluationAt(Database &database, const RunRecord &run, Moment moment)
{
    const std::int64_t wanted = stepOf(run, moment);
    WINNOW_ASSIGN(const std::vector<EvaluationRecord> all, EvaluationStore(database).ofRun(run.id));
    std::optional<EvaluationRecord> found;
    for (const EvaluationRecord &evaluation : all)
        if (evaluation.purpose == "test" && (wanted < 0 || evaluation.step == wanted))
            found = evaluation;
    return found;
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

} // namespace winnow
