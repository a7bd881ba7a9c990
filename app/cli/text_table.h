#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::cli
{

/// Rows of text in aligned columns for a terminal. Columns whose cells are all numbers stand at the right.
class TextTable
{
public:
    explicit TextTable(std::vector<std::string> header);
    /// Missing cells are empty; there may not be more than the header has.
    void add(std::vector<std::string> row);
    bool empty() const { return m_rows.empty(); }
    /// Header and rows, a line each, without trailing spaces.
    std::string text() const;

private:
    std::vector<std::string> m_header;
    std::vector<std::vector<std::string>> m_rows;
};

/// Text from files as one line without control characters, which could steer the terminal.
std::string plainLine(std::string_view text);
/// The beginning of a text, at most `width` characters, with "..." where something was left out.
std::string shortened(const std::string &text, std::size_t width);

/// "0.7425"; "-" for NaN.
std::string fixedText(double value, int decimals = 4);
/// Shortest text that reads back as the same number; "nan" for NaN.
std::string exactText(float value);
std::string exactText(double value);
/// "[0.7012, 0.7801]"
std::string intervalText(double low, double high);
/// "2026-01-31 14:05" in local time; "-" for 0.
std::string timeText(std::int64_t utcMs);
/// "1:02:03" or "2:03".
std::string durationText(double seconds);
/// A field of a CSV file, quoted where it must be.
std::string csvField(const std::string &text);

} // namespace winnow::cli
