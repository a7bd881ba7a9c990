#include "core/weights/convert_values.h"

#include <bit>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace winnow
{

namespace
{

/// How an IEEE-like format divides its bits; the sign stands above the exponent.
template <int ExponentBits, int MantissaBits, typename Bits>
struct Format {
    using Storage = Bits;
    static constexpr int exponentBits = ExponentBits;
    static constexpr int mantissaBits = MantissaBits;
    static constexpr int bias = (1 << (ExponentBits - 1)) - 1;
};
using Double = Format<11, 52, std::uint64_t>;
using Single = Format<8, 23, std::uint32_t>;
using Half = Format<5, 10, std::uint16_t>;
using Brain = Format<8, 7, std::uint16_t>;

/// Every value of every format is exact as a double.
template <typename F>
double toDouble(typename F::Storage bits)
{
    if constexpr (std::is_same_v<F, Double>)
        return std::bit_cast<double>(bits);
    else if constexpr (std::is_same_v<F, Single>)
        return std::bit_cast<float>(bits);
    else if constexpr (std::is_same_v<F, Brain>)
        return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
    const std::uint64_t sign = static_cast<std::uint64_t>(bits >> (F::exponentBits + F::mantissaBits)) << 63;
    const std::uint64_t mantissa = bits & ((std::uint64_t{1} << F::mantissaBits) - 1);
    const int exponent = (bits >> F::mantissaBits) & ((1 << F::exponentBits) - 1);
    constexpr int widen = Double::mantissaBits - F::mantissaBits;
    if (exponent == (1 << F::exponentBits) - 1)
        return std::bit_cast<double>(sign | std::uint64_t{0x7ff} << Double::mantissaBits | mantissa << widen);
    if (exponent != 0)
        return std::bit_cast<double>(
            sign | static_cast<std::uint64_t>(exponent - F::bias + Double::bias) << Double::mantissaBits
            | mantissa << widen);
    constexpr double smallest =
        1.0 / (std::uint64_t{1} << 24); // of the subnormal halves; other formats never come here
    const double value = static_cast<double>(mantissa) * smallest;
    return sign ? -value : value;
}

/// The bits of a double cut to a narrower format, to nearest, ties to even.
template <typename F>
typename F::Storage fromDouble(double value)
{
    using Storage = typename F::Storage;
    if constexpr (std::is_same_v<F, Double>)
        return std::bit_cast<std::uint64_t>(value);
    else if constexpr (std::is_same_v<F, Single>)
        return std::bit_cast<std::uint32_t>(static_cast<float>(value));
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const auto sign = static_cast<Storage>((bits >> 63) << (F::exponentBits + F::mantissaBits));
    const std::uint64_t infinite = static_cast<std::uint64_t>((1 << F::exponentBits) - 1) << F::mantissaBits;
    const std::uint64_t magnitude = bits & ~(std::uint64_t{1} << 63);
    constexpr std::uint64_t doubleInfinity = std::uint64_t{0x7ff} << Double::mantissaBits;
    if (magnitude > doubleInfinity) // NaN: the upper bits of its payload, made quiet
        return static_cast<Storage>(
            sign | infinite | std::uint64_t{1} << (F::mantissaBits - 1)
            | ((magnitude >> (Double::mantissaBits - F::mantissaBits)) & ((std::uint64_t{1} << F::mantissaBits) - 1)));
    const int exponent = static_cast<int>(magnitude >> Double::mantissaBits) - Double::bias + F::bias;
    const bool normal = exponent > 0;
    // A subnormal result loses one more bit for each power of two below the smallest normal exponent.
    const int drop = Double::mantissaBits - F::mantissaBits + (normal ? 0 : 1 - exponent);
    if (drop > Double::mantissaBits + 1)
        return sign;
    std::uint64_t mantissa = magnitude & ((std::uint64_t{1} << Double::mantissaBits) - 1);
    if (normal)
        mantissa |= static_cast<std::uint64_t>(exponent) << Double::mantissaBits;
    else if (magnitude >> Double::mantissaBits)
        mantissa |= std::uint64_t{1} << Double::mantissaBits;
    const std::uint64_t half = std::uint64_t{1} << (drop - 1);
    const std::uint64_t odd = (mantissa >> drop) & 1;
    const std::uint64_t rounded = (mantissa + half - 1 + odd) >> drop; // a carry runs into the exponent, as it should
    return static_cast<Storage>(sign | (rounded < infinite ? rounded : infinite));
}

template <typename From, typename To>
void convertAll(std::span<const std::byte> in, std::span<std::byte> out)
{
    const std::size_t count = in.size() / sizeof(typename From::Storage);
    for (std::size_t i = 0; i < count; ++i) {
        typename From::Storage bits;
        std::memcpy(&bits, in.data() + i * sizeof bits, sizeof bits);
        const typename To::Storage result = fromDouble<To>(toDouble<From>(bits));
        std::memcpy(out.data() + i * sizeof result, &result, sizeof result);
    }
}

template <typename From>
void convertTo(DType to, std::span<const std::byte> in, std::span<std::byte> out)
{
    switch (to) {
    case DType::F64: return convertAll<From, Double>(in, out);
    case DType::F32: return convertAll<From, Single>(in, out);
    case DType::F16: return convertAll<From, Half>(in, out);
    default: return convertAll<From, Brain>(in, out);
    }
}

} // namespace

bool isFloating(DType dtype)
{
    return dtype == DType::F64 || dtype == DType::F32 || dtype == DType::F16 || dtype == DType::BF16;
}

std::string_view transformersDtype(DType dtype)
{
    switch (dtype) {
    case DType::F64: return "float64";
    case DType::F16: return "float16";
    case DType::BF16: return "bfloat16";
    default: return "float32";
    }
}

void convertValues(DType from, std::span<const std::byte> in, DType to, std::span<std::byte> out)
{
    assert(isFloating(from) && isFloating(to));
    assert(in.size() / dtypeSize(from) == out.size() / dtypeSize(to));
    if (from == to) {
        if (!in.empty())
            std::memcpy(out.data(), in.data(), in.size());
        return;
    }
    switch (from) {
    case DType::F64: return convertTo<Double>(to, in, out);
    case DType::F32: return convertTo<Single>(to, in, out);
    case DType::F16: return convertTo<Half>(to, in, out);
    default: return convertTo<Brain>(to, in, out);
    }
}

} // namespace winnow
