#include "core/bilevel/streamed_dot.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>

namespace winnow {
namespace {

std::size_t leadingOf(std::span<const std::size_t> members, std::size_t limit)
{
    return static_cast<std::size_t>(
        std::count_if(members.begin(), members.end(), [limit](std::size_t m) { return m < limit; }));
}

/// Samples [from, to) of a packed batch as a loss sees them.
struct Portion {
    PackedBatch batch; ///< site tensors only
    SiteReadout readout;
    std::vector<std::size_t> members;
};

Portion portionOf(const SiteReadout &readout, const PackedBatch &batch, std::span<const std::size_t> members,
                  std::size_t from, std::size_t to)
{
    const auto sites = [&](std::size_t end) {
        return std::accumulate(batch.siteCounts.begin(), batch.siteCounts.begin() + static_cast<std::ptrdiff_t>(end),
                               std::int64_t{0});
    };
    const std::int64_t start = sites(from), count = sites(to) - start;
    Portion portion;
    portion.readout = {readout.logProbabilities.narrow(0, start, count), readout.logits.narrow(0, start, count)};
    portion.batch.siteLabels = batch.siteLabels.narrow(0, start, count);
    portion.batch.siteSamples = batch.siteSamples.narrow(0, start, count) - static_cast<std::int64_t>(from);
    portion.batch.siteCounts.assign(batch.siteCounts.begin() + static_cast<std::ptrdiff_t>(from),
                                    batch.siteCounts.begin() + static_cast<std::ptrdiff_t>(to));
    portion.members.assign(members.begin() + static_cast<std::ptrdiff_t>(from),
                           members.begin() + static_cast<std::ptrdiff_t>(to));
    return portion;
}

Objective lossSum(const SiteReadout &readout, const PackedBatch &batch, std::span<const std::size_t>)
{
    const at::Tensor loss = crossEntropyPerSample(readout, batch);
    return {loss.sum(), loss, {}};
}

/// The objectives of both kinds of rows as one.
Objective bothObjectives(const StreamedDot::Together &rows, const SiteReadout &readout, const PackedBatch &batch,
                         std::span<const std::size_t> members)
{
    const std::size_t leading = leadingOf(members, rows.train.size());
    Objective both{at::zeros({}, readout.logits.options()), {}, {}};
    std::vector<at::Tensor> perSample;
    if (leading > 0) {
        const Portion train = portionOf(readout, batch, members, 0, leading);
        const ObjectiveFunction &objective = rows.lower ? rows.lower : ObjectiveFunction(lossSum);
        const Objective lower = objective(train.readout, train.batch, train.members);
        both.total = both.total + lower.total;
        both.sampleWeights = lower.sampleWeights;
        perSample.push_back(lower.perSample);
    }
    if (leading < members.size()) {
        Portion meta = portionOf(readout, batch, members, leading, members.size());
        for (std::size_t &member : meta.members)
            member -= rows.train.size();
        const Objective upper = rows.upper(meta.readout, meta.batch, meta.members);
        both.total = both.total + upper.total;
        perSample.push_back(upper.perSample);
    }
    both.perSample = at::cat(perSample);
    return both;
}

} // namespace

void StreamedDot::Gradients::zero(const ParameterSet &parameters, int count)
{
    while (workers.size() < static_cast<std::size_t>(count))
        workers.push_back(ParameterSet::fromFlat(parameters.layout, at::empty_like(parameters.flat)));
    for (ParameterSet &gradient : workers)
        gradient.flat.zero_();
}

void StreamedDot::Gradients::sumInto(at::Tensor &total) const
{
    total.copy_(workers[0].flat);
    for (std::size_t w = 1; w < workers.size(); ++w)
        total.add_(workers[w].flat);
}

SampleResults StreamedDot::lowerPass(const ParameterSet &parameters, const SamplePointers &samples,
                                     const ObjectiveFunction &lower, at::Tensor &gradient, std::uint64_t position)
{
    TappedPass pass{samples.size(), lower, {}, [&] { m_lower.zero(parameters, m_passes.workers()); }};
    pass.makeTap = [&](const PackedBatch &batch, std::span<const std::size_t> members, std::size_t worker) {
        return std::make_unique<SampleProducts>(
            batch, SampleProducts::Plan{members.size(), nullptr, &m_lower.workers[worker], nullptr});
    };
    SampleResults results = m_passes.tapped(parameters, samples, pass, m_parts, position);
    m_lower.sumInto(gradient);
    m_passes.sumOverRanks(gradient);
    return results;
}

SampleResults StreamedDot::togetherPass(const ParameterSet &parameters, const Together &rows, at::Tensor lowerGradient,
                                        at::Tensor metaGradient, std::uint64_t position)
{
    SamplePointers samples = rows.train;
    samples.insert(samples.end(), rows.meta.begin(), rows.meta.end());
    TappedPass pass;
    pass.leading = rows.train.size();
    pass.objective = [&](const SiteReadout &readout, const PackedBatch &batch, std::span<const std::size_t> members) {
        return bothObjectives(rows, readout, batch, members);
    };
    pass.begin = [&] {
        m_meta.zero(parameters, m_passes.workers());
        if (rows.lower)
            m_lower.zero(parameters, m_passes.workers());
    };
    pass.makeTap = [&](const PackedBatch &batch, std::span<const std::size_t> members, std::size_t worker) {
        const SampleProducts::Plan plan{leadingOf(members, rows.train.size()), nullptr,
                                        rows.lower ? &m_lower.workers[worker] : nullptr, &m_meta.workers[worker]};
        return std::make_unique<SampleProducts>(batch, plan);
    };
    SampleResults results = m_passes.tapped(parameters, samples, pass, m_parts, position);
    m_meta.sumInto(metaGradient);
    m_passes.sumOverRanks(metaGradient);
    if (rows.lower) {
        m_lower.sumInto(lowerGradient);
        m_passes.sumOverRanks(lowerGradient);
    }
    return results;
}

double StreamedDot::product(const ParameterSet &parameters, const SamplePointers &samples,
                            const ObjectiveFunction &objective, const at::Tensor &direction, std::uint64_t position,
                            SampleResults &results)
{
    const ParameterSet along
        = inType(ParameterSet::fromFlat(parameters.layout, direction), m_passes.computeType(), m_direction);
    TappedPass pass{samples.size(), objective, {}, {}};
    pass.makeTap = [&](const PackedBatch &batch, std::span<const std::size_t> members, std::size_t) {
        return std::make_unique<SampleProducts>(batch,
                                                SampleProducts::Plan{members.size(), &along, nullptr, nullptr});
    };
    results = m_passes.tapped(parameters, samples, pass, m_parts, position);
    const double total = -collect(samples.size()).sum(at::kDouble).item<double>();
    m_parts.clear();
    return total;
}

at::Tensor StreamedDot::perSample(const HypergradientInput &input)
{
    const ParameterSet direction
        = inType(ParameterSet::fromFlat(input.after.layout, input.direction), m_passes.computeType(), m_direction);
    if (m_parts.empty()) {
        TappedPass pass{input.samples.size(), lossSum, {}, {}};
        pass.makeTap = [&](const PackedBatch &batch, std::span<const std::size_t> members, std::size_t) {
            return std::make_unique<SampleProducts>(
                batch, SampleProducts::Plan{members.size(), &direction, nullptr, nullptr});
        };
        m_passes.tapped(m_kind == HypergradientKind::Reference ? input.after : input.before, input.samples, pass,
                        m_parts, input.position);
    } else {
        m_passes.eachPart(m_parts,
                          [&](TappedPart &part) { static_cast<SampleProducts &>(*part.tap).finish(direction); });
    }
    const at::Tensor h = collect(input.samples.size());
    m_parts.clear();
    return h;
}

/// The products of all ranks' parts in the order of the batch.
at::Tensor StreamedDot::collect(std::size_t samples) const
{
    at::Tensor h = at::zeros({static_cast<std::int64_t>(samples)}, at::kDouble); // 0 where another rank knows it
    double *out = h.data_ptr<double>();
    for (const TappedPart &part : m_parts) {
        const at::Tensor &values = static_cast<const SampleProducts &>(*part.tap).values();
        for (std::int64_t i = 0; i < values.size(0); ++i)
            out[part.members[static_cast<std::size_t>(i)]] = -values.const_data_ptr<double>()[i];
    }
    m_passes.sumOverRanks(h);
    return h.to(m_passes.dtype());
}

} // namespace winnow
