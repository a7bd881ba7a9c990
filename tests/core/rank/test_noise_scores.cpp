#include "core/rank/average_precision_interval.h"
#include "core/rank/consensus.h"
#include "core/rank/noise_scores.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace winnow {
namespace {

// References written straight from the definitions, quadratic, independent of core/rank/metrics.

double referenceAuroc(const std::vector<double> &score, const std::vector<std::int8_t> &noise)
{
    double wins = 0;
    double pairs = 0;
    for (std::size_t i = 0; i < score.size(); ++i)
        for (std::size_t j = 0; j < score.size(); ++j) {
            if (noise[i] != 1 || noise[j] != 0 || std::isnan(score[i]) || std::isnan(score[j]))
                continue;
            wins += score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
            ++pairs;
        }
    return wins / pairs;
}

double referenceAveragePrecision(const std::vector<double> &score, const std::vector<std::int8_t> &noise)
{
    double sum = 0;
    double noisy = 0;
    for (std::size_t i = 0; i < score.size(); ++i) {
        if (noise[i] != 1 || std::isnan(score[i]))
            continue;
        double above = 0;
        double hits = 0;
        for (std::size_t j = 0; j < score.size(); ++j)
            if (noise[j] >= 0 && !std::isnan(score[j]) && score[j] >= score[i]) {
                ++above;
                hits += noise[j];
            }
        sum += hits / above;
        ++noisy;
    }
    return sum / noisy;
}

/// Expectation over random orders of ties: each tied sample is in the first k with the share that fits.
double referencePrecisionAt(const std::vector<double> &score, const std::vector<std::int8_t> &noise, double k)
{
    double expected = 0;
    for (std::size_t i = 0; i < score.size(); ++i) {
        if (noise[i] != 1 || std::isnan(score[i]))
            continue;
        double better = 0;
        double same = 0;
        for (std::size_t j = 0; j < score.size(); ++j)
            if (noise[j] >= 0 && !std::isnan(score[j])) {
                better += score[j] > score[i] ? 1 : 0;
                same += score[j] == score[i] ? 1 : 0;
            }
        expected += std::clamp((k - better) / same, 0.0, 1.0);
    }
    return expected / k;
}

struct Training {
    std::vector<std::int64_t> snapshotSteps{0, 40, 80, 120};
    std::vector<std::vector<float>> weights;
    std::vector<std::int64_t> visitSteps;
    std::vector<SampleVisit> visits;
    std::vector<std::int8_t> noise;

