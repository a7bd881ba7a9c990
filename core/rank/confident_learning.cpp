#include "core/rank/confident_learning.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace winnow
{

namespace
{

constexpr double none = std::numeric_limits<double>::quiet_NaN();

double probability(const JudgedStep &step, std::size_t label)
{
    return label == 1 ? step.pPlus : 1.0 - step.pPlus;
}

std::size_t givenLabel(const JudgedStep &step)
{
    return step.plus ? 1 : 0;
}

template <typename Visit>
void eachStep(std::span<const JudgedRow> rows, Visit visit)
{
    for (const JudgedRow &row : rows)
        for (const JudgedStep &step : row)
            if (!std::isnan(step.pPlus))
                visit(step);
}

/// False: the step passes no threshold. Comparisons with a missing threshold are false.
bool confidentLabel(const JudgedStep &step, const std::array<double, 2> &thresholds, std::size_t &label)
{
    const std::size_t given = givenLabel(step);
    const std::size_t other = 1 - given;
    const bool asGiven = probability(step, given) >= thresholds[given];
    const bool asOther = probability(step, other) >= thresholds[other];
    if (!asGiven && !asOther)
        return false;
    const bool otherWins = asOther && (!asGiven || probability(step, other) > probability(step, given));
    label = otherWins ? other : given;
    return true;
}

void calibrate(ConfidentJoint &joint)
{
    const auto steps = static_cast<double>(joint.steps());
    for (std::size_t i = 0; i < 2 && steps > 0; ++i) {
        const double share = static_cast<double>(joint.given[i]) / steps;
        const std::int64_t counted = joint.counts[i][0] + joint.counts[i][1];
        if (counted == 0) {
            joint.joint[i][i] = share;
            continue;
        }
        for (std::size_t j = 0; j < 2; ++j)
            joint.joint[i][j] = share * static_cast<double>(joint.counts[i][j]) / static_cast<double>(counted);
    }
}

} // namespace

double ConfidentJoint::wrongShare() const
{
    return steps() > 0 ? joint[0][1] + joint[1][0] : none;
}

ConfidentJoint confidentJoint(std::span<const JudgedRow> rows)
{
    ConfidentJoint joint;
    std::array<double, 2> sums{};
    eachStep(rows, [&](const JudgedStep &step) {
        const std::size_t given = givenLabel(step);
        ++joint.given[given];
        sums[given] += probability(step, given);
    });
    for (std::size_t i = 0; i < 2; ++i)
        joint.thresholds[i] = joint.given[i] > 0 ? sums[i] / static_cast<double>(joint.given[i]) : none;
    eachStep(rows, [&](const JudgedStep &step) {
        std::size_t label = 0;
        if (confidentLabel(step, joint.thresholds, label))
            ++joint.counts[givenLabel(step)][label];
    });
    calibrate(joint);
    return joint;
}

std::vector<double> confidentSuspicion(std::span<const JudgedRow> rows, const ConfidentJoint &joint, RowScore score)
{
    std::array<double, 2> taken{};
    for (std::size_t i = 0; i < 2; ++i)
        taken[i] = std::isnan(joint.thresholds[i]) ? 0.0 : joint.thresholds[i];
    std::vector<double> suspicion;
    suspicion.reserve(rows.size());
    for (const JudgedRow &row : rows) {
        double sum = 0;
        double lowest = std::numeric_limits<double>::infinity();
        std::size_t steps = 0;
        for (const JudgedStep &step : row) {
            if (std::isnan(step.pPlus))
                continue;
            const std::size_t given = givenLabel(step);
            const double margin = (probability(step, given) - taken[given])
                - (probability(step, 1 - given) - taken[1 - given]);
            sum += margin;
            lowest = std::min(lowest, margin);
            ++steps;
        }
        suspicion.push_back(steps == 0                  ? none
                            : score == RowScore::Lowest ? -lowest
                                                        : -sum / static_cast<double>(steps));
    }
    return suspicion;
}

} // namespace winnow
