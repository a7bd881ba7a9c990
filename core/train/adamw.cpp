#include "core/train/adamw.h"

#include "core/kernels/flat_sums.h"

#include <ATen/Dispatch.h>
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

namespace winnow {
namespace {

struct StepNumbers {
    double beta1, beta2, epsilon, scale;
    double decayBefore;  ///< factor on p before the step
    double size;         ///< p -= size * m / (sqrt(v) * rootFactor + eps)
    double rootFactor;
    double decayAfter;   ///< factor on p after the step
};

StepNumbers numbersOf(const OptimizerOptions &options, std::int64_t t, double learningRate, double scale)
{
    const double correction1 = 1.0 - std::pow(options.beta1, static_cast<double>(t));
    const double correction2 = 1.0 - std::pow(options.beta2, static_cast<double>(t));
    const double decay = 1.0 - learningRate * options.weightDecay;
    if (options.form == AdamWForm::Sgd)
        return {options.beta1, options.beta2, options.epsilon, scale, decay, learningRate, 1.0, 1.0};
    if (options.form == AdamWForm::Transformers)
        return {options.beta1, options.beta2, options.epsilon, scale, 1.0,
                learningRate * std::sqrt(correction2) / correction1, 1.0, decay};
    return {options.beta1, options.beta2, options.epsilon, scale, decay, learningRate / correction1,
            1.0 / std::sqrt(correction2), 1.0};
}

template <typename T>
__attribute__((target_clones("avx2", "default"))) void stepRange(T *p, const T *g, T *m, T *v, std::int64_t count,
                                                                  const StepNumbers &n)
{
    const T beta1 = static_cast<T>(n.beta1), beta2 = static_cast<T>(n.beta2), epsilon = static_cast<T>(n.epsilon);
    const T rest1 = static_cast<T>(1.0 - n.beta1), rest2 = static_cast<T>(1.0 - n.beta2);
    const T scale = static_cast<T>(n.scale), before = static_cast<T>(n.decayBefore), size = static_cast<T>(n.size);
    const T root = static_cast<T>(n.rootFactor), after = static_cast<T>(n.decayAfter);
    for (std::int64_t i = 0; i < count; ++i) {
        const T gradient = scale * g[i];
        m[i] = beta1 * m[i] + rest1 * gradient;
        v[i] = beta2 * v[i] + rest2 * gradient * gradient;
        p[i] = (p[i] * before - size * m[i] / (std::sqrt(v[i]) * root + epsilon)) * after;
    }
}

inline __attribute__((always_inline)) float rounded(float value)
{
    return c10::BFloat16(value);
}

/// A tensor operation at a time, each rounded.
__attribute__((target_clones("avx2", "default"))) void stepRange(c10::BFloat16 *p, const c10::BFloat16 *g,
                                                                 c10::BFloat16 *m, c10::BFloat16 *v,
                                                                 std::int64_t count, const StepNumbers &n)
{
    const auto beta1 = static_cast<float>(n.beta1), beta2 = static_cast<float>(n.beta2);
    const auto rest1 = static_cast<float>(1.0 - n.beta1), rest2 = static_cast<float>(1.0 - n.beta2);
    const auto scale = static_cast<float>(n.scale), epsilon = static_cast<float>(n.epsilon);
    const auto before = static_cast<float>(n.decayBefore), after = static_cast<float>(n.decayAfter);
    const auto size = static_cast<float>(n.size), root = static_cast<float>(n.rootFactor);
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = rounded(scale * g[i]);
        const float first = rounded(rounded(beta1 * m[i]) + rest1 * gradient);
        const float second = rounded(rounded(beta2 * v[i]) + rest2 * gradient * gradient);
        const float divisor = rounded(rounded(rounded(std::sqrt(second)) * root) + epsilon);
        const float moved = rounded(rounded(before * p[i]) - size * first / divisor);
        m[i] = first;
        v[i] = second;
        p[i] = after * moved;
    }
}

void stepOnDevice(at::Tensor &p, const at::Tensor &g, at::Tensor &m, at::Tensor &v, const StepNumbers &n)
{
    const at::Tensor gradient = n.scale == 1.0 ? g : g * n.scale;
    m.mul_(n.beta1).add_(gradient, 1.0 - n.beta1);
    v.mul_(n.beta2).addcmul_(gradient, gradient, 1.0 - n.beta2);
    if (n.decayBefore != 1.0)
        p.mul_(n.decayBefore);
    p.addcdiv_(m, v.sqrt().mul_(n.rootFactor).add_(n.epsilon), -n.size);
    if (n.decayAfter != 1.0)
        p.mul_(n.decayAfter);
}

template <typename T>
__attribute__((target_clones("avx2", "default"))) void multiplyRange(T *out, const T *g, const T *m, const T *v,
                                                                      std::int64_t count, const StepNumbers &n)
{
    const T rest1 = static_cast<T>(1.0 - n.beta1), rest2 = static_cast<T>(1.0 - n.beta2);
    const T epsilon = static_cast<T>(n.epsilon), scale = static_cast<T>(n.scale);
    const T size = static_cast<T>(n.size * n.decayAfter), factor = static_cast<T>(n.rootFactor);
    for (std::int64_t i = 0; i < count; ++i) {
        const T root = std::sqrt(v[i]);
        const T divisor = root * factor + epsilon;
        const T second = root > T(0) ? m[i] * rest2 * (scale * g[i]) * factor / (root * divisor * divisor) : T(0);
        out[i] *= size * (rest1 / divisor - second);
    }
}

void multiplyOnDevice(at::Tensor &out, const at::Tensor &g, const at::Tensor &m, const at::Tensor &v,
                      const StepNumbers &n)
{
    const at::Tensor root = v.sqrt();
    const at::Tensor divisor = root * n.rootFactor + n.epsilon;
    const at::Tensor second = (m * g).mul_((1.0 - n.beta2) * n.scale * n.rootFactor).div_(root * divisor * divisor);
    const at::Tensor d = ((1.0 - n.beta1) / divisor).sub_(second.masked_fill_(root == 0, 0.0));
    out.mul_(d.mul_(n.size * n.decayAfter));
}

} // namespace

