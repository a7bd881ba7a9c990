#include "tests/support/stored_runs.h"

#include "core/base/options_io.h"
#include "core/store/dataset_store.h"
#include "core/store/evaluation_store.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "core/store/visit_store.h"
#include "core/store/weight_store.h"

#include <algorithm>

namespace winnow::test
{

namespace
{

constexpr std::int64_t steps = 20;

std::vector<SampleRecord> samples(const std::string &prefix, bool train)
{
    std::vector<SampleRecord> all;
    for (std::int64_t i = 0; i < 4; ++i) {
        SampleRecord sample;
        sample.index = i;
        sample.fileRow = i;
        sample.key = prefix + std::to_string(i);
        sample.unitKey = sample.key;
        sample.subject = i % 2 ? "odd" : "even";
        sample.question = "question " + sample.key;
        if (train)
            sample.knownNoise = i >= 2;
        all.push_back(sample);
    }
    return all;
}

Result<DatasetId> putDataset(Database &database, const std::string &kind, const std::string &sha256)
{
    DatasetRecord record;
    record.name = kind;
    record.path = "/data/" + kind + ".json";
    record.kind = kind;
    record.sha256 = sha256;
    record.rowsRead = 4;
    record.rowsKept = 4;
    return DatasetStore(database).put(record, samples(kind == "train" ? "r" : "q", kind == "train"));
}

Status putWeights(Database &database, RunId id, const StoredRun &run)
{
    if (run.weights.empty())
        return {};
    WeightStore store(database);
    WINNOW_TRY(store.setUnits(id, {UnitKind::Id, {"r0", "r1", "r2", "r3"}, {0, 1, 2, 3}}));
    WINNOW_TRY(store.appendSnapshot(id, {10, {1, 1, 1, 1}, {}}));
    return store.appendSnapshot(id, {steps, run.weights, {}});
}

Status putCurves(Database &database, RunId id)
{
    WINNOW_TRY(MetricStore(database).append(id, {{"loss.train", 1, 0.75, 0}, {"loss.train", steps, 0.25, 0}}));
    VisitColumns visits;
    for (std::uint32_t row = 0; row < 4; ++row) // the noise has the higher loss and the lower probability
        visits.push(row + 1, row, 1.0f, 0.1f * static_cast<float>(row + 1), 0.5f * static_cast<float>(row) - 0.75f,
                    0.9f - 0.2f * static_cast<float>(row), 1.0f - static_cast<float>(row));
    return VisitStore(database).append(id, visits);
}

Status putEvaluation(Database &database, RunId id, DatasetId test, const StoredRun &run)
{
    EvaluationRecord record;
    record.run = id;
    record.dataset = test;
    record.step = steps;
    record.n = static_cast<std::int64_t>(run.correct.size());
    record.correct = std::count(run.correct.begin(), run.correct.end(), true);
    record.accuracy = static_cast<double>(record.correct) / static_cast<double>(record.n);
    std::vector<EvaluationPick> picks;
    for (std::size_t i = 0; i < run.correct.size(); ++i)
        picks.push_back({static_cast<std::int64_t>(i), 0, 0.5, run.correct[i], false});
    const auto put = EvaluationStore(database).put(record, picks);
    return put.ok() ? Status() : Status(put.error());
}

} // namespace

Result<RunId> putStoredRun(Database &database, const StoredRun &run)
{
    RunOptions options;
    options.name = run.name;
    options.train.iterations = steps;
    options.train.optimizer.learningRate = run.learningRate;
    NewRun created;
    created.name = run.name;
    created.configJson = optionsToJson(options);
    created.stage = "bilevel";
    created.method = run.method;
    created.seed = 1;
    created.totalSteps = steps;
    RunStore store(database);
    WINNOW_ASSIGN(const RunId id, store.create(created));
    WINNOW_TRY(store.claim(id, "/runs/none", "CPU", 1));
    WINNOW_ASSIGN(const DatasetId train, putDataset(database, "train", run.trainSha256));
    WINNOW_ASSIGN(const DatasetId test, putDataset(database, "test", run.testSha256));
    WINNOW_TRY(store.setDataset(id, "train", train));
    WINNOW_TRY(store.setDataset(id, "test", test));
    WINNOW_TRY(putWeights(database, id, run));
    WINNOW_TRY(putCurves(database, id));
    WINNOW_TRY(putEvaluation(database, id, test, run));
    WINNOW_TRY(store.setProgress(id, "training", steps, steps));
    RunResult result;
    result.steps = steps;
    result.weightsSha256 = std::string(64, 'a');
    result.instanceWeightsSha256 = std::string(64, 'b');
    WINNOW_TRY(store.setResult(id, result));
    WINNOW_TRY(store.setState(id, RunState::Finished));
    return id;
}

} // namespace winnow::test
