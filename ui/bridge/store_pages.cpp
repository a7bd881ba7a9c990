// The larger reads of StoreReader: Live, and what Compare and Evaluation share.
#include "ui/bridge/store_reader.h"

#include "core/eval/answer_parser.h"
#include "core/eval/statistics.h"
#include "core/report/run_figures.h"
#include "core/store/weight_store.h"
#include "core/text/step_splitter.h"
#include "ui/models/run_looks.h"
#include "ui/support/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow::ui {

namespace {

constexpr float notSeen = std::numeric_limits<float>::quiet_NaN();

struct SampleSnapshots {
    std::vector<double> steps;
    std::vector<std::vector<float>> weights;
    std::vector<std::vector<std::int32_t>> computedAt;
};

Result<SampleSnapshots> readSnapshots(Database &database, RunId run)
{
    WeightStore store(database);
    WINNOW_ASSIGN(const auto units, store.units(run));
    WINNOW_ASSIGN(const auto snapshots, store.all(run));
    SampleSnapshots result;
    for (const StoredSnapshot &snapshot : snapshots) {
        result.steps.push_back(static_cast<double>(snapshot.step));
        result.weights.push_back(weightsOfSamples(units, snapshot));
    }
    for (const StoredSnapshot &snapshot : snapshots)
        if (!snapshot.computedAt.empty())
            result.computedAt.push_back(snapshot.computedAt);
    return result;
}

std::vector<float> negated(const std::vector<float> &values)
{
    std::vector<float> result(values.size());
    std::transform(values.begin(), values.end(), result.begin(), [](float v) { return -v; });
    return result;
}

} // namespace

Status StoreReader::readDetection(LiveData &data)
{
    const auto train = data.run.record.datasets.find("train");
    std::vector<std::int8_t> noise;
    if (train != data.run.record.datasets.end()) {
        WINNOW_ASSIGN(noise, mask(train->second));
    }
    WINNOW_ASSIGN(const auto visits, VisitStore(m_database).ofRun(data.run.id()));
    const std::size_t samples = data.snapshots.empty() ? noise.size() : data.snapshots.front().size();
    std::vector<float> ema(samples, notSeen);
    std::vector<float> doubt(samples, notSeen);
    const auto keep = static_cast<float>(data.run.options.ranking.lossEma);
    std::size_t next = 0;
    for (std::size_t s = 0; s < data.snapshotSteps.size(); ++s) {
        for (; next < visits.size() && static_cast<double>(visits.steps[next]) <= data.snapshotSteps[s]; ++next) {
            const std::size_t i = visits.samples[next];
            if (i >= samples)
                continue;
            ema[i] = std::isnan(ema[i]) ? visits.losses[next] : keep * ema[i] + (1 - keep) * visits.losses[next];
            const float p = 1 - visits.pGiven[next];
            doubt[i] = std::isnan(doubt[i]) ? p : keep * doubt[i] + (1 - keep) * p;
        }
        const std::vector<float> suspicion = negated(data.snapshots[s]);
        data.detectionSteps.push_back(data.snapshotSteps[s]);
        if (noise.empty()) {
            data.agreement.push_back(spearmanOf(suspicion, ema).value_or(std::nan("")));
            continue;
        }
        const auto byWeight = aurocOf(suspicion, noise);
        const auto byLoss = aurocOf(ema, noise);
        const auto byDoubt = aurocOf(doubt, noise);
        data.detectionWeight.push_back(byWeight ? byWeight->value : std::nan(""));
        data.detectionLow.push_back(byWeight ? byWeight->low : std::nan(""));
        data.detectionHigh.push_back(byWeight ? byWeight->high : std::nan(""));
        data.detectionLoss.push_back(byLoss ? byLoss->value : std::nan(""));
        data.detectionConfidence.push_back(byDoubt ? byDoubt->value : std::nan(""));
    }
    return {};
}

Result<LiveData> StoreReader::live(RunId id)
{
    LiveData data;
    WINNOW_ASSIGN(data.run, run(id));
    WINNOW_ASSIGN(data.series, MetricStore(m_database).allSeries(id));
    WINNOW_ASSIGN(auto snapshots, readSnapshots(m_database, id));
    data.snapshotSteps = std::move(snapshots.steps);
    data.snapshots = std::move(snapshots.weights);
    WINNOW_ASSIGN(data.events, EventStore(m_database).ofRun(id));
    WINNOW_ASSIGN(const auto evaluations, EvaluationStore(m_database).ofRun(id));
    for (const EvaluationRecord &evaluation : evaluations)
        if (evaluation.purpose == "test" && evaluation.n > 0) {
            const winnow::Interval band = bootstrapInterval(evaluation.correct, evaluation.n);
            data.accuracySteps.push_back(evaluation.step);
            data.accuracy.push_back(evaluation.accuracy);
            data.accuracyLow.push_back(band.low);
            data.accuracyHigh.push_back(band.high);
            data.accuracyN = evaluation.n;
        }
    if (const auto meta = data.run.record.datasets.find("meta"); meta != data.run.record.datasets.end()) {
        WINNOW_ASSIGN(const auto dataset, DatasetStore(m_database).get(meta->second));
        data.metaSamples = dataset.rowsKept;
    }
    WINNOW_TRY(readDetection(data));
    return data;
}

