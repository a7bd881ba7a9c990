#include "ui/models/sample_sort.h"

#include <array>
#include <bit>
#include <cmath>

namespace winnow::ui {

namespace {

struct Keyed {
    std::uint32_t key;
    std::uint32_t index;
};

/// Bits that are ordered as the numbers are; -0 equals 0.
std::uint32_t orderedBits(float value, bool ascending)
{
    const auto bits = std::bit_cast<std::uint32_t>(value == 0 ? 0.0F : value);
    const std::uint32_t up = bits & 0x80000000U ? ~bits : bits | 0x80000000U;
    return ascending ? up : ~up;
}

constexpr int digitBits = 11;
constexpr std::size_t digits = std::size_t{1} << digitBits;

std::size_t digitOf(std::uint32_t key, int pass)
{
    return (key >> (pass * digitBits)) & (digits - 1);
}

} // namespace

std::vector<std::uint32_t> sortedByKey(const std::vector<float> &keys, bool ascending)
{
    std::vector<Keyed> from;
    from.reserve(keys.size());
    std::vector<std::uint32_t> order;
    order.reserve(keys.size());
    std::vector<std::uint32_t> without;
    std::array<std::array<std::uint32_t, digits>, 3> counts{};
    for (std::uint32_t i = 0; i < keys.size(); ++i) {
        if (std::isnan(keys[i])) {
            without.push_back(i);
            continue;
        }
        const std::uint32_t key = orderedBits(keys[i], ascending);
        from.push_back({key, i});
        for (int pass = 0; pass < 3; ++pass)
            ++counts[static_cast<std::size_t>(pass)][digitOf(key, pass)];
    }
    std::vector<Keyed> to(from.size());
    for (int pass = 0; pass < 3; ++pass) { // from the lowest digit on; each pass keeps the order of the one before
        auto &places = counts[static_cast<std::size_t>(pass)];
        std::uint32_t sum = 0;
        for (std::uint32_t &place : places) {
            const std::uint32_t count = place;
            place = sum;
            sum += count;
        }
        for (const Keyed &one : from)
            to[places[digitOf(one.key, pass)]++] = one;
        from.swap(to);
    }
    for (const Keyed &one : from)
        order.push_back(one.index);
    order.insert(order.end(), without.begin(), without.end());
    return order;
}

} // namespace winnow::ui
