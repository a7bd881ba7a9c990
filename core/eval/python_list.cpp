#include "core/eval/python_list.h"

#include <cstdint>

namespace winnow {

namespace {

constexpr std::size_t maximumBytes = 1 << 20;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
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

void appendUtf8(std::string &out, std::uint32_t c)
{
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12);
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | c >> 18);
        put(0x80 | (c >> 12 & 0x3F));
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

class ListReader {
public:
    explicit ListReader(std::string_view text) : m_text(text) { }

    Result<std::vector<std::string>> read()
    {
        std::vector<std::string> items;
        skipSpace();
        if (!take('['))
            return wrong("expected [");
        for (;;) {
            skipSpace();
            if (take(']'))
                break;
            WINNOW_ASSIGN(std::string item, readJoined());
            items.push_back(std::move(item));
            skipSpace();
            if (take(','))
                continue;
            if (!take(']'))
                return wrong("expected , or ]");
            break;
        }
        skipSpace();
        if (m_at != m_text.size())
            return wrong("expected the end");
        return items;
    }

private:
    Error wrong(const std::string &what) const
    {
        return Error{"the text is not a Python list of strings: " + what + " at character " + std::to_string(m_at + 1)};
    }

    void skipSpace()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
    }

    bool take(char c)
    {
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    bool atQuote() const { return m_at < m_text.size() && (m_text[m_at] == '\'' || m_text[m_at] == '"'); }

    Result<std::string> readJoined()
    {
        if (!atQuote())
            return wrong("expected a quoted string");
        std::string joined;
        while (atQuote()) {
            WINNOW_TRY(readOne(joined));
            skipSpace();
        }
        return joined;
    }

    Status readOne(std::string &out)
    {
        const char quote = m_text[m_at];
        if (m_text.substr(m_at, 3) == std::string(3, quote))
            return wrong("triple quotes are not read");
        ++m_at;
        while (m_at < m_text.size() && m_text[m_at] != quote) {
            const char c = m_text[m_at];
            if (c == '\n' || c == '\r')
                return wrong("a string goes over the end of a line");
            ++m_at;
            if (c != '\\')
                out += c;
            else
                WINNOW_TRY(readEscape(out));
        }
        if (!take(quote))
            return wrong("a string has no end");
        return {};
    }

    Status readEscape(std::string &out)
    {
        if (m_at >= m_text.size())
            return wrong("a string has no end");
        const char c = m_text[m_at++];
        constexpr std::string_view names = "abfnrtv\\'\"";
        constexpr std::string_view values = "\a\b\f\n\r\t\v\\'\"";
        if (const std::size_t known = names.find(c); known != std::string_view::npos)
            out += values[known];
        else if (c == 'x' || c == 'u' || c == 'U')
            return readHex(out, c == 'x' ? 2 : c == 'u' ? 4 : 8);
        else if (c >= '0' && c <= '7')
            readOctal(out, c);
        else if (c == 'N')
            return wrong("character names are not read");
        else if (c != '\n') // a backslash before the end of a line joins the lines
            (out += '\\') += c;
        return {};
    }

    Status readHex(std::string &out, int count)
    {
        std::uint32_t value = 0;
        for (int i = 0; i < count; ++i) {
            const int digit = m_at < m_text.size() ? hexDigit(m_text[m_at]) : -1;
            if (digit < 0)
                return wrong("expected a hexadecimal digit");
            value = value << 4 | static_cast<std::uint32_t>(digit);
            ++m_at;
        }
        if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
            return wrong("an escape is no Unicode character");
        appendUtf8(out, value);
        return {};
    }

    void readOctal(std::string &out, char first)
    {
        auto value = static_cast<std::uint32_t>(first - '0');
        for (int i = 0; i < 2 && m_at < m_text.size() && m_text[m_at] >= '0' && m_text[m_at] <= '7'; ++i)
            value = value * 8 + static_cast<std::uint32_t>(m_text[m_at++] - '0');
        appendUtf8(out, value);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

Result<std::vector<std::string>> parsePythonStringList(std::string_view text)
{
    if (text.size() > maximumBytes)
        return Error{"the text is not a Python list of strings: it has more than " + std::to_string(maximumBytes)
                     + " bytes"};
    return ListReader(text).read();
}

} // namespace winnow
