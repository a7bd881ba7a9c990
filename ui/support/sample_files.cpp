#include "ui/support/sample_files.h"

#include "ui/models/samples_model.h"

#include <algorithm>
#include <cmath>

namespace winnow::ui {

namespace {

Decision decisionOfName(const std::string &name)
{
    for (const Decision decision : {Decision::Keep, Decision::Flip, Decision::Exclude, Decision::Unsure})
        if (decisionName(decision) == name)
            return decision;
    return Decision::None;
}

/// Place of each sample by weight, 1 for the lowest; 0 without a weight.
std::vector<std::int64_t> weightRanks(const std::vector<float> &weights)
{
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < weights.size(); ++i)
        if (std::isfinite(weights[i]))
            order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return weights[a] < weights[b]; });
    std::vector<std::int64_t> ranks(weights.size());
    for (std::size_t place = 0; place < order.size(); ++place)
        ranks[order[place]] = static_cast<std::int64_t>(place) + 1;
    return ranks;
}

std::vector<bool> givenLabels(const SamplesData &data, std::size_t sample)
{
    const auto labels = data.samples.labels(sample);
    return {labels.begin(), labels.end()};
}

} // namespace

Decision TriageState::decisionOf(std::size_t sample) const
{
    return sample < decisions->size() ? static_cast<Decision>((*decisions)[sample]) : Decision::None;
}

QString TriageState::noteOf(std::size_t sample) const
{
    const auto at = notes.find(sample);
    return at == notes.end() ? QString() : at->second;
}

Result<SampleExchange> makeExchange(const SamplesData &data, std::optional<std::size_t> snapshot, const std::vector<std::uint32_t> &rows,
                                    const TriageState &triage, const QString &set)
{
    WINNOW_ASSIGN(Database database, Database::open(data.store));
    WINNOW_ASSIGN(const auto keys, DatasetStore(database).keys(data.dataset.id, rows));
    SampleExchange exchange;
    exchange.set = set.toStdString();
    exchange.datasetSha256 = data.dataset.sha256;
    exchange.run = data.run.record.name;
    exchange.runUuid = data.run.record.uuid;
    std::vector<std::int64_t> ranks;
    SnapshotPtr values;
    if (snapshot) {
        exchange.iteration = static_cast<std::int64_t>(data.snapshotSteps[*snapshot]);
        WINNOW_ASSIGN(values, data.snapshots.exact(*snapshot));
        ranks = weightRanks(values->weights);
    }
    exchange.samples.reserve(rows.size());
    for (std::size_t k = 0; k < rows.size(); ++k) {
        const std::uint32_t i = rows[k];
        ExchangedSample sample;
        const Decision decision = triage.decisionOf(i);
        sample.key = keys[k];
        sample.decision = std::string(decisionName(decision));
        sample.note = triage.noteOf(i).toStdString();
        sample.oldLabels = givenLabels(data, i);
        sample.proposedLabels = decision == Decision::Flip ? flippedLabels(data, i) : sample.oldLabels;
        if (values && std::isfinite(values->weights[i])) {
            sample.weight = values->weights[i];
            sample.rank = ranks[i];
        }
        exchange.samples.push_back(std::move(sample));
    }
    return exchange;
}

Result<CorrectionRequest> makeCorrection(const SamplesData &data, const std::vector<std::uint8_t> &decisions, const std::string &target)
{
    CorrectionRequest request;
    request.source = data.dataset.path;
    request.sourceSha256 = data.dataset.sha256;
    request.target = target;
    request.run = data.run.record.name;
    WINNOW_ASSIGN(Database database, Database::open(data.store));
    std::size_t i = 0;
    WINNOW_TRY(DatasetStore(database).eachSample(data.dataset.id, [&](const SampleRecord &sample) {
        if (i >= decisions.size() || i >= data.samples.size()) // rows that came in the meantime
            return;
        request.rows.emplace_back(sample.fileRow, sample.pictures());
        const auto decision = static_cast<Decision>(decisions[i]);
        if (decision == Decision::Exclude)
            request.corrections[sample.fileRow] = {true, {}, sample.key};
        else if (decision == Decision::Flip)
            request.corrections[sample.fileRow] = {false, flippedLabels(data, i), sample.key};
        ++i;
    }));
    return request;
}

Result<ImportPlan> planImport(const SamplesData &data, const TriageState &triage, const SampleExchange &exchange)
{
    if (!exchange.samples.empty() && exchange.datasetSha256 != data.dataset.sha256)
        return Error{"The set is about other data (" + exchange.datasetSha256.substr(0, 6) + ", here " + data.dataset.sha256.substr(0, 6)
                     + "). Open a run on that data, then import it."};
    std::vector<std::string> keys;
    for (const ExchangedSample &sample : exchange.samples)
        keys.push_back(sample.key);
    WINNOW_ASSIGN(Database database, Database::open(data.store));
    WINNOW_ASSIGN(const auto places, DatasetStore(database).indicesOf(data.dataset.id, keys));
    ImportPlan plan;
    for (std::size_t k = 0; k < places.size(); ++k) {
        if (places[k] < 0) {
            ++plan.unknown;
            continue;
        }
        const ExchangedSample &sample = exchange.samples[k];
        const auto at = static_cast<std::uint32_t>(places[k]);
        plan.members.push_back(at);
        if (const Decision decision = decisionOfName(sample.decision); decision != triage.decisionOf(at))
            plan.decisions.emplace_back(at, decision);
        if (const QString note = QString::fromStdString(sample.note); note != triage.noteOf(at))
            plan.notes.emplace_back(at, note);
    }
    return plan;
}

} // namespace winnow::ui
