#pragma once

#include <cstdint>
#include <vector>

namespace winnow {

/// One decoded picture: 8-bit RGB, row-major [height, width, 3], no padding between rows.
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;
};

} // namespace winnow
