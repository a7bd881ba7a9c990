#pragma once

#include "core/base/random.h"

#include <cstdint>
#include <vector>

namespace winnow {

/// Which rows each iteration trains on. A pure function of (seed, stream, iteration): nothing to save, and a resumed run
/// sees the same order.
class BatchOrder {
public:
    /// Each epoch is a new shuffle of all rows; epochs follow each other without a gap.
    static BatchOrder epochs(std::uint64_t seed, RandomStream stream, std::size_t rows, std::size_t batch);
    /// Every draw is independent (with replacement).
    static BatchOrder replacement(std::uint64_t seed, RandomStream stream, std::size_t rows, std::size_t batch);
    /// Row = iteration * batch + place, modulo rows (rows generated on the fly).
    static BatchOrder sequential(std::size_t rows, std::size_t batch);

    std::vector<std::size_t> rowsOf(std::int64_t iteration);

private:
    enum class Kind { Epochs, Replacement, Sequential };
    BatchOrder(Kind kind, std::uint64_t seed, RandomStream stream, std::size_t rows, std::size_t batch);
    std::size_t rowAt(std::uint64_t position);

    Kind m_kind;
    std::uint64_t m_seed;
    RandomStream m_stream;
    std::size_t m_rows, m_batch;
    std::uint64_t m_cachedEpoch = ~0ull; ///< cache only; the order does not depend on it
    std::vector<std::size_t> m_permutation;
};

} // namespace winnow
