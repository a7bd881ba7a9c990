#include "core/kernels/flat_sums.h"

#include <ATen/ATen.h>
#include <ATen/Dispatch.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <vector>

namespace winnow {
namespace {

template <typename T>
__attribute__((target_clones("avx2", "default"))) double dotBlock(const T *a, const T *b, std::int64_t count)
{
    constexpr int lanes = 8; // independent sums: vectorised, and a fixed order
    double sums[lanes] = {};
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        for (int lane = 0; lane < lanes; ++lane)
            sums[lane] += static_cast<double>(a[i + lane]) * static_cast<double>(b[i + lane]);
    }
    for (; i < count; ++i)
        sums[0] += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    double total = 0;
    for (const double sum : sums)
        total += sum;
    return total;
}

} // namespace

double flatDot(const at::Tensor &a, const at::Tensor &b)
{
    const at::ScalarType type = a.scalar_type();
    const bool loops = type == at::kFloat || type == at::kDouble || type == at::kBFloat16;
    if (!a.device().is_cpu() || !loops)
        return at::dot(a.to(at::kDouble), b.to(at::kDouble)).item<double>();
    TORCH_CHECK(a.is_contiguous() && b.is_contiguous() && a.numel() == b.numel() && a.scalar_type() == b.scalar_type(),
                "flat vectors of one size and type are wanted");
    constexpr std::int64_t block = 1 << 16;
    const std::int64_t count = a.numel();
    const std::int64_t blocks = (count + block - 1) / block;
    std::vector<double> partial(static_cast<std::size_t>(blocks));
    AT_DISPATCH_FLOATING_TYPES_AND(at::kBFloat16, type, "flat_dot", [&] {
        const auto *x = a.const_data_ptr<scalar_t>();
        const auto *y = b.const_data_ptr<scalar_t>();
        at::parallel_for(0, blocks, 1, [&](std::int64_t from, std::int64_t to) {
            for (std::int64_t i = from; i < to; ++i)
                partial[static_cast<std::size_t>(i)]
                    = dotBlock<scalar_t>(x + i * block, y + i * block, std::min(block, count - i * block));
        });
    });
    double total = 0;
    for (const double sum : partial)
        total += sum;
    return total;
}

} // namespace winnow
