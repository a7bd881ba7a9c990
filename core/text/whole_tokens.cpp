#include "core/text/whole_tokens.h"

#include <bit>
#include <cassert>
#include <cstring>

namespace winnow
{

namespace
{

template <typename Word>
std::uint64_t load(const char *bytes)
{
    Word word;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

} // namespace

WholeTokens::WholeTokens(std::size_t tokens) : m_slots(std::bit_ceil(2 * tokens + 2)) { }

/// Reads whole words that overlap instead of copying a number of bytes that is not known before.
WholeTokens::Key WholeTokens::keyOf(std::string_view bytes)
{
    static_assert(std::endian::native == std::endian::little);
    const char *begin = bytes.data();
    const std::size_t size = bytes.size();
    Key key;
    if (size > 8) {
        key.low = load<std::uint64_t>(begin);
        key.high = load<std::uint64_t>(begin + size - 8) >> (8 * (16 - size));
    } else if (size == 8) {
        key.low = load<std::uint64_t>(begin);
    } else if (size >= 4) {
        key.low = load<std::uint32_t>(begin) | load<std::uint32_t>(begin + size - 4) << (8 * (size - 4));
    } else if (size >= 2) {
        key.low = load<std::uint16_t>(begin) | load<std::uint16_t>(begin + size - 2) << (8 * (size - 2));
    } else {
        key.low = static_cast<unsigned char>(*begin);
    }
    key.high |= static_cast<std::uint64_t>(size) << 56;
    return key;
}

std::size_t WholeTokens::slotOf(const Key &key) const
{
    std::uint64_t hash = (key.low ^ std::rotl(key.high, 29)) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 32;
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = static_cast<std::size_t>(hash) & mask;
    while (m_slots[slot].key.high != 0 && m_slots[slot].key != key)
        slot = (slot + 1) & mask;
    return slot;
}

void WholeTokens::add(std::string_view bytes, std::int32_t id)
{
    assert(!bytes.empty() && bytes.size() <= longest);
    const Key key = keyOf(bytes);
    m_slots[slotOf(key)] = {key, id};
}

std::int32_t WholeTokens::find(std::string_view piece) const
{
    return piece.empty() || piece.size() > longest ? -1 : m_slots[slotOf(keyOf(piece))].id;
}

} // namespace winnow
