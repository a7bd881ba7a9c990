#include "core/rank/collapse.h"
#include "core/rank/correlation.h"
#include "core/rank/metrics.h"

#include "core/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<DetectionCase> randomCases(std::uint64_t seed, std::size_t count, std::uint64_t levels)
{
    Random random(seed, RandomStream::Bootstrap);
    std::vector<DetectionCase> cases(count);
    for (DetectionCase &c : cases) {
        c.noise = random.below(3) == 0;
        c.suspicion = static_cast<double>(random.below(levels) + (c.noise ? levels / 4 : 0));
    }
    return cases;
}

TEST(Auroc, equalsTheCountOverAllPairs)
{
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        const auto cases = randomCases(seed, 60, seed % 2 == 0 ? 7 : 100000);
        double wins = 0;
        double pairs = 0;
        for (const DetectionCase &noisy : cases) {
            for (const DetectionCase &clean : cases) {
                if (!noisy.noise || clean.noise)
                    continue;
                ++pairs;
                wins += noisy.suspicion > clean.suspicion ? 1 : noisy.suspicion == clean.suspicion ? 0.5 : 0;
            }
        }
        EXPECT_NEAR(auroc(cases).value, wins / pairs, 1e-12) << seed;
    }
}

TEST(Auroc, deLongByItsDefinition)
{
    const auto cases = randomCases(5, 80, 9);
    std::vector<double> ofNoisy;
    std::vector<double> ofClean;
    for (const DetectionCase &c : cases) {
        double sum = 0;
        double count = 0;
        for (const DetectionCase &other : cases) {
            if (other.noise == c.noise)
                continue;
            const double gap = c.noise ? c.suspicion - other.suspicion : other.suspicion - c.suspicion;
            sum += gap > 0 ? 1 : gap == 0 ? 0.5 : 0;
            ++count;
        }
        (c.noise ? ofNoisy : ofClean).push_back(sum / count);
    }
    const auto variance = [](const std::vector<double> &values) {
        double mean = 0;
        for (double v : values)
            mean += v / static_cast<double>(values.size());
        double squares = 0;
        for (double v : values)
            squares += (v - mean) * (v - mean);
        return squares / static_cast<double>(values.size() - 1);
    };
    const double wanted = std::sqrt(variance(ofNoisy) / static_cast<double>(ofNoisy.size())
                                    + variance(ofClean) / static_cast<double>(ofClean.size()));
    const Auroc result = auroc(cases);
    EXPECT_NEAR(result.standardError, wanted, 1e-12);
    EXPECT_NEAR(result.high - result.value, 1.959964 * wanted, 1e-6);
}

TEST(Auroc, edges)
{
    using Cases = std::vector<DetectionCase>;
    EXPECT_EQ(auroc(Cases{{2, true}, {1, false}}).value, 1);
    EXPECT_EQ(auroc(Cases{{1, true}, {2, false}}).value, 0);
    EXPECT_EQ(auroc(Cases{{1, true}, {1, false}, {1, false}}).value, 0.5);
    EXPECT_TRUE(std::isnan(auroc(Cases{{2, true}, {1, false}}).low));
    EXPECT_TRUE(std::isnan(auroc(Cases{{1, true}}).value));
    EXPECT_TRUE(std::isnan(auroc(Cases{}).value));
}

TEST(Detection, unknownAndUnscoredSamplesStayOut)
{
    const std::vector<double> suspicion = {1, nan, 3, 4};
    const std::vector<std::int8_t> noise = {1, 0, -1, 0};
    const auto cases = detectionCases(suspicion, noise);
    ASSERT_TRUE(cases.ok());
    EXPECT_EQ(cases->size(), 2u);
    EXPECT_FALSE(detectionCases(suspicion, std::vector<std::int8_t>{1}).ok());
}

TEST(AveragePrecision, handComputed)
{
    using Cases = std::vector<DetectionCase>;
    EXPECT_NEAR(averagePrecision(Cases{{4, true}, {3, false}, {2, true}, {1, false}}), (1 + 2.0 / 3) / 2, 1e-12);
    EXPECT_NEAR(averagePrecision(Cases{{1, true}, {1, false}, {1, true}, {1, false}}), 0.5, 1e-12);
    EXPECT_TRUE(std::isnan(averagePrecision(Cases{{1, false}})));
}

