#include "core/report/html.h"
#include "core/report/svg_chart.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace winnow
{
namespace
{

TEST(Html, dataChangesNothingButTheTextShown)
{
    EXPECT_EQ(html::escaped("<b>&\"'</b>"), "&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;");
    EXPECT_EQ(html::escaped("a\tb\nc"), "a\tb\nc");
    const std::string bad = "\xEF\xBF\xBD";
    EXPECT_EQ(html::escaped(std::string("a\0b\x1b[0m\x7f", 8)), "a" + bad + "b" + bad + "[0m" + bad);
    EXPECT_EQ(html::escaped("\xC3\x28"), bad + "(") << "cut short";
    EXPECT_EQ(html::escaped("\xED\xA0\x80"), bad + bad + bad) << "half of a surrogate pair";
    EXPECT_EQ(html::escaped("\xC0\xBC"), bad + bad) << "a long form of <";
    EXPECT_EQ(html::escaped("\xC2\x85"), bad) << "C1 control";
    EXPECT_EQ(html::escaped("数字 \xF0\x9F\x8C\xBE"), "数字 \xF0\x9F\x8C\xBE");
    EXPECT_EQ(html::isolated(std::string("\xE2\x80\xAE<script>")), "<bdi>\xE2\x80\xAE&lt;script&gt;</bdi>");
}

TEST(Html, numbersAreWrittenAsInTheWindow)
{
    EXPECT_EQ(html::percent(0.85), "85.0%");
    EXPECT_EQ(html::rate(340, 400), "85.0% [81.2, 88.2]");
    EXPECT_EQ(html::points(0.04, 0.012, 0.068), "+4.0 pts [+1.2, +6.8]");
    EXPECT_EQ(html::points(-0.04, -0.068, 0.012),
              "\xE2\x88\x92"
              "4.0 pts [\xE2\x88\x92"
              "6.8, +1.2]");
    EXPECT_EQ(html::rateNumber(0.913), ".913");
    EXPECT_EQ(html::rateNumber(-0.5, 2), "\xE2\x88\x92.50");
    EXPECT_EQ(html::rateNumber(1.0), "1.000");
    EXPECT_EQ(html::pValue(0.0001), "&lt; .001");
    EXPECT_EQ(html::count(1402),
              "1\xE2\x80\x89"
              "402");
    EXPECT_EQ(html::number(std::nan(""), 2), "\xE2\x80\x93");
    EXPECT_EQ(html::duration(252), "4:12");
    EXPECT_EQ(html::duration(4800), "1 h 20 min");
}

TEST(SvgChart, aGapBreaksTheLineAndNamesAreEscaped)
{
    LineChart chart{.title = "a \"b\" <c>", .xName = "x"};
    chart.series.push_back({.name = "one", .x = {1, 2, 3, 4}, .y = {1, 2, std::nan(""), 4}, .endLabel = "<one>"});
    const std::string svg = svgOf(chart);
    EXPECT_NE(svg.find("aria-label=\"a &quot;b&quot; &lt;c&gt;\""), std::string::npos);
    EXPECT_NE(svg.find("&lt;one&gt;"), std::string::npos);
    const std::size_t line = svg.find("class=\"line\" d=\"");
    ASSERT_NE(line, std::string::npos);
    const std::string path = svg.substr(line, svg.find("/>", line) - line);
    EXPECT_EQ(std::count(path.begin(), path.end(), 'M'), 2) << path;
    EXPECT_EQ(path.find("nan"), std::string::npos);
}

TEST(SvgChart, ticksAreRound)
{
    LineChart quarters{.title = "t", .xName = "x", .yLow = 0.0, .yHigh = 1.25};
    quarters.series.push_back({.name = "one", .x = {1, 2}, .y = {0, 1.2}});
    EXPECT_NE(svgOf(quarters).find(">0.25</text>"), std::string::npos) << "not 0.2 or 0.3";
    EXPECT_EQ(roundTicks(0, 1), (std::vector<double>{0, 0.2, 0.4, 0.6000000000000001, 0.8, 1}));
    EXPECT_EQ(roundTicks(0, 600).back(), 600);
    EXPECT_EQ(roundTicks(5, 5), std::vector<double>{5});
}

} // namespace
} // namespace winnow