    explicit Training(std::size_t samples)
    {
        std::mt19937 random(5);
        std::normal_distribution<float> normal;
        for (std::size_t i = 0; i < samples; ++i)
            noise.push_back(static_cast<std::int8_t>(i % 11 == 3 ? -1 : i % 4 == 0 ? 1 : 0));
        for (const std::int64_t step : snapshotSteps) {
            std::vector<float> w;
            for (std::size_t i = 0; i < samples; ++i) // rounded, so that there are ties
                w.push_back(std::round((1 - static_cast<float>(step) / 200 * (noise[i] == 1 ? 1.0F : 0.2F) + 0.1F * normal(random)) * 20) / 20);
            weights.push_back(std::move(w));
        }
        for (std::int64_t step = 1; step <= 120; ++step)
            for (int b = 0; b < 3; ++b) {
                const auto sample = static_cast<std::uint32_t>(random() % (samples - 5)); // the last five are never visited
                const float p = noise[sample] == 1 ? 0.3F : 0.7F;
                visitSteps.push_back(step);
                visits.push_back({sample, 1, -std::log(p) + 0.5F * std::abs(normal(random)), 0.01F * normal(random), p + 0.1F * normal(random), normal(random)});
            }
    }
    NoiseScoreInput input() const { return {snapshotSteps, weights, visitSteps, visits, noise, 0.8, 17}; }
};

TEST(NoiseScores, behaviour29_equalAReferenceAtEverySnapshotTo1e9)
{
    const Training t(90);
    const auto scores = noiseScores(t.input());
    ASSERT_TRUE(scores.ok()) << scores.error().message;
    ASSERT_EQ(scores->series.size(), 6U);
    for (std::size_t s = 0; s < t.snapshotSteps.size(); ++s) {
        std::vector<double> weight;
        std::vector<double> ema(90, std::nan(""));
        std::vector<double> p(90, std::nan(""));
        std::vector<double> n(90, 0);
        for (const float w : t.weights[s])
            weight.push_back(-static_cast<double>(w));
        for (std::size_t v = 0; v < t.visits.size() && t.visitSteps[v] <= t.snapshotSteps[s]; ++v) {
            const SampleVisit &visit = t.visits[v];
            double &e = ema[visit.sample];
            e = std::isnan(e) ? visit.loss : 0.8 * e + (1 - 0.8) * visit.loss;
            double &sum = p[visit.sample];
            sum = std::isnan(sum) ? visit.pGiven : sum + visit.pGiven;
            ++n[visit.sample];
        }
        for (std::size_t i = 0; i < p.size(); ++i)
            p[i] = -p[i] / n[i];
        const std::pair<std::size_t, const std::vector<double> *> columns[] = {{0, &weight}, {1, &ema}, {2, &p}};
        for (const auto &[series, column] : columns) {
            const NoiseScore &score = scores->series[series].scores[s];
            if (s == 0 && series > 0) {
                EXPECT_TRUE(std::isnan(score.auroc)) << "nothing was visited yet";
                continue;
            }
            EXPECT_NEAR(score.auroc, referenceAuroc(*column, t.noise), 1e-9) << series << " at " << t.snapshotSteps[s];
            EXPECT_NEAR(score.averagePrecision, referenceAveragePrecision(*column, t.noise), 1e-9) << series;
            EXPECT_NEAR(score.precisionAtK, referencePrecisionAt(*column, t.noise, 17), 1e-9) << series;
            EXPECT_LE(score.aurocLow, score.auroc);
            EXPECT_GE(score.aurocHigh, score.auroc);
        }
    }
    EXPECT_EQ(scores->series[0].scores[0].samples, 82) << "unknown truth stays out";
    EXPECT_EQ(scores->k, 17U);
}

TEST(NoiseScores, behaviour29_refusesAMaskOfAnotherDataSet)
{
    const Training t(90);
    NoiseScoreInput input = t.input();
    input.noise = std::span(t.noise).first(80);
    EXPECT_FALSE(noiseScores(input).ok());
}

TEST(AveragePrecisionInterval, coversTheValueAndIsTheSameForTheSameSeed)
{
    std::vector<DetectionCase> cases;
    std::mt19937 random(3);
    std::normal_distribution<double> normal;
    for (int i = 0; i < 400; ++i)
        cases.push_back({(i % 5 == 0 ? 1.2 : 0.0) + normal(random), i % 5 == 0});
    const auto a = averagePrecisionInterval(cases, 500, 1);
    EXPECT_NEAR(a.value, averagePrecision(cases), 1e-12);
    EXPECT_LT(a.low, a.value);
    EXPECT_GT(a.high, a.value);
    EXPECT_LT(a.high - a.low, 0.3);
    EXPECT_EQ(a.low, averagePrecisionInterval(cases, 500, 1).low);
    EXPECT_NE(a.low, averagePrecisionInterval(cases, 500, 2).low);
    EXPECT_TRUE(std::isnan(averagePrecisionInterval(std::vector<DetectionCase>{{1, false}}, 10, 1).low));
}

TEST(ConsensusAcrossRuns, meansRanksAndCountsDownWeightedRuns)
{
    const std::vector<std::vector<float>> first(3, {1, 1, 1, -1});
    const std::vector<std::vector<float>> last = {{0.2F, 1.1F, 0.9F, -1}, {0.4F, 0.4F, 1.2F, -1.6F}, {0.1F, 1, 0.49F, -1}};
    const Consensus c = consensusOf(last, first);
    EXPECT_EQ(c.runs, 3);
    EXPECT_EQ(c.downWeighted, (std::vector<std::int32_t>{3, 1, 1, 1}));
    EXPECT_DOUBLE_EQ(c.meanRank[0], (2 + 2.5 + 2) / 3.0);
    EXPECT_DOUBLE_EQ(c.meanRank[1], (4 + 2.5 + 4) / 3.0);
    EXPECT_NEAR(c.spread[0], std::sqrt((2 * std::pow(2 - 6.5 / 3, 2) + std::pow(2.5 - 6.5 / 3, 2)) / 2), 1e-12);
    EXPECT_DOUBLE_EQ(c.spread[3], 0) << "lowest in every run";
    EXPECT_GT(c.agreement, 0.5);
    EXPECT_TRUE(std::isnan(consensusOf(std::span(last).first(1), std::span(first).first(1)).spread[0]));
}

} // namespace
} // namespace winnow
