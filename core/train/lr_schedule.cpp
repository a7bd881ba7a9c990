#include "core/train/lr_schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace winnow {
namespace {

double cosineFactor(double step, double warmup, double total)
{
    if (step < warmup)
        return step / std::max(1.0, warmup);
    const double progress = (step - warmup) / std::max(1.0, total - warmup);
    return std::max(0.0, 0.5 * (1.0 + std::cos(std::numbers::pi * progress)));
}

double oneCycleFactor(double step, double warmup, double total)
{
    constexpr double start = 1.0 / 25.0;
    constexpr double end = 1e-5;
    const auto between = [](double from, double to, double share) {
        return to + (from - to) * 0.5 * (1.0 + std::cos(std::numbers::pi * std::clamp(share, 0.0, 1.0)));
    };
    if (step < warmup)
        return between(start, 1.0, step / warmup);
    return between(1.0, end, (step - warmup) / std::max(1.0, total - warmup));
}

} // namespace

double learningRateFactor(Schedule schedule, double step, double warmup, double total)
{
    switch (schedule) {
    case Schedule::Constant: return 1.0;
    case Schedule::Cosine: return cosineFactor(step, warmup, total);
    case Schedule::OneCycle: return oneCycleFactor(step, warmup, total);
    }
    return 1.0;
}

} // namespace winnow
