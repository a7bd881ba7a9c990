#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/run/run_events.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

enum class RankerKind { LossEma, Confidence, Variability, AreaUnderMargin, InRunShapley };
inline constexpr std::array rankerKinds = {RankerKind::LossEma, RankerKind::Confidence, RankerKind::Variability,
                                           RankerKind::AreaUnderMargin, RankerKind::InRunShapley};
/// "loss_ema", "confidence", "variability", "area_under_margin", "in_run_shapley".
WINNOW_CORE_API std::string_view rankerName(RankerKind kind);

/// Running figures of every training sample from what each iteration sees anyway; one thread at a time. Suspicion is
/// higher for what looks more like noise, NaN for a sample without a usable visit:
/// - loss EMA: old * keep + loss * (1 - keep), the first loss starts it;
/// - confidence: minus the mean of p(given label) (data maps, Swayamdipta 2020);
/// - variability: its standard deviation (divided by the number of visits, as the data maps);
/// - area under the margin: minus the mean margin (Pleiss 2020);
/// - in-run Shapley: the sum of hypergradients dM/dw_i: where it is positive, the sample's weight raises the meta loss.
/// NaN values of a visit are left out of the figure they belong to.
class WINNOW_CORE_API Rankers {
public:
    /// `keep` in [0, 1): ranking.loss_ema of the run.
    Rankers(std::size_t sampleCount, double keep);

    std::size_t sampleCount() const { return m_lossEma.size(); }
    /// A visit of a sample outside the training set is an error and changes nothing.
    Status add(std::span<const SampleVisit> visits);
    std::vector<double> suspicion(RankerKind kind) const;
    std::vector<std::int64_t> visits() const { return m_visits; }

    /// The whole state, bit-exact, for a checkpoint; little-endian with a version and the counts.
    std::string serialize() const;
    /// Refuses bytes of another version, length or setting.
    static Result<Rankers> deserialize(std::string_view bytes);

private:
    double m_keep;
    std::vector<std::int64_t> m_visits;
    std::vector<std::int64_t> m_pCount;
    std::vector<std::int64_t> m_marginCount;
    std::vector<double> m_lossEma; ///< NaN before the first loss
    std::vector<double> m_pMean; ///< Welford
    std::vector<double> m_pSquares;
    std::vector<double> m_marginSum;
    std::vector<double> m_hypergradientSum; ///< NaN before the first
};

/// One order out of confidence and learned weights, without a mask: each is replaced by its rank among the rows that have
/// it, divided by their number (1: most suspicious; ties share their mean rank), and
///   combined = 3/4 rank of confidence + 1/4 rank of weight.
/// A row without a weight, and every row when `weightOfSample` is empty (no weights, or one weight a subject), has the rank
/// of confidence alone; a row without a visit has NaN.
WINNOW_CORE_API std::vector<double> combinedSuspicion(const Rankers &rankers, std::span<const float> weightOfSample);
inline constexpr std::string_view combinedRankerName = "combined";

/// Suspicion from learned weights: minus the weight.
WINNOW_CORE_API std::vector<double> suspicionFromWeights(std::span<const float> weightOfSample);

} // namespace winnow
