#pragma once

#include "core/bilevel/finite_difference.h"
#include "core/bilevel/hypergradient.h"
#include "core/bilevel/instance_weighting.h"
#include "core/bilevel/streamed_dot.h"
#include "core/bilevel/unrolled_window.h"
#include "core/run/train_request.h"
#include "core/train/batch_order.h"
#include "core/train/lower_optimizer.h"

namespace winnow {

/// One iteration, in the reference's order (spec reference-hyperparameters.md):
///   1. lower step on mean_i w_i L_i at phi -> phi';
///   2. meta gradient v = grad M(phi'), optionally averaged over iterations (EMA) and preconditioned;
///   3. h_i = dM/dw_i by the estimator, optionally centred; dM/dupper through the weighting; clip; AdamW on the upper
///      parameters.
/// Method none ends after 1; so does every iteration but the last of `unroll`. The streamed estimator draws 1 or 2 and 3
/// into one pass. Neither level moves by a gradient that is no number (StepReport::nonFinite).
class BilevelTrainer : public Trainer {
public:
    BilevelTrainer(const TrainRequest &request, BatchPasses &passes, ParameterSet parameters);

    void step(std::int64_t t, StepReport &report) override;
    const ParameterSet &parameters() const override { return m_parameters; }
    WeightSnapshot snapshot(std::int64_t step) const override;
    void refreshWeights(std::int64_t step) override;
    void save(StateTensors &optimizer, StateTensors &instance) const override;
    void restore(const StateTensors &optimizer, const StateTensors &instance) override;
    void carryOver(const StateTensors &optimizer) override { m_lower.restore(optimizer); }

    // For tests against recorded runs: the upper parameters [A], their last gradient, and another order of rows.
    const at::Tensor &upper() const { return m_upper; }
    const at::Tensor &upperGradient() const { return m_upperGradient; }
    void setUpper(const at::Tensor &values) { m_upper.copy_(values); }
    void setOrders(BatchOrder train, BatchOrder meta) { m_order = std::move(train), m_metaOrder = std::move(meta); }

private:
    struct LowerStep {
        std::vector<std::size_t> rows;
        SamplePointers samples;
        SampleResults results;
        at::Tensor weights;   ///< [B] at phi
        WeightInput input;    ///< sites at phi, no graph
        double norm = 0, kept = 1;
        double factor = 1;    ///< the instance weight, where it multiplies after clipping
        double metaLoss = 0;  ///< before-step only
        bool moved = true;    ///< false: the gradient was no number
    };
    struct UpperStep {
        at::Tensor h;         ///< [B]
        double metaLoss = 0, metaNorm = 0, norm = 0;
        bool fresh = true;    ///< the meta gradient is of this iteration
        bool moved = true;
    };
    LowerStep lowerStep(std::int64_t t, bool upperFollows);
    SampleResults lowerGradient(std::int64_t t, LowerStep &lower, bool upperFollows);
    ObjectiveFunction lowerObjective(const LowerStep &lower, bool tapped) const;
    at::Tensor batchWeights(const LowerStep &lower, const SiteReadout &readout, const PackedBatch &packed,
                            std::span<const std::size_t> members) const;
    UpperStep upperStep(std::int64_t t, const LowerStep &lower);
    double metaGradient(std::int64_t t, const LowerStep &lower);
    ObjectiveFunction metaObjective(const SamplePointers &samples) const;
    SamplePointers metaSamples(std::int64_t t);
    at::Tensor direction(std::int64_t t, const LowerStep &lower, bool fresh);
    at::Tensor differentiateUpper(const HypergradientInput &input, const LowerStep &lower, UpperStep &result);
    at::Tensor throughWindow(at::Tensor v, UpperStep &result);
    void moveUpper(std::int64_t t, UpperStep &upper);
    double upperRate(std::int64_t t) const;
    void remember(std::int64_t t, const LowerStep &lower);
    void report(std::int64_t t, const LowerStep &lower, const UpperStep *upper, StepReport &report) const;
    /// The lower gradient is that of the unweighted loss, and the weight multiplies it after clipping (batch 1).
    bool weightsAfterClipping() const;
    bool upperDue(std::int64_t t) const { return (t + 1) % m_options.meta.unroll == 0; }
    bool unrollsExactly() const;
    /// Batch 1, streamed: the meta gradient meets the row's gradient layer by layer, and m_meta does not exist.
    bool withoutMetaGradient() const;
    void productUpper(std::int64_t t, const LowerStep &lower, UpperStep &upper);
    void preconditionBy(std::int64_t t, const LowerStep &lower, at::Tensor &v) const;

    TrainRequest m_request;
    RunOptions m_options;
    BatchPasses &m_passes;
    ParameterSet m_parameters;
    ParameterSet m_before; ///< phi of the last lower step; allocated for `one-step` by fd and jvp only
    LowerOptimizer m_lower;
    BatchOrder m_order, m_metaOrder;
    std::unique_ptr<InstanceWeighting> m_weighting;
    std::unique_ptr<HypergradientEstimator> m_estimator;
    StreamedDot *m_streamed = nullptr; ///< the estimator, when it is that one
    UnrolledWindow m_window;
    at::Tensor m_upper;    ///< [A]
    at::Tensor m_upperGradient;
    AdamW m_upperAdamW;
    at::Tensor m_gradient; ///< [P] of the lower loss
    at::Tensor m_meta;     ///< [P] of the meta loss; undefined where it is never whole
    at::Tensor m_average;  ///< [P] EMA of it; undefined when off
    bool m_averageStarted = false;
    bool m_metaKnown = false; ///< m_meta holds a meta gradient (interval > 1 uses it again)
    std::vector<float> m_values;             ///< net: last seen weight of each row
    std::vector<std::int32_t> m_computedAt;  ///< net: iteration of it, -1 before the first
};

} // namespace winnow
