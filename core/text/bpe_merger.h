#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow
{

/// The merge table of a byte-level BPE and the algorithm on it: the adjacent pair of lowest rank is merged at all its
/// places, left to right, until no pair has a rank. Immutable after building; apply() may run on many threads.
class BpeMerger
{
public:
    /// Byte b starts as token `byteIds[b]`; `merges` are expected ones, the table never grows past its first size.
    BpeMerger(const std::array<std::int32_t, 256> &byteIds, std::size_t merges);
    /// False when the pair already has a rank. Ranks are given in order of the calls.
    bool add(std::int32_t left, std::int32_t right, std::int32_t merged);
    /// Appends the ids of one piece.
    void apply(std::string_view piece, std::vector<std::int32_t> &ids) const;

private:
    struct Slot {
        std::uint64_t key = emptyKey;
        std::uint32_t rank = 0;
        std::int32_t merged = 0;
    };
    static constexpr std::uint64_t emptyKey = ~std::uint64_t{0};
    const Slot *find(std::int32_t left, std::int32_t right) const;
    std::size_t slotOf(std::uint64_t key) const;
    void applyShort(std::vector<std::int32_t> &ids, std::size_t begin) const;
    void applyLong(std::vector<std::int32_t> &ids, std::size_t begin) const;

    std::array<std::int32_t, 256> m_byteIds;
    std::vector<Slot> m_slots;
    std::uint32_t m_ranks = 0;
};

} // namespace winnow
