#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow
{

/// Finds added tokens in a text: leftmost, and at one place the longest (spec tokenizer.md section 1, step 2).
class AddedTokenFinder
{
public:
    struct Hit {
        std::size_t begin = std::string_view::npos; ///< npos: none
        std::size_t length = 0;
        std::int32_t id = 0;
    };
    void add(const std::string &text, std::int32_t id);
    /// The first hit at `from` or behind it.
    Hit find(std::string_view text, std::size_t from) const;

private:
    struct Entry {
        std::string text;
        std::int32_t id;
    };
    std::size_t nextFirst(std::string_view text, std::size_t from) const;

    std::array<std::vector<Entry>, 256> m_byFirstByte; ///< longest first
    std::string m_firstBytes;
};

} // namespace winnow
