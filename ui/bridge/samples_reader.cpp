// What StoreReader reads for the Samples page. A set of a million samples is read in columns; its texts, and the visits and
// exact weights of what is looked at, come later (SampleRows, WeightHistory).
#include "ui/bridge/store_reader.h"

#include "core/base/options_io.h"
#include "core/model/internvl_config.h"
#include "core/store/ranker_score_store.h"
#include "core/store/weight_store.h"
#include "ui/support/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace winnow::ui {

namespace {

constexpr float notSeen = std::numeric_limits<float>::quiet_NaN();
constexpr std::int64_t visitsHeld = 400000;
constexpr std::size_t scoresHeld = std::size_t{12} << 20; ///< values of p(+): the newest scorings that fit

std::vector<float> negated(const std::vector<float> &values)
{
    std::vector<float> result(values.size());
    std::transform(values.begin(), values.end(), result.begin(), [](float v) { return -v; });
    return result;
}

/// Reads snapshots when they are looked at, with a connection of its own: one thread at a time (WeightHistory::exact).
class SnapshotReader {
public:
    SnapshotReader(std::string path, RunId run, std::vector<std::int64_t> steps, std::shared_ptr<const std::vector<std::uint32_t>> units)
        : m_path(std::move(path)), m_run(run), m_steps(std::move(steps)), m_units(std::move(units))
    {
    }

    Result<SnapshotValues> read(std::size_t snapshot)
    {
        if (!m_database) {
            WINNOW_ASSIGN(m_database, Database::open(m_path));
        }
        WINNOW_ASSIGN(auto stored, WeightStore(*m_database).at(m_run, m_steps[snapshot]));
        if (!stored || stored->step != m_steps[snapshot])
            return Error{"The weights at iteration " + std::to_string(m_steps[snapshot]) + " are not in the store \"" + m_path
                         + "\" any more. Look at another iteration."};
        return SnapshotValues{weightsOfSamples(*m_units, *stored), std::move(stored->computedAt)};
    }

private:
    std::string m_path;
    RunId m_run;
    std::vector<std::int64_t> m_steps;
    std::shared_ptr<const std::vector<std::uint32_t>> m_units;
    std::optional<Database> m_database;
};

} // namespace

Result<SampleTable> StoreReader::sampleTable(DatasetId dataset, std::int64_t rows)
{
    if (m_tableOf == dataset && m_table.size() == static_cast<std::size_t>(rows))
        return m_table;
    SampleTable table;
    table.reserve(static_cast<std::size_t>(rows));
    DatasetStore store(m_database);
    if (rows <= static_cast<std::int64_t>(SampleTable::wholeUpTo)) {
        WINNOW_TRY(store.eachSample(dataset, [&table](SampleRecord sample) { table.push_back(std::move(sample)); }));
    } else {
        WINNOW_TRY(store.eachMarks(dataset, [&table](const SampleMarks &marks) { table.add(marks); }));
        WINNOW_ASSIGN(auto order, store.orderByKey(dataset));
        table.setKeyOrder(std::move(order));
    }
    m_table = table;
    m_tableOf = dataset;
    return table;
}

Status StoreReader::readWeights(SamplesData &data)
{
    WeightStore store(m_database);
    const RunId run = data.run.id();
    const std::size_t n = data.samples.size();
    WINNOW_ASSIGN(const auto steps, store.steps(run));
    WINNOW_ASSIGN(auto units, store.unitOfSamples(run));
    data.snapshotSteps.assign(steps.begin(), steps.end());
    const auto shared = std::make_shared<const std::vector<std::uint32_t>>(std::move(units));
    if (steps.size() * n > WeightHistory::exactUpTo)
        data.snapshots.readLater(
            [reader = std::make_shared<SnapshotReader>(m_database.path(), run, steps, shared)](std::size_t snapshot) {
                return reader->read(snapshot);
            });
    FilmRange range;
    std::vector<float> newest;
    const auto each = [&](const std::function<void(double, std::vector<float>, std::vector<std::int32_t>)> &take) {
        std::size_t taken = 0;
        return store.each(run, -1, [&](StoredSnapshot snapshot) {
            if (taken++ >= steps.size()) // one that came in the meantime: next time
                return;
            std::vector<float> weights = weightsOfSamples(*shared, snapshot);
            weights.resize(n, notSeen); // with meta rows in the training set the units run past the rows of this file
            take(static_cast<double>(snapshot.step), std::move(weights), std::move(snapshot.computedAt));
        });
    };
    WINNOW_TRY(each([&](double, std::vector<float> weights, std::vector<std::int32_t> computedAt) {
        range.add(weights);
        newest = weights;
        data.snapshots.push_back(SnapshotValues{std::move(weights), std::move(computedAt)});
    }));
    if (!newest.empty())
        data.rankers.push_back({QStringLiteral("Learned weight"), negated(newest), {}, {}, {}});
    data.film = FilmData(range);
    if (!data.snapshots.held())
        return each([&](double step, const std::vector<float> &weights, const std::vector<std::int32_t> &) { data.film.add(step, weights); });
    for (std::size_t s = 0; s < data.snapshots.size(); ++s)
        data.film.add(data.snapshotSteps[s], data.snapshots[s]);
    return {};
}