AdamW::AdamW(const OptimizerOptions &options, const at::Tensor &parameters)
    : m_options(options), m_first(at::zeros_like(parameters)), m_second(at::zeros_like(parameters))
{
}

void AdamW::step(at::Tensor parameters, const at::Tensor &gradient, double learningRate, double scale)
{
    ++m_steps;
    const StepNumbers numbers = numbersOf(m_options, m_steps, learningRate, scale);
    if (m_options.form == AdamWForm::Sgd) {
        parameters.mul_(numbers.decayBefore).sub_(gradient, learningRate * scale);
        return;
    }
    if (!parameters.device().is_cpu()) {
        stepOnDevice(parameters, gradient, m_first, m_second, numbers);
        return;
    }
    AT_DISPATCH_FLOATING_TYPES_AND(at::kBFloat16, parameters.scalar_type(), "adamw", [&] {
        auto *p = parameters.data_ptr<scalar_t>();
        const auto *g = gradient.const_data_ptr<scalar_t>();
        auto *m = m_first.data_ptr<scalar_t>();
        auto *v = m_second.data_ptr<scalar_t>();
        at::parallel_for(0, parameters.numel(), 1 << 16, [&](std::int64_t from, std::int64_t to) {
            stepRange(p + from, g + from, m + from, v + from, to - from, numbers);
        });
    });
    parameters.unsafeGetTensorImpl()->bump_version(); // written past LibTorch: copies in another type are out of date
}

at::Tensor AdamW::diagonal() const
{
    if (m_steps == 0)
        return at::full_like(m_second, m_options.epsilon);
    const double correction2 = 1.0 - std::pow(m_options.beta2, static_cast<double>(m_steps));
    return (m_second / correction2).sqrt_().add_(m_options.epsilon);
}

void AdamW::multiplyByDerivative(at::Tensor v, const at::Tensor &gradient, double learningRate, double scale) const
{
    if (m_options.form == AdamWForm::Sgd || m_steps == 0)
        return;
    StepNumbers numbers = numbersOf(m_options, m_steps, learningRate, scale);
    // D is the derivative without the learning rate, which may be 0.
    numbers.size = numbersOf(m_options, m_steps, 1.0, scale).size;
    if (!v.device().is_cpu() || v.scalar_type() == at::kBFloat16) {
        multiplyOnDevice(v, gradient, m_first, m_second, numbers);
        return;
    }
    AT_DISPATCH_FLOATING_TYPES(v.scalar_type(), "adamw_derivative", [&] {
        auto *out = v.data_ptr<scalar_t>();
        const auto *g = gradient.const_data_ptr<scalar_t>();
        const auto *m = m_first.const_data_ptr<scalar_t>();
        const auto *second = m_second.const_data_ptr<scalar_t>();
        at::parallel_for(0, v.numel(), 1 << 16, [&](std::int64_t from, std::int64_t to) {
            multiplyRange<scalar_t>(out + from, g + from, m + from, second + from, to - from, numbers);
        });
    });
}

void AdamW::restore(const at::Tensor &first, const at::Tensor &second, std::int64_t steps)
{
    m_first.copy_(first);
    m_second.copy_(second);
    m_steps = steps;
}

double flatNorm(const at::Tensor &flat)
{
    const at::Tensor values = flat.contiguous().view({-1});
    return std::sqrt(flatDot(values, values)); // LibTorch's norm in float64 would first copy the vector to float64
}

double clipFactor(double norm, double maxNorm)
{
    return maxNorm > 0 ? std::min(1.0, maxNorm / (norm + 1e-6)) : 1.0;
}

} // namespace winnow
