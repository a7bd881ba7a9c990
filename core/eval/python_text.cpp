#include "core/eval/python_text.h"

#include "core/text/unicode_text.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace winnow {

namespace {

icu::UnicodeString toIcu(std::u32string_view text)
{
    return icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32 *>(text.data()),
                                         static_cast<int32_t>(text.size()));
}

std::u32string fromIcu(const icu::UnicodeString &text)
{
    std::u32string out;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        out += static_cast<char32_t>(text.char32At(i));
    return out;
}

bool isDigit(char32_t c)
{
    return u_isdigit(static_cast<UChar32>(c)) != 0;
}

/// Python's \w: str.isalnum() or the underscore.
bool isWord(char32_t c)
{
    const auto point = static_cast<UChar32>(c);
    return c == U'_' || u_isalpha(point) || u_getNumericValue(point) != U_NO_NUMERIC_VALUE;
}

/// A cursor over the text in which the three patterns of the official code are tried.
class NumberFinder {
public:
    explicit NumberFinder(std::u32string_view text) : m_text(text) { }

    /// `match` returns the end of a match that begins at a digit, a point or a minus, or npos.
    template <typename Match>
    void findAll(Match match, std::vector<std::u32string> &found) const
    {
        std::size_t at = 0;
        while (at < m_text.size()) {
            const std::size_t end = match(at);
            if (end != npos) {
                found.emplace_back(m_text.substr(at, end - at));
                at = end;
            } else if (isDigit(m_text[at])) {
                // Whether a run of digits matches depends on what follows it alone, so its tails fail too.
                at = digitsEnd(at);
            } else {
                ++at;
            }
        }
    }

    /// -?\b\d{1,3}(?:,\d{3})+\b
    std::size_t grouped(std::size_t at) const
    {
        at = afterMinus(at);
        const std::size_t first = digitsEnd(at);
        if (first == at || first - at > 3 || (at > 0 && isWord(m_text[at - 1])))
            return npos;
        std::size_t end = npos;
        for (std::size_t group = first; is(group, U',') && digitCount(group + 1) >= 3;) {
            group += 4;
            if (group >= m_text.size() || !isWord(m_text[group]))
                end = group;
        }
        return end;
    }

    /// -?\d+(?:\.\d+)?[eE][+-]?\d+
    std::size_t scientific(std::size_t at) const
    {
        at = afterMinus(at);
        std::size_t end = digitsEnd(at);
        if (end == at)
            return npos;
        if (is(end, U'.') && digitCount(end + 1) > 0)
            end = digitsEnd(end + 1);
        return exponentEnd(end);
    }

    /// -?(?:\d+\.\d+|\.\d+|\d+\b)(?![eE][+-]?\d+)(?![,\d])
    std::size_t plain(std::size_t at) const
    {
        at = afterMinus(at);
        const std::size_t whole = digitsEnd(at);
        if (is(whole, U'.') && digitCount(whole + 1) > 0) {
            const std::size_t end = digitsEnd(whole + 1);
            if (exponentEnd(end) == npos && !is(end, U','))
                return end;
        }
        const bool boundary = whole > at && (whole >= m_text.size() || !isWord(m_text[whole]));
        return boundary && !is(whole, U',') ? whole : npos;
    }

    static constexpr std::size_t npos = std::u32string_view::npos;

private:
    bool is(std::size_t at, char32_t c) const { return at < m_text.size() && m_text[at] == c; }
    std::size_t afterMinus(std::size_t at) const { return is(at, U'-') ? at + 1 : at; }

    std::size_t digitsEnd(std::size_t at) const
    {
        while (at < m_text.size() && isDigit(m_text[at]))
            ++at;
        return at;
    }

    std::size_t digitCount(std::size_t at) const { return digitsEnd(at) - at; }

    std::size_t exponentEnd(std::size_t at) const
    {
        if (!is(at, U'e') && !is(at, U'E'))
            return npos;
        ++at;
        if (is(at, U'+') || is(at, U'-'))
            ++at;
        const std::size_t end = digitsEnd(at);
        return end == at ? npos : end;
    }

    std::u32string_view m_text;
};

