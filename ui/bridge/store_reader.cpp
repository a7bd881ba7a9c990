#include "ui/bridge/store_reader.h"

#include "core/base/options_io.h"
#include "core/eval/statistics.h"
#include "core/store/weight_store.h"
#include "ui/models/run_fields.h"
#include "ui/models/run_looks.h"
#include "ui/support/ranking.h"
#include "ui/support/words.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

namespace winnow::ui {

namespace {

Floats downsampled(const std::vector<double> &finite, std::size_t points)
{
    auto out = std::make_shared<std::vector<float>>();
    const std::size_t count = std::min(points, finite.size());
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t first = i * finite.size() / count;
        const std::size_t last = std::max(first + 1, (i + 1) * finite.size() / count);
        double sum = 0;
        for (std::size_t j = first; j < last; ++j)
            sum += finite[j];
        out->push_back(static_cast<float>(sum / static_cast<double>(last - first)));
    }
    return out;
}

Floats binsOf(const std::vector<float> &weights)
{
    auto bins = std::make_shared<std::vector<float>>(18, 0.0F);
    for (const float w : weights)
        if (std::isfinite(w))
            (*bins)[static_cast<std::size_t>(std::clamp((w + 0.5) / 2.5 * 18, 0.0, 17.0))] += 1;
    return bins;
}

} // namespace

QString groupOfRun(const RunRecord &record)
{
    if (record.stage == "cold-start")
        return QStringLiteral("Cold start");
    if (record.method == "table")
        return QStringLiteral("Instance Table");
    if (record.method == "net")
        return QStringLiteral("Instance Net");
    if (record.method == "domain")
        return QStringLiteral("Domain table");
    return QStringLiteral("No selection");
}

QString settingsInWords(const RunRow &row)
{
    QStringList words{groupWords(row.group)};
    if (row.optionsValid && row.record.method == "net")
        words.last() += row.options.weighting.netInput == NetInput::LabelAware ? QObject::tr(", label-aware input")
                                                                               : QObject::tr(", reference input");
    words << QObject::tr("seed %1").arg(row.record.seed);
    if (!row.datasetName.isEmpty())
        words << row.datasetName;
    return words.join(QStringLiteral(" · "));
}

Result<std::vector<std::int8_t>> StoreReader::mask(DatasetId dataset)
{
    if (const auto known = m_masks.find(dataset); known != m_masks.end())
        return known->second;
    WINNOW_ASSIGN(auto read, DatasetStore(m_database).noiseMask(dataset));
    return m_masks.emplace(dataset, std::move(read)).first->second;
}

