#pragma once

#include "core/model/internvl.h"
#include "core/base/records.h"
#include "core/train/losses.h"
#include "core/train/worker_pool.h"

#include <functional>
#include <optional>

namespace winnow {

/// What a pass learned of each sample, in the order of the batch.
struct SampleResults {
    std::vector<double> loss;                    ///< of the objective's own kind (cross-entropy, meta loss)
    std::vector<double> pGiven;                  ///< mean over sites of p(label)
    std::vector<double> margin;                  ///< mean over sites of z[label] - z[other]; NaN for labels other than + and -
    std::vector<std::vector<float>> pPlusFull;   ///< p(+) per site
    std::vector<std::vector<float>> pPlusPair;
    std::vector<std::vector<double>> crossEntropy; ///< per site, against the sample's own labels
    std::vector<at::Tensor> siteLogits;          ///< [S_i,2] logits of + and -, detached
    std::vector<at::Tensor> siteLabels;          ///< [S_i] i64
};

/// Objective of one micro-batch.
struct Objective {
    at::Tensor total;     ///< scalar to differentiate
    at::Tensor perSample; ///< [b], reported as SampleResults::loss
};
/// `members` are the places of the micro-batch's samples in the whole batch. Called from worker threads.
using ObjectiveFunction
    = std::function<Objective(const SiteReadout &, const PackedBatch &, std::span<const std::size_t> members)>;

/// Forward and forward+backward passes over a batch, split into micro-batches over a worker pool. Gradients of the
/// micro-batches are added in worker order: the same batch and worker count give the same bits.
class BatchPasses {
public:
    BatchPasses(const InternVL &model, const TokenIds &tokens, WorkerPool &pool, at::ScalarType dtype);

    void setAttention(ComputeForm form) { m_attention = form; }
    void setNormalization(const PixelNormalization &normalization) { m_normalization = normalization; }
    /// Noise on the pictures of gradient passes (base training).
    void setPixelNoise(double deviation, std::uint64_t seed) { m_noise = {deviation, seed, 0}; }

    /// Gradient of the sum of the micro-batches' totals into `gradient` [P] (overwritten).
    SampleResults gradient(const ParameterSet &parameters, const SamplePointers &samples,
                           const ObjectiveFunction &objective, at::Tensor &gradient, std::uint64_t position = 0);
    /// Cross-entropy per sample and all read-outs, without a graph.
    SampleResults forward(const ParameterSet &parameters, const SamplePointers &samples);
    /// The same; `groups` holds sizes of neighbouring samples that begin alike (sum B) and share that computation.
    SampleResults forwardGroups(const ParameterSet &parameters, const SamplePointers &samples,
                                const std::vector<std::size_t> &groups);

    const InternVL &model() const { return m_model; }
    at::ScalarType dtype() const { return m_dtype; }
    const TokenIds &tokens() const { return m_tokens; }

private:
    using Members = std::vector<std::size_t>;
    std::vector<Members> split(const SamplePointers &samples) const;
    void report(const SiteReadout &readout, const PackedBatch &batch, const at::Tensor &perSample,
                const Members &members, SampleResults &results) const;

    const InternVL &m_model;
    TokenIds m_tokens;
    WorkerPool &m_pool;
    at::ScalarType m_dtype;
    ComputeForm m_attention = ComputeForm::Fused;
    PixelNormalization m_normalization;
    PixelNoise m_noise;
    std::vector<at::Tensor> m_workerGradients; ///< [P] each, reused
};

} // namespace winnow
