#include "core/image/normalize.h"

#include <cassert>
#include <cstddef>

namespace winnow {

void normalizeTile(std::span<const std::uint8_t> rgb, int size, std::span<float> chw)
{
    const std::size_t plane = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    assert(size > 0 && rgb.size() == plane * 3 && chw.size() == plane * 3);
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const float mean = pictureMean[channel];
        const float std = pictureStd[channel];
        // A byte has 256 values: the divisions are done once for each.
        std::array<float, 256> table;
        for (std::size_t value = 0; value < table.size(); ++value)
            table[value] = (static_cast<float>(value) / 255.0F - mean) / std;
        const std::uint8_t *in = rgb.data() + channel;
        float *out = chw.data() + channel * plane;
        for (std::size_t i = 0; i < plane; ++i)
            out[i] = table[in[i * 3]];
    }
}

} // namespace winnow