Status StoreReader::readVisits(SamplesData &data)
{
    const std::size_t n = data.samples.size();
    data.lossEma.assign(n, notSeen);
    data.minPGiven.assign(n, notSeen);
    data.confidence.assign(n, 0);
    data.margin.assign(n, 0);
    data.visitCount.assign(n, 0);
    data.lastVisit.assign(n, -1);
    std::vector<float> shapley(n, 0);
    bool anyGradient = false;
    const auto keep = static_cast<float>(data.run.options.ranking.lossEma);
    VisitStore store(m_database);
    WINNOW_ASSIGN(const std::int64_t count, store.count(data.run.id()));
    const bool held = data.samples.whole() && count <= visitsHeld;
    std::int64_t foreign = -1;
    WINNOW_TRY(store.each(data.run.id(), -1, [&](const Visit &v) {
        const std::size_t i = v.sample;
        if (i >= n) {
            foreign = v.sample;
            return;
        }
        data.lossEma[i] = std::isnan(data.lossEma[i]) ? v.loss : keep * data.lossEma[i] + (1 - keep) * v.loss;
        data.minPGiven[i] = std::fmin(data.minPGiven[i], v.pGiven);
        data.confidence[i] += v.pGiven;
        data.margin[i] += v.margin;
        ++data.visitCount[i];
        data.lastVisit[i] = static_cast<std::int32_t>(v.step);
        if (std::isfinite(v.hypergradient)) {
            shapley[i] += v.hypergradient;
            anyGradient = true;
        }
        if (held)
            data.visits.push(v.step, v.sample, v.weight, v.loss, v.hypergradient, v.pGiven, v.margin);
    }));
    if (foreign >= 0)
        return Error{"Run " + data.run.record.name + ": a visit names sample " + std::to_string(foreign) + " of " +
                     std::to_string(n) + ". The data set in the store is another one; import it again."};
    for (std::size_t i = 0; i < n; ++i) {
        const float visits = data.visitCount[i] > 0 ? static_cast<float>(data.visitCount[i]) : notSeen;
        data.confidence[i] /= visits;
        data.margin[i] /= visits;
        if (data.visitCount[i] == 0)
            shapley[i] = notSeen;
    }
    if (held)
        orderVisits(data);
    data.rankers.push_back({QStringLiteral("Loss EMA"), data.lossEma, {}, {}, {}});
    data.rankers.push_back({QStringLiteral("Confidence"), negated(data.confidence), {}, {}, {}});
    data.rankers.push_back({QStringLiteral("Area under margin"), negated(data.margin), {}, {}, {}});
    if (anyGradient)
        data.rankers.push_back({QStringLiteral("In-run Shapley"), std::move(shapley), {}, {}, {}});
    return {};
}

/// Of the job that trains a model a fold, where it was done.
Status StoreReader::readConfidentLearning(SamplesData &data)
{
    WINNOW_ASSIGN(auto scores, RankerScoreStore(m_database).get(data.run.id(), confidentLearningName));
    if (!scores)
        return {};
    scores->suspicion.resize(data.samples.size(), notSeen); // as with weights: meta rows may follow
    data.rankers.push_back({QStringLiteral("Confident learning"), std::move(scores->suspicion), {}, {}, {}});
    return {};
}

void StoreReader::orderVisits(SamplesData &data)
{
    data.visitOrder.resize(data.visits.size());
    std::iota(data.visitOrder.begin(), data.visitOrder.end(), 0U);
    std::stable_sort(data.visitOrder.begin(), data.visitOrder.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return data.visits.samples[a] < data.visits.samples[b]; });
    data.visitBegin.assign(data.samples.size() + 1, 0);
    for (std::size_t i = 0; i < data.samples.size(); ++i)
        data.visitBegin[i + 1] = data.visitBegin[i] + static_cast<std::uint32_t>(data.visitCount[i]);
}

/// The newest scorings of the training rows, as many as there is room for; by iteration.
Status StoreReader::readStepScores(SamplesData &data)
{
    EvaluationStore evaluations(m_database);
    WINNOW_ASSIGN(const auto infos, evaluations.scoresOfRun(data.run.id()));
    std::size_t values = 0;
    for (auto info = infos.rbegin(); info != infos.rend() && values <= scoresHeld; ++info) {
        if (info->purpose != "train")
            continue;
        WINNOW_ASSIGN(auto scores, evaluations.flatScores(data.run.id(), info->purpose, info->step));
        if (!scores)
            continue;
        values += scores->pPlus.size();
        if (!data.stepScores.empty() && values > scoresHeld)
            break;
        const bool sameShape = !data.stepScores.empty() && *data.stepScores.front().begin == scores->begin;
        auto begin = sameShape ? data.stepScores.front().begin
                               : std::make_shared<const std::vector<std::uint32_t>>(std::move(scores->begin));
        data.stepScores.insert(data.stepScores.begin(), StepScoring{info->step, std::move(begin), std::move(scores->pPlus)});
    }
    return {};
}

