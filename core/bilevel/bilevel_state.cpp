#include "core/bilevel/bilevel_trainer.h"

#include "core/train/sft_trainer.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <limits>
#include <numeric>

// What a bi-level trainer tells and keeps: reports, snapshots, checkpoint state.
namespace winnow {
namespace {

double meanOf(const std::vector<double> &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

} // namespace

void BilevelTrainer::remember(std::int64_t t, const LowerStep &lower)
{
    if (m_values.empty())
        return;
    for (std::size_t i = 0; i < lower.rows.size(); ++i) {
        m_values[lower.rows[i]] = lower.weights[static_cast<std::int64_t>(i)].item<float>();
        m_computedAt[lower.rows[i]] = static_cast<std::int32_t>(t);
    }
}

void BilevelTrainer::report(std::int64_t t, const LowerStep &lower, const UpperStep *upper, StepReport &out) const
{
    out.metrics = {{"loss.train", meanOf(lower.results.loss)},
                   {"grad.norm", lower.norm},
                   {"grad.clipped", lower.kept < 1.0 ? 1.0 : 0.0},
                   {"lr.lower", m_lower.learningRate(t)}};
    if (upper && upper->moved) {
        if (upper->fresh)
            out.metrics.push_back({"loss.meta", upper->metaLoss});
        if (!withoutMetaGradient())
            out.metrics.push_back({"meta.grad_norm", upper->metaNorm});
        out.metrics.push_back({"hypergradient.norm", upper->norm});
        out.metrics.push_back({"lr.upper", upperRate(t)});
    }
    const bool taken = upper && upper->h.defined();
    for (std::size_t i = 0; i < lower.rows.size(); ++i) {
        const auto place = static_cast<std::int64_t>(i);
        out.visits.push_back({static_cast<std::uint32_t>(lower.rows[i]),
                              m_weighting ? lower.weights[place].item<float>() : 1.0f,
                              static_cast<float>(lower.results.loss[i]),
                              taken ? upper->h[place].item<float>() : std::numeric_limits<float>::quiet_NaN(),
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
    if (m_options.meta.interval > 1 && m_metaKnown)
        optimizer["meta.gradient"] = m_meta;
    m_window.save(optimizer);
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
    m_metaKnown = optimizer.contains("meta.gradient");
    if (m_metaKnown)
        m_meta.copy_(optimizer.at("meta.gradient"));
    m_window.restore(optimizer);
    m_upper.copy_(instance.at("upper"));
    if (!m_values.empty()) {
        const at::Tensor values = instance.at("values").contiguous();
        const at::Tensor steps = instance.at("computed_at").contiguous();
        std::copy_n(values.const_data_ptr<float>(), m_values.size(), m_values.begin());
        std::copy_n(steps.const_data_ptr<std::int32_t>(), m_computedAt.size(), m_computedAt.begin());
    }
}

} // namespace winnow
