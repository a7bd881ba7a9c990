#include "core/eval/statistics.h"

#include "core/eval/disciplines.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace winnow {
namespace {

// Sources: Wilson 8 of 10 and 0 of 10 by the closed formula (E. B. Wilson 1927); quantiles of Student's t from the
// printed tables; McNemar's p from sums of binomial coefficients.
TEST(Statistics, wilson)
{
    const Interval some = wilsonInterval(8, 10);
    EXPECT_NEAR(some.low, 0.4901625, 1e-6);
    EXPECT_NEAR(some.high, 0.9433178, 1e-6);
    const Interval zero = wilsonInterval(0, 10);
    EXPECT_EQ(zero.low, 0);
    EXPECT_NEAR(zero.high, 0.2775328, 1e-6);
    EXPECT_NEAR(wilsonInterval(10, 10).high, 1, 1e-12);
    EXPECT_EQ(wilsonInterval(0, 0).high, 1);
}

TEST(Statistics, studentQuantiles)
{
    EXPECT_NEAR(studentQuantile(0.975, 1), 12.7062047, 1e-6);
    EXPECT_NEAR(studentQuantile(0.975, 4), 2.7764451, 1e-6);
    EXPECT_NEAR(studentQuantile(0.95, 10), 1.8124611, 1e-6);
    EXPECT_NEAR(studentQuantile(0.975, 1e6), 1.959966, 1e-5);
    EXPECT_NEAR(studentQuantile(0.025, 4), -2.7764451, 1e-6);
    EXPECT_NEAR(studentQuantile(0.5, 3), 0, 1e-9);
    EXPECT_TRUE(std::isnan(studentQuantile(1, 3)));
}

TEST(Statistics, meanSdAndInterval)
{
    const std::vector<double> values = {2, 4, 4, 4, 5, 5, 7, 9};
    EXPECT_DOUBLE_EQ(meanAndSd(values).mean, 5);
    EXPECT_NEAR(meanAndSd(values).sd, std::sqrt(32.0 / 7), 1e-12);
    const std::vector<double> three = {1, 2, 3};
    EXPECT_NEAR(tInterval(three).low, 2 - 4.3026527 / std::sqrt(3.0), 1e-6);
    EXPECT_NEAR(tInterval(three).high, 2 + 4.3026527 / std::sqrt(3.0), 1e-6);
    EXPECT_TRUE(std::isnan(tInterval(std::vector<double>{1}).low));
    EXPECT_TRUE(std::isnan(meanAndSd({}).mean));
}

TEST(Statistics, mcNemar)
{
    const std::vector<double> a = {1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0};
    const std::vector<double> b = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0};
    const McNemar result = mcNemarExact(a, b);
    EXPECT_EQ(result.onlyA, 9);
    EXPECT_EQ(result.onlyB, 1);
    EXPECT_NEAR(result.pValue, 2 * (1 + 10) / 1024.0, 1e-12);
    EXPECT_EQ(mcNemarExact(a, a).pValue, 1);
    const std::vector<double> c = {1, 0};
    const std::vector<double> d = {0, 1};
    EXPECT_EQ(mcNemarExact(c, d).pValue, 1) << "2 P(X <= 1) of 2 is 1.5 and is cut at 1";
}

TEST(Statistics, bootstrap)
{
    std::vector<double> a(400);
    std::vector<double> b(400);
    for (std::size_t i = 0; i < a.size(); ++i) {
        a[i] = i % 10 < 7 ? 1 : 0;
        b[i] = i % 10 < 6 ? 1 : 0;
    }
    const auto first = pairedBootstrap(a, b, 3);
    const auto again = pairedBootstrap(a, b, 3);
    EXPECT_NEAR(first.difference, 0.1, 1e-12);
    EXPECT_EQ(first.interval.low, again.interval.low);
    EXPECT_EQ(first.interval.high, again.interval.high);
    // The difference is a share of 0.1 with standard error sqrt(0.1 * 0.9 / 400) = 0.015.
    EXPECT_NEAR(first.interval.low, 0.1 - 1.96 * 0.015, 0.004);
    EXPECT_NEAR(first.interval.high, 0.1 + 1.96 * 0.015, 0.004);
    EXPECT_EQ(first.shareAbove, 1);
    const auto same = pairedBootstrap(a, a, 3, 100);
    EXPECT_EQ(same.interval.low, 0);
    EXPECT_EQ(same.shareAbove, 0.5);
    EXPECT_TRUE(std::isnan(pairedBootstrap({}, {}, 1).difference));
}

TEST(Disciplines, subjectsOfMmmuAreGroupedAsItsPaperDoes)
{
    EXPECT_EQ(disciplineOf("Art_Theory"), "Art & Design");
    EXPECT_EQ(disciplineOf("Diagnostics and Laboratory Medicine"), "Health & Medicine");
    EXPECT_EQ(disciplineOf("mechanical engineering"), "Tech & Engineering");
    EXPECT_EQ(disciplineOf("sum"), "");
    EXPECT_EQ(disciplineOf(""), "");
}

} // namespace
} // namespace winnow