TEST(PrecisionAt, tiesCountByTheirExpectation)
{
    using Cases = std::vector<DetectionCase>;
    const Cases cases = {{4, true}, {3, true}, {3, false}, {3, false}, {1, true}};
    EXPECT_NEAR(precisionAt(cases, 1), 1, 1e-12);
    EXPECT_NEAR(precisionAt(cases, 2), (1 + 1.0 / 3) / 2, 1e-12);
    EXPECT_NEAR(precisionAt(cases, 4), 0.5, 1e-12);
    EXPECT_NEAR(precisionAt(cases, 100), 0.6, 1e-12);
    EXPECT_TRUE(std::isnan(precisionAt(cases, 0)));
}

double bruteTauB(const std::vector<double> &a, const std::vector<double> &b)
{
    double score = 0;
    double notTiedA = 0;
    double notTiedB = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const double x = (a[i] > a[j]) - (a[i] < a[j]);
            const double y = (b[i] > b[j]) - (b[i] < b[j]);
            score += x * y;
            notTiedA += x != 0 ? 1 : 0;
            notTiedB += y != 0 ? 1 : 0;
        }
    }
    return score / std::sqrt(notTiedA * notTiedB);
}

TEST(Correlation, kendallEqualsTheCountOverAllPairs)
{
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        Random random(seed, RandomStream::Bootstrap);
        std::vector<double> a(50);
        std::vector<double> b(50);
        const std::uint64_t levels = seed % 2 == 0 ? 6 : 1000;
        for (std::size_t i = 0; i < a.size(); ++i) {
            a[i] = static_cast<double>(random.below(levels));
            b[i] = static_cast<double>(random.below(levels)) + a[i] / 2;
        }
        EXPECT_NEAR(kendallTauB(a, b), bruteTauB(a, b), 1e-12) << seed;
    }
}

TEST(Correlation, spearmanKnownValues)
{
    const std::vector<double> iq = {106, 100, 86, 101, 99, 103, 97, 113, 112, 110};
    const std::vector<double> hours = {7, 27, 2, 50, 28, 29, 20, 12, 6, 17};
    EXPECT_NEAR(spearman(iq, hours), -29.0 / 165, 1e-12) << "the worked example of the textbooks";
    const std::vector<double> tied = {1, 2, 2, 3};
    EXPECT_NEAR(spearman(tied, tied), 1, 1e-12);
    EXPECT_NEAR(spearman(std::vector<double>{1, 2, nan, 3}, std::vector<double>{3, 2, 0, 1}), -1, 1e-12);
    EXPECT_TRUE(std::isnan(spearman(std::vector<double>{1, 1}, std::vector<double>{1, 2})));
    EXPECT_TRUE(std::isnan(kendallTauB(std::vector<double>{1}, std::vector<double>{1})));
    EXPECT_TRUE(std::isnan(kendallTauB(std::vector<double>{1, 1}, std::vector<double>{1, 2})));
}

TEST(Correlation, topOverlap)
{
    const std::vector<double> a = {5, 4, 3, 2, 1};
    const std::vector<double> b = {5, 1, 4, 2, 3};
    EXPECT_DOUBLE_EQ(topOverlap(a, b, 1), 1);
    EXPECT_DOUBLE_EQ(topOverlap(a, b, 2), 0.5);
    EXPECT_DOUBLE_EQ(topOverlap(a, b, 99), 1);
    EXPECT_TRUE(std::isnan(topOverlap(a, b, 0)));
}

TEST(Collapse, thresholds)
{
    std::vector<float> weights(100, 1.0f);
    EXPECT_FALSE(weightHealth(weights, -1, 3).collapsed);
    EXPECT_TRUE(weightHealth(weights, 0, 1).collapsed);
    for (std::size_t i = 0; i < 10; ++i)
        weights[i] = 0.5f;
    EXPECT_DOUBLE_EQ(weightHealth(weights, 0, 1).shareAtBound, 0.9);
    EXPECT_FALSE(weightHealth(weights, 0, 1).collapsed) << "more than 90 % are needed";
    weights[0] = 0.9991f;
    EXPECT_TRUE(weightHealth(weights, 0, 1).collapsed);
    weights[0] = 0.998f;
    EXPECT_FALSE(weightHealth(weights, 0, 1).collapsed);
    EXPECT_NEAR(weightHealth(std::vector<float>{1, 1, 0, 0}, 0, 1).effectiveSize, 2, 1e-12);
    EXPECT_EQ(weightHealth(std::vector<float>{0, 0}, 0, 1).effectiveSize, 0);
    EXPECT_FALSE(weightHealth({}, 0, 1).collapsed);
}

} // namespace
} // namespace winnow
