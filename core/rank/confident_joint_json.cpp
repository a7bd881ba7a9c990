#include "core/rank/confident_joint_json.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace winnow
{

namespace
{

using Json = nlohmann::ordered_json;

Json numberOrNull(double value)
{
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

template <typename T>
Json tableJson(const std::array<std::array<T, 2>, 2> &table)
{
    const auto row = [&table](std::size_t given) { return Json{{"+", table[given][1]}, {"-", table[given][0]}}; };
    return {{"+", row(1)}, {"-", row(0)}};
}

} // namespace

Json confidentJointJson(const ConfidentJoint &joint)
{
    return {{"thresholds", {{"+", numberOrNull(joint.thresholds[1])}, {"-", numberOrNull(joint.thresholds[0])}}},
            {"counts", tableJson(joint.counts)},
            {"joint", tableJson(joint.joint)},
            {"wrong_share", numberOrNull(joint.wrongShare())}};
}

} // namespace winnow
