#include "ui/models/sample_order.h"

#include "ui/models/samples_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace winnow::ui {

namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();
/// Above this many selected samples the quantiles are read from fine bins: their error is below a pixel.
constexpr std::size_t exactQuantiles = 50000;

float weightOf(const OrderInput &input, std::size_t sample)
{
    return input.snapshot ? input.data->snapshots[*input.snapshot][sample] : nothing;
}

float keyOf(const OrderInput &input, std::size_t sample)
{
    const SamplesData &data = *input.data;
    switch (input.column) {
    case SamplesModel::Weight: return weightOf(input, sample);
    case SamplesModel::LossEma: return data.lossEma[sample];
    case SamplesModel::MinP: return data.minPGiven[sample];
    case SamplesModel::Visits: return static_cast<float>(data.visitCount[sample]);
    case SamplesModel::LastVisit: return static_cast<float>(data.lastVisit[sample]);
    case SamplesModel::Known: return sample < data.noise.size() ? static_cast<float>(data.noise[sample]) : nothing;
    case SamplesModel::Decided: return static_cast<float>((*input.decisions)[sample]);
    default: break;
    }
    if (input.column >= 0)
        return static_cast<float>(sample);
    if (input.ranker == 0 && input.snapshot)
        return weightOf(input, sample); // the weight at the iteration looked at, not at the end
    return -data.rankers[static_cast<std::size_t>(input.ranker)].suspicion[sample];
}

/// Texts are sorted as texts; equal ones stay in file order.
bool sortTexts(const OrderInput &input, std::vector<std::uint32_t> &order)
{
    const auto &samples = input.data->samples;
    const auto by = [&](auto member) {
        std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return input.ascending ? samples[a].*member < samples[b].*member : samples[b].*member < samples[a].*member;
        });
        return true;
    };
    if (input.column == SamplesModel::Key)
        return by(&SampleRecord::key);
    return input.column == SamplesModel::Subject && by(&SampleRecord::subject);
}

double binnedQuantile(const std::vector<std::uint32_t> &bins, std::size_t total, double q, double low, double width)
{
    double seen = 0;
    const double wanted = q * static_cast<double>(total);
    for (std::size_t b = 0; b < bins.size(); ++b) {
        if (bins[b] > 0 && seen + bins[b] >= wanted)
            return low + width * (static_cast<double>(b) + (wanted - seen) / bins[b]);
        seen += bins[b];
    }
    return std::nan("");
}

void addQuantiles(const std::vector<float> &weights, const std::vector<std::uint32_t> &chosen, const FilmData &film, OrderResult &out)
{
    if (chosen.size() > exactQuantiles) {
        std::vector<std::uint32_t> bins(4096);
        const double width = (film.high - film.low) / 4096;
        std::size_t total = 0;
        for (const std::uint32_t i : chosen)
            if (std::isfinite(weights[i])) {
                ++bins[static_cast<std::size_t>(std::clamp((weights[i] - film.low) / width, 0.0, 4095.0))];
                ++total;
            }
        out.median.push_back(binnedQuantile(bins, total, 0.5, film.low, width));
        out.low.push_back(binnedQuantile(bins, total, 0.1, film.low, width));
        out.high.push_back(binnedQuantile(bins, total, 0.9, film.low, width));
        return;
    }
    std::vector<float> values;
    for (const std::uint32_t i : chosen)
        if (std::isfinite(weights[i]))
            values.push_back(weights[i]);
    const auto quantile = [&values](double q) {
        if (values.empty())
            return std::nan("");
        const auto at = values.begin() + static_cast<std::ptrdiff_t>(q * static_cast<double>(values.size() - 1));
        std::nth_element(values.begin(), at, values.end());
        return static_cast<double>(*at);
    };
    out.median.push_back(quantile(0.5));
    out.low.push_back(quantile(0.1));
    out.high.push_back(quantile(0.9));
}

