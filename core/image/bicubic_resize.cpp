#include "core/image/bicubic_resize.h"

#include "core/image/blend_line.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <vector>

namespace winnow {
namespace {

constexpr std::size_t lanes = 32; // rows that the column pass works on at once

/// Weights of one axis. Every output takes `taps` inputs (a multiple of blendTapStep; surplus ones weigh 0).
struct AxisWeights {
    int taps = 0;
    std::vector<int> inputs;           ///< [outputs, taps] positions on the input axis, all valid
    std::vector<std::int32_t> weights; ///< [outputs, taps] fixed point
};

double bicubicKernel(double x)
{
    constexpr double a = -0.5;
    x = std::abs(x);
    if (x < 1.0)
        return ((a + 2.0) * x - (a + 3.0)) * x * x + 1;
    if (x < 2.0)
        return (((x - 5) * x + 8) * x - 4) * a;
    return 0.0;
}

AxisWeights makeWeights(int inputs, int outputs)
{
    const double scale = static_cast<double>(inputs) / outputs;
    const double filterScale = std::max(scale, 1.0);
    const double support = 2.0 * filterScale;
    const double inverse = 1.0 / filterScale;
    AxisWeights axis;
    const int most = std::min(static_cast<int>(std::ceil(support)) * 2 + 1, inputs);
    axis.taps = (most + blendTapStep - 1) / blendTapStep * blendTapStep;
    const std::size_t cells = static_cast<std::size_t>(outputs) * static_cast<std::size_t>(axis.taps);
    axis.inputs.resize(cells);
    axis.weights.resize(cells);
    std::vector<double> row(static_cast<std::size_t>(axis.taps));
    for (int output = 0; output < outputs; ++output) {
        const double center = (output + 0.5) * scale;
        const int low = std::max(static_cast<int>(center - support + 0.5), 0);
        const int high = std::min(static_cast<int>(center + support + 0.5), inputs);
        double sum = 0.0;
        for (int x = low; x < high; ++x) {
            const double weight = bicubicKernel((x - center + 0.5) * inverse);
            row[static_cast<std::size_t>(x - low)] = weight;
            sum += weight;
        }
        const std::size_t start = static_cast<std::size_t>(output) * static_cast<std::size_t>(axis.taps);
        std::fill_n(axis.inputs.begin() + static_cast<std::ptrdiff_t>(start), axis.taps, low);
        for (int x = low; x < high; ++x) {
            double weight = row[static_cast<std::size_t>(x - low)];
            if (sum != 0.0)
                weight /= sum;
            const std::size_t cell = start + static_cast<std::size_t>(x - low);
            axis.inputs[cell] = x;
            axis.weights[cell] = static_cast<std::int32_t>(weight * (1 << blendPrecision) + (weight < 0 ? -0.5 : 0.5));
        }
    }
    return axis;
}

/// Blends lines of `lineBytes` that lie one after another in `in` to `outputs` lines in `out`. Goes down the lines in
/// narrow strips: the many lines that one output takes stay in the first-level cache for the next.
void blendLines(const AxisWeights &axis, BlendLine blend, const std::uint8_t *in, std::size_t lineBytes, int outputs,
                std::uint8_t *out)
{
    constexpr std::size_t stripBytes = 512;
    std::vector<const std::uint8_t *> lines(static_cast<std::size_t>(axis.taps));
    for (std::size_t strip = 0; strip < lineBytes; strip += stripBytes) {
        const std::size_t count = std::min(stripBytes, lineBytes - strip);
        const int *inputs = axis.inputs.data();
        const std::int32_t *weights = axis.weights.data();
        std::uint8_t *target = out + strip;
        for (int output = 0; output < outputs; ++output) {
            for (std::size_t tap = 0; tap < lines.size(); ++tap)
                lines[tap] = in + static_cast<std::size_t>(inputs[tap]) * lineBytes + strip;
            blend(lines.data(), weights, axis.taps, count, target);
            inputs += axis.taps;
            weights += axis.taps;
            target += lineBytes;
        }
    }
}

Picture resizeHeight(const Picture &picture, int height, BlendLine blend)
{
    Picture result{picture.width, height, {}};
    const std::size_t lineBytes = static_cast<std::size_t>(picture.width) * 3;
    result.rgb.resize(lineBytes * static_cast<std::size_t>(height));
    blendLines(makeWeights(picture.height, height), blend, picture.rgb.data(), lineBytes, height, result.rgb.data());
    return result;
}

/// Turns eight rows of eight bytes on their side; byte `j` of `rows[i]` becomes byte `i` of `rows[j]`.
inline void turnBlock(std::array<std::uint64_t, 8> &rows)
{
    const auto swap = [&rows](std::size_t low, std::size_t high, int shift, std::uint64_t mask) {
        const std::uint64_t difference = ((rows[low] >> shift) ^ rows[high]) & mask;
        rows[low] ^= difference << shift;
        rows[high] ^= difference;
    };
    for (std::size_t i = 0; i < 4; ++i)
        swap(i, i + 4, 32, 0x00000000ffffffffU);
    for (const std::size_t i : {0, 1, 4, 5})
        swap(i, i + 2, 16, 0x0000ffff0000ffffU);
    for (const std::size_t i : {0, 2, 4, 6})
        swap(i, i + 1, 8, 0x00ff00ff00ff00ffU);
}

/// Turns a matrix of bytes on its side: out[column][row] = in[row][column], with the given distances between rows.
void turnBytes(const std::uint8_t *in, std::size_t inStride, std::size_t rowCount, std::size_t columnCount,
               std::uint8_t *out, std::size_t outStride)
{
    static_assert(std::endian::native == std::endian::little, "turnBlock takes the first byte for the lowest");
    const std::size_t wholeRows = rowCount / 8 * 8;
    const std::size_t wholeColumns = columnCount / 8 * 8;
    for (std::size_t column = 0; column < wholeColumns; column += 8) {
        for (std::size_t row = 0; row < wholeRows; row += 8) {
            std::array<std::uint64_t, 8> block;
            for (std::size_t i = 0; i < 8; ++i)
                std::memcpy(&block[i], in + (row + i) * inStride + column, 8);
            turnBlock(block);
            for (std::size_t i = 0; i < 8; ++i)
                std::memcpy(out + (column + i) * outStride + row, &block[i], 8);
        }
    }
    for (std::size_t column = 0; column < columnCount; ++column) {
        for (std::size_t row = column < wholeColumns ? wholeRows : 0; row < rowCount; ++row)
            out[column * outStride + row] = in[row * inStride + column];
    }
}

/// The column pass, done on `lanes` rows at once: turned on their side, the neighbours of a pixel are whole lines and
/// the pass is the same sum of lines as the row pass.
Picture resizeWidth(const Picture &picture, int width, BlendLine blend)
{
    Picture result{width, picture.height, {}};
    const std::size_t inBytes = static_cast<std::size_t>(picture.width) * 3;
    const std::size_t outBytes = static_cast<std::size_t>(width) * 3;
    const auto height = static_cast<std::size_t>(picture.height);
    result.rgb.resize(outBytes * height);
    const AxisWeights axis = makeWeights(picture.width, width);
    std::vector<std::uint8_t> turned(inBytes * lanes);
    std::vector<std::uint8_t> blended(outBytes * lanes);
    for (std::size_t row = 0; row < height; row += lanes) {
        const std::size_t count = std::min(lanes, height - row);
        turnBytes(picture.rgb.data() + row * inBytes, inBytes, count, inBytes, turned.data(), lanes);
        blendLines(axis, blend, turned.data(), 3 * lanes, width, blended.data());
        turnBytes(blended.data(), lanes, outBytes, count, result.rgb.data() + row * outBytes, outBytes);
    }
    return result;
}

} // namespace

Picture resizeBicubic(const Picture &picture, int width, int height)
{
    assert(picture.width > 0 && picture.height > 0 && width > 0 && height > 0);
    const BlendLine blend = chooseBlendLine();
    if (width == picture.width)
        return height == picture.height ? picture : resizeHeight(picture, height, blend);
    Picture wide = resizeWidth(picture, width, blend);
    return height == wide.height ? wide : resizeHeight(wide, height, blend);
}

} // namespace winnow
