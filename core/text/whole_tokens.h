#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow
{

/// Pieces that BPE would merge to one token, looked up at once: most words of a text are such. Holds short ones only,
/// whose bytes are the key itself, so that a look-up follows no pointer. Immutable after building, any thread.
class WholeTokens
{
public:
    static constexpr std::size_t longest = 15; ///< bytes
    explicit WholeTokens(std::size_t tokens = 0);
    /// `bytes` must hold 1 to `longest` bytes and be new; at most as many as the table was made for.
    void add(std::string_view bytes, std::int32_t id);
    /// The id of the token that `piece` is, or -1.
    std::int32_t find(std::string_view piece) const;

private:
    struct Key {
        std::uint64_t low = 0;
        std::uint64_t high = 0; ///< bytes from the ninth on; the length in the highest byte, so 0 is no key
        bool operator==(const Key &) const = default;
    };
    struct Slot {
        Key key;
        std::int32_t id = -1;
    };
    static Key keyOf(std::string_view bytes);
    std::size_t slotOf(const Key &key) const;

    std::vector<Slot> m_slots;
};

} // namespace winnow
