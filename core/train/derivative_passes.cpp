#include "core/train/batch_passes.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/forward_grad.h>

#include <mutex>

namespace winnow {
namespace {

/// Forward differentiation has one level for the whole process, so several runs of a window take turns; it must end
/// whatever happens.
class ForwardLevel {
public:
    ForwardLevel() : m_turn(turns()), m_index(torch::autograd::ForwardADLevel::get_next_idx()) { }
    ~ForwardLevel() { torch::autograd::ForwardADLevel::release_idx(m_index); }
    ForwardLevel(const ForwardLevel &) = delete;
    ForwardLevel &operator=(const ForwardLevel &) = delete;
    std::int64_t index() const { return static_cast<std::int64_t>(m_index); }

private:
    static std::mutex &turns()
    {
        static std::mutex mutex;
        return mutex;
    }
    std::unique_lock<std::mutex> m_turn;
    std::uint64_t m_index;
};

at::Tensor innerProduct(const std::vector<at::Tensor> &gradients, const ParameterSet &v)
{
    at::Tensor total = at::zeros({}, v.flat.options());
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        if (gradients[i].defined())
            total = total + (gradients[i] * v.leaf(i)).sum();
    }
    return total;
}

} // namespace

SampleResults BatchPasses::secondOrder(const ParameterSet &parameters, const SamplePointers &samples,
                                       const ObjectiveFunction &objective, const at::Tensor &v,
                                       at::Tensor hessianProduct, std::vector<double> &products,
                                       DrawPosition position)
{
    const at::ScalarType type = parameters.flat.scalar_type();
    SampleResults results = forwardAsHeld(parameters, samples, position);
    products.assign(samples.size(), 0.0);
    const ParameterSet direction = ParameterSet::fromFlat(parameters.layout, v);
    const std::vector<Members> parts = split(samples);
    std::vector<at::Tensor> sums(parts.size());
    m_pool.run([&](int worker) {
        const auto w = static_cast<std::size_t>(worker);
        sums[w] = at::zeros_like(parameters.flat);
        for (const Members &chunk : chunksOf(parts[w])) {
            const c10::AutoGradMode enable(true);
            const PackedBatch batch = packed(samples, chunk, position, type);
            const ParameterSet trainable = parameters.trainable();
            const SiteReadout readout = readSites(m_model.siteLogits(trainable, batch, ComputeForm::Plain));
            const Objective value = objective(readout, batch, chunk);
            const at::Tensor factors = value.sampleWeights.detach().clone().requires_grad_(true);
            const auto gradients
                = torch::autograd::grad({(factors * value.perSample).sum()}, trainable.leaves, {}, true, true, true);
            std::vector<at::Tensor> wanted = trainable.leaves;
            wanted.push_back(factors);
            auto second
                = torch::autograd::grad({innerProduct(gradients, direction)}, wanted, {}, false, false, true);
            const at::Tensor inner = second.back().to(at::kDouble);
            for (std::size_t i = 0; i < chunk.size(); ++i)
                products[chunk[i]] = inner.const_data_ptr<double>()[i];
            second.pop_back();
            addGradients(*parameters.layout, second, sums[w]);
        }
    });
    sumProducts(products);
    if (hessianProduct.defined()) {
        hessianProduct.copy_(sums[0]);
        for (std::size_t w = 1; w < sums.size(); ++w)
            hessianProduct.add_(sums[w]);
        sumOverRanks(hessianProduct);
    }
    return results;
}

std::vector<double> BatchPasses::forwardMode(const ParameterSet &parameters, const SamplePointers &samples,
                                             const at::Tensor &v, DrawPosition position)
{
    std::vector<double> products(samples.size());
    const ParameterSet direction = ParameterSet::fromFlat(parameters.layout, v);
    const std::vector<Members> parts = split(samples);
    const auto passChunk = [&](const Members &chunk, std::int64_t level) {
        const c10::NoGradGuard noGrad;
        const PackedBatch batch = packed(samples, chunk, position, parameters.flat.scalar_type());
        ParameterSet dual = parameters;
        for (std::size_t i = 0; i < dual.leaves.size(); ++i)
            dual.leaves[i] = at::_make_dual(parameters.leaf(i), direction.leaf(i), level);
        const SiteReadout readout = readSites(m_model.siteLogits(dual, batch, ComputeForm::Plain));
        const at::Tensor losses = crossEntropyPerSample(readout, batch);
        const at::Tensor tangent = std::get<1>(at::_unpack_dual(losses, level)).to(at::kDouble).contiguous();
        for (std::size_t i = 0; i < chunk.size(); ++i)
            products[chunk[i]] = tangent.const_data_ptr<double>()[i];
    };
    {
        const ForwardLevel level; // ends before other ranks are waited for
        m_pool.run([&](int worker) {
            for (const Members &chunk : chunksOf(parts[static_cast<std::size_t>(worker)]))
                passChunk(chunk, level.index());
        });
    }
    sumProducts(products);
    return products;
}

/// Each product is known to one rank, and 0 on the others.
void BatchPasses::sumProducts(std::vector<double> &products) const
{
    if (!m_group || products.empty())
        return;
    at::Tensor values = at::from_blob(products.data(), {static_cast<std::int64_t>(products.size())}, at::kDouble);
    sumOverRanks(values);
}

} // namespace winnow
