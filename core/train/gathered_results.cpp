#include "core/train/gathered_results.h"

#include "core/train/process_group.h"

#include <ATen/ATen.h>

namespace winnow
{
namespace
{

constexpr std::size_t numbersOfSample = 3, numbersOfSite = 6;

/// Where the numbers of each sample begin in the row of numbers that goes over the ranks; its end last.
std::vector<std::size_t> placesOf(const SamplePointers &samples)
{
    std::vector<std::size_t> places{0};
    for (const auto &sample : samples)
        places.push_back(places.back() + numbersOfSample + numbersOfSite * sample->sites.size());
    return places;
}

/// float32 and int64 of this size go through float64 unchanged.
void pack(const SampleResults &results, std::size_t sample, double *out)
{
    *out++ = results.loss[sample];
    *out++ = results.pGiven[sample];
    *out++ = results.margin[sample];
    const at::Tensor logits = results.siteLogits[sample].to(at::kDouble).contiguous();
    const at::Tensor labels = results.siteLabels[sample].contiguous();
    for (std::size_t site = 0; site < results.crossEntropy[sample].size(); ++site) {
        *out++ = static_cast<double>(results.pPlusFull[sample][site]);
        *out++ = static_cast<double>(results.pPlusPair[sample][site]);
        *out++ = results.crossEntropy[sample][site];
        *out++ = logits.const_data_ptr<double>()[2 * site];
        *out++ = logits.const_data_ptr<double>()[2 * site + 1];
        *out++ = static_cast<double>(labels.const_data_ptr<std::int64_t>()[site]);
    }
}

void unpack(const double *in, std::size_t sites, at::ScalarType logitType, std::size_t sample, SampleResults &results)
{
    results.loss[sample] = *in++;
    results.pGiven[sample] = *in++;
    results.margin[sample] = *in++;
    results.pPlusFull[sample].resize(sites);
    results.pPlusPair[sample].resize(sites);
    results.crossEntropy[sample].resize(sites);
    const at::Tensor logits = at::empty({static_cast<std::int64_t>(sites), 2}, at::kDouble);
    const at::Tensor labels = at::empty({static_cast<std::int64_t>(sites)}, at::kLong);
    for (std::size_t site = 0; site < sites; ++site) {
        results.pPlusFull[sample][site] = static_cast<float>(*in++);
        results.pPlusPair[sample][site] = static_cast<float>(*in++);
        results.crossEntropy[sample][site] = *in++;
        logits.data_ptr<double>()[2 * site] = *in++;
        logits.data_ptr<double>()[2 * site + 1] = *in++;
        labels.data_ptr<std::int64_t>()[site] = static_cast<std::int64_t>(*in++);
    }
    results.siteLogits[sample] = logits.to(logitType);
    results.siteLabels[sample] = labels;
}

} // namespace

bool gatherResults(ProcessGroup &group, const SamplePointers &samples, bool shortHere, at::ScalarType logitType,
                   SampleResults &results)
{
    const std::vector<std::size_t> places = placesOf(samples);
    // The last number counts the ranks that found too little memory.
    at::Tensor numbers = at::zeros({static_cast<std::int64_t>(places.back()) + 1}, at::kDouble);
    double *values = numbers.data_ptr<double>();
    for (std::size_t i = 0; i < samples.size() && !shortHere; ++i)
        if (results.siteLogits[i].defined())
            pack(results, i, values + places[i]);
    values[places.back()] = shortHere ? 1 : 0;
    group.sum(numbers);
    if (values[places.back()] > 0)
        return true;
    for (std::size_t i = 0; i < samples.size(); ++i)
        unpack(values + places[i], samples[i]->sites.size(), logitType, i, results);
    return false;
}

} // namespace winnow
