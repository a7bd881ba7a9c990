#include "core/base/decimal_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace winnow {

namespace {
constexpr int known = 15; // decimal digits that every double keeps

/// Exact digits of the double, for what is too long to be rounded by its written digits.
std::string exactly(double value, int decimals)
{
    std::array<char, 400> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, decimals);
    return {text.data(), end.ptr};
}
} // namespace

std::string decimalText(double value, int decimals)
{
    // "1.25000000000000e+00": what 100 * 0.0285 has behind these digits is noise of the multiplication.
    std::array<char, 32> written{};
    const auto end = std::to_chars(written.data(), written.data() + written.size(), std::abs(value),
                                   std::chars_format::scientific, known - 1);
    const std::string text(written.data(), end.ptr);
    const int exponent = std::atoi(text.c_str() + text.find('e') + 1);
    const int kept = exponent + 1 + decimals;
    if (kept >= known)
        return exactly(value, decimals);

    const std::string digits = text.substr(0, 1) + text.substr(2, known - 1);
    std::int64_t rounded = 0;
    for (int i = 0; i < kept; ++i)
        rounded = rounded * 10 + (digits[static_cast<std::size_t>(i)] - '0');
    if (kept >= 0 && digits[static_cast<std::size_t>(kept)] >= '5')
        ++rounded;
    std::string result = std::to_string(rounded);
    const auto places = static_cast<std::size_t>(decimals);
    if (result.size() <= places)
        result.insert(0, places + 1 - result.size(), '0');
    if (decimals > 0)
        result.insert(result.size() - places, 1, '.');
    return value < 0 && rounded != 0 ? '-' + result : result;
}

} // namespace winnow
