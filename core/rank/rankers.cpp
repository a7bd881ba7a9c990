#include "core/rank/rankers.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>

namespace winnow {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view magic = "WNWRANK1";

void putWord(std::string &out, std::uint64_t word)
{
    for (int shift = 0; shift < 64; shift += 8)
        out += static_cast<char>(word >> shift & 0xFF);
}

std::uint64_t takeWord(std::string_view &bytes)
{
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 8; ++i)
        word |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    bytes.remove_prefix(8);
    return word;
}

template <typename T>
void putAll(std::string &out, const std::vector<T> &values)
{
    for (T value : values)
        putWord(out, std::bit_cast<std::uint64_t>(value));
}

template <typename T>
void takeAll(std::string_view &bytes, std::vector<T> &values)
{
    for (T &value : values)
        value = std::bit_cast<T>(takeWord(bytes));
}

/// Ranks among the finite scores divided by their number, ties sharing the mean; NaN stays NaN.
std::vector<double> shareRanks(const std::vector<double> &scores)
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < scores.size(); ++i)
        if (!std::isnan(scores[i]))
            order.push_back(i);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
    std::vector<double> ranks(scores.size(), none);
    const auto count = static_cast<double>(order.size());
    for (std::size_t from = 0; from < order.size();) {
        std::size_t to = from;
        while (to < order.size() && scores[order[to]] == scores[order[from]])
            ++to;
        const double mean = static_cast<double>(from + 1 + to) / 2.0;
        for (; from < to; ++from)
            ranks[order[from]] = mean / count;
    }
    return ranks;
}

} // namespace

std::string_view rankerName(RankerKind kind)
{
    switch (kind) {
    case RankerKind::LossEma: return "loss_ema";
    case RankerKind::Confidence: return "confidence";
    case RankerKind::Variability: return "variability";
    case RankerKind::AreaUnderMargin: return "area_under_margin";
    case RankerKind::InRunShapley: return "in_run_shapley";
    }
    return "";
}

Rankers::Rankers(std::size_t sampleCount, double keep)
    : m_keep(keep),
      m_visits(sampleCount),
      m_pCount(sampleCount),
      m_marginCount(sampleCount),
      m_lossEma(sampleCount, none),
      m_pMean(sampleCount),
      m_pSquares(sampleCount),
      m_marginSum(sampleCount),
      m_hypergradientSum(sampleCount, none)
{
    assert(keep >= 0 && keep < 1);
}

Status Rankers::add(std::span<const SampleVisit> visits)
{
    for (const SampleVisit &visit : visits) {
        if (visit.sample >= sampleCount())
            return Error{"a visit names sample " + std::to_string(visit.sample) + ", but the training set has "
                         + std::to_string(sampleCount()) + " rows; the run and its data set do not belong together"};
    }
    for (const SampleVisit &visit : visits) {
        const std::size_t i = visit.sample;
        ++m_visits[i];
        if (!std::isnan(visit.loss)) {
            const double loss = visit.loss;
            m_lossEma[i] = std::isnan(m_lossEma[i]) ? loss : m_keep * m_lossEma[i] + (1 - m_keep) * loss;
        }
        if (!std::isnan(visit.pGiven)) {
            const double gap = visit.pGiven - m_pMean[i];
            m_pMean[i] += gap / static_cast<double>(++m_pCount[i]);
            m_pSquares[i] += gap * (visit.pGiven - m_pMean[i]);
        }
        if (!std::isnan(visit.margin)) {
            ++m_marginCount[i];
            m_marginSum[i] += visit.margin;
        }
        if (!std::isnan(visit.hypergradient))
            m_hypergradientSum[i] =
                (std::isnan(m_hypergradientSum[i]) ? 0 : m_hypergradientSum[i]) + visit.hypergradient;
    }
    return {};
}

std::vector<double> Rankers::suspicion(RankerKind kind) const
{
    std::vector<double> scores(sampleCount(), none);
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const auto pCount = static_cast<double>(m_pCount[i]);
        switch (kind) {
        case RankerKind::LossEma: scores[i] = m_lossEma[i]; break;
        case RankerKind::Confidence: scores[i] = m_pCount[i] > 0 ? -m_pMean[i] : none; break;
        case RankerKind::Variability: scores[i] = m_pCount[i] > 0 ? std::sqrt(m_pSquares[i] / pCount) : none; break;
        case RankerKind::AreaUnderMargin:
            scores[i] = m_marginCount[i] > 0 ? -m_marginSum[i] / static_cast<double>(m_marginCount[i]) : none;
            break;
        case RankerKind::InRunShapley: scores[i] = m_hypergradientSum[i]; break;
        }
    }
    return scores;
}

std::string Rankers::serialize() const
{
    std::string out(magic);
    putWord(out, std::bit_cast<std::uint64_t>(m_keep));
    putWord(out, sampleCount());
    putAll(out, m_visits);
    putAll(out, m_pCount);
    putAll(out, m_marginCount);
    putAll(out, m_lossEma);
    putAll(out, m_pMean);
    putAll(out, m_pSquares);
    putAll(out, m_marginSum);
    putAll(out, m_hypergradientSum);
    return out;
}

Result<Rankers> Rankers::deserialize(std::string_view bytes)
{
    constexpr std::size_t wordsPerSample = 8;
    if (!bytes.starts_with(magic) || bytes.size() < magic.size() + 16)
        return Error{"the state of the rankers is not of this version of Winnow; start the run again"};
    bytes.remove_prefix(magic.size());
    const double keep = std::bit_cast<double>(takeWord(bytes));
    const std::uint64_t count = takeWord(bytes);
    if (!(keep >= 0 && keep < 1) || bytes.size() % (wordsPerSample * 8) != 0
        || count != bytes.size() / (wordsPerSample * 8))
        return Error{"the state of the rankers is damaged; use an older checkpoint"};
    Rankers rankers(static_cast<std::size_t>(count), keep);
    takeAll(bytes, rankers.m_visits);
    takeAll(bytes, rankers.m_pCount);
    takeAll(bytes, rankers.m_marginCount);
    takeAll(bytes, rankers.m_lossEma);
    takeAll(bytes, rankers.m_pMean);
    takeAll(bytes, rankers.m_pSquares);
    takeAll(bytes, rankers.m_marginSum);
    takeAll(bytes, rankers.m_hypergradientSum);
    return rankers;
}

std::vector<double> combinedSuspicion(const Rankers &rankers, std::span<const float> weightOfSample)
{
    std::vector<double> combined = shareRanks(rankers.suspicion(RankerKind::Confidence));
    if (weightOfSample.size() != combined.size())
        return combined;
    constexpr double part = 0.25;
    const std::vector<double> weights = shareRanks(suspicionFromWeights(weightOfSample));
    for (std::size_t i = 0; i < combined.size(); ++i)
        if (!std::isnan(weights[i]))
            combined[i] = (1.0 - part) * combined[i] + part * weights[i];
    return combined;
}

std::vector<double> suspicionFromWeights(std::span<const float> weightOfSample)
{
    std::vector<double> scores;
    scores.reserve(weightOfSample.size());
    for (float weight : weightOfSample)
        scores.push_back(-static_cast<double>(weight));
    return scores;
}

} // namespace winnow
