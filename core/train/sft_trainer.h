#pragma once

#include "core/run/train_request.h"
#include "core/train/batch_order.h"
#include "core/train/batch_passes.h"
#include "core/train/lower_optimizer.h"

#include <optional>

namespace winnow {

/// Supervised fine-tuning on the given labels: the cold start, and (with rows generated on the fly, whose sites may
/// expect any token) the pre-training of the demo's base model.
///
/// The first `train.head_iterations` move the output head alone: linear probing before fine-tuning (Kumar et al. 2022,
/// arXiv:2202.10054). Label words that the model never said start at a loss far above that of the rest, and the steps
/// which bring it down would otherwise distort the features that already tell right from wrong.
class SftTrainer : public Trainer {
public:
    SftTrainer(const TrainRequest &request, BatchPasses &passes, ParameterSet parameters);

    void step(std::int64_t t, StepReport &report) override;
    const ParameterSet &parameters() const override { return m_parameters; }
    WeightSnapshot snapshot(std::int64_t step) const override { return {step, {}, {}}; }
    void save(StateTensors &optimizer, StateTensors &instance) const override;
    void restore(const StateTensors &optimizer, const StateTensors &instance) override;
    void carryOver(const StateTensors &optimizer) override { m_optimizer.restore(optimizer); }

private:
    const EncodedDataset &m_data;
    BatchPasses &m_passes;
    ParameterSet m_parameters;
    std::int64_t m_headIterations;
    at::Tensor m_head; ///< the output head's part of the flat vector, a view [vocabulary * hidden]
    std::optional<LowerOptimizer> m_headOptimizer;
    LowerOptimizer m_optimizer; ///< of all parameters; counts from the first iteration after the head-only ones
    BatchOrder m_order;
    at::Tensor m_gradient; ///< [P]
};

/// The samples of the given rows.
SamplePointers fetch(const EncodedDataset &data, const std::vector<std::size_t> &rows);

} // namespace winnow
