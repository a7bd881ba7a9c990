#include "ui/support/sample_files.h"

#include "ui/models/samples_model.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

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

} // namespace

SampleExchange makeExchange(const SamplesData &data, std::optional<std::size_t> snapshot, const std::vector<std::uint32_t> &rows,
                            const Triage &triage, const QString &set)
{
    SampleExchange exchange;
    exchange.set = set.toStdString();
    exchange.datasetSha256 = data.dataset.sha256;
    exchange.run = data.run.record.name;
    exchange.runUuid = data.run.record.uuid;
    std::vector<std::int64_t> ranks;
    if (snapshot) {
        exchange.iteration = static_cast<std::int64_t>(data.snapshotSteps[*snapshot]);
        ranks = weightRanks(data.snapshots[*snapshot]);
    }
    exchange.samples.reserve(rows.size());
    for (const std::uint32_t i : rows) {
        ExchangedSample sample;
        const Decision decision = triage.decisionOf(i);
        sample.key = data.samples[i].key;
        sample.decision = std::string(decisionName(decision));
        sample.note = triage.noteOf(i).toStdString();
        sample.oldLabels = data.samples[i].labels;
        sample.proposedLabels = decision == Decision::Flip ? flippedLabels(data, i) : data.samples[i].labels;
        if (snapshot && std::isfinite(data.snapshots[*snapshot][i])) {
            sample.weight = data.snapshots[*snapshot][i];
            sample.rank = ranks[i];
        }
        exchange.samples.push_back(std::move(sample));
    }
    return exchange;
}

CorrectionRequest makeCorrection(const SamplesData &data, const std::vector<std::uint8_t> &decisions, const std::string &target)
{
    CorrectionRequest request;
    request.source = data.dataset.path;
    request.sourceSha256 = data.dataset.sha256;
    request.target = target;
    request.run = data.run.record.name;
    for (std::size_t i = 0; i < data.samples.size(); ++i) {
        const SampleRecord &sample = data.samples[i];
        request.rows.emplace_back(sample.fileRow, sample.picturePath);
        const auto decision = static_cast<Decision>(decisions[i]);
        if (decision == Decision::Exclude)
            request.corrections[sample.fileRow] = {true, {}, sample.key};
        else if (decision == Decision::Flip)
            request.corrections[sample.fileRow] = {false, flippedLabels(data, i), sample.key};
    }
    return request;
}

Result<ImportPlan> planImport(const SamplesData &data, const Triage &triage, const SampleExchange &exchange)
{
    if (!exchange.samples.empty() && exchange.datasetSha256 != data.dataset.sha256)
        return Error{"The set is about other data (" + exchange.datasetSha256.substr(0, 6) + ", here " + data.dataset.sha256.substr(0, 6)
                     + "). Open a run on that data, then import it."};
    std::unordered_map<std::string_view, std::uint32_t> places;
    for (std::uint32_t i = 0; i < data.samples.size(); ++i)
        places.emplace(data.samples[i].key, i);
    ImportPlan plan;
    for (const ExchangedSample &sample : exchange.samples) {
        const auto at = places.find(sample.key);
        if (at == places.end()) {
            ++plan.unknown;
            continue;
        }
        plan.members.push_back(at->second);
        if (const Decision decision = decisionOfName(sample.decision); decision != triage.decisionOf(at->second))
            plan.decisions.emplace_back(at->second, decision);
        if (const QString note = QString::fromStdString(sample.note); note != triage.noteOf(at->second))
            plan.notes.emplace_back(at->second, note);
    }
    return plan;
}

} // namespace winnow::ui
