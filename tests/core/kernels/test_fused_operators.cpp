#include "core/kernels/fused_operators.h"
#include "core/model/rms_norm.h"
#include "core/model/rope.h"
#include "tests/support/engine_fixtures.h"

#include <torch/csrc/autograd/autograd.h>

// Each fused operator against LibTorch's elementary operators: values and all gradients.
namespace winnow {
namespace {

using Operator = std::function<at::Tensor(const std::vector<at::Tensor> &)>;

/// Deterministic values without any structure that an error could hide in.
at::Tensor values(std::vector<std::int64_t> shape, double phase, at::ScalarType dtype)
{
    const at::Tensor flat = at::arange(at::empty(shape).numel(), at::kDouble);
    return (at::sin(flat * 1.7 + phase) * 1.5 + at::cos(flat * 0.3)).reshape(shape).to(dtype);
}

void compare(const Operator &fused, const Operator &plain, const std::vector<at::Tensor> &inputs, double tolerance)
{
    const auto run = [&](const Operator &op) {
        std::vector<at::Tensor> leaves;
        for (const at::Tensor &input : inputs)
            leaves.push_back(input.detach().clone().requires_grad_(true));
        const at::Tensor out = op(leaves);
        const at::Tensor weight = values(out.sizes().vec(), 0.9, out.scalar_type());
        std::vector<at::Tensor> all = torch::autograd::grad({(out * weight).sum()}, leaves);
        all.push_back(out);
        return all;
    };
    const std::vector<at::Tensor> a = run(fused), b = run(plain);
    for (std::size_t i = 0; i < a.size(); ++i)
        test::expectClose(a[i], b[i], tolerance, "tensor " + std::to_string(i));
}

struct Precision {
    at::ScalarType dtype;
    double tolerance;
};
constexpr Precision precisions[] = {{at::kDouble, 1e-12}, {at::kFloat, 2e-5}};

TEST(FusedOperators, RmsNorm)
{
    for (const Precision &p : precisions) {
        for (const std::int64_t width : {5, 16, 48, 131}) {
            compare([](const auto &v) { return rmsNorm(v[0], v[1], 1e-6, ComputeForm::Fused); },
                    [](const auto &v) { return rmsNorm(v[0], v[1], 1e-6, ComputeForm::Plain); },
                    {values({7, width}, 0.1, p.dtype), values({width}, 0.5, p.dtype)}, p.tolerance);
        }
    }
}

TEST(FusedOperators, Rotate)
{
    for (const Precision &p : precisions) {
        const at::Tensor angles = values({6, 1, 8}, 0.2, p.dtype);
        const at::Tensor both = at::cat({angles, angles}, -1);
        compare([&](const auto &v) { return rotate(v[0], both.cos(), both.sin(), ComputeForm::Fused); },
                [&](const auto &v) { return rotate(v[0], both.cos(), both.sin(), ComputeForm::Plain); },
                {values({6, 3, 16}, 0.7, p.dtype)}, p.tolerance);
    }
}

TEST(FusedOperators, SwiGlu)
{
    for (const Precision &p : precisions) {
        compare([](const auto &v) { return fusedSwiGlu(v[0]); },
                [](const auto &v) {
                    const auto parts = v[0].chunk(2, -1);
                    return at::silu(parts[0]) * parts[1];
                },
                {values({9, 2 * 21}, 0.4, p.dtype)}, p.tolerance);
    }
}

TEST(FusedOperators, InputsNeedNotBeContiguous)
{
    const at::Tensor x = values({12, 10}, 0.3, at::kDouble).t();
    const at::Tensor w = values({12}, 0.1, at::kDouble);
    test::expectClose(fusedRmsNorm(x, w, 1e-6), rmsNorm(x.contiguous(), w, 1e-6, ComputeForm::Plain), 1e-12, "norm");
    test::expectClose(fusedSwiGlu(x), fusedSwiGlu(x.contiguous()), 0, "swiglu");
}

/// Of bf16: float32 inside, one rounding outside.
TEST(FusedOperators, Bf16IsComputedInFloatAndRoundedOnce)
{
    const auto exact = [](const Operator &op) {
        return [op](const std::vector<at::Tensor> &v) {
            std::vector<at::Tensor> wide;
            for (const at::Tensor &x : v)
                wide.push_back(x.to(at::kFloat));
            return op(wide).to(at::kBFloat16);
        };
    };
    const at::Tensor angles = values({6, 1, 8}, 0.2, at::kFloat);
    const at::Tensor both = at::cat({angles, angles}, -1);
    const Operator norm = [](const auto &v) { return fusedRmsNorm(v[0], v[1], 1e-6); };
    const Operator rotation = [&](const auto &v) { return fusedRotate(v[0], both.cos(), both.sin()); };
    const Operator gated = [](const auto &v) { return fusedSwiGlu(v[0]); };
    compare(norm, exact(norm), {values({7, 48}, 0.1, at::kBFloat16), values({48}, 0.5, at::kBFloat16)}, 1e-6);
    compare(rotation, exact(rotation), {values({6, 3, 16}, 0.7, at::kBFloat16)}, 1e-6);
    compare(gated, exact(gated), {values({9, 42}, 0.4, at::kBFloat16)}, 2.0 / 32); // two steps: it keeps a bf16 sigmoid
}

} // namespace
} // namespace winnow
