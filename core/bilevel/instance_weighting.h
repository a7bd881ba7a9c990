#pragma once

#include "core/base/options.h"
#include "core/train/batch_passes.h"

#include <memory>

namespace winnow {

/// What a weighting may look at besides the row numbers; only the net does.
struct WeightInput {
    std::vector<std::size_t> rows; ///< training rows of the batch, B of them
    at::Tensor siteLogits;         ///< [S,2] logits of + and -; with a graph where the path is `reference`
    at::Tensor siteLabels;         ///< [S] i64 given label ids
    at::Tensor siteSamples;        ///< [S] i64 place in `rows`
};

/// Builds the input from the results of a pass (no graph).
WeightInput weightInputOf(const std::vector<std::size_t> &rows, const SampleResults &results);

/// One weight per training sample: act(raw[unit]) (table, domain), or a small network on the step probabilities (net).
/// The upper parameters are one flat vector [A], so that one AdamW moves them. Used on the run thread, except weights()
/// of a constant copy, which workers may call at the same time.
class InstanceWeighting {
public:
    virtual ~InstanceWeighting() = default;

    /// Weights [B] as a function of `upper` [A]; differentiable in it.
    virtual at::Tensor weights(const at::Tensor &upper, const WeightInput &input) const = 0;
    /// Does weights() read siteLogits?
    virtual bool readsSites() const = 0;
    /// Initial upper parameters [A].
    virtual at::Tensor initial(at::ScalarType dtype) const = 0;
    /// Values of the weight snapshot: one a unit, or the last seen one of each row.
    virtual std::int64_t snapshotSize() const = 0;

    /// Weights [B] and, given h = dM/dw [B], dM/dupper [A].
    at::Tensor evaluate(const at::Tensor &upper, const WeightInput &input) const;
    at::Tensor gradient(const at::Tensor &upper, const WeightInput &input, const at::Tensor &h) const;
};

/// `unitOfSample` has one entry a training row (units of the table or the subjects); unused by the net.
std::unique_ptr<InstanceWeighting> makeWeighting(const RunOptions &options, const TokenIds &tokens,
                                                 std::vector<std::uint32_t> unitOfSample, std::size_t units);

/// LeakyReLU (0.01), ReLU, identity, clamp to [low, high] (gradient 1 inside the closed interval), sigmoid.
at::Tensor activate(const at::Tensor &raw, const RunOptions::Weighting &options);

} // namespace winnow
