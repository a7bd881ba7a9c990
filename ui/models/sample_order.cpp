#include "ui/models/sample_order.h"

#include "ui/models/sample_sort.h"
#include "ui/models/samples_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>

namespace winnow::ui {

namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

template <typename T>
std::vector<float> asFloats(const std::vector<T> &values, std::size_t n)
{
    std::vector<float> floats(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(std::min(n, values.size())));
    floats.resize(n, nothing);
    return floats;
}

std::vector<float> weightKeys(const OrderInput &input)
{
    return input.values ? input.values->weights : std::vector<float>(input.data->samples.size(), nothing);
}

std::vector<float> keysOf(const OrderInput &input)
{
    const SamplesData &data = *input.data;
    const std::size_t n = data.samples.size();
    switch (input.column) {
    case SamplesModel::Weight: return weightKeys(input);
    case SamplesModel::LossEma: return data.lossEma;
    case SamplesModel::MinP: return data.minPGiven;
    case SamplesModel::Visits: return asFloats(data.visitCount, n);
    case SamplesModel::LastVisit: return asFloats(data.lastVisit, n);
    case SamplesModel::Known: return asFloats(data.noise, n);
    case SamplesModel::Decided: return asFloats(*input.decisions, n);
    default: break;
    }
    if (input.ranker == 0 && input.snapshot)
        return weightKeys(input); // the weight at the iteration looked at, not at the end
    std::vector<float> keys = data.rankers[static_cast<std::size_t>(input.ranker)].suspicion;
    for (float &key : keys)
        key = -key;
    return keys;
}

/// Rows by their text, equal ones in file order: the places of the texts are sorted, and each row takes that of its own.
std::vector<std::uint32_t> sortedByText(const OrderInput &input)
{
    const SampleTable &samples = input.data->samples;
    std::vector<std::uint32_t> order(samples.size());
    std::iota(order.begin(), order.end(), 0U);
    if (input.column == SamplesModel::Subject) {
        const std::vector<std::string> &subjects = samples.subjects();
        std::vector<std::uint32_t> bySubject(subjects.size());
        std::iota(bySubject.begin(), bySubject.end(), 0U);
        std::sort(bySubject.begin(), bySubject.end(), [&](auto a, auto b) { return subjects[a] < subjects[b]; });
        std::vector<float> place(subjects.size());
        for (std::size_t k = 0; k < bySubject.size(); ++k)
            place[bySubject[k]] = static_cast<float>(k);
        std::vector<float> keys;
        keys.reserve(samples.size());
        for (const std::uint32_t subject : samples.subjectOf())
            keys.push_back(place[subject]);
        return sortedByKey(keys, input.ascending);
    }
    if (input.column == SamplesModel::Key && samples.whole())
        std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return input.ascending ? samples[a].key < samples[b].key : samples[b].key < samples[a].key;
        });
    else if (input.column == SamplesModel::Key)
        order = input.ascending ? samples.keyOrder()
                                : std::vector<std::uint32_t>(samples.keyOrder().rbegin(), samples.keyOrder().rend());
    else if (!input.ascending)
        std::reverse(order.begin(), order.end());
    return order;
}

bool sortsByText(int column)
{
    return column == SamplesModel::Key || column == SamplesModel::Subject || (column >= 0 && column <= SamplesModel::Labels)
        || column == SamplesModel::Path;
}

template <typename Passes>
void keepIf(std::vector<std::uint8_t> &mask, Passes passes)
{
    for (std::size_t i = 0; i < mask.size(); ++i)
        mask[i] = static_cast<std::uint8_t>(mask[i] & (passes(i) ? 1U : 0U));
}

void filterSubject(const SampleTable &samples, const QString &value, std::vector<std::uint8_t> &mask)
{
    std::vector<std::uint8_t> wanted;
    for (const std::string &subject : samples.subjects())
        wanted.push_back(QString::fromStdString(subject) == value ? 1 : 0);
    keepIf(mask, [&](std::size_t i) { return wanted[samples.subjectOf()[i]] != 0; });
}

void filterDecision(const OrderInput &input, const QString &value, std::vector<std::uint8_t> &mask)
{
    std::uint8_t wanted = 255;
    for (const Decision decision : {Decision::None, Decision::Keep, Decision::Flip, Decision::Exclude, Decision::Unsure}) {
        const std::string_view name = decisionName(decision);
        if (QLatin1String(name.data(), static_cast<qsizetype>(name.size())) == value)
            wanted = static_cast<std::uint8_t>(decision);
    }
    keepIf(mask, [&](std::size_t i) { return (*input.decisions)[i] == wanted; });
}