/// ASCII form of a number's text: Unicode digits become 0-9, underscores between digits vanish. None if impossible.
std::optional<std::string> asciiNumber(std::u32string_view text)
{
    std::string ascii;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char32_t c = text[i];
        if (c == U'_') {
            if (i == 0 || i + 1 == text.size() || !isDigit(text[i - 1]) || !isDigit(text[i + 1]))
                return std::nullopt;
        } else if (isDigit(c)) {
            ascii += static_cast<char>('0' + u_charDigitValue(static_cast<UChar32>(c)));
        } else if (c < 0x80) {
            ascii += static_cast<char>(c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c);
        } else {
            return std::nullopt;
        }
    }
    return ascii;
}

/// from_chars leaves the value alone when it is out of range; Python gives infinity or zero.
double outOfRange(std::string_view digits)
{
    const std::size_t e = digits.find('e');
    const std::string_view mantissa = digits.substr(0, e);
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    const std::size_t first = mantissa.find_first_of("123456789");
    double magnitude = static_cast<double>(point) - static_cast<double>(first);
    if (e != std::string_view::npos) {
        std::string_view exponent = digits.substr(e + 1);
        const bool negative = exponent.starts_with('-');
        if (negative || exponent.starts_with('+'))
            exponent.remove_prefix(1);
        exponent.remove_prefix(std::min(exponent.find_first_not_of('0'), exponent.size()));
        std::int64_t value = 1'000'000'000'000;
        if (exponent.size() < 12)
            std::from_chars(exponent.data(), exponent.data() + exponent.size(), value);
        magnitude += static_cast<double>(negative ? -value : value);
    }
    return magnitude > 0 ? std::numeric_limits<double>::infinity() : 0.0;
}

} // namespace

std::u32string decodeUtf8(std::string_view text)
{
    return fromIcu(icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))));
}

std::string encodeUtf8(std::u32string_view text)
{
    std::string out;
    return toIcu(text).toUTF8String(out);
}

std::u32string_view stripSpace(std::u32string_view text)
{
    while (!text.empty() && isPythonSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isPythonSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

std::u32string_view stripCharacter(std::u32string_view text, char32_t c)
{
    while (!text.empty() && text.front() == c)
        text.remove_prefix(1);
    while (!text.empty() && text.back() == c)
        text.remove_suffix(1);
    return text;
}

std::u32string lowerCase(std::u32string_view text)
{
    return fromIcu(toIcu(text).toLower(icu::Locale::getRoot()));
}

std::size_t wordCount(std::u32string_view text)
{
    std::size_t count = 0;
    bool inWord = false;
    for (char32_t c : text) {
        const bool space = isPythonSpace(c);
        count += !space && !inWord ? 1 : 0;
        inWord = !space;
    }
    return count;
}

std::optional<double> pythonFloat(std::u32string_view text)
{
    const auto ascii = asciiNumber(stripSpace(text));
    if (!ascii || ascii->empty())
        return std::nullopt;
    std::string_view rest = *ascii;
    const bool negative = rest.front() == '-';
    if (negative || rest.front() == '+')
        rest.remove_prefix(1);
    double value = 0;
    if (rest == "nan") {
        value = std::numeric_limits<double>::quiet_NaN();
    } else if (rest == "inf" || rest == "infinity") {
        value = std::numeric_limits<double>::infinity();
    } else {
        // from_chars would take a second sign and forms such as nan(1).
        if (rest.empty() || rest.find_first_not_of("0123456789.e+-") != std::string_view::npos || rest.front() == '-')
            return std::nullopt;
        const auto [end, code] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
        if (end != rest.data() + rest.size() || (code != std::errc() && code != std::errc::result_out_of_range))
            return std::nullopt;
        if (code == std::errc::result_out_of_range)
            value = outOfRange(rest);
    }
    return negative ? -value : value;
}

double roundTwo(double value)
{
    if (!std::isfinite(value))
        return value;
    std::array<char, 400> digits{};
    const auto written =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, 2);
    double rounded = value;
    std::from_chars(digits.data(), written.ptr, rounded);
    return rounded;
}

std::vector<std::u32string> findNumbers(std::u32string_view text)
{
    const NumberFinder finder(text);
    std::vector<std::u32string> found;
    finder.findAll([&](std::size_t at) { return finder.grouped(at); }, found);
    finder.findAll([&](std::size_t at) { return finder.scientific(at); }, found);
    finder.findAll([&](std::size_t at) { return finder.plain(at); }, found);
    return found;
}

} // namespace winnow
