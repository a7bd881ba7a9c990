#pragma once

#include "core/run/train_request.h"
#include "core/train/batch_order.h"
#include "core/train/batch_passes.h"
#include "core/train/lower_optimizer.h"

namespace winnow {

/// Supervised fine-tuning on the given labels: the cold start, and (with rows generated on the fly, whose sites may
/// expect any token) the pre-training of the demo's base model.
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
    LowerOptimizer m_optimizer;
    BatchOrder m_order;
    at::Tensor m_gradient; ///< [P]
};

/// The samples of the given rows.
SamplePointers fetch(const EncodedDataset &data, const std::vector<std::size_t> &rows);

} // namespace winnow
