#include "core/train/sft_trainer.h"

#include "core/model/step_part.h"

#include <ATen/ATen.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

namespace winnow {
namespace {

BatchOrder orderOf(const TrainRequest &request)
{
    const auto batch = static_cast<std::size_t>(request.options.train.batch);
    if (request.rowsAreDrawn)
        return BatchOrder::sequential(request.train->size(), batch);
    return BatchOrder::epochs(static_cast<std::uint64_t>(request.options.seed), RandomStream::TrainOrder,
                              request.train->size(), batch);
}

/// The output head's part of the flat vector; with tied weights that is the embedding.
at::Tensor headOf(const ParameterLayout &layout, const at::Tensor &flat)
{
    const ParameterSlot &slot = layout.leaves()[layout.headIndex()];
    return flat.narrow(0, slot.offset, slot.count());
}

std::optional<LowerOptimizer> headOptimizer(const RunOptions &options, std::int64_t iterations, const at::Tensor &head)
{
    if (iterations == 0)
        return std::nullopt;
    OptimizerOptions optimizer = options.train.optimizer;
    optimizer.learningRate = options.train.headLearningRate;
    optimizer.schedule = Schedule::Constant;
    return LowerOptimizer(optimizer, iterations, head);
}

} // namespace

SamplePointers fetch(const EncodedDataset &data, const std::vector<std::size_t> &rows)
{
    const StepPart part(StepPart::data);
    SamplePointers samples;
    samples.reserve(rows.size());
    for (const std::size_t row : rows)
        samples.push_back(data.get(row));
    return samples;
}

SftTrainer::SftTrainer(const TrainRequest &request, BatchPasses &passes, ParameterSet parameters)
    : m_data(*request.train), m_passes(passes), m_parameters(std::move(parameters)),
      m_headIterations(std::min(request.options.train.headIterations, request.options.train.iterations)),
      m_head(headOf(*m_parameters.layout, m_parameters.flat)), m_headOptimizer(headOptimizer(request.options, m_headIterations, m_head)),
      m_optimizer(request.options.train.optimizer, request.options.train.iterations - m_headIterations,
                  m_parameters.flat),
      m_order(orderOf(request)), m_gradient(at::empty_like(m_parameters.flat))
{
}

void SftTrainer::step(std::int64_t t, StepReport &report)
{
    const std::vector<std::size_t> rows = m_order.rowsOf(t);
    const auto batch = static_cast<double>(rows.size());
    const SampleResults results = m_passes.gradient(
        m_parameters, fetch(m_data, rows),
        [batch](const SiteReadout &readout, const PackedBatch &packed, std::span<const std::size_t>) {
            const at::Tensor loss = crossEntropyPerSample(readout, packed);
            return Objective{loss.sum() / batch, loss};
        },
        m_gradient, static_cast<std::uint64_t>(t));
    const bool headOnly = t < m_headIterations;
    const at::Tensor gradient = headOnly ? headOf(*m_parameters.layout, m_gradient) : m_gradient;
    const double norm = flatNorm(gradient);
    if (!std::isfinite(norm)) {
        report.nonFinite = "the gradient of the training loss";
        return;
    }
    LowerOptimizer &optimizer = headOnly ? *m_headOptimizer : m_optimizer;
    const std::int64_t own = headOnly ? t : t - m_headIterations;
    const double kept = optimizer.step(own, headOnly ? m_head : m_parameters.flat, gradient, norm);

    const double total = std::accumulate(results.loss.begin(), results.loss.end(), 0.0);
    report.metrics = {{"loss.train", total / batch},
                      {"grad.norm", norm},
                      {"grad.clipped", kept < 1.0 ? 1.0 : 0.0},
                      {"lr.lower", optimizer.learningRate(own)}};
    for (std::size_t i = 0; i < rows.size(); ++i)
        report.visits.push_back({static_cast<std::uint32_t>(rows[i]), 1.0f, static_cast<float>(results.loss[i]),
                                 std::numeric_limits<float>::quiet_NaN(), static_cast<float>(results.pGiven[i]),
                                 static_cast<float>(results.margin[i])});
}

void SftTrainer::save(StateTensors &optimizer, StateTensors &) const
{
    m_optimizer.save(optimizer);
    if (m_headOptimizer)
        m_headOptimizer->save(optimizer, "head.");
}

void SftTrainer::restore(const StateTensors &optimizer, const StateTensors &)
{
    m_optimizer.restore(optimizer);
    if (m_headOptimizer)
        m_headOptimizer->restore(optimizer, "head.");
}

} // namespace winnow
