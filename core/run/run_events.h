#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// One value of one curve. Series names: "loss.train", "loss.meta", "loss.holdout", "hypergradient.norm", "grad.norm",
/// "grad.clipped", "lr.lower", "lr.upper", "weights.ess", "weights.saturated", "time.iteration" (seconds).
/// Series that begin with "time." or "hw." do not count when two runs are compared for equality.
struct MetricPoint {
    std::string_view series;
    double value = 0;
};

/// What one iteration saw of one training sample. All values are those before the step's update.
struct SampleVisit {
    std::uint32_t sample = 0;    ///< row in the training set
    float weight = 1;            ///< after the activation
    float loss = 0;              ///< unweighted mean cross-entropy over its sites
    float hypergradient = 0;     ///< dM/dw_i without eta; NaN when none was taken
    float pGiven = 0;            ///< mean over sites of p(given label), full softmax
    float margin = 0;            ///< mean over sites of z[given] - z[other]
};

/// Learned weights at one iteration, one value a unit (table, domain) or a row (net).
struct WeightSnapshot {
    std::int64_t step = 0;
    std::vector<float> values;               ///< after the activation
    std::vector<std::int32_t> computedAt;    ///< net: iteration of each value; empty for table and domain
};

/// p(+) at every site of every scored sample: pPlus[sample][site].
struct StepScores {
    enum class Purpose { Test, Holdout, Train };
    Purpose purpose = Purpose::Test;
    std::int64_t step = 0;
    std::vector<std::vector<float>> pPlusFull;
    std::vector<std::vector<float>> pPlusPair;
    double meanLoss = 0; ///< mean cross-entropy over all sites against the rows' own labels
    bool final = false;  ///< taken after the last iteration
};

struct CheckpointInfo {
    std::int64_t step = 0;
    std::string folder;
    std::uint64_t bytes = 0;
};

enum class EventLevel { Info, Warning, Error };

/// What a training run tells the outside. Called on the run's thread, in step order; implementations must not block
/// except in beforeCheckpoint. Plain structs only: no tensor crosses.
class RunEvents {
public:
    virtual ~RunEvents() = default;

    virtual void onProgress(std::string_view phase, std::int64_t step, std::int64_t total) = 0;
    virtual void onMetrics(std::int64_t step, std::span<const MetricPoint> points) = 0;
    virtual void onVisits(std::int64_t step, std::span<const SampleVisit> visits) = 0;
    virtual void onWeights(const WeightSnapshot &snapshot) = 0;
    virtual void onScores(const StepScores &scores) = 0;
    /// Everything reported so far must be durable when this returns: a checkpoint of `step` is about to be completed,
    /// and a resume from it will not report these steps again.
    virtual void beforeCheckpoint(std::int64_t step) = 0;
    virtual void onCheckpoint(const CheckpointInfo &checkpoint) = 0;
    virtual void onEvent(EventLevel level, std::int64_t step, std::string_view text) = 0;
    virtual void onPaused(std::int64_t step) = 0;
    virtual void onResumed(std::int64_t step) = 0;
};

} // namespace winnow
