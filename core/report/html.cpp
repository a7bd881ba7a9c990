#include "core/report/html.h"

#include "core/base/decimal_text.h"
#include "core/eval/statistics.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace winnow::html
{

namespace
{

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view thinSpace = "\xE2\x80\x89";
constexpr std::string_view minus = "\xE2\x88\x92";
constexpr std::string_view dash = "\xE2\x80\x93";

/// Bytes of the UTF-8 character at `at`; 0 where there is none, or one that a page must not hold (surrogates).
std::size_t characterLength(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : '\0'); };
    const unsigned char first = byte(at);
    const std::size_t length = first < 0x80 ? 1
        : first >= 0xC2 && first < 0xE0     ? 2
        : first >= 0xE0 && first < 0xF0     ? 3
        : first >= 0xF0 && first < 0xF5     ? 4
                                            : 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(at + i) & 0xC0) != 0x80)
            return 0;
    if ((first == 0xE0 && byte(at + 1) < 0xA0) || (first == 0xED && byte(at + 1) > 0x9F)
        || (first == 0xF0 && byte(at + 1) < 0x90) || (first == 0xF4 && byte(at + 1) > 0x8F))
        return 0;
    return length;
}

} // namespace

std::string escaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = characterLength(text, i);
        const auto c = static_cast<unsigned char>(text[i]);
        if (length == 0 || (length == 1 && ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F))
            || (length == 2 && c == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0)) { // C1 controls
            out += replacement;
            i += length == 2 ? 2 : 1;
            continue;
        }
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += text.substr(i, length); break;
        }
        i += length;
    }
    return out;
}

std::string isolated(std::string_view text)
{
    return "<bdi>" + escaped(text) + "</bdi>";
}

std::string number(double value, int decimals)
{
    if (!std::isfinite(value))
        return std::string(dash);
    const std::string text = decimalText(value, decimals);
    return text.front() == '-' ? std::string(minus) + text.substr(1) : text;
}

std::string percent(double share)
{
    return std::isfinite(share) ? number(share * 100, 1) + "%" : std::string(dash);
}

std::string rate(std::int64_t correct, std::int64_t n)
{
    if (n <= 0)
        return std::string(dash);
    const Interval interval = wilsonInterval(correct, n);
    return percent(static_cast<double>(correct) / static_cast<double>(n)) + " [" + number(interval.low * 100, 1) + ", "
        + number(interval.high * 100, 1) + "]";
}

std::string pointsInterval(double low, double high)
{
    const auto sign = [](double v) { return (v > 0 ? "+" : "") + number(v * 100, 1); };
    return "[" + sign(low) + ", " + sign(high) + "]";
}

std::string points(double difference, double low, double high)
{
    return (difference > 0 ? "+" : "") + number(difference * 100, 1) + " pts " + pointsInterval(low, high);
}

std::string rateNumber(double value, int decimals)
{
    std::string text = number(value, decimals);
    if (const std::size_t zero = text.find("0.");
        zero != std::string::npos && std::abs(value) < 1 && (zero == 0 || zero == minus.size()))
        text.erase(zero, 1);
    return text;
}

std::string pValue(double p)
{
    return p < 0.001 ? "&lt; .001" : rateNumber(p);
}

std::string count(std::int64_t value)
{
    std::string text = std::to_string(value < 0 ? -value : value);
    for (std::size_t at = text.size(); at > 3; at -= 3)
        text.insert(at - 3, thinSpace);
    return value < 0 ? std::string(minus) + text : text;
}

std::string duration(double seconds)
{
    if (!(seconds > 0))
        return std::string(dash);
    if (seconds < 60)
        return number(seconds, 1) + " s";
    const auto whole = static_cast<std::int64_t>(seconds);
    char text[64];
    if (whole < 3600)
        std::snprintf(text, sizeof text, "%d:%02d", static_cast<int>(whole / 60), static_cast<int>(whole % 60));
    else
        std::snprintf(text, sizeof text, "%lld h %d min", static_cast<long long>(whole / 3600),
                      static_cast<int>(whole / 60 % 60));
    return text;
}

std::string time(std::int64_t utcMs)
{
    if (utcMs <= 0)
        return std::string(dash);
    const auto seconds = static_cast<std::time_t>(utcMs / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[64];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &parts);
    return text;
}

std::string Table::html() const
{
    std::string out = "<div class=\"scroll\"><table><thead><tr>";
    const auto side = [this](std::size_t c) { return m_columns[c].number ? " class=\"n\"" : ""; };
    for (std::size_t c = 0; c < m_columns.size(); ++c)
        out += std::string("<th scope=\"col\"") + side(c) + ">" + m_columns[c].title + "</th>";
    out += "</tr></thead><tbody>\n";
    for (const auto &row : m_rows) {
        out += "<tr>";
        for (std::size_t c = 0; c < m_columns.size(); ++c)
            out += std::string("<td") + side(c) + ">" + (c < row.size() ? row[c] : std::string()) + "</td>";
        out += "</tr>\n";
    }
    return out + "</tbody></table></div>\n";
}

} // namespace winnow::html
