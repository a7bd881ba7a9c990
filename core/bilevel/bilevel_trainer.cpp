#include "core/bilevel/bilevel_trainer.h"

#include "core/bilevel/centering.h"
#include "core/model/step_part.h"
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
      m_upper(m_weighting ? m_weighting->initial(passes.dtype()) : at::empty({0})),
      m_upperAdamW(m_options.meta.optimizer, m_upper), m_gradient(at::empty_like(m_parameters.flat))
{
    if (!m_weighting)
        return;
    m_streamed = dynamic_cast<StreamedDot *>(m_estimator.get());
    if (!withoutMetaGradient())
        m_meta = at::empty_like(m_parameters.flat);
    if (m_options.meta.gradientEma > 0)
        m_average = at::zeros_like(m_parameters.flat);
    const Estimator estimator = m_options.meta.estimator;
    if (m_options.meta.hypergradient == HypergradientKind::OneStep
        && (estimator == Estimator::FiniteDifference || estimator == Estimator::ForwardMode))
        m_before = ParameterSet::fromFlat(m_parameters.layout, m_parameters.flat.clone());
    if (m_weighting->readsSites()) {
        m_values.assign(request.train->size(), std::numeric_limits<float>::quiet_NaN());
        m_computedAt.assign(request.train->size(), -1);
    }
}

bool BilevelTrainer::weightsAfterClipping() const
{
    const Estimator estimator = m_options.meta.estimator;
    const bool dot = estimator == Estimator::GradientDot || estimator == Estimator::Streamed;
    return m_weighting && m_options.train.batch == 1 && m_options.weighting.netPath == NetPath::Detached
        && (dot || m_options.train.clipOrder == ClipOrder::GradientThenWeight);
}

bool BilevelTrainer::unrollsExactly() const
{
    return m_weighting && m_options.meta.unroll > 1 && m_options.meta.unrollMode == UnrollMode::Exact;
}

bool BilevelTrainer::withoutMetaGradient() const
{
    const auto &meta = m_options.meta;
    return m_streamed && m_options.train.batch == 1 && meta.hypergradient == HypergradientKind::OneStep
        && meta.gradientEma == 0 && meta.interval == 1 && !unrollsExactly();
}

/// Weights of some rows of the batch, with a graph through the net's input where its path is `reference`.
at::Tensor BilevelTrainer::batchWeights(const LowerStep &lower, const SiteReadout &readout, const PackedBatch &packed,
                                        std::span<const std::size_t> members) const
{
    WeightInput input{{}, {}, packed.siteLabels, packed.siteSamples};
    for (const std::size_t member : members)
        input.rows.push_back(lower.rows[member]);
    if (m_weighting->readsSites()) {
        const bool throughInput = m_options.weighting.netPath == NetPath::Reference;
        const at::Tensor logits = throughInput ? readout.logits : readout.logits.detach();
        input.siteLogits
            = at::stack({logits.select(1, m_request.tokens.plus), logits.select(1, m_request.tokens.minus)}, 1);
    }
    return m_weighting->weights(m_upper, input);
}

/// Sum of the weighted losses over the batch size; for a tapped pass the unweighted losses and the weights apart.
ObjectiveFunction BilevelTrainer::lowerObjective(const LowerStep &lower, bool tapped) const
{
    const bool weighted = m_weighting && !weightsAfterClipping();
    const auto batch = static_cast<double>(lower.rows.size());
    return [this, &lower, tapped, weighted, batch](const SiteReadout &readout, const PackedBatch &packed,
                                                   std::span<const std::size_t> members) {
        const at::Tensor loss = crossEntropyPerSample(readout, packed);
        if (!weighted)
            return tapped ? Objective{loss.sum(), loss, at::full_like(loss, 1.0 / batch)}
                          : Objective{loss.sum() / batch, loss, {}};
        const at::Tensor weights = batchWeights(lower, readout, packed, members);
        return tapped ? Objective{loss.sum(), loss, weights / batch}
                      : Objective{(weights * loss).sum() / batch, loss, {}};
    };
}

SampleResults BilevelTrainer::lowerGradient(std::int64_t t, LowerStep &lower, bool upperFollows)
{
    const auto position = static_cast<std::uint64_t>(t);
    const HypergradientKind kind = m_options.meta.hypergradient;
    if (!m_streamed || !upperFollows || kind == HypergradientKind::Reference || withoutMetaGradient())
        return m_passes.gradient(m_parameters, lower.samples, lowerObjective(lower, false), m_gradient, position);
    if (kind == HypergradientKind::OneStep)
        return m_streamed->lowerPass(m_parameters, lower.samples, lowerObjective(lower, true), m_gradient, position);
    const SamplePointers meta = metaSamples(t);
    SampleResults results = m_streamed->togetherPass(
        m_parameters, {lower.samples, meta, lowerObjective(lower, true), metaObjective(meta)}, m_gradient, m_meta,
        position);
    lower.metaLoss = meanOf({results.loss.begin() + static_cast<std::ptrdiff_t>(lower.rows.size()), results.loss.end()});
    results.resize(lower.rows.size());
    return results;
}

