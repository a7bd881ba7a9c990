#include "core/train/batch_passes.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace winnow {
namespace {

void prepare(SampleResults &results, std::size_t count)
{
    results.loss.resize(count);
    results.pGiven.resize(count);
    results.margin.resize(count);
    results.pPlusFull.resize(count);
    results.pPlusPair.resize(count);
    results.crossEntropy.resize(count);
    results.siteLogits.resize(count);
    results.siteLabels.resize(count);
}

SamplePointers pick(const SamplePointers &samples, const std::vector<std::size_t> &members)
{
    SamplePointers chosen;
    for (const std::size_t member : members)
        chosen.push_back(samples[member]);
    return chosen;
}

/// What one worker gets of a grouped batch.
struct GroupShare {
    std::vector<std::size_t> members;
    std::vector<std::size_t> groups;
};

/// Groups with most tokens first, dealt in turn.
std::vector<GroupShare> splitGroups(const SamplePointers &samples, const std::vector<std::size_t> &groups,
                                    std::size_t workers)
{
    std::vector<std::size_t> starts(groups.size()), tokens(groups.size()), order(groups.size());
    std::size_t start = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        starts[g] = start;
        for (std::size_t i = 0; i < groups[g]; ++i)
            tokens[g] += samples[start + i]->ids.size();
        start += groups[g];
    }
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return tokens[a] > tokens[b]; });
    std::vector<GroupShare> shares(workers);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::size_t round = i / workers, place = i % workers;
        GroupShare &share = shares[round % 2 == 0 ? place : workers - 1 - place];
        share.groups.push_back(groups[order[i]]);
        for (std::size_t m = 0; m < groups[order[i]]; ++m)
            share.members.push_back(starts[order[i]] + m);
    }
    return shares;
}

} // namespace

BatchPasses::BatchPasses(const InternVL &model, const TokenIds &tokens, WorkerPool &pool, at::ScalarType dtype)
    : m_model(model), m_tokens(tokens), m_pool(pool), m_dtype(dtype)
{
}

/// Longest first, dealt in turn: near-equal work a worker.
std::vector<BatchPasses::Members> BatchPasses::split(const SamplePointers &samples) const
{
    Members order(samples.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return samples[a]->ids.size() > samples[b]->ids.size(); });
    const auto workers = static_cast<std::size_t>(m_pool.workers());
    std::vector<Members> parts(workers);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::size_t round = i / workers, place = i % workers;
        parts[round % 2 == 0 ? place : workers - 1 - place].push_back(order[i]);
    }
    return parts;
}

void BatchPasses::report(const SiteReadout &readout, const PackedBatch &batch, const at::Tensor &perSample,
                         const Members &members, SampleResults &results) const
{
    const c10::NoGradGuard noGrad;
    const at::Tensor labels = batch.siteLabels;
    const at::Tensor given = readout.logProbabilities.detach().gather(1, labels.unsqueeze(1)).squeeze(1);
    const at::Tensor logits = readout.logits.detach();
    const at::Tensor pair = at::stack({logits.select(1, m_tokens.plus), logits.select(1, m_tokens.minus)}, 1);
    const at::Tensor full = readout.logProbabilities.detach().select(1, m_tokens.plus).exp().to(at::kFloat);
    const at::Tensor pairPlus = at::sigmoid(pair.select(1, 0) - pair.select(1, 1)).to(at::kFloat);
    const at::Tensor losses = perSample.detach().to(at::kDouble);
    const at::Tensor ce = (-given).to(at::kDouble);
    const at::Tensor difference = (pair.select(1, 0) - pair.select(1, 1)).to(at::kDouble);
    std::int64_t start = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const std::size_t target = members[i];
        const std::int64_t count = batch.siteCounts[i];
        double pSum = 0, marginSum = 0;
        for (std::int64_t s = start; s < start + count; ++s) {
            const double siteCe = ce.const_data_ptr<double>()[s];
            results.crossEntropy[target].push_back(siteCe);
            results.pPlusFull[target].push_back(full.const_data_ptr<float>()[s]);
            results.pPlusPair[target].push_back(pairPlus.const_data_ptr<float>()[s]);
            const std::int64_t label = labels.const_data_ptr<std::int64_t>()[s];
            const double gap = difference.const_data_ptr<double>()[s];
            pSum += std::exp(-siteCe);
            marginSum += label == m_tokens.plus ? gap
                : label == m_tokens.minus       ? -gap
                                                : std::numeric_limits<double>::quiet_NaN();
        }
        const double divisor = std::max<double>(1.0, static_cast<double>(count));
        results.loss[target] = losses.const_data_ptr<double>()[i];
        results.pGiven[target] = pSum / divisor;
        results.margin[target] = marginSum / divisor;
        results.siteLogits[target] = pair.narrow(0, start, count).clone();
        results.siteLabels[target] = labels.narrow(0, start, count).clone();
        start += count;
    }
}

SampleResults BatchPasses::gradient(const ParameterSet &parameters, const SamplePointers &samples,
                                    const ObjectiveFunction &objective, at::Tensor &gradient, std::uint64_t position)
{
    SampleResults results;
    prepare(results, samples.size());
    const std::vector<Members> parts = split(samples);
    while (m_workerGradients.size() < parts.size())
        m_workerGradients.push_back(at::zeros_like(parameters.flat));
    m_pool.run([&](int worker) {
        const auto w = static_cast<std::size_t>(worker);
        if (parts[w].empty()) {
            m_workerGradients[w].zero_();
            return;
        }
        const c10::AutoGradMode enable(true); // the caller may have switched gradients off
        const SamplePointers chosen = pick(samples, parts[w]);
        PixelNoise noise = m_noise;
        noise.position = position * static_cast<std::uint64_t>(parts.size()) + w;
        const PackedBatch batch = packBatch(chosen, m_tokens.imageContext, m_dtype, m_normalization, noise);
        const ParameterSet trainable = parameters.trainable();
        const SiteReadout readout = readSites(m_model.siteLogits(trainable, batch, m_attention));
        const Objective value = objective(readout, batch, parts[w]);
        const auto gradients = torch::autograd::grad({value.total}, trainable.leaves, {}, false, false, true);
        flattenGradients(*parameters.layout, gradients, m_workerGradients[w]);
        report(readout, batch, value.perSample, parts[w], results);
    });
    const c10::NoGradGuard noGrad;
    gradient.copy_(m_workerGradients[0]);
    for (std::size_t w = 1; w < parts.size(); ++w)
        gradient.add_(m_workerGradients[w]);
    return results;
}

SampleResults BatchPasses::forward(const ParameterSet &parameters, const SamplePointers &samples)
{
    return forwardGroups(parameters, samples, std::vector<std::size_t>(samples.size(), 1));
}

SampleResults BatchPasses::forwardGroups(const ParameterSet &parameters, const SamplePointers &samples,
                                         const std::vector<std::size_t> &groups)
{
    SampleResults results;
    prepare(results, samples.size());
    const std::vector<GroupShare> parts = splitGroups(samples, groups, static_cast<std::size_t>(m_pool.workers()));
    m_pool.run([&](int worker) {
        const GroupShare &part = parts[static_cast<std::size_t>(worker)];
        if (part.members.empty())
            return;
        const c10::NoGradGuard noGrad;
        const PackedBatch batch
            = packGroups(pick(samples, part.members), part.groups, m_tokens.imageContext, m_dtype, m_normalization);
        const SiteReadout readout = readSites(m_model.siteLogits(parameters, batch, m_attention));
        report(readout, batch, crossEntropyPerSample(readout, batch), part.members, results);
    });
    return results;
}

} // namespace winnow