/// Figures of the newest snapshot; those of the one before stay while there is no newer.
Status StoreReader::deriveWeights(RunRow &row, Derived &known)
{
    WeightStore store(m_database);
    WINNOW_ASSIGN(const auto steps, store.steps(row.id()));
    if (steps.empty())
        return {};
    if (steps.back() == known.weightStep && known.state == row.record.state && known.row.record.pid == row.record.pid) {
        const RunRow &before = known.row;
        row.weightBins = before.weightBins;
        row.samples = before.samples;
        row.effective = before.effective;
        row.auroc = before.auroc;
        row.aurocStep = before.aurocStep;
        row.precisionAt = before.precisionAt;
        row.precisionK = before.precisionK;
        return {};
    }
    WINNOW_ASSIGN(const auto snapshot, store.latest(row.id()));
    if (!snapshot)
        return {};
    known.weightStep = snapshot->step;
    WINNOW_ASSIGN(const auto units, store.unitOfSamples(row.id()));
    const std::vector<float> weights = weightsOfSamples(units, *snapshot);
    row.weightBins = binsOf(weights);
    row.samples = static_cast<std::int64_t>(weights.size());
    row.effective = effectiveSampleSize(weights);
    const auto train = row.record.datasets.find("train");
    if (train == row.record.datasets.end())
        return {};
    WINNOW_ASSIGN(const auto noise, mask(train->second));
    std::vector<float> suspicion(weights.size());
    std::transform(weights.begin(), weights.end(), suspicion.begin(), [](float w) { return -w; });
    row.auroc = aurocOf(suspicion, noise);
    row.aurocStep = snapshot->step;
    if (row.auroc && noise.size() >= weights.size() && weights.size() >= 10) {
        std::vector<std::size_t> order(weights.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        row.precisionK = static_cast<std::int64_t>(weights.size() / 10);
        std::partial_sort(order.begin(), order.begin() + row.precisionK, order.end(),
                          [&](std::size_t a, std::size_t b) { return weights[a] < weights[b]; });
        const auto hits = std::count_if(order.begin(), order.begin() + row.precisionK,
                                        [&](std::size_t i) { return noise[i] == 1; });
        row.precisionAt = static_cast<double>(hits) / static_cast<double>(row.precisionK);
    }
    return {};
}

Status StoreReader::deriveAccuracy(RunRow &row)
{
    WINNOW_ASSIGN(const auto evaluations, EvaluationStore(m_database).ofRun(row.id()));
    // The checkpoint that the hold-out chose is the one that claims are made for; until then, the newest.
    const std::int64_t selected = row.record.result.selectedStep;
    const EvaluationRecord *best = nullptr;
    for (const EvaluationRecord &evaluation : evaluations) {
        if (evaluation.n > 0 && evaluation.purpose == "manual")
            WINNOW_TRY(addManual(row, evaluation));
        if (evaluation.n > 0 && evaluation.purpose != "manual" && (!best || best->step != selected))
            best = &evaluation;
    }
    if (!best)
        return {};
    const winnow::Interval interval = wilsonInterval(best->correct, best->n);
    row.accuracy = Interval{best->accuracy, interval.low, interval.high};
    row.questions = best->n;
    return {};
}

Status StoreReader::deriveLoss(RunRow &row, Derived &known)
{
    if (row.record.step < known.lossStep || known.row.record.pid != row.record.pid) { // computed again
        known.losses.clear();
        known.lossStep = -1;
    }
    WINNOW_ASSIGN(const auto loss, MetricStore(m_database).series(row.id(), "loss.train", known.lossStep));
    std::copy_if(loss.values.begin(), loss.values.end(), std::back_inserter(known.losses), [](double v) { return std::isfinite(v); });
    if (!loss.steps.empty())
        known.lossStep = loss.steps.back();
    row.lossSpark = downsampled(known.losses, 40);
    if (!row.active()) { // nothing comes any more
        known.losses = {};
        known.lossStep = -1;
    }
    return {};
}

Status StoreReader::addManual(RunRow &row, const EvaluationRecord &evaluation)
{
    QString data;
    if (evaluation.dataset) {
        WINNOW_ASSIGN(const DatasetRecord dataset, DatasetStore(m_database).get(evaluation.dataset));
        data = QString::fromStdString(dataset.name);
    }
    const winnow::Interval interval = wilsonInterval(evaluation.correct, evaluation.n);
    row.otherEvaluations.push_back({data, evaluation.step, evaluation.settings.candidates, evaluation.n,
                                    Interval{evaluation.accuracy, interval.low, interval.high}});
    return {};
}

Status StoreReader::derive(RunRow &row, Derived &known)
{
    if (const auto options = optionsFromJson(row.record.configJson); options.ok()) {
        row.options = options.value();
        row.optionsValid = true;
    }
    for (const auto &[role, id] : row.record.datasets) {
        if (!m_datasets.contains(id)) {
            WINNOW_ASSIGN(auto dataset, DatasetStore(m_database).get(id));
            m_datasets.emplace(id, std::move(dataset));
        }
        const DatasetRecord &dataset = m_datasets.at(id);
        row.data.push_back({QString::fromStdString(role), QString::fromStdString(dataset.name), QString::fromStdString(dataset.path),
                            QString::fromStdString(dataset.sha256)});
        if (role != "train")
            continue;
        row.datasetName = QString::fromStdString(dataset.name);
        row.datasetHash = QString::fromStdString(dataset.sha256.substr(0, 6));
    }
    WINNOW_TRY(deriveLoss(row, known));
    if (row.record.stage != "cold-start")
        WINNOW_TRY(deriveWeights(row, known));
    return deriveAccuracy(row);
}

Result<RunRow> StoreReader::rowOf(const RunRecord &record)
{
    const auto known = m_derived.find(record.id);
    const auto newest = m_evaluations.find(record.id);
    const EvaluationId evaluation = newest == m_evaluations.end() ? EvaluationId{} : newest->second;
    if (known != m_derived.end() && known->second.step == record.step && known->second.state == record.state
        && known->second.evaluation == evaluation) {
        RunRow row = known->second.row;
        row.record = record; // names, notes and tags may have changed
        return row;
    }
    RunRow row;
    row.record = record;
    row.group = groupOfRun(record);
    Derived &kept = m_derived[record.id];
    WINNOW_TRY(derive(row, kept));
    kept.step = record.step;
    kept.state = record.state;
    kept.evaluation = evaluation;
    kept.row = row;
    return row;
}

/// What the store keeps of how runs are shown, put to the rows.
Status StoreReader::addViews(std::vector<RunRow> &rows)
{
    RunViewStore views(m_database);
    WINNOW_ASSIGN(const auto looks, views.looks());
    WINNOW_ASSIGN(const auto deleted, views.deleted());
    std::map<RunId, const RunLookRecord *> byRun;
    for (const RunLookRecord &look : looks)
        byRun[look.run] = &look;
    const std::set<RunId> gone(deleted.begin(), deleted.end());
    for (RunRow &row : rows) {
        const auto look = byRun.find(row.id());
        row.stored = look == byRun.end() ? RunLookRecord{.run = row.id()} : *look->second;
        row.deleted = gone.contains(row.id());
    }
    assignLooks(rows);
    m_looks.clear();
    for (const RunRow &row : rows)
        m_looks[row.id()] = row.look;
    return {};
}

Result<RunRow> StoreReader::oldRow(const RunRecord &record, const std::map<RunId, EvaluationStore::Counts> &counts)
{
    RunRow row;
    row.record = record;
    row.group = groupOfRun(record);
    auto known = m_options.find(record.id);
    if (known == m_options.end()) {
        auto options = optionsFromJson(record.configJson);
        known = m_options.emplace(record.id, options.ok() ? std::optional(std::move(options).value()) : std::nullopt).first;
    }
    row.optionsValid = known->second.has_value();
    if (known->second)
        row.options = *known->second;
    if (const auto found = counts.find(record.id); found != counts.end()) {
        const winnow::Interval interval = wilsonInterval(found->second.correct, found->second.n);
        row.accuracy = Interval{found->second.accuracy, interval.low, interval.high};
        row.questions = found->second.n;
    }
    return row;
}

Result<RunsData> StoreReader::runs()
{
    RunViewStore views(m_database);
    WINNOW_ASSIGN(const std::int64_t version, views.dataVersion());
    if (m_runs && m_runsVersion == version)
        return *m_runs;
    RunFilter everything;
    everything.withArchived = true;
    everything.withDeleted = true;
    WINNOW_ASSIGN(auto records, RunStore(m_database).list(everything));
    RunsData data;
    data.total = static_cast<std::int64_t>(records.size());
    WINNOW_ASSIGN(const bool noData, DatasetStore(m_database).empty());
    data.emptyStore = records.empty() && noData;
    std::map<RunId, std::string> names;
    for (const RunRecord &record : records)
        names[record.id] = record.name;
    WINNOW_ASSIGN(m_evaluations, EvaluationStore(m_database).newestOfRuns());
    constexpr std::size_t detailed = 500; // of the newest; older ones show what one query for all of them tells
    std::map<RunId, EvaluationStore::Counts> counts;
    if (records.size() > detailed) {
        WINNOW_ASSIGN(counts, EvaluationStore(m_database).countsOfRuns());
    }
    std::vector<RunRow> rows;
    rows.reserve(records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        WINNOW_ASSIGN(RunRow row, i < detailed ? rowOf(records[i]) : oldRow(records[i], counts));
        if (const auto parent = names.find(row.record.parent); parent != names.end())
            row.parentName = QString::fromStdString(parent->second);
        rows.push_back(std::move(row));
    }
    WINNOW_TRY(addViews(rows));
    data.rows = RunRows(std::move(rows));
    data.varying = varyingSettings(data.rows);
    WINNOW_ASSIGN(data.queries, views.queries());
    WINNOW_ASSIGN(data.settings, views.settings());
    m_runs = data;
    m_runsVersion = version;
    return data;
}

Result<RunRow> StoreReader::run(RunId id)
{
    if (!m_looks.contains(id))
        WINNOW_TRY(runs());
    WINNOW_ASSIGN(const RunRecord record, RunStore(m_database).get(id));
    WINNOW_ASSIGN(RunRow row, rowOf(record));
    if (record.parent)
        if (const auto parent = RunStore(m_database).get(record.parent); parent.ok())
            row.parentName = QString::fromStdString(parent->name);
    if (const auto look = m_looks.find(id); look != m_looks.end())
        row.look = look->second;
    return row;
}

Result<std::vector<DatasetSummary>> StoreReader::datasets()
{
    DatasetStore store(m_database);
    WINNOW_ASSIGN(const auto records, store.list());
    std::vector<DatasetSummary> result;
    for (const DatasetRecord &record : records) {
        DatasetSummary summary;
        summary.record = record;
        if (const auto known = m_counts.find(record.id); known != m_counts.end()) {
            summary.counts = known->second;
        } else {
            WINNOW_ASSIGN(summary.counts, store.counts(record.id));
            if (summary.counts.samples == record.rowsKept) // a set that an import still fills is counted again
                m_counts[record.id] = summary.counts;
        }
        WINNOW_ASSIGN(const auto decisions, DecisionStore(m_database).ofDataset(record.sha256));
        for (const DecisionRecord &decision : decisions)
            ++summary.decisions[static_cast<std::size_t>(decision.decision)];
        result.push_back(std::move(summary));
    }
    return result;
}

} // namespace winnow::ui
