#include "core/bilevel/sample_products.h"

#include "core/kernels/narrow_types.h"

#include <ATen/ATen.h>

namespace winnow {
namespace {

/// The part of a use that belongs to rows [from, from + count).
ParameterUse rowsOf(const ParameterUse &use, std::int64_t from, std::int64_t count)
{
    if (from == 0 && count == use.outputGradient.size(0))
        return use;
    ParameterUse part = use;
    part.outputGradient = use.outputGradient.narrow(0, from, count);
    if (use.input.defined())
        part.input = use.input.narrow(0, from, count);
    return part;
}

/// The rows of a linear leaf that a use multiplies with, as a matrix, and those of its bias.
at::Tensor matrixOf(const ParameterSet &set, const ParameterUse &use)
{
    const at::Tensor &leaf = set.leaf(use.leaf.weight);
    return leaf.reshape({leaf.size(0), -1}).narrow(0, use.leaf.firstRow, use.outputGradient.size(-1));
}

at::Tensor biasOf(const ParameterSet &set, const ParameterUse &use)
{
    if (use.leaf.bias == LeafUse::absent)
        return {};
    const at::Tensor &leaf = set.leaf(use.leaf.bias);
    return use.kind == UseKind::Linear ? leaf.narrow(0, use.leaf.firstRow, use.outputGradient.size(-1)) : leaf;
}

/// [rows, .., D] -> [rows x .., D].
at::Tensor flatRows(const at::Tensor &x)
{
    return x.dim() == 2 ? x : x.reshape({-1, x.size(-1)});
}

/// Over the first dimension; of narrow values in float32.
at::Tensor rowSum(const at::Tensor &x)
{
    return x.sum(0, false, wideType(x.scalar_type()));
}

/// A factor a row, shaped to multiply [rows, .., D].
at::Tensor scaledRows(const at::Tensor &x, const at::Tensor &rowWeights)
{
    if (!rowWeights.defined())
        return x;
    std::vector<std::int64_t> shape(static_cast<std::size_t>(x.dim()), 1);
    shape[0] = x.size(0);
    return x * rowWeights.view(shape);
}

/// target += s^T x. The product is of x's type, which may be narrower than the target's.
void addProduct(at::Tensor target, const at::Tensor &s, const at::Tensor &x)
{
    const at::Tensor rows = s.to(x.scalar_type()); // row weights are never narrow
    if (target.scalar_type() == x.scalar_type())
        target.addmm_(rows.t(), x);
    else
        target.add_(at::mm(rows.t(), x));
}

} // namespace

SampleProducts::SampleProducts(const PackedBatch &batch, const Plan &plan) : m_plan(plan)
{
    const auto tokenCounts = at::tensor(at::ArrayRef<std::int64_t>(batch.lengths), at::kLong);
    const at::Tensor tokens = at::repeat_interleave(tokenCounts); // one segment a sample: row -> sample
    at::Tensor tiles = at::empty({0}, at::kLong);
    if (batch.pixels.defined()) {
        const std::int64_t count = batch.pixels.size(0), rows = batch.imageRows.size(0);
        tiles = tokens.index_select(0, batch.imageRows).view({count, rows / count}).select(1, 0).contiguous();
    }
    const auto limit = static_cast<std::int64_t>(plan.products);
    const auto space = [limit](const at::Tensor &samples) {
        return Space{samples, (samples < limit).sum().item<std::int64_t>()};
    };
    m_spaces[static_cast<std::size_t>(RowSpace::Tokens)] = space(tokens);
    m_spaces[static_cast<std::size_t>(RowSpace::Sites)] = space(batch.siteSamples);
    m_spaces[static_cast<std::size_t>(RowSpace::Tiles)] = space(tiles);
    m_values = at::zeros({limit}, at::kDouble);
}

void SampleProducts::use(ParameterUse use)
{
    const c10::NoGradGuard noGrad;
    const Space &space = spaceOf(use.leaf.rows);
    const std::int64_t rows = use.outputGradient.size(0), others = rows - space.products;
    TORCH_CHECK(rows == space.samples.size(0), "a parameter's use has ", rows, " rows instead of ",
                space.samples.size(0));
    if (space.products > 0) {
        ParameterUse leading = rowsOf(use, 0, space.products);
        if (m_plan.productGradient) {
            const at::Tensor weights = m_weights.defined()
                ? m_weights.index_select(0, space.samples.narrow(0, 0, space.products))
                : at::Tensor();
            addGradient(leading, *m_plan.productGradient, weights);
        }
        if (m_plan.direction)
            addProducts(leading, *m_plan.direction);
        else
            m_kept.push_back(std::move(leading));
    }
    if (others > 0 && m_plan.otherGradient)
        addGradient(rowsOf(use, space.products, others), *m_plan.otherGradient, {});
}

void SampleProducts::finish(const ParameterSet &direction)
{
    const c10::NoGradGuard noGrad;
    for (ParameterUse &use : m_kept) {
        addProducts(use, direction);
        use = {};
    }
    m_kept.clear();
}

void SampleProducts::addRows(RowSpace rows, const at::Tensor &values)
{
    const Space &space = spaceOf(rows);
    m_values.index_add_(0, space.samples.narrow(0, 0, space.products), values.to(at::kDouble));
}

void SampleProducts::addProducts(const ParameterUse &use, const ParameterSet &direction)
{
    const at::Tensor &s = use.outputGradient;
    at::Tensor rows; // [rows] or [rows, n]
    switch (use.kind) {
    case UseKind::Linear: {
        at::Tensor product = at::linear(use.input, matrixOf(direction, use), biasOf(direction, use));
        rows = widened(product).mul_(s).sum(-1);
        break;
    }
    case UseKind::Gain: {
        rows = at::matmul(widened(use.input) * s, widened(direction.leaf(use.leaf.weight)));
        if (use.leaf.bias != LeafUse::absent)
            rows = rows + at::matmul(widened(s), widened(direction.leaf(use.leaf.bias)));
        break;
    }
    case UseKind::Embedding:
        rows = widened(direction.leaf(use.leaf.weight).index_select(0, use.input)).mul_(s).sum(-1);
        break;
    case UseKind::Positions:
        rows = (widened(s) * direction.leaf(use.leaf.weight)).sum(-1);
        rows.select(1, 0).add_(
            at::matmul(widened(s.select(1, 0)), widened(direction.leaf(use.leaf.bias).reshape({-1}))));
        break;
    }
    addRows(use.leaf.rows, rows.dim() == 1 ? rows : rows.sum(1));
}

void SampleProducts::addGradient(const ParameterUse &use, ParameterSet &gradient, const at::Tensor &rowWeights) const
{
    const at::Tensor s = scaledRows(use.outputGradient, rowWeights);
    const at::Tensor flat = flatRows(s);
    at::Tensor weight = gradient.leaf(use.leaf.weight);
    switch (use.kind) {
    case UseKind::Linear:
        addProduct(matrixOf(gradient, use), flat, flatRows(use.input));
        break;
    case UseKind::Gain:
        weight.add_(rowSum(flat * flatRows(use.input)));
        break;
    case UseKind::Embedding:
        weight.index_add_(0, use.input, s.to(weight.scalar_type()));
        return;
    case UseKind::Positions:
        weight.select(0, 0).add_(rowSum(s));
        gradient.leaf(use.leaf.bias).view({-1}).add_(rowSum(s.select(1, 0)));
        return;
    }
    if (at::Tensor bias = biasOf(gradient, use); bias.defined())
        bias.add_(rowSum(flat));
}

} // namespace winnow
