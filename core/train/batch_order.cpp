#include "core/train/batch_order.h"

#include <numeric>

namespace winnow {

BatchOrder::BatchOrder(Kind kind, std::uint64_t seed, RandomStream stream, std::size_t rows, std::size_t batch)
    : m_kind(kind), m_seed(seed), m_stream(stream), m_rows(rows), m_batch(batch)
{
}

BatchOrder BatchOrder::epochs(std::uint64_t seed, RandomStream stream, std::size_t rows, std::size_t batch)
{
    return {Kind::Epochs, seed, stream, rows, batch};
}

BatchOrder BatchOrder::replacement(std::uint64_t seed, RandomStream stream, std::size_t rows, std::size_t batch)
{
    return {Kind::Replacement, seed, stream, rows, batch};
}

BatchOrder BatchOrder::sequential(std::size_t rows, std::size_t batch)
{
    return {Kind::Sequential, 0, RandomStream::TrainOrder, rows, batch};
}

std::vector<std::size_t> BatchOrder::rowsOf(std::int64_t iteration)
{
    std::vector<std::size_t> rows(m_batch);
    for (std::size_t i = 0; i < m_batch; ++i)
        rows[i] = rowAt(static_cast<std::uint64_t>(iteration) * m_batch + i);
    return rows;
}

std::size_t BatchOrder::rowAt(std::uint64_t position)
{
    if (m_kind == Kind::Sequential)
        return position % m_rows;
    if (m_kind == Kind::Replacement)
        return Random(m_seed, m_stream, {position}).below(m_rows);
    const std::uint64_t epoch = position / m_rows;
    if (epoch != m_cachedEpoch) {
        m_permutation.resize(m_rows);
        std::iota(m_permutation.begin(), m_permutation.end(), std::size_t{0});
        Random(m_seed, m_stream, {epoch}).shuffle(m_permutation);
        m_cachedEpoch = epoch;
    }
    return m_permutation[position % m_rows];
}

} // namespace winnow
