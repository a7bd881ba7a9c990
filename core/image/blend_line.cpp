#include "core/image/blend_line.h"

#include <algorithm>
#include <array>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace winnow {
namespace {

constexpr std::size_t chunk = 96;

/// Loops over neighbours in memory only, so that the compiler turns them into vector instructions.
void blendChunk(const std::uint8_t *const *lines, const std::int32_t *weights, int taps, std::size_t offset,
                std::size_t count, std::uint8_t *out)
{
    std::array<std::int32_t, chunk> sums;
    std::fill_n(sums.begin(), count, 1 << (blendPrecision - 1));
    for (int tap = 0; tap < taps; tap += blendTapStep) {
        const std::uint8_t *a = lines[tap] + offset;
        const std::uint8_t *b = lines[tap + 1] + offset;
        const std::int32_t wa = weights[tap];
        const std::int32_t wb = weights[tap + 1];
        for (std::size_t i = 0; i < count; ++i)
            sums[i] += a[i] * wa + b[i] * wb;
    }
    for (std::size_t i = 0; i < count; ++i)
        out[offset + i] = static_cast<std::uint8_t>(std::clamp(sums[i] >> blendPrecision, 0, 255));
}

void blendFrom(std::size_t offset, const std::uint8_t *const *lines, const std::int32_t *weights, int taps,
               std::size_t count, std::uint8_t *out)
{
    for (; offset < count; offset += chunk)
        blendChunk(lines, weights, taps, offset, std::min(chunk, count - offset), out);
}

#if defined(__x86_64__)

/// A 32-bit product costs more than two 16-bit ones, so a weight is taken as high * 2^12 + low with 0 <= low < 2^12,
/// and vpmaddwd sums a pair of taps at once. The two sums may wrap; put together they are right modulo 2^32.
constexpr int lowBits = 12;

/// Two weights side by side as 16-bit numbers, as vpmaddwd takes them.
std::int32_t sideBySide(std::int32_t first, std::int32_t second)
{
    return static_cast<std::int32_t>((static_cast<std::uint32_t>(first) & 0xffffU) |
                                     static_cast<std::uint32_t>(second) << 16);
}

/// 32 bytes of an output line.
[[gnu::target("avx2")]] void blend32(const std::uint8_t *const *lines, const std::int32_t *weights, int taps,
                                     std::size_t offset, std::uint8_t *out)
{
    const __m256i zero = _mm256_setzero_si256();
    __m256i high[4] = {zero, zero, zero, zero};
    const __m256i half = _mm256_set1_epi32(1 << (blendPrecision - 1));
    __m256i low[4] = {half, half, half, half};
    constexpr std::int32_t lowMask = (1 << lowBits) - 1;
    for (int tap = 0; tap < taps; tap += blendTapStep) {
        const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(lines[tap] + offset));
        const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(lines[tap + 1] + offset));
        const __m256i highWeights =
            _mm256_set1_epi32(sideBySide(weights[tap] >> lowBits, weights[tap + 1] >> lowBits));
        const __m256i lowWeights = _mm256_set1_epi32(sideBySide(weights[tap] & lowMask, weights[tap + 1] & lowMask));
        const __m256i first = _mm256_unpacklo_epi8(a, b);
        const __m256i second = _mm256_unpackhi_epi8(a, b);
        const __m256i pairs[4] = {_mm256_unpacklo_epi8(first, zero), _mm256_unpackhi_epi8(first, zero),
                                  _mm256_unpacklo_epi8(second, zero), _mm256_unpackhi_epi8(second, zero)};
        // Each unpack put a and b of one pixel into neighbouring bytes; widened, they are a pair of 16-bit numbers.
        for (int i = 0; i < 4; ++i) {
            high[i] = _mm256_add_epi32(high[i], _mm256_madd_epi16(pairs[i], highWeights));
            low[i] = _mm256_add_epi32(low[i], _mm256_madd_epi16(pairs[i], lowWeights));
        }
    }
    for (int i = 0; i < 4; ++i)
        low[i] = _mm256_srai_epi32(_mm256_add_epi32(_mm256_slli_epi32(high[i], lowBits), low[i]), blendPrecision);
    // The packs undo the order of the unpacks and clamp to 0..255.
    const __m256i bytes = _mm256_packus_epi16(_mm256_packs_epi32(low[0], low[1]), _mm256_packs_epi32(low[2], low[3]));
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(out + offset), bytes);
}

[[gnu::target("avx2")]] void blendLineAvx2(const std::uint8_t *const *lines, const std::int32_t *weights, int taps,
                                           std::size_t count, std::uint8_t *out)
{
    std::size_t offset = 0;
    for (; offset + 32 <= count; offset += 32)
        blend32(lines, weights, taps, offset, out);
    blendFrom(offset, lines, weights, taps, count, out);
}

#endif

} // namespace

void blendLinePlain(const std::uint8_t *const *lines, const std::int32_t *weights, int taps, std::size_t count,
                    std::uint8_t *out)
{
    blendFrom(0, lines, weights, taps, count, out);
}

BlendLine chooseBlendLine()
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2"))
        return blendLineAvx2;
#endif
    return blendLinePlain;
}

} // namespace winnow
