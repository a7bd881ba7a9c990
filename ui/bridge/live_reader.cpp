// What StoreReader reads for the Live page: what is new of a run since the last reading.
#include "ui/bridge/store_reader.h"

#include "core/eval/statistics.h"
#include "core/store/weight_store.h"
#include "ui/support/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow::ui {

namespace {

constexpr float notSeen = std::numeric_limits<float>::quiet_NaN();

std::vector<float> negated(const std::vector<float> &values)
{
    std::vector<float> result(values.size());
    std::transform(values.begin(), values.end(), result.begin(), [](float v) { return -v; });
    return result;
}

/// Who carries the run out: another one computes iterations again that were read already.
std::string holderOf(const RunRecord &record)
{
    return std::to_string(record.pid) + ' ' + record.host + ' ' + record.processMark;
}

} // namespace

/// The rankers as they stood at the next snapshot.
Status StoreReader::followVisits(LiveState &state, std::int64_t through)
{
    const auto keep = static_cast<float>(state.data.run.options.ranking.lossEma);
    WINNOW_ASSIGN(const auto visits, VisitStore(m_database).ofRun(state.data.run.id(), state.visitStep, through));
    for (std::size_t v = 0; v < visits.size(); ++v) {
        const std::size_t i = visits.samples[v];
        if (i >= state.lossEma.size())
            continue;
        float &ema = state.lossEma[i];
        float &doubt = state.doubt[i];
        const float p = 1 - visits.pGiven[v];
        ema = std::isnan(ema) ? visits.losses[v] : keep * ema + (1 - keep) * visits.losses[v];
        doubt = std::isnan(doubt) ? p : keep * doubt + (1 - keep) * p;
    }
    state.visitStep = through;
    return {};
}

void StoreReader::addDetection(LiveState &state, double step, const std::vector<float> &weights)
{
    LiveData &data = state.data;
    const std::vector<float> suspicion = negated(weights);
    data.detectionSteps.push_back(step);
    if (state.noise.empty()) {
        data.agreement.push_back(spearmanOf(suspicion, state.lossEma).value_or(std::nan("")));
        return;
    }
    const auto byWeight = aurocOf(suspicion, state.noise);
    const auto byLoss = aurocOf(state.lossEma, state.noise);
    const auto byDoubt = aurocOf(state.doubt, state.noise);
    data.detectionWeight.push_back(byWeight ? byWeight->value : std::nan(""));
    data.detectionLow.push_back(byWeight ? byWeight->low : std::nan(""));
    data.detectionHigh.push_back(byWeight ? byWeight->high : std::nan(""));
    data.detectionLoss.push_back(byLoss ? byLoss->value : std::nan(""));
    data.detectionConfidence.push_back(byDoubt ? byDoubt->value : std::nan(""));
}

void StoreReader::addHealth(LiveData &data, const std::vector<float> &weights)
{
    const auto &bounds = data.run.options.weighting;
    const auto atBound = std::count_if(weights.begin(), weights.end(), [&bounds](float v) {
        return std::abs(v - bounds.clipLow) < 1e-3 || std::abs(v - bounds.clipHigh) < 1e-3;
    });
    data.effective.push_back(effectiveSampleSize(weights));
    data.saturated.push_back(static_cast<double>(atBound) / static_cast<double>(std::max<std::size_t>(1, weights.size())));
    data.weights = static_cast<std::int64_t>(weights.size());
    data.weightsBelowHalf = std::count_if(weights.begin(), weights.end(), [](float w) { return w < 0.5F; });
    data.weightsFromHalf = std::count_if(weights.begin(), weights.end(), [](float w) { return w >= 0.5F; });
}

/// The film is counted into limits; a snapshot outside them needs others, so all are counted again.
Status StoreReader::followFilm(LiveState &state, double step, const std::vector<float> &weights)
{
    LiveData &data = state.data;
    state.range.add(weights);
    const FilmData empty(state.range);
    if (data.film.steps.empty() || (empty.low == data.film.low && empty.high == data.film.high)) {
        if (data.film.steps.empty())
            data.film = empty;
        data.film.add(step, weights);
        return {};
    }
    data.film = empty;
    return WeightStore(m_database).each(data.run.id(), -1, [&](const StoredSnapshot &snapshot) {
        if (static_cast<double>(snapshot.step) <= step)
            data.film.add(static_cast<double>(snapshot.step), weightsOfSamples(state.units, snapshot));
    });
}

