#pragma once

#include "core/base/options.h"
#include "core/model/packed_batch.h"
#include "core/base/records.h"

namespace winnow {

/// What the losses and the read-outs need of a forward pass; one row a site.
struct SiteReadout {
    at::Tensor logProbabilities; ///< [S,V] log-softmax over the vocabulary
    at::Tensor logits;           ///< [S,V]
};

/// Narrow logits are taken to float32 first.
SiteReadout readSites(const at::Tensor &logits);

/// Lower loss of each sample [B]: mean over its sites of the cross-entropy over the whole vocabulary (spec
/// preprocessing.md section 4). A sample without sites has loss 0.
at::Tensor crossEntropyPerSample(const SiteReadout &readout, const PackedBatch &batch);

/// Upper loss of each sample [B]: (mean_s p_s[target] - goal)^2. `answerIsRight[i]` is the row's true_false.
/// Both: every `+` target of a wrong row becomes `-`, goal 1. Plus: the row's labels as they are, goal = the label.
struct MetaLoss {
    at::Tensor loss;  ///< [B]
    at::Tensor score; ///< [B] mean_s p_s[target]
};
MetaLoss metaLossPerSample(const SiteReadout &readout, const PackedBatch &batch, const std::vector<bool> &answerIsRight,
                           const TokenIds &tokens, LossTarget target);

/// Mean over each sample's sites of values [S] -> [B].
at::Tensor meanPerSample(const at::Tensor &values, const PackedBatch &batch);

/// p(+) at each site, full softmax [S] and over the pair + and - [S].
at::Tensor plusProbability(const SiteReadout &readout, const TokenIds &tokens, Readout kind);

} // namespace winnow