void applyFilter(const OrderInput &input, const SelectionModel::Filter &filter, std::vector<std::uint8_t> &mask)
{
    const SamplesData &data = *input.data;
    if (filter.field == QLatin1String("subject"))
        return filterSubject(data.samples, filter.value, mask);
    if (filter.field == QLatin1String("decision"))
        return filterDecision(input, filter.value, mask);
    if (filter.field == QLatin1String("label")) {
        const bool minus = filter.value == QLatin1String("-");
        return keepIf(mask, [&](std::size_t i) {
            const auto labels = data.samples.labels(i);
            return (std::find(labels.begin(), labels.end(), std::uint8_t{0}) != labels.end()) == minus;
        });
    }
    if (filter.field == QLatin1String("reviewed")) {
        const bool yes = filter.value == QLatin1String("yes");
        return keepIf(mask, [&](std::size_t i) { return ((*input.decisions)[i] != 0) == yes; });
    }
    if (filter.field == QLatin1String("known")) {
        const int wanted = filter.value == QLatin1String("flipped") ? 1 : 0;
        return keepIf(mask, [&](std::size_t i) { return i < data.noise.size() && data.noise[i] == wanted; });
    }
    if (filter.field == QLatin1String("weight")) {
        if (!input.values)
            return mask.assign(mask.size(), 0);
        const std::vector<float> &weights = input.values->weights;
        return keepIf(mask, [&](std::size_t i) { return weights[i] >= filter.low && weights[i] <= filter.high; });
    }
    if (filter.field == QLatin1String("mask"))
        keepIf(mask, [&](std::size_t i) { return filter.mask && i < filter.mask->size() && (*filter.mask)[i] != 0; });
}

void addBins(const OrderInput &input, OrderResult &out)
{
    const FilmData &film = input.data->film;
    out.binsAll.assign(input.bins, 0);
    out.binsSelected.assign(input.bins, 0);
    if (!input.values)
        return;
    const double scale = static_cast<double>(input.bins) / (film.high - film.low);
    const double last = static_cast<double>(input.bins) - 1;
    const std::vector<float> &weights = input.values->weights;
    const std::vector<std::uint8_t> &selected = *input.selected;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (!std::isfinite(weights[i]))
            continue;
        const auto bin = static_cast<std::size_t>(std::clamp((weights[i] - film.low) * scale, 0.0, last));
        ++out.binsAll[bin];
        out.binsSelected[bin] += selected[i];
    }
}

void addAges(const OrderInput &input, OrderResult &out)
{
    if (!input.values || input.values->computedAt.empty())
        return;
    const auto now = static_cast<std::int32_t>(input.data->snapshotSteps[*input.snapshot]);
    std::vector<std::int32_t> ages;
    ages.reserve(input.values->computedAt.size());
    for (const std::int32_t at : input.values->computedAt)
        ages.push_back(now - at);
    out.oldestAge = *std::max_element(ages.begin(), ages.end());
    const auto middle = ages.begin() + static_cast<std::ptrdiff_t>(ages.size() / 2);
    std::nth_element(ages.begin(), middle, ages.end());
    out.medianAge = *middle;
}

std::shared_ptr<const SelectionBand> bandOf(const OrderInput &input)
{
    auto band = std::make_shared<SelectionBand>();
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t i = 0; i < input.selected->size(); ++i)
        if ((*input.selected)[i])
            chosen.push_back(i);
    if (chosen.empty() || !input.snapshot)
        return band;
    for (std::size_t s = 0; s < input.data->snapshots.size(); ++s) {
        const WeightHistory::Band at = input.data->snapshots.band(s, chosen);
        band->median.push_back(at.median);
        band->low.push_back(at.low);
        band->high.push_back(at.high);
    }
    return band;
}

void readValues(OrderInput &input, OrderResult &out)
{
    if (input.snapshot && !input.values) {
        auto values = input.data->snapshots.exact(*input.snapshot);
        if (values.ok())
            input.values = std::move(values).value();
        else
            out.problem = values.error().message;
    }
    out.snapshot = input.snapshot;
    out.values = input.values;
}

} // namespace

std::vector<std::uint8_t> filterMask(const OrderInput &input)
{
    std::vector<std::uint8_t> mask(input.data->samples.size(), 1);
    for (const SelectionModel::Filter &filter : input.filters)
        applyFilter(input, filter, mask);
    return mask;
}

std::shared_ptr<const std::vector<std::uint32_t>> sortSamples(const OrderInput &input)
{
    if (sortsByText(input.column))
        return std::make_shared<const std::vector<std::uint32_t>>(sortedByText(input));
    return std::make_shared<const std::vector<std::uint32_t>>(sortedByKey(keysOf(input), input.ascending || input.column < 0));
}

OrderResult computeOrder(OrderInput input)
{
    OrderResult out;
    readValues(input, out);
    out.sorted = input.sorted ? input.sorted : sortSamples(input);
    out.selected = input.selected;
    out.rowOf.assign(out.sorted->size(), -1);
    out.order.reserve(out.sorted->size());
    const std::vector<std::uint8_t> &selected = *input.selected;
    const std::vector<std::uint8_t> &decisions = *input.decisions;
    const std::vector<std::uint8_t> passes = input.filters.empty() ? std::vector<std::uint8_t>() : filterMask(input);
    for (const std::uint32_t i : *out.sorted) {
        if (!passes.empty() && !passes[i])
            continue;
        ++out.matching;
        out.matchingSelected += selected[i];
        if (input.onlySelected && !selected[i])
            continue;
        out.rowOf[i] = static_cast<std::int32_t>(out.order.size());
        out.order.push_back(i);
        out.reviewedInOrder += decisions[i] != 0 ? 1 : 0;
    }
    addBins(input, out);
    addAges(input, out);
    out.band = input.band ? input.band : bandOf(input);
    return out;
}

} // namespace winnow::ui
