#pragma once

#include "core/base/export.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace winnow
{

/// Where a sample stands when two runs may reject it: its learned weight is below the limit.
enum class Quadrant { OnlyARejects, BothKeep, BothReject, OnlyBRejects };
constexpr std::size_t quadrantCount = 4;
constexpr float rejectLimit = 0.5F; ///< half of the weight that every sample starts with

/// Weights must not be NaN.
constexpr Quadrant quadrantOf(float a, float b, float limit = rejectLimit)
{
    return a < limit ? (b < limit ? Quadrant::BothReject : Quadrant::OnlyARejects)
                     : (b < limit ? Quadrant::OnlyBRejects : Quadrant::BothKeep);
}

/// Of the k lowest weights of a and the k lowest of b, how many are the same samples.
struct OverlapPoint {
    std::size_t k = 0;
    std::size_t common = 0;

    double share() const { return static_cast<double>(common) / static_cast<double>(k); }
};

/// How alike two runs weigh the same samples. Samples that one of them never weighed (NaN) are left out and counted.
struct WeightAgreement {
    std::size_t samples = 0;
    std::size_t leftOut = 0;
    double spearman = 0; ///< NaN where one side is constant
    double kendall = 0; ///< tau-b
    std::vector<OverlapPoint> overlap; ///< k = 10 (or all) and on by a quarter, up to all samples
    std::array<std::int64_t, quadrantCount> quadrants{};
    std::vector<double> rankA; ///< by sample, 1 = lowest weight, ties at their mean rank; NaN where left out
    std::vector<double> rankB;

    std::int64_t count(Quadrant quadrant) const { return quadrants[static_cast<std::size_t>(quadrant)]; }
};

/// Weights by sample, of equal length. Equal weights are in order of the samples for the overlap, as in topOverlap().
WINNOW_CORE_API WeightAgreement weightAgreement(std::span<const float> a, std::span<const float> b,
                                                float limit = rejectLimit);

/// Samples of a quadrant, largest gap between the two ranks first.
WINNOW_CORE_API std::vector<std::uint32_t> samplesOfQuadrant(const WeightAgreement &agreement, std::span<const float> a,
                                                             std::span<const float> b, Quadrant quadrant,
                                                             float limit = rejectLimit);

} // namespace winnow
