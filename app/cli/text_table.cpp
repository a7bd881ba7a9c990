#include "app/cli/text_table.h"

#include "core/base/decimal_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <ctime>

namespace winnow::cli
{

namespace
{

/// Characters, not bytes; wide and joined ones count as one.
std::size_t widthOf(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool looksNumeric(const std::string &text)
{
    return text.empty() || text == "-"
        || (text.find_first_not_of("+-.0123456789e%:/[], na") == std::string::npos
            && text.find_first_of("0123456789n") != std::string::npos);
}

template <typename Number>
std::string shortest(Number value)
{
    if (std::isnan(value))
        return "nan";
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

} // namespace

TextTable::TextTable(std::vector<std::string> header) : m_header(std::move(header)) { }

void TextTable::add(std::vector<std::string> row)
{
    row.resize(m_header.size());
    for (std::string &cell : row)
        cell = plainLine(cell);
    m_rows.push_back(std::move(row));
}

std::string TextTable::text() const
{
    const std::size_t columns = m_header.size();
    std::vector<std::size_t> widths(columns);
    std::vector<bool> right(columns, !m_rows.empty());
    for (std::size_t c = 0; c < columns; ++c) {
        widths[c] = widthOf(m_header[c]);
        for (const auto &row : m_rows) {
            widths[c] = std::max(widths[c], widthOf(row[c]));
            right[c] = right[c] && looksNumeric(row[c]);
        }
    }
    std::string out;
    const auto line = [&](const std::vector<std::string> &cells) {
        std::string text;
        for (std::size_t c = 0; c < columns; ++c) {
            const std::string space(widths[c] - widthOf(cells[c]), ' ');
            text += (c ? "  " : "") + (right[c] ? space + cells[c] : cells[c] + space);
        }
        text.erase(text.find_last_not_of(' ') + 1);
        out += text + '\n';
    };
    line(m_header);
    for (const auto &row : m_rows)
        line(row);
    return out;
}

std::string plainLine(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        // C1 controls, which some terminals obey, are 0xC2 0x80 .. 0xC2 0x9F in UTF-8.
        const bool c1 = c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (c1)
            ++i;
        out += c < 0x20 || c == 0x7F || c1 ? ' ' : text[i];
    }
    return out;
}

std::string shortened(const std::string &text, std::size_t width)
{
    const std::string line = plainLine(text);
    if (widthOf(line) <= width || width < 4)
        return line;
    std::size_t bytes = 0;
    for (std::size_t seen = 0; bytes < line.size(); ++bytes) {
        if ((static_cast<unsigned char>(line[bytes]) & 0xC0) != 0x80 && ++seen > width - 3)
            break;
    }
    return line.substr(0, bytes) + "...";
}

std::string fixedText(double value, int decimals)
{
    if (std::isnan(value))
        return "-";
    return std::isfinite(value) ? decimalText(value, decimals) : value > 0 ? "inf" : "-inf";
}

std::string exactText(float value)
{
    return shortest(value);
}

std::string exactText(double value)
{
    return shortest(value);
}

std::string intervalText(double low, double high)
{
    return "[" + fixedText(low) + ", " + fixedText(high) + "]";
}

std::string timeText(std::int64_t utcMs)
{
    if (utcMs <= 0)
        return "-";
    const auto seconds = static_cast<std::time_t>(utcMs / 1000);
    std::tm local{};
    std::array<char, 64> buffer{};
    if (!localtime_r(&seconds, &local) || !std::strftime(buffer.data(), buffer.size(), "%Y-%m-%d %H:%M", &local))
        return "-";
    return buffer.data();
}

std::string durationText(double seconds)
{
    if (!(seconds >= 0) || seconds > 1e9)
        return "-";
    const auto whole = static_cast<std::int64_t>(seconds + 0.5);
    std::array<char, 64> buffer{};
    const auto hours = static_cast<long long>(whole / 3600);
    const int minutes = static_cast<int>(whole / 60 % 60);
    const int rest = static_cast<int>(whole % 60);
    if (hours > 0)
        std::snprintf(buffer.data(), buffer.size(), "%lld:%02d:%02d", hours, minutes, rest);
    else
        std::snprintf(buffer.data(), buffer.size(), "%d:%02d", minutes, rest);
    return buffer.data();
}

std::string csvField(const std::string &text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    return out + '"';
}

} // namespace winnow::cli
