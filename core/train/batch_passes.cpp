#include "core/train/batch_passes.h"

#include "core/kernels/narrow_types.h"
#include "core/model/step_part.h"
#include "core/train/gathered_results.h"
#include "core/train/process_group.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <new>
#include <numeric>
#include <string_view>

namespace winnow {
namespace {

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

/// Pieces of at most `groups` groups; 0: all in one.
std::vector<GroupShare> cutGroups(const GroupShare &share, std::size_t groups)
{
    std::vector<GroupShare> pieces;
    std::size_t member = 0;
    for (std::size_t g = 0; g < share.groups.size(); ++g) {
        if (pieces.empty() || (groups > 0 && pieces.back().groups.size() == groups))
            pieces.emplace_back();
        pieces.back().groups.push_back(share.groups[g]);
        for (std::size_t m = 0; m < share.groups[g]; ++m)
            pieces.back().members.push_back(share.members[member++]);
    }
    return pieces;
}

/// Leaves whose gradients the backward pass adds to `sums` one by one, so that they never exist all at once.
ParameterSet addingInto(const ParameterSet &sums, const ParameterSet &parameters)
{
    ParameterSet trainable = parameters.trainable();
    for (std::size_t i = 0; i < trainable.leaves.size(); ++i)
        trainable.leaves[i].mutable_grad() = sums.leaf(i);
    return trainable;
}

/// LibTorch's CPU allocator has no exception type of its own; its message has been the same for years.
bool isMemoryShortage(const std::exception_ptr &error)
{
    try {
        std::rethrow_exception(error);
    } catch (const std::bad_alloc &) {
        return true;
    } catch (const c10::OutOfMemoryError &) {
        return true;
    } catch (const c10::Error &other) {
        return std::string_view(other.what()).find("can't allocate memory") != std::string_view::npos;
    } catch (...) {
        return false;
    }
}

} // namespace

void SampleResults::resize(std::size_t count)
{
    loss.resize(count);
    pGiven.resize(count);
    margin.resize(count);
    pPlusFull.resize(count);
    pPlusPair.resize(count);
    crossEntropy.resize(count);
    siteLogits.resize(count);
    siteLabels.resize(count);
}

BatchPasses::BatchPasses(const InternVL &model, const TokenIds &tokens, WorkerPool &pool, at::ScalarType computeType)
    : m_model(model), m_tokens(tokens), m_pool(pool), m_computeType(computeType)
{
}

at::ScalarType BatchPasses::dtype() const
{
    return wideType(m_computeType);
}

const ParameterSet &BatchPasses::computed(const ParameterSet &parameters)
{
    if (parameters.flat.scalar_type() == m_computeType)
        return parameters;
    const std::int64_t version = parameters.flat._version();
    if (!m_rounded.flat.is_same(parameters.flat) || m_roundedVersion != version) {
        m_rounded = inType(parameters, m_computeType, m_roundedLeaves);
        m_roundedVersion = version;
    }
    return m_rounded;
}

std::size_t BatchPasses::workersOfAllRanks() const
{
    return static_cast<std::size_t>(m_pool.workers()) * static_cast<std::size_t>(m_group ? m_group->size() : 1);
}

std::size_t BatchPasses::firstOwnWorker() const
{
    return static_cast<std::size_t>(m_pool.workers()) * static_cast<std::size_t>(m_group ? m_group->rank() : 0);
}

void BatchPasses::sumOverRanks(at::Tensor &values) const
{
    if (m_group)
        m_group->sum(values);
}

/// The shares of this process's workers.
std::vector<BatchPasses::Members> BatchPasses::split(const SamplePointers &samples) const
{
    std::vector<Members> parts = splitOverAllRanks(samples);
    const auto first = parts.begin() + static_cast<std::ptrdiff_t>(firstOwnWorker());
    return {std::make_move_iterator(first), std::make_move_iterator(first + m_pool.workers())};
}

/// Longest first, dealt in turn: near-equal work a worker.
std::vector<BatchPasses::Members> BatchPasses::splitOverAllRanks(const SamplePointers &samples) const
{
    Members order(samples.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return samples[a]->ids.size() > samples[b]->ids.size(); });
    const std::size_t workers = workersOfAllRanks();
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

PackedBatch BatchPasses::packed(const SamplePointers &samples, const Members &members, DrawPosition position,
                                at::ScalarType type) const
{
    const StepPart part(StepPart::data);
    const SamplePointers chosen = pick(samples, members);
    if (!position)
        return packBatch(chosen, m_tokens.imageContext, type, m_normalization);
    PackedBatch batch = packBatch(chosen, m_tokens.imageContext, type, m_normalization,
                                  AugmentedBatch{m_augmentation, *position, members});
    batch.branchFactors = drawBranchFactors(m_dropPath, m_model.vision().layers(), chosen, *position, members);
    if (batch.branchFactors.defined())
        batch.branchFactors = batch.branchFactors.to(type);
    return batch;
}

/// A worker's samples in pieces of at most the micro-batch.
std::vector<BatchPasses::Members> BatchPasses::chunksOf(const Members &part) const
{
    const std::size_t size = m_microBatch == 0 ? std::max<std::size_t>(1, part.size()) : m_microBatch;
    std::vector<Members> chunks;
    for (std::size_t start = 0; start < part.size(); start += size) {
        const auto from = part.begin() + static_cast<std::ptrdiff_t>(start);
        chunks.emplace_back(from, from + static_cast<std::ptrdiff_t>(std::min(size, part.size() - start)));
    }
    return chunks;
}

SampleResults BatchPasses::withEnoughMemory(const SamplePointers &samples, std::size_t units,
                                            const std::function<void(SampleResults &)> &pass)
{
    for (;;) {
        SampleResults results;
        results.resize(samples.size());
        std::exception_ptr shortage;
        try {
            pass(results);
        } catch (...) {
            shortage = std::current_exception();
            if (!isMemoryShortage(shortage))
                throw;
        }
        if (!gather(samples, shortage != nullptr, results))
            return results;
        lowerMicroBatch(units, shortage);
    }
}

bool BatchPasses::gather(const SamplePointers &samples, bool shortHere, SampleResults &results) const
{
    return m_group ? gatherResults(*m_group, samples, shortHere, dtype(), results) : shortHere;
}

void BatchPasses::lowerMicroBatch(std::size_t units, const std::exception_ptr &shortage)
{
    const std::size_t workers = workersOfAllRanks();
    const std::size_t largest = (units + workers - 1) / workers;
    const std::size_t now = m_microBatch == 0 ? largest : std::min(m_microBatch, largest);
    if (now <= 1) {
        if (shortage)
            std::rethrow_exception(shortage);
        throw std::bad_alloc(); // on another rank
    }
    m_microBatch = (now + 1) / 2;
    m_memoryNotice = true;
}

SampleResults BatchPasses::gradient(const ParameterSet &parameters, const SamplePointers &samples,
                                    const ObjectiveFunction &objective, at::Tensor &gradient, DrawPosition position)
{
    SampleResults results = withEnoughMemory(samples, samples.size(), [&](SampleResults &own) {
        gradientOnce(parameters, samples, objective, gradient, position, own);
    });
    sumOverRanks(gradient);
    return results;
}

void BatchPasses::gradientOnce(const ParameterSet &parameters, const SamplePointers &samples,
                               const ObjectiveFunction &objective, at::Tensor &gradient, DrawPosition position,
                               SampleResults &results)
{
    const std::vector<Members> parts = split(samples);
    const ParameterSet &leaves = computed(parameters);
    while (m_workerGradients.size() + 1 < parts.size()) // the first worker has the result itself
        m_workerGradients.push_back(at::empty_like(parameters.flat));
    m_pool.run([&](int worker) {
        const auto w = static_cast<std::size_t>(worker);
        const std::vector<Members> chunks = chunksOf(parts[w]);
        const auto sums = ParameterSet::fromFlat(parameters.layout, w == 0 ? gradient : m_workerGradients[w - 1]);
        sums.flat.zero_();
        for (std::size_t c = 0; c < chunks.size(); ++c) {
            const c10::AutoGradMode enable(true); // the caller may have switched gradients off
            const PackedBatch batch = packed(samples, chunks[c], position, m_computeType);
            const ParameterSet trainable = addingInto(sums, leaves);
            const SiteReadout readout = readSites(m_model.siteLogits(trainable, batch, m_attention));
            const Objective value = objective(readout, batch, chunks[c]);
            {
                const StepPart part(StepPart::backward);
                value.total.backward({}, false, false, trainable.leaves);
            }
            report(readout, batch, value.perSample, chunks[c], results);
        }
    });
    const c10::NoGradGuard noGrad;
    for (std::size_t w = 1; w < parts.size(); ++w)
        gradient.add_(m_workerGradients[w - 1]);
}

/// This process's micro-batches.
void BatchPasses::makeParts(const SamplePointers &samples, const TappedPass &pass,
                            std::vector<TappedPart> &parts) const
{
    const std::vector<Members> shares = splitOverAllRanks(samples);
    const std::size_t first = firstOwnWorker(), end = first + static_cast<std::size_t>(m_pool.workers());
    for (std::size_t w = 0; w < shares.size(); ++w) {
        for (Members &chunk : chunksOf(shares[w])) {
            if (w >= first && w < end) {
                std::stable_partition(chunk.begin(), chunk.end(), [&](std::size_t m) { return m < pass.leading; });
                parts.push_back({w - first, std::move(chunk), nullptr});
            }
        }
    }
}

SampleResults BatchPasses::tapped(const ParameterSet &parameters, const SamplePointers &samples,
                                  const TappedPass &pass, std::vector<TappedPart> &parts, DrawPosition position)
{
    const ParameterSet &leaves = computed(parameters);
    return withEnoughMemory(samples, samples.size(), [&](SampleResults &own) {
        parts.clear();
        if (pass.begin)
            pass.begin();
        makeParts(samples, pass, parts);
        eachPart(parts, [&](TappedPart &part) { tappedPart(leaves, samples, pass, position, part, own); });
    });
}

void BatchPasses::tappedPart(const ParameterSet &parameters, const SamplePointers &samples,
                             const TappedPass &pass, DrawPosition position, TappedPart &part,
                             SampleResults &results)
{
    const c10::AutoGradMode enable(true);
    const PackedBatch batch = packed(samples, part.members, position, m_computeType);
    part.tap = pass.makeTap(batch, part.members, part.worker);
    ParameterSet trainable = parameters.trainable();
    trainable.tap = part.tap.get();
    const SiteReadout readout = readSites(m_model.siteLogits(trainable, batch, m_attention));
    const Objective value = pass.objective(readout, batch, part.members);
    part.tap->setSampleWeights(value.sampleWeights.defined() ? value.sampleWeights.detach() : at::Tensor());
    {
        const StepPart marked(StepPart::backward);
        torch::autograd::grad({value.total}, trainable.leaves, {}, false, false, true);
    }
    report(readout, batch, value.perSample, part.members, results);
}

void BatchPasses::eachPart(std::vector<TappedPart> &parts, const std::function<void(TappedPart &)> &work)
{
    m_pool.run([&](int worker) {
        for (TappedPart &part : parts) {
            if (part.worker == static_cast<std::size_t>(worker))
                work(part);
        }
    });
}

SampleResults BatchPasses::forward(const ParameterSet &parameters, const SamplePointers &samples,
                                   DrawPosition position, PackedForward *kept)
{
    const std::vector<std::size_t> alone(samples.size(), 1);
    return forwardIn(m_computeType, computed(parameters), samples, alone, position, kept);
}

SampleResults BatchPasses::forwardAsHeld(const ParameterSet &parameters, const SamplePointers &samples,
                                         DrawPosition position, PackedForward *kept)
{
    const std::vector<std::size_t> alone(samples.size(), 1);
    return forwardIn(parameters.flat.scalar_type(), parameters, samples, alone, position, kept);
}

SampleResults BatchPasses::forwardGroups(const ParameterSet &parameters, const SamplePointers &samples,
                                         const std::vector<std::size_t> &groups)
{
    return forwardIn(m_computeType, computed(parameters), samples, groups, {}, nullptr);
}

SampleResults BatchPasses::forwardIn(at::ScalarType type, const ParameterSet &parameters,
                                     const SamplePointers &samples, const std::vector<std::size_t> &groups,
                                     DrawPosition position, PackedForward *kept)
{
    return withEnoughMemory(samples, groups.size(), [&](SampleResults &own) {
        forwardOnce(type, parameters, samples, groups, position, kept, own);
    });
}

void BatchPasses::forwardOnce(at::ScalarType type, const ParameterSet &parameters, const SamplePointers &samples,
                              const std::vector<std::size_t> &groups, DrawPosition position, PackedForward *kept,
                              SampleResults &results)
{
    const std::vector<GroupShare> parts = splitGroups(samples, groups, workersOfAllRanks());
    const auto pack = [&](const GroupShare &part) {
        const StepPart marked(StepPart::data);
        return position
            ? packed(samples, part.members, position, type)
            : packGroups(pick(samples, part.members), part.groups, m_tokens.imageContext, type, m_normalization);
    };
    if (kept)
        kept->resize(m_microBatch == 0 ? static_cast<std::size_t>(m_pool.workers()) : 0);
    m_pool.run([&](int worker) {
        const auto w = static_cast<std::size_t>(worker);
        for (const GroupShare &part : cutGroups(parts[firstOwnWorker() + w], m_microBatch)) {
            const c10::NoGradGuard noGrad;
            std::optional<PackedBatch> own;
            std::optional<PackedBatch> &place = kept && w < kept->size() ? (*kept)[w] : own;
            if (!place)
                place = pack(part);
            const PackedBatch &batch = *place;
            const SiteReadout readout = readSites(m_model.siteLogits(parameters, batch, m_attention));
            report(readout, batch, crossEntropyPerSample(readout, batch), part.members, results);
        }
    });
}

} // namespace winnow
