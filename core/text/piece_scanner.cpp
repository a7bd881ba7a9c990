#include "core/text/piece_scanner.h"

#include "core/text/unicode_text.h"

#include <unicode/utf8.h>

#include <array>
#include <cstdint>

namespace winnow
{

constexpr std::array<PieceScanner::Kind, 128> PieceScanner::asciiKinds = [] {
    std::array<Kind, 128> kinds{};
    for (std::size_t c = 0; c < kinds.size(); ++c) {
        const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        const bool lineEnd = c == '\r' || c == '\n';
        const bool space = c == ' ' || (c >= 0x09 && c <= 0x0D);
        kinds[c] = letter ? Kind::Letter
            : c >= '0' && c <= '9' ? Kind::Number
            : lineEnd              ? Kind::LineEnd
            : space                ? Kind::Space
                                   : Kind::Other;
    }
    return kinds;
}();

PieceScanner::Character PieceScanner::at(std::size_t offset) const
{
    if (offset >= m_text.size())
        return {0, Kind::End, m_text.size()};
    if (const auto byte = static_cast<unsigned char>(m_text[offset]); byte < asciiKinds.size())
        return {byte, asciiKinds[byte], offset + 1};
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(m_text.data());
    UChar32 value = 0;
    std::size_t end = offset;
    U8_NEXT_UNSAFE(bytes, end, value);
    const auto codePoint = static_cast<char32_t>(value);
    if (isPatternSpace(codePoint))
        return {codePoint, Kind::Space, end};
    if (isLetter(codePoint))
        return {codePoint, Kind::Letter, end};
    return {codePoint, isNumber(codePoint) ? Kind::Number : Kind::Other, end};
}

std::size_t PieceScanner::contraction() const
{
    if (m_text[m_offset] != '\'')
        return 0;
    const auto lower = [this](std::size_t offset) -> char {
        if (offset >= m_text.size())
            return '\0';
        const char c = m_text[offset];
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    };
    const char first = lower(m_offset + 1);
    const char second = lower(m_offset + 2);
    // U+017F is the only character outside ASCII that folds onto one of these letters.
    if (m_text.substr(m_offset + 1, 2) == "\xC5\xBF")
        return m_offset + 3;
    if (first == 's' || first == 't' || first == 'm' || first == 'd')
        return m_offset + 2;
    if ((first == 'r' && second == 'e') || (first == 'v' && second == 'e') || (first == 'l' && second == 'l'))
        return m_offset + 3;
    return 0;
}

std::size_t PieceScanner::skip(std::size_t offset, Kind kind) const
{
    for (Character next = at(offset); next.kind == kind; next = at(offset))
        offset = next.end;
    return offset;
}

std::size_t PieceScanner::spaces(const Character &first) const
{
    std::size_t lastBegin = m_offset;
    std::size_t lineEnd = first.kind == Kind::LineEnd ? first.end : 0;
    std::size_t end = first.end;
    Character next = at(end);
    while (next.kind == Kind::Space || next.kind == Kind::LineEnd) {
        lastBegin = end;
        end = next.end;
        if (next.kind == Kind::LineEnd)
            lineEnd = end;
        next = at(end);
    }
    if (lineEnd != 0)
        return lineEnd;
    // One space is left for the word behind it, unless it is the only one or nothing follows.
    return next.kind == Kind::End || lastBegin == m_offset ? end : lastBegin;
}

std::size_t PieceScanner::pieceEnd() const
{
    if (const std::size_t end = contraction())
        return end;
    const Character first = at(m_offset);
    if (first.kind == Kind::Letter)
        return skip(first.end, Kind::Letter);
    if (first.kind == Kind::Number)
        return first.end;
    const Character second = at(first.end);
    if (first.kind != Kind::LineEnd && second.kind == Kind::Letter)
        return skip(second.end, Kind::Letter);
    if (first.kind == Kind::Other || (first.codePoint == U' ' && second.kind == Kind::Other))
        return skip(skip(first.end, Kind::Other), Kind::LineEnd);
    return spaces(first);
}

std::string_view PieceScanner::next()
{
    if (m_offset >= m_text.size())
        return {};
    const std::size_t begin = m_offset;
    m_offset = pieceEnd();
    return m_text.substr(begin, m_offset - begin);
}

} // namespace winnow
