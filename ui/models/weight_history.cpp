#include "ui/models/weight_history.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace winnow::ui {

namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();
constexpr std::uint16_t noCode = 0xFFFF;
constexpr float lastCode = 65534;
constexpr std::size_t recentSnapshots = 4;
/// Above this many samples quantiles are counted in fine bins: their error is below a pixel.
constexpr std::size_t exactQuantiles = 50000;
constexpr std::size_t fineBins = 4096;

double quantileOf(std::vector<float> &values, double q)
{
    if (values.empty())
        return std::nan("");
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(q * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return static_cast<double>(*at);
}

struct Bins {
    std::array<std::uint32_t, fineBins + 1> counts{}; ///< the last one: without a weight
    double low = 0;
    double width = 0;

    double quantile(double q) const
    {
        std::size_t total = 0;
        for (std::size_t b = 0; b < fineBins; ++b)
            total += counts[b];
        double seen = 0;
        const double wanted = q * static_cast<double>(total);
        for (std::size_t b = 0; b < fineBins; ++b) {
            if (counts[b] > 0 && seen + counts[b] >= wanted)
                return low + width * (static_cast<double>(b) + (wanted - seen) / counts[b]);
            seen += counts[b];
        }
        return std::nan("");
    }
};

/// Least and most finite value; {0, 0} without one.
std::pair<float, float> finiteRange(const std::vector<float> &values)
{
    float low = std::numeric_limits<float>::max();
    float high = std::numeric_limits<float>::lowest();
    for (const float v : values)
        if (std::isfinite(v)) {
            low = std::min(low, v);
            high = std::max(high, v);
        }
    return high < low ? std::pair{0.0F, 0.0F} : std::pair{low, high};
}

} // namespace

struct WeightHistory::Recent {
    std::mutex mutex;
    std::list<std::pair<std::size_t, SnapshotPtr>> snapshots; ///< newest first
};

WeightHistory::WeightHistory() : m_recent(std::make_unique<Recent>()) {}
WeightHistory::~WeightHistory() = default;
WeightHistory::WeightHistory(WeightHistory &&) noexcept = default;
WeightHistory &WeightHistory::operator=(WeightHistory &&) noexcept = default;

void WeightHistory::readLater(Reader reader)
{
    m_reader = std::move(reader);
}

void WeightHistory::push_back(SnapshotValues values)
{
    ++m_size;
    if (held()) {
        m_exact.push_back(std::make_shared<const SnapshotValues>(std::move(values)));
        return;
    }
    Coded coded;
    const auto [low, high] = finiteRange(values.weights);
    coded.low = low;
    coded.scale = (high - low) / lastCode;
    const float perCode = coded.scale > 0 ? 1 / coded.scale : 0;
    coded.codes.reserve(values.weights.size());
    for (const float w : values.weights)
        coded.codes.push_back(std::isfinite(w) ? static_cast<std::uint16_t>(std::min(lastCode, (w - low) * perCode + 0.5F)) : noCode);
    m_coded.push_back(std::move(coded));
}

Result<SnapshotPtr> WeightHistory::exact(std::size_t snapshot) const
{
    if (held())
        return m_exact[snapshot];
    const std::lock_guard lock(m_recent->mutex);
    auto &recent = m_recent->snapshots;
    const auto known = std::find_if(recent.begin(), recent.end(), [snapshot](const auto &one) { return one.first == snapshot; });
    if (known != recent.end()) {
        recent.splice(recent.begin(), recent, known);
        return recent.front().second;
    }
    WINNOW_ASSIGN(SnapshotValues values, m_reader(snapshot));
    values.weights.resize(m_coded[snapshot].codes.size(), nothing);
    recent.emplace_front(snapshot, std::make_shared<const SnapshotValues>(std::move(values)));
    if (recent.size() > recentSnapshots)
        recent.pop_back();
    return recent.front().second;
}

float WeightHistory::near(std::size_t snapshot, std::size_t sample) const
{
    if (held())
        return m_exact[snapshot]->weights[sample];
    const Coded &coded = m_coded[snapshot];
    const std::uint16_t code = coded.codes[sample];
    return code == noCode ? nothing : coded.low + coded.scale * static_cast<float>(code);
}

WeightHistory::Band WeightHistory::codedBand(const Coded &coded, const std::vector<std::uint32_t> &samples) const
{
    static_assert((std::size_t{1} << 16) / 16 == fineBins);
    Bins bins;
    bins.low = coded.low;
    bins.width = static_cast<double>(coded.scale) * 16;
    for (const std::uint32_t i : samples) {
        const std::uint16_t code = coded.codes[i];
        ++bins.counts[code == noCode ? fineBins : code / 16U];
    }
    return {bins.quantile(0.5), bins.quantile(0.1), bins.quantile(0.9)};
}

WeightHistory::Band WeightHistory::band(std::size_t snapshot, const std::vector<std::uint32_t> &samples) const
{
    if (!held() && samples.size() > exactQuantiles)
        return codedBand(m_coded[snapshot], samples);
    if (held() && samples.size() > exactQuantiles) {
        const std::vector<float> &weights = m_exact[snapshot]->weights;
        const auto [low, high] = finiteRange(weights);
        Bins bins;
        bins.low = low;
        bins.width = std::max(1e-12, static_cast<double>(high - low)) / fineBins;
        for (const std::uint32_t i : samples)
            ++bins.counts[std::isfinite(weights[i]) ? static_cast<std::size_t>(std::min(fineBins - 1.0, (weights[i] - bins.low) / bins.width))
                                                    : fineBins];
        return {bins.quantile(0.5), bins.quantile(0.1), bins.quantile(0.9)};
    }
    std::vector<float> values;
    values.reserve(samples.size());
    for (const std::uint32_t i : samples)
        if (const float w = near(snapshot, i); std::isfinite(w))
            values.push_back(w);
    return {quantileOf(values, 0.5), quantileOf(values, 0.1), quantileOf(values, 0.9)};
}

} // namespace winnow::ui
