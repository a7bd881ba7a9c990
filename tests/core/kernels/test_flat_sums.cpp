#include "core/kernels/flat_sums.h"

#include "core/train/adamw.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

// Lengths on both sides of a lane and of a block, against LibTorch in float64.
namespace winnow {
namespace {

constexpr std::int64_t lengths[] = {0, 1, 7, 8, 9, 65535, 65536, 65537, 200003};

at::Tensor wave(std::int64_t count, double phase, at::ScalarType dtype)
{
    return at::sin(at::arange(count, at::kDouble) * 1.7 + phase).to(dtype);
}

TEST(FlatSums, DotAndNormAreThoseOfLibTorch)
{
    for (const at::ScalarType dtype : {at::kFloat, at::kDouble, at::kBFloat16}) {
        for (const std::int64_t count : lengths) {
            const at::Tensor a = wave(count, 0.2, dtype), b = wave(count, 0.9, dtype);
            const at::Tensor x = a.to(at::kDouble), y = b.to(at::kDouble);
            const double dot = at::dot(x, y).item<double>(), norm = x.norm().item<double>();
            EXPECT_NEAR(flatDot(a, b), dot, 1e-12 * (1.0 + std::abs(dot))) << dtype << " " << count;
            EXPECT_NEAR(flatNorm(a), norm, 1e-12 * (1.0 + norm)) << dtype << " " << count;
        }
    }
}

TEST(FlatSums, ThreadsDoNotChangeABit)
{
    const at::Tensor a = wave(200003, 0.2, at::kFloat), b = wave(200003, 0.9, at::kFloat);
    const int before = at::get_num_threads();
    at::set_num_threads(1);
    const double one = flatDot(a, b);
    at::set_num_threads(3);
    EXPECT_EQ(flatDot(a, b), one);
    at::set_num_threads(before);
}

TEST(FlatSums, ANormOfNoNumberIsNone)
{
    at::Tensor a = wave(100, 0.2, at::kFloat);
    a[57] = std::numeric_limits<float>::infinity();
    EXPECT_FALSE(std::isfinite(flatNorm(a)));
    a[57] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_FALSE(std::isfinite(flatNorm(a)));
}

} // namespace
} // namespace winnow