void addCharts(const OrderInput &input, OrderResult &out)
{
    const SamplesData &data = *input.data;
    out.binsAll.assign(input.bins, 0);
    out.binsSelected.assign(input.bins, 0);
    if (!input.snapshot)
        return;
    const double scale = static_cast<double>(input.bins) / (data.film.high - data.film.low);
    const double last = static_cast<double>(input.bins) - 1;
    const auto &weights = data.snapshots[*input.snapshot];
    std::vector<std::uint32_t> chosen;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (input.selected[i])
            chosen.push_back(static_cast<std::uint32_t>(i));
        if (!std::isfinite(weights[i]))
            continue;
        const auto bin = static_cast<std::size_t>(std::clamp((weights[i] - data.film.low) * scale, 0.0, last));
        ++out.binsAll[bin];
        out.binsSelected[bin] += input.selected[i];
    }
    if (!chosen.empty())
        for (const auto &snapshot : data.snapshots)
            addQuantiles(snapshot, chosen, data.film, out);
}

} // namespace

bool passesFilters(const OrderInput &input, std::size_t sample)
{
    const SampleRecord &record = input.data->samples[sample];
    for (const SelectionModel::Filter &filter : input.filters) {
        bool passes = true;
        if (filter.field == QLatin1String("subject")) {
            passes = QLatin1String(record.subject.data(), static_cast<qsizetype>(record.subject.size())) == filter.value ||
                     QString::fromStdString(record.subject) == filter.value;
        } else if (filter.field == QLatin1String("label")) {
            const bool minus = std::find(record.labels.begin(), record.labels.end(), false) != record.labels.end();
            passes = minus == (filter.value == QLatin1String("-"));
        } else if (filter.field == QLatin1String("decision")) {
            const std::string_view name = decisionName(static_cast<Decision>((*input.decisions)[sample]));
            passes = QLatin1String(name.data(), static_cast<qsizetype>(name.size())) == filter.value;
        } else if (filter.field == QLatin1String("reviewed")) {
            passes = ((*input.decisions)[sample] != 0) == (filter.value == QLatin1String("yes"));
        } else if (filter.field == QLatin1String("known")) {
            const int known = sample < input.data->noise.size() ? input.data->noise[sample] : -1;
            passes = known == (filter.value == QLatin1String("flipped") ? 1 : 0);
        } else if (filter.field == QLatin1String("weight")) {
            const float weight = weightOf(input, sample);
            passes = weight >= filter.low && weight <= filter.high;
        } else if (filter.field == QLatin1String("mask")) {
            passes = filter.mask && sample < filter.mask->size() && (*filter.mask)[sample] != 0;
        }
        if (!passes)
            return false;
    }
    return true;
}

std::shared_ptr<const std::vector<std::uint32_t>> sortSamples(const OrderInput &input)
{
    const std::size_t n = input.data->samples.size();
    auto order = std::make_shared<std::vector<std::uint32_t>>(n);
    for (std::size_t i = 0; i < n; ++i)
        (*order)[i] = static_cast<std::uint32_t>(i);
    if (sortTexts(input, *order))
        return order;
    struct Keyed {
        float key;
        std::uint32_t sample;
    };
    std::vector<Keyed> keyed;
    std::vector<std::uint32_t> without;
    keyed.reserve(n);
    for (std::uint32_t i = 0; i < n; ++i) {
        const float key = keyOf(input, i);
        if (std::isnan(key))
            without.push_back(i);
        else
            keyed.push_back({key, i});
    }
    const bool up = input.ascending || input.column < 0;
    std::sort(keyed.begin(), keyed.end(), [up](const Keyed &a, const Keyed &b) {
        return a.key == b.key ? a.sample < b.sample : up ? a.key < b.key : b.key < a.key;
    });
    std::transform(keyed.begin(), keyed.end(), order->begin(), [](const Keyed &k) { return k.sample; });
    std::copy(without.begin(), without.end(), order->begin() + static_cast<std::ptrdiff_t>(keyed.size()));
    return order;
}

OrderResult computeOrder(const OrderInput &input)
{
    OrderResult out;
    out.sorted = input.sorted ? input.sorted : sortSamples(input);
    out.rowOf.assign(out.sorted->size(), -1);
    for (const std::uint32_t i : *out.sorted) {
        if (!input.filters.empty() && !passesFilters(input, i))
            continue;
        ++out.matching;
        out.matchingSelected += input.selected[i];
        if (input.onlySelected && !input.selected[i])
            continue;
        out.rowOf[i] = static_cast<std::int32_t>(out.order.size());
        out.order.push_back(i);
        out.reviewedInOrder += (*input.decisions)[i] != 0 ? 1 : 0;
    }
    addCharts(input, out);
    return out;
}

} // namespace winnow::ui
