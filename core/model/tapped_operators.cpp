#include "core/model/tapped_operators.h"

#include "core/kernels/narrow_types.h"
#include "core/model/rms_norm.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace winnow {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

/// What a use must remember until the backward pass; a plain value, so that LibTorch takes it for no variable.
struct Tapped {
    ParameterTap *tap;
    LeafUse use;
    at::Tensor bias; ///< value only
};

void remember(AutogradContext *context, const Tapped &tapped)
{
    context->saved_data["tap"] = reinterpret_cast<std::int64_t>(tapped.tap);
    context->saved_data["use"] = std::vector<std::int64_t>{
        static_cast<std::int64_t>(tapped.use.rows), static_cast<std::int64_t>(tapped.use.weight),
        static_cast<std::int64_t>(tapped.use.bias), tapped.use.firstRow};
}

void tell(AutogradContext *context, UseKind kind, at::Tensor input, at::Tensor outputGradient)
{
    const std::vector<std::int64_t> use = context->saved_data["use"].toIntVector();
    const LeafUse leaf{static_cast<RowSpace>(use[0]), static_cast<std::size_t>(use[1]),
                       static_cast<std::size_t>(use[2]), use[3]};
    reinterpret_cast<ParameterTap *>(context->saved_data["tap"].toInt())
        ->use({kind, leaf, std::move(input), std::move(outputGradient)});
}

class TapLinear : public Function<TapLinear> {
public:
    static at::Tensor forward(AutogradContext *context, const at::Tensor &x, const at::Tensor &weight,
                              const Tapped &tapped)
    {
        remember(context, tapped);
        context->save_for_backward({x, weight});
        return at::linear(x, weight, tapped.bias);
    }
    static variable_list backward(AutogradContext *context, variable_list outputs)
    {
        const variable_list saved = context->get_saved_variables();
        at::Tensor dx;
        if (context->needs_input_grad(0))
            dx = at::matmul(outputs[0], saved[1]);
        tell(context, UseKind::Linear, saved[0], outputs[0]);
        return {dx, at::Tensor(), at::Tensor()};
    }
};

class TapGain : public Function<TapGain> {
public:
    static at::Tensor forward(AutogradContext *context, const at::Tensor &x, const at::Tensor &gain,
                              const Tapped &tapped)
    {
        remember(context, tapped);
        context->save_for_backward({x, gain});
        return tapped.bias.defined() ? at::addcmul(tapped.bias, x, gain) : x * gain;
    }
    static variable_list backward(AutogradContext *context, variable_list outputs)
    {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor dx = outputs[0] * saved[1];
        tell(context, UseKind::Gain, saved[0], outputs[0]);
        return {dx, at::Tensor(), at::Tensor()};
    }
};

class TapEmbedding : public Function<TapEmbedding> {
public:
    static at::Tensor forward(AutogradContext *context, const at::Tensor &weight, const at::Tensor &ids,
                              const Tapped &tapped)
    {
        remember(context, tapped);
        context->save_for_backward({ids});
        return at::embedding(weight, ids);
    }
    static variable_list backward(AutogradContext *context, variable_list outputs)
    {
        tell(context, UseKind::Embedding, context->get_saved_variables()[0], outputs[0]);
        return {at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

class TapPositions : public Function<TapPositions> {
public:
    static at::Tensor forward(AutogradContext *context, const at::Tensor &patches, const at::Tensor &classToken,
                              const at::Tensor &positions, const Tapped &tapped)
    {
        remember(context, tapped);
        return at::cat({classToken.expand({patches.size(0), 1, patches.size(2)}), patches}, 1) + positions;
    }
    static variable_list backward(AutogradContext *context, variable_list outputs)
    {
        const at::Tensor &s = outputs[0];
        tell(context, UseKind::Positions, at::Tensor(), s);
        return {s.narrow(1, 1, s.size(1) - 1), at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

/// LibTorch's. With gain and bias in float32 it keeps mean and deviation of a narrow x in float32 too, for the backward
/// pass. Undefined: 1 and 0.
at::Tensor layerNorm(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias, double epsilon)
{
    const std::int64_t width = x.size(-1);
    if (!isNarrow(x.scalar_type()) || !x.device().is_cpu())
        return at::layer_norm(x, {width}, weight, bias, epsilon);
    const auto wide = x.options().dtype(at::kFloat);
    return at::layer_norm(x, {width}, weight.defined() ? widened(weight) : at::ones({width}, wide),
                          bias.defined() ? widened(bias) : at::zeros({width}, wide), epsilon);
}

} // namespace

at::Tensor tappedLinear(ParameterTap *tap, const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                        const LeafUse &use)
{
    if (tap == nullptr)
        return at::linear(x, weight, bias);
    return TapLinear::apply(x, weight, Tapped{tap, use, bias});
}

at::Tensor tappedRmsNorm(ParameterTap *tap, const at::Tensor &x, const at::Tensor &weight, double epsilon,
                         ComputeForm form, const LeafUse &use)
{
    if (tap == nullptr)
        return rmsNorm(x, weight, epsilon, form);
    const at::Tensor normalised = rmsNorm(x, at::ones_like(weight.detach()), epsilon, form);
    return TapGain::apply(normalised, weight, Tapped{tap, use, {}});
}

at::Tensor tappedLayerNorm(ParameterTap *tap, const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                           double epsilon, const LeafUse &use)
{
    if (tap == nullptr)
        return layerNorm(x, weight, bias, epsilon);
    const at::Tensor normalised = layerNorm(x, {}, {}, epsilon);
    return TapGain::apply(normalised, weight, Tapped{tap, use, bias});
}

at::Tensor tappedLayerScale(ParameterTap *tap, const at::Tensor &x, const at::Tensor &scale, const at::Tensor &y,
                            const LeafUse &use)
{
    if (tap == nullptr)
        return at::addcmul(x, scale, y);
    return x + TapGain::apply(y, scale, Tapped{tap, use, {}});
}

at::Tensor tappedEmbedding(ParameterTap *tap, const at::Tensor &weight, const at::Tensor &ids, std::int64_t padding,
                           const LeafUse &use)
{
    if (tap == nullptr)
        return at::embedding(weight, ids, padding);
    // Image rows are overwritten before they are used, so their gradient is 0 here without a padding index.
    return TapEmbedding::apply(weight, ids, Tapped{tap, use, {}});
}

at::Tensor tappedPositions(ParameterTap *tap, const at::Tensor &patches, const at::Tensor &classToken,
                           const at::Tensor &positions, const LeafUse &use)
{
    if (tap == nullptr)
        return at::cat({classToken.expand({patches.size(0), 1, patches.size(2)}), patches}, 1) + positions;
    return TapPositions::apply(patches, classToken, positions, Tapped{tap, use, {}});
}

} // namespace winnow
