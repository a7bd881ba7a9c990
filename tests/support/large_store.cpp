#include "tests/support/large_store.h"

#include "core/base/options_io.h"
#include "core/store/dataset_store.h"
#include "core/store/run_store.h"
#include "core/store/visit_store.h"
#include "core/store/weight_store.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace winnow::test
{

namespace
{

constexpr std::int64_t snapshotEvery = 10;
constexpr std::int64_t rowsAtOnce = 20000;

bool isNoise(std::int64_t sample)
{
    return sample % 10 == 3;
}

SampleRecord sampleOf(std::int64_t i)
{
    static const char *subjects[] = {"Sum", "Largest", "Order, of two"};
    SampleRecord sample;
    sample.index = i;
    sample.fileRow = i;
    sample.key = largeKey(i);
    sample.unitKey = sample.key;
    sample.subject = subjects[(i * 7) % 3];
    sample.knownNoise = isNoise(i);
    sample.picturePath = "/nowhere/" + sample.key + ".png";
    sample.question = "Question " + std::to_string(i) + ": " + std::string(200, 'q');
    sample.steps = {"Step one of " + std::to_string(i) + ' ' + std::string(100, 'a'), "Step two", "So the answer is "
                    + std::to_string(i % 97)};
    sample.labels = {true, i % 4 != 0, i % 5 != 0};
    return sample;
}

Result<DatasetId> putSamples(Database &database, std::int64_t samples)
{
    DatasetRecord record;
    record.name = "large";
    record.path = "/nowhere/large.json";
    record.kind = "train";
    record.sha256 = std::string(64, 'd');
    record.rowsRead = record.rowsKept = samples;
    DatasetStore store(database);
    std::int64_t has = 0;
    WINNOW_ASSIGN(const DatasetId id, store.begin(record, has));
    for (std::int64_t first = 0; first < samples; first += rowsAtOnce) {
        std::vector<SampleRecord> part;
        for (std::int64_t i = first; i < std::min(samples, first + rowsAtOnce); ++i)
            part.push_back(sampleOf(i));
        WINNOW_TRY(store.addSamples(id, part));
    }
    return id;
}

Status putWeights(Database &database, RunId run, const LargeRun &large)
{
    WeightStore store(database);
    WeightUnits units;
    units.kind = large.net ? UnitKind::Row : UnitKind::Id;
    for (std::int64_t i = 0; i < large.samples; ++i) {
        units.keys.push_back(largeKey(i));
        units.unitOfSample.push_back(static_cast<std::uint32_t>(i));
    }
    WINNOW_TRY(store.setUnits(run, units));
    std::mt19937 random(3);
    std::normal_distribution<float> normal;
    for (int s = 0; s < large.snapshots; ++s) {
        StoredSnapshot snapshot;
        snapshot.step = s * snapshotEvery;
        const float progress = static_cast<float>(s) / static_cast<float>(std::max(1, large.snapshots - 1));
        for (std::int64_t i = 0; i < large.samples; ++i) {
            snapshot.values.push_back(1 + progress * ((isNoise(i) ? -0.7F : 0.1F) + 0.2F * normal(random)));
            if (large.net)
                snapshot.computedAt.push_back(static_cast<std::int32_t>(std::max<std::int64_t>(0, snapshot.step - i % 40)));
        }
        WINNOW_TRY(store.appendSnapshot(run, snapshot));
    }
    return {};
}

Status putVisits(Database &database, RunId run, const LargeRun &large)
{
    std::mt19937 random(5);
    std::exponential_distribution<float> exponential(2);
    VisitStore store(database);
    const std::int64_t steps = std::max<std::int64_t>(1, (large.snapshots - 1) * snapshotEvery);
    VisitColumns part;
    for (int round = 0; round < large.visitsEach; ++round)
        for (std::int64_t i = 0; i < large.samples; ++i) {
            const float loss = exponential(random) + (isNoise(i) ? 0.8F : 0);
            const std::int64_t step = (round * steps + i * steps / large.samples) / large.visitsEach;
            part.push(step, static_cast<std::uint32_t>(i), 1, loss, isNoise(i) ? 0.1F : -0.1F, std::exp(-loss), 1 - loss);
            if (part.size() < static_cast<std::size_t>(rowsAtOnce) && i + 1 < large.samples)
                continue;
            WINNOW_TRY(store.append(run, part));
            part = {};
        }
    return {};
}

} // namespace

std::string largeKey(std::int64_t sample)
{
    // Scrambled, so that the order of keys is not that of rows.
    const std::string digits = std::to_string((sample * 7919) % 10000000);
    return "train#" + std::string(7 - digits.size(), '0') + digits + '-' + std::to_string(sample);
}

Result<RunId> writeLargeStore(const std::string &path, const LargeRun &large)
{
    WINNOW_ASSIGN(Database database, Database::open(path));
    RunOptions options;
    options.name = "large";
    options.train.iterations = (large.snapshots - 1) * snapshotEvery;
    NewRun created;
    created.name = options.name;
    created.configJson = optionsToJson(options);
    created.stage = "bilevel";
    created.method = large.net ? "net" : "table";
    created.seed = 1;
    created.totalSteps = options.train.iterations;
    RunStore store(database);
    WINNOW_ASSIGN(const RunId run, store.create(created));
    WINNOW_TRY(store.claim(run, "/nowhere", "CPU", 1));
    WINNOW_ASSIGN(const DatasetId train, putSamples(database, large.samples));
    WINNOW_TRY(store.setDataset(run, "train", train));
    WINNOW_TRY(putWeights(database, run, large));
    WINNOW_TRY(putVisits(database, run, large));
    WINNOW_TRY(store.setProgress(run, "training", options.train.iterations, options.train.iterations));
    RunResult result;
    result.steps = options.train.iterations;
    WINNOW_TRY(store.setResult(run, result));
    WINNOW_TRY(store.setState(run, RunState::Finished));
    return run;
}

} // namespace winnow::test
