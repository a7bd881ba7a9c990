#pragma once

#include "core/model/language_model.h"
#include "core/model/projector.h"
#include "core/model/vision_tower.h"

namespace winnow {

/// InternVL3 as a function of its parameters. Holds sizes and leaf indices only, so one object serves any number of
/// threads and parameter sets (weights, perturbed weights, float64 copies).
class InternVL {
public:
    InternVL(const InternVLConfig &config, bool tied);

    const InternVLConfig &config() const { return m_config; }
    const std::shared_ptr<const ParameterLayout> &layout() const { return m_layout; }
    const VisionTower &vision() const { return m_vision; }
    const LanguageModel &language() const { return m_language; }

    /// Logits at the batch's sites [S,V].
    at::Tensor siteLogits(const ParameterSet &parameters, const PackedBatch &batch,
                          ComputeForm attention = ComputeForm::Fused) const;

    /// Language-model rows of the tiles [T, tokens, H]. `branchFactors`: as VisionTower::forward takes them.
    at::Tensor imageFeatures(const ParameterSet &parameters, const at::Tensor &pixels, ComputeForm attention,
                             const at::Tensor &branchFactors = {}) const;
    /// Token embeddings with the image rows in place [N,H].
    at::Tensor inputEmbeddings(const ParameterSet &parameters, const PackedBatch &batch, ComputeForm attention) const;

private:
    InternVLConfig m_config;
    std::shared_ptr<const ParameterLayout> m_layout;
    VisionTower m_vision;
    Projector m_projector;
    LanguageModel m_language;
};

} // namespace winnow
