#include "core/train/losses.h"

#include "core/kernels/narrow_types.h"

#include <ATen/ATen.h>

namespace winnow {

SiteReadout readSites(const at::Tensor &logits)
{
    const at::Tensor wide = widened(logits);
    return {at::log_softmax(wide, -1), wide};
}

at::Tensor meanPerSample(const at::Tensor &values, const PackedBatch &batch)
{
    const at::Tensor counts = at::tensor(at::ArrayRef<std::int64_t>(batch.siteCounts), values.options());
    return at::zeros({batch.samples()}, values.options()).index_add(0, batch.siteSamples, values)
        / counts.clamp_min(1.0);
}

at::Tensor crossEntropyPerSample(const SiteReadout &readout, const PackedBatch &batch)
{
    const at::Tensor chosen = readout.logProbabilities.gather(1, batch.siteLabels.unsqueeze(1)).squeeze(1);
    return meanPerSample(-chosen, batch);
}

MetaLoss metaLossPerSample(const SiteReadout &readout, const PackedBatch &batch, const std::vector<bool> &answerIsRight,
                           const TokenIds &tokens, LossTarget target)
{
    std::vector<double> goals(answerIsRight.size(), 1.0);
    at::Tensor targets = batch.siteLabels;
    if (target == LossTarget::Both) {
        targets = targets.clone();
        std::int64_t *label = targets.data_ptr<std::int64_t>();
        const std::int64_t *sample = batch.siteSamples.data_ptr<std::int64_t>();
        for (std::int64_t s = 0; s < targets.numel(); ++s) {
            if (!answerIsRight[static_cast<std::size_t>(sample[s])] && label[s] == tokens.plus)
                label[s] = tokens.minus;
        }
    } else {
        for (std::size_t i = 0; i < goals.size(); ++i)
            goals[i] = answerIsRight[i] ? 1.0 : 0.0;
    }
    const at::Tensor p = readout.logProbabilities.gather(1, targets.unsqueeze(1)).squeeze(1).exp();
    const at::Tensor score = meanPerSample(p, batch);
    const at::Tensor goal = at::tensor(at::ArrayRef<double>(goals), score.options());
    return {(score - goal).pow(2), score};
}

at::Tensor plusProbability(const SiteReadout &readout, const TokenIds &tokens, Readout kind)
{
    if (kind == Readout::Full)
        return readout.logProbabilities.select(1, tokens.plus).exp();
    return at::sigmoid(readout.logits.select(1, tokens.plus) - readout.logits.select(1, tokens.minus));
}

} // namespace winnow
