#include "core/rank/consensus.h"

#include "core/rank/correlation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace winnow {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::vector<double> ranksAscending(const std::vector<float> &values)
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!std::isnan(values[i]))
            order.push_back(i);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size(), none);
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first;
        while (last < order.size() && values[order[last]] == values[order[first]])
            ++last;
        for (std::size_t i = first; i < last; ++i)
            ranks[order[i]] = static_cast<double>(first + last + 1) / 2;
        first = last;
    }
    return ranks;
}

} // namespace

Consensus consensusOf(std::span<const std::vector<float>> last, std::span<const std::vector<float>> first)
{
    assert(last.size() == first.size());
    Consensus result;
    result.runs = static_cast<int>(last.size());
    const std::size_t samples = last.empty() ? 0 : last.front().size();
    std::vector<std::vector<double>> ranks;
    result.downWeighted.assign(samples, 0);
    for (std::size_t r = 0; r < last.size(); ++r) {
        assert(last[r].size() == samples && first[r].size() == samples);
        ranks.push_back(ranksAscending(last[r]));
        for (std::size_t i = 0; i < samples; ++i)
            result.downWeighted[i] += last[r][i] < first[r][i] - 0.5F * std::abs(first[r][i]) ? 1 : 0;
    }
    const auto runs = static_cast<double>(last.size());
    for (std::size_t i = 0; i < samples; ++i) {
        double sum = 0;
        for (const auto &of : ranks)
            sum += of[i];
        const double mean = sum / runs;
        double squares = 0;
        for (const auto &of : ranks)
            squares += (of[i] - mean) * (of[i] - mean);
        result.meanRank.push_back(mean);
        result.spread.push_back(last.size() > 1 ? std::sqrt(squares / (runs - 1)) : none);
    }
    double sum = 0;
    int pairs = 0;
    for (std::size_t a = 0; a < ranks.size(); ++a)
        for (std::size_t b = a + 1; b < ranks.size(); ++b, ++pairs)
            sum += spearman(ranks[a], ranks[b]);
    result.agreement = pairs > 0 ? sum / pairs : none;
    return result;
}

} // namespace winnow
