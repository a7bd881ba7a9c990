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

double stableDecayFactor(double step, double warmup, double total, double decay)
{
    const double rising = step < warmup ? step / std::max(1.0, warmup) : 1.0;
    return std::min(rising, std::clamp((total - step) / std::max(1.0, decay), 0.0, 1.0));
}

} // namespace

double learningRateFactor(Schedule schedule, double step, double warmup, double total, double decay)
{
    switch (schedule) {
    case Schedule::Constant: return 1.0;
    case Schedule::Cosine: return cosineFactor(step, warmup, total);
    case Schedule::OneCycle: return oneCycleFactor(step, warmup, total);
    case Schedule::StableDecay: return stableDecayFactor(step, warmup, total, decay);
    }
    return 1.0;
}

double scheduledRate(const OptimizerOptions &options, std::int64_t t, std::int64_t iterations)
{
    const auto total = static_cast<double>(iterations);
    return options.learningRate
        * learningRateFactor(options.schedule, static_cast<double>(t), options.warmupShare * total, total,
                             options.decayShare * total);
}

} // namespace winnow
