#include "core/bilevel/bilevel_trainer.h"

#include "core/train/lr_schedule.h"
#include "core/train/sft_trainer.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <cmath>
#include <limits>
#include <numeric>

namespace winnow {
namespace {

BatchOrder metaOrderOf(const TrainRequest &request)
{
    const std::size_t rows = request.meta ? request.meta->size() : 1;
    return BatchOrder::replacement(static_cast<std::uint64_t>(request.options.seed), RandomStream::MetaOrder, rows,
                                   static_cast<std::size_t>(request.options.meta.batch));
}

std::size_t unitsOf(const TrainRequest &request)
{
    return request.options.weighting.method == Method::Net ? request.train->size() : request.unitKeys.size();
}

double meanOf(const std::vector<double> &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

} // namespace

BilevelTrainer::BilevelTrainer(const TrainRequest &request, BatchPasses &passes, ParameterSet parameters)
    : m_request(request), m_options(request.options), m_passes(passes), m_parameters(std::move(parameters)),
      m_lower(m_options.train.optimizer, m_options.train.iterations, m_parameters.flat),
      m_order(BatchOrder::epochs(static_cast<std::uint64_t>(m_options.seed), RandomStream::TrainOrder,
                                 request.train->size(), static_cast<std::size_t>(m_options.train.batch))),
      m_metaOrder(metaOrderOf(request)),
      m_weighting(makeWeighting(m_options, request.tokens, request.unitOfSample, unitsOf(request))),
      m_estimator(m_weighting ? makeEstimator(m_options.meta, passes) : nullptr),
      m_upper(m_weighting ? m_weighting->initial(m_parameters.flat.scalar_type()) : at::empty({0})),
      m_upperAdamW(m_options.meta.optimizer, m_upper), m_gradient(at::empty_like(m_parameters.flat))
{
    if (!m_weighting)
        return;
    m_meta = at::empty_like(m_parameters.flat);
    if (m_options.meta.gradientEma > 0)
        m_average = at::zeros_like(m_parameters.flat);
    if (m_options.meta.hypergradient == HypergradientKind::OneStep
        && m_options.meta.estimator == Estimator::FiniteDifference)
        m_before = ParameterSet::fromFlat(m_parameters.layout, m_parameters.flat.clone());
    if (m_weighting->readsSites()) {
        m_values.assign(request.train->size(), std::numeric_limits<float>::quiet_NaN());
        m_computedAt.assign(request.train->size(), -1);
    }
}

bool BilevelTrainer::weightsAfterClipping() const
{
    const bool dot = m_options.meta.estimator == Estimator::GradientDot;
    return m_weighting && m_options.train.batch == 1 && m_options.weighting.netPath == NetPath::Detached
        && (dot || m_options.train.clipOrder == ClipOrder::GradientThenWeight);
}

BilevelTrainer::LowerStep BilevelTrainer::lowerStep(std::int64_t t)
{
    LowerStep lower;
    lower.rows = m_order.rowsOf(t);
    lower.samples = fetch(*m_request.train, lower.rows);
    const auto batch = static_cast<double>(lower.rows.size());
    const bool weighted = m_weighting && !weightsAfterClipping();
    const bool throughInput = m_options.weighting.netPath == NetPath::Reference;
    const auto objective = [&](const SiteReadout &readout, const PackedBatch &packed,
                               std::span<const std::size_t> members) {
        const at::Tensor loss = crossEntropyPerSample(readout, packed);
        if (!weighted)
            return Objective{loss.sum() / batch, loss};
        WeightInput input{{}, {}, packed.siteLabels, packed.siteSamples};
        for (const std::size_t member : members)
            input.rows.push_back(lower.rows[member]);
        if (m_weighting->readsSites()) {
            const at::Tensor logits = throughInput ? readout.logits : readout.logits.detach();
            input.siteLogits
                = at::stack({logits.select(1, m_request.tokens.plus), logits.select(1, m_request.tokens.minus)}, 1);
        }
        return Objective{(m_weighting->weights(m_upper, input) * loss).sum() / batch, loss};
    };
    lower.results = m_passes.gradient(m_parameters, lower.samples, objective, m_gradient, static_cast<std::uint64_t>(t));
    if (m_weighting) {
        lower.input = weightInputOf(lower.rows, lower.results);
        lower.weights = m_weighting->evaluate(m_upper, lower.input);
    }
    lower.norm = flatNorm(m_gradient);
    double factor = 1.0;
    double norm = lower.norm;
    if (weightsAfterClipping()) {
        factor = lower.weights.item<double>();
        if (m_options.train.clipOrder == ClipOrder::WeightThenGradient)
            norm *= std::abs(factor);
    }
    if (m_before.flat.defined())
        m_before.flat.copy_(m_parameters.flat);
    lower.kept = m_lower.step(t, m_parameters.flat, m_gradient, norm, factor);
    return lower;
}

double BilevelTrainer::metaGradient(std::int64_t t)
{
    const std::vector<std::size_t> rows = m_metaOrder.rowsOf(t);
    const SamplePointers samples = fetch(*m_request.meta, rows);
    const auto batch = static_cast<double>(rows.size());
    const SampleResults results = m_passes.gradient(
        m_parameters, samples,
        [&](const SiteReadout &readout, const PackedBatch &packed, std::span<const std::size_t> members) {
            std::vector<bool> right;
            for (const std::size_t member : members)
                right.push_back(samples[member]->answerIsRight);
            const MetaLoss meta
                = metaLossPerSample(readout, packed, right, m_request.tokens, m_options.meta.lossTarget);
            return Objective{meta.loss.sum() / batch, meta.loss};
        },
        m_meta, static_cast<std::uint64_t>(t));
    return meanOf(results.loss);
}

at::Tensor BilevelTrainer::direction()
{
    at::Tensor v = m_meta;
    if (m_average.defined()) {
        // The first gradient starts the average, so that it is never biased towards 0.
        const double keep = m_averageStarted ? m_options.meta.gradientEma : 0.0;
        m_average.mul_(keep).add_(m_meta, 1.0 - keep);
        m_averageStarted = true;
        v = m_average;
    }
    if (m_options.meta.precondition == Precondition::Diagonal)
        v = v / m_lower.adamW().diagonal();
    return v;
}

at::Tensor BilevelTrainer::differentiateUpper(const HypergradientInput &input, const LowerStep &lower, UpperStep &result)
{
    if (m_options.weighting.method == Method::Net && m_options.weighting.netPath == NetPath::Reference) {
        auto *difference = dynamic_cast<FiniteDifference *>(m_estimator.get());
        TORCH_CHECK(difference, "the net's reference path needs the finite difference");
        result.h = at::full({static_cast<std::int64_t>(lower.rows.size())}, std::numeric_limits<double>::quiet_NaN());
        return difference->throughInput(input, *m_weighting, m_upper);
    }
    result.h = m_estimator->perSample(input);
    return m_weighting->gradient(m_upper, lower.input, result.h);
}

BilevelTrainer::UpperStep BilevelTrainer::upperStep(std::int64_t t, const LowerStep &lower)
{
    UpperStep upper;
    upper.metaLoss = metaGradient(t);
    upper.metaNorm = flatNorm(m_meta);
    const at::Tensor v = direction();
    const HypergradientInput input{lower.samples, lower.rows, m_before, m_parameters, v, m_gradient};
    m_upperGradient = differentiateUpper(input, lower, upper).contiguous();
    upper.norm = flatNorm(m_upperGradient);
    const OptimizerOptions &options = m_options.meta.optimizer;
    const auto total = static_cast<double>(m_options.train.iterations);
    const double rate = options.learningRate
        * learningRateFactor(options.schedule, static_cast<double>(t), options.warmupShare * total, total);
    m_upperAdamW.step(m_upper, m_upperGradient, rate, clipFactor(upper.norm, options.clipNorm));
    return upper;
}

void BilevelTrainer::step(std::int64_t t, StepReport &stepReport)
{
    const c10::NoGradGuard noGrad; // passes switch gradients on where they need them
    const LowerStep lower = lowerStep(t);
    UpperStep upper;
    if (m_weighting)
        upper = upperStep(t, lower);
    remember(t, lower);
    report(t, lower, upper, stepReport);
}

void BilevelTrainer::remember(std::int64_t t, const LowerStep &lower)
{
    if (m_values.empty())
        return;
    for (std::size_t i = 0; i < lower.rows.size(); ++i) {
        m_values[lower.rows[i]] = lower.weights[static_cast<std::int64_t>(i)].item<float>();
        m_computedAt[lower.rows[i]] = static_cast<std::int32_t>(t);
    }
}

void BilevelTrainer::report(std::int64_t t, const LowerStep &lower, const UpperStep &upper, StepReport &out) const
{
    out.metrics = {{"loss.train", meanOf(lower.results.loss)},
                   {"grad.norm", lower.norm},
                   {"grad.clipped", lower.kept < 1.0 ? 1.0 : 0.0},
                   {"lr.lower", m_lower.learningRate(t)}};
    if (m_weighting) {
        const OptimizerOptions &options = m_options.meta.optimizer;
        const auto total = static_cast<double>(m_options.train.iterations);
        out.metrics.push_back({"loss.meta", upper.metaLoss});
        out.metrics.push_back({"meta.grad_norm", upper.metaNorm});
        out.metrics.push_back({"hypergradient.norm", upper.norm});
        out.metrics.push_back({"lr.upper",
                               options.learningRate
                                   * learningRateFactor(options.schedule, static_cast<double>(t),
                                                        options.warmupShare * total, total)});
    }
    for (std::size_t i = 0; i < lower.rows.size(); ++i) {
        const auto place = static_cast<std::int64_t>(i);
        out.visits.push_back({static_cast<std::uint32_t>(lower.rows[i]),
                              m_weighting ? lower.weights[place].item<float>() : 1.0f,
                              static_cast<float>(lower.results.loss[i]),
                              m_weighting ? upper.h[place].item<float>() : std::numeric_limits<float>::quiet_NaN(),
                              static_cast<float>(lower.results.pGiven[i]), static_cast<float>(lower.results.margin[i])});
    }
}

WeightSnapshot BilevelTrainer::snapshot(std::int64_t step) const
{
    if (!m_weighting)
        return {step, {}, {}};
    if (!m_values.empty())
        return {step, m_values, m_computedAt};
    const at::Tensor values = activate(m_upper, m_options.weighting).to(at::kFloat).contiguous();
    const float *data = values.const_data_ptr<float>();
    return {step, std::vector<float>(data, data + values.numel()), {}};
}

void BilevelTrainer::refreshWeights(std::int64_t step)
{
    if (m_values.empty())
        return;
    constexpr std::size_t chunk = 64;
    const c10::NoGradGuard noGrad;
    for (std::size_t start = 0; start < m_values.size(); start += chunk) {
        std::vector<std::size_t> rows(std::min(chunk, m_values.size() - start));
        std::iota(rows.begin(), rows.end(), start);
        const SampleResults results = m_passes.forward(m_parameters, fetch(*m_request.train, rows));
        const at::Tensor weights
            = m_weighting->evaluate(m_upper, weightInputOf(rows, results)).to(at::kFloat).contiguous();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            m_values[rows[i]] = weights.const_data_ptr<float>()[i];
            m_computedAt[rows[i]] = static_cast<std::int32_t>(step);
        }
    }
}

void BilevelTrainer::save(StateTensors &optimizer, StateTensors &instance) const
{
    m_lower.save(optimizer);
    if (!m_weighting)
        return;
    optimizer["upper.first_moment"] = m_upperAdamW.firstMoment();
    optimizer["upper.second_moment"] = m_upperAdamW.secondMoment();
    optimizer["upper.steps"] = at::full({1}, m_upperAdamW.steps(), at::kLong);
    if (m_averageStarted)
        optimizer["meta.average"] = m_average;
    instance["upper"] = m_upper;
    if (!m_values.empty()) {
        instance["values"] = at::tensor(at::ArrayRef<float>(m_values), at::kFloat);
        instance["computed_at"] = at::tensor(at::ArrayRef<std::int32_t>(m_computedAt), at::kInt);
    }
}

void BilevelTrainer::restore(const StateTensors &optimizer, const StateTensors &instance)
{
    m_lower.restore(optimizer);
    if (!m_weighting)
        return;
    m_upperAdamW.restore(optimizer.at("upper.first_moment"), optimizer.at("upper.second_moment"),
                         optimizer.at("upper.steps").item<std::int64_t>());
    m_averageStarted = optimizer.contains("meta.average");
    if (m_averageStarted)
        m_average.copy_(optimizer.at("meta.average"));
    m_upper.copy_(instance.at("upper"));
    if (!m_values.empty()) {
        const at::Tensor values = instance.at("values").contiguous();
        const at::Tensor steps = instance.at("computed_at").contiguous();
        std::copy_n(values.const_data_ptr<float>(), m_values.size(), m_values.begin());
        std::copy_n(steps.const_data_ptr<std::int32_t>(), m_computedAt.size(), m_computedAt.begin());
    }
}

} // namespace winnow
