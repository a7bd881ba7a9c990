#include "core/image/blend_line.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace winnow {
namespace {

// The processor of the test machine chooses one version; the other must give the same bits at every length.
TEST(BlendLine, everyVersionEqualsTheDefinition)
{
    std::uint32_t state = 5;
    const auto next = [&state] { return (state = state * 1664525U + 1013904223U) >> 8; };
    for (int round = 0; round < 300; ++round) {
        const std::size_t count = next() % 300 + 1;
        const int taps = static_cast<int>(next() % 20 + 1) * blendTapStep;
        std::vector<std::vector<std::uint8_t>> rows(static_cast<std::size_t>(taps), std::vector<std::uint8_t>(count));
        std::vector<const std::uint8_t *> lines;
        std::vector<std::int32_t> weights;
        for (std::vector<std::uint8_t> &row : rows) {
            for (std::uint8_t &value : row)
                value = static_cast<std::uint8_t>(round % 3 == 0 ? next() % 2 * 255 : next());
            lines.push_back(row.data());
            weights.push_back(static_cast<std::int32_t>(next() % 7000000 - 2000000) / taps * 2);
        }
        std::vector<std::uint8_t> expected;
        for (std::size_t i = 0; i < count; ++i) {
            std::int64_t sum = 1 << (blendPrecision - 1);
            for (std::size_t tap = 0; tap < rows.size(); ++tap)
                sum += static_cast<std::int64_t>(rows[tap][i]) * weights[tap];
            expected.push_back(static_cast<std::uint8_t>(std::clamp<std::int64_t>(sum >> blendPrecision, 0, 255)));
        }
        std::vector<std::uint8_t> plain(count);
        std::vector<std::uint8_t> chosen(count);
        blendLinePlain(lines.data(), weights.data(), taps, count, plain.data());
        chooseBlendLine()(lines.data(), weights.data(), taps, count, chosen.data());
        ASSERT_EQ(plain, expected) << round;
        ASSERT_EQ(chosen, expected) << round;
    }
}

} // namespace
} // namespace winnow
