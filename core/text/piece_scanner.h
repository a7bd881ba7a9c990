#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace winnow
{

/// Cuts a stretch between added tokens into the pieces of the Qwen2 pattern (spec tokenizer.md section 1), by hand:
/// regex engines differ in `\s` and in their Unicode tables.
class PieceScanner
{
public:
    /// `text` is well-formed UTF-8 in NFC and outlives the scanner.
    explicit PieceScanner(std::string_view text) : m_text(text) { }
    /// The next piece; empty at the end.
    std::string_view next();

private:
    enum class Kind : unsigned char { Letter, Number, LineEnd, Space, Other, End };
    static const std::array<Kind, 128> asciiKinds;
    struct Character {
        char32_t codePoint = 0;
        Kind kind = Kind::End;
        std::size_t end = 0; ///< offset behind it
    };
    Character at(std::size_t offset) const;
    std::size_t contraction() const;
    std::size_t skip(std::size_t offset, Kind kind) const;
    std::size_t spaces(const Character &first) const;
    std::size_t pieceEnd() const;

    std::string_view m_text;
    std::size_t m_offset = 0;
};

} // namespace winnow
