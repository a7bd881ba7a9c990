#include "core/kernels/fused_operators.h"

#include "core/kernels/cpu_loops.h"
#include "core/kernels/narrow_types.h"

#include <ATen/ATen.h>
#include <ATen/Dispatch.h>
#include <torch/csrc/autograd/custom_function.h>

namespace winnow {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

bool onCpu(const at::Tensor &x)
{
    const at::ScalarType type = x.scalar_type();
    return x.device().is_cpu() && (type == at::kFloat || type == at::kDouble || type == at::kBFloat16);
}

class RmsNorm : public Function<RmsNorm> {
public:
    static at::Tensor forward(AutogradContext *context, const at::Tensor &input, const at::Tensor &weight,
                              double epsilon)
    {
        const at::Tensor own = input.contiguous();
        const at::Tensor x = widened(own), gain = widened(weight);
        const std::int64_t rows = x.size(0), width = x.size(1);
        at::Tensor y = at::empty_like(x), inverse = at::empty({rows}, x.options());
        AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "rms_norm", [&] {
            loops::rmsNorm(x.const_data_ptr<scalar_t>(), gain.const_data_ptr<scalar_t>(), y.data_ptr<scalar_t>(),
                           inverse.data_ptr<scalar_t>(), rows, width, static_cast<scalar_t>(epsilon));
        });
        context->save_for_backward({own, weight, inverse});
        return y.to(own.scalar_type());
    }
    static variable_list backward(AutogradContext *context, variable_list outputs)
    {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor x = widened(saved[0]), weight = widened(saved[1]), &inverse = saved[2];
        const at::Tensor dy = widened(outputs[0].contiguous());
        at::Tensor dx = at::empty_like(x), dw = at::zeros_like(weight);
        AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "rms_norm_backward", [&] {
            loops::rmsNormBackward(dy.const_data_ptr<scalar_t>(), x.const_data_ptr<scalar_t>(),
                                   weight.const_data_ptr<scalar_t>(), inverse.const_data_ptr<scalar_t>(),
                                   dx.data_ptr<scalar_t>(), dw.data_ptr<scalar_t>(), x.size(0), x.size(1));
        });
        return {dx.to(saved[0].scalar_type()), dw.to(saved[1].scalar_type()), at::Tensor()};
    }
};

template <bool Inverse>
at::Tensor rotated(const at::Tensor &input, const at::Tensor &cosine, const at::Tensor &sine)
{
    const at::Tensor x = widened(input.contiguous()), c = widened(cosine), s = widened(sine);
    at::Tensor y = at::empty_like(x);
    AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "rotate", [&] {
        loops::rotate<scalar_t>(x.const_data_ptr<scalar_t>(), c.const_data_ptr<scalar_t>(),
                                s.const_data_ptr<scalar_t>(), y.data_ptr<scalar_t>(), x.size(0), x.size(1),
                                x.size(2), Inverse ? scalar_t(-1) : scalar_t(1));
    });
    return y.to(input.scalar_type());
}

class Rotate : public Function<Rotate> {
public:
    static at::Tensor forward(AutogradContext *context, const at::Tensor &x, const at::Tensor &cosine,
                              const at::Tensor &sine)
    {
        context->save_for_backward({cosine, sine});
        return rotated<false>(x, cosine, sine);
    }
    static variable_list backward(AutogradContext *context, variable_list outputs)
    {
        const variable_list saved = context->get_saved_variables();
        // A rotation's transpose is the rotation by the opposite angle.
        return {rotated<true>(outputs[0], saved[0], saved[1]), at::Tensor(), at::Tensor()};
    }
};

class SwiGlu : public Function<SwiGlu> {
public:
    static at::Tensor forward(AutogradContext *context, const at::Tensor &input)
    {
        const at::Tensor own = input.contiguous();
        const at::Tensor gateUp = widened(own);
        const std::int64_t rows = gateUp.size(0), width = gateUp.size(1) / 2;
        const at::Tensor gate = at::sigmoid(gateUp.narrow(1, 0, width)).contiguous();
        at::Tensor y = at::empty({rows, width}, gateUp.options());
        AT_DISPATCH_FLOATING_TYPES(gateUp.scalar_type(), "swiglu", [&] {
            loops::swiGlu(gateUp.const_data_ptr<scalar_t>(), gate.const_data_ptr<scalar_t>(), y.data_ptr<scalar_t>(),
                          rows, width);
        });
        context->save_for_backward({own, gate.to(own.scalar_type())});
        return y.to(own.scalar_type());
    }
    static variable_list backward(AutogradContext *context, variable_list outputs)
    {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor dy = widened(outputs[0].contiguous()), gateUp = widened(saved[0]), gate = widened(saved[1]);
        at::Tensor gradient = at::empty_like(gateUp);
        AT_DISPATCH_FLOATING_TYPES(dy.scalar_type(), "swiglu_backward", [&] {
            loops::swiGluBackward(dy.const_data_ptr<scalar_t>(), gateUp.const_data_ptr<scalar_t>(),
                                  gate.const_data_ptr<scalar_t>(), gradient.data_ptr<scalar_t>(), dy.size(0),
                                  dy.size(1));
        });
        return {gradient.to(saved[0].scalar_type())};
    }
};

} // namespace

at::Tensor fusedRmsNorm(const at::Tensor &x, const at::Tensor &weight, double epsilon)
{
    return RmsNorm::apply(x, weight, epsilon);
}

at::Tensor fusedRotate(const at::Tensor &x, const at::Tensor &cosine, const at::Tensor &sine)
{
    if (onCpu(x))
        return Rotate::apply(x, cosine.contiguous(), sine.contiguous());
    const auto halves = x.chunk(2, -1);
    return x * cosine + at::cat({-halves[1], halves[0]}, -1) * sine;
}

at::Tensor fusedSwiGlu(const at::Tensor &gateUp)
{
    if (onCpu(gateUp))
        return SwiGlu::apply(gateUp);
    const auto parts = gateUp.chunk(2, -1);
    return at::silu(parts[0]) * parts[1];
}

} // namespace winnow