Status StoreReader::followSnapshots(LiveState &state)
{
    WeightStore store(m_database);
    const RunId run = state.data.run.id();
    for (;;) { // one after the other: a snapshot may be large
        WINNOW_ASSIGN(const auto steps, store.steps(run));
        const auto next = std::upper_bound(steps.begin(), steps.end(), state.snapshotStep);
        if (next == steps.end())
            return {};
        WINNOW_ASSIGN(const auto snapshot, store.at(run, *next));
        if (!snapshot)
            return {};
        if (state.units.empty()) {
            WINNOW_ASSIGN(state.units, store.unitOfSamples(run));
        }
        const std::vector<float> weights = weightsOfSamples(state.units, *snapshot);
        state.lossEma.resize(weights.size(), notSeen);
        state.doubt.resize(weights.size(), notSeen);
        WINNOW_TRY(followVisits(state, snapshot->step));
        const auto step = static_cast<double>(snapshot->step);
        WINNOW_TRY(followFilm(state, step, weights));
        addHealth(state.data, weights);
        addDetection(state, step, weights);
        state.snapshotStep = snapshot->step;
    }
}

Status StoreReader::readAccuracy(LiveData &data)
{
    WINNOW_ASSIGN(const auto evaluations, EvaluationStore(m_database).ofRun(data.run.id()));
    for (const EvaluationRecord &evaluation : evaluations)
        if (evaluation.purpose == "test" && evaluation.n > 0) {
            const winnow::Interval band = bootstrapInterval(evaluation.correct, evaluation.n);
            data.accuracySteps.push_back(evaluation.step);
            data.accuracy.push_back(evaluation.accuracy);
            data.accuracyLow.push_back(band.low);
            data.accuracyHigh.push_back(band.high);
            data.accuracyN = evaluation.n;
        }
    return {};
}

/// Begins anew when it is another run, when its iterations are computed again, or when it has got its data sets only
/// now: a run is listed before its files are read.
Status StoreReader::beginLive(RunRow row)
{
    const bool goesOn = m_live && m_live->data.run.id() == row.id() && m_live->holder == holderOf(row.record)
        && row.record.step >= m_live->data.run.record.step && row.record.datasets == m_live->data.run.record.datasets;
    if (goesOn) {
        m_live->data.run = std::move(row);
        return {};
    }
    auto state = std::make_unique<LiveState>();
    state->holder = holderOf(row.record);
    state->data.reading = ++m_readings;
    state->data.run = std::move(row);
    const auto &sets = state->data.run.record.datasets;
    if (const auto train = sets.find("train"); train != sets.end()) {
        WINNOW_ASSIGN(state->noise, mask(train->second));
    }
    if (const auto meta = sets.find("meta"); meta != sets.end()) {
        WINNOW_ASSIGN(const auto dataset, DatasetStore(m_database).get(meta->second));
        state->data.metaSamples = dataset.rowsKept;
    }
    m_live = std::move(state);
    return {};
}

Result<LiveData> StoreReader::live(RunId id, const LivePlace &seen)
{
    WINNOW_ASSIGN(RunRow row, run(id));
    WINNOW_TRY(beginLive(std::move(row)));
    WINNOW_TRY(followSnapshots(*m_live));
    LiveData data = m_live->data;
    data.whole = seen.run != id || seen.reading != data.reading;
    WINNOW_ASSIGN(data.series, MetricStore(m_database).newPoints(id, data.whole ? decltype(seen.series)() : seen.series));
    WINNOW_ASSIGN(data.events, EventStore(m_database).ofRun(id));
    WINNOW_TRY(readAccuracy(data));
    return data;
}

} // namespace winnow::ui
