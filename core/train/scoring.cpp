#include "core/train/scoring.h"

#include "core/train/process_group.h"
#include "core/train/sft_trainer.h"

#include <algorithm>
#include <numeric>

namespace winnow {
namespace {

/// Neighbouring samples that begin alike: the candidates of one question.
struct Group {
    std::size_t first = 0, size = 0, tokens = 0;
};

/// All samples in groups, longest groups first so that like lengths are scored together.
std::vector<Group> groupsOf(const EncodedDataset &data)
{
    constexpr std::size_t worthSharing = 16; ///< tokens; below it a shared prefix saves nothing
    constexpr std::size_t largest = 32;
    std::vector<Group> groups;
    std::shared_ptr<const EncodedSample> previous;
    for (std::size_t i = 0; i < data.size(); ++i) {
        const auto sample = data.get(i);
        const std::shared_ptr<const EncodedSample> pair[] = {previous, sample};
        if (previous && groups.back().size < largest && sharedPrefix(pair) >= worthSharing)
            ++groups.back().size;
        else
            groups.push_back({i, 1, 0});
        groups.back().tokens += sample->ids.size();
        previous = sample;
    }
    std::stable_sort(groups.begin(), groups.end(), [](const Group &a, const Group &b) { return a.tokens > b.tokens; });
    return groups;
}

/// The samples of a batch without those that are equal to an earlier one of their group: candidates of a question often
/// repeat each other, and equal tokens over one picture have one score.
struct DistinctSamples {
    SamplePointers samples;
    std::vector<std::size_t> sizes;   ///< of the groups
    std::vector<std::size_t> placeOf; ///< of each given sample in `samples`
};

DistinctSamples distinct(const SamplePointers &given, const std::vector<std::size_t> &sizes)
{
    DistinctSamples out;
    std::size_t next = 0;
    for (const std::size_t size : sizes) {
        const std::size_t first = out.samples.size();
        for (const std::size_t end = next + size; next < end; ++next) {
            const EncodedSample &sample = *given[next];
            std::size_t place = first;
            while (place < out.samples.size()
                   && !(out.samples[place]->ids == sample.ids && out.samples[place]->sites == sample.sites
                        && out.samples[place]->tiles.rgb == sample.tiles.rgb))
                ++place;
            if (place == out.samples.size())
                out.samples.push_back(given[next]);
            out.placeOf.push_back(place);
        }
        out.sizes.push_back(out.samples.size() - first);
    }
    return out;
}

/// A stop of one rank is everybody's: all score the same batches.
bool anyRank(const BatchPasses &passes, bool value)
{
    ProcessGroup *group = passes.group();
    return group ? group->largest(value ? 1 : 0) > 0 : value;
}

} // namespace

Scoring scoreSamples(BatchPasses &passes, const ParameterSet &parameters, const EncodedDataset &data,
                     StepScores::Purpose purpose, std::int64_t step, RunEvents &events, const StopFlag &stop)
{
    constexpr std::size_t samplesAtOnce = 64;
    Scoring scoring;
    scoring.scores.purpose = purpose;
    scoring.scores.step = step;
    scoring.scores.pPlusFull.resize(data.size());
    scoring.scores.pPlusPair.resize(data.size());
    const std::vector<Group> groups = groupsOf(data);

    double loss = 0;
    std::size_t sites = 0, done = 0;
    for (std::size_t next = 0; next < groups.size();) {
        if (anyRank(passes, stop.stopRequested())) {
            scoring.complete = false;
            return scoring;
        }
        std::vector<std::size_t> rows, sizes;
        for (; next < groups.size() && (rows.empty() || rows.size() + groups[next].size <= samplesAtOnce); ++next) {
            sizes.push_back(groups[next].size);
            for (std::size_t i = 0; i < groups[next].size; ++i)
                rows.push_back(groups[next].first + i);
        }
        const DistinctSamples batch = distinct(fetch(data, rows), sizes);
        const SampleResults results = passes.forwardGroups(parameters, batch.samples, batch.sizes);
        scoring.computed += batch.samples.size();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::size_t place = batch.placeOf[i];
            scoring.scores.pPlusFull[rows[i]] = results.pPlusFull[place];
            scoring.scores.pPlusPair[rows[i]] = results.pPlusPair[place];
            const std::vector<double> &losses = results.crossEntropy[place];
            loss = std::accumulate(losses.begin(), losses.end(), loss);
            sites += losses.size();
        }
        done += rows.size();
        events.onProgress("scoring", static_cast<std::int64_t>(done), static_cast<std::int64_t>(data.size()));
    }
    scoring.scores.meanLoss = sites > 0 ? loss / static_cast<double>(sites) : 0.0;
    return scoring;
}

} // namespace winnow
