#pragma once

#include "core/base/export.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::html
{

/// Text of a file, a model or a person for a page: markup is escaped, control characters and broken UTF-8 are shown as
/// U+FFFD, so that it can change nothing but the text shown. Safe in elements and in quoted attributes.
WINNOW_CORE_API std::string escaped(std::string_view text);
/// The same in an element of its own, so that right-to-left text and direction marks stay inside it.
WINNOW_CORE_API std::string isolated(std::string_view text);

/// "85.0%"; "-" for NaN.
WINNOW_CORE_API std::string percent(double share);
/// "85.0% [81.5, 88.5]", the 95 % Wilson interval.
WINNOW_CORE_API std::string rate(std::int64_t correct, std::int64_t n);
/// "+4.0 pts [+1.2, +6.8]"
WINNOW_CORE_API std::string points(double difference, double low, double high);
/// "[+1.2, +6.8]" of shares, in points.
WINNOW_CORE_API std::string pointsInterval(double low, double high);
/// ".913"; "-" for NaN.
WINNOW_CORE_API std::string rateNumber(double value, int decimals = 3);
/// "< .001" or three decimals.
WINNOW_CORE_API std::string pValue(double p);
/// "1 402" with thin spaces.
WINNOW_CORE_API std::string count(std::int64_t value);
/// Plain decimals with a true minus; "-" for NaN.
WINNOW_CORE_API std::string number(double value, int decimals);
/// "54.8 s", "4:12", "1 h 20 min"
WINNOW_CORE_API std::string duration(double seconds);
/// "2026-01-31 14:05 UTC"; "-" for 0.
WINNOW_CORE_API std::string time(std::int64_t utcMs);

/// A table; cells are HTML already. Columns named in `numbers` stand at the right.
class Table
{
public:
    struct Column {
        std::string title; ///< HTML
        bool number = false;
    };
    explicit Table(std::vector<Column> columns) : m_columns(std::move(columns)) { }
    void add(std::vector<std::string> cells) { m_rows.push_back(std::move(cells)); }
    bool empty() const { return m_rows.empty(); }
    std::string html() const;

private:
    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace winnow::html
