// Runs on corrected data beside the runs whose samples were decided on.
#include "ui/bridge/store_reader.h"

#include "core/rank/average_precision_interval.h"
#include "core/report/run_figures.h"
#include "core/store/derivation_store.h"
#include "ui/bridge/paired_difference.h"

#include <algorithm>
#include <span>

namespace winnow::ui {

namespace {

constexpr int resamples = 1000;

const RunData *trainOf(const RunRow &row)
{
    const auto at = std::find_if(row.data.begin(), row.data.end(), [](const RunData &data) { return data.role == QLatin1String("train"); });
    return at == row.data.end() ? nullptr : &*at;
}

} // namespace

Result<LineageSide> StoreReader::lineageSide(const RunRow &row)
{
    LineageSide side;
    side.run = row.id();
    side.name = row.name();
    side.accuracy = row.accuracy;
    side.questions = row.questions;
    if (const RunData *train = trainOf(row))
        side.data = train->name;
    const auto dataset = row.record.datasets.find("train");
    if (dataset == row.record.datasets.end())
        return side;
    WINNOW_ASSIGN(const auto noise, mask(dataset->second));
    WINNOW_ASSIGN(auto weights, rowWeights(m_database, row.record));
    if (!weights || noise.empty())
        return side;
    const std::size_t n = std::min(weights->ofRow.size(), noise.size());
    std::vector<double> suspicion;
    for (std::size_t i = 0; i < n; ++i)
        suspicion.push_back(-static_cast<double>(weights->ofRow[i]));
    WINNOW_ASSIGN(const std::vector<DetectionCase> cases, detectionCases(suspicion, std::span(noise).first(n)));
    side.samples = static_cast<std::int64_t>(cases.size());
    side.noisy = std::count_if(cases.begin(), cases.end(), [](const DetectionCase &c) { return c.noise; });
    if (side.noisy == 0)
        return side;
    const AveragePrecisionInterval found = averagePrecisionInterval(cases, resamples, 1);
    side.averagePrecision = Interval{found.value, found.low, found.high};
    return side;
}

Status StoreReader::addLineagePair(const DerivationRecord &derivation, RunId beforeId, RunId afterId, std::vector<LineagePair> &pairs)
{
    WINNOW_ASSIGN(const RunRow before, run(beforeId));
    WINNOW_ASSIGN(const RunRow after, run(afterId));
    std::string key;
    for (const RunRow *row : {&before, &after}) {
        const auto evaluation = m_evaluations.find(row->id());
        key += std::to_string(row->id().value) + " " + row->record.name + " " + std::to_string(row->record.step) + " "
            + std::string(runStateName(row->record.state)) + " "
            + std::to_string(evaluation == m_evaluations.end() ? 0 : evaluation->second.value) + " ";
    }
    key += std::to_string(derivation.excluded) + " " + std::to_string(derivation.flipped);
    if (const auto known = m_lineagePairs.find(key); known != m_lineagePairs.end()) {
        pairs.push_back(known->second);
        return {};
    }
    LineagePair pair;
    WINNOW_ASSIGN(pair.before, lineageSide(before));
    WINNOW_ASSIGN(pair.after, lineageSide(after));
    pair.excluded = derivation.excluded;
    pair.flipped = derivation.flipped;
    WINNOW_ASSIGN(const auto difference, pairedDifference(*this, before, after));
    if (difference) {
        pair.paired = difference->questions;
        pair.difference = difference->interval;
    }
    m_lineagePairs[key] = pair;
    pairs.push_back(std::move(pair));
    return {};
}

Result<std::vector<LineagePair>> StoreReader::lineage(RunId id)
{
    std::vector<LineagePair> pairs;
    WINNOW_ASSIGN(const RunRow own, run(id));
    const RunData *train = trainOf(own);
    if (!train)
        return pairs;
    DerivationStore store(m_database);
    WINNOW_ASSIGN(const auto from, store.ofChild(train->sha256.toStdString()));
    for (const DerivationRecord &derivation : from)
        if (const RunId before = derivation.run ? derivation.run : own.record.parent; before && RunStore(m_database).get(before).ok())
            WINNOW_TRY(addLineagePair(derivation, before, id, pairs)); // a purged run has no side any more
    WINNOW_ASSIGN(const auto to, store.ofParent(train->sha256.toStdString()));
    if (to.empty())
        return pairs;
    WINNOW_ASSIGN(const RunsData all, runs());
    for (const DerivationRecord &derivation : to) {
        if (derivation.run != id)
            continue;
        for (const RunRow &row : all.rows) {
            const RunData *other = trainOf(row);
            if (other && !row.deleted && other->sha256.toStdString() == derivation.childSha256)
                WINNOW_TRY(addLineagePair(derivation, id, row.id(), pairs));
        }
    }
    return pairs;
}

} // namespace winnow::ui
