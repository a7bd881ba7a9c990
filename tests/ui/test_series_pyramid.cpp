#include "ui/plots/curve_plot.h"
#include "ui/plots/series_pyramid.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace winnow::ui {
namespace {

TEST(SeriesPyramid, keepsEveryExtreme)
{
    std::mt19937 random(3);
    std::normal_distribution<double> normal;
    std::vector<double> x;
    std::vector<double> y;
    for (int i = 0; i < 100003; ++i) {
        x.push_back(i);
        y.push_back(normal(random));
    }
    y[77777] = 1000;
    y[12345] = -1000;
    const SeriesPyramid pyramid(x, y);
    const auto columns = pyramid.columns(0, 100002, 400);
    EXPECT_LE(columns.size(), 400U);
    double low = 0;
    double high = 0;
    for (const auto &column : columns) {
        low = std::min(low, column.low);
        high = std::max(high, column.high);
    }
    EXPECT_EQ(high, 1000);
    EXPECT_EQ(low, -1000);
}

TEST(SeriesPyramid, everyRangeEqualsTheSearchOverAllPoints)
{
    std::mt19937 random(4);
    std::normal_distribution<double> normal;
    std::vector<double> x;
    std::vector<double> y;
    for (int i = 0; i < 517; ++i) {
        x.push_back(i);
        y.push_back(i % 31 == 0 ? std::numeric_limits<double>::quiet_NaN() : normal(random));
    }
    SeriesPyramid pyramid;
    std::vector<double> grownX; // point by point, as a run grows; the points move while it does
    std::vector<double> grownY;
    for (std::size_t i = 0; i < x.size(); ++i) {
        grownX.push_back(x[i]);
        grownY.push_back(y[i]);
        pyramid.read(grownX, grownY);
    }
    EXPECT_EQ(pyramid.x().data(), grownX.data()) << "no copy of the points";
    for (std::size_t first = 0; first < x.size(); first += 13)
        for (std::size_t last = first + 2; last <= x.size(); last += 29) {
            double low = std::nan("");
            double high = std::nan("");
            for (std::size_t i = first; i < last; ++i) {
                low = std::fmin(low, y[i]);
                high = std::fmax(high, y[i]);
            }
            const auto range = pyramid.range(first, last);
            EXPECT_EQ(range.first, low);
            EXPECT_EQ(range.second, high);
        }
    EXPECT_EQ(pyramid.notFinite(), 17U);
}

TEST(SeriesPyramid, findsAPlaceFromAnyEarlierOne)
{
    std::vector<double> x;
    for (int i = 0; i < 1000; ++i)
        x.push_back(i / 3); // three at each place
    const SeriesPyramid pyramid(x, x);
    for (double at = -1; at < 340; at += 0.5)
        for (const std::size_t stride : {0U, 1U, 7U, 5000U})
            for (const std::size_t back : {0U, 1U, 100U, 1000U}) {
                const std::size_t index = pyramid.indexFrom(at);
                EXPECT_EQ(pyramid.indexFrom(at, index - std::min(index, back), stride), index) << at;
            }
    std::size_t next = pyramid.indexFrom(10.5);
    for (const auto &column : pyramid.columns(10.5, 300, 77)) {
        EXPECT_EQ(column.first, next);
        EXPECT_EQ(column.x, x[column.first]);
        EXPECT_EQ(column.end, x[column.first + column.count - 1]);
        next += column.count;
    }
    EXPECT_EQ(next, pyramid.indexFrom(300.5));
}

TEST(SeriesPyramid, saysWhereAValueIsNotFinite)
{
    const std::vector<double> x{0, 1, 2, 3};
    const std::vector<double> y{1, std::numeric_limits<double>::infinity(), 2, 3};
    const SeriesPyramid pyramid(x, y);
    const auto columns = pyramid.columns(0, 4, 2);
    ASSERT_EQ(columns.size(), 2U);
    EXPECT_TRUE(columns[0].gap);
    EXPECT_FALSE(columns[1].gap);
    EXPECT_EQ(columns[0].high, 1);
    EXPECT_EQ(pyramid.nearest(2.4), 2U);
    EXPECT_EQ(pyramid.nearest(99), 3U);
}

TEST(SteppedUpper, growsInStepsAndNeverBelowTheValue)
{
    EXPECT_DOUBLE_EQ(steppedUpper(912), 1000);
    EXPECT_DOUBLE_EQ(steppedUpper(1000), 1000);
    EXPECT_DOUBLE_EQ(steppedUpper(1001), 1250);
    for (double value = 1; value < 1e6; value *= 1.07)
        EXPECT_GE(steppedUpper(value), value * (1 - 1e-9));
}

} // namespace
} // namespace winnow::ui