BilevelTrainer::LowerStep BilevelTrainer::lowerStep(std::int64_t t, bool upperFollows)
{
    LowerStep lower;
    lower.rows = m_order.rowsOf(t);
    lower.samples = fetch(*m_request.train, lower.rows);
    lower.results = lowerGradient(t, lower, upperFollows);
    if (m_weighting) {
        lower.input = weightInputOf(lower.rows, lower.results);
        lower.weights = m_weighting->evaluate(m_upper, lower.input);
    }
    lower.norm = flatNorm(m_gradient);
    double norm = lower.norm;
    if (weightsAfterClipping()) {
        lower.factor = lower.weights.item<double>();
        if (m_options.train.clipOrder == ClipOrder::WeightThenGradient)
            norm *= std::abs(lower.factor);
    }
    lower.moved = std::isfinite(norm) && std::isfinite(lower.factor);
    if (!lower.moved)
        return lower;
    if (m_before.flat.defined())
        m_before.flat.copy_(m_parameters.flat);
    if (unrollsExactly())
        m_window.push(t, m_parameters.flat);
    lower.kept = m_lower.step(t, m_parameters.flat, m_gradient, norm, lower.factor);
    if (unrollsExactly())
        m_window.setLast(lower.kept, m_lower.learningRate(t));
    return lower;
}

SamplePointers BilevelTrainer::metaSamples(std::int64_t t)
{
    return fetch(*m_request.meta, m_metaOrder.rowsOf(t));
}

ObjectiveFunction BilevelTrainer::metaObjective(const SamplePointers &samples) const
{
    const auto batch = static_cast<double>(samples.size());
    return [this, &samples, batch](const SiteReadout &readout, const PackedBatch &packed,
                                   std::span<const std::size_t> members) {
        std::vector<bool> right;
        for (const std::size_t member : members)
            right.push_back(samples[member]->answerIsRight);
        const MetaLoss meta
            = metaLossPerSample(readout, packed, right, m_request.tokens, m_options.meta.lossTarget);
        return Objective{meta.loss.sum() / batch, meta.loss, {}};
    };
}

double BilevelTrainer::metaGradient(std::int64_t t, const LowerStep &lower)
{
    const SamplePointers samples = metaSamples(t);
    const auto position = static_cast<std::uint64_t>(t);
    if (!m_streamed || m_options.meta.hypergradient != HypergradientKind::Reference)
        return meanOf(m_passes.gradient(m_parameters, samples, metaObjective(samples), m_meta, ~position).loss);
    const SampleResults results = m_streamed->togetherPass(
        m_parameters, {lower.samples, samples, {}, metaObjective(samples)}, {}, m_meta, position);
    return meanOf({results.loss.begin() + static_cast<std::ptrdiff_t>(lower.rows.size()), results.loss.end()});
}

at::Tensor BilevelTrainer::direction(std::int64_t t, const LowerStep &lower, bool fresh)
{
    at::Tensor v = m_meta;
    if (m_average.defined()) {
        if (fresh) {
            // The first gradient starts the average, so that it is never biased towards 0.
            const double keep = m_averageStarted ? m_options.meta.gradientEma : 0.0;
            m_average.mul_(keep).add_(m_meta, 1.0 - keep);
            m_averageStarted = true;
        }
        v = m_average;
    }
    if (m_options.meta.precondition == Precondition::None)
        return v;
    v = v.clone();
    preconditionBy(t, lower, v);
    return v;
}

void BilevelTrainer::preconditionBy(std::int64_t t, const LowerStep &lower, at::Tensor &v) const
{
    if (m_options.meta.precondition == Precondition::Diagonal)
        v.div_(m_lower.adamW().diagonal());
    if (m_options.meta.precondition != Precondition::Exact)
        return;
    // The step took kept * factor * gradient, of which kept (clipping) is taken as constant.
    v.mul_(lower.kept);
    m_lower.adamW().multiplyByDerivative(v, m_gradient, m_lower.learningRate(t), lower.kept * lower.factor);
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
    if (m_options.meta.centering != Centering::No) {
        std::vector<std::int32_t> labels;
        for (const auto &sample : lower.samples)
            labels.push_back(sample->sites.empty() ? -1 : sample->sites.back().label);
        result.h = centredByLabel(result.h, labels, m_options.meta.centering);
    }
    return m_weighting->gradient(m_upper, lower.input, result.h);
}

