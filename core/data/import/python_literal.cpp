#include "core/data/import/python_literal.h"

#include <cstdint>

namespace winnow
{

namespace
{

constexpr std::size_t maxEntries = 10'000;

void appendUtf8(std::string &out, std::uint32_t code)
{
    const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6));
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

class ListParser
{
public:
    explicit ListParser(std::string_view text) : m_text(text) { }

    Result<std::vector<std::string>> parse()
    {
        std::vector<std::string> entries;
        skipSpace();
        if (!take('['))
            return wrong("a list must begin with [");
        for (skipSpace(); !take(']'); skipSpace()) {
            if (entries.size() >= maxEntries)
                return wrong("the list has more than 10,000 entries");
            WINNOW_ASSIGN(std::string entry, parseEntry());
            entries.push_back(std::move(entry));
            skipSpace();
            if (!take(',') && peek() != ']')
                return wrong("a comma or ] is missing");
        }
        skipSpace();
        if (m_place != m_text.size())
            return wrong("there is more after the list");
        return entries;
    }

private:
    char peek() const { return m_place < m_text.size() ? m_text[m_place] : '\0'; }
    bool take(char c)
    {
        if (m_place >= m_text.size() || m_text[m_place] != c)
            return false;
        ++m_place;
        return true;
    }
    void skipSpace()
    {
        while (m_place < m_text.size() && (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r'))
            ++m_place;
    }
    Error wrong(const std::string &what) const { return Error{what + " at character " + std::to_string(m_place)}; }

    Result<std::string> parseEntry()
    {
        if (peek() != '\'' && peek() != '"')
            return parseWord();
        std::string entry;
        while (peek() == '\'' || peek() == '"') { // adjacent strings are one
            WINNOW_TRY(parseString(entry));
            skipSpace();
        }
        return entry;
    }

    /// A number, True, False or None.
    Result<std::string> parseWord()
    {
        const std::size_t begin = m_place;
        const auto belongs = [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-'
                || c == '+' || c == '_';
        };
        while (belongs(peek()))
            ++m_place;
        std::string word(m_text.substr(begin, m_place - begin));
        const std::size_t sign = word.find_first_not_of("+-");
        const bool number = sign != std::string::npos && sign <= 1 && word.find('_') == std::string::npos
            && word.find_first_of("0123456789") <= sign + 1 && (word[sign] == '.' || word[sign] <= '9');
        if (number || word == "True" || word == "False" || word == "None")
            return word;
        m_place = begin;
        return wrong("something other than a string or a number stands");
    }

    Status parseString(std::string &out)
    {
        const char quote = m_text[m_place++];
        while (m_place < m_text.size()) {
            const char c = m_text[m_place];
            if (c == quote) {
                ++m_place;
                return {};
            }
            if (c == '\n')
                return wrong("a string has no end");
            ++m_place;
            if (c != '\\')
                out += c;
            else
                WINNOW_TRY(parseEscape(out));
        }
        return wrong("a string has no end");
    }

    Status parseEscape(std::string &out)
    {
        if (m_place >= m_text.size())
            return wrong("a string has no end");
        const char c = m_text[m_place++];
        switch (c) {
        case 'n': out += '\n'; return {};
        case 't': out += '\t'; return {};
        case 'r': out += '\r'; return {};
        case 'a': out += '\a'; return {};
        case 'b': out += '\b'; return {};
        case 'f': out += '\f'; return {};
        case 'v': out += '\v'; return {};
        case '\n': return {}; // the line goes on
        case '\\':
        case '\'':
        case '"': out += c; return {};
        case 'x': return parseCode(out, 2);
        case 'u': return parseCode(out, 4);
        case 'U': return parseCode(out, 8);
        default: break;
        }
        if (c >= '0' && c <= '7') { // up to three octal digits
            std::uint32_t code = static_cast<std::uint32_t>(c - '0');
            for (int i = 0; i < 2 && peek() >= '0' && peek() <= '7'; ++i)
                code = code * 8 + static_cast<std::uint32_t>(m_text[m_place++] - '0');
            appendUtf8(out, code);
            return {};
        }
        // Python keeps an unknown escape as it stands; formulas such as \alpha rely on it.
        out += '\\';
        out += c;
        return {};
    }

    Status parseCode(std::string &out, int digits)
    {
        std::uint32_t code = 0;
        for (int i = 0; i < digits; ++i) {
            const int digit = hexDigit(peek());
            if (digit < 0)
                return wrong("an escape lacks a hexadecimal digit");
            code = code * 16 + static_cast<std::uint32_t>(digit);
            ++m_place;
        }
        if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
            return wrong("an escape is no character");
        appendUtf8(out, code);
        return {};
    }

    std::string_view m_text;
    std::size_t m_place = 0;
};

} // namespace

Result<std::vector<std::string>> parsePythonList(std::string_view text)
{
    return ListParser(text).parse();
}

} // namespace winnow
