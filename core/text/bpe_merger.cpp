#include "core/text/bpe_merger.h"

#include <array>
#include <bit>
#include <cassert>
#include <queue>

namespace winnow
{

namespace
{

/// Up to this many symbols a plain scan for the lowest rank is faster than a heap; beyond it the scan is quadratic.
constexpr std::size_t shortPiece = 48;

std::uint64_t pairKey(std::int32_t left, std::int32_t right)
{
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32 | static_cast<std::uint32_t>(right);
}

struct Candidate {
    std::uint32_t rank;
    std::uint32_t place; ///< symbol on the left
    std::uint64_t key;
    std::int32_t merged;
    bool operator>(const Candidate &other) const
    {
        return rank != other.rank ? rank > other.rank : place > other.place;
    }
};

/// Symbols of a long piece as a doubly linked list over their first places.
struct Symbols {
    std::vector<std::int32_t> id;
    std::vector<std::uint32_t> previous;
    std::vector<std::uint32_t> next;
};
constexpr std::uint32_t none = ~std::uint32_t{0};
constexpr std::int32_t gone = -1;

} // namespace

BpeMerger::BpeMerger(const std::array<std::int32_t, 256> &byteIds, std::size_t merges)
    : m_byteIds(byteIds), m_slots(std::bit_ceil(merges + merges / 2 + 16))
{
}

std::size_t BpeMerger::slotOf(std::uint64_t key) const
{
    std::uint64_t hash = key * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 32;
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = static_cast<std::size_t>(hash) & mask;
    while (m_slots[slot].key != emptyKey && m_slots[slot].key != key)
        slot = (slot + 1) & mask;
    return slot;
}

bool BpeMerger::add(std::int32_t left, std::int32_t right, std::int32_t merged)
{
    assert(m_ranks + 1 < m_slots.size());
    Slot &slot = m_slots[slotOf(pairKey(left, right))];
    if (slot.key != emptyKey)
        return false;
    slot = {pairKey(left, right), m_ranks++, merged};
    return true;
}

const BpeMerger::Slot *BpeMerger::find(std::int32_t left, std::int32_t right) const
{
    const Slot &slot = m_slots[slotOf(pairKey(left, right))];
    return slot.key == emptyKey ? nullptr : &slot;
}

void BpeMerger::apply(std::string_view piece, std::vector<std::int32_t> &ids) const
{
    const std::size_t begin = ids.size();
    for (const char byte : piece)
        ids.push_back(m_byteIds[static_cast<unsigned char>(byte)]);
    if (piece.size() <= shortPiece)
        applyShort(ids, begin);
    else
        applyLong(ids, begin);
}

void BpeMerger::applyShort(std::vector<std::int32_t> &ids, std::size_t begin) const
{
    std::int32_t *symbols = ids.data() + begin;
    std::size_t count = ids.size() - begin;
    std::array<const Slot *, shortPiece> pairs{}; // of each symbol with the next one
    for (std::size_t i = 0; i + 1 < count; ++i)
        pairs[i] = find(symbols[i], symbols[i + 1]);
    while (count > 1) {
        const Slot *best = nullptr;
        for (std::size_t i = 0; i + 1 < count; ++i) {
            if (pairs[i] && (!best || pairs[i]->rank < best->rank))
                best = pairs[i];
        }
        if (!best)
            break;
        std::size_t out = 0;
        bool stale = false; // the pair that ends in the next symbol to be written
        for (std::size_t in = 0; in < count; ++in, ++out) {
            const bool joins = in + 1 < count && pairs[in] == best;
            const Slot *next = in + 1 < count ? pairs[in] : nullptr;
            symbols[out] = joins ? best->merged : symbols[in];
            if (out > 0 && (stale || joins))
                pairs[out - 1] = find(symbols[out - 1], symbols[out]);
            in += joins ? 1 : 0;
            pairs[out] = next;
            stale = joins;
        }
        count = out;
    }
    ids.resize(begin + count);
}

void BpeMerger::applyLong(std::vector<std::int32_t> &ids, std::size_t begin) const
{
    const auto count = static_cast<std::uint32_t>(ids.size() - begin);
    Symbols symbols;
    symbols.id.assign(ids.begin() + static_cast<std::ptrdiff_t>(begin), ids.end());
    symbols.previous.resize(count);
    symbols.next.resize(count);
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> heap;
    std::vector<Candidate> fresh;
    const auto offer = [&](std::uint32_t left, std::uint32_t right) {
        if (const Slot *slot = find(symbols.id[left], symbols.id[right]))
            fresh.push_back({slot->rank, left, slot->key, slot->merged});
    };
    for (std::uint32_t i = 0; i < count; ++i) {
        symbols.previous[i] = i == 0 ? none : i - 1;
        symbols.next[i] = i + 1 == count ? none : i + 1;
        if (i + 1 < count)
            offer(i, i + 1);
    }
    std::uint32_t round = none;
    while (true) {
        // Pairs that a round makes wait for its end: all places of one rank are merged before any new pair counts.
        if (heap.empty() || heap.top().rank != round) {
            for (const Candidate &candidate : fresh)
                heap.push(candidate);
            fresh.clear();
            if (heap.empty())
                break;
            round = heap.top().rank;
        }
        const Candidate top = heap.top();
        heap.pop();
        const std::uint32_t right = symbols.id[top.place] == gone ? none : symbols.next[top.place];
        if (right == none || pairKey(symbols.id[top.place], symbols.id[right]) != top.key)
            continue;
        symbols.id[top.place] = top.merged;
        symbols.id[right] = gone;
        symbols.next[top.place] = symbols.next[right];
        if (symbols.next[right] != none) {
            symbols.previous[symbols.next[right]] = top.place;
            offer(top.place, symbols.next[top.place]);
        }
        if (symbols.previous[top.place] != none)
            offer(symbols.previous[top.place], top.place);
    }
    ids.resize(begin);
    for (const std::int32_t id : symbols.id) {
        if (id != gone)
            ids.push_back(id);
    }
}

} // namespace winnow
