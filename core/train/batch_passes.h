#pragma once

#include "core/base/records.h"
#include "core/model/drop_path.h"
#include "core/model/internvl.h"
#include "core/train/losses.h"
#include "core/train/worker_pool.h"

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace winnow {

class ProcessGroup;

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

    /// To the first `count` samples, or to as many empty ones.
    void resize(std::size_t count);
};

/// Objective of one micro-batch.
struct Objective {
    at::Tensor total;     ///< scalar to differentiate
    at::Tensor perSample; ///< [b], reported as SampleResults::loss
    at::Tensor sampleWeights{}; ///< [b] factors of the samples' gradients in a tapped pass; undefined: 1
};
/// `members` are the places of the micro-batch's samples in the whole batch. Called from worker threads.
using ObjectiveFunction
    = std::function<Objective(const SiteReadout &, const PackedBatch &, std::span<const std::size_t> members)>;

/// One micro-batch of a tapped pass.
struct TappedPart {
    std::size_t worker = 0;
    std::vector<std::size_t> members;
    std::unique_ptr<ParameterTap> tap;
};
/// A gradient pass whose parameter gradients go to taps.
struct TappedPass {
    std::size_t leading = 0;     ///< samples before this one come first in each micro-batch
    ObjectiveFunction objective;
    /// Makes the tap of a micro-batch. Called from worker threads.
    std::function<std::unique_ptr<ParameterTap>(const PackedBatch &, std::span<const std::size_t> members,
                                                std::size_t worker)>
        makeTap;
    std::function<void()> begin; ///< before each try of the pass; may be empty
};

/// What a forward pass packed, for a second one over the same samples at the same position with other parameters: tiles
/// are augmented and normalised once. Not kept in micro-batches, which are small because memory is short.
using PackedForward = std::vector<std::optional<PackedBatch>>; ///< by worker

/// Forward and forward+backward passes over a batch, split into micro-batches over a worker pool. Gradients of the
/// micro-batches are added in worker order: the same batch and worker count give the same bits.
///
/// A pass that finds too little memory is done again in micro-batches of half the size, down to one sample; its result
/// is that of the whole batch. The size then stays, and takeMemoryNotice() tells it once.
///
/// A pass computes in the type that the object was made for (parameters.h, inType), while gradients arrive in the type that
/// the parameters are held in; losses and what is reported are never narrow.
///
/// With a process group every rank is given the whole batch, computes its share of it, and gets the results and
/// gradients of the whole; the workers of all ranks share a batch as the workers of one process would.
class BatchPasses {
public:
    BatchPasses(const InternVL &model, const TokenIds &tokens, WorkerPool &pool, at::ScalarType computeType);

    /// Must outlive it; null: this process alone.
    void setGroup(ProcessGroup *group) { m_group = group; }
    ProcessGroup *group() const { return m_group; }
    /// Sum over the ranks of what each formed of its own parts.
    void sumOverRanks(at::Tensor &values) const;
    void setAttention(ComputeForm form) { m_attention = form; }
    void setNormalization(const PixelNormalization &normalization) { m_normalization = normalization; }
    /// For the passes that are given a position.
    void setAugmentation(const PictureAugmentation &augmentation) { m_augmentation = augmentation; }
    /// For the same passes.
    void setDropPath(const DropPath &drop) { m_dropPath = drop; }

    /// Gradient of the sum of the micro-batches' totals into `gradient` [P] (overwritten).
    SampleResults gradient(const ParameterSet &parameters, const SamplePointers &samples,
                           const ObjectiveFunction &objective, at::Tensor &gradient, DrawPosition position = {});
    /// A gradient pass with one tap a micro-batch (parameter_tap.h). The parts, of this process only, keep the order of
    /// workers.
    SampleResults tapped(const ParameterSet &parameters, const SamplePointers &samples, const TappedPass &pass,
                         std::vector<TappedPart> &parts, DrawPosition position = {});
    /// work(part) for every part, each on the thread of its worker.
    void eachPart(std::vector<TappedPart> &parts, const std::function<void(TappedPart &)> &work);
    /// With L = sum_i c_i L_i, c the objective's sampleWeights and L_i its perSample: <v, grad L_i> of each sample, and
    /// H v into `hessianProduct` [P] where it is defined. By a backward pass through the backward pass, in plain operators
    /// and in the type that the parameters are held in.
    SampleResults secondOrder(const ParameterSet &parameters, const SamplePointers &samples,
                              const ObjectiveFunction &objective, const at::Tensor &v, at::Tensor hessianProduct,
                              std::vector<double> &products, DrawPosition position = {});
    /// <v, grad L_i> of each sample's cross-entropy by forward differentiation, in plain operators and in the type that the
    /// parameters are held in.
    std::vector<double> forwardMode(const ParameterSet &parameters, const SamplePointers &samples, const at::Tensor &v,
                                    DrawPosition position = {});
    /// Cross-entropy per sample and all read-outs, without a graph. `kept`: filled by the first of several passes, used
    /// by the others.
    SampleResults forward(const ParameterSet &parameters, const SamplePointers &samples, DrawPosition position = {},
                          PackedForward *kept = nullptr);
    /// The same in the type that the parameters are held in: a finite difference is smaller than what a narrower one
    /// tells apart.
    SampleResults forwardAsHeld(const ParameterSet &parameters, const SamplePointers &samples,
                                DrawPosition position = {}, PackedForward *kept = nullptr);
    /// The same; `groups` holds sizes of neighbouring samples that begin alike (sum B) and share that computation.
    SampleResults forwardGroups(const ParameterSet &parameters, const SamplePointers &samples,
                                const std::vector<std::size_t> &groups);

