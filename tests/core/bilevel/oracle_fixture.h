#pragma once

#include "core/bilevel/bilevel_trainer.h"
#include "tests/support/made_up_rows.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

namespace winnow::test {

/// A tiny model in float64 with made-up rows, and the gradients of single samples as the oracle of everything else.
struct OracleModel {
    explicit OracleModel(const std::string &checkpoint, int workers = 1, ComputeForm form = ComputeForm::Plain)
        : tiny(loadTiny(checkpoint, at::kDouble)), train(tiny.model->config(), 6),
          meta(tiny.model->config(), 4, {true, 2}), pool(workers, 1),
          passes(*tiny.model, tinyTokens(), pool, at::kDouble)
    {
        passes.setAttention(form);
    }

    static Objective lossSum(const SiteReadout &readout, const PackedBatch &batch, std::span<const std::size_t>)
    {
        const at::Tensor loss = crossEntropyPerSample(readout, batch);
        return {loss.sum(), loss, {}};
    }
    ObjectiveFunction metaObjective(const SamplePointers &samples) const
    {
        return [&samples](const SiteReadout &readout, const PackedBatch &batch, std::span<const std::size_t> members) {
            std::vector<bool> right;
            for (const std::size_t member : members)
                right.push_back(samples[member]->answerIsRight);
            const MetaLoss loss = metaLossPerSample(readout, batch, right, tinyTokens(), LossTarget::Both);
            return Objective{loss.loss.sum() / static_cast<double>(samples.size()), loss.loss, {}};
        };
    }
    at::Tensor gradientOf(const ParameterSet &at, const std::shared_ptr<const EncodedSample> &sample)
    {
        at::Tensor gradient = at::empty_like(at.flat);
        passes.gradient(at, {sample}, lossSum, gradient);
        return gradient;
    }
    at::Tensor metaGradientOf(const ParameterSet &at, const SamplePointers &samples)
    {
        at::Tensor gradient = at::empty_like(at.flat);
        passes.gradient(at, samples, metaObjective(samples), gradient);
        return gradient;
    }
    /// M as a differentiable function of one flat vector.
    at::Tensor metaLossAt(const at::Tensor &flat, const SamplePointers &samples) const
    {
        ParameterSet set = ParameterSet::fromFlat(tiny.model->layout(), flat);
        const PackedBatch batch = packBatch(samples, tinyTokens().imageContext, at::kDouble);
        const SiteReadout readout = readSites(tiny.model->siteLogits(set, batch, ComputeForm::Plain));
        std::vector<std::size_t> members(samples.size());
        for (std::size_t i = 0; i < members.size(); ++i)
            members[i] = i;
        return metaObjective(samples)(readout, batch, members).total;
    }

    TrainRequest request(const RunOptions &options) const
    {
        TrainRequest request;
        request.options = options;
        giveRows(request, train, meta);
        return request;
    }

    LoadedModel tiny;
    MadeUpRows train, meta;
    WorkerPool pool;
    BatchPasses passes;
};

/// Table without bounds, one raw weight a row, SGD or AdamW by the caller; clipping off.
inline RunOptions oracleOptions(std::int64_t batch)
{
    RunOptions options;
    options.train.batch = batch;
    options.train.iterations = 100;
    options.train.optimizer.learningRate = 1e-3;
    options.train.optimizer.clipNorm = 0;
    options.weighting.method = Method::Table;
    options.weighting.activation = WeightActivation::No;
    options.meta.batch = 3;
    options.meta.hypergradient = HypergradientKind::OneStep;
    options.meta.estimator = Estimator::Streamed;
    return options;
}

inline void expectRelative(const at::Tensor &actual, const at::Tensor &expected, double tolerance,
                           const std::string &what)
{
    ASSERT_EQ(actual.numel(), expected.numel()) << what;
    const at::Tensor a = actual.reshape({-1}), b = expected.reshape({-1});
    const double scale = b.abs().max().item<double>();
    ASSERT_GT(scale, 0.0) << what << ": nothing to compare";
    // Sums with cancellation: a value below a thousandth of the largest is held to that thousandth.
    const at::Tensor error = (a - b).abs() / b.abs().clamp_min(1e-3 * scale);
    const std::int64_t worst = error.argmax().item<std::int64_t>();
    EXPECT_LE(error[worst].item<double>(), tolerance)
        << what << " [" << worst << "]: " << a[worst].item<double>() << " against " << b[worst].item<double>();
}

} // namespace winnow::test
