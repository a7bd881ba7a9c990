#pragma once

#include "core/model/parameters.h"
#include "core/run/run_events.h"

#include <map>
#include <string>
#include <vector>

namespace winnow {

/// Tensors by name, as they go into a state file of a checkpoint.
using StateTensors = std::map<std::string, at::Tensor>;

/// What one iteration reports.
struct StepReport {
    std::vector<MetricPoint> metrics;
    std::vector<SampleVisit> visits;
    std::string nonFinite; ///< what was no number, so that no weight, or only the lower ones, moved; empty: all is well
};

/// One kind of training: cold start, bi-level. The loop around it (checkpoints, evaluation, pause) is the same for all
/// (training_loop.h). Lives on the run's thread.
class Trainer {
public:
    virtual ~Trainer() = default;

    /// Iteration t, 0-based. Everything random depends on (seed, t) only.
    virtual void step(std::int64_t t, StepReport &report) = 0;
    virtual const ParameterSet &parameters() const = 0;

    /// Instance weights as they stand; empty values when this training has none.
    virtual WeightSnapshot snapshot(std::int64_t step) const = 0;
    /// Net: computes the weight of every training row anew at the present parameters. Else nothing.
    virtual void refreshWeights(std::int64_t) {}

    /// Optimiser state (flat moments, meta-gradient average) and instance weights.
    virtual void save(StateTensors &optimizer, StateTensors &instance) const = 0;
    virtual void restore(const StateTensors &optimizer, const StateTensors &instance) = 0;
    /// Takes over only the lower optimiser's state of another run (cold start -> bi-level).
    virtual void carryOver(const StateTensors &optimizer) = 0;
};

} // namespace winnow