    /// Largest number of samples that go through the model at once on one worker; 0: no limit.
    std::size_t microBatch() const { return m_microBatch; }
    void setMicroBatch(std::size_t samples) { m_microBatch = samples; }
    /// True once after the limit was lowered because memory was short.
    bool takeMemoryNotice() { return std::exchange(m_memoryNotice, false); }

    const InternVL &model() const { return m_model; }
    int workers() const { return m_pool.workers(); }
    at::ScalarType computeType() const { return m_computeType; }
    /// Of losses, logits and what is derived from them.
    at::ScalarType dtype() const;
    const TokenIds &tokens() const { return m_tokens; }

private:
    using Members = std::vector<std::size_t>;
    std::size_t workersOfAllRanks() const;
    std::size_t firstOwnWorker() const;
    std::vector<Members> splitOverAllRanks(const SamplePointers &samples) const;
    std::vector<Members> split(const SamplePointers &samples) const;
    std::vector<Members> chunksOf(const Members &part) const;
    /// `parameters` in the type that the passes compute in. Rounded again only when they have changed.
    const ParameterSet &computed(const ParameterSet &parameters);
    PackedBatch packed(const SamplePointers &samples, const Members &members, DrawPosition position,
                       at::ScalarType type) const;
    void gradientOnce(const ParameterSet &parameters, const SamplePointers &samples, const ObjectiveFunction &objective,
                      at::Tensor &gradient, DrawPosition position, SampleResults &results);
    void tappedPart(const ParameterSet &parameters, const SamplePointers &samples, const TappedPass &pass,
                    DrawPosition position, TappedPart &part, SampleResults &results);
    void makeParts(const SamplePointers &samples, const TappedPass &pass,
                   std::vector<TappedPart> &parts) const;
    SampleResults forwardIn(at::ScalarType type, const ParameterSet &parameters, const SamplePointers &samples,
                            const std::vector<std::size_t> &groups, DrawPosition position, PackedForward *kept);
    void forwardOnce(at::ScalarType type, const ParameterSet &parameters, const SamplePointers &samples,
                     const std::vector<std::size_t> &groups, DrawPosition position, PackedForward *kept,
                     SampleResults &results);
    /// Runs the pass over `units` samples or groups of them; where memory is short on any rank, lowers the micro-batch
    /// and runs it again.
    SampleResults withEnoughMemory(const SamplePointers &samples, std::size_t units,
                                   const std::function<void(SampleResults &)> &pass);
    /// Brings the ranks' results together. True if memory was short on any.
    bool gather(const SamplePointers &samples, bool shortHere, SampleResults &results) const;
    void lowerMicroBatch(std::size_t units, const std::exception_ptr &shortage);
    void sumProducts(std::vector<double> &products) const;
    void report(const SiteReadout &readout, const PackedBatch &batch, const at::Tensor &perSample,
                const Members &members, SampleResults &results) const;

    const InternVL &m_model;
    TokenIds m_tokens;
    WorkerPool &m_pool;
    at::ScalarType m_computeType;
    ParameterSet m_rounded; ///< what computed() made last, with the vector it was made of
    at::Tensor m_roundedLeaves;
    std::int64_t m_roundedVersion = -1;
    ComputeForm m_attention = ComputeForm::Fused;
    PixelNormalization m_normalization;
    PictureAugmentation m_augmentation;
    DropPath m_dropPath;
    ProcessGroup *m_group = nullptr;
    std::vector<at::Tensor> m_workerGradients; ///< [P] each, reused
    std::size_t m_microBatch = 0;
    bool m_memoryNotice = false;
};

} // namespace winnow
