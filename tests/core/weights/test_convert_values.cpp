#include "core/weights/convert_values.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

using namespace winnow;

namespace
{

template <typename To, typename From>
To converted(DType from, From value, DType to)
{
    To result{};
    convertValues(from, std::as_bytes(std::span(&value, 1)), to, std::as_writable_bytes(std::span(&result, 1)));
    return result;
}

std::uint16_t half(double value)
{
    return converted<std::uint16_t>(DType::F64, value, DType::F16);
}
std::uint16_t brain(double value)
{
    return converted<std::uint16_t>(DType::F64, value, DType::BF16);
}

/// The nearest value of a 16-bit format by trying them all; ties to the even one.
std::uint16_t nearest(double value, DType dtype)
{
    std::uint16_t best = 0;
    double bestDistance = std::numeric_limits<double>::infinity();
    for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
        const auto candidate = static_cast<std::uint16_t>(bits);
        if ((candidate >> 15 != 0) != std::signbit(value))
            continue;
        const double decoded = converted<double>(dtype, candidate, DType::F64);
        if (!std::isfinite(decoded))
            continue;
        const double distance = std::abs(decoded - value);
        if (distance < bestDistance || (distance == bestDistance && candidate % 2 == 0)) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

} // namespace

TEST(ConvertValues, EveryHalfAndBrainFloatGoesThereAndBack)
{
    for (const DType dtype : {DType::F16, DType::BF16}) {
        for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
            const auto value = static_cast<std::uint16_t>(bits);
            const auto wide = converted<double>(dtype, value, DType::F64);
            const auto single = converted<float>(dtype, value, DType::F32);
            if (std::isnan(wide)) {
                EXPECT_TRUE(std::isnan(single));
                EXPECT_TRUE(std::isnan(
                    converted<double>(dtype, converted<std::uint16_t>(DType::F32, single, dtype), DType::F64)));
                continue;
            }
            ASSERT_EQ(converted<std::uint16_t>(DType::F64, wide, dtype), value) << bits;
            ASSERT_EQ(converted<std::uint16_t>(DType::F32, single, dtype), value) << bits;
            ASSERT_EQ(static_cast<double>(single), wide);
        }
    }
}

TEST(ConvertValues, KnownHalves)
{
    EXPECT_EQ(half(1.0), 0x3c00);
    EXPECT_EQ(half(-2.0), 0xc000);
    EXPECT_EQ(half(65504.0), 0x7bff);
    EXPECT_EQ(half(65519.0), 0x7bff);
    EXPECT_EQ(half(65520.0), 0x7c00); // half way to the next one, which is infinite
    EXPECT_EQ(half(-1e300), 0xfc00);
    EXPECT_EQ(half(std::ldexp(1.0, -24)), 0x0001);
    EXPECT_EQ(half(std::ldexp(1.0, -25)), 0x0000); // a tie, to even
    EXPECT_EQ(half(std::ldexp(1.5, -25)), 0x0001);
    EXPECT_EQ(half(std::ldexp(1.0, -14)), 0x0400);
    EXPECT_EQ(half(-0.0), 0x8000);
    EXPECT_EQ(half(std::numeric_limits<double>::denorm_min()), 0);
    EXPECT_EQ(brain(1.0), 0x3f80);
    EXPECT_EQ(brain(1.0 + std::ldexp(1.0, -8)), 0x3f80); // a tie, to even
    EXPECT_EQ(brain(1.0 + std::ldexp(3.0, -8)), 0x3f82); // a tie, to even
    EXPECT_EQ(brain(1.0 + std::ldexp(1.0, -8) + 1e-12), 0x3f81); // rounded once: by way of float it would be a tie
    EXPECT_EQ(brain(std::numeric_limits<double>::infinity()), 0x7f80);
}

TEST(ConvertValues, RoundsToTheNearestOfAllValues)
{
    std::uint64_t state = 7;
    for (int i = 0; i < 60; ++i) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        const double mantissa = static_cast<double>(state >> 11) / std::ldexp(1.0, 53) * 2.0 - 1.0;
        const double value = std::ldexp(mantissa, static_cast<int>(state % 44) - 28); // subnormal halves to large ones
        if (std::abs(value) < 65000.0) {
            EXPECT_EQ(half(value), nearest(value, DType::F16)) << value;
        }
        EXPECT_EQ(brain(value), nearest(value, DType::BF16)) << value;
    }
}

TEST(ConvertValues, TakesUnalignedBytesAndManyValues)
{
    std::vector<std::byte> in(1 + 3 * 4);
    const float values[3] = {0.5F, -1.25F, 3.0F};
    std::memcpy(in.data() + 1, values, sizeof values);
    std::vector<std::byte> out(1 + 3 * 2);
    convertValues(DType::F32, std::span(in).subspan(1), DType::BF16, std::span(out).subspan(1));
    const std::uint16_t expected[3] = {0x3f00, 0xbfa0, 0x4040};
    EXPECT_EQ(std::memcmp(out.data() + 1, expected, sizeof expected), 0);
    convertValues(DType::F32, {}, DType::F16, {});
}