/// Sum over the window's batches of dM/dupper, last step first; v is grad M after the last.
at::Tensor BilevelTrainer::throughWindow(at::Tensor v, UpperStep &result)
{
    at::Tensor total = at::zeros_like(m_upper);
    const auto &steps = m_window.steps();
    const double last = steps.empty() ? 0.0 : steps.back().rate;
    for (std::size_t j = steps.size(); j-- > 0;) {
        const UnrolledWindow::Step &step = steps[j];
        LowerStep lower;
        lower.rows = m_order.rowsOf(step.t);
        lower.samples = fetch(*m_request.train, lower.rows);
        const auto batch = static_cast<double>(lower.rows.size());
        const auto objective = [&](const SiteReadout &readout, const PackedBatch &packed,
                                   std::span<const std::size_t> members) {
            const at::Tensor loss = crossEntropyPerSample(readout, packed);
            return Objective{loss.sum(), loss, batchWeights(lower, readout, packed, members) / batch};
        };
        at::Tensor hessian = at::empty_like(v);
        std::vector<double> products;
        const ParameterSet phi = ParameterSet::fromFlat(m_parameters.layout, step.parameters);
        const SampleResults results = m_passes.secondOrder(phi, lower.samples, objective, v, hessian, products,
                                                           static_cast<std::uint64_t>(step.t));
        // h is without the last step's learning rate; an earlier step counts in proportion to its own.
        const double share = step.kept * (last > 0 ? step.rate / last : 1.0);
        const at::Tensor h = -at::tensor(at::ArrayRef<double>(products), at::kDouble).to(m_passes.dtype()) * share;
        if (j + 1 == steps.size())
            result.h = h;
        total = total + m_weighting->gradient(m_upper, weightInputOf(lower.rows, results), h);
        v = v * (1.0 - step.rate * m_options.train.optimizer.weightDecay) - hessian * (step.rate * step.kept);
    }
    m_window.clear();
    return total;
}

double BilevelTrainer::upperRate(std::int64_t t) const
{
    return scheduledRate(m_options.meta.optimizer, t, m_options.train.iterations);
}

void BilevelTrainer::productUpper(std::int64_t t, const LowerStep &lower, UpperStep &upper)
{
    at::Tensor along = m_gradient;
    if (m_options.meta.precondition != Precondition::None) {
        along = along.clone();
        preconditionBy(t, lower, along);
    }
    const SamplePointers samples = metaSamples(t);
    SampleResults results;
    const double product = m_streamed->product(m_parameters, samples, metaObjective(samples), along,
                                               ~static_cast<std::uint64_t>(t), results);
    upper.metaLoss = meanOf(results.loss);
    upper.metaNorm = std::numeric_limits<double>::quiet_NaN();
    upper.h = at::full({1}, -product, m_passes.dtype());
    upper.moved = std::isfinite(product);
    if (!upper.moved)
        return;
    m_upperGradient = m_weighting->gradient(m_upper, lower.input, upper.h).contiguous();
    moveUpper(t, upper);
}

BilevelTrainer::UpperStep BilevelTrainer::upperStep(std::int64_t t, const LowerStep &lower)
{
    const StepPart part(StepPart::meta);
    UpperStep upper;
    if (withoutMetaGradient()) {
        productUpper(t, lower, upper);
        return upper;
    }
    upper.h = at::full({static_cast<std::int64_t>(lower.rows.size())}, std::numeric_limits<double>::quiet_NaN());
    upper.fresh = !m_metaKnown || t % m_options.meta.interval == 0;
    if (m_options.meta.hypergradient == HypergradientKind::BeforeStep)
        upper.metaLoss = lower.metaLoss;
    else if (upper.fresh)
        upper.metaLoss = metaGradient(t, lower);
    upper.metaNorm = flatNorm(m_meta);
    m_metaKnown = upper.moved = std::isfinite(upper.metaNorm);
    if (!upper.moved) {
        if (m_streamed)
            m_streamed->release();
        m_window.clear();
        return upper;
    }
    if (unrollsExactly()) {
        m_upperGradient = throughWindow(m_meta, upper).contiguous();
    } else {
        const at::Tensor v = direction(t, lower, upper.fresh);
        const HypergradientInput input{lower.samples, lower.rows, m_before, m_parameters, v, m_gradient,
                                       static_cast<std::uint64_t>(t)};
        m_upperGradient = differentiateUpper(input, lower, upper).contiguous();
    }
    moveUpper(t, upper);
    return upper;
}

void BilevelTrainer::moveUpper(std::int64_t t, UpperStep &upper)
{
    const StepPart part(StepPart::optimizer);
    upper.norm = flatNorm(m_upperGradient);
    upper.moved = std::isfinite(upper.norm);
    if (upper.moved)
        m_upperAdamW.step(m_upper, m_upperGradient, upperRate(t), clipFactor(upper.norm, m_options.meta.optimizer.clipNorm));
}

void BilevelTrainer::step(std::int64_t t, StepReport &stepReport)
{
    const c10::NoGradGuard noGrad; // passes switch gradients on where they need them
    const bool upperFollows = m_weighting && upperDue(t) && !unrollsExactly();
    const LowerStep lower = lowerStep(t, upperFollows);
    if (!lower.moved) {
        if (m_streamed)
            m_streamed->release();
        stepReport.nonFinite = "the gradient of the training loss";
        return;
    }
    const bool moveUp = m_weighting && upperDue(t);
    UpperStep upper;
    if (moveUp)
        upper = upperStep(t, lower);
    remember(t, lower);
    report(t, lower, moveUp ? &upper : nullptr, stepReport);
    if (!upper.moved)
        stepReport.nonFinite = std::isfinite(upper.metaNorm) ? "the hypergradient" : "the gradient of the meta loss";
}

} // namespace winnow