void StoreReader::rateRankers(SamplesData &data)
{
    if (data.consensus.runs > 1) {
        std::vector<float> suspicion;
        for (const double rank : data.consensus.meanRank)
            suspicion.push_back(static_cast<float>(-rank));
        data.rankers.push_back({QStringLiteral("Consensus of %1 runs").arg(data.consensus.runs), std::move(suspicion), {}, {}, {}});
    }
    for (RankerColumn &ranker : data.rankers) {
        ranker.auroc = aurocOf(ranker.suspicion, data.noise);
        ranker.averagePrecision = averagePrecisionOf(ranker.suspicion, data.noise);
        ranker.correlation = spearmanOf(ranker.suspicion, data.rankers.front().suspicion);
    }
}

/// The same settings but for seed and name: what a group over seeds holds.
Status StoreReader::readConsensus(SamplesData &data)
{
    const auto sameButSeed = [&](const RunRow &other) {
        if (!other.optionsValid || !data.run.optionsValid || other.record.state != RunState::Finished || other.record.archived)
            return false;
        RunOptions mine = data.run.options;
        mine.name = other.options.name;
        mine.seed = other.options.seed;
        return optionsToJson(mine) == optionsToJson(other.options) && other.record.datasets == data.run.record.datasets;
    };
    WINNOW_ASSIGN(const auto all, runs());
    std::vector<std::vector<float>> first;
    std::vector<std::vector<float>> last;
    for (const RunRow &row : all.rows) {
        if (!sameButSeed(row))
            continue;
        WeightStore store(m_database);
        WINNOW_ASSIGN(const auto steps, store.steps(row.id()));
        WINNOW_ASSIGN(const auto newest, store.latest(row.id()));
        if (!newest || steps.empty())
            continue;
        WINNOW_ASSIGN(const auto oldest, store.at(row.id(), steps.front()));
        WINNOW_ASSIGN(const auto units, store.unitOfSamples(row.id()));
        first.push_back(weightsOfSamples(units, *oldest));
        last.push_back(weightsOfSamples(units, *newest));
        first.back().resize(data.samples.size(), notSeen);
        last.back().resize(data.samples.size(), notSeen);
        data.consensusRuns.push_back(row.record.name);
    }
    if (last.size() > 1)
        data.consensus = consensusOf(last, first);
    return {};
}

Status StoreReader::readDecisions(SamplesData &data)
{
    data.decisions.assign(data.samples.size(), 0);
    WINNOW_ASSIGN(const auto decisions, DecisionStore(m_database).ofRows(data.dataset.sha256, data.dataset.id));
    for (const RowDecision &decision : decisions) {
        if (decision.row >= data.decisions.size())
            continue;
        data.decisions[decision.row] = static_cast<std::uint8_t>(decision.decision);
        if (!decision.note.empty())
            data.notes[decision.row] = QString::fromStdString(decision.note);
    }
    return {};
}

Result<std::shared_ptr<const SamplesData>> StoreReader::samples(RunId id)
{
    auto data = std::make_shared<SamplesData>();
    WINNOW_ASSIGN(data->run, run(id));
    const auto train = data->run.record.datasets.find("train");
    if (train == data->run.record.datasets.end())
        return Error{"Run " + data->run.record.name + " has not read its training data yet. Its samples appear when it has."};
    data->store = m_database.path();
    WINNOW_ASSIGN(data->dataset, DatasetStore(m_database).get(train->second));
    WINNOW_ASSIGN(data->samples, sampleTable(train->second, data->dataset.rowsKept));
    WINNOW_ASSIGN(data->noise, mask(train->second));
    WINNOW_TRY(readWeights(*data));
    WINNOW_TRY(readVisits(*data));
    WINNOW_TRY(readConfidentLearning(*data));
    WINNOW_TRY(readStepScores(*data));
    WINNOW_TRY(readConsensus(*data));
    rateRankers(*data);
    WINNOW_TRY(readDecisions(*data));
    data->subjects = data->samples.subjects();
    std::sort(data->subjects.begin(), data->subjects.end());
    if (const auto config = InternVLConfig::fromFile(data->run.options.model.checkpoint + "/config.json"); config.ok())
        data->tileSize = config.value().vision.imageSize;
#ifdef __GLIBC__
    if (!data->samples.whole())
        malloc_trim(0); // what reading took for a moment goes back to the system
#endif
    return std::shared_ptr<const SamplesData>(std::move(data));
}

} // namespace winnow::ui