Result<RunScores> StoreReader::scoresOf(RunId id)
{
    RunScores result;
    WINNOW_ASSIGN(result.run, run(id));
    EvaluationStore store(m_database);
    WINNOW_ASSIGN(const auto evaluations, store.ofRun(id));
    const std::int64_t wanted = result.run.record.result.selectedStep;
    for (const EvaluationRecord &evaluation : evaluations) {
        if (evaluation.purpose == "test") {
            const winnow::Interval band = bootstrapInterval(evaluation.correct, evaluation.n);
            result.curveSteps.push_back(evaluation.step);
            result.curveAccuracy.push_back(evaluation.accuracy);
            result.curveLow.push_back(band.low);
            result.curveHigh.push_back(band.high);
        }
    }
    WINNOW_ASSIGN(const auto infos, store.scoresOfRun(id));
    for (const ScoresInfo &info : infos) {
        if (info.purpose != "test")
            continue;
        WINNOW_ASSIGN(auto scores, store.scores(id, info.purpose, info.step));
        if (!scores)
            continue;
        result.historySteps.push_back(info.step);
        result.history.push_back(scores->pPlusFull);
        if (info.step == wanted || result.full.empty() || wanted < 0) {
            result.step = info.step;
            result.full = std::move(scores->pPlusFull);
            result.pair = std::move(scores->pPlusPair);
        }
    }
    WINNOW_ASSIGN(auto weights, rowWeights(m_database, result.run.record));
    if (weights) {
        result.weights = std::move(weights->ofRow);
        result.weightStep = weights->step;
    }
    result.trainHash = result.run.datasetHash;
    if (const auto train = result.run.record.datasets.find("train"); train != result.run.record.datasets.end()) {
        WINNOW_ASSIGN(const auto dataset, DatasetStore(m_database).get(train->second));
        result.trainSha256 = dataset.sha256;
    }
    return result;
}

Result<std::shared_ptr<const EvaluationData>> StoreReader::evaluation(const std::vector<RunId> &runs)
{
    auto data = std::make_shared<EvaluationData>();
    DatasetId test;
    DatasetId train;
    StepSplitter splitter = StepSplitter::KeepNumbers;
    for (const RunId id : runs) {
        WINNOW_ASSIGN(auto scores, scoresOf(id));
        const auto &sets = scores.run.record.datasets;
        if (const auto own = sets.find("test"); own != sets.end()) {
            WINNOW_ASSIGN(const auto dataset, DatasetStore(m_database).get(own->second));
            if (!test) {
                test = own->second;
                data->dataset = dataset;
                splitter = scores.run.options.evaluation.splitter;
            } else if (dataset.sha256 != data->dataset.sha256) { // other questions: its picks say nothing about these
                scores.full.clear();
                scores.pair.clear();
                scores.history.clear();
                scores.otherTestData = true;
            }
        }
        if (const auto own = sets.find("train"); own != sets.end() && !train)
            train = own->second;
        data->runs.push_back(std::move(scores));
    }
    std::vector<SeriesLook *> looks; // runs that are not drawn elsewhere may look like others
    for (RunScores &scores : data->runs)
        looks.push_back(&scores.run.look);
    separateLooks(looks);
    DatasetStore store(m_database);
    if (train) {
        WINNOW_ASSIGN(data->trainSamples, store.samples(train));
        WINNOW_ASSIGN(data->trainNoise, mask(train));
    }
    if (!test)
        return std::shared_ptr<const EvaluationData>(std::move(data));
    WINNOW_ASSIGN(data->questions, store.samples(test));
    for (const SampleRecord &question : data->questions) {
        std::vector<std::vector<std::string>> candidates;
        std::vector<std::optional<std::string>> answers;
        for (const std::string &candidate : question.steps) {
            candidates.push_back(candidateSteps(candidate, splitter));
            answers.push_back(finalAnswer(candidate));
        }
        data->steps.push_back(std::move(candidates));
        data->answers.push_back(std::move(answers));
    }
    return std::shared_ptr<const EvaluationData>(std::move(data));
}

} // namespace winnow::ui
